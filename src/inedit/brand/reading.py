"""Reading one YAML file that a person edits, remembering where each value stands.

Every scalar is read as the text that was typed; the schema decides what it means. So ``no`` stays ``no``, an
unquoted ``1921`` is a word where a word is wanted, and ``0.10`` becomes a decimal, never a float.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from ruamel.yaml.error import MarkedYAMLError

from inedit.errors import Issue, IssueSeverity

MAX_BYTES = 1_000_000
"""A larger file is refused before it is read: nobody edits a megabyte of YAML by hand."""

Loc = tuple[str | int, ...]
"""The way to a value: keys and list positions from the top of the document."""

_EMPTY = {"", "~", "null", "Null", "NULL"}
_PLAIN_BREAKS = re.compile(r"[\x85\u2028\u2029]")
"""Line ends to the C parser and ordinary characters to YAML 1.2, which we read."""


class _Unreadable(Exception):
    """Carries the one fault that ends the reading of a file."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(str(issue))
        self.issue = issue


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
    values: dict[Loc, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Loc, tuple[int, int]] = field(default_factory=dict)

    def location(self, loc: Loc, *, key: bool = False) -> tuple[int, int]:
        """Line and column of a value (or of its key), or of the nearest thing around it; (1, 1) at worst."""
        if key and loc in self.keys:
            return self.keys[loc]
        while loc not in self.values:
            if not loc:
                return (1, 1)
            if loc in self.keys:
                return self.keys[loc]
            loc = loc[:-1]
        return self.values[loc]

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
        node = _compose(text, document.file)
        if node is not None:
            document.data = _Builder(document, text.splitlines()).build(node, ())
    except _Unreadable as unreadable:
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
            raise _Unreadable(
                Issue(
                    file, 0, 0, "outside-project", "This is a link to a file outside the project.",
                    "Replace the link by the file itself.",
                )
            )  # fmt: skip
        if not real.is_file():
            raise _Unreadable(
                Issue(file, 0, 0, "not-a-file", "This is not a file.", "Replace it by a YAML file.")
            )
        size = real.stat().st_size
        if size > MAX_BYTES:
            raise _Unreadable(
                Issue(
                    file, 0, 0, "file-too-large",
                    f"The file has {size:,} bytes; {MAX_BYTES:,} are allowed.",
                    "Split it, or move what is not brand data elsewhere.",
                )
            )  # fmt: skip
        raw = real.read_bytes()
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle, before Python 3.13
        reason = getattr(error, "strerror", None) or "links go round in a circle"
        raise _Unreadable(
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
        raise _Unreadable(
            Issue(
                file, line, column, "not-utf-8", "The file is not saved as UTF-8.",
                "Save it again with the encoding UTF-8.",
            )
        ) from error  # fmt: skip


def _compose(text: str, file: str) -> Any:
    """The top node of a file, or None for an empty one.

    The C parser reads it some fifty times faster; what it refuses is read again by the parser that says why.
    """
    if yaml.__with_libyaml__ and not _PLAIN_BREAKS.search(text):
        with suppress(yaml.YAMLError, ValueError):
            return yaml.compose(text, Loader=_untyped_loader())
    return _compose_slowly(text, file)


@cache
def _untyped_loader() -> Any:
    """The C parser without a guess at the type of each scalar: the schema decides what it means."""

    def untyped(_loader: Any, kind: Any, _value: Any, _implicit: Any) -> str:
        return str(kind.id)

    def nothing(*_: Any) -> None:
        pass

    steps = {"resolve": untyped, "descend_resolver": nothing, "ascend_resolver": nothing}
    return type("UntypedLoader", (yaml.CSafeLoader,), steps)


def _compose_slowly(text: str, file: str) -> Any:
    from ruamel.yaml import YAML  # noqa: PLC0415  # only what libyaml refuses
    from ruamel.yaml.error import MarkedYAMLError, YAMLError  # noqa: PLC0415
    from ruamel.yaml.reader import ReaderError  # noqa: PLC0415

    parser = YAML(typ="safe", pure=True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a repeated anchor: aliases are refused further down
            return parser.compose(text)
    except ReaderError as error:
        before = text[: error.position]
        line, column = before.count("\n") + 1, error.position - before.rfind("\n")
        raise _Unreadable(
            Issue(
                file, line, column, "control-character",
                f"There is an invisible control character here (U+{error.character:04X}).",
                "Delete it and type the text again.",
            )
        ) from error  # fmt: skip
    except MarkedYAMLError as error:
        raise _Unreadable(_syntax_issue(file, error)) from error
    except (YAMLError, ValueError) as error:
        message = f"This is not valid YAML: {str(error).splitlines()[0]}."
        raise _Unreadable(
            Issue(file, 0, 0, "yaml-syntax", message, "Check the file's first lines.")
        ) from error


_SYNTAX: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "A colon followed by a space stands inside a text, or this line is indented wrongly.",
        "Put the whole text in double quotes, or align the line with the one above.",
    ),
    (
        "character '\\t'",
        "There is a tab here.",
        "Indent with spaces: YAML does not accept tabs.",
    ),
    (
        "that cannot start any token",
        "A text cannot begin with this character.",
        "Put the whole text in double quotes.",
    ),
    (
        "unknown escape character",
        "A backslash in double quotes is followed by a character that it cannot stand before.",
        "Write two backslashes, or use single quotes.",
    ),
    ("undefined alias", "A text cannot begin with an asterisk.", "Put the whole text in double quotes."),
    (
        "found another document",
        "The file holds a second document: a line '---' stands in the middle.",
        "Delete the line '---' and what does not belong here.",
    ),
    (
        "could not find expected ':'",
        "A line without a colon stands among 'key: value' lines, or a quote is not closed.",
        "Add the colon, close the quote, or indent the line as part of the text above.",
    ),
    (
        "expected <block end>",
        "This line does not fit the lines above: its indentation differs, or a quote stands inside a text.",
        "Align it with its neighbours, or put the whole text in double quotes.",
    ),
    (
        "expected ',' or",
        "A list or block in brackets is not closed, or a comma is missing.",
        "Add the missing comma or bracket.",
    ),
)


def _syntax_issue(file: str, error: MarkedYAMLError) -> Issue:
    problem, context = error.problem or "", error.context or ""
    mark = error.problem_mark or error.context_mark
    if "quoted scalar" in context and "unexpected end" in problem:
        message, remedy = "A quote is opened here and never closed.", "Close the quote."
        mark = error.context_mark or mark  # where it opens, not the end of the file
    else:
        message, remedy = next(
            ((message, remedy) for sign, message, remedy in _SYNTAX if sign in problem),
            (f"This is not valid YAML: {problem}.", "Check the quotes, colons and indentation."),
        )
        if "expected ':'" in problem:
            mark = error.context_mark or mark  # the line that lacks it, not the one after
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    return Issue(file, line, column, "yaml-syntax", message, remedy)


class _Builder:
    """Turns the nodes of one document into plain data and fills in its places."""

    def __init__(self, document: Document, lines: list[str]) -> None:
        self.document = document
        self.lines = lines
        self.seen: set[int] = set()

    def build(self, node: Any, loc: Loc) -> Any:
        self.document.values[loc] = _mark(node)
        if id(node) in self.seen:
            self._issue(
                node,
                "yaml-alias",
                "A value is repeated by reference (*name).",
                "Write the value out in full.",
            )
            return None
        self.seen.add(id(node))
        if node.id == "mapping":
            return dict(self._pairs(node, loc))
        if node.id == "sequence":
            return [self.build(item, (*loc, index)) for index, item in enumerate(node.value)]
        if node.style:
            return node.value
        self._cut_text(node)
        return None if node.value in _EMPTY else node.value

    def _cut_text(self, node: Any) -> None:
        """Report a ``#`` without a space after it that ends an unquoted text, as in ``text: Lot #4 arrives``."""
        line, column = node.end_mark.line, node.end_mark.column
        rest = self.lines[line][column:] if line < len(self.lines) else ""
        if node.value and re.match(r"\s+#[^\s#]", rest):
            self._issue(
                node, "text-cut", f"The text ends before '{rest.strip()[:20]}': an unquoted # begins a comment.",
                "Put the whole text in double quotes; or write a space after the # of a comment.",
            )  # fmt: skip

    def _pairs(self, node: Any, loc: Loc) -> Iterator[tuple[str, Any]]:
        met: dict[str, int] = {}
        for key_node, value_node in node.value:
            if key_node.id != "scalar":
                self._issue(key_node, "wrong-type", "A key must be a word.", "Write 'key: value'.")
                continue
            key = str(key_node.value)
            if key in met:
                self._issue(
                    key_node, "duplicate-key", f"'{key}' is written twice; line {met[key]} has it already.",
                    "Keep one of the two.",
                )  # fmt: skip
                continue
            met[key], _ = self.document.keys[*loc, key] = _mark(key_node)
            yield key, self.build(value_node, (*loc, key))

    def _issue(self, node: Any, code: str, message: str, remedy: str) -> None:
        self.document.issues.append(Issue(self.document.file, *_mark(node), code, message, remedy))


def _mark(node: Any) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1
