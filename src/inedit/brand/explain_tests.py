"""Why a variant was given what it was given where A/B tests had a say, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from inedit.brand.preferences import Evidence, Preferences
from inedit.model import VariantSpec

LISTED_TESTS = 3
"""Tests that a sentence names."""


def explain_tests(spec: VariantSpec, by_turn: VariantSpec, preferences: Preferences) -> Iterator[str]:
    """One sentence for each insight and the angle that was preferred to the one whose turn it was, and for each of the
    others that was tested. ``by_turn`` is the same variant as it would be without any test."""
    for factor, chosen, turns in (
        ("insight", spec.insight_ids, by_turn.insight_ids),
        ("angle", (spec.angle,), (by_turn.angle,)),
    ):
        if not preferences.knows(factor):
            continue
        gone = [value for value in turns if value not in chosen]
        for value in chosen:
            known = preferences.of(factor, value)
            if value in turns:
                if known:
                    yield f"{factor.capitalize()} '{value}' was tested: {found_of(known)}."
                continue
            whose = gone.pop(0) if gone else ""
            taken = f" in the turn of '{whose}'" if whose else ""
            before = preferences.of(factor, whose)
            why = f"because of {found_of(known)}" if known else "to try it: no test has had it yet"
            other = f"; of '{whose}': {found_of(before)}" if before else ""
            yield f"{factor.capitalize()} '{value}' was chosen{taken} {why}{other}."


def found_of(known: Evidence) -> str:
    """« 2 tests (a, b; until 12 March 2026; 24,310 impressions): 14 % more than the texts beside it (…) »."""
    middle, low, high = known.interval()
    names = ", ".join(known.tests[:LISTED_TESTS]) + (", …" if len(known.tests) > LISTED_TESTS else "")
    count = "1 test" if len(known.tests) == 1 else f"{len(known.tests)} tests"
    day = date.fromisoformat(known.until)
    return (
        f"{count} ({names}; until {day.day} {day:%B %Y}; {known.impressions:,} impressions): {middle:+.0%} beside the "
        f"other texts (90% interval {low:+.0%} to {high:+.0%})"
    )


def summary_of(preferences: Preferences, changed: int, planned: int) -> Iterator[tuple[str, str]]:
    """Name and value of each line that a plan shows of the tests, the surest findings first."""
    if not preferences.evidence:
        return
    dealt = [one for one in preferences.evidence if one.factor in ("insight", "angle")]
    if dealt:
        yield (
            "A/B tests",
            f"{changed} of {planned} variants are given something else than by turn, by Thompson sampling (seed "
            f"{preferences.seed}); {preferences.exploration:.0%} of the turns stay to go on learning. --by-turn plans "
            "without.",
        )
    for one in sorted(preferences.evidence, key=lambda one: -abs(one.effect / one.error)):
        advice = "" if one in dealt else "; the brief decides on it, the plan does not"
        yield f"{one.factor} {one.value}", f"{found_of(one)}{advice}"
