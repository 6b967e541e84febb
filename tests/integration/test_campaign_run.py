"""A campaign from plan to ledger, on everything real but the model."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pytest
from sqlalchemy import select

from fakes.stub_openai import StubOpenAI
from fakes.writer import always, tell_the_insight
from inedit.archive.admission import common_texts
from inedit.archive.pieces import read_pieces
from inedit.brand.schema import Campaign
from inedit.generation.client import ChatModel
from inedit.guard.similarity import compare
from inedit.ledger import Call, Limit
from inedit.ledger.journal.reading import Scope
from inedit.model import Severity, Status
from inedit.model.errors import ProviderFailure
from inedit.pipeline import run_campaign
from inedit.pipeline.task import Event, Options, Pipeline
from inedit.store.tables import attempts, runs

MakePosts = Callable[..., Campaign]
ONE_INSIGHT = {"insights": ("chair-tear",), "claims": ("since-1921",)}
TORN = (
    "Regardez de plus près.",
    "Une chaise a coincé la nappe, et la voilà déchirée au même endroit que toutes les autres.",
)


def billed(line: Pipeline) -> tuple[int, int, int]:
    """Input, cached and output tokens of every call in the ledger."""
    calls = [entry for entry in line.ledger.entries(Scope()) if entry.kind == "call"]
    return (
        sum(entry.input_tokens for entry in calls),
        sum(entry.cached_tokens for entry in calls),
        sum(entry.output_tokens for entry in calls),
    )


def copies(line: Pipeline, campaign: Campaign) -> list[tuple[str, str]]:
    """Pairs of accepted pieces of one language that the guard calls copies, by brute force."""
    accepted = list(read_pieces(line.archive.store, status=Status.ACCEPTED))
    return [
        (a.id, b.id)
        for a, b in combinations(accepted, 2)
        if a.spec.language == b.spec.language
        and compare(
            a.text,
            b.text,
            language=a.spec.language,
            common=common_texts(line.brand, campaign, a.spec.language),
        ).copy
    ]


async def test_accepted_pieces_tell_an_insight_and_are_paid_for(open_line, posts: MakePosts) -> None:
    """An honest writer's pieces are accepted with a receipt, a cost and the time they saved."""
    async with StubOpenAI(answer=tell_the_insight) as stub, open_line(stub) as line:
        run = await run_campaign(posts(languages=("fr", "en", "de")), line, Options())
    accepted = [piece for piece in run.pieces if piece.status is Status.ACCEPTED]
    assert run.planned == 6
    assert len(accepted) >= 4, [(piece.spec.label, piece.reason) for piece in run.pieces]
    for piece in accepted:
        assert set(piece.spec.insight_ids) <= {receipt.source_id for receipt in piece.verdict.receipts}
        assert piece.cost_micros == 0
        assert piece.minutes_saved is not None


async def test_no_two_accepted_pieces_are_copies_at_concurrency_64(open_line, posts: MakePosts) -> None:
    """However many drafts are judged at once, brute force over the store finds no pair of copies in a scope."""
    campaign = posts(languages=("fr", "en"), tones=("plain", "warm", "wry", "expert"), variants_per_cell=4)
    async with (
        StubOpenAI(answer=tell_the_insight, latency_seconds=0.3) as stub,
        open_line(stub, concurrency=64) as line,
    ):
        run = await run_campaign(campaign, line, Options(concurrency=64, max_attempts=2))
        assert stub.most_at_once > 16
        assert copies(line, campaign) == []
    assert run.count(Status.ACCEPTED) >= 8
    refused_as_copies = [
        event for event in run.refusals if any(f.check == "near-duplicate" for f in event.findings)
    ]
    assert refused_as_copies, "64 cells share a few insights: some drafts must have been refused as copies"


async def test_the_same_answer_every_time_is_accepted_once_a_scope(open_line, posts: MakePosts) -> None:
    """A model that repeats itself gets one piece into each language; the rest is parked with the copied passage."""
    campaign = posts(variants_per_cell=4, **ONE_INSIGHT)
    async with StubOpenAI(answer=always({"fr": TORN})) as stub, open_line(stub, concurrency=8) as line:
        run = await run_campaign(campaign, line, Options(concurrency=8))
    assert run.count(Status.ACCEPTED) == 1, [(p.status, p.reason) for p in run.pieces]
    parked = [piece for piece in run.pieces if piece.status is Status.PARKED]
    assert len(parked) == run.planned - 1
    for piece in parked:
        copied = [finding for finding in piece.verdict.findings if finding.check == "near-duplicate"]
        assert "déchirée au même endroit" in piece.reason
        assert copied[0].matches[0].spans


@pytest.mark.parametrize(
    "faults",
    [{"throttle_every": 3}, {"fail_every": 4}, {"throttle_every": 5, "fail_every": 3}],
    ids=["429", "500", "both"],
)
async def test_the_ledger_equals_what_was_served(open_line, posts: MakePosts, faults: dict[str, int]) -> None:
    """Whatever the server refuses in between, the ledger holds exactly the tokens that it served."""
    campaign = posts(languages=("fr", "de"), tones=("plain", "warm"))
    server = StubOpenAI(answer=tell_the_insight, relents_after=4, **faults)
    async with server as stub, open_line(stub, concurrency=8) as line:
        await run_campaign(campaign, line, Options(concurrency=8))
        assert billed(line) == stub.billed_tokens
        assert len(stub.requests) > len(stub.served)
        assert list(line.ledger.pending()) == []


async def test_a_lost_answer_stays_possibly_billed(open_line, posts: MakePosts) -> None:
    """What was served and lost on the way is not charged, and not forgotten: it shows up as possibly billed."""
    async with StubOpenAI(answer=tell_the_insight, drop_every=3) as stub, open_line(stub) as line:
        await run_campaign(posts(tones=("plain", "warm")), line, Options())
        lost = [call for call in stub.served if not call.delivered]
        assert lost
        assert len(list(line.ledger.pending())) == len(lost)
        charged = sum(call.input_tokens for call in stub.served if call.delivered)
        assert billed(line)[0] == charged


async def test_a_second_run_pays_for_nothing(open_line, posts: MakePosts) -> None:
    """Accepted and parked pieces are kept: running the same campaign again makes no call."""
    campaign = posts(**ONE_INSIGHT)
    async with StubOpenAI(answer=always({"fr": TORN})) as stub:
        async with open_line(stub) as line:
            first = await run_campaign(campaign, line, Options())
        served = len(stub.served)
        async with open_line(stub) as line:
            second = await run_campaign(campaign, line, Options())
    assert len(stub.served) == served
    assert second.kept == second.planned
    assert [piece.text for piece in second.pieces] == [piece.text for piece in first.pieces]


async def test_an_interrupted_run_goes_on_without_paying_twice(open_line, posts: MakePosts) -> None:
    """Stopped in the middle, a run keeps what was paid; the next one goes on with the attempts that are missing."""
    campaign = posts(variants_per_cell=3, **ONE_INSIGHT)
    stop = asyncio.Event()
    asked: list[Event] = []

    def stop_after_three(event: Event) -> None:
        if event.kind == "requested":
            asked.append(event)
            if len(asked) == 3:
                stop.set()

    async with StubOpenAI(answer=always({"fr": TORN})) as stub:
        async with open_line(stub) as line:
            first = await run_campaign(
                campaign, line, Options(concurrency=1, mirror=0), on_event=stop_after_three, stop=stop
            )
            assert first.stopped == "interrupted"
            assert len(stub.served) == 2, "the third call was announced, and stopped before it was sent"
        async with open_line(stub) as line:
            second = await run_campaign(campaign, line, Options(concurrency=1, mirror=0))
            assert billed(line) == stub.billed_tokens
            places = [(e.spec_key, e.attempt) for e in line.ledger.entries(Scope()) if e.kind == "call"]
    assert len(places) == len(set(places)), "an attempt was paid twice"
    assert second.stopped == ""
    assert second.count(Status.ACCEPTED) == 1
    assert len(second.pieces) == second.planned


async def test_a_cancelled_call_is_possibly_billed_and_the_run_can_go_on(open_line, posts: MakePosts) -> None:
    """Torn away in the middle of a call, the run leaves a reservation behind, and the next run completes."""
    async with StubOpenAI(answer=tell_the_insight, latency_seconds=5) as stub, open_line(stub) as line:
        run = asyncio.create_task(run_campaign(posts(), line, Options(concurrency=2)))
        while not stub.requests:  # noqa: ASYNC110  # the stub is no part of the program: it sets no event
            await asyncio.sleep(0.01)
        run.cancel()
        with pytest.raises(asyncio.CancelledError):
            await run
        assert len(list(line.ledger.pending())) >= 1
        stub.latency_seconds = 0
        again = await run_campaign(posts(), line, Options())
        assert len(again.pieces) == again.planned


async def test_the_cost_limit_stops_before_the_call_that_might_pass_it(open_line, posts: MakePosts) -> None:
    """With a known price, a run ends before its limit is passed, and says so."""
    limits = (Limit("run", 6_000, "USD"),)
    async with (
        StubOpenAI(answer=tell_the_insight) as stub,
        open_line(stub, limits=limits) as line,
        ChatModel(stub.base_url, "none", "gpt-5-mini") as model,
    ):
        priced = replace(line, metered_model=replace(line.metered_model, model=model), provider="openai")
        run = await run_campaign(posts(tones=("plain", "warm", "wry", "expert")), priced, Options())
        spent = line.ledger.summary(run_id=run.id).cost_micros["USD"]
    assert "Raise the most that it may cost" in run.stopped
    assert 0 < spent <= 6_000
    assert len(run.pieces) < run.planned


async def test_a_dead_server_ends_the_run_at_once(open_line, posts: MakePosts) -> None:
    """When nothing works, the run ends after the first pieces instead of failing each one; nothing is pending."""
    stub = StubOpenAI(status=500, error="down")
    async with stub, open_line(stub, concurrency=2) as line:
        with pytest.raises(ProviderFailure, match="down"):
            await run_campaign(posts(tones=("plain", "warm", "wry")), line, Options(concurrency=2))
        assert list(line.ledger.pending()) == []
        failed = list(read_pieces(line.archive.store, status=Status.FAILED))
    assert 1 <= len(failed) <= 2


async def test_failed_pieces_are_written_by_the_next_run(open_line, posts: MakePosts) -> None:
    """A piece that the provider failed is not at rest for good: the next run writes it."""
    stub = StubOpenAI(answer=tell_the_insight, status=500)
    async with stub, open_line(stub) as line:
        with pytest.raises(ProviderFailure):
            await run_campaign(posts(), line, Options())
        stub.status = 0
        run = await run_campaign(posts(), line, Options())
    assert run.count(Status.FAILED) == 0
    assert run.count(Status.ACCEPTED) >= 1


async def test_a_changed_brief_is_told_and_refreshed_only_on_demand(open_line, posts: MakePosts) -> None:
    """Pieces of an earlier brief are kept and counted; --refresh writes a new edition that differs from the old."""
    before, after = posts(), posts(name="Un autre nom")
    async with StubOpenAI(answer=tell_the_insight) as stub, open_line(stub) as line:
        first = await run_campaign(before, line, Options())
        kept = await run_campaign(after, line, Options())
        assert kept.outdated == kept.kept == first.planned
        refreshed = await run_campaign(after, line, Options(refresh=True))
        assert copies(line, after) == []
    assert {piece.revision_number for piece in refreshed.pieces} == {2}


async def test_the_guard_s_words_on_every_draft_are_kept(open_line, posts: MakePosts) -> None:
    """Each paid attempt has its verdict in the store, the refused ones with their reason."""
    async with StubOpenAI(answer=always({"fr": TORN})) as stub, open_line(stub) as line:
        run = await run_campaign(posts(**ONE_INSIGHT), line, Options(concurrency=1, mirror=0))
        with line.archive.store.read() as connection:
            kept = list(connection.execute(select(attempts.c.verdict, attempts.c.parts)))
    assert len(kept) == len(stub.served) == sum(piece.attempts for piece in run.pieces)
    assert all(verdict and "Une chaise" in parts for verdict, parts in kept)
    assert sum("near-duplicate" in verdict for verdict, _ in kept) >= 1


async def test_a_memo_that_a_killed_run_did_not_write_is_made_up_for(
    open_line, posts: MakePosts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A piece admitted just before a crash gets its time saved recorded by the next run, once."""
    async with StubOpenAI(answer=tell_the_insight) as stub, open_line(stub) as line:
        with monkeypatch.context() as killed:
            killed.setattr("inedit.pipeline.attempt.record_saving", lambda *_: None)
            first = await run_campaign(posts(), line, Options())
        assert all(piece.minutes_saved is None for piece in first.pieces)
        for _ in range(2):
            again = await run_campaign(posts(), line, Options())
        memos = [entry for entry in line.ledger.entries(Scope()) if entry.purpose == "saving"]
    assert len(memos) == again.count(Status.ACCEPTED) > 0


async def test_unreadable_answers_are_paid_refused_and_reported(open_line, posts: MakePosts) -> None:
    """An answer without the parts that were asked for is charged, sent back, and ends as rejected, not as a crash."""
    async with StubOpenAI(answer="Bien sûr !") as stub, open_line(stub) as line:
        run = await run_campaign(posts(), line, Options(max_attempts=2))
        assert billed(line) == stub.billed_tokens
    assert run.count(Status.REJECTED) == run.planned
    assert all(f.severity is Severity.BLOCK for p in run.pieces for f in p.verdict.findings)


async def test_a_run_tells_what_it_used_of_what_it_could_tell(open_line, posts: MakePosts) -> None:
    """Use counts the supplied insights, coverage all those of the campaign; the run keeps how it was made."""
    campaign = posts(segments=("families",), insights=("chair-tear", "feet-first", "tenth-wash", "wifi-code"))
    async with StubOpenAI(answer=tell_the_insight) as stub, open_line(stub) as line:
        run = await run_campaign(campaign, line, Options(max_attempts=2))
        with line.archive.store.read() as connection:
            kept = json.loads(connection.execute(select(runs.c.options)).scalar_one())
    assert run.insight_use == 1.0
    assert set(run.eligible_insights) == {"chair-tear", "tenth-wash"}, "others get feet-first and wifi-code"
    assert run.insight_coverage == pytest.approx(1 / 2)
    assert len(run.unused_insights) == 1
    assert kept["max_attempts"] == 2


async def test_money_in_doubt_leaves_nobody_waiting(open_line, posts: MakePosts) -> None:
    """What a crash left possibly billed may use up a budget: the run ends with the reason, however many are asking."""
    limits = (Limit("campaign", 6_000, "USD"),)
    async with (
        StubOpenAI(answer=tell_the_insight) as stub,
        open_line(stub, limits=limits) as line,
        ChatModel(stub.base_url, "none", "gpt-5-mini") as model,
    ):
        priced = replace(line, metered_model=replace(line.metered_model, model=model), provider="openai")
        call = Call("draft", "openai", "gpt-5-mini", campaign_id="mini")
        line.ledger.doubt(line.ledger.reserve(call, 1_000, 2_800), "killed")
        async with asyncio.timeout(60):
            run = await run_campaign(posts(tones=("plain", "warm")), priced, Options(concurrency=4, mirror=0))
    assert "possibly billed" in run.stopped
    assert stub.served == []
