"""The record of processing, in the language of who reads it."""

from __future__ import annotations

import shutil
import string
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from inedit.insight_loop.acceptance import usual_basis
from inedit.insight_loop.candidates import Candidate
from inedit.insight_loop.field_store import add_verbatims
from inedit.insight_loop.processing_record import processing_record
from inedit.insight_loop.processing_words import GENERAL, WORDS
from inedit.insight_loop.redaction import KINDS
from inedit.insight_loop.verbatims import Place, Verbatim
from inedit.store import open_store

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
CLUB = Place.model_validate(
    {
        "id": "club", "platform": "discord", "name": "Le club", "language": "fr", "rules": "Notre serveur.",
        "legal_basis": "consent", "keep_days": 365,
    }
)  # fmt: skip


def fields(said: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(said) if name}


def test_both_languages_say_the_same_things_with_the_same_figures() -> None:
    """Row by row; English needs no names for the kinds of what is redacted."""
    assert [fields(said) for _, said in GENERAL["fr"]] == [fields(said) for _, said in GENERAL["en"]]
    assert set(WORDS["fr"]) == {*WORDS["en"], *KINDS}
    for name, said in WORDS["en"].items():
        assert fields(said) == fields(WORDS["fr"][name]), name
        assert said.count("|") == WORDS["fr"][name].count("|"), name


def test_a_french_officer_reads_french(tmp_path: Path, empty_database: Path) -> None:
    """Places, what is kept, and the legal basis; counts, never a word of what was said."""
    store = open_store(f"sqlite:///{shutil.copy(empty_database, tmp_path / 'inedit.db')}")
    add_verbatims(store, [Verbatim("m1", "club", "aa", NOON, "fr", "Le drap est troué.")])
    french = processing_record(store, {"club": CLUB}, "Filandre", NOON, "fr")
    english = processing_record(store, {"club": CLUB}, "Filandre", NOON, "de")
    store.close()
    assert french.startswith("# Registre des activités de traitement : ethnographie numérique, Filandre\n")
    assert (
        "| Le club | discord | ? | fr | consentement (art. 6, § 1, a) | Notre serveur. | jamais | 1 | 1 |"
        in french
    )
    assert "Caviardé en tout : rien." in french and "0 satisfaite(s)." in french
    assert "troué" not in french
    assert english.startswith("# Record of processing: digital ethnography, Filandre\n")


def test_an_insight_stands_on_the_basis_of_its_places() -> None:
    """Where they agree; else on legitimate interest, as where a place is no longer in the register."""
    of_club = Candidate("c", {"wears-out": 6}, 6, ("club",), (), NOON, NOON, {"fr": 6}, ())
    assert usual_basis(of_club, {"club": CLUB}) == "consent"
    assert usual_basis(of_club, {}) == "legitimate-interest"
    forum = CLUB.model_copy(update={"id": "forum", "legal_basis": "public"})
    of_both = replace(of_club, places=("club", "forum"))
    assert usual_basis(of_both, {"club": CLUB, "forum": forum}) == "legitimate-interest"
