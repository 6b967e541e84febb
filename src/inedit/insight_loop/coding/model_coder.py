"""The language model as one more coder: metered, priced before, resumable, nothing paid twice.

Verbatims of one language are asked about some at a time. What an answer decides is kept in the very transaction that
charges it. A verbatim that the same model has read with the same prompt and code book is not asked about again.
"""

from __future__ import annotations

import asyncio
import hashlib
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection, literal, select

from inedit.archive.leases import AlreadyClaimed, Leases, end_lease
from inedit.brand.schema import Code
from inedit.insight_loop.coding.answers import Decision, UnreadableAnswer, read_answer
from inedit.insight_loop.coding.codings import CodedText, keep, read_by
from inedit.insight_loop.coding.prompts import TOKENS_PER_TEXT, basis_of, coding_prompt
from inedit.insight_loop.verbatims import Verbatim
from inedit.ledger import Call, Ledger
from inedit.model import Prompt, Usage
from inedit.model.errors import BudgetReached, ProviderFailure
from inedit.store import Store
from inedit.store.tables import coded_texts

BATCH = 8
"""Verbatims that one call asks about: the code book is paid once for all of them."""
TRIALS = 2
"""How often a batch is asked about when its answer cannot be read."""
CHARS_PER_TOKEN = 3.0
OUTPUT_SHARE = 0.35
"""Of the most that may be written on a text, what a model is expected to write."""


class Answer(Protocol):
    """What a model answered."""

    @property
    def text(self) -> str: ...

    @property
    def response_id(self) -> str: ...


class MeteredCalls(Protocol):
    """What pays for a call: :class:`inedit.pipeline.metered_call.MeteredModel`."""

    async def call(
        self, prompt: Prompt, call: Call, *, seed: int, claim: Callable[[Connection], None],
        persist: Callable[[Connection, Answer], None], max_tokens: int | None = None,
        stop: asyncio.Event | None = None,
    ) -> Answer:  # fmt: skip
        """Ask once and pay for it."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Verbatims of one language that are asked about together."""

    language: str
    basis: str
    prompt: Prompt
    verbatims: tuple[Verbatim, ...]


@dataclass(frozen=True, slots=True)
class Estimate:
    """What coding would cost: ``cost_micros`` is None where the price is unknown."""

    verbatims: int
    known: int
    calls: int
    input_tokens: int
    output_tokens: int
    cost_micros: int | None
    currency: str


@dataclass(slots=True)
class ModelCoding:
    """What became of a run: verbatims that were coded, codes that were given and refused, and what went wrong."""

    run_id: str
    coded: int = 0
    given: int = 0
    refused: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)  # why an answer could not be used, one sentence each
    left: int = 0  # verbatims without a decision
    stopped: str = ""


def batches(
    store: Store, template: str, codes: Mapping[str, Code], model: str, found: Iterable[Verbatim], *,
    fallback: str = "en", again: bool = False,
) -> tuple[list[Batch], int]:  # fmt: skip
    """The verbatims that the model has not read yet, in batches, and how many it has; ``again`` asks about all."""
    by_language: dict[str, list[Verbatim]] = {}
    for verbatim in found:
        by_language.setdefault(verbatim.language or fallback, []).append(verbatim)
    made, known = [], 0
    for language, several in by_language.items():
        basis = basis_of(template, codes.values(), language)
        read = frozenset[str]() if again else read_by(store, model, basis)
        fresh = [verbatim for verbatim in several if verbatim.id not in read]
        known += len(several) - len(fresh)
        for start in range(0, len(fresh), BATCH):
            some = tuple(fresh[start : start + BATCH])
            prompt = coding_prompt(template, codes.values(), language, [verbatim.text for verbatim in some])
            made.append(Batch(language, basis, prompt, some))
    return made, known


def estimate(
    made: Sequence[Batch], known: int, ledger: Ledger, provider: str, model: str, now: datetime
) -> Estimate:
    """What the batches would cost, from the length of their prompts."""
    input_tokens = sum(round(len(batch.prompt.text) / CHARS_PER_TOKEN) for batch in made)
    verbatims = sum(len(batch.verbatims) for batch in made)
    output_tokens = round(verbatims * TOKENS_PER_TEXT * OUTPUT_SHARE)
    usage = Usage(model, input_tokens, 0, output_tokens, 0, 0.0)
    price = ledger.prices.price(provider, usage, at=now)
    return Estimate(
        verbatims,
        known,
        len(made),
        input_tokens,
        output_tokens,
        price.cost_micros(usage),
        price.currency or "",
    )


async def code_by_model(
    made: Sequence[Batch], metered: MeteredCalls, store: Store, codes: Mapping[str, Code], *, provider: str, model: str,
    now: Callable[[], datetime], at_once: int = 4, stop: asyncio.Event | None = None, again: bool = False,
    on_batch: Callable[[int], None] = lambda _: None,
) -> ModelCoding:  # fmt: skip
    """Ask about every batch; ``on_batch`` is told how many verbatims each has decided.

    A budget that is reached, or a provider that fails, ends it: what was paid until then is kept, and the same call
    goes on later. ``again`` asks although there is an answer.
    """
    outcome, leases = ModelCoding(uuid.uuid4().hex), Leases(store)
    waiting, stop = list(reversed(made)), stop or asyncio.Event()

    async def work() -> None:
        while waiting and not outcome.stopped and not stop.is_set():
            batch = waiting.pop()
            try:
                on_batch(
                    await _ask(batch, metered, leases, codes, provider, model, now, stop, outcome, again)
                )
            except (BudgetReached, ProviderFailure) as error:
                outcome.stopped = str(error)
            except Exception:
                if not stop.is_set():  # else the call was not sent, because a person stopped the run
                    raise

    async with leases.renewed():
        await asyncio.gather(*(work() for _ in range(min(at_once, len(made)))))
    outcome.left = sum(len(batch.verbatims) for batch in made) - outcome.coded
    return outcome


async def _ask(
    batch: Batch, metered: MeteredCalls, leases: Leases, codes: Mapping[str, Code], provider: str,
    model: str, now: Callable[[], datetime], stop: asyncio.Event, outcome: ModelCoding, again: bool,
) -> int:  # fmt: skip
    """One batch, asked about until its answer can be read; returns how many verbatims were decided."""
    texts = [verbatim.text for verbatim in batch.verbatims]
    keys = {v.id: f"coding {v.id} {model} {batch.basis}" for v in batch.verbatims}
    call = Call(
        purpose="coding", provider=provider, model=model, run_id=outcome.run_id, language=batch.language,
        place=f"coding of {len(texts)}: {hashlib.sha256(''.join(keys).encode()).hexdigest()[:16]}",
    )  # fmt: skip

    def claim(connection: Connection) -> None:
        for id, key in sorted(keys.items()):
            paid = select(literal(1)).where(
                coded_texts.c.verbatim_id == id,
                coded_texts.c.coder == model,
                coded_texts.c.basis == batch.basis,
            )
            if again:
                leases.take(connection, key)
            else:
                leases.take(connection, key, paid=paid)

    decisions: tuple[Decision | None, ...] = ()

    def persist(connection: Connection, answer: Answer) -> None:
        nonlocal decisions
        try:
            decisions = read_answer(answer.text, texts, codes)
        except UnreadableAnswer as error:
            decisions = ()
            outcome.unread.append(f"An answer of {model} cannot be used: {error}.")
        for verbatim, decision in zip(batch.verbatims, decisions, strict=False):
            if decision is not None:
                keep(connection, CodedText(
                    verbatim.id, model, "model", now(), decision.codings, batch.basis, answer.response_id,
                    decision.refused,
                ))  # fmt: skip
                end_lease(connection, keys[verbatim.id])

    try:
        for trial in range(TRIALS):
            await metered.call(batch.prompt, call, seed=trial, claim=claim, persist=persist, stop=stop)
            if any(decisions):
                break
    except AlreadyClaimed:
        return 0  # another process is at it
    finally:
        await asyncio.to_thread(leases.release, list(keys.values()))
    done = [decision for decision in decisions if decision is not None]
    outcome.coded += len(done)
    outcome.given += sum(len(decision.codings) for decision in done)
    outcome.refused += [reason for decision in done for reason in decision.refused]
    if done and len(done) < len(texts):
        outcome.unread.append(
            f"An answer of {model} leaves {len(texts) - len(done)} of {len(texts)} texts out."
        )
    return len(done)
