"""The first tables, and the triggers that keep the ledger append-only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create everything in an empty database."""
    create_tables()
    guard_sqlite() if op.get_context().dialect.name == "sqlite" else guard_postgres()


def create_tables() -> None:
    """The tables as :mod:`inedit.store.tables` had them in this version."""
    op.create_table(
        "attempts",
        sa.Column("id", BIG, nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.Text(), nullable=False),
        sa.Column("spec_key", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("spec", sa.Text(), nullable=False),
        sa.Column("parts", sa.Text()),
        sa.Column("raw", sa.Text()),
        sa.Column("response_id", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("usage", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text()),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attempts"),
        sa.UniqueConstraint(
            "campaign_id",
            "spec_key",
            "edition",
            "attempt",
            name="uq_attempts_campaign_id_spec_key_edition_attempt",
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "balances",
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("scope_id", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("settled_micros", BIG, nullable=False),
        sa.Column("reserved_micros", BIG, nullable=False),
        sa.CheckConstraint("scope IN ('run', 'campaign', 'month')", name="ck_balances_scope"),
        sa.PrimaryKeyConstraint("scope", "scope_id", "currency", name="pk_balances"),
        sqlite_strict=True,
    )
    op.create_table(
        "closings",
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.Text(), nullable=False),
        sa.Column("closed_by", sa.Text(), nullable=False),
        sa.Column("last_seq", BIG, nullable=False),
        sa.Column("last_hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("period", name="pk_closings"),
        sqlite_strict=True,
    )
    op.create_table(
        "ledger_entries",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.Column("occurred_at", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Text()),
        sa.Column("campaign_id", sa.Text()),
        sa.Column("spec_key", sa.Text()),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text()),
        sa.Column("segment", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("tone", sa.Text()),
        sa.Column("attempt", sa.Integer()),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text()),
        sa.Column("model", sa.Text()),
        sa.Column("response_id", sa.Text()),
        sa.Column("reservation_id", sa.Text()),
        sa.Column("outcome", sa.Text()),
        sa.Column("input_tokens", BIG, nullable=False),
        sa.Column("cached_tokens", BIG, nullable=False),
        sa.Column("output_tokens", BIG, nullable=False),
        sa.Column("reasoning_tokens", BIG, nullable=False),
        sa.Column("latency_ms", BIG),
        sa.Column("cost_micros", BIG),
        sa.Column("currency", sa.Text()),
        sa.Column("input_price", sa.Text()),
        sa.Column("cached_price", sa.Text()),
        sa.Column("output_price", sa.Text()),
        sa.Column("price_date", sa.Text()),
        sa.Column("price_tier", sa.Text()),
        sa.Column("price_source", sa.Text()),
        sa.Column("price_note", sa.Text()),
        sa.Column("saved_seconds_low", BIG),
        sa.Column("saved_seconds_expected", BIG),
        sa.Column("saved_seconds_high", BIG),
        sa.Column("saved_micros_low", BIG),
        sa.Column("saved_micros_expected", BIG),
        sa.Column("saved_micros_high", BIG),
        sa.Column("corrects", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("details", sa.Text()),
        sa.Column("prev_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'correction') = (corrects IS NOT NULL)", name="ck_ledger_entries_correction"
        ),
        sa.CheckConstraint(
            "(kind = 'memo') = (saved_seconds_expected IS NOT NULL)"
            " AND (kind <> 'memo' OR cost_micros IS NULL)"
            " AND (purpose <> 'saving' OR (saved_seconds_low <= saved_seconds_expected"
            " AND saved_seconds_expected <= saved_seconds_high))",
            name="ck_ledger_entries_memo",
        ),
        sa.CheckConstraint(
            "kind <> 'call' OR (provider IS NOT NULL AND model IS NOT NULL AND reservation_id IS NOT NULL"
            " AND 0 <= cached_tokens AND cached_tokens <= input_tokens AND 0 <= reasoning_tokens"
            " AND reasoning_tokens <= output_tokens)",
            name="ck_ledger_entries_call",
        ),
        sa.CheckConstraint("kind IN ('call', 'correction', 'memo')", name="ck_ledger_entries_kind"),
        sa.CheckConstraint("cost_micros IS NULL OR currency IS NOT NULL", name="ck_ledger_entries_money"),
        sa.ForeignKeyConstraint(["corrects"], ["ledger_entries.id"], name="fk_ledger_entries_corrects"),
        sa.PrimaryKeyConstraint("seq", name="pk_ledger_entries"),
        sa.UniqueConstraint("hash", name="uq_ledger_entries_hash"),
        sa.UniqueConstraint("id", name="uq_ledger_entries_id"),
        sa.UniqueConstraint("prev_hash", name="uq_ledger_entries_prev_hash"),
        sa.UniqueConstraint("provider", "response_id", name="uq_ledger_entries_provider_response_id"),
        sa.UniqueConstraint("reservation_id", name="uq_ledger_entries_reservation_id"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_ledger_entries_campaign_id_spec_key", "ledger_entries", ["campaign_id", "spec_key"], unique=False
    )
    op.create_index("ix_ledger_entries_corrects", "ledger_entries", ["corrects"], unique=False)
    op.create_index("ix_ledger_entries_period", "ledger_entries", ["period"], unique=False)
    op.create_index("ix_ledger_entries_run_id", "ledger_entries", ["run_id"], unique=False)
    op.create_table(
        "pieces",
        sa.Column("seq", BIG, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.Text(), nullable=False),
        sa.Column("spec_key", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("brief_sha", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("spec", sa.Text(), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.Text()),
        sa.Column("decided_by", sa.Text()),
        sa.Column("comment", sa.Text()),
        sa.PrimaryKeyConstraint("seq", name="pk_pieces"),
        sa.UniqueConstraint(
            "campaign_id", "spec_key", "edition", name="uq_pieces_campaign_id_spec_key_edition"
        ),
        sa.UniqueConstraint("id", name="uq_pieces_id"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_pieces_run_id", "pieces", ["run_id"], unique=False)
    op.create_index("ix_pieces_scope_status_seq", "pieces", ["scope", "status", "seq"], unique=False)
    op.create_table(
        "reservations",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("reserved_at", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Text()),
        sa.Column("campaign_id", sa.Text()),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("call", sa.Text(), nullable=False),
        sa.Column("estimate_micros", BIG),
        sa.Column("currency", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.CheckConstraint(
            "(state IN ('settled', 'voided')) = (closed_at IS NOT NULL)", name="ck_reservations_closed"
        ),
        sa.CheckConstraint(
            "state IN ('open', 'settled', 'voided', 'possibly_billed')", name="ck_reservations_state"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reservations"),
        sqlite_strict=True,
    )
    op.create_index("ix_reservations_state", "reservations", ["state"], unique=False)
    op.create_table(
        "runs",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.Text(), nullable=False),
        sa.Column("brief_sha", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("options", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
        sqlite_strict=True,
    )
    op.create_index("ix_runs_campaign_id", "runs", ["campaign_id"], unique=False)
    op.create_table(
        "vectors",
        sa.Column("piece_id", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("dimensions", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["piece_id"], ["pieces.id"], name="fk_vectors_piece_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("piece_id", name="pk_vectors"),
        sqlite_strict=True,
    )


SQLITE_TRIGGERS = (
    """CREATE TRIGGER ledger_entries_no_update BEFORE UPDATE ON ledger_entries
       BEGIN SELECT RAISE(ABORT, 'ledger entries never change: write a correction'); END""",
    """CREATE TRIGGER ledger_entries_no_delete BEFORE DELETE ON ledger_entries
       BEGIN SELECT RAISE(ABORT, 'ledger entries are never removed: write a correction'); END""",
    """CREATE TRIGGER ledger_entries_in_order BEFORE INSERT ON ledger_entries
       WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM ledger_entries)
         OR NEW.prev_hash <> COALESCE((SELECT hash FROM ledger_entries ORDER BY seq DESC LIMIT 1), '')
       BEGIN SELECT RAISE(ABORT, 'a ledger entry must follow the last one'); END""",
    """CREATE TRIGGER ledger_entries_open_period BEFORE INSERT ON ledger_entries
       WHEN EXISTS (SELECT 1 FROM closings WHERE period = NEW.period)
       BEGIN SELECT RAISE(ABORT, 'the period is closed'); END""",
    """CREATE TRIGGER closings_no_update BEFORE UPDATE ON closings
       BEGIN SELECT RAISE(ABORT, 'a closing never changes'); END""",
    """CREATE TRIGGER closings_no_delete BEFORE DELETE ON closings
       BEGIN SELECT RAISE(ABORT, 'a closing is never removed'); END""",
    """CREATE TRIGGER reservations_no_delete BEFORE DELETE ON reservations
       BEGIN SELECT RAISE(ABORT, 'a reservation is settled or voided, never removed'); END""",
    """CREATE TRIGGER reservations_once BEFORE UPDATE ON reservations
       WHEN OLD.state IN ('settled', 'voided') OR NEW.id <> OLD.id OR NEW.call <> OLD.call
         OR NEW.reserved_at <> OLD.reserved_at OR NEW.estimate_micros IS NOT OLD.estimate_micros
       BEGIN SELECT RAISE(ABORT, 'a reservation is closed once and otherwise never changes'); END""",
)


def guard_sqlite() -> None:
    """Triggers that refuse what would alter the past."""
    for trigger in SQLITE_TRIGGERS:
        op.execute(trigger)


POSTGRES_TRIGGERS = (
    """CREATE FUNCTION inedit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         RAISE EXCEPTION '%: %', TG_TABLE_NAME, TG_ARGV[0]
           USING ERRCODE = 'integrity_constraint_violation';
       END $$""",
    """CREATE FUNCTION inedit_entry_follows() RETURNS trigger LANGUAGE plpgsql AS $$
       DECLARE last_seq bigint := 0; last_hash text := '';
       BEGIN
         SELECT seq, hash INTO last_seq, last_hash FROM ledger_entries ORDER BY seq DESC LIMIT 1;
         IF NEW.seq <> COALESCE(last_seq, 0) + 1 OR NEW.prev_hash <> COALESCE(last_hash, '') THEN
           RAISE EXCEPTION 'a ledger entry must follow the last one'
             USING ERRCODE = 'integrity_constraint_violation';
         END IF;
         IF EXISTS (SELECT 1 FROM closings WHERE period = NEW.period) THEN
           RAISE EXCEPTION 'the period is closed' USING ERRCODE = 'integrity_constraint_violation';
         END IF;
         RETURN NEW;
       END $$""",
    """CREATE TRIGGER ledger_entries_no_update BEFORE UPDATE OR DELETE ON ledger_entries
       FOR EACH ROW EXECUTE FUNCTION inedit_refuse('entries never change: write a correction')""",
    """CREATE TRIGGER ledger_entries_no_truncate BEFORE TRUNCATE ON ledger_entries
       FOR EACH STATEMENT EXECUTE FUNCTION inedit_refuse('entries are never removed: write a correction')""",
    """CREATE TRIGGER ledger_entries_in_order BEFORE INSERT ON ledger_entries
       FOR EACH ROW EXECUTE FUNCTION inedit_entry_follows()""",
    """CREATE TRIGGER closings_no_update BEFORE UPDATE OR DELETE ON closings
       FOR EACH ROW EXECUTE FUNCTION inedit_refuse('a closing never changes')""",
    """CREATE TRIGGER closings_no_truncate BEFORE TRUNCATE ON closings
       FOR EACH STATEMENT EXECUTE FUNCTION inedit_refuse('a closing is never removed')""",
    """CREATE TRIGGER reservations_no_delete BEFORE DELETE ON reservations
       FOR EACH ROW EXECUTE FUNCTION inedit_refuse('settled or voided, never removed')""",
    """CREATE TRIGGER reservations_no_truncate BEFORE TRUNCATE ON reservations
       FOR EACH STATEMENT EXECUTE FUNCTION inedit_refuse('settled or voided, never removed')""",
    """CREATE TRIGGER reservations_once BEFORE UPDATE ON reservations FOR EACH ROW
       WHEN (OLD.state IN ('settled', 'voided') OR NEW.id <> OLD.id OR NEW.call <> OLD.call
         OR NEW.reserved_at <> OLD.reserved_at OR NEW.estimate_micros IS DISTINCT FROM OLD.estimate_micros)
       EXECUTE FUNCTION inedit_refuse('closed once and otherwise never changed')""",
)


def guard_postgres() -> None:
    """The same, in Postgres's words."""
    for statement in POSTGRES_TRIGGERS:
        op.execute(statement)
