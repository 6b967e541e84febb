"""The studio's doors: token, session, names, forged requests, headers."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator, MutableMapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from fakes.studio import copy_project
from inedit.bootstrap import Settings
from inedit.model import Outcome
from inedit.studio import create_app, open_workspace
from inedit.studio.rendering import Rendering, known_checks, wordings
from inedit.studio.security import MOST_BYTES
from inedit.studio.sessions import Sessions

ORIGIN = "http://127.0.0.1:4300"
ROOT = Path(__file__).parents[3]
STUDIO = ROOT / "src/inedit/studio"


@pytest.fixture(scope="module")
def sessions() -> Sessions:
    return Sessions()


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, sessions: Sessions) -> Iterator[object]:
    root = tmp_path_factory.mktemp("studio")
    for folder in ("brand_data", "prompts"):
        shutil.copytree(ROOT / folder, root / folder)
    with open_workspace(Settings(), root) as workspace:
        yield create_app(workspace, sessions, origin=ORIGIN)


@pytest.fixture
def stranger(app: object) -> TestClient:
    return TestClient(app, base_url=ORIGIN, follow_redirects=False)  # type: ignore[arg-type]


@pytest.fixture
def anne(stranger: TestClient, sessions: Sessions) -> TestClient:
    stranger.get(f"/enter?token={sessions.token}")
    stranger.post("/who", data={"csrf": csrf(stranger), "name": "Anne"})
    return stranger


def csrf(client: TestClient) -> str:
    found = re.search(r'name="csrf" content="([^"]+)"', client.get("/who").text)
    assert found
    return found[1]


def test_nobody_comes_in_without_the_token(stranger: TestClient) -> None:
    assert stranger.get("/pieces").status_code == 403
    assert stranger.get("/enter?token=guess").status_code == 403
    assert stranger.get("/pieces").status_code == 403


def test_the_token_is_exchanged_for_a_strict_cookie(stranger: TestClient, sessions: Sessions) -> None:
    said = stranger.get(f"/enter?token={sessions.token}").headers["set-cookie"]
    assert "HttpOnly" in said
    assert "samesite=strict" in said.lower()
    assert sessions.token not in said


def test_a_name_is_asked_for_before_anything_else(stranger: TestClient, sessions: Sessions) -> None:
    stranger.get(f"/enter?token={sessions.token}")
    assert stranger.get("/pieces?status=parked").headers["location"] == "/who?next=/pieces%3Fstatus%3Dparked"
    stranger.post("/who", data={"csrf": csrf(stranger), "name": "Anne"})
    assert stranger.get("/pieces").status_code == 200


@pytest.mark.parametrize("forged", ["", "guess"])
def test_a_change_needs_the_csrf_token(anne: TestClient, forged: str) -> None:
    assert anne.post("/preferences", data={"csrf": forged, "language": "fr"}).status_code == 403
    said = anne.post("/preferences", data={"csrf": csrf(anne), "language": "fr", "next": "//evil.example"})
    assert said.headers["location"] == "/"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "evil.example"}, 421),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"content-length": str(MOST_BYTES + 1)}, 413),
        ({"origin": ORIGIN}, 303),
    ],
)
def test_other_hosts_origins_and_huge_bodies_are_turned_away(
    anne: TestClient, headers: dict[str, str], status: int
) -> None:
    said = anne.post("/preferences", data={"csrf": csrf(anne), "theme": "dark"}, headers=headers)
    assert said.status_code == status


def test_every_answer_carries_the_policy(anne: TestClient) -> None:
    for path in ("/pieces", "/nowhere", "/static/studio.css", "/who"):
        policy = anne.get(path).headers["content-security-policy"]
        assert policy.startswith("default-src 'self';")
        assert "unsafe" not in policy


def test_no_page_has_inline_script_or_style() -> None:
    for template in (STUDIO / "templates").glob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"<style|\bstyle=|<script(?![^>]*\bsrc=)|\son[a-z]+=|\|\s*safe\b", text), (
            template
        )


def test_every_wording_exists_in_both_languages() -> None:
    assert all(set(said) == {"fr", "en"} for said in wordings().values())
    sources = [*STUDIO.rglob("*.html"), *STUDIO.rglob("*.py")]
    used = {
        key
        for file in sources
        for key in re.findall(
            r"""\bt\(\s*["']([a-z_]+\.[a-z0-9_]+)["']\s*[,)]""", file.read_text(encoding="utf-8")
        )
    }
    assert used <= set(wordings())


def test_no_french_line_begins_with_a_mark() -> None:
    """Guillemets, colons and the like keep to their words, on every page."""
    forms = [
        form
        for said in wordings().values()
        for form in ([said["fr"]] if isinstance(said["fr"], str) else said["fr"])
    ]
    assert [form for form in forms if re.search(r"« | [»:;!?%€]", form)] == []
    assert sum("«\u00a0" in form for form in forms) > 10


def test_what_other_rooms_say_is_read_in_french() -> None:
    """Every pattern is still the wording of its source, and what it leads to has no field of its own."""
    joined = re.sub(r'"\s*\n\s*f?"', "", "".join(f.read_text("utf-8") for f in STUDIO.parent.rglob("*.py")))
    for key, said in wordings().items():
        if key.startswith("said.") and not key.startswith(("said.state_", "said.jinja_")):
            fields = re.compile(r"\{(\w+)\}")
            assert set(fields.findall(str(said["fr"]))) <= set(fields.findall(str(said["en"])))
            longest = max(re.split(r"\{\w+\}", str(said["en"])), key=len)
            assert longest in joined, key
    french, english = Rendering("fr"), Rendering("en")
    told = (
        "The next call may cost up to 0.10 EUR, and this run (R) may cost 0.05 EUR: 0.00 EUR was charged and 0.01 EUR "
        "is set aside for calls under way or possibly billed. Raise the most that it may cost, or run again later: "
        "what exists is kept."
    )
    assert french.say(told).endswith(
        "Relevez le coût maximal, ou relancez plus tard\u00a0: ce qui existe est gardé."
    )
    assert (english.say(told), french.say("else")) == (told, "else")
    go_on = "'Resume' goes on with it: pick 20261130-1."
    for said, shown in {
        "There is no variable 'insight'.": "Inconnu : variable « insight ».",
        "Fix the {{ }} or {% %} on this line or just above it.":
            "Corrigez les {{ }} ou les {% %} de cette ligne, ou juste au-dessus.",
        "'collected' is '12 mai', which is not a date.": "'collected' vaut '12 mai', qui n’est pas une date.",
        "9 of 12 accepted (2 were there already). 3 wait for a person: see the artifact.":
            "Acceptés : 9 sur 12, dont 2 déjà là. Attendent une personne : 3.",
        "9 of 12 accepted.": "Acceptés : 9 sur 12.",
        f"Cut off. Nothing is lost. Fix the cause, and {go_on}":
            "Interrompue. Rien n’est perdu : corrigez la cause, et « Reprendre » continue.",
        f"Stopped. What was paid for is kept; {go_on}":
            "Arrêtée. Ce qui a été payé est gardé ; « Reprendre » continue.",
    }.items():  # fmt: skip
        assert re.sub(r"[\u00a0\u202f]", " ", french.say(said)) == shown


def test_a_newcomer_is_led_to_the_start_and_not_to_filters(anne: TestClient) -> None:
    page = anne.get("/pieces").text
    assert "No text is written yet" in page and 'class="button primary" href="/start"' in page
    assert 'class="filters"' not in page
    assert "No piece answers to this choice" in anne.get("/pieces?state=waiting").text


def test_a_name_with_markup_stays_text(anne: TestClient) -> None:
    anne.post("/who", data={"csrf": csrf(anne), "name": "<script>alert(1)</script>"})
    assert "<script>alert" not in anne.get("/pieces").text


def test_a_database_that_is_held_is_told_within_seconds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No empty page for a minute, no traceback: what keeps the page, and in the person's language."""
    monkeypatch.setattr("inedit.studio.security.SOON_SECONDS", 0.2)
    sessions = Sessions()
    root = copy_project(tmp_path / "project")
    with open_workspace(Settings(), root) as workspace:
        client = TestClient(create_app(workspace, sessions, origin=ORIGIN), base_url=ORIGIN)
        client.get(f"/enter?token={sessions.token}")
        workspace.store.engine.dispose()  # the other program wants the file for itself
        with closing(sqlite3.connect(root / ".inedit" / "inedit.db", isolation_level=None)) as other:
            other.execute("PRAGMA locking_mode = EXCLUSIVE")
            other.execute("BEGIN EXCLUSIVE")
            told = client.get("/pieces", headers={"accept-language": "fr"})
    assert told.status_code == 503
    assert "Un autre programme occupe la base de données" in told.text


def test_every_check_has_a_name_in_the_interface() -> None:
    """Each check with a page in the docs, and each way in which an answer can end."""
    checks = {page.stem for page in (ROOT / "docs" / "guard").glob("*.md")}
    ends = {end.value for end in Outcome} - {"answered"}
    assert len(checks) > 20
    assert {name.replace("-", "_") for name in checks | ends} - known_checks() == set()


async def test_who_leaves_while_a_form_is_on_its_way_leaves_no_error(app: Any, sessions: Sessions) -> None:
    """The price is asked for at every tick: whoever presses the button meanwhile closes that connection."""
    session = sessions.open(name="Anne")
    cookie = f"inedit-4300={session.id}".encode()
    headers = [(b"host", b"127.0.0.1:4300"), (b"cookie", cookie), (b"origin", ORIGIN.encode()),
               (b"content-type", b"application/x-www-form-urlencoded")]  # fmt: skip
    scope = {"type": "http", "method": "POST", "path": "/start/outlook", "query_string": b"", "headers": headers,
             "scheme": "http", "server": ("127.0.0.1", 4300), "client": ("127.0.0.1", 1)}  # fmt: skip
    sent: list[int] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message.get("status", 0))

    await app(scope, receive, send)
    assert sent[0] == 499
