"""What every flow does at its two ends: find the project and the key, and end in a state that a person understands."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

from prefect.blocks.system import Secret
from prefect.client.orchestration import get_client
from prefect.states import Failed, State

from inedit.bootstrap import Settings, find_root, is_embedded
from inedit.brand.load import Project, load_project
from inedit.brand.schema import Campaign
from inedit.model.errors import IneditError, WrongInput

PROJECT = "INEDIT_PROJECT"
"""The brand project's folder, set by ``inedit serve`` for the runs that it starts."""

SECRET = "inedit-openai-api-key"  # noqa: S105  # a name, no secret
"""Name of the Prefect Secret block that holds the provider's key, where the environment has none."""

Parameters = ParamSpec("Parameters")


class GracefulShutdown(logging.Filter):
    """Prefect logs a run that begins to wait for a person, or that a person has cancelled, as an error. It is none."""

    ENDS = ("Finished in state Suspended", "Finished in state Cancelled")

    def filter(self, record: logging.LogRecord) -> bool:
        """Let everything through, these ends as information."""
        if record.getMessage().startswith(self.ENDS):
            record.levelno, record.levelname = logging.INFO, "INFO"
        return True


logging.getLogger("prefect.flow_runs").addFilter(GracefulShutdown())


def fail_with_message(
    flow: Callable[Parameters, Awaitable[State[Any]]],
) -> Callable[Parameters, Awaitable[State[Any]]]:
    """Turn what goes wrong on purpose into a failed state with its sentence, instead of a traceback."""

    @wraps(flow)
    async def body(*args: Parameters.args, **kwargs: Parameters.kwargs) -> State[Any]:
        try:
            return await flow(*args, **kwargs)
        except IneditError as error:
            return Failed(message=str(error))

    return body


def open_project() -> Project:
    """The brand project that the flows were served for, as it is now."""
    return load_project(project_root())


def project_root() -> Path:
    """Its folder: ``INEDIT_PROJECT``, or the one around the current folder."""
    named = os.environ.get(PROJECT)
    return find_root(Path(named) if named else None)


def campaign_of(project: Project, name: str) -> Campaign:
    """A brief by its id; :class:`~.errors.WrongInput` names those that there are."""
    found = project.brand.campaigns.get(name)
    if found is None:
        known = ", ".join(sorted(project.brand.campaigns)) or "none yet"
        raise WrongInput(f"There is no campaign '{name}' in brand_data/campaigns. There is: {known}.")
    return found


async def settings_for(model: str) -> Settings:
    """The environment's settings for a model; its key may come from the Secret block instead."""
    settings = replace(Settings.from_environment(), model=model)
    if is_embedded(model) or settings.openai_api_key:
        return settings
    key = await _secret()
    if key:
        return replace(settings, openai_api_key=key)
    if settings.openai_base_url:
        return settings  # a server of one's own may ask for none
    raise WrongInput(
        f"Model '{model}' needs a key, and there is none. Set OPENAI_API_KEY where 'inedit serve' runs, or save the "
        f"key in this UI: Blocks, +, Secret, with the name {SECRET}. An embedded model needs no key."
    )


async def _secret() -> str:
    try:
        block = await Secret.aload(SECRET)
    except ValueError:  # there is no block of this name
        return ""
    return str(block.get())


def address_of(path: str) -> str:
    """A page of the UI as people open it: where ``PREFECT_UI_URL`` says, or where the server is."""
    ui = os.environ.get("PREFECT_UI_URL") or os.environ.get("PREFECT_API_URL", "").removesuffix("/api")
    return f"{ui}{path}"


LOOK_AGAIN_SECONDS = 3.0
AWAY_SECONDS = 900.0
"""How long a run that is done waits for a Prefect server that has gone away, to tell it so."""


async def until_reachable(stop: asyncio.Event) -> None:
    """Wait for Prefect, should it be away: what was written is kept, and is shown when it is back.

    Returns when ``stop`` is set or after :data:`AWAY_SECONDS`, whatever the server does.
    """
    began = time.monotonic()
    while time.monotonic() - began < AWAY_SECONDS:
        async with get_client() as client:
            if await client.api_healthcheck() is None or stop.is_set():
                return
        sys.stderr.write("The Prefect server does not answer. Everything written is kept; waiting for it.\n")
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), LOOK_AGAIN_SECONDS)
