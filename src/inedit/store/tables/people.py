"""Who reads pieces and decides: reviews, assignments, and those who may enter the studio."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, Table, Text

from inedit.store.tables.base import metadata

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
