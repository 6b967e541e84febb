"""How many calls run at once."""

from __future__ import annotations

import asyncio
import time

import pytest

from inedit.generation.adaptive_limiter import AdaptiveConcurrencyLimiter
from inedit.generation.errors import NotServed, ProviderThrottled


async def run(limiter: AdaptiveConcurrencyLimiter, calls: int, seconds: float = 0.0) -> int:
    """Run ``calls`` calls; the most that were in flight at once."""
    most = 0

    async def call() -> None:
        nonlocal most
        async with limiter:
            most = max(most, limiter.in_flight)
            await asyncio.sleep(seconds)

    await asyncio.gather(*(call() for _ in range(calls)))
    return most


async def fail(limiter: AdaptiveConcurrencyLimiter, error: Exception) -> None:
    with pytest.raises(type(error)):
        async with limiter:
            raise error


async def test_no_more_calls_than_allowed_run_at_once() -> None:
    """The limit is reached and never passed, and everybody gets a turn."""
    limiter = AdaptiveConcurrencyLimiter(4)
    assert await run(limiter, 50, 0.001) == 4
    assert limiter.in_flight == 0


async def test_a_429_halves_the_limit_and_good_calls_raise_it_again() -> None:
    """Multiplicative down, additive up, never above the maximum."""
    limiter = AdaptiveConcurrencyLimiter(8)
    await fail(limiter, ProviderThrottled("slow down", 0.0))
    assert limiter.limit == 4
    await run(limiter, 5)
    assert limiter.limit == 5
    await run(limiter, 100)
    assert limiter.limit == 8


async def test_a_burst_of_429s_halves_once() -> None:
    """Calls that were under way when the server first objected are one objection."""
    limiter = AdaptiveConcurrencyLimiter(8)
    arrived = asyncio.Barrier(8)

    async def call() -> None:
        async with limiter:
            await arrived.wait()
            raise ProviderThrottled("slow down", 0.0)

    results = await asyncio.gather(*(call() for _ in range(8)), return_exceptions=True)
    assert all(isinstance(result, ProviderThrottled) for result in results)
    assert limiter.limit == 4


async def test_nobody_enters_before_retry_after_is_over() -> None:
    """The server's own delay holds for every call, those that were waiting included."""
    limiter = AdaptiveConcurrencyLimiter(2)
    await fail(limiter, ProviderThrottled("slow down", 0.2))
    started = time.monotonic()
    await run(limiter, 3)
    assert time.monotonic() - started >= 0.19


async def test_the_limit_never_falls_below_one() -> None:
    """A stubborn server slows the line down and does not stop it."""
    limiter = AdaptiveConcurrencyLimiter(2)
    for _ in range(5):
        await fail(limiter, ProviderThrottled("slow down", 0.0))
    assert limiter.limit == 1


async def test_other_failures_leave_the_limit_alone() -> None:
    """A broken connection says nothing about the pace."""
    limiter = AdaptiveConcurrencyLimiter(8)
    await fail(limiter, NotServed("gone"))
    assert limiter.limit == 8
    assert limiter.in_flight == 0


async def test_a_cancelled_call_gives_its_place_to_the_next() -> None:
    """Neither a call in flight nor one that waits leaks its place."""
    limiter = AdaptiveConcurrencyLimiter(1)
    holder = asyncio.create_task(run(limiter, 1, 60))
    await asyncio.sleep(0)
    waiting = [asyncio.create_task(run(limiter, 1)) for _ in range(3)]
    await asyncio.sleep(0)
    holder.cancel()
    waiting[0].cancel()
    results = await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), 5)
    assert results[1:] == [1, 1]
    assert limiter.in_flight == 0


def test_a_limit_below_one_is_a_mistake() -> None:
    """Nothing could ever run."""
    with pytest.raises(ValueError, match="at least 1"):
        AdaptiveConcurrencyLimiter(0)
