"""Claims that a text says word for word: what stands in them needs no other support."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from inedit.brand.caching import by_identity
from inedit.guard.context import Context
from inedit.guard.evidence.facts import KEPT, Fact, supplied_facts
from inedit.guard.nlp.grammar import grammar
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.text import fold, folded_words, run_span, sentence_at, shared_runs
from inedit.model import Draft, Span

FEWEST = 4
"""Words that a wording needs: a shorter one is no sentence, and may stand in another one by chance."""

_ENDS = re.compile(r"[\s\"'”»“’)\]]*(?:[.!?…;\n]|$)")


def said_word_for_word(draft: Draft, context: Context) -> tuple[Span, ...]:
    """Where the draft says a supplied claim or the offer in its very words, to the end of a sentence: one that goes on
    may promise more, and one that begins with a negation may take it back."""
    text, language = draft.text, primary(draft.spec.language)
    said = _spoken(text)
    spans = (
        (run_span(text, run), run_span(wording, (0, length)).of(wording))
        for wording, (length, spoken) in _wordings(supplied_facts(draft, context), language).items()
        if spoken in said
        for run in shared_runs(text, wording, length)
    )
    return tuple(
        span
        for span, own in spans
        if _ENDS.match(text, span.end)
        and _spaced(span.of(text)) == _spaced(own)
        and not _is_denied(text, span, language)
    )


@by_identity(maxsize=KEPT)
def _wordings(facts: tuple[Fact, ...], language: str) -> dict[str, tuple[int, str]]:
    """The claims and the offer in a language that are long enough: how many words each has, and these in a row."""
    wordings = (f.text for f in facts if f.kind in ("claim", "offer") and primary(f.language) == language)
    return _long_enough(tuple(dict.fromkeys(wordings)))


@lru_cache(maxsize=64)
def _long_enough(wordings: tuple[str, ...]) -> dict[str, tuple[int, str]]:
    """The same for every variant of a campaign."""
    return {
        text: (length, _spoken(text)) for text in wordings if (length := len(folded_words(text))) >= FEWEST
    }


def _spoken(text: str) -> str:
    """The words of a text, folded, with a space on either side of each."""
    return f" {' '.join(folded_words(text))} "


def _is_denied(text: str, span: Span, language: str) -> bool:
    """Whether what leads to a wording in its sentence holds a negation."""
    own, start = grammar(language), sentence_at(text, span.start).start
    return not (own.negations | own.denials).isdisjoint(folded_words(text[start : span.start]))


def _spaced(text: str) -> str:
    """In small letters with single spaces; points and commas count: “1.850” is not “1,850”."""
    return " ".join(fold(text).split())


def stands_in(span: Span | None, approved: Iterable[Span]) -> bool:
    """Whether most of a passage stands in an approved wording."""
    if span is None:
        return False
    shared = (min(span.end, one.end) - max(span.start, one.start) for one in approved)
    return 2 * max(shared, default=0) > span.end - span.start
