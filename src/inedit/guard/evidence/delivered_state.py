"""Things that are delivered in the state in which a fact says that they come, by whatever verb."""

from __future__ import annotations

from inedit.guard.evidence.arrivals import comes_as_told
from inedit.guard.evidence.commitments import Commitment
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import Evidence, fact_stems
from inedit.guard.evidence.promised_objects import objects
from inedit.guard.nlp.grammar import root
from inedit.guard.nlp.word_lists import roots


def comes_in_its_state(fact: Fact, promised: Commitment, known: Evidence, language: str) -> bool:
    """„Das Rad wird montiert geliefert“ of one that „kommt montiert“: the thing and its state are the fact's, and the
    clause says nothing else."""
    inside = {
        root(w.text, language)
        for w in promised.clause.words
        if any(s.start <= w.start < s.end for s in promised.promised)
    }
    small = inside | roots(language, "still") | roots(language, "carries")
    said, told = promised.clause.stems - small, fact_stems(fact)
    things = {n.stem for n in objects(promised, known, language) if n.stem in known.heads}
    if not things:  # „Montiert geliefert, wartet das Rad …“
        things = {
            n.stem for c in promised.around for n in c.nouns if n.stem in known.heads and n.role == "bare"
        }
    return bool(things) and things <= told and bool(said - things) and said <= told and comes_as_told(fact)
