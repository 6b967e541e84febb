"""Every table, as SQLAlchemy Core objects.

Moments are UTC text (:func:`inedit.store.values.utc_text`), JSON is text, money is an integer number of
millionths of its currency, prices are decimal text; there is no floating-point column. On SQLite the tables
are STRICT, so that a fraction can never slip into a column of money. The database itself is made by the
migrations; a test holds the two together.
"""

from __future__ import annotations

from inedit.store.tables.ab_tests import experiment_figures, experiments
from inedit.store.tables.base import Big, Vectors, metadata
from inedit.store.tables.field import (
    author_aliases,
    coded_texts,
    codings,
    forgotten_authors,
    observations,
    quiz_answers,
    quiz_decisions,
    verbatims,
)
from inedit.store.tables.ledger import balances, closings, ledger_entries, reservations
from inedit.store.tables.people import assignments, human_reviews, reviews, studio_looks, studio_users
from inedit.store.tables.production import (
    advice,
    attempts,
    baselines,
    batch_requests,
    leases,
    pace,
    pauses,
    pieces,
    provider_batches,
    requests,
    revisions,
    runs,
    vectors,
)

__all__ = [
    "Big",
    "Vectors",
    "advice",
    "assignments",
    "attempts",
    "author_aliases",
    "balances",
    "baselines",
    "batch_requests",
    "closings",
    "coded_texts",
    "codings",
    "experiment_figures",
    "experiments",
    "forgotten_authors",
    "human_reviews",
    "leases",
    "ledger_entries",
    "metadata",
    "observations",
    "pace",
    "pauses",
    "pieces",
    "provider_batches",
    "quiz_answers",
    "quiz_decisions",
    "requests",
    "reservations",
    "reviews",
    "revisions",
    "runs",
    "studio_looks",
    "studio_users",
    "vectors",
    "verbatims",
]
