"""What a run came to, with what each piece cost and saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from inedit.guard.evidence.coherence import Incoherence
from inedit.guard.similarity.diversity import Diversity, diversity_of
from inedit.guard.similarity.sameness import Pattern
from inedit.guard.similarity.spread import Spread
from inedit.model import Piece, Status
from inedit.pipeline.tally import Tally, tally_of, told_by
from inedit.pipeline.task import Event


@dataclass(frozen=True)
class Run:
    """What a run came to. ``stopped`` says why it ended early (empty: it is complete).

    The pieces may be read from the store each time that they are looked through: :attr:`tally` counts them once.
    """

    id: str
    campaign_id: str
    planned: int
    pieces: Sequence[Piece]
    kept: int = 0  # of them, how many another run had made
    outdated: int = 0  # kept ones that were written for an earlier version of the brief
    stopped: str = ""
    refusals: tuple[Event, ...] = ()  # every draft that was sent back in this run, with its findings
    eligible_insights: tuple[str, ...] = ()  # what the brand could tell in this campaign
    diversity: Mapping[str, Diversity] = field(default_factory=dict)  # of the accepted pieces, by language
    sameness: Mapping[str, tuple[Pattern, ...]] = field(default_factory=dict)  # what too many of them share
    spread: Mapping[str, Spread] = field(default_factory=dict)  # how far apart they lie, by language
    generic_spread: Mapping[str, Spread] = field(default_factory=dict)  # the generic texts of the same brief
    candidates: int = 1  # texts that a call asked for
    copy_edit: bool = False  # whether the model went over what the guard accepted
    incoherences: tuple[Incoherence, ...] = ()  # where accepted pieces of the campaign offer something else

    @cached_property
    def tally(self) -> Tally:
        """What the pieces come to."""
        return tally_of(self.pieces, self.id)

    @property
    def insight_use(self) -> float:
        """Share of the insights supplied to the run's pieces that left a receipt in an accepted one, 0 to 1."""
        supplied = self.tally.supplied
        return len(supplied & self.tally.evidenced) / len(supplied) if supplied else 1.0

    @property
    def insight_coverage(self) -> float:
        """Share of all insights that the campaign could tell that left a receipt in an accepted piece, 0 to 1."""
        eligible = set(self.eligible_insights)
        return len(eligible & self.tally.evidenced) / len(eligible) if eligible else 1.0

    @property
    def unused_insights(self) -> tuple[str, ...]:
        """Insights that the campaign could tell and no accepted piece does, in the brand's order."""
        return tuple(id for id in self.eligible_insights if id not in self.tally.evidenced)

    def originality(self) -> dict[str, float | None]:
        """The median over the accepted pieces of each figure of originality; None where nothing was measured."""
        return dict(self.tally.originality)

    def count(self, status: Status) -> int:
        """How many pieces have this status."""
        return self.tally.statuses.get(status, 0)


def diversity_by_language(
    pieces: Iterable[Piece], common: Callable[[str], Sequence[str]]
) -> dict[str, Diversity]:
    """How various the accepted pieces of each language are as a set.

    ``common`` gives the texts of the brand that any piece in a language may repeat.
    """
    texts: dict[str, list[str]] = {}
    told: dict[str, list[frozenset[str]]] = {}
    known: dict[frozenset[str], frozenset[str]] = {}  # many tell the same
    for piece in pieces:
        if piece.status is Status.ACCEPTED:
            insights = told_by(piece)
            texts.setdefault(piece.spec.language, []).append(piece.text)
            told.setdefault(piece.spec.language, []).append(known.setdefault(insights, insights))
    return {
        language: diversity_of(listed, language, common(language), told[language])
        for language, listed in texts.items()
    }


def accepted_by_language(pieces: Sequence[Piece]) -> dict[str, list[Piece]]:
    """The accepted pieces, by language."""
    accepted: dict[str, list[Piece]] = {}
    for piece in pieces:
        if piece.status is Status.ACCEPTED:
            accepted.setdefault(piece.spec.language, []).append(piece)
    return accepted
