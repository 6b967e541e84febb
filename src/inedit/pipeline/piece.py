"""One piece's way: ask, judge, admit, or send back.

Drafting is parallel and paid; judging is pure; admission is serial in a scope. Whatever was paid for is stored before
it is read, so that an interrupted run goes on where it stopped and pays for nothing twice. One attempt is
:mod:`inedit.pipeline.attempt`; :mod:`inedit.pipeline` makes the pieces of a whole campaign.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from inedit.archive.attempts import PaidAnswer
from inedit.generation.errors import PromptFiltered
from inedit.model import Decision, Outcome, Piece, Severity, Verdict
from inedit.pipeline.attempt import ask, first_prompt_sha, judge, next_question
from inedit.pipeline.metered_call import RunCancelled
from inedit.pipeline.task import Event, PieceTask, Pipeline, RunContext
from inedit.pipeline.unfinished_answers import filtered, finding_on


@dataclass(frozen=True, slots=True)
class Past:
    """The answers to a task that were paid for, by attempt, and whether one before this series of attempts was cut."""

    answers: Mapping[int, PaidAnswer]
    was_cut: bool


NO_PAST = Past({}, was_cut=False)


async def produce_piece(task: PieceTask, pipeline: Pipeline, run_context: RunContext) -> Piece | None:
    """Write, judge and admit one variant; None when the run was stopped before it was completed.

    A draft that the guard refuses goes back with its findings, at most ``options.max_attempts`` times; then the best
    one is parked for a person. Raises :class:`~inedit.archive.leases.AlreadyClaimed` before a draft is paid that
    somebody else is writing or has written.
    """
    past = NO_PAST if task.is_unpaid else await asyncio.to_thread(_past_of, task, pipeline)
    cut, refused = past.was_cut, [task.sent_back] if task.sent_back else []
    for attempt in task.attempts(run_context.options):
        question = await asyncio.to_thread(
            next_question,
            task,
            pipeline,
            attempt,
            refused,
            cut_before=cut,
            candidates=run_context.options.candidates,
        )
        answer = past.answers.get(attempt)
        paid_before = answer is not None
        if answer is None:
            if run_context.stop.is_set():
                return None
            run_context.on_event(Event("requested", question.spec, attempt))
            try:
                answer = await ask(question, task, pipeline, run_context)
            except RunCancelled:
                return None
            except PromptFiltered as error:
                refused.append(task.piece(question.spec, attempt, Verdict((filtered(str(error)),))))
                break
        unfinished = finding_on(
            answer.outcome, answer.raw, question.spec.language,
            limit_tokens=question.limit_tokens, cut_before=cut,
        )  # fmt: skip
        if unfinished is not None:
            cut = cut or answer.outcome is Outcome.CUT
            piece = task.piece(answer.spec, attempt, Verdict((unfinished,)))
            await asyncio.to_thread(pipeline.archive.keep_verdict, piece)
        else:
            judged = await judge(answer, question, task, pipeline, run_context, paid_before=paid_before)
            if judged is None or judged.stands:
                return judged
            piece = judged
        run_context.on_event(
            Event("refused", question.spec, attempt, piece.verdict.findings, text=piece.text)
        )
        refused.append(piece)
        if piece.verdict.decision is Decision.PARK:
            break  # only a person can decide: another draft would not help
    return await asyncio.to_thread(_set_aside, task, pipeline, refused)


def _past_of(task: PieceTask, pipeline: Pipeline) -> Past:
    """What an earlier run paid for at this task. How each answer ended is the ledger's to tell."""
    paid = pipeline.archive.paid_answers(task.spec, task.revision_number)
    if not paid:
        return NO_PAST
    spec = task.spec
    ends = pipeline.ledger.history.draft_outcomes(spec.campaign_id, spec.key, task.revision_number)
    return Past(
        {a.attempt: replace(a, outcome=ends.get(a.attempt, Outcome.ANSWERED)) for a in paid},
        was_cut=any(end is Outcome.CUT for attempt, end in ends.items() if attempt < task.first_attempt),
    )


def _set_aside(task: PieceTask, pipeline: Pipeline, refused: Sequence[Piece]) -> Piece:
    """Keep the best refused draft where a person finds it, with the reason in one sentence."""
    best = min(reversed(refused), key=_issues)
    told = refused[-1] if refused[-1].verdict.decision is Decision.PARK else best  # what ended the series
    blocking = [finding for finding in told.verdict.findings if finding.severity is not Severity.NOTE]
    piece = replace(
        best,
        reason=blocking[0].message if blocking else "",
        attempts=refused[-1].attempts,
        prompt_sha=best.prompt_sha or first_prompt_sha(task, pipeline, best.spec),
    )
    pipeline.archive.set_aside(piece, brief_sha=task.campaign.sha, revision_number=task.revision_number)
    return piece


def _issues(piece: Piece) -> tuple[bool, int, bool]:
    """How far a refused draft is from acceptance: unreadable ones last, then by blocking findings.

    Of two as far, the one that shows what it copied tells a person more.
    """
    blocks = sum(finding.severity is Severity.BLOCK for finding in piece.verdict.findings)
    shows_a_copy = any(finding.matches for finding in piece.verdict.findings)
    return not piece.parts, blocks, not shows_a_copy
