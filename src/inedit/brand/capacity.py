"""Whether a campaign has enough to say for all the texts that it asks for, and whether it says one thing twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from inedit.brand.registry import Registry
from inedit.brand.schema import Campaign, Insight
from inedit.model.errors import Issue

RETELLINGS = 5
"""Texts of one language that can tell one insight and still be different texts: five honest retellings of one note were
no copies of one another in any of ten pairs; of more there is no measurement."""

ALIKE = 0.6
"""Part of the shorter wording's runs of three words that a second insight has too, from which they are one insight."""
RUN = 3


def cells_and_insights(registry: Registry) -> Iterator[Issue]:
    """A warning for each campaign that asks for more texts than its insights can carry in a language: how many."""
    if not registry.insights.complete or len(registry.insights.entries) < len(registry.insights.names):
        return
    for campaign in registry.campaigns.entries.values():
        brief = campaign.value
        chosen = registry.insights.entries if brief.insights == "auto" else brief.insights
        insights = [
            registry.insights.entries[name].value for name in chosen if name in registry.insights.entries
        ]
        for index, tag in enumerate(brief.languages):
            worded = [insight for insight in insights if tag in insight.text]
            short, cells = _unfilled(brief, worded), _cells(brief) * len(brief.segments)
            if short and all(_speaks_to(segment, worded) for segment in brief.segments):
                lacking = -(-short // RETELLINGS)
                yield campaign.warning(
                    ("languages", index), "too-many-places",
                    f"The campaign asks for {cells} texts in '{tag}'; its insights can carry about "
                    f"{cells - short}, each retold {RETELLINGS} times. About {short} will be copies and be refused.",
                    f"Add {lacking} insight{'s' if lacking > 1 else ''} in '{tag}', or ask for fewer texts "
                    "(variants_per_cell, tones, channels).",
                )  # fmt: skip


def alike_insights(registry: Registry) -> Iterator[Issue]:
    """A warning for each insight that says what an earlier one says: two places would get one text."""
    by_run: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for found in registry.insights.entries.values():
        for tag, text in found.value.text.items():
            words = re.findall(r"\w+", text.casefold())
            runs = {(tag, *words[i : i + RUN]) for i in range(len(words) - RUN + 1)}
            shared = Counter(other for run in runs for other in by_run.get(run, ()))
            for run in runs:
                by_run.setdefault(run, []).append((found.value.id, text))
            other = next(
                (o for o, n in shared.most_common(1) if n >= ALIKE * min(len(runs), _runs(o[1]))), None
            )
            if other:
                yield found.warning(
                    ("text", tag), "alike-insights", f"This says almost what insight '{other[0]}' says.",
                    "Delete one of the two, or write what only this one has to say.",
                )  # fmt: skip
                break


def _speaks_to(segment: str, insights: Sequence[Insight]) -> bool:
    """Whether there is anything to say to these readers; that there is not is said elsewhere."""
    return any(not insight.segments or segment in insight.segments for insight in insights)


def _runs(text: str) -> int:
    return max(len(re.findall(r"\w+", text)) - RUN + 1, 1)


def _cells(brief: Campaign) -> int:
    """Texts of one segment in one language."""
    return len(brief.channels) * len(brief.tones) * brief.variants_per_cell


def _unfilled(brief: Campaign, insights: Sequence[Insight]) -> int:
    """Places of one language left when every insight is told :data:`RETELLINGS` times and no more.

    Insights of a segment's own are used up first; those for several segments go where they are needed.
    """
    needed = {segment: _cells(brief) * brief.insights_per_variant for segment in brief.segments}
    for insight in sorted(insights, key=lambda insight: len(insight.segments) or len(brief.segments)):
        left = RETELLINGS
        readers = [s for s in brief.segments if not insight.segments or s in insight.segments]
        for segment in sorted(readers, key=lambda segment: -needed[segment]):
            used = min(left, needed[segment])
            needed[segment] -= used
            left -= used
    return -(-sum(needed.values()) // brief.insights_per_variant)


def limits_leave_room(registry: Registry) -> Iterator[Issue]:
    """The parts of a channel, each as short as it may be, fit into the channel."""
    for found in registry.sheets.entries.values():
        channel = registry.channels.entries.get(found.value.channel)
        limit = channel.value.max_chars if channel else None
        least = sum(part.min_chars for part in found.value.parts)
        if limit is not None and least > limit:
            yield found.issue(
                ("parts",), "impossible-limits",
                f"The parts need {least} characters at least; channel '{found.value.channel}' carries {limit}.",
                "Lower min_chars here, or raise max_chars in channels.yaml.",
            )  # fmt: skip
