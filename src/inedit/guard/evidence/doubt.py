"""Refusals of a figure that only a person can be sure of: its sentence hardly tells the fact that denies it, or tells
the very fact that gives it."""

from __future__ import annotations

from inedit.guard.evidence.index import Entry, Evidence
from inedit.guard.evidence.statements import Statement
from inedit.guard.evidence.subjects import sentence_stems
from inedit.guard.nlp.arithmetic import same_measure

SURELY_TOLD = 3
"""Words of content that a sentence shares with a fact when it surely tells it, whatever else it says."""

TOLD_WITH_ITS_NUMBER = 2
"""The same beside the fact's own number."""


def is_in_doubt(said: Statement, outcome: str, entry: Entry | None, known: Evidence) -> bool:
    """Whether a figure that is refused may be right, or said of something else.

    One that a fact denies (``contradicted``) is in doubt where its sentence shares one or two words with that fact and
    both have others; one that has the number of a fact but not its sense (``misattributed``), where its sentence
    shares two and tells more of no other fact of that measure.
    """
    if entry is None:
        return False
    sentence = sentence_stems(said)
    shared = entry.stems & sentence
    if outcome == "contradicted":
        return 0 < len(shared) < SURELY_TOLD and shared not in (sentence, entry.stems)
    if outcome != "misattributed" or len(shared) < TOLD_WITH_ITS_NUMBER:
        return False
    return not any(
        len(other.stems & sentence) > len(shared) and same_measure(other.quantity, said.quantity)
        for other in known.entries
    )
