"""Whether a comparison is made of what the brand sells, or stands in a scene: « la chaise la plus haute ». Pure."""

from __future__ import annotations

from itertools import pairwise

from inedit.guard.evidence.index import Evidence
from inedit.guard.evidence.polarity import polarity
from inedit.guard.nlp.grammar import Clause, clauses, grammar, is_content, root
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.packs import Pack
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import CURRENCIES
from inedit.guard.nlp.text import Word, fold, plain, sentence_at, words
from inedit.guard.nlp.word_lists import word_list, word_pattern
from inedit.model import Span


def is_of_a_scene(text: str, span: Span, kind: str, pack: Pack, known: Evidence, language: str) -> bool:
    """Whether a superlative or comparative at ``span`` is said of something that nobody here sells.

    It is where its clause names something, and neither the brand, one of its things, nor what anybody sells (« le
    modèle », « le prix », « du marché ») stands in its sentence; « nous » after the comparison is who tells it (« le
    plus banal que nous connaissions »).
    """
    listed = clauses(text, language)
    clause = next((c for c in listed if c.span.start <= span.start < c.span.end), None)
    if clause is None:
        return False
    whole = [c for c in listed if c.sentence == clause.sentence]
    part = _between_semicolons(text, whole[0].span.start, whole[-1].span.end, span)
    same = [c for c in whole if part.start <= c.span.start < part.end]
    sentence = plain(part.of(text))
    if _is_offered(text, clause, span, part, pack, language) or any(
        _speaks(c, span, known, language) for c in same
    ):
        return False
    if pack.impersonal and pack.impersonal.search(sentence):
        return True
    about = [c for c in same if c is clause or not _tells_when(c, clause, language)]
    general = kind == "superlative" and _is_of_anything(clause, span, language)
    if any(_names_ours(c, known, language, beside=general and c is clause) for c in about):
        return False
    before = [c for c in same if c.span.end <= clause.span.start][-1:]
    if kind == "superlative" and not clause.nouns and before:
        return any(
            noun.role == "bare" for noun in before[0].nouns
        )  # « l'accident … est donc | le plus banal »
    return _names_something(clause, span, kind, language)


def _is_offered(text: str, clause: Clause, span: Span, part: Span, pack: Pack, language: str) -> bool:
    """Whether a comparison is of what anybody sells, of us («siamo i migliori»), or of a region beside a price."""
    if pack.offered is not None and pack.offered.search(plain(part.of(text))):
        return True
    if word_pattern(language, "we_are").search(fold(text[clause.span.start : span.start])):
        return True
    if _is_answered_by_us(text, part.end, language) or _is_set_against(text, clause, span, part, language):
        return True
    if _is_readers_above_all(text, clause, span, language):
        return True
    best = word_pattern(language, "the_best").search(fold(span.of(text)))
    region = region_in(text, Span(span.start, clause.span.end), language)
    return region is not None and (best is not None or _sells(text, part, language))


def _is_readers_above_all(text: str, clause: Clause, span: Span, language: str) -> bool:
    """Whether a thing of the reader's is put before any other: “your wall will be stronger than any of concrete”."""
    than_any = word_pattern(language, "than_any").search(
        fold(text), span.start, min(span.end + 20, clause.span.end)
    )
    return than_any is not None and any(
        noun.role == "bare"
        and noun.word.end <= span.start
        and _determiner(clause, noun.word) in grammar(language).you
        for noun in clause.nouns
    )


def _is_set_against(text: str, clause: Clause, span: Span, part: Span, language: str) -> bool:
    """Whether a superlative without a noun is set against what we are not, or names all that its sentence tells: «no
    somos los más baratos, pero sí los mejores», „nicht die Billigsten, sondern die Besten“."""
    before = [w for w in words(text) if part.start <= w.start < span.start]
    own, but = grammar(language), polarity()[primary(language)]
    turned = next((w for w in before if w.folded in but.but), None)
    beside = [w for w in clause.words if not span.start <= w.start < span.end and is_content(w, language)]
    if turned is None or beside:
        return False
    led = [w for w in before if w.end <= turned.start]
    folded = fold(text)
    denied = any(w.folded in but.negators | own.denials for w in led)
    ours = any(word_pattern(language, "we_are").search(folded[part.start : w.end]) for w in led)
    telling = sum(is_content(w, language) for w in led)
    return denied and (ours or (telling <= 1 and led[0].folded in but.negators))


def _is_answered_by_us(text: str, end: int, language: str) -> bool:
    """Whether a question that ends there has us for an answer: “The best workshop in France? Ours.”"""
    if not text[end : end + 3].strip().startswith("?"):
        return False
    answer = sentence_at(text, min(text.index("?", end) + 2, len(text) - 1)).of(text)
    said = words(answer)
    return len(said) <= _SHORT_ANSWER and not grammar(language).we.isdisjoint(w.folded for w in said)


_SHORT_ANSWER = 3
"""Words of an answer that only names somebody."""


def region_in(text: str, after: Span, language: str) -> str | None:
    """What a superlative is said to be the first of: « de toute la région », “in the West”, « Bretagne » of « de
    Bretagne »; None where it is of no place."""
    named = word_pattern(language, "of_a_region").search(fold(text), after.start, after.end)
    if named:
        return named.group()
    own = grammar(language)
    listed = [
        w for w in words(text) if after.start <= w.start < after.end and w.folded not in own.determiners
    ]
    if primary(language) == "de":  # „die besten Bäcker Bayerns“
        pairs = (
            (one, two)
            for one, two in pairwise(listed[1:])
            if two.folded.endswith("s") and one.text[:1].isupper()
        )
    else:
        pairs = ((one, two) for one, two in pairwise(listed) if one.folded in own.genitive | {"in", "en"})
    return next((two.text for _, two in pairs if two.text[:1].isupper()), None)


def _sells(text: str, part: Span, language: str) -> bool:
    """Whether words name a price, or come to the reader’s door."""
    if word_pattern(language, "to_yours").search(fold(text), part.start, part.end):
        return True
    return any(
        q.dimension in CURRENCIES and part.start <= q.span.start < part.end
        for q in find_quantities(text, language)
    )


def _between_semicolons(text: str, start: int, end: int, span: Span) -> Span:
    """The part of a sentence around the comparison."""
    first, last = text.rfind(";", start, span.start), text.find(";", span.end, end)
    return Span(first + 1 if first >= 0 else start, last if last >= 0 else end)


def _speaks(clause: Clause, span: Span, known: Evidence, language: str) -> bool:
    """Whether the brand speaks of itself in a clause, up to the comparison in it."""
    ends = span.start if clause.span.start <= span.start < clause.span.end else clause.span.end
    we = grammar(language).we
    return any(w.folded in we and w.end <= ends for w in clause.words) or not known.brand.isdisjoint(
        clause.stems
    )


def _tells_when(clause: Clause, compared: Clause, language: str) -> bool:
    """Whether a clause behind the comparison says when („…, wenn die Säle schließen“)."""
    first = clause.words[0].folded
    return clause.span.start > compared.span.start and bool(
        word_pattern(language, "as_when").fullmatch(first)
    )


def _is_of_anything(clause: Clause, span: Span, language: str) -> bool:
    """Whether what is compared is a sound or any “thing”, not one that is sold: “the loudest thing in the room”."""
    if clause.has(grammar(language).we):
        return False
    beside = [w for w in clause.words if w.end <= span.end][-3:] + [
        w for w in clause.words if w.start >= span.end
    ][:1]
    return any(word_pattern(language, "any_thing").fullmatch(w.folded) for w in beside)


def _names_ours(clause: Clause, known: Evidence, language: str, *, beside: bool = False) -> bool:
    """Whether a clause names a thing of the brand's that is not the reader's; ``beside`` leaves out where it is."""
    you = grammar(language).you
    roles = ("of", "oblique") if beside else ("of",)
    inside = {noun.word.start for noun in clause.nouns if noun.role in roles}  # “the best judge of a sheet”
    return any(
        _is_thing(root(word.text, language), known, language)
        and word.start not in inside
        and _determiner(clause, word) not in you
        for word in clause.words
    )


_SHORTEST_PART = 3  # letters of either part of a German compound: « Stadtrad »


def _is_thing(stem: str, known: Evidence, language: str) -> bool:
    """Whether a noun is one of the brand's things; a German compound is what its last part is."""
    if stem in known.heads:
        return True
    ends = (h for h in known.heads if _SHORTEST_PART <= len(h) <= len(stem) - _SHORTEST_PART)
    return primary(language) == "de" and any(stem.endswith(thing) for thing in ends)


def _determiner(clause: Clause, word: Word) -> str:
    before = [w.folded for w in clause.words if w.end <= word.start]
    return before[-1] if before else ""


def _names_something(clause: Clause, span: Span, kind: str, language: str) -> bool:
    """Whether the clause names what is compared: a noun up to the comparison, or the word that a superlative leads."""
    has_left_context = (n for n in clause.nouns if n.role == "bare" and n.determiner)  # « una mesa más alta »
    if any(n.word.start < span.start for n in clause.nouns) or any(
        n.word.start < span.end for n in has_left_context
    ):
        return True
    after = next((word for word in clause.words if word.start >= span.end), None)
    if kind != "superlative" or after is None or after.start - span.end > 1:
        return False
    return is_content(after, language) or after.folded in word_list(
        language, "reflexive"
    )  # « la più piccola si siede »
