"""What the brand says and no model is told, and templates that look finished and are not. All of it is a warning."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from inedit.brand.schema import Brand
from inedit.model.errors import Issue, IssueSeverity
from inedit.prompting.checking import styles
from inedit.prompting.templates import FOLDER, Templates, read_templates
from inedit.prompting.views import VARIABLES

if TYPE_CHECKING:
    from inedit.brand.load import Project

_SINGLE_BRACES = re.compile(
    rf"(?<![{{%#])\{{\s*((?:{'|'.join(VARIABLES)}|insight|part|finding)(?:\.\w+)*)\s*\}}(?!\}})"
)
"""``{ segment.name }`` where ``{{ segment.name }}`` was meant: Jinja prints it as it stands."""

_LISTS = {"insights": ("text", "meaning", "tip")}
"""Variables that are lists of views, with what their items say: loops hide which variable an item came from."""

_FIELDS: tuple[tuple[str, Callable[[Brand], Iterable[Any]], str, tuple[str, ...]], ...] = (
    ("brand.yaml", lambda brand: (brand.identity,), "brand", ("about", "voice", "addresses")),
    (
        "segments.yaml", lambda brand: brand.segments.values(), "segment",
        ("description", "worries", "motives", "objections", "words"),
    ),
    (
        "tones.yaml", lambda brand: brand.tones.values(), "tone",
        ("instruction", "do", "dont", "sample"),
    ),
    ("angles.yaml", lambda brand: brand.angles.values(), "angle", ("instruction",)),
    ("channels.yaml", lambda brand: brand.channels.values(), "channel", ("purpose", "max_words")),
    ("insights", lambda brand: brand.insights.values(), "insights", _LISTS["insights"]),
    ("lexicon", lambda brand: brand.lexicons.values(), "lexicon", ("wanted", "banned", "cliches")),
    (
        "campaigns", lambda brand: brand.campaigns.values(), "campaign",
        ("objective", "offer", "key_message", "mandatory", "links", "merge_fields"),
    ),
)  # fmt: skip
"""Where it is written, who says it, and by which variable and attributes a template prints it."""


def check_coverage(project: Project) -> tuple[Issue, ...]:
    """What no template prints, templates without an insight, and single braces, sorted.

    Of a project with prompts for small models only the full ones are asked to print everything: small ones leave out on
    purpose.
    """
    found: set[Issue] = set()
    for style in styles(project):
        templates, _ = read_templates(project, style)
        found.update(_single_braces(templates))
        found.update(_without_insight(templates, project.brand))
        if style == "full":
            found.update(_unprinted(templates, project.brand))
    return tuple(sorted(found))


def _warning(file: str, line: int, column: int, code: str, message: str, remedy: str) -> Issue:
    return Issue(file, line, column, code, message, remedy, IssueSeverity.WARNING)


def _printed(templates: Templates, channel: str, language: str) -> set[tuple[str, str]]:
    """What a channel's templates print in a language, as variable and attribute."""
    found: set[tuple[str, str]] = set()
    for path in templates.files(channel, language):
        facts = templates.facts(path)
        found |= {(use.name, use.attribute) for use in facts.uses}
        for variable, attributes in _LISTS.items():
            if any(use.name == variable for use in facts.uses):
                found |= {(variable, name) for name in attributes if name in facts.attributes}
    return found


def _unprinted(templates: Templates, brand: Brand) -> Iterator[Issue]:
    channels = [channel for channel in templates.sheets if templates.path(channel)]
    printed = {
        language: {pair for channel in channels for pair in _printed(templates, channel, language)}
        for language in brand.languages
    }
    for file, entries, variable, attributes in _FIELDS:
        for name in attributes:
            if not any(_says(entry, variable, name) for entry in entries(brand)):
                continue
            silent = [tag for tag, pairs in printed.items() if not pairs & {(variable, name), (variable, "")}]
            if silent:
                yield _warning(
                    f"brand_data/{file}", 0, 0, "never-printed",
                    f"No template tells the model '{variable}.{name}' in {', '.join(silent)}.",
                    f"Print it in {FOLDER}/_partials/{silent[0]}/, or delete it.",
                )  # fmt: skip


def _says(entry: Any, variable: str, name: str) -> bool:
    value = getattr(entry, name, None)
    if variable == "brand" and name == "addresses":
        return bool(value and value.every)
    return bool(value)


def _without_insight(templates: Templates, brand: Brand) -> Iterator[Issue]:
    for channel in templates.sheets:
        path = templates.path(channel)
        silent = [
            tag
            for tag in brand.languages
            if path and not _printed(templates, channel, tag) & {("insights", "text")}
        ]
        if silent:
            yield _warning(
                f"{FOLDER}/{path}", 0, 0, "no-insight-printed",
                f"This template prints no insight in {', '.join(silent)}: its texts are what anybody would get.",
                "Write {% for insight in insights %}{{ insight.text }}{% endfor %} in the block 'brief'.",
            )  # fmt: skip


def _single_braces(templates: Templates) -> Iterator[Issue]:
    for path, source in templates.sources.items():
        for number, line in enumerate(source.splitlines(), start=1):
            for found in _SINGLE_BRACES.finditer(line):
                yield _warning(
                    f"{FOLDER}/{path}", number, found.start() + 1, "single-braces",
                    f"'{found[0]}' is printed as it stands.", f"Write {{{{ {found[1]} }}}}.",
                )  # fmt: skip
