"""The passages of a text that may carry a code: its sentences, and the clauses of each."""

from __future__ import annotations

import re

from inedit.guard.nlp.text import sentences, words
from inedit.model import Span

_CLAUSE = re.compile(r"(?<=[,;:!?…])\s+|\s+[–—-]\s+|\s*[()]\s*")
LEAST_WORDS = 3
"""A shorter clause says too little to be quoted by itself."""


def sentence_spans(text: str) -> tuple[Span, ...]:
    """The sentences; the whole text where it has none."""
    return sentences(text) or (Span(0, len(text)),)


def clause_spans(text: str, sentence: Span) -> tuple[Span, ...]:
    """The clauses of a sentence that can stand alone as a quotation; nothing when it has only one."""
    cuts = [match.span() for match in _CLAUSE.finditer(text, sentence.start, sentence.end)]
    starts = [sentence.start, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), sentence.end]
    found = tuple(
        Span(start, end)
        for start, end in zip(starts, ends, strict=True)
        if start < end and len(words(text[start:end])) >= LEAST_WORDS
    )
    return found if len(found) > 1 else ()


def located(text: str, quote: str) -> Span | None:
    """Where a quotation stands in a text, word for word; white space, quotation marks and case may differ.

    None when it does not stand there: a coder that quotes what nobody said is not believed.
    """
    tokens = quote.strip(" \t\n\"'«»“”„‘’…").split()
    if not tokens:
        return None
    pattern = r"\s+".join(_any_marks(token) for token in tokens)
    match = re.search(pattern, text) or re.search(pattern, text, re.IGNORECASE)
    return Span(*match.span()) if match else None


def _any_marks(token: str) -> str:
    """The pattern of a word, apostrophes and quotation marks being one or the other kind."""
    kinds = {"'": "['’ʼ]", "’": "['’ʼ]", '"': '["“”„«»]', "“": '["“”„«»]', "”": '["“”„«»]'}
    return "".join(kinds.get(character) or re.escape(character) for character in token)
