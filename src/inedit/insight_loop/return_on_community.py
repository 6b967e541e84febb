"""What a micro-community returns for what it costs, by community and month, as a range.

    return = (basket uplift + repurchase uplift + user content) / (tools + moderation + content)

The source article's rule: add up basket, repurchase rate and user content, divide by what it takes to run the community
(tools, moderation, content); above 3 the channel pays. In money, for M members of whom a share r buys in the month, for
b on average: with the community M·r'·b', without M·r·b, and the difference is M·r'·(b' - b) (basket) plus M·(r' - r)·b
(repurchase), so that nothing counts twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from inedit.brand.schema import Currency, Id, ProjectModel, Text
from inedit.model.errors import WrongInput

THRESHOLD = Decimal(3)
"""Above it, the source article calls a community a channel that pays."""

FILE = "community_returns"
"""``brand_data/community_returns.yaml``: a list of :class:`CommunityMonth`."""

_NUMBER = re.compile(r"(?P<number>[-+−]?\d+(?:[.,]\d+)?)\s*(?P<percent>%?)")


@dataclass(frozen=True, slots=True)
class Range:
    """``low <= expected <= high``."""

    low: Decimal
    expected: Decimal
    high: Decimal

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.expected + other.expected, self.high + other.high)

    def __mul__(self, other: Range) -> Range:
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Range(min(ends), self.expected * other.expected, max(ends))

    def over(self, other: Range) -> Range:
        """Divided by a range above zero."""
        ends = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Range(min(ends), self.expected / other.expected, max(ends))


ZERO, ONE = Range(Decimal(0), Decimal(0), Decimal(0)), Range(Decimal(1), Decimal(1), Decimal(1))


def as_range(value: Any) -> Any:
    """A range as people write it: ``40``, ``24 %``, ``30..50``, ``30..40..50``, or {low, expected, high}.

    The middle of two ends is expected. What cannot be one comes back for the validator to refuse.
    """
    if isinstance(value, Range):
        return value
    if isinstance(value, Mapping):
        if set(value) != {"low", "expected", "high"}:
            raise ValueError("write low, expected and high")
        values = [_number(value[name]) for name in ("low", "expected", "high")]
    else:
        values = [_number(end) for end in str(value).split("..")]
    if len(values) == 1:
        values *= 3
    if len(values) == 2:
        values = [values[0], (values[0] + values[1]) / 2, values[1]]
    if len(values) != 3 or not values[0] <= values[1] <= values[2]:
        raise ValueError("write a number, low..high, or low..expected..high, in this order")
    return Range(*values)


def _number(text: Any) -> Decimal:
    found = _NUMBER.fullmatch(str(text).strip())
    if found is None or isinstance(text, bool):
        raise ValueError(f"'{text}' is not a number or a share such as 24 %")
    value = Decimal(found["number"].replace(",", ".").replace("−", "-"))
    return value / 100 if found["percent"] else value


Figure = Annotated[Range, BeforeValidator(as_range)]


class Uplift(ProjectModel):
    """What something was without the community (``before``), and with it: ``after``, or ``uplift`` as a share of it."""

    before: Figure = Field(description="Without it: comparable customers, or the same ones earlier.")
    uplift: Figure | None = Field(None, description="Relative change: 24 %.")
    after: Figure | None = Field(None, description="With it, where no uplift is given.")

    @model_validator(mode="after")
    def _says_one(self) -> Self:
        if (self.uplift is None) == (self.after is None):
            raise ValueError("write either 'uplift' or 'after'")
        if self.before.low <= 0:
            raise ValueError("'before' is above 0")
        return self

    @property
    def change(self) -> Range:
        """The relative change, where both ends of ``before`` go with both ends of ``after``."""
        if self.uplift is not None:
            return self.uplift
        assert self.after is not None  # noqa: S101  # validated above
        ratio = self.after.over(self.before)
        return ratio + Range(Decimal(-1), Decimal(-1), Decimal(-1))


class UserContent(ProjectModel):
    """What members contributed that would otherwise have been made: photographs, reviews, answers."""

    count: Figure = ZERO
    value_each: Figure = ZERO


class Moderation(ProjectModel):
    """People's time in the community."""

    hours: Figure
    hourly_rate: Figure


class Content(ProjectModel):
    """What the brand published there: an ``amount``, the ledger's cost of ``campaigns`` in the month, or both."""

    amount: Figure = ZERO
    campaigns: tuple[Id, ...] = ()
    share: Figure = Field(ONE, description="Share of the campaigns' texts that were for the community.")


class CommunityMonth(ProjectModel):
    """The figures of a community in a month, as somebody answers for them."""

    community: Id
    month: Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$", examples=["2026-11"])]
    currency: Currency
    members: Figure = Field(description="Members who are customers.")
    basket: Uplift = Field(description="Average basket, in the currency.")
    repurchase: Uplift = Field(description="Share of the members who buy again in the month.")
    user_content: UserContent = UserContent()
    tools: Figure = ZERO
    moderation: Moderation | Figure = ZERO
    content: Content = Content()
    margin: Figure = Field(
        ONE, description="Share of a sale that stays; 1 counts turnover, as the article does."
    )
    attributed: Figure = Field(
        ONE,
        description="Share of the uplift that is the community's doing: who joins often bought more before.",
    )
    source: Text


@dataclass(frozen=True, slots=True)
class CommunityReturn:
    """What came out. ``ratio`` is gains over costs; ``unknown_calls`` are paid calls whose price nobody knows, so that
    the content cost more than is counted."""

    community: str
    month: str
    currency: str
    basket: Range
    repurchase: Range
    user_content: Range
    tools: Range
    moderation: Range
    content: Range
    ratio: Range
    unknown_calls: int
    source: str

    @property
    def gains(self) -> Range:
        """The numerator."""
        return self.basket + self.repurchase + self.user_content

    @property
    def costs(self) -> Range:
        """The denominator."""
        return self.tools + self.moderation + self.content

    @property
    def verdict(self) -> str:
        """``pays``: the whole range is above the threshold; ``open``: a part of it; ``does not pay``: nothing."""
        if self.ratio.low > THRESHOLD:
            return "pays"
        return "open" if self.ratio.high > THRESHOLD else "does not pay"

    def as_json(self) -> dict[str, Any]:
        """As a plain dictionary; amounts are decimal text in the currency."""
        return {**asdict(self), "gains": asdict(self.gains), "costs": asdict(self.costs),
                "threshold": THRESHOLD, "verdict": self.verdict}  # fmt: skip

    def sentences(self) -> Iterator[str]:
        """The formula with its figures, and what it means."""
        amount = self.currency
        yield f"{self.community}, {self.month}: return {_shown(self.ratio, 1)} (threshold {THRESHOLD})"
        yield "  = (basket uplift + repurchase uplift + user content) / (tools + moderation + content)"
        yield (
            f"  = ({_shown(self.basket)} + {_shown(self.repurchase)} + {_shown(self.user_content)}) / "
            f"({_shown(self.tools)} + {_shown(self.moderation)} + {_shown(self.content, 2)}) {amount}"
        )
        yield f"  = {_shown(self.gains)} / {_shown(self.costs, 2)} {amount}"
        yield {
            "pays": f"  It pays: even at its lowest the return is above {THRESHOLD}.",
            "open": f"  Not certain: the range reaches from below {THRESHOLD} to above it. Narrow the widest figure.",
            "does not pay": f"  It does not pay: even at its highest the return is not above {THRESHOLD}.",
        }[self.verdict]
        if self.unknown_calls:
            yield f"  The price of {self.unknown_calls} calls is unknown: the content cost more than is counted."
        yield f"  Source: {self.source}"


def return_of(
    row: CommunityMonth, ledger_cost: Decimal = Decimal(0), unknown_calls: int = 0
) -> CommunityReturn:
    """The return of a month; ``ledger_cost`` is what the content's campaigns cost in it, in the row's currency.

    Raises :class:`~.errors.WrongInput` when it costs nothing: there is nothing to divide by.
    """
    basket, rate = row.basket, row.repurchase
    counted = row.members * row.margin * row.attributed
    rate_after = rate.before * (ONE + rate.change)
    cost = Range(ledger_cost, ledger_cost, ledger_cost)
    moderation = row.moderation
    if isinstance(moderation, Moderation):
        moderation = moderation.hours * moderation.hourly_rate
    found = CommunityReturn(
        row.community, row.month, row.currency,
        basket=counted * rate_after * (basket.before * basket.change),
        repurchase=counted * (rate.before * rate.change) * basket.before,
        user_content=row.user_content.count * row.user_content.value_each,
        tools=row.tools, moderation=moderation, content=row.content.amount + cost * row.content.share,
        ratio=ZERO, unknown_calls=unknown_calls, source=row.source,
    )  # fmt: skip
    if found.costs.low <= 0:
        raise WrongInput(
            f"{row.community}, {row.month}: it costs nothing at its lowest, so there is no return. Fill in tools, "
            "moderation or content."
        )
    return replace(found, ratio=found.gains.over(found.costs))


COLUMNS: Mapping[str, tuple[str, ...]] = {
    "community": ("community",), "month": ("month",), "currency": ("currency",), "members": ("members",),
    "basket_before": ("basket", "before"), "basket_uplift": ("basket", "uplift"),
    "basket_after": ("basket", "after"), "repurchase_before": ("repurchase", "before"),
    "repurchase_uplift": ("repurchase", "uplift"), "repurchase_after": ("repurchase", "after"),
    "user_content_count": ("user_content", "count"), "user_content_value": ("user_content", "value_each"),
    "tools": ("tools",), "moderation": ("moderation",), "moderation_hours": ("moderation", "hours"),
    "moderation_rate": ("moderation", "hourly_rate"), "content": ("content", "amount"),
    "content_campaigns": ("content", "campaigns"), "content_share": ("content", "share"),
    "margin": ("margin",), "attributed": ("attributed",), "source": ("source",),
}  # fmt: skip
"""Columns of a CSV file, and where each stands in a :class:`CommunityMonth`."""


def row_of_cells(cells: Mapping[str, str]) -> dict[str, Any]:
    """A row of a CSV file as the YAML would say it; empty cells are left out."""
    row: dict[str, Any] = {}
    for column, path in COLUMNS.items():
        if value := (cells.get(column) or "").strip():
            at = row
            for name in path[:-1]:
                at = at.setdefault(name, {})
            at[path[-1]] = value.split() if column == "content_campaigns" else value
    return row


def _shown(value: Range, digits: int = 0) -> str:
    low, expected, high = (f"{end:,.{digits}f}" for end in (value.low, value.expected, value.high))
    return expected if low == high else f"{expected} [{low} to {high}]"


def months(
    rows: Iterable[CommunityMonth], community: str | None, month: str | None
) -> tuple[CommunityMonth, ...]:
    """Those of a community, or a month, in their order."""
    return tuple(
        row
        for row in rows
        if (community is None or row.community == community) and (month is None or row.month == month)
    )
