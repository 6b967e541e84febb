"""The commands that open the Prefect UI: serve, and server for more than one machine."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from typing import Annotated

import typer

from inedit.cli.console import ProjectOption
from inedit.cli.studio import is_studio_installed

PortOption = Annotated[
    int,
    typer.Option(
        min=1, max=65535, envvar="PREFECT_SERVER_API_PORT", help="Port of the Prefect server that is started."
    ),
]
HostOption = Annotated[
    str,
    typer.Option(
        envvar="PREFECT_SERVER_API_HOST",
        help="Address of the server that is started. Others than this machine's need a password.",
    ),
]


def serve(
    project: ProjectOption = None,
    port: PortOption = 4200,
    host: HostOption = "127.0.0.1",
    pool: Annotated[
        str,
        typer.Option(
            help="Work pool whose workers write, on as many machines as you like.", show_default=False
        ),
    ] = "",
    studio: Annotated[bool, typer.Option(help="Open the studio beside it.")] = True,
    studio_port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port of the studio; another when it is taken.")
    ] = 4300,
) -> None:
    """Open the Prefect UI with the flows of this project, and the studio; Ctrl-C closes what was opened.

    A Prefect server is started on this machine only (127.0.0.1), or joined when PREFECT_API_URL is set. Behind
    Prefect's own basic authentication it can be opened to others: set PREFECT_SERVER_API_AUTH_STRING.

    [dim]inedit serve[/]
    [dim]PREFECT_API_URL=http://127.0.0.1:4200/api inedit serve[/]
    [dim]inedit serve --pool writers --no-studio[/]
    [dim]PREFECT_SERVER_API_AUTH_STRING='team:…' inedit serve --host 0.0.0.0[/]
    """
    from inedit.bootstrap import Settings, find_root
    from inedit.serving import serve_project

    root = find_root(project)
    with ExitStack() as services:
        if studio and is_studio_installed():
            from inedit.studio import running_studio

            settings = Settings.from_environment()
            address = services.enter_context(running_studio(settings, root, port=studio_port))
            sys.stderr.write(f"\nRead and edit texts in the studio: {address}\n")
            os.environ.setdefault("INEDIT_STUDIO_URL", address.partition("/enter")[0])  # for links to it
        serve_project(root, host=host, port=port, pool=pool)


def server(port: PortOption = 4200, host: HostOption = "127.0.0.1") -> None:
    """Start a Prefect server alone, for 'inedit serve' and workers on several machines; Ctrl-C ends it.

    It sends nothing out, and its pages talk to nobody else. Prefect's own settings say where its data is.

    [dim]inedit server[/]
    [dim]PREFECT_SERVER_API_AUTH_STRING='team:…' inedit server --host 0.0.0.0[/]
    """
    from inedit.serving import serve_prefect

    serve_prefect(host, port)
