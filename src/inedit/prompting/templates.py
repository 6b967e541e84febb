"""Template pairs, read once: what is rendered is what was checked, even when someone edits meanwhile."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from jinja2 import TemplateSyntaxError, nodes

from inedit.brand.schema import Sheet
from inedit.model.errors import Issue
from inedit.prompting.sandbox import KEPT, PromptEnvironment, compiled, parsed
from inedit.prompting.usage import Use, uses_of

if TYPE_CHECKING:
    from inedit.brand.load import Project

FOLDER = "prompts"
SUFFIX = ".md.j2"
Style = Literal["full", "small"]
"""For which kind of model prompts are written: a capable one, or a small one that follows short phrases only."""
SMALL = "small"
"""The folder in ``prompts/`` with what small models read in another way; and the name of their style."""
MAX_FILE_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class TemplateFacts:
    """What one file says without being rendered. ``error`` is why it cannot be read, and then nothing else is known.

    ``undeclared`` are the names that it needs, each with its first line; ``references`` the templates that it includes,
    imports or extends, each with its line, None for a name made at run time; ``uses`` how it uses supplied names;
    ``attributes`` every attribute that it reads of anything.
    """

    error: TemplateSyntaxError | None = None
    undeclared: Mapping[str, int] = field(default_factory=dict)
    references: tuple[tuple[int, str | None], ...] = ()
    uses: frozenset[Use] = frozenset()
    attributes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Templates:
    """The template pairs of a project in one style. Make one with :func:`inedit.prompting.load_templates`.

    ``sheets`` is by channel; ``sources`` maps a path relative to ``prompts/`` to the text of that file. In the style
    ``small``, a file of ``prompts/small/`` is read in place of the one of the same name outside it.
    """

    sheets: Mapping[str, Sheet]
    sources: Mapping[str, str]
    style: Style = "full"
    small_sheets: frozenset[str] = frozenset()  # channels whose sheet is that of prompts/small/
    _environments: dict[str, PromptEnvironment] = field(default_factory=dict, repr=False, compare=False)
    _facts: dict[str, TemplateFacts] = field(default_factory=dict, repr=False, compare=False)
    _shas: dict[tuple[str, str], str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def overlay(self) -> str:
        """The folder whose files come before those outside it; empty for none."""
        return f"{SMALL}/" if self.style == SMALL else ""

    def template_id(self, channel: str) -> str:
        """The name by which a channel's prompt is known: ``email``, or ``small/email`` in that style."""
        own = channel in self.small_sheets or self._has_small_sources
        return self.overlay + channel if own else channel

    @cached_property
    def _has_small_sources(self) -> bool:
        return any(path.startswith(f"{SMALL}/") for path in self.sources)

    def sheet_file(self, channel: str) -> str:
        """Where a channel's sheet stands, relative to the project."""
        return f"{FOLDER}/{self.overlay if channel in self.small_sheets else ''}{channel}.yaml"

    def path(self, channel: str) -> str | None:
        """The path of a channel's template relative to ``prompts/``; None when there is none."""
        paths = dict.fromkeys((f"{self.overlay}{channel}{SUFFIX}", channel + SUFFIX))
        return next((path for path in paths if path in self.sources), None)

    def environment(self, language: str) -> PromptEnvironment:
        """The sandbox in which a language's templates are rendered."""
        if language not in self._environments:
            self._environments[language] = PromptEnvironment(self.sources, language, self.overlay)
        return self._environments[language]

    def facts(self, path: str) -> TemplateFacts:
        """What reading one file shows, in whichever language it is included."""
        if path not in self._facts:
            self._facts[path] = _facts_of(path, self.sources[path])
        return self._facts[path]

    def files(self, channel: str, language: str) -> Iterator[str]:
        """Paths of a channel's template and all it includes in a language, each once, template first."""
        environment = self.environment(language)
        waiting, seen = [channel + SUFFIX], set[str]()
        while waiting:
            path = environment.source_loader.find(waiting.pop())
            if path is None or path in seen:
                continue
            seen.add(path)
            yield path
            waiting.extend(name for _, name in _references_in(path, self.sources[path]) if name is not None)

    def sha(self, channel: str, language: str) -> str:
        """SHA-256 of the sheet, the template and everything it includes in a language."""
        key = channel, language
        if key not in self._shas:
            digest = hashlib.sha256(self.sheets[channel].model_dump_json().encode())
            for path in sorted(self.files(channel, language)):
                digest.update(f"\0{path}\0{self.sources[path]}".encode())
            self._shas[key] = digest.hexdigest()
        return self._shas[key]


@lru_cache(KEPT)
def _facts_of(path: str, source: str) -> TemplateFacts:
    """What one file says: the same in every project and language, so it is worked out once."""
    try:
        tree = parsed(path, source)
        undeclared = compiled(path, source).undeclared
    except TemplateSyntaxError as error:
        return TemplateFacts(error.with_traceback(None))
    every = list(tree.find_all(nodes.Node))
    lines: dict[str, int] = {}
    for node in every:
        if isinstance(node, nodes.Name):
            lines.setdefault(node.name, node.lineno)
    return TemplateFacts(
        undeclared={name: lines.get(name, 0) for name in sorted(undeclared)},
        references=compiled(path, source).references,
        uses=uses_of(tree, undeclared),
        attributes=frozenset(_attributes(every)),
    )


def _attributes(every: Sequence[nodes.Node]) -> Iterator[str]:
    for node in every:
        if isinstance(node, nodes.Getattr):
            yield node.attr
        elif (
            isinstance(node, nodes.Keyword)
            and node.key == "attribute"
            and isinstance(node.value, nodes.Const)
        ):
            yield str(node.value.value)  # map(attribute="text")


def _references_in(path: str, source: str) -> tuple[tuple[int, str | None], ...]:
    """The templates that a file includes, imports or extends; none where it cannot be read."""
    try:
        return compiled(path, source).references
    except TemplateSyntaxError:
        return ()


def has_small(project: Project) -> bool:
    """Whether the project has prompts of their own for small models."""
    return (project.root / FOLDER / SMALL).is_dir()


def read_templates(project: Project, style: Style = "full") -> tuple[Templates, tuple[Issue, ...]]:
    """The templates that can be read, and faults for the files that cannot."""
    folder = project.root / FOLDER
    sources: dict[str, str] = {}
    issues: list[Issue] = []
    for path in sorted(folder.rglob("*.j2")):
        name = path.relative_to(folder).as_posix()

        def issue(code: str, message: str, remedy: str, name: str = name) -> None:
            issues.append(Issue(f"{FOLDER}/{name}", 0, 0, code, message, remedy))

        if not Path(os.path.realpath(path)).is_relative_to(folder.resolve()):
            issue("outside-prompts", "This link leads out of prompts/.", "Put the file itself here.")
        elif not path.is_file():
            issue("not-a-file", "This is not a file.", "Remove it, or put a template here.")
        elif path.stat().st_size > MAX_FILE_BYTES:
            issue("too-large", f"This file is larger than {MAX_FILE_BYTES:,} bytes.", "Shorten it.")
        else:
            try:
                sources[name] = path.read_text(encoding="utf-8-sig")
            except UnicodeDecodeError:
                issue("not-utf-8", "This file is not UTF-8 text.", "Save it as UTF-8.")
            except OSError as error:
                issue("unreadable", f"This file cannot be read: {error.strerror}.", "Allow reading it.")
    for name in sources:
        channel = name.removesuffix(SUFFIX)
        small = channel.removeprefix(f"{SMALL}/")
        known = {*project.sheets, *(f"{SMALL}/{one}" for one in (*project.sheets, *project.small_sheets))}
        pairless = channel not in known and not (folder / f"{channel}.yaml").exists()
        if ("/" not in name or "/" not in small) and pairless:
            message, remedy = "This template has no sheet beside it.", f"Write {FOLDER}/{channel}.yaml."
            issues.append(Issue(f"{FOLDER}/{name}", 0, 0, "missing-sheet", message, remedy))
    small_sheets = project.small_sheets if style == SMALL else {}
    sheets = {**project.sheets, **small_sheets}
    return Templates(sheets, sources, style, frozenset(small_sheets)), tuple(issues)
