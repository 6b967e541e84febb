"""A Postgres database: vectors of an older version, and servers on which pgvector is missing or not allowed."""

from __future__ import annotations

import numpy as np
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine, text

from fakes.postgres import new_database
from inedit.model.errors import StoreError
from inedit.store import open_store, schema
from inedit.store.tables import metadata


def run(url: str, *statements: str) -> None:
    """As the owner of the server."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def test_the_tables_are_those_of_the_code(postgres_server: str) -> None:
    """What the migrations make on Postgres is what the program works with."""
    store = open_store(new_database(postgres_server))
    with store.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    store.close()


def test_vectors_of_an_older_version_become_the_extension_s(
    postgres_server: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The numbers are the same afterwards, and the database compares them."""
    url = new_database(postgres_server)

    def older(connection: Connection) -> None:
        config = schema.migrations()
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")

    numbers = np.array([0.6, 0.8, 1e-7], dtype=np.float32)
    with monkeypatch.context() as patched:
        patched.setattr(schema, "_migrate", older)
        patched.setattr(schema, "HEAD", "0004")
        store = open_store(url)
        with store.write() as connection:
            connection.execute(
                text(
                    "INSERT INTO pieces (id, run_id, campaign_id, spec_key, brief_sha, scope, status, spec, parts,"
                    " text, verdict, attempts, created_at) VALUES"
                    " ('p', 'r', 'c', 'k', 'b', 's', 'accepted', '{}', '{}', 't', '{}', 1, '2026-11-01')"
                )
            )
            connection.execute(
                text("INSERT INTO vectors VALUES ('p', 'encoder', 'digest', 3, :data)"),
                {"data": numbers.tobytes()},
            )
        store.close()
    store = open_store(url)
    with store.read() as connection:
        kept, cosine = connection.execute(text("SELECT data::text, -(data <#> '[0,1,0]') FROM vectors")).one()
    store.close()
    assert np.array(kept.strip("[]").split(","), dtype=np.float32).tolist() == numbers.tolist()
    assert cosine == pytest.approx(0.8)


def test_a_server_without_pgvector_is_told_what_to_install(postgres_server: str) -> None:
    """One sentence, and nothing is left behind in the database."""
    url = new_database(postgres_server)
    run(url, f"ALTER DATABASE {url.rpartition('/')[2]} SET extension_control_path = '/nowhere'")
    with pytest.raises(StoreError, match=r"lacks the extension pgvector.*Install it"):
        open_store(url)
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        assert (
            connection.execute(text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")).scalar()
            == 0
        )
    engine.dispose()


def test_a_user_who_may_not_switch_it_on_is_told_whom_to_ask(postgres_server: str) -> None:
    """The owner runs one statement; then the same user opens the database."""
    url = new_database(postgres_server)
    database = url.rpartition("/")[2]
    run(url, f"CREATE ROLE guest_{database} LOGIN", f"GRANT ALL ON SCHEMA public TO guest_{database}",
        f"REVOKE CREATE ON DATABASE {database} FROM PUBLIC")  # fmt: skip
    guest = url.replace("inedit@", f"guest_{database}@")
    with pytest.raises(StoreError, match="Let the database's owner run once: CREATE EXTENSION vector"):
        open_store(guest)
    run(url, "CREATE EXTENSION vector")
    open_store(guest).close()
