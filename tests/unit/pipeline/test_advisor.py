"""An advisor on fakes: what it says is for a person, what it costs is booked once, and no draft is lost by it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fakes.brand import TODAY, tiny_campaign, tiny_sheet
from fakes.pipeline import TEMPLATE, Line, a_variant, answer, brand_with_baseline, line, task, templates
from fakes.services import FakeModel, NoPace
from inedit.archive.leases import AlreadyClaimed
from inedit.generation.adaptive_limiter import AdaptiveConcurrencyLimiter
from inedit.generation.errors import PromptFiltered
from inedit.guard.context import Context
from inedit.guard.messages import message_in
from inedit.ledger import Ledger
from inedit.ledger.journal.reading import Scope
from inedit.model import Decision, Draft, Piece, Prompt, Severity, Status, Usage
from inedit.model.errors import BudgetReached, ProviderFailure, WrongInput
from inedit.pipeline import advisor
from inedit.pipeline.advice_answers import UnreadableAdvice, advice_in, is_advisor_finding, is_unadvised
from inedit.pipeline.advisor import FAILURES_IN_A_ROW, Advisor
from inedit.pipeline.metered_call import MeteredModel, RunCancelled
from inedit.pipeline.piece import produce_piece
from inedit.prompting import Templates
from inedit.prompting.advice import CONDITION, NOT_SAID, OTHERWISE, advice_prompt
from inedit.store import Store

PROMPTS = Path(__file__).parents[3] / "prompts"
QUESTIONS = {
    f"_partials/{tag}/advisor.md.j2": (PROMPTS / "_partials" / tag / "advisor.md.j2").read_text("utf-8")
    for tag in ("fr", "en", "de", "es", "it")
}
ASKING = Templates({"email": tiny_sheet()}, {**templates().sources, **QUESTIONS})
SPEC = a_variant()
TEXT = "Le lin sèche en une heure."


def advises(*entries: dict[str, str]) -> str:
    return json.dumps({"findings": list(entries)}, ensure_ascii=False)


def doubt(quote: str = "en une heure", problem: str = NOT_SAID, fact: str = "") -> dict[str, str]:
    return {"quote": quote, "fact": fact, "problem": problem, "why": "Aucun fait ne donne cette durée."}


NOTHING = advises()


def advised_line(
    store: Store, drafts: tuple[str, ...], *answers: Any, ledger: Any = None
) -> tuple[Line, FakeModel]:
    """A line whose drafts an advisor reads; both are booked, the advice in a real ledger."""
    model = FakeModel(
        [answer(one, number=n) if isinstance(one, str) else one for n, one in enumerate(answers)]
    )
    metered = MeteredModel(
        model, ledger or Ledger(store), AdaptiveConcurrencyLimiter(1), NoPace(), first_wait_seconds=0.0
    )
    made = line(*drafts)
    made.pipeline = replace(made.pipeline, advisor=Advisor(metered, ASKING, store, "openai"))
    return made, model


async def produced(made: Line, **options: Any) -> Piece:
    piece = await produce_piece(task(), made.pipeline, made.context(**options))
    assert piece is not None
    return piece


def read(answered: str, parts: dict[str, str] | None = None) -> tuple[Any, ...]:
    draft = Draft(SPEC, parts or {"body": TEXT}, Usage("", 0, 0, 0, 0, 0.0), 1)
    return advice_in(answered, draft, context(), "judge-1")


def test_what_is_said_after_a_made_up_quotation_is_read() -> None:
    """One that is not in the text is dropped, and no other with it."""
    quote = TEXT.split()[1]
    entries = [
        {"quote": "words that nobody wrote", "problem": "none", "why": "x", "fact": ""},
        {"quote": quote, "problem": "none", "why": "y", "fact": ""},
    ]
    (finding,) = read(json.dumps({"findings": entries}))
    assert finding.span.of(TEXT) == quote


def context() -> Context:
    return Context(brand_with_baseline(), tiny_campaign(), tiny_sheet(), Prompt((), "", ""), TODAY)


# ---- a piece's way


@pytest.mark.usefixtures("guard")
async def test_what_an_advisor_doubts_waits_for_a_person(store: Store) -> None:
    """One draft, one question; the piece is parked with the passage, the model's name and a remedy."""
    made, model = advised_line(store, (TEXT,), advises(doubt()))
    piece = await produced(made)
    (finding,) = piece.verdict.findings
    assert (piece.status, piece.verdict.decision, piece.attempts) == (Status.PARKED, Decision.PARK, 1)
    assert (finding.check, finding.severity, finding.part) == ("advisor", Severity.REVIEW, "body")
    assert finding.span is not None
    assert finding.span.of(piece.text) == "en une heure"
    assert "advises stub: Aucun fait ne donne cette durée." in finding.message
    assert finding.remedy.startswith("Ne dis que ce que dit un fait")
    assert piece.reason == finding.message
    assert len(model.prompts) == 1
    assert made.ledger.savings == {}


@pytest.mark.usefixtures("guard")
async def test_what_it_has_nothing_against_is_accepted_as_ever(store: Store) -> None:
    """Its call is booked with the piece, for a purpose of its own."""
    made, _ = advised_line(store, (TEXT,), NOTHING)
    piece = await produced(made)
    assert (piece.status, piece.verdict.findings) == (Status.ACCEPTED, ())
    (entry,) = Ledger(store).entries(Scope())
    assert (entry.purpose, entry.spec_key, entry.attempt, entry.run_id) == ("advice", SPEC.key, 1, "run-1")


@pytest.mark.usefixtures("guard")
@pytest.mark.parametrize("refused", ["Trop court !", "Qui sait ?"])
async def test_it_is_not_asked_about_what_the_guard_refuses(store: Store, refused: str) -> None:
    """Its opinion would change nothing."""
    made, model = advised_line(store, (refused,), NOTHING)
    await produced(made, max_attempts=1)
    assert model.prompts == []


@pytest.mark.usefixtures("guard")
@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("I would rather not.", "stub was asked, and its answer has no list 'findings'."),
        ("", "stub was asked, and its answer is empty."),
        ('{"findings": "none"}', "stub was asked, and its answer has no list 'findings'."),
        (ProviderFailure("The key was refused."), "The key was refused."),
        (PromptFiltered("Filtered."), "Filtered."),
    ],
)
async def test_no_draft_is_lost_by_advice_that_cannot_be_had(store: Store, said: Any, why: str) -> None:
    """It is accepted as if there were no advisor, with a note that says why nobody advised."""
    made, _ = advised_line(store, (TEXT,), said)
    piece = await produced(made)
    (note,) = piece.verdict.findings
    assert piece.status is Status.ACCEPTED
    assert note.severity is Severity.NOTE
    assert is_unadvised(note)
    assert note.message == f"Not advised: {why}"


@pytest.mark.usefixtures("guard")
async def test_a_budget_that_is_reached_leaves_the_draft_unadvised(store: Store) -> None:
    """Nothing is sent, and the text that was paid for goes on."""
    from fakes.services import FakeLedger

    book = FakeLedger(refuses=[BudgetReached("The limit of the run is reached.")])
    made, model = advised_line(store, (TEXT,), NOTHING, ledger=book)
    piece = await produced(made)
    assert piece.status is Status.ACCEPTED
    assert piece.verdict.findings[0].message == "Not advised: The limit of the run is reached."
    assert model.prompts == []


@pytest.mark.usefixtures("guard")
async def test_advice_that_was_paid_for_is_not_asked_again(store: Store) -> None:
    """A run that was killed between the advice and the archive reads both answers again; another text is asked for."""
    made, _ = advised_line(store, (TEXT,), advises(doubt()))
    first = await produced(made)
    again, model = advised_line(store, ())
    again.archive.answers.update(made.archive.answers)
    piece = await produced(again)
    assert piece.verdict.findings == first.verdict.findings
    assert model.prompts == []
    other, asked = advised_line(store, ("Le lin sèche vite.",), NOTHING)
    await produced(other)
    assert len(asked.prompts) == 1


@pytest.mark.usefixtures("guard")
async def test_a_run_that_is_stopped_first_judges_the_draft_when_it_goes_on(store: Store) -> None:
    """The draft is paid and kept; the advice is neither."""
    made, model = advised_line(store, (TEXT,), NOTHING)

    source = made.pipeline.advisor
    made.pipeline = replace(made.pipeline, advisor=_Stopped())
    assert await produce_piece(task(), made.pipeline, made.context()) is None
    assert list(made.archive.answers)
    assert not made.archive.pieces
    made.pipeline = replace(made.pipeline, advisor=source)
    assert (await produced(made)).status is Status.ACCEPTED
    assert len(model.prompts) == 1


class _Stopped:
    model = "stub"

    async def advise(self, *_: Any) -> Any:
        raise RunCancelled


@pytest.mark.usefixtures("guard")
async def test_a_provider_that_keeps_failing_is_left_alone(store: Store) -> None:
    """After three failures in a row nothing more is asked; every piece goes on."""
    failures = [ProviderFailure("No.")] * FAILURES_IN_A_ROW
    made, model = advised_line(store, tuple(f"Texte {n}." for n in range(5)), *failures)
    for index in range(5):
        made_of = task(a_variant(index=index))
        piece = await produce_piece(made_of, made.pipeline, made.context())
        assert piece is not None
        assert piece.status is Status.ACCEPTED
        assert is_unadvised(piece.verdict.findings[0])
    assert len(model.prompts) == FAILURES_IN_A_ROW


@pytest.mark.usefixtures("guard")
async def test_of_several_texts_the_first_that_it_has_nothing_against_is_kept(store: Store) -> None:
    """Each accepted one is asked about until then."""
    texts = json.dumps({"candidates": [{"body": "Un drap."}, {"body": "Deux draps."}]})
    made, model = advised_line(store, (texts,), advises(doubt("drap")), NOTHING)
    several = {"email.md.j2": f"{TEMPLATE}{{% block several %}}Two.{{% endblock %}}"}
    made.pipeline = replace(made.pipeline, templates=Templates({"email": tiny_sheet()}, several))
    piece = await produced(made, candidates=2)
    assert (piece.status, piece.verdict.findings) == (Status.ACCEPTED, ())
    assert len(model.prompts) == 2


# ---- what is asked


@pytest.mark.parametrize("language", ["fr", "en", "de", "es", "it"])
def test_the_question_holds_the_text_and_the_facts_that_the_guard_knows(language: str) -> None:
    """In the language of the text, with today's date and a schema; ended claims are not among them."""
    brand = brand_with_baseline()
    if language not in brand.languages:
        known = {**brand.languages, language: brand.languages["en"]}
        brand = brand.model_copy(update={"languages": known})
    spec = a_variant(language)
    draft = Draft(spec, {"body": TEXT, "offer": "Offre."}, Usage("", 0, 0, 0, 0, 0.0), 1)
    there = Context(brand, tiny_campaign(), tiny_sheet(), Prompt((), "", ""), TODAY)
    prompt = advice_prompt(ASKING, draft, there)
    system, asked = prompt.messages
    assert (system.role, asked.role) == ("system", "user")
    assert TEXT in asked.content
    assert TODAY.isoformat() in asked.content
    assert brand.insights[spec.insight_ids[0]].text.get(language, "") in asked.content
    valid = [claim for claim in brand.claims.values() if claim.is_valid(TODAY, brand.market(language))]
    for claim in brand.claims.values():
        if language in claim.text:
            assert (claim.text[language] in system.content) == (claim in valid)
    assert all(name in system.content for name in (NOT_SAID, OTHERWISE, CONDITION))
    assert prompt.schema["properties"]["findings"]["type"] == "array"
    assert "{{" not in prompt.text


def test_a_language_without_a_question_is_asked_in_english_and_a_project_without_one_says_so() -> None:
    """Copy it from a new project."""
    draft = Draft(SPEC, {"body": TEXT}, Usage("", 0, 0, 0, 0, 0.0), 1)
    english = {name: text for name, text in QUESTIONS.items() if "/en/" in name}
    asked = advice_prompt(Templates(ASKING.sheets, english), draft, context())
    assert asked.messages[0].content.startswith("You check")
    with pytest.raises(WrongInput, match=r"There is no prompts/_partials/fr/advisor\.md\.j2"):
        advice_prompt(templates(), draft, context())


# ---- what is believed of an answer


@pytest.mark.parametrize(
    "quote",
    ["en une heure", "EN UNE  HEURE", "« en une heure. »", "Le lin … une heure", "sèche en [...] heure"],
)
def test_a_quotation_is_found_by_its_words(quote: str) -> None:
    """Whatever stands around them."""
    (finding,) = read(advises(doubt(quote)))
    assert finding.span.of(TEXT).endswith("heure")


@pytest.mark.parametrize("quote", ["en deux heures", "", "…", "heur"])
def test_what_the_text_does_not_say_is_dropped_and_told(quote: str, caplog: pytest.LogCaptureFixture) -> None:
    """An advisor that quotes what nobody wrote is not believed."""
    caplog.set_level("INFO")
    assert read(advises(doubt(quote))) == ()
    assert "its quotation is not in the text" in caplog.text


def test_approved_wordings_are_not_its_affair() -> None:
    """Somebody approved them; a quotation counts in the whole text."""
    approved = next(part.id for part in tiny_sheet().parts if part.source != "model")
    assert read(advises(doubt("Ce lin")), {approved: "Ce lin", "body": TEXT}) == ()
    (finding,) = read(advises(doubt()), {approved: "Ce lin", "body": TEXT})
    assert finding.span.of(f"Ce lin\n{TEXT}") == "en une heure"


def test_a_passage_is_doubted_once_and_fences_are_read() -> None:
    """Servers without structured output wrap their JSON."""
    assert len(read(f"```json\n{advises(doubt(), doubt())}\n```")) == 1
    assert read("```json\n[]\n```") == ()


@pytest.mark.parametrize("answered", ["x" * 60_000, "null", '{"found": []}', '["a"]'])
def test_an_answer_without_findings_is_no_advice(answered: str) -> None:
    """It does not count as silence."""
    with pytest.raises(UnreadableAdvice):
        read(answered)


@pytest.mark.parametrize(
    ("problem", "french"),
    [
        (NOT_SAID, "« en une heure » : aucun fait fourni ne le dit, selon judge-1 : Aucun fait"),
        (OTHERWISE, "« en une heure » : les faits disent autre chose, selon judge-1 : Aucun fait"),
        (CONDITION, "« en une heure » : il manque ici une condition, selon judge-1 : Aucun fait"),
        ("something else", "« en une heure » : aucun fait fourni ne le dit, selon judge-1 : Aucun fait"),
    ],
)
def test_a_french_person_reads_it_in_french(problem: str, french: str) -> None:
    """The reason is in the language of the text, and its marks stay on their line."""
    for mark in ("« ", " »", " :"):
        french = french.replace(mark, mark.replace(" ", "\u00a0"))
    (finding,) = read(advises(doubt(problem=problem)))
    assert is_advisor_finding(finding)
    assert message_in("fr", finding.message).startswith(french)


def test_the_remedy_quotes_the_fact_that_is_meant() -> None:
    """Where the advisor names one that was supplied; an invented one is not believed."""
    fact = brand_with_baseline().insights[SPEC.insight_ids[0]]
    (finding,) = read(advises(doubt(problem=OTHERWISE, fact=f"[{fact.id}]")))
    assert fact.text["fr"][:40] in finding.remedy
    (invented,) = read(advises(doubt(problem=OTHERWISE, fact="no-such-fact")))
    assert invented.remedy.startswith("Ne dis que")


def test_so_much_of_an_answer_is_read() -> None:
    """Fifty thousand characters and twenty findings: a model that goes on loops. A long reason is shortened."""
    text = " ".join(f"mot{n}" for n in range(30))
    entries = [doubt(f"mot{n}") for n in range(30)]
    assert len(read(advises(*entries), {"body": text})) == 20
    whole = advises(doubt())
    assert len(read(whole + " " * (50_000 - len(whole)))) == 1
    with pytest.raises(UnreadableAdvice, match="more than 50,000 characters"):
        read(whole + " " * (50_001 - len(whole)))
    (finding,) = read(advises({**doubt(), "why": "x" * 301}))
    assert "x" * 301 not in finding.message and "x" * 250 in finding.message
    (finding,) = read(advises({**doubt(), "why": "x" * 300}))
    assert finding.message.endswith(": " + "x" * 300)


def test_an_answer_that_no_parser_survives_is_no_advice() -> None:
    """Brackets without end."""
    with pytest.raises(UnreadableAdvice):
        read("[" * 40_000)


def test_what_is_said_of_passages_comes_in_their_order() -> None:
    """Whatever order an advisor names them in; of two opinions on the same passage the first counts."""
    first, second = doubt("en une heure"), doubt("Le lin", OTHERWISE)
    again = {**doubt("en une heure"), "why": "Autre raison."}
    found = read(advises(first, second, again))
    assert [one.span.of(TEXT) for one in found] == ["Le lin", "en une heure"]
    assert "Autre raison" not in found[1].message


@pytest.mark.usefixtures("guard")
async def test_who_is_asked_elsewhere_is_waited_for(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another pool took the piece over from us: its advice serves both, and is paid once."""
    waits: list[float] = []
    made, model = advised_line(store, (TEXT,), NOTHING, "never")
    ask: Any = advisor.ask_about

    async def asked(metered: Any, prompt: Any, key: Any, *more: Any, **named: Any) -> Any:
        if not waits:
            raise AlreadyClaimed(key.name)
        return await ask(metered, prompt, key, *more, **named)

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(advisor, "ask_about", asked)
    monkeypatch.setattr("inedit.pipeline.second_reading.asyncio.sleep", sleep)
    piece = await produced(made)
    assert (piece.status, waits, len(model.prompts)) == (Status.ACCEPTED, [0.5], 1)


@pytest.mark.usefixtures("guard")
async def test_only_failures_in_a_row_count(store: Store) -> None:
    """One answer in between begins the count anew; a question that was filtered is one text's own affair."""
    away = ProviderFailure("away")
    answers = [away, away, NOTHING, away, away, PromptFiltered("Filtered."), away, "never"]
    made, model = advised_line(store, tuple(f"Texte {n}." for n in range(9)), *answers)
    for index in range(9):
        await produce_piece(task(a_variant(index=index)), made.pipeline, made.context())
    assert len(model.prompts) == 7, "after the third failure in a row nobody is asked any more"
