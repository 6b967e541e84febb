"""Figures that only paint a scene although they measure or share out something: half the valley, three kilometres of
queue."""

from __future__ import annotations

from inedit.guard.evidence.index import Evidence
from inedit.guard.evidence.promise_words import promises
from inedit.guard.evidence.statements import WEEKDAY, Statement
from inedit.guard.evidence.subjects import TIMES, is_ours, sentence_stems
from inedit.guard.nlp.grammar import Clause, grammar, is_content, root
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.proofreading.tokens import is_noun
from inedit.guard.nlp.quantity import COUNT, Quantity
from inedit.guard.nlp.text import fold
from inedit.guard.nlp.word_lists import word_pattern

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


_A_MOMENT = {"seconds": 60, "minutes": 15}
"""How long a gesture of a scene takes at most, by measure."""


def is_a_moment(said: Statement, known: Evidence) -> bool:
    """“One drop of oil, ten seconds, and Sunday's squeak is gone”: a short time that stands for itself between the
    gesture and what comes of it, in a sentence that is about no product of ours and no other length that a fact gives.
    """
    quantity, own = said.quantity, grammar(known.language)
    if not 0 < quantity.value <= _A_MOMENT.get(quantity.dimension, 0) or quantity.bound:
        return False
    if quantity.approximate not in ("", "about") or said.clause.stems - said.own:
        return False
    later = [
        c for c in said.around if c.span.start > said.clause.span.start and c.sentence == said.clause.sentence
    ]
    before = [
        c for c in said.around if c.span.start < said.clause.span.start and c.sentence == said.clause.sentence
    ]
    joined = any(c.words[0].text.lower() in own.joiners for c in later)
    if not joined or not before or any(is_ours(c, known, known.language) for c in said.around):
        return False
    if any(
        n.role == "bare" and n.stem in known.heads | known.products.keys()
        for c in said.around
        for n in c.nouns
    ):
        return False
    told = sentence_stems(said) - known.brand
    return not promises(fold(quantity.sentence), known.language) and not any(
        e.quantity.dimension in (*TIMES, *_A_MOMENT) and not e.stems.isdisjoint(told) for e in known.entries
    )


def is_a_likeness(said: Statement, known: Evidence) -> bool:
    """« Il pèse comme un enfant de quatre ans », “as much as a four-year-old child”: somebody's age in a comparison."""
    quantity, own = said.quantity, grammar(known.language)
    if (
        quantity.dimension != "months"
        or quantity.approximate
        or quantity.bound
        or not _is_alike(said.clause, quantity, own.alike)
    ):
        return False
    before = " ".join(w.folded for w in said.clause.words if w.end <= quantity.span.start)
    after = [w.folded for w in said.clause.words if w.start >= quantity.span.end][:2]
    return word_pattern(known.language, "aged").search(before) is not None or any(
        w in own.guests for w in after
    )


def _is_alike(clause: Clause, quantity: Quantity, alike: frozenset[str]) -> bool:
    return any(w.folded in alike for w in clause.words if w.end <= quantity.span.start)


def is_now(said: Statement, language: str) -> bool:
    """«Son las 9:05 de un lunes»: the day of the hour that a scene begins with."""
    scenery, spans = grammar(language).scenery, [c.span for c in (said.clause, *said.around)]
    if said.quantity.dimension != WEEKDAY or scenery is None:
        return False
    start, at = min(s.start for s in spans), said.quantity.span.start
    hours = any(q.dimension == "time" and start <= q.span.start < at for q in said.figures)
    before = " ".join(w.folded for w in said.text if start <= w.start < at)
    return hours and scenery.search(before) is not None


def is_a_label(said: Statement, known: Evidence) -> bool:
    """“Bar 212”, « Chambre 212 », “table nine”: the number behind a noun that opens its clause names one of them, and
    counts nothing; of a thing of the brand's it may tell something."""
    quantity = said.quantity
    if quantity.dimension != COUNT or quantity.approximate or quantity.bound or quantity.number % 1:
        return False
    before = [w for w in said.clause.words if w.end <= quantity.span.start]
    if not 0 < len(before) <= _LABEL or quantity.span.start - before[-1].end != 1:
        return False
    word, own = before[-1], grammar(known.language)
    small = own.determiners | own.prepositions
    led = len(before) == 1 or before[0].folded in own.determiners  # “on average 12” is none
    if not led or word.folded in small or not is_noun(word.text, primary(known.language)):
        return False
    stem = root(word.text, known.language)
    return stem not in known.things | known.brand and not is_ours(said.clause, known, known.language)


_LABEL = 2
"""Words before the number of a thing: an article and its noun."""


def is_before_the_thing(said: Statement, known: Evidence) -> bool:
    """“It rained for nine days, so the children built a fort from every sheet”: how long something took, in a clause of
    a verb alone that stands before the one that first names a thing of ours."""
    quantity, clause = said.quantity, said.clause
    if quantity.dimension not in TIMES or quantity.approximate in ("over", "under") or quantity.bound:
        return False
    own, whole = clause.stems - said.own, sentence_stems(said)
    nouns = {
        n.stem for n in clause.nouns if n.word.start >= quantity.span.end or n.word.end <= quantity.span.start
    }
    if not own or nouns or is_ours(clause, known, known.language):
        return False
    if any(len(e.stems & whole) >= _RETOLD for e in known.entries if e.quantity.dimension in TIMES):
        return False
    before = [c for c in (*said.around, *said.earlier) if c.span.start < clause.span.start]
    if any(n.stem in known.things for c in before for n in c.nouns):
        return False
    return not promises(" ".join(w.folded for w in clause.words), known.language)
