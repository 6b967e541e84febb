"""Whether texts of one campaign offer the same thing: the same price, dates, share and promises, in every language.

What is compared are statements, not words: « 8 € », “€8” and „acht Euro“ say the same, and a figure counts only where
its sentence is about what is offered, or stands in the part that prints the offer. What is offered at a price is not
free in another text, nor 20 % off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from inedit.guard.evidence.commitments import BINDING
from inedit.guard.evidence.offered import Offered
from inedit.guard.evidence.promise_words import promises
from inedit.guard.evidence.statements import WEEKDAY, Statement, statements
from inedit.guard.nlp.quantity import CURRENCIES
from inedit.guard.nlp.text import excerpt
from inedit.model import Span

PERCENT, DATE, TIME = "percent", "date", "time"
KINDS = {
    **dict.fromkeys(CURRENCIES, "price"),
    PERCENT: "share",
    DATE: "date",
    WEEKDAY: "weekday",
    TIME: "time",
}
"""What may differ, by the dimension of a figure; a promise is the kind ``promise``."""

Term = tuple[str, str, Decimal | str]
"""Kind, dimension (or promise), value."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text that may speak of the offer: ``prints_offer`` where it is meant to be the offer itself, word for word."""

    id: str
    language: str
    text: str
    prints_offer: bool = False


@dataclass(frozen=True, slots=True)
class Incoherence:
    """A text that offers something else than the campaign does. ``kind`` is price, share, date, weekday, time or
    promise; ``said`` is the passage, ``offered`` what the campaign says in that language (or, of the campaign's own
    wordings, in the first)."""

    id: str
    language: str
    kind: str
    said: str
    offered: str


def incoherences(
    offer: Mapping[str, str], texts: Iterable[Said], facts: Mapping[str, tuple[str, ...]]
) -> tuple[Incoherence, ...]:
    """Where the wordings of an offer differ from one another, and where texts differ from the offer.

    ``facts`` are what else may be said, by language: a figure of theirs is no other price of the offer. A price that
    neither the offer nor any of them has is one, too, where no other thing leads to it (« Jetzt 129 €! »).
    """

    @cache
    def known() -> frozenset[Term]:
        """Read for the first text that needs it: hundreds of facts take a second."""
        return _prices(offer, facts)

    @cache
    def offered_in(language: str) -> Offered | None:
        """What the campaign offers in a language, read once for all texts."""
        wording = offer.get(language) or offer.get(language.partition("-")[0])
        return None if wording is None else Offered(wording, language, facts.get(language, ()))

    return (
        *_of_wordings(offer),
        *(
            found
            for said in texts
            if (offered := offered_in(said.language)) is not None
            for found in _of_text(said, offered, known)
        ),
    )


def _prices(offer: Mapping[str, str], facts: Mapping[str, tuple[str, ...]]) -> frozenset[Term]:
    """Every price that was supplied, in any language."""
    supplied = [
        *offer.items(),
        *((language, fact) for language, some in facts.items() for fact in some),
    ]
    return frozenset(
        term
        for language, text in supplied
        for statement in statements(text, language)
        for term in _of_figure(statement)
        if term[0] == "price"
    )


def _of_wordings(offer: Mapping[str, str]) -> Iterator[Incoherence]:
    """The first language is held to be right. An amount in another currency is that market's own price."""
    wordings = list(offer.items())
    if not wordings:
        return
    (first, model), others = wordings[0], wordings[1:]
    wanted = _terms(model, first)
    for language, text in others:
        here = _terms(text, language)
        for kind in sorted({term[0] for term in (*wanted, *here)}):
            one, other = (_of_kind(terms, kind) for terms in (wanted, here))
            apart = one != other if kind != "price" else _prices_differ(one, other)
            if apart:
                yield Incoherence("", language, kind, excerpt(text, 120), excerpt(model, 120))


def _prices_differ(one: frozenset[Term], other: frozenset[Term]) -> bool:
    shared = {term[1] for term in one} & {term[1] for term in other}
    if not shared:
        return bool(one) != bool(other)
    return {t for t in one if t[1] in shared} != {t for t in other if t[1] in shared}


def _of_kind(terms: Mapping[Term, Span], kind: str) -> frozenset[Term]:
    return frozenset(term for term in terms if term[0] == kind)


def _terms(text: str, language: str) -> dict[Term, Span]:
    """What an offer binds the brand to: its figures of :data:`KINDS`, and its promises."""
    found: dict[Term, Span] = {}
    for statement in statements(text, language):
        for term in _of_figure(statement):
            found.setdefault(term, statement.quantity.span)
    for kind, span in promises(text, language):
        if kind in BINDING:
            found.setdefault(("promise", kind, ""), span)
    return found


def _of_figure(statement: Statement) -> Iterator[Term]:
    """A figure that an offer is bound by; of a date its year apart, so that « le 12 décembre » is the 12th of 2026."""
    quantity = statement.quantity
    kind = KINDS.get(quantity.dimension)
    if kind:
        yield kind, quantity.dimension, quantity.value
    if kind == "date" and quantity.year is not None:
        yield kind, "year", Decimal(quantity.year)


def _of_text(said: Said, offered: Offered, known: Callable[[], frozenset[Term]]) -> Iterator[Incoherence]:
    wording, wanted = offered.wording, _terms(offered.wording, said.language)
    if not said.prints_offer and all(term[0] == "promise" for term in wanted):
        return  # without a figure in the offer, no figure elsewhere is another one
    here = _terms(said.text, said.language) if said.prints_offer else _about_the_offer(said, offered, known)
    kinds = {term[0] for term in wanted}
    for term, span in here.items():
        if term not in wanted and (said.prints_offer or term[0] in kinds):
            yield Incoherence(said.id, said.language, term[0], span.of(said.text), wording)
    if not said.prints_offer:
        yield from _reductions(said, offered, wanted)
    for kind in sorted(kinds if said.prints_offer else ()):
        if not any(term[0] == kind for term in here):
            yield Incoherence(said.id, said.language, kind, excerpt(said.text, 120), wording)


def _about_the_offer(said: Said, offered: Offered, known: Callable[[], frozenset[Term]]) -> dict[Term, Span]:
    """The figures of sentences that speak of what is offered, but for those that a fact says of something else; and
    prices in a currency of the offer that nobody supplied and no other thing leads to."""
    currencies = {term[1] for term in _terms(offered.wording, said.language) if term[0] == "price"}
    found: dict[Term, Span] = {}
    for statement in statements(said.text, said.language):
        at, value = statement.quantity.span, statement.quantity.value
        if offered.is_told_in(said.text, statement) and not offered.is_of_another(said.text, at, value):
            for term in _of_figure(statement):
                found.setdefault(term, at)
        if statement.quantity.dimension in currencies and offered.is_led_by_nothing(statement):
            found |= {term: at for term in _of_figure(statement) if term not in found and term not in known()}
    return found


def _reductions(said: Said, offered: Offered, wanted: Mapping[Term, Span]) -> Iterator[Incoherence]:
    """What a text takes off an offer that has a price, where the offer itself takes nothing off."""
    kinds = {term[0] for term in wanted}
    if not kinds & {"price", "share"}:
        return
    for kind, span in offered.reductions_in(said.text):
        reduces = "share" in kinds or ("promise", "discount", "") in wanted
        if reduces if kind != "free" else ("promise", "free", "") in wanted:
            continue
        told = "share" if kind == "share" else "promise"
        yield Incoherence(said.id, said.language, told, span.of(said.text), offered.wording)
