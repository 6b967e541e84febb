"""What a clause is about, and whether a figure in it asserts something of the brand or sets a scene."""

from __future__ import annotations

from collections.abc import Sequence

from inedit.guard.evidence.index import Entry, Evidence, in_fact, same_thing
from inedit.guard.evidence.statements import Statement
from inedit.guard.nlp.grammar import Clause, Noun, grammar
from inedit.guard.nlp.quantity import COUNT, CURRENCIES, YEAR
from inedit.guard.nlp.word_lists import roots, word_list

FEW = 100
"""A count below this of things that are not the brand's sets a scene."""


_TELLING = 10
"""A count of people above this is hardly the same as one of something else."""


TIMES = frozenset({"minutes", "months", "nights", "time", "round the clock", "all week"})
DATES = frozenset({YEAR, "date", "month", "deadline", "century"})


def subjects(
    said_in: Clause, around: Sequence[Clause], earlier: Sequence[Clause], known: Evidence
) -> tuple[Noun, ...]:
    """The brand's things that a clause is about: its own, else those of its sentence, else of the nearest sentence
    before when it names nothing itself (« Il pèse … »)."""
    own = things_in(said_in, known)
    if own:
        return own
    if any(noun.role == "bare" for noun in said_in.nouns) or is_ours(said_in, known, known.language):
        return ()
    near = tuple(noun for clause in around for noun in things_in(clause, known))
    for number in (
        ()
        if near or any(n.role == "bare" for c in around for n in c.nouns)
        else sorted({c.sentence for c in earlier}, reverse=True)
    ):
        near = tuple(
            noun for clause in earlier if clause.sentence == number for noun in things_in(clause, known)
        )
        if near:
            break
    return near


def things_in(clause: Clause, known: Evidence) -> tuple[Noun, ...]:
    """The brand's things that a clause names: its subjects and objects, else others that are subjects elsewhere."""
    bare = tuple(noun for noun in clause.nouns if noun.role == "bare" and noun.stem in known.things)
    return bare or tuple(noun for noun in clause.nouns if noun.stem in known.heads)


def conflicts(entry: Entry, said: Statement, known: Evidence, language: str) -> bool:
    """Whether a fact with the same amount is about another thing than the statement."""
    if entry.fact.kind == "offer" and said.counted and said.counted in entry.stems:
        return False  # « deux initiales » of whichever of the things offered
    return _says_of_another(entry, said, known, language)


def _says_of_another(entry: Entry, said: Statement, known: Evidence, language: str) -> bool:
    mine, theirs = said.counted, entry.statement.counted
    of_counts = (said.quantity.dimension, entry.quantity.dimension) == ("percent", COUNT)
    if entry.quantity.dimension == "ordinal" or (of_counts and mine in entry.stems):
        return mine not in entry.stems  # “four in ten repairs” of “of 1,000 repairs, 380 come from …”
    if mine and theirs and not same_thing(mine, theirs, known):
        return _counts_another(entry, said, known, language)
    if {entry.quantity.dimension, said.quantity.dimension} == {COUNT, YEAR} and (mine or theirs):
        return (mine or theirs) not in entry.stems & sentence_stems(
            said
        )  # “the 1938 sheet”, not « 1938 tailles »
    if (
        mine
        and mine in known.things
        and not (
            said.quantity.approximate == "under" and mine in grammar(language).people
        )  # « à douze au plus »
        and entry.quantity.dimension == COUNT
        and not theirs
    ):
        return mine not in entry.stems
    is_age = entry.quantity.dimension == YEAR and said.quantity.dimension == "months"
    if entry.fact.kind == "insight" or (is_age and _speaks(said, known, language)):
        return False  # a story is told anew in any words
    return _is_about_another(entry, said, known)


def _counts_another(entry: Entry, said: Statement, known: Evidence, language: str) -> bool:
    """Whether two different nouns that are counted cannot be two words for one thing."""
    if said.quantity.dimension == "percent" and said.counted not in known.things:
        return False  # « 60 % du métal »: perhaps another word for it, so a person decides
    if is_of_the_whole(entry, said):
        return False
    of_people = entry.fact.kind == "insight" and said.counted in grammar(language).people
    if of_people and said.quantity.value > _TELLING:
        return not entry.stems & sentence_stems(said)  # “64 people” of “64 walkers”
    shared = (entry.stems - {said.counted}) & sentence_stems(said)
    if entry.fact.kind == "insight" and said.counted in roots(language, "any_thing") and len(shared) > 1:
        return False  # „ihre Fichten, 312 Stück“ of 312 trees
    known_noun = said.counted in known.things or _is_possessed(said, language)
    return known_noun or not entry.stems & sentence_stems(said)


def is_of_the_whole(entry: Entry, said: Statement) -> bool:
    """“Half of the glaze is glass” of “the glaze contains 55% glass”: a share of the whole that the fact names, in a
    sentence that names the part too."""
    of = entry.statement.counted
    return (
        said.quantity.dimension == entry.quantity.dimension == "percent"
        and said.counted in entry.stems
        and of in sentence_stems(said)
    )


def _is_about_another(entry: Entry, said: Statement, known: Evidence) -> bool:
    """Whether the brand's things that the statement is about are none of the fact's."""
    at = said.quantity.span  # « la mitad » is nobody's thing
    about = [
        n
        for n in subjects(said.clause, said.around, said.earlier, known)
        if n.stem != said.counted
        and not at.start <= n.word.start < at.end
        and n.word.folded not in word_list(known.language, "comparatives")  # « menos de la mitad »
    ]
    if _is_told_whole(entry, said):
        return False
    if _has_another_subject(entry, said, known):
        return True
    inside = [n for n in about if n in said.clause.nouns]
    before = [n for n in inside if n.role == "bare" and n.word.start < said.quantity.span.start]
    if inside and not before and _counts_the_same(entry, said, known):
        return False
    about = before or about
    if not about or any(in_fact(noun.stem, entry.stems, known) for noun in about):
        return False
    return not _is_whole_of_part(about, entry, known)


def _counts_the_same(entry: Entry, said: Statement, known: Evidence) -> bool:
    """« Tres tiendas y un teléfono »: what is counted is what the fact counts, whatever is named behind it."""
    mine, theirs = said.counted, entry.statement.counted
    return bool(mine and theirs) and said.quantity.dimension == COUNT and same_thing(mine, theirs, known)


_WHOLE = 4
"""Words of a fact that a clause has when it tells the fact, whatever else it names."""


def _is_told_whole(entry: Entry, said: Statement) -> bool:
    """« Chi ti apre la porta è della stessa famiglia che nel 1958 … »: all that the fact's clause names, and more of
    its words."""
    theirs = entry.statement.clause
    named = {n.stem for n in theirs.nouns if n.role == "bare"}
    shared = theirs.stems & said.clause.stems - said.own
    return bool(named) and named <= said.clause.stems and len(shared) >= _WHOLE


def _has_another_subject(entry: Entry, said: Statement, known: Evidence) -> bool:
    """Whether the first thing that the clause names before its figure is none of the fact's, nor the fact's first one
    of the sentence's: « une turbine à réparer quitte l'atelier … »."""
    mine = _first(said)
    theirs = _first(entry.statement)
    if (
        mine is None
        or theirs is None
        or mine.stem not in known.things
        or in_fact(mine.stem, entry.stems, known)
    ):
        return False
    others = [
        n for n in said.clause.nouns if n.stem in known.things and n is not mine and n.stem != said.counted
    ]
    return bool(others) and not in_fact(theirs.stem, sentence_stems(said), known)


def _first(said: Statement) -> Noun | None:
    before = (n for n in said.clause.nouns if n.role == "bare" and n.word.start < said.quantity.span.start)
    return next(before, None)


def is_of_unnamed_product(entry: Entry, said: Statement, known: Evidence) -> bool:
    """« Douze jours, et le drap rentre chez vous » of « une pièce »: a length of time said of a product, where the fact
    names none."""
    about = subjects(said.clause, said.around, said.earlier, known)
    of_products = bool(about) and all(noun.stem in known.products for noun in about)
    return said.quantity.dimension in TIMES and of_products and known.products.keys().isdisjoint(entry.stems)


def sentence_stems(said: Statement) -> frozenset[str]:
    """The words of content of a statement's sentence, without its figure's own."""
    return (said.clause.stems - said.own).union(*(c.stems for c in said.around))


def _is_possessed(said: Statement, language: str) -> bool:
    """« Nos 12 ateliers »: what is counted is ours."""
    own = grammar(language)
    return any(
        first.folded in own.we and second.start >= said.quantity.span.start - 1
        for first, second in zip(said.clause.words, said.clause.words[1:], strict=False)
        if first.end < said.quantity.span.start and second.start <= said.quantity.span.start
    )


def _speaks(said: Statement, known: Evidence, language: str) -> bool:
    """Whether the brand speaks of itself anywhere in the sentence."""
    return any(is_ours(clause, known, language) for clause in (said.clause, *said.around))


def _is_whole_of_part(about: Sequence[Noun], entry: Entry, known: Evidence) -> bool:
    """« Le C2 et ses 65 Nm »: a product has the measures of its parts, where only one fact measures so."""
    if entry.quantity.dimension in (COUNT, "percent", *CURRENCIES, *TIMES, *DATES):
        return False
    alone = [
        e for e in known.entries if e.quantity.dimension == entry.quantity.dimension and e.fact != entry.fact
    ]
    fact_names_product = any(s in known.products for s in entry.stems)
    return not alone and not fact_names_product and all(n.stem in known.products for n in about)


def is_ours(clause: Clause, known: Evidence, language: str) -> bool:
    """Whether the brand speaks of itself in a clause."""
    return clause.has(grammar(language).we) or not known.brand.isdisjoint(clause.stems)
