"""Saying in plain words what pydantic found wrong, at the line and column where it stands."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from inedit.brand.reading import Document, Loc
from inedit.model.errors import Issue

_PATTERNS = {
    "^[a-z0-9][a-z0-9_-]*$": (
        "bad-id",
        "is not an id",
        "Use lower-case letters, digits, '-' and '_', without spaces or accents.",
    ),
    "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$": (
        "bad-language-tag",
        "is not a language tag",
        "Write a tag such as fr, en or de-CH.",
    ),
    "^[A-Z]{2}$": ("bad-code", "is not a country code", "Write two capital letters, such as FR."),
    "^[A-Z]{3}$": ("bad-code", "is not a currency code", "Write three capital letters, such as EUR."),
}
_LIMITS = {
    "greater_than_equal": ("at least", "ge"),
    "greater_than": ("more than", "gt"),
    "less_than_equal": ("at most", "le"),
    "less_than": ("less than", "lt"),
}


def suggest(word: str, known: Iterable[str]) -> str:
    """``Did you mean 'x'?`` when something close is known, else the list of what is known."""
    known = list(dict.fromkeys(known))
    if close := _closest(word, known):
        return f"Did you mean '{close}'?"
    return f"Known here: {', '.join(known)}." if known else "None is known here yet."


def _closest(word: str, known: Iterable[str]) -> str | None:
    lowered = {name.lower(): name for name in known}
    return next((lowered[name] for name in get_close_matches(word.lower(), lowered, n=1)), None)


def validation_issues(
    error: ValidationError, document: Document, at: Loc, model: type[BaseModel]
) -> Iterator[Issue]:
    """Every mistake that ``error`` reports on the entry at ``at``, one fault each.

    A key that is missing because it stands there misspelt is one mistake.
    """
    errors = list(_without_union_noise(error.errors(include_url=False, include_context=True)))
    misspelt = {
        (*parent, close)
        for details in errors
        if details["type"] == "extra_forbidden"
        for parent, word in [(details["loc"][:-1], str(details["loc"][-1]))]
        if (close := _closest(word, _keys_at(model, parent)))
    }
    for details in errors:
        if details["type"] != "missing" or details["loc"] not in misspelt:
            yield _issue(details, document, at, model)


def _without_union_noise(errors: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """One error for a value that fits no member of a union (``auto`` or a list), instead of one a member."""
    reported: set[Loc] = set()
    for error in errors:
        branch = next((n for n, step in enumerate(error["loc"]) if _is_branch(step)), None)
        if branch is None:
            yield error
            continue
        stem, rest = error["loc"][:branch], error["loc"][branch + 1 :]
        if rest:  # the value is a list, and this item of it is wrong
            yield {**error, "loc": (*stem, *rest)}
        elif not isinstance(error["input"], list) and stem not in reported:
            reported.add(stem)
            yield {**error, "loc": stem, "type": "auto_or_list"}


def _is_branch(step: str | int) -> bool:
    return isinstance(step, str) and step.startswith(("literal[", "tuple["))


def _issue(error: ErrorDetails, document: Document, at: Loc, model: type[BaseModel]) -> Issue:
    kind, value, loc = error["type"], error["input"], error["loc"]
    context: Mapping[str, Any] = error.get("ctx") or {}
    about_key = bool(loc) and loc[-1] == "[key]"
    if about_key:
        loc = loc[:-1]
    name = f"'{'.'.join(str(step) for step in loc)}'" if loc else "This entry"
    shown = f"'{value}'" if isinstance(value, str) else _noun(value)
    where: Loc = (*at, *loc)

    def say(code: str, message: str, remedy: str, *, key: bool = False) -> Issue:
        return document.issue(where, code, message, remedy, key=key)

    if kind == "missing":
        return document.issue(where[:-1], "missing-key", f"{name} is missing.", f"Add '{loc[-1]}:' here.")
    if kind == "extra_forbidden":
        known = _keys_at(model, loc[:-1])
        return say("unknown-key", f"{name} is not a known key here.", suggest(str(loc[-1]), known), key=True)
    if kind == "string_pattern_mismatch":
        code, what, remedy = _PATTERNS.get(
            str(context.get("pattern")), ("bad-value", "has not the right form", "See the editor's help.")
        )
        return say(code, f"'{value}' {what}.", remedy, key=about_key)
    if kind == "literal_error":
        expected = str(context["expected"])
        remedy = suggest(str(value), expected.replace(" or ", ", ").replace("'", "").split(", "))
        subject = f"{name} has the key {shown}, which" if about_key else f"{name} is {shown}, which"
        return say("bad-choice", f"{subject} is not {expected}.", remedy, key=about_key)
    code, message, remedy = _described(kind, value, shown, context, error["msg"])
    return say(code, f"{name} {message}.", remedy)


def _described(  # noqa: PLR0911, PLR0912  one line per kind of mistake reads best
    kind: str, value: object, shown: str, context: Mapping[str, Any], fallback: str
) -> tuple[str, str, str]:
    """Code, end of the sentence that the name begins, and remedy, for mistakes about one value."""
    if kind == "value_error":
        return "bad-value", f"is not right: {context.get('error', fallback)}", ""
    if shown == "nothing" or kind == "string_too_short":
        return "empty-value", "is empty", "Write a value, or delete the line if it is optional."
    if kind == "auto_or_list":
        remedy = suggest(value, ["auto"]) if isinstance(value, str) else ""
        return "wrong-type", f"must be the word auto or a list of ids, not {shown}", remedy
    if kind == "string_type":
        return "wrong-type", f"must be a text, not {shown}", "Write it on one line, in double quotes."
    if kind in ("tuple_type", "list_type"):
        remedy = f"Write [{value}]." if isinstance(value, str) else "Begin each item with '- '."
        return "wrong-type", f"must be a list, not {shown}", remedy
    if kind in ("dict_type", "model_type", "model_attributes_type", "mapping_type"):
        return "wrong-type", f"must be a block of 'key: value' lines, not {shown}", "Indent them below it."
    if kind == "too_short":
        return "empty-value", "is an empty list", "Name at least one."
    if kind == "string_too_long":
        return "bad-value", f"is longer than {context['max_length']} characters", "Shorten it."
    if kind.startswith("int_"):
        return "bad-number", f"must be a whole number, not {shown}", "Write digits only, such as 3."
    if kind.startswith("decimal_"):
        return (
            "bad-number",
            f"must be a number, not {shown}",
            "Write digits with a point: 12.5, without unit.",
        )
    if kind.startswith("bool_"):
        return "wrong-type", f"must be true or false, not {shown}", "Write true or false."
    if kind.startswith(("date_", "datetime_")):
        return "bad-date", f"is {shown}, which is not a date", "Write year, month, day: 2026-12-31."
    if kind in _LIMITS:
        words, limit = _LIMITS[kind]
        return "out-of-range", f"must be {words} {context[limit]}, not {shown}", "Change the number."
    return "bad-value", f"cannot be used ({fallback})", "See the editor's help for this key."


def _noun(value: object) -> str:
    if isinstance(value, list):
        return "a list"
    return "a block of keys" if isinstance(value, dict) else "nothing" if value is None else f"'{value}'"


def _keys_at(annotation: Any, loc: Loc) -> list[str]:
    """The keys that the schema knows at a place below ``annotation``; empty when any key is allowed."""
    if get_origin(annotation) is Annotated:
        return _keys_at(get_args(annotation)[0], loc)
    if get_origin(annotation) in (Union, types.UnionType):
        return next((keys for member in get_args(annotation) if (keys := _keys_at(member, loc))), [])
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if not loc:
            return list(annotation.model_fields)
        below = annotation.model_fields.get(str(loc[0]))
        return _keys_at(below.annotation, loc[1:]) if below else []
    inner = get_args(annotation)
    if loc and inner:
        return _keys_at(inner[-1] if get_origin(annotation) is dict else inner[0], loc[1:])
    return []
