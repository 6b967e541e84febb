"""Bringing the tables of a database to the form that this version of the code needs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from inedit.model.errors import StoreError
from inedit.store.form import HEAD
from inedit.store.patience import SOON_SECONDS, waiting_at_most
from inedit.store.transactions import Store

if TYPE_CHECKING:
    from alembic.config import Config


def ensure_schema(store: Store) -> None:
    """Create the tables of a new database; migrate an older one after a backup; refuse a newer one."""
    with waiting_at_most(SOON_SECONDS), store.read() as connection:
        version = _version(connection)
        if version == HEAD:
            return
        if store.is_read_only:
            _refuse_unknown(connection, version, store.address)
            raise StoreError(
                f"The database {store.address} has the form of another version of Inédit (schema {version}; this one "
                f"needs {HEAD}) and cannot be written here. Copy it to a folder where it can be, and try again."
            )
    with store.write() as connection:
        store.lock(connection, "schema")
        version = _version(connection)  # another process may have been faster
        if version == HEAD:
            return
        _refuse_unknown(connection, version, store.address)
        if version is not None and store.is_sqlite:
            _back_up(Path(str(store.engine.url.database)), version)
        _migrate(connection)


def migrations() -> Config:
    """Alembic's settings for our migrations, which travel inside the package."""
    from alembic.config import Config  # noqa: PLC0415  # heavy, and seldom needed

    config = Config()
    config.set_main_option("script_location", "inedit.store:migrations")
    config.set_main_option("path_separator", "os")
    return config


def _migrate(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415  # see above

    config = migrations()
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)


def _version(connection: Connection) -> str | None:
    """The migration that the database stands at, None when it has none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
    return None if row is None else str(row[0])


def _refuse_unknown(connection: Connection, version: str | None, address: str) -> None:
    from alembic.script import ScriptDirectory  # noqa: PLC0415  # see above

    if version is None:
        if inspect(connection).has_table("ledger_entries") or inspect(connection).has_table("pieces"):
            raise StoreError(
                f"The database {address} has tables of another program. Give one of its own to Inédit."
            )
        return
    # up to ours: a program that runs while a newer one is installed finds newer migrations beside it
    scripts = ScriptDirectory.from_config(migrations()).walk_revisions("base", HEAD)
    if version not in {script.revision for script in scripts}:
        raise StoreError(
            f"The database {address} was made by a newer version of Inédit (schema {version}; this version "
            f"knows up to {HEAD}). Update Inédit; nothing was changed."
        )


def _back_up(path: Path, version: str) -> Path:
    """Copy a database beside itself before its tables are changed, while nobody else can write to it."""
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    copy = path.with_name(f"{path.name}.schema-{version}-{moment}.backup")
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
    except sqlite3.Error as error:
        raise StoreError(
            f"Cannot write the backup {copy}: {error}. The database was not migrated."
        ) from error
    return copy
