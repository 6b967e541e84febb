"""From a variant's specification to the messages that a model receives."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from traceback import walk_tb
from types import TracebackType
from typing import Any

from jinja2 import Template, TemplateError

from inedit.brand.caching import by_identity
from inedit.brand.schema import Brand, Campaign, Example, Sheet
from inedit.guard.nlp.text import shared_runs
from inedit.model import Finding, Message, Prompt, Sampling, VariantSpec
from inedit.model.errors import Issue, ProjectErrors, WrongInput
from inedit.prompting.answers import answer_schema, several_schema
from inedit.prompting.sandbox import PromptEnvironment
from inedit.prompting.templates import FOLDER, SUFFIX, Templates
from inedit.prompting.view_types import ExampleView, RevisionView, SiblingsView
from inedit.prompting.views import Variables, build_variables, examples_in, view_of

REQUIRED_BLOCKS = ("system", "brief")
SEVERAL = "several"
"""The block that asks for several texts at once; a template without it can be asked for one only."""
TEXTS_KEPT = 256
"""Blocks that are not made tidy again: most say what they said to the variant before."""
EXAMPLES_KEPT = 256
"""Worked examples that are not written as answers again."""
COPIED_WORDS = 4
"""Words in a row that a refused passage and a worked example share, from which it was taken there."""

RENDERING_ERRORS = (
    TemplateError, TypeError, ValueError, ArithmeticError, AttributeError, LookupError, RecursionError,
)  # fmt: skip
"""What a template may raise while it is rendered."""


class RenderingIssue(Exception):
    """A template failed while it was rendered; ``issue`` says where and why."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(str(issue))
        self.issue = issue


def render(
    templates: Templates,
    brand: Brand,
    campaign: Campaign,
    spec: VariantSpec,
    today: date,
    *,
    findings: tuple[Finding, ...] = (),
    previous: Mapping[str, str] | None = None,
    siblings: SiblingsView | None = None,
    candidates: int = 1,
) -> Prompt:
    """The prompt for one variant, or for its next attempt when there are ``findings`` on the ``previous`` parts.

    The blocks become messages in the order *system*, *example* (one user turn for each of the sheet's worked
    examples, which answers it), *brief*, with *revision* below it for a next attempt. What does not change from
    one variant to the next comes first, so that a prompt cache serves it. The refused draft itself is not shown:
    a model that sees it writes it again (docs/prompts.md, "The way back"). ``siblings`` says which openings and images
    other texts of the campaign already have. With several ``candidates`` the block *several* follows, and the answer
    is a list of as many texts (:func:`~inedit.prompting.answers.several_schema`).

    Raises:
        ProjectErrors: a template fails for this variant; ``check_templates`` tells it earlier.
        WrongInput: the specification names something that the brand or the templates do not have.
    """
    sheet = templates.sheets.get(spec.channel)
    if sheet is None or templates.path(spec.channel) is None:
        raise WrongInput(
            f"There is no template for the channel '{spec.channel}'. "
            f"Write {FOLDER}/{spec.channel}{SUFFIX} and {FOLDER}/{spec.channel}.yaml."
        )
    variables = build_variables(
        brand, campaign, sheet, spec, today, findings=findings, previous=previous, siblings=siblings,
        candidates=candidates,
    )  # fmt: skip
    try:
        messages = render_messages(templates, sheet, variables)
    except RenderingIssue as error:
        issue = replace(error.issue, message=f"{error.issue.message} (for {spec.label})")
        raise ProjectErrors([issue]) from error
    return Prompt(
        messages=messages,
        template_id=templates.template_id(spec.channel),
        template_sha=templates.sha(spec.channel, spec.language),
        insight_ids=spec.insight_ids,
        claim_ids=spec.claim_ids,
        schema=several_schema(answer_schema(sheet, variables.wordings), candidates),
        sampling=Sampling(
            sheet.sampling.temperature, sheet.sampling.top_p, sheet.sampling.max_tokens * candidates
        ),
        style=templates.style,
    )


def render_messages(templates: Templates, sheet: Sheet, variables: Variables) -> tuple[Message, ...]:
    """The messages of one variant.

    Raises:
        RenderingFault: the template failed.
    """
    language, revision = variables.language.tag, variables.revision
    environment, seen = templates.environment(language), variables.as_dict()

    def block(name: str, **more: ExampleView) -> str:
        return _block(environment, sheet.channel, name, {**seen, **more})

    messages = [Message("system", block("system"))]
    for example in not_copied(examples_in(sheet, language), revision):
        if turn := block("example", example=view_of(example)):
            messages += [Message("user", turn), Message("assistant", _answered(example, sheet))]
    brief, revision_part = block("brief"), block("revision") if revision.findings else ""
    several = block(SEVERAL) if variables.candidates > 1 else ""
    return (*messages, Message("user", "\n\n".join(filter(None, (brief, revision_part, several)))))


def not_copied(examples: tuple[Example, ...], revision: RevisionView) -> tuple[Example, ...]:
    """The worked examples without those that the refused draft copied, as long as one is left."""
    copied = [finding.quote for finding in revision.findings if finding.check == "echo"]

    def shows(example: Example) -> bool:
        text = " ".join(example.parts.values())
        return any(True for quote in copied for _ in shared_runs(quote, text, COPIED_WORDS))

    uncopied = tuple(example for example in examples if not shows(example))
    return uncopied or examples


def as_answer(answered: Mapping[str, str], sheet: Sheet) -> str:
    """The parts of a text as a model answers: in the sheet's order, those that may be left out and are, empty."""
    parts = {
        part.id: answered.get(part.id, "")
        for part in sheet.parts
        if part.id in answered or not part.min_chars
    }
    return json.dumps(parts, ensure_ascii=False)


@by_identity(EXAMPLES_KEPT)
def _answered(example: Example, sheet: Sheet) -> str:
    return as_answer(example.parts, sheet)


def _block(environment: PromptEnvironment, channel: str, block: str, variables: Mapping[str, Any]) -> str:
    name = channel + SUFFIX
    try:
        text = environment.render_block(name, block, variables)
    except RENDERING_ERRORS as error:
        raise RenderingIssue(issue_of(error, environment, name)) from error
    if not (text or "").strip() and block in (*REQUIRED_BLOCKS, SEVERAL):
        raise RenderingIssue(missing_block(name, block))
    return _tidy(text or "")


def missing_block(path: str, block: str) -> Issue:
    """A block that says nothing, of a template by its path relative to ``prompts/``."""
    remedy = f"Write {{% block {block} %}} … {{% endblock %}}."
    message = f"The block '{block}' is missing or empty."
    return Issue(f"{FOLDER}/{path}", 0, 0, "missing-block", message, remedy)


@lru_cache(TEXTS_KEPT)
def _tidy(text: str) -> str:
    """No trailing spaces, no runs of empty lines, nothing that a chat format would take for its own mark."""
    lines: list[str] = []
    for line in text.strip().splitlines():
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines).replace("<|", "< |").replace("|>", "| >")


def issue_of(error: Exception, environment: PromptEnvironment, name: str) -> Issue:
    """The fault that an exception stands for, at the innermost template line that it came from."""
    path, line = _location(error.__traceback__, name)
    path = environment.source_loader.find(path) or path
    code, remedy = (
        "template-error",
        "See https://jinja.palletsprojects.com/templates/ for what a template may do.",
    )
    message = str(error)
    if isinstance(error, RecursionError):
        code, message, remedy = (
            "endless-template",
            "The template includes or calls itself without end.",
            "Break the circle.",
        )
    else:
        code, remedy = _CODES.get(type(error).__name__, (code, remedy))
        if message.endswith("is not safely callable"):
            message = "A template cannot call this."
        remedy = getattr(error, "remedy", remedy)
    column = _column(environment.source_loader.sources.get(path, ""), line, getattr(error, "name", None))
    return Issue(f"{FOLDER}/{path}", line, column, code, message, remedy)


_CODES = {
    "UnknownName": ("unknown-name", ""),
    "MissingTranslation": ("missing-translation", ""),
    "SecurityError": (
        "forbidden",
        "Templates may print, test and loop, and change texts with filters ({{ name | upper }}).",
    ),
    "TemplateNotFound": ("missing-partial", ""),
}


def _location(traceback: TracebackType | None, name: str) -> tuple[str, int]:
    location = name, 0
    for frame, line in walk_tb(traceback):
        template: Any = frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template):
            location = template.name or name, template.get_corresponding_lineno(line)
    return location


def _column(source: str, line: int, name: str | None) -> int:
    """Where a name stands in a line, from 1; 1 when it cannot be told, 0 without a line."""
    lines = source.splitlines()
    if not 0 < line <= len(lines):
        return 0
    return max(lines[line - 1].find(name) + 1, 1) if name else 1
