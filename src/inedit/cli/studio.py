"""The command that opens the studio."""

from __future__ import annotations

import importlib.util
from typing import Annotated

import typer

from inedit.cli.console import ProjectOption
from inedit.errors import WrongInput


def is_studio_installed() -> bool:
    """Whether what the studio stands on is there."""
    return all(importlib.util.find_spec(name) for name in ("starlette", "uvicorn", "python_multipart"))


def studio(
    project: ProjectOption = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes any that is free.")] = 4300,
    host: Annotated[str, typer.Option(help="Address, on this machine.")] = "127.0.0.1",
    browser: Annotated[bool, typer.Option(help="Open it in the browser.")] = True,
) -> None:
    """Open the studio: read, compare, edit and approve texts in the browser; Ctrl-C closes it.

    The address that is printed carries a token; whoever has it may enter.

    [dim]inedit studio[/]
    [dim]inedit studio --project shops/linen --port 4310 --no-browser[/]
    """
    if not is_studio_installed():
        raise WrongInput("The studio is not installed here. Install it with: pip install 'inedit[studio]'")
    from inedit.bootstrap import Settings, find_root
    from inedit.studio import serve_studio

    serve_studio(Settings.from_environment(), find_root(project), host=host, port=port, browse=browser)
