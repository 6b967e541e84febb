"""What a text makes the outcome of a fact hang on, and the fact does not: “once ironed, linen loses its stiffness” of
what the first wash does. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from inedit.guard.evidence.claim_terms import are_akin_forms
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import readable
from inedit.guard.evidence.relations.shared_words import shared, stated_words, within
from inedit.guard.nlp.grammar import grammar, root
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.patterns import occurs
from inedit.guard.nlp.proofreading.tokens import readings
from inedit.guard.nlp.text import Word, fold, sentences, words
from inedit.guard.nlp.turning import turning
from inedit.guard.nlp.word_lists import word_list
from inedit.model import Span

OUTCOME = 3
"""Words of content that the rest of a sentence must share with a fact to tell its outcome, or half of the fact's."""

_NEAR = 5
"""Words behind “once” among which what must be done stands: “once it has been spun”."""

_SHORT = 4
"""Letters of an act's root up to which it may begin another word of its family."""


def added_conditions(text: str, language: str, fact: Fact, facts: Sequence[Fact]) -> Iterator[Span]:
    """Passages that put a condition before the outcome of a fact which nothing said of it names."""
    own = turning(language)
    if own is None or not occurs(own.once, fold(text)):
        return
    theirs = {w.root for w in stated_words(fact.text, fact.language)}
    for sentence in sentences(text):
        for m in own.once.finditer(fold(text), sentence.start, sentence.end):
            done = _done(text, m.end(), sentence.end, language)
            if done is None or own.elapsed.search(fold(text), m.end(), _clause_end(text, done, sentence.end)):
                continue  # “once two days have passed”
            act = root(done.text, language)
            people = grammar(language).you | grammar(language).we | word_list(language, "anybody")
            if any(w.folded in people and sentence.start <= w.start < sentence.end for w in words(text)):
                continue  # « une fois rentré, on ouvre le drap »
            rest = [w.root for w in within(text, sentence, language) if w.start != done.start]
            if len(shared(rest, theirs)) < min(OUTCOME, (len(theirs) + 1) // 2):
                continue
            if not _is_known(act, _known(fact, rest, facts, language), language):
                yield Span(m.start(), done.end)


def _clause_end(text: str, done: Word, end: int) -> int:
    comma = text.find(",", done.end, end)
    return end if comma < 0 else comma


def _known(fact: Fact, said: Sequence[str], facts: Sequence[Fact], language: str) -> Iterator[str]:
    """The words of what is said of a fact, and of any other that the sentence tells as much of."""
    for each in facts:
        if readable(each, language):
            listed = [w.root for w in stated_words(each.text, each.language)]
            if each.id == fact.id or len(shared(said, listed)) >= OUTCOME:
                yield from listed


def _is_known(act: str, known: Iterable[str], language: str) -> bool:
    short = len(act) <= _SHORT  # « lavé », « lavage »
    return any(are_akin_forms(act, one, language) or (short and one.startswith(act)) for one in known)


def _done(text: str, at: int, end: int, language: str) -> Word | None:
    """The participle behind “once”: of an act that is done to something."""
    code = primary(language)
    for word in [w for w in words(text) if at <= w.start < end][:_NEAR]:
        if text[at : word.start].strip(" ,")[:1] in (".", ";", ":", "("):
            break
        found = readings(word.text, code)
        irregular = found == {"X"} and len(word.text) > _SHORT  # “frozen”
        if any(r[0] == "K" or (r == "Vd" and code == "en") for r in found) or (irregular and code == "en"):
            return word
        if any(r[0] == "N" for r in found) and word.text.islower() and len(word.text) > _SHORT:
            break
    return None
