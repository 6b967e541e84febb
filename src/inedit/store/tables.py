"""Every table, as SQLAlchemy Core objects.

Moments are UTC text (:func:`inedit.store.values.utc_text`), JSON is text, money is an integer number of
millionths of its currency, prices are decimal text; there is no floating-point column. On SQLite the tables
are STRICT, so that a fraction can never slip into a column of money. The database itself is made by the
migrations; a test holds the two together.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import UserDefinedType

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class _Vector(UserDefinedType[Any]):
    """pgvector's own type, loaded when Postgres is spoken to: who uses SQLite neither has nor waits for it."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "VECTOR"

    def bind_processor(self, dialect: Dialect) -> Any:
        return _pgvector().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        return _pgvector().result_processor(dialect, coltype)


def _pgvector() -> Any:
    from pgvector.sqlalchemy import VECTOR  # noqa: PLC0415  # Postgres alone

    return VECTOR()


Big = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits on both databases; SQLite counts rows only in a column declared INTEGER."""

Vectors = LargeBinary().with_variant(_Vector(), "postgresql")
"""float32 numbers: their bytes on SQLite, pgvector's own type on Postgres."""

runs = Table(
    "runs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("campaign_id", Text, nullable=False, index=True),
    Column("brief_sha", Text, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("ended_at", Text),
    Column("state", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("options", Text, nullable=False, server_default=text("'{}'")),
    sqlite_strict=True,
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Big, primary_key=True),
    Column("run_id", Text, nullable=False),
    Column("campaign_id", Text, nullable=False),
    Column("spec_key", Text, nullable=False),
    Column("edition", Integer, nullable=False, server_default=text("1")),
    Column("attempt", Integer, nullable=False),
    Column("spec", Text, nullable=False),
    Column("parts", Text),
    Column("raw", Text),
    Column("response_id", Text, nullable=False, server_default=text("''")),
    Column("usage", Text, nullable=False),
    Column("verdict", Text),
    Column("created_at", Text, nullable=False),
    Column("refused_for", Text),
    UniqueConstraint("campaign_id", "spec_key", "edition", "attempt"),
    sqlite_strict=True,
)
"""Every answer that was paid for, as it came: a run that goes on reads it instead of paying again."""

pieces = Table(
    "pieces",
    metadata,
    Column("seq", Big, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("run_id", Text, nullable=False, index=True),
    Column("campaign_id", Text, nullable=False),
    Column("spec_key", Text, nullable=False),
    Column("edition", Integer, nullable=False, server_default=text("1")),
    Column("brief_sha", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("spec", Text, nullable=False),
    Column("parts", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("reason", Text, nullable=False, server_default=text("''")),
    Column("created_at", Text, nullable=False),
    Column("decided_at", Text),
    Column("decided_by", Text),
    Column("comment", Text),
    Column("approval", Text),
    Column("prompt_sha", Text),
    UniqueConstraint("campaign_id", "spec_key", "edition"),
    Index(None, "scope", "seq"),
    Index("ix_pieces_campaign_id_created_at_run_id_status", "campaign_id", "created_at", "run_id", "status"),
    sqlite_autoincrement=True,  # a number is never given twice, even after the newest row was deleted
    sqlite_strict=True,
)
"""What came to rest at each place of a campaign's matrix. Whoever writes a row seals it as it then stands
(:func:`inedit.store.seals.seal_piece`), migrations included."""

revisions = Table(
    "revisions",
    metadata,
    Column("piece_id", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("parts", Text, nullable=False),
    Column("written_by", Text, nullable=False),
    Column("written_at", Text, nullable=False),
    Column("reason", Text, nullable=False, server_default=text("''")),
    sqlite_strict=True,
)
"""What an edited piece said, edit by edit, numbered from 1; ``written_by`` is empty where a model wrote it."""

reviews = Table(
    "reviews",
    metadata,
    Column("run_id", Text, primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("requested_at", Text, nullable=False),
    Column("answered_at", Text),
    Column("decision", Text),
    Column("reviewer", Text),
    Column("seconds", Integer),
    Column("comment", Text),
    CheckConstraint("(answered_at IS NULL) = (decision IS NULL)", name="answered"),
    sqlite_strict=True,
)
"""Each time that a run asked a person to approve its pieces, numbered from 1, and what the answer was."""

requests = Table(
    "requests",
    metadata,
    Column("run_id", Text, primary_key=True),
    Column("asked_by", Text, primary_key=True),
    Column("asked_at", Text, nullable=False),
    Column("form", Text, nullable=False),
    Index(None, "asked_by", unique=True),
    sqlite_strict=True,
)
"""What a person asked a run for, as JSON, and who carried it to us: so that it can be gone on with as it was asked."""

human_reviews = Table(
    "human_reviews",
    metadata,
    Column("entry_id", Text, ForeignKey("ledger_entries.id"), primary_key=True),
    Column("piece_id", Text, nullable=False, index=True),
    Column("reviewed_at", Text, nullable=False),
    Column("reviewed_by", Text, nullable=False),
    Column("decision", Text, nullable=False),
    *(Column(name, Integer, nullable=False) for name in ("accuracy", "plausibility", "sources")),
    Column("seconds", Integer, nullable=False),
    Column("ai_share", Text, nullable=False),
    Column("text_sha256", Text, nullable=False),
    sqlite_strict=True,
)
"""Who reviewed a piece for what, when and how long; each row is that of a memo in the ledger's chain."""

vectors = Table(
    "vectors",
    metadata,
    Column("piece_id", Text, ForeignKey("pieces.id", ondelete="CASCADE"), primary_key=True),
    Column("model", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("dimensions", Integer, nullable=False),
    Column("data", Vectors, nullable=False),
    sqlite_strict=True,
)

baselines = Table(
    "baselines",
    metadata,
    Column("prompt_sha", Text, primary_key=True),
    Column("model", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("campaign_id", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("claimed_at", Text, nullable=False),
    Column("claimed_by", Text, nullable=False),
    Column("text", Text),
    Column("response_id", Text),
    Column("usage", Text),
    CheckConstraint("(text IS NULL) = (response_id IS NULL)", name="paid"),
    sqlite_strict=True,
)
"""What anybody would get for a brief: answers of a model to a prompt without the brand's data, numbered from 0."""

leases = Table(
    "leases",
    metadata,
    Column("place", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("until", Text, nullable=False),
    sqlite_strict=True,
)
"""Who is making what at the moment, so that nobody else pays for the same: :mod:`inedit.archive.leases`."""

pace = Table(
    "pace",
    metadata,
    Column("bucket", Text, primary_key=True),
    Column("second", Big, primary_key=True, autoincrement=False),
    Column("requests", Big, nullable=False),
    Column("tokens", Big, nullable=False),
    sqlite_strict=True,
)
"""Calls and tokens sent to a provider in each second of the last minute (:mod:`inedit.generation.rate_limiter`)."""

pauses = Table(
    "pauses",
    metadata,
    Column("bucket", Text, primary_key=True),
    Column("until", Text, nullable=False),
    sqlite_strict=True,
)
"""Until when a provider asked not to be called."""

_NOTABLE = text("(note IS NOT NULL OR (kind = 'call' AND cost_micros IS NULL))")
ledger_entries = Table(
    "ledger_entries",
    metadata,
    Column("seq", Big, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
    Column("occurred_at", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("run_id", Text),
    Column("campaign_id", Text),
    Column("spec_key", Text),
    Column("edition", Integer, nullable=False),
    Column("channel", Text),
    Column("segment", Text),
    Column("language", Text),
    Column("tone", Text),
    Column("attempt", Integer),
    Column("purpose", Text, nullable=False),
    Column("provider", Text),
    Column("model", Text),
    Column("response_id", Text),
    Column("reservation_id", Text, unique=True),
    Column("outcome", Text),
    Column("input_tokens", Big, nullable=False),
    Column("cached_tokens", Big, nullable=False),
    Column("output_tokens", Big, nullable=False),
    Column("reasoning_tokens", Big, nullable=False),
    Column("latency_ms", Big),
    Column("cost_micros", Big),
    Column("currency", Text),
    Column("input_price", Text),
    Column("cached_price", Text),
    Column("output_price", Text),
    Column("price_date", Text),
    Column("price_tier", Text),
    Column("price_source", Text),
    Column("price_note", Text),
    Column("saved_seconds_low", Big),
    Column("saved_seconds_expected", Big),
    Column("saved_seconds_high", Big),
    Column("saved_micros_low", Big),
    Column("saved_micros_expected", Big),
    Column("saved_micros_high", Big),
    Column("corrects", Text, ForeignKey("ledger_entries.id")),
    Column("note", Text),
    Column("details", Text),
    Column("prev_hash", Text, nullable=False, unique=True),
    Column("hash", Text, nullable=False, unique=True),
    Column("cache_write_tokens", Big),
    Column("cache_write_price", Text),
    UniqueConstraint("provider", "response_id"),
    CheckConstraint("kind IN ('call', 'correction', 'memo')", name="kind"),
    CheckConstraint(
        "kind <> 'call' OR (provider IS NOT NULL AND model IS NOT NULL AND reservation_id IS NOT NULL"
        " AND 0 <= cached_tokens AND cached_tokens <= input_tokens"
        " AND 0 <= reasoning_tokens AND reasoning_tokens <= output_tokens)",
        name="call",
    ),
    CheckConstraint("(kind = 'correction') = (corrects IS NOT NULL)", name="correction"),
    CheckConstraint(
        "(kind = 'memo') = (saved_seconds_expected IS NOT NULL) AND (kind <> 'memo' OR cost_micros IS NULL)"
        " AND (purpose <> 'saving' OR (saved_seconds_low <= saved_seconds_expected"
        " AND saved_seconds_expected <= saved_seconds_high))",
        name="memo",
    ),
    CheckConstraint("cost_micros IS NULL OR currency IS NOT NULL", name="money"),
    CheckConstraint(
        "cache_write_tokens IS NULL OR (cache_write_tokens > 0 AND cache_write_tokens + cached_tokens <= input_tokens)",
        name="cache_write",
    ),
    Index(None, "run_id"),
    Index(None, "campaign_id", "spec_key"),
    Index(None, "period"),
    Index(None, "corrects"),
    Index("ix_ledger_entries_notable", "seq", sqlite_where=_NOTABLE, postgresql_where=_NOTABLE),
    sqlite_strict=True,
)
"""What everything cost and what it saved. Rows are only ever added: triggers refuse anything else."""

reservations = Table(
    "reservations",
    metadata,
    Column("id", Text, primary_key=True),
    Column("reserved_at", Text, nullable=False),
    Column("closed_at", Text),
    Column("state", Text, nullable=False),
    Column("run_id", Text),
    Column("campaign_id", Text),
    Column("period", Text, nullable=False),
    Column("call", Text, nullable=False),
    Column("estimate_micros", Big),
    Column("currency", Text),
    Column("reason", Text),
    Column("number", Big),
    Column("hash", Text),
    CheckConstraint("state IN ('open', 'settled', 'voided', 'possibly_billed')", name="state"),
    CheckConstraint("(state IN ('settled', 'voided')) = (closed_at IS NOT NULL)", name="closed"),
    Index(None, "state"),
    Index(None, "number", unique=True),
    sqlite_strict=True,
)
"""Money set aside before each call. What is neither settled nor voided may have been billed.

They are numbered without gaps, and each seals itself and the one before (:func:`inedit.store.seals.link_of`).
"""

balances = Table(
    "balances",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("scope_id", Text, primary_key=True),
    Column("currency", Text, primary_key=True),
    Column("settled_micros", Big, nullable=False),
    Column("reserved_micros", Big, nullable=False),
    CheckConstraint("scope IN ('run', 'campaign', 'month')", name="scope"),
    sqlite_strict=True,
)
"""Running totals that budgets are checked against; ``ledger verify`` holds them against the entries."""

closings = Table(
    "closings",
    metadata,
    Column("period", Text, primary_key=True),
    Column("closed_at", Text, nullable=False),
    Column("closed_by", Text, nullable=False),
    Column("last_seq", Big, nullable=False),
    Column("last_hash", Text, nullable=False),
    sqlite_strict=True,
)
"""Months that are closed: no entry can be added to them any more."""

studio_users = Table(
    "studio_users",
    metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("added_at", Text, nullable=False),
    CheckConstraint("role IN ('marketer', 'reviewer', 'finance', 'admin')", name="role"),
    sqlite_strict=True,
)
"""Who may enter the studio; without a row, the token that a start prints opens it."""

studio_looks = Table(
    "studio_looks",
    metadata,
    Column("person", Text, primary_key=True),
    Column("piece_id", Text, primary_key=True),
    Column("looked_at", Text, nullable=False),
    sqlite_strict=True,
)
"""When each person last looked at a piece; the row without a piece says when they had seen everything."""

assignments = Table(
    "assignments",
    metadata,
    Column("reviewer", Text, primary_key=True),
    Column("campaign_id", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("due", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("assigned_by", Text, nullable=False),
    Column("assigned_at", Text, nullable=False),
    sqlite_strict=True,
)
"""Who is to read what until when. An empty campaign or language means every one, an empty ``due`` no hurry."""

quiz_answers = Table(
    "quiz_answers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("quiz_id", Text, nullable=False, index=True),
    Column("answered_at", Text, nullable=False),
    Column("kept_at", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("answers", Text, nullable=False),
    Column("consent_version", Text, nullable=False),
    Column("consent_text", Text, nullable=False),
    sqlite_strict=True,
)
"""What people answered of their own accord: chosen options by question, nothing that names anybody. ``id`` is a digest
of where the answers come from, so that an import adds nothing twice; ``consent_text`` is what was agreed to, word for
word."""

quiz_decisions = Table(
    "quiz_decisions",
    metadata,
    Column("quiz_id", Text, primary_key=True),
    Column("proposal", Text, primary_key=True),
    Column("decision", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("decided_at", Text, nullable=False),
    Column("people", Integer, nullable=False),
    Column("asked", Integer, nullable=False),
    CheckConstraint("decision IN ('accepted', 'rejected')", name="decision"),
    sqlite_strict=True,
)
"""What a person made of a declared preference: taken into a segment or not, and how many of how many had declared
it."""

verbatims = Table(
    "verbatims",
    metadata,
    Column("seq", Big, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("place_id", Text, nullable=False),
    Column("author", Text, nullable=False, index=True),
    Column("at", Text, nullable=False),
    Column("language", Text),
    Column("text", Text, nullable=False),
    Column("reply_to", Text),
    Column("consent", Integer, nullable=False, server_default=text("0")),
    Column("observation_id", Big),
    Index(None, "place_id", "at"),
    sqlite_autoincrement=True,
    sqlite_strict=True,
)
"""What people said in their communities, redacted, under pseudonyms: :mod:`inedit.insight_loop.verbatims`."""

observations = Table(
    "observations",
    metadata,
    Column("id", Big, primary_key=True),
    Column("place_id", Text, nullable=False, index=True),
    Column("format", Text, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("ended_at", Text),
    Column("read", Big, nullable=False, server_default=text("0")),
    Column("added", Big, nullable=False, server_default=text("0")),
    Column("cut", Text),
    Column("redactions", Text, nullable=False, server_default=text("'{}'")),
    sqlite_autoincrement=True,
    sqlite_strict=True,
)
"""Each import: what it read and added, what it redacted by kind (JSON), and where the file was cut off, if it was."""

forgotten_authors = Table(
    "forgotten_authors",
    metadata,
    Column("author_sha", Text, primary_key=True),
    Column("forgotten_at", Text, nullable=False),
    sqlite_strict=True,
)
"""Hashes of the pseudonyms of people who asked to be forgotten: what they said is not imported again."""

author_aliases = Table(
    "author_aliases",
    metadata,
    Column("alias", Text, primary_key=True),
    Column("author", Text, primary_key=True, index=True),
    sqlite_strict=True,
)
"""Keyed hashes of the ids, handles and names that a place shows of its authors: how one is found to be forgotten."""

coded_texts = Table(
    "coded_texts",
    metadata,
    Column("verbatim_id", Text, primary_key=True),
    Column("coder", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("response_id", Text, nullable=False, server_default=text("''")),
    Column("refused", Text, nullable=False, server_default=text("'[]'")),
    sqlite_strict=True,
)
"""Who has read which verbatim to code it: to give it no code is a decision too. ``kind`` is person, model or offline;
``basis`` is the digest of what the coder knew (prompt, or examples); ``refused`` what was not believed of an answer."""

codings = Table(
    "codings",
    metadata,
    Column("verbatim_id", Text, primary_key=True),
    Column("coder", Text, primary_key=True),
    Column("code", Text, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("permille", Integer),
    Index(None, "code"),
    sqlite_strict=True,
)
"""The codes that each coder gave: the passage that carries it, by characters of the verbatim's text, and how sure the
coder was, in thousandths; people give none."""
