"""Refusals of a figure that only a person can be sure of: its sentence hardly tells the fact that denies it, or tells
the very fact that gives it."""

from __future__ import annotations

from inedit.guard.evidence.index import Entry
from inedit.guard.evidence.statements import Statement
from inedit.guard.evidence.subjects import sentence_stems

SURELY_TOLD = 3
"""Words of content that a sentence shares with a fact when it surely tells it, whatever else it says."""

TOLD_WITH_ITS_NUMBER = 2
"""The same beside the fact's own number."""


def is_in_doubt(said: Statement, outcome: str, entry: Entry | None) -> bool:
    """Whether a figure that is refused may be right, or said of something else.

    One that a fact denies (``contradicted``) is in doubt where its sentence shares one or two words with that fact and
    both have others; one that has the number of a fact but not its sense (``misattributed``), where its sentence
    shares two.
    """
    if entry is None:
        return False
    sentence = sentence_stems(said)
    shared = entry.stems & sentence
    if outcome == "contradicted":
        return 0 < len(shared) < SURELY_TOLD and shared not in (sentence, entry.stems)
    return outcome == "misattributed" and len(shared) >= TOLD_WITH_ITS_NUMBER
