"""The nearest pieces by meaning: the same answers from memory and from pgvector, those of brute force."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from fakes.brand import tiny_spec
from fakes.copies import copy_of
from inedit.archive.neighbours import Embedding, InMemory, Neighbours
from inedit.archive.pgvector import InPostgres
from inedit.archive.pieces import put_piece
from inedit.model import Approval, Piece, Status, Verdict
from inedit.store import Store, open_store

BRAND = "filandre"
DIMENSIONS = 16
Make = Callable[[], Neighbours]


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "sqlite":
        empty = f"sqlite:///{request.getfixturevalue('empty_database')}"
    else:
        empty = request.getfixturevalue("empty_postgres")
    opened = open_store(copy_of(empty, tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def make(store: Store) -> Make:
    """Another process's neighbours of the same database."""
    return lambda: InMemory(BRAND) if store.is_sqlite else InPostgres(BRAND)


def embedding(numbers: np.ndarray, encoder: str = "encoder") -> Embedding:
    """Any numbers as a unit vector."""
    vector = numbers.astype(np.float32)
    return Embedding(vector / np.linalg.norm(vector), encoder, f"digest of {encoder}")


def put(
    store: Store, neighbours: Neighbours, index: int, vector: Embedding, *, language: str = "fr",
    campaign: str = "spring", brand: str = BRAND, status: Status = Status.ACCEPTED, approval: Approval | None = None,
) -> str:  # fmt: skip
    """A piece at its own place, with its vector: its id."""
    spec = tiny_spec(language, index=index, campaign_id=campaign)
    parts = {"body": f"{language} {index}"}
    piece = Piece(f"{spec.key}-1", "run", spec, status, parts, Verdict(), 1, approval=approval)
    with store.write() as connection:
        put_piece(connection, piece, scope=f"{brand}:{language}", brief_sha="sha", revision_number=1)
        neighbours.put(connection, piece.id, vector)
    return piece.id


def test_the_nearest_are_those_of_brute_force(store: Store, make: Make) -> None:
    """Two hundred pieces in two languages and campaigns, seen by a process that wrote none of them."""
    draw = np.random.default_rng(7)
    writer, table = make(), {}
    for index in range(200):
        language, campaign = ("fr", "de")[index % 2], ("spring", "autumn")[index % 3 == 0]
        vector = embedding(draw.normal(size=DIMENSIONS))
        table[put(store, writer, index, vector, language=language, campaign=campaign)] = (
            language, campaign, vector.vector,
        )  # fmt: skip
    own = embedding(draw.normal(size=DIMENSIONS))
    cosines = {id: float(vector @ own.vector) for id, (_, _, vector) in table.items()}
    here = {id: cosine for id, cosine in cosines.items() if table[id][0] == "fr"}
    with store.write() as connection:
        view = make().seen_from(connection, own)
        best = view.best(f"{BRAND}:fr", "spring")
        near = view.near(f"{BRAND}:fr", 0.2)
        abroad = list(view.abroad(f"{BRAND}:fr", -1.0))
    assert best == pytest.approx(
        tuple(
            max(c for id, c in here.items() if (table[id][1] == "spring") is wanted)
            for wanted in (True, False)
        )
    )
    expected = sorted((id for id, cosine in here.items() if cosine >= 0.2), key=lambda id: -here[id])
    assert [piece.id for piece in near] == expected
    assert [piece.cosine for piece in near] == pytest.approx([here[id] for id in expected], abs=1e-6)
    assert near[0].text.startswith("fr ")
    elsewhere = sorted((id for id in cosines if table[id][0] == "de"), key=lambda id: -cosines[id])
    assert [piece.id for piece in abroad] == elsewhere
    assert {piece.language for piece in abroad} == {"de"}
    assert abroad[0].cell[0] == table[elsewhere[0]][1]


def test_what_is_not_to_be_compared_is_left_out(store: Store, make: Make) -> None:
    """Parked pieces, other brands, other encoders and the piece itself; one that waits for a person stays."""
    neighbours, same = make(), embedding(np.ones(DIMENSIONS))
    put(store, neighbours, 0, same, status=Status.PARKED)
    put(store, neighbours, 1, same, brand="another")
    put(store, neighbours, 2, embedding(np.ones(DIMENSIONS), "other"))
    itself = put(store, neighbours, 3, same)
    waiting = put(store, neighbours, 4, same, status=Status.PARKED, approval=Approval.PENDING)
    with store.write() as connection:
        view = make().seen_from(connection, same, but=itself)
        assert [piece.id for piece in view.near(f"{BRAND}:fr", 0.9)] == [waiting]
        assert view.best(f"{BRAND}:fr", "elsewhere") == (None, pytest.approx(1.0))
        assert list(view.abroad(f"{BRAND}:fr", 0.9)) == []


def test_nothing_is_near_an_empty_archive(store: Store, make: Make) -> None:
    """Nothing to compare with is told as unknown, not as zero."""
    with store.write() as connection:
        view = make().seen_from(connection, embedding(np.ones(DIMENSIONS)))
        assert view.best(f"{BRAND}:fr", "spring") == (None, None)
        assert view.near(f"{BRAND}:fr", -1.0) == []
        assert list(view.abroad(f"{BRAND}:fr", -1.0)) == []


def test_each_process_sees_what_another_one_has_accepted(store: Store, make: Make) -> None:
    """A piece that came in since the last look is seen at the next one."""
    mine, theirs, vector = make(), make(), embedding(np.ones(DIMENSIONS))
    seen = []
    for index in range(3):
        put(store, theirs, index, vector)
        with store.write() as connection:
            seen.append(len(mine.seen_from(connection, vector).near(f"{BRAND}:fr", 0.9)))
    assert seen == [1, 2, 3]
