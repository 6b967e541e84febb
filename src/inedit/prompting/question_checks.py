"""Finds what is wrong in the questions to an advisor and to a copy editor, before a draft meets them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any, get_args

from inedit.brand.schema import InsightKind
from inedit.model.errors import Issue
from inedit.prompting import copy_edit
from inedit.prompting.advice import TEMPLATE, FactView, InsightView, PartView, rendered_blocks
from inedit.prompting.reading_checks import Reading
from inedit.prompting.rendering import RenderingIssue
from inedit.prompting.templates import Templates

_FACTS = (FactView("a-fact", "A sample.", "2100-12-31"), FactView("another", "A sample."))
_ALWAYS: dict[str, Any] = {
    "brand": "Sample", "house": "sample", "language": "sample", "today": "2100-01-01",
    "parts": (PartView("body", "A sample.", False), PartView("action", "A sample.", True)),
}  # fmt: skip
_AT_TIMES: dict[str, Any] = {
    "about": ("A sample.",), "products": ("sample",), "addresses": ("sample",), "calls_to_action": ("sample",),
    "claims": _FACTS, "offers": _FACTS, "readers": ("A sample.",), "others": _FACTS,
    "insights": tuple(
        InsightView("an-insight", "A sample.", kind, note, note)
        for kind, note in product(get_args(InsightKind), ("A sample.", ""))
    ),
}  # fmt: skip
VARIABLES = (*_ALWAYS, *_AT_TIMES)
"""What the question may use."""


def advisor_issues(templates: Templates, language: str) -> Iterable[Issue]:
    """What is wrong in a language's own question; nothing where it has none: it is optional, and asked in English then.

    It is read, then rendered for a text with facts of each kind and for one with none.
    """
    path = templates.environment(language).source_loader.find(TEMPLATE)
    if path is None:
        return ()
    read = Reading(templates, language, path, VARIABLES, ()).issues
    return read or tuple(dict.fromkeys(_rendering_issues(templates, language)))


def copy_edit_issues(templates: Templates, language: str) -> Iterable[Issue]:
    """What is wrong in a language's own question of the copy edit; nothing where it has none. It uses no variables."""
    path = templates.environment(language).source_loader.find(copy_edit.TEMPLATE)
    if path is None:
        return ()
    if read := Reading(templates, language, path, (), ()).issues:
        return read
    try:
        copy_edit.rendered_question(templates, language)
    except RenderingIssue as error:
        return (error.issue,)
    return ()


def _rendering_issues(templates: Templates, language: str) -> Iterator[Issue]:
    for facts in (_AT_TIMES, dict.fromkeys(_AT_TIMES, ())):
        try:
            rendered_blocks(templates, language, {**_ALWAYS, **facts})
        except RenderingIssue as error:
            yield error.issue
