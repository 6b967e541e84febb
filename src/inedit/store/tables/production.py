"""What runs leave behind: answers, pieces, their revisions and vectors, generic texts, and who is making what."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from inedit.store.tables.base import Big, Vectors, metadata

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


advice = Table(
    "advice",
    metadata,
    Column("place", Text, primary_key=True),
    Column("run_id", Text, nullable=False),
    Column("campaign_id", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("response_id", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    sqlite_strict=True,
)
"""What a model answered about a draft as an advisor or as a copy editor, as it came (:mod:`inedit.archive.advice`)."""


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


provider_batches = Table(
    "provider_batches",
    metadata,
    Column("id", Text, primary_key=True),
    Column("run_id", Text, nullable=False),
    Column("campaign_id", Text, nullable=False, index=True),
    Column("round", Integer, nullable=False),
    Column("address", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("prepared_at", Text, nullable=False),
    Column("provider_id", Text),
    Column("submitted_at", Text),
    Column("ended_at", Text),
    Column("ending", Text, nullable=False, server_default=text("''")),
    sqlite_strict=True,
)
"""Batches of requests given to a provider: ``id`` is ours and travels as metadata, ``provider_id`` its own. One without
it may or may not have arrived. ``ending`` is how it ended, in the provider's word."""


batch_requests = Table(
    "batch_requests",
    metadata,
    Column("id", Text, primary_key=True),
    Column("batch_id", Text, ForeignKey("provider_batches.id"), nullable=False, index=True),
    Column("place", Text, nullable=False, index=True),
    Column("keep", Text, nullable=False),
    Column("state", Text, nullable=False, server_default=text("'open'")),
    CheckConstraint("state IN ('open', 'answered', 'released', 'doubtful')", name="state"),
    sqlite_strict=True,
)
"""What is asked in a batch. ``id`` is the request's custom id and its reservation's; ``place`` is what an answer
settles, ``keep`` says as JSON where its text goes."""
