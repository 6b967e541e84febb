"""One attempt at a piece: what to ask, the paid answer, the guard's verdict, and the archive's door."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from inedit.archive.attempts import PaidAnswer
from inedit.archive.leases import AlreadyClaimed
from inedit.archive.neighbours import Embedding
from inedit.guard.context import Context
from inedit.guard.similarity.generic import GenericTexts
from inedit.ledger import Call
from inedit.model import Approval, Decision, Draft, Finding, Piece, Status, VariantSpec
from inedit.pipeline.answer_targets import DraftTarget
from inedit.pipeline.copy_edit_note import NOTE as COPY_EDITED
from inedit.pipeline.copy_editing import copy_edited
from inedit.pipeline.evaluation import Evaluation, Siblings
from inedit.pipeline.judging import Judging, Unjudged
from inedit.pipeline.metered_call import RunCancelled
from inedit.pipeline.revision import next_attempt
from inedit.pipeline.siblings import siblings_of, taken_openings
from inedit.pipeline.stale import prompt_digest
from inedit.pipeline.task import PieceTask, Pipeline, RunContext
from inedit.pipeline.unfinished_answers import output_limit
from inedit.prompting import SiblingsView, render


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked at one attempt: the variant, the prompt in its context, the most tokens that may come back."""

    spec: VariantSpec
    attempt: int
    context: Context
    limit_tokens: int


def next_question(
    task: PieceTask,
    pipeline: Pipeline,
    attempt: int,
    refused: Sequence[Piece],
    *,
    cut_before: bool,
    candidates: int = 1,
) -> Question:
    """What to ask after the drafts that were ``refused`` so far: for how many ``candidates``."""
    campaign, today = task.campaign, pipeline.today
    spec, findings = _after(task, pipeline, refused)
    prompt = render(
        pipeline.templates, pipeline.brand, campaign, spec, today,
        findings=findings,
        previous=refused[-1].parts if refused else None,
        siblings=SiblingsView(taken_openings(spec, pipeline.archive, pipeline.templates)),
        candidates=candidates,
    )  # fmt: skip
    context = Context(pipeline.brand, campaign, pipeline.templates.sheets[spec.channel], prompt, today)
    return Question(spec, attempt, context, output_limit(prompt.sampling.max_tokens, cut_before=cut_before))


def _after(
    task: PieceTask, pipeline: Pipeline, refused: Sequence[Piece]
) -> tuple[VariantSpec, tuple[Finding, ...]]:
    """What to write next, and what to tell: what the guard said of the last draft, and what a person asked for."""
    found = [piece.verdict.findings for piece in refused]
    spec, told = next_attempt(
        task.spec, found, pipeline.brand, task.campaign, keep_facts=task.sent_back is not None
    )
    asked = task.sent_back.verdict.findings if task.sent_back and refused[-1] is not task.sent_back else ()
    return spec, (*asked, *told)


async def ask(question: Question, task: PieceTask, pipeline: Pipeline, run_context: RunContext) -> PaidAnswer:
    """Pay for one answer; its text is stored in the transaction that charges it.

    Raises :class:`~inedit.archive.leases.AlreadyClaimed` when somebody else is writing the piece or has paid for the
    answer, and what :meth:`~inedit.pipeline.metered_call.MeteredModel.call` raises.
    """
    spec, attempt, revision_number = question.spec, question.attempt, task.revision_number
    call = Call.for_variant(
        spec,
        purpose="draft",
        provider=pipeline.provider,
        model=pipeline.metered_model.model.model,
        run_id=task.run_id,
        attempt=attempt,
        revision_number=revision_number,
        prompts=question.context.prompt.style,
        candidates=run_context.options.candidates,
    )
    place = DraftTarget(pipeline.archive, spec, revision_number, attempt, task.run_id)

    def claim(connection: Connection) -> None:
        run_context.leases.take_attempt(connection, spec, revision_number, attempt)

    completion = await pipeline.metered_model.call(
        question.context.prompt,
        call,
        seed=_seed(task, attempt),
        stop=run_context.stop,
        claim=claim,
        persist=place,
        max_tokens=question.limit_tokens,
    )
    if not place.is_kept:
        raise AlreadyClaimed(task.piece_id)  # we slept beyond our lease: another one's answer was there first
    return place.paid(completion)


async def judge(
    answer: PaidAnswer,
    question: Question,
    task: PieceTask,
    pipeline: Pipeline,
    run_context: RunContext,
    *,
    paid_before: bool,
) -> Piece | None:
    """The piece that an answer makes: in the archive, or refused with its findings, which are kept in any case.

    What a person sent back is not copy-edited: the edit does not know what they asked for, and might undo it. Of an
    answer that an earlier run ``paid_before`` there may be an edit that it paid for, too.
    None when the run was stopped before the generic texts, the edit or the advice were there: the answer is judged when
    the run goes on.
    """
    options, stop = run_context.options, run_context.stop
    may_be_edited = task.sent_back is None and (options.copy_edit or paid_before)
    with pipeline.metered_model.idle():
        generic = await pipeline.mirror.baselines(
            task.campaign, question.spec.channel, question.spec.language, options.mirror, run_id=task.run_id,
            stop=stop, leases=run_context.leases,
        )  # fmt: skip
    if stop.is_set() and len(generic.texts) < options.mirror:
        return None
    unjudged = Unjudged(answer.raw, answer.as_draft({}), question.context)
    await run_context.encoding.done(unjudged)
    approval = Approval.PENDING if options.require_approval or task.sent_back else None
    context, judges, judging = question.context, run_context.judges, run_context.judging
    run = asyncio.get_running_loop().run_in_executor
    if pipeline.advisor is None and not may_be_edited:
        return await run(judges, _decided, answer, unjudged, generic, approval, task, pipeline, judging)
    try:
        evaluations = await run(judges, _evaluated, unjudged, generic, pipeline, judging)
        if may_be_edited and evaluations[0].verdict.decision is Decision.ACCEPT:
            edited = await copy_edited(
                evaluations[0].draft, task, pipeline, run_context, max_tokens=question.limit_tokens
            )
            if edited is not None:
                again = await run(
                    judges, _evaluated, replace(unjudged, raw=edited), generic, pipeline, judging
                )
                accepted = (one for one in again if one.verdict.decision is Decision.ACCEPT)
                evaluations = (*_noted(accepted, evaluations[0].draft), *evaluations)
        return await _first_that_stands(evaluations, answer, context, approval, task, pipeline, run_context)
    except RunCancelled:
        return None


def _noted(edited: Iterable[Evaluation], draft: Draft) -> Iterator[Evaluation]:
    """The edits, each with the note that tells it from the draft; none where nothing was changed."""
    for one in edited:
        yield one if one.draft.parts == draft.parts else one.with_advice((COPY_EDITED,))


async def _first_that_stands(
    evaluations: Sequence[Evaluation],
    answer: PaidAnswer,
    context: Context,
    approval: Approval | None,
    task: PieceTask,
    pipeline: Pipeline,
    run_context: RunContext,
) -> Piece:
    """With the advice on each that the guard accepts, until one is in the archive."""
    run, refused = asyncio.get_running_loop().run_in_executor, None
    for evaluation in evaluations:
        advice: tuple[Finding, ...] = ()
        if evaluation.verdict.decision is not Decision.ACCEPT:
            if refused is not None:
                break  # so are those that follow
        elif pipeline.advisor is not None:
            advice = await pipeline.advisor.advise(evaluation.draft, context, task, run_context)
        advised = evaluation.with_advice(advice)
        found = await run(run_context.judges, _admit_or_refuse, advised, answer, approval, task, pipeline)
        if found.stands:
            return found
        refused = refused or found
    return await run(run_context.judges, _with_verdict_kept, refused, pipeline)


def _decided(
    answer: PaidAnswer,
    unjudged: Unjudged,
    generic: GenericTexts,
    approval: Approval | None,
    task: PieceTask,
    pipeline: Pipeline,
    judging: Judging,
) -> Piece:
    """Evaluated and admitted in one go, by one thread: between the two no more drafts get in than other threads had at
    hand, and what gets in then is compared with at the door alone, which looks for copies and not for manners."""
    refused: Piece | None = None
    for evaluation in _evaluated(unjudged, generic, pipeline, judging):
        found = _admit_or_refuse(evaluation, answer, approval, task, pipeline)
        if found.stands:
            return found
        refused = refused or found
        if evaluation.verdict.decision is not Decision.ACCEPT:
            break  # so are those that follow
    return _with_verdict_kept(refused, pipeline)


def _evaluated(
    unjudged: Unjudged, generic: GenericTexts, pipeline: Pipeline, judging: Judging
) -> tuple[Evaluation, ...]:
    """Every text of an answer with its verdict, the best first."""

    def beside() -> Siblings:
        """Those that came since the question included."""
        return siblings_of(unjudged.unread.spec, pipeline.archive, pipeline.templates)

    return judging.judge(unjudged, generic, beside)


def _with_verdict_kept(refused: Piece | None, pipeline: Pipeline) -> Piece:
    assert refused is not None  # noqa: S101  an answer holds one text at least
    pipeline.archive.keep_verdict(refused)
    return refused


def _admit_or_refuse(
    evaluation: Evaluation,
    answer: PaidAnswer,
    approval: Approval | None,
    task: PieceTask,
    pipeline: Pipeline,
) -> Piece:
    """With ``approval`` awaited, what the guard accepts is in the archive as a parked piece until a person agrees."""
    encoder, archive = pipeline.encoder(), pipeline.archive
    draft, verdict = evaluation.draft, evaluation.verdict
    status = Status.PARKED if evaluation.readable else Status.REJECTED
    refused = task.piece(answer.spec, answer.attempt, verdict, status, draft.parts)
    if verdict.decision is not Decision.ACCEPT:
        return refused
    piece = replace(
        refused,
        status=Status.ACCEPTED if approval is None else Status.PARKED,
        approval=approval,
        prompt_sha=first_prompt_sha(task, pipeline, answer.spec),
    )
    vector = encoder.encode([piece.text])[0] if evaluation.vector is None else evaluation.vector
    embedding = Embedding(vector, encoder.name, encoder.digest)

    def settle(connection: Connection, admitted: Piece) -> None:
        if admitted.status is Status.ACCEPTED:
            record_saving(pipeline, admitted, connection)

    admitted = archive.admit(
        piece, embedding, brief_sha=task.campaign.sha, revision_number=task.revision_number, campaign=task.campaign,
        within_transaction=settle,
    )  # fmt: skip
    if isinstance(admitted, Piece):
        return admitted
    return replace(refused, verdict=evaluation.with_copies(admitted).verdict)


def first_prompt_sha(task: PieceTask, pipeline: Pipeline, spec: VariantSpec) -> str:
    """The digest by which it is told later that a piece is stale; rendered for pieces that are kept alone."""
    return prompt_digest(pipeline.templates, pipeline.brand, task.campaign, spec, pipeline.today) or ""


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


def _seed(task: PieceTask, attempt: int) -> int:
    """The same attempt at the same place asks with the same seed, on any machine (31 bits)."""
    address = f"{task.piece_id}:{attempt}".encode()
    return int.from_bytes(hashlib.sha256(address).digest()[:4], "big") >> 1
