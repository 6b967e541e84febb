"""The mirror check: what anybody would get from the model without the brand's data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from fakes.brand import LANGUAGES, body, tiny_context, tiny_sheet
from inedit.guard.checks.mirror import not_generic
from inedit.guard.context import Nearness
from inedit.guard.similarity.generic import REACH, GenericTexts, Reflection, Vectors, reach, reflect
from inedit.model import Draft, Finding, Severity

SHEET = tiny_sheet()


def mirror_findings(
    draft: Draft, reflection: Reflection | None, generic: GenericTexts, *, unused: str = ""
) -> tuple[Finding, ...]:
    """What the check has to say where these generic texts are known."""
    near = Nearness(generic, reflection, unused_insight=unused)
    return not_generic(draft, replace(tiny_context(draft.spec.language), nearness=near))


TOPICS = ("linen", "repair", "storm", "sale")
ENCODER = "use-multilingual-v3"


def by_topic(texts: Sequence[str]) -> Vectors:
    """Unit vectors that count the topics a text names: what the real encoder does, in four dimensions."""
    rows = np.array([[text.count(topic) for topic in TOPICS] for text in texts], dtype=np.float32)
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


ORDINARY = ("Our linen is here. Our linen repair lasts.", "A repair of linen. Buy our linen now.")


def test_a_text_about_what_everybody_writes_about_goes_back() -> None:
    """By meaning alone: no sentence is shared, and the nearest sentences are shown."""
    baselines = GenericTexts.of(ORDINARY, by_topic)
    draft = body("Think of linen. You will love how linen takes a repair.", "en")
    reflection = reflect(draft, SHEET, baselines, by_topic)
    (finding,) = mirror_findings(draft, reflection, baselines, unused="The storm of 1999 took the roof.")
    assert finding.severity is Severity.BLOCK
    assert reflection.distance < 0.05
    assert "The storm of 1999 took the roof." in finding.remedy
    nearest = reflection.nearest
    assert (finding.matches[0].piece_id, finding.matches[0].other_text) == (
        f"mirror:{nearest + 1}",
        ORDINARY[nearest],
    )
    assert finding.span.of(draft.text) in draft.text


def test_a_text_about_something_else_passes() -> None:
    """Far from every baseline, with the distance told."""
    baselines = GenericTexts.of(ORDINARY, by_topic)
    draft = body("The storm took the roof. Another storm followed.", "en")
    reflection = reflect(draft, SHEET, baselines, by_topic)
    assert mirror_findings(draft, reflection, baselines) == ()
    assert reflection.distance == pytest.approx(1.0)


def test_a_copied_baseline_goes_back_whatever_the_encoder_thinks() -> None:
    """The words decide too: an encoder that sees nothing in common does not hide a copy."""
    text = "Every sheet that leaves our house has been cut, hemmed and folded by the same two hands since spring."
    baselines = GenericTexts.of([text, "Something else altogether, about a sale."], by_topic)
    draft = body(text.replace("spring", "winter"), "en")
    (finding,) = mirror_findings(draft, reflect(draft, SHEET, baselines, by_topic), baselines)
    assert finding.matches[0].signal != "mirror"
    assert finding.matches[0].other_text == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_remedy_is_in_the_language_being_written(language: str) -> None:
    """With a fact to start from, and without one when there is none left."""
    baselines = GenericTexts.of(ORDINARY, by_topic)
    draft = body("linen linen repair", language)
    reflection = reflect(draft, SHEET, baselines, by_topic)
    (with_fact,) = mirror_findings(draft, reflection, baselines, unused="Fait 1921.")
    (without,) = mirror_findings(draft, reflection, baselines)
    assert "Fait 1921." in with_fact.remedy
    assert without.remedy != with_fact.remedy
    (english,) = mirror_findings(body("linen linen repair", "en"), reflection, baselines)
    assert language == "en" or without.remedy != english.remedy


def test_without_baselines_nothing_is_said() -> None:
    """No baseline, no distance: unknown is not near."""
    none = GenericTexts.of((), by_topic)
    assert reflect(body("linen", "en"), SHEET, none, by_topic) is None
    assert mirror_findings(body("linen", "en"), None, none) == ()


def test_reach_is_that_of_the_loosest_baseline_within_bounds() -> None:
    """A stray baseline does not pull everything in, and identical ones do not let everything else out."""
    tight = by_topic(["linen", "linen", "linen"])
    stray = by_topic(["linen", "linen", "storm"])
    least, most = REACH[ENCODER]
    assert reach(tight, ENCODER) == pytest.approx(most)
    assert reach(stray, ENCODER) == pytest.approx(least)
    assert reach(tight) == pytest.approx(1.0)
    assert reach(stray) == pytest.approx(0.0)
    assert reach(by_topic(["linen"]), ENCODER) == most


def test_the_order_of_the_baselines_does_not_matter() -> None:
    """The same distance and the same decision, whichever was asked for first."""
    draft = body("linen and a repair and a storm", "en")
    found = [
        (reflect(draft, SHEET, b, by_topic).distance, b.reach)
        for b in (GenericTexts.of(ORDINARY, by_topic), GenericTexts.of(ORDINARY[::-1], by_topic))
    ]
    assert found[0] == pytest.approx(found[1])
