"""One cell tried: one paid draft, judged, kept and shown. It is in the ledger, and no piece comes of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

from inedit.archive.admission import Archive
from inedit.archive.rows import now_text
from inedit.archive.trials import PaidTrial, put_trial
from inedit.brand.schema import Brand, Campaign
from inedit.generation.reading import Completion
from inedit.guard.context import Context
from inedit.ledger import Call
from inedit.model import Draft, Piece, Status, Usage, VariantSpec, Verdict
from inedit.pipeline.evaluation import evaluate
from inedit.pipeline.metered_call import RunCancelled
from inedit.pipeline.task import Pipeline
from inedit.pipeline.unfinished_answers import finding_on
from inedit.prompting import Templates, render

PURPOSE = "trial"
"""What the ledger says that the call was for; its cost is the campaign's, and no piece's."""

SEED = 1


async def try_cell(
    pipeline: Pipeline,
    archive: Archive,
    campaign: Campaign,
    spec: VariantSpec,
    *,
    run_id: str,
    by: str,
    stop: asyncio.Event,
) -> Piece | None:
    """What the model writes for one variant with the prompts as they are, and the verdict on it; None when it was
    stopped before it was sent. The answer is kept in the step that charges for it.

    ``archive`` tells copies of accepted texts by their words. Generic texts are not asked for, since they would have to
    be paid for as well: nothing is said about the mirror. Raises what
    :meth:`~inedit.pipeline.metered_call.MeteredModel.call` raises.
    """
    prompt = await asyncio.to_thread(
        render, pipeline.templates, pipeline.brand, campaign, spec, pipeline.today
    )
    model = pipeline.metered_model.model.model
    call = Call(
        purpose=PURPOSE, provider=pipeline.provider, model=model, run_id=run_id,
        campaign_id=campaign.id, channel=spec.channel, segment=spec.segment, language=spec.language, tone=spec.tone,
        prompts=prompt.style,
    )  # fmt: skip

    def paid(answer: Completion) -> PaidTrial:
        return PaidTrial(run_id, by, now_text(), spec, model, answer.text, answer.outcome)

    try:
        answer = await pipeline.metered_model.call(
            prompt,
            call,
            seed=SEED,
            claim=lambda _: None,
            persist=lambda connection, completion: put_trial(connection, paid(completion)),
            stop=stop,
        )
    except RunCancelled:
        return None
    return await asyncio.to_thread(
        judge_trial, paid(answer), archive, pipeline.templates, pipeline.brand, campaign, pipeline.today
    )


def judge_trial(
    trial: PaidTrial, archive: Archive, templates: Templates, brand: Brand, campaign: Campaign, today: date
) -> Piece:
    """The text of a trial and the verdict on it, by the prompts, the brand and the archive as they are now."""
    spec = trial.spec
    prompt = render(templates, brand, campaign, spec, today)
    piece = Piece(f"trial-{trial.id}", trial.id, spec, Status.PARKED, {}, Verdict(()), 1)
    limit = prompt.sampling.max_tokens
    unfinished = finding_on(trial.outcome, trial.raw, spec.language, limit_tokens=limit, cut_before=True)
    if unfinished is not None:
        return replace(piece, verdict=Verdict((unfinished,)))
    unread = Draft(spec, {}, Usage(trial.model, 0, 0, 0, 0, 0.0), 1)
    read = evaluate(
        trial.raw, unread, Context(brand, campaign, templates.sheets[spec.channel], prompt, today)
    )
    written = replace(piece, parts=read.draft.parts, verdict=read.verdict)
    if not read.readable:
        return written
    return replace(written, verdict=read.with_copies(archive.copies_by_words(written, campaign)).verdict)
