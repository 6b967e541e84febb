"""The set does not sound like one text: no subject or first sentence twice, no manner that most of it shares."""

from __future__ import annotations

from inedit.guard.context import Context
from inedit.guard.evidence.facts import model_parts
from inedit.guard.nlp.language_data import remedy
from inedit.guard.similarity import compare
from inedit.guard.similarity.sameness import IDENTICAL, Pattern, repeated_by
from inedit.model import Draft, Finding, Severity


def not_one_of_many(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """What the draft says as its siblings do (:meth:`inedit.guard.context.Nearness.beside`), one finding a pattern.

    A small model finds no other manner when it is told to: from a short prompt only what is identical goes back. What
    copies a sibling as a whole is left to the near-duplicate check, which shows it.
    """
    siblings = context.nearness.beside()
    if not siblings:
        return ()
    parts = tuple(text for _, text, _ in model_parts(draft, context))
    found = repeated_by(parts, siblings, draft.spec.language, context.nearness.common)
    if _copies(parts, found, siblings, context, draft.spec.language):
        return ()
    short = context.prompt.style == "small"
    return tuple(_finding(pattern, draft) for pattern in found if not short or pattern.kind in IDENTICAL)


def _copies(
    parts: tuple[str, ...],
    found: tuple[Pattern, ...],
    siblings: tuple[tuple[str, ...], ...],
    context: Context,
    language: str,
) -> bool:
    """Whether the draft is a copy of one of the siblings that it shares something identical with."""
    common = context.nearness.common
    shared = {position for pattern in found if pattern.kind in IDENTICAL for position in pattern.where[:-1]}
    return any(
        compare(
            "\n".join(parts),
            "\n".join(siblings[position]),
            language=language,
            common=common,
            copies_only=True,
        ).copy
        for position in shared
    )


def _finding(pattern: Pattern, draft: Draft) -> Finding:
    others, shown = pattern.texts - 1, pattern.examples[0]
    return Finding(
        "sameness",
        Severity.BLOCK,
        f"{others} of {pattern.of - 1} other texts of the campaign have the same {pattern.kind}: “{shown}”.",
        remedy=remedy(draft.spec.language, "same_manner", text=shown, count=others, total=pattern.of - 1),
    )
