"""What a campaign offers: whether a sentence of another text speaks of it, and what that text takes off its price."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from inedit.guard.evidence.promise_words import promises
from inedit.guard.evidence.statements import Statement, statements
from inedit.guard.nlp.grammar import Clause, clauses
from inedit.guard.nlp.inflection import COMPOUND_TERM, inflected
from inedit.guard.nlp.language_data import language_profile, primary
from inedit.guard.nlp.proofreading.german_words import compound_head
from inedit.guard.nlp.text import fold, folded_words, stem
from inedit.model import Span

CHEAPER = frozenset({"free", "discount"})
"""Promises that take something off a price, down to nothing."""


@dataclass(frozen=True)
class Offered:
    """The wording of an offer in one language. ``facts`` may say of another thing that it is free or reduced."""

    wording: str
    language: str
    facts: tuple[str, ...] = ()

    @cached_property
    def _named(self) -> tuple[tuple[str, str], ...]:
        """Stem and folded word of what is offered: its words of content without dates and prices, with what German
        compounds are of in the end."""
        figures = [statement.quantity.span for statement in statements(self.wording, self.language)]
        return tuple(
            (stem(said, self.language), fold(said))
            for clause in clauses(self.wording, self.language)
            for word in clause.words
            if stem(word.text, self.language) in clause.stems
            and not any(_holds(span, word.start) for span in figures)
            for said in (word.text, self._head(word.text))
            if said
        )

    def _head(self, word: str) -> str:
        return (compound_head(word) or "") if primary(self.language) == "de" else ""

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(root for root, _ in self._named)

    @cached_property
    def _words(self) -> tuple[str, ...]:
        return tuple(sorted({word for _, word in self._named if len(word) >= COMPOUND_TERM}))

    def is_told_in(self, text: str, statement: Statement) -> bool:
        """Whether the sentence of a figure speaks of the offer; or it names nothing, and the sentence before does
        (« Elle coûte 9 €. »)."""
        return self._is_about(text, statement.quantity.span)

    def is_led_by_nothing(self, statement: Statement) -> bool:
        """Whether no other thing stands before a figure in its clause, which could be its own: « Jetzt 129 €! », « Für
        55 € backen Sie mit. », but not « Das Kissen kostet 30 €. »."""
        clause, quantity = statement.clause, statement.quantity.span
        told = language_profile(self.language).offer_words
        before = (word for word in clause.words if word.end <= quantity.start)
        return not any(
            stem(word.text, self.language) in clause.stems
            and word.folded not in told
            and not self._is_offered(word.text)
            for word in before
        )

    def reductions_in(self, text: str) -> Iterator[tuple[str, Span]]:
        """Kind (``free``, ``discount``, ``share``) and place of what a text takes off the offer's price.

        What stands nearest to a promise is what it is about; and what a fact says of another thing that the sentence
        names is of that thing. « 20 % des visiteurs » are no reduction.
        """
        promised = [(kind, at) for kind, at in promises(text, self.language) if kind in CHEAPER]
        shares = [
            statement
            for statement in statements(text, self.language)
            if statement.quantity.dimension == "percent"
            and (not statement.counted or any(_holds(statement.clause.span, at.start) for _, at in promised))
        ]
        for statement in shares:
            at = statement.quantity.span
            if self._is_about(text, at) and not self.is_of_another(text, at, statement.quantity.value):
                yield "share", at
        for kind, at in promised:
            if kind == "discount" and any(_holds(statement.clause.span, at.start) for statement in shares):
                continue
            if (
                self._is_about(text, at)
                and self._is_nearest(text, at)
                and not self.is_of_another(text, at, kind)
            ):
                yield kind, at

    def is_of_another(self, text: str, at: Span, term: str | Decimal) -> bool:
        """Whether a fact says a figure or a promise of something that the sentence names beside the offer."""
        sentence = self._sentence(text, at)
        own = {
            stem(word.text, self.language)
            for _, span in (promises(text, self.language) if isinstance(term, str) else ())
            for clause in sentence
            for word in clause.words
            if _holds(span, word.start)
        }
        named = frozenset[str]().union(*(clause.stems for clause in sentence)) - self._stems - own
        return any(
            named & {noun.stem for clause in clauses(fact, self.language) for noun in clause.nouns}
            for fact in self.facts
            if self._says(fact, term)
        )

    def _says(self, fact: str, term: str | Decimal) -> bool:
        if isinstance(term, str):
            return any(kind == term for kind, _ in promises(fact, self.language))
        return any(statement.quantity.value == term for statement in statements(fact, self.language))

    def _sentence(self, text: str, at: Span) -> list[Clause]:
        listed = clauses(text, self.language)
        number = next((clause.sentence for clause in listed if _holds(clause.span, at.start)), None)
        return [clause for clause in listed if clause.sentence == number]

    def _is_about(self, text: str, at: Span) -> bool:
        sentence = self._sentence(text, at)
        if not sentence or self._is_named(text, sentence):
            return bool(sentence)
        if any(not _holds(at, noun.word.start) for clause in sentence for noun in clause.nouns):
            return False
        before = sentence[0].sentence - 1
        return self._is_named(text, [c for c in clauses(text, self.language) if c.sentence == before])

    def _is_nearest(self, text: str, at: Span) -> bool:
        """Whether a word beside a promise, or the noun nearest to it, is one of the offer's; also where its
        clause names nothing. Whom it is for, and when and where, is not what it is about (« pour nos clients »)."""
        clause = next(one for one in self._sentence(text, at) if _holds(one.span, at.start))
        beside = [w for w in clause.words if w.end <= at.start][-1:] + [
            w for w in clause.words if w.start >= at.end
        ][:1]
        if any(self._is_offered(word.text) for word in beside):
            return True
        nouns = [noun for noun in clause.nouns if not _holds(at, noun.word.start)]
        nouns = [noun for noun in nouns if noun.role != "oblique"] or nouns
        if not nouns:
            return True
        near = min(nouns, key=lambda noun: max(at.start - noun.word.end, noun.word.start - at.end))
        return self._is_offered(near.word.text)

    def _is_offered(self, word: str) -> bool:
        return stem(word, self.language) in self._stems or self._is_part(word)

    def _is_named(self, text: str, some: Sequence[Clause]) -> bool:
        """Whether clauses share a noun with the offer, or in German a part of one („Führung“, „Werkstattführung“)."""
        return any(self._stems & clause.stems for clause in some) or any(
            self._is_part(clause.span.of(text)) for clause in some
        )

    def _is_part(self, said: str) -> bool:
        if primary(self.language) != "de":
            return False
        terms = tuple(sorted({word for word in folded_words(said) if len(word) >= COMPOUND_TERM}))
        return any(inside for _, _, inside in inflected(self.wording, terms, self.language)) or any(
            inside for _, _, inside in inflected(said, self._words, self.language)
        )


def _holds(span: Span, place: int) -> bool:
    return span.start <= place < span.end
