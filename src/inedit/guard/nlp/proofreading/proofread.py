"""Reading a text as a proof-reader does: spelling, agreement, elision, words said twice. Deterministic, offline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from inedit.guard.nlp.language_data import KNOWN, primary
from inedit.guard.nlp.proofreading.english import english_faults
from inedit.guard.nlp.proofreading.german import german_faults
from inedit.guard.nlp.proofreading.romance import romance_faults
from inedit.guard.nlp.proofreading.sounds import italian_apostrophes, sound_faults
from inedit.guard.nlp.proofreading.tokens import Fault, Token, tokens
from inedit.guard.nlp.proofreading.spelling import SHORTEST, known, meant
from inedit.model import Span

_NOT_PROSE = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+|[@#]\w+|\{\{.*?\}\}|\{\w+\}|\[[^\]\n]*\]|\b\w+\.(?:com|fr|de|es|it|net|org|eu)\b\S*"
)
_AGAIN = {  # words that come twice in a row in good prose
    "fr": {"nous", "vous", "si", "tout", "très", "bien", "non", "oui", "bla", "toc", "chut"},
    "en": {"that", "had", "very", "bye", "no", "yes", "so", "really", "is"},
    "de": {"die", "der", "das", "sie", "den", "sehr", "so", "ja", "nein", "dass", "es", "wir"},
    "es": {"que", "muy", "no", "sí", "ya", "nada", "poco", "así"},
    "it": {"piano", "molto", "no", "sì", "appena", "poco", "così", "bene", "via", "passo", "quasi"},
}


@dataclass(frozen=True, slots=True)
class Marked:
    """What a proof-reader marks: where, of which kind, and what would be right, when that is sure."""

    span: Span
    kind: str
    right: str = ""


def proofread(text: str, language: str) -> tuple[Marked, ...]:
    """Every fault in a text, in its order; nothing in a language that has no lexicon."""
    code = primary(language)
    if code not in KNOWN:
        return ()
    read = _NOT_PROSE.sub(lambda found: " " * (len(found.group()) - 1) + "|", text)
    listed = tokens(read, code)
    found = [*_misspelt(listed, code), *_faults(listed, code), *_twice(listed, code)]
    marked: list[Marked] = []
    for fault in sorted(found, key=lambda fault: (fault.first, fault.last)):
        span = Span(listed[fault.first].start, listed[fault.last].end)
        if not span.overlaps([other.span for other in marked]):
            marked.append(Marked(span, fault.kind, fault.right))
    return tuple(marked)


def _faults(listed: Sequence[Token], language: str) -> Iterator[Fault]:
    yield from sound_faults(listed, language)
    if language == "de":
        yield from german_faults(listed)
    elif language == "en":
        yield from english_faults(listed)
    else:
        yield from romance_faults(listed, language)
        if language == "it":
            yield from italian_apostrophes(listed)


def _misspelt(listed: Sequence[Token], language: str) -> Iterator[Fault]:
    for i, token in enumerate(listed):
        if not token.word or token.readings or len(token.low) < SHORTEST:
            continue
        if (
            not token.text.islower()
            and (language != "de" or not _plain_noun(token))
            and not (token.first and token.text[1:].islower())
        ):
            continue
        if token.low.endswith("'") or known(token, language):
            continue
        right = meant(token.text.replace("’", "'"), language)
        if right or (token.text.islower()):
            yield Fault(i, i, "spelling", right)


def _plain_noun(token: Token) -> bool:
    return token.text[1:].islower()


def _twice(listed: Sequence[Token], language: str) -> Iterator[Fault]:
    for i in range(len(listed) - 1):
        one, other = listed[i], listed[i + 1]
        if (
            one.word
            and one.low == other.low
            and len(one.low) > 1
            and other.text.islower()
            and one.low not in _AGAIN[language]
        ):
            yield Fault(i, i + 1, "twice", one.text)
