"""Which fact makes the promise that a text makes: the same promise, of the same thing, under no dropped condition."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, takewhile

from inedit.guard.evidence.commitments import BINDING, Commitment, commitments
from inedit.guard.evidence.delivered_state import comes_in_its_state
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import Evidence, are_synonyms, fact_stems, in_fact
from inedit.guard.evidence.other_words import is_a_reduction, is_retold, leaves_another
from inedit.guard.evidence.promised_objects import (
    _has_ordinal,
    is_object,
    may_be_verb,
    noun_beside,
    objects,
    stems_beside,
    whole_stems,
    widens,
)
from inedit.guard.nlp.grammar import Clause, Noun, grammar, is_content, root
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.word_lists import roots, word_list


def bears_out(fact: Fact, promised: Commitment, known: Evidence, language: str) -> bool:
    """Whether a fact makes the same promise of the same thing, under no condition that the text drops."""
    if promised.kind == "speed" and is_retold(fact, promised):
        return True
    made = [
        c
        for c in commitments(fact.text, fact.language)
        if c.kind == promised.kind and _share_key(c, promised, language)
    ]
    kinds = {c.kind for c in commitments(fact.text, fact.language)}
    if not made and promised.kind == "discount":
        return is_a_reduction(fact, promised, known, language)
    if not made and promised.kind == "delivery" and comes_in_its_state(fact, promised, known, language):
        return promised.together <= kinds | {"delivery"}
    if not made or not promised.together <= kinds:
        return False
    if promised.unconditional and any(e.fact == fact for e in known.entries):
        return False
    return promised.presupposed or any(_same_object(mine, promised, known, language) for mine in made)


def _share_key(mine: Commitment, promised: Commitment, language: str) -> bool:
    """The same word; of certificates a word of its family (« certifié », « certificat »)."""
    if promised.kind == "handmade":  # « brodées à la main » of « se brodent à la main »
        akin = any(one == other or are_akin(one, other) for one in mine.keys for other in promised.keys)
        return akin or promised.keys <= roots(language, "any_work")
    akin = promised.kind == "label" and any(
        are_akin(a, b) or (len(a) >= _LONG_BEGINNING and a[:_LONG_BEGINNING] == b[:_LONG_BEGINNING])
        for a in mine.keys
        for b in promised.keys
    )
    return akin or not mine.keys.isdisjoint(promised.keys)


def _same_object(mine: Commitment, promised: Commitment, known: Evidence, language: str) -> bool:
    """Whether what is promised is what the fact promises it of; a promise of nothing named is taken for the fact's."""
    if promised.likewise or promised.kind == "label":
        return _is_said_of(mine, promised, known, language)
    if promised.kind == "speed":
        return not leaves_another(mine, promised, known, language)
    if promised.kind not in BINDING | {"handmade"}:
        return True
    if promised.kind == "handmade" and promised.keys <= roots(language, "any_work"):
        return any(in_fact(n.stem, whole_stems(mine), known) for n in objects(promised, known, language))
    if promised.kind == "free" and _gives_another(promised, mine, known, language):
        return False
    return _same_named(mine, promised, known, language)


def _same_named(mine: Commitment, promised: Commitment, known: Evidence, language: str) -> bool:
    """Whether the nouns that a promise is made of are the fact's, as far as it names any."""
    beside = noun_beside(promised, language)
    if (
        beside
        and in_fact(beside.stem, mine.clause.stems, known)
        and not widens((beside,), promised, mine, language)
    ):
        return True
    about = objects(promised, known, language)
    inside = not about or any(noun in promised.clause.nouns for noun in about)
    theirs = (
        stems_beside(mine, language)
        if promised.kind != "replacement"
        and inside  # «Dos años de garantía, piezas y mano de obra»
        and _names_a_thing(mine, language)
        else whole_stems(mine)  # « mándanos una foto y te lo reponemos »
    )
    named = [noun for noun in about if in_fact(noun.stem, theirs, known)]
    if about and not named:
        return beside is not None and _same_work(beside, promised, mine, known, language)
    if widens(named, promised, mine, language):
        return False
    said = {
        n.stem for n in promised.clause.nouns if n.stem in known.heads and is_object(n, promised, language)
    }
    if not said:  # « Cinq arbres font un colis, et c'est pour nous »
        said = {n.stem for c in promised.around for n in c.nouns if n.stem in known.heads}
    extra = {s for s in said if not in_fact(s, whole_stems(mine), known)}
    context = promised.clause.stems.union(*(c.stems for c in promised.around))
    missing = {n.stem for n in mine.clause.nouns if n.role != "oblique" and n.stem in known.heads}
    missing -= roots(language, "purchases")
    return not (extra and any(not in_fact(s, context, known) for s in missing))


def _names_a_thing(mine: Commitment, language: str) -> bool:
    """Whether a fact's clause says what it promises something of; «antes de los 4 es gratis» names an age."""
    said = " ".join(w.text for w in mine.clause.words)
    counted = {
        root(word, language) for q in find_quantities(said, language) for word in q.span.of(said).split()
    }
    relative = grammar(language).relative
    return any(
        is_object(n, mine, language) and n.stem not in counted and n.word.folded not in relative
        for n in mine.clause.nouns
    )


def _is_said_of(mine: Commitment, promised: Commitment, known: Evidence, language: str) -> bool:
    """Whether a fact says of the same thing what a text says of one: « notre beurre est certifié, comme la tomme » is
    not what a fact says of the tomme. What is said of no thing of ours, or of everything, is the fact's."""
    own = grammar(language)
    end = next((w.start for w in promised.clause.words if w.folded in own.alike), promised.clause.span.end)
    hung = {noun.word for noun in promised.clause.nouns if noun.role == "oblique"}
    about = {
        root(word.text, language)
        for word in promised.clause.words
        if word.end <= (end if promised.likewise else min(end, promised.span.start))
        and word not in hung
        and is_content(word, language)
        and not any(s.start <= word.start < s.end for s in promised.promised)
    }
    if promised.likewise:
        return any(in_fact(stem, whole_stems(mine), known) for stem in about)
    about &= known.things
    theirs = whole_stems(mine) & known.things
    if not about or not theirs or mine.clause.has(own.universal):
        return True
    return any(in_fact(stem, whole_stems(mine), known) for stem in about)


_RUN = 3
"""Words of content after an article that may be the thing: « un petit couteau »."""


def _given(promised: Commitment, language: str) -> frozenset[str]:
    """The thing that a text brings up to give it away: “a packet of seeds, free”, « un petit couteau, offert ». The
    nearest noun of the promise's clause, else of the clause before it, where an indefinite article leads it."""
    own = grammar(language)

    def apart(noun: Noun) -> int:
        return max(promised.span.start - noun.word.end, noun.word.start - promised.span.end)

    inside, listed = promised.clause, [n for n in promised.clause.nouns if is_object(n, promised, language)]
    if not listed:
        before = [c for c in promised.around if c.span.end <= promised.clause.span.start]
        inside = max(before, key=lambda c: c.span.end, default=inside)
        listed = list(inside.nouns)
    nearest = min((n for n in listed if n.role == "bare"), key=apart, default=None)
    if (
        nearest is None
        or nearest.determiner not in own.indefinite
        or nearest.word.folded in word_list(language, "purchases")
        or nearest.stem in own.guests | own.people  # « un enfant de trois ans entre gratuitement »
    ):
        return frozenset()
    after = [w for w in inside.words if w.start >= nearest.word.start][:_RUN]
    return frozenset(root(w.text, language) for w in takewhile(lambda w: is_content(w, language), after))


def _gives_another(promised: Commitment, mine: Commitment, known: Evidence, language: str) -> bool:
    """Whether what a text gives away is not what a fact gives: a thing that the fact does not name, or one that only
    goes with the thing given (« le coffret est offert », of « un livret est offert avec chaque coffret »)."""
    said, told = _services(promised.clause, language), _services(mine.clause, language)
    if said and told and said.isdisjoint(told):
        return True
    given = _given(promised, language)
    if given and not any(_is_named(stem, whole_stems(mine), known) for stem in given):
        work = {n.stem for n in mine.clause.nouns} | _work_stems(mine, language)
        return not any(are_akin(one, other) for one in work for other in given)
    theirs = {n.stem for n in mine.clause.nouns if n.role != "oblique" and is_object(n, mine, language)}
    hung = {n.stem for n in mine.clause.nouns if n.role == "oblique"} - theirs
    about = [
        n
        for n in promised.clause.nouns
        if n.role == "bare"
        and is_object(n, promised, language)
        and n.word.folded not in word_list(language, "purchases")
        and not may_be_verb(n, promised, known)
    ]
    whom = _beneficiaries(mine, language)
    if any(n.stem in whom for n in about):
        return False  # « les enfants de moins de 12 ans entrent gratuitement »
    alone = promised.together == {"free"} and len(about) == 1 and theirs & known.heads
    apart = frozenset(hung)
    return (
        bool(alone)
        and _is_named(about[0].stem, apart, known)
        and not _is_named(about[0].stem, frozenset(theirs), known)
    )


def _beneficiaries(mine: Commitment, language: str) -> frozenset[str]:
    """The people to whom a fact gives something: « gratuite pour les enfants », not « pour les serviettes »."""
    own = grammar(language)
    listed, leading = mine.clause.words, word_list(language, "for_whom")
    found = set()
    for noun in mine.clause.nouns:
        before = [w.folded for w in listed if w.start < noun.word.start]
        before = [w for w in before if w not in own.determiners or w in leading][-1:]
        guest = noun.stem in own.guests and not _leads_a_thing(noun, mine, language)
        if guest and before and before[0] in leading:
            found.add(noun.stem)
    return frozenset(found)


def _leads_a_thing(noun: Noun, mine: Commitment, language: str) -> bool:
    """“for guest towels”, “for children's towels”: the English noun that follows is what it is free for."""
    after = next((w for w in mine.clause.words if w.start >= noun.word.end), None)
    if after is None or primary(language) != "en" or after.folded == "aged":
        return False
    return after.folded == "s" or is_content(after, language)


def _services(clause: Clause, language: str) -> frozenset[int]:
    """The services that a clause names (« retrait », « port »), by whatever word."""
    own = grammar(language)
    people = {own.synonyms.get(stem) for stem in own.people}
    return frozenset(own.synonyms[s] for s in clause.stems if s in own.synonyms) - people


def _is_named(stem: str, stems: frozenset[str], known: Evidence) -> bool:
    return stem in stems or any(are_synonyms(stem, other, known.language) for other in stems)


def _same_work(beside: Noun, promised: Commitment, mine: Commitment, known: Evidence, language: str) -> bool:
    """« monogramme brodé offert » of « broderie offerte »: the free thing is the work, in another word of its family;
    not « drap brodé offert », whose noun is a thing that we sell."""
    if promised.kind == "lifetime":
        before = _work_stems(promised, language)
        return any(are_akin(one, other) for one in _work_stems(mine, language) for other in before)
    if promised.kind != "free" or (_has_ordinal(mine, language) and not _has_ordinal(promised, language)):
        return False
    if beside.stem in known.products and beside.role == "bare" and beside in promised.clause.nouns:
        return False
    work = {n.stem for n in mine.clause.nouns if n.role == "bare" and is_object(n, mine, language)}
    work -= known.products.keys()
    near = promised.around if not promised.clause.nouns else ()  # « llevan bordadas, sin pagar más, las … »
    said = {
        root(w.text, language)
        for w in (*promised.clause.words, *(word for clause in near for word in clause.words))
        if is_content(w, language) and not any(s.start <= w.start < s.end for s in promised.promised)
    }
    return any(are_akin(one, other) for one in work | _work_stems(mine, language) for other in said)


def _work_stems(mine: Commitment, language: str) -> frozenset[str]:
    """The stems of the words right before a promise: « dos iniciales bordadas gratis », of « for life » the last."""
    before = [w for w in mine.clause.words if w.end <= mine.span.start]
    run = takewhile(lambda word: is_content(word, language), reversed(before))
    most = 1 if mine.kind == "lifetime" else None
    return frozenset(root(word.text, language) for word in islice(run, most))


_LONG_BEGINNING = 7  # letters that hardly two words begin with by chance


_SHORTEST_FAMILY = 4  # letters that two words of a family begin with


_LONGEST_ENDING = 4  # letters that may follow them


def are_akin(one: str, other: str) -> bool:
    """Whether two stems are of one family: « brod » and « broder », « stick » and « gestickt »."""
    for first, second in ((one, other), (one, other.removeprefix("ge")), (one.removeprefix("ge"), other)):
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))
        if same >= _SHORTEST_FAMILY and max(len(first), len(second)) - same <= _LONGEST_ENDING:
            return True
    return False


def nearest_promise(promised: Commitment, facts: Sequence[Fact]) -> Fact | None:
    """The fact that makes the most similar promise: of the same kind, with the most words in common."""
    same = [f for f in facts if any(c.kind == promised.kind for c in commitments(f.text, f.language))]
    context = promised.clause.stems.union(*(c.stems for c in promised.around))
    return max(same, key=lambda fact: (len(fact_stems(fact) & context), fact.id), default=None)
