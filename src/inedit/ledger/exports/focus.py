"""The ledger as FOCUS, the FinOps Open Cost and Usage Specification (https://focus.finops.org): 1.2, 1.3 or 1.4.

A call becomes one row for each kind of token that it has (input, cached input, output), because each has a price of its
own; a correction or an adjustment is one row. ``BilledCost`` of an entry's rows adds up to the entry's cost to the
millionth: what rounding took or gave stands in its last row, while ``ListCost`` and ``ContractedCost`` are the exact
products of price and quantity. ``InvoiceId`` is provisional (``openai-2026-11``): a provider's number is not known when
the call is made, nor is the line of his invoice (``InvoiceDetailId``): there is one for each price, and one for all
adjustments. Calls of unknown price are left out, because a row must have a cost; the report and
the command say how many there are.

1.3 (December 2025) adds who provides the service and who hosts it; 1.4 (June 2026) takes away the provider and the
publisher, which these replace, and asks for the line of the invoice. The columns of each version are those that apply
to calls of a language model: of regions, resources, sub-accounts and commitments there are none.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import TextIO

from inedit.ledger.journal.calls import ADJUSTMENT
from inedit.ledger.journal.reading import Scope, read_entries
from inedit.ledger.pricing.money import MICROS
from inedit.model import LedgerEntry
from inedit.model.errors import WrongInput
from inedit.store import Store


class Version(StrEnum):
    """Versions of the specification."""

    V1_2 = "1.2"
    V1_3 = "1.3"
    V1_4 = "1.4"


FOCUS_COLUMNS = (
    "BilledCost", "BillingAccountId", "BillingAccountName", "BillingAccountType", "BillingCurrency",
    "BillingPeriodEnd", "BillingPeriodStart", "ChargeCategory", "ChargeClass", "ChargeDescription",
    "ChargeFrequency", "ChargePeriodEnd", "ChargePeriodStart", "CommitmentDiscountStatus", "ConsumedQuantity",
    "ConsumedUnit", "ContractedCost", "ContractedUnitPrice", "EffectiveCost", "InvoiceId", "InvoiceIssuerName",
    "ListCost", "ListUnitPrice", "PricingCategory", "PricingCurrency", "PricingCurrencyContractedUnitPrice",
    "PricingCurrencyEffectiveCost", "PricingCurrencyListUnitPrice", "PricingQuantity", "PricingUnit",
    "ProviderName", "PublisherName", "ServiceCategory", "ServiceName", "ServiceSubcategory", "SkuId",
    "SkuMeter", "SkuPriceDetails", "SkuPriceId", "Tags",
)  # fmt: skip
_SINCE_1_3 = ("HostProviderName", "ServiceProviderName")
_UNTIL_1_3 = ("ProviderName", "PublisherName")
_SINCE_1_4 = ("InvoiceDetailId",)
OWN_COLUMNS = (
    "x_Attempt", "x_CorrectedEntryId", "x_EntryId", "x_EntryNumber", "x_PriceDate", "x_PriceSource",
    "x_ProviderRequestId", "x_Purpose", "x_RunId",
)  # fmt: skip
"""Columns of ours: FOCUS asks for the prefix, and for the order of the alphabet."""


def focus_columns(version: Version = Version.V1_2) -> tuple[str, ...]:
    """The columns of a version that we fill, in alphabetical order."""
    columns = set(FOCUS_COLUMNS)
    if version >= Version.V1_3:
        columns |= set(_SINCE_1_3)
    if version >= Version.V1_4:
        columns = columns - set(_UNTIL_1_3) | set(_SINCE_1_4)
    return tuple(sorted(columns))


PRICING_UNIT = "1000000 Tokens"


@dataclass(slots=True)
class Written:
    """How many rows were written, and how many calls of unknown price were left out."""

    rows: int = 0
    left_out: int = 0


def chosen_columns(version: Version, only: Collection[str] | None) -> tuple[str, ...]:
    """All columns of a version and ours, or those of them that ``only`` names, in the same order.

    Raises :class:`~.errors.WrongInput` for a name that is none of them.
    """
    columns = (*focus_columns(version), *OWN_COLUMNS)
    if only is None:
        return columns
    if unknown := [name for name in only if name not in columns]:
        near = [*dict.fromkeys(close for name in unknown for close in get_close_matches(name, columns, 1))]
        hint = f"Did you mean {', '.join(near)}?" if near else f"There are: {', '.join(columns)}."
        raise WrongInput(f"FOCUS {version} has no column {', '.join(unknown)} here. {hint}")
    if not only:
        raise WrongInput("Name at least one column.")
    return tuple(name for name in columns if name in only)


def export_focus(
    store: Store,
    out: TextIO,
    scope: Scope | None = None,
    version: Version = Version.V1_2,
    only: Collection[str] | None = None,
) -> Written:
    """Write the rows as CSV to a file open for text with ``newline=""``, in memory that does not grow with them.

    ``only`` chooses columns (:func:`chosen_columns`); the rows are the same.
    """
    written, columns = Written(), chosen_columns(version, only)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    with store.read() as connection:
        for entry in read_entries(connection, scope or Scope()):
            if entry.kind == "memo":
                continue
            if entry.cost_micros is None or entry.currency is None:
                written.left_out += 1
                continue
            for row in focus_rows(entry):
                writer.writerow([row.get(name, "") for name in columns])
                written.rows += 1
    return written


def focus_rows(entry: LedgerEntry) -> Iterator[dict[str, str]]:
    """The rows of an entry that has a cost; a value that is null is left out."""
    if entry.kind == "correction" or entry.purpose == ADJUSTMENT:
        yield _adjustment(entry)
        return
    written = entry.cache_write_tokens or 0
    tokens = (
        ("Input tokens", entry.input_tokens - entry.cached_tokens - written, entry.input_price),
        ("Cached input tokens", entry.cached_tokens, entry.cached_price),
        ("Cache write tokens", written, entry.cache_write_price or entry.input_price),
        ("Output tokens", entry.output_tokens, entry.output_price),
    )
    meters = [(meter, count, Decimal(price or 0)) for meter, count, price in tokens if count] or [
        ("Input tokens", 0, Decimal(entry.input_price or 0))
    ]
    cost = Decimal(entry.cost_micros or 0) / MICROS
    common, billed = _common(entry), Decimal(0)
    for number, (meter, count, price) in enumerate(meters, start=1):
        quantity = Decimal(count) / MICROS
        exact = quantity * price
        own = exact if number < len(meters) else cost - billed
        billed += own
        sku = f"{entry.provider}/{entry.model}/{meter.lower().replace(' ', '-')}"
        yield {
            **common,
            "ChargeCategory": "Usage",
            "ChargeDescription": f"{meter} of {entry.model}",
            "ChargeFrequency": "Usage-Based",
            "BilledCost": _plain(own), "EffectiveCost": _plain(own),
            "ListCost": _plain(exact), "ContractedCost": _plain(exact),
            "ListUnitPrice": _plain(price), "ContractedUnitPrice": _plain(price),
            "PricingCategory": "Standard", "PricingCurrency": common["BillingCurrency"],
            "PricingCurrencyContractedUnitPrice": _plain(price), "PricingCurrencyListUnitPrice": _plain(price),
            "PricingCurrencyEffectiveCost": _plain(own),
            "PricingQuantity": _plain(quantity), "PricingUnit": PRICING_UNIT,
            "ConsumedQuantity": f"{count}.0", "ConsumedUnit": "Tokens",
            "SkuId": sku, "SkuMeter": meter, "SkuPriceId": f"{sku}/{entry.price_tier}",
            "InvoiceDetailId": f"{common['InvoiceId']}/{sku}/{entry.price_tier}",
            "SkuPriceDetails": json.dumps({"x_Tier": entry.price_tier}),
        }  # fmt: skip


def _adjustment(entry: LedgerEntry) -> dict[str, str]:
    """A correction, or what a provider's statement has beyond our calls; of another month, it is a correction there."""
    cost = _plain(Decimal(entry.cost_micros or 0) / MICROS)
    row = {
        **_common(entry),
        "ChargeCategory": "Adjustment",
        "ChargeDescription": entry.note or entry.kind,
        "ChargeFrequency": "One-Time",
        "InvoiceDetailId": f"{entry.provider}-{entry.period}/adjustments",
        "BilledCost": cost, "EffectiveCost": cost, "ListCost": cost, "ContractedCost": cost,
        "PricingCurrency": entry.currency or "", "PricingCurrencyEffectiveCost": cost,
    }  # fmt: skip
    if entry.period != entry.occurred_at[:7]:  # of a month that was invoiced
        row |= {"ChargeCategory": "Usage", "ChargeClass": "Correction"}
    return row


def _common(entry: LedgerEntry) -> dict[str, str]:
    """What all rows of an entry share."""
    year, month = int(entry.period[:4]), int(entry.period[5:])
    following = f"{year + month // 12:04}-{month % 12 + 1:02}"
    start = datetime.fromisoformat(entry.occurred_at).replace(microsecond=0)
    provider = entry.provider or ""
    tags = {
        name: value
        for name, value in (
            ("campaign", entry.campaign_id), ("piece", _piece(entry)), ("channel", entry.channel),
            ("segment", entry.segment), ("language", entry.language), ("tone", entry.tone),
        )
        if value
    }  # fmt: skip
    filled = {
        "x_EntryNumber": str(entry.seq), "x_EntryId": entry.id, "x_CorrectedEntryId": entry.corrects,
        "x_ProviderRequestId": entry.response_id, "x_RunId": entry.run_id, "x_Purpose": entry.purpose,
        "x_Attempt": None if entry.attempt is None else str(entry.attempt),
        "x_PriceDate": entry.price_date, "x_PriceSource": entry.price_source,
    }  # fmt: skip
    return {
        "BillingAccountId": provider, "BillingAccountName": provider, "BillingAccountType": "API account",
        "BillingCurrency": entry.currency or "",
        "BillingPeriodStart": f"{entry.period}-01T00:00:00Z", "BillingPeriodEnd": f"{following}-01T00:00:00Z",
        "ChargePeriodStart": f"{start:%Y-%m-%dT%H:%M:%SZ}",
        "ChargePeriodEnd": f"{start + timedelta(seconds=1):%Y-%m-%dT%H:%M:%SZ}",
        "InvoiceId": f"{provider}-{entry.period}", "InvoiceIssuerName": provider,
        "ProviderName": provider, "PublisherName": provider,
        "ServiceProviderName": provider, "HostProviderName": provider,  # none of them says on whose machines it runs
        "ServiceCategory": "AI and Machine Learning", "ServiceSubcategory": "Generative AI",
        "ServiceName": f"{provider} language models",
        "Tags": json.dumps(tags, ensure_ascii=False, sort_keys=True),
        **{name: value for name, value in filled.items() if value},
    }  # fmt: skip


def _piece(entry: LedgerEntry) -> str:
    return f"{entry.spec_key}-{entry.edition}" if entry.spec_key else ""


def _plain(amount: Decimal) -> str:
    """A decimal number without an exponent and without idle zeros."""
    text = f"{amount:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
