"""What the database itself refuses and keeps: its triggers, as the migrations made them and as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import Connection, text

from inedit.store import rollups  # noqa: F401  # its tables belong to the metadata, too
from inedit.store.tables import metadata
from inedit.store.views import made_views, one_line, same_query

Triggers = dict[str, str]
"""The words of each trigger, by its name."""

MISSING = "is missing: the database no longer refuses changes"
CHANGED = "is another one than was made: the database may accept changes"
FOREIGN = "was not made by Inédit: it may change what is written"


def trigger_flaws(connection: Connection) -> Iterator[tuple[str, str]]:
    """The triggers that are not as the migrations made them, and those of others on our tables, with what is wrong."""
    is_sqlite = connection.dialect.name == "sqlite"
    wanted = _made_for_sqlite() if is_sqlite else _made_for_postgres()
    found = list(_on_sqlite(connection) if is_sqlite else _on_postgres(connection, wanted))
    present = {name for name, _ in found}
    yield from ((f"trigger {name}", MISSING) for name in wanted if name not in present)
    for name, words in found:
        if name not in wanted:
            yield f"trigger {name}", FOREIGN
        elif wanted[name] != words:
            yield f"trigger {name}", CHANGED
    if not is_sqlite:
        yield from _rules(connection)


def _made_for_sqlite() -> Triggers:
    from inedit.store.migrations.versions import (  # noqa: PLC0415  # import Alembic
        r0001_first_tables,
        r0007_sums,
        r0021_human_reviews,
    )

    made = (
        *r0001_first_tables.SQLITE_TRIGGERS,
        *r0007_sums.SQLITE_TRIGGERS,
        *r0021_human_reviews.SQLITE_TRIGGERS,
    )
    return {_name(statement): one_line(statement) for statement in made}


def _on_sqlite(connection: Connection) -> Iterator[tuple[str, str]]:
    query = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
    for name, statement in connection.execute(query):
        yield name, one_line(statement)


def _made_for_postgres() -> Triggers:
    """When each trigger runs, under which condition, and the words of its function."""
    from inedit.store.migrations.versions import (  # noqa: PLC0415  # import Alembic
        r0001_first_tables,
        r0007_sums,
        r0021_human_reviews,
    )

    made = [
        *r0001_first_tables.POSTGRES_TRIGGERS,
        *(s for kept in r0007_sums.TRIGGERS for s in r0007_sums.on_postgres(kept)),
        *r0021_human_reviews.POSTGRES_TRIGGERS,
    ]
    functions = {
        found[1]: found[2]
        for statement in made
        if (found := re.match(r"CREATE FUNCTION (\w+)\(\).*?\$\$(.*)\$\$", statement, re.DOTALL))
    }
    return {name: _described(statement, functions) for statement in made if (name := _name(statement))}


def _on_postgres(connection: Connection, wanted: Triggers) -> Iterator[tuple[str, str]]:
    """The triggers that run on our tables. A condition stands there in Postgres's own words: one that means the same
    as ours is given in ours."""
    query = text(
        "SELECT pg_get_triggerdef(t.oid) AS made, p.proname, p.prosrc"
        " FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_class c ON c.oid = t.tgrelid"
        " WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND pg_table_is_visible(c.oid)"
        " AND c.relname = ANY(:tables) ORDER BY t.tgname"
    )
    tables = [*metadata.tables, *made_views(sqlite=False)]
    for row in connection.execute(query, {"tables": tables}).all():
        name, words = _name(row.made), _described(row.made, {row.proname: row.prosrc})
        same = wanted.get(name, "")
        if words != same and _means_the_same(connection, words, same):
            words = same
        yield name, words


def _means_the_same(connection: Connection, found: str, wanted: str) -> bool:
    """Whether two triggers differ only in how their condition is written."""
    (head, when, tail), (own_head, own_when, own_tail) = found.partition(_WHEN), wanted.partition(_WHEN)
    if head != own_head or not when or not own_when:
        return False
    (condition, _, rest), (own, _, own_rest) = tail.partition(_THEN), own_tail.partition(_THEN)
    table = head.rpartition(" ")[2]
    query = f"SELECT 1 FROM {table} old, {table} new WHERE "  # noqa: S608  # a table of ours
    return rest == own_rest and same_query(connection, query + condition, query + own)


def _rules(connection: Connection) -> Iterator[tuple[str, str]]:
    """Rules of Postgres on our tables, which rewrite statements before any trigger sees them, and policies that hide
    rows. We make none."""
    query = text(
        "SELECT 'rule ' || rulename FROM pg_rules WHERE tablename = ANY(:tables) AND schemaname = current_schema()"
        " UNION ALL SELECT 'policy ' || policyname FROM pg_policies"
        " WHERE tablename = ANY(:tables) AND schemaname = current_schema() ORDER BY 1"
    )
    for name in connection.execute(query, {"tables": list(metadata.tables)}).scalars():
        yield name, FOREIGN


def _name(statement: str) -> str:
    found = re.match(r"\s*CREATE TRIGGER (\w+)", statement)
    return found[1] if found else ""


_WHEN, _THEN = " WHEN ", " THEN "


def _described(statement: str, functions: Triggers) -> str:
    """When a trigger runs, on which table, under which condition, with which function and its words."""
    found = re.search(
        r"(BEFORE|AFTER|INSTEAD OF) ([\w ,]+?) ON (?:\w+\.)?(\w+)(.*) EXECUTE FUNCTION (?:\w+\.)?(\w+)\((.*)\)",
        statement,
        re.DOTALL,
    )
    if found is None:
        return statement
    when, events, table, between, function, arguments = found.groups()
    named = " ".join(sorted(re.split(r" OR |, | ", events)))
    each, _, condition = one_line(between).partition("WHEN ")
    return (
        f"{when} {named} ON {table}" + (f"{_WHEN}{condition}" if condition else "")
        + f"{_THEN}{each.strip()} {function}({arguments}) {functions.get(function, '')}"
    )  # fmt: skip
