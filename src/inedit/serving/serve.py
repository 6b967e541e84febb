"""Serving a project's deployments: forms that follow ``brand_data/``, runs that are carried out here."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import signal
import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inedit.model.errors import IneditError, WrongInput
from inedit.serving.prefect_server import CLOSED
from inedit.serving.server import AUTH, CLIENT_AUTH, joined_server, refuse_open_door, started_server

if TYPE_CHECKING:
    from inedit.orchestration.deployments import DeploymentSpec
    from inedit.orchestration.forms import Choices

NO_PREFECT = "Prefect is not installed here. Install it with: pip install 'inedit[flows]'"

POLL_SECONDS = 2.0
"""How often Prefect is asked for runs to start, and ``brand_data/`` for changes."""


def serve_project(root: Path, *, host: str, port: int, pool: str = "") -> None:
    """Serve the project's deployments until interrupted; with ``pool``, its workers write the shards of runs.

    Raises :class:`~.errors.WrongInput` when Prefect is not installed, the project cannot be read, the port is
    taken or the address is open to others; :class:`~.errors.ProviderFailure` when no server comes up.
    """
    if importlib.util.find_spec("prefect") is None:
        raise WrongInput(NO_PREFECT)
    os.environ["INEDIT_PROJECT"] = str(root)
    if pool:
        os.environ["INEDIT_WORK_POOL"] = pool
    _prepare()
    joined = os.environ.get("PREFECT_API_URL")
    if joined:
        _serve(root, joined_server(joined), own=False)
    else:
        refuse_open_door(host)
        with started_server(host, port) as api_url:
            os.environ["PREFECT_API_URL"] = api_url
            _serve(root, api_url, own=True)


def serve_prefect(host: str, port: int) -> None:
    """Serve Prefect alone until interrupted, for the deployments and workers of other processes or machines.

    Raises what :func:`serve_project` raises.
    """
    if importlib.util.find_spec("prefect") is None:
        raise WrongInput(NO_PREFECT)
    _prepare()
    with started_server(host, port) as api_url:
        sys.stderr.write(f"\nPrefect is served: {api_url.removesuffix('/api')}\n\nCtrl-C ends it.\n")
        threading.Event().wait()


def _prepare() -> None:
    """What holds for every process that this one starts; SIGTERM takes the way of Ctrl-C, so that it leaves none."""
    os.environ.update(CLOSED)
    if os.environ.get(AUTH):
        os.environ.setdefault(
            CLIENT_AUTH, os.environ[AUTH]
        )  # what we start has to know what the server asks for
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def _serve(root: Path, api_url: str, *, own: bool) -> None:
    from inedit.orchestration.choices import (  # Prefect's slow import: once all else is well
        choices_of,
        fingerprint,
    )
    from inedit.orchestration.deployments import deployments_of

    seen = fingerprint(root)  # before the lists are read: what changes from now on is noticed
    specs, choices = deployments_of(root), choices_of(root)
    forms = Forms(root, specs, choices, seen)
    with asyncio.Runner() as runner:
        runner.run(_until_ended(forms, api_url, own=own))


async def _until_ended(forms: Forms, api_url: str, *, own: bool) -> None:
    from prefect.runner import Runner

    from inedit.orchestration.deployments import deploy_shards, deployment_of
    from inedit.serving.orphans import end_orphans
    from inedit.serving.prefect_patches import deliver_logs, wait_for_the_server, warn_of_impatience

    if not wait_for_the_server():
        warn_of_impatience()
    if pool := os.environ.get("INEDIT_WORK_POOL"):
        await deploy_shards(pool, forms.choices.brand)
    runner = Runner(name=f"inedit-{os.getpid()}", query_seconds=POLL_SECONDS, pause_on_shutdown=True)
    ids = [await runner.aadd_deployment(await deployment_of(spec, forms.choices)) for spec in forms.specs]
    orphans = await end_orphans(ids, everywhere=own)
    sys.stderr.write(welcome(api_url, forms.choices.brand, own=own, orphans=orphans))
    ending = Ending(runner)
    beside = [asyncio.create_task(ending.listen()), asyncio.create_task(forms.follow())]
    try:
        await runner.start()
    finally:
        for task in beside:
            task.cancel()
        await deliver_logs()
    if ending.asked:
        raise KeyboardInterrupt


class Ending:
    """Ctrl-C or SIGTERM: the runs under way are told first and have time to record what they pay for."""

    def __init__(self, runner: Any) -> None:
        self.asked = False
        self._runner = runner
        self._main = asyncio.current_task()
        self._stopping: asyncio.Task[None] | None = None

    async def listen(self) -> None:
        """Take the signals over from the runner, which would kill its runs at once."""
        for name in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(name, self._come)

    def _come(self) -> None:
        if self.asked and self._main is not None:
            self._main.cancel()  # the second time: now
            return
        self.asked = True
        sys.stderr.write("Ending: calls under way are being finished. Once more to end at once.\n")
        self._stopping = asyncio.create_task(self._runner.astop())


def welcome(api_url: str, brand: str, *, own: bool, orphans: int) -> str:
    """What the terminal says: which pages to open, and what Ctrl-C will do."""
    ui = api_url.removesuffix("/api")
    ends = "ends this server and what it runs" if own else "stops serving; the server goes on"
    asked = "You will be asked for the user and password that you set.\n" if os.environ.get(AUTH) else ""
    pool = os.environ.get("INEDIT_WORK_POOL")
    written = f"Workers write: prefect worker start --pool {pool} --limit 1\n" if pool else ""
    told = (
        f"{orphans} runs were cut off when the last server ended; 'Resume' goes on with them.\n"
        if orphans
        else ""
    )
    return (
        f"\n{brand} is served.\n\n"
        f"  Start something   {ui}/deployments\n"
        f"  Watch, approve    {ui}/runs\n"
        f"  Results           {ui}/artifacts\n\n"
        f"{asked}{told}{written}Ctrl-C {ends}.\n\n"
    )


class Forms:
    """The forms as they are shown, and what they were made from."""

    def __init__(self, root: Path, specs: Sequence[DeploymentSpec], choices: Choices, seen: object) -> None:
        self.specs, self.choices = specs, choices
        self._root, self._seen = root, seen

    async def follow(self) -> None:
        """Show a changed ``brand_data/``, and runs that were interrupted, within seconds, until cancelled."""
        away = False
        while True:
            await asyncio.sleep(POLL_SECONDS)
            try:
                newer = await asyncio.to_thread(self._look)
                if newer != self.choices:
                    await self._show(newer)
                    self.choices, away = newer, False
            except IneditError as error:
                sys.stderr.write(f"The forms stay as they are: {error}\n")
            except Exception as error:  # Prefect is away: the next look tries again
                if not away:
                    sys.stderr.write(f"The forms wait for the Prefect server ({type(error).__name__}).\n")
                away = True

    def _look(self) -> Choices:
        """The lists of this moment. The brand is read again only when a file of it has changed."""
        from inedit.orchestration.choices import choices_of, fingerprint, from_database

        now = fingerprint(self._root)
        if now != self._seen:
            self._seen = now
            return choices_of(self._root)
        runs, months = from_database(self._root)
        return replace(self.choices, runs=runs, months=months)

    async def _show(self, choices: Choices) -> None:
        from inedit.orchestration.deployments import deployment_of

        for spec in self.specs:
            if spec.served is not None:
                deployment: Any = await deployment_of(spec, choices)
                await deployment.aapply()
