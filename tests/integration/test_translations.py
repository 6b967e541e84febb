"""Across languages: a translation of our own variant is expected in its cell, and told in another one."""

from __future__ import annotations

from pathlib import Path

import pytest

from fakes.brand import tiny_brand, tiny_campaign, tiny_spec
from inedit.archive.admission import Archive, Embedding
from inedit.brand.schema import Reference
from inedit.encoding import Encoder
from inedit.model import Finding, Piece, Severity, Status, Verdict
from inedit.store import open_store

STORM = {
    "fr": "En 1999, la tempête a emporté le toit de l'atelier. "
    "Les tisserandes ont continué sous une bâche pendant onze jours.",
    "en": "In 1999 the storm took the roof off the workshop. The weavers went on under a tarpaulin for eleven days.",
    "de": "1999 riss der Sturm das Dach der Werkstatt fort. "
    "Die Weberinnen machten elf Tage lang unter einer Plane weiter.",
    "es": "En 1999 la tormenta se llevó el tejado del taller. Las tejedoras siguieron once días bajo una lona.",
    "it": "Nel 1999 la tempesta portò via il tetto del laboratorio. "
    "Le tessitrici continuarono per undici giorni sotto un telone.",
}
SALT = {
    "fr": "Contre le vin rouge, l'eau froide d'abord et le sel ensuite : le sel seul fixe la tache.",
    "en": "Against red wine, cold water first and salt afterwards: salt alone fixes the stain.",
}


def admitted(archive: Archive, encoder: Encoder, text: str, language: str, **cell: object) -> list[Finding]:
    """What is said of a text that gets in at a cell: only what is said across languages."""
    spec = tiny_spec(language, **cell)
    campaign = tiny_campaign()
    piece = Piece(f"{spec.key}-1", "run", spec, Status.ACCEPTED, {"body": text}, Verdict(), 1)
    embedding = Embedding(encoder.encode([text])[0], encoder.name, encoder.digest)
    stored = archive.admit(piece, embedding, brief_sha=campaign.sha, revision_number=1, campaign=campaign)
    assert isinstance(stored, Piece)
    return [finding for finding in stored.verdict.findings if finding.check == "translation"]


@pytest.mark.parametrize("language", ["en", "es", "it"])
def test_a_translation_for_other_readers_is_told(language: str, encoder: Encoder, tmp_path: Path) -> None:
    """It gets in, with a note that names the piece and shows its text."""
    store = open_store(f"sqlite:///{tmp_path / 'inedit.db'}")
    archive = Archive(store, tiny_brand())
    assert admitted(archive, encoder, STORM["fr"], "fr", tone="plain") == []
    (finding,) = admitted(archive, encoder, STORM[language], language, tone="warm")
    assert finding.severity is Severity.NOTE
    assert finding.matches[0].other_text == STORM["fr"]
    store.close()


def test_a_translation_in_the_same_cell_is_what_was_asked_for(encoder: Encoder, tmp_path: Path) -> None:
    """Nothing is said of it, nor of a text about something else; another process's pieces are seen too."""
    store = open_store(f"sqlite:///{tmp_path / 'inedit.db'}")
    archive = Archive(store, tiny_brand())
    assert admitted(archive, encoder, STORM["fr"], "fr") == []
    assert admitted(archive, encoder, STORM["de"], "de") == []
    assert admitted(archive, encoder, SALT["en"], "en", index=1) == []
    later = Archive(store, tiny_brand())
    (finding,) = admitted(later, encoder, SALT["fr"], "fr", tone="warm")
    assert finding.matches[0].other_text == SALT["en"]
    store.close()


@pytest.mark.parametrize("language", ["fr", "de", "es", "it"])
def test_the_translation_of_a_protected_text_does_not_get_in(
    language: str, encoder: Encoder, tmp_path: Path
) -> None:
    """A competitor's English text is a competitor's text in any language; the piece that copies it is told which."""
    store = open_store(f"sqlite:///{tmp_path / 'inedit.db'}")
    rival = Reference(id="rival", kind="competitor", language="en", text=STORM["en"])
    archive = Archive(store, tiny_brand().model_copy(update={"references": (rival,)}), encoder.encode)
    spec, campaign = tiny_spec(language), tiny_campaign()
    piece = Piece(f"{spec.key}-1", "run", spec, Status.ACCEPTED, {"body": STORM[language]}, Verdict(), 1)
    embedding = Embedding(encoder.encode([piece.text])[0], encoder.name, encoder.digest)
    refused = archive.admit(piece, embedding, brief_sha=campaign.sha, revision_number=1, campaign=campaign)
    assert isinstance(refused, tuple)
    assert [(match.piece_id, match.other_text) for match in refused] == [("reference:rival", STORM["en"])]
    if language == "fr":
        assert admitted(archive, encoder, SALT["fr"], "fr") == []
    store.close()
