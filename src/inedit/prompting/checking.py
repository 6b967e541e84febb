"""Finds what is wrong in template pairs before a model is paid for it.

Reading a template shows unknown variables, filters and partials; only rendering shows ``segment.nmae`` or a
missing translation, so every template is also rendered for every segment, language and tone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError, meta, nodes

from inedit.brand.schema import Brand, Campaign, Sheet
from inedit.errors import Issue, ProjectErrors, WrongInput, errors_among
from inedit.model import Finding, Match, Severity, Span, VariantSpec
from inedit.prompting.answers import answer_schema
from inedit.prompting.rendering import RenderingFault, render_messages
from inedit.prompting.sandbox import did_you_mean
from inedit.prompting.templates import FOLDER, SUFFIX, Templates, read_templates
from inedit.prompting.views import VARIABLES, build_variables

if TYPE_CHECKING:
    from inedit.brand.load import Project


def check_templates(project: Project) -> tuple[Issue, ...]:
    """Everything that is wrong in ``prompts/``, sorted by file and line; empty when all is well."""
    templates, faults = read_templates(project)
    return tuple(sorted({*faults, *find_faults(templates, project)}))


def load_templates(project: Project) -> Templates:
    """Read and check the template pairs of a project.

    Raises:
        ProjectErrors: with every error that :func:`check_templates` finds.
    """
    templates, unreadable = read_templates(project)
    if errors := errors_among({*unreadable, *find_faults(templates, project)}):
        raise ProjectErrors(errors)
    return templates


def find_faults(templates: Templates, project: Project) -> tuple[Issue, ...]:
    """What is wrong in templates that could be read."""
    faults: set[Issue] = set()
    for channel, sheet in templates.sheets.items():
        if channel + SUFFIX not in templates.sources:
            where = f"{FOLDER}/{channel}.yaml"
            remedy = f"Write {FOLDER}/{channel}{SUFFIX}."
            faults.add(
                Issue(where, 0, 0, "missing-template", "This sheet has no template beside it.", remedy)
            )
            continue
        faults.update(_sheet_faults(templates, project, channel, sheet))
        for language in project.brand.languages:
            reading = _Reading(templates, channel, language)
            faults.update(reading.faults or _rendering_faults(templates, project.brand, channel, language))
    return tuple(faults)


class _Reading:
    """One channel's template and its partials in one language, read without rendering."""

    def __init__(self, templates: Templates, channel: str, language: str) -> None:
        self.environment = templates.environment(language)
        self.language = language
        self.sheet = templates.sheets[channel]
        self.faults: list[Issue] = []
        self._visit(channel + SUFFIX, ())

    def _visit(self, path: str, above: tuple[str, ...]) -> None:
        source = self.environment.source_loader.sources[path]
        try:
            tree = self.environment.parse(source)
            self.environment.compile(source)
        except TemplateSyntaxError as error:
            self._syntax_fault(path, error)
            return
        for name in sorted(meta.find_undeclared_variables(tree) - set(self.sheet.variables)):
            self._unknown_variable(path, tree, name)
        for node, partial in _references(tree):
            found = self.environment.source_loader.find(partial) if partial is not None else None
            if partial is None:
                message = "The name of a partial must stand in quotes."
                remedy = "Choose with {% if %} instead."
                self._fault((path, node.lineno, ""), "dynamic-include", message, remedy)
            elif found is None:
                self._missing_partial(path, node, partial)
            elif found == path or found in above:
                message = f"'{found}' includes itself, by way of this line."
                self._fault((path, node.lineno, partial), "endless-template", message, "Break the circle.")
            else:
                self._visit(found, (*above, path))

    def _syntax_fault(self, path: str, error: TemplateSyntaxError) -> None:
        message = error.message or "The template cannot be read."
        kind = re.match(r"No (filter|test) named '(\w+)'", message)
        name = str(kind[2]) if kind else ""
        code, remedy = "syntax", "Mend the {{ }} or {% %} on this line or just above it."
        if kind:
            known = list(self.environment.filters if kind[1] == "filter" else self.environment.tests)
            code, message = f"unknown-{kind[1]}", f"There is no {kind[1]} '{name}'."
            remedy = did_you_mean(name, known)
        self._fault((path, error.lineno, name), code, message, remedy)

    def _unknown_variable(self, path: str, tree: nodes.Template, name: str) -> None:
        line = next((n.lineno for n in tree.find_all(nodes.Name) if n.name == name), 0)
        if name in VARIABLES:
            message = f"'{name}' is used here and not listed in {FOLDER}/{self.sheet.channel}.yaml."
            remedy = f"Add '{name}' to its variables."
            self._fault((path, line, name), "undeclared-variable", message, remedy)
        else:
            message = f"There is no variable '{name}'."
            self._fault((path, line, name), "unknown-variable", message, did_you_mean(name, VARIABLES))

    def _missing_partial(self, path: str, node: nodes.Node, name: str) -> None:
        known = {p.rsplit("/", 1)[-1] for p in self.environment.source_loader.sources if "/" in p}
        message = f"There is no partial '{name}' for the language '{self.language}'."
        remedy = f"Write {FOLDER}/_partials/{self.language}/{name}."
        if name not in known:
            message, remedy = f"There is no partial '{name}'.", did_you_mean(name, known)
        self._fault((path, node.lineno, name), "missing-partial", message, remedy)

    def _fault(self, place: tuple[str, int, str], code: str, message: str, remedy: str) -> None:
        path, line, name = place
        lines = self.environment.source_loader.sources[path].splitlines()
        found = (
            re.search(rf"(?<!\w){re.escape(name)}(?!\w)", lines[line - 1]) if 0 < line <= len(lines) else None
        )
        column = found.start() + 1 if name and found else min(line, 1)
        self.faults.append(Issue(f"{FOLDER}/{path}", line, column, code, message, remedy))


def _references(tree: nodes.Template) -> Iterator[tuple[nodes.Node, str | None]]:
    """Each template that another one includes, imports or extends; None for a name made at run time."""
    for node in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
        template = getattr(node, "template", None)
        name = template.value if isinstance(template, nodes.Const) else None
        yield node, name if isinstance(name, str) else None


def _sheet_faults(templates: Templates, project: Project, channel: str, sheet: Sheet) -> Iterator[Issue]:
    path = project.root / FOLDER / f"{channel}.yaml"
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []

    def fault(name: str, code: str, message: str, remedy: str) -> Issue:
        pattern = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
        for number, line in enumerate(lines, start=1):
            if found := pattern.search(line.split(" #")[0]):
                return Issue(f"{FOLDER}/{channel}.yaml", number, found.start() + 1, code, message, remedy)
        return Issue(f"{FOLDER}/{channel}.yaml", 0, 0, code, message, remedy)

    used: set[str] = set()
    for language in project.brand.languages:
        used |= _used_variables(templates, channel, language)
    for name in sheet.variables:
        if name not in VARIABLES:
            yield fault(
                name, "unknown-variable", f"There is no variable '{name}'.", did_you_mean(name, VARIABLES)
            )
        elif name not in used:
            message = f"The template does not use '{name}'."
            yield fault(name, "unused-variable", message, "Take it off the variables, or use it.")


def _used_variables(templates: Templates, channel: str, language: str) -> set[str]:
    environment = templates.environment(language)
    used: set[str] = set()
    try:
        for path in templates.files(channel, language):
            used |= meta.find_undeclared_variables(environment.parse(templates.sources[path]))
    except TemplateSyntaxError:
        return set(VARIABLES)  # reported elsewhere; nothing can be said of its variables
    return used


def _rendering_faults(templates: Templates, brand: Brand, channel: str, language: str) -> Iterator[Issue]:
    """Render for every segment and tone, as a first attempt and as a next one, with an angle and without."""
    sheet = templates.sheets[channel]
    campaign, today = _sample_campaign(brand), _sample_day(brand, language)
    insight = next((i for i in brand.insights.values() if language in i.text), None)
    insight_ids = (insight.id,) if insight else ()
    for segment, tone in product(brand.segments, brand.tones):
        for angle, findings in (("", ()), (next(iter(brand.angles), ""), _SAMPLE_FINDINGS)):
            spec = VariantSpec(campaign.id, channel, segment, language, tone, 0, angle, insight_ids)
            previous = {part.id: "…" for part in sheet.parts} if findings else None
            variables = build_variables(
                brand, campaign, sheet, spec, today, findings=findings, previous=previous
            )
            try:
                answer_schema(sheet, variables.wordings)
                render_messages(templates, sheet, variables)
            except RenderingFault as error:
                yield error.fault
            except WrongInput as error:
                remedy = "Add one in brand_data/, or give the part another source."
                where = f"{FOLDER}/{channel}.yaml"
                yield Issue(where, 0, 0, "no-wording", str(error).partition(" Add one")[0], remedy)


_SAMPLE_FINDINGS = (
    Finding(
        "sample",
        Severity.BLOCK,
        "A sample.",
        Span(0, 1),
        (Match("0", "sample", 1.0, (Span(0, 1),)),),
        "A sample.",
    ),
)


def _sample_campaign(brand: Brand) -> Campaign:
    """A brief in every language of the brand, so that checking depends on no campaign."""
    sample = dict.fromkeys(brand.languages, "…")
    return Campaign(
        id="sample", name="sample", objective=sample, offer=sample,
        channels=("sample",), segments=("sample",), languages=tuple(brand.languages), tones=("sample",),
    )  # fmt: skip


def _sample_day(brand: Brand, language: str) -> date:
    """A day on which at least one claim of the language may be said: checking reads no clock."""
    starts: Sequence[date] = [c.valid_from for c in brand.claims.values() if language in c.text]
    return max(starts, default=date.min + timedelta(days=1))
