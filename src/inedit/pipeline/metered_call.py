"""One paid call, from the reservation to the ledger row: the only way to the language model.

A reservation is committed *before* anything is sent. What comes back is charged and kept in one transaction, before
anybody looks at the text. A call that was surely not served is voided and tried again; one that may have been served
stays in the ledger as "possibly billed".
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import Connection

from inedit.generation.adaptive_limiter import AdaptiveConcurrencyLimiter
from inedit.generation.errors import MaybeBilled, NotServed, ProviderThrottled, Uncounted
from inedit.generation.rate_limiter import RateLimited
from inedit.generation.reading import Completion
from inedit.ledger import Call, LimitReached, Reservation
from inedit.model import Prompt
from inedit.model.errors import ProviderFailure
from inedit.pipeline.prompt_size import CHARS_PER_TOKEN, PROMPT_FRAME_TOKENS
from inedit.pipeline.services import CallBook, LanguageModel, Pace
from inedit.pipeline.unfinished_answers import thought_only

MAX_TRIALS = 6
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 30.0
WAIT_FOR_ROOM_SECONDS = 0.2
LEAST_ROOM_TO_THINK = 2_000
THINKING_RAISE = 2
"""How many times what a model thought before it was cut its next answers may be longer."""
ABANDONED = "abandoned while under way"


class RunCancelled(Exception):
    """The run was stopped before this call was sent: nothing was paid."""


Persist = Callable[[Connection, Completion], None]
"""Stores the answer's text; runs in the very transaction that charges it."""

Claim = Callable[[Connection], None]
"""Makes sure that nobody else pays for the same; runs in the very transaction that sets the money aside."""


class PaidModel(Protocol):
    """The way to the language model by which every call is paid for: one call after the other
    (:class:`MeteredModel`), or in batches (:class:`inedit.pipeline.batched_model.BatchedModel`)."""

    @property
    def answered(self) -> int:
        """Calls that were answered and charged so far."""

    @property
    def model(self) -> LanguageModel:
        """Who is asked."""

    async def call(
        self, prompt: Prompt, call: Call, *, seed: int, claim: Claim, persist: Persist, max_tokens: int | None = None,
        stop: asyncio.Event | None = None,
    ) -> Completion:  # fmt: skip
        """Ask once and pay for it: :meth:`MeteredModel.call`."""

    def working(self) -> AbstractContextManager[None]:
        """While it lasts, one more is at work that may come to ask something."""

    def idle(self) -> AbstractContextManager[None]:
        """While it lasts, one of them only waits for what others ask."""

    async def fetched(self, stop: asyncio.Event) -> None:
        """Wait until all that was asked is charged and kept, whether somebody waits for it or not, or until ``stop`` is
        set."""


@dataclass(slots=True)
class MeteredModel:
    """Model, ledger, limiter and pace: what a paid call needs. One event loop at a time."""

    model: LanguageModel
    ledger: CallBook
    limiter: AdaptiveConcurrencyLimiter
    pace: Pace
    first_wait_seconds: float = FIRST_WAIT_SECONDS
    answered: int = field(default=0, init=False)  # calls that were served and charged so far
    room_to_think: int = field(
        default=0, init=False
    )  # tokens beyond what a prompt asks for, once it was not enough
    _under_way: int = field(default=0, init=False)  # calls whose money is set aside and that are not back
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    async def call(
        self,
        prompt: Prompt,
        call: Call,
        *,
        seed: int,
        claim: Claim,
        persist: Persist,
        max_tokens: int | None = None,
        stop: asyncio.Event | None = None,
    ) -> Completion:
        """Ask the model once and pay for it. ``call`` says what the money is for, ``max_tokens`` how much it may write
        (default: what the prompt says). What ``claim`` raises is raised before anything is sent.

        Raises :class:`RunCancelled` when ``stop`` is set before anything is sent, however long the call had to queue,
        :class:`~.errors.BudgetReached` before anything is sent when the call might not fit, and
        :class:`~.errors.ProviderFailure` after :data:`MAX_TRIALS` trials or when no retry can help.
        """
        stop = stop or asyncio.Event()
        max_tokens = (max_tokens or prompt.sampling.max_tokens) + self.room_to_think
        most = most_tokens(self.model, prompt, max_tokens)
        trouble: Exception | None = None
        for trial in range(MAX_TRIALS):
            await _wait(self._wait_seconds(trial), stop)
            try:
                async with self.limiter:
                    reservation = await self._reserve(call, most, claim, stop)
                    return await self._send(
                        reservation, prompt, seed=seed, persist=persist, max_tokens=max_tokens
                    )  # fmt: skip
            except Uncounted as error:
                raise ProviderFailure(str(error)) from error
            except ProviderThrottled as error:
                trouble = error
                await self._tell_everybody(error, call)
            except (NotServed, MaybeBilled) as error:
                trouble = error
        raise ProviderFailure(f"The model did not answer after {MAX_TRIALS} trials: {trouble}") from trouble

    def working(self) -> AbstractContextManager[None]:
        """Nobody waits for anybody else: each call is sent as it comes."""
        return nullcontext()

    idle = working

    async def fetched(self, stop: asyncio.Event) -> None:
        """Each answer is charged before its caller has it: nothing is left to wait for."""

    async def _send(
        self, reservation: Reservation, prompt: Prompt, *, seed: int, persist: Persist, max_tokens: int
    ) -> Completion:
        self._under_way += 1
        try:
            completion = await self._answer(reservation, prompt, seed, max_tokens)
            await asyncio.shield(asyncio.to_thread(self._charge, reservation, completion, persist))
            self.answered += 1
            self.room_to_think = more_room_to_think(self.room_to_think, completion)
        finally:
            self._under_way -= 1
        return completion

    async def _answer(
        self, reservation: Reservation, prompt: Prompt, seed: int, max_tokens: int
    ) -> Completion:
        try:
            return await self.model.complete(
                prompt, seed=seed, temperature=prompt.sampling.temperature, max_tokens=max_tokens
            )
        except (ProviderThrottled, NotServed, ProviderFailure) as error:
            await asyncio.to_thread(self.ledger.void, reservation, type(error).__name__)
            raise
        except MaybeBilled as error:
            why = " ".join(filter(None, (type(error).__name__, error.response_id)))  # the id is reconciled by
            await asyncio.shield(asyncio.to_thread(self.ledger.doubt, reservation, why))
            raise
        except asyncio.CancelledError:
            await asyncio.shield(asyncio.to_thread(self.ledger.doubt, reservation, ABANDONED))
            raise

    async def _reserve(
        self, call: Call, most_tokens: tuple[int, int], claim: Claim, stop: asyncio.Event
    ) -> Reservation:
        """Money set aside. When only calls of ours that are under way stand in the way, wait for them."""
        while True:
            try:
                async with self._turn if self.pace.limits else nullcontext():  # one alone watches the pace
                    return await self._in_time(call, most_tokens, claim, stop)
            except LimitReached as reached:
                if not (reached.may_fit_later and self._under_way):
                    raise
            await _wait(WAIT_FOR_ROOM_SECONDS, stop)

    async def _in_time(
        self, call: Call, most_tokens: tuple[int, int], claim: Claim, stop: asyncio.Event
    ) -> Reservation:
        """Money set aside as soon as the provider's pace allows it."""

        def allowed(connection: Connection) -> None:
            claim(connection)
            self.pace.take(connection, call.provider, call.model, sum(most_tokens))

        wait_seconds = 0.0
        while True:
            await _wait(wait_seconds, stop)
            try:
                return await asyncio.to_thread(
                    self.ledger.reserve, call, *most_tokens, within_transaction=allowed
                )
            except RateLimited as soon:
                wait_seconds = soon.seconds

    async def _tell_everybody(self, error: ProviderThrottled, call: Call) -> None:
        """Make the other workers wait as well for as long as the server asks."""
        seconds = error.retry_after_seconds or 0.0
        await asyncio.to_thread(self.pace.pause, call.provider, call.model, seconds)

    def _charge(self, reservation: Reservation, completion: Completion, persist: Persist) -> None:
        self.ledger.settle(
            reservation,
            completion.usage,
            completion.response_id,
            outcome=completion.outcome,
            tier=completion.service_tier,
            answer=completion.text,
            stated_cost=completion.stated_cost,
            within_transaction=lambda connection: persist(connection, completion),
        )

    def _wait_seconds(self, trial: int) -> float:
        """Exponential backoff with jitter over the upper half, and whatever pause the limiter keeps."""
        backoff = min(LONGEST_WAIT_SECONDS, self.first_wait_seconds * 2.0 ** (trial - 1)) if trial else 0.0
        return max(backoff * random.uniform(0.5, 1.0), self.limiter.pause_seconds)  # noqa: S311  # jitter, no secret


def most_tokens(model: LanguageModel, prompt: Prompt, max_tokens: int) -> tuple[int, int]:
    """The most input and output tokens that a call may be billed for."""
    longest_prompt = int(len(prompt.text) / CHARS_PER_TOKEN) + PROMPT_FRAME_TOKENS
    return longest_prompt, model.max_output_tokens(max_tokens)


def more_room_to_think(room_tokens: int, completion: Completion) -> int:
    """The tokens beyond what a prompt asks for, after an answer that may have used up all of them on thoughts: the next
    ones would end in the same way."""
    if not thought_only(completion.outcome, completion.text):
        return room_tokens
    spent = max(completion.usage.reasoning_tokens, completion.usage.output_tokens)
    return max(room_tokens, LEAST_ROOM_TO_THINK, THINKING_RAISE * spent)


async def _wait(seconds: float, stop: asyncio.Event) -> None:
    """Sleep, unless the run is stopped meanwhile: then raise :class:`RunCancelled`."""
    if seconds > 0:
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), seconds)
    if stop.is_set():
        raise RunCancelled
