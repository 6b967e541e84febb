"""Changing one entry of a file of ``brand_data/``: its comments, its order and everything else stay as they are."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, ScalarString

from inedit.model.errors import WrongInput

WIDTH = 1_000_000
"""Lines are never broken anew."""

INDENTS: tuple[Mapping[str, int], ...] = ({}, {"mapping": 2, "sequence": 4, "offset": 2})
"""How lists may be set in: dashes below their key, or two further in."""

Value = str | bool | date | None


def edited_text(text: str, id: str, changes: Mapping[tuple[str, ...], Value]) -> str:
    """The file with some values of one entry of its list changed; None, or an empty text, takes a value out.

    ``changes`` are by path: ``("text", "fr")``. What is the same already is left alone, quotes included.
    Raises :class:`~.errors.WrongInput` when the file has no such entry.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    plain = text.replace("\r\n", "\n")
    yaml = _keeping(plain)
    try:
        entries = yaml.load(plain)
    except YAMLError as error:
        raise WrongInput(f"The file cannot be read as YAML: {error}") from error
    entry = next(
        (one for one in _list(entries) if isinstance(one, CommentedMap) and str(one.get("id", "")) == id),
        None,
    )
    if entry is None:
        raise WrongInput(f"There is no entry '{id}' in the file any more.")
    changed = [_set(entry, path, value) for path, value in changes.items()]
    if not any(changed):
        return text
    out = io.StringIO()
    yaml.dump(entries, out)
    return out.getvalue().replace("\n", newline)


def _keeping(text: str) -> YAML:
    """A reader and writer under which the unchanged file comes out as it went in, where there is one."""
    makers = [_yaml(indent) for indent in INDENTS]
    for yaml, probe in zip(makers, (_yaml(indent) for indent in INDENTS), strict=True):
        out = io.StringIO()
        try:
            probe.dump(probe.load(text), out)
        except YAMLError:
            continue
        if out.getvalue() == text:
            return yaml
    return makers[0]


def _yaml(indent: Mapping[str, int]) -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = WIDTH
    if indent:
        yaml.indent(**indent)
    return yaml


def _list(entries: Any) -> Sequence[Any]:
    return entries if isinstance(entries, list) else ()


def _set(entry: CommentedMap, path: tuple[str, ...], value: Value) -> bool:
    """Change one value; whether it is another one than before."""
    *above, last = path
    node: Any = entry
    for name in above:
        if name not in node:
            if value in (None, ""):
                return False
            node[name] = CommentedMap()
        node = node[name]
    before = node.get(last)
    if value in (None, "", False):
        if last not in node:
            return False
        del node[last]
        if above and not node:
            del entry[above[0]]
        return True
    if before == value or (isinstance(value, str) and str(before) == value):
        return False
    if isinstance(value, str):
        kind = type(before) if isinstance(before, ScalarString) else DoubleQuotedScalarString
        value = kind(value)
    node[last] = value
    return True
