"""Heads that are kept outside: signed, checked, and told apart when something is wrong with them."""

from __future__ import annotations

import json
import shutil
import stat
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fakes.ledger import pay
from inedit.cli import app
from inedit.ledger import Head, Ledger
from inedit.ledger.audit.anchors import add_head, read_anchors, signature_path
from inedit.ledger.audit.signatures import public_key, public_path, signing_key, timestamp_request
from inedit.model.errors import WrongInput

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
ONE, TWO = Head(1, "a" * 64), Head(2, "b" * 64)


@pytest.fixture
def key_path(tmp_path: Path) -> Path:
    """A signing key that was made on its first use."""
    path = tmp_path / "keys" / "ana.key"
    assert signing_key(path)[1]
    return path


@pytest.fixture
def heads(tmp_path: Path, key_path: Path) -> Path:
    """A file of two heads, signed."""
    path = tmp_path / "heads.txt"
    for head in (ONE, TWO):
        add_head(path, head, NOON, signing_key(key_path)[0])
    return path


def test_a_key_is_made_once_for_its_owner_alone(key_path: Path) -> None:
    """Outside of the database, mode 0600; its public half lies beside it."""
    assert stat.S_IMODE(key_path.stat().st_mode) == 0o600
    key, is_new = signing_key(key_path)
    assert not is_new and public_key(public_path(key_path)) == key.public
    key_path.chmod(0o640)
    with pytest.raises(WrongInput, match="Others may read the signing key"):
        signing_key(key_path)


def test_signed_heads_are_read_as_they_were_signed(heads: Path, key_path: Path) -> None:
    """The newest head and its moment stand in the signed comment."""
    found = read_anchors(heads, public_key(public_path(key_path)))
    assert found.heads == (ONE, TWO)
    assert found.signed == f"timestamp:2026-11-28T12:00:00Z head:{TWO}"


def test_another_key_says_whose_it_is(heads: Path, key_path: Path, tmp_path: Path) -> None:
    """The two keys are named."""
    other = signing_key(tmp_path / "other.key")[0].public
    own = public_key(public_path(key_path))
    with pytest.raises(
        WrongInput, match=f"signed with the key {own.id}, and the public key given is {other.id}"
    ):
        read_anchors(heads, other)


def test_a_changed_head_is_seen(heads: Path, key_path: Path) -> None:
    """Nor can somebody else's head be signed along with the next one."""
    heads.write_text(heads.read_text().replace("a" * 64, "c" * 64))
    with pytest.raises(WrongInput, match="a head was changed, added or taken away"):
        read_anchors(heads, public_key(public_path(key_path)))
    with pytest.raises(WrongInput, match="a head was changed, added or taken away"):
        add_head(heads, TWO, NOON, signing_key(key_path)[0])


def test_a_head_that_was_taken_away_is_seen(heads: Path, key_path: Path) -> None:
    """The shorter file is not the one that was signed."""
    heads.write_text(heads.read_text().splitlines()[0] + "\n")
    with pytest.raises(WrongInput, match="a head was changed, added or taken away"):
        read_anchors(heads, public_key(public_path(key_path)))


def test_a_changed_comment_is_seen(heads: Path, key_path: Path) -> None:
    """It is signed as well."""
    beside = signature_path(heads)
    beside.write_text(beside.read_text().replace("timestamp:2026", "timestamp:2025"))
    with pytest.raises(WrongInput, match="The comment in the signature"):
        read_anchors(heads, public_key(public_path(key_path)))


@pytest.mark.parametrize("nonsense", ["", "x\ny\nz\n", "untrusted comment: x\n!!\ntrusted comment: y\n??\n"])
def test_a_signature_that_is_none_is_refused(heads: Path, key_path: Path, nonsense: str) -> None:
    """In a sentence."""
    signature_path(heads).write_text(nonsense)
    with pytest.raises(WrongInput, match="minisign's form"):
        read_anchors(heads, public_key(public_path(key_path)))


def test_minisign_itself_agrees(heads: Path, key_path: Path, tmp_path: Path) -> None:
    """What we sign it verifies, and what it signs with our key we verify."""
    if shutil.which("minisign") is None:
        pytest.skip("needs minisign")
    checked = ["minisign", "-Vm", str(heads), "-p", str(public_path(key_path))]
    told = subprocess.run(checked, check=True, capture_output=True, text=True).stdout
    assert "Signature and comment signature verified" in told
    signature_path(heads).unlink()
    made = ["minisign", "-Sm", str(heads), "-s", str(key_path), "-W", "-t", "by hand"]
    subprocess.run(made, check=True, capture_output=True)
    assert read_anchors(heads, public_key(public_path(key_path))).signed == "by hand"


def test_the_request_for_a_time_stamp_is_what_openssl_reads(tmp_path: Path, heads: Path) -> None:
    """RFC 3161: SHA-256 of the file, a nonce, the certificate wanted."""
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl")
    request = tmp_path / "heads.tsq"
    request.write_bytes(timestamp_request(heads.read_bytes()))
    asked = ["openssl", "ts", "-query", "-in", str(request), "-text"]
    told = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    assert "Hash Algorithm: sha256" in told and "Certificate required: yes" in told and "Nonce: 0x" in told


def test_the_commands_sign_and_check(
    ledger: Ledger, tmp_path: Path, demo_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first use makes the key and says so; a ledger that is shorter than its heads is named."""
    if not ledger.store.is_sqlite:
        pytest.skip("one database is enough")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("INEDIT_DATABASE_URL", ledger.store.engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.setattr(
        "inedit.ledger.audit.signatures.own_key", lambda: tmp_path / "config" / "ledger-signing.key"
    )
    heads, project = tmp_path / "heads.txt", ["--project", str(demo_root)]
    older = shutil.copy(str(ledger.store.engine.url.database), tmp_path / "older.db")
    pay(ledger)

    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, ["ledger", *arguments])
        said = result.output + (str(result.exception) if result.exception else "")
        return result.exit_code, " ".join(said.split())

    code, told = run("anchor", "--out", str(heads), "--sign", "--timestamp-request", f"{heads}.tsq", *project)
    assert code == 0 and "Made the signing key" in told and "Give its public half" in told
    code, told = run("anchor", "--out", str(heads), "--sign", "--json", *project)
    assert code == 0 and "Made the signing key" not in told
    code, told = run("verify", "--anchors", str(heads), *project)
    assert (
        code == 0
        and "2 heads that were kept outside agree" in told
        and "as they were signed (timestamp:" in told
    )
    code, told = run("verify", "--anchors", str(heads), "--database", str(older))
    assert (
        code == 2
        and "entry 1: is missing: the ledger reached entry 1 when its head was kept outside [anchor]" in told
    )
    code, told = run("anchor", "--sign", *project)
    assert code != 0 and "name one with --out" in told


def test_what_was_there_before_sealing_began_is_said(
    tmp_path: Path, demo_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A ledger of an older version is held as it was found when it was migrated."""
    import sqlite3

    path = tmp_path / "old.db"
    connection = sqlite3.connect(path)
    older = Path(__file__).parents[3] / "data" / "ledgers" / "0011.sql"
    connection.executescript(older.read_text(encoding="utf-8"))
    connection.close()
    monkeypatch.setenv("COLUMNS", "300")
    begun = f"{datetime.now(UTC):%Y-%m-%d}"
    result = CliRunner().invoke(app, ["ledger", "verify", "--database", str(path)])
    assert result.exit_code == 0, result.output
    assert "what was there before is held as it was found that day: 11 reservations" in result.output
    told = json.loads(CliRunner().invoke(app, ["ledger", "verify", "--database", str(path), "--json"]).output)
    assert told["holds"] and told["existed"]["reservations"] == 11
    assert begun <= told["sealed_since"][:10] <= f"{datetime.now(UTC):%Y-%m-%d}"
    with sqlite3.connect(path) as changed:
        changed.execute("DROP TRIGGER closings_no_update")
        changed.execute("UPDATE closings SET closed_by = 'Bruno'")
        changed.execute("UPDATE pieces SET text = 'x' WHERE seq = 1")
    changed.close()
    result = CliRunner().invoke(app, ["ledger", "verify", "--database", str(path)])
    assert result.exit_code == 2
    assert "says that Bruno closed it" in result.output and "says another text than entry" in result.output
