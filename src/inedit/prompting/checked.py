"""Templates that were found in order are not rendered again by who only looks ahead, until something has changed.

Rendering every template for every segment and tone takes a tenth of the time of a plan. What was found is kept below
``.inedit/`` as digests of all that decides it, as it was read: the brand, the templates, the brief, this program. Files
are not read a second time for it, so what is taken for known is what was looked through. Errors are never kept.
"""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from inedit import __version__, prompting
from inedit.brand.schema import Brand, Campaign
from inedit.model.errors import errors_among
from inedit.prompting.templates import Style, Templates, read_templates

if TYPE_CHECKING:
    from inedit.brand.load import Project

FILE = Path(".inedit") / "templates-in-order"
MOST_KEPT = 32
PROGRAM = ("inedit.brand", "inedit.guard", "inedit.model", "inedit.prompting", "jinja2")
"""What reads a brand, makes prompts of it and looks through them: ``prompting`` knows no other room for it."""


def load_for_brief(project: Project, style: Style, campaign: Campaign) -> Templates:
    """What :func:`~inedit.prompting.load_templates` gives for a brief, with the same errors."""
    templates, unreadable = read_templates(project, style)
    file, digest = project.root / FILE, _digest(templates, project.brand, campaign)
    known = _read(file)
    if digest in known and not errors_among(unreadable):
        return templates
    prompting.refuse_errors(templates, unreadable, project, campaign)
    with suppress(OSError):  # a project that is only read
        file.parent.mkdir(exist_ok=True)
        beside = file.with_name(f"{file.name}.{uuid4().hex}")
        try:
            beside.write_text("\n".join([digest, *(old for old in known if old != digest)][:MOST_KEPT]))
            beside.replace(file)
        finally:
            beside.unlink(missing_ok=True)
    return templates


def _read(file: Path) -> list[str]:
    try:
        return file.read_text().split()
    except (OSError, UnicodeDecodeError):
        return []


def _digest(templates: Templates, brand: Brand, campaign: Campaign) -> str:
    """Tells all that decides what is found in templates that could be read."""
    read = (
        templates.style,
        templates.sources,
        templates.sheets,
        sorted(templates.small_sheets),
        brand,
        campaign,
    )
    whole = f"{_program()} {read!r}".encode(errors="backslashreplace")
    return hashlib.blake2b(whole, digest_size=16).hexdigest()


@cache
def _program() -> str:
    """This program as it is installed, and what renders its templates, with when each file was last changed."""
    own = (line for room in PROGRAM for line in _files(str(resources.files(room))))
    return " ".join((platform.python_version(), __version__, *own))


def _files(folder: str) -> Iterator[str]:
    """The files of a package, wherever below it; what Python compiles of them is left out."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_file():
            yield f"{entry.path} {entry.stat().st_size} {entry.stat().st_mtime_ns}"
        elif entry.is_dir(follow_symlinks=False) and entry.name != "__pycache__":
            yield from _files(entry.path)
