"""What a run came to: figures, the report in every form, the spread of its texts, whole campaigns on fakes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from fakes.brand import tiny_brand, tiny_campaign
from fakes.ledger import a_baseline
from fakes.pipeline import BLOCKED, NOTED, Line, a_variant, line, templates
from fakes.services import FakeArchive, FakeEncoder, FakeLedger, accepted
from inedit.archive.admission import Archive
from inedit.archive.provider_batches import BatchRequest, ProviderBatch, put_batch, put_request
from inedit.archive.runs import read_run_preferences
from inedit.brand.preferences import NO_PREFERENCES, Evidence, Preferences
from inedit.brand.schema import Campaign
from inedit.guard.evidence.coherence import Incoherence
from inedit.guard.similarity.diversity import Diversity
from inedit.guard.similarity.spread import Spread
from inedit.ledger import Ledger
from inedit.ledger.journal.reading import PieceCost
from inedit.model import Approval, Originality, Piece, Receipt, Span, Status, VariantSpec, Verdict
from inedit.model.errors import ProviderFailure, WrongInput
from inedit.pipeline import campaign as campaigns
from inedit.pipeline import manner
from inedit.pipeline.accounting import accounted
from inedit.pipeline.approval import waiting_pieces
from inedit.pipeline.campaign import begin_run, conclude_run, run_campaign
from inedit.pipeline.manner import drawn, sameness_lines, spread_by_language, spread_lines, vectors_of_pieces
from inedit.pipeline.run import Run, diversity_by_language
from inedit.pipeline.run_report import (
    Fact,
    Reading,
    RunReport,
    ledger_line,
    originality_facts,
    reading_of,
    report_of,
)
from inedit.pipeline.shard import ShardResult
from inedit.pipeline.stored_pieces import StoredPieces
from inedit.pipeline.tally import ORIGINALITY_FIGURES, originality_of, tally_of, told_by
from inedit.pipeline.task import Event, Options
from inedit.planning import Narrowing
from inedit.store import Store

CAMPAIGN = tiny_campaign()
ANOTHER_PRICE = Incoherence("p-1", "fr", "price", "12 €", "10 €")


def telling(
    *insights: str, index: int = 0, given: tuple[str, ...] = ("odette", "feet"), **changes: Any
) -> Piece:
    """A piece with receipts of some insights, of those that it was given."""
    receipts = tuple(Receipt(Span(0, 1), insight, "insight", "words") for insight in insights)
    claim = Receipt(Span(0, 1), "woven", "claim", "words")
    spec = a_variant(index=index, insight_ids=given)
    verdict = Verdict(receipts=(*receipts, claim), originality=changes.pop("originality", Originality()))
    return accepted(spec, f"Texte {index}.", verdict=verdict, **changes)


def a_run(*pieces: Piece, **changes: Any) -> Run:
    return Run("run-1", CAMPAIGN.id, 4, pieces, **changes)


# ---- figures


def test_insights_used_are_those_that_left_a_receipt_in_an_accepted_piece() -> None:
    """Of those supplied, and of all that the campaign could tell."""
    run = a_run(
        telling("odette"), telling("feet", index=1, status=Status.PARKED),
        eligible_insights=("odette", "feet", "window"),
    )  # fmt: skip
    assert run.insight_use == 0.5
    assert run.insight_coverage == pytest.approx(1 / 3)
    assert run.unused_insights == ("feet", "window")
    assert told_by(telling("odette", "feet")) == {"odette", "feet"}
    assert (a_run().insight_use, a_run().insight_coverage, a_run().unused_insights) == (1.0, 1.0, ())
    assert (run.count(Status.ACCEPTED), run.count(Status.PARKED), run.count(Status.FAILED)) == (1, 1, 0)


def test_originality_is_the_median_of_what_was_measured() -> None:
    """Over accepted pieces; what nobody measured is unknown."""
    pieces = [
        telling(index=0, originality=Originality(mirror_distance=0.2)),
        telling(index=1, originality=Originality(mirror_distance=0.4)),
        telling(index=2, originality=Originality(mirror_distance=0.9)),
        telling(index=3, originality=Originality(mirror_distance=0.0), status=Status.PARKED),
    ]
    figures = originality_of(pieces)
    assert figures["mirror_distance"] == 0.4
    assert figures["brief_distance"] is None
    assert set(figures) == set(ORIGINALITY_FIGURES)
    assert a_run(*pieces).originality() == figures


def test_pieces_come_with_what_they_cost_and_saved() -> None:
    """By variant and revision; what the ledger does not know costs nothing it knows of."""
    ledger = FakeLedger()
    one, other, third = telling(index=0), telling(index=1), replace(telling(index=2), currency="EUR")
    ledger.costs = {
        (one.spec.key, 1): PieceCost(2, 1200, "USD"), (other.spec.key, 2): PieceCost(1, 5, "USD"),
        (third.spec.key, 1): PieceCost(1, None, None),
    }  # fmt: skip
    ledger.savings = {("dawn", one.spec.key, 1): "run-1"}
    first, second, last = accounted((one, other, third), ledger)
    assert (first.cost_micros, first.currency, first.minutes_saved) == (1200, "USD", 0.0)
    assert (second.cost_micros, second.currency, second.minutes_saved) == (0, "EUR", None)
    assert (last.cost_micros, last.currency) == (None, "EUR")


def test_accepted_pieces_are_grouped_by_language() -> None:
    """Others are left out; how various each group is, is measured apart."""
    french = [
        accepted(a_variant(index=n), text) for n, text in enumerate(("Le lin sèche.", "Le vent passe."))
    ]
    english = accepted(a_variant("en"), "Linen dries.")
    parked = accepted(a_variant(index=5), "x", status=Status.PARKED)
    found = diversity_by_language([*french, english, parked], lambda _: ())
    assert (found["fr"].texts, found["en"].texts) == (2, 1)


# ---- how far the texts lie apart


def test_the_spread_is_measured_by_language() -> None:
    """Of one text alone nothing can be said."""
    found = spread_by_language(
        {"fr": ["a", "b", "c"], "en": ["a"]}, lambda texts: np.eye(len(texts), dtype=np.float32)
    )
    assert set(found) == {"fr"}
    assert (found["fr"].texts, found["fr"].of, found["fr"].distinct) == (3, 3, 3)


def test_of_a_large_set_some_are_drawn_always_the_same() -> None:
    """Two hundred at most, in their order; the report says of how many."""
    many = [str(number) for number in range(1000)]
    some = drawn(many)
    assert len(some) == len(set(some)) == 200
    assert some == sorted(some, key=int) == drawn(many)
    assert some != many[:200]
    assert drawn(many[:200]) == many[:200]
    assert len(drawn(many[:201])) == 200
    (found,) = spread_by_language({"fr": many}, FakeEncoder().encode).values()
    assert (found.texts, found.of) == (200, 1000)
    ((_, line),) = spread_lines(a_run(spread={"fr": found}))
    assert line.endswith("; 200 of 1,000 texts drawn")


def test_vectors_are_those_with_which_the_pieces_were_admitted() -> None:
    """Encoded anew only where another encoder made them."""

    class Counting(FakeEncoder):
        seen: list[str] = []  # noqa: RUF012

        def encode(self, texts: Any) -> Any:
            self.seen.extend(texts)
            return super().encode(texts)

    encoder, archive = Counting(), FakeArchive()
    stored, missing = accepted(a_variant(index=0), "Le lin."), accepted(a_variant(index=1), "Le vent.")
    from inedit.archive.neighbours import Embedding

    archive.embeddings[stored.id] = Embedding(np.ones(64, np.float32), "fake", "fake-1")
    found = vectors_of_pieces([missing, stored], archive, encoder)
    assert encoder.seen == ["Le vent."]
    assert found.shape == (2, 64)
    assert found[1].tolist() == [1.0] * 64
    encoder.seen.clear()
    vectors_of_pieces([stored], archive, encoder)
    assert encoder.seen == []


def test_lines_say_how_far_apart_and_what_is_shared() -> None:
    """Beside the generic texts of the same brief; the three widest patterns, and how many more."""
    run = a_run(
        spread={"fr": Spread(4, 3, 2.5, 0.25, 4), "en": Spread(2, 2, 2.0, 0.0, 2)},
        generic_spread={"fr": Spread(5, 1, 1.25, 0.75, 5)},
    )
    assert spread_lines(run) == [
        ("spread fr", "3 of 4 distinct, Vendi 2.5, mean cosine 0.25"
                      " (generic: 1 of 5 distinct, Vendi 1.2, mean cosine 0.75)"),
        ("spread en", "2 of 2 distinct, Vendi 2.0, mean cosine 0.00"),
    ]  # fmt: skip
    pattern = SimpleNamespace(texts=3, of=4, kind="opening", examples=("Le lin", "x"))
    (few,) = sameness_lines({"fr": [pattern] * 3})  # type: ignore[list-item]
    assert few[0] == "sameness fr"
    assert few[1].count("3 of 4 have the same opening: “Le lin”") == 3
    assert "more" not in few[1]
    ((_, many),) = sameness_lines({"fr": [pattern] * 5})  # type: ignore[list-item]
    assert many.endswith("; and 2 more")


def test_what_too_many_texts_share_is_found_in_what_the_model_worded() -> None:
    """Approved wordings may repeat; a language without a pattern is not listed."""
    same = [
        accepted(a_variant(index=n), "", parts={"subject": f"Sujet {word}.", "body": "Regardez bien. " + text,
                                                "call_to_action": "Voir les draps"})
        for n, (word, text) in enumerate(
            [("un", "Le lin sèche."), ("deux", "Le vent passe."), ("trois", "La pluie vient."), ("quatre", "Il neige."),
             ("cinq", "On plie."), ("six", "On brode."), ("sept", "On dort."), ("huit", "On rit.")]
        )
    ]  # fmt: skip
    found = manner.sameness_by_language(same, templates(), lambda _: ())
    assert set(found) == {"fr"}
    assert not any("Voir" in example for pattern in found["fr"] for example in pattern.examples)
    assert manner.sameness_by_language(same[:1], templates(), lambda _: ()) == {}


# ---- the report


def a_summary(**changes: Any) -> Any:
    values = {
        "calls": 1200, "input_tokens": 10_000, "cached_tokens": 2_000, "output_tokens": 3_000,
        "cost_micros": {"USD": 1_234_567}, "unknown_price_calls": 0, "possibly_billed": 0,
        "as_json": lambda: {"calls": 1200},
    }  # fmt: skip
    return SimpleNamespace(**{**values, **changes})


def report(run: Run, *budgets: Any, **summary: Any) -> RunReport:
    return RunReport(run, "m", "full", a_summary(**summary), budgets)


def facts(made: RunReport) -> dict[str, Fact]:
    return {fact.name: fact for fact in made.facts()}


def test_the_ledger_is_one_line() -> None:
    """What finance must look at, only where there is something."""
    assert ledger_line(a_summary()) == "1,200 calls, 10,000 tokens in (2,000 cached), 3,000 out, 1.2346 USD"
    assert ledger_line(a_summary(cost_micros={})).endswith("3,000 out, no cost")
    both = ledger_line(a_summary(unknown_price_calls=2, possibly_billed=3))
    assert both.endswith("; 2 calls of unknown price; 3 possibly billed")


def test_a_model_that_seldom_writes_a_language_well_is_said_to() -> None:
    """Only of the embedded one, and only where the run has that language."""
    german, french = replace(telling(), spec=a_variant(language="de")), telling()
    small = "qwen2.5-coder-1.5b-instruct"
    said = facts(replace(report(a_run(german, french)), model=small))["language"]
    assert said.alarming
    assert "seldom writes 'de' that the checks accept (1 of 12" in said.text
    assert "language" not in facts(replace(report(a_run(french)), model=small))
    assert "language" not in facts(report(a_run(german)))


def test_a_report_counts_pieces_by_what_became_of_them() -> None:
    """An approval says more than a status."""
    pieces = (
        telling(), telling(index=1), telling(index=2, status=Status.PARKED),
        telling(index=3, status=Status.PARKED, approval=Approval.PENDING),
        telling(index=4, status=Status.PARKED, approval=Approval.CHANGES_REQUESTED),
        telling(index=5, status=Status.PARKED, approval=Approval.REJECTED),
        telling(index=6, approval=Approval.APPROVED),
    )  # fmt: skip
    made = report(a_run(*pieces))
    assert facts(made)["pieces"].text == (
        "3 accepted, 1 parked, 1 awaiting approval, 1 sent back, 1 not approved of 4 planned"
    )
    assert [piece.spec.index for piece in made.accepted] == [0, 1, 6]
    assert [piece.spec.index for piece in made.parked] == [2, 3, 4, 5]


def test_a_report_of_nothing_is_short() -> None:
    """No figures of texts that are not there."""
    assert list(facts(report(a_run()))) == ["pieces", "ledger", "prompts", "run"]
    assert facts(report(a_run()))["pieces"].text == "none of 4 planned"
    parked = facts(report(a_run(telling(status=Status.PARKED))))
    assert "insights used" not in parked


def test_a_report_says_what_was_kept_told_saved_and_spent() -> None:
    """In the order in which people ask."""
    state, plenty = (
        SimpleNamespace(told="nearly", left_micros=0),
        SimpleNamespace(told="plenty", left_micros=5),
    )
    passed = SimpleNamespace(told="passed", left_micros=-1)
    run = a_run(
        telling("odette", minutes_saved=30.26), telling(index=1, minutes_saved=10.0), telling(index=2),
        kept=1, outdated=2, eligible_insights=("odette", "a", "b", "c", "d", "e"),
        spread={"fr": Spread(3, 3, 3.0, 0.0, 3)},
    )  # fmt: skip
    made = report(run, state, plenty, passed)
    told = facts(made)
    assert told["from earlier runs"].text == "1 kept, nothing paid again"
    assert told["older brief"].text.startswith("2 were written for an earlier brief")
    assert told["insights used"].text == "50% of those supplied left a receipt"
    assert told["insights covered"].text == "17% of the campaign's; not told: a, b, c, d and 1 more"
    assert told["time saved"].text == "40 minutes against the baseline (expected)"
    assert [(fact.text, fact.alarming) for fact in made.facts() if fact.name == "budget"] == [
        ("nearly", False), ("plenty", False), ("passed", True),
    ]  # fmt: skip
    assert told["prompts"].text == "full, with m"
    assert told["run"].text == "run-1"
    assert "spread fr" in told
    assert made.minutes_saved == 40.3
    assert report(a_run(telling())).minutes_saved is None
    four = facts(report(a_run(telling(), eligible_insights=("a", "b", "c", "d"))))
    assert four["insights covered"].text.endswith("not told: a, b, c, d")
    none = facts(report(a_run(telling("odette", given=("odette",)), eligible_insights=("odette",))))
    assert none["insights covered"].text == "100% of the campaign's"


def test_what_is_parked_costs_a_person_time() -> None:
    """Both figures of the time saved, the pessimistic one first; who was read already counts once."""
    parked = [telling(index=number, status=Status.PARKED) for number in range(1, 4)]
    read = telling(index=4, status=Status.PARKED, minutes_saved=-4.0)
    spanish = VariantSpec("spring", "email", "parents", "es", "warm", 9)
    pieces = (telling(minutes_saved=50.0), *parked, read, replace(parked[0], spec=spanish))
    unread = tally_of(pieces, "run-1").unread
    reading = reading_of(unread, lambda _, language: None if language == "es" else a_baseline())
    assert reading == Reading(pieces=4, minutes=30.0, unvalued=1)
    made = replace(report(a_run(*pieces)), reading=reading)
    assert facts(made)["time saved"].text == (
        "16 minutes against the baseline (expected), when the 4 parked pieces have been read; no baseline for 1 of "
        "them; 46 as long as nobody does"
    )
    totals = made.as_json()["totals"]
    assert (totals["minutes_saved_when_read"], totals["minutes_saved"]) == (16.0, 46.0)
    alone = replace(report(a_run(parked[0])), reading=Reading(1, 10.0))
    assert facts(alone)["time saved"].text == (
        "-10 minutes against the baseline (expected), when the 1 parked piece has been read; 0 as long as nobody does"
    )


def test_each_figure_of_originality_has_its_line() -> None:
    """Where it was measured; never averaged with another."""
    medians: dict[str, float | None] = dict.fromkeys(ORIGINALITY_FIGURES)
    various = {"fr": Diversity(texts=3, messages=2, distinct=3, compression_ratio=1.5)}
    unknown = {"fr": Diversity(texts=1, messages=1, distinct=1, compression_ratio=None)}
    assert originality_facts(medians, {}) == ()
    assert originality_facts(medians, unknown) == ()
    full = {
        **medians,
        "mirror_distance": 0.25,
        "brief_distance": 0.5,
        "sibling_novelty": 0.0,
        "paste_share": 0.125,
    }
    lines = {fact.name: fact.text for fact in originality_facts(full, various)}
    assert list(lines) == ["mirror distance", "brief distance", "sibling novelty", "pasted words", "variety"]
    assert lines["mirror distance"].startswith("0.25 in topic")
    assert lines["pasted words"].startswith("12% stand word for word")
    assert lines["variety"] == "fr 2 messages in 3 texts, 3 distinct, compresses 1.5 times"


def test_what_stood_in_the_way_is_counted_by_check() -> None:
    """Notes did not."""
    spec = a_variant()
    refusals = (Event("refused", spec, 1, (BLOCKED, NOTED, BLOCKED)), Event("refused", spec, 2, (BLOCKED,)))
    assert report(a_run(refusals=refusals)).refused_for == {"parts": 3}


def test_a_report_as_json_has_its_totals() -> None:
    """The keys are public: they stay."""
    run = a_run(
        telling("odette"), kept=1, outdated=0, stopped="spent",
        refusals=(Event("refused", a_variant(), 2, (BLOCKED,)),),
        spread={"fr": Spread(3, 3, 3.0, 0.0, 3)}, generic_spread={"fr": Spread(2, 1, 1.0, 1.0, 2)},
    )  # fmt: skip
    said = report(
        run, SimpleNamespace(told="nearly", left_micros=0, as_json=lambda: {"left_micros": 0})
    ).as_json()
    assert (said["run_id"], said["campaign_id"], said["model"], said["stopped"]) == (
        "run-1",
        "dawn",
        "m",
        "spent",
    )
    totals = said["totals"]
    assert (totals["planned"], totals["accepted"], totals["parked"], totals["kept"]) == (4, 1, 0, 1)
    assert (totals["insight_use"], totals["minutes_saved"]) == (0.5, None)
    assert totals["spread"]["fr"]["texts"] == 3
    assert totals["budgets"] == [{"left_micros": 0, "told": "nearly"}]
    assert said["refusals"][0]["attempt"] == 2
    assert said["refusals"][0]["findings"][0]["check"] == "parts"
    assert said["pieces"][0]["text"] == "Texte 0."
    assert said["pieces"][0]["length"]


def test_a_report_is_made_of_what_the_ledger_says_of_the_run() -> None:
    """Its summary, its budgets, its model and prompts."""
    made = line()
    asked: list[Any] = []
    made.ledger.summary = lambda **scope: asked.append(scope) or a_summary()  # type: ignore[method-assign]
    found = report_of(a_run(), made.pipeline)
    assert (asked, found.model, found.prompts) == ([{"run_id": "run-1"}], "stub", "full")


# ---- whole campaigns


def on_store(store: Store, *answers: Any) -> Line:
    """A line whose archive and ledger are real: the steps of a whole run are written to their database."""
    made, ledger = line(*answers), Ledger(store)
    made.pipeline.metered_model.ledger = ledger
    archive = Archive(store, made.pipeline.brand)
    return replace(made, pipeline=replace(made.pipeline, archive=archive, ledger=ledger))


OPTIONS = Options(
    mirror=0, concurrency=1, max_attempts=2, narrowing=Narrowing(languages=("fr",), segments=("families",))
)


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stands in for the comparison of offers, which tests of its own hold: the texts that it was given."""
    given: list[str] = []

    def incoherences_of(pieces: Iterable[Piece], *_: object) -> tuple[Incoherence, ...]:
        given.extend(piece.text for piece in pieces)
        return (ANOTHER_PRICE,)

    monkeypatch.setattr(campaigns, "coherence_of", incoherences_of)
    return given


@pytest.mark.usefixtures("guard")
async def test_a_campaign_is_written_and_concluded(store: Store, compared: list[str]) -> None:
    """One variant here: refused once, then accepted; a second run keeps it and loads no encoder."""
    made = on_store(store, "court !", "Le lin sèche au vent.")
    narrow = replace(OPTIONS.narrowing, variants_per_cell=1)
    options = replace(OPTIONS, narrowing=narrow)
    run = await run_campaign(CAMPAIGN, made.pipeline, options, on_event=made.events.append)
    assert (run.planned, len(run.pieces), run.kept, run.stopped) == (1, 1, 0, "")
    assert [event.attempt for event in run.refusals] == [1]
    assert run.refusals[0].findings == (BLOCKED,)
    assert run.refusals[0].text == "court !"
    assert run.campaign_id == "dawn"
    assert run.diversity["fr"].texts == 1
    assert run.spread == {}
    assert (compared, run.incoherences) == (["Le lin sèche au vent."], (ANOTHER_PRICE,))

    def loads() -> Any:
        raise AssertionError

    again = on_store(store)
    pipeline = replace(again.pipeline, encoder=loads)
    second = await run_campaign(CAMPAIGN, pipeline, options)
    assert (second.kept, second.outdated, [piece.id for piece in second.pieces]) == (
        1, 0, [piece.id for piece in run.pieces],
    )  # fmt: skip
    changed = Campaign.model_validate({**CAMPAIGN.model_dump(), "name": "Another dawn"})
    third = await run_campaign(changed, pipeline, options)
    assert (third.kept, third.outdated) == (1, 1)


@pytest.mark.usefixtures("guard")
async def test_a_provider_that_fails_is_raised_and_the_run_is_closed(store: Store) -> None:
    """What was paid is kept."""
    made = on_store(store, ProviderFailure("no key"))
    with pytest.raises(ProviderFailure, match="no key"):
        await run_campaign(CAMPAIGN, made.pipeline, OPTIONS)
    assert state_of(store) == ["failed"]


@pytest.mark.usefixtures("guard")
async def test_a_fault_closes_the_run_as_failed(store: Store) -> None:
    """And is raised."""
    made = on_store(store, KeyError("a fault"))
    with pytest.raises(KeyError):
        await run_campaign(CAMPAIGN, made.pipeline, OPTIONS)
    assert state_of(store) == ["failed"]


def state_of(store: Store) -> list[str]:
    from sqlalchemy import select

    from inedit.store.tables import runs

    with store.read() as connection:
        return list(connection.execute(select(runs.c.state)).scalars())


def test_a_run_is_opened_once_and_gone_on_with(store: Store) -> None:
    """By its id; of another campaign there is none."""
    pipeline = on_store(store).pipeline
    opened = begin_run(CAMPAIGN, pipeline, OPTIONS)
    again = begin_run(CAMPAIGN, pipeline, OPTIONS, run_id=opened.run_id)
    assert again == opened
    assert {spec.language for spec in opened.specs} == {"fr"}
    with pytest.raises(WrongInput, match="no run"):
        begin_run(CAMPAIGN, pipeline, OPTIONS, run_id="another")
    assert state_of(store) == ["running"]


def test_a_run_goes_on_by_what_tests_had_taught_when_it_began(store: Store) -> None:
    """It is kept with the run: what is learnt meanwhile holds for the next one. A run by turn asks nobody."""
    evidence = Evidence("insight", "feet", ("t",), 1000, 0.3, 0.02, "2026-05-01")
    taught = Preferences("seed", (evidence,))
    asked: list[str] = []

    def preferences(campaign: Campaign) -> Preferences:
        asked.append(campaign.id)
        return taught

    pipeline = replace(on_store(store).pipeline, preferences=preferences)
    opened = begin_run(CAMPAIGN, pipeline, OPTIONS)
    assert (asked, read_run_preferences(store, opened.run_id)) == (["dawn"], taught)
    later = replace(pipeline, preferences=lambda _: NO_PREFERENCES)
    assert begin_run(CAMPAIGN, later, OPTIONS, run_id=opened.run_id) == opened
    asked.clear()
    by_turn = begin_run(CAMPAIGN, pipeline, replace(OPTIONS, by_turn=True))
    assert (asked, read_run_preferences(store, by_turn.run_id)) == ([], NO_PREFERENCES)


def test_a_run_that_waits_at_a_provider_is_gone_on_with(store: Store) -> None:
    """Whoever asks in batches, with its id or without; whoever does not would pay twice, and is told where it is."""
    pipeline = on_store(store).pipeline
    opened = begin_run(CAMPAIGN, pipeline, OPTIONS)
    batch = ProviderBatch(
        "b-1", opened.run_id, CAMPAIGN.id, 1, "http://provider.test/v1", "stub", "2026-06-01"
    )
    with store.write() as connection:
        put_batch(connection, batch)
        put_request(connection, batch.id, BatchRequest("r-1", "a place", {}))
    batched = replace(OPTIONS, batch=True)
    assert begin_run(CAMPAIGN, pipeline, batched) == opened
    assert begin_run(CAMPAIGN, pipeline, batched, run_id=opened.run_id) == opened
    with pytest.raises(
        WrongInput, match=rf"1 texts of 'dawn' .* at http://provider.test/v1 \(stub, run {opened.run_id}\)"
    ):
        begin_run(CAMPAIGN, pipeline, OPTIONS)


@pytest.mark.usefixtures("compared")
def test_the_first_reason_closes_a_run(store: Store) -> None:
    """Why it stopped, or that it is complete; a failure is raised."""
    pipeline = on_store(store).pipeline
    for results, state in (
        ((ShardResult(1), ShardResult(1)), "complete"),
        ((ShardResult(1), ShardResult(1, stopped="spent"), ShardResult(1, stopped="later")), "spent"),
    ):
        opened = begin_run(CAMPAIGN, pipeline, OPTIONS)
        run = conclude_run(opened, CAMPAIGN, pipeline, OPTIONS, results)
        assert state_of(store)[-1] == state
        assert run.stopped == ("" if state == "complete" else state)
        assert tuple(run.pieces) == ()
        assert run.eligible_insights == ("window",)
    opened = begin_run(CAMPAIGN, pipeline, OPTIONS)
    with pytest.raises(ProviderFailure, match="first"):
        conclude_run(
            opened, CAMPAIGN, pipeline, OPTIONS,
            [ShardResult(1), ShardResult(1, failure="first"), ShardResult(1, failure="second")],
        )  # fmt: skip


def test_the_pieces_of_a_run_stay_in_the_store(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are read a page at a time, in the order asked for; all that a sequence can do they can."""
    from inedit.archive import pieces as archive

    monkeypatch.setattr(archive, "PAGE", 2)
    made = [accepted(a_variant(index=index), f"text {index}") for index in range(5)]
    with store.write() as connection:
        for piece in made:
            archive.put_piece(connection, piece, scope="s", brief_sha=CAMPAIGN.sha, revision_number=1)
    keys = tuple(piece.spec.key for piece in reversed(made))
    stored = StoredPieces(store, on_store(store).pipeline.ledger, made[0].spec.campaign_id, keys)
    assert [piece.text for piece in stored] == [f"text {index}" for index in (4, 3, 2, 1, 0)]
    assert [piece.text for piece in stored[1:3]] == ["text 3", "text 2"]
    assert (len(stored), stored[0].text, stored[-1].text) == (5, "text 4", "text 0")
    in_order = archive.each_standing(store, made[0].spec.campaign_id)
    assert [found.piece.text for found in in_order] == [f"text {index}" for index in range(5)]


def test_a_cell_is_completed_when_nothing_is_left_to_do_about_it(store: Store) -> None:
    """What failed in another run is not; what this run wrote is, but for what it writes again."""
    from inedit.archive.pieces import Standing

    spec = a_variant()
    failed = accepted(spec, "", status=Status.FAILED)
    there = accepted(spec, "x", run_id="run-0")
    ask = campaigns._is_completed
    assert ask(Standing(1, CAMPAIGN.sha, there), CAMPAIGN, OPTIONS, "run-1")
    assert ask(Standing(1, CAMPAIGN.sha, failed), CAMPAIGN, OPTIONS, "run-1")
    assert not ask(Standing(1, CAMPAIGN.sha, replace(failed, run_id="run-0")), CAMPAIGN, OPTIONS, "run-1")
    again = replace(OPTIONS, rewrite=(there.id,))
    assert not ask(Standing(1, CAMPAIGN.sha, replace(there, run_id="run-1")), CAMPAIGN, again, "run-1")


def test_the_pieces_that_wait_come_in_the_order_of_the_plan(store: Store) -> None:
    """Those of the plan alone, and only those that wait."""
    a, b, c = (
        accepted(a_variant(index=index), f"Texte {index}.", status=Status.PARKED, approval=Approval.PENDING)
        for index in range(3)
    )
    archive = Archive(store, tiny_brand())
    for piece in (b, a, replace(c, approval=Approval.CHANGES_REQUESTED)):
        archive.set_aside(piece, brief_sha="sha", revision_number=1)
    specs = (a.spec, b.spec, c.spec)
    assert [piece.id for piece in waiting_pieces(store, "dawn", specs)] == [a.id, b.id]
    assert [piece.id for piece in waiting_pieces(store, "dawn", (b.spec,))] == [b.id]
    assert waiting_pieces(store, "dusk", specs) == ()
