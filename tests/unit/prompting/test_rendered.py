"""What was rendered before is rendered again as soon as anything that it looked at is another."""

from __future__ import annotations

from typing import Any

import pytest

from inedit.prompting import sandbox
from inedit.prompting.rendered import MOST_KEPT, Renderings, Watched
from inedit.prompting.sandbox import PromptEnvironment
from inedit.prompting.view_types import ExampleView, ToneView

NAME = "social.md.j2"


def environment(text: str, **partials: str) -> PromptEnvironment:
    sources = {NAME: text, **{f"_partials/{name}.md.j2": partial for name, partial in partials.items()}}
    return PromptEnvironment(sources, "fr")


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was really rendered, one entry each."""
    made: list[str] = []
    join = sandbox._bounded
    monkeypatch.setattr(sandbox, "_bounded", lambda pieces: made.append(text := join(pieces)) or text)
    return made


def test_what_a_block_does_not_look_at_changes_nothing(rendered: list[str]) -> None:
    """Another insight is no reason to render the system's words again; another tone is."""
    made = environment("{% block system %}Ton : {{ tone.name }}{% endblock %}")

    def said(tone: str, insight: str) -> str | None:
        return made.render_block(NAME, "system", {"tone": ToneView(tone, ""), "insight": insight})

    assert [said("vif", "a"), said("vif", "b"), said("calme", "b"), said("vif", "c")] == [
        "Ton : vif", "Ton : vif", "Ton : calme", "Ton : vif",
    ]  # fmt: skip
    assert rendered == ["Ton : vif", "Ton : calme"]


@pytest.mark.parametrize(
    "text",
    [
        "{% block brief %}{% if a %}{{ b }}{% else %}{{ c }}{% endif %}{% endblock %}",
        "{% block brief %}{% include 'both.md.j2' %}{% endblock %}",
        "{% from 'macros.md.j2' import say with context %}{% block brief %}{{ say() }}{% endblock %}",
        "{% set d = b if a else c %}{% block brief %}{{ d }}{% endblock %}",
        "{% block brief %}{% for _ in 'x' %}{% include 'both.md.j2' %}{% endfor %}{% endblock %}",
    ],
    ids=["a branch", "a partial", "a macro with context", "set above the block", "a partial in a loop"],
)
def test_what_is_looked_at_in_any_way_counts(text: str) -> None:
    """What comes out is what a new environment makes, whatever was rendered before and in whatever order."""
    both = "{% if a %}{{ b }}{% else %}{{ c }}{% endif %}"
    macros = "{% macro say() %}{% if a %}{{ b }}{% else %}{{ c }}{% endif %}{% endmacro %}"
    kept = environment(text, both=both, macros=macros)
    given: list[dict[str, Any]] = [{"a": a, "b": b, "c": c} for a in (0, 1) for b in "xy" for c in "xy"]
    for variables in [*given, *reversed(given), {**given[5], "other": 1}]:
        anew = environment(text, both=both, macros=macros).render_block(NAME, "brief", variables)
        assert kept.render_block(NAME, "brief", variables) == anew
        assert anew == (variables["b"] if variables["a"] else variables["c"])


def test_a_name_that_was_not_there_counts() -> None:
    """A block that did without a name says another thing once it is there."""
    made = environment("{% block brief %}{{ 'oui' if more is defined else 'non' }}{% endblock %}")
    assert made.render_block(NAME, "brief", {}) == "non"
    assert made.render_block(NAME, "brief", {"more": "x"}) == "oui"


def test_examples_of_one_brief_are_told_apart(rendered: list[str]) -> None:
    """Two worked examples may answer the same brief."""
    made = environment("{% block example %}{{ example.brief }}{{ example.parts.body }}{% endblock %}")
    said = [
        made.render_block(NAME, "example", {"example": ExampleView("Lin", {"body": body})}) for body in "aba"
    ]
    assert (said, rendered) == (["Lina", "Linb", "Lina"], ["Lina", "Linb"])


def test_what_cannot_be_compared_is_rendered_each_time(rendered: list[str]) -> None:
    """A list may have changed; a wording that is missing is an error each time that a template uses it."""
    made = environment("{% block brief %}{{ words | join(' ') }}{% endblock %}")
    words = ["un"]
    assert made.render_block(NAME, "brief", {"words": words}) == "un"
    words.append("drap")
    assert made.render_block(NAME, "brief", {"words": words}) == "un drap"
    missing = sandbox.missing_translation("The tone 'vif'", "de")
    for _ in range(2):
        with pytest.raises(sandbox.MissingTranslation):
            made.render_block(NAME, "brief", {"words": missing})
    assert len(rendered) == 2


def test_an_error_is_raised_each_time() -> None:
    """Nothing is kept of what failed, nor of a block that is not there but that."""
    made = environment("{% block brief %}{{ words.nothing }}{% endblock %}")
    for _ in range(2):
        with pytest.raises(sandbox.UnknownName):
            made.render_block(NAME, "brief", {"words": ToneView("vif", "")})
        assert made.render_block(NAME, "revision", {"words": "x"}) is None


def test_no_more_than_so_many_are_kept() -> None:
    """A campaign of a hundred thousand briefs is not kept in memory."""
    known = Renderings()
    for number in range(3 * MOST_KEPT):
        seen = Watched({"a": number})
        assert seen["a"] == number
        known.keep(seen, str(number))
    assert known.find({"a": 3 * MOST_KEPT - 1}) == (str(3 * MOST_KEPT - 1),)
    assert sum(known.find({"a": number}) is not None for number in range(3 * MOST_KEPT)) <= MOST_KEPT
