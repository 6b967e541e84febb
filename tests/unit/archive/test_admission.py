"""The door of the archive: compare and insert are one step, across threads and processes."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fakes.brand import tiny_brand, tiny_campaign, tiny_spec
from fakes.made_up import made_up
from inedit.archive import admission
from inedit.archive.admission import Archive, Embedding, scope_of
from inedit.archive.attempts import read_attempts
from inedit.archive.known_texts import KnownTexts
from inedit.archive.pieces import ids_beginning, read_pieces, standing_pieces
from inedit.archive.reviews import decide_piece
from inedit.brand.schema import Reference
from inedit.model import Approval, Match, Piece, Status, Verdict, as_json
from inedit.store import Store, open_store

NOW = datetime(2026, 6, 1, tzinfo=UTC)
COPY = "Une chaise a coincé la nappe du dimanche, et le lin s'est déchiré jusqu'à l'ourlet brodé par Denise."
SAME_BRIEF = "Le vent de la vallée sèche les draps avant midi ; les enfants comptent les pinces sur le fil."


@pytest.fixture
def store(tmp_path: Path, empty_database: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{shutil.copy(empty_database, tmp_path / 'inedit.db')}")
    yield opened
    opened.close()


def piece(text: str, index: int, **changes: object) -> Piece:
    """An accepted piece at its own place of the matrix."""
    spec = tiny_spec("fr", index=index)
    values = {
        "status": Status.ACCEPTED,
        "parts": {"body": text},
        "verdict": Verdict(),
        "attempts": 1,
        **changes,
    }
    return Piece(f"{spec.key}-1", "run", spec, **values)  # type: ignore[arg-type]


def embedding(direction: int = 0, digest: str = "d") -> Embedding:
    """Any unit vector."""
    vector = np.zeros(8, dtype=np.float32)
    vector[direction] = 1
    return Embedding(vector, "encoder", digest)


def admit(archive: Archive, candidate: Piece) -> Piece | tuple[Match, ...]:
    campaign = tiny_campaign()
    return archive.admit(candidate, embedding(), brief_sha=campaign.sha, revision_number=1, campaign=campaign)


def test_a_copy_is_shown_what_it_copies_and_leaves_no_row(store: Store) -> None:
    """The second of two copies gets the id and passage of the first; nothing of it is written."""
    archive = Archive(store, tiny_brand())
    first, second = piece(COPY, 0), piece(COPY.replace("dimanche", "jeudi"), 1)
    assert admit(archive, first) == first
    matches = admit(archive, second)
    assert isinstance(matches, tuple)
    assert matches[0].piece_id == first.id
    assert matches[0].spans
    assert [p.id for p in read_pieces(store)] == [first.id]


def test_a_same_brief_text_gets_in(store: Store) -> None:
    """Another text on another observation is admitted."""
    archive = Archive(store, tiny_brand())
    assert isinstance(admit(archive, piece(COPY, 0)), Piece)
    assert isinstance(admit(archive, piece(SAME_BRIEF, 1)), Piece)


def test_pieces_are_read_page_by_page(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """None twice and none left out; by what their variant is, after one of them, by how an id begins."""
    monkeypatch.setattr("inedit.archive.pieces.PAGE", 2)
    archive = Archive(store, tiny_brand())
    for number in range(5):
        archive.set_aside(piece(SAME_BRIEF, number, status=Status.PARKED), brief_sha="", revision_number=1)
    ids = [found.id for found in read_pieces(store)]
    assert len(set(ids)) == 5
    assert [found.id for found in read_pieces(store, after=ids[2])] == ids[3:]
    assert [
        found.id for found in read_pieces(store, of={"channel": tiny_spec("fr").channel, "language": "fr"})
    ] == ids
    assert not list(read_pieces(store, of={"language": "de"}))
    assert ids_beginning(store, ids[1]) == [ids[1]]
    assert ids_beginning(store, "%") == []


def test_two_archives_on_one_database_admit_one_of_two_copies(store: Store) -> None:
    """An index of another process's making catches up inside the transaction."""
    one, other = Archive(store, tiny_brand()), Archive(store, tiny_brand())
    assert isinstance(admit(one, piece(SAME_BRIEF, 0)), Piece)
    assert isinstance(admit(other, piece(COPY, 1)), Piece)
    assert isinstance(admit(one, piece(COPY, 2)), tuple)


def test_of_32_copies_at_once_one_is_admitted(store: Store) -> None:
    """Threads that arrive together pass the door one by one."""
    archives = [Archive(store, tiny_brand()) for _ in range(4)]
    outcomes: list[object] = []
    start = threading.Barrier(32)

    def arrive(number: int) -> None:
        start.wait()
        outcomes.append(admit(archives[number % 4], piece(COPY, number)))

    threads = [threading.Thread(target=arrive, args=(number,)) for number in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(isinstance(outcome, Piece) for outcome in outcomes) == 1
    assert len(outcomes) == 32


def test_a_protected_text_is_kept_away_from(store: Store) -> None:
    """What copies a competitor's or generic text is refused with that reference."""
    reference = Reference(id="rival", kind="competitor", language="fr", text=COPY)
    brand = tiny_brand().model_copy(update={"references": (reference,)})
    matches = admit(Archive(store, brand), piece(reference.text, 0))
    assert isinstance(matches, tuple)
    assert matches[0].piece_id == f"reference:{reference.id}"


def test_the_same_said_in_other_words_is_kept_out(store: Store) -> None:
    """A text with the vector of an archived one is refused by meaning; another encoder's decide nothing."""
    archive, campaign = Archive(store, tiny_brand()), tiny_campaign()

    def arrive(candidate: Piece, vector: Embedding) -> Piece | tuple[Match, ...]:
        return archive.admit(candidate, vector, brief_sha=campaign.sha, revision_number=1, campaign=campaign)

    known, unknown = (Embedding(embedding().vector, name, "d") for name in ("use-multilingual-v3", "another"))
    assert isinstance(arrive(piece(COPY, 0), known), Piece)
    matches = arrive(piece(SAME_BRIEF, 1), known)
    assert isinstance(matches, tuple)
    assert (matches[0].signal, matches[0].other_text) == ("meaning", COPY)
    assert isinstance(arrive(piece(SAME_BRIEF, 2), unknown), Piece)


def test_a_protected_text_said_in_other_words_is_kept_out(store: Store) -> None:
    """References are encoded too, so that a paraphrase of a competitor's text is refused."""
    reference = Reference(id="rival", kind="competitor", language="fr", text=COPY)
    brand = tiny_brand().model_copy(update={"references": (reference,)})
    archive, campaign = (
        Archive(store, brand, lambda texts: np.stack([embedding().vector] * len(texts))),
        tiny_campaign(),
    )
    same = Embedding(embedding().vector, "use-multilingual-v3", "d")
    matches = archive.admit(piece(SAME_BRIEF, 0), same, brief_sha="x", revision_number=1, campaign=campaign)
    assert isinstance(matches, tuple)
    assert matches[0].piece_id == "reference:rival"
    other = Embedding(embedding(1).vector, "use-multilingual-v3", "d")
    assert isinstance(
        archive.admit(piece(SAME_BRIEF, 1), other, brief_sha="x", revision_number=1, campaign=campaign), Piece
    )


def test_the_faster_of_two_at_one_place_stands(store: Store) -> None:
    """When a place was filled meanwhile, its piece is given back and nothing is written over."""
    archive = Archive(store, tiny_brand())
    first = piece(COPY, 0)
    admit(archive, first)
    assert admit(archive, piece(SAME_BRIEF, 0)) == first
    archive.set_aside(piece(SAME_BRIEF, 0, status=Status.PARKED), brief_sha="x", revision_number=1)
    assert [p.text for p in read_pieces(store)] == [first.text]


def test_pieces_come_back_as_they_went_in(store: Store) -> None:
    """Reading a piece gives every field back, findings, spans and receipts included."""
    archive = Archive(store, tiny_brand())
    parked = piece(COPY, 3, status=Status.PARKED, reason="why")
    archive.set_aside(parked, brief_sha="sha", revision_number=1)
    assert as_json(next(iter(read_pieces(store)))) == as_json(parked)
    standing = standing_pieces(store, parked.spec.campaign_id)
    assert standing[parked.spec.key].brief_sha == "sha"
    assert read_attempts(store, parked.spec.campaign_id, parked.spec.key, 1) == []
    assert scope_of(tiny_brand(), "fr") != scope_of(tiny_brand(), "en")


def test_a_piece_that_was_sent_back_may_be_written_alike_and_others_learn_its_new_text(store: Store) -> None:
    """Its old text keeps nobody away any more, in this process and in others; its new one does."""
    here, elsewhere = Archive(store, tiny_brand()), Archive(store, tiny_brand())
    waiting = piece(COPY, 0, status=Status.PARKED, approval=Approval.PENDING)
    assert admit(here, waiting) == waiting
    assert admit(elsewhere, piece(COPY, 1)), "what waits for approval is kept from copies"

    def send_back() -> None:
        with store.write() as connection:
            decide_piece(
                connection, waiting.id, Approval.CHANGES_REQUESTED, by="Anne", at=NOW, comment="shorter"
            )

    send_back()
    alike = replace(waiting, parts={"body": COPY.replace("dimanche", "jeudi")})
    assert isinstance(admit(here, alike), Piece), "its own old text is no other text"
    send_back()
    assert isinstance(admit(here, replace(waiting, parts={"body": SAME_BRIEF})), Piece)
    (match,) = admit(elsewhere, piece(SAME_BRIEF, 1))  # type: ignore[misc]
    assert match.piece_id == waiting.id
    assert isinstance(admit(elsewhere, piece(COPY, 1)), Piece), "nobody says that any more"


def test_a_subject_that_another_piece_has_is_refused(store: Store) -> None:
    """Parts are held against parts: the same subject over another body is a copy, with its place in the text."""
    archive = Archive(store, tiny_brand())
    one = piece("", 0, parts={"subject": "Le dimanche de Denise", "body": COPY})
    other = piece("", 1, parts={"subject": "Le dimanche de Denise !", "body": SAME_BRIEF})
    assert admit(archive, one) == one
    (match,) = admit(archive, other)  # type: ignore[misc]
    assert (match.piece_id, match.signal) == (one.id, "same part")
    assert match.spans[0].of(other.text) == "Le dimanche de Denise !"
    assert isinstance(admit(archive, replace(other, parts={"subject": "Au vent", "body": SAME_BRIEF})), Piece)


def test_a_first_sentence_that_another_piece_has_is_refused(store: Store) -> None:
    """However different what follows is, and in another process too."""
    start = "Le lin de Denise a séché tout l'hiver au grenier."
    assert isinstance(
        admit(Archive(store, tiny_brand()), piece("", 0, parts={"subject": "Un", "body": f"{start} {COPY}"})),
        Piece,
    )
    refused = piece("", 1, parts={"subject": "Deux", "body": f"{start} {SAME_BRIEF}"})
    assert isinstance(admit(Archive(store, tiny_brand()), refused), tuple)


def test_the_archive_is_read_before_the_write_lock_is_taken(store: Store) -> None:
    """While a process reads a long archive for the first time, others can write."""
    first = Archive(store, tiny_brand())
    for number in range(3):
        first.set_aside(piece(COPY, 50 + number, status=Status.PARKED), brief_sha="x", revision_number=1)
    assert isinstance(admit(first, piece(COPY, 0)), Piece)
    archive = Archive(store, tiny_brand())
    read_in_write: list[int] = []
    read_before: list[int] = []
    catch_up = KnownTexts.catch_up

    def watched(held: KnownTexts, connection: object, *most: int) -> int:
        read = catch_up(held, connection, *most)  # type: ignore[arg-type]
        is_write = connection.get_execution_options().get("inedit_write")  # type: ignore[attr-defined]
        (read_in_write if is_write else read_before).append(read)
        return read

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(KnownTexts, "catch_up", watched)
        assert isinstance(admit(archive, piece(SAME_BRIEF, 1)), Piece)
    assert read_before == [1]
    assert sum(read_in_write) == 0


def test_what_is_accepted_while_an_index_is_built_is_not_accepted_again(store: Store) -> None:
    """Another process admits a text after a draft was compared and before the write lock was taken."""
    other, archive = Archive(store, tiny_brand()), Archive(store, tiny_brand())
    compared, found = Archive._compared, []

    def overtaken(self: Archive, *arguments: Any) -> object:
        found.append(compared(self, *arguments))
        if self is archive and len(found) == 1:
            assert isinstance(admit(other, piece(COPY, 0)), Piece)
        return found[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Archive, "_compared", overtaken)
        refused = admit(archive, piece(COPY, 1))
    assert isinstance(found[0], Piece)
    assert isinstance(refused, tuple)
    assert [match.piece_id for match in refused] == [piece(COPY, 0).id]


def test_an_archive_is_read_block_by_block(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long it is, all of it is known before the write lock is taken."""
    monkeypatch.setattr(admission, "BLOCK", 2)
    first = Archive(store, tiny_brand())
    texts = made_up(5 * 40)
    for number in range(5):
        words = " ".join(texts[40 * number : 40 * number + 40])
        assert isinstance(admit(first, piece(words, number)), Piece)
    archive = Archive(store, tiny_brand())
    assert isinstance(admit(archive, piece(words, 9)), tuple)
    assert [len(known.index) for known in archive._scopes._known.values()] == [5]


def test_only_the_newest_siblings_are_kept_in_memory(store: Store) -> None:
    """However many a campaign has: what a process that reads them anew would be given."""
    archive, texts = Archive(store, tiny_brand()), made_up(9 * 20)
    for number in range(9):
        words = " ".join(texts[20 * number : 20 * number + 20])
        assert isinstance(admit(archive, piece(words, number)), Piece)
        beside = archive.siblings(tiny_spec("fr", index=99), 2)
    (held,) = archive._siblings._campaigns.values()
    assert len(held.texts) == 4
    assert beside == Archive(store, tiny_brand()).siblings(tiny_spec("fr", index=99), 2)
    assert [parts["body"] for _, parts in beside] == [
        " ".join(texts[20 * number : 20 * number + 20]) for number in (7, 8)
    ]


def test_a_variant_has_no_sibling_in_itself(store: Store) -> None:
    """What it said before is left out, and one more of the others stands there, whoever asked before."""
    archive, texts = Archive(store, tiny_brand()), made_up(4 * 20)
    for number in range(4):
        words = " ".join(texts[20 * number : 20 * number + 20])
        assert isinstance(admit(archive, piece(words, number)), Piece)
    firsts = [texts[20 * number] for number in range(4)]
    for index, beside in ((9, firsts[1:]), (2, [firsts[0], firsts[1], firsts[3]]), (9, firsts[1:])):
        found = archive.siblings(tiny_spec("fr", index=index), 3)
        assert [parts["body"].split()[0] for _, parts in found] == beside
