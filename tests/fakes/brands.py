"""The brands of the repository, each read once in a process: its facts are understood once, too."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from fakes.bench import bench
from inedit.brand.load import Project, load_project
from inedit.brand.schema import Brand

ROOT = Path(__file__).parents[2]


@cache
def demo_project() -> Project:
    """The demo brand with its prompts; nobody changes it."""
    return load_project(ROOT)


@cache
def unseen_brand(name: str) -> Brand:
    """A brand of ``bench/unseen``, which has no prompts of its own."""
    with TemporaryDirectory() as folder:
        return load_project(bench("unseen").project_of(name, Path(folder))).brand
