"""What the benches of the guard measured stays as good as it was measured."""

from __future__ import annotations

from collections import Counter

import pytest

from fakes.bench import bench
from fakes.brand import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_checks_refuse_what_they_ought_to_and_nothing_else(language: str) -> None:
    """On the labelled texts no check of a language misses more than one, and every honest text passes."""
    checks = bench("checks")
    rows = [row for row in checks.labelled() if row.language == language]
    assert len(rows) > 30
    missed = Counter(
        row.refused_by for row in rows if row.refused_by and row.refused_by not in checks.refusals(row)
    )
    assert all(count <= 1 for count in missed.values()), missed
    assert [row.text for row in rows if not row.refused_by and checks.refusals(row)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_receipts_show_the_insights_that_are_told_and_no_other(language: str) -> None:
    """Every labelled sentence leaves receipts of the insight that it tells, or of none."""
    receipts = bench("receipts")
    rows = [(text, tells) for tag, text, tells in receipts.labelled() if tag == language]
    assert len(rows) > 10
    for text, tells in rows:
        found, _ = receipts.told(language, text)
        assert found == ({tells} if tells else set()), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_invented_figures_superlatives_and_promises_are_told_from_supplied_ones(language: str) -> None:
    """On the labelled sentences every honest one passes, at most one wrong passage in fifty is missed, and hardly a
    finding stands beside the point."""
    claims = bench("claims")
    rows = [row for row in claims.labelled() if row.language == language]
    found = Counter(outcome for row in rows for outcome in claims.outcome(row))
    assert found["caught"] > 60
    assert [row.text for row in rows if not row.wrong and "false alarm" in claims.outcome(row)] == []
    assert found["missed"] <= found["caught"] / 50
    assert found["false alarm"] <= 1
