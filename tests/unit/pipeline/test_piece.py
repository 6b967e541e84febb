"""One piece's way on fakes in memory: asked, judged, admitted or sent back, and paid once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from fakes.brand import TODAY, tiny_campaign
from fakes.pipeline import (
    BLOCKED,
    DOUBTED,
    NOTED,
    Guard,
    Line,
    a_variant,
    answer,
    brand_with_baseline,
    line,
    task,
    templates,
)
from fakes.services import FakeArchive, FakeLedger, accepted
from inedit.archive.attempts import PaidAnswer
from inedit.archive.leases import AlreadyClaimed
from inedit.archive.pieces import lease_key
from inedit.generation.errors import NotServed, PromptFiltered
from inedit.model import Approval, Finding, Outcome, Piece, Severity, Status, Usage, Verdict
from inedit.model.errors import BudgetReached, ProviderFailure
from inedit.pipeline.piece import produce_piece
from inedit.pipeline.stale import prompt_digest
from inedit.pipeline.task import PieceTask

SPEC = a_variant()
PLACE = (SPEC.campaign_id, SPEC.key, 1)


pytestmark = pytest.mark.usefixtures("guard")


async def produced(made: Line, to_make: PieceTask | None = None, **options: Any) -> Piece:
    piece = await produce_piece(to_make or task(), made.pipeline, made.context(**options))
    assert piece is not None
    return piece


def paid(attempt: int, raw: str) -> PaidAnswer:
    return PaidAnswer(SPEC, attempt, raw, f"paid-{attempt}", Usage("stub", 10, 0, 5, 0, 0.1))


def archive_with(*answers: PaidAnswer) -> FakeArchive:
    return FakeArchive(answers={(*PLACE, one.attempt): one for one in answers})


def ledger_with(**ends: Outcome) -> FakeLedger:
    """What earlier calls came to; attempts are named ``a1``, ``a2`` …"""
    from fakes.ledger import a_call

    ledger = FakeLedger()
    for name, outcome in ends.items():
        call = a_call(SPEC, attempt=int(name[1:]))
        ledger.settle(ledger.reserve(call, 1, 1), Usage("stub", 1, 0, 1, 0, 0.1), name, outcome=outcome)
    return ledger


# ---- what is accepted


async def test_a_draft_that_passes_is_in_the_archive() -> None:
    """Paid once, kept as it came, judged, admitted with its vector; what it saved is in the ledger."""
    made = line("Le lin sèche.")
    piece = await produced(made)
    assert (piece.status, piece.text, piece.attempts, piece.approval) == (
        Status.ACCEPTED,
        "Le lin sèche.",
        1,
        None,
    )
    assert (piece.id, piece.run_id, piece.spec) == (f"{SPEC.key}-1", "run-1", SPEC)
    assert made.archive.standing("dawn")[SPEC.key].brief_sha == tiny_campaign().sha
    assert made.archive.answers[(*PLACE, 1)].raw == "Le lin sèche."
    assert made.archive.verdicts[(*PLACE, 1)] == piece
    assert made.archive.embeddings[piece.id].encoder == "fake"
    assert made.ledger.savings == {PLACE: "run-1"}
    assert made.kinds() == ["requested"]
    (entry,) = made.ledger.entries.values()
    assert (entry.attempt, entry.edition, entry.purpose, entry.run_id) == (1, 1, "draft", "run-1")


async def test_a_piece_knows_the_prompt_that_it_was_first_asked_with() -> None:
    """So that it can be told later whether that has changed."""
    piece = await produced(line("Bien."))
    assert piece.prompt_sha == prompt_digest(templates(), brand_with_baseline(), tiny_campaign(), SPEC, TODAY)


async def test_without_a_baseline_nothing_is_saved() -> None:
    """Nobody knows what an English e-mail took before."""
    made = line("Good.")
    await produced(made, task(a_variant("en")))
    assert made.ledger.savings == {}


async def test_what_a_person_must_approve_waits() -> None:
    """It is in the archive, parked, and saves nothing until somebody agrees."""
    made = line("Bien.")
    piece = await produced(made, require_approval=True)
    assert (piece.status, piece.approval, made.ledger.savings) == (Status.PARKED, Approval.PENDING, {})
    assert piece.stands
    assert made.archive.verdicts[(*PLACE, 1)] == piece


# ---- what is sent back


async def test_a_refused_draft_goes_back_with_its_findings() -> None:
    """The second question says what was wrong; the first does not."""
    made = line("court !", "Bien.")
    piece = await produced(made)
    assert (piece.attempts, piece.status) == (2, Status.ACCEPTED)
    assert made.kinds() == ["requested", "refused", "requested"]
    assert [event.attempt for event in made.events] == [1, 1, 2]
    assert made.events[1].findings == (BLOCKED,)
    assert made.events[1].text == "court !"
    first, second = (prompt.text for prompt in made.model.prompts)
    assert "Fix: Write more." in second
    assert "Fix:" not in first
    assert made.archive.verdicts[(*PLACE, 1)].verdict.findings == (BLOCKED,)


async def test_after_so_many_attempts_the_best_is_parked() -> None:
    """The one with the fewest faults, with its reason; attempts counts them all."""
    made = line("a !!", "b !", "c !!!", "d")
    piece = await produced(made, max_attempts=3)
    assert (piece.text, piece.reason, piece.attempts, piece.status) == ("b !", "Too short.", 3, Status.PARKED)
    assert len(made.model.asked) == 3
    assert made.archive.standing("dawn")[SPEC.key].piece == piece
    assert piece.prompt_sha
    assert made.ledger.savings == {}


async def test_of_two_as_good_the_later_is_parked() -> None:
    """It knew more."""
    assert (await produced(line("a !", "b !"), max_attempts=2)).text == "b !"


async def test_a_note_is_no_fault() -> None:
    """Of a draft with notes nothing is counted, and the reason is what blocks."""
    assert (await produced(line("a ~!", "b !!"), max_attempts=2)).reason == "Too short."
    assert (await produced(line("~ a"), max_attempts=1)).status is Status.ACCEPTED


async def test_what_cannot_be_read_is_the_worst() -> None:
    """Even with a single finding; alone, it is kept as it is."""
    piece = await produced(line("#", "b !!", "#"), max_attempts=3)
    assert piece.text == "b !!"
    alone = await produced(line("#"), max_attempts=1)
    assert (alone.status, alone.text, alone.reason) == (Status.REJECTED, "", "Cannot be read.")


async def test_what_only_a_person_can_decide_ends_the_series() -> None:
    """Another draft would not help; the reason is what ended it, the text the best one."""
    made = line("a !", "b ?", "c")
    piece = await produced(made)
    assert (len(made.model.asked), piece.attempts, piece.reason) == (2, 2, "Nobody knows.")
    assert piece.text == "b ?"


async def test_a_copy_that_only_the_archive_knows_goes_back() -> None:
    """With what it copied; it never gets in, and what it says is kept with the attempt."""
    made = line("Le même.", "Le même.", archive=FakeArchive())
    made.archive._put(accepted(a_variant(index=7), "Le même."), "sha")
    piece = await produced(made, max_attempts=2)
    assert (piece.status, piece.approval) == (Status.PARKED, None)
    assert [finding.check for finding in piece.verdict.findings] == ["near-duplicate"]
    assert piece.verdict.findings[0].matches
    assert made.ledger.savings == {}
    assert made.archive.verdicts[(*PLACE, 1)].verdict.findings


async def test_of_two_refused_alike_the_copy_is_shown() -> None:
    """It tells a person more."""
    made = line("Le même.", "autre !", archive=FakeArchive())
    made.archive._put(accepted(a_variant(index=7), "Le même."), "sha")
    assert (await produced(made, max_attempts=2)).text == "Le même."


# ---- how an answer ended


async def test_a_cut_answer_is_asked_again_with_a_higher_limit() -> None:
    """Four times the usual one, once; nobody reads half a text."""
    made = line(answer("{half", Outcome.CUT), "Bien.")
    piece = await produced(made)
    usual = made.model.prompts[0].sampling.max_tokens
    assert made.model.asked == [usual, 4 * usual]
    assert piece.attempts == 2
    assert made.archive.verdicts[(*PLACE, 1)].verdict.findings[0].check == "cut"
    assert made.events[1].text == ""


async def test_an_answer_that_is_cut_twice_is_for_a_person() -> None:
    """A third limit would not help."""
    made = line(answer("{half", Outcome.CUT), answer("{half", Outcome.CUT), "never")
    piece = await produced(made)
    assert (len(made.model.asked), piece.attempts, piece.status) == (2, 2, Status.PARKED)
    assert "again" in piece.reason


async def test_after_a_cut_in_an_earlier_series_the_limit_is_the_higher_one() -> None:
    """The ledger remembers how that attempt ended."""
    made = line("Bien.", archive=archive_with(paid(1, "{half")), ledger=ledger_with(a1=Outcome.CUT))
    piece = await produced(made, task(first_attempt=2))
    assert made.model.asked == [4 * made.model.prompts[0].sampling.max_tokens]
    assert piece.attempts == 2


async def test_an_answer_that_was_just_complete_is_judged() -> None:
    """Though it reached the limit: the next limit stays as it was."""
    made = line(answer('{"body": "a !"}', Outcome.CUT), "Bien.")
    piece = await produced(made)
    assert piece.attempts == 2
    assert len(set(made.model.asked)) == 1


async def test_an_empty_answer_goes_back() -> None:
    """It is often a slip; the same limit will do."""
    made = line(answer("", Outcome.EMPTY), "Bien.")
    assert (await produced(made)).attempts == 2
    assert len(set(made.model.asked)) == 1


async def test_a_filtered_question_is_not_asked_again() -> None:
    """Nothing was billed; a person reads why."""
    made = line(PromptFiltered("policy"), "Bien.")
    piece = await produced(made)
    assert (piece.reason, piece.attempts, piece.status) == ("policy", 1, Status.PARKED)
    assert len(made.model.asked) == 1
    assert made.ledger.entries == {}


# ---- paid for before


async def test_what_was_paid_is_read_again_and_not_asked_again() -> None:
    """An interrupted run goes on where it stopped."""
    made = line("Bien.", archive=archive_with(paid(1, "court !")))
    piece = await produced(made)
    assert (piece.attempts, len(made.model.asked), made.kinds()) == (2, 1, ["refused", "requested"])


async def test_how_a_paid_answer_ended_is_the_ledgers_to_tell() -> None:
    """A cut one is not judged the second time either; one that the ledger does not know ended well."""
    made = line("Bien.", archive=archive_with(paid(1, "{half")), ledger=ledger_with(a1=Outcome.CUT))
    piece = await produced(made)
    assert piece.attempts == 2
    assert made.model.asked == [4 * made.model.prompts[0].sampling.max_tokens]
    assert made.events[0].findings[0].check == "cut"


async def test_a_new_series_begins_behind_the_paid_attempts() -> None:
    """With seeds of its own: the same ones would give the same texts."""
    made = line("a !", "b !", archive=archive_with(paid(1, "x")))
    piece = await produced(made, task(first_attempt=4), max_attempts=2)
    assert [event.attempt for event in made.events if event.kind == "requested"] == [4, 5]
    assert piece.attempts == 5


async def test_the_same_attempt_asks_with_the_same_seed() -> None:
    """On any machine; another attempt, variant or revision with another one, of 31 bits."""
    first, again = line("a !", "b !"), line("a !", "b !")
    await produced(first, max_attempts=2)
    await produced(again, max_attempts=2)
    other, revised = line("a"), line("a")
    await produced(other, task(a_variant(index=1)))
    await produced(revised, task(revision_number=2))
    seeds = [*first.model.seeds, *other.model.seeds, *revised.model.seeds]
    assert first.model.seeds == again.model.seeds
    assert len(set(seeds)) == 4
    assert all(0 <= seed < 2**31 for seed in seeds)
    assert first.model.seeds[0] == 319967810


async def test_who_comes_second_pays_nothing() -> None:
    """Somebody else is at this piece."""
    made = line("Bien.")
    other = made.archive.leases(timedelta(seconds=30))
    other.take_attempt(None, SPEC, 1, 1)
    with pytest.raises(AlreadyClaimed):
        await produced(made)
    assert made.ledger.entries == {}
    assert made.model.asked == []


async def test_who_slept_beyond_a_lease_is_told_so() -> None:
    """Another one's answer was there first: ours was paid, and is not used."""
    made = line("Bien.")
    ask = made.model.complete

    async def slow(*args: Any, **more: Any) -> Any:
        made.archive.keep_answer(None, paid(1, "theirs"), run_id="run-2", revision_number=1)
        return await ask(*args, **more)

    made.model.complete = slow  # type: ignore[method-assign]
    with pytest.raises(AlreadyClaimed):
        await produced(made)
    assert made.archive.answers[(*PLACE, 1)].raw == "theirs"
    assert len(made.ledger.entries) == 1


async def test_a_lease_ends_when_the_piece_is_complete() -> None:
    """Accepted or parked."""
    for text in ("Bien.", "mal ?"):
        made = line(text)
        await produced(made)
        assert lease_key(f"{SPEC.key}-1") not in made.archive.holders


# ---- what a person sent back


def sent_back() -> PieceTask:
    asked = Finding("person", Severity.BLOCK, "Ada: Shorter.", remedy="Shorter.")
    was = accepted(SPEC, "trop long", status=Status.PARKED, verdict=Verdict((asked,)), attempts=1)
    return task(first_attempt=2, sent_back=was)


async def test_what_was_sent_back_waits_for_the_person_again() -> None:
    """Though the run asks for no approval; the comment is in every question."""
    made = line("court !", "Bien.", archive=archive_with(paid(1, "trop long")))
    piece = await produced(made, sent_back())
    assert (piece.approval, piece.status, piece.attempts) == (Approval.PENDING, Status.PARKED, 3)
    first, second = (prompt.text for prompt in made.model.prompts)
    assert first.count("Fix: Shorter.") == 1
    assert (second.count("Fix: Shorter."), second.count("Fix: Write more.")) == (1, 1)


async def test_what_was_sent_back_keeps_its_facts() -> None:
    """The person asked for changes in this text, not for another one."""
    made = line("a !", "b !", "c !")
    piece = await produced(made, sent_back())
    assert all("Odette" in prompt.text for prompt in made.model.prompts)
    assert piece.spec.insight_ids == SPEC.insight_ids


async def test_a_draft_refused_twice_tells_another_fact() -> None:
    """When nobody asked to keep it."""
    made = line("a !", "b !", "c !")
    await produced(made)
    assert ["Odette" in prompt.text for prompt in made.model.prompts] == [True, True, False]


# ---- what stands beside it


async def test_what_others_began_with_is_told_and_compared(guard: Guard) -> None:
    """The prompt lists openings that are taken; the guard gets the texts, those included that came meanwhile."""
    made = line("Bien.")
    made.archive._put(accepted(a_variant(index=8), "Le vent passe. Puis rien."), "sha")
    ask = made.model.complete

    async def meanwhile(*args: Any, **more: Any) -> Any:
        made.archive._put(accepted(a_variant(index=9), "Un autre est venu."), "sha")
        return await ask(*args, **more)

    made.model.complete = meanwhile  # type: ignore[method-assign]
    await produced(made)
    assert "Taken: Le vent passe." in made.model.prompts[0].text
    assert "Un autre" not in made.model.prompts[0].text
    ((_, _, surroundings),) = guard.given
    assert surroundings.siblings == (("Le vent passe. Puis rien.",), ("Un autre est venu.",))
    assert surroundings.encoder == "fake"


async def test_generic_texts_are_asked_for_as_many_as_the_run_wants(guard: Guard) -> None:
    """The guard holds the draft against them."""
    made = line("Bien.", generic=("Un texte.", "Deux textes.", "Trois textes."))
    await produced(made, mirror=2)
    assert made.generic.asked == [2]
    ((_, _, surroundings),) = guard.given
    assert surroundings.generic is not None
    assert surroundings.generic.texts == ("Un texte.", "Deux textes.")


# ---- stopped


async def test_a_stopped_run_asks_nothing() -> None:
    """Nor tells anybody that it would."""
    made = line("Bien.")
    made.stop.set()
    assert await produce_piece(task(), made.pipeline, made.context()) is None
    assert (made.events, made.model.asked, made.archive.pieces) == ([], [], {})


async def test_a_run_that_is_stopped_while_a_call_queues_sends_nothing() -> None:
    """The call was announced and never made."""
    made = line("Bien.")

    def stop(_: object) -> None:
        made.stop.set()

    context = replace(made.context(), on_event=stop)
    assert await produce_piece(task(), made.pipeline, context) is None
    assert made.model.asked == []


async def test_a_stopped_run_judges_what_it_has() -> None:
    """What was paid is judged when nothing is missing for it, and left for later when generic texts are."""
    stopped = line(archive=archive_with(paid(1, "Bien.")))
    stopped.stop.set()
    piece = await produce_piece(task(), stopped.pipeline, stopped.context(mirror=0))
    assert piece is not None
    assert piece.status is Status.ACCEPTED
    missing = line(archive=archive_with(paid(1, "Bien.")), generic=("Un texte.",))
    missing.stop.set()
    assert await produce_piece(task(), missing.pipeline, missing.context(mirror=2)) is None
    assert missing.archive.pieces == {}
    enough = line(archive=archive_with(paid(1, "Bien.")), generic=("Un texte.", "Deux."))
    enough.stop.set()
    assert await produce_piece(task(), enough.pipeline, enough.context(mirror=2)) is not None


@pytest.mark.parametrize("error", [ProviderFailure("no key"), BudgetReached("spent")])
async def test_what_ends_the_run_is_not_the_pieces_affair(error: Exception) -> None:
    """It is raised, and nothing is set aside."""
    ledger = FakeLedger(refuses=[error])
    made = line("Bien.", ledger=ledger)
    with pytest.raises(type(error)):
        await produced(made)
    assert made.archive.pieces == {}


async def test_a_call_that_was_not_served_is_tried_again() -> None:
    """Within the same attempt."""
    made = line(NotServed("down"), "Bien.")
    assert (await produced(made)).attempts == 1
    assert list(made.ledger.states.values()) == ["voided", "settled"]


def test_findings_of_the_tests_are_what_they_say() -> None:
    """The guard of these tests knows one of each severity."""
    assert [one.severity for one in (BLOCKED, DOUBTED, NOTED)] == [
        Severity.BLOCK,
        Severity.REVIEW,
        Severity.NOTE,
    ]
    assert asyncio.Event().is_set() is False


async def test_the_reason_is_that_of_what_is_kept_unless_something_else_ended_the_series() -> None:
    """The best draft's own when the attempts ran out; what nobody can decide, though an earlier text is kept."""
    ran_out = await produced(line("a !", "#"), max_attempts=2)
    assert (ran_out.text, ran_out.reason, ran_out.attempts) == ("a !", "Too short.", 2)
    made = line("a !", answer("{half", Outcome.CUT), answer("{half", Outcome.CUT), "never")
    ended = await produced(made, max_attempts=5)
    assert (ended.text, ended.attempts, len(made.model.asked)) == ("a !", 3, 3)
    assert ended.reason.startswith("The answer was cut off again")


async def test_attempts_that_ran_out_cut_are_parked_with_their_limit() -> None:
    """One cut answer and no attempt left: the reason names the limit."""
    piece = await produced(line(answer("{half", Outcome.CUT)), max_attempts=1)
    assert piece.reason.startswith("The answer was cut off at the limit of ")


async def test_a_series_before_this_one_counts_only_when_it_was_cut() -> None:
    """An attempt of this series that was cut raises the limit of the next one alone."""
    before = line("Bien.", archive=archive_with(paid(1, "a !")), ledger=ledger_with(a1=Outcome.ANSWERED))
    await produced(before, task(first_attempt=2))
    assert before.model.asked == [before.model.prompts[0].sampling.max_tokens]
    within = line("Bien.", archive=archive_with(paid(2, "{half")), ledger=ledger_with(a2=Outcome.CUT))
    await produced(within, task(first_attempt=2))
    usual = within.model.prompts[0].sampling.max_tokens
    assert within.model.asked == [4 * usual]
