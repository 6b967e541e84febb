"""One paid call, from the reservation to the ledger row: the only way to the language model.

A reservation is committed *before* anything is sent. What comes back is charged and kept in one transaction, before
anybody looks at the text. A call that was surely not served is voided and tried again; one that may have been served
stays in the ledger as "possibly billed".
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from inedit.errors import ProviderFailure
from inedit.generation.client import ChatModel, Completion
from inedit.generation.errors import MaybeBilled, NotServed, Throttled, Uncounted
from inedit.generation.throttle import Throttle
from inedit.ledger import Call, Ledger, LimitReached, Reservation
from inedit.model import Prompt

MAX_TRIALS = 6
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 30.0
WAIT_FOR_ROOM_SECONDS = 0.2
PROMPT_FRAME_TOKENS = 64
"""What a chat format and an answer's schema add to a prompt, at most a few tokens a message."""
CHARS_PER_TOKEN = 3.0
"""Characters a token, cautiously: French and German measure 3.2 to 4.1 with common tokenizers, so that a
reservation overestimates the prompt rather than underestimates it."""


class Stopped(Exception):
    """The run was stopped before this call was sent: nothing was paid."""


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the model is asked: ``max_tokens`` bounds what one answer can cost."""

    temperature: float = 0.7
    max_tokens: int = 600


Keep = Callable[[Connection, Completion], None]
"""Stores the answer's text; runs in the very transaction that charges it."""

Take = Callable[[Connection], None]
"""Makes sure that nobody else pays for the same; runs in the very transaction that sets the money aside."""


@dataclass(frozen=True, slots=True)
class Payer:
    """Model, ledger and throttle: what a paid call needs."""

    model: ChatModel
    ledger: Ledger
    throttle: Throttle
    sampling: Sampling = Sampling()
    first_wait_seconds: float = FIRST_WAIT_SECONDS

    async def call(
        self,
        prompt: Prompt,
        call: Call,
        *,
        seed: int,
        take: Take,
        keep: Keep,
        max_tokens: int | None = None,
        stop: asyncio.Event | None = None,
    ) -> Completion:
        """Ask the model once and pay for it. ``call`` says what the money is for, ``max_tokens`` how much it may write
        (default: what :attr:`sampling` says). What ``take`` raises is raised before anything is sent.

        Raises :class:`Stopped` when ``stop`` is set before anything is sent, however long the call had to queue,
        :class:`~inedit.errors.BudgetReached` before anything is sent when the call might not fit, and
        :class:`~inedit.errors.ProviderFailure` after :data:`MAX_TRIALS` trials or when no retry can help.
        """
        trouble: Exception | None = None
        for trial in range(MAX_TRIALS):
            if trial:
                await asyncio.sleep(self._wait_seconds(trial))
            try:
                async with self.throttle:  # which waits out a Retry-After
                    if stop is not None and stop.is_set():
                        raise Stopped
                    return await self._once(
                        prompt, call, seed=seed, take=take, keep=keep,
                        max_tokens=max_tokens or self.sampling.max_tokens,
                    )  # fmt: skip
            except Uncounted as error:
                raise ProviderFailure(str(error)) from error
            except (Throttled, NotServed, MaybeBilled) as error:
                trouble = error
        raise ProviderFailure(f"The model did not answer after {MAX_TRIALS} trials: {trouble}") from trouble

    async def _once(
        self, prompt: Prompt, call: Call, *, seed: int, take: Take, keep: Keep, max_tokens: int
    ) -> Completion:
        reservation = await self._reserve(prompt, call, take, max_tokens)
        try:
            completion = await self.model.complete(
                prompt, seed=seed, temperature=self.sampling.temperature, max_tokens=max_tokens
            )
        except (Throttled, NotServed, ProviderFailure) as error:
            await asyncio.to_thread(self.ledger.void, reservation, type(error).__name__)
            raise
        except (MaybeBilled, asyncio.CancelledError) as error:
            await asyncio.shield(asyncio.to_thread(self.ledger.doubt, reservation, type(error).__name__))
            raise
        await asyncio.shield(asyncio.to_thread(self._charge, reservation, completion, keep))
        return completion

    async def _reserve(self, prompt: Prompt, call: Call, take: Take, max_tokens: int) -> Reservation:
        """Money set aside. When only calls of ours that are under way stand in the way, wait for them."""
        while True:
            try:
                most = self._most_tokens(prompt, max_tokens)
                return await asyncio.to_thread(self.ledger.reserve, call, *most, alongside=take)
            except LimitReached as reached:
                if not reached.may_fit_later or self.throttle.in_flight <= 1:
                    raise
            await asyncio.sleep(WAIT_FOR_ROOM_SECONDS)

    def _charge(self, reservation: Reservation, completion: Completion, keep: Keep) -> None:
        self.ledger.settle(
            reservation,
            completion.usage,
            completion.response_id,
            alongside=lambda connection: keep(connection, completion),
        )

    def _most_tokens(self, prompt: Prompt, max_tokens: int) -> tuple[int, int]:
        """The most input and output tokens that the call may be billed for."""
        longest_prompt = int(len(prompt.text) / CHARS_PER_TOKEN) + PROMPT_FRAME_TOKENS
        return longest_prompt, self.model.max_output_tokens(max_tokens)

    def _wait_seconds(self, trial: int) -> float:
        """Exponential backoff with jitter over the upper half."""
        backoff = min(LONGEST_WAIT_SECONDS, self.first_wait_seconds * 2.0 ** (trial - 1))
        return backoff * random.uniform(0.5, 1.0)  # noqa: S311  # jitter, no secret
