"""Finds what is wrong in template pairs before a model is paid for it.

Reading a template shows unknown variables, filters and partials; only rendering shows ``segment.nmae`` or a
missing translation, so every template is also rendered for every language, and for every segment and tone that it can
tell apart.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from inedit.brand.schema import Campaign, Sheet
from inedit.model.errors import Issue, ProjectErrors, errors_among
from inedit.prompting.question_checks import advisor_issues, copy_edit_issues
from inedit.prompting.reading_checks import Reading
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
    for style in styles(project):
        templates, issues = read_templates(project, style)
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
    refuse_errors(templates, unreadable, project, campaign)
    return templates


def refuse_errors(
    templates: Templates, unreadable: Iterable[Issue], project: Project, campaign: Campaign | None = None
) -> None:
    """Raise :class:`~.errors.ProjectErrors` with the errors of templates, and of files that cannot be read."""
    if errors := errors_among({*unreadable, *find_issues(templates, project, campaign=campaign)}):
        raise ProjectErrors(errors)


def find_issues(
    templates: Templates, project: Project, *, rendering: bool = True, campaign: Campaign | None = None
) -> tuple[Issue, ...]:
    """What is wrong in templates that could be read; with ``campaign`` in those that its brief needs.

    What was found in order is not looked through again in this process, until a text or the brand has changed.
    """
    asked = (
        templates.style, templates.sources, templates.sheets, templates.small_sheets, project.brand, rendering,
        campaign,
    )  # fmt: skip
    if asked in tuple(IN_ORDER):  # another thread may add to it meanwhile
        return ()
    issues = _look(templates, project, rendering=rendering, campaign=campaign)
    if not issues:
        IN_ORDER.append(asked)
    return tuple(issues)


IN_ORDER: deque[tuple[object, ...]] = deque(maxlen=8)
"""All that decides what is found, where nothing was: compared by value, since the same files are loaded anew."""


def _look(
    templates: Templates, project: Project, *, rendering: bool, campaign: Campaign | None
) -> set[Issue]:
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
            path = templates.path(channel) or channel + SUFFIX
            sheet_file = templates.sheet_file(channel)
            read = Reading(templates, language, path, sheet.variables, VARIABLES, sheet_file).issues
            issues.update(read or (renderer.issues(channel) if rendering else ()))
    for tag in languages:
        issues.update((*advisor_issues(templates, tag), *copy_edit_issues(templates, tag)))
    return issues


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
