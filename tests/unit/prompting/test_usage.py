"""Which values of a segment or tone a template can tell apart, so that it is rendered once for each."""

from __future__ import annotations

import pytest
from jinja2 import Environment

from inedit.brand.load import Project
from inedit.prompting import check_templates, checking, sample_rendering
from inedit.prompting.usage import Use, uses_of

NAMES = frozenset({"segment", "tone", "insights"})


@pytest.mark.parametrize(
    ("source", "by_value"),
    [
        ("{{ segment.name }}", False),
        ("{{ segment.name | upper }}", False),
        ("{% if segment.name %}x{% endif %}", False),
        ("{% if segment.name == 'Familles' %}x{% endif %}", True),
        ("{% for word in segment.name %}{{ word }}{% endfor %}", False),
        ("{% for word in segment.name %}{% if word == 'x' %}y{% endif %}{% endfor %}", True),
        ("{% set x = segment.name %}{{ x }}", True),
        ("{% macro m(x) %}{{ x }}{% endmacro %}{{ m(segment.name) }}", True),
        ("{{ 'a' if segment.name else 'b' }}", False),
        ("{{ segment.name | default('x') }}", True),
    ],
)
def test_a_value_that_is_only_printed_or_tested_for_being_there_is_not_used_by_value(source, by_value):
    """What is compared, computed with or handed on is used by value."""
    uses = uses_of(Environment(autoescape=False).parse(source), NAMES)  # noqa: S701  nothing is rendered
    assert Use("segment", "name", by_value) in uses
    assert Use("segment", "name", not by_value) not in uses or by_value


@pytest.fixture(autouse=True)
def _nothing_known_yet() -> None:
    """Other tests look through the same templates."""
    checking.IN_ORDER.clear()


def rendered(monkeypatch: pytest.MonkeyPatch, project: Project) -> int:
    """How often checking renders a template."""
    count = 0

    def counting(*args, **kwargs):
        nonlocal count
        count += 1
        return real(*args, **kwargs)

    real = sample_rendering.render_messages
    monkeypatch.setattr(sample_rendering, "render_messages", counting)
    assert check_templates(project) == ()
    return count


def test_a_template_is_rendered_once_for_all_segments_that_it_only_names(pair, monkeypatch):
    """Ten more segments cost no rendering while the template prints their names only; they do once it compares them."""
    project = pair()
    once = rendered(monkeypatch, project)
    first = next(iter(project.brand.segments.values()))
    more = {
        f"more-{n}": first.model_copy(update={"id": f"more-{n}", "name": dict.fromkeys(first.name, f"M{n}")})
        for n in range(10)
    }
    brand = project.brand.model_copy(update={"segments": {**project.brand.segments, **more}})
    assert rendered(monkeypatch, Project(project.root, brand, project.sheets)) == once
    compared = (project.root / "prompts/email.md.j2").read_text(encoding="utf-8")
    (project.root / "prompts/email.md.j2").write_text(
        compared.replace("{{ segment.name }}", "{% if segment.name == 'M3' %}x{% endif %}"), encoding="utf-8"
    )
    assert rendered(monkeypatch, Project(project.root, brand, project.sheets)) > 10 * once / 2


def test_what_is_in_order_is_not_looked_through_again_until_something_changes(pair, monkeypatch):
    """Neither in another folder nor by a second reading; a text or the brand that changes is looked at."""
    project = pair()
    once = rendered(monkeypatch, project)
    assert once > 0
    assert rendered(monkeypatch, pair()) == 0
    brand = project.brand.model_copy(deep=True)
    assert rendered(monkeypatch, Project(project.root, brand, project.sheets)) == 0, "it says the same"
    claims = {name: one.model_copy(update={"source": "another"}) for name, one in brand.claims.items()}
    changed = brand.model_copy(update={"claims": claims})
    assert rendered(monkeypatch, Project(project.root, changed, project.sheets)) == once
    file = project.root / "prompts/email.md.j2"
    file.write_text(file.read_text(encoding="utf-8") + "{# a note #}\n", encoding="utf-8")
    assert rendered(monkeypatch, project) == once
    file.write_text(
        file.read_text(encoding="utf-8").replace("segment.name", "segment.nmae"), encoding="utf-8"
    )
    for _ in range(2):
        assert [issue.code for issue in check_templates(project)] == ["unknown-name"], (
            "a fault is told each time"
        )
