"""A template pair in a temporary folder, beside the tiny brand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fakes.brand import tiny_brand, tiny_sheet
from inedit.brand.load import Project

TEMPLATE = """{% block system %}
For {{ brand.name }} in {{ language.name }}: {{ purpose }}
{% include "rules.md.j2" %}
{% endblock %}
{% block example %}
{{ example.brief }}
{% endblock %}
{% block brief %}
{{ segment.name }}. {{ tone.instruction }}
{% for insight in insights %}
{{ insight.text }}
{% endfor %}
{% endblock %}
{% block revision %}
{% for finding in revision.findings %}
- {{ finding.remedy }}
{% endfor %}
{% endblock %}
"""
VARIABLES = ("brand", "language", "purpose", "example", "segment", "tone", "insights", "revision")
Pair = Callable[..., Project]


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    """Writes ``prompts/`` and gives the project: ``pair(email=…, variables=…, files={path: text})``."""

    def write(
        email: str = TEMPLATE, variables: tuple[str, ...] = VARIABLES, files: dict[str, str] | None = None
    ) -> Project:
        prompts = tmp_path / "prompts"
        rules = {f"_partials/{tag}/rules.md.j2": f"Rules, {tag}." for tag in ("fr", "en", "de", "es", "it")}
        listed = ", ".join(variables)
        sheet = {"email.yaml": f"channel: email\nvariables: [{listed}]\n"}
        for name, text in {"email.md.j2": email, **sheet, **rules, **(files or {})}.items():
            path = prompts / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        sheets = {"email": tiny_sheet().model_copy(update={"variables": variables})}
        return Project(tmp_path, tiny_brand(), sheets)

    return write
