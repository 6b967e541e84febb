"""« Vers 18 heures » may be a quarter of an hour off, not a tenth of the minutes since midnight."""

from __future__ import annotations

from datetime import date

import pytest

from fakes.brands import unseen_brand
from inedit.guard.judge import FinishedText, checks_for, finished_draft, judge
from inedit.guard.nlp.arithmetic import ABOUT_AN_HOUR, same_amount
from inedit.guard.nlp.quantities import find_quantities
from inedit.model import Severity

SAILINGS = (
    ("fr", "Le Nordet part de Port-Kerven le mardi et le vendredi vers {}.", "22 h 30", "21 h 30"),
    ("en", "The Nordet leaves Port-Kerven on Tuesdays and Fridays at about {}.", "10.45pm", "9.30pm"),
    ("de", "Die Nordet legt dienstags und freitags gegen {} Uhr in Port-Kerven ab.", "22.30", "21.30"),
    ("es", "El Nordet sale de Port-Kerven los martes y los viernes hacia las {}.", "22:30", "21:30"),
    ("it", "Il Nordet parte da Port-Kerven il martedì e il venerdì verso le {}.", "22:30", "21:30"),
)
"""It leaves at 22:40."""


@pytest.mark.parametrize(("language", "text", "near", "far"), SAILINGS)
def test_an_hour_is_told_about_a_quarter_off(language: str, text: str, near: str, far: str) -> None:
    for told, stopped in ((near, False), (far, True)):
        written = FinishedText({"text": text.format(told)}, language, "social")
        draft, context = finished_draft(written, unseen_brand("traverse"), date(2026, 12, 1))
        found = judge(draft, context, checks_for(written)).findings
        assert any(f.severity is Severity.BLOCK for f in found) is stopped, told


@pytest.mark.parametrize(
    ("given", "said", "same"),
    [
        ("6pm", "about 6.15pm", True),
        ("6pm", "about 6.16pm", False),
        ("6pm", "about 5.45pm", True),
        ("6pm", "about 7pm", False),
        ("6pm", "6.10pm", False),
        ("6pm", "18:00", True),
        ("8am to 6pm", "about 6.10pm", False),
    ],
)
def test_minutes_between_two_moments(given: str, said: str, same: bool) -> None:
    mine, theirs = (
        find_quantities(f"It opens {said}.", "en")[-1],
        find_quantities(f"It opens {given}.", "en")[-1],
    )
    assert ABOUT_AN_HOUR == 15
    assert same_amount(theirs, mine, 2026) is same
