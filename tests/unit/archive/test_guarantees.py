"""Brute force over a store finds the copy that got past the door, and nothing that the door rightly let in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from fakes.brand import tiny_brand, tiny_campaign, tiny_spec
from fakes.guarantees import copies, copies_in_sample
from inedit.archive.admission import Archive, Embedding, scope_of
from inedit.archive.pieces import put_piece
from inedit.brand.schema import Brand, Reference
from inedit.guard.similarity.postings import Postings
from inedit.model import Piece, Status, Verdict
from inedit.store import Store, open_store

HONEST = "Le vent de la vallée sèche les draps avant midi ; les enfants comptent les pinces sur le fil."
COPIED = (
    "Une chaise a coincé la nappe du dimanche, et le lin s'est déchiré jusqu'à l'ourlet brodé par Denise, "
    "qui l'avait cousu un soir de grève, sous la lampe du garage, avec le fil rouge de son père."
)
ALMOST_THE_SAME = COPIED.replace("dimanche", "jeudi").replace("Denise", "Odette")


@pytest.fixture
def store(tmp_path: Path, empty_database: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{shutil.copy(empty_database, tmp_path / 'inedit.db')}")
    yield opened
    opened.close()


def piece(text: str, index: int, **parts: str) -> Piece:
    """An accepted piece at its own place of the matrix."""
    spec = tiny_spec(index=index)
    return Piece(f"{spec.key}-1", "run", spec, Status.ACCEPTED, {**parts, "body": text}, Verdict(), 1)


def behind_the_door(store: Store, brand: Brand, *pieces: Piece) -> list[str]:
    """The ids of pieces that are written as if the door had let them in."""
    with store.write() as connection:
        for each in pieces:
            scope = scope_of(brand, each.spec.language)
            put_piece(connection, each, scope=scope, brief_sha="b", revision_number=1)
    return [each.id for each in pieces]


def test_a_copy_behind_the_door_is_found(store: Store) -> None:
    """Of three accepted texts the third is almost the first: they are told, the later one first."""
    first, _, last = behind_the_door(
        store, tiny_brand(), piece(COPIED, 0), piece(HONEST, 1), piece(ALMOST_THE_SAME, 2)
    )
    assert copies(store, tiny_brand(), tiny_campaign()) == [(last, first)]


def test_a_part_behind_the_door_is_found(store: Store) -> None:
    """Two texts that have a subject in common."""
    subject = "Denise, la chaise et le garage"
    first, last = behind_the_door(
        store, tiny_brand(), piece(COPIED, 0, subject=subject), piece(HONEST, 1, subject=subject)
    )
    assert copies(store, tiny_brand(), tiny_campaign()) == [(last, first)]


def test_a_copy_is_found_that_the_search_passes_over(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The search of the door's index is not trusted with what stands there word for word."""
    first, last = behind_the_door(store, tiny_brand(), piece(COPIED, 0), piece(ALMOST_THE_SAME, 1))
    monkeypatch.setattr(Postings, "candidates", lambda _self, _keys: [])
    assert copies(store, tiny_brand(), tiny_campaign()) == [(last, first)]


def test_a_copy_without_a_long_passage_is_found_that_the_search_passes_over(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every sixth word is another one, so no eight words in a row are the same."""
    words = COPIED.split()
    disguised = " ".join("autre" if at % 6 == 5 else word for at, word in enumerate(words))
    first, last = behind_the_door(store, tiny_brand(), piece(COPIED, 0), piece(disguised, 1))
    monkeypatch.setattr(Postings, "candidates", lambda _self, _keys: [])
    assert copies(store, tiny_brand(), tiny_campaign()) == [(last, first)]


def test_a_copy_of_a_protected_text_is_found(store: Store) -> None:
    """A protected text is there before all pieces."""
    reference = Reference(id="rival", kind="competitor", language="fr", text=COPIED)
    brand = tiny_brand().model_copy(update={"references": (reference,)})
    (copied,) = behind_the_door(store, brand, piece(ALMOST_THE_SAME, 0))
    assert copies(store, brand, tiny_campaign()) == [(copied, "reference:rival")]


def test_what_the_door_lets_in_is_no_copy(store: Store) -> None:
    """The brief's offer in several texts, told beside other things."""
    brand, campaign = tiny_brand(), tiny_campaign()
    archive, offer = Archive(store, brand), campaign.offer["fr"]
    for number, text in enumerate((f"{COPIED} {offer}", f"{HONEST} {offer}")):
        embedding = Embedding(np.eye(8, dtype=np.float32)[number], "encoder", "d")
        candidate = piece(text, number)
        admitted = archive.admit(candidate, embedding, brief_sha="b", revision_number=1, campaign=campaign)
        assert isinstance(admitted, Piece)
    assert copies(store, brand, campaign) == []


def test_a_copy_is_found_in_a_sample_that_the_search_passes_over(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the sample has all pairs, it finds what all pairs have; each pair counts once."""
    first, _, last = behind_the_door(
        store, tiny_brand(), piece(COPIED, 0), piece(HONEST, 1), piece(ALMOST_THE_SAME, 2)
    )
    monkeypatch.setattr(Postings, "candidates", lambda _self, _keys: [])
    found, compared, _ = copies_in_sample(store, tiny_brand(), tiny_campaign(), pairs=30, drafts=3, seed=1)
    assert (found, compared) == ([(last, first)], 3)
