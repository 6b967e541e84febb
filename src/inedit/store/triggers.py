"""What the database itself refuses and keeps: its triggers, as the migrations made them and as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import Connection, text

Triggers = dict[str, str]
"""The words of each trigger, by its name."""


def sqlite_triggers(connection: Connection) -> tuple[Triggers, Triggers]:
    """The triggers that there must be, and those that there are."""
    from inedit.store.migrations.versions import r0001_first_tables, r0007_sums  # noqa: PLC0415  # import Alembic

    wanted = _named((*r0001_first_tables.SQLITE_TRIGGERS, *r0007_sums.SQLITE_TRIGGERS))
    query = text("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
    return wanted, _named(connection.execute(query).scalars())


def postgres_triggers(connection: Connection) -> tuple[Triggers, Triggers]:
    """The same on Postgres: when each trigger runs, and the words of its function."""
    from inedit.store.migrations.versions import r0001_first_tables, r0007_sums  # noqa: PLC0415  # import Alembic

    made = [
        *r0001_first_tables.POSTGRES_TRIGGERS,
        *(s for kept in r0007_sums.TRIGGERS for s in r0007_sums.on_postgres(kept)),
    ]
    functions = {
        found[1]: found[2]
        for statement in made
        if (found := re.match(r"CREATE FUNCTION (\w+)\(\).*?\$\$(.*)\$\$", statement, re.DOTALL))
    }
    wanted = {name: _described(statement, functions) for statement in made if (name := _name(statement))}
    query = text(
        "SELECT pg_get_triggerdef(t.oid) AS made, p.proname, p.prosrc"
        " FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND t.tgenabled <> 'D'"
    )
    present = {
        _name(row.made): _described(row.made, {row.proname: row.prosrc}) for row in connection.execute(query)
    }
    return wanted, present


def _name(statement: str) -> str:
    found = re.match(r"\s*CREATE TRIGGER (\w+)", statement)
    return found[1] if found else ""


def _named(statements: Iterable[str]) -> Triggers:
    return {_name(statement): " ".join(statement.split()) for statement in statements}


def _described(statement: str, functions: Triggers) -> str:
    """When a trigger runs, on which table, with which function and its words; its condition is left out."""
    found = re.search(
        r"(BEFORE|AFTER) ([\w ,]+?) ON (?:\w+\.)?(\w+).* EXECUTE FUNCTION (?:\w+\.)?(\w+)\((.*)\)",
        statement,
        re.DOTALL,
    )
    if found is None:
        return statement
    when, events, table, function, arguments = found.groups()
    named = " ".join(sorted(re.split(r" OR |, | ", events)))
    return f"{when} {named} ON {table}: {function}({arguments}) {functions.get(function, '')}"
