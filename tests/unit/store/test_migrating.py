"""A database that an older version has made."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from fakes.ledger import Clock, a_baseline, a_call, a_spec, a_usage, pay
from inedit.errors import StoreError
from inedit.ledger import Ledger
from inedit.store import open_store, schema


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger with the first schema: two calls, one memo, one call under way."""
    path = tmp_path / "inedit.db"

    def first_only(connection: object) -> None:
        config = schema.migrations()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")

    with monkeypatch.context() as patched:
        patched.setattr(schema, "_migrate", first_only)
        patched.setattr(schema, "HEAD", "0001")
        store = open_store(f"sqlite:///{path}")
        ledger = Ledger(store, clock=Clock())
        pay(ledger)
        pay(ledger, a_call(attempt=2))
        ledger.record_saving(a_spec(), a_baseline(), run_id="run-1")
        ledger.reserve(a_call(attempt=3), 1000, 600)
        store.close()
    return path


def test_an_older_ledger_is_migrated_after_a_backup_and_verifies(old: Path) -> None:
    """Nothing is lost on the way, the old file is kept beside it, and the ledger goes on."""
    store = open_store(f"sqlite:///{old}")
    ledger = Ledger(store, clock=Clock())
    assert ledger.verify().flaws == ()
    ledger.settle(ledger.pending()[0], a_usage(), "later")
    assert ledger.summary().calls == 3
    assert ledger.verify().flaws == ()
    store.close()
    (backup,) = old.parent.glob("*.backup")
    assert backup.name.startswith("inedit.db.schema-0001-")
    with sqlite3.connect(backup) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert connection.execute("SELECT count(*) FROM ledger_entries").fetchone() == (3,)
    connection.close()


def test_why_drafts_were_refused_is_read_off_the_verdicts_of_an_older_version(old: Path) -> None:
    """The gravest finding counts, a note does not, and an answer that was never judged has no reason."""
    findings = {
        1: [{"check": "typography", "severity": "note"}, {"check": "figures", "severity": "block"}],
        2: [{"check": "near-duplicate", "severity": "review"}, {"check": "echo", "severity": "block"}],
        3: [{"check": "typography", "severity": "note"}],
        4: None,
    }
    with sqlite3.connect(old) as connection:
        for attempt, found in findings.items():
            verdict = None if found is None else json.dumps({"findings": found, "receipts": []})
            connection.execute(
                "INSERT INTO attempts (run_id, campaign_id, spec_key, attempt, spec, usage, verdict, created_at)"
                " VALUES ('r', 'spring', 'k', ?, '{}', '{}', ?, '2026-11-01')",
                (attempt, verdict),
            )
    connection.close()
    open_store(f"sqlite:///{old}").close()
    with sqlite3.connect(old) as connection:
        rows = connection.execute("SELECT attempt, refused_for FROM attempts ORDER BY attempt").fetchall()
    connection.close()
    assert rows == [(1, "figures"), (2, "echo"), (3, None), (4, None)]


def test_a_migration_that_fails_changes_nothing(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is one transaction: the old schema stands as it stood."""
    with sqlite3.connect(old) as connection:
        connection.execute("CREATE VIEW finance_savings AS SELECT 1 AS one")  # in the way of the new one
    connection.close()
    with pytest.raises(StoreError, match="finance_savings"):
        open_store(f"sqlite:///{old}")
    with sqlite3.connect(old) as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
        assert names == {"finance_savings"}
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
    connection.close()


def test_a_backup_that_cannot_be_written_stops_the_migration(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a copy to go back to, nothing is touched."""
    monkeypatch.setattr(Path, "with_name", lambda self, name: Path("/proc") / name)
    if not Path("/proc/self").is_dir():
        pytest.skip("needs a folder that nobody can write to")
    with pytest.raises(StoreError, match="Cannot write the backup"):
        open_store(f"sqlite:///{old}")
    with sqlite3.connect(old) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
    connection.close()


def test_a_current_database_is_not_backed_up(old: Path) -> None:
    """Only a change is worth a copy."""
    open_store(f"sqlite:///{old}").close()
    count = len(list(old.parent.glob("*.backup")))
    store = open_store(f"sqlite:///{old}")
    with store.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM finance_calls")).scalar_one() == 2
    store.close()
    assert len(list(old.parent.glob("*.backup"))) == count == 1
