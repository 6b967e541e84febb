"""What a fact holds against each other: two or more things by one measure, in figures or by « plus … que ». Pure."""

from __future__ import annotations

from functools import lru_cache

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.relations.contrast import Contrast
from inedit.guard.evidence.relations.contrasts_in_figures import contrasts_in_figures
from inedit.guard.evidence.relations.contrasts_in_words import contrasts_in_words
from inedit.guard.nlp.turning import turning


@lru_cache(maxsize=4096)
def contrasts(fact: Fact) -> tuple[Contrast, ...]:
    """What a fact compares, in its own language."""
    if turning(fact.language) is None:
        return ()
    return (*contrasts_in_figures(fact), *contrasts_in_words(fact))
