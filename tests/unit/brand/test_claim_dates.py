"""Claims that a campaign names, on the day of its texts."""

from __future__ import annotations

from datetime import date

import pytest

from inedit.brand.load import check_project

CAMPAIGN = "brand_data/campaigns/demo.yaml"
TODAY = date(2026, 11, 28)


def listed(project, claims: str, dates: str = "") -> list[tuple[str, str, str]]:
    project.change(CAMPAIGN, "tones: [plain]", f"tones: [plain]\nclaims: {claims}")
    if dates:
        project.change("brand_data/claims.yaml", "valid_from: 2024-01-01", dates)
    return [(i.code, str(i.severity), i.message) for i in check_project(project.root, TODAY)]


def test_an_empty_list_is_refused_since_every_claim_would_be_used(project):
    """An empty list is no way to say none."""
    assert ("no-claims-left", "error") in [(code, severity) for code, severity, _ in listed(project, "[]")]


@pytest.mark.parametrize(
    ("dates", "reason"),
    [
        ("valid_from: 2024-01-01\n  valid_until: 2025-01-01", "ran out on 2025-01-01"),
        ("valid_from: 2027-01-01", "may be said from 2027-01-01 on"),
        ("valid_from: 2024-01-01\n  markets: [JP]", "is for JP"),
    ],
)
def test_a_list_that_leaves_nothing_to_say_is_refused_with_the_reason(project, dates, reason):
    """The reason of each claim is given, in each language that it fails."""
    found = listed(project, "[twelve-kilos]", dates)
    refused = [
        message for code, severity, message in found if (code, severity) == ("no-claims-left", "error")
    ]
    assert refused
    assert all(reason in message for message in refused)


@pytest.mark.parametrize(
    ("dates", "code", "words"),
    [
        ("valid_from: 2024-01-01\n  valid_until: 2025-01-01", "claim-run-out", "2025-01-01"),
        ("valid_from: 2027-01-01", "claim-not-yet-valid", "2027-01-01"),
    ],
)
def test_one_claim_of_several_that_may_not_be_said_is_a_warning(project, dates, code, words):
    """With another claim left, nothing is refused; the date is given."""
    text = (project.root / "brand_data/claims.yaml").read_text(encoding="utf-8")
    ids = [line.removeprefix("- id: ") for line in text.splitlines() if line.startswith("- id: ")]
    found = listed(project, f"[{', '.join(ids)}]", dates)
    assert {(c, s) for c, s, _ in found} == {(code, "warning")}
    assert words in found[0][2]


def test_a_claim_that_ends_before_the_deadline_is_a_warning(project):
    """Texts that are ready on the last day must still be true."""
    project.change(CAMPAIGN, "tones: [plain]", "tones: [plain]\ndeadline: 2026-12-24")
    found = listed(project, "[twelve-kilos]", "valid_from: 2024-01-01\n  valid_until: 2026-12-01")
    assert [(code, severity) for code, severity, _ in found] == [("claim-ends-early", "warning")]
