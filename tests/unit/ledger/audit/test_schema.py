"""Views and triggers that somebody replaced, added or took off, seen by ``verify`` on either database."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from fakes.ledger import pay
from inedit.ledger import Ledger
from inedit.store import Store
from inedit.store.views import made_views

REPLACED = "is another one than was made"
HALF = "SELECT month, SUM(cost_micros) / 2 AS cost_micros FROM finance_calls GROUP BY month"


def run(store: Store, *statements: str) -> None:
    """By somebody who owns the database."""
    with store.write() as connection:
        for statement in statements:
            connection.execute(text(statement))


def told(ledger: Ledger) -> list[str]:
    return [str(flaw) for flaw in ledger.verify().flaws]


def test_a_replaced_view_is_named(ledger: Ledger, store: Store) -> None:
    """Finance would read half the cost."""
    pay(ledger)
    run(store, "DROP VIEW finance_months", f"CREATE VIEW finance_months AS {HALF}")
    assert told(ledger) == [
        f"view finance_months: {REPLACED}: what it shows is not what the tables hold [view]"
    ]


@pytest.mark.parametrize("name", sorted(made_views(sqlite=True)))
def test_each_view_is_held_against_its_migration(ledger: Ledger, store: Store, name: str) -> None:
    """A limit that only the last ones are lost to is enough."""
    statement = made_views(store.is_sqlite)[name]
    dropped = f"DROP VIEW {name}" + ("" if store.is_sqlite else " CASCADE")
    run(store, dropped, f"{statement} LIMIT 100000")
    assert f"view {name}: {REPLACED}" in "\n".join(told(ledger))


def test_columns_of_a_view_that_changed_their_names_are_named(ledger: Ledger, store: Store) -> None:
    """The same numbers under other names."""
    statement = made_views(store.is_sqlite)["finance_months"]
    swapped = statement.replace(" AS calls", " AS x").replace(" AS unknown_price_calls", " AS calls")
    run(store, "DROP VIEW finance_months", swapped.replace(" AS x", " AS unknown_price_calls"))
    assert [line.partition(":")[0] for line in told(ledger)] == ["view finance_months"]


def test_a_view_that_is_gone_or_a_table_is_named(ledger: Ledger, store: Store) -> None:
    """A table can be filled with anything."""
    run(
        store, "DROP VIEW finance_savings", "DROP VIEW finance_pieces", "CREATE TABLE finance_pieces (a TEXT)"
    )
    found = "\n".join(told(ledger))
    assert "view finance_savings: is missing" in found and "view finance_pieces: is" in found


def test_a_view_of_somebody_else_is_no_flaw(ledger: Ledger, store: Store) -> None:
    """Finance has views of its own."""
    run(store, f"CREATE VIEW controlling AS {HALF}")
    assert told(ledger) == []


def test_a_foreign_trigger_is_named(ledger: Ledger, store: Store) -> None:
    """It could alter what is written as it is written."""
    if store.is_sqlite:
        run(store, "CREATE TRIGGER helper AFTER INSERT ON reservations BEGIN DELETE FROM pace; END")
    else:
        run(
            store,
            "CREATE FUNCTION helper() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
            "CREATE TRIGGER helper BEFORE INSERT ON reservations FOR EACH ROW EXECUTE FUNCTION helper()",
        )
    assert told(ledger) == ["trigger helper: was not made by Inédit: it may change what is written [trigger]"]


def test_a_condition_that_was_added_to_a_trigger_is_named(ledger: Ledger, store: Store) -> None:
    """The same trigger that never runs."""
    if store.is_sqlite:
        made = "CREATE TRIGGER closings_no_delete BEFORE DELETE ON closings WHEN 0 BEGIN SELECT RAISE(ABORT, 'no'); END"
        run(store, "DROP TRIGGER closings_no_delete", made)
        wanted = "trigger closings_no_delete"
    else:
        run(
            store, "DROP TRIGGER reservations_once ON reservations",
            "CREATE TRIGGER reservations_once BEFORE UPDATE ON reservations FOR EACH ROW"
            " WHEN (OLD.state = 'settled' AND OLD.state = 'voided')"
            " EXECUTE FUNCTION inedit_refuse('closed once and otherwise never changed')",
        )  # fmt: skip
        wanted = "trigger reservations_once"
    assert [line.partition(":")[0] for line in told(ledger)] == [wanted]


def test_a_rule_a_policy_and_a_sleeping_trigger_of_postgres_are_named(ledger: Ledger, store: Store) -> None:
    """Ways of Postgres to lose or hide rows without any trigger of ours."""
    if store.is_sqlite:
        pytest.skip("SQLite has none of them")
    run(
        store, "CREATE RULE forget AS ON INSERT TO closings DO INSTEAD NOTHING",
        "CREATE POLICY hide ON ledger_entries USING (seq < 3)",
        "ALTER TABLE closings DISABLE TRIGGER closings_no_update",
        "ALTER TABLE reservations ENABLE REPLICA TRIGGER reservations_no_delete",
    )  # fmt: skip
    assert {line.partition(":")[0] for line in told(ledger)} == {
        "rule forget", "policy hide", "trigger closings_no_update", "trigger reservations_no_delete",
    }  # fmt: skip
