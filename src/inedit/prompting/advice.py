"""What an advising model reads of a draft that the guard accepts, and the shape that its answer must have.

The facts are those that the guard itself holds the draft against (:func:`~inedit.guard.evidence.facts.supplied_facts`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from inedit.brand.schema import Brand
from inedit.model import Draft, Message, Prompt, Sampling
from inedit.model.errors import WrongInput
from inedit.prompting.rendering import RENDERING_ERRORS, RenderingIssue, issue_of, missing_block
from inedit.prompting.sandbox import PromptEnvironment
from inedit.prompting.templates import FOLDER, Templates

if TYPE_CHECKING:
    from inedit.guard.context import Context
    from inedit.guard.evidence.facts import Fact

TEMPLATE = "advisor.md.j2"
TEMPLATE_ID = "advisor"
BLOCKS = (("system", "system"), ("user", "text"))
"""The blocks of the template, each with the role of the message that it becomes."""

FALLBACK = "en"
"""The language of the question where nobody has written it in the language of the text."""

NOT_SAID, OTHERWISE, CONDITION = "not said by any fact", "other than the fact says", "condition missing"
PROBLEMS = (NOT_SAID, OTHERWISE, CONDITION)
"""What an advisor may find wrong with a passage, in the words of its answer."""

MAX_TOKENS = 1_200
"""The most that an advisor may write on a text: some ten findings with quotation and reason."""


@dataclass(frozen=True, slots=True)
class FactView:
    """A supplied fact as the template sees it; ``until`` is the last day on which it holds, or empty."""

    KIND: ClassVar[str] = "fact"
    id: str
    text: str
    until: str = ""


@dataclass(frozen=True, slots=True)
class InsightView:
    """A supplied insight as the template sees it."""

    KIND: ClassVar[str] = "insight"
    id: str
    text: str
    kind: str
    meaning: str
    tip: str


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of the text as the template sees it; ``approved`` parts are no words of the model's."""

    KIND: ClassVar[str] = "part"
    id: str
    text: str
    approved: bool


def advice_prompt(templates: Templates, draft: Draft, context: Context) -> Prompt:
    """The question about a draft, in the language of its text where the templates have it, else in English.

    Raises :class:`~.errors.WrongInput` when the template is missing or cannot be rendered.
    """
    _, path = question_in(templates, draft.spec.language)
    try:
        messages = rendered_blocks(templates, draft.spec.language, _variables(draft, context))
    except RenderingIssue as error:
        raise WrongInput(str(error)) from error
    return Prompt(
        messages,
        TEMPLATE_ID,
        hashlib.sha256(templates.sources[path].encode()).hexdigest(),
        insight_ids=draft.spec.insight_ids,
        claim_ids=draft.spec.claim_ids,
        schema=ANSWER_SCHEMA,
        sampling=Sampling(temperature=0.0, max_tokens=MAX_TOKENS),
    )


def rendered_blocks(templates: Templates, language: str, variables: Mapping[str, Any]) -> tuple[Message, ...]:
    """The messages of the question in a language.

    Raises :class:`~inedit.prompting.rendering.RenderingIssue` when a block fails, is missing or says nothing, and what
    :func:`question_in` raises.
    """
    environment, path = question_in(templates, language)
    messages = []
    for role, block in BLOCKS:
        try:
            text = environment.render_block(TEMPLATE, block, variables)
        except RENDERING_ERRORS as error:
            raise RenderingIssue(issue_of(error, environment, TEMPLATE)) from error
        if not (text or "").strip():
            raise RenderingIssue(missing_block(path, block))
        messages.append(Message(role, (text or "").strip()))
    return tuple(messages)


def question_in(
    templates: Templates, language: str, template: str = TEMPLATE, what: str = "which an advisor reads"
) -> tuple[PromptEnvironment, str]:
    """The sandbox and the file, relative to ``prompts/``, of a question in a language; ``what`` it is.

    Raises :class:`~.errors.WrongInput` when the project has none.
    """
    for tag in (language, FALLBACK):
        environment = templates.environment(tag)
        if path := environment.source_loader.find(template):
            return environment, path
    primary = language.partition("-")[0]
    raise WrongInput(
        f"There is no {FOLDER}/_partials/{primary}/{template}, {what}. "
        "Copy it from a new project: inedit init DIR."
    )


def _variables(draft: Draft, context: Context) -> dict[str, Any]:
    from inedit.guard.evidence.facts import supplied_facts  # noqa: PLC0415  # plan and check need no guard

    brand, facts = context.brand, supplied_facts(draft, context)
    approved = {part.id for part in context.sheet.parts if part.source != "model"}

    def texts(*kinds: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(fact.text for fact in _of(facts, kinds)))

    return {
        "brand": brand.identity.name,
        "house": brand.identity.id,
        "language": brand.languages[draft.spec.language].name,
        "today": context.today.isoformat(),
        "about": texts("about"),
        "products": texts("product"),
        "addresses": texts("address"),
        "calls_to_action": texts("call_to_action"),
        "claims": tuple(_claim(fact, brand) for fact in _of(facts, ("claim",))),
        "offers": tuple(FactView(fact.id or fact.kind, fact.text) for fact in _of(facts, ("offer",))),
        "insights": tuple(_insights(facts, brand)),
        "readers": texts("readers"),
        "others": tuple(
            FactView(fact.id or fact.kind, fact.text)
            for fact in _of(facts, ("key_message", "mandatory", "link"))
        ),
        "parts": tuple(PartView(id, text, id in approved) for id, text in draft.parts.items() if text),
    }


def _of(facts: Iterable[Fact], kinds: Sequence[str]) -> list[Fact]:
    return [fact for fact in facts if fact.kind in kinds and fact.text.strip()]


def _claim(fact: Fact, brand: Brand) -> FactView:
    known = brand.claims.get(fact.id)
    return FactView(fact.id, fact.text, known.valid_until.isoformat() if known and known.valid_until else "")


def _insights(facts: Iterable[Fact], brand: Brand) -> Iterable[InsightView]:
    notes = {(fact.kind, fact.id): fact.text for fact in facts if fact.kind in ("meaning", "tip")}
    for fact in _of(facts, ("insight",)):
        yield InsightView(
            fact.id, fact.text, brand.insights[fact.id].kind, notes.get(("meaning", fact.id), ""),
            notes.get(("tip", fact.id), ""),
        )  # fmt: skip


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


ANSWER_SCHEMA = _object(
    {
        "findings": {
            "type": "array",
            "items": _object(
                {
                    "quote": {"type": "string"},
                    "fact": {"type": "string"},
                    "problem": {"type": "string", "enum": list(PROBLEMS)},
                    "why": {"type": "string"},
                }
            ),
        }
    }
)
"""JSON schema of an answer: a list of passages, each with the nearest fact, what is wrong, and why."""
