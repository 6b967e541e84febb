"""The one pipeline: draft, judge, admit, record.

Read :func:`produce_piece` to follow one piece from its cell of the matrix to its completion. Drafting is
parallel and paid; judging is pure; admission is serial in a scope. Whatever was paid for is stored before it is read,
so that an interrupted run goes on where it stopped and pays for nothing twice. :mod:`inedit.pipeline` runs it
over a whole campaign.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Literal

from sqlalchemy import Connection

from inedit.archive.admission import Archive, Embedding
from inedit.archive.attempts import PAID, PaidAnswer, key_of_attempt, put_attempt, put_verdict, read_attempts
from inedit.archive.leases import AlreadyClaimed, Leases
from inedit.archive.pieces import lease_key
from inedit.brand.schema import Brand, Campaign
from inedit.encoding import Encoder
from inedit.generation.client import Completion, PromptFiltered
from inedit.guard.context import Context
from inedit.guard.similarity.generic import GenericTexts
from inedit.ledger import Call, Ledger
from inedit.ledger.journal.history import draft_outcomes
from inedit.model import (
    Approval,
    Decision,
    Finding,
    Outcome,
    Piece,
    Severity,
    Status,
    VariantSpec,
    Verdict,
)
from inedit.pipeline.evaluation import Surroundings, evaluate
from inedit.pipeline.generic_texts import DEFAULT_COUNT, Mirror
from inedit.pipeline.metered_call import MeteredModel, RunCancelled
from inedit.pipeline.revision import next_attempt
from inedit.pipeline.siblings import openings, siblings_of
from inedit.pipeline.stale import prompt_digest
from inedit.pipeline.unfinished_answers import filtered, finding_on, output_limit
from inedit.planning import Narrowing
from inedit.prompting import SiblingsView, Templates, render


@dataclass(frozen=True, slots=True)
class Options:
    """How a run is made. ``concurrency`` is the number of pieces in the making at once."""

    concurrency: int = 2
    max_attempts: int = 3
    refresh: bool = False  # write again what was written for an earlier version of the brief
    rewrite: tuple[str, ...] = ()  # ids of pieces to write again, each as a new revision beside the old one
    only_rewrite: bool = False  # and nothing else
    retry_parked: bool = False  # give parked pieces a new series of attempts
    require_approval: bool = False  # what the guard accepts is parked until a person has agreed
    mirror: int = DEFAULT_COUNT  # baselines for each channel and language; 0: no mirror check
    narrowing: Narrowing = field(default_factory=Narrowing)


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The wired production line."""

    brand: Brand
    templates: Templates
    archive: Archive
    ledger: Ledger
    metered_model: MeteredModel
    mirror: Mirror
    encoder: Callable[[], Encoder]  # called when the first vector is needed: loading takes seconds
    today: date
    provider: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a person who watches wants to know.

    ``requested``: a call is about to be paid; ``refused``: a draft went back, with its findings; ``completed``: a piece
    is done; ``skipped``: an earlier run had it already.
    """

    kind: Literal["requested", "refused", "completed", "skipped"]
    spec: VariantSpec
    attempt: int = 0
    findings: tuple[Finding, ...] = ()
    piece: Piece | None = None
    text: str = ""  # of a draft that was refused: what its findings' spans count in


@dataclass(frozen=True, slots=True)
class PieceTask:
    """One cell of the matrix that still needs a text."""

    run_id: str
    campaign: Campaign
    spec: VariantSpec
    revision_number: int
    first_attempt: int = 1
    sent_back: Piece | None = None  # what a person wants written again, with the comment as its last finding

    def attempts(self, options: Options) -> range:
        """The numbers of the attempts to make, the paid ones among them: those are read again, not asked again."""
        return range(self.first_attempt, self.first_attempt + options.max_attempts)

    @property
    def piece_id(self) -> str:
        """Stable id of the piece of this cell and revision."""
        return f"{self.spec.key}-{self.revision_number}"


EventHandler = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class RunContext:
    """What all pieces in the making of one pool have in common."""

    options: Options
    on_event: EventHandler
    stop: asyncio.Event
    leases: Leases
    judges: Executor


async def produce_piece(task: PieceTask, pipeline: Pipeline, run_context: RunContext) -> Piece | None:
    """Write, judge and admit one variant; None when the run was stopped before it was completed.

    A draft that the guard refuses goes back with its findings, at most ``options.max_attempts`` times; then the best
    one is parked for a person. Raises :class:`~inedit.archive.leases.AlreadyClaimed` before a draft is paid that
    somebody else is writing or has written.
    """
    options, on_event, stop = run_context.options, run_context.on_event, run_context.stop
    campaign, store = task.campaign, pipeline.archive.store
    paid = await asyncio.to_thread(read_attempts, store, campaign.id, task.spec.key, task.revision_number)
    ends = (
        await asyncio.to_thread(draft_outcomes, store, campaign.id, task.spec.key, task.revision_number)
        if paid
        else {}
    )
    answers = {a.attempt: replace(a, outcome=ends.get(a.attempt, Outcome.ANSWERED)) for a in paid}
    cut = any(end is Outcome.CUT for attempt, end in ends.items() if attempt < task.first_attempt)
    refused = [task.sent_back] if task.sent_back else []
    approval = Approval.PENDING if options.require_approval or task.sent_back else None
    for attempt in task.attempts(options):
        spec, findings = _next(task, pipeline, refused)
        previous = refused[-1].parts if refused else None
        beside = await asyncio.to_thread(siblings_of, spec, pipeline.archive, pipeline.templates)
        prompt = render(
            pipeline.templates, pipeline.brand, campaign, spec, pipeline.today,
            findings=findings, previous=previous, siblings=SiblingsView(openings(beside)),
        )  # fmt: skip
        context = Context(
            pipeline.brand, campaign, pipeline.templates.sheets[spec.channel], prompt, pipeline.today
        )
        limit_tokens = output_limit(prompt.sampling.max_tokens, cut_before=cut)
        answer = answers.get(attempt)
        if answer is None:
            if stop.is_set():
                return None
            on_event(Event("requested", spec, attempt))
            try:
                answer = await _ask(task, pipeline, spec, attempt, context, run_context, limit_tokens)
            except RunCancelled:
                return None
            except PromptFiltered as error:
                verdict = Verdict((filtered(str(error)),))
                refused.append(Piece(task.piece_id, task.run_id, spec, Status.PARKED, {}, verdict, attempt))
                break
        unfinished = finding_on(
            answer.outcome, answer.raw, spec.language, limit_tokens=limit_tokens, cut_before=cut
        )
        if unfinished is not None:
            cut = cut or answer.outcome is Outcome.CUT
            piece = _piece(task, answer, {}, Verdict((unfinished,)), Status.PARKED)
            await asyncio.to_thread(_keep_verdict, piece, task, pipeline)
            on_event(Event("refused", spec, attempt, piece.verdict.findings))
            refused.append(piece)
            if piece.verdict.decision is Decision.PARK:
                break
            continue
        generic = await pipeline.mirror.baselines(
            campaign, spec.channel, spec.language, options.mirror, run_id=task.run_id, stop=stop,
            leases=run_context.leases,
        )  # fmt: skip
        if stop.is_set() and len(generic.texts) < options.mirror:
            return None  # the answer is kept: it is judged when the run goes on
        piece = await asyncio.get_running_loop().run_in_executor(
            run_context.judges, _decided, task, pipeline, answer, context, generic, approval
        )
        if piece.stands:
            return piece
        on_event(Event("refused", spec, attempt, piece.verdict.findings, text=piece.text))
        refused.append(piece)
        if piece.verdict.decision is Decision.PARK:
            break  # only a person can decide: another draft would not help
    return await asyncio.to_thread(_set_aside, task, pipeline, refused)


async def _ask(
    task: PieceTask,
    pipeline: Pipeline,
    spec: VariantSpec,
    attempt: int,
    context: Context,
    run_context: RunContext,
    limit_tokens: int,
) -> PaidAnswer:
    """Pay for one answer; its text is stored in the transaction that charges it."""
    call = Call.for_variant(
        spec,
        purpose="draft",
        provider=pipeline.provider,
        model=pipeline.metered_model.model.model,
        run_id=task.run_id,
        attempt=attempt,
        revision_number=task.revision_number,
        prompts=context.prompt.style,
    )
    kept = True

    def claim(connection: Connection) -> None:
        attempt_key = key_of_attempt(spec, task.revision_number, attempt)
        run_context.leases.take(connection, lease_key(task.piece_id), paid=PAID, at=attempt_key)

    def persist(connection: Connection, answered: Completion) -> None:
        nonlocal kept
        kept = put_attempt(
            connection, run_id=task.run_id, spec=spec, revision_number=task.revision_number, attempt=attempt,
            raw=answered.text, response_id=answered.response_id, usage=answered.usage,
        )  # fmt: skip

    completion = await pipeline.metered_model.call(
        context.prompt,
        call,
        seed=_seed(task, attempt),
        stop=run_context.stop,
        claim=claim,
        persist=persist,
        max_tokens=limit_tokens,
    )
    if not kept:
        raise AlreadyClaimed(task.piece_id)  # we slept beyond our lease: another one's answer was there first
    return PaidAnswer(
        spec, attempt, completion.text, completion.response_id, completion.usage, completion.outcome
    )


def _decided(
    task: PieceTask,
    pipeline: Pipeline,
    answer: PaidAnswer,
    context: Context,
    generic: GenericTexts,
    approval: Approval | None,
) -> Piece:
    """The piece that a paid answer makes; what the guard said of it is kept in any case."""
    piece = _judge_and_admit(task, pipeline, answer, context, generic, approval)
    if not piece.stands:
        _keep_verdict(piece, task, pipeline)
    return piece


def _keep_verdict(piece: Piece, task: PieceTask, pipeline: Pipeline) -> None:
    with pipeline.archive.store.write() as connection:
        put_verdict(connection, piece, revision_number=task.revision_number, attempt=piece.attempts)


def _judge_and_admit(
    task: PieceTask,
    pipeline: Pipeline,
    answer: PaidAnswer,
    context: Context,
    generic: GenericTexts,
    approval: Approval | None,
) -> Piece:
    """The piece that a paid answer makes: in the archive, or refused with its findings.

    With ``approval`` awaited it is in the archive as a parked one, until a person agrees.
    """
    made = partial(
        _piece, task, answer,
        prompt_sha=prompt_digest(pipeline.templates, pipeline.brand, task.campaign, answer.spec, pipeline.today) or "",
    )  # fmt: skip
    encoder = pipeline.encoder()
    surroundings = Surroundings(
        generic,
        encoder.encode,
        encoder.name,
        siblings=siblings_of(answer.spec, pipeline.archive, pipeline.templates),
    )
    evaluation = evaluate(answer.raw, answer.as_draft({}), context, surroundings)
    draft, verdict = evaluation.draft, evaluation.verdict
    if not evaluation.readable:
        return made({}, verdict, Status.REJECTED)
    if verdict.decision is not Decision.ACCEPT:
        return made(draft.parts, verdict, Status.PARKED)
    status = Status.ACCEPTED if approval is None else Status.PARKED
    piece = replace(made(draft.parts, verdict, status), approval=approval)
    embedding = Embedding(encoder.encode([piece.text])[0], encoder.name, encoder.digest)

    def settle(connection: Connection, admitted: Piece) -> None:
        put_verdict(connection, admitted, revision_number=task.revision_number, attempt=answer.attempt)
        if admitted.status is Status.ACCEPTED:
            record_saving(pipeline, admitted, connection)

    admitted = pipeline.archive.admit(
        piece, embedding, brief_sha=task.campaign.sha, revision_number=task.revision_number, campaign=task.campaign,
        within_transaction=settle,
    )  # fmt: skip
    if isinstance(admitted, Piece):
        return admitted
    refused = evaluation.with_copies(admitted).verdict
    return replace(piece, status=Status.PARKED, approval=None, verdict=refused)


def record_saving(pipeline: Pipeline, piece: Piece, connection: Connection | None = None) -> None:
    """Write down what an accepted piece saved, where the brand has a baseline; the ledger does so once."""
    baseline = pipeline.brand.baseline(piece.spec.channel, piece.spec.language)
    if baseline is not None:
        pipeline.ledger.record_saving(
            piece.spec,
            baseline,
            run_id=piece.run_id,
            revision_number=piece.revision_number,
            connection=connection,
        )


def _set_aside(task: PieceTask, pipeline: Pipeline, refused: Sequence[Piece]) -> Piece:
    """Keep the best refused draft where a person finds it, with the reason in one sentence."""
    best = min(reversed(refused), key=_issues)
    told = refused[-1] if refused[-1].verdict.decision is Decision.PARK else best  # what ended the series
    blocking = [finding for finding in told.verdict.findings if finding.severity is not Severity.NOTE]
    reason = blocking[0].message if blocking else ""
    piece = replace(best, reason=reason, attempts=refused[-1].attempts)
    pipeline.archive.set_aside(piece, brief_sha=task.campaign.sha, revision_number=task.revision_number)
    return piece


def _piece(
    task: PieceTask,
    answer: PaidAnswer,
    parts: Mapping[str, str],
    verdict: Verdict,
    status: Status,
    *,
    prompt_sha: str = "",
) -> Piece:
    return Piece(
        task.piece_id, task.run_id, answer.spec, status, parts, verdict, answer.attempt, prompt_sha=prompt_sha
    )


def _next(
    task: PieceTask, pipeline: Pipeline, refused: Sequence[Piece]
) -> tuple[VariantSpec, tuple[Finding, ...]]:
    """What to write next, and what to tell: what the guard said of the last draft, and what a person asked for."""
    found = [piece.verdict.findings for piece in refused]
    spec, told = next_attempt(
        task.spec, found, pipeline.brand, task.campaign, keep_facts=task.sent_back is not None
    )
    asked = task.sent_back.verdict.findings if task.sent_back and refused[-1] is not task.sent_back else ()
    return spec, (*asked, *told)


def _issues(piece: Piece) -> tuple[bool, int, bool]:
    """How far a refused draft is from acceptance: unreadable ones last, then by blocking findings.

    Of two as far, the one that shows what it copied tells a person more.
    """
    blocks = sum(finding.severity is Severity.BLOCK for finding in piece.verdict.findings)
    shows_a_copy = any(finding.matches for finding in piece.verdict.findings)
    return not piece.parts, blocks, not shows_a_copy


def _seed(task: PieceTask, attempt: int) -> int:
    """The same attempt at the same place asks with the same seed, on any machine (31 bits)."""
    address = f"{task.piece_id}:{attempt}".encode()
    return int.from_bytes(hashlib.sha256(address).digest()[:4], "big") >> 1
