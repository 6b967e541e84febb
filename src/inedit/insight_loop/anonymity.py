"""How many people must say a thing before it may become an insight, and whether their words may be repeated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from inedit.insight_loop.verbatims import Verbatim

LEAST_PEOPLE = 5
"""Different authors behind an insight: of fewer, one could be recognised."""


@dataclass(frozen=True, slots=True)
class Anonymity:
    """Whether a set of verbatims may become an insight.

    ``people`` counts different authors (everybody unknown is one), ``quotable`` are the ids of the verbatims whose
    authors agreed to be quoted. Where there is none, the insight may be told in other words only.
    """

    people: int
    least: int
    quotable: tuple[str, ...]

    @property
    def enough(self) -> bool:
        """Whether enough people said it."""
        return self.people >= self.least

    @property
    def paraphrase_only(self) -> bool:
        """Whether nobody's words may be repeated."""
        return not self.quotable

    def sentence(self) -> str:
        """The decision in a sentence."""
        if not self.enough:
            return f"{self.people} of {self.least} people: too few, one of them could be recognised."
        quoting = (
            "no one agreed to be quoted: paraphrase" if self.paraphrase_only else "some agreed to be quoted"
        )
        return f"{self.people} people, enough; {quoting}."


def anonymity_of(verbatims: Iterable[Verbatim], least: int = LEAST_PEOPLE) -> Anonymity:
    """Whether what was said may become an insight (k-anonymity with ``least`` as its k)."""
    people, quotable = set(), []
    for verbatim in verbatims:
        people.add(verbatim.author)
        if verbatim.consent:
            quotable.append(verbatim.id)
    return Anonymity(len(people), least, tuple(quotable))
