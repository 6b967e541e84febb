"""Finds what is wrong in template pairs before a model is paid for it.

Reading a template shows unknown variables, filters and partials; only rendering shows ``segment.nmae`` or a
missing translation, so every template is also rendered for every language, and for every segment and tone that it can
tell apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError

from inedit.brand.schema import Campaign, Sheet
from inedit.errors import Issue, ProjectErrors, errors_among
from inedit.prompting.sample_rendering import SampleRendering
from inedit.prompting.sandbox import did_you_mean
from inedit.prompting.templates import FOLDER, SUFFIX, Style, Templates, has_small, read_templates
from inedit.prompting.views import VARIABLES

if TYPE_CHECKING:
    from inedit.brand.load import Project


def check_templates(project: Project, *, rendering: bool = True) -> tuple[Issue, ...]:
    """Everything that is wrong in ``prompts/``, in either style, sorted by file and line; empty when all is well.

    ``rendering`` is to be False when the project's data has errors: templates are only read then.
    """
    found: set[Issue] = set()
    first: Templates | None = None
    for style in styles(project):
        templates, issues = read_templates(project, style)
        templates = first = templates.sharing(first)
        found |= {*issues, *find_issues(templates, project, rendering=rendering)}
    return tuple(sorted(found))


def styles(project: Project) -> tuple[Style, ...]:
    """The styles that a project has prompts in: ``full``, and ``small`` when there is a folder of that name."""
    return ("full", "small") if has_small(project) else ("full",)


def load_templates(project: Project, style: Style = "full", campaign: Campaign | None = None) -> Templates:
    """Read and check the template pairs of a project in one style. Without ``prompts/small/`` both are the same files.

    With ``campaign``, only the channels and languages of that brief are checked, for who looks ahead and pays nothing.

    Raises:
        ProjectErrors: with every error that :func:`check_templates` finds in this style.
    """
    templates, unreadable = read_templates(project, style)
    if errors := errors_among({*unreadable, *find_issues(templates, project, campaign=campaign)}):
        raise ProjectErrors(errors)
    return templates


def find_issues(
    templates: Templates, project: Project, *, rendering: bool = True, campaign: Campaign | None = None
) -> tuple[Issue, ...]:
    """What is wrong in templates that could be read; with ``campaign`` in those that its brief needs."""
    issues: set[Issue] = set()
    languages = [tag for tag in project.brand.languages if campaign is None or tag in campaign.languages]
    renderers = {tag: SampleRendering(templates, project.brand, tag) for tag in languages}
    for channel, sheet in templates.sheets.items():
        if campaign is not None and channel not in campaign.channels:
            continue
        if templates.path(channel) is None:
            where = f"{FOLDER}/{channel}.yaml"
            remedy = f"Write {FOLDER}/{channel}{SUFFIX}."
            issues.add(
                Issue(where, 0, 0, "missing-template", "This sheet has no template beside it.", remedy)
            )
            continue
        issues.update(_sheet_issues(templates, project, channel, sheet, whole=campaign is None))
        for language, renderer in renderers.items():
            read = _Reading(templates, channel, language).issues
            issues.update(read or (renderer.issues(channel) if rendering else ()))
    return tuple(issues)


class _Reading:
    """One channel's template and its partials in one language, read without rendering."""

    def __init__(self, templates: Templates, channel: str, language: str) -> None:
        self.environment = templates.environment(language)
        self.templates = templates
        self.language = language
        self.sheet = templates.sheets[channel]
        self.sheet_file = templates.sheet_file(channel)
        self.issues: list[Issue] = []
        self._visit(templates.path(channel) or channel + SUFFIX, ())

    def _visit(self, path: str, above: tuple[str, ...]) -> None:
        facts = self.templates.facts(path)
        if facts.error is not None:
            self._syntax_issue(path, facts.error)
            return
        for name, line in facts.undeclared.items():
            if name not in self.sheet.variables:
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
        if name in VARIABLES:
            message = f"'{name}' is used here and not listed in {self.sheet_file}."
            remedy = f"Add '{name}' to its variables."
            self._issue((path, line, name), "undeclared-variable", message, remedy)
        else:
            message = f"There is no variable '{name}'."
            self._issue((path, line, name), "unknown-variable", message, did_you_mean(name, VARIABLES))

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


def _sheet_issues(
    templates: Templates, project: Project, channel: str, sheet: Sheet, *, whole: bool
) -> Iterator[Issue]:
    """What a sheet has wrong; whether a variable is used takes the templates of every language: the ``whole``."""
    file = templates.sheet_file(channel)
    path = project.root / file
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []

    def issue(name: str, code: str, message: str, remedy: str) -> Issue:
        pattern = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
        for number, line in enumerate(lines, start=1):
            if found := pattern.search(line.split(" #")[0]):
                return Issue(file, number, found.start() + 1, code, message, remedy)
        return Issue(file, 0, 0, code, message, remedy)

    own = templates.style == "full" or channel in templates.small_sheets  # else the full prompt may use it
    used: set[str] = set()
    if whole:
        for language in project.brand.languages:
            used |= _used_variables(templates, channel, language)
    for name in sheet.variables:
        if name not in VARIABLES:
            yield issue(
                name, "unknown-variable", f"There is no variable '{name}'.", did_you_mean(name, VARIABLES)
            )
        elif whole and own and name not in used:
            message = f"The template does not use '{name}'."
            yield issue(name, "unused-variable", message, "Take it off the variables, or use it.")


def _used_variables(templates: Templates, channel: str, language: str) -> set[str]:
    facts = [templates.facts(path) for path in templates.files(channel, language)]
    if any(found.error for found in facts):
        return set(VARIABLES)  # reported elsewhere; nothing can be said of its variables
    return {name for found in facts for name in found.undeclared}
