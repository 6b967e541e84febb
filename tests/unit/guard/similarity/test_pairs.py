"""The scripting interface: rows in, verdicts out, a clear word for a malformed row."""

from __future__ import annotations

import json
from typing import Any

import pytest

from inedit.guard.similarity import pairs
from inedit.model.errors import WrongInput

ROW = {
    "id": "r1",
    "lang": "en",
    "text_a": "Our bakers rise at four so that your bread is still warm when the first tram passes under your window.",
    "text_b": "Our bakers get up at four so that your loaf is still warm when the first tram passes under your window.",
}


def test_a_row_gets_its_verdict() -> None:
    """The answer carries the id, the decision, the score beside its threshold, and spans of text_a."""
    (verdict,) = pairs([ROW])
    assert verdict["id"] == "r1"
    assert verdict["copy"] is True
    assert verdict["score"] >= verdict["threshold"]
    span = verdict["spans"][0]
    assert ROW["text_a"][slice(*span["a"])] == span["text"]
    assert json.loads(json.dumps(verdict)) == verdict


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"text_a": None}, "row 1 (id r1): 'text_a' must be a text, not missing"),
        ({"text_b": 3}, "'text_b' must be a text, not int"),
        ({"text_b": ""}, "'text_b' must be a text, not empty"),
        ({"lang": None}, "'lang' must be a text"),
        ({"siblings": "one"}, "'siblings' must be a list of texts"),
        ({"siblings": [1]}, "'siblings' must be a list of texts"),
        ({"brief": ["one"]}, "'brief' must be a text, not list"),
        ({"id": None}, "row 1: 'id' must be"),
        ({"id": True}, "row 1: 'id' must be"),
    ],
)
def test_a_malformed_row_is_named(change: dict[str, Any], says: str) -> None:
    """What is wrong, in which row and field."""
    with pytest.raises(WrongInput) as error:
        list(pairs([{**ROW, **change}]))
    assert says in str(error.value)


def test_the_second_row_is_counted_as_the_second() -> None:
    """Messages count rows from 1."""
    with pytest.raises(WrongInput, match="row 2 "):
        list(pairs([ROW, {**ROW, "text_a": None}]))


def test_the_cosine_is_asked_only_where_it_helps() -> None:
    """Between texts of one spaced language no vector is needed; between two languages it is."""
    asked = []

    def cosine(a: str, b: str) -> float:
        asked.append((a, b))
        return 0.9

    list(pairs([ROW], cosine))
    assert asked == []
    (verdict,) = pairs([{**ROW, "lang": "en-fr"}], cosine)
    assert asked == [(ROW["text_a"], ROW["text_b"])]
    assert verdict["copy"]


def test_what_the_brief_says_is_nobodys_own() -> None:
    """Two texts that repeat the brief word for word, and nothing else alike, are a copy only while it is unknown."""
    brief = (
        "Announce that the bakery on Tanner Street opens at six from Monday, bakes bread for three schools and keeps "
        "a loaf for whoever comes late, and ask people to order before noon on the telephone or at the counter."
    )
    bodies = ("Come by on your way to work.", "Tell the other parents at the gate, there is enough for all.")
    row = {**ROW, "text_a": f"{bodies[0]} {brief}", "text_b": f"{bodies[1]} {brief}"}
    told, untold = pairs([{**row, "brief": brief}, row])
    assert (told["copy"], untold["copy"]) == (False, True)


def test_every_signal_can_be_explained() -> None:
    """With ``explain`` each signal has its value and spans of both texts, and exchanged words stand side by side."""
    swapped = ROW["text_a"].replace("four", "five").replace("bread", "cakes")
    (verdict,) = pairs([{**ROW, "text_b": swapped}], explain=True)
    assert {"a": "bread", "b": "cakes"} in verdict["exchanged"]
    for name, seen in verdict["signals"].items():
        assert seen["value"] > 0.3, name
        assert all(ROW["text_a"][start:end] for start, end in seen["a"]), name
        assert all(swapped[start:end] for start, end in seen["b"]), name
    assert json.loads(json.dumps(verdict)) == verdict
