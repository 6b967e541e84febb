"""The nearest pieces by meaning, on both databases: the answers of brute force."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import delete

from fakes.brand import tiny_spec
from fakes.copies import copy_of
from inedit.archive import seen_vectors, stored_blocks, vector_blocks
from inedit.archive.in_memory import InMemory
from inedit.archive.neighbours import Embedding, Neighbours
from inedit.archive.pieces import put_piece
from inedit.archive.vector_blocks import VectorBlock
from inedit.model import Approval, Piece, Status, Verdict
from inedit.store import Store, open_store
from inedit.store.tables import pieces, vectors

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
    return lambda: InMemory(BRAND, store)


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


@pytest.fixture
def on_disk(tmp_path: Path, empty_database: Path) -> Iterator[Store]:
    opened = open_store(copy_of(f"sqlite:///{empty_database}", tmp_path))
    yield opened
    opened.close()


def kept_in(
    folder: Path, store: Store, count: int, monkeypatch: pytest.MonkeyPatch, languages: Sequence[str] = ("fr", "de"),
    least_bounded: int = 0,
) -> list[tuple[str, np.ndarray]]:  # fmt: skip
    """Pieces of some languages and two campaigns, most of whose vectors are in files: ids and vectors."""
    monkeypatch.setattr(stored_blocks, "LEAST_KEPT", 16)
    monkeypatch.setattr(vector_blocks, "FOREMOST", 2)  # bounds that leave much open
    monkeypatch.setattr(vector_blocks, "LEADING", 4)
    monkeypatch.setattr(seen_vectors, "FIRST_LOOK", 4)
    monkeypatch.setattr(seen_vectors, "LEAST_BOUNDED", least_bounded)
    draw, writer, made = np.random.default_rng(11), InMemory(BRAND, store, folder), []
    for index in range(count):
        language, campaign = languages[index % len(languages)], ("spring", "autumn")[index % 3 == 0]
        vector = embedding(draw.normal(size=DIMENSIONS) * np.linspace(2, 0.5, DIMENSIONS))
        made.append((put(store, writer, index, vector, language=language, campaign=campaign), vector.vector))
        with store.read() as connection:
            writer.catch_up(connection, vector)
        writer.keep(vector)
    return made


def answers(store: Store, neighbours: Neighbours, own: Embedding, but: str = "") -> list[object]:
    """All that one asks of the pieces."""
    with store.read() as connection:
        view = neighbours.seen_from(connection, own, but=but)
        best = [
            None if cosine is None else round(cosine, 5)
            for scope in ("fr", "de")
            for campaign in ("spring", "autumn", "none")
            for cosine in view.best(f"{BRAND}:{scope}", campaign)
        ]
        listed = [
            [(piece.id, piece.text, piece.language, piece.cell, round(piece.cosine, 5)) for piece in found]
            for least in (-1.0, 0.1, 0.5)
            for found in (view.near(f"{BRAND}:fr", least), view.abroad(f"{BRAND}:fr", least))
        ]
    return [best, listed]


@pytest.mark.parametrize("least_bounded", [0, 100, 1_000])
def test_vectors_in_files_answer_as_all_of_them_do(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, least_bounded: int
) -> None:
    """The nearest of each kind, exactly, also of a text that is there itself; few are read again."""
    made = kept_in(tmp_path / "index", store, 150, monkeypatch, least_bounded=least_bounded)
    draw = np.random.default_rng(3)
    for number in range(12):
        own = embedding(made[7 * number][1] + 0.3 * draw.normal(size=DIMENSIONS))
        kept = InMemory(BRAND, store, tmp_path / "index")
        for but in ("", made[7 * number][0]):
            assert answers(store, kept, own, but) == answers(store, InMemory(BRAND), own, but)
        ((table, _),) = kept._tables.values()
        assert len(table.blocks) > 0
        assert len(table.pieces) < 16


@pytest.mark.parametrize("least", [0.8, 0.9, 0.95])
def test_the_very_near_are_found_by_their_first_numbers(
    on_disk: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, least: float
) -> None:
    """Of vectors in files, before anything else was asked of them: what brute force finds, and nothing else."""
    monkeypatch.setattr(vector_blocks, "HEAD", 2)
    made = kept_in(tmp_path / "index", on_disk, 150, monkeypatch)
    draw, found = np.random.default_rng(3), 0
    kept = InMemory(BRAND, on_disk, tmp_path / "index")
    for number in range(30):
        own = embedding(made[5 * number][1] + 0.05 * draw.normal(size=DIMENSIONS))
        with on_disk.read() as connection:
            near = [
                [piece.id for piece in neighbours.seen_from(connection, own).near(f"{BRAND}:fr", least)]
                for neighbours in (kept, InMemory(BRAND))
            ]
        assert near[0] == near[1]
        found += len(near[0])
    assert found > 5


def test_no_cosine_is_above_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """However roughly the first numbers are rounded: of all vectors, of a few, and of those that may be very near."""
    monkeypatch.setattr(vector_blocks, "MOST", 3)
    draw, count, width = np.random.default_rng(5), 400, 160
    rows = draw.normal(size=(count, width)) * np.exp(-np.arange(width) / 40)
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    keys = np.ones(count, dtype=np.uint64)
    block = VectorBlock.of(
        range(count), range(count), [f"piece-{number}" for number in range(count)], keys, keys, rows
    )
    assert np.unique(block.head).tolist() == list(range(-3, 4))
    for number in range(0, count, 8):
        own = embedding(rows[number] + 0.05 * draw.normal(size=width).astype(np.float32)).vector
        cosines, leading, places = rows @ own, own @ block.turn, np.arange(count)
        bounds = block.bounds(own, leading)
        assert (bounds >= cosines).all()
        assert (block.closer(places, bounds.copy(), own, leading) >= cosines).all()
        assert (block.bounds_at(places, own, leading) >= cosines).all()
        assert set(np.flatnonzero(cosines >= 0.5)) <= set(block.may_reach(0.5, own, leading))


@pytest.mark.parametrize("languages", [("fr",), ("fr", "de")])
def test_blocks_of_one_scope_and_of_several_answer_alike(
    on_disk: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, languages: tuple[str, ...]
) -> None:
    """Where all vectors of a file are of one scope, nobody looks through it for others, and nothing else is told."""
    made = kept_in(tmp_path / "index", on_disk, 80, monkeypatch, languages)
    kept = InMemory(BRAND, on_disk, tmp_path / "index")
    for _, vector in made[::9]:
        own = embedding(vector + 0.2)
        assert answers(on_disk, kept, own) == answers(on_disk, InMemory(BRAND), own)
    ((table, _),) = kept._tables.values()
    assert {block.only_scope is None for block in table.blocks} == {len(languages) > 1}


@pytest.mark.parametrize("change", ["flipped", "cut", "sent back", "written anew", "deleted"])
def test_vectors_in_files_are_those_of_what_stands(
    on_disk: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """Damaged files are made again; what the database does not have any more is not seen, what is new is."""
    folder = tmp_path / "index"
    made = kept_in(folder, on_disk, 60, monkeypatch)
    running = InMemory(BRAND, on_disk, folder)
    own = embedding(made[4][1] + 0.01)
    answers(on_disk, running, own)
    spoken = made[4][0]
    if change in ("flipped", "cut"):
        for file in folder.rglob("*.block"):
            data = bytearray(file.read_bytes())
            data[len(data) // 2] ^= 1
            file.unlink()  # as a file is put back: who has it mapped goes on with what it said
            file.write_bytes(data if change == "flipped" else data[:-64])
    else:
        with on_disk.write() as connection:
            connection.execute(delete(pieces).where(pieces.c.id == spoken))
        if change == "written anew":
            put(on_disk, InMemory(BRAND), 4, embedding(-made[4][1]), campaign="spring")
    with on_disk.write() as connection:
        if change == "sent back":
            connection.execute(delete(vectors).where(vectors.c.piece_id == spoken))
    expected = answers(on_disk, InMemory(BRAND), own)
    assert answers(on_disk, InMemory(BRAND, on_disk, folder), own) == expected
    if change == "written anew":
        assert answers(on_disk, running, own) == expected
