"""Things that a text gives along with what is bought, and that no fact names: „Zur Reparatur legen wir ein Putztuch
dazu“, “with every bike you get a bell”. No word such as “free” stands there, so the other promises do not see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from inedit.brand.caching import by_identity
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import Evidence, fact_stems, readable_facts
from inedit.guard.evidence.relations.shared_words import alike
from inedit.guard.nlp.grammar import Clause, clauses, grammar, is_content, root
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.patterns import may_match_within
from inedit.guard.nlp.text import Word, fold
from inedit.model import Span

_RUN = 4
"""Words of content behind an article that may be the thing: “a little glass bottle”."""


def unsupplied_gifts(text: str, language: str, facts: tuple[Fact, ...], known: Evidence) -> Iterator[Span]:
    """Things that the text gives along with a purchase, of which no fact speaks."""
    along, folded = grammar(language).giving_along, fold(text)
    if along is None or not may_match_within(along, folded):  # so of nearly every text
        return
    listed = clauses(text, language)
    for clause in listed:
        same = [c.span for c in listed if c.sentence == clause.sentence]
        said = (clause.span, Span(same[0].start, same[-1].end))
        asked = text[same[-1].end : same[-1].end + 3].strip(" \u00a0\u202f").startswith("?")
        gives = any(along.search(folded[s.start : s.end].rstrip(" .!")) for s in said)
        if asked or not gives or clause.has(grammar(language).negations):
            continue
        for thing in _things(clause, language):
            stems = {root(word.text, language) for word in thing}
            if not any(alike(one, other) for one in stems for other in _told(facts, known)):
                yield Span(thing[0].start, thing[-1].end)


def _things(clause: Clause, language: str) -> Iterator[Sequence[Word]]:
    """What stands behind an indefinite article; in German its nouns."""
    for i, word in enumerate(clause.words[:-1]):
        before = clause.words[i - 1].folded if i else ""
        if word.folded not in grammar(language).indefinite or before in grammar(language).prepositions:
            continue
        run = list(takewhile(lambda w: is_content(w, language), clause.words[i + 1 :]))[:_RUN]
        if primary(language) == "de":
            run = [w for w in run if w.text[:1].isupper()]
        if run:
            yield run


@by_identity(maxsize=16)
def _told(facts: tuple[Fact, ...], known: Evidence) -> frozenset[str]:
    return frozenset[str]().union(*(fact_stems(f) for f in readable_facts(facts, known.language)))
