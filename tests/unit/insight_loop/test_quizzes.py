"""From a quiz to a page, from answers to what the prompts say of a segment."""

from __future__ import annotations

import html.parser
import json
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from conftest import ROOT
from fakes.brands import demo_project
from inedit.brand.load import Project, load_project
from inedit.brand.quiz import Quiz
from inedit.insight_loop.quizzes import (
    Answers,
    checked_answers,
    decide,
    decided,
    forget_answers,
    keep_answers,
    proposals,
    quiz_page,
    read_answers,
    read_responses,
    tallies,
    unanswered,
)
from inedit.insight_loop.quizzes.page import ACCENT, ALARM, INK, PAPER, WORDS
from inedit.model.errors import WrongInput
from inedit.planning import plan
from inedit.prompting import load_templates, render
from inedit.store import Store, open_store

NOW = datetime(2026, 11, 29, 10, tzinfo=UTC)
AGREED = "2026-11"


@pytest.fixture(scope="module")
def project() -> Project:
    return demo_project()


@pytest.fixture(scope="module")
def quiz(project: Project) -> Quiz:
    return project.quizzes["linen-and-you"]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = open_store(f"sqlite:///{tmp_path / 'quiz.db'}")
    yield opened
    opened.close()


def answers(quiz: Quiz, number: int, home: str = "guests", *worries: str) -> Answers:
    chosen = {"home": [home], "worry": list(worries or ("drying",))}
    return checked_answers(
        quiz, chosen, language="fr", source="post", key=str(number), answered_at=NOW, consent=AGREED
    )


class _Form(html.parser.HTMLParser):
    """The tags of a page with what they say of themselves."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.mark.parametrize("language", ["fr", "en", "de", "es", "it"])
@pytest.mark.parametrize("post_to", ["", "/quiz/linen-and-you/fr"])
def test_a_page_needs_nothing_else_and_everybody_can_use_it(quiz: Quiz, language: str, post_to: str) -> None:
    """No request to anywhere; each field has its label, each group its legend; nothing takes the keyboard away."""
    page = quiz_page(quiz, language, post_to=post_to)
    form = _Form(page)
    assert "://" not in page and not form.all("link") and not form.all("img")
    assert bool(form.all("script")) is (post_to == "")
    assert (
        'name="referrer" content="same-origin"' in page
    )  # with none, browsers hide the origin of what is posted
    inputs, labels = form.all("input"), {label["for"] for label in form.all("label")}
    assert len(inputs) == 9 and {one["id"] for one in inputs} == labels
    assert len(form.all("fieldset")) == len(form.all("legend")) == 4
    assert [tag for tag, _ in form.tags if re.fullmatch("h[1-6]|main", tag)] == ["main", "h1"]
    assert form.all("html")[0]["lang"] == language
    assert not any("tabindex" in attributes or "onclick" in attributes for _, attributes in form.tags)
    [consent] = [one for one in inputs if one["name"] == "consent"]
    assert consent["value"] == AGREED and "required" in consent and "checked" not in consent
    assert quiz.consent.text[language] in page.replace("&#x27;", "'")
    assert WORDS[language]["send" if post_to else "save"] in page


def test_what_was_chosen_stays_and_the_number_that_a_page_showed_is_kept(quiz: Quiz) -> None:
    """After a refusal nothing has to be ticked anew, but the consent; a saved file's number takes its answers back."""
    page = _Form(quiz_page(quiz, "fr", post_to="/q", error="worry", chosen={"home": ["guests"]}))
    assert [one["value"] for one in page.all("input") if "checked" in one] == ["guests"]
    assert [one.id for one in unanswered(quiz, {"home": ["guests"]})] == ["worry"]
    chosen, key = {"home": ["guests"], "worry": ["price"]}, "0123456789abcdef01234567"
    for source, kept in (("page", True), ("surveyjs", False)):
        answered = checked_answers(
            quiz, chosen, language="fr", source=source, key=key, answered_at=NOW, consent=AGREED
        )
        assert (answered.id == key) is kept


def test_its_colours_can_be_told_apart() -> None:
    """7 to 1 and more (WCAG 2.2, 1.4.6)."""

    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    for colour in (INK, ACCENT, ALARM):
        assert (luminance(PAPER) + 0.05) / (luminance(colour) + 0.05) >= 7


def test_what_does_not_suit_the_quiz_is_not_kept(quiz: Quiz) -> None:
    """No consent, another version's, an unknown answer, two where one is asked for, none where one is needed."""
    for chosen, consent, said in (
        ({"home": ["guests"], "worry": ["price"]}, "", "agreed|given to nothing"),
        ({"home": ["guests"], "worry": ["price"]}, "2025-01", "version '2026-11'"),
        ({"home": ["castle"], "worry": ["price"]}, AGREED, "no answer 'castle'"),
        ({"home": ["guests", "first"], "worry": ["price"]}, AGREED, "takes one answer"),
        ({"home": ["guests"]}, AGREED, "'worry' has no answer"),
        ({"home": ["guests"], "worry": ["price"], "name": ["Anne"]}, AGREED, "no question 'name'"),
    ):
        with pytest.raises(WrongInput, match=said):
            checked_answers(
                quiz, chosen, language="fr", source="post", key="1", answered_at=NOW, consent=consent
            )


def test_answers_are_kept_once_with_what_was_agreed_to_and_taken_back(quiz: Quiz, store: Store) -> None:
    """The consent's words are those that were shown; nothing is left of what was forgotten."""
    one, two = answers(quiz, 1), answers(quiz, 2)
    assert keep_answers(store, [one, two, one], NOW) == (2, 1)
    assert sorted(read_answers(store, quiz.id), key=lambda a: a.id) == sorted((one, two), key=lambda a: a.id)
    assert one.consent_text == quiz.consent.text["fr"] and one.consent_version == AGREED
    assert forget_answers(store, one.id) and not forget_answers(store, one.id)
    assert read_answers(store, quiz.id) == (two,)


TYPEFORM = {"items": [{
    "landing_id": "l", "token": "t1", "submitted_at": "2026-11-20T10:00:00Z",
    "hidden": {"language": "en", "consent": AGREED},
    "answers": [
        {"field": {"id": "f1", "ref": "home", "type": "multiple_choice"}, "type": "choice",
         "choice": {"label": "Guests, in a hotel or guesthouse"}},
        {"field": {"id": "f2", "ref": "worry", "type": "multiple_choice"}, "type": "choices",
         "choices": {"labels": ["Drying in winter", "The price of a set"]}},
        {"field": {"id": "f3", "ref": "mail", "type": "email"}, "type": "email", "email": "anne@example.org"},
    ]}]}  # fmt: skip
LIMESURVEY = (
    "id;submitdate;lastpage;startlanguage;consent;home;worry[drying];worry[price];wish\r\n"
    '"1";"2026-11-20 10:00:00";"2";"en";"Y";"guests";"Y";"Y";""\r\n'
    '"2";"";"1";"en";"";"guests";"";"";""\r\n'
    '"3";"2026-11-20 11:00:00";"2";"en";"N";"guests";"Y";"";""\r\n'
)
SURVEYJS = [{"home": "guests", "worry": ["drying", "price"], "consent": True, "locale": "en", "id": "s1",
             "happenedAt": "2026-11-20T10:00:00.000Z"}]  # fmt: skip
PAGE = {"inedit_quiz": "linen-and-you", "language": "en", "answered_at": "2026-11-20T10:00:00.000Z", "id": "p1",
        "home": ["guests"], "worry": ["drying", "price"], "consent": "2026-11"}  # fmt: skip


@pytest.mark.parametrize(
    ("source", "content", "refused"),
    [
        ("typeform", json.dumps(TYPEFORM), 0),
        ("typeform", json.dumps({"event_type": "form_response", "form_response": TYPEFORM["items"][0]}), 0),
        ("limesurvey", LIMESURVEY, 1),
        ("limesurvey", json.dumps({"responses": [{"1": {"id": 1, "submitdate": "2026-11-20 10:00:00", "consent": AGREED,
          "startlanguage": "en", "home": "guests", "worry[drying]": "Y", "worry[price]": "Y"}}]}), 0),
        ("surveyjs", json.dumps(SURVEYJS), 0),
        ("page", json.dumps(PAGE), 0),
    ],
)  # fmt: skip
def test_answers_from_elsewhere(quiz: Quiz, store: Store, source: str, content: str, refused: int) -> None:
    """The chosen options, language, moment and consent; no name or address; a second import adds nothing."""
    read = read_responses(content.encode(), quiz, language="fr", now=NOW)
    assert (read.source, len(read.answers), len(read.refused)) == (source, 1, refused), read
    [one] = read.answers
    assert one.chosen == {"home": ("guests",), "worry": ("drying", "price")}
    assert (one.language, one.answered_at[:13]) == ("en", "2026-11-20T10")
    assert "anne@" not in repr(read)
    assert keep_answers(store, read.answers, NOW) == (1, 0)
    assert keep_answers(store, read.answers, NOW) == (0, 1)
    assert read_answers(store, quiz.id) == (one,)


def test_two_people_who_chose_the_same_are_two(quiz: Quiz, store: Store) -> None:
    """Where a tool gives its answers no number; a second import of the same file adds nothing."""
    nameless = [{name: value for name, value in SURVEYJS[0].items() if name != "id"}] * 3
    for kept in ((3, 0), (0, 3)):
        read = read_responses(json.dumps(nameless).encode(), quiz, language="fr", now=NOW)
        assert keep_answers(store, read.answers, NOW) == kept


@pytest.mark.parametrize("content", [b"\xff\xfe", b"a,b\n1,2\n", b"[1, 2]", b"{not json"])
def test_a_file_of_none_of_these_tools_is_told(quiz: Quiz, content: bytes) -> None:
    """In a sentence."""
    with pytest.raises(WrongInput):
        read_responses(content, quiz, language="fr", now=NOW)


def test_what_enough_readers_declare_reaches_the_prompt(quiz: Quiz, store: Store, tmp_path: Path) -> None:
    """Five of six hosts, and a person: the worry stands in every prompt for hosts, comments and order kept."""
    for folder in ("brand_data", "prompts"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    brand = load_project(tmp_path).brand
    few = [answers(quiz, number, "guests", "drying") for number in range(4)]
    assert proposals(quiz, few, brand.segments) == ()
    given = [*few, answers(quiz, 5, "guests", "drying", "price"), answers(quiz, 6, "guests", "stains")]
    given += [answers(quiz, number, "children", "stains") for number in range(10, 13)]
    counts = {(one.question, one.option): one for one in tallies(quiz, given)}
    assert counts["worry", "stains"].by_segment == {"families": 3, "hosts": 1}
    [proposal] = proposals(quiz, given, brand.segments)
    assert (proposal.id, proposal.people, proposal.asked) == ("hosts.worry.drying", 5, 6)
    before = (tmp_path / "brand_data/segments.yaml").read_text(encoding="utf-8")
    with pytest.raises(WrongInput, match="--by"):
        decide(store, tmp_path, quiz.id, proposal, accept=True, by=" ", now=NOW)
    decide(store, tmp_path, quiz.id, proposal, accept=True, by="Anne", now=NOW)
    assert decided(store, quiz.id) == {"hosts.worry.drying": "accepted"}
    with pytest.raises(WrongInput, match="already"):
        decide(store, tmp_path, quiz.id, proposal, accept=False, by="Anne", now=NOW)
    after = (tmp_path / "brand_data/segments.yaml").read_text(encoding="utf-8")
    changed = [line for line in after.splitlines() if line not in before.splitlines()]
    assert len(changed) == 5 and all("worries" not in line for line in changed)
    project = load_project(tmp_path)
    assert proposals(quiz, given, project.brand.segments) == ()
    campaign = project.brand.campaigns["mini"]
    told = {
        spec.language: render(load_templates(project), project.brand, campaign, spec, NOW.date())
        .messages[-1]
        .content
        for spec in plan(campaign, project.brand, NOW.date())
        if spec.segment == "hosts"
    }
    for language, prompt in told.items():
        assert proposal.text[language] in prompt


def test_the_studio_serves_it_to_who_is_not_signed_in(tmp_path: Path) -> None:
    """The page, and what is posted; nothing without consent, nothing from another site, nothing of the studio."""
    from inedit.bootstrap import Settings
    from inedit.studio import create_app, open_workspace
    from inedit.studio.sessions import Sessions

    origin = "http://127.0.0.1:4300"
    for folder in ("brand_data", "prompts"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    with open_workspace(Settings(), tmp_path) as workspace:
        client = TestClient(create_app(workspace, Sessions(), origin=origin), base_url=origin)
        page = client.get("/quiz/linen-and-you/de")
        assert page.status_code == 200 and 'action="/quiz/linen-and-you/de"' in page.text
        assert "style-src 'sha256-" in page.headers["content-security-policy"]
        assert (
            client.get("/quiz/linen-and-you/pt").status_code == client.get("/quiz/none/de").status_code == 404
        )
        fields = {"home": "guests", "worry": ["drying", "price"]}
        refused = client.post("/quiz/linen-and-you/de", data=fields)
        assert refused.status_code == 422 and 'role="alert"' in refused.text
        assert read_answers(workspace.store, "linen-and-you") == ()
        kept = client.post("/quiz/linen-and-you/de", data={**fields, "consent": AGREED})
        [one] = read_answers(workspace.store, "linen-and-you")
        assert kept.status_code == 200 and one.id in kept.text
        assert one.chosen == {"home": ("guests",), "worry": ("drying", "price")} and one.language == "de"
        strange = client.post(
            "/quiz/linen-and-you/de",
            data={**fields, "consent": AGREED},
            headers={"origin": "https://evil.example"},
        )
        assert strange.status_code == 403
