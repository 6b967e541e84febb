"""What a language model reads to code verbatims, and the shape that its answer must have."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import TemplateError

from inedit.brand.schema import Code
from inedit.model import Message, Prompt, Sampling
from inedit.model.errors import WrongInput
from inedit.prompting.sandbox import PromptEnvironment

TEMPLATE = "field/coding.md.j2"
TEMPLATE_ID = "field/coding"
EXAMPLES_SHOWN = 3
"""Labelled examples of each code that a prompt shows, those in the texts' language first."""
TOKENS_PER_TEXT = 160
"""The most that a model may write on one text: some four codes with their quotations."""
TOKENS_PER_ANSWER = 100


@dataclass(frozen=True, slots=True)
class ExampleView:
    """A labelled example as a template sees it."""

    text: str
    quote: str
    applies: bool


@dataclass(frozen=True, slots=True)
class CodeView:
    """A code as a template sees it, in one language."""

    id: str
    family: str
    name: str
    definition: str
    use_when: str
    not_when: str
    examples: tuple[ExampleView, ...]


def read_template(root: Path) -> str:
    """``prompts/field/coding.md.j2`` of a project. Raises :class:`~.errors.WrongInput` when there is none."""
    try:
        return (root / "prompts" / TEMPLATE).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongInput(
            f"prompts/{TEMPLATE} cannot be read: {error}. Copy it from a new project: inedit init DIR."
        ) from error


def coding_prompt(template: str, codes: Iterable[Code], language: str, texts: Sequence[str]) -> Prompt:
    """The question about some texts. Raises :class:`~.errors.WrongInput` for a fault in the template."""
    book = tuple(codes)
    variables: Mapping[str, Any] = {
        "codes": tuple(_view(code, language) for code in book),
        "texts": tuple(texts),
    }
    environment = PromptEnvironment({TEMPLATE: template}, language)
    try:
        messages = [
            Message(role, block.strip())
            for role, name in (("system", "system"), ("user", "texts"))
            if (block := environment.render_block(TEMPLATE, name, variables))
        ]
    except TemplateError as error:
        raise WrongInput(f"prompts/{TEMPLATE} cannot be rendered: {error}") from error
    if len(messages) != 2:
        raise WrongInput(f"prompts/{TEMPLATE} needs two blocks that say something: system and texts.")
    return Prompt(
        tuple(messages),
        TEMPLATE_ID,
        hashlib.sha256(template.encode()).hexdigest(),
        schema=answer_schema([code.id for code in book]),
        sampling=Sampling(temperature=0.0, max_tokens=TOKENS_PER_ANSWER + TOKENS_PER_TEXT * len(texts)),
    )


def answer_schema(codes: Sequence[str]) -> dict[str, Any]:
    """JSON schema of an answer: for each text its number and its codings."""
    coding = {
        "code": {"type": "string", "enum": list(codes)},
        "quote": {"type": "string"},
        "sure": {"type": "integer"},
    }
    text = {"number": {"type": "integer"}, "codings": {"type": "array", "items": _object(coding)}}
    return _object({"texts": {"type": "array", "items": _object(text)}})


def basis_of(template: str, codes: Iterable[Code], language: str) -> str:
    """A digest of all that a model knows before it reads a text: with the same, nothing is asked twice."""
    prompt = coding_prompt(template, codes, language, [""])
    return hashlib.sha256(prompt.text.encode()).hexdigest()


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _view(code: Code, language: str) -> CodeView:
    def wording(wordings: Mapping[str, str]) -> str:
        return wordings.get(language) or wordings.get("en") or next(iter(wordings.values()), "")

    nearest = sorted(code.examples, key=lambda example: example.language != language)[:EXAMPLES_SHOWN]
    examples = tuple(ExampleView(one.text, one.quote, one.applies) for one in nearest)
    return CodeView(
        code.id, code.family, wording(code.name), wording(code.definition), wording(code.use_when),
        wording(code.not_when), examples,
    )  # fmt: skip
