"""A day of the books: calls under faults, a statement posted twice in the middle and once at the end.

360 metered calls, and a campaign as `inedit produce` writes it; ``bench/ledger/a_day.py`` writes 360 pieces that way.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from aiohttp import web
from sqlalchemy import Connection

from fakes.faulty_provider import FaultyProvider
from fakes.ledger import a_spec
from fakes.stub_openai import Request, StubOpenAI
from fakes.writer import tell_the_insight
from inedit.archive.attempts import PaidAnswer, put_attempt
from inedit.generation.adaptive_limiter import AdaptiveConcurrencyLimiter
from inedit.generation.client import ChatModel, Completion
from inedit.generation.rate_limiter import RateLimiter
from inedit.ledger import Call, Ledger, PriceBook
from inedit.ledger.pricing.contract_prices import ContractPrice
from inedit.ledger.reconciliation.posting import post
from inedit.ledger.reconciliation.statements import read_statement
from inedit.model import Message, Prompt, Usage
from inedit.model.errors import ProviderFailure
from inedit.pipeline.metered_call import MeteredModel
from inedit.store import Store, open_store

PIECES, AT_ONCE = 360, 16
PRICE = ContractPrice(
    provider="openai", model="*", currency="USD", input_price=Decimal("0.3"), cached_price=Decimal("0.1"),
    output_price=Decimal("1.7"), valid_from=date(2026, 1, 1), source="a test",
)  # fmt: skip
HEADER = "time,model,request_id,input_tokens,cached_input_tokens,output_tokens,cost,currency"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'inedit.db'}")
    yield opened
    opened.close()


class Day:
    """The provider: 5 % of the calls get a 429, 5 % a 500; 3 % of the answers are garbled, 3 % cut off."""

    def __init__(self, folder: Path) -> None:
        self.moments: list[datetime] = []
        self.file = folder / "statement.csv"
        self.stub = StubOpenAI(
            answer=self._answer, latency_seconds=0.02, throttle_every=20, fail_every=19, drop_every=33,
            turns_away=self._turns_away,
        )  # fmt: skip

    def _answer(self, request: Request, number: int) -> str:
        self.moments.append(datetime.now(UTC))
        return f"Texte {number}."

    def _turns_away(self, request: Request, number: int) -> web.Response | None:
        if number % 34:
            return None
        self.stub._serve(dict(request), delivered=False)
        return web.Response(text="<html>Welcome to the proxy</html>")

    def bill(self) -> list[tuple[str, int, int, int, int]]:
        """Each call on the invoice so far: id, tokens in, cached, out, and its cost in millionths."""
        return [
            (
                call.response_id, call.input_tokens, call.cached_tokens, call.output_tokens,
                PriceBook((PRICE,)).price("openai", usage, at=datetime.now(UTC)).cost_micros(usage) or 0,
            )
            for call in self.stub.served
            if (usage := _usage(call.input_tokens, call.cached_tokens, call.output_tokens))
        ]  # fmt: skip

    def statement(self) -> Path:
        """The provider's export of this moment."""
        rows = (
            f"{moment.isoformat()},m,{id},{tokens_in},{cached},{out},{Decimal(micros) / 1_000_000:f},USD"
            for moment, (id, tokens_in, cached, out, micros) in zip(self.moments, self.bill(), strict=True)
        )
        self.file.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
        return self.file


def _usage(tokens_in: int, cached: int, out: int) -> Usage:
    return Usage("m", tokens_in, cached, out, 0, 0.0)


async def test_the_ledger_is_the_bill_to_the_token_and_the_millionth(store: Store, tmp_path: Path) -> None:
    """Nothing billed is missing or doubled, whenever a statement is posted; nothing that it names is pending."""
    ledger = Ledger(store, PriceBook((PRICE,)))
    day = Day(tmp_path)
    turn = asyncio.Semaphore(AT_ONCE)

    def reconciled(export: Path) -> None:
        statement = read_statement(export)
        for _ in range(2):
            post(ledger, ledger.reconcile(statement, provider="openai"))

    async def write(number: int) -> None:
        prompt = Prompt(
            (Message("system", "Vous écrivez."), Message("user", f"Texte {number}.")), "email", "0" * 64
        )
        spec = a_spec(number)
        call = Call.for_variant(spec, purpose="draft", provider="openai", model="m", run_id="day", attempt=1)

        def persist(connection: Connection, completion: Completion) -> None:
            answer = PaidAnswer(spec, 1, completion.text, completion.response_id, completion.usage)
            put_attempt(connection, answer, run_id="day", revision_number=1)

        async with turn:
            with suppress(ProviderFailure):
                await metered.call(
                    prompt, call, seed=number, claim=lambda _: None, persist=persist, max_tokens=50
                )
            if number == PIECES // 2:
                await asyncio.to_thread(reconciled, day.statement())

    async with day.stub, ChatModel(day.stub.base_url, "none", "m") as model:
        metered = MeteredModel(
            model,
            ledger,
            AdaptiveConcurrencyLimiter(AT_ONCE),
            RateLimiter(store, ()),
            first_wait_seconds=0.01,
        )
        await asyncio.gather(*(write(number) for number in range(PIECES)))
    post(ledger, ledger.reconcile(read_statement(day.statement()), provider="openai"))

    calls = [entry for entry in ledger.entries() if entry.kind == "call"]
    money = sum(entry.cost_micros or 0 for entry in ledger.entries())
    bill = day.bill()
    assert sorted(entry.response_id or "" for entry in calls) == sorted(row[0] for row in bill)
    assert len(calls) >= PIECES
    for place, name in ((1, "input_tokens"), (2, "cached_tokens"), (3, "output_tokens")):
        assert sum(getattr(entry, name) for entry in calls) == sum(row[place] for row in bill)
    assert money == sum(row[4] for row in bill)
    assert ledger.pending() == []
    assert ledger.verify().holds


def test_a_campaign_that_is_produced_has_the_bill_in_its_books(tmp_path: Path) -> None:
    """The commands themselves, each a process: while one writes the campaign, others post what the provider says."""
    for folder in ("brand_data", "prompts"):
        shutil.copytree(Path(__file__).parents[2] / folder, tmp_path / folder)
    provider = FaultyProvider(answer=tell_the_insight, latency_seconds=0.2, seed=3, currency="EUR")
    with provider.in_thread():
        (tmp_path / "brand_data" / "prices.yaml").write_text(provider.contract(), encoding="utf-8")
        env = {
            **os.environ,
            **provider.environment,
            "INEDIT_PROMPTS": "small",
            "NO_COLOR": "1",
            "TERM": "dumb",
        }
        command = (sys.executable, "-c", "from inedit.cli import main; main()")

        def inedit(*words: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [*command, *words], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
            )

        def posted() -> int:
            statement = provider.write_statement(tmp_path / "statement.csv")
            return inedit("ledger", "reconcile", str(statement), "--post").returncode

        produce = (
            "produce",
            "mini",
            "--model",
            "stub",
            "--channel",
            "social",
            "--mirror",
            "3",
            "--concurrency",
            "3",
        )
        with subprocess.Popen([*command, *produce], cwd=tmp_path, env=env, stdout=subprocess.DEVNULL) as run:
            deadline = time.monotonic() + 90
            while len(provider.served) < 9:
                assert run.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.05)
            posted()
            posted()
        assert run.returncode in (0, 1)
        assert posted() == 0
        rows = [
            json.loads(line) for line in inedit("ledger", "export", "--format", "jsonl").stdout.splitlines()
        ]
        found = provider.beside(rows)
        assert found["ledger"] == found["bill"]
        assert (found["calls that differ"], found["entries"]) == (0, len(provider.served))
        assert json.loads(inedit("ledger", "pending", "--json").stdout) == []
        assert inedit("ledger", "verify").returncode == 0
    assert {"429", "500", "garbled", "broken off", "cut"} & provider.faults.keys(), "something went wrong"
