"""Figures that only paint a scene although they measure or share out something: half the valley, three kilometres of
queue."""

from __future__ import annotations

from inedit.guard.evidence.index import Evidence
from inedit.guard.evidence.statements import Statement
from inedit.guard.evidence.subjects import is_ours, sentence_stems
from inedit.guard.nlp.grammar import grammar, is_content, root
from inedit.guard.nlp.quantity import Quantity

_HALF = 50
_RETOLD = 2
"""Words that a fact has in common with a sentence that may retell it."""
_A_WAY = 1_000_000
"""Millimetres in a kilometre: what is shorter may be the size of a thing."""


def is_half_of_a_scene(said: Statement, known: Evidence) -> bool:
    """« La moitié des poches repartent avec un grain de sel », “half the valley has a roof that leaks”: half, in a
    word, of what is none of the brand's things, nor people, nor goods.

    It opens its clause. A share in figures, or a half that is told as more or less than one, asserts something of
    whatever it is of.
    """
    quantity, own = said.quantity, grammar(known.language)
    if quantity.dimension != "percent" or quantity.value != _HALF or quantity.number or quantity.part:
        return False
    if not said.counted or quantity.approximate or is_ours(said.clause, known, known.language):
        return False
    if any(is_content(w, known.language) for w in said.clause.words if w.end <= quantity.span.start):
        return False  # « reduce a la mitad sus emisiones »
    amounts = {root(word, known.language) for word in own.measure_nouns}
    if any(root(word.text, known.language) in amounts for word in said.clause.words):
        return False  # « à moitié prix », “prices cut in two”
    told = sentence_stems(said) - {said.counted} - known.brand
    if any(
        len(entry.stems & told) >= (1 if entry.quantity.dimension == "percent" else _RETOLD)
        for entry in known.entries
    ):
        return False  # it may be a fact's own share, told as half
    shared_out = {e.statement.counted for e in (*known.entries, *known.withheld)}
    return said.counted not in known.heads | shared_out | own.people | own.guests | own.goods


def is_a_way(quantity: Quantity) -> bool:
    """“Two miles from the ferry”, « trois kilomètres de bouchon »: how far off, as a scene tells it."""
    return quantity.dimension == "mm" and quantity.value >= _A_WAY
