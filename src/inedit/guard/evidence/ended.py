"""Whether a text tells that an offer has ended („Der Helm ist nicht mehr gratis“, “The free helmet went with August”).

To say that something is no longer given promises nothing. The clause that names it has to tell the end by its verb or
its denial; one without a verb of its own (« L'audioguide gratuit, c'est fini ») leaves that to another clause of the
sentence, which is about nothing else. That the exhibition is over ends no offer, and a sentence that says that anything
goes on, is prolonged or ends some day tells of none that has ended.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel.dates import get_month_names

from inedit.brand.schema import Brand
from inedit.guard.evidence.capitals import calendar
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import fact_stems
from inedit.guard.evidence.promise_words import promises
from inedit.guard.nlp.grammar import Clause, clauses, grammar, root
from inedit.guard.nlp.language_data import load_table, primary
from inedit.guard.nlp.patterns import occurs
from inedit.guard.nlp.proofreading.tokens import is_adjective
from inedit.guard.nlp.text import fold
from inedit.guard.nlp.word_lists import word_list
from inedit.model import Span

_BEFORE = 3
"""Words before an end among which it may be denied („ist noch lange nicht vorbei“)."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The patterns of one language, each described in ``data/ended.toml``; ``any_end`` finds whatever tells one."""

    no_longer: re.Pattern[str]
    over: re.Pattern[str]
    past: re.Pattern[str]
    left: re.Pattern[str]
    late: re.Pattern[str]
    goes_on: re.Pattern[str]
    offers: frozenset[str]
    any_end: re.Pattern[str]


@lru_cache(maxsize=1)
def _every() -> dict[str, _Words]:
    return {code: _compiled(own, code) for code, own in load_table("ended").items()}


def _compiled(own: dict[str, str], code: str) -> _Words:
    patterns = {key: _pattern(own[key]) for key in ("no_longer", "over", "past", "left", "late", "goes_on")}
    ends = "|".join(own[key] for key in ("no_longer", "over", "past", "left", "late"))
    offers = frozenset(root(word, code) for word in own["offers"].split())
    return _Words(**patterns, offers=offers, any_end=_pattern(ends))


def _pattern(alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")


def ended_claims(brand: Brand, today: date) -> dict[str, date]:
    """The claims of a brand that have ended by a day, each with its last day."""
    return {
        claim.id: claim.valid_until
        for claim in brand.claims.values()
        if claim.valid_until is not None and claim.valid_until < today
    }


def is_told_as_ended(at: Span, text: str, language: str, fact: Fact, last: date | None) -> bool:
    """Whether the sentence around a place tells that what a fact gives has ended on its ``last`` day."""
    own = _every().get(primary(language))
    if own is None or last is None or not occurs(own.any_end, fold(text)):
        return False
    listed = clauses(text, language)
    clause = next((c for c in listed if c.span.start <= at.start < c.span.end), None)
    if clause is None:
        return False
    same = [c for c in listed if c.sentence == clause.sentence]
    start, end = same[0].span.start, same[-1].span.end
    asked = text[end : end + 3].strip(" \u00a0\u202f").startswith("?")
    said = own.no_longer.sub("~", fold(text)[start:end])
    told = fact_stems(fact)
    if asked or own.goes_on.search(said) or all(told.isdisjoint(c.stems) for c in same):
        return False
    if any(_pays(c, language) for c in same):  # “you no longer pay for it” is a promise
        return False
    month = get_month_names("wide", locale=primary(language))[last.month]
    inside = [c for c in same if c.span.start < at.end and at.start < c.span.end]
    ends = [c for c in same if _tells_an_end(c, fold(text), said, fold(month), own, language)]
    about_it = [c for c in ends if c in inside or _is_about(c, told, own, language)]
    if not about_it and own.past.search(said) and _ends_next(listed, clause, text, own, language):
        return True  # « Le casque offert, c'était l'été. L'offre s'est arrêtée. »
    return bool(about_it) and all(
        c in ends or _says_nothing_else(c, text, told, language)
        for c in (inside if len(inside) == 1 else _telling(inside, text, told, language))
    )


def _ends_next(listed: Sequence[Clause], clause: Clause, text: str, own: _Words, language: str) -> bool:
    """Whether the next sentence says of the offer, by such a name, that it has ended."""
    after = [c for c in listed if c.sentence == clause.sentence + 1]
    if not after:
        return False
    said = fold(text)[after[0].span.start : after[-1].span.end]
    named = any(noun.stem in own.offers for c in after for noun in c.nouns)
    over = any(not _is_denied(said[: m.start()], language) for m in own.over.finditer(said))
    return named and over and not own.goes_on.search(said)


def _telling(listed: Sequence[Clause], text: str, told: frozenset[str], language: str) -> list[Clause]:
    """Those of several clauses that tell of the offer: they promise something, or have a word of its fact."""
    return [c for c in listed if promises(c.span.of(text), language) or c.stems & told]


def _tells_an_end(clause: Clause, folded: str, sentence: str, month: str, own: _Words, language: str) -> bool:
    said = clause.span.of(folded)
    if own.no_longer.search(said) or own.late.search(said):
        return True
    if any(not _is_denied(said[: m.start()], language) for m in own.over.finditer(said)):
        return True
    until = grammar(language).until
    if own.past.search(said) and (month in sentence or (until and until.search(sentence))):
        return True
    return month in sentence and own.left.search(said) is not None


def _is_denied(before: str, language: str) -> bool:
    near = re.findall(r"\w+", before)[-_BEFORE:]
    return not grammar(language).denials.isdisjoint(near)


def _pays(clause: Clause, language: str) -> bool:
    """Whether a clause is about paying, not only about what is „kostenlos“."""
    paying, code = grammar(language).paying, primary(language)
    return paying is not None and any(
        paying.fullmatch(w.folded) and not is_adjective(w.text.lower(), code) for w in clause.words
    )


def _is_about(clause: Clause, told: frozenset[str], own: _Words, language: str) -> bool:
    """Whether what a clause says to be over is the offer: it names nothing else, but when that was."""
    return all(
        noun.stem in told
        or noun.stem in own.offers
        or noun.word.folded in calendar(language)
        or noun.word.folded.isdigit()
        for noun in clause.nouns
        if noun.role == "bare"
    )


def _says_nothing_else(clause: Clause, text: str, told: frozenset[str], language: str) -> bool:
    """Whether a clause only names what a fact gives, without a verb: its words are the fact's, or a promise's."""
    carries = word_list(language, "carries")
    if any(word.folded in carries and word.text != "e" for word in clause.words):  # « e », not « è »
        return False
    found = promises(clause.span.of(text), language)
    given = {
        root(word.text, language)
        for word in clause.words
        for _, span in found
        if span.start <= word.start - clause.span.start < span.end
    }
    small = {
        root(word.text, language)
        for word in clause.words
        if word.folded in calendar(language) or len(word.folded) <= _SMALL
    }
    return clause.stems <= told | given | small


_SMALL = 3
"""Letters of words such as « lui », “it”, « con él »."""
