"""Turns given to what did better in tests: more of it, coverage kept, the same for the same state."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fakes.brands import demo_project
from inedit.brand.explain_tests import explain_tests
from inedit.brand.preferences import Evidence, Preferences, Turn, preferred, seed_of
from inedit.model import VariantSpec
from inedit.planning import Narrowing, plan, reasons

TODAY = date(2026, 11, 29)
ROOT = Path(__file__).parents[3]
DAY = "2026-11-20"


def found(value: str, effect: float, error: float = 0.05, factor: str = "insight") -> Evidence:
    return Evidence(factor, value, ("winter-1",), 20_000, effect, error, DAY)


def dealt(count: int, pool: str = "abcdefgh") -> list[Turn]:
    return [Turn(f"v{n}", "fr", ("s", "fr"), (pool[n % len(pool)],), tuple(pool)) for n in range(count)]


def told(count: int, *evidence: Evidence, seed: str = "", exploration: float = 0.2) -> Counter[str]:
    preferences = Preferences(seed or seed_of("c", evidence), evidence, exploration)
    return Counter(value for given in preferred([dealt(count)], preferences, "insight") for value in given)


def test_without_tests_every_turn_stays() -> None:
    assert told(80) == Counter(dict.fromkeys("abcdefgh", 10))
    assert told(80, found("a", 0.3, factor="angle")) == Counter(dict.fromkeys("abcdefgh", 10))


@pytest.mark.parametrize("seed", ["1", "2", "3", "4"])
def test_what_did_better_is_told_more_and_what_did_worse_less(seed: str) -> None:
    """At most twice its own turns; nothing vanishes; what is little known moves little."""
    after = told(80, found("a", 0.15), found("b", -0.15), seed=seed)
    assert 15 <= after["a"] <= 20
    assert after["b"] < 8
    assert min(after.values()) >= 1 and sum(after.values()) == 80
    assert told(80, found("a", 0.02, 0.2), seed=seed)["a"] <= 12


def test_all_exploration_changes_nothing() -> None:
    assert told(80, found("a", 0.5), exploration=1.0) == Counter(dict.fromkeys("abcdefgh", 10))


def test_what_is_told_once_gives_way_only_to_what_nobody_tells() -> None:
    """Four turns, eight insights: four different ones before, four after."""
    for seed in map(str, range(20)):
        after = told(4, found("a", -0.5), found("b", 0.3), found("h", 0.4), seed=seed)
        assert len(after) == 4


def test_a_plan_is_the_same_for_the_same_state_and_narrowing_changes_nothing() -> None:
    brand = demo_project().brand
    campaign = brand.campaigns["collection-hiver"].model_copy(update={"languages": ("fr",)})
    base = plan(campaign, brand, TODAY)
    often = Counter(id for spec in base for id in spec.insight_ids).most_common()
    evidence = (found(often[0][0], -0.3), found(often[-1][0], 0.3), found(base[0].angle, 0.3, factor="angle"))
    preferences = Preferences(seed_of(campaign.id, evidence), evidence)
    changed = plan(campaign, brand, TODAY, None, preferences)
    assert changed != base and [spec.key for spec in changed] == [spec.key for spec in base]
    assert plan(campaign, brand, TODAY, None, preferences) == changed
    more = plan(campaign, brand, TODAY, Narrowing(variants_per_cell=9), preferences)
    assert set(changed) <= set(more)
    for language in campaign.languages:
        before, after = (
            {id for spec in specs if spec.language == language for id in spec.insight_ids}
            for specs in (base, changed)
        )
        assert len(after) >= len(before)
    spec, turn = next((a, b) for a, b in zip(changed, base, strict=True) if a.insight_ids != b.insight_ids)
    said = reasons(spec, brand, campaign, TODAY, preferences)
    assert re.match(
        rf"Insight '{spec.insight_ids[0]}' was chosen in the turn of '{turn.insight_ids[0]}'", said[0]
    )
    if spec.insight_ids[0] == often[-1][0]:
        assert "because of 1 test (winter-1; until 20 November 2026; 20,000 impressions): +35%" in said[0]
    assert Preferences.from_json({"seed": "s", "evidence": [], "exploration": 0.2}).evidence == ()


def test_an_angle_that_goes_with_another_insight_is_not_said_to_be_tried() -> None:
    """Nothing was tested of angles, so tests did not choose it."""
    turn = VariantSpec("winter", "email", "families", "fr", "warm", 0, "testimony", ("flood-1990",))
    spec = replace(turn, angle="how-to", insight_ids=("blue-thread",))
    evidence = (found("blue-thread", 0.4),)
    (said,) = explain_tests(spec, turn, Preferences("s", evidence))
    assert said.startswith("Insight 'blue-thread' was chosen in the turn of 'flood-1990'")
    both = Preferences("s", (*evidence, found("testimony", -0.4, factor="angle")))
    assert "Angle 'how-to' was chosen" in list(explain_tests(spec, turn, both))[1]
