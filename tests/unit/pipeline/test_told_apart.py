"""Names are told apart, whatever their place in the alphabet: each of these holds for one that sorts before the name
that is meant, and for one that sorts after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from fakes.brand import TODAY, tiny_campaign, tiny_sheet
from fakes.pipeline import a_variant, brand_with_baseline, templates
from fakes.services import accepted
from inedit.archive.pieces import Standing
from inedit.guard.context import Context
from inedit.guard.nlp.language_data import remedy
from inedit.model import Draft, Finding, Match, Prompt, Receipt, Severity, Span, Status, Usage, Verdict
from inedit.pipeline import rejudge as rejudging
from inedit.pipeline.advice_answers import CHECK, advice_in, is_advisor_finding, is_unadvised, not_advised
from inedit.pipeline.advice_forecast import joined
from inedit.pipeline.load import Load, speed_of
from inedit.pipeline.revision import next_attempt
from inedit.pipeline.run import Run
from inedit.pipeline.run_report import RunReport
from inedit.pipeline.shard import task_for
from inedit.pipeline.siblings import worded
from inedit.pipeline.stale import prompt_digest, stale_pieces
from inedit.pipeline.tally import told_by
from inedit.pipeline.task import Options
from inedit.pipeline.waiver import waived
from inedit.prompting import Templates
from inedit.prompting.advice import CONDITION, NOT_SAID, OTHERWISE

BRAND, CAMPAIGN, SPEC = brand_with_baseline(), tiny_campaign(), a_variant()
around = pytest.mark.parametrize("other", ["aaa", "zzz"])


@around
def test_an_advisors_findings_are_its_own(other: str) -> None:
    """Another check's doubt is no advice, whatever its message says."""
    doubt = Finding(CHECK, Severity.REVIEW, "No fact says this.")
    assert is_advisor_finding(doubt) and not is_advisor_finding(replace(doubt, check=other))
    note = not_advised("No key.")
    assert is_unadvised(note) and not is_unadvised(replace(note, check=other))
    assert not is_unadvised(replace(note, message="Advised.")) and not is_advisor_finding(note)


@around
def test_a_kind_of_problem_that_nobody_knows_is_told_as_missing_support(other: str) -> None:
    """The two others that are known say what they are."""
    draft = Draft(SPEC, {"body": "Le lin sèche en une heure."}, Usage("", 0, 0, 0, 0, 0.0), 1)
    context = Context(BRAND, CAMPAIGN, tiny_sheet(), Prompt((), "", ""), TODAY)

    def message(problem: str) -> str:
        entry = f'[{{"quote": "une heure", "problem": "{problem}", "why": "w", "fact": "{other}"}}]'
        (finding,) = advice_in(entry, draft, context, "m")
        assert finding.remedy == remedy("fr", "advisor"), "a fact of no such name is quoted nowhere"
        return finding.message

    unknown = "“une heure”: no supplied fact says this, advises m: w"
    assert message(other) == message(NOT_SAID) == unknown
    assert len({unknown, message(CONDITION), message(OTHERWISE)}) == 3


@pytest.mark.parametrize("currency", ["CHF", "USD"])
def test_amounts_in_another_currency_have_no_sum(currency: str) -> None:
    """Whichever it is."""
    one = Load(1, 1, 1, 1.0, 5)
    assert joined(one, currency, one, "EUR").cost_micros is None
    assert joined(one, "EUR", one, "EUR") == one


@pytest.mark.parametrize("provider", ["azure", "zai"])
def test_only_what_is_embedded_has_the_speed_of_this_machine(provider: str) -> None:
    """Every server has that of a server."""
    assert (speed_of(provider), speed_of("embedded")) == (50.0, 15.0)


@around
def test_a_check_is_let_pass_by_its_name(other: str) -> None:
    """What another one says stays as it is; so does a copy that another one found."""
    mine = Finding("parts", Severity.BLOCK, "Too short.")
    copy = Finding(other, Severity.BLOCK, "A copy.", Span(0, 1), (Match("p", "containment", 1.0),))
    piece = accepted(SPEC, "Le lin.", status=Status.PARKED, verdict=Verdict((copy, mine)))
    after = waived(piece, "parts", by="Ada", because="fine", at=datetime(2026, 6, 1, tzinfo=UTC))
    assert after.verdict.findings[0] == copy
    assert after.verdict.findings[1].severity is Severity.NOTE


@pytest.mark.parametrize("run_id", ["run-0", "run-2"])
def test_what_another_run_parked_gets_a_new_series(run_id: str) -> None:
    """An earlier one or a later one; in the run that parked it there was one already."""
    parked = accepted(SPEC, "x", status=Status.PARKED, attempts=3, run_id="run-1")
    there = Standing(1, CAMPAIGN.sha, parked)
    again = task_for(SPEC, CAMPAIGN, there, Options(retry_parked=True), run_id)
    assert again is not None and (again.first_attempt, again.revision_number) == (4, 1)
    assert task_for(SPEC, CAMPAIGN, there, Options(retry_parked=True), "run-1") is None


@pytest.mark.parametrize("sha", ["0" * 64, "f" * 64])
def test_another_brief_is_another_brief(sha: str) -> None:
    """A refresh writes it again; the same brief stays."""
    there = accepted(SPEC, "x")
    again = task_for(SPEC, CAMPAIGN, Standing(1, sha, there), Options(refresh=True), "run-1")
    assert again is not None and again.revision_number == 2
    assert task_for(SPEC, CAMPAIGN, Standing(1, CAMPAIGN.sha, there), Options(refresh=True), "run-1") is None


@pytest.mark.parametrize("sha", ["0" * 64, "f" * 64])
def test_another_prompt_makes_a_piece_stale(sha: str) -> None:
    """Whichever digest it has; the one of today does not."""
    today = prompt_digest(templates(), BRAND, CAMPAIGN, SPEC, TODAY) or ""
    brand = BRAND.model_copy(update={"campaigns": {CAMPAIGN.id: CAMPAIGN}})
    stale, fresh = (accepted(SPEC, "x", prompt_sha=digest) for digest in (sha, today))
    assert list(stale_pieces([stale, fresh], templates(), brand, TODAY)) == [stale]


@pytest.mark.parametrize("source", ["calls_to_action", "offer"])
def test_only_what_the_model_words_is_its_manner(source: str) -> None:
    """Whatever approved wordings a part prints."""
    sheet = tiny_sheet()
    parts = [
        part.model_copy(update={"source": source}) if part.id == "subject" else part for part in sheet.parts
    ]
    prompts = Templates({"email": sheet.model_copy(update={"parts": tuple(parts)})}, templates().sources)
    assert worded("email", {"subject": "Sujet.", "body": "Le lin."}, prompts) == ("Le lin.",)
    lengths = {"subject": "x" * 900, "body": "x" * 20, "call_to_action": "Voir"}
    assert rejudging._is_of(accepted(SPEC, "", parts=lengths), prompts), (
        "approved wordings may have any length"
    )


@around
def test_a_receipt_is_of_the_insight_that_it_names(other: str) -> None:
    """Words that stand there and come from another one are none of it; nor is a claim an insight."""
    at = Receipt(Span(0, 6), "odette", "insight", "words")
    piece = accepted(SPEC, "Le lin sèche.", verdict=Verdict(receipts=(at,)))
    of_another = Verdict(receipts=(replace(at, source_id=other),))
    (gone,) = rejudging._corrected(piece, of_another, BRAND)
    assert gone.check == "corrected"
    assert list(rejudging._corrected(piece, Verdict(receipts=(at,)), BRAND)) == []
    assert told_by(replace(piece, verdict=Verdict(receipts=(at, replace(at, kind="claim"))))) == {"odette"}


@pytest.mark.parametrize("run_id", ["run-0", "run-2"])
def test_advice_that_is_missing_is_this_runs_affair(run_id: str) -> None:
    """What another run could not ask is not told again."""
    unread = accepted(SPEC, "x", verdict=Verdict((not_advised("No key."),)), run_id=run_id)
    summary: Any = None
    report = RunReport(
        Run("run-1", "dawn", 1, (unread, replace(unread, run_id="run-1"))), "m", "full", summary
    )
    assert report.not_advised == 1


@around
def test_a_fact_is_exchanged_for_what_only_some_checks_say(other: str) -> None:
    """A passage that another check points at is no quotation, and no reason for another fact."""
    finding = Finding(other, Severity.BLOCK, "Wrong.", Span(0, 3))
    assert next_attempt(SPEC, [(finding,)], BRAND, CAMPAIGN) == (SPEC, (finding,))
    for check in ("insights", "repetition"):
        spec, told = next_attempt(SPEC, [(replace(finding, check=check),)], BRAND, CAMPAIGN)
        assert spec.insight_ids != SPEC.insight_ids and told == ()


@pytest.mark.parametrize("id", ["0-1", "z-1"])
def test_only_a_piece_that_stands_there_is_written_again(id: str) -> None:
    """By its own name."""
    there = Standing(1, CAMPAIGN.sha, accepted(SPEC, "x"))
    assert task_for(SPEC, CAMPAIGN, there, Options(rewrite=(id,)), "run-1") is None
    assert task_for(SPEC, CAMPAIGN, there, Options(rewrite=(there.piece.id,)), "run-1") is not None


def test_every_insight_that_was_corrected_is_told_once() -> None:
    """Whatever stands before it: one that the brand has no more, a claim, one that was told already."""
    at = Receipt(Span(0, 2), "gone", "insight", "words")
    receipts = (
        at, replace(at, kind="claim", source_id="woven"), replace(at, source_id="odette"),
        replace(at, source_id="odette"), replace(at, source_id="feet", span=Span(3, 6)),
    )  # fmt: skip
    piece = accepted(SPEC, "Le lin sèche.", verdict=Verdict(receipts=receipts))
    found = list(rejudging._corrected(piece, Verdict(), BRAND))
    assert [(one.check, one.span) for one in found] == [("corrected", Span(0, 2)), ("corrected", Span(3, 6))]
    assert ["“odette”" in found[0].message, "“feet”" in found[1].message] == [True, True]
