"""Every command line of the README and the docs is one that the program knows, with these options."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer.main

from inedit.cli import app

ROOT = Path(__file__).parents[2]
PAGES = tuple(
    page
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md")))
    if "adr" not in page.parts  # these tell of their time
)
OWN_OPTIONS = {"--help"}
WORD = re.compile(r"[a-z][a-z-]*")
ENDS = {"|", ">", "<", ">>", "2>", "&", "&&", ";", "||"}


class Typed(NamedTuple):
    """A command line as a page gives it."""

    page: str
    line: int
    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.page}:{self.line}: inedit {' '.join(self.words)}"


@cache
def commands() -> Any:
    """The whole command line, as its library sees it."""
    return typer.main.get_command(app)


def typed_in(text: str, page: str) -> Iterator[Typed]:
    """The command lines of a page: those of indented and fenced blocks, and those between backticks."""
    fenced = False
    joined = re.sub(r"\\\n\s*", lambda found: " " * len(found[0]), text)  # a line that goes on
    for number, line in enumerate(joined.splitlines(), start=1):
        if line.lstrip().startswith("```"):
            fenced = not fenced
            continue
        found = [line] if fenced or line.startswith("    ") else re.findall(r"`([^`]+)`", line)
        for one in found:
            if words := _words(one):
                yield Typed(page, number, words)


def _words(line: str) -> tuple[str, ...]:
    """What follows ``inedit`` where a command begins, up to the pipe or the comment."""
    start = re.match(r"\s*(?:\$ )?(?:[A-Z_]+=(?:\"[^\"]*\"|\S*) )*(?:exec )?(?:\S*/bin/)?inedit ", line)
    if start is None:
        return ()
    rest = line[start.end() :].split(" # ", maxsplit=1)[0].replace("…", " ")
    try:
        words = shlex.split(rest)
    except ValueError:
        words = rest.split()
    end = next((at for at, word in enumerate(words) if word in ENDS), len(words))
    return tuple(words[:end])


def what_is_wrong(typed: Typed) -> str:
    """Why the program would not know it; nothing when it does."""
    command, words = commands(), list(typed.words)
    while words and hasattr(command, "commands"):
        names = words[0].strip(",.").split("|")
        if not all(WORD.fullmatch(name) for name in names):
            break  # an option of the group, or what a person has to fill in
        for name in names:
            if name not in command.commands:
                return f"{typed}: there is no command '{name}'"
        command, words = command.commands[names[0]], words[1:]
    known = {option for one in command.params for option in (*one.opts, *one.secondary_opts)} | OWN_OPTIONS
    for word in words:
        option = re.match(r"--[a-z][a-z0-9-]*", word.lstrip("["))
        if option and option[0] not in known:
            return f"{typed}: there is no option '{option[0]}'"
    return ""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_names_commands_and_options_that_there_are(page: Path) -> None:
    """A reader who types what stands there is not told that it does not exist."""
    text = page.read_text(encoding="utf-8")
    wrong = [found for typed in typed_in(text, page.name) if (found := what_is_wrong(typed))]
    assert wrong == []


def test_the_pages_do_name_commands() -> None:
    """The README's table names most of them, and the tutorial those of a first day."""
    named = {
        page.name: [typed.words[0] for typed in typed_in(page.read_text(encoding="utf-8"), page.name)]
        for page in PAGES
    }
    assert {"produce", "plan", "preview", "approve", "guard", "ledger", "check", "init"} <= set(
        named["README.md"]
    )
    assert len(named["tutorial.md"]) > 10
    assert sum(map(len, named.values())) > 200


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("`inedit produce mini --max-cost \"2 EUR\"`", ""), ("    inedit models list", ""),
        ("    OPENAI_API_KEY=… .venv/bin/inedit produce mini --model x | head", ""),
        ("`inedit prodce mini`", "no command 'prodce'"), ("`inedit produce mini --cheap`", "no option '--cheap'"),
        ("`inedit guard txt FILE`", "no command 'txt'"), ("`inedit models list|fetsh`", "no command 'fetsh'"),
    ],
)  # fmt: skip
def test_what_does_not_exist_is_found(line: str, wrong: str) -> None:
    """The reading of a page itself."""
    (typed,) = typed_in(line, "page")
    assert wrong in what_is_wrong(typed)
    assert bool(wrong) == bool(what_is_wrong(typed))
