"""What a call costs: list prices from genai-prices, offline and dated; contract prices first; zero with a
reason.

genai-prices (MIT) ships the providers' published prices with the dates from which they hold. Its prices are
given per million tokens, so that *price x tokens* is directly an amount in millionths: no division, no
rounding before the last step.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from inedit.ledger.pricing.contract_prices import ContractPrice
from inedit.ledger.pricing.money import round_half_even
from inedit.model import Usage
from inedit.model.errors import WrongInput

EMBEDDED_PROVIDER = "embedded"
EMBEDDED_REASON = "computed on this machine by the embedded model; nobody bills it"


class Tier(StrEnum):
    """How a provider processes the call; each tier has its own prices."""

    STANDARD = "standard"
    BATCH = "batch"
    FLEX = "flex"
    PRIORITY = "priority"

    @classmethod
    def of(cls, name: str) -> Tier:
        """The tier of that name; :class:`~.errors.WrongInput` when there is none."""
        try:
            return cls(name)
        except ValueError:
            known = ", ".join(cls)
            raise WrongInput(f"There is no price tier '{name}': write one of {known}.") from None

    @property
    def price_context(self) -> dict[str, str]:
        """The same in genai-prices's words."""
        if self is Tier.STANDARD:
            return {}
        return {"processing": "batch"} if self is Tier.BATCH else {"service_tier": self.value}


@dataclass(frozen=True, slots=True)
class Price:
    """Unit prices of one call, per million tokens in ``currency``, and where they come from.

    Unknown when ``input_price`` is None; ``note`` then says why. ``date`` is the day for which it was
    looked up.
    """

    tier: Tier
    date: str
    source: str
    note: str = ""
    currency: str | None = None
    input_price: Decimal | None = None
    cached_price: Decimal | None = None
    output_price: Decimal | None = None
    cache_write_price: Decimal | None = None  # None: tokens written to the cache cost what any others do

    def cost_micros(self, usage: Usage) -> int | None:
        """What the call costs, in millionths of ``currency``; None when the price is unknown.

        ``(input - cached - written) x input price + cached x cached price + written x cache write price
        + output x output price``; reasoning tokens are part of the output and are not added again.
        """
        if self.input_price is None or self.cached_price is None or self.output_price is None:
            return None
        return cost_micros(
            usage.input_tokens, usage.cached_tokens, usage.output_tokens, input_price=self.input_price,
            cached_price=self.cached_price, output_price=self.output_price,
            cache_write_tokens=usage.cache_write_tokens, cache_write_price=self.cache_write_price,
        )  # fmt: skip

    def most_micros(self, input_tokens: int, output_tokens: int) -> int | None:
        """The most that a call of this length can cost: nothing comes from the cache, all may be written to it."""
        dearest = max((self.input_price, self.cache_write_price), key=lambda price: price or 0)
        at_most = Usage("", input_tokens, 0, output_tokens, 0, 0.0)
        return replace(self, input_price=dearest).cost_micros(at_most)


def cost_micros(
    input_tokens: int,
    cached_tokens: int,
    output_tokens: int,
    *,
    input_price: Decimal,
    cached_price: Decimal,
    output_price: Decimal,
    cache_write_tokens: int = 0,
    cache_write_price: Decimal | None = None,
) -> int:
    """Tokens times prices per million tokens: millionths, rounded once, halves to even."""
    written_price = input_price if cache_write_price is None else cache_write_price
    return round_half_even(
        (input_tokens - cached_tokens - cache_write_tokens) * input_price
        + cached_tokens * cached_price
        + cache_write_tokens * written_price
        + output_tokens * output_price
    )


@dataclass(frozen=True)
class PriceBook:
    """Where prices are looked up: contracts first, then what is free for a reason, then the public lists.

    ``zero_priced`` maps a provider whose calls nobody bills to the reason. ``currency`` is what a zero is
    written in.
    """

    contracts: Sequence[ContractPrice] = ()
    zero_priced: Mapping[str, str] = field(default_factory=lambda: {EMBEDDED_PROVIDER: EMBEDDED_REASON})
    currency: str = "EUR"

    def price(self, provider: str, usage: Usage, *, at: datetime, tier: str = Tier.STANDARD) -> Price:
        """The unit prices that hold for this call: they may depend on how long its input is.

        Never guesses: a provider, model or tier without a known price gives an unknown one. Raises
        :class:`~.errors.WrongInput` for a tier that does not exist.
        """
        asked = Tier.of(tier)
        day = at.date()
        for contract in self.contracts:
            if contract.applies(provider, usage.model, day, asked):
                return Price(
                    asked, day.isoformat(), f"contract: {contract.source}", contract.note, contract.currency,
                    contract.input_price, contract.cached_price, contract.output_price, contract.cache_write_price,
                )  # fmt: skip
        if provider in self.zero_priced:
            zero = Decimal(0)
            reason = self.zero_priced[provider]
            return Price(asked, day.isoformat(), "zero", reason, self.currency, zero, zero, zero)
        return _list_price(provider, usage, at, asked)

    def with_free(self, reasons: Mapping[str, str]) -> PriceBook:
        """The same prices, with more providers whose calls nobody bills, each with the reason."""
        return replace(self, zero_priced={**self.zero_priced, **reasons})


def provider_of(base_url: str) -> str:
    """The provider whose API answers at an address: genai-prices's name for it, or the address's own host.

    An empty address is OpenAI's own. A regional host (``eu.api.openai.com``) belongs to whom its parent host belongs.
    A server of your own is named by its host, and has no list price.
    """
    from urllib.parse import urlsplit  # noqa: PLC0415

    from genai_prices.data_snapshot import get_snapshot  # noqa: PLC0415  # see _list_price

    if not base_url:
        return "openai"
    own = urlsplit(base_url).netloc.rpartition("@")[2]
    labels = own.split(".")
    for host in (
        ".".join(labels[n:]) for n in range(max(1, len(labels) - 2))
    ):  # eu.api.openai.com, api.openai.com
        address = base_url.replace(own, host, 1)
        try:
            found = get_snapshot().find_provider(None, None, address)
        except LookupError:
            continue
        known = re.match(found.api_pattern, address)
        host_ends = address.find(host) + len(host)
        if known is not None and (known.end() >= host_ends or address[known.end()] in ":/"):
            return str(found.id)  # api.openai.com.example.org is somebody else's
    return own or base_url


def _list_price(provider: str, usage: Usage, at: datetime, tier: Tier) -> Price:
    """The published price on that day, or an unknown one with the reason."""
    import genai_prices  # noqa: PLC0415  # 20 ms, and needless for the embedded model

    source = f"genai-prices {genai_prices.__version__}"
    day = at.date().isoformat()
    tokens = genai_prices.Usage(
        input_tokens=usage.input_tokens,
        cache_read_tokens=usage.cached_tokens,
        cache_write_tokens=usage.cache_write_tokens,
        output_tokens=usage.output_tokens,
    )
    try:
        found = genai_prices.calc_price(
            tokens,
            usage.model,
            provider_id=provider,
            genai_request_timestamp=at,
            price_context=tier.price_context or None,
        )
    except LookupError:
        return Price(tier, day, source, f"no list price of '{usage.model}' at '{provider}' is known")
    except ValueError as error:
        return Price(tier, day, source, f"the list cannot price this call: {error}")
    source = f"{source}: {found.provider.id}/{found.model.id}"
    if not _has_tier(found.model, tier, at):
        return Price(tier, day, source, f"no {tier} price of this model is known on that day")
    list_prices = found.model_price
    input_price = _at_length(list_prices.input_mtok, usage.input_tokens)
    output_price = _at_length(list_prices.output_mtok, usage.input_tokens)
    cached_price = _at_length(list_prices.cache_read_mtok, usage.input_tokens)
    if cached_price is None:
        cached_price = input_price  # without a price of its own, a cached token is billed as any other
    if input_price is None or cached_price is None or output_price is None:
        return Price(tier, day, source, "the list gives no price per token for this model")
    write_price = _at_length(list_prices.cache_write_mtok, usage.input_tokens)
    expected = found.total_price * 1_000_000
    ours = (
        (usage.input_tokens - usage.cached_tokens - usage.cache_write_tokens) * input_price
        + usage.cached_tokens * cached_price
        + usage.cache_write_tokens * (input_price if write_price is None else write_price)
        + usage.output_tokens * output_price
    )
    if ours != expected:
        return Price(tier, day, source, "this model is not billed by the token alone")
    return Price(tier, day, source, "", "USD", input_price, cached_price, output_price, write_price)


def _has_tier(model: Any, tier: Tier, at: datetime) -> bool:
    """Whether the list has this tier on that day; without it, it silently gives standard prices."""
    if tier is Tier.STANDARD:
        return True
    return any(
        variant.when == tier.price_context and (variant.constraint is None or variant.constraint.active(at))
        for variant in model.price_variants or ()
    )


def _at_length(price: Any, input_tokens: int) -> Decimal | None:
    """A price that depends on the input's length, at this length: one step holds for the whole call."""
    if price is None or isinstance(price, Decimal):
        return price
    steps = [step.price for step in price.tiers if input_tokens > step.start]
    return Decimal(steps[-1] if steps else price.base)
