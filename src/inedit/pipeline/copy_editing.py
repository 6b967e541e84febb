"""A copy edit: the model goes over a draft that the guard accepts, and puts right what stumbles.

The text as edited is evaluated like any other and stands before the draft, as the first of several candidates: it gets
in only where the guard accepts it too. No draft is lost by an edit that cannot be had, for whatever reason. An edit
that was paid for is used whatever the options of the run that goes on.
"""

from __future__ import annotations

import asyncio
import logging

from inedit.archive.advice import AdviceKey, advised_at
from inedit.archive.provider_batches import is_asked
from inedit.model import Draft, Prompt
from inedit.model.errors import BudgetReached, ProviderFailure, WrongInput
from inedit.pipeline.second_reading import ask_about, kept_or_asked
from inedit.pipeline.task import PieceTask, Pipeline, RunContext
from inedit.prompting.copy_edit import copy_edit_prompt
from inedit.store import Store

PURPOSE = "copy-edit"
"""What the ledger says that the call was for; its cost is the piece's."""

_log = logging.getLogger(__name__)


def _is_paid(store: Store, place: AdviceKey) -> bool:
    """Whether an edit is kept, or on its way in a batch."""
    with store.read() as connection:
        kept = connection.execute(advised_at(place)).first() is not None
        return kept or is_asked(connection, place.name)


async def copy_edited(
    draft: Draft, task: PieceTask, pipeline: Pipeline, run_context: RunContext, *, max_tokens: int
) -> str | None:
    """The answer with the draft as edited, as it came; None when it could not be had, or not whole.

    One that was not paid for before is asked where the options say so.
    Raises :class:`~inedit.pipeline.metered_call.RunCancelled` when the run was stopped before it was asked.
    """
    model, store = pipeline.metered_model, pipeline.archive.store
    # the draft's own model names the place: found again when a run goes on with another one
    key = AdviceKey.of(task.piece_id, draft, draft.usage.model, PURPOSE)
    if not run_context.options.copy_edit and not await asyncio.to_thread(_is_paid, store, key):
        return None

    def question() -> Prompt:
        return copy_edit_prompt(pipeline.templates, pipeline.brand, task.campaign, draft, pipeline.today)

    async def ask() -> str:
        prompt = await asyncio.to_thread(question)
        return await ask_about(
            model, prompt, key, draft, task, run_context, provider=pipeline.provider, max_tokens=max_tokens,
            whole_only=True,
        )  # fmt: skip

    try:
        return await kept_or_asked(store, key, ask) or None
    except (BudgetReached, ProviderFailure, WrongInput) as error:
        _log.warning("%s is not copy-edited: %s", draft.spec.label, error)
        return None
