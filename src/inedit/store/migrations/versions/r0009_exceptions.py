"""Exceptions that say which provider may have billed a lost answer, for which piece, and why a price is not known."""

from __future__ import annotations

from alembic import op

from inedit.store.migrations.versions.r0007_sums import EXCEPTIONS, NOTABLE

revision = "0009"
down_revision = "0008"


def view(sqlite: bool) -> str:
    """The view ``finance_exceptions``: the same columns, more of them filled."""
    of_call = _on_sqlite if sqlite else _on_postgres
    pending = f"""SELECT 'possibly_billed' AS exception, NULL AS entry_number, NULL AS entry_id, id AS reservation_id,
       reserved_at AS occurred_at, period AS month, run_id, campaign_id, {of_call("spec_key")} AS spec_key,
       CAST({of_call("edition")} AS BIGINT) AS edition, {of_call("provider")} AS provider, {of_call("model")} AS model,
       estimate_micros AS amount_micros, currency, COALESCE(reason, state) AS note
FROM reservations WHERE state IN ('open', 'possibly_billed')"""  # noqa: S608  # made of constants
    entries = (
        f"""SELECT '{code}', seq, id, reservation_id, occurred_at, period, run_id, campaign_id, spec_key, edition,
       provider, model, cost_micros, currency, {"COALESCE(price_note, note)" if code == "unknown_price" else "note"}
FROM ledger_entries WHERE {NOTABLE} AND {condition}"""  # noqa: S608  # made of constants
        for code, condition in EXCEPTIONS
    )
    return "CREATE VIEW finance_exceptions AS " + " UNION ALL ".join((pending, *entries))


def _on_postgres(name: str) -> str:
    """What a reservation keeps of its call is the text of a JSON object."""
    return f"(call::json ->> '{name}')"


def _on_sqlite(name: str) -> str:
    """The same without SQLite's own reader of JSON, which a view may not use when the schema is not trusted.

    A key with its quotes and colon stands once in the text: inside a string, quotes are escaped.
    """
    key = f'"{name}":'
    value = f"SUBSTR(call, INSTR(call, '{key}') + {len(key)})"
    quoted = f"SUBSTR({value}, 2, INSTR(SUBSTR({value}, 2), '\"') - 1)"
    return (
        f"CASE WHEN INSTR(call, '{key}') = 0 OR {value} LIKE 'null%' THEN NULL"
        f" WHEN {value} LIKE '\"%' THEN {quoted} ELSE CAST({value} AS INTEGER) END"
    )


def upgrade() -> None:
    """Make the view anew."""
    op.execute("DROP VIEW finance_exceptions")
    op.execute(view(op.get_context().dialect.name == "sqlite"))
