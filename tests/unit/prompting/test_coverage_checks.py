"""Warnings for what the brand says and no template prints."""

from __future__ import annotations

import pytest

from fakes.brands import demo_project
from inedit.model.errors import IssueSeverity
from inedit.prompting import check_coverage

HEAD = "{% block system %}s{% endblock %}\n"


def template(brief: str) -> str:
    return f"{HEAD}{{% block brief %}}\n{brief}\n{{% endblock %}}\n"


def test_the_demo_prompts_print_everything(demo_root):
    """The repository's own templates tell the model whatever its brand data says."""
    assert check_coverage(demo_project()) == ()


def test_what_no_template_prints_is_a_warning(pair):
    """A tone's instruction that no template prints is said once, with the languages; what is printed is not."""
    warnings = check_coverage(
        pair(template("{{ segment.name }} {% for i in insights %}{{ i.text }}{% endfor %}"), ())
    )
    messages = [warning.message for warning in warnings]
    assert {warning.severity for warning in warnings} == {IssueSeverity.WARNING}
    assert "No template tells the model 'tone.instruction' in fr, en, de, es, it." in messages
    assert not any("insights.text" in message for message in messages)
    assert not any("segment.worries" in message for message in messages)  # nobody has written any


def test_one_language_that_leaves_something_out_is_named(pair):
    """A partial of one language that lacks what the others print."""
    files = {f"_partials/{tag}/rules.md.j2": "{{ tone.instruction }}" for tag in ("fr", "en", "es", "it")}
    project = pair(template('{% include "rules.md.j2" %}'), ("tone",), files)
    (project.root / "prompts/_partials/de/rules.md.j2").write_text("Regeln.")
    said = [w.message for w in check_coverage(project) if "tone.instruction" in w.message]
    assert said == ["No template tells the model 'tone.instruction' in de."]


@pytest.mark.parametrize(
    ("brief", "silent"),
    [
        ("{% for i in insights %}{{ i.text }}{% endfor %}", False),
        ("{{ insights | map(attribute='text') | join(' ') }}", False),
        ("{% if insights %}Write.{% endif %}", True),
        ("Write.", True),
    ],
)
def test_a_template_without_an_insight_is_a_warning(pair, brief, silent):
    """A template must print the text of the insights in each language."""
    codes = [warning.code for warning in check_coverage(pair(template(brief), ()))]
    assert ("no-insight-printed" in codes) is silent


def test_single_braces_are_a_warning_at_their_place(pair):
    """``{ segment.name }`` is printed as it stands; JSON and double braces are left alone."""
    brief = 'For { segment.name } and {{ tone.name }}: {"parts": {}} {% if tone %}{tone.name}{% endif %}'
    found = [w for w in check_coverage(pair(template(brief), ())) if w.code == "single-braces"]
    assert [(w.line, w.column, w.remedy) for w in found] == [
        (3, 5, "Write {{ segment.name }}."),
        (3, brief.index("{tone") + 1, "Write {{ tone.name }}."),
    ]
