"""A promise beside what was measured, and how people say both."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

PROMISED_COST_DIVIDED_BY = Decimal(4)
PROMISED_FASTER = Decimal("0.35")
PROMISED_REINVESTED = Decimal("0.27")
DIVIDED, FASTER, REINVESTED = "cost divided by", "faster to market by", "reinvested"


@dataclass(frozen=True, slots=True)
class Kpi:
    """A promise beside the measured figure; ``measured`` is None where it could not be measured, ``why`` says so.

    ``basis`` is the number of accepted pieces that the figure rests on. ``before`` and ``now`` are what it compares, in
    ``unit``: a currency, ``days``, or ``minutes`` (saved, and put back). ``caveat`` says what the figure leaves out, or
    has in it. ``low`` and ``high`` are the range that it may lie in; ``missing`` is what nobody has measured (yet).
    """

    name: str
    promised: Decimal
    measured: Decimal | None
    basis: int = 0
    why: str = ""
    before: Decimal | None = None
    now: Decimal | None = None
    unit: str = ""
    caveat: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    missing: tuple[str, ...] = ()

    def shown(self, figure: Decimal | None) -> str:
        """A promise or a measurement as people say it: ``÷ 4.00``, ``+35%``, of a share ``27%``; a question mark for
        what is not known."""
        if figure is None:
            return "?"
        if self.name.startswith(DIVIDED):
            return f"÷ {figure:.2f}"
        return f"{figure:.0%}" if self.name == REINVESTED else f"{figure:+.0%}"

    @property
    def told(self) -> str:
        """What the figure rests on, for a person; empty where there is none."""
        if self.why or self.before is None or self.now is None:
            return ""
        then, now = ("saved", "put back") if self.unit == "minutes" else ("before", "now")
        rests = (
            f"{self.before:,} {self.unit} {then}, {self.now:,} {now}; {counted(self.basis, 'accepted piece')}"
        )
        return "; ".join(filter(None, (rests, self.caveat)))

    @property
    def missing_text(self) -> str:
        """What has to be there to measure it, or to measure it better."""
        return "; ".join(self.missing) or self.why

    @property
    def range_text(self) -> str:
        """The range that the figure may lie in, for a person."""
        if self.low is None:
            return ""
        return f"{self.shown(self.low)} {'or more' if self.high is None else f'to {self.shown(self.high)}'}"


def counted(count: int, thing: str) -> str:
    """A number of things in words: ``1 piece``, ``1,200 pieces``."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def rounded(value: Fraction) -> Decimal:
    """To two digits."""
    return round(Decimal(value.numerator) / value.denominator, 2)
