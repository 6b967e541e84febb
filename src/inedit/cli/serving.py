"""The commands that open the Prefect UI: serve, and server for more than one machine."""

from __future__ import annotations

from typing import Annotated

import typer

from inedit.cli.console import ProjectOption

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
) -> None:
    """Open the Prefect UI with the flows of this project; Ctrl-C closes what was opened.

    A Prefect server is started on this machine only (127.0.0.1), or joined when PREFECT_API_URL is set. Behind
    Prefect's own basic authentication it can be opened to others: set PREFECT_SERVER_API_AUTH_STRING.

    [dim]inedit serve[/]
    [dim]PREFECT_API_URL=http://127.0.0.1:4200/api inedit serve[/]
    [dim]inedit serve --pool writers[/]
    [dim]PREFECT_SERVER_API_AUTH_STRING='team:…' inedit serve --host 0.0.0.0[/]
    """
    from inedit.bootstrap import find_root
    from inedit.serving import serve_project

    serve_project(find_root(project), host=host, port=port, pool=pool)


def server(port: PortOption = 4200, host: HostOption = "127.0.0.1") -> None:
    """Start a Prefect server alone, for 'inedit serve' and workers on several machines; Ctrl-C ends it.

    It sends nothing out, and its pages talk to nobody else. Prefect's own settings say where its data is.

    [dim]inedit server[/]
    [dim]PREFECT_SERVER_API_AUTH_STRING='team:…' inedit server --host 0.0.0.0[/]
    """
    from inedit.serving import serve_prefect

    serve_prefect(host, port)
