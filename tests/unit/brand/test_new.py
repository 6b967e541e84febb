"""Beginnings: a language, a channel, an insight, a segment, a campaign."""

from __future__ import annotations

import re

import pytest

from inedit.brand.load import load_project
from inedit.brand.new import scaffold
from inedit.brand.scaffold import init_project
from inedit.model.errors import WrongInput, causes_first

CAMPAIGN = "brand_data/campaigns/demo.yaml"


@pytest.mark.parametrize(
    ("kind", "name", "file"),
    [
        ("channel", "letter", "brand_data/channels.yaml"),
        ("insight", "quiet-hour", "brand_data/insights/first.yaml"),
        ("segment", "students", "brand_data/segments.yaml"),
        ("campaign", "spring", "brand_data/campaigns/spring.yaml"),
    ],
)
def test_what_is_begun_has_nothing_wrong_but_what_is_to_be_written(project, kind, name, file):
    """The only errors are empty values (and dates) in the new entry; nothing else in the project changes."""
    said = scaffold(project.root, kind, name)
    assert file in said[0]
    issues = project.issues()
    assert {issue.code for issue in issues} <= {"empty-value", "bad-date"}
    assert {issue.file for issue in issues} == {file}


def test_a_channel_that_comes_with_inedit_is_there_at_once(project):
    """A project of an earlier version gets the entry and the prompts, and nothing is left to be written."""
    channels = (project.root / "brand_data/channels.yaml").read_text(encoding="utf-8")
    project.write("brand_data/channels.yaml", re.sub(r"(?ms)^- id: community\n.*?(?=^- )", "", channels))
    for file in ("community.yaml", "community.md.j2", "small/community.yaml"):
        (project.root / "prompts" / file).unlink()
    said = scaffold(project.root, "channel", "community")
    assert "prompts/small/community.yaml is new" in " ".join(said)
    assert project.issues() == ()
    assert "community" in load_project(project.root).brand.channels


def test_a_new_language_is_begun_and_its_needs_are_listed(project):
    """The entry, the lexicon and the shared texts are made where they are known; each file's wordings are counted."""
    said = " ".join(scaffold(project.root, "language", "pt"))
    assert "brand_data/lexicon/pt.yaml is new" in said
    assert "brand_data/brand.yaml needs" in said
    assert {issue.code for issue in project.issues()} <= {"empty-value", "bad-code"}


def test_a_language_of_the_starter_comes_with_its_texts(project):
    """Austrian German takes the form of address and the shared texts of German."""
    scaffold(project.root, "language", "de-AT")
    assert project.issues() == ()
    assert (project.root / "prompts/_partials/de-AT").is_dir()
    assert load_project(project.root).brand.languages["de-AT"].typography == "german"


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        ("tone", "dry", "One of: language"),
        ("segment", "Étudiants", "is not an id"),
        ("language", "Spanish", "is not a language tag"),
        ("segment", "home", "already a segment 'home'"),
    ],
)
def test_what_cannot_be_begun_is_said(project, kind, name, words):
    """A wrong kind, a wrong name and what there is already are refused, and nothing is written."""
    before = (project.root / "brand_data/segments.yaml").read_text(encoding="utf-8")
    with pytest.raises(WrongInput, match=words):
        scaffold(project.root, kind, name)
    assert (project.root / "brand_data/segments.yaml").read_text(encoding="utf-8") == before


def test_a_project_begins_in_the_language_that_is_asked_for(tmp_path):
    """Its campaign writes in that language, and nothing is wrong with it."""
    init_project(tmp_path / "es", "es")
    assert load_project(tmp_path / "es").brand.campaigns["demo"].languages == ("es",)
    with pytest.raises(WrongInput, match="inedit new language pt"):
        init_project(tmp_path / "pt", "pt")
    assert not (tmp_path / "pt").exists()


def test_a_language_that_lacks_much_is_told_once_what_it_needs(project):
    """One error, with the number of wordings by file, instead of one for each; it comes before all others."""
    scaffold(project.root, "language", "nl")
    project.change("brand_data/languages.yaml", 'market: ""', "market: NL")
    path = project.root / "brand_data/languages.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('""', '"Nederlands"'), encoding="utf-8")
    project.change(CAMPAIGN, "languages: [fr, en]", "languages: [fr, en, nl]")
    issues = [issue for issue in project.issues() if "'nl'" in issue.message]
    assert [issue.code for issue in issues if issue.code in ("incomplete-language", "missing-wording")] == [
        "incomplete-language"
    ]
    first, _ = causes_first(project.issues())[0]
    assert first.code == "incomplete-language"
    assert "brand_data/segments.yaml (4)" in first.message
    assert "prompts/_partials/nl/" in first.message


def test_one_mistake_at_many_places_is_one_group_and_comes_first(project):
    """A name that twelve entries have wrong is told once, with the number of places, before the others."""
    path = project.root / "brand_data/insights/first.yaml"
    for number in range(12):
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text
            + f"- id: more-{number}\n  kind: field\n  text: {{fr: 'phrase {number} à part', en: 'line {number}'}}\n"
            "  source: x\n  collected: 2026-01-01\n  segments: [homes]\n",
            encoding="utf-8",
        )
    project.change("brand_data/channels.yaml", "- id: social", "- id: social\n  colour: red")
    groups = causes_first(project.issues())
    assert (groups[0][0].code, len(groups[0][1])) == ("unknown-segment", 11)
    assert "unknown-key" in {first.code for first, _ in groups[1:]}
