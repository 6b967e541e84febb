"""Reading one YAML file that a person edits, remembering where each value stands.

Every scalar is read as the text that was typed; the schema decides what it means. So ``no`` stays ``no``, an
unquoted ``1921`` is a word where a word is wanted, and ``0.10`` becomes a decimal, never a float.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from inedit.brand.yaml_syntax import Unreadable, compose
from inedit.model.errors import Issue, IssueSeverity

MAX_BYTES = 1_000_000
"""A larger file is refused before it is read: nobody edits a megabyte of YAML by hand."""

Loc = tuple[str | int, ...]
"""The way to a value: keys and list positions from the top of the document."""

_EMPTY = {"", "~", "null", "Null", "NULL"}
_CUT = re.compile(r"\s+#[^\s#]")


@dataclass(slots=True)
class Document:
    """The content of one file as plain strings, lists and dictionaries, with the place of each.

    ``file`` is relative to the project, with forward slashes. ``issues`` holds what is wrong with the file as
    YAML; ``readable`` is False when nothing could be made of it.
    """

    file: str
    data: Any = None
    readable: bool = True
    issues: list[Issue] = field(default_factory=list)
    top: Any = None
    """The node that ``data`` was made of: places are looked up when somebody asks, which is for a fault only."""

    def location(self, loc: Loc, *, key: bool = False) -> tuple[int, int]:
        """Line and column of a value (or of its key), or of the nearest thing around it; (1, 1) at worst."""
        if self.top is None:
            return (1, 1)
        found, node = self.top, self.top
        for depth, step in enumerate(loc, start=1):
            pair = _step(node, step)
            if pair is None:
                break
            named, node = pair
            found = named if key and depth == len(loc) else node
        return _mark(found)

    def issue(self, loc: Loc, code: str, message: str, remedy: str = "", *, key: bool = False) -> Issue:
        """An error at the place of a value."""
        return Issue(self.file, *self.location(loc, key=key), code, message, remedy)

    def warning(self, loc: Loc, code: str, message: str, remedy: str = "", *, key: bool = False) -> Issue:
        """A warning at the place of a value: nothing is refused for it."""
        return replace(self.issue(loc, code, message, remedy, key=key), severity=IssueSeverity.WARNING)


def read_document(root: Path, path: Path) -> Document:
    """Read a YAML file of the project at ``root``; never raises for what the file contains.

    A file that lies outside the project once links are followed is refused, as is one over :data:`MAX_BYTES`.
    """
    document = Document(path.relative_to(root).as_posix())
    try:
        text = _text(root, path, document.file)
        node = compose(text, document.file)
        if node is not None:
            document.top = node
            document.data = _Builder(document, text.splitlines()).build(node)
    except Unreadable as unreadable:
        document.readable = False
        document.issues.append(unreadable.issue)
    except RecursionError:
        document.readable = False
        document.issues.append(
            Issue(document.file, 0, 0, "too-deep", "Lists are nested too deeply.", "Flatten the file.")
        )
    return document


def _text(root: Path, path: Path, file: str) -> str:
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(root.resolve()):
            raise Unreadable(
                Issue(
                    file, 0, 0, "outside-project", "This is a link to a file outside the project.",
                    "Replace the link by the file itself.",
                )
            )  # fmt: skip
        if not real.is_file():
            raise Unreadable(
                Issue(file, 0, 0, "not-a-file", "This is not a file.", "Replace it by a YAML file.")
            )
        size = real.stat().st_size
        if size > MAX_BYTES:
            raise Unreadable(
                Issue(
                    file, 0, 0, "file-too-large",
                    f"The file has {size:,} bytes; {MAX_BYTES:,} are allowed.",
                    "Split it, or move what is not brand data elsewhere.",
                )
            )  # fmt: skip
        raw = real.read_bytes()
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle, before Python 3.13
        reason = getattr(error, "strerror", None) or "links go round in a circle"
        raise Unreadable(
            Issue(
                file, 0, 0, "unreadable-file", f"The file cannot be read: {reason}.",
                "Check that it exists and that you may read it.",
            )
        ) from error  # fmt: skip
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise Unreadable(
            Issue(
                file, line, column, "not-utf-8", "The file is not saved as UTF-8.",
                "Save it again with the encoding UTF-8.",
            )
        ) from error  # fmt: skip


class _Builder:
    """Turns the nodes of one document into plain data."""

    def __init__(self, document: Document, lines: list[str]) -> None:
        self.document = document
        self.lines = lines
        self.seen: set[int] = set()

    def build(self, node: Any) -> Any:
        if id(node) in self.seen:
            self._issue(
                node,
                "yaml-alias",
                "A value is repeated by reference (*name).",
                "Write the value out in full.",
            )
            return None
        self.seen.add(id(node))
        kind = node.id
        if kind == "mapping":
            return self._mapping(node)
        if kind == "sequence":
            return [self.build(item) for item in node.value]
        if node.style:
            return node.value
        self._cut_text(node)
        return None if node.value in _EMPTY else node.value

    def _cut_text(self, node: Any) -> None:
        """Report a ``#`` without a space after it that ends an unquoted text, as in ``text: Lot #4 arrives``."""
        end = node.end_mark
        line = self.lines[end.line] if end.line < len(self.lines) else ""
        if "#" not in line or not node.value:
            return
        rest = line[end.column :]
        if _CUT.match(rest):
            self._issue(
                node, "text-cut", f"The text ends before '{rest.strip()[:20]}': an unquoted # begins a comment.",
                "Put the whole text in double quotes; or write a space after the # of a comment.",
            )  # fmt: skip

    def _mapping(self, node: Any) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if key_node.id != "scalar":
                self._issue(key_node, "wrong-type", "A key must be a word.", "Write 'key: value'.")
                continue
            key = str(key_node.value)
            if key in made:
                first, _ = _step(node, key) or (key_node, None)
                self._issue(
                    key_node, "duplicate-key",
                    f"'{key}' is written twice; line {first.start_mark.line + 1} has it already.",
                    "Keep one of the two.",
                )  # fmt: skip
                continue
            made[key] = self.build(value_node)
        return made

    def _issue(self, node: Any, code: str, message: str, remedy: str) -> None:
        self.document.issues.append(Issue(self.document.file, *_mark(node), code, message, remedy))


def _step(node: Any, step: str | int) -> tuple[Any, Any] | None:
    """The node of a key and that of its value, or an item twice; None where there is nothing of the kind."""
    if node.id == "mapping":
        pairs = (pair for pair in node.value if pair[0].id == "scalar" and str(pair[0].value) == step)
        return next(pairs, None)
    if node.id == "sequence" and isinstance(step, int) and 0 <= step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _mark(node: Any) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1
