"""What a text promises (free, guaranteed, delivered, refunded …), of what, and which fact promises it too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, takewhile

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import Evidence, fact_stems, in_fact
from inedit.guard.evidence.promise_words import promises
from inedit.guard.nlp.grammar import Clause, Noun, clauses, grammar, is_content, root
from inedit.guard.nlp.measures import ordinal_value
from inedit.guard.nlp.text import fold, words
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

    ``together`` are the binding kinds of its clause, ``promised`` the places of the promises in it.
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
        yield Commitment(
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


def _is_presupposed(clause: Clause, span: Span, language: str) -> bool:
    """« vor der Rückgabe »: a time that the promise is told by, not the promise."""
    before = [word.folded for word in clause.words if word.end <= span.start][-2:]
    return not grammar(language).presupposing.isdisjoint(before)


def is_by_another(promised: Commitment, known: Evidence, language: str) -> bool:
    """Whether somebody else gives what a verb seems to promise: « la voisine te devuelve la fuente », « il livre toute
    la chaîne au vent »."""
    own, clause = grammar(language), promised.clause
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


def _keys(kind: str, written: str, language: str) -> frozenset[str]:
    """What two promises of a kind must share: of some, a word; of others nothing but the kind."""
    if kind not in _BY_WORDS:
        return frozenset({kind})
    function_words = grammar(language).determiners | grammar(language).prepositions | {"mano", "hand", "main"}
    said = [w.folded.removeprefix("hand") for w in words(written) if w.folded not in function_words]
    keys = frozenset(root(word, language) for word in said if len(word) >= _SHORTEST_KEY)
    return keys or frozenset({fold(written)})


def bears_out(fact: Fact, promised: Commitment, known: Evidence, language: str) -> bool:
    """Whether a fact makes the same promise of the same thing, under no condition that the text drops."""
    if promised.kind == "speed" and _is_retold(fact, promised):
        return True
    made = [
        c
        for c in commitments(fact.text, fact.language)
        if c.kind == promised.kind and _share_key(c, promised)
    ]
    kinds = {c.kind for c in commitments(fact.text, fact.language)}
    if not made or not promised.together <= kinds:
        return False
    if promised.unconditional and any(e.fact == fact for e in known.entries):
        return False
    if promised.presupposed:
        return True
    return any(_same_object(mine, promised, known, language) for mine in made)


def _share_key(mine: Commitment, promised: Commitment) -> bool:
    """The same word; of certificates a word of its family (« certifié », « certificat »)."""
    akin = promised.kind == "label" and any(_are_akin(a, b) for a in mine.keys for b in promised.keys)
    return akin or not mine.keys.isdisjoint(promised.keys)


def _is_retold(fact: Fact, promised: Commitment) -> bool:
    """« Sur 100 devis partis le jour même de la visite, 58 sont signés »: half the fact stands around it."""
    said = promised.clause.stems.union(*(c.stems for c in promised.around))
    told = fact_stems(fact)
    return len(told) >= 3 and 2 * len(told & said) >= len(told)


def _same_object(mine: Commitment, promised: Commitment, known: Evidence, language: str) -> bool:
    """Whether what is promised is what the fact promises it of; a promise of nothing named is taken for the fact's."""
    if promised.kind not in BINDING | {"handmade"}:
        return True
    beside = _beside(promised)
    if (
        beside
        and in_fact(beside.stem, mine.clause.stems, known)
        and not _widens((beside,), promised, mine, language)
    ):
        return True
    about = objects(promised, known, language)
    theirs = (
        mine.clause.stems if any(_is_object(n, mine, language) for n in mine.clause.nouns) else _whole(mine)
    )
    named = [noun for noun in about if in_fact(noun.stem, theirs, known)]
    if about and not named:
        return beside is not None and _same_work(beside, promised, mine, known, language)
    if _widens(named, promised, mine, language):
        return False
    said = {
        n.stem for n in promised.clause.nouns if n.stem in known.heads and _is_object(n, promised, language)
    }
    extra = {s for s in said if not in_fact(s, _whole(mine), known)}
    context = promised.clause.stems.union(*(c.stems for c in promised.around))
    missing = {n.stem for n in mine.clause.nouns if n.role != "oblique" and n.stem in known.heads} - {"achat"}
    return not (extra and any(not in_fact(s, context, known) for s in missing))


def _same_work(beside: Noun, promised: Commitment, mine: Commitment, known: Evidence, language: str) -> bool:
    """« monogramme brodé offert » of « broderie offerte »: the free thing is the work, in another word of its family;
    not « drap brodé offert », whose noun is a thing that we sell."""
    if promised.kind == "lifetime":
        before = _work_stems(promised, language)
        return any(_are_akin(one, other) for one in _work_stems(mine, language) for other in before)
    if promised.kind != "free" or (_has_ordinal(mine, language) and not _has_ordinal(promised, language)):
        return False
    if beside.stem in known.products and beside.role == "bare" and beside in promised.clause.nouns:
        return False
    work = {n.stem for n in mine.clause.nouns if n.role == "bare" and _is_object(n, mine, language)}
    work -= known.products.keys()
    near = promised.around if not promised.clause.nouns else ()  # « llevan bordadas, sin pagar más, las … »
    said = {
        root(w.text, language)
        for w in (*promised.clause.words, *(word for clause in near for word in clause.words))
        if is_content(w, language) and not any(s.start <= w.start < s.end for s in promised.promised)
    }
    return any(_are_akin(one, other) for one in work | _work_stems(mine, language) for other in said)


def _work_stems(mine: Commitment, language: str) -> frozenset[str]:
    """The stems of the words right before a promise: « dos iniciales bordadas gratis », of « for life » the last."""
    before = [w for w in mine.clause.words if w.end <= mine.span.start]
    run = takewhile(lambda word: is_content(word, language), reversed(before))
    most = 1 if mine.kind == "lifetime" else None
    return frozenset(root(word.text, language) for word in islice(run, most))


_SHORTEST_FAMILY = 4  # letters that two words of a family begin with
_LONGEST_ENDING = 4  # letters that may follow them


def _are_akin(one: str, other: str) -> bool:
    """Whether two stems are of one family: « brod » and « broder », « stick » and « gestickt »."""
    for first, second in ((one, other), (one, other.removeprefix("ge")), (one.removeprefix("ge"), other)):
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))
        if same >= _SHORTEST_FAMILY and max(len(first), len(second)) - same <= _LONGEST_ENDING:
            return True
    return False


def _beside(promised: Commitment) -> Noun | None:
    """The noun that stands next to the promise: in its clause, else the last one before it in the sentence (« vos deux
    initiales, brodées sans supplément »)."""

    def apart(noun: Noun) -> int:
        return max(promised.span.start - noun.word.end, noun.word.start - promised.span.end)

    outside = [noun for noun in promised.clause.nouns if apart(noun) >= 0]
    if outside:
        return min(outside, key=apart)
    before = [c for c in promised.around if c.span.end <= promised.clause.span.start and c.nouns]
    return max(before, key=lambda c: c.span.end).nouns[-1] if before else None


def _whole(mine: Commitment) -> frozenset[str]:
    return mine.clause.stems.union(*(c.stems for c in mine.around))


def objects(promised: Commitment, known: Evidence, language: str) -> tuple[Noun, ...]:
    """The nouns that a promise may be about: those of its clause; of an elliptic clause, the brand's things around; of
    a pronoun, or after a few words (« Le casque ? Offert. »), those of the sentence before."""
    own = tuple(
        noun
        for noun in promised.clause.nouns
        if _is_object(noun, promised, language) and not _may_be_verb(noun, promised, known)
    )
    bare = tuple(noun for noun in own if noun.role == "bare")
    if bare or own:
        return bare or tuple(noun for noun in own if noun.stem in known.heads)
    near = _heads(promised.around, known)
    last = tuple(c for c in promised.earlier if c.sentence == promised.clause.sentence - 1)
    short = sum(len(clause.words) for clause in last) <= SHORT
    if near or not (short or promised.clause.has(grammar(language).others)):
        return near
    return _heads(last, known)


def _heads(listed: Sequence[Clause], known: Evidence) -> tuple[Noun, ...]:
    return tuple(n for clause in listed for n in clause.nouns if n.stem in known.heads and n.role == "bare")


def _is_object(noun: Noun, promised: Commitment, language: str) -> bool:
    """Whether a noun may be what is promised: neither a word of a promise nor the reader's."""
    inside = any(span.start <= noun.word.start < span.end for span in promised.promised)
    return not inside and noun.determiner not in grammar(language).you


def _may_be_verb(noun: Noun, promised: Commitment, known: Evidence) -> bool:
    """« Gardez-le »: a clause's first word without determiner is a thing only beside the promise."""
    opens = noun.determiner == "" and noun.word.start == promised.clause.words[0].start
    beside = any(0 <= span.start - noun.word.end <= 1 for span in promised.promised)
    return opens and not beside and noun.stem not in known.things


def _widens(named: Sequence[Noun], promised: Commitment, mine: Commitment, language: str) -> bool:
    """« Jede Reparatur » where the fact has « die erste Reparatur »: the text promises it of all."""
    listed, universal = promised.clause.words, grammar(language).universal
    every = any(
        w.folded in universal
        for noun in named
        for w in [w for w in listed if w.start < noun.word.start][-2:]  # « todos los arreglos »
    )
    return every and _has_ordinal(mine, language) and not _has_ordinal(promised, language)


def _has_ordinal(said: Commitment, language: str) -> bool:
    first = grammar(language).first
    return any(w.folded in first or ordinal_value(w.folded, language) for w in said.clause.words)


def nearest_promise(promised: Commitment, facts: Sequence[Fact]) -> Fact | None:
    """The fact that makes the most similar promise: of the same kind, with the most words in common."""
    same = [f for f in facts if any(c.kind == promised.kind for c in commitments(f.text, f.language))]
    context = promised.clause.stems.union(*(c.stems for c in promised.around))
    return max(same, key=lambda fact: (len(fact_stems(fact) & context), fact.id), default=None)
