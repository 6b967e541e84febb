"""What reading a template shows, before it is rendered: syntax, unknown variables and filters, missing partials."""

from __future__ import annotations

import re
from collections.abc import Collection

from jinja2 import TemplateSyntaxError

from inedit.model.errors import Issue
from inedit.prompting.sandbox import did_you_mean
from inedit.prompting.templates import FOLDER, Templates


class Reading:
    """A template, by its path relative to ``prompts/``, and all that it includes in one language, read without
    rendering; ``issues`` is what is wrong.

    It may use the ``declared`` variables. A name that is ``known`` beside them can be declared in ``sheet_file``.
    """

    def __init__(
        self,
        templates: Templates,
        language: str,
        path: str,
        declared: Collection[str],
        known: Collection[str],
        sheet_file: str = "",
    ) -> None:
        self.environment = templates.environment(language)
        self.templates = templates
        self.language = language
        self.declared, self.known, self.sheet_file = declared, known, sheet_file
        self.issues: list[Issue] = []
        self._visit(path, ())

    def _visit(self, path: str, above: tuple[str, ...]) -> None:
        facts = self.templates.facts(path)
        if facts.error is not None:
            self._syntax_issue(path, facts.error)
            return
        for name, line in facts.undeclared.items():
            if name not in self.declared:
                self._unknown_variable(path, line, name)
        for line, partial in facts.references:
            found = self.environment.source_loader.find(partial) if partial is not None else None
            if partial is None:
                message = "The name of a partial must stand in quotes."
                remedy = "Choose with {% if %} instead."
                self._issue((path, line, ""), "dynamic-include", message, remedy)
            elif found is None:
                self._missing_partial(path, line, partial)
            elif found == path or found in above:
                message = f"'{found}' includes itself, by way of this line."
                self._issue((path, line, partial), "endless-template", message, "Break the circle.")
            else:
                self._visit(found, (*above, path))

    def _syntax_issue(self, path: str, error: TemplateSyntaxError) -> None:
        message = error.message or "The template cannot be read."
        kind = re.match(r"No (filter|test) named '(\w+)'", message)
        name = str(kind[2]) if kind else ""
        code, remedy = "syntax", "Fix the {{ }} or {% %} on this line or just above it."
        if kind:
            known = list(self.environment.filters if kind[1] == "filter" else self.environment.tests)
            code, message = f"unknown-{kind[1]}", f"There is no {kind[1]} '{name}'."
            remedy = did_you_mean(name, known)
        self._issue((path, error.lineno, name), code, message, remedy)

    def _unknown_variable(self, path: str, line: int, name: str) -> None:
        if name in self.known:
            message = f"'{name}' is used here and not listed in {self.sheet_file}."
            remedy = f"Add '{name}' to its variables."
            self._issue((path, line, name), "undeclared-variable", message, remedy)
        else:
            message, names = f"There is no variable '{name}'.", {*self.declared, *self.known}
            self._issue((path, line, name), "unknown-variable", message, did_you_mean(name, names))

    def _missing_partial(self, path: str, line: int, name: str) -> None:
        known = {p.rsplit("/", 1)[-1] for p in self.environment.source_loader.sources if "/" in p}
        message = f"There is no partial '{name}' for the language '{self.language}'."
        remedy = f"Write {FOLDER}/_partials/{self.language}/{name}."
        if name not in known:
            message, remedy = f"There is no partial '{name}'.", did_you_mean(name, known)
        self._issue((path, line, name), "missing-partial", message, remedy)

    def _issue(self, location: tuple[str, int, str], code: str, message: str, remedy: str) -> None:
        path, line, name = location
        lines = self.environment.source_loader.sources[path].splitlines()
        found = (
            re.search(rf"(?<!\w){re.escape(name)}(?!\w)", lines[line - 1]) if 0 < line <= len(lines) else None
        )
        column = found.start() + 1 if name and found else min(line, 1)
        self.issues.append(Issue(f"{FOLDER}/{path}", line, column, code, message, remedy))
