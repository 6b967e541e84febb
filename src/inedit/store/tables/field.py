"""What people say in their communities and answer in quizzes, and how it is coded."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, Table, Text, text

from inedit.store.tables.base import Big, metadata

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
