"""What anybody would get for a brief: asked of the same model without the brand's data, paid once, kept.

The campaign whose piece needs the baselines first pays for them; they serve every later run on the same brief and
model. Which texts are too near to them is decided in :mod:`inedit.guard.checks.mirror`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from inedit.archive.generic_texts import paid_at, text_at
from inedit.archive.leases import AlreadyClaimed
from inedit.archive.slots import Slot
from inedit.brand.schema import Brand, Campaign
from inedit.encoding import Encoder
from inedit.guard.similarity.generic import GenericTexts
from inedit.ledger import Call
from inedit.model import Prompt
from inedit.pipeline.answer_targets import GenericTextTarget
from inedit.pipeline.metered_call import PaidModel, RunCancelled
from inedit.pipeline.services import Claims
from inedit.prompting import Templates
from inedit.prompting.generic_prompt import generic_prompt, words_asked
from inedit.store import Store

TOKENS_PER_WORD = 2.5
"""Most tokens that a word of the five languages takes, with room for a model that writes more than it was asked."""

FIRST_SEED = 1_000
WAIT_FOR_OTHERS_SECONDS = 0.5
DEFAULT_COUNT = 5

Key = tuple[str, str, str, int]


@dataclass(slots=True)
class Mirror:
    """Gives the baselines of a campaign, channel and language; one instance serves all tasks of an event loop."""

    brand: Brand
    templates: Templates
    metered_model: PaidModel
    store: Store
    encoder: Callable[[], Encoder]
    provider: str
    _asked: dict[Key, asyncio.Task[GenericTexts]] = field(default_factory=dict)

    async def baselines(
        self, campaign: Campaign, channel: str, language: str, count: int, *, run_id: str, stop: asyncio.Event,
        leases: Claims,
    ) -> GenericTexts:  # fmt: skip
        """``count`` baselines, from the store or asked for now; fewer when ``stop`` is set before they are there.

        Raises what a paid call raises; what was paid for until then is kept.
        """
        key = (campaign.sha, channel, language, count)
        task = self._asked.get(key)
        if task is None or (task.done() and (task.cancelled() or task.exception() or stop.is_set())):
            task = asyncio.create_task(self._make(campaign, channel, language, count, run_id, stop, leases))
            self._asked[key] = task
        return await asyncio.shield(task)

    async def _make(
        self, campaign: Campaign, channel: str, language: str, count: int, run_id: str, stop: asyncio.Event,
        leases: Claims,
    ) -> GenericTexts:  # fmt: skip
        answers = await asyncio.gather(
            *(
                self._one(campaign, channel, language, number, run_id, stop, leases)
                for number in range(count)
            ),
            return_exceptions=True,
        )
        for answer in answers:
            if isinstance(answer, BaseException):
                raise answer
        texts = [answer for answer in answers if isinstance(answer, str) and answer.strip()]
        if not texts:
            return GenericTexts.of((), lambda _: np.zeros((0, 0), np.float32))

        def encoded() -> GenericTexts:
            encoder = self.encoder()
            return GenericTexts.of(texts, encoder.encode, encoder.name)

        return await asyncio.to_thread(encoded)

    async def _one(
        self, campaign: Campaign, channel: str, language: str, number: int, run_id: str, stop: asyncio.Event,
        leases: Claims,
    ) -> str | None:  # fmt: skip
        """One baseline: the stored text, or a new one; None when the run is stopped first."""
        sheet = self.templates.sheets[channel]
        prompt = generic_prompt(self.brand, campaign, sheet, language, number)
        slot = Slot.of(prompt, self.metered_model.model.model, number)
        while True:
            found = await asyncio.to_thread(text_at, self.store, slot)
            if found is not None or stop.is_set():
                return found
            try:
                with self.metered_model.working():
                    return await self._ask(prompt, slot, campaign, channel, language, run_id, stop, leases)
            except RunCancelled:
                return None
            except AlreadyClaimed:
                await asyncio.sleep(WAIT_FOR_OTHERS_SECONDS)

    async def _ask(
        self,
        prompt: Prompt,
        slot: Slot,
        campaign: Campaign,
        channel: str,
        language: str,
        run_id: str,
        stop: asyncio.Event,
        leases: Claims,
    ) -> str:
        call = Call(
            purpose="baseline", provider=self.provider, model=self.metered_model.model.model, run_id=run_id,
            campaign_id=campaign.id, channel=channel, language=language, place=slot.name,
        )  # fmt: skip
        try:
            completion = await self.metered_model.call(
                prompt,
                call,
                seed=FIRST_SEED + slot.number,
                stop=stop,
                max_tokens=round(TOKENS_PER_WORD * words_asked(self.templates.sheets[channel])),
                claim=lambda connection: leases.take(connection, slot.name, paid=paid_at(slot)),
                persist=GenericTextTarget(slot, campaign.id, channel, language, run_id),
            )
        except BaseException:
            await asyncio.shield(asyncio.to_thread(leases.release, [slot.name]))
            raise
        return completion.text.strip()
