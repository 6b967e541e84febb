"""Rules of the guard that a brand switches off."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from fakes.brand import tiny_brand
from inedit.brand.schema import RuleException


def test_a_rule_is_off_until_its_last_day() -> None:
    """The day itself counts, the next one no longer; without a day it stays off."""
    entries = (
        RuleException(
            off="green-claims", reason="We sell bicycle lamps to the trade.", until=date(2026, 12, 31)
        ),
        RuleException(off="superlatives.article", reason="LE is part of our name."),
    )
    brand = tiny_brand()
    brand = brand.model_copy(update={"identity": brand.identity.model_copy(update={"rules": entries})})
    assert brand.rules_off(date(2026, 12, 31)) == {"green-claims", "superlatives.article"}
    assert brand.rules_off(date(2027, 1, 1)) == {"superlatives.article"}
    assert tiny_brand().rules_off(date(2026, 12, 31)) == frozenset()


@pytest.mark.parametrize("entry", [{"off": "green-claims"}, {"off": "Green claims", "reason": "why"}])
def test_a_rule_is_switched_off_by_its_name_and_with_a_reason(entry: dict[str, str]) -> None:
    """Neither is optional."""
    with pytest.raises(ValidationError):
        RuleException.model_validate(entry)
