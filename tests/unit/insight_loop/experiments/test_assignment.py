"""Arms that differ in one thing, and a split that anybody can compute."""

from __future__ import annotations

import hashlib

import pytest

from fakes.experiments import a_design, a_piece
from inedit.insight_loop.experiments.assignment import assign, explicit
from inedit.insight_loop.experiments.split import arm_of, position
from inedit.model.errors import WrongInput


def test_arms_are_alike_in_everything_but_the_factor() -> None:
    """Each cell gives each arm as many texts; what has no counterpart stays out."""
    pieces = [
        a_piece(0), a_piece(1, angle="how-to"),
        a_piece(2, tone="wry"), a_piece(3, tone="wry", angle="how-to"), a_piece(4, tone="wry", angle="how-to"),
        a_piece(5, language="de", angle="how-to"),
    ]  # fmt: skip
    found = assign(pieces, "angle", values=("testimony", "how-to"))
    assert [arm.value for arm in found.arms] == ["testimony", "how-to"]
    assert [len(arm.pieces) for arm in found.arms] == [2, 2]
    assert found.confounded == ()
    assert len(found.left_out) == 2
    assert assign(pieces, "angle").arms[0].id == "A"


def test_what_else_differs_is_named() -> None:
    """Only where no texts are alike in the rest."""
    found = assign([a_piece(0), a_piece(1, angle="how-to", insight_ids=("flood",))], "angle")
    assert found.confounded == ("insight",)
    both = assign([a_piece(0), a_piece(1, angle="how-to", tone="wry", insight_ids=("flood",))], "angle")
    assert both.confounded == ("tone", "insight")
    with pytest.raises(WrongInput, match="No two accepted texts for the same readers"):
        assign([a_piece(0), a_piece(1, angle="how-to", segment="retirees")], "angle")
    with pytest.raises(WrongInput, match="No accepted text has the tone 'loud'"):
        assign([a_piece(0)], "tone", values=("loud", "warm"))


def test_arms_of_a_persons_choice() -> None:
    old, new = a_piece(0), a_piece(1, language="de")
    found = explicit([old, new], "template", {"old": [old.id[:8]], "new": [new.id[:8]]})
    assert [(arm.value, arm.pieces) for arm in found.arms] == [("old", (old.id,)), ("new", (new.id,))]
    assert found.confounded == ("language",)
    with pytest.raises(WrongInput, match="in two arms"):
        explicit([old, new], "template", {"old": [old.id], "new": [old.id]})


def test_the_split_is_the_documented_hash_and_follows_the_shares() -> None:
    digest = hashlib.sha256(b"spring-angle-1:c-17").hexdigest()
    assert position("spring-angle-1", " C-17 ") == int(digest[:8], 16) / 2**32
    arms = a_design().arms
    given = [arm_of("spring-angle-1", f"c{n}", arms).id for n in range(4000)]
    assert abs(given.count("A") - 2000) < 130
    assert given != [arm_of("another", f"c{n}", arms).id for n in range(4000)]
