"""Opening the database."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from inedit.model.errors import StoreError
from inedit.store import Store, open_store, schema
from inedit.store.form import HEAD
from inedit.store.schema import migrations
from inedit.store.tables import metadata, runs

RUN = {"campaign_id": "c", "brief_sha": "b", "started_at": "t", "state": "running", "model": "m"}


def url(path: Path) -> str:
    return f"sqlite:///{path}"


@pytest.fixture
def store(tmp_path: Path):  # type: ignore[no-untyped-def]
    opened = open_store(url(tmp_path / "inedit.db"))
    yield opened
    opened.close()


def test_migrations_make_exactly_the_tables_that_the_code_describes(store: Store) -> None:
    """A fresh database differs in nothing from the Table objects."""
    with store.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    assert ScriptDirectory.from_config(migrations()).get_current_head() == HEAD


def test_opening_again_finds_what_was_written(tmp_path: Path) -> None:
    """What one store has written, the next one reads; no backup is made when there is nothing to migrate."""
    first = open_store(url(tmp_path / "inedit.db"))
    with first.write() as connection:
        connection.execute(runs.insert().values(id="r", **RUN))
    first.close()
    second = open_store(url(tmp_path / "inedit.db"))
    with second.read() as connection:
        assert connection.execute(text("SELECT id FROM runs")).scalar_one() == "r"
    second.close()
    assert not list(tmp_path.glob("*.backup"))


def test_a_write_that_raises_leaves_nothing(store: Store) -> None:
    """The transaction is rolled back as a whole."""
    with pytest.raises(ZeroDivisionError), store.write() as connection:
        connection.execute(runs.insert().values(id="r", **RUN))
        _ = 1 / 0
    with store.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM runs")).scalar_one() == 0


def test_what_is_committed_survives_a_power_cut(store: Store) -> None:
    """Each commit is synchronised to the disk (synchronous=FULL is 2), in WAL mode, with foreign keys on."""
    with store.read() as connection:
        settings = [
            connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("synchronous", "journal_mode", "foreign_keys")
        ]
    assert settings == [2, "wal", 1]


def test_a_read_sees_one_state_while_others_write(store: Store) -> None:
    """Within one read, a write that is committed meanwhile stays invisible."""
    with store.read() as reading:
        count = text("SELECT count(*) FROM runs")
        assert reading.execute(count).scalar_one() == 0
        with store.write() as writing:
            writing.execute(runs.insert().values(id="r", **RUN))
        assert reading.execute(count).scalar_one() == 0


def test_many_threads_write_without_losing_anything(store: Store) -> None:
    """64 threads that read, add one and write back lose no update."""
    with store.write() as connection:
        connection.execute(runs.insert().values(id="r", **{**RUN, "state": "0"}))

    def add() -> None:
        for _ in range(3):
            with store.write() as connection:
                state = int(connection.execute(text("SELECT state FROM runs")).scalar_one())
                connection.execute(runs.update().values(state=str(state + 1)))

    threads = [threading.Thread(target=add) for _ in range(64)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as connection:
        assert connection.execute(text("SELECT state FROM runs")).scalar_one() == "192"


def test_a_write_inside_a_write_is_a_mistake_that_is_named(store: Store) -> None:
    """Instead of waiting for itself, the thread is told."""
    with store.write(), pytest.raises(RuntimeError, match="inside a write"), store.write():
        pass


def test_a_table_refuses_a_fraction_where_an_integer_belongs(store: Store) -> None:
    """STRICT tables: money can never become a floating-point number."""
    row = text("INSERT INTO balances VALUES ('run', 'r', 'EUR', 0.5, 0)")
    with pytest.raises(IntegrityError, match="REAL"), store.write() as connection:
        connection.execute(row)


def test_the_number_of_a_deleted_piece_is_never_given_again(store: Store) -> None:
    """Whoever has read up to a number misses nothing that comes later."""
    values = {
        "run_id": "r", "campaign_id": "c", "brief_sha": "b", "scope": "s", "status": "parked", "spec": "{}",
        "parts": "{}", "text": "t", "verdict": "{}", "attempts": 1, "created_at": "t",
    }  # fmt: skip
    pieces = metadata.tables["pieces"]
    with store.write() as connection:
        connection.execute(pieces.insert().values(id="a", spec_key="a", **values))
        connection.execute(pieces.delete())
        connection.execute(pieces.insert().values(id="b", spec_key="b", **values))
        assert connection.execute(text("SELECT seq FROM pieces")).scalar_one() == 2


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    """Nothing is created behind the person's back."""
    with pytest.raises(StoreError, match="does not exist"):
        open_store(url(tmp_path / "nowhere" / "inedit.db"))


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder that nobody can write to")
def test_a_folder_that_cannot_be_written_is_one_clear_message() -> None:
    """Even the superuser cannot write into /proc."""
    with pytest.raises(StoreError, match="writable"):
        open_store("sqlite:////proc/inedit.db")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_read_only_folder_is_one_clear_message(tmp_path: Path) -> None:
    """A person sees what to change, not a traceback."""
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(StoreError, match="writable"):
            open_store(url(tmp_path / "inedit.db"))
    finally:
        tmp_path.chmod(0o755)


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    """A letter is not overwritten by a ledger."""
    letter = tmp_path / "letter.db"
    letter.write_text("Dear Sir or Madam, this is not a database at all.")
    with pytest.raises(StoreError, match="is no SQLite database"):
        open_store(url(letter))
    assert letter.read_text().startswith("Dear Sir")


def test_opening_twice_leaves_the_locks_of_the_first(tmp_path: Path) -> None:
    """A store that stays open keeps its write-ahead log, however often this process opens the file beside it and
    whoever closes it last elsewhere: without its locks, another process takes the log away under it."""
    path = tmp_path / "inedit.db"
    first = open_store(url(path))
    with first.read() as held:
        assert held.execute(text("SELECT count(*) FROM runs")).scalar_one() == 0
        open_store(url(path)).close()
        other = (
            "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); "
            "c.execute('CREATE TABLE elsewhere (x)'); c.commit(); c.close()"
        )
        subprocess.run([sys.executable, "-c", other, str(path)], check=True)
        assert path.with_name("inedit.db-wal").exists()
    with first.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM elsewhere")).scalar_one() == 0
    first.close()


def test_a_damaged_database_is_one_clear_message(tmp_path: Path) -> None:
    """A file whose pages are overwritten is reported as damaged."""
    path = tmp_path / "inedit.db"
    open_store(url(path)).close()
    content = bytearray(path.read_bytes())
    content[100:8000] = b"\xff" * 7900
    path.write_bytes(content)
    with pytest.raises(StoreError, match="damaged"):
        open_store(url(path))


def test_a_full_disk_is_one_clear_message_and_leaves_nothing_half_written(store: Store) -> None:
    """A write that does not fit is rolled back; what was there stays."""
    with pytest.raises(StoreError, match="full: make room"), store.write() as connection:
        connection.execute(text("PRAGMA max_page_count = 1"))  # no less than there are already
        for number in range(2000):
            connection.execute(runs.insert().values(id=f"{number}", **{**RUN, "model": "m" * 500}))
    with store.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM runs")).scalar_one() == 0


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    """Tables with our names but without our history are not ours."""
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE pieces (id)")
    connection.close()
    with pytest.raises(StoreError, match="another program"):
        open_store(url(path))


def test_a_newer_schema_is_refused_and_untouched(tmp_path: Path) -> None:
    """An older program does not guess what a newer one has written."""
    path = tmp_path / "inedit.db"
    open_store(url(path)).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer version of Inédit"):
        open_store(url(path))
    assert path.read_bytes() == before


def test_a_program_that_runs_while_a_newer_one_is_installed_refuses_its_schema(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newer migrations lie beside it already, and it does not know what they are about."""
    path = tmp_path / "inedit.db"
    open_store(f"sqlite:///{path}").close()
    before = path.read_bytes()
    monkeypatch.setattr(schema, "HEAD", "0008")
    with pytest.raises(StoreError, match="knows up to 0008"):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == before and list(tmp_path.glob("*.backup")) == []


def test_two_processes_that_open_a_new_file_at_once_make_one_schema(tmp_path: Path) -> None:
    """Whoever comes second finds the tables made."""
    address = url(tmp_path / "inedit.db")
    failures: list[BaseException] = []

    def open_it() -> None:
        try:
            open_store(address).close()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("not a url", "is not a URL"),
        ("sqlite://", "in memory would forget"),
        ("mysql://user:hunter2@localhost/x", "not supported"),
        ("postgresql://user:hunter2@127.0.0.1:1/x", "Cannot reach"),
        ("postgres://user:hunter2@127.0.0.1:1/x", "Cannot reach"),
        ("postgresql+asyncpg://user:hunter2@127.0.0.1:1/x", "Cannot reach"),
        ("postgresql://127.0.0.1:1/x?password=hunter2", "Cannot reach"),
        ("postgresql://user:hunter2@127.0.0.1:1/x?ssl=true", "an option that Postgres does not know"),
        ("postgresql://user@host:hunter2/x", "is not a URL"),
        ("postgresql://[::1/x", "is not a URL"),
        ("sqlite+aiosqlite:///x.db", "Write sqlite:///folder/file.db"),
        ("sqlite:///a%00b", "Write sqlite:///folder/file.db"),
    ],
)
def test_an_address_that_cannot_be_used_is_explained_without_its_password(address: str, message: str) -> None:
    """One sentence that says what is wrong; the password is not in it."""
    pytest.importorskip("psycopg")
    with pytest.raises(StoreError, match=message) as caught:
        open_store(address)
    assert "hunter2" not in str(caught.value)
