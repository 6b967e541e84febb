"""The index that is kept in files decides as one that reads the whole archive, whatever becomes of its files."""

from __future__ import annotations

import json
import os
import random
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock
from sqlalchemy import delete, select, update

from fakes.brand import tiny_brand, tiny_campaign, tiny_spec
from fakes.made_up import made_up
from inedit.archive import block_files, stored_blocks
from inedit.archive.admission import Archive, Embedding
from inedit.archive.block_files import ENDING, LIST, LOCK, BlockFiles
from inedit.archive.in_memory import InMemory
from inedit.archive.known_texts import KnownTexts
from inedit.archive.pieces import read_pieces
from inedit.archive.place import EMPTIED
from inedit.archive.reviews import decide_piece
from inedit.brand.schema import Reference
from inedit.model import Approval, Match, Piece, Status, Verdict
from inedit.store import Store, open_store
from inedit.store.tables import pieces

COUNT, WORDS, KEPT_FROM = 23, 40, 4
ALL = made_up(WORDS * (COUNT + 3))
REFERENCE = Reference(id="rival", kind="competitor", language="fr", text=" ".join(made_up(30, 5_000)))


@pytest.fixture
def store(tmp_path: Path, empty_database: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{shutil.copy(empty_database, tmp_path / 'inedit.db')}")
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four texts are much here."""
    monkeypatch.setattr(stored_blocks, "LEAST_KEPT", KEPT_FROM)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


def text_of(number: int) -> str:
    return " ".join(ALL[WORDS * number : WORDS * (number + 1)])


def piece(text: str, index: int, **changes: object) -> Piece:
    """An accepted piece at its own place, every third one of another campaign."""
    spec = tiny_spec("fr", index=index, campaign_id=("spring", "autumn", "winter")[index % 3])
    values = {"status": Status.ACCEPTED, "parts": {"subject": f"Sujet {text[:24]}", "body": text}, **changes}
    return Piece(f"{spec.key}-1", "run", spec, verdict=Verdict(), attempts=1, **values)  # type: ignore[arg-type]


def admit(archive: Archive, candidate: Piece) -> Piece | tuple[Match, ...]:
    vector = np.zeros(8, dtype=np.float32)
    vector[candidate.spec.index % 8] = 1
    return archive.admit(
        candidate,
        Embedding(vector, "encoder", "d"),
        brief_sha="sha",
        revision_number=1,
        campaign=tiny_campaign(),
    )


def opened(store: Store, folder: Path | None, brand: object = None) -> Archive:
    """Another process's archive."""
    known = tiny_brand().model_copy(update={"references": (REFERENCE,)})
    return Archive(store, brand or known, folder=folder)  # type: ignore[arg-type]


def filled(store: Store, folder: Path | None, count: int = COUNT) -> None:
    archive = opened(store, folder)
    for number in range(count):
        assert isinstance(admit(archive, piece(text_of(number), number)), Piece)


def known(archive: Archive) -> KnownTexts:
    (held,) = archive._scopes._known.values()
    return held


def drafts() -> list[Piece]:
    """Copies of every text, one word in twelve exchanged; of the protected one; subjects alike; honest ones."""
    found = []
    for number in range(COUNT):
        words = text_of(number).split()
        words[5::12] = ["autre"] * len(words[5::12])
        found.append(piece(" ".join(words), 100 + number))
        alike = {"subject": f"Sujet {text_of(number)[:24]}", "body": text_of(COUNT)}
        found.append(piece("", 200 + number, parts=alike))
    return [*found, piece(REFERENCE.text, 300), *(piece(text_of(COUNT + n), 310 + n) for n in range(2))]


def decisions(archive: Archive) -> list[tuple[Match, ...]]:
    """What each draft copies; nothing is written, and none is remembered as refused."""
    return [archive.copies_by_words(draft, tiny_campaign()) for draft in drafts()]


def expected(store: Store) -> list[tuple[Match, ...]]:
    """What an archive says that reads everything."""
    found = decisions(opened(store, None))
    assert sum(map(bool, found)) > COUNT
    assert not any(found[-2:])
    return found


def blocks(folder: Path) -> list[Path]:
    return sorted((folder / "texts").rglob(f"*{ENDING}"))


def test_what_is_kept_decides_as_what_is_read(store: Store, folder: Path) -> None:
    """A process that opens the files reads only what is in none of them, and says the same, passage by passage."""
    filled(store, folder)
    archive = opened(store, folder)
    assert decisions(archive) == expected(store)
    index = known(archive).index
    assert index.added < KEPT_FROM
    assert len(index) == COUNT + 1
    assert sum(map(len, index.blocks)) + index.added == COUNT + 1


def test_a_text_is_read_where_it_seems_copied_and_its_siblings_are_not(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One statement for all that seems copied, in the transaction of the draft; of siblings the words are enough."""
    filled(store, folder)
    asked: list[list[int]] = []
    read = KnownTexts._texts
    monkeypatch.setattr(
        KnownTexts, "_texts", lambda known, numbers: asked.append(list(numbers)) or read(known, numbers)
    )
    archive = opened(store, folder)
    admit(archive, piece(text_of(COUNT), COUNT))  # honest: it opens the archive
    opened_connections: list[int] = []
    begin = Store.read
    monkeypatch.setattr(Store, "read", lambda store: opened_connections.append(1) or begin(store))
    words = text_of(5).split()
    found = admit(archive, piece(" ".join([*words[:30], *ALL[-10:]]), COUNT + 1))
    assert isinstance(found, tuple), "three quarters are copied"
    assert [match.piece_id for match in found] == [piece(text_of(5), 5).id]
    assert [len(numbers) for numbers in asked] == [1]
    assert len(opened_connections) == 1


def test_what_a_text_says_now_decides(store: Store, folder: Path) -> None:
    """Somebody wrote another text over one that files know: who says what it said before copies nothing any more."""
    filled(store, folder)
    archive = opened(store, folder)
    before, honest = text_of(5), piece(text_of(COUNT + 2), COUNT)
    assert isinstance(admit(archive, honest), Piece)
    with store.write() as connection:
        connection.execute(
            update(pieces).where(pieces.c.id == piece(before, 5).id).values(text=text_of(COUNT + 1))
        )
    words = before.split()
    words[5::12] = ["autre"] * len(words[5::12])
    again = piece("", COUNT + 1, parts={"body": " ".join(words)})
    assert isinstance(admit(archive, again), Piece)


def test_blocks_of_like_size_become_one(store: Store, folder: Path) -> None:
    """A logarithmic number of files stays, and none of those that were merged."""
    filled(store, folder)
    assert len(blocks(folder)) == len(known_after(store, folder).index.blocks) <= 2


def known_after(store: Store, folder: Path) -> KnownTexts:
    archive = opened(store, folder)
    decisions(archive)
    return known(archive)


def flip(at: float) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        file = blocks(folder)[0]
        data = bytearray(file.read_bytes())
        data[int(at * (len(data) - 1))] ^= 0x10
        file.write_bytes(data)

    return damage


def cut_short(folder: Path) -> None:
    file = blocks(folder)[0]
    file.write_bytes(file.read_bytes()[:-1])


def emptied(folder: Path) -> None:
    blocks(folder)[-1].write_bytes(b"")


def lost(folder: Path) -> None:
    blocks(folder)[0].unlink()


def list_rewritten(change: Callable[[str], str]) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        for file in (folder / "texts").rglob(LIST):
            file.write_text(change(file.read_text()))

    return damage


DAMAGES = [
    *(flip(at) for at in (0.0, 0.2, 0.5, 0.8, 1.0)),
    cut_short,
    emptied,
    lost,
    list_rewritten(lambda _: ""),
    list_rewritten(lambda listed: listed[: len(listed) // 2]),
    list_rewritten(lambda listed: listed.replace("int64", "int32", 1)),
    list_rewritten(lambda _: "0\n[]"),
    list_rewritten(lambda _: "3421780262\n123456789"),
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_files_are_made_again(store: Store, folder: Path, damage: Callable[[Path], None]) -> None:
    """A bit, an end, a file, a list: nothing of it is believed, and what is made in its place is."""
    filled(store, folder)
    damage(folder)
    archive = opened(store, folder)
    assert decisions(archive) == expected(store)
    archive._scopes.kept("fr", "")
    assert known_after(store, folder).index.added < KEPT_FROM
    assert all(
        BlockFiles(file.parent, known(archive).scope.digest).load() for file in (folder / "texts").rglob(LIST)
    )


@pytest.mark.parametrize("aged", ["code", "brand", "protected"])
def test_what_another_version_made_is_made_again(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch, aged: str
) -> None:
    """By other code, for other words of the brand, beside other protected texts; in another folder."""
    filled(store, folder)
    before = {file.name for file in blocks(folder)}
    brand = tiny_brand().model_copy(update={"references": (REFERENCE,)})
    if aged == "code":
        monkeypatch.setattr("inedit.archive.known_texts.code_digest", lambda: "another version")
    elif aged == "brand":
        identity = brand.identity.model_copy(update={"name": "Autre maison"})
        brand = brand.model_copy(update={"identity": identity})
    else:
        brand = brand.model_copy(update={"references": ()})
    archive = opened(store, folder, brand)
    assert decisions(archive) == decisions(opened(store, None, brand))
    archive._scopes.kept("fr", "")
    assert {file.name for file in blocks(folder)} > before


def test_what_does_not_stand_any_more_keeps_nobody_away(store: Store, folder: Path) -> None:
    """Sent back, deleted, or sent back and approved after all: the database says what stands."""
    filled(store, folder)
    spoken = [piece(text_of(number), number).id for number in (2, 5, 9)]
    with store.write() as connection:
        for number in (2, 5):
            decide_piece(
                connection, spoken[number // 5], Approval.CHANGES_REQUESTED, by="Anne",
                at=datetime(2026, 6, 1, tzinfo=UTC), comment="shorter",
            )  # fmt: skip
            connection.execute(
                update(pieces).where(pieces.c.id == spoken[number // 5]).values(status="parked")
            )
        connection.execute(delete(pieces).where(pieces.c.id == spoken[2]))
    archive = opened(store, folder)
    found = decisions(archive)
    assert found == decisions(opened(store, None))
    assert len(known(archive).index) == COUNT + 1 - 3
    with store.write() as connection:
        connection.execute(
            update(pieces).where(pieces.c.id == spoken[0]).values(status="accepted", approval=None)
        )
    again = opened(store, folder)
    assert [bool(matches) for matches in decisions(again)] == [
        bool(matches) for matches in decisions(opened(store, None))
    ]
    assert len(known(again).index) == COUNT + 1 - 2


def test_a_database_that_was_put_back_is_read_again(store: Store, folder: Path, tmp_path: Path) -> None:
    """A backup from before, and other texts written since, under the numbers that the kept ones had."""
    filled(store, folder, 10)
    with store.write() as connection:
        connection.exec_driver_sql("DELETE FROM pieces WHERE seq > 5")
        connection.exec_driver_sql("UPDATE sqlite_sequence SET seq = 5 WHERE name = 'pieces'")
    other = opened(store, None)
    for number in range(5, COUNT - 1):
        text = text_of(number + 1)
        assert isinstance(admit(other, piece(text, number)), Piece)
        with store.write() as connection:
            connection.execute(
                update(pieces).where(pieces.c.text.contains(text)).values(created_at=f"2027-{number}")
            )
    assert decisions(opened(store, folder)) == expected(store)


def test_processes_share_what_one_of_them_keeps(store: Store, folder: Path) -> None:
    """Who comes too late to keep what it read goes on with what the other one has kept."""
    one, other = opened(store, folder), opened(store, folder)
    for number in range(COUNT):
        archive = (one, other)[number % 2]
        assert isinstance(admit(archive, piece(text_of(number), number)), Piece)
    assert decisions(one) == decisions(other) == expected(store)
    for archive in (one, other):
        held = archive._scopes.of("fr", "d")
        assert held.index.added < 2 * KEPT_FROM
        assert held.index.blocks


def test_a_thread_sees_the_newest_vector_when_another_one_has_opened_the_files_again(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between what a draft has read ahead and its look at it: the files end before the text that it says again."""

    def towards(direction: int) -> Embedding:
        return Embedding(np.eye(8, dtype=np.float32)[direction], "use-multilingual-v3", "d")

    def written(archive: Archive, number: int, direction: int) -> Piece | tuple[Match, ...]:
        draft = piece(text_of(number), number)
        return archive.admit(
            draft, towards(direction), brief_sha="sha", revision_number=1, campaign=tiny_campaign()
        )

    ours, theirs = opened(store, folder), opened(store, folder)
    for number in range(KEPT_FROM):
        assert isinstance(written(ours, number, number), Piece)
    with store.read() as connection:
        theirs._neighbours.catch_up(connection, towards(0))
    theirs._neighbours.keep(towards(0))
    assert isinstance(written(theirs, KEPT_FROM, KEPT_FROM), Piece)  # in no file

    read, opened_again = threading.Event(), threading.Event()
    seen_from, found = InMemory.seen_from, []

    def overtaken(self: InMemory, *arguments: object, **named: object) -> object:
        read.set()
        assert opened_again.wait(20)
        return seen_from(self, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(InMemory, "seen_from", overtaken)
    draft = threading.Thread(target=lambda: found.append(written(ours, KEPT_FROM + 1, KEPT_FROM)))
    draft.start()
    assert read.wait(20)
    ours._neighbours.keep(towards(0))
    opened_again.set()
    draft.join()
    ((copied,),) = found
    assert copied.piece_id == piece(text_of(KEPT_FROM), KEPT_FROM).id


def test_processes_that_know_different_brands_keep_beside_each_other(store: Store, folder: Path) -> None:
    """A run that began before an edit, and the studio after it: neither reads all again for the other's sake."""
    brand = tiny_brand().model_copy(update={"references": ()})
    run, studio = opened(store, folder), opened(store, folder, brand)
    for number in range(COUNT):
        assert isinstance(admit((run, studio)[number % 2], piece(text_of(number), number)), Piece)
    for archive in (opened(store, folder), opened(store, folder, brand)):
        assert sum(map(len, archive._scopes.of("fr", "").index.blocks)) > COUNT - 2 * KEPT_FROM


def test_folders_that_nobody_opens_are_deleted_after_a_month(store: Store, folder: Path) -> None:
    """By whoever keeps something beside them; one that is opened counts as new."""
    filled(store, folder, 12)
    (own,) = {file.parent for file in blocks(folder)}
    now, day = time.time(), 86_400
    for days, name in ((31, "texts/month"), (29, "texts/less"), (31, "vectors/month")):
        (folder / name).mkdir()
        (folder / name / LIST).write_text("")
        os.utime(folder / name, (now - days * day,) * 2)
    os.utime(own, (now - 40 * day,) * 2)
    archive = opened(store, folder)
    known_after(store, folder)
    assert own.stat().st_mtime > now - day
    for number in range(12, COUNT):
        assert isinstance(admit(archive, piece(text_of(number), number)), Piece)
    there = {file.parent.relative_to(folder).as_posix() for file in folder.rglob(LIST)}
    assert "texts/less" in there
    assert not there & {"texts/month", "vectors/month"}


def test_what_was_read_before_the_index_was_emptied_is_not_written_again(store: Store, folder: Path) -> None:
    """Somebody is forgotten while a process holds his or her words in memory, that had not kept any yet."""
    running = opened(store, folder)
    for number in range(KEPT_FROM):
        assert isinstance(admit(running, piece(text_of(number), number)), Piece)
    assert not list(folder.rglob(f"*{ENDING}"))
    with store.write() as connection:
        gone = connection.execute(select(pieces.c.seq).order_by(pieces.c.seq)).scalars().first()
        connection.execute(delete(pieces).where(pieces.c.seq == gone))
    folder.mkdir(exist_ok=True)
    (folder / EMPTIED).write_text("now")
    for number in range(KEPT_FROM, COUNT):
        assert isinstance(admit(running, piece(text_of(number), number)), Piece)
    lists = list(folder.rglob(LIST))
    assert len(lists) == 2
    for file in lists:
        made_from = json.loads(file.read_text().partition("\n")[2])["made_from"]
        sources = [
            source
            for block in BlockFiles(file.parent, made_from).load()
            for source in block.arrays["sources"]
        ]
        assert len(sources) > KEPT_FROM
        assert gone not in sources


def test_while_another_process_keeps_nobody_waits(store: Store, folder: Path) -> None:
    """What was read stays in memory until its turn comes."""
    filled(store, folder, 8)
    (place,) = {file.parent for file in blocks(folder)}
    with FileLock(place / LOCK):
        archive = opened(store, folder)
        for number in range(8, COUNT):
            assert isinstance(admit(archive, piece(text_of(number), number)), Piece)
        assert known(archive).index.added > KEPT_FROM
    assert isinstance(admit(archive, piece(text_of(COUNT), COUNT)), Piece)
    assert known(archive).index.added <= 1


def test_a_disk_that_takes_nothing_keeps_nobody_from_writing(
    store: Store, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It is said once of each index, and these stay in memory."""
    folder.write_text("a file where the folder should be")
    filled(store, folder)
    assert caplog.text.count("cannot be kept") == 2  # its texts, and their vectors
    assert decisions(opened(store, folder)) == expected(store)


def test_files_that_cannot_be_locked_keep_nobody_from_writing(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Some file systems know no lock, and filelock says so in its own way."""

    class Unknown:
        def __init__(self, *_: object, **__: object) -> None:
            raise NotImplementedError("FileSystem does not appear to support flock")

    filled(store, folder, 12)
    flip(0.5)(folder)
    monkeypatch.setattr(block_files, "FileLock", Unknown)
    archive = opened(store, folder)
    for number in range(12, COUNT):
        assert isinstance(admit(archive, piece(text_of(number), number)), Piece)
    assert caplog.text.count("cannot be kept") == 2  # texts, and vectors
    monkeypatch.undo()
    assert decisions(archive) == expected(store)


def test_what_cannot_be_taken_away_stays_and_nothing_else_changes(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """As on Windows, where another process has it mapped."""
    unlink = Path.unlink

    def refused(self: Path, missing_ok: bool = False) -> None:
        if self.suffix == ENDING:
            raise PermissionError(13, "in use", str(self))
        unlink(self, missing_ok)

    monkeypatch.setattr(type(folder), "unlink", refused)
    filled(store, folder)
    assert "cannot be kept" not in caplog.text
    archive = opened(store, folder)
    assert decisions(archive) == expected(store)
    assert known(archive).index.added < KEPT_FROM


class Ended(BaseException):
    """The process is not there any more."""


@pytest.mark.parametrize("seed", range(12))
def test_a_process_that_ends_while_it_keeps_leaves_what_was_there(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Wherever it ends: before a block, between blocks and list, after the list, before old blocks are taken away."""
    draw = random.Random(seed)
    steps = iter(range(draw.randrange(2, 14)))
    path_type = type(folder)
    replace_file, unlink = path_type.replace, path_type.unlink

    def step(do: Callable[..., object]) -> Callable[..., object]:
        def may_end(self: Path, *arguments: object, **named: object) -> object:
            if folder in self.parents and self.suffix != ".new" and next(steps, None) is None:
                raise Ended
            return do(self, *arguments, **named)

        return may_end

    monkeypatch.setattr(
        path_type, "replace", lambda self, target: step(lambda _: replace_file(self, target))(Path(target))
    )
    monkeypatch.setattr(path_type, "unlink", step(unlink))
    with suppress(Ended):
        filled(store, folder)
    monkeypatch.undo()
    monkeypatch.setattr(stored_blocks, "LEAST_KEPT", KEPT_FROM)
    done = len(list(read_pieces(store)))
    archive = opened(store, folder)
    for number in range(done, COUNT):
        assert isinstance(admit(archive, piece(text_of(number), number)), Piece)
    assert decisions(opened(store, folder)) == expected(store)
