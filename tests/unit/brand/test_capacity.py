"""Enough to say for all the texts that a campaign asks for, nothing said twice, room for every part."""

from __future__ import annotations

CAMPAIGN = "brand_data/campaigns/demo.yaml"
INSIGHTS = "brand_data/insights/first.yaml"


def codes(project) -> list[tuple[str, str]]:
    return [(issue.code, str(issue.severity)) for issue in project.issues()]


def test_a_plan_with_more_places_than_its_insights_carry_is_warned_of_with_numbers(project):
    """The warning says how many texts are asked for, how many can be carried, and what to add."""
    project.change(CAMPAIGN, "tones: [plain]", "tones: [plain]\nvariants_per_cell: 50")
    warnings = [issue for issue in project.issues() if issue.code == "too-many-places"]
    assert warnings
    assert not any(issue.is_error for issue in warnings)
    assert "each retold 5 times" in warnings[0].message
    assert warnings[0].remedy.startswith("Add ")


def test_two_alike_insights_are_warned_of(project):
    """The second of two insights that say the same is named, with the first."""
    text = (project.root / INSIGHTS).read_text(encoding="utf-8")
    first = next(block for block in text.split("- id: ")[1:])
    name = first.splitlines()[0]
    project.write(INSIGHTS, f"{text.rstrip()}\n- id: again\n" + first.split("\n", 1)[1])
    (issue,) = project.issues()
    assert (issue.code, str(issue.severity)) == ("alike-insights", "warning")
    assert f"'{name}'" in issue.message


def test_parts_must_fit_into_their_channel(project):
    """The parts' minimum above the channel's maximum is refused."""
    project.change("brand_data/channels.yaml", "max_chars: 650", "max_chars: 2")
    assert ("impossible-limits", "error") in codes(project)


def test_a_hash_without_quotes_that_cuts_a_text_is_refused(project):
    """A text cut by # is an error; a comment after a value is none."""
    project.change(CAMPAIGN, "tones: [plain]", "tones: [plain]   # a comment")
    assert project.issues() == ()
    text = (project.root / CAMPAIGN).read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("name:"))
    project.change(CAMPAIGN, line, "name: Autumn #1 in linen")
    (issue,) = project.issues()
    assert (issue.code, issue.line) == ("text-cut", text.splitlines().index(line) + 1)
    assert "#1 in linen" in issue.message
