"""What waits is done together."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence

from fakes.pipeline import Inline, until
from inedit.pipeline.batches import Batches


async def test_what_gathers_while_a_batch_is_worked_on_is_the_next_one() -> None:
    """The first is not kept waiting; the others are handed on together, in order, so many at most."""
    gathered, seen = threading.Event(), []

    def work(batch: Sequence[int]) -> None:
        seen.append(list(batch))
        assert gathered.wait(5)

    batches = Batches(work, 3)
    items = [asyncio.create_task(batches.done(number)) for number in range(6)]
    await until(lambda: bool(seen))
    gathered.set()
    await asyncio.gather(*items)
    assert [number for batch in seen for number in batch] == list(range(6))
    assert max(map(len, seen)) == 3
    await batches.done(6)
    assert seen[-1] == [6]


async def test_what_goes_wrong_is_told_to_whoever_waits_for_it() -> None:
    """And to nobody else: the next batch is worked on."""

    def work(batch: Sequence[int]) -> None:
        if 0 in batch:
            raise ValueError("no encoder")

    batches = Batches(work, 1, Inline())
    ends = await asyncio.gather(batches.done(0), batches.done(1), return_exceptions=True)
    assert [type(end) for end in ends] == [ValueError, type(None)]
