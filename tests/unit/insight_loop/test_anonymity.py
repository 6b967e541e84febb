"""Five people before a statement may become an insight; their words only with consent."""

from __future__ import annotations

from datetime import UTC, datetime

from inedit.insight_loop.anonymity import anonymity_of
from inedit.insight_loop.verbatims import Verbatim


def said(author: int, consent: bool = False) -> Verbatim:
    return Verbatim(
        f"m{author}", "club", f"a{author}", datetime(2026, 11, 1, tzinfo=UTC), "fr", "…", consent=consent
    )


def test_people_count_and_not_messages() -> None:
    four = anonymity_of([said(1), said(1), said(2), said(3), said(4)])
    assert (four.people, four.enough, four.paraphrase_only) == (4, False, True)
    assert four.sentence().startswith("4 of 5 people: too few")
    five = anonymity_of([*map(said, range(4)), said(9, consent=True)])
    assert (five.enough, five.paraphrase_only, five.quotable) == (True, False, ("m9",))
    assert anonymity_of([said(1), said(2)], least=2).enough
