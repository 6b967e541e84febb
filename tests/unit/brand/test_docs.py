"""The examples of docs/brand-data.md are true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from inedit.brand.schema import Campaign, Claim, Insight

PAGE = (Path(__file__).parents[3] / "docs" / "brand-data.md").read_text(encoding="utf-8")


def block(heading: str) -> object:
    """The YAML example under a heading."""
    found = re.search(rf"### {heading}\n\n```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert found, heading
    return YAML(typ="safe", pure=True).load(found[1])


@pytest.mark.parametrize(
    ("heading", "model"), [("A good claim", Claim), ("A good insight", Insight), ("A campaign", Campaign)]
)
def test_the_yaml_examples_are_valid(heading, model):
    """Each example of the page is accepted as it stands."""
    example = block(heading)
    model.model_validate(example[0] if isinstance(example, list) else example)


def test_the_mistakes_shown_are_reported_in_these_words(project):
    """The page shows what check really says of these three mistakes."""
    campaign = "brand_data/campaigns/demo.yaml"
    project.change(campaign, "segments: [home, cafes]", "segments: [home, cafe]")
    project.change(campaign, "amount: 1,", "amount: 1 €,")
    project.change("brand_data/segments.yaml", "  description:", "  descripton:")
    issues = project.issues()
    assert len(issues) == 3
    for issue in issues:
        shown = f"{issue.file}:{issue.line}:{issue.column}  {issue.code}\n"
        assert f"{shown}    {issue.message}\n    {issue.remedy}\n" in PAGE


def test_every_code_is_explained():
    """Each stable code that the sources of this room use is in the page's table."""
    import inedit.brand
    from inedit.prompting import wording_checks

    sources = [*Path(inedit.brand.__file__).parent.glob("*.py"), Path(wording_checks.__file__)]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    beginnings = (
        "bad|missing|empty|too|impossible|no|not|yaml|word|claim|misnamed|name|out|unreadable|text|alike|says|insight"
        "|evidence|wording|incomplete|duplicate|unknown|unused"
    )
    codes = set(re.findall(rf'"((?:{beginnings})(?:-[a-z0-9]+)+)"', text))
    assert len(codes) > 25
    assert {code for code in codes if f"`{code}`" not in PAGE} == set()
