"""The nodes of one YAML file, or the sentence that says what is wrong with its YAML and how to fix it."""

from __future__ import annotations

import re
import warnings
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml

from inedit.model.errors import Issue

if TYPE_CHECKING:
    from ruamel.yaml.error import MarkedYAMLError

_PLAIN_BREAKS = re.compile(r"[\x85\u2028\u2029]")
"""Line ends to the C parser and ordinary characters to YAML 1.2, which we read."""


class Unreadable(Exception):
    """Carries the one fault that ends the reading of a file."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(str(issue))
        self.issue = issue


def compose(text: str, file: str) -> Any:
    """The top node of a file, or None for an empty one. Raises :class:`Unreadable`.

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
        raise Unreadable(
            Issue(
                file, line, column, "control-character",
                f"There is an invisible control character here (U+{error.character:04X}).",
                "Delete it and type the text again.",
            )
        ) from error  # fmt: skip
    except MarkedYAMLError as error:
        raise Unreadable(_syntax_issue(file, error)) from error
    except (YAMLError, ValueError) as error:
        message = f"This is not valid YAML: {str(error).splitlines()[0]}."
        raise Unreadable(
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
