"""Tables of A/B tests: what was laid down for each, and the figures that came back, with their history."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text

from inedit.store.tables.base import Big, metadata

experiments = Table(
    "experiments",
    metadata,
    Column("id", Text, primary_key=True),
    Column("campaign_id", Text, nullable=False, index=True),
    Column("started_at", Text, nullable=False),
    Column("design", Text, nullable=False),
    sqlite_strict=True,
)
"""Each A/B test with its design as JSON, as it was before the first figure came."""

experiment_figures = Table(
    "experiment_figures",
    metadata,
    Column("experiment_id", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("arm", Text, nullable=False),
    Column("impressions", Big, nullable=False),
    Column("clicks", Big, nullable=False),
    Column("conversions", Big, nullable=False),
    Column("revenue_micros", Big),
    Column("imported_at", Text, nullable=False),
    Column("file_sha", Text, nullable=False),
    sqlite_strict=True,
)
"""What an arm, or a piece of it (``source``), did on a day. A corrected figure is a new row: the highest ``number`` of
a source and day is what counts, the others are its history."""
