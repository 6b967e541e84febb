"""What honest lines come from, and what shows it: ``tests/golden/receipts.<language>.txt``."""

from __future__ import annotations

import pytest

from conftest import ROOT
from fakes.brand import LANGUAGES, draft, tiny_context, tiny_spec
from inedit.guard.evidence.receipts import find_receipts

GOLDEN = ROOT / "tests" / "golden"


def receipts(language: str) -> list[str]:
    """The receipts of each line that passes the checks of figures, promises and insights."""
    listed = []
    for check in ("figures", "promises", "insights"):
        for line in (GOLDEN / f"{check}.{language}.txt").read_text(encoding="utf-8").splitlines():
            if line.startswith("+ "):
                spec = tiny_spec(language, insight_ids=("odette", "window"))
                piece = draft({"subject": "Orval", "body": line[2:]}, spec)
                found = find_receipts(piece, tiny_context(language))
                shown = [f"{r.source_id} by {r.how} « {r.span.of(piece.text)} »" for r in found]
                listed.append(f"{line[2:]} | {', '.join(shown)}".replace("\n", " "))
    return listed


@pytest.mark.parametrize("language", LANGUAGES)
def test_honest_lines_leave_the_receipts_that_they_did(language: str) -> None:
    """Which fact each passage comes from, and how that was seen; a new line of a list need not be there at once."""
    held = (GOLDEN / f"receipts.{language}.txt").read_text(encoding="utf-8").splitlines()
    now = set(receipts(language))
    assert [line for line in held if line not in now] == []


if __name__ == "__main__":
    # after a change that is meant, PYTHONPATH=src:tests python THIS_FILE writes them anew
    for tag in LANGUAGES:
        (GOLDEN / f"receipts.{tag}.txt").write_text("\n".join(receipts(tag)) + "\n", encoding="utf-8")
