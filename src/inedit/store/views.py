"""The views that finance and the sums read: the words that the migrations made of each, and those that are there."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text

CHANGED = "is another one than was made: what it shows is not what the tables hold"
MISSING = "is missing: it was taken off"

_TRIALS = 3
"""How often two plans are compared: statistics may have been gathered anew between the one and the other."""


def made_views(sqlite: bool) -> dict[str, str]:
    """The statement that made each view, by its name."""
    from inedit.store.migrations.versions import (  # noqa: PLC0415  # import Alembic
        r0004_refusals,
        r0007_sums,
        r0008_cache_writes,
        r0009_exceptions,
        r0020_human_time,
        r0041_untimed_reviews,
    )

    return {
        "finance_calls": r0008_cache_writes.VIEW,
        **r0004_refusals.COUNTED,
        "finance_savings": r0020_human_time.SAVED,
        "finance_refusals": r0007_sums.REFUSALS,
        "entry_facts": r0007_sums.ENTRY_FACTS,
        "draft_facts": r0007_sums.DRAFT_FACTS,
        "finance_exceptions": r0009_exceptions.view(sqlite),
        "finance_outcomes": r0041_untimed_reviews.OUTCOMES,
        "finance_waiting": r0020_human_time.WAITING,
        "finance_human_reviews": r0020_human_time.HUMAN_REVIEWS,
    }


def view_flaws(connection: Connection) -> Iterator[tuple[str, str]]:
    """The views that are not as the migrations made them, each with what is wrong. Views of other names are others'."""
    sqlite = connection.dialect.name == "sqlite"
    made = made_views(sqlite)
    if sqlite:
        query = text("SELECT name, sql FROM sqlite_master WHERE type = 'view'")
        present = {name: one_line(sql) for name, sql in connection.execute(query)}
        for name, statement in made.items():
            if name not in present:
                yield name, MISSING
            elif present[name] != one_line(statement):
                yield name, CHANGED
        return
    query = text("SELECT relkind = 'v' FROM pg_class WHERE oid = to_regclass(:name)")
    for name, statement in made.items():
        is_view = connection.execute(query, {"name": name}).scalar()
        if is_view is None:
            yield name, MISSING
        elif not is_view or not _shows(connection, name, one_line(statement).partition(" AS ")[2]):
            yield name, CHANGED


def _shows(connection: Connection, name: str, query: str) -> bool:
    """Whether a view of Postgres shows what a query does, under the same names.

    Postgres keeps a view in words of its own, which differ from version to version; but of the same query it makes the
    same plan. Planning reads nothing and writes nothing.
    """
    wanted = f"SELECT * FROM ({query}) AS {name}"  # noqa: S608  # made of constants
    found = f"SELECT * FROM {name}"  # noqa: S608  # made of constants
    return _columns(connection, found) == _columns(connection, wanted) and same_query(
        connection, found, wanted
    )


def _columns(connection: Connection, query: str) -> list[tuple[str, object]]:
    """Names and types of what a query gives."""
    nothing = f"SELECT * FROM ({query}) AS any_row LIMIT 0"  # noqa: S608  # made of constants
    cursor = connection.exec_driver_sql(nothing.replace("%", "%%")).cursor
    return [(column[0], column[1]) for column in (cursor.description if cursor else None) or ()]


def same_query(connection: Connection, first: str, second: str) -> bool:
    """Whether Postgres would do the same for two queries."""
    return any(_plan(connection, first) == _plan(connection, second) for _ in range(_TRIALS))


def _plan(connection: Connection, query: str) -> list[str]:
    lines = connection.exec_driver_sql(f"EXPLAIN (VERBOSE, COSTS OFF) {query}".replace("%", "%%")).scalars()
    return [line for line in lines if not line.startswith(("Query Identifier", "Settings"))]


def one_line(statement: str) -> str:
    """A statement without the white space that says nothing."""
    return " ".join(statement.split())
