"""The command that opens the studio."""

from __future__ import annotations

import importlib.util
import sys
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from inedit.cli.console import JsonOption, ProjectOption, emit_json, out
from inedit.model.errors import WrongInput

if TYPE_CHECKING:
    from inedit.store import Store


def is_studio_installed() -> bool:
    """Whether what the studio stands on is there."""
    return all(
        importlib.util.find_spec(name) for name in ("starlette", "uvicorn", "python_multipart", "argon2")
    )


app = typer.Typer(no_args_is_help=False)
users = typer.Typer(no_args_is_help=True, help="Who may enter the studio, and in which role.")
app.add_typer(users, name="users")

RoleOption = Annotated[str, typer.Option(help="marketer, reviewer, finance or admin.", show_default=False)]
NameArgument = Annotated[str, typer.Argument(help="The person's name.", show_default=False)]


@app.callback(invoke_without_command=True)
def studio(
    context: typer.Context,
    project: ProjectOption = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes any that is free.")] = 4300,
    host: Annotated[str, typer.Option(help="Address, on this machine.")] = "127.0.0.1",
    browser: Annotated[bool, typer.Option(help="Open it in the browser.")] = True,
    origin: Annotated[
        str, typer.Option(help="What a proxy with TLS calls it: https://studio.example.com. For users.")
    ] = "",
) -> None:
    """Open the studio: read, compare, edit and approve texts in the browser; Ctrl-C closes it.

    The address that is printed carries a token; whoever has it may enter. Once there are users, they sign in instead.

    [dim]inedit studio[/]
    [dim]inedit studio --project shops/linen --port 4310 --no-browser[/]
    [dim]inedit studio users add "Anne Martin" --role reviewer[/]
    """
    if context.invoked_subcommand is not None:
        return
    _must_be_installed()
    from inedit.bootstrap import Settings, find_root
    from inedit.studio import serve_studio

    root = find_root(project)
    serve_studio(
        Settings.from_environment(), root, host=host, port=port, browse=browser, origin=origin.rstrip("/")
    )


@users.command("add")
def add(name: NameArgument, role: RoleOption, project: ProjectOption = None) -> None:
    """Let somebody in. The password is asked for, or read from the first line of the standard input."""
    _must_be_installed()
    from inedit.archive.users import add_user
    from inedit.studio.passwords import hashed
    from inedit.studio.sessions import clean_name

    if not (clean := clean_name(name)):
        raise WrongInput("Give a name.")
    password_hash = hashed(_password())
    with _store(project) as store:
        add_user(store, clean, role, password_hash, now=datetime.now(UTC))
    out.print(f"{clean} may enter as {role}.", markup=False)


@users.command("list")
def list_(project: ProjectOption = None, json_: JsonOption = False) -> None:
    """Everybody who may enter."""
    from inedit.archive.users import read_users

    with _store(project) as store:
        found = read_users(store)
    if json_:
        emit_json([{"name": one.name, "role": one.role, "added_at": one.added_at} for one in found])
        return
    for one in found:
        out.print(f"{one.name}  {one.role}", markup=False)
    if not found:
        out.print("Nobody: the start-up token opens the studio.", markup=False)


@users.command("remove")
def remove(name: NameArgument, project: ProjectOption = None) -> None:
    """Let somebody in no more, from their next click on; what they did keeps their name."""
    from inedit.archive.users import remove_user

    with _store(project) as store:
        remove_user(store, name)
    out.print(f"{name} may not enter any more.", markup=False)


@users.command("role")
def role(name: NameArgument, role: Annotated[str, typer.Argument()], project: ProjectOption = None) -> None:
    """Give somebody another role, from their next click on."""
    from inedit.archive.users import set_role

    with _store(project) as store:
        set_role(store, name, role)
    out.print(f"{name} is now {role}.", markup=False)


@users.command("password")
def password(name: NameArgument, project: ProjectOption = None) -> None:
    """Give somebody another password; they are signed out everywhere."""
    _must_be_installed()
    from inedit.archive.users import set_password
    from inedit.studio.passwords import hashed

    password_hash = hashed(_password())
    with _store(project) as store:
        set_password(store, name, password_hash)
    out.print(f"{name} has a new password.", markup=False)


def _password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\n")


def _store(project: Path | None) -> AbstractContextManager[Store]:
    from inedit.bootstrap import Settings, find_root, open_project_store

    return open_project_store(Settings.from_environment(), find_root(project))


def _must_be_installed() -> None:
    if not is_studio_installed():
        raise WrongInput("The studio is not installed here. Install it with: pip install 'inedit[studio]'")
