"""Starting from the studio: what it costs before the button, mistakes beside their field, a run as it goes."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from fakes.services import FakeEncoder
from fakes.stub_openai import StubOpenAI
from fakes.studio import copy_project
from fakes.writer import tell_the_insight
from inedit.archive.requests import read_request
from inedit.bootstrap import Settings
from inedit.model import Status
from inedit.studio import Workspace, open_workspace
from inedit.studio.prefect_runs import PrefectServer

from .conftest import Reader

POSTS = {
    "campaign": "mini",
    "channels": ["social"],
    "languages": ["fr"],
    "model": "stub",
    "max_attempts": "1",
}


@pytest.fixture(autouse=True)
def no_prefect(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)


@pytest.fixture(scope="module")
def stub() -> Iterator[StubOpenAI]:
    with StubOpenAI(answer=tell_the_insight, latency_seconds=0.05).in_thread() as running:
        yield running


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory, stub: StubOpenAI) -> Iterator[Workspace]:
    root = copy_project(tmp_path_factory.mktemp("studio"))
    settings = Settings(
        model="stub", openai_base_url=stub.base_url, free_server="a server of the test", pieces_at_once=1
    )
    with open_workspace(settings, root) as opened:
        opened.runs.encoder = FakeEncoder
        yield opened


def test_the_price_is_there_before_the_button_and_mistakes_beside_their_field(anne: Reader) -> None:
    """Nothing is spent by looking; amounts are read as people write them."""
    page = anne.text("/start?campaign=mini")
    assert "12 pieces to write" in page
    assert "nobody bills this model" in page
    part = anne.post("/start/outlook", **POSTS, max_cost="0,50 €").text
    assert "2 pieces to write" in part
    wrong = anne.post("/start", **{**POSTS, "max_cost": "deux", "candidates": "99"})
    assert wrong.status_code == 200
    assert re.search(r'id="wrong-max_cost"[^>]*>An amount above zero', wrong.text)
    assert re.search(r'id="wrong-candidates"[^>]*>A whole number from 1 to 8', wrong.text)
    assert anne.post("/start", campaign="none").status_code == 400
    refused = anne.post("/start/outlook", **{**POSTS, "languages": ["xx"]}).text
    assert "xx" in refused


def test_an_advisor_is_picked_and_its_price_is_in_the_forecast(
    workspace: Workspace, anne: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is asked unless somebody is picked; models that are embedded are not offered; what is asked is kept."""
    assert "INEDIT_MODELS names the models" not in anne.text("/start?campaign=mini"), "stub may advise"
    monkeypatch.setenv("INEDIT_MODELS", "gpt-5-mini")
    page = anne.text("/start?campaign=mini")
    offered = page.partition('name="advisor"')[2].partition("</select>")[0]
    assert re.findall(r"<option[^>]*>([^<]*)", offered) == ["nobody", "stub", "gpt-5-mini"]
    assert "accepted text" not in anne.post("/start/outlook", **POSTS).text
    priced = anne.post("/start/outlook", **POSTS, advisor="gpt-5-mini").text
    assert "gpt-5-mini" in priced and "2 questions, one per accepted text" in priced
    wrong = anne.post("/start", **POSTS, advisor="nobody-knows")
    assert re.search(r'id="wrong-advisor"[^>]*>Choose a model of the list', wrong.text)
    begun = anne.post("/start", **{**POSTS, "segments": ["hosts"], "advisor": "stub"}).headers["location"]
    live = until(lambda: workspace.runs.all[begun.rpartition("/")[2]], lambda run: run.is_over)
    asked = read_request(workspace.store, live.run_id)
    assert asked is not None and asked["advisor"] == "stub"


def test_a_run_is_started_watched_and_known_to_resume(
    workspace: Workspace, stub: StubOpenAI, anne: Reader
) -> None:
    """It is carried out here; its form is kept, so that any door can go on with it."""
    begun = anne.post("/start", **POSTS)
    assert begun.status_code == 303, begun.text
    page = begun.headers["location"]
    live = until(lambda: workspace.runs.all[page.rpartition("/")[2]], lambda run: run.is_over)
    assert (live.state, live.done, live.planned) == ("complete", 2, 2), live.message
    assert len(stub.served) > 0
    told = anne.text(page)
    assert "2 of 2 pieces" in told and "Read the pieces" in told
    asked = read_request(workspace.store, live.run_id)
    assert asked is not None and asked["only"]["channels"] == ["social"]


def test_a_run_is_cancelled_and_gone_on_with(workspace: Workspace, stub: StubOpenAI, anne: Reader) -> None:
    """Calls under way are kept; a second run has to wait; Resume has the options that it had."""
    page = anne.post("/start", **{**POSTS, "variants_per_cell": "6"}).headers["location"]
    key = page.rpartition("/")[2]
    until(lambda: len(stub.served), lambda count: count > 0)
    assert "is under way" in anne.post("/start", **POSTS).text
    anne.post(f"{page}/cancel")
    live = until(lambda: workspace.runs.all[key], lambda run: run.is_over)
    assert live.state == "stopped"
    assert f'value="{live.run_id}"' in anne.text("/start")
    resumed = anne.post("/start/resume", run=live.run_id).headers["location"]
    again = until(lambda: workspace.runs.all[resumed.rpartition("/")[2]], lambda run: run.is_over)
    assert (again.state, again.run_id, again.done) == ("complete", live.run_id, 12), again.message
    assert anne.post("/start/resume", run="none").status_code == 400


def test_what_a_run_does_is_told_by_names(workspace: Workspace, anne: Reader) -> None:
    """A draft that went back: its cell and what was against it, as people call them; one text is one text."""
    page = anne.post("/start", **{**POSTS, "segments": ["families"], "languages": ["fr"]}).headers["location"]
    live = until(lambda: workspace.runs.all[page.rpartition("/")[2]], lambda live: live.is_over)
    mine = ("social", "families", "fr")
    cards = workspace.catalogue.cards()
    card = next(one for one in cards if (one.spec.channel, one.spec.segment, one.spec.language) == mine)
    live.lines.append(("refused", card.spec, "", ("near-duplicate", "cliche")))
    told = anne.text(page)
    assert "Near-duplicate, " in told and "near-duplicate" not in told
    assert "Social post · Families · French · " in told and "1 of 1 piece " in told
    assert card.id in anne.text(f"/pieces?run={card.run_id}")
    assert card.id not in anne.text("/pieces?run=another")


def test_a_text_is_written_again_with_its_price_said_first(
    workspace: Workspace, stub: StubOpenAI, anne: Reader
) -> None:
    """The old text stays, the new one waits, and the text of every attempt can be read."""
    run = anne.post("/start", **{**POSTS, "segments": ["families"]}).headers["location"]
    until(lambda: workspace.runs.all[run.rpartition("/")[2]], lambda live: live.is_over)
    old = workspace.catalogue.cards()[0]
    asked = anne.text(f"/pieces/{old.id}/again")
    assert "Three others" in asked and "nobody bills this model" in asked
    served = len(stub.served)
    assert anne.post(f"/pieces/{old.id}/again", way="seven").status_code == 400
    assert len(stub.served) == served
    page = anne.post(f"/pieces/{old.id}/again", way="one").headers["location"]
    live = until(lambda: workspace.runs.all[page.rpartition("/")[2]], lambda live: live.is_over)
    assert (live.state, live.planned, live.done) == ("complete", 1, 1), live.message
    assert read_request(workspace.store, live.run_id) is None, "a form cannot say which pieces"
    new = f"{old.spec.key}-2"
    assert f'href="/pieces/{new}"' in anne.text(page)
    piece = workspace.find(new)
    assert piece is not None and piece.status is not Status.ACCEPTED, "a person reads it first"
    assert workspace.find(old.id) is not None
    shown = anne.text(f"/pieces/{new}")
    assert "Series 1" in shown and "The text of this attempt" in shown
    assert "earlier revision" in anne.get(f"/pieces/{old.id}/again").text
    assert anne.get(f"/pieces/{new}/edit?attempt=1&text=1").status_code == 200


def test_a_cell_is_tried_with_its_price_said_first_and_makes_no_piece(
    workspace: Workspace, stub: StubOpenAI, anne: Reader
) -> None:
    """Looking sends nothing; the trial is one paid call of the campaign, judged, and in no archive."""
    cell = {"campaign": "mini", "channel": "social", "language": "fr", "model": "stub"}
    pieces, served = len(workspace.catalogue.cards()), len(stub.served)
    page = anne.text("/brand/prompts/preview?" + urlencode(cell))
    assert "nobody bills this model" in page and "Try this cell" in page
    assert len(stub.served) == served
    address = anne.post("/brand/prompts/trials", **cell).headers["location"]
    trial = until(lambda: workspace.trials.all[address.rpartition("/")[2]], lambda one: one.is_over)
    assert trial.piece is not None, trial.message
    assert (len(stub.served), trial.spec.channel, trial.spec.language) == (served + 1, "social", "fr")
    told = anne.text(address)
    assert next(iter(trial.piece.parts.values())).split()[0] in told and 'class="verdict' in told
    assert len(workspace.catalogue.cards()) == pieces
    entry = [one for one in workspace.ledger().entries() if one.purpose == "trial"]
    assert [(one.campaign_id, one.spec_key, one.run_id) for one in entry] == [("mini", None, trial.key)]
    workspace.trials.all.clear()  # as when the studio is started again
    assert "\n".join(told.split("\n")[-30:]) == "\n".join(anne.text(address).split("\n")[-30:])
    assert address in anne.text("/brand/prompts/preview?" + urlencode(cell))
    assert anne.post("/start/resume", run=trial.key).status_code == 400, "a trial is no run that goes on"
    assert workspace.ledger().verify().flaws == ()
    assert anne.get("/brand/prompts/trials/none").status_code == 400


def test_where_a_prefect_server_is_configured_it_carries_the_run_out(
    anne: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form goes to its deployment; Cancel and the state come from there."""
    monkeypatch.setenv("PREFECT_API_URL", "http://prefect.example:4200/api")
    asked: list[tuple[str, Any]] = []
    answers: dict[str, Any] = {"resume": {"status": "ACCEPT"}}
    states: list[dict[str, Any]] = [{"type": "RUNNING", "name": "Running"}]

    def answer(self: PrefectServer, path: str, body: object = None) -> Any:
        asked.append((path, body))
        if path.endswith("/resume"):
            return answers["resume"]
        run = {"id": "f1", "name": "mini · now", "state": states[0]}
        return [{"id": "d1"}] if path == "/deployments/filter" else run

    monkeypatch.setattr(PrefectServer, "_ask", answer)
    assert anne.post("/start", **POSTS).headers["location"] == "/start/prefect/f1"
    assert asked[0][1]["deployments"]["name"]["any_"] == ["Produce · Filandre"]
    assert asked[1][1]["parameters"]["only"]["channels"] == ["social"]
    assert "Running" in anne.text("/start/prefect/f1")
    anne.post("/start/prefect/f1/cancel")
    assert ("/flow_runs/f1/set_state", {"state": {"type": "CANCELLING", "name": "Cancelling"}}) in asked
    states[0] = {
        "type": "PAUSED",
        "name": "Suspended",
        "state_details": {"run_input_keyset": {"schema": "s"}},
    }
    assert "/start/prefect/f1/resume" not in anne.text("/start/prefect/f1"), "it waits for an answer"
    states[0] = {"type": "PAUSED", "name": "Suspended", "state_details": {"run_input_keyset": None}}
    assert "Suspended by hand" in anne.text("/start/prefect/f1")
    assert anne.post("/start/prefect/f1/resume").headers["location"] == "/start/prefect/f1"
    assert ("/flow_runs/f1/resume", {}) in asked
    answers["resume"] = {"status": "REJECT", "details": {"reason": "Run input schema not found."}}
    refused = anne.post("/start/prefect/f1/resume")
    assert refused.status_code == 400
    assert "did not let the run go on: Run input schema not found." in refused.text


def until(look: Callable[[], Any], holds: Callable[[Any], bool], seconds: float = 60) -> Any:
    """The first answer that holds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds(found := look()):
            return found
        time.sleep(0.02)
    raise AssertionError(look())
