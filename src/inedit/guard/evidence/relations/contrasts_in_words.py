"""Contrasts that a fact tells in words: « plus … que », “taller than she is”. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.relations.contrast import COMMA, Contrast, Pole
from inedit.guard.evidence.relations.shared_words import alike, within
from inedit.guard.nlp.text import fold, sentences, words
from inedit.guard.nlp.turning import MEASURES, turning
from inedit.model import Span


def contrasts_in_words(fact: Fact) -> Iterator[Contrast]:
    """« La charnière droite lâche plus souvent que la gauche », “for being taller than she is”."""
    own = turning(fact.language)
    if own is None:
        return
    folded = fold(fact.text)
    for measure in (*MEASURES, "any"):
        for sign, patterns in ((1, own.more), (-1, own.less)):
            for match in patterns[measure].finditer(folded):
                than = own.than.search(folded, match.end(), match.end() + 25)
                if than is None or folded[than.end() :].lstrip()[:1].isdigit():
                    continue  # “longer than 20 centimetres”
                sentence = next((s for s in sentences(fact.text) if s.start <= match.start() < s.end), None)
                end = COMMA.search(fact.text, than.end(), sentence.end if sentence else than.end())
                if sentence is None:
                    continue
                stop = end.start() if end else sentence.end
                other = _named(fact, Span(than.end(), stop))
                ahead = [m.end() for m in COMMA.finditer(fact.text, sentence.start, match.start())]
                start = ahead[-1] if ahead else sentence.start
                first = [
                    r for r in _named(fact, Span(start, than.start()), named=True)
                    if not any(alike(r, o) for o in other)
                ]  # fmt: skip
                if other:
                    yield Contrast(
                        measure,
                        (
                            Pole(Decimal(sign), tuple(first), fact.text[start:stop].strip()),
                            Pole(Decimal(0), tuple(other), fact.text[start:stop].strip()),
                        ),
                        in_figures=False,
                    )


def _named(fact: Fact, span: Span, *, named: bool = False) -> list[str]:
    """The words of content of a passage; where there are none, the pronoun of a person."""
    found = [w.root for w in within(fact.text, span, fact.language)]
    if found or named:
        return found
    persons = PRONOUNS.get(fact.language[:2], frozenset())
    return [w.folded for w in words(fact.text) if span.start <= w.start < span.end and w.folded in persons]


PRONOUNS = {
    "fr": frozenset({"elle", "lui", "eux", "elles"}),
    "en": frozenset({"she", "he", "her", "him", "they", "them"}),
    "de": frozenset({"sie", "er"}),
    "es": frozenset({"ella", "el", "ellos", "ellas"}),
    "it": frozenset({"lei", "lui", "loro"}),
}
"""Who is compared with something, where no name says it."""
