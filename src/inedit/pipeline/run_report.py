"""What a run came to: one report that the terminal, ``--json`` and the Prefect UI all show.

Presenters choose how it looks, and say nothing of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from inedit.brand.schema import Baseline
from inedit.generation.weights import weak_languages
from inedit.guard.similarity.diversity import Diversity
from inedit.ledger import BudgetState, Summary, shown
from inedit.model import Approval, Piece, Severity, Status, as_json
from inedit.pipeline.accounting import piece_as_json
from inedit.pipeline.coherence import coherence_line
from inedit.pipeline.forecast import listed
from inedit.pipeline.manner import sameness_lines, spread_lines
from inedit.pipeline.run import Run
from inedit.pipeline.task import Pipeline

APPROVALS: dict[Approval | None, str] = {
    Approval.PENDING: "awaiting approval",
    Approval.CHANGES_REQUESTED: "sent back",
    Approval.REJECTED: "not approved",
}
"""How a piece is counted whose approval says more than its status."""

DISTANCES = (
    ("mirror distance", "mirror_distance", "in topic from what anybody would get without your data"),
    ("brief distance", "brief_distance", "in topic from the nearest text of the brief"),
    ("sibling novelty", "sibling_novelty", "beside the campaign's own texts"),
    ("archive novelty", "archive_novelty", "beside earlier campaigns"),
)
"""Figures of originality that are distances: name, field of :class:`~inedit.model.Originality`, what they say."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a report. ``alarming`` ones need somebody's attention."""

    name: str
    text: str
    alarming: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """Parked pieces that nobody has spent time on, and the minutes that their baselines expect a person to spend.

    ``unvalued`` of them have no baseline: their minutes are not in it.
    """

    pieces: int = 0
    minutes: float = 0.0
    unvalued: int = 0


NOTHING_TO_READ = Reading()


@dataclass(frozen=True, slots=True)
class RunReport:
    """A run with what the ledger says of it."""

    run: Run
    model: str
    prompts: str  # the style of the prompts
    ledger: Summary
    budgets: tuple[BudgetState, ...] = ()
    reading: Reading = NOTHING_TO_READ
    advisor: str = ""  # who was asked about what the guard accepted; empty: nobody

    @property
    def accepted(self) -> tuple[Piece, ...]:
        """The pieces that were accepted."""
        return tuple(piece for piece in self.run.pieces if piece.status is Status.ACCEPTED)

    @property
    def parked(self) -> tuple[Piece, ...]:
        """The pieces that are not: a person has to look at each, with its reason."""
        return tuple(piece for piece in self.run.pieces if piece.status is not Status.ACCEPTED)

    @property
    def minutes_saved(self) -> float | None:
        """Expected minutes against the baseline; None when no piece has one."""
        saved = self.run.tally.minutes
        return None if saved is None else round(saved, 1)

    @property
    def minutes_saved_when_read(self) -> float | None:
        """What is left of them when people have read what is parked, at the minutes that baselines expect."""
        if self.minutes_saved is None and not self.reading.minutes:
            return None
        return round((self.minutes_saved or 0.0) - self.reading.minutes, 1)

    @property
    def refused_for(self) -> Counter[str]:
        """How often each check stood in the way of a draft."""
        return Counter(
            finding.check
            for event in self.run.refusals
            for finding in event.findings
            if finding.severity is not Severity.NOTE
        )

    @property
    def marked_by_advisor(self) -> int:
        """Pieces that an advisor has something against, which a person has not decided yet."""
        return self.run.tally.doubted

    @property
    def not_advised(self) -> int:
        """Pieces of this run that the advisor could not be asked about, or whose answer could not be read."""
        return self.run.tally.unadvised

    def facts(self) -> tuple[Fact, ...]:
        """The figures of the run, whatever its size, in the order in which people ask for them."""
        run = self.run
        states: Counter[str] = Counter()
        for (status, approval), count in run.tally.states.items():
            states[APPROVALS.get(approval, status.value)] += count
        counts = [f"{count} {state}" for state, count in states.most_common()]
        facts = [Fact("pieces", f"{', '.join(counts) or 'none'} of {run.planned} planned")]
        weak = weak_languages(self.model, run.tally.languages)
        facts += [
            Fact("language", f"{self.model} seldom writes '{language}' that the checks accept ({measured}): choose "
                 "a larger model for it", alarming=True)
            for language, measured in weak.items()
        ]  # fmt: skip
        if run.kept:
            facts.append(Fact("from earlier runs", f"{run.kept} kept, nothing paid again"))
        if run.outdated:
            outdated = f"{run.outdated} were written for an earlier brief; a refresh writes them again"
            facts.append(Fact("older brief", outdated))
        if run.count(Status.ACCEPTED):
            untold = f"; not told: {listed(run.unused_insights)}" if run.unused_insights else ""
            facts += [
                Fact("insights used", f"{run.insight_use:.0%} of those supplied left a receipt"),
                Fact("insights covered", f"{run.insight_coverage:.0%} of the campaign's{untold}"),
                *originality_facts(run.originality(), run.diversity),
                *(Fact(*line) for line in (*spread_lines(run), *sameness_lines(run.sameness))),
            ]
        if line := coherence_line(run.incoherences):
            facts.append(Fact("coherence", line, alarming=True))
        if self.advisor:
            unasked = self.not_advised
            without = f"; {unasked} without its advice: see their notes" if unasked else ""
            doubts = f"{self.advisor} has something to say of {self.marked_by_advisor} pieces{without}"
            facts.append(Fact("advisor", doubts, alarming=bool(unasked)))
        if run.copy_edit:
            of = f"{run.tally.copy_edited} of {run.tally.got_in} pieces accepted or awaiting approval"
            facts.append(Fact("copy edit", f"{of} have the edited text"))
        facts.append(Fact("ledger", ledger_line(self.ledger)))
        facts += [Fact("budget", state.told, alarming=state.left_micros < 0) for state in self.budgets]
        facts += self._saved()
        several = f", {run.candidates} texts per call" if run.candidates > 1 else ""
        facts += [Fact("prompts", f"{self.prompts}, with {self.model}{several}"), Fact("run", run.id)]
        return tuple(facts)

    def _saved(self) -> tuple[Fact, ...]:
        """Both figures where pieces are parked, the pessimistic one first."""
        reading, left = self.reading, self.minutes_saved_when_read
        if left is None:
            return ()
        text = f"{left:.0f} minutes against the baseline (expected)"
        if reading.pieces:
            rest = f"; no baseline for {reading.unvalued} of them" if reading.unvalued else ""
            pieces = "1 parked piece has" if reading.pieces == 1 else f"{reading.pieces} parked pieces have"
            text += (
                f", when the {pieces} been read{rest}; {self.minutes_saved or 0:.0f} as long as nobody does"
            )
        return (Fact("time saved", text),)

    def pieces_as_json(self) -> Iterator[dict[str, Any]]:
        """The run's pieces, one after the other, as they stand now: the totals were counted before."""
        return map(piece_as_json, self.run.pieces)

    def as_json(self, *, with_pieces: bool = True) -> dict[str, Any]:
        """The run as ``produce --json`` gives it: run id, pieces, refusals, totals.

        Of many pieces the list takes some 10 KB each: who writes one at a time goes without, and has them from
        :meth:`pieces_as_json`.
        """
        run = self.run
        return {
            "run_id": run.id,
            "campaign_id": run.campaign_id,
            "model": self.model,
            "prompts": self.prompts,
            "advisor": self.advisor,
            "candidates": run.candidates,
            "copy_edit": run.copy_edit,
            "stopped": run.stopped,
            "pieces": list(self.pieces_as_json()) if with_pieces else [],
            "refusals": [
                {
                    "spec": as_json(event.spec),
                    "attempt": event.attempt,
                    "findings": [as_json(finding) for finding in event.findings],
                }
                for event in run.refusals
            ],
            "totals": {
                "planned": run.planned,
                **{status.value: run.count(status) for status in Status},
                "kept": run.kept,
                "outdated": run.outdated,
                "insight_use": run.insight_use,
                "insight_coverage": run.insight_coverage,
                "untold_insights": list(run.unused_insights),
                "originality": run.originality(),
                "diversity": {language: asdict(figures) for language, figures in run.diversity.items()},
                "sameness": {
                    language: [{**asdict(pattern), "texts": pattern.texts} for pattern in found]
                    for language, found in run.sameness.items()
                },
                "spread": {language: asdict(figures) for language, figures in run.spread.items()},
                "generic_spread": {
                    language: asdict(figures) for language, figures in run.generic_spread.items()
                },
                "incoherences": [asdict(one) for one in run.incoherences],
                "minutes_saved_when_read": self.minutes_saved_when_read,
                "minutes_saved": self.minutes_saved,
                "to_read": asdict(self.reading),
                "doubted_by_advisor": self.marked_by_advisor,
                "not_advised": self.not_advised,
                "copy_edited": run.tally.copy_edited,
                "ledger": self.ledger.as_json(),
                "budgets": [{**state.as_json(), "told": state.told} for state in self.budgets],
            },
        }


def report_of(run: Run, pipeline: Pipeline) -> RunReport:
    """The report on a run that is over."""
    ledger = pipeline.ledger
    budgets = tuple(ledger.budgets_of_run(run.id, run.campaign_id))
    return RunReport(
        run,
        pipeline.metered_model.model.model,
        pipeline.templates.style,
        ledger.summary(run_id=run.id),
        budgets,
        reading_of(run.tally.unread, pipeline.brand.baseline),
        advisor=pipeline.advisor.model if pipeline.advisor else "",
    )


def reading_of(
    unread: Mapping[tuple[str, str], int], baseline_of: Callable[[str, str], Baseline | None]
) -> Reading:
    """What the parked pieces that nobody has spent minutes on are expected to take, by channel and language."""
    minutes, unvalued = 0.0, 0
    for (channel, language), count in unread.items():
        baseline = baseline_of(channel, language)
        if baseline is None:
            unvalued += count
        else:
            minutes += count * float(baseline.review_minutes.expected)
    return Reading(sum(unread.values()), round(minutes, 1), unvalued)


def originality_facts(
    medians: Mapping[str, float | None], diversity: Mapping[str, Diversity]
) -> tuple[Fact, ...]:
    """Each figure of a set of pieces on a line of its own: they mean different things and are never averaged."""
    facts = [
        Fact(name, f"{value:.2f} {meaning} (median; 0 the same, 1 nothing in common)")
        for name, key, meaning in DISTANCES
        if (value := medians[key]) is not None
    ]
    if (pasted := medians["paste_share"]) is not None:
        facts.append(
            Fact("pasted words", f"{pasted:.0%} stand word for word in what the model was given (median)")
        )
    various = [
        f"{language} {figures.messages} messages in {figures.texts} texts, {figures.distinct} distinct, "
        f"compresses {figures.compression_ratio:.1f} times"
        for language, figures in diversity.items()
        if figures.compression_ratio is not None
    ]
    return (*facts, *([Fact("variety", "; ".join(various))] if various else []))


def ledger_line(ledger: Summary) -> str:
    """One line of the ledger: calls, tokens, cost, and what finance must look at."""
    costs = ", ".join(shown(micros, currency) for currency, micros in ledger.cost_micros.items())
    line = (
        f"{ledger.calls:,} calls, {ledger.input_tokens:,} tokens in ({ledger.cached_tokens:,} cached), "
        f"{ledger.output_tokens:,} out, {costs or 'no cost'}"
    )
    if ledger.unknown_price_calls:
        line += f"; {ledger.unknown_price_calls} calls of unknown price"
    if ledger.possibly_billed:
        line += f"; {ledger.possibly_billed} possibly billed"
    return line
