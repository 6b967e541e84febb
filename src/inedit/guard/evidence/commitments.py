"""What a text promises (free, guaranteed, delivered, refunded …), and what of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from inedit.guard.evidence.index import Evidence, are_synonyms, in_fact
from inedit.guard.evidence.promise_words import promises
from inedit.guard.nlp.grammar import Clause, clauses, grammar, root
from inedit.guard.nlp.measures import measures
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import CURRENCIES
from inedit.guard.nlp.text import fold, words
from inedit.guard.nlp.word_lists import beginnings, roots, word_list, word_pattern
from inedit.model import Span

BINDING = frozenset(
    {
        "free",
        "guarantee",
        "lifetime",
        "refund",
        "delivery",
        "returns",
        "discount",
        "worldwide",
        "replacement",
        "included",
    }
)
"""Promises that oblige the brand about a thing: side by side in a clause, one fact must make them all."""

_BY_WORDS = frozenset({"label", "origin", "purity", "environment", "health", "handmade", "renown", "partner"})
"""Kinds of which the words must be the fact's as well: a certificate its name, work by hand the work."""

_SHORTEST_KEY = 3

SHORT = 4
"""Words up to which a sentence only names what the next one is about."""


@dataclass(frozen=True, slots=True)
class Commitment:
    """One promise of a text: its kind, where it stands, the words that a fact must share, and its clause among others.

    ``together`` are the binding kinds of its clause, ``promised`` the places of the promises in it; ``likewise`` is a
    promise that another clause makes of something else too (« et notre beurre l'est aussi »).
    """

    kind: str
    span: Span
    keys: frozenset[str]
    clause: Clause
    around: tuple[Clause, ...]
    earlier: tuple[Clause, ...]
    together: frozenset[str]
    promised: tuple[Span, ...]
    unconditional: bool
    presupposed: bool
    likewise: bool = False


@lru_cache(maxsize=2048)
def commitments(text: str, language: str) -> tuple[Commitment, ...]:
    """Every promise of a text, in order."""
    found = promises(text, language)
    return tuple(_bound(text, language, found)) if found else ()


def _bound(text: str, language: str, found: Sequence[tuple[str, Span]]) -> Iterator[Commitment]:
    listed = clauses(text, language)
    everywhere = grammar(language).unconditional
    for kind, span in found:
        clause = next((c for c in listed if c.span.start <= span.start < c.span.end), None)
        if clause is None:
            continue
        inside = [(k, s) for k, s in found if clause.span.start <= s.start < clause.span.end]
        same = [c for c in listed if c.sentence == clause.sentence]
        end = same[-1].span.end
        if text[end : end + 2].strip(" \u00a0\u202f").startswith("?"):  # “Returns? Whenever you like.”
            end = next((c.span.end for c in listed if c.sentence == clause.sentence + 1), end)
        sentence = fold(text[same[0].span.start : end])
        made = Commitment(
            kind,
            span,
            _keys(kind, span.of(text), language),
            clause,
            tuple(c for c in same if c is not clause),
            tuple(c for c in reversed(listed) if clause.sentence - 2 <= c.sentence < clause.sentence),
            frozenset(k for k, _ in inside) & BINDING,
            tuple(s for _, s in inside),
            unconditional=bool(everywhere and everywhere.search(sentence)),
            presupposed=_is_presupposed(clause, span, language),
        )
        yield made
        after = next((c for c in listed if c.span.start >= clause.span.end), None)
        if kind in BINDING | _BY_WORDS and after and _is_likewise(after, clause, found, language):
            yield replace(made, span=after.span, clause=after, around=(), likewise=True)


_FEWEST, _MOST = 2, 9
"""Words of a clause that says no more than that something is so of another thing as well."""


def _is_likewise(clause: Clause, before: Clause, found: Sequence[tuple[str, Span]], language: str) -> bool:
    """« et notre beurre l'est aussi », “so is our butter”: a thing, and no word of content but it."""
    own = grammar(language)
    if clause.sentence > before.sentence + 1 or not _FEWEST <= len(clause.words) <= _MOST:
        return False
    if not clause.has(own.likewise) or clause.has(own.negations):
        return False
    if any(clause.span.start <= span.start < clause.span.end for _, span in found):
        return False
    bare = {noun.stem for noun in clause.nouns if noun.role == "bare" and noun.determiner not in own.you}
    return bool(bare) and clause.stems <= {noun.stem for noun in clause.nouns}


def _is_presupposed(clause: Clause, span: Span, language: str) -> bool:
    """« vor der Rückgabe »: a time that the promise is told by, not the promise."""
    before = [word.folded for word in clause.words if word.end <= span.start][-2:]
    return not grammar(language).presupposing.isdisjoint(before)


def is_by_another(promised: Commitment, known: Evidence, language: str) -> bool:
    """Whether somebody else gives what a verb seems to promise: « la voisine te devuelve la fuente », « il livre toute
    la chaîne au vent »."""
    own, clause = grammar(language), promised.clause
    if _is_another_who_pays(promised, known, language):
        return True
    verb = " ".join(w.folded for w in clause.words if promised.span.start <= w.start < promised.span.end)
    participle = any(
        not w.text.isascii() for w in clause.words if w.start == promised.span.start
    )  # « livré »
    if own.giving is None or participle or not own.giving.fullmatch(verb):
        return False
    if clause.has(own.we) or not known.brand.isdisjoint(clause.stems):
        return False
    bare = [noun for noun in clause.nouns if noun.role == "bare"]
    givers = [noun for noun in bare if noun.word.end <= promised.span.start]
    to_reader = promised.kind == "delivery" and clause.has(own.you)
    if givers:
        return not to_reader and not any(in_fact(n.stem, known.heads, known) for n in givers)
    someone = any(w.folded in own.others for w in clause.words if w.end <= promised.span.start)
    return someone and bool(bare) and not clause.has(own.you) and not any(n.stem in known.heads for n in bare)


def _is_another_who_pays(promised: Commitment, known: Evidence, language: str) -> bool:
    """« Mi vecino no paga nada por el concierto »: somebody of the teller's, who is nothing of ours."""
    own, clause, pays = grammar(language), promised.clause, word_pattern(language, "pays_for")
    at = next((i for i, w in enumerate(clause.words) if pays.fullmatch(w.folded)), 0)
    if promised.kind != "free" or clause.words[at - 1].folded in word_list(language, "reflexive"):
        return False
    payers = [n for n in clause.nouns if n.role == "bare" and n.word.end <= clause.words[at].start]
    return bool(payers) and all(
        n.determiner in own.others and not in_fact(n.stem, known.heads, known) for n in payers
    )


_TOLD = frozenset({"delivery", "returns", "replacement", "refund", "speed"})


def _is_of_the_past(promised: Commitment, known: Evidence, language: str) -> bool:
    """« 212 Rechnungen, keine hatte er je verschickt »: what somebody else had, or had not, sent before. Whoever had a
    tear and is refunded has a promise: only the participle of that auxiliary tells of what was."""
    own, clause = grammar(language), promised.clause
    near = (clause, *promised.around)
    if promised.kind not in _TOLD or any(c.has(own.we | own.you) for c in near):
        return False
    before = [w for w in clause.words if w.end <= promised.span.start]
    at = max((i for i, w in enumerate(before) if w.folded in word_list(language, "had")), default=None)
    sent = [w.text.lower() for w in clause.words if w.start == promised.span.start]
    if at is None or not sent or not word_pattern(language, "participle").match(sent[0]):
        return False
    between = {w.folded for w in before[at + 1 :]}
    somebody = word_list(language, "somebody")
    small = own.negations | own.denials | own.others | own.object_pronouns | somebody
    if not between <= small | word_list(language, "between_auxiliary"):
        return False
    group = {w.folded for w in before[max(at - 2, 0) :]}
    denied = not group.isdisjoint(own.negations | own.denials)
    if not denied and any(known.brand & c.stems for c in near):
        return False
    if not group.isdisjoint(somebody):  # « Orval est née en 1921. Elle avait livré … » speaks of the brand
        return denied or not any(known.brand & c.stems for c in promised.earlier)
    givers = [n for n in clause.nouns if n.word.end <= promised.span.start]
    return denied and not any(in_fact(n.stem, known.heads, known) for n in givers)


def is_no_offer(promised: Commitment, known: Evidence, language: str) -> bool:
    """« Il pavimento è compreso nell'affitto », “it ate the corner, hem included”: what goes with a thing that is not
    sold; or what somebody else had done before."""
    if _is_of_the_past(promised, known, language):
        return True
    own, clause = grammar(language), promised.clause
    inside = [w for w in clause.words if promised.span.start <= w.start < promised.span.end]
    if _is_a_day_too(promised, language) or _is_another_who_leaves(promised, known, language):
        return True
    if promised.kind != "included" or not any(
        w.folded.startswith(beginnings(language, "included")) for w in inside
    ):
        return False
    near = (clause, *promised.around)
    said = " ".join(w.folded for c in near for w in c.words)
    if any(c.has(own.we | own.you) or known.brand & c.stems for c in near) or word_pattern(
        language, "of_a_sale"
    ).search(said):
        return False
    if any(q.dimension in CURRENCIES for q in find_quantities(said, language)):
        return False
    after = [w.folded for w in clause.words if w.start >= promised.span.end][:1]
    within = not own.prepositions.isdisjoint((*after, *(w.folded for w in inside[-1:])))
    aside = len(clause.words) == len(inside) and bool(promised.around)
    return (within or aside) and not any(n.stem in known.heads for n in clause.nouns)


def _is_a_day_too(promised: Commitment, language: str) -> bool:
    """« Dimanches compris », “weekends included”, beside what is done: when something is so, and no thing goes with
    it. A clause that names anything else, or stands alone, gives something."""
    if promised.kind != "included" or not promised.around:
        return False
    own = frozenset(root(day, language) for day in (*measures(language).weekdays, *grammar(language).feasts))
    days = own | roots(language, "days_off")
    included = beginnings(language, "included")
    told = [root(w.text, language) for w in promised.clause.words if not w.folded.startswith(included)]
    return bool(told) and days.issuperset(told)


def _is_another_who_leaves(promised: Commitment, known: Evidence, language: str) -> bool:
    """« Il treno dei suoi genitori parte lo stesso giorno »: a vehicle, or whoever comes, is not ours nor sent."""
    own, clause = grammar(language), promised.clause
    if promised.kind != "speed" or clause.has(own.we | own.you) or known.brand & clause.stems:
        return False
    said = " ".join(w.folded for c in (*promised.around, clause) for w in c.words)
    leaves = " ".join(w.folded for w in clause.words if promised.span.start <= w.start < promised.span.end)
    sent = word_pattern(language, "sending").search(said)
    if sent or not word_pattern(language, "leaving").search(leaves):
        return False
    if not clause.stems.isdisjoint(known.things | known.products.keys() | roots(language, "purchases")):
        return False
    if word_pattern(language, "arriving").search(said):
        return True
    acts = [noun for noun in clause.nouns if noun.word.start <= promised.span.start][:1]
    vehicles = roots(language, "vehicles")
    return any(noun.role == "bare" and root(noun.word.text, language) in vehicles for noun in acts)


def are_synonyms_of(stem: str, name: str, language: str) -> bool:
    """Whether a stem names the same service as a word of a list (« colis » and « livraison »)."""
    return any(are_synonyms(stem, other, language) for other in roots(language, name))


def _keys(kind: str, written: str, language: str) -> frozenset[str]:
    """What two promises of a kind must share: of some, a word; of others nothing but the kind."""
    if kind not in _BY_WORDS:
        return frozenset({kind})
    function_words = (
        grammar(language).determiners | grammar(language).prepositions | word_list(language, "by_hand")
    )
    said = [w.folded.removeprefix("hand") for w in words(written) if w.folded not in function_words]
    keys = frozenset(root(word, language) for word in said if len(word) >= _SHORTEST_KEY)
    return keys or frozenset({fold(written)})
