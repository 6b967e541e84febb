"""A form as the Prefect UI reads it, and what people filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from inedit.model.errors import WrongInput
from inedit.orchestration.forms.base import SEPARATOR, Choices, Form

NOTHING_OFFERED = {
    "runs": "No run is unfinished at this moment: there is nothing to go on with.",
    "places": "There is no place yet: brand_data/places.yaml is the register of them (docs/field.md).",
    "incoming": "No file waits. Put an export into .inedit/incoming in the project's folder: it is offered here then.",
}
"""What stands below a field whose list is empty."""


@dataclass(frozen=True, slots=True)
class Served:
    """How a flow is served: the form that people fill in, and what it does in one word (names in the UI's lists are
    cut after some 18 characters). A file of ``flows/`` says it as ``SERVED``; without it, the signature is the form."""

    form: type[Form]
    word: str
    tags: tuple[str, ...]


def name_of(word: str, brand: str) -> str:
    """A deployment's name: what it does and for which brand, in characters that Prefect takes."""
    return f"{word}{SEPARATOR}{brand}".translate(str.maketrans("/%&<>", "-----"))


AnyForm = TypeVar("AnyForm", bound=Form)


def schema_of(form: type[Form], choices: Choices) -> dict[str, Any]:
    """The form as the Prefect UI reads it: a JSON schema whose references point into ``definitions``."""
    schema = form.model_json_schema(ref_template="#/definitions/{model}")
    definitions = schema.pop("$defs", {})
    for properties in (schema.get("properties", {}), *(one["properties"] for one in definitions.values())):
        for position, field in enumerate(properties.values()):
            field["position"] = position
            kind = field.pop("pick", None)
            offered = choices.named(kind) if kind else ()
            if offered:
                field.get("items", field)["enum"] = list(offered)
                if kind == "models":
                    field["default"] = offered[0]
            elif kind in NOTHING_OFFERED:
                field["description"] = NOTHING_OFFERED[kind]
    return {
        "title": "Parameters",
        "type": "object",
        "properties": schema.get("properties", {}),
        "required": schema.get("required", []),
        "definitions": definitions,
    }


def read(form: type[AnyForm], **parameters: object) -> AnyForm:
    """What was filled in; what was left out (None) has its default.

    Raises :class:`~.errors.WrongInput` with one sentence a mistake.
    """
    values = {name: _plain(value) for name, value in parameters.items() if value is not None}
    try:
        return form.model_validate(values)
    except ValidationError as error:
        raise WrongInput(" ".join(_sentences(error.errors()))) from None


def _plain(value: Any) -> Any:
    return value.model_dump() if isinstance(value, BaseModel) else value


def _sentences(mistakes: Sequence[Any]) -> list[str]:
    sentences = []
    for mistake in mistakes:
        field = ".".join(str(location) for location in mistake["loc"])
        sentences.append(f"Field '{field}': {mistake['msg']}.")
    return sentences
