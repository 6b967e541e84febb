"""The forms: lists to pick from, whatever their length, and mistakes told in sentences."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from inedit.bootstrap import Settings
from inedit.model.errors import WrongInput
from inedit.orchestration.choices import choices_of, fingerprint, offered_models, run_id_of, shown
from inedit.orchestration.forms import (
    CandidatesForm,
    Choices,
    CodeForm,
    ExportForm,
    ForgetForm,
    MapForm,
    ObserveForm,
    Only,
    ProduceForm,
    PruneForm,
    RejudgeForm,
    ResumeForm,
    read,
    schema_of,
)
from inedit.orchestration.forms.production import options_of

CHOICES = Choices(
    campaigns=("mini", "winter"), channels=("email",), segments=("families", "hosts"), languages=("fr",),
    tones=("plain",), models=("gpt-5-mini", "embedded"), months=("everything", "2026-11"), brand="Filandre",
)  # fmt: skip


def test_a_list_with_one_entry_is_a_list_to_pick_from() -> None:
    """One channel or ten: the field has an enumeration, so that nobody types."""
    schema = schema_of(ProduceForm, CHOICES)
    only = schema["definitions"]["Only"]["properties"]
    assert only["channels"]["items"] == {"type": "string", "enum": ["email"]}
    assert only["segments"]["items"]["enum"] == ["families", "hosts"]
    assert schema["properties"]["campaign"]["enum"] == ["mini", "winter"]
    assert schema["required"] == ["campaign"]


def test_the_form_begins_with_the_model_that_the_environment_names() -> None:
    """The first model offered is the one that a run gets when nobody chooses."""
    assert schema_of(ProduceForm, CHOICES)["properties"]["model"]["default"] == "gpt-5-mini"


def test_without_anything_to_offer_a_field_is_typed() -> None:
    """No run was interrupted yet: an empty enumeration would refuse every answer; the field says that there is none."""
    field = schema_of(ResumeForm, CHOICES)["properties"]["run"]
    assert "enum" not in field
    assert "No run is unfinished" in field["description"]


def test_fields_come_in_the_order_in_which_people_think() -> None:
    """Prefect orders by position; the campaign comes first, the model and its prompts last."""
    properties = schema_of(ProduceForm, CHOICES)["properties"]
    assert sorted(properties, key=lambda name: properties[name]["position"]) == list(properties)
    assert next(iter(properties)) == "campaign"
    assert list(properties)[-3:] == ["model", "advisor", "prompts"]


def test_no_mark_of_ours_is_left_in_what_prefect_reads() -> None:
    """The schema is plain JSON Schema."""
    for form in (
        ProduceForm, ResumeForm, ExportForm, RejudgeForm, CodeForm, MapForm, ObserveForm, CandidatesForm, PruneForm,
        ForgetForm,
    ):  # fmt: skip
        assert "'pick'" not in str(schema_of(form, CHOICES))


def refusals(cost: str) -> list[str]:
    """What stands beside the field: Prefect validates what was filled in against the schema, as JSON Schema does."""
    schema = schema_of(ProduceForm, CHOICES)
    filled = {"campaign": "mini", "limits": {"max_cost": cost}}
    return [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(filled)]


@pytest.mark.parametrize("cost", ["0", "0.00", "0,00 €", "-1", "two", "2.50.1", "EUR"])
def test_a_budget_that_is_none_is_refused_in_a_sentence(cost: str) -> None:
    """Nothing above 0, nothing spent: the person hears what an amount looks like, and sees it beside the field."""
    with pytest.raises(WrongInput, match=r"give an amount (above 0, )?such as 2\.50"):
        read(ProduceForm, **{"campaign": "mini", "limits": {"max_cost": cost}})
    assert refusals(cost) == ["'an amount above 0, such as 2.50, 2,50 € or 2 USD' was expected"]


@pytest.mark.parametrize(
    "cost", ["", "2", "2.50", "2,50", "0.01 USD", " 12.5 EUR ", "0,50 €", "2 eur", "2.50 euros", "$3"]
)
def test_an_amount_with_or_without_currency_is_taken(cost: str) -> None:
    """As people write it."""
    assert (
        read(ProduceForm, **{"campaign": "mini", "limits": {"max_cost": cost}}).limits.max_cost
        == cost.strip()
    )
    assert refusals(cost) == []


@pytest.mark.parametrize(("limits", "asked"), [({}, 5), ({"generic_texts": 1}, 1), ({"generic_texts": 0}, 0)])
def test_a_run_asks_for_as_many_generic_texts_as_the_form_says(limits: dict[str, int], asked: int) -> None:
    """As many as the command line asks for where nothing is said."""
    form = read(ProduceForm, **{"campaign": "mini", "limits": limits})
    assert options_of(Settings(), form).mirror == asked


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"campaign": "mini", "only": {"chanels": ["email"]}}, "only.chanels"),
        ({"campaign": "mini", "variants_per_cell": 100_001}, "variants_per_cell"),
        ({"campaign": "mini", "api_key": "sk-1"}, "api_key"),
    ],
)
def test_every_mistake_is_named_by_its_field(parameters: dict[str, Any], said: str) -> None:
    """Unknown fields too: a key never goes through a form."""
    with pytest.raises(WrongInput, match=said):
        read(ProduceForm, **parameters)


def test_segments_and_tones_are_picked_by_their_names() -> None:
    """What comes back is the id; a script that gives ids is read as well."""
    picked = read(Only, segments=["Familles · families", "hosts"], tones=["Sobre · plain"])
    assert (picked.segments, picked.tones) == (["families", "hosts"], ["plain"])


def test_what_was_left_out_has_its_default() -> None:
    """None and a missing field are the same; a model in Python's form is read like one in JSON's."""
    form = read(ProduceForm, **{"campaign": "mini", "only": Only(channels=["email"]), "dry_run": None})
    assert form.only.channels == ["email"]
    assert form.dry_run is False


def test_models_of_a_provider_are_offered_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """INEDIT_MODELS lists them; the environment's own comes first, and none comes twice."""
    from inedit.bootstrap import Settings

    offered = offered_models(Settings(model="a"), {"INEDIT_MODELS": "b, a,, c"})
    assert offered[:3] == ("a", "b", "c")
    assert len(set(offered)) == len(offered)


def test_a_run_is_picked_by_a_line_that_people_can_read() -> None:
    """The id comes first and is taken out again; typed alone it does as well."""
    from inedit.archive.requests import PastRun

    line = shown(PastRun("20261126-030009-eb2d6c", "mini", "interrupted", ""))
    assert line == "20261126-030009-eb2d6c · mini · interrupted"
    sentence = (
        "The next call may cost up to 0.0021 EUR, and this run may cost 0.0010 EUR: nothing was charged."
    )
    stopped = shown(PastRun("20261126-030009-eb2d6c", "mini", sentence, ""))
    assert stopped == "20261126-030009-eb2d6c · mini · stopped early"
    assert run_id_of(line) == run_id_of(" 20261126-030009-eb2d6c ") == "20261126-030009-eb2d6c"


def test_a_changed_brand_is_noticed_and_shows_in_the_form(
    demo_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new campaign file changes the fingerprint, and the next look offers it."""
    import shutil

    monkeypatch.setenv("INEDIT_DATABASE_URL", f"sqlite:///{tmp_path / 'inedit.db'}")
    for folder in ("brand_data", "prompts"):
        shutil.copytree(demo_root / folder, tmp_path / folder)
    before, seen = choices_of(tmp_path), fingerprint(tmp_path)
    assert "Familles · families" in before.segments
    assert all(" · " in tone for tone in before.tones)
    brief = (tmp_path / "brand_data/campaigns/mini.yaml").read_text(encoding="utf-8")
    (tmp_path / "brand_data/campaigns/spring.yaml").write_text(
        brief.replace("id: mini", "id: spring"), encoding="utf-8"
    )
    assert fingerprint(tmp_path) != seen
    assert set(choices_of(tmp_path).campaigns) - set(before.campaigns) == {"spring"}


def test_every_field_of_a_form_is_a_parameter_of_its_flow() -> None:
    """The UI sends what the form asks for; Prefect refuses a run with a parameter that its flow does not have."""
    from conftest import ROOT
    from inedit.orchestration.deployments import deployments_of

    served = [spec for spec in deployments_of(ROOT) if spec.served is not None]
    assert len(served) > 5
    for spec in served:
        assert spec.served is not None
        parameters = set(inspect.signature(spec.flow.fn).parameters)
        assert parameters == set(spec.served.form.model_fields), spec.word


def test_places_and_codes_are_picked_and_all_of_them_is_a_choice() -> None:
    """A place to observe is one; where verbatims are read, all places are the first choice, and mean no limit."""
    offered = Choices(places=("club",), codes=("worry",), incoming=("club.json",))
    observe = schema_of(ObserveForm, offered)
    assert [observe["properties"][name]["enum"] for name in ("place", "file")] == [["club"], ["club.json"]]
    assert observe["required"] == ["place", "file"]
    for form, field, choices in (
        (CodeForm, "place", ["everything", "club"]),
        (CandidatesForm, "place", ["everything", "club"]),
        (CandidatesForm, "code", ["everything", "worry"]),
    ):
        assert schema_of(form, offered)["properties"][field]["enum"] == choices
        given = ({}, {field: "everything"}, {field: ""})
        assert [getattr(read(form, **one), field) for one in given] == ["", "", ""]
    nothing = schema_of(ObserveForm, Choices())["properties"]
    assert "No file waits" in nothing["file"]["description"]


@pytest.mark.parametrize("typed", ["@lolo_92", "Zoé Canari", "3f2a", ""])
def test_a_person_is_forgotten_by_a_pseudonym_and_by_no_name(typed: str) -> None:
    """What is typed into a form of Prefect's stays in its database."""
    with pytest.raises(WrongInput, match="give no name"):
        read(ForgetForm, pseudonym=typed)
