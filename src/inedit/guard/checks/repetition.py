"""Nothing is said twice, nothing loops."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from inedit.guard.context import Context
from inedit.guard.evidence.facts import model_parts, wording
from inedit.guard.nlp.language_data import language_profile, remedy
from inedit.guard.nlp.text import excerpt, sentences, stem_of, words
from inedit.model import Draft, Finding, Severity, Span

SAME_SENTENCE = 90.0
"""Similarity (rapidfuzz ``ratio``, 0 to 100) of folded sentences from which one says the other again."""

SAME_SENTENCE_WORDS = 4
"""Shorter sentences may come back as a refrain."""

SAME_STEMS = 0.75
"""Share of the stems of the longer of two sentences that the other has too, from which it says it again: in another
order, or with one word changed."""


FEWEST_STEMS = 3

LOOP_WORDS = 3
LOOP_TIMES = 3
LOOP_SHARE = 0.2
"""Up to three words said three times in a row are a loop; so are three words that come back three times or more and
make a fifth of the text. Honest texts of a hundred words repeat a name three times."""

TITLE_CHARS = 140
"""A part that may have no more characters is a title, a subject or a hook."""


def nothing_repeated(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """No sentence comes twice, no run of words comes round again and again."""
    return tuple(_nothing_repeated(draft, context))


def _nothing_repeated(draft: Draft, context: Context) -> Iterator[Finding]:
    language = draft.spec.language
    seen: list[tuple[_Said, str]] = []
    offer = wording(context.campaign.offer, language)
    # a part of its own may have to say the offer, and the text names it too; a mention may have to stand in two places
    asked = (
        *((offer[0],) if offer else ()),
        *context.brand.mentions(context.campaign, draft.spec.channel, language),
    )
    required = {_Said.of(span.of(text), language).folded for text in asked for span in sentences(text)}
    for part_id, text, start in model_parts(draft, context):
        for span in sentences(text):
            said = _Said.of(span.of(text), language)
            if said.folded.count(" ") + 1 < SAME_SENTENCE_WORDS or said.folded in required:
                continue
            first = next((position for other, position in seen if said.says_again(other)), None)
            if first is not None:
                written = excerpt(span.of(text))
                yield Finding(
                    "repetition",
                    Severity.BLOCK,
                    f"“{written}” is said twice.",
                    Span(span.start + start, span.end + start),
                    remedy=_once(draft, context, first, part_id),
                    part=part_id,
                )
            seen.append((said, part_id))
        loop = _loop(text)
        if loop:
            yield Finding(
                "repetition",
                Severity.BLOCK,
                f"“{loop.of(text)}” comes round again and again.",
                Span(loop.start + start, loop.end + start),
                remedy=remedy(language, "loop"),
                part=part_id,
            )


def _once(draft: Draft, context: Context, first: str, again: str) -> str:
    """How to say it once: a title that says a sentence of the text gets by on three words."""
    said_in = [part for part in context.sheet.parts if part.id in {first, again}]
    short = min(said_in, key=lambda part: part.max_chars, default=None)
    if short is None or len(said_in) < 2 or short.max_chars > TITLE_CHARS:
        return remedy(draft.spec.language, "repeated")
    return remedy(draft.spec.language, "repeated_part", part=short.id)


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence as it is compared with others: its words in order, the stems that carry its meaning, and whether it
    asks."""

    folded: str
    stems: frozenset[str]
    asked: bool = False

    @classmethod
    def of(cls, sentence: str, language: str) -> _Said:
        listed = words(sentence)
        stop = language_profile(language).stop_words
        known = stem_of(language)
        carrying = [known[w.text] for w in listed if len(w.folded) > 2 and w.folded not in stop]
        return cls(
            " ".join([word.folded for word in listed]),
            frozenset(carrying),
            sentence.rstrip(' »”"').endswith("?"),
        )

    def says_again(self, other: _Said) -> bool:
        if self.asked is not other.asked and self.folded != other.folded:
            return False  # « Un drap se répare-t-il ? Un drap se répare, et … » asks and answers
        shared = len(self.stems & other.stems)
        if shared < SAME_STEMS * max(len(self.stems), len(other.stems)):
            return False  # « un drap pour l'été, un drap pour l'hiver »
        return shared >= FEWEST_STEMS or bool(
            fuzz.ratio(self.folded, other.folded, score_cutoff=SAME_SENTENCE)
        )


def _loop(text: str) -> Span | None:
    """Up to three words said three times in a row, or three words that make up much of the text."""
    listed = words(text)
    folded = [word.folded for word in listed]
    for width in range(1, LOOP_WORDS + 1):
        again = [word == later for word, later in zip(folded, folded[width:], strict=False)]
        turns = width * (LOOP_TIMES - 1)
        for i in range(len(again) - turns + 1) if sum(again) >= turns else ():
            if all(again[i : i + turns]) and not any(word.isdigit() for word in folded[i : i + width]):
                return Span(listed[i].start, listed[i + width * LOOP_TIMES - 1].end)
    grams = Counter(zip(*(folded[first:] for first in range(LOOP_WORDS)), strict=False))
    least = max(LOOP_TIMES, LOOP_SHARE * len(listed) / LOOP_WORDS)
    if max(grams.values(), default=0) < least:  # so of nearly every text
        return None
    # « C, C++ », « 1, 2, 3 » are lists, no loops
    telling = [
        gram
        for gram, times in grams.items()
        if times >= least and any(len(w) > 2 for w in gram) and not any(w.isdigit() for w in gram)
    ]
    worst = max(telling, key=lambda gram: grams[gram], default=None)
    if worst is None:
        return None
    positions = [
        Span(listed[i].start, listed[i + LOOP_WORDS - 1].end)
        for i in range(len(listed) - LOOP_WORDS + 1)
        if tuple(folded[i : i + LOOP_WORDS]) == worst
    ]
    openings = {span.start for span in sentences(text)}
    # « Un drap pour l'été. Un drap pour l'hiver. »: sentences that begin alike are a figure of speech
    return None if all(position.start in openings for position in positions) else positions[0]
