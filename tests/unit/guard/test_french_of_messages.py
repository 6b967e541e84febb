"""Whatever the checks say has a French wording: their sources are read for what they can say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import inedit.guard
from inedit.guard.messages import message_in
from inedit.guard.similarity import sameness

GUARD = Path(inedit.guard.__file__).parent
SOURCES = sorted(
    path
    for path in (*(GUARD / "checks").glob("*.py"), *(GUARD / "evidence").rglob("*.py"))
    if not path.name.startswith("__")
)
SENTENCE = re.compile(r"“[^”]*”|\b(?:[Ii]ts?|The|[Aa]n?|is|says|that|this)\b")
"""What is in whatever is said to a person, and in no pattern or name of the code."""
WORDS = re.compile(r"[A-Za-z’']+(?: [A-Za-z’']+)+")
KINDS = sorted(
    set(re.findall(r"[fF]act\([^\"\n]*\"(\w+)\"", (GUARD / "evidence/facts.py").read_text("utf-8")))
)
"""What a fact may be called in a message; what is withheld is a claim there."""
CALLED = ("{kind}", "{fact.kind}", "{near.kind}", "{named.fact.kind}")
CODE = re.compile(r"[\\|?*^$\[]")


def said_in(source: str) -> Iterator[str]:
    """The sentences in a module's code, ``{}`` for each of their values, and ``{kind}`` for what a fact is called."""
    tree = ast.parse(source)
    passed: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed.add(node.value)  # a docstring
        if node in passed:
            continue
        if isinstance(node, ast.JoinedStr):
            passed.update(node.values)
            yield "".join(
                str(piece.value)
                if isinstance(piece, ast.Constant)
                else "{kind}"
                if ast.unparse(piece).removeprefix("f").strip("'\"") in CALLED
                else "{}"
                for piece in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


FRAMES = (
    "{}",
    "“ß” {}",
    "“ß” {}.",
    "“ß” is {}.",
    "“ß”: {}.",
    "{}: “ß”",
    "“ß” is one word taken for another.{}",
)
"""What stands around the sentences that a module puts together from others."""


def english_left(said: str) -> list[str]:
    """The words of a sentence of the checks that a French person still reads in English."""
    words = WORDS.findall(said.replace("{kind}", ". ").replace("{}", ". "))
    for kind in [one for one in KINDS if one != "withheld"] if "{kind}" in said else ("",):
        filled = [
            re.sub(r"\{\w*\}", value, said.replace("{kind}", kind)) for value in ("ß", "is", ": ß", "s")
        ]
        shown = [message_in("fr", frame.replace("{}", one)) for frame in FRAMES for one in filled]
        if all(any(each in one for each in words) for one in shown):
            return words
    return []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_nothing_that_a_check_says_stays_english_for_a_french_person(path: Path) -> None:
    """Each sentence in its code, alone or in the frame that it is put in."""
    said = {
        one for one in said_in(path.read_text("utf-8")) if " " in one and SENTENCE.search(one) and not CODE.search(one)
    }  # fmt: skip
    assert [one for one in sorted(said) if english_left(one)] == []


def test_what_a_fact_or_a_pattern_is_called_is_french() -> None:
    """Whatever kind of fact a message names, and whatever a campaign's texts have in common."""
    names = {*KINDS, *sameness.KINDS} - {"withheld"}
    assert {"claim", "insight", "tip", "key_message", "skeleton"} <= names
    assert [name for name in sorted(names) if message_in("fr", name) == name] == []
    assert message_in("fr", "The part “offer” is missing.") == "La partie «\u00a0offer\u00a0» manque."


def test_how_a_text_says_otherwise_is_said_in_french() -> None:
    """The sentence inside the sentence, with the words of the text as they are."""
    said = "Says otherwise than insight “ironed” (“Linen is stiff.”): “Once ironed” is no condition that it names."
    assert message_in("fr", said) == (
        "Dit autre chose que l’observation «\u00a0ironed\u00a0» («\u00a0Linen is stiff.\u00a0»)\u00a0: "
        "«\u00a0Once ironed\u00a0» n’est pas une condition qui y est nommée."
    )
