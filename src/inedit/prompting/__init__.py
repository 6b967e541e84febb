"""Turns a variant's specification into a prompt, and the model's answer into parts.

A template pair ``prompts/<channel>.md.j2`` + ``prompts/<channel>.yaml`` describes a channel: the first says
what the model reads, as Jinja blocks that become chat messages; the second what the answer consists of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import lazy_loader

if TYPE_CHECKING:
    from inedit.prompting.answers import MalformedAnswer, answer_schema, parse_answer, settled, split_answer
    from inedit.prompting.checked import load_for_brief
    from inedit.prompting.checking import check_templates, load_templates, refuse_errors, styles
    from inedit.prompting.coverage_checks import check_coverage
    from inedit.prompting.rendering import render
    from inedit.prompting.templates import Style, Templates
    from inedit.prompting.view_types import SiblingsView
    from inedit.prompting.wording_checks import check_wordings

__getattr__, __dir__, _ = lazy_loader.attach(__name__, submod_attrs={
    "answers": ("MalformedAnswer", "answer_schema", "parse_answer", "settled", "split_answer",),
    "checked": ("load_for_brief",),
    "checking": ("check_templates", "load_templates", "refuse_errors", "styles",),
    "coverage_checks": ("check_coverage",),
    "rendering": ("render",),
    "templates": ("Style", "Templates",),
    "view_types": ("SiblingsView",),
    "wording_checks": ("check_wordings",),
})  # fmt: skip

__all__ = [
    "MalformedAnswer",
    "SiblingsView",
    "Style",
    "Templates",
    "answer_schema",
    "check_coverage",
    "check_templates",
    "check_wordings",
    "load_for_brief",
    "load_templates",
    "parse_answer",
    "refuse_errors",
    "render",
    "settled",
    "split_answer",
    "styles",
]
