"""What waits is done together."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence

import pytest

from fakes.pipeline import Inline, until
from inedit.pipeline.batches import Batches, CountingThreads


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


@pytest.mark.parametrize("fails", [False, True])
async def test_who_has_gone_keeps_nobody_waiting(fails: bool) -> None:
    """Cancelled at the beginning or the end of its batch: the others are told all the same."""
    gathered, seen = threading.Event(), list[list[int]]()

    def work(batch: Sequence[int]) -> None:
        seen.append(list(batch))
        assert gathered.wait(5)
        if fails:
            raise ValueError("no encoder")

    batches = Batches(work, 3)
    items = [asyncio.create_task(batches.done(number)) for number in range(4)]
    await until(lambda: bool(seen))
    items[0].cancel()
    items[2].cancel()
    await asyncio.sleep(0)
    gathered.set()
    ends = await asyncio.wait_for(asyncio.gather(*items, return_exceptions=True), 5)
    told = ValueError if fails else type(None)
    assert [type(end) for end in ends] == [asyncio.CancelledError, told, asyncio.CancelledError, told]


async def test_a_batch_gathers_on_while_who_comes_after_has_enough_to_do() -> None:
    """A full one goes at once; one that is not goes when they run out of work, and nobody looks in between."""
    busy, seen = True, []
    batches: Batches[int] = Batches(lambda batch: seen.append(list(batch)), 3, Inline(), is_busy=lambda: busy)
    items = [asyncio.create_task(batches.done(number)) for number in range(5)]
    await asyncio.wait_for(asyncio.gather(*items[:3]), 5)
    await asyncio.sleep(0.05)
    assert seen == [[0, 1, 2]]
    assert not any(item.done() for item in items[3:])
    busy = False
    threading.Thread(target=batches.look_again).start()
    await asyncio.wait_for(asyncio.gather(*items), 5)
    assert seen == [[0, 1, 2], [3, 4]]


async def test_a_batch_that_fills_while_it_is_held_back_goes_at_once() -> None:
    """Whatever those who come after have to do; who says that they have less while they have not changes nothing."""
    seen: list[list[int]] = []
    batches: Batches[int] = Batches(lambda batch: seen.append(list(batch)), 2, Inline(), is_busy=lambda: True)
    first = asyncio.create_task(batches.done(0))
    await asyncio.sleep(0)
    batches.look_again()
    await asyncio.sleep(0.02)
    assert not seen
    await asyncio.wait_for(asyncio.gather(first, batches.done(1)), 5)
    assert seen == [[0, 1]]


def test_threads_know_how_much_they_have_to_do() -> None:
    """What failed is done as well; each time they say that it is less."""
    gate, told = threading.Event(), list[int]()
    with CountingThreads(1, "count") as threads:
        threads.on_less = lambda: told.append(threads.pending)
        works = [threads.submit(gate.wait, 5), threads.submit(int, "no number")]
        assert threads.pending == 2
        gate.set()
        assert works[0].result(5)
        assert isinstance(works[1].exception(5), ValueError)
    assert threads.pending == 0
    assert told == [1, 0]
