"""A copy edit on fakes: the edited text is judged like any other, and no draft is lost by an edit."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fakes.brand import TODAY, tiny_campaign, tiny_sheet
from fakes.pipeline import Line, a_variant, answer, brand_with_baseline, line, task, templates
from fakes.services import FakeArchive, FakeModel, NoPace, accepted
from inedit.generation.adaptive_limiter import AdaptiveConcurrencyLimiter
from inedit.generation.errors import PromptFiltered
from inedit.ledger import Ledger
from inedit.ledger.journal.reading import Scope
from inedit.model import Approval, Draft, Finding, Outcome, Piece, Severity, Status, Usage, Verdict
from inedit.model.errors import BudgetReached, ProviderFailure, WrongInput
from inedit.pipeline.copy_edit_note import NOTE as COPY_EDITED
from inedit.pipeline.copy_edit_note import is_copy_edited
from inedit.pipeline.metered_call import MeteredModel, RunCancelled
from inedit.pipeline.piece import produce_piece
from inedit.prompting import Templates, render
from inedit.prompting.advice import question_in
from inedit.prompting.copy_edit import copy_edit_prompt
from inedit.store import Store
from inedit.studio.rendering import Rendering

PROMPTS = Path(__file__).parents[3] / "prompts"
QUESTIONS = {
    f"_partials/{tag}/copy-edit.md.j2": (PROMPTS / "_partials" / tag / "copy-edit.md.j2").read_text("utf-8")
    for tag in ("fr", "en", "de", "es", "it")
}
EDITING = Templates({"email": tiny_sheet()}, {**templates().sources, **QUESTIONS})
SPEC = a_variant()
TEXT, EDITED = "Le lin sèche en une heure.", "En une heure, le lin est sec."


def edited_line(store: Store, *answers: Any, archive: FakeArchive | None = None) -> tuple[Line, FakeModel]:
    """A line whose model writes and edits, booked in a real ledger."""
    made = line(archive=archive)
    model = FakeModel(
        [answer(one, number=n) if isinstance(one, str) else one for n, one in enumerate(answers)]
    )
    metered = MeteredModel(
        model, Ledger(store), AdaptiveConcurrencyLimiter(1), NoPace(), first_wait_seconds=0.0
    )
    made.archive.store = store
    made.pipeline = replace(made.pipeline, metered_model=metered, templates=EDITING)
    return made, model


async def produced(made: Line, **options: Any) -> Piece:
    piece = await produce_piece(task(), made.pipeline, made.context(**{"copy_edit": True, **options}))
    assert piece is not None
    return piece


@pytest.mark.usefixtures("guard")
async def test_the_text_as_edited_gets_in_and_is_booked_with_the_piece(store: Store) -> None:
    """One draft, one edit of it: the brief, the draft as its answer, the question."""
    made, model = edited_line(store, TEXT, EDITED)
    piece = await produced(made)
    assert (piece.status, piece.attempts, piece.parts["body"]) == (Status.ACCEPTED, 1, EDITED)
    assert [f.check for f in piece.verdict.findings if is_copy_edited(f)] == ["copy-edit"]
    entries = Ledger(store).entries(Scope())
    assert [(e.purpose, e.spec_key, e.attempt) for e in entries] == [
        ("draft", SPEC.key, 1), ("copy-edit", SPEC.key, 1),
    ]  # fmt: skip
    *_, drafted, question = model.prompts[1].messages
    assert (drafted.role, json.loads(drafted.content)["body"]) == ("assistant", TEXT)
    assert question.role == "user" and question.content.startswith("# La relecture")


@pytest.mark.usefixtures("guard")
async def test_without_the_option_nothing_is_asked(store: Store) -> None:
    """It costs a call, so who wants it says so."""
    made, model = edited_line(store, TEXT)
    assert (await produced(made, copy_edit=False)).parts["body"] == TEXT
    assert len(model.prompts) == 1


@pytest.mark.usefixtures("guard")
@pytest.mark.parametrize(
    "edit",
    [
        "Trop court !", ProviderFailure("Away."), PromptFiltered("Filtered."),
        BudgetReached("The limit is reached."), WrongInput("No."),
    ],
)  # fmt: skip
async def test_no_draft_is_lost_by_an_edit(store: Store, edit: Any) -> None:
    """What the guard refuses, what nobody can read, and what cannot be had leave the draft as it was accepted."""
    made, _ = edited_line(store, TEXT, edit)
    piece = await produced(made, max_attempts=1)
    assert (piece.status, piece.parts["body"]) == (Status.ACCEPTED, TEXT)
    assert [f for f in piece.verdict.findings if f.severity is not Severity.NOTE] == []
    assert not any(map(is_copy_edited, piece.verdict.findings))


@pytest.mark.usefixtures("guard")
async def test_an_edit_that_changes_nothing_is_not_noted(store: Store) -> None:
    """The text is the draft's."""
    made, model = edited_line(store, TEXT, TEXT)
    piece = await produced(made)
    assert (piece.parts["body"], len(model.prompts)) == (TEXT, 2)
    assert not any(map(is_copy_edited, piece.verdict.findings))


@pytest.mark.usefixtures("guard")
async def test_what_a_person_sent_back_is_not_edited(store: Store) -> None:
    """The edit does not know what they asked for; the draft does, and it is what they see again."""
    asked = Finding("person", Severity.BLOCK, "Ada: Shorter.", remedy="Shorter.")
    was = accepted(SPEC, "trop long", status=Status.PARKED, verdict=Verdict((asked,)), attempts=1)
    made, model = edited_line(store, TEXT, EDITED)
    again = task(first_attempt=2, sent_back=was)
    piece = await produce_piece(again, made.pipeline, made.context(copy_edit=True))
    assert piece is not None
    assert (piece.approval, piece.parts["body"], len(model.prompts)) == (Approval.PENDING, TEXT, 1)
    assert "Shorter." in model.prompts[0].text


def test_the_note_and_a_missing_question_are_said_in_french() -> None:
    """In the studio, with the file that is missing."""
    shown = Rendering(language="fr").say
    assert shown(COPY_EDITED.message) == "Ce texte est celui de la révision stylistique."
    draft = Draft(SPEC, {"body": TEXT}, Usage("", 0, 0, 0, 0, 0.0), 1)
    with pytest.raises(WrongInput) as missing:
        copy_edit_prompt(templates(), brand_with_baseline(), tiny_campaign(), draft, TODAY)
    assert shown(str(missing.value)) == (
        "Le fichier prompts/_partials/fr/copy-edit.md.j2, la question de la révision stylistique, manque. Copiez-le "
        "depuis un nouveau projet\u00a0: inedit init DOSSIER."
    )
    with pytest.raises(WrongInput) as unread:
        question_in(templates(), "fr")
    assert "que lit un modèle relecteur, manque" in shown(str(unread.value))


@pytest.mark.usefixtures("guard")
async def test_an_edit_that_was_cut_is_not_kept(store: Store) -> None:
    """Half a text is none."""
    cut = replace(answer(EDITED[:-3], number=1), outcome=Outcome.CUT)
    made, _ = edited_line(store, TEXT, cut)
    assert (await produced(made)).parts["body"] == TEXT


@pytest.mark.usefixtures("guard")
async def test_what_the_guard_refuses_is_not_edited(store: Store) -> None:
    """It goes back first; the draft that is accepted then is edited."""
    made, model = edited_line(store, "Trop court !", TEXT, EDITED)
    piece = await produced(made, max_attempts=2)
    assert (piece.attempts, piece.parts["body"], len(model.prompts)) == (2, EDITED, 3)


@pytest.mark.usefixtures("guard")
async def test_an_edit_that_was_paid_for_is_not_asked_again(store: Store) -> None:
    """A run that was killed before the archive reads both answers again."""
    made, _ = edited_line(store, TEXT, EDITED)
    await produced(made)
    again, model = edited_line(store)
    again.archive.answers.update(made.archive.answers)
    assert (await produced(again)).parts["body"] == EDITED
    assert model.prompts == []


@pytest.mark.usefixtures("guard")
@pytest.mark.parametrize("options", [{"copy_edit": True}, {"copy_edit": False}])
async def test_a_paid_edit_is_used_whatever_the_run_is_resumed_with(
    store: Store, options: dict[str, bool]
) -> None:
    """Without the option, and with another model: it is neither dropped nor paid a second time."""
    made, _ = edited_line(store, TEXT, EDITED)
    await produced(made)
    again, model = edited_line(store)
    model.model = "another"
    again.archive.answers.update(made.archive.answers)
    assert (await produced(again, **options)).parts["body"] == EDITED
    assert model.prompts == []


@pytest.mark.usefixtures("guard")
async def test_an_edit_is_booked_for_the_model_that_is_asked(store: Store) -> None:
    """Providers name a snapshot in their answers; the price is looked up by what was asked for."""
    snapshot = answer(TEXT, number=0)
    snapshot = replace(snapshot, usage=replace(snapshot.usage, model="stub-2026-11-01"))
    made, model = edited_line(store, snapshot, EDITED)
    calls: list[Any] = []
    reserve = made.pipeline.metered_model.ledger.reserve  # type: ignore[attr-defined]

    def seen(call: Any, *most: Any, **more: Any) -> Any:
        calls.append(call)
        return reserve(call, *most, **more)

    made.pipeline.metered_model.ledger.reserve = seen  # type: ignore[attr-defined]
    assert (await produced(made)).parts["body"] == EDITED
    assert [call.model for call in calls] == ["stub", "stub"] and len(model.prompts) == 2


@pytest.mark.usefixtures("guard")
async def test_a_run_that_is_stopped_first_edits_when_it_goes_on(store: Store) -> None:
    """The draft is paid and kept; no piece is made of it yet."""
    made, _ = edited_line(store, TEXT, RunCancelled())
    assert await produce_piece(task(), made.pipeline, made.context(copy_edit=True)) is None
    assert list(made.archive.answers) and not made.archive.pieces


@pytest.mark.usefixtures("guard")
async def test_of_several_texts_the_best_is_edited_as_one(store: Store) -> None:
    """The question shows a brief for one text, and one text."""
    texts = json.dumps({"candidates": [{"body": TEXT}, {"body": "Deux draps."}]})
    made, model = edited_line(store, texts, EDITED)
    several = {
        **EDITING.sources,
        "email.md.j2": EDITING.sources["email.md.j2"] + "{% block several %}Two.{% endblock %}",
    }
    made.pipeline = replace(made.pipeline, templates=Templates({"email": tiny_sheet()}, several))
    assert (await produced(made, candidates=2)).parts["body"] == EDITED
    assert "Two." not in model.prompts[1].text
    assert "candidates" not in json.dumps(model.prompts[1].schema)


@pytest.mark.parametrize(
    ("language", "opens"),
    [
        ("fr", "# La relecture"), ("en", "# The second reading"), ("de", "# Das Gegenlesen"),
        ("es", "# La segunda lectura"), ("it", "# La rilettura"),
    ],
)  # fmt: skip
def test_the_question_is_in_the_language_of_the_text(language: str, opens: str) -> None:
    """Below the very messages of a first attempt, so that a prompt cache serves them."""
    brand = brand_with_baseline()
    known = {**brand.languages, language: brand.languages.get(language, brand.languages["en"])}
    brand = brand.model_copy(update={"languages": known})
    spec = a_variant(language)
    draft = Draft(spec, {"body": TEXT}, Usage("", 0, 0, 0, 0, 0.0), 2)
    prompt = copy_edit_prompt(EDITING, brand, tiny_campaign(), draft, TODAY)
    first = render(EDITING, brand, tiny_campaign(), spec, TODAY)
    assert prompt.messages[:-2] == first.messages
    assert prompt.messages[-1].content.startswith(opens)
    assert (prompt.schema, prompt.sampling) == (first.schema, first.sampling)


def test_a_project_without_the_question_is_told_where_it_comes_from() -> None:
    """It is asked in English where a language has none."""
    english = {name: text for name, text in EDITING.sources.items() if "/fr/" not in name}
    draft = Draft(SPEC, {"body": TEXT}, Usage("", 0, 0, 0, 0, 0.0), 1)
    asked = copy_edit_prompt(
        Templates(EDITING.sheets, english), brand_with_baseline(), tiny_campaign(), draft, TODAY
    )
    assert asked.messages[-1].content.startswith("# The second reading")
    with pytest.raises(
        WrongInput, match=r"There is no prompts/_partials/fr/copy-edit\.md\.j2, the question of a copy edit"
    ):
        copy_edit_prompt(templates(), brand_with_baseline(), tiny_campaign(), draft, TODAY)
