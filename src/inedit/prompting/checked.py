"""Templates that were found in order are not rendered again by who only looks ahead, until a file has changed.

Rendering every template for every segment and tone takes a tenth of the time of a plan. What was found is kept below
``.inedit/`` as digests of all that decides it: the project's files, the brief, this program. Errors are never kept.
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

from inedit import prompting
from inedit.brand.schema import Campaign
from inedit.errors import errors_among
from inedit.prompting.templates import Style, Templates, read_templates

if TYPE_CHECKING:
    from inedit.brand.load import Project

FILE = Path(".inedit") / "templates-in-order"
MOST_KEPT = 32
FOLDERS = ("brand_data", "prompts")


def load_for_brief(project: Project, style: Style, campaign: Campaign) -> Templates:
    """What :func:`~inedit.prompting.load_templates` gives for a brief, with the same errors."""
    file, digest = project.root / FILE, _digest(project, style, campaign)
    known = _read(file)
    if digest in known:
        templates, issues = read_templates(project, style)
        if not errors_among(issues):
            return templates
    templates = prompting.load_templates(project, style, campaign)
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


def _digest(project: Project, style: Style, campaign: Campaign) -> str:
    """Tells all that decides what is found."""
    made = hashlib.blake2b(f"{_program()} {style} {campaign.id} ".encode(), digest_size=16)
    for path in _files(project.root):
        name, content = str(path.relative_to(project.root)).encode(), path.read_bytes()
        made.update(f"{len(name)} {len(content)} ".encode() + name + content)
    return made.hexdigest()


def _files(root: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        for here, folders, names in os.walk(root / folder):
            folders.sort()
            yield from (Path(here) / name for name in sorted(names))


@cache
def _program() -> str:
    """This program as it is installed: what reads a brand and its templates, and when that was last changed."""
    own = (
        f"{entry.name} {entry.stat().st_size} {entry.stat().st_mtime_ns}"
        for room in ("inedit.prompting", "inedit.brand", "inedit.brand.schema", "inedit.model", "jinja2")
        for entry in sorted(os.scandir(str(resources.files(room))), key=lambda entry: entry.name)
        if entry.is_file()
    )
    return " ".join((platform.python_version(), *own))
