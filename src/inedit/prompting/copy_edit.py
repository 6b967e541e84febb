"""What the model that wrote a draft reads when it is asked to go over it as a copy editor."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from inedit.brand.schema import Brand, Campaign
from inedit.model import Draft, Message, Prompt
from inedit.model.errors import WrongInput
from inedit.prompting.advice import question_in
from inedit.prompting.rendering import (
    RENDERING_ERRORS,
    RenderingIssue,
    as_answer,
    issue_of,
    missing_block,
    render,
)
from inedit.prompting.templates import Templates

TEMPLATE = "copy-edit.md.j2"
BLOCK = "question"


def copy_edit_prompt(
    templates: Templates, brand: Brand, campaign: Campaign, draft: Draft, today: date
) -> Prompt:
    """The brief of a draft, the draft as its answer, and the question: what stumbles in it, put right.

    The brief is rendered as for a first attempt at one text: what the guard said of earlier drafts, and what siblings
    have, is no matter of wording. What the guard reads as the prompt of the draft stays the draft's own.

    Raises :class:`~.errors.WrongInput` when the question is missing or cannot be rendered, and what
    :func:`~inedit.prompting.rendering.render` raises.
    """
    brief = render(templates, brand, campaign, draft.spec, today)
    question = copy_edit_question(templates, draft.spec.language)
    answer = as_answer(draft.parts, templates.sheets[draft.spec.channel])
    return replace(brief, messages=(*brief.messages, Message("assistant", answer), Message("user", question)))


def copy_edit_question(templates: Templates, language: str) -> str:
    """The last message, in a language, or else in English.

    Raises :class:`~.errors.WrongInput` when it is missing or cannot be rendered.
    """
    try:
        return rendered_question(templates, language)
    except RenderingIssue as error:
        raise WrongInput(str(error)) from error


def rendered_question(templates: Templates, language: str) -> str:
    """The same; raises :class:`~inedit.prompting.rendering.RenderingIssue` when its block fails or says nothing, and
    what :func:`~inedit.prompting.advice.question_in` raises."""
    environment, path = question_in(templates, language, TEMPLATE, "the question of a copy edit")
    try:
        text = environment.render_block(TEMPLATE, BLOCK, {})
    except RENDERING_ERRORS as error:
        raise RenderingIssue(issue_of(error, environment, TEMPLATE)) from error
    if not (text or "").strip():
        raise RenderingIssue(missing_block(path, BLOCK))
    return (text or "").strip()
