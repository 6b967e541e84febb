"""What a claim says of its own terms: what it demands, what it waives, how long it lasts and until when it holds."""

from __future__ import annotations

import re
from functools import lru_cache

from inedit.brand.caching import by_identity
from inedit.guard.evidence.bearing_out import are_akin
from inedit.guard.evidence.conditions import required
from inedit.guard.evidence.facts import KEPT, Fact
from inedit.guard.evidence.index import Entry, Evidence
from inedit.guard.evidence.statements import WEEKDAY
from inedit.guard.nlp.grammar import clauses, grammar, is_content, root
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.limits import limits
from inedit.guard.nlp.measures import measures, ordinal_value
from inedit.guard.nlp.terms import Terms, terms
from inedit.guard.nlp.text import fold, words
from inedit.model import Span

PRIVATIVE = frozenset({"sans", "without", "ohne", "sin", "senza"})

_HOURS = ("time", WEEKDAY)
_DAY = 1440
"""Minutes up to which a length of time is no term that “for ever” could change."""

_BEFORE = 3
"""Words before an appointment among which a claim denies it („kostenlos und ohne Termin“)."""

_AFTER = 3
"""Words behind « sans » among which what a claim waives stands."""

_NEAR = 24
"""Characters from “before” to the hour: “before noon on Tuesday”."""


def negators(said: str, own: Terms, language: str) -> int:
    """How often a clause denies something: once whatever the words (« non … né »), and once more with “without”."""
    rest, needless = own.needless.subn(" ", _WITHOUT_ANY.sub(r"\1", said))
    listed = (grammar(language).negations | grammar(language).denials) - PRIVATIVE
    said_words = [word.folded for word in words(rest)]
    return bool(needless or listed.intersection(said_words)) + sum(word in PRIVATIVE for word in said_words)


_WITHOUT_ANY = re.compile(
    r"\b(sans|without|ohne|sin|senza) (?:rien|aucune?|anything|any|nada|ningun\w*|niente|nulla|nessun\w*|alcun\w*)\b"
)
"""« sans rien demander » denies once."""


def needs(said: str, own: Terms, language: str) -> bool:
    """Whether a clause that names an appointment wants one: “nobody comes in without an appointment” does."""
    return negators(said, own, language) % 2 == 0


@lru_cache(maxsize=4096)
def arranges(fact: Fact) -> bool | None:
    """Whether a claim wants something arranged beforehand; None where it does not speak of it."""
    own = terms(fact.language)
    folded = fold(fact.text)
    for clause in clauses(fact.text, fact.language) if own else ():
        said = clause.span.of(folded)
        if own and (named := own.arranging.search(said)):
            before = said[: named.end()].rsplit(None, _BEFORE + 1)[-_BEFORE - 1 :]
            return needs(" ".join(before), own, fact.language)
    return None


@lru_cache(maxsize=4096)
def takes_any(fact: Fact) -> bool:
    """Whether a claim says that something makes no difference (« quelle que soit la marque », “bought elsewhere”)."""
    own = terms(fact.language)
    return bool(own and own.whatever.search(fold(fact.text)))


@lru_cache(maxsize=4096)
def before_any(fact: Fact) -> frozenset[str]:
    """The stems of a claim before what makes no difference."""
    own, language = terms(fact.language), fact.language
    cut = own.whatever.search(fold(fact.text)) if own else None
    end = cut.start() if cut else len(fact.text)
    return frozenset(
        root(w.text, language) for w in words(fact.text) if w.start < end and is_content(w, language)
    )


@lru_cache(maxsize=4096)
def demands(fact: Fact) -> frozenset[str]:
    """What a claim requires: the words of its condition, and the nouns that hang on a preposition."""
    own, found = terms(fact.language), set(required(fact))
    folded, language = fold(fact.text), fact.language
    starts = [m.end() for m in own.condition.finditer(folded)] if own else []
    if primary(language) == "de":
        starts += [m.end() for m in _WENN.finditer(folded)]
    for clause in clauses(fact.text, language) if own else ():  # “in the saloon only in a closed carrier”
        only = own.exclusive.search(clause.span.of(folded)) if own else None
        after = [w for w in clause.words if only and w.start >= clause.span.start + only.end()]
        if after and after[0].folded in grammar(language).prepositions:
            found |= {root(w.text, language) for w in after if is_content(w, language)}
    for start in starts:
        found |= {
            root(w.text, language) for w in words(fact.text) if w.start >= start and is_content(w, language)
        }
    return frozenset(found)


_WENN = re.compile(r", wenn\b")


@lru_cache(maxsize=4096)
def waives(fact: Fact) -> frozenset[str]:
    """What a claim does without (« gratuit et sans carte bancaire »), not what a thing lacks (« un arbre sans
    feuilles »)."""
    found = set()
    for clause in clauses(fact.text, fact.language):
        nouns = {noun.word for noun in clause.nouns}
        for i, word in enumerate(clause.words):
            lacks = i > 0 and clause.words[i - 1] in nouns
            after = clause.words[i + 1 : i + 1 + _AFTER] if word.folded in PRIVATIVE and not lacks else ()
            found |= {root(w.text, fact.language) for w in after if is_content(w, fact.language)}
    return frozenset(found)


def lasts(fact: Fact, known: Evidence) -> bool:
    """Whether a claim has a length of time, or holds once."""
    own = terms(fact.language)
    return bool(own and own.once.search(fold(fact.text))) or any(
        e.quantity.dimension == "months" or (e.quantity.dimension == "minutes" and e.quantity.value > _DAY)
        for e in _entries(fact, known)
    )


def closes_before(fact: Fact, known: Evidence) -> bool:
    """Whether a claim sets an hour or a day before which something must be done; hours of opening set none."""
    own, until = grammar(fact.language), grammar(fact.language).until
    if until is None or any(w.folded.startswith(own.opening) for w in words(fact.text)):
        return False
    folded = fold(fact.text)
    return any(
        e.quantity.dimension in _HOURS
        and any(0 <= e.quantity.span.start - m.end() <= _NEAR for m in until.finditer(folded))
        for e in _entries(fact, known)
    )


def ends_in_time(fact: Fact, known: Evidence) -> bool:
    """Whether a claim holds up to a length of time before or after something (« jusqu'à 14 jours avant l'arrivée »)."""
    ends = (e.quantity for e in _entries(fact, known))
    return any(quantity.dimension == "minutes" and quantity.approximate == "under" for quantity in ends)


@lru_cache(maxsize=4096)
def is_for_the_day_before(fact: Fact) -> bool:
    """Whether a claim wants something by the day before (« avant 18 h la veille »)."""
    own = limits(fact.language)
    return bool(own) and own["day_before"].search(fold(fact.text)) is not None


def is_open_for_hours(fact: Fact, known: Evidence) -> bool:
    """Whether a claim tells from when to when somebody is there."""
    times = {e.quantity.value for e in _entries(fact, known) if e.quantity.dimension == "time"}
    opening = grammar(fact.language).opening
    return len(times) > 1 and any(w.folded.startswith(opening) for w in words(fact.text))


def _entries(fact: Fact, known: Evidence) -> tuple[Entry, ...]:
    return figures_by_fact(known).get(fact, ())


@by_identity(maxsize=KEPT)
def figures_by_fact(known: Evidence) -> dict[Fact, tuple[Entry, ...]]:
    """The figures of each fact."""
    found: dict[Fact, tuple[Entry, ...]] = {}
    for entry in known.entries:
        found[entry.fact] = (*found.get(entry.fact, ()), entry)
    return found


_FIRST, _LAST = 1, -1


@lru_cache(maxsize=4096)
def weekday_of_month(folded: str, language: str) -> tuple[int, Span] | None:
    """Which weekday of a month is named: its number, the last one -1, and where."""
    own, first = terms(language), grammar(language).first
    days = "|".join(measures(language).weekdays)
    if own is None:
        return None
    for m in re.finditer(rf"(\w+) (?:{days})s? (?:\w+ ){{0,2}}(?:{own.monthly.pattern})", folded):
        last = _LAST if own.last.fullmatch(m[1]) else None
        value = last or (_FIRST if m[1] in first or m[1] == "primer" else ordinal_value(m[1], language))
        if value:
            return value, Span(*m.span())
    return None


_SEPARABLE = re.compile(r"^(ab|an|auf|aus|bei|ein|her|hin|mit|nach|um|vor|weg|zu|zuruck)(?:ge|zu)(?=\w{3})")


def are_akin_forms(one: str, other: str, language: str) -> bool:
    """Whether two stems are of one family; in German past the middle of a verb as well („nachstellen“,
    „nachgestellt“)."""
    if one == other or are_akin(one, other):
        return True
    if primary(language) != "de":
        return False
    return are_akin(_SEPARABLE.sub(r"\1", one), _SEPARABLE.sub(r"\1", other)) and one[:2] == other[:2]
