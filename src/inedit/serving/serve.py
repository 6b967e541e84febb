"""Serving a project's deployments: forms that follow ``brand_data/``, runs that are carried out here."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import signal
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inedit.errors import IneditError, WrongInput
from inedit.serving.server import AUTH, CLIENT_AUTH, joined_server, refuse_open_door, started_server

if TYPE_CHECKING:
    from inedit.flows.deployments import Offer
    from inedit.flows.forms import Choices

POLL_SECONDS = 2.0
"""How often Prefect is asked for runs to start, and ``brand_data/`` for changes."""


def serve_project(root: Path, *, host: str, port: int) -> None:
    """Serve the project's deployments until interrupted.

    Raises :class:`~inedit.errors.WrongInput` when Prefect is not installed, the project cannot be read, the port is
    taken or the address is open to others; :class:`~inedit.errors.ProviderFailure` when no server comes up.
    """
    if importlib.util.find_spec("prefect") is None:
        raise WrongInput("Prefect is not installed here. Install it with: pip install 'inedit[flows]'")
    os.environ["INEDIT_PROJECT"] = str(root)
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("DO_NOT_TRACK", "1")
    if os.environ.get(AUTH):
        os.environ.setdefault(
            CLIENT_AUTH, os.environ[AUTH]
        )  # what we start has to know what the server asks for
    joined = os.environ.get("PREFECT_API_URL")
    if joined:
        _serve(root, joined_server(joined), own=False)
        return
    refuse_open_door(host)
    with started_server(host, port) as api_url:
        os.environ["PREFECT_API_URL"] = api_url
        _serve(root, api_url, own=True)


def _serve(root: Path, api_url: str, *, own: bool) -> None:
    from inedit.flows.choices import choices_of  # Prefect's slow import: once all else is known to be well
    from inedit.flows.deployments import offers_of

    offers, choices = offers_of(root), choices_of(root)
    with asyncio.Runner() as runner:
        runner.run(_until_ended(root, api_url, offers, choices, own=own))


async def _until_ended(
    root: Path, api_url: str, offers: Iterable[Offer], choices: Choices, *, own: bool
) -> None:
    from prefect.runner import Runner

    from inedit.flows.deployments import deployment_of
    from inedit.serving.orphans import end_orphans

    runner = Runner(name=f"inedit-{os.getpid()}", query_seconds=POLL_SECONDS, pause_on_shutdown=True)
    ids = [await runner.aadd_deployment(await deployment_of(offer, choices)) for offer in offers]
    orphans = await end_orphans(ids, everywhere=own)
    sys.stderr.write(welcome(api_url, choices.brand, own=own, orphans=orphans))
    _end_on_sigterm()
    refresher = asyncio.create_task(_follow(root, offers, choices))
    try:
        await runner.start()
    finally:
        refresher.cancel()


def welcome(api_url: str, brand: str, *, own: bool, orphans: int) -> str:
    """What the terminal says: which pages to open, and what Ctrl-C will do."""
    ui = api_url.removesuffix("/api")
    ends = "ends this server and what it runs" if own else "stops serving; the server goes on"
    asked = "You will be asked for the user and password that you set.\n" if os.environ.get(AUTH) else ""
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
        f"{asked}{told}Ctrl-C {ends}.\n\n"
    )


async def _follow(root: Path, offers: Iterable[Offer], choices: Choices) -> None:
    """Show a changed ``brand_data/``, and runs that were interrupted, in the forms, within seconds."""
    from inedit.flows.choices import fingerprint

    seen, shown = fingerprint(root), choices
    while True:
        await asyncio.sleep(POLL_SECONDS)
        try:
            now = fingerprint(root)
            newer = await asyncio.to_thread(_newer, root, shown if now == seen else None)
            seen = now
            if newer == shown:
                continue
            await _apply(offers, newer)
            shown = newer
        except IneditError as error:
            seen = fingerprint(root)
            sys.stderr.write(f"The forms stay as they are: {error}\n")
        except Exception as error:  # Prefect is away: the next look tries again
            sys.stderr.write(f"The forms could not be brought up to date: {type(error).__name__}.\n")


def _newer(root: Path, shown: Choices | None) -> Choices:
    """The choices of this moment; with ``shown``, whose brand has not changed, only what the database tells."""
    from dataclasses import replace

    from inedit.flows.choices import choices_of, from_database

    if shown is None:
        return choices_of(root)
    runs, months = from_database(root)
    return replace(shown, runs=runs, months=months)


async def _apply(offers: Iterable[Offer], choices: Choices) -> None:
    from inedit.flows.deployments import deployment_of

    for offer in offers:
        if offer.form is not None:
            deployment: Any = await deployment_of(offer, choices)
            await deployment.aapply()


def _end_on_sigterm() -> None:
    """SIGTERM ends as Ctrl-C does: deployments are paused, runs are told, the server is ended."""
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
