"""The provider's limits hold over all processes together, and its Retry-After stops all of them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import pytest

from fakes.postgres import new_database
from fakes.stub_openai import StubOpenAI
from inedit.store import open_store

TESTS = Path(__file__).parents[1]
WINDOW_SECONDS = 2
REQUESTS = 20

CALLER = """
import asyncio, json, sys, threading, time
sys.path.insert(0, sys.argv[3])
from fakes.ledger import a_call, a_spec
from inedit.generation.client import ChatModel
from inedit.generation.rate_limiter import PaceLimit, RateLimiter
from inedit.generation.adaptive_limiter import AdaptiveConcurrencyLimiter
from inedit.ledger import Ledger
from inedit.model import Message, Prompt
from inedit.pipeline.metered_call import MeteredModel
from inedit.store import open_store

url, address, _, name, calls, limit, window = sys.argv[1:]
granted, here = [], threading.local()


class Noted(RateLimiter):
    def take(self, connection, provider, model, tokens):
        here.moment = time.time()
        super().take(connection, provider, model, tokens)
        granted.append(here.moment)


async def main():
    store = open_store(url)
    clock = store.epoch_seconds

    def noted(connection):
        here.moment = clock(connection)  # the very moment that is counted
        return here.moment

    store.epoch_seconds = noted
    limits = (PaceLimit(provider="embedded", requests_per_minute=int(limit)),) if int(limit) else ()
    prompt = Prompt((Message("user", "Bonjour"),), "t", "s")
    async with ChatModel(address, "none", "stub") as model:
        limiter, pace = AdaptiveConcurrencyLimiter(8), Noted(store, limits, int(window))
        payer = MeteredModel(model, Ledger(store), limiter, pace, first_wait_seconds=0.01)
        await asyncio.gather(*(
            payer.call(
                prompt, a_call(a_spec(number), provider="embedded", model="stub", run_id=name), seed=1,
                take=lambda _: None, keep=lambda *_: None,
            )
            for number in range(int(calls))
        ))
    store.close()
    print(json.dumps(granted))


asyncio.run(main())
"""


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'inedit.db'}"
    return new_database(request.getfixturevalue("postgres_server"))


def call_from_three_processes(url: str, stub: StubOpenAI, calls: int, limit: int) -> list[float]:
    """Every process makes so many calls; the moments at which they were granted, in order."""
    open_store(url).close()
    callers = [
        subprocess.Popen(
            [sys.executable, "-c", CALLER, url, stub.base_url, str(TESTS), f"caller-{number}", str(calls), str(limit),
             str(WINDOW_SECONDS)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(3)
    ]  # fmt: skip
    ends = [caller.communicate(timeout=120)[0] for caller in callers]
    return sorted(moment for end in ends for moment in json.loads(end))


def most_within(moments: Sequence[float], seconds: float) -> int:
    """The most of the moments that lie in any window of so many seconds."""
    return max(sum(start <= moment < start + seconds for moment in moments) for start in moments)


def test_no_window_holds_more_calls_than_the_limit(url: str) -> None:
    """Three processes want three times what they may: no window of any position holds more than the limit.

    A call reaches the provider right after its permission, never before it: else what arrives would bunch up.
    """
    with StubOpenAI(answer="Bonjour").in_thread() as stub:
        granted = call_from_three_processes(url, stub, calls=25, limit=REQUESTS)
        arrived = list(stub.arrivals)
    assert len(granted) == len(arrived) == 75
    assert most_within(granted, WINDOW_SECONDS) <= REQUESTS
    late = [there - allowed for allowed, there in zip(granted, sorted(arrived), strict=True)]
    assert min(late) >= 0
    assert median(late) < 0.5
    assert most_within(granted, WINDOW_SECONDS) > REQUESTS / 2, "what may be used is used"


def test_retry_after_stops_every_process(url: str) -> None:
    """One 429 with Retry-After, met by one process: for that long nobody calls but those who were already under way."""
    with StubOpenAI(
        answer="Bonjour", latency_seconds=0.02, throttle_every=60, retry_after_seconds=6.0
    ).in_thread() as stub:
        granted = call_from_three_processes(url, stub, calls=30, limit=0)
        arrived = sorted(stub.arrivals)
    assert len(arrived) == 91, "one call was refused and made again"
    refused = arrived[59]
    during = [moment for moment in granted if refused + 2.0 < moment < refused + 5.8]
    assert during == []
    assert granted[-1] > refused + 3.8, "they went on afterwards"
