"""When a test may be read, what it then says in words, and what it teaches."""

from __future__ import annotations

import math
from datetime import date

import pytest

from fakes.experiments import a_design, a_file
from inedit.brand.preferences import PRIOR_SD
from inedit.insight_loop.experiments.design import Arm, Design
from inedit.insight_loop.experiments.figures import Figures, read_figures
from inedit.insight_loop.experiments.learning import BETWEEN_SD, learned
from inedit.insight_loop.experiments.readout import read
from inedit.insight_loop.experiments.words import describe


def figures(design: Design, *days: tuple[tuple[int, int], ...]) -> tuple[Figures, ...]:
    good, wrong = read_figures(a_file(*days), "f.csv", design, today=date(2026, 11, 29))
    assert not wrong
    return good


def test_a_fixed_test_is_read_once_at_its_size() -> None:
    """However clear it looks: not before, and by those days alone."""
    design = a_design()
    early = figures(design, ((900, 90), (900, 270)))
    reading = read(design, early)
    assert (reading.state, reading.winner, reading.versus) == ("running", "", ())
    assert learned([(design, early)]) == ()
    assert "90% of the 1,000 impressions" in describe(reading, "en")[0]
    assert "Trop tôt" in describe(reading, "fr")[0]
    late = figures(design, ((900, 90), (900, 90)), ((100, 10), (100, 14)), ((9000, 900), (9000, 2700)))
    reading = read(design, late)
    assert (reading.state, reading.winner, reading.until) == ("open", "", date(2026, 11, 2))
    assert reading.arms[1].judged.events == 104


def test_a_winner_in_words_with_its_interval() -> None:
    design = a_design(arms=(Arm("A", "testimony", (), 0.5), Arm("B", "how-to", (), 0.5)))
    reading = read(design, figures(design, ((1000, 100), (1000, 150))))
    assert (reading.state, reading.winner) == ("decided", "B")
    english, french = describe(reading, "en"), describe(reading, "fr")
    assert english[0] == "B (angle how-to) wins."
    assert french[0] == "B (l’angle how-to) gagne."
    assert english[1] == (
        "B (angle how-to) against A (angle testimony): +50% clicks per impression, between +21.1% and +79.2% with "
        "95% confidence (p < 0.001)."
    )
    assert "+50\u00a0% de clics par affichage" in french[1]
    assert "1 November 2026" in english[2] and "1 novembre 2026" in french[2]


def test_a_sequential_test_may_be_read_every_day_and_says_since_when() -> None:
    design = a_design(method="sequential")
    day = ((400, 40), (400, 80))
    assert read(design, figures(design, ((60, 6), (60, 20)))).state == "running"
    reading = read(design, figures(design, day, day, day))
    assert (reading.winner, reading.versus[0].since) == ("B", date(2026, 11, 1))
    assert "Shown since 1 November 2026" in " ".join(describe(reading, "en"))


def test_a_wrong_split_says_nothing_of_the_texts() -> None:
    design = a_design()
    skewed = figures(design, ((2000, 200), (2400, 600)))
    reading = read(design, skewed)
    assert (reading.state, reading.winner) == ("split", "")
    assert "not split as planned (A 2,000 / B 2,400" in describe(reading, "en")[0]
    assert "in 0% of" not in describe(reading, "en")[0]
    assert learned([(design, skewed)]) == ()


def test_of_several_arms_that_beat_the_first_none_is_called_best() -> None:
    arms = tuple(Arm(id, value, (), 1 / 3) for id, value in (("A", "x"), ("B", "y"), ("C", "z")))
    design = a_design(arms=arms)
    reading = read(design, figures(design, ((1000, 80), (1000, 150), (1000, 160))))
    assert reading.winner == "C"
    assert "Which of them is best was not tested" in describe(reading, "en")[0]
    worse = read(design, figures(design, ((1000, 200), (1000, 100), (1000, 90))))
    assert worse.winner == "A" and "beats all others" in describe(worse, "en")[0]


def test_no_results_few_clicks_and_other_differences_are_said() -> None:
    assert "No results yet" in describe(read(a_design(), ()), "en")[0]
    few = read(a_design(), figures(a_design(), ((1000, 2), (1000, 9))))
    assert few.state == "few" and "at least 5" in describe(few, "en")[0]
    confounded = a_design(confounded=("tone", "insight"))
    reading = read(confounded, figures(confounded, ((1000, 100), (1000, 104))))
    assert describe(reading, "fr")[-1].startswith(
        "Attention : les bras diffèrent aussi par le ton et l’observation."
    )


def test_the_effect_attaches_to_the_factor_weighted_over_tests() -> None:
    design = a_design()
    one = figures(design, ((10_000, 1000), (10_000, 1200)))
    how_to, testimony = learned([(design, one)])
    assert (how_to.value, testimony.value) == ("how-to", "testimony")
    assert how_to.effect == pytest.approx(math.log(1200.5 / 1000.5))
    assert how_to.effect == -testimony.effect
    assert how_to.error == pytest.approx(
        math.sqrt(1 / 1200.5 + 1 / 1000.5 - 2 / 10_000.5 + BETWEEN_SD**2), rel=1e-6
    )
    twice = learned([(design, one), (a_design(id="other"), one)])[0]
    assert twice.tests == ("spring-angle-1", "other")
    assert twice.error == pytest.approx(how_to.error / math.sqrt(2))
    mixed = learned([(a_design(confounded=("tone",)), one)])[0]
    assert mixed.error**2 == pytest.approx(how_to.error**2 + 2 * PRIOR_SD**2)
