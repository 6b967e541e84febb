"""The production line on the real guard, encoder and database, with a stub server in the model's place."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fakes.brands import demo_project
from fakes.stub_openai import StubOpenAI
from inedit.bootstrap import ModelAddress, Settings, open_pipeline, open_project_store
from inedit.brand.load import Project
from inedit.brand.schema import Campaign
from inedit.encoding import Encoder, load_encoder
from inedit.encoding.remembering import RememberingEncoder
from inedit.pipeline.task import Pipeline

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The real encoder; tests have many texts in common, and what the brand says in all of them."""
    return RememberingEncoder(load_encoder())


@pytest.fixture(scope="session")
def project() -> Project:
    """The demo brand."""
    return demo_project()


@pytest.fixture
def posts(project: Project) -> Callable[..., Campaign]:
    """Makes a campaign of social posts from the demo one."""

    def make(**changes: Any) -> Campaign:
        asked = {"channels": ("social",), "languages": ("fr",), "budget": None, **changes}
        return project.brand.campaigns["mini"].model_copy(update=asked)

    return make


OpenLine = Callable[..., AbstractAsyncContextManager[Pipeline]]


@pytest.fixture
def open_line(project: Project, encoder: Encoder, tmp_path: Path, empty_database: Path) -> OpenLine:
    """Opens the line on a stub; a second opening in the same test finds the same database."""

    @asynccontextmanager
    async def opened(
        stub: StubOpenAI, *, concurrency: int = 4, prompts: str = "auto", advisor: str = "", **options: Any
    ) -> AsyncIterator[Pipeline]:
        database = tmp_path / "inedit.db"
        if not database.exists():
            shutil.copy(empty_database, database)
        settings = Settings(database_url=f"sqlite:///{database}", prompts=prompts, advisor=advisor)
        address = ModelAddress(stub.base_url, "none", "stub", "embedded")
        with open_project_store(settings, tmp_path) as store:
            async with open_pipeline(
                project, settings, store, address, concurrency=concurrency, today=TODAY,
                encoder=lambda: encoder, **options,
            ) as line:  # fmt: skip
                quick = replace(line.metered_model, first_wait_seconds=0.01)
                mirror = replace(line.mirror, metered_model=quick)
                yield replace(line, metered_model=quick, mirror=mirror)

    return opened
