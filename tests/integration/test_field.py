"""The field as a whole: an import of canaries leaves none anywhere; one person is forgotten everywhere, money stays."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner, Result

from fakes.field import discord_export, discord_message
from fakes.ledger import Clock, a_call, a_spec, a_usage, rest
from fakes.project import write_tiny_project
from inedit.archive.attempts import PaidAnswer, put_attempt
from inedit.archive.place import EMPTIED
from inedit.cli import app
from inedit.insight_loop.field_store import verbatims
from inedit.insight_loop.places import load_places
from inedit.insight_loop.retention import prune
from inedit.ledger import Ledger
from inedit.model import Outcome
from inedit.model.errors import ProjectErrors, WrongInput
from inedit.store import open_store
from inedit.store.tables import attempts, author_aliases, pieces

CANARIES = {
    "email": "canary.bird@gmail.com", "phone": "06 98 76 54 32", "iban": "FR7630006000011234567890189",
    "card": "4970 1012 3456 7890", "nir": "1 85 05 78 006 084 36", "dni": "12345678Z", "fiscale": "RSSMRA85T10A562S",
    "nino": "AB123456C", "address": "12 rue des Canaris", "ip": "203.0.113.77", "link": "instagram.com/canary_insta",
    "handle": "@canary_handle", "kin": "Canariella",
}  # fmt: skip
NAMES = ("canary_login", "Canary du Nick", "canary_mention", "Canary Reactor", "Canary Embed", "770099")
PLACES = """- id: club
  platform: discord
  name: Club
  language: fr
  rules: Ours.
  legal_basis: consent
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one place, and the key beside it."""
    root = write_tiny_project(tmp_path / "project")
    (root / "brand_data" / "places.yaml").write_text(PLACES, encoding="utf-8")
    monkeypatch.setenv("INEDIT_FIELD_KEY", str(tmp_path / "field.key"))
    return root


def inedit(root: Path, *arguments: str) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(app, [*arguments, "--project", str(root)], catch_exceptions=False)


def leaks(content: bytes, needles: list[str]) -> list[str]:
    """Which of the needles, as written or without their spaces, stand in the bytes."""
    return [one for one in needles if one.encode() in content or one.replace(" ", "").encode() in content]


def everything_in(root: Path, *outputs: str) -> bytes:
    """What was printed, every file below the project but the map, and the database as SQL."""
    files = [file for file in root.rglob("*") if file.is_file()]
    database = sqlite3.connect(root / ".inedit" / "inedit.db")
    dump = "\n".join(database.iterdump())
    database.close()
    return b"\n".join(
        (dump.encode(), *(file.read_bytes() for file in files), *(one.encode() for one in outputs))
    )


def test_canaries_are_nowhere(root: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    author = {"id": "770099", "name": "canary_login", "nickname": "Canary du Nick", "isBot": False}
    messages = [
        discord_message(n, f"voilà pour moi {value} et la nappe numéro {n}", author=str(n))
        for n, (kind, value) in enumerate(CANARIES.items(), 1)
        if kind != "kin"
    ]
    messages += [
        discord_message(50, "ma fille Canariella a tout taché", mentions=[{"id": "1", "name": "canary_mention"}],
                        reactions=[{"users": [{"id": "2", "name": "Canary Reactor"}]}],
                        embeds=[{"title": "Canary Embed"}])
        | {"author": author},
        discord_message(51, "bravo @canary_mention, et merci Canary du Nick pour le sel"),
    ]  # fmt: skip
    file = discord_export(tmp_path / "export.json", messages)
    imported = inedit(root, "field", "import", str(file), "--place", "club")
    assert imported.exit_code == 0, imported.output
    printed = [
        imported.output, inedit(root, "field", "import", str(file), "--place", "club", "--json").stdout,
        inedit(root, "field", "record").output, inedit(root, "field", "places", "--json").stdout,
        inedit(root, "field", "prune", "--dry-run").output, caplog.text,
    ]  # fmt: skip
    assert leaks(everything_in(root, *printed), [*CANARIES.values(), *NAMES]) == []
    assert json.loads(printed[1])["added"] == 0
    assert "| Club | discord |" in printed[2]
    assert (tmp_path / "field.key").stat().st_mode & 0o777 == 0o600


def test_one_person_is_forgotten_everywhere_and_money_stays(root: Path, tmp_path: Path) -> None:
    quoted = "je lave mes nappes en lin à l'eau froide avec du savon noir"
    person = {"id": "770099", "name": "lolo_92", "nickname": "Lolo", "isBot": False}
    messages = [
        discord_message(1, quoted) | {"author": person},
        discord_message(2, f"> {quoted}\nmoi aussi, et je sèche à l'ombre", "12"),
        discord_message(3, "rien à voir", "13", type="Reply", reference={"messageId": "90001"}),
        discord_message(4, "Lolo bis", "14") | {"author": {**person, "id": "770100", "name": "autre"}},
    ]
    file = discord_export(tmp_path / "export.json", messages)
    assert inedit(root, "field", "import", str(file), "--place", "club").exit_code == 0
    store = open_store(f"sqlite:///{root}/.inedit/inedit.db")
    author = next(verbatims(store)).author
    ledger = Ledger(store, clock=Clock())
    answer = f"Une cliente le dit : « {quoted} ». Essayez."
    paid = PaidAnswer(a_spec(), 1, answer, "r1", a_usage(), Outcome.ANSWERED)
    ledger.settle(
        ledger.reserve(a_call(), 900, 200), a_usage(), "r1", answer=answer,
        within_transaction=lambda connection, *_: put_attempt(connection, paid, run_id="run-1", revision_number=1),
    )  # fmt: skip
    piece = rest(store, wording=answer)
    before = ledger.summary()
    assert ledger.verify().flaws == ()
    store.close()
    exports = root / ".inedit" / "exports"
    exports.mkdir()
    (exports / "pieces.csv").write_text(f"id,text\n1,{answer}\n", encoding="utf-8")
    index = root / ".inedit" / "index"  # what was made of the texts is made again from what is left
    index.mkdir()
    (index / "a.block").write_bytes(b"words")

    with pytest.raises(WrongInput, match=f"2 people are called 'Lolo'.*{author}"):
        inedit(root, "insights", "forget", "Lolo")
    with pytest.raises(WrongInput, match="Nobody called 'nobody_here'"):
        inedit(root, "insights", "forget", "nobody_here")
    would = inedit(root, "insights", "forget", "@LOLO_92", "--dry-run", "--json")
    assert json.loads(would.stdout) == {"author": author, "verbatims": 1}
    done = inedit(root, "insights", "forget", "@LOLO_92", "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["author"], told["verbatims"], told["found_after"], told["left"]) == (author, 1, 0, [])
    assert told["rows"] == {"verbatims": 2, "author_aliases": 3, "replies": 1, "attempts": 1, "pieces": 1}
    assert told["files"] == [".inedit/exports/pieces.csv: taken out"]
    assert [file.name for file in index.rglob("*")] == [EMPTIED]
    assert leaks(everything_in(root), [author, quoted]) == []

    store = open_store(f"sqlite:///{root}/.inedit/inedit.db")
    ledger = Ledger(store, clock=Clock())
    with store.read() as connection:
        raw = connection.execute(select(attempts.c.raw)).scalar_one()
        kept = connection.execute(select(pieces.c.text, pieces.c.status).where(pieces.c.id == piece)).one()
    assert raw == "Une cliente le dit : « [removed] ». Essayez."
    assert tuple(kept) == (raw, "rejected")
    assert ledger.verify().flaws == ()
    assert (ledger.summary().cost_micros, ledger.summary().calls) == (before.cost_micros, before.calls)
    assert [one.text for one in verbatims(store)] == [
        "> [removed]\nmoi aussi, et je sèche à l'ombre",
        "rien à voir",
        "Lolo bis",
    ]
    store.close()
    again = inedit(root, "field", "import", str(file), "--place", "club", "--json")
    assert leaks(everything_in(root), [author, quoted]) == []
    assert json.loads(again.stdout)["added"] == 0  # what somebody forgotten said is not taken in again


def test_what_is_due_goes_and_the_rest_stays(root: Path, tmp_path: Path) -> None:
    file = discord_export(tmp_path / "export.json", [discord_message(n, f"parole {n}") for n in range(1, 4)])
    assert inedit(root, "field", "import", str(file), "--place", "club").exit_code == 0
    store = open_store(f"sqlite:///{root}/.inedit/inedit.db")
    place = load_places(root)["club"].model_copy(update={"keep_days": 30})
    now = datetime.now(UTC)
    assert prune(store, {"club": place}, now + timedelta(days=29)) == {}
    assert prune(store, {"club": place}, now + timedelta(days=31), dry_run=True) == {"club": 3}
    assert prune(store, {"club": place}, now + timedelta(days=31)) == {"club": 3}
    assert list(verbatims(store)) == []
    with store.read() as connection:
        assert connection.execute(select(author_aliases)).all() == []
    store.close()


def test_the_map_is_checked_like_everything_else(root: Path) -> None:
    (root / "brand_data" / "places.yaml").write_text(
        PLACES + PLACES.replace("language: fr", "members: 3"), encoding="utf-8"
    )
    issues = json.loads(inedit(root, "check", "--json").stdout)
    assert {issue["code"] for issue in issues if "places" in issue["file"]} >= {"unknown-key"}
    with pytest.raises(ProjectErrors):
        inedit(root, "field", "places")
    (root / "brand_data" / "places.yaml").write_text(PLACES, encoding="utf-8")
    with pytest.raises(WrongInput, match="no place 'elsewhere'"):
        inedit(root, "field", "import", "x.json", "--place", "elsewhere")
