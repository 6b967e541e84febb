"""Which supplied names a template uses, and whether their very words can change its course.

A name that is only printed, looped over or tested for being there can fail in few ways: it has no wording, or it is
empty. So a check need not render a template for each of twenty segments when it only prints their names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from jinja2 import Undefined, nodes

_KEEPS_SHAPE = frozenset((
    "capitalize", "count", "first", "join", "last", "length", "list", "lower", "map", "replace", "reverse",
    "sort", "string", "title", "tojson", "trim", "truncate", "unique", "upper",
))  # fmt: skip
"""Filters that give something for something and nothing for nothing, whatever the words."""


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a supplied name. ``attribute`` is empty when the whole is used; ``by_value`` when it is compared,
    computed with or handed on, so that each wording of it may take the template elsewhere."""

    name: str
    attribute: str
    by_value: bool


def uses_of(tree: nodes.Template, names: frozenset[str]) -> frozenset[Use]:
    """Every use of ``names`` in a template, its includes left out."""
    return frozenset(use for use in _uses(tree, {}, False) if use.name in names)


def shape(values: Mapping[str, Any], uses: frozenset[Use]) -> tuple[object, ...]:
    """What of ``values`` (by name) the uses can tell apart: what has one shape is rendered alike or fails alike.

    Shapes made with one and the same ``uses`` can be compared.
    """
    found = []
    for use in uses:
        if use.name in values:
            value = values[use.name]
            if use.attribute:
                value = getattr(value, use.attribute, None)
            found.append(frozen(value) if use.by_value else _kind(value))
    return tuple(found)


def _kind(value: object) -> object:
    if isinstance(value, Undefined):
        return frozen(value)
    if is_dataclass(value) and not isinstance(value, type):
        return tuple(_kind(getattr(value, field.name)) for field in fields(value))
    return bool(value)


def frozen(value: object) -> object:
    """A value as something that can be compared, missing translations included."""
    if isinstance(value, Undefined):
        return "missing", value._undefined_name
    if is_dataclass(value) and not isinstance(value, type):
        return tuple(frozen(getattr(value, field.name)) for field in fields(value))
    if isinstance(value, list | tuple):
        return tuple(frozen(item) for item in value)
    return tuple(sorted(value.items())) if isinstance(value, dict) else value


Aliases = Mapping[str, Use]
"""Loop variables, each with the use that it stands for."""


def _uses(node: nodes.Node, aliases: Aliases, shape_only: bool) -> Iterator[Use]:  # noqa: PLR0912  one branch a node
    """Uses below a node; ``shape_only`` while only the shape of a value matters there."""
    if isinstance(node, nodes.Name):
        if node.name in aliases:
            if not shape_only:
                yield Use(aliases[node.name].name, aliases[node.name].attribute, True)
        else:
            yield Use(node.name, "", not shape_only)
    elif isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        if node.node.name in aliases:
            yield from _uses(node.node, aliases, shape_only)
        else:
            yield Use(node.node.name, node.attr, not shape_only)
    elif isinstance(node, nodes.Filter):
        shape_only = shape_only and node.name in _KEEPS_SHAPE
        if node.node is not None:
            yield from _uses(node.node, aliases, shape_only)
        for argument in (*node.args, *node.kwargs):
            yield from _uses(argument, aliases, False)
    elif isinstance(node, nodes.For):
        yield from _loop(node, aliases)
    elif isinstance(node, nodes.If):
        yield from _uses(node.test, aliases, True)
        for child in (*node.body, *node.elif_, *node.else_):
            yield from _uses(child, aliases, False)
    elif isinstance(node, nodes.CondExpr):
        yield from _uses(node.test, aliases, True)
        for branch in (node.expr1, node.expr2):
            if branch is not None:
                yield from _uses(branch, aliases, shape_only)
    else:
        same = isinstance(node, nodes.Output) or (
            shape_only and isinstance(node, nodes.Not | nodes.And | nodes.Or | nodes.Getattr | nodes.Concat)
        )
        for child in node.iter_child_nodes():
            yield from _uses(child, aliases, same)


def _loop(node: nodes.For, aliases: Aliases) -> Iterator[Use]:
    over = list(_uses(node.iter, aliases, True))
    yield from over
    inner = dict(aliases)
    for target in (
        node.target.find_all(nodes.Name) if not isinstance(node.target, nodes.Name) else [node.target]
    ):
        inner.pop(target.name, None)
        if over:
            inner[target.name] = over[0]
    if node.test is not None:
        yield from _uses(node.test, inner, False)
    for child in (*node.body, *node.else_):
        yield from _uses(child, inner, False)
