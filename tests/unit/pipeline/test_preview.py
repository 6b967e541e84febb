"""What a model would read for one variant, and why."""

from __future__ import annotations

import pytest

from fakes.brand import TODAY, tiny_brand, tiny_campaign
from fakes.pipeline import templates
from inedit.brand.preferences import NO_PREFERENCES
from inedit.model.errors import WrongInput
from inedit.pipeline.preview import Preview, preview
from inedit.planning import Narrowing, plan, reasons


def previewed(narrowing: Narrowing) -> Preview:
    return preview(templates(), tiny_brand(), tiny_campaign(), TODAY, narrowing, NO_PREFERENCES)


def test_the_first_variant_that_is_left_is_shown() -> None:
    """As it is planned, with the prompt that a run would send and the reasons that a piece would be given."""
    found = previewed(Narrowing(languages=("es",), segments=("young",)))
    planned = [
        s for s in plan(tiny_campaign(), tiny_brand(), TODAY) if (s.language, s.segment) == ("es", "young")
    ]
    assert found.spec == planned[0]
    assert found.prompt.messages[0].content == "You write for Maison Orval."
    assert "Insight: Duermo como en casa de mi abuela" in found.prompt.messages[-1].content
    assert found.why == reasons(planned[0], tiny_brand(), tiny_campaign(), TODAY, NO_PREFERENCES)


def test_nothing_left_is_refused() -> None:
    """With what the campaign has."""
    with pytest.raises(WrongInput, match="nl"):
        previewed(Narrowing(languages=("nl",)))
