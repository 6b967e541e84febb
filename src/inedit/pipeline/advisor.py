"""A second opinion: a model is asked, once per draft that the guard accepts, what the supplied facts do not say.

The gate stays deterministic: an advisor only ever adds findings that a person reads. Each answer is paid for like any
other and kept in the transaction that charges it, so that a run that goes on asks nothing twice. Advice that cannot be
had, for whatever reason, loses no draft: the piece goes on with a note that says so.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from inedit.archive.advice import AdviceKey
from inedit.generation.errors import PromptFiltered
from inedit.guard.context import Context
from inedit.model import Draft, Finding
from inedit.model.errors import BudgetReached, ProviderFailure, WrongInput
from inedit.pipeline.advice_answers import UnreadableAdvice, advice_in, not_advised
from inedit.pipeline.metered_call import PaidModel
from inedit.pipeline.second_reading import ask_about, kept_or_asked
from inedit.pipeline.task import PieceTask, RunContext
from inedit.prompting import Templates
from inedit.prompting.advice import advice_prompt
from inedit.store import Store

PURPOSE = "advice"
"""What the ledger says that the call was for; its cost is the piece's."""

FAILURES_IN_A_ROW = 3
"""After so many calls in a row for which the provider failed, nothing more is asked in this process."""


@dataclass(slots=True)
class Advisor:
    """Asks the model behind ``metered_model``, billed by ``provider``. One event loop at a time."""

    metered_model: PaidModel
    templates: Templates
    store: Store
    provider: str
    _failures: int = field(default=0, init=False)
    _last_failure: str = field(default="", init=False)

    @property
    def model(self) -> str:
        """Who is asked."""
        return self.metered_model.model.model

    async def advise(
        self, draft: Draft, context: Context, task: PieceTask, run_context: RunContext
    ) -> tuple[Finding, ...]:
        """What the advisor has to say of a draft that the guard accepts; a note where it could not be asked or
        understood.

        Raises :class:`~inedit.pipeline.metered_call.RunCancelled` when the run was stopped before it was asked.
        """
        key = AdviceKey.of(task.piece_id, draft, self.model, PURPOSE)
        try:
            answer = await self._answer(key, draft, context, task, run_context)
            return await asyncio.to_thread(advice_in, answer, draft, context, self.model)
        except UnreadableAdvice as error:
            return (not_advised(f"{self.model} was asked, and {error}."),)
        except (BudgetReached, ProviderFailure, WrongInput) as error:
            return (not_advised(str(error)),)

    async def _answer(
        self, key: AdviceKey, draft: Draft, context: Context, task: PieceTask, run_context: RunContext
    ) -> str:
        """What was paid for before, or what is paid for now."""

        async def ask() -> str:
            if self._failures >= FAILURES_IN_A_ROW:
                raise ProviderFailure(self._last_failure)
            prompt = await asyncio.to_thread(advice_prompt, self.templates, draft, context)
            try:
                answer = await ask_about(
                    self.metered_model, prompt, key, draft, task, run_context, provider=self.provider
                )
            except PromptFiltered:
                raise  # this text's affair: the next one may be answered
            except ProviderFailure as error:
                self._failures, self._last_failure = self._failures + 1, str(error)
                raise
            self._failures = 0
            return answer

        return await kept_or_asked(self.store, key, ask)
