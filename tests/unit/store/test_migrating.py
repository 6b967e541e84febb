"""Ledgers of every older version: each opens, is migrated after a backup, and verifies.

``tests/data/ledgers`` holds one for each schema there has been, written by the program of that time: eight calls over
two months of which one is closed, one of unknown price, a correction, two savings and a review, calls possibly billed.
"""

from __future__ import annotations

import json
import sqlite3
from decimal import Decimal
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine, text

from fakes.ledger import Clock, a_call, a_spec, a_usage, pay
from fakes.postgres import new_database
from inedit.ledger import Ledger, Summary
from inedit.ledger.journal.savings import Range
from inedit.model.errors import StoreError
from inedit.store import open_store, schema
from inedit.store.seals import seal_piece

LEDGERS = Path(__file__).parents[2] / "data" / "ledgers"
VERSIONS = sorted(path.stem for path in LEDGERS.glob("*.sql"))
TABLES = ("ledger_entries", "closings", "reservations", "balances", "pieces", "attempts", "saving_sums")


def restored(version: str, folder: Path) -> Path:
    """A ledger of that version as a file."""
    path = folder / "inedit.db"
    connection = sqlite3.connect(path)
    connection.executescript((LEDGERS / f"{version}.sql").read_text(encoding="utf-8"))
    connection.close()
    return path


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A ledger with the first schema."""
    return restored("0001", tmp_path)


def holds_what_it_held(summary: Summary) -> None:
    """The figures that the program of that time gave."""
    assert (summary.cost_micros, summary.calls, summary.unknown_price_calls) == (
        {"EUR": 0, "USD": 3356},
        8,
        1,
    )
    assert summary.saved_seconds == Range(2130, 3810, 6510)
    assert (summary.saved_pieces, summary.measured_pieces) == (2, 1)
    assert (summary.possibly_billed, summary.rejected_attempts, summary.accepted_pieces) == (2, 5, 2)
    reasons = {refusal.reason: refusal.drafts for refusal in summary.rejected_for}
    assert reasons == {"echo": 1, "figures": 3, "near-duplicate": 1}


def goes_on(ledger: Ledger) -> None:
    """It takes new entries, and is as sound as before."""
    ledger.settle(ledger.pending()[0], a_usage(), "later")
    pay(ledger, a_call(a_spec(2), attempt=2))
    ledger.record_review(a_spec(2), Decimal(3), by="Bruno")
    assert ledger.summary().calls == 10
    assert ledger.verify().flaws == ()


@pytest.mark.parametrize("version", VERSIONS)
def test_an_older_ledger_is_migrated_after_a_backup_and_verifies(version: str, tmp_path: Path) -> None:
    """Nothing is lost on the way, the old file is kept beside it, and the ledger goes on."""
    old = restored(version, tmp_path)
    store = open_store(f"sqlite:///{old}")
    ledger = Ledger(store, clock=Clock())
    assert ledger.verify().flaws == ()
    holds_what_it_held(ledger.summary())
    goes_on(ledger)
    store.close()
    (backup,) = old.parent.glob("*.backup")
    assert backup.name.startswith(f"inedit.db.schema-{version}-")
    connection = sqlite3.connect(backup)
    assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (version,)
    (count,) = connection.execute("SELECT count(*) FROM ledger_entries").fetchone()
    assert count >= 12
    connection.close()


@pytest.mark.parametrize("version", VERSIONS)
def test_an_older_ledger_on_postgres_is_migrated_and_verifies(version: str, postgres_server: str) -> None:
    """The same rows under the schema of that time, on a real server."""
    url = new_database(postgres_server)
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    dump = (LEDGERS / f"{version}.sql").read_text(encoding="utf-8")
    with engine.begin() as connection:
        config = schema.migrations()
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        for table in TABLES:
            for line in dump.splitlines():
                if line.startswith(f'INSERT INTO "{table}"'):
                    connection.exec_driver_sql(line.replace("%", "%%"))
        for table in ("pieces", "attempts"):  # numbers that a sequence would have given
            column = "seq" if table == "pieces" else "id"
            serial = f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), 100)"
            connection.execute(text(serial))
    engine.dispose()
    store = open_store(url)
    ledger = Ledger(store, clock=Clock())
    assert ledger.verify().flaws == ()
    holds_what_it_held(ledger.summary())
    goes_on(ledger)
    store.close()


def test_drafts_of_an_older_version_are_sealed_as_they_are_found(tmp_path: Path) -> None:
    """What is edited later is named, until a person's decision seals the piece and its drafts as they are then."""
    old = restored("0038", tmp_path)
    store = open_store(f"sqlite:///{old}")
    ledger = Ledger(store, clock=Clock())
    assert ledger.verify().existed["drafts"] == 4
    with store.write() as connection:
        connection.execute(text("UPDATE attempts SET verdict = '{}' WHERE spec_key = :key AND attempt = 2"),
                           {"key": a_spec().key})  # fmt: skip
    (flaw,) = ledger.verify().flaws
    assert str(flaw).startswith(f"draft 2 of piece {a_spec().key}-1: was edited after it was sealed on ")
    with store.write() as connection:
        seal_piece(connection, f"{a_spec().key}-1")
    assert ledger.verify().flaws == ()
    store.close()


def test_there_is_a_ledger_of_every_older_schema() -> None:
    """Whoever adds a migration adds a ledger of the schema before it (``tests/data/ledgers/make.py`` writes it)."""
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory.from_config(schema.migrations()).walk_revisions()}
    assert known - {schema.HEAD} == set(VERSIONS)


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
        query = "SELECT attempt, refused_for FROM attempts WHERE spec_key = 'k' ORDER BY attempt"
        rows = connection.execute(query).fetchall()
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
        assert connection.execute(text("SELECT count(*) FROM finance_calls")).scalar_one() == 9
    store.close()
    assert len(list(old.parent.glob("*.backup"))) == count == 1
