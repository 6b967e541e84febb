"""What the promises are measured by, as a view: baseline work, minutes spent and put back, days of acceptance."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"

VIEW = """
CREATE VIEW finance_outcomes AS
SELECT period AS month, NULLIF(campaign_id, '') AS campaign_id, NULLIF(currency, '') AS currency,
       NULLIF(hourly_rate, '') AS hourly_rate, NULLIF(agency_price, '') AS agency_price,
       NULLIF(days_to_market, '') AS baseline_days_to_market, NULLIF(since, '') AS accepted_on,
       pieces AS accepted_pieces, work_seconds AS baseline_work_seconds,
       pieces * review_seconds AS baseline_review_seconds,
       measured_seconds + (pieces - measured_pieces) * review_seconds AS spent_seconds,
       measured_pieces, reinvestments, reinvested_seconds
FROM saving_sums
"""


def upgrade() -> None:
    """Make the view."""
    op.execute(VIEW)
