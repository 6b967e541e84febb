"""Views for finance: columns with stable names, whatever becomes of the tables behind them."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

CALLS = """
CREATE VIEW finance_calls AS
SELECT e.seq AS entry_number, e.id AS entry_id, e.kind, e.recorded_at, e.occurred_at, e.period AS month,
       e.run_id, e.campaign_id, p.id AS piece_id, e.spec_key, e.edition, e.channel, e.segment, e.language, e.tone,
       e.attempt, e.purpose, e.provider, e.model, e.response_id AS provider_request_id, e.outcome,
       e.input_tokens - e.cached_tokens AS uncached_input_tokens, e.cached_tokens AS cached_input_tokens,
       e.output_tokens, e.reasoning_tokens, e.latency_ms, e.cost_micros, e.currency,
       e.input_price, e.cached_price, e.output_price, e.price_date, e.price_tier, e.price_source, e.price_note,
       e.corrects AS corrected_entry_id, e.note
FROM ledger_entries e
LEFT JOIN pieces p ON p.campaign_id = e.campaign_id AND p.spec_key = e.spec_key AND p.edition = e.edition
WHERE e.kind <> 'memo'
"""

UNKNOWN = """
CAST(COALESCE(SUM(CASE WHEN e.kind = 'call' AND e.cost_micros IS NULL
  AND NOT EXISTS (SELECT 1 FROM ledger_entries c WHERE c.corrects = e.id) THEN 1 ELSE 0 END), 0) AS BIGINT)
"""

MONTHS = f"""
CREATE VIEW finance_months AS
SELECT e.period AS month, e.campaign_id, e.purpose, e.provider, e.model, e.currency,
       CAST(SUM(CASE WHEN e.kind = 'call' THEN 1 ELSE 0 END) AS BIGINT) AS calls,
       CAST(COALESCE(SUM(e.cost_micros), 0) AS BIGINT) AS cost_micros,
       {UNKNOWN} AS unknown_price_calls
FROM ledger_entries e
WHERE e.kind <> 'memo'
GROUP BY e.period, e.campaign_id, e.purpose, e.provider, e.model, e.currency
"""  # noqa: S608  # made of constants

PIECES = f"""
CREATE VIEW finance_pieces AS
SELECT e.campaign_id, e.spec_key, e.edition, MIN(p.id) AS piece_id, MIN(p.status) AS status,
       MIN(e.channel) AS channel, MIN(e.segment) AS segment, MIN(e.language) AS language, MIN(e.tone) AS tone,
       e.currency,
       CAST(SUM(CASE WHEN e.kind = 'call' THEN 1 ELSE 0 END) AS BIGINT) AS calls,
       CAST(COALESCE(SUM(e.cost_micros), 0) AS BIGINT) AS cost_micros,
       {UNKNOWN} AS unknown_price_calls
FROM ledger_entries e
LEFT JOIN pieces p ON p.campaign_id = e.campaign_id AND p.spec_key = e.spec_key AND p.edition = e.edition
WHERE e.kind <> 'memo' AND e.spec_key IS NOT NULL
GROUP BY e.campaign_id, e.spec_key, e.edition, e.currency
"""  # noqa: S608  # made of constants

SAVINGS = """
CREATE VIEW finance_savings AS
SELECT e.campaign_id, e.spec_key, e.edition, MIN(e.period) AS month, MIN(e.channel) AS channel,
       MIN(e.segment) AS segment, MIN(e.language) AS language, MIN(e.tone) AS tone, e.currency,
       CAST(SUM(e.saved_seconds_low) AS BIGINT) AS saved_seconds_low,
       CAST(SUM(e.saved_seconds_expected) AS BIGINT) AS saved_seconds_expected,
       CAST(SUM(e.saved_seconds_high) AS BIGINT) AS saved_seconds_high,
       CAST(SUM(e.saved_micros_low) AS BIGINT) AS saved_micros_low,
       CAST(SUM(e.saved_micros_expected) AS BIGINT) AS saved_micros_expected,
       CAST(SUM(e.saved_micros_high) AS BIGINT) AS saved_micros_high,
       CAST(SUM(CASE WHEN e.purpose = 'review' THEN 1 ELSE 0 END) AS BIGINT) AS measurements
FROM ledger_entries e
WHERE e.kind = 'memo'
GROUP BY e.campaign_id, e.spec_key, e.edition, e.currency
"""


def upgrade() -> None:
    """Create the views."""
    for view in (CALLS, MONTHS, PIECES, SAVINGS):
        op.execute(view)
