"""A small count proves nothing by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.brand import body, tiny_context
from inedit.guard.evidence.receipts import find_receipts


@pytest.mark.parametrize(
    ("count", "text", "shown"),
    [
        (12, "Upstairs, 12 cats sleep.", False),
        (13, "Upstairs, 13 cats sleep.", True),
        (12, "In the attic 12 cats sleep.", True),  # two words of the fact beside it
        (3, "We met 3 people.", False),
    ],
)
def test_a_count_up_to_twelve_needs_two_words_of_the_fact(count: int, text: str, shown: bool) -> None:
    """Every text has three of something."""
    context = tiny_context("en")
    known = context.brand.insights["odette"].model_copy(
        update={"text": {"en": f"Odette keeps {count} cats in the attic."}, "evidence": {}}
    )
    context = replace(context, brand=context.brand.model_copy(update={"insights": {"odette": known}}))
    found = find_receipts(body(text, "en", claim_ids=()), context)
    assert any(receipt.how == "figure" for receipt in found) is shown
