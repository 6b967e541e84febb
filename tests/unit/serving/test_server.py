"""Who may reach the pages, and what a person is told when a server cannot be had."""

from __future__ import annotations

import importlib
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from inedit.model.errors import ProviderFailure, WrongInput
from inedit.serving.prefect_patches import (
    LOOP,
    POLLER,
    WATCHERS,
    wait_for_the_server,
    warn_of_impatience,
)
from inedit.serving.serve import welcome
from inedit.serving.server import AUTH, is_loopback, joined_server, refuse_open_door

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.1.1", "localhost", "::1"])
def test_this_machine_alone_needs_no_password(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback addresses of both kinds."""
    monkeypatch.delenv(AUTH, raising=False)
    assert is_loopback(host)
    refuse_open_door(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.20", "::", "example.org"])  # noqa: S104
def test_an_address_that_others_reach_needs_a_user_and_a_password(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without Prefect's own basic authentication serve refuses, and says what to set; a name alone is no password."""
    for auth in ("", "team"):
        monkeypatch.setenv(AUTH, auth)
        with pytest.raises(WrongInput, match="PREFECT_SERVER_API_AUTH_STRING='name:password'"):
            refuse_open_door(host)
    monkeypatch.setenv(AUTH, "team:long")
    refuse_open_door(host)


def test_an_address_that_is_none_and_one_where_nobody_answers_are_told_apart() -> None:
    """A slip in PREFECT_API_URL is the person's; a server that is down is not."""
    with pytest.raises(WrongInput, match="starts with http"):
        joined_server("127.0.0.1:4200/api")
    with pytest.raises(ProviderFailure, match="No Prefect server answers"):
        joined_server("http://127.0.0.1:9/api")


def test_the_printed_lines_say_what_to_open_and_what_ctrl_c_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three pages, and whether the server that is joined goes on."""
    monkeypatch.delenv(AUTH, raising=False)
    own = welcome("http://127.0.0.1:4200/api", "Filandre", own=True, orphans=0)
    for page in ("deployments", "runs", "artifacts"):
        assert f"http://127.0.0.1:4200/{page}" in own
    assert "Ctrl-C ends this server" in own
    joined = welcome("http://127.0.0.1:4200/api", "Filandre", own=False, orphans=2)
    assert "the server goes on" in joined
    assert "2 runs were cut off" in joined


SHIPPED = [
    "Candidates",
    "Check",
    "Code",
    "Export",
    "Forget",
    "Map",
    "Observe",
    "Preview",
    "Produce",
    "Prune",
    "Re-judge",
    "Resume",
]


def test_a_project_without_a_folder_of_flows_serves_what_is_shipped_and_one_with_it_what_is_there(
    tmp_path: Path,
) -> None:
    """Deleting a file takes a deployment away; a flow of one's own is one more."""
    from inedit.orchestration.deployments import deployments_of

    assert [spec.word for spec in deployments_of(tmp_path)] == SHIPPED
    flows = tmp_path / "flows"
    flows.mkdir()
    shutil.copy(ROOT / "flows/check.py", flows)
    (flows / "_helpers.py").write_text("NAMES = ()\n")
    (flows / "own.py").write_text(
        "from prefect import flow\n\n@flow(name='Greet', description='Say hello.')\ndef greet(who: str) -> None: ...\n"
    )
    ours, own = deployments_of(tmp_path)
    assert (ours.flow.name, ours.tags) == ("Check the brand project", ("inedit", "look"))
    assert (own.word, own.served, own.tags) == ("Greet", None, ("inedit", "own"))
    (flows / "own.py").write_text("import nothing_of_this_name\n")
    with pytest.raises(WrongInput, match=r"own\.py cannot be loaded: ModuleNotFoundError"):
        deployments_of(tmp_path)
    (flows / "own.py").write_text("from inedit.orchestration.check import check_project\n")
    with pytest.raises(WrongInput, match=r"own\.py has no flow\. One of an earlier version is replaced"):
        deployments_of(tmp_path)


def test_the_repository_serves_every_flow_that_there_is(demo_root: Path) -> None:
    """Its folder flows/ has them all, each with a description and a form."""
    from inedit.orchestration.deployments import deployments_of

    specs = deployments_of(demo_root)
    assert [spec.word for spec in specs] == SHIPPED
    assert all(spec.served and spec.flow.description for spec in specs)


def test_a_flow_file_is_short_typed_and_makes_one_call(demo_root: Path) -> None:
    """Decorator, name, description, form, one call: what a person who edits it has to read."""
    for file in sorted((demo_root / "flows").glob("*.py")):
        text = file.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 40, file
        assert "Any" not in text.split(), file
        assert text.count("await ") == 1, file


async def test_the_runner_waits_for_a_server_that_has_gone_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its loops give up after three failures in a row as Prefect leaves them, and not as serve does."""
    import httpx
    from prefect.utilities.services import critical_service_loop

    modules = [module for name in (POLLER, *WATCHERS) if (module := _module(name)) and hasattr(module, LOOP)]
    for module in modules:
        monkeypatch.setattr(module, LOOP, critical_service_loop)
    trials = 0

    async def ask() -> None:
        nonlocal trials
        trials += 1
        if trials > 50:
            raise LookupError("enough")
        raise httpx.ConnectError("nobody answers")

    with pytest.raises(RuntimeError, match="error threshold"):
        await modules[0].critical_service_loop(ask, interval=0)
    assert wait_for_the_server()
    assert len(modules) >= 2, "one that starts runs and one that cancels them"
    for module in modules:
        trials = 0
        with pytest.raises(LookupError, match="enough"):
            await module.critical_service_loop(ask, interval=0)


def test_a_prefect_that_waits_in_another_way_is_served_with_a_warning(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No name to replace is no reason to end: the person hears what is then different."""
    poller = _module(POLLER)
    monkeypatch.delattr(poller, LOOP)
    assert not wait_for_the_server()
    monkeypatch.setitem(sys.modules, POLLER, None)  # not even the module is there
    assert not wait_for_the_server()
    warn_of_impatience()
    assert "Start it again then; nothing is lost." in capsys.readouterr().err


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None
