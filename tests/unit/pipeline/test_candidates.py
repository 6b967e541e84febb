"""Several texts in one answer: which of them comes first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from fakes.brand import TODAY, tiny_campaign, tiny_prompt, tiny_sheet
from fakes.pipeline import Guard, a_variant, brand_with_baseline
from inedit.guard.context import Context
from inedit.model import Draft, Usage
from inedit.pipeline.candidates import evaluate_each
from inedit.pipeline.evaluation import Surroundings

DIRECTIONS = {"linen": (1.0, 0.0), "wool": (0.0, 1.0), "both": (0.7, 0.7)}


def encode(texts: Sequence[str]) -> Any:
    """A direction for the last word of each text; of no word, none."""
    return np.array([DIRECTIONS[text.split()[-1].rstrip("!?")] for text in texts], np.float32)


def order(raw: Any, guard: Guard, **surroundings: Any) -> list[str]:
    """The texts of an answer as they come out."""
    context = Context(brand_with_baseline(), tiny_campaign(), tiny_sheet(), tiny_prompt(), TODAY)
    unread = Draft(a_variant(), {}, Usage("stub", 0, 0, 0, 0, 0.0), 1)
    answer = json.dumps({"candidates": raw})
    found = evaluate_each(answer, unread, context, Surroundings(**surroundings))
    return [json.loads(one.draft.parts["body"])["body"] if one.readable else "unread" for one in found]


def said(*bodies: str) -> list[dict[str, str]]:
    return [{"body": body} for body in bodies]


def test_the_accepted_text_farthest_from_its_siblings_comes_first(guard: Guard) -> None:
    """By the nearest sibling of each, whatever their order in the answer."""
    siblings = (("about", "linen"),)
    monotone = {"siblings": siblings, "encode": lambda texts: encode([_last(text) for text in texts])}
    assert order(said("of linen", "of both", "of wool"), guard, **monotone) == [
        "of wool",
        "of both",
        "of linen",
    ]
    between = {**monotone, "siblings": (("about", "linen"), ("about", "wool"))}
    assert order(said("of linen", "of both", "of wool"), guard, **between)[0] == "of both"


def _last(text: str) -> str:
    """The text of a body that still has its braces, as the stand-in for the guard leaves it."""
    return text.strip('"}')


@pytest.mark.parametrize("surroundings", [{}, {"siblings": (("linen",),)}, {"encode": encode}])
def test_without_siblings_or_an_encoder_the_answers_order_holds(guard: Guard, surroundings: Any) -> None:
    """All are as far."""
    assert order(said("of linen", "of wool", "of both"), guard, **surroundings) == [
        "of linen", "of wool", "of both",
    ]  # fmt: skip


def test_refused_texts_come_after_by_how_little_blocks_them(guard: Guard) -> None:
    """What wants a person blocks nothing; what cannot be read comes last."""
    raw = said("#", "two !!", "one !", "doubted ?", "good")
    assert order(raw, guard) == ["good", "doubted ?", "one !", "two !!", "unread"]
