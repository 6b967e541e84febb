"""A provider on a bad day, which bills what it served: the stub server with faults by chance, a bill and statements.

In a hundred calls five get a 429 and five a 500. In a hundred answers three are garbled, three break off in the middle
of the body and three are cut at the limit of tokens: these are billed.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from fakes.stub_openai import Served, StubOpenAI, _error

THROTTLED, FAILED, GARBLED, BROKEN_OFF, CUT = 0.05, 0.05, 0.03, 0.03, 0.03
PRICES = (Decimal("0.3"), Decimal("0.1"), Decimal("1.7"))
"""Of a million tokens in, cached and out."""

COLUMNS = "time,model,request_id,input_tokens,cached_input_tokens,output_tokens,cost,currency"


@dataclass
class FaultyProvider(StubOpenAI):
    """The server; what went wrong is counted in ``faults``."""

    seed: int = 0
    currency: str = "USD"
    faults: dict[str, int] = field(default_factory=dict, init=False)
    moments: list[datetime] = field(default_factory=list, init=False)
    _dice: random.Random = field(default_factory=random.Random, init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        self._dice.seed(self.seed)
        self.shaped = self._spoilt

    @property
    def environment(self) -> dict[str, str]:
        """The address of a server that bills, and a key."""
        return {"OPENAI_BASE_URL": self.base_url, "OPENAI_API_KEY": "none", "INEDIT_FREE_SERVER": ""}

    @property
    def provider(self) -> str:
        """How the ledger calls it."""
        return urlsplit(self.base_url).netloc

    def contract(self) -> str:
        """What ``brand_data/prices.yaml`` says of it."""
        price_in, cached, out = PRICES
        return (
            f'- {{provider: "{self.provider}", model: "*", currency: {self.currency}, input_price: {price_in},'
            f' cached_price: {cached}, output_price: {out}, valid_from: 2026-01-01, source: "a test"}}\n'
        )

    def bill(self) -> list[tuple[str, int, int, int, int]]:
        """Each call on the invoice so far: id, tokens in, of them cached, tokens out, and its cost in millionths."""
        return [
            (call.response_id, call.input_tokens, call.cached_tokens, call.output_tokens, cost_of(call))
            for call in list(self.served)
        ]

    def write_statement(self, file: Path) -> Path:
        """The provider's export of this moment, as a table."""
        rows = (
            f"{moment.isoformat()},{call.model},{call.response_id},{call.input_tokens},{call.cached_tokens},"
            f"{call.output_tokens},{Decimal(cost_of(call)) / 1_000_000:f},{self.currency}"
            for moment, call in zip(list(self.moments), list(self.served), strict=False)
        )
        file.write_text("\n".join((COLUMNS, *rows)) + "\n", encoding="utf-8")
        return file

    def beside(self, rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
        """The ledger's exported rows and the bill: calls, tokens, money, and how many calls differ in any of them."""
        rows = list(rows)
        calls = {row["id"]: row for row in rows if row["kind"] == "call"}
        cost = {name: row["cost_micros"] for name, row in calls.items()}
        for row in rows:
            if row["kind"] == "correction":
                cost[row["corrects"]] += row["cost_micros"]
        counted = ("input_tokens", "cached_tokens", "output_tokens")
        ledger = {(row["response_id"], *(row[n] for n in counted), cost[name]) for name, row in calls.items()}
        bill = set(self.bill())
        sums = [
            {
                "calls": len(side),
                **{name: sum(row[place] or 0 for row in side) for place, name in enumerate(counted, start=1)},
                "micros": sum(row[4] for row in side),
            }
            for side in (ledger, bill)
        ]
        outcomes = Counter(str(row["outcome"]) for row in calls.values())
        return {
            "ledger": sums[0], "bill": sums[1], "calls that differ": len(ledger ^ bill), "entries": len(calls),
            "outcomes": dict(outcomes),
        }  # fmt: skip

    # ---- faults

    def _count(self, fault: str) -> None:
        self.faults[fault] = self.faults.get(fault, 0) + 1

    def _fault(self, arrival: int, request: str) -> web.Response | None:
        drawn = self._dice.random()
        if drawn < THROTTLED:
            self._count("429")
            return self._throttled()
        if drawn < THROTTLED + FAILED:
            self._count("500")
            return _error(500, "The server had an error while processing your request.")
        return None

    def _serve(self, body: dict[str, Any], *, delivered: bool) -> dict[str, Any]:
        self.moments.append(datetime.now(UTC))
        return super()._serve(body, delivered=delivered)

    def _drops(self, arrival: int) -> bool:
        return self._dice.random() < BROKEN_OFF

    async def _break_off(self, request: web.Request, answer: Mapping[str, Any]) -> None:
        """Half of the body is sent."""
        self._count("broken off")
        body = json.dumps(answer).encode()
        response = web.StreamResponse(
            headers={"Content-Length": str(len(body)), "Content-Type": "application/json"}
        )
        await response.prepare(request)
        await response.write(body[: len(body) // 2])
        await super()._break_off(request, answer)

    def _spoilt(self, answer: dict[str, Any]) -> object:
        drawn = self._dice.random()
        if drawn < GARBLED:
            self._count("garbled")
            return b"<html>Welcome to the proxy</html>"
        if drawn < GARBLED + CUT:
            self._count("cut")
            choice = answer["choices"][0]
            choice["finish_reason"] = "length"
            choice["message"]["content"] = choice["message"]["content"][
                : len(choice["message"]["content"]) // 2
            ]
        return answer


def cost_of(call: Served) -> int:
    """What the provider bills a call, in millionths, worked out by itself."""
    price_in, cached, out = PRICES
    exactly = (
        (call.input_tokens - call.cached_tokens) * price_in
        + call.cached_tokens * cached
        + call.output_tokens * out
    )
    return int(exactly.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))
