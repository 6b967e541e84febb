"""Approved wordings that the guard would refuse are told before anything is paid."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from inedit.brand.load import read_project
from inedit.model.errors import Issue
from inedit.prompting import check_wordings

DEMO = Path(__file__).parents[3]
BEFORE = check_wordings(read_project(DEMO).registry)


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    for folder in ("brand_data", "prompts"):
        shutil.copytree(DEMO / folder, tmp_path / folder)
    return tmp_path


def issues(root: Path, file: str = "", old: str = "", new: str = "") -> list[Issue]:
    if file:
        path = root / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return [issue for issue in check_wordings(read_project(root).registry) if issue not in BEFORE]


def test_the_demo_brand_is_sound(demo):
    """Nothing is refused of wordings that are in order."""
    assert [issue for issue in BEFORE if issue.is_error] == []


def test_a_claim_or_call_longer_than_its_part_is_refused(demo):
    """The place is the wording's own, the message gives both lengths."""
    call = '"Demander une réparation'
    found = issues(demo, "brand_data/brand.yaml", call, call + " encore" * 30)
    assert {(i.code, i.is_error, i.file) for i in found} == {
        ("wording-too-long", True, "brand_data/brand.yaml")
    }
    assert "characters" in found[0].message


def test_a_wording_outside_the_alphabet_of_text_messages_is_refused(demo):
    """Accents that GSM-7 lacks are named; curly quotation marks are sent as straight ones."""
    issues(demo, "brand_data/brand.yaml", '"Demander une réparation', '"L’état d’un gîte')
    found = issues(demo, "brand_data/channels.yaml", "max_chars: 650", "max_chars: 650\n  charset: gsm-7")
    assert {i.code for i in found} == {"wording-outside-alphabet"}
    assert not any("’" in i.message for i in found)
    assert any("î" in i.message for i in found)


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (
            "brand_data/campaigns/mini.yaml",
            '"Repair for life',
            '"Sustainable repair for life',
            "says-banned-word",
        ),
        (
            "brand_data/insights/field.yaml",
            '"Most tablecloths',
            '"Most sustainable tablecloths',
            "insight-says-banned-word",
        ),
        ("brand_data/brand.yaml", '"See the sheets', '"See the sustainable sheets', "says-banned-word"),
    ],
)
def test_banned_words_in_offer_call_and_insight_are_told(demo, file, old, new, code):
    """An offer or call that says a banned word is refused; an insight that does is a warning: it is retold."""
    lexicon = demo / "brand_data/lexicon/en.yaml"
    text = lexicon.read_text(encoding="utf-8")
    lexicon.write_text(
        text.replace("banned:", 'banned:\n  - {term: "sustainable", instead: "lasting"}', 1), encoding="utf-8"
    )
    found = issues(demo, file, old, new)
    assert {(i.code, i.is_error) for i in found} == {(code, code == "says-banned-word")}
    assert "'sustainable'" in found[0].message


def test_evidence_that_its_own_text_lacks_is_told(demo):
    """A stray word is a warning; a list of nothing but stray words is refused."""
    file = "brand_data/insights/field.yaml"
    (warning,) = issues(demo, file, "en: [chair, pinch]", "en: [chair, window]")
    assert (warning.code, warning.is_error) == ("evidence-not-in-text", False)
    assert "'window'" in warning.message
    (error,) = issues(demo, file, "en: [chair, window]", "en: [door, window]")
    assert (error.code, error.is_error) == ("evidence-not-in-text", True)
