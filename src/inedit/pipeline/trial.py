"""One cell tried: one paid draft, judged and shown. It is in the ledger, and no piece comes of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from inedit.archive.admission import Archive
from inedit.brand.schema import Campaign
from inedit.guard.context import Context
from inedit.ledger import Call
from inedit.model import Draft, Piece, Status, VariantSpec, Verdict
from inedit.pipeline.evaluation import evaluate
from inedit.pipeline.metered_call import RunCancelled
from inedit.pipeline.task import Pipeline
from inedit.pipeline.unfinished_answers import finding_on
from inedit.prompting import render

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
    stop: asyncio.Event,
) -> Piece | None:
    """What the model writes for one variant with the prompts as they are, and the verdict on it; None when it was
    stopped before it was sent.

    ``archive`` tells copies of accepted texts by their words. Generic texts are not asked for, since they would have to
    be paid for as well: nothing is said about the mirror. Raises what
    :meth:`~inedit.pipeline.metered_call.MeteredModel.call` raises.
    """
    today = pipeline.today
    prompt = await asyncio.to_thread(render, pipeline.templates, pipeline.brand, campaign, spec, today)
    call = Call(
        purpose=PURPOSE, provider=pipeline.provider, model=pipeline.metered_model.model.model, run_id=run_id,
        campaign_id=campaign.id, channel=spec.channel, segment=spec.segment, language=spec.language, tone=spec.tone,
        prompts=prompt.style,
    )  # fmt: skip
    try:
        answer = await pipeline.metered_model.call(
            prompt,
            call,
            seed=SEED,
            claim=lambda _: None,
            persist=lambda _connection, _answer: None,
            stop=stop,
        )
    except RunCancelled:
        return None
    unread = Draft(spec, {}, answer.usage, 1, answer.response_id)
    piece = Piece(f"trial-{run_id}", run_id, spec, Status.PARKED, {}, Verdict(()), 1)
    limit = prompt.sampling.max_tokens
    unfinished = finding_on(answer.outcome, answer.text, spec.language, limit_tokens=limit, cut_before=True)
    if unfinished is not None:
        return replace(piece, verdict=Verdict((unfinished,)))
    context = Context(pipeline.brand, campaign, pipeline.templates.sheets[spec.channel], prompt, today)
    return await asyncio.to_thread(_judged, piece, answer.text, unread, context, archive)


def _judged(piece: Piece, raw: str, unread: Draft, context: Context, archive: Archive) -> Piece:
    read = evaluate(raw, unread, context)
    written = replace(piece, parts=read.draft.parts, verdict=read.verdict)
    if not read.readable:
        return written
    copies = archive.copies_by_words(written, context.campaign)
    return replace(written, verdict=read.with_copies(copies).verdict)
