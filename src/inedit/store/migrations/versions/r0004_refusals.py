"""Why drafts were refused, as a column that reports can add costs up by; adjustments are no calls."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from inedit.store.migrations.versions.r0002_finance_views import MONTHS, PIECES

revision = "0004"
down_revision = "0003"

REFUSALS = """
CREATE VIEW finance_refusals AS
SELECT e.period AS month, e.campaign_id, e.channel, e.segment, e.language, e.tone, e.model,
       COALESCE(a.refused_for, '') AS reason, e.currency,
       CAST(SUM(CASE WHEN e.kind = 'call' THEN 1 ELSE 0 END) AS BIGINT) AS drafts,
       CAST(COALESCE(SUM(e.cost_micros), 0) AS BIGINT) AS cost_micros
FROM ledger_entries e
JOIN pieces p ON p.campaign_id = e.campaign_id AND p.spec_key = e.spec_key AND p.edition = e.edition
LEFT JOIN attempts a ON a.campaign_id = e.campaign_id AND a.spec_key = e.spec_key AND a.edition = e.edition
                    AND a.attempt = e.attempt
WHERE e.kind <> 'memo' AND e.purpose = 'draft' AND NOT (p.status = 'accepted' AND p.attempts = e.attempt)
GROUP BY e.period, e.campaign_id, e.channel, e.segment, e.language, e.tone, e.model,
         COALESCE(a.refused_for, ''), e.currency
"""

COUNTED = {
    name: view.replace("e.kind = 'call' THEN 1", "e.kind = 'call' AND e.purpose <> 'adjustment' THEN 1")
    for name, view in (("finance_months", MONTHS), ("finance_pieces", PIECES))
}
"""Views that do not count adjustments as calls."""

BLOCK = 1000


def upgrade() -> None:
    """Add the column, read it off the verdicts that are there, create the view."""
    op.add_column("attempts", sa.Column("refused_for", sa.Text))
    connection, last = op.get_bind(), 0
    read = sa.text(
        "SELECT id, verdict FROM attempts WHERE id > :last AND verdict IS NOT NULL ORDER BY id LIMIT :n"
    )
    while rows := connection.execute(read, {"last": last, "n": BLOCK}).all():
        last = rows[-1].id
        told = [{"row": row.id, "reason": reason} for row in rows if (reason := _reason(row.verdict))]
        if told:
            connection.execute(sa.text("UPDATE attempts SET refused_for = :reason WHERE id = :row"), told)
    op.execute(REFUSALS)
    for name, view in COUNTED.items():
        op.execute(f"DROP VIEW {name}")
        op.execute(view)


def _reason(verdict: str) -> str | None:
    """The check of the first finding that stands in the way, the gravest first; as `Verdict.refused_for` has it."""
    findings = json.loads(verdict)["findings"]
    for severity in ("block", "review"):
        for finding in findings:
            if finding["severity"] == severity:
                return str(finding["check"])
    return None
