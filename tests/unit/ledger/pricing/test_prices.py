"""What a call costs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import genai_prices
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from inedit.ledger.pricing.contract_prices import ContractPrice, Rate, Rates, counting_day, rate_on
from inedit.ledger.pricing.money import round_half_even, shown, to_micros
from inedit.ledger.pricing.prices import PriceBook, Tier, provider_of
from inedit.model import Usage
from inedit.model.errors import WrongInput

NOVEMBER = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
BOOK = PriceBook()

# By hand from the providers' own price pages, in dollars per million tokens: uncached / cached / output.
# developers.openai.com/api/docs/pricing, copies of August to November 2026: gpt-5-mini 0.25 / 0.025 / 2.00, in a batch
#   0.125 / 0.0125 / 1.00; gpt-4o-mini 0.15 / 0.075 / 0.60, in a batch 0.075 / - / 0.30 (no cached price: a cached token
#   costs what any other does); gpt-5.6-luna, since 2026-07-30, 0.20 / 0.02 / 1.20 and cache writes 0.25 (1.25 times the
#   input), in a batch half of each;
# platform.claude.com/docs/en/about-claude/pricing, copies of 2026, the last of them after 2026-09-01: Sonnet 4.5
#   3 / 0.30 / 15, in a batch 1.50 / 7.50; Haiku 4.5 1 / 0.10 / 5, in a batch 0.50 / 2.50; a cache read is a tenth of
#   the input, which stacks with the batch;
# ai.google.dev/gemini-api/docs/pricing, as it was on 2026-10-07 for input, copies of 2026 for the rest:
#   gemini-2.5-flash 0.30 / 0.03 / 2.50, in a batch 0.15 / 0.03 / 1.25 (cached tokens are not halved); gemini-2.5-pro
#   1.25 / 0.125 / 10 up to 200,000 tokens, 2.50 and 15 above.
BY_HAND = [
    ("openai", "gpt-5-mini", "standard", 800 * 250 + 200 * 25 + 500 * 2000),
    ("openai", "gpt-5-mini", "batch", 800 * 125 + 200 * 12.5 + 500 * 1000),
    ("openai", "gpt-4o-mini", "standard", 800 * 150 + 200 * 75 + 500 * 600),
    ("openai", "gpt-4o-mini", "batch", 800 * 75 + 200 * 75 + 500 * 300),
    ("openai", "gpt-5.6-luna", "standard", 800 * 200 + 200 * 20 + 500 * 1200),
    ("openai", "gpt-5.6-luna", "batch", 800 * 100 + 200 * 10 + 500 * 600),
    ("anthropic", "claude-sonnet-4-5", "standard", 800 * 3000 + 200 * 300 + 500 * 15000),
    ("anthropic", "claude-sonnet-4-5", "batch", 800 * 1500 + 200 * 150 + 500 * 7500),
    ("anthropic", "claude-haiku-4-5", "standard", 800 * 1000 + 200 * 100 + 500 * 5000),
    ("anthropic", "claude-haiku-4-5", "batch", 800 * 500 + 200 * 50 + 500 * 2500),
    ("google", "gemini-2.5-flash", "standard", 800 * 300 + 200 * 30 + 500 * 2500),
    ("google", "gemini-2.5-flash", "batch", 800 * 150 + 200 * 30 + 500 * 1250),
    ("google", "gemini-2.5-pro", "standard", 800 * 1250 + 200 * 125 + 500 * 10000),
]


def usage(model: str, tokens_in: int = 1_000_000, cached: int = 200_000, out: int = 500_000) -> Usage:
    return Usage(model, tokens_in, cached, out, out // 2, 1.0)


@pytest.mark.parametrize(("provider", "model", "tier", "expected"), BY_HAND)
def test_prices_equal_sums_worked_by_hand(provider: str, model: str, tier: str, expected: float) -> None:
    """Thirteen prices of seven models, with cached tokens and the batch tier, to the millionth of a dollar."""
    used = usage(model, 1000, 200, 500)
    price = BOOK.price(provider, used, at=NOVEMBER, tier=tier)
    assert price.currency == "USD"
    assert price.cost_micros(used) == round(expected / 1000)


def test_a_long_input_is_billed_at_the_step_that_it_reaches() -> None:
    """Over 200,000 tokens the whole call costs the higher price, not only what is over."""
    short, long = (
        BOOK.price("google", usage("gemini-2.5-pro", tokens, 0), at=NOVEMBER) for tokens in (200_000, 200_001)
    )
    assert (short.input_price, short.output_price) == (Decimal("1.25"), Decimal(10))
    assert (long.input_price, long.output_price) == (Decimal("2.5"), Decimal(15))


def test_cached_tokens_are_not_counted_twice() -> None:
    """They are part of the input: charging all of the input and the cached ones again would cost more."""
    used = usage("gpt-5-mini", 1_000_000, 1_000_000, 0)
    assert BOOK.price("openai", used, at=NOVEMBER).cost_micros(used) == 25_000


def test_cached_tokens_are_discounted_inside_a_batch_once() -> None:
    """The batch price of a cached token is what the list says, not half of the cached price of each."""
    used = usage("gpt-5-mini", 1_000_000, 1_000_000, 0)
    assert BOOK.price("openai", used, at=NOVEMBER, tier="batch").cost_micros(used) == 12_500


def test_tokens_written_to_the_cache_are_billed_at_their_price_and_not_as_input_too() -> None:
    """gpt-5.6-luna bills them 0.25 in the place of 0.20; models before it, and contracts that do not say, as input."""
    used = Usage("gpt-5.6-luna", 1000, 200, 500, 0, 1.0, cache_write_tokens=300)
    cost = 500 * 200 + 200 * 20 + 300 * 250 + 500 * 1200
    assert BOOK.price("openai", used, at=NOVEMBER).cost_micros(used) == round(cost / 1000)
    batch = 500 * 100 + 200 * 10 + 300 * 125 + 500 * 600
    assert BOOK.price("openai", used, at=NOVEMBER, tier="batch").cost_micros(used) == round(batch / 1000)
    older = Usage("gpt-5-mini", 1000, 200, 500, 0, 1.0, cache_write_tokens=300)
    assert BOOK.price("openai", older, at=NOVEMBER).cost_micros(older) == 800 * 0.25 + 200 * 0.025 + 500 * 2
    contract = PriceBook([ContractPrice.model_validate(CONTRACT)])
    assert (
        contract.price("openai", older, at=NOVEMBER).cost_micros(older) == 800 * 0.2 + 200 * 0.02 + 500 * 1.5
    )


def test_the_most_that_a_call_can_cost_counts_all_of_it_as_written_to_the_cache() -> None:
    """A reservation is an upper bound also where writing to the cache is dearer than input."""
    used = Usage("gpt-5.6-luna", 1_000_000, 0, 0, 0, 1.0, cache_write_tokens=100_000)
    price = BOOK.price("openai", used, at=NOVEMBER)
    assert price.most_micros(100_000, 1000) == 100_000 * Decimal("0.5") + 1000 * Decimal("1.8")  # long input
    assert BOOK.price("mistral", usage("none"), at=NOVEMBER).most_micros(10, 10) is None


def test_reasoning_is_not_added_to_the_output() -> None:
    """Reasoning tokens are part of the output tokens that the provider counts."""
    thinking, plain = Usage("gpt-5-mini", 0, 0, 1000, 900, 1.0), Usage("gpt-5-mini", 0, 0, 1000, 0, 1.0)
    price = BOOK.price("openai", thinking, at=NOVEMBER)
    assert price.cost_micros(thinking) == price.cost_micros(plain) == 2000


def test_a_model_that_nobody_knows_has_an_unknown_price_not_zero() -> None:
    """The cost is None and the price says why."""
    used = usage("our-own-finetune")
    for provider in ("openai", "localhost:11434"):
        price = BOOK.price(provider, used, at=NOVEMBER)
        assert price.cost_micros(used) is None
        assert "no list price" in price.note


def test_a_misspelt_tier_is_refused() -> None:
    """The list would silently answer with standard prices."""
    with pytest.raises(WrongInput, match="no price tier 'bacth'"):
        BOOK.price("openai", usage("gpt-5-mini"), at=NOVEMBER, tier="bacth")


@pytest.mark.parametrize(("provider", "model"), [("mistral", "mistral-large-2402"), ("openai", "o1")])
def test_a_tier_that_the_list_does_not_know_is_unknown_not_standard(provider: str, model: str) -> None:
    """Where the list has no price for a tier it falls back silently; we do not."""
    price = BOOK.price(provider, usage(model), at=NOVEMBER, tier="flex")
    assert price.input_price is None
    assert "flex" in price.note or "no list price" in price.note


def test_a_tier_is_unknown_before_the_list_has_a_price_for_it() -> None:
    """The batch prices of the list begin in October 2026; before that we do not guess."""
    early = datetime(2026, 1, 15, tzinfo=UTC)
    assert BOOK.price("openai", usage("gpt-5-mini"), at=early, tier="batch").input_price is None


def test_a_model_that_is_not_billed_by_the_token_alone_is_unknown() -> None:
    """A fee for each request cannot be told from tokens, so the price is an exception, not too low."""
    price = BOOK.price("perplexity", usage("sonar"), at=NOVEMBER)
    assert price.input_price is None
    assert "token alone" in price.note


def test_the_embedded_model_is_free_for_a_reason() -> None:
    """Zero is a price with a source and a reason, in any tier."""
    used = usage("qwen2.5-coder-1.5b-instruct")
    price = BOOK.price("embedded", used, at=NOVEMBER)
    assert price.cost_micros(used) == 0
    assert "nobody bills it" in price.note
    assert price.source == "zero"


CONTRACT = {
    "provider": "openai", "model": "gpt-5*", "currency": "EUR", "input_price": "0.2", "cached_price": "0.02",
    "output_price": "1.5", "valid_from": "2026-06-01", "valid_until": "2026-12-31", "source": "contract 17",
}  # fmt: skip


def test_a_contract_goes_before_the_list_while_it_holds() -> None:
    """Within its dates, for its models and its tier; outside, the list price counts."""
    book = PriceBook([ContractPrice.model_validate(CONTRACT)])
    used = usage("gpt-5-mini")
    inside = book.price("openai", used, at=NOVEMBER)
    assert (inside.currency, inside.cost_micros(used)) == ("EUR", 160_000 + 4_000 + 750_000)
    assert inside.source == "contract: contract 17"
    after = datetime(2027, 1, 1, tzinfo=UTC)
    assert book.price("openai", used, at=after).currency == "USD"
    assert book.price("openai", used, at=NOVEMBER, tier="batch").currency == "USD"
    assert book.price("openai", usage("gpt-4o-mini"), at=NOVEMBER).currency == "USD"


def test_a_contract_of_nothing_needs_a_reason() -> None:
    """Whoever writes zero says why."""
    free = {**CONTRACT, "input_price": 0, "cached_price": 0, "output_price": 0}
    with pytest.raises(ValidationError, match="say why nobody bills"):
        ContractPrice.model_validate(free)
    assert ContractPrice.model_validate({**free, "note": "our own server"}).note == "our own server"


def test_the_newest_rate_that_is_not_after_the_day_holds() -> None:
    """Rates are never guessed: not before the first, not turned round, not through a third currency."""
    lines = [
        Rate(base="USD", quote="EUR", rate=Decimal(rate), valid_from=date(2026, month, 1), source="treasury")
        for month, rate in ((3, "0.9"), (9, "0.85"))
    ]
    rates = Rates(tuple(lines), {"2026-07": {("USD", "EUR"): Decimal("0.7")}})
    assert rate_on(rates, "USD", "EUR", date(2026, 7, 31)) == Decimal("0.7")
    assert rate_on(rates, "USD", "EUR", date(2026, 8, 31)) == Decimal("0.9")
    assert rate_on(rates, "USD", "EUR", date(2026, 9, 1)) == Decimal("0.85")
    assert rate_on(rates, "USD", "EUR", date(2026, 2, 28)) is None
    assert rate_on(rates, "EUR", "USD", date(2026, 9, 1)) is None
    assert rate_on(rates, "CHF", "CHF", date(2026, 9, 1)) == 1


@pytest.mark.parametrize(
    ("address", "provider"),
    [
        ("", "openai"),
        ("https://api.openai.com/v1", "openai"),
        ("https://api.mistral.ai/v1", "mistral"),
        ("http://localhost:11434/v1", "localhost:11434"),
        ("http://someone:secret@gpu.internal:8000/v1", "gpu.internal:8000"),
    ],
)
def test_a_provider_is_told_by_its_address(address: str, provider: str) -> None:
    """A server of one's own is named by its host, without secrets: it never gets a list price."""
    assert provider_of(address) == provider


@given(
    tokens_in=st.integers(0, 10**7),
    share=st.integers(0, 100),
    written=st.integers(0, 100),
    out=st.integers(0, 10**6),
    model=st.sampled_from(
        ["gpt-5-mini", "gpt-4o-mini", "gpt-5.6-sol", "claude-sonnet-4-5", "gemini-2.5-pro"]
    ),
    tier=st.sampled_from([Tier.STANDARD, Tier.BATCH]),
)
def test_our_arithmetic_is_the_libraries_rounded_once(
    tokens_in: int, share: int, written: int, out: int, model: str, tier: Tier
) -> None:
    """For any token counts, the cost is genai-prices's total to the nearest millionth."""
    cached = tokens_in * share // 100
    writes = (tokens_in - cached) * written // 100 if model.startswith("gpt-5.6") else 0
    used = Usage(model, tokens_in, cached, out, 0, 1.0, writes)
    provider = {"gpt": "openai", "cla": "anthropic", "gem": "google"}[model[:3]]
    price = BOOK.price(provider, used, at=NOVEMBER, tier=tier)
    total = genai_prices.calc_price(
        genai_prices.Usage(
            input_tokens=tokens_in, cache_read_tokens=cached, cache_write_tokens=writes, output_tokens=out
        ),
        model,
        provider_id=provider,
        genai_request_timestamp=NOVEMBER,
        price_context=tier.price_context or None,
    ).total_price
    assert price.cost_micros(used) == to_micros(total)


def test_halves_are_rounded_to_the_even_neighbour() -> None:
    """So that rounding does not drift upwards over many entries."""
    halves = [Decimal("0.5"), Decimal("1.5"), Decimal("2.5"), Decimal("-0.5"), Decimal("-1.5")]
    assert [round_half_even(half) for half in halves] == [0, 2, 2, 0, -2]
    assert to_micros(Decimal("0.0000005")) == 0
    assert shown(1_234_567_890, "EUR", 2) == "1,234.57 EUR"


def test_a_regional_host_belongs_to_its_provider() -> None:
    """Its calls have prices; an address that only looks alike has none."""
    assert provider_of("https://eu.api.openai.com/v1") == "openai"
    assert provider_of("https://api.openai.com.example.org/v1") == "api.openai.com.example.org"
    assert provider_of("http://127.0.0.1:8080/v1") == "127.0.0.1:8080"


@pytest.mark.parametrize(
    ("month", "day"),
    [("2026-11", date(2026, 11, 30)), ("2026-12", date(2026, 12, 9)), ("2024-02", date(2024, 2, 29))],
)
def test_a_month_is_counted_at_the_rates_of_its_last_day(month: str, day: date) -> None:
    """Of today, while it lasts."""
    assert counting_day(month, date(2026, 12, 9)) == day
