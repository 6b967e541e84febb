"""Users: who gets in, who is locked out, and which role opens which page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from fakes.studio import copy_project
from inedit.archive.users import add_user, read_users, remove_user, set_role
from inedit.bootstrap import Settings, open_project_store
from inedit.model.errors import WrongInput
from inedit.studio import Workspace, create_app
from inedit.studio.page import Visit
from inedit.studio.pages import ALL
from inedit.studio.passwords import LOCKED, MOST_TRIES, hashed
from inedit.studio.security import Doorkeeper
from inedit.studio.sessions import Sessions

ORIGIN = "http://127.0.0.1:4300"
SECRET = "a long sentence of linen"

READ, DECIDE, MARKET, FINANCE = (
    {"marketer", "reviewer", "finance"},
    {"marketer", "reviewer"},
    {"marketer"},
    {"finance"},
)
TABLE = {
    "GET /": READ, "GET /pieces": READ, "GET /matrix": READ, "GET /pieces/{piece_id}": READ,
    "GET /compare/{piece_id}": READ, "GET /texts/{form}": READ, "GET /texts/{form}/signed": DECIDE,
    "GET /edited": DECIDE, "POST /edited": DECIDE, "GET /account": READ, "POST /account": READ,
    "POST /seen": READ, "GET /tasks": READ, "POST /tasks": MARKET, "POST /tasks/remove": MARKET,
    "POST /tasks/tell": MARKET,
    "POST /pieces/{piece_id}/keep": DECIDE, "POST /pieces/{piece_id}/decide/{answer}": DECIDE, "POST /undo": DECIDE,
    "POST /bulk/{answer}": DECIDE, "GET /pieces/{piece_id}/edit": DECIDE, "POST /pieces/{piece_id}/edit": DECIDE,
    "POST /pieces/{piece_id}/judge": DECIDE,
    "GET /pieces/{piece_id}/again": MARKET, "POST /pieces/{piece_id}/again": MARKET,
    "GET /start": MARKET, "POST /start": MARKET, "POST /start/outlook": MARKET, "POST /start/resume": MARKET,
    "GET /start/runs/{key}": MARKET, "POST /start/runs/{key}/cancel": MARKET, "GET /start/prefect/{id}": MARKET,
    "POST /start/prefect/{id}/cancel": MARKET,
    "POST /start/prefect/{id}/resume": MARKET,
    "GET /brand": MARKET, "GET /brand/check": MARKET, "GET /brand/prompts/preview": MARKET,
    "GET /brand/prompts/file/{name:path}": MARKET, "POST /brand/prompts/file/{name:path}": MARKET,
    "POST /brand/prompts/trial/{name:path}": MARKET, "POST /brand/prompts/trials": MARKET,
    "GET /brand/prompts/trials/{key}": MARKET, "GET /brand/{kind}": MARKET, "GET /brand/{kind}/import": MARKET,
    "POST /brand/{kind}/import": MARKET, "GET /brand/{kind}/{id}": MARKET,
    "POST /brand/{kind}/{id}": MARKET, "POST /brand/{kind}/{id}/retire": MARKET,
    "GET /field": DECIDE, "GET /field/coding": DECIDE, "POST /field/coding": DECIDE, "GET /field/agreement": DECIDE,
    "GET /field/candidates": MARKET, "GET /field/candidates/{id}": MARKET, "POST /field/candidates/{id}": MARKET,
    "GET /field/tests": MARKET, "POST /field/tests/{id}/results": MARKET, "POST /field/import": MARKET,
    "POST /field/code": MARKET, "GET /field/tests/begin": MARKET, "POST /field/tests/begin": MARKET,
    "GET /ledger": FINANCE, "GET /ledger/verify": FINANCE, "GET /ledger/files/{form}": FINANCE,
    "GET /ledger/pieces/{piece_id}": FINANCE,
}  # fmt: skip
"""Which roles open which page, beside ``admin``, who opens all."""

OPEN = {
    "GET /enter", "GET /login", "POST /login", "GET /static/{name}",
    "GET /quiz/{quiz}/{language}", "POST /quiz/{quiz}/{language}",
}  # fmt: skip
"""What nobody has to be signed in for."""

SIGNED_IN = {"POST /logout", "GET /who", "POST /who", "POST /preferences"}
"""What concerns whoever is signed in, and nobody else."""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A studio with one user of each role."""
    root, settings = copy_project(tmp_path_factory.mktemp("studio")), Settings()
    with open_project_store(settings, root) as store:
        kept = hashed(SECRET)
        for role in ("marketer", "reviewer", "finance", "admin"):
            add_user(store, role.title(), role, kept, now=datetime.now(UTC))
        yield Workspace(root, settings, store, lambda: pytest.fail("no text is compared here"))


@pytest.fixture(scope="module")
def clients(workspace: Workspace) -> dict[str, TestClient]:
    """A browser of each role, signed in."""
    app = create_app(workspace, Sessions(), origin=ORIGIN)
    found = {}
    for role in ("marketer", "reviewer", "finance", "admin"):
        found[role] = TestClient(app, base_url=ORIGIN, follow_redirects=False)
        said = found[role].post("/login", data={"name": role.title(), "password": SECRET})
        assert said.status_code == 303
    return found


def csrf(client: TestClient) -> str:
    found = re.search(r'name="csrf" content="([^"]+)"', client.get("/account").text)
    assert found
    return found[1]


def test_every_route_of_the_app_states_its_roles_and_keeps_to_them(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every route x every role, and somebody who is not signed in, gets what the table says; a route that is not in it
    fails here. Behind the doors stands a page that only says that somebody came in."""
    came_in = 299

    def empty(_visit: Visit) -> Response:
        return Response(status_code=came_in)

    monkeypatch.setattr("inedit.studio.app.ALL", tuple(replace(page, answer=empty) for page in ALL))
    sessions = Sessions()
    app = create_app(workspace, sessions, origin=ORIGIN)
    assert isinstance(app, Doorkeeper) and isinstance(app.app, Starlette)
    known = [route for route in app.app.routes if isinstance(route, Route)]
    assert len(known) == len(app.app.routes)
    routes = {f"{method} {one.path}" for one in known for method in (one.methods or set()) - {"HEAD"}}
    assert routes == {*TABLE, *OPEN, *SIGNED_IN}
    stranger = TestClient(app, base_url=ORIGIN, follow_redirects=False)
    users = {user.name: user for user in read_users(workspace.store)}
    for rule in TABLE:
        method, _, path = rule.partition(" ")
        address = re.sub(r"\{\w+(:path)?\}", "none", path)
        assert stranger.request(method, address).headers.get("location", "").startswith("/login"), rule
    for role in ("marketer", "reviewer", "finance", "admin"):
        user = users[role.title()]
        session = sessions.open(name=user.name, role=user.role, password_hash=user.password_hash)
        client = TestClient(app, base_url=ORIGIN, cookies={"inedit-4300": session.id})
        for rule, roles in TABLE.items():
            method, _, path = rule.partition(" ")
            address = re.sub(r"\{\w+(:path)?\}", "none", path)
            said = client.request(method, address, headers={"x-csrf-token": session.csrf})
            assert said.status_code == (came_in if role in {*roles, "admin"} else 403), (rule, role)


def test_nobody_takes_another_name_and_the_token_opens_nothing(
    workspace: Workspace, clients: dict[str, TestClient]
) -> None:
    """What is done is done under the name that was signed in with."""
    reviewer = clients["reviewer"]
    said = reviewer.post("/who", data={"csrf": csrf(reviewer), "name": "Admin"})
    assert said.headers["location"] == "/account"
    assert "Reviewer" in reviewer.get("/account").text
    sessions = Sessions()
    stranger = TestClient(
        create_app(workspace, sessions, origin=ORIGIN), base_url=ORIGIN, follow_redirects=False
    )
    assert stranger.get(f"/enter?token={sessions.token}").headers["location"] == "/login"
    assert stranger.get("/pieces?state=parked").headers["location"] == "/login?next=/pieces%3Fstate%3Dparked"
    assert stranger.post("/start").status_code == 303
    assert "evil" not in stranger.get("/login?next=//evil.example").text


def test_wrong_passwords_lock_a_name_for_a_while(workspace: Workspace) -> None:
    """Also the right one is of no use then; other names are not concerned; an unknown name is told nothing else."""
    now = [datetime(2026, 11, 29, 9, tzinfo=UTC)]
    gate = type(workspace.gate)(workspace.store, lambda: now[0])
    for _ in range(MOST_TRIES):
        assert gate.sign_in("Finance", "wrong") is None
    assert gate.is_locked("Finance")
    assert gate.sign_in("Finance", SECRET) is None
    assert gate.sign_in("Admin", SECRET) is not None
    assert gate.sign_in("Nobody", SECRET) is None
    now[0] += LOCKED + timedelta(seconds=1)
    assert gate.sign_in("Finance", SECRET) is not None
    assert not gate.is_locked("Finance")


def test_a_role_a_password_and_a_removal_hold_from_the_next_click(
    workspace: Workspace, clients: dict[str, TestClient]
) -> None:
    add_user(workspace.store, "Temp", "reviewer", hashed(SECRET), now=datetime.now(UTC))
    with pytest.raises(WrongInput, match="already"):
        add_user(workspace.store, "Temp", "admin", hashed(SECRET), now=datetime.now(UTC))
    app = create_app(workspace, Sessions(), origin=ORIGIN)
    one, two = (TestClient(app, base_url=ORIGIN, follow_redirects=False) for _ in range(2))
    for client in (one, two):
        client.post("/login", data={"name": "Temp", "password": SECRET})
    assert one.get("/ledger").status_code == 403
    set_role(workspace.store, "Temp", "finance")
    assert one.get("/ledger").status_code == 200
    with pytest.raises(WrongInput, match="not a role"):
        set_role(workspace.store, "Temp", "king")
    short = one.post("/account", data={"csrf": csrf(one), "current": SECRET, "new": "short"})
    assert short.status_code == 400
    wrong = one.post("/account", data={"csrf": csrf(one), "current": "no", "new": SECRET + "!"})
    assert wrong.status_code == 403
    one.post("/account", data={"csrf": csrf(one), "current": SECRET, "new": SECRET + "!"})
    assert one.get("/ledger").headers["location"].startswith("/login")
    assert two.get("/ledger").headers["location"].startswith("/login")
    one.post("/login", data={"name": "Temp", "password": SECRET + "!"})
    assert one.get("/ledger").status_code == 200
    cookie = dict(one.cookies)
    one.post("/logout", data={"csrf": csrf(one)})
    one.cookies.update(cookie)
    assert one.get("/ledger").headers["location"].startswith("/login"), "the cookie is worth nothing any more"
    one.post("/login", data={"name": "Temp", "password": SECRET + "!"})
    remove_user(workspace.store, "Temp")
    assert one.get("/ledger").status_code == 303


def test_users_are_added_listed_and_removed_from_the_terminal(tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from inedit.cli import app

    root = copy_project(tmp_path)

    def run(*words: str, text: str = "") -> str:
        told = CliRunner().invoke(app, ["studio", "users", *words, "--project", str(root)], input=text)
        return told.output if told.exit_code == 0 else f"{told.exit_code} {told.exception}"

    assert "Nobody" in run("list")
    assert "may enter as reviewer" in run("add", "Anne  Martin", "--role", "reviewer", text=SECRET + "\n")
    assert "12 to 200" in run("add", "Bea", "--role", "finance", text="short\n")
    assert "is now admin" in run("role", "Anne Martin", "admin")
    assert "Anne Martin  admin" in run("list")
    assert "new password" in run("password", "Anne Martin", text=SECRET + "?\n")
    assert "may not enter" in run("remove", "Anne Martin")
    assert "no user" in run("remove", "Anne Martin")
