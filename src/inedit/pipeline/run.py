"""What a run came to, with what each piece cost and saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from statistics import median

from inedit.guard.evidence.coherence import Incoherence
from inedit.guard.similarity.diversity import Diversity, diversity_of
from inedit.guard.similarity.sameness import Pattern
from inedit.guard.similarity.spread import Spread
from inedit.model import Originality, Piece, Status
from inedit.pipeline.task import Event

ORIGINALITY_FIGURES = tuple(field.name for field in fields(Originality))


@dataclass(frozen=True, slots=True)
class Run:
    """What a run came to. ``stopped`` says why it ended early (empty: it is complete)."""

    id: str
    campaign_id: str
    planned: int
    pieces: tuple[Piece, ...]
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

    @property
    def insight_use(self) -> float:
        """Share of the insights supplied to the run's pieces that left a receipt in an accepted one, 0 to 1."""
        supplied = {insight for piece in self.pieces for insight in piece.spec.insight_ids}
        return len(supplied & self._evidenced) / len(supplied) if supplied else 1.0

    @property
    def insight_coverage(self) -> float:
        """Share of all insights that the campaign could tell that left a receipt in an accepted piece, 0 to 1."""
        eligible = set(self.eligible_insights)
        return len(eligible & self._evidenced) / len(eligible) if eligible else 1.0

    @property
    def unused_insights(self) -> tuple[str, ...]:
        """Insights that the campaign could tell and no accepted piece does, in the brand's order."""
        return tuple(id for id in self.eligible_insights if id not in self._evidenced)

    def originality(self) -> dict[str, float | None]:
        """The median over the accepted pieces of each figure of originality; None where nothing was measured."""
        return originality_of(self.pieces)

    @property
    def _evidenced(self) -> set[str]:
        """Insights that an accepted piece has a receipt of."""
        return {id for piece in self.pieces if piece.status is Status.ACCEPTED for id in told_by(piece)}

    def count(self, status: Status) -> int:
        """How many pieces have this status."""
        return sum(piece.status is status for piece in self.pieces)


def originality_of(pieces: Sequence[Piece]) -> dict[str, float | None]:
    """The median over the accepted pieces of each figure of originality; None where nothing was measured."""
    accepted = [piece.verdict.originality for piece in pieces if piece.status is Status.ACCEPTED]
    found = {
        name: [value for each in accepted if (value := getattr(each, name)) is not None]
        for name in ORIGINALITY_FIGURES
    }
    return {name: median(values) if values else None for name, values in found.items()}


def diversity_by_language(
    pieces: Sequence[Piece], common: Callable[[str], Sequence[str]]
) -> dict[str, Diversity]:
    """How various the accepted pieces of each language are as a set.

    ``common`` gives the texts of the brand that any piece in a language may repeat.
    """
    return {
        language: diversity_of(
            [piece.text for piece in listed], language, common(language), [told_by(piece) for piece in listed]
        )
        for language, listed in accepted_by_language(pieces).items()
    }


def accepted_by_language(pieces: Sequence[Piece]) -> dict[str, list[Piece]]:
    """The accepted pieces, by language."""
    accepted: dict[str, list[Piece]] = {}
    for piece in pieces:
        if piece.status is Status.ACCEPTED:
            accepted.setdefault(piece.spec.language, []).append(piece)
    return accepted


def told_by(piece: Piece) -> frozenset[str]:
    """The insights that a piece has a receipt of."""
    return frozenset(r.source_id for r in piece.verdict.receipts if r.kind == "insight")
