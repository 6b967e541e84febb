"""Superlatives of what a tip has the reader take, which nobody sells: “Put the longest stones aside first”. Pure."""

from __future__ import annotations

from inedit.guard.evidence.index import Evidence
from inedit.guard.evidence.relations.scenes import region_in
from inedit.guard.nlp.grammar import grammar, is_content, root
from inedit.guard.nlp.imperatives import spoken_to
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.packs import Pack
from inedit.guard.nlp.proofreading.tokens import is_verb
from inedit.guard.nlp.text import fold, plain, sentence_at, words
from inedit.guard.nlp.word_lists import word_pattern
from inedit.model import Span


def is_of_a_tip(text: str, span: Span, pack: Pack, known: Evidence, language: str) -> bool:
    """Whether a superlative stands in an order to the reader, of a thing that is no product of ours.

    It is one by size, weight, shape or age. What an order brings the reader to (“choose the …”, “rent the …”), what
    anybody sells and what is the first of a region is praised all the same.
    """
    sentence = sentence_at(text, span.start)
    said = words(sentence.of(text))
    folded = fold(text)
    if word_pattern(language, "comes_to_us").search(folded, sentence.start, span.start):
        return False
    measured = ("ranked_up", "ranked_down", "of_shape_or_age")
    if not any(word_pattern(language, name).search(folded, span.start, span.end) for name in measured):
        return False
    if not _opens_as_order(sentence.of(text), language):
        return False
    if any(w.folded in grammar(language).we for w in said) or (
        pack.offered is not None and pack.offered.search(plain(sentence.of(text)))
    ):
        return False
    named = {root(w.text, language) for w in said if is_content(w, language)}
    sold = known.brand.union(*known.products.values())
    return named.isdisjoint(sold) and region_in(text, Span(span.start, sentence.end), language) is None


def _opens_as_order(sentence: str, language: str) -> bool:
    """Whether a sentence opens with an order; an English one with a word that a determiner follows at once, or behind a
    preposition (“Start with the heaviest”)."""
    said, own, code = words(sentence), grammar(language), primary(language)
    if len(said) < _SHORTEST or sentence.rstrip().endswith("?") or not is_content(said[0], language):
        return False
    if code == "en":
        led = own.determiners | own.you
        return said[1].folded in led or (said[1].folded in own.prepositions and said[2].folded in led)
    if code == "de" and said[1].text == "Sie":
        return True
    if code == "fr" and said[0].folded.endswith("ez") and is_verb(said[0].text.lower(), code):
        return True
    return any(address.span.start == said[0].start for address in spoken_to(sentence, code))


_SHORTEST = 3
"""Words that an order with a superlative has at least."""
