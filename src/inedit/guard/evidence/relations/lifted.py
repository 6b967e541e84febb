"""Limits of a fact that a text lifts: no end where the fact sets one, something needed that the fact does without, more
than the one thing that was done. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.relations.shared_words import alike, shared, told_words
from inedit.guard.evidence.statements import statements
from inedit.guard.nlp.grammar import clauses, grammar, is_content, root
from inedit.guard.nlp.text import fold, sentences, words
from inedit.model import Span

_TOLD = 2
"""Words of content that a sentence must share with a fact."""

_LIMITED = frozenset({"minutes", "months", "nights", "deadline", "date", "month"})
_WITHOUT = frozenset({"ohne", "sans", "without", "sin", "senza"})


def lifted_limits(text: str, language: str, facts: Sequence[Fact]) -> Iterator[tuple[Span, Fact]]:
    """Sentences that lift the limit of a claim: „Gutscheine gelten unbegrenzt“, of „24 Monate“; „Sie brauchen einen
    Termin“, of „ohne Termin“."""
    own, folded = grammar(language), fold(text)
    if own.unlimited is None or own.needing is None:
        return
    claims = [f for f in facts if f.kind == "claim"]
    for sentence in sentences(text):
        if text[sentence.start : sentence.end].rstrip().endswith("?"):
            continue
        endless = own.unlimited.search(folded, sentence.start, sentence.end)
        needs = own.needing.search(folded, sentence.start, sentence.end)
        if not endless and not needs:
            continue
        said = [w.root for w in told_words(text, language) if sentence.start <= w.start < sentence.end]
        for fact in claims:
            if not ((endless and _is_limited(fact)) or (needs and _spared(fact))):
                continue
            told = {w.root for w in told_words(fact.text, fact.language)}
            about = len(shared(said, told))
            if endless and _is_limited(fact) and about >= _TOLD:
                yield Span(endless.start(), endless.end()), fact
            elif needs and about >= _TOLD and _needs_what_is_spared(text, language, sentence, fact):
                yield sentence, fact


@lru_cache(maxsize=4096)
def _is_limited(fact: Fact) -> bool:
    own, listed = grammar(fact.language), statements(fact.text, fact.language)
    once = own.once is not None and own.once.search(fold(fact.text))
    return bool(once) or any(s.quantity.dimension in _LIMITED and not s.quantity.bound for s in listed)


def _needs_what_is_spared(text: str, language: str, sentence: Span, fact: Fact) -> bool:
    """Whether a clause names, without denying it, what the fact does without, beside a word of needing."""
    spared, own = _spared(fact), grammar(language)
    if not spared or own.needing is None:
        return False
    for clause in clauses(text, language):
        if not sentence.start <= clause.span.start < sentence.end:
            continue
        denied = clause.has(own.denials | own.negations | own.waiving | _WITHOUT)
        needing = own.needing.search(fold(clause.span.of(text)))
        if needing and not denied and any(alike(one, other) for one in spared for other in clause.stems):
            return True
    return False


@lru_cache(maxsize=4096)
def _spared(fact: Fact) -> frozenset[str]:
    """The word of content right behind « sans », “without”."""
    listed, found = words(fact.text), set()
    for i, word in enumerate(listed):
        after = next((w for w in listed[i + 1 : i + 3] if is_content(w, fact.language)), None)
        if (
            word.folded in _WITHOUT
            and after is not None
            and not re.search(r"[,.;]", fact.text[word.end : after.start])
        ):
            found.add(root(after.text, fact.language))
    return frozenset(found)
