"""A copy edit: the model goes over a draft that the guard accepts, and puts right what stumbles.

The text as edited is evaluated like any other and stands before the draft, as the first of several candidates: it gets
in only where the guard accepts it too. No draft is lost by an edit that cannot be had, for whatever reason.
"""

from __future__ import annotations

import asyncio
import logging

from inedit.archive.advice import AdviceKey
from inedit.errors import BudgetReached, ProviderFailure, WrongInput
from inedit.model import Draft, Prompt
from inedit.pipeline.second_reading import ask_about, kept_or_asked
from inedit.pipeline.task import PieceTask, Pipeline, RunContext
from inedit.prompting.copy_edit import copy_edit_prompt

PURPOSE = "copy-edit"
"""What the ledger says that the call was for; its cost is the piece's."""

_log = logging.getLogger(__name__)


async def copy_edited(
    draft: Draft, task: PieceTask, pipeline: Pipeline, run_context: RunContext, *, max_tokens: int
) -> str | None:
    """The answer with the draft as edited, as it came; None when it could not be had, or not whole.

    Raises :class:`~inedit.pipeline.metered_call.RunCancelled` when the run was stopped before it was asked.
    """
    model = pipeline.metered_model
    key = AdviceKey.of(task.piece_id, draft, model.model.model, PURPOSE)

    def question() -> Prompt:
        return copy_edit_prompt(pipeline.templates, pipeline.brand, task.campaign, draft, pipeline.today)

    async def ask() -> str:
        prompt = await asyncio.to_thread(question)
        return await ask_about(
            model, prompt, key, draft, task, run_context, provider=pipeline.provider, max_tokens=max_tokens,
            whole_only=True,
        )  # fmt: skip

    try:
        return await kept_or_asked(pipeline.archive.store, key, ask) or None
    except (BudgetReached, ProviderFailure, WrongInput) as error:
        _log.warning("%s is not copy-edited: %s", draft.spec.label, error)
        return None
