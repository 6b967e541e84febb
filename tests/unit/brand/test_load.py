"""Loading a project: what is read, and what is said of what is wrong."""

from __future__ import annotations

import re
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from inedit.brand.load import check_project, load_project
from inedit.model.errors import ProjectErrors

ROOT = Path(__file__).parents[3]

JARGON = re.compile(
    r"pydantic|BaseModel|tuple|dict\b|NoneType|constrained|Input should|validation|Traceback|regex"
)


def test_the_repository_is_itself_a_sound_project():
    """The repository's own brand project loads without a fault."""
    assert check_project(ROOT) == ()


def test_loading_the_demo_project_takes_less_than_a_second():
    """Loading the demo project costs less than one second of processor time."""
    begun = time.process_time()
    load_project(ROOT)
    assert time.process_time() - begun < 1


def test_entries_arrive_typed_and_by_id(project):
    """What a person typed arrives as dates, decimals and tuples, under its id."""
    loaded = load_project(project.root)
    assert loaded.root == project.root.resolve()
    assert loaded.brand.claims["roasted-nantes"].valid_from == date(2026, 1, 1)
    assert loaded.brand.baselines[0].hourly_rate == Decimal(40)
    assert loaded.brand.insights["nine-days"].evidence["en"] == ("9 days",)
    assert set(loaded.sheets) == set(loaded.brand.channels) >= {"email", "social", "landing", "sms"}
    assert list(loaded.brand.campaigns) == ["demo"]


def test_a_price_never_passes_through_a_float(project):
    """A decimal keeps the digits that were typed."""
    project.change("brand_data/campaigns/demo.yaml", "amount: 1,", "amount: 0.10,")
    budget = load_project(project.root).brand.campaigns["demo"].budget
    assert str(budget.amount) == "0.10"


def test_a_word_that_yaml_takes_for_something_else_stays_a_word(project):
    """``no`` and ``1921`` unquoted are words where words are wanted."""
    project.change("brand_data/insights/first.yaml", "fr: [oreille, craquement]", "fr: [no, 1921]")
    assert load_project(project.root).brand.insights["two-cracks"].evidence["fr"] == ("no", "1921")


CASES = [
    # file, what stands there, what is written instead, code, text on the reported line, words of the message
    ("segments.yaml", "- id: cafes", "- id: Les Cafés", "bad-id+unknown-segment", None, "is not an id"),
    (
        "segments.yaml",
        "- id: cafes",
        "- id: home",
        "duplicate-id+unknown-segment",
        None,
        "already a segment 'home'",
    ),
    (
        "segments.yaml",
        "  description:",
        "  descripton:",
        "unknown-key",
        "descripton",
        "Did you mean 'description'?",
    ),
    (
        "segments.yaml",
        'name: {fr: "Cafés et bureaux"',
        'name: {french: "Cafés et bureaux"',
        "bad-language-tag",
        "french",
        "Write a tag such as fr",
    ),
    (
        "segments.yaml",
        '{fr: "Cafés et bureaux", en: "Cafés and offices", de: "Cafés und Büros", '
        'es: "Cafeterías y oficinas", it: "Bar e uffici"}',
        "Cafés",
        "wrong-type",
        "name: Cafés",
        "block of 'key: value' lines",
    ),
    (
        "languages.yaml",
        "typography: german",
        "typography: swiss",
        "bad-choice",
        "swiss",
        "'german', 'spanish'",
    ),
    ("languages.yaml", "  market: DE", "  market: Germany", "bad-code", "Germany", "two capital letters"),
    ("channels.yaml", "max_chars: 650", "max_chars: many", "bad-number", "many", "whole number"),
    ("channels.yaml", "max_chars: 650", "max_chars: 0", "out-of-range", "max_chars: 0", "at least 1"),
    ("claims.yaml", "valid_from: 2024-01-01", "valid_from: 1/1/2024", "bad-date", "1/1/2024", "2026-12-31"),
    (
        "claims.yaml",
        "valid_from: 2024-01-01",
        "valid_from: 2024-01-01\n  valid_until: 2023-01-01",
        "impossible-dates",
        "valid_until: 2023",
        "ends before it begins",
    ),
    (
        "claims.yaml",
        '  source: "Label template ET-04"\n',
        "",
        "missing-key",
        "id: farm-name",
        "'source' is missing",
    ),
    ("claims.yaml", 'source: "Label template ET-04"', "source:", "empty-value", None, "'source' is empty"),
    ("insights/first.yaml", "  legal_basis: consent\n", "", "bad-value", "id: grandfather", "legal_basis"),
    (
        "insights/first.yaml",
        "segments: [cafes]",
        "segments: cafes",
        "wrong-type",
        "segments: cafes",
        "Write [cafes].",
    ),
    (
        "insights/first.yaml",
        "segments: [cafes]",
        "segments: [cafe]",
        "unknown-segment",
        "[cafe]",
        "Did you mean 'cafes'?",
    ),
    (
        "insights/first.yaml",
        "segments: [cafes]",
        "segments: [cafes]\n  paraphrase_only: oui",
        "wrong-type",
        "oui",
        "true or false",
    ),
    (
        "insights/first.yaml",
        "en: [9 days], de",
        "en-GB: [9 days], de",
        "unknown-language",
        "en-GB",
        "There is no language 'en-GB'",
    ),
    (
        "campaigns/demo.yaml",
        "segments: [home, cafes]",
        "segments: [home, cafees]",
        "unknown-segment",
        "cafees",
        "Did you mean 'cafes'?",
    ),
    (
        "campaigns/demo.yaml",
        "segments: [home, cafes]",
        "segments: []",
        "empty-value",
        "segments: []",
        "at least one",
    ),
    (
        "campaigns/demo.yaml",
        "languages: [fr, en]",
        "languages: [fr, pt]",
        "unknown-language",
        "[fr, pt]",
        "'pt'",
    ),
    ("campaigns/demo.yaml", "channels: [social]", "channels: [fax]", "unknown-channel", "fax", "'fax'"),
    ("campaigns/demo.yaml", "tones: [plain]", "tones: [plian]", "unknown-tone", "plian", "'plain'"),
    ("campaigns/demo.yaml", "id: demo", "id: other", "name-differs", "id: other", "demo.yaml"),
    (
        "campaigns/demo.yaml",
        "tones: [plain]",
        "tones: [plain]\ninsights: all",
        "wrong-type",
        "insights: all",
        "auto or a list",
    ),
    (
        "campaigns/demo.yaml",
        "tones: [plain]",
        "tones: [plain]\ninsights: [nine-day]",
        "unknown-insight",
        "nine-day",
        "Did you mean 'nine-days'?",
    ),
    (
        "campaigns/demo.yaml",
        "tones: [plain]",
        "tones: [plain]\nclaims: [Nine Days]",
        "bad-id",
        "Nine Days",
        "an id",
    ),
    (
        "campaigns/demo.yaml",
        "tones: [plain]",
        "tones: [plain]\nangles: [irony]",
        "unknown-angle",
        "irony",
        "'irony'",
    ),
    (
        "campaigns/demo.yaml",
        "tones: [plain]",
        "tones: [plain]\nbriefed: 2026-05-02\ndeadline: 2026-05-01",
        "impossible-dates",
        "deadline",
        "before the brief",
    ),
    ("campaigns/demo.yaml", "amount: 1,", "amount: 1 €,", "bad-number", "1 €", "without unit"),
    (
        "campaigns/demo.yaml",
        "budget:",
        "colour: red\nbudget:",
        "unknown-key",
        "colour: red",
        "Known here: id",
    ),
    (
        "campaigns/demo.yaml",
        '  en: "A tasting in the workshop, on Saturdays."\n',
        "",
        "missing-wording",
        'fr: "Une d',
        "which campaign 'demo' writes in",
    ),
    (
        "tones.yaml",
        '    en: "State the facts, simply."\n',
        "",
        "missing-wording",
        'fr: "Dites',
        "Add 'en: …' here",
    ),
    (
        "lexicon/de.yaml",
        "language: de",
        "language: nl",
        "name-differs",
        "language: nl",
        "'nl'",
    ),
    (
        "lexicon/fr.yaml",
        "wanted: [",
        "wanted: [premium, ",
        "word-at-odds",
        "wanted:",
        "both wanted and banned",
    ),
    (
        "lexicon/fr.yaml",
        'term: "premium"',
        'term: "jamais plus"',
        "claim-says-banned-word",
        None,
        "jamais plus",
    ),
    ("references/de.yaml", "language: de", "language: nl", "unknown-language", "language: nl", "'nl'"),
    (
        "baselines.yaml",
        "channel: email",
        "channel: e-mail",
        "unknown-channel",
        "e-mail",
        "Did you mean 'email'?",
    ),
    ("baselines.yaml", "low: 30,", "low: 50,", "bad-value", "low: 50", "low <= expected"),
    ("brand.yaml", "name: Quai Neuf\n", "", "missing-key", "id: quai-neuf", "'name' is missing"),
]


@pytest.mark.parametrize("case", CASES, ids=[f"{c[0]}-{c[3]}-{n}" for n, c in enumerate(CASES)])
def test_each_mistake_is_named_at_its_line_in_plain_words(project, case):
    """Each mistake gives its fault: stable code, the line where it stands, plain words, how to fix it."""
    file, old, new, code, line, words = case
    file = f"brand_data/{file}"
    project.change(file, old, new)
    issues = project.issues()
    assert sorted({issue.code for issue in issues}) == code.split("+")
    said = " ".join(f"{issue.message} {issue.remedy}" for issue in issues)
    assert words in said
    assert not JARGON.search(said)
    if line is not None:
        assert issues[0].file == file
        assert issues[0].line == project.line_of(file, line)
        assert issues[0].column >= 1


def test_the_column_points_at_the_very_word(project):
    """A name in a list is pointed at itself, not at the list."""
    file = "brand_data/campaigns/demo.yaml"
    project.change(file, "segments: [home, cafes]", "segments: [home, cafees]")
    assert project.issue().column == len("segments: [home, ") + 1


def test_all_faults_come_at_once_in_order(project):
    """Faults in several files are all reported by one pass, sorted by file and line."""
    project.change("brand_data/segments.yaml", "- id: cafes", "- id: cafés")
    project.change("brand_data/channels.yaml", "max_chars: 650", "max_chars: x")
    project.change("brand_data/channels.yaml", "max_chars: 1300", "max_chars: y")
    project.change("brand_data/tones.yaml", "- id: warm", "- id: plain")
    project.write("brand_data/claims.yaml", "- id: a\n  text: {fr: 'x}\n")
    with pytest.raises(ProjectErrors) as raised:
        load_project(project.root)
    codes = [issue.code for issue in raised.value.issues]
    assert codes.count("bad-number") == 2
    assert {"bad-id", "duplicate-id", "yaml-syntax"} <= set(codes)
    assert list(raised.value.issues) == sorted(raised.value.issues)
    assert raised.value.issues == project.issues()


def test_a_wrong_name_in_an_invalid_entry_is_found_too(project):
    """A mistake in one key of a brief does not hide a wrong name in another."""
    file = "brand_data/campaigns/demo.yaml"
    project.change(file, "amount: 1,", "amount: much,")
    project.change(file, "segments: [home, cafes]", "segments: [home, cafees]")
    assert {issue.code for issue in project.issues()} == {"bad-number", "unknown-segment"}


@pytest.mark.parametrize(
    "file", ["segments.yaml", "channels.yaml", "languages.yaml", "tones.yaml", "brand.yaml"]
)
def test_a_file_that_cannot_be_read_raises_no_faults_elsewhere(project, file):
    """When one file is broken, what refers to it is not reported too: one cause, one fault."""
    project.write(f"brand_data/{file}", "- id: 'open\n")
    assert project.issue().code == "yaml-syntax"


def test_an_invalid_entry_is_still_known_by_name(project):
    """An entry with a mistake in it does not make its references unknown."""
    project.change("brand_data/segments.yaml", "- id: cafes\n", "- id: cafes\n  color: blue\n")
    assert project.issue().code == "unknown-key"


@pytest.mark.parametrize("file", ["brand", "segments", "languages", "tones", "angles", "channels"])
def test_a_needed_file_that_is_absent_or_empty_is_named(project, file):
    """A needed file that is missing, or empty, is one fault that names it."""
    path = project.root / f"brand_data/{file}.yaml"
    path.write_text("# nothing yet\n", encoding="utf-8")
    assert (project.issue().code, project.issue().file) == ("empty-file", f"brand_data/{file}.yaml")
    path.unlink()
    assert (project.issue().code, project.issue().file) == ("missing-file", f"brand_data/{file}.yaml")


def test_optional_files_may_be_absent(project):
    """Without baselines, references and a lexicon a project is still sound."""
    for name in ("baselines.yaml", "references/fr.yaml", "lexicon/fr.yaml"):
        (project.root / "brand_data" / name).unlink()
    assert project.issues() == ()


def test_a_sheet_that_picks_claims_needs_some(project):
    """A part that picks a claim is a fault when there is none in a language of the campaign."""
    project.change("brand_data/campaigns/demo.yaml", "channels: [social]", "channels: [email]")
    (project.root / "brand_data/claims.yaml").unlink()
    assert {issue.code for issue in project.issues()} == {"no-claims"}


def test_a_sheet_that_picks_calls_to_action_needs_some(project):
    """A part that picks a call to action is a fault when none suits the channel in a language."""
    text = (project.root / "brand_data/brand.yaml").read_text(encoding="utf-8")
    project.write("brand_data/brand.yaml", text[: text.index("calls_to_action:")])
    assert {issue.code for issue in project.issues()} == {"no-calls-to-action"}


def test_no_project_at_all_is_one_clear_fault(tmp_path):
    """In a folder without brand_data, the one fault says how to make a project."""
    (issue,) = check_project(tmp_path)
    assert issue.code == "no-brand-data"
    assert "inedit init" in issue.remedy
    (issue,) = check_project(tmp_path / "nowhere")
    assert issue.code == "no-brand-data"


def test_a_segment_without_insights_enough_is_reported(project):
    """A segment that has fewer insights than each variant needs is a fault of the campaign."""
    project.change(
        "brand_data/campaigns/demo.yaml", "tones: [plain]", "tones: [plain]\ninsights: [monday-bags]"
    )
    issues = project.issues()
    assert {issue.code for issue in issues} == {"too-few-insights"}
    assert "'home' has 0 of the 1" in issues[0].message


def test_a_form_of_address_in_use_must_be_explained(project):
    """A segment addressed informally needs the language's informal instruction."""
    project.change("brand_data/segments.yaml", "- id: cafes\n", "- id: cafes\n  formality: {fr: informal}\n")
    project.change("brand_data/languages.yaml", '    informal: "Tutoyez', '    # informal: "Tutoyez')
    issue = project.issue()
    assert issue.code == "missing-address"
    assert "informal" in issue.message


def test_the_same_baseline_twice_is_reported(project):
    """Two baselines of one channel, language and date contradict each other."""
    text = (project.root / "brand_data/baselines.yaml").read_text(encoding="utf-8")
    row = text[text.index("- channel") :]
    project.write("brand_data/baselines.yaml", text + row)
    assert project.issue().code == "duplicate-baseline"
    project.write("brand_data/baselines.yaml", text + row.replace("2026-01-01", "2026-02-01"))
    assert project.issues() == ()


def test_ids_are_unique_across_the_files_of_a_folder(project):
    """Two insights of one id in two files are a fault that names the other file."""
    text = (project.root / "brand_data/insights/first.yaml").read_text(encoding="utf-8")
    project.write("brand_data/insights/second.yaml", text)
    issues = project.issues()
    assert {issue.code for issue in issues} == {"duplicate-id"}
    assert "brand_data/insights/first.yaml:" in issues[0].message


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("brand_data/segment.yaml", "segments.yaml"),
        ("brand_data/claims.yml", "claims.yaml"),
        ("brand_data/insights/more.yml", "more.yaml"),
        ("prompts/sms.yml", "sms.yaml"),
    ],
)
def test_a_file_that_would_be_passed_over_is_reported(project, name, remedy):
    """A file whose name is nearly right is reported, since nothing in it would be read."""
    project.write(name, "")
    assert project.issue().code == "misnamed-file"
    assert remedy in project.issue().remedy


def test_a_stray_file_of_another_kind_is_left_alone(project):
    """Notes and files of other rooms in brand_data are nobody's fault."""
    project.write("brand_data/NOTES.md", "todo")
    project.write("brand_data/prices.yaml", "- anything: goes\n")
    project.write("brand_data/insights/.draft.yaml", "- not: ready\n")
    assert project.issues() == ()


def test_a_lexicon_for_a_language_nobody_writes_is_reported(project):
    """A lexicon whose language is not in languages.yaml would never be used."""
    project.write("brand_data/lexicon/nl.yaml", "language: nl\nwanted: [weven]\n")
    assert (project.issue().code, project.issue().line) == ("unknown-language", 1)


SHEET = "prompts/social.yaml"


def test_a_channel_without_a_sheet_is_reported(project):
    """A channel needs prompts/<channel>.yaml; the fault names the file."""
    (project.root / SHEET).unlink()
    assert project.issue().code == "missing-sheet"
    assert SHEET in project.issue().message


def test_a_sheet_for_no_channel_is_reported(project):
    """A warning where its channel is none of channels.yaml's, an error where it may be a typing error."""
    text = (project.root / SHEET).read_text(encoding="utf-8").replace("channel: social", "channel: fax")
    project.write("prompts/fax.yaml", text)
    issue = project.issue()
    assert (issue.code, issue.is_error) == ("unused-sheet", False)
    (project.root / "prompts/fax.yaml").unlink()
    project.write("prompts/socail.yaml", text.replace("channel: fax", "channel: socail"))
    assert project.issue().code == "unknown-channel"


SMALL_SHEET = """\
channel: social
purpose: {fr: "x", en: "x", de: "x"}
variables: [brand]
parts:
  - {id: hook, instruction: {fr: "x", en: "x", de: "x"}, max_chars: 20}
  - {id: body, instruction: {fr: "x", en: "x", de: "x"}, max_chars: 50}
examples:
  - language: fr
    brief: "x"
    parts: {hook: "Bonjour", body: "Un texte"}
"""


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("id: body,", "id: hook,", "duplicate-part+unknown-part", "already a part 'hook'"),
        (', body: "Un texte"', "", "missing-part", "lacks the part 'body'"),
        ('body: "Un texte"', 'body: "Un texte", foot: "y"', "unknown-part", "The sheet has: hook, body."),
        ('"Bonjour"', '"Bonjour à tous et à toutes"', "example-too-long", "20 are allowed"),
        ("language: fr", "language: pt", "unknown-language", "'pt'"),
        ("max_chars: 20", "min_chars: 30, max_chars: 20", "impossible-limits", "longer than it may be"),
        ("max_chars: 20", "max_char: 20", "unknown-key", "Did you mean 'max_chars'?"),
        (
            'fr: "x", en: "x", de: "x"}, max_chars: 50',
            'fr: "x"}, max_chars: 50',
            "missing-wording",
            "parts.1",
        ),
    ],
)
def test_a_sheet_is_checked_against_its_parts_and_examples(project, old, new, code, words):
    """Parts are unique and satisfiable; examples have the sheet's parts, within their limits."""
    project.write(SHEET, SMALL_SHEET)
    assert project.issues() == ()
    project.change(SHEET, old, new)
    issues = project.issues()
    assert sorted({issue.code for issue in issues}) == code.split("+")
    assert words in " ".join(f"{issue.message} {issue.remedy}" for issue in issues)


def test_a_claim_that_has_run_out_is_told_only_on_a_given_day(project):
    """Loading reads no clock: a campaign's claim runs out only when the caller gives the date."""
    project.change(
        "brand_data/campaigns/demo.yaml", "tones: [plain]", "tones: [plain]\nclaims: [twelve-kilos]"
    )
    project.change(
        "brand_data/claims.yaml",
        "valid_from: 2024-01-01",
        "valid_from: 2024-01-01\n  valid_until: 2025-01-01",
    )
    assert check_project(project.root) == ()
    assert check_project(project.root, date(2025, 1, 1)) == ()
    issues = check_project(project.root, date(2025, 1, 2))
    assert {(issue.code, str(issue.severity)) for issue in issues} == {
        ("claim-run-out", "warning"),
        ("no-claims-left", "error"),
    }
    with pytest.raises(ProjectErrors):
        load_project(project.root, date(2025, 1, 2))
