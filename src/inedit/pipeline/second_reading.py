"""A model reads a draft that the guard accepts: asked once for each text, paid for like any call, kept as it came.

Advisors (:mod:`inedit.pipeline.advisor`) and copy editors (:mod:`inedit.pipeline.copy_editing`) read by it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from inedit.archive.advice import AdviceKey, advice_at, advised_at
from inedit.archive.leases import AlreadyClaimed
from inedit.ledger import Call
from inedit.model import Draft, Prompt
from inedit.pipeline.answer_targets import ReadingTarget
from inedit.pipeline.metered_call import PaidModel
from inedit.pipeline.task import PieceTask, RunContext
from inedit.store import Store

SEED = 1
WAIT_FOR_OTHERS_SECONDS = 0.5


async def kept_or_asked(store: Store, key: AdviceKey, ask: Callable[[], Awaitable[str]]) -> str:
    """What was paid for before, or what ``ask`` brings now; while another pool asks the same, its answer is awaited."""
    while True:
        found = await asyncio.to_thread(advice_at, store, key)
        if found is not None:
            return found
        try:
            return await ask()
        except AlreadyClaimed:  # another pool took the piece over from us, or we from it
            await asyncio.sleep(WAIT_FOR_OTHERS_SECONDS)


async def ask_about(
    model: PaidModel,
    prompt: Prompt,
    key: AdviceKey,
    draft: Draft,
    task: PieceTask,
    run_context: RunContext,
    *,
    provider: str,
    max_tokens: int | None = None,
    whole_only: bool = False,
) -> str:
    """Ask, and keep the answer in the transaction that charges it: what is kept is returned, nothing of an answer
    that was cut or filtered where ``whole_only`` ones count. Raises what
    :meth:`~inedit.pipeline.metered_call.MeteredModel.call` raises."""
    place = ReadingTarget(key, task.run_id, task.campaign.id, whole_only)
    call = Call.for_variant(
        draft.spec, purpose=key.kind, provider=provider, model=model.model.model, run_id=task.run_id,
        attempt=draft.attempt, revision_number=task.revision_number, place=key.name,
    )  # fmt: skip
    try:
        answered = await model.call(
            prompt,
            call,
            seed=SEED,
            stop=run_context.stop,
            claim=lambda connection: run_context.leases.take(connection, key.name, paid=advised_at(key)),
            persist=place,
            max_tokens=max_tokens,
        )
    except BaseException:
        await asyncio.shield(asyncio.to_thread(run_context.leases.release, [key.name]))
        raise
    return place.kept_of(answered)
