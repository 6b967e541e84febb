"""The command that lets assistants in: a server of the Model Context Protocol."""

from __future__ import annotations

import importlib.util
import os
import secrets
from enum import StrEnum
from typing import Annotated

import typer

from inedit.cli.console import ProjectOption, advise
from inedit.model.errors import WrongInput

TOKEN = "INEDIT_MCP_TOKEN"  # noqa: S105  # the name of a variable


class RoleName(StrEnum):
    """What an assistant may do."""

    READER = "reader"
    REVIEWER = "reviewer"


def mcp(
    project: ProjectOption = None,
    role: Annotated[
        RoleName,
        typer.Option(help="reader: judge, search, read. reviewer: also approve, send back, waive."),
    ] = RoleName.READER,
    http: Annotated[
        bool, typer.Option("--http", help="HTTP on this machine instead of standard streams.")
    ] = False,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port for --http.")] = 4310,
    host: Annotated[str, typer.Option(help="Address for --http, on this machine.")] = "127.0.0.1",
) -> None:
    """Serve assistants by the Model Context Protocol: judge a text, search insights, list pieces, the ledger's summary.

    Over standard streams, as clients start it; with --http on this machine, behind a token (INEDIT_MCP_TOKEN, or one
    that is printed).

    [dim]inedit mcp --project shops/linen[/]
    [dim]inedit mcp --http --port 4310[/]
    [dim]inedit mcp --role reviewer[/]
    """
    if not importlib.util.find_spec("mcp"):
        raise WrongInput(
            "The server for assistants is not installed here. Install it: pip install 'inedit[mcp]'"
        )
    from inedit.bootstrap import Settings, find_root, lazy_encoder, open_project_store
    from inedit.brand.load import load_project
    from inedit.cli.mcp_server import Desk, serve_http, serve_stdio
    from inedit.serving.server import is_loopback

    if http and not is_loopback(host):
        raise WrongInput(
            f"'{host}' is not an address of this machine alone: take 127.0.0.1, ::1 or localhost."
        )
    settings, root = Settings.from_environment(), find_root(project)
    load_project(root)  # what is wrong with it is said now, where somebody reads it
    with open_project_store(settings, root) as store:
        desk = Desk(settings, root, store, lazy_encoder(settings))
        if not http:
            serve_stdio(desk, role.value)
            return
        token = os.environ.get(TOKEN, "")
        advise(f"http://{host}:{port}/mcp, role {role}; Ctrl-C ends it.")
        if not token:
            token = secrets.token_urlsafe(24)
            advise(f"Authorization: Bearer {token}")
        serve_http(desk, role.value, host=host, port=port, token=token)
