"""Terms that a text gives a service and its claim does not: a condition where any make is taken, an appointment where
none is needed, no entry on a list where there must be one, “for ever” for ten years, “at any time” for before noon.

A term is read by its words (``data/terms.toml``), and held against the one claim that its sentence and those beside it
retell. What a text leaves unsaid changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inedit.guard.evidence.claim_terms import (
    PRIVATIVE,
    are_akin_forms,
    arranges,
    before_any,
    closes_before,
    demands,
    ends_in_time,
    figures_by_fact,
    is_for_the_day_before,
    is_open_for_hours,
    lasts,
    needs,
    negators,
    takes_any,
    waives,
    weekday_of_month,
)
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import Evidence, fact_stems, readable
from inedit.guard.evidence.passages import ChangedTerm, Passage, retold_in
from inedit.guard.evidence.promise_words import promises
from inedit.guard.nlp.grammar import clauses, grammar, is_content, root
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.limits import limits
from inedit.guard.nlp.patterns import occurs
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.terms import terms
from inedit.guard.nlp.text import Word, fold
from inedit.guard.nlp.word_lists import word_list

CLEARLY = 0.65
"""Part from which any condition that the claim does not set is one of it, not only one of buying."""


def changed_terms(text: str, language: str, facts: Sequence[Fact], known: Evidence) -> Iterator[ChangedTerm]:
    """Passages that change the terms of the claim that they retell."""
    own = terms(language)
    folded = fold(text)
    if own is None or not occurs(own.any_term, folded):
        return
    told = [f for f in facts if f.kind in ("claim", "offer") and readable(f, language)]
    listed = clauses(text, language)
    for i, clause in enumerate(listed):
        asked = text[clause.span.end : clause.span.end + 3].strip(" \u00a0\u202f").startswith("?")
        if asked or not own.any_term.search(clause.span.of(folded)):
            continue
        near = tuple(c for c in listed if abs(c.sentence - clause.sentence) <= 1)
        after = next((c for c in listed[i + 1 : i + 2] if c.sentence == clause.sentence), None)
        retold = retold_in(near, text, told, known)
        if not retold:
            continue
        passage = Passage(text, clause, after, near, tuple(retold), own, known)
        checks = (
            _arrangement,
            _condition,
            _exception,
            _duty,
            _brought,
            _waived,
            _either,
            _end,
            _day_of_month,
        )
        found = next((term for check in checks if (term := check(passage))), None)
        if found:
            yield found


def _arrangement(passage: Passage) -> ChangedTerm | None:
    """An appointment or an entry on a list, wanted or not, where every claim that is retold has it otherwise."""
    named = passage.own.arranging.search(passage.said)
    if named is None or arranges(passage.fact) is None:
        return None
    before = passage.said[: named.start()].split()[-2:]  # « chi prenota l'auto non spende niente »
    who = not word_list(passage.language, "whoever").isdisjoint(before)
    needed = who or needs(passage.said, passage.own, passage.language)
    return None if any(arranges(f) is needed for _, f in passage.retold) else passage.term(*named.span())


def _condition(passage: Passage) -> ChangedTerm | None:
    """A condition that the claim does not set, or « nur » where it takes any."""
    said, clause, any_one = passage.said, passage.clause, takes_any(passage.fact)
    if found := passage.own.condition.search(said):
        after = [w for w in clause.words if w.start >= clause.span.start + found.end()]
        rest = clause.span.of(passage.text)[found.end() :]
        if not after and passage.following:  # „vorausgesetzt, Sie zahlen ein Pfand“
            after, rest = list(passage.following.words), passage.following.span.of(passage.text)
        clearly = any_one or passage.retold[0][0] >= CLEARLY or _is_of_trade(after, passage)
        if clearly and not _is_set(after, rest, passage):
            return passage.term(found.start(), len(said), sure=any_one)
    if any_one and _takes_one(passage):
        return passage.term(0, len(said))
    return None


def _exception(passage: Passage) -> ChangedTerm | None:
    """« Salvo las variedades híbridas » where the claim says that the variety makes no difference."""
    claimed = passage.fact.kind == "claim" and takes_any(passage.fact)
    found = passage.own.excepting.search(passage.said) if claimed else None
    if found is None or passage.retold[0][0] < CLEARLY:
        return None
    after = [w for w in passage.clause.words if w.start >= passage.clause.span.start + found.end()]
    named = any(is_content(w, passage.language) for w in after)  # not « sauf ça »
    return passage.term(found.start(), len(passage.said)) if named else None


def _brought(passage: Passage) -> ChangedTerm | None:
    """“Bring your own secateurs” of secateurs that are lent."""
    found, language = passage.own.bringing.search(passage.said), passage.language
    if found is None or not passage.own.lending.search(fold(passage.fact.text)):
        return None
    if negators(passage.said, passage.own, language):
        return None
    after = [w for w in passage.clause.words if w.start >= passage.clause.span.start + found.end()]
    named = next((root(w.text, language) for w in after if is_content(w, language)), "")
    lent = named in fact_stems(passage.fact)
    return passage.term(found.start(), len(passage.said)) if lent else None


def _is_set(after: Sequence[Word], rest: str, passage: Passage) -> bool:
    """Whether a claim sets the condition that a text sets: a word of it that is none of the brand's things, or a
    figure."""
    language, known = passage.language, passage.known
    named = [root(w.text, language) for w in after if is_content(w, language)]
    telling = [s for s in named if s not in known.heads] or named
    numbers = {q.number for q in find_quantities(rest, language)}
    return (
        not named
        or any(are_akin_forms(s, one, language) for s in telling for one in before_any(passage.fact))
        or any(e.quantity.number in numbers for e in figures_by_fact(known).get(passage.fact, ()))
    )


def _is_of_trade(after: Sequence[Word], passage: Passage) -> bool:
    """Whether a condition is one of buying, or of the house: « à condition d'être nombreux » is none."""
    ours = grammar(passage.language).we
    return any(w.folded in ours or passage.own.buying.fullmatch(w.folded) for w in after)


def _takes_one(passage: Passage) -> bool:
    """« Nous ne réparons que les nôtres », “only frames bought from us”."""
    beside = (passage.clause, passage.following) if passage.following else (passage.clause,)
    ours = any(
        clause.has(grammar(passage.language).we | word_list(passage.language, "purchases"))
        for clause in beside
    )
    only = passage.own.exclusive.search(passage.said) is not None
    return only and ours and not find_quantities(passage.said, passage.language)


def _duty(passage: Passage) -> ChangedTerm | None:
    """What the claim demands, said to be needless."""
    own, said, language = passage.own, passage.said, passage.language
    told = own.needless.search(said) or own.obliging.search(said)
    if told is None or negators(said, own, language) % 2 == 0 or told[0].startswith(_FORBIDDEN):
        return None
    if own.arranging.search(said) and arranges(passage.fact) is False:
        return None  # it needs no appointment, whatever else it names
    freed = [root(w.text, language) for w in _freed(passage) if is_content(w, language)]
    demanded = any(are_akin_forms(one, other, language) for one in freed for other in demands(passage.fact))
    return passage.term(0, len(said)) if demanded else None


_FORBIDDEN = ("soll", "should")
"""What denied forbids, and frees nobody."""


def _freed(passage: Passage) -> tuple[Word, ...]:
    """The words of a clause that tell what need not be done: those after the denial, in German any."""
    listed, language = passage.clause.words, passage.language
    if primary(language) == "de":
        return listed
    denials = grammar(language).negations | grammar(language).denials
    needless = passage.own.needless.search(passage.said)
    starts = [w.start for w in listed if w.folded in denials][:1]
    starts += [passage.clause.span.start + needless.start()] if needless else []
    return tuple(w for w in listed if w.start >= min(starts))


def _waived(passage: Passage) -> ChangedTerm | None:
    """What the claim does without, asked for: “you only need to leave a bank card”."""
    own, said, language = passage.own, passage.said, passage.language
    asked = own.obliging.search(said) or own.enough.search(said)
    if asked is None or negators(said, own, language) % 2:
        return None
    named = [root(w.text, language) for w in passage.clause.words if is_content(w, language)]
    waived = (
        waives(passage.fact) - before_any(passage.fact) if takes_any(passage.fact) else waives(passage.fact)
    )
    wanted = any(are_akin_forms(one, other, language) for one in named for other in waived)
    return passage.term(0, len(said)) if wanted else None


def _either(passage: Passage) -> ChangedTerm | None:
    """“Opened or not” of unopened packets: a limit of the claim, and what lies past it. Two things of which the claim
    has one are for a person."""
    language, fact = passage.language, passage.fact
    for m in passage.own.alternative.finditer(passage.said):
        first, second = m[1], m[2]
        denied = second in grammar(language).negations | grammar(language).denials
        held = [_is_limit(w, fact, language) for w in ((first,) if denied else (first, second))]
        small = passage.clause.span.of(passage.text)[m.start() : m.end()].islower()  # not “Lyon or Annecy”
        if any(held) and (denied or (small and not all(held))) and not _is_led(m.start(), passage):
            return passage.term(*m.span(), sure=denied)
    return None


def _is_limit(word: str, fact: Fact, language: str) -> bool:
    """Whether a word limits a thing of a claim: « fermés » of « les sachets fermés », or its opposite of “unopened”."""
    nouns = {n.stem for clause in clauses(fact.text, language) for n in clause.nouns if n.determiner}
    own = root(word, language)
    told = fact_stems(fact) - nouns
    return own not in nouns and any(own == t or own == t.removeprefix("un") for t in told)


def _is_led(start: int, passage: Passage) -> bool:
    """Whether a determiner, a preposition or a number stands before: « une pomme ou poire » are things."""
    at = passage.clause.span.start + start
    before = [w for w in passage.clause.words if w.end <= at][-1:]
    own = grammar(passage.language)
    return any(
        w.folded in own.determiners | own.prepositions | own.genitive or w.folded.isdigit() for w in before
    )


def _end(passage: Passage) -> ChangedTerm | None:
    """“For ever” where the claim lasts so long, “at any time” where it ends before an hour or has hours of its own."""
    said, own, fact, known = passage.said, passage.own, passage.fact, passage.known
    unlimited = own.unlimited.search(said)
    if unlimited and lasts(fact, known):
        rest = said[: unlimited.start()] + said[unlimited.end() :]
        lifelong = any("lifetime" in {k for k, _ in promises(f.text, f.language)} for _, f in passage.retold)
        plain = [w for w in rest.split() if w not in PRIVATIVE]  # « un arbre sans feuilles »
        if not lifelong and not negators(" ".join(plain), own, passage.language):
            return passage.term(*unlimited.span())
    anytime = own.anytime.search(said)
    if anytime and (
        closes_before(fact, known) or (is_open_for_hours(fact, known) and not _tells_hours(passage))
    ):
        return passage.term(*anytime.span())
    latest = own.latest.search(said)
    too_late = latest and (ends_in_time(fact, known) or is_for_the_day_before(fact))
    if latest is None or not too_late or negators(said, own, passage.language):
        return None
    return None if _says_too_late(passage) else passage.term(*latest.span())


def _says_too_late(passage: Passage) -> bool:
    """“The same morning is too late.”"""
    own, after = limits(passage.language), passage.following
    said = passage.said + " " + (fold(after.span.of(passage.text)) if after else "")
    return bool(own) and own["late"].search(said) is not None


def _tells_hours(passage: Passage) -> bool:
    start, end = passage.near[0].span.start, passage.near[-1].span.end
    figures = find_quantities(passage.text, passage.language)
    return any(q.dimension == "time" and start <= q.span.start < end for q in figures)


def _day_of_month(passage: Passage) -> ChangedTerm | None:
    """“The last Saturday of the month” where the claim has the first."""
    fact = passage.fact
    mine = weekday_of_month(passage.said, passage.language)
    theirs = weekday_of_month(fold(fact.text), fact.language)
    changed = mine and theirs and mine[0] != theirs[0]
    return passage.term(mine[1].start, mine[1].end) if mine and changed else None
