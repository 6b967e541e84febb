"""Promises that a fact makes in other words than a text: what leaves the same day, costs less, is in a sum."""

from __future__ import annotations

from functools import lru_cache

from inedit.guard.evidence.commitments import Commitment, are_synonyms_of
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import Evidence, fact_stems, in_fact
from inedit.guard.evidence.promised_objects import objects, whole_stems
from inedit.guard.nlp.grammar import root
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import CURRENCIES
from inedit.guard.nlp.text import fold
from inedit.guard.nlp.word_lists import roots, word_pattern


def is_a_reduction(fact: Fact, promised: Commitment, known: Evidence, language: str) -> bool:
    """« Da 10 persone il gruppo paga il 20 % in meno » is a discount for groups, « 39 € au lieu de 58 € » one on
    what it names: the fact has a figure of the text's sentence, or, where that has none, what the text reduces."""
    if fact.kind not in ("claim", "offer") or not _reduces(fact):
        return False
    said = " ".join(w.text for c in (*promised.around, promised.clause) for w in c.words)
    numbers = {q.number for q in find_quantities(said, language)}
    if numbers:
        return any(e.fact == fact and e.quantity.number in numbers for e in known.entries)
    about = [n for n in objects(promised, known, language) if n in promised.clause.nouns]
    return any(in_fact(noun.stem, fact_stems(fact), known) for noun in about)


def is_in_a_sum(promised: Commitment, text: str, known: Evidence, language: str) -> bool:
    """« À deux, vélos compris, l'aller-retour revient à 84 € »: a thing that has a price of its own is included in an
    amount that is nobody's price, which the figures are held against; « la cabine à 58 €, vélo compris » gives it."""
    if promised.kind != "included":
        return False
    spans = [c.span for c in (*promised.around, promised.clause)]
    amounts = {
        q.value
        for q in find_quantities(text, language)
        if q.dimension in CURRENCIES and any(s.start <= q.span.start < s.end for s in spans)
    }
    prices = [e for e in known.entries if e.quantity.dimension in CURRENCIES]
    if not amounts or any(e.quantity.value in amounts for e in prices):
        return False
    named = {n.stem for n in promised.clause.nouns}
    return bool(named) and all(
        any(n.stem == stem and n.role == "bare" for e in prices for n in e.statement.clause.nouns)
        for stem in named
    )


@lru_cache(maxsize=4096)
def _reduces(fact: Fact) -> bool:
    return word_pattern(fact.language, "reduces").search(fold(fact.text)) is not None


def is_retold(fact: Fact, promised: Commitment) -> bool:
    """« Sur 100 devis partis le jour même de la visite, 58 sont signés »: half the fact stands around it, and the fact
    speaks of the same day or the next one too; « les colis partent le lundi » does not."""
    if not word_pattern(fact.language, "same_day").search(fold(fact.text)):
        return False
    inside = (w for w in promised.clause.words if promised.span.start <= w.start < promised.span.end)
    same = {root(word.text, fact.language) for word in inside}  # that it is the same day
    said = promised.clause.stems.union(*(c.stems for c in promised.around)) - same
    told = fact_stems(fact) - same
    return len(told) >= 3 and 2 * len(told & said) >= len(told)


def leaves_another(mine: Commitment, promised: Commitment, known: Evidence, language: str) -> bool:
    """« Toute commande part le jour même », of a quote that is sent the same day: what leaves is another thing of ours,
    or an order, and the fact speaks of none."""
    ordered = roots(language, "purchases") | roots(language, "parcels")
    theirs = whole_stems(mine)
    named = {noun.stem for clause in (mine.clause, *mine.around) for noun in clause.nouns}
    if any(stem in ordered or are_synonyms_of(stem, "parcels", language) for stem in named):
        return False
    spans = promised.promised
    about = {
        noun.stem
        for noun in promised.clause.nouns
        if noun.stem in known.heads
        and noun.role == "bare"
        and not any(s.start <= noun.word.start < s.end for s in spans)
    } | (promised.clause.stems & ordered)
    return bool(about) and not any(in_fact(stem, theirs, known) for stem in about)
