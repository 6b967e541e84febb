"""What stands in the columns of an entry, and the chain that they are sealed by."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from fakes.ledger import Clock, a_call, a_spec, a_usage, pay
from inedit.ledger import Call, Head, Ledger, Price, Tier
from inedit.ledger.journal.chain import (
    COLUMNS,
    EMPTY,
    append_all,
    canonical_form,
    columns_of,
    hash_of,
    read_heads,
)
from inedit.ledger.journal.entries import (
    blank_entry,
    call_of,
    check_tokens,
    joined,
    with_price,
    with_usage,
)
from inedit.ledger.pricing.months import is_period, period_of
from inedit.model import Usage
from inedit.model.errors import StoreError, WrongInput

THEN = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
BLANK = blank_entry("call", a_call(prompts="small"), recorded=THEN, occurred=THEN, period="2026-11")


def test_an_entry_says_what_the_money_is_for() -> None:
    """Each field of the call in its column; which prompts, in the details of calls alone."""
    call = Call(
        "draft", "openai", "m", "run", "camp", "key", 3, 2, "email", "young", "de", "warm", prompts="full"
    )
    entry = blank_entry("call", call, recorded=THEN, occurred=THEN, period="2026-11")
    assert (entry.purpose, entry.provider, entry.model, entry.run_id, entry.campaign_id) == (
        "draft", "openai", "m", "run", "camp",
    )  # fmt: skip
    assert (entry.spec_key, entry.edition, entry.attempt) == ("key", 3, 2)
    assert (entry.channel, entry.segment, entry.language, entry.tone) == ("email", "young", "de", "warm")
    assert json.loads(entry.details or "") == {"prompts": "full"}
    assert blank_entry("memo", call, recorded=THEN, occurred=THEN, period="2026-11").details is None
    bare = Call("judge", "openai", "m")
    assert blank_entry("call", bare, recorded=THEN, occurred=THEN, period="2026-11").details is None
    again = call_of(entry)
    assert again == Call("draft", "openai", "m", "run", "camp", "key", 3, 2, "email", "young", "de", "warm")


def test_what_was_consumed_is_in_tokens_and_milliseconds() -> None:
    """Nothing written to a cache is no figure, not zero."""
    entry = with_usage(BLANK, Usage("m2", 10, 4, 6, 2, 1.2346, 3))
    assert (entry.model, entry.input_tokens, entry.cached_tokens) == ("m2", 10, 4)
    assert (entry.output_tokens, entry.reasoning_tokens, entry.latency_ms) == (6, 2, 1235)
    assert entry.cache_write_tokens == 3
    assert with_usage(BLANK, Usage("m2", 10, 4, 6, 2, 1.0)).cache_write_tokens is None


def test_the_prices_that_held_are_kept() -> None:
    """As decimal text; that of the cache only where something was written to it."""
    price = Price(
        Tier.BATCH,
        "2026-11-20",
        "list",
        "a note",
        "USD",
        Decimal("1.25"),
        Decimal("0.1"),
        Decimal(10),
        Decimal(2),
    )
    entry = with_price(with_usage(BLANK, Usage("m", 10, 4, 6, 2, 1.0, 3)), price, 42)
    assert (entry.cost_micros, entry.currency, entry.price_tier, entry.price_source) == (
        42,
        "USD",
        "batch",
        "list",
    )
    assert (entry.input_price, entry.cached_price, entry.output_price) == ("1.25", "0.1", "10")
    assert (entry.cache_write_price, entry.price_note, entry.price_date) == ("2", "a note", "2026-11-20")
    assert with_price(BLANK, price, 42).cache_write_price is None
    unknown = with_price(BLANK, Price(Tier.STANDARD, "2026-11-20", "none"), None)
    assert (unknown.cost_micros, unknown.input_price, unknown.price_note) == (None, None, None)


@pytest.mark.parametrize(
    ("cached", "written", "reasoning", "fine"),
    [
        (0, 0, 0, True), (10, 0, 5, True), (4, 6, 0, True), (0, 10, 5, True),
        (11, 0, 0, False), (5, 6, 0, False), (-1, 0, 0, False), (0, -1, 0, False), (0, 0, 6, False), (0, 0, -1, False),
    ],
)  # fmt: skip
def test_parts_of_tokens_are_within_the_whole(cached: int, written: int, reasoning: int, fine: bool) -> None:
    """The message names all of them."""
    usage = Usage("m", 10, cached, 5, reasoning, 1.0, written)
    if fine:
        check_tokens(usage)
    else:
        with pytest.raises(ValueError, match=f"{cached} cached and {written} written"):
            check_tokens(usage)


def test_a_repeated_id_has_the_number_of_its_entry_behind_it(ledger: Ledger) -> None:
    """Of the same provider; another one's ids are its own."""
    pay(ledger, response="r")
    again = pay(ledger, response="r")
    other = pay(ledger, a_call(provider="mistral", model="mistral-small"), response="r")
    nameless = pay(ledger, response=" ")
    assert (again.response_id, again.note) == ("r~2", "the provider gave this response id before")
    assert (other.response_id, other.note) == ("r", None)
    assert nameless.response_id == " "


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        ("2026-11", True), ("2026-01", True), ("2026-12", True), ("2026-00", False), ("2026-13", False),
        ("2026-1", False), ("2026-11-01", False), ("x2026-11", False), ("", False),
    ],
)  # fmt: skip
def test_a_month_is_a_year_and_two_digits(text: str, fine: bool) -> None:
    assert is_period(text) is fine


def test_a_moment_belongs_to_its_month_in_utc() -> None:
    """Wherever it was written down."""
    from datetime import timedelta, timezone

    late = datetime(2026, 12, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    assert period_of(late) == "2026-11"


def test_notes_are_joined() -> None:
    """Empty ones are none."""
    assert joined("a", "", "b") == "a; b"
    assert joined("", "") is None


def test_nothing_is_sent_into_a_closed_month(ledger: Ledger, clock: Clock) -> None:
    """A clock that goes wrong is named."""
    pay(ledger)
    clock.turn_to(2026, 12, 2)
    ledger.close_month("2026-11", "Ada")
    clock.turn_to(2026, 11, 30)
    with pytest.raises(StoreError, match="set the clock right"):
        ledger.reserve(a_call(), 10, 10)


# ---- the chain


def test_a_hash_is_that_of_the_canonical_form() -> None:
    """Without empty columns and without itself."""
    columns = {"b": 1, "a": "é", "empty": None, "hash": "x"}
    assert canonical_form(columns) == '{"a":"é","b":1}'
    assert hash_of(columns) == hashlib.sha256('{"a":"é","b":1}'.encode()).hexdigest()


def test_entries_follow_one_another(ledger: Ledger) -> None:
    """Number after number, each sealed with the one before; nothing is written for none."""
    first, second, third = pay(ledger), pay(ledger), pay(ledger)
    with ledger.transaction() as connection:
        assert append_all(connection, []) == []
    assert (first.seq, second.seq, third.seq) == (1, 2, 3)
    assert (first.prev_hash, second.prev_hash, third.prev_hash) == ("", first.hash, second.hash)
    assert third.hash == hash_of({**columns_of(third)})
    assert ledger.head() == Head(3, third.hash)
    assert COLUMNS[:2] == ("seq", "id")
    assert list(columns_of(third)) == list(COLUMNS)


def test_an_empty_ledger_has_a_head(ledger: Ledger) -> None:
    """Number 0, and nothing before it."""
    assert ledger.head() == EMPTY == Head(0, "")
    assert str(EMPTY) == "0:"


def test_a_head_is_read_as_it_was_printed() -> None:
    """And nothing else is."""
    digest = "a" * 64
    assert Head.of(f" 17:{digest} ") == Head(17, digest)
    assert Head.of("0:") == EMPTY
    assert str(Head(17, digest)) == f"17:{digest}"
    for wrong in ("17", f"x:{digest}", f"17:{digest}0", "17:xyz", f"17:{digest} and more", ""):
        with pytest.raises(WrongInput, match="as it was printed"):
            Head.of(wrong)
    kept = f"2026-11-20 12:00 3:{digest}\n\n2026-11-21 12:00 4:{'b' * 64}\n"
    assert read_heads(kept) == [Head(3, digest), Head(4, "b" * 64)]


# ---- calls and reservations


def test_a_call_is_written_down_whole() -> None:
    """Every field comes back."""
    call = Call(
        "draft", "openai", "m", "run", "camp", "key", 3, 2, "email", "young", "de", "warm", "batch", "small"
    )
    assert Call.from_text(call.as_text()) == call
    variant = Call.for_variant(
        a_spec(), purpose="draft", provider="openai", model="m", run_id="run-1", attempt=4, revision_number=2,
        tier="flex", prompts="full",
    )  # fmt: skip
    assert (variant.campaign_id, variant.spec_key, variant.channel, variant.segment, variant.language) == (
        "spring", a_spec().key, "email", "parents", "fr",
    )  # fmt: skip
    assert (variant.tone, variant.attempt, variant.edition, variant.tier, variant.prompts) == (
        "warm", 4, 2, "flex", "full",
    )  # fmt: skip
    assert (Call("draft", "p", "m").edition, Call("draft", "p", "m").tier) == (1, "standard")


def test_what_is_pending_is_told_by_run_the_oldest_first(ledger: Ledger) -> None:
    """Under way or in doubt; settled and voided calls are not."""
    first, second = ledger.reserve(a_call(), 1000, 600), ledger.reserve(a_call(attempt=2), 1000, 600)
    other = ledger.reserve(a_call(run_id="run-2"), 1000, 600)
    ledger.settle(ledger.reserve(a_call(attempt=3), 1000, 600), a_usage(), "a")
    ledger.void(ledger.reserve(a_call(attempt=4), 1000, 600), "down")
    ledger.doubt(first, "lost")
    pending = ledger.pending()
    assert [one.id for one in pending] == [first.id, second.id, other.id]
    assert [(one.state, one.reason) for one in pending] == [
        ("possibly_billed", "lost"),
        ("open", ""),
        ("open", ""),
    ]
    assert (pending[0].estimate_micros, pending[0].currency, pending[0].call) == (1450, "USD", a_call())
    assert pending[0].reserved_at == first.reserved_at
    assert [one.id for one in ledger.pending("run-2")] == [other.id]


def test_a_closed_reservation_is_in_doubt_no_more(ledger: Ledger) -> None:
    """Whatever comes late."""
    settled, voided = ledger.reserve(a_call(), 10, 10), ledger.reserve(a_call(attempt=2), 10, 10)
    ledger.settle(settled, Usage("gpt-5-mini", 5, 0, 5, 0, 0.1), "a")
    ledger.void(voided, "down")
    ledger.doubt(settled, "late")
    ledger.doubt(voided, "late")
    assert ledger.pending() == []
    with pytest.raises(StoreError, match="down"):
        ledger.settle(voided, Usage("gpt-5-mini", 5, 0, 5, 0, 0.1), "b")


def test_a_reservation_of_another_ledger_is_unknown(ledger: Ledger) -> None:
    """The message names it."""
    from dataclasses import replace

    stranger = replace(ledger.reserve(a_call(), 10, 10), id="stranger")
    with pytest.raises(StoreError, match="stranger"):
        ledger.void(stranger, "x")


def test_a_reservation_in_doubt_that_is_charged_keeps_its_reason(ledger: Ledger) -> None:
    """So that its history can be read."""
    from sqlalchemy import select

    from inedit.store.tables import reservations

    reservation = ledger.reserve(a_call(), 10, 10)
    ledger.doubt(reservation, "lost")
    ledger.settle(reservation, Usage("gpt-5-mini", 5, 0, 5, 0, 0.1), "a")
    with ledger.store.read() as connection:
        row = connection.execute(select(reservations)).one()
    assert (row.state, row.reason, row.period, row.campaign_id) == ("settled", "lost", "2026-11", "spring")
    assert row.closed_at
