"""How it is said: the form of address kept, nothing said twice, no loop, no sentence cut in the middle."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from inedit.guard.context import Context
from inedit.guard.facts import model_parts
from inedit.guard.text import excerpt, fold, plain, sentences, stem, words
from inedit.guard.tongue import remedy, tongue
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

LONG_TEXT = 80
"""Characters from which a part that has full sentences must end as one."""

_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|„[^“”]*[“”]|\"[^\"\n]*\"")
_ENDS_WELL = re.compile(r"[.!?…:»”“\"'’)\]]$|[^\w\s,;\-–—(«„/&+]$|#\w+$|\S+\.[a-z]{2,}\S*$|\d$")
_ENDS_BADLY = re.compile(r"[,;(«„&+]$|\s[-–—/]$|\w-$")


def address_kept(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """The reader is addressed as the segment asks, without one as the language does (tu / vous, du / Sie, tú / usted,
    tu / Lei); quotations aside."""
    language, segment = draft.spec.language, draft.spec.segment
    brand = context.brand
    if language not in brand.languages:
        return ()
    known = segment in brand.segments
    wanted = brand.formality(segment, language) if known else brand.languages[language].formality
    data = tongue(language)
    wrong = data.informal if wanted == "formal" else data.formal
    findings = []
    for part_id, text, start in model_parts(draft, context):
        said = _QUOTED.sub(lambda m: "~" * len(m.group()), plain(text))
        spans = sorted(
            {
                Span(m.start(), m.end())
                for pattern in wrong
                for m in pattern.finditer(said)
                # « plié en deux » is no « plie », « tè » no « te », « œuvre » no « ouvre »
                if text[m.end() - 1] not in "éè" and text[m.start()] not in "œŒ"
            }
        )
        if spans:
            written = ", ".join(dict.fromkeys(span.of(text).strip() for span in spans))
            findings.append(
                Finding(
                    "address",
                    Severity.BLOCK,
                    f"“{written}”: these readers are addressed in the {wanted} way.",
                    Span(spans[0].start + start, spans[0].end + start),
                    remedy=remedy(language, wanted, text=written),
                    part=part_id,
                )
            )
    return tuple(findings)


def nothing_repeated(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """No sentence comes twice, no run of words comes round again and again."""
    return tuple(_nothing_repeated(draft, context))


def _nothing_repeated(draft: Draft, context: Context) -> Iterator[Finding]:
    language = draft.spec.language
    seen: list[tuple[_Said, str]] = []
    for part_id, text, start in model_parts(draft, context):
        for span in sentences(text):
            said = _Said.of(span.of(text), language)
            if said.folded.count(" ") + 1 < SAME_SENTENCE_WORDS:
                continue
            first = next((place for other, place in seen if said.says_again(other)), None)
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
    """A sentence as it is compared with others: its words in order, and the stems that carry its meaning."""

    folded: str
    stems: frozenset[str]

    @classmethod
    def of(cls, sentence: str, language: str) -> _Said:
        listed = words(sentence)
        stop = tongue(language).stop_words
        carrying = {stem(w.text, language) for w in listed if len(w.folded) > 2 and w.folded not in stop}
        return cls(" ".join(word.folded for word in listed), frozenset(carrying))

    def says_again(self, other: _Said) -> bool:
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
        for i in range(len(again) - turns + 1):
            if all(again[i : i + turns]) and not any(word.isdigit() for word in folded[i : i + width]):
                return Span(listed[i].start, listed[i + width * LOOP_TIMES - 1].end)
    grams = Counter(zip(*(folded[first:] for first in range(LOOP_WORDS)), strict=False))
    least = max(LOOP_TIMES, LOOP_SHARE * len(listed) / LOOP_WORDS)
    # « C, C++ », « 1, 2, 3 » are lists, no loops
    telling = [
        gram
        for gram, times in grams.items()
        if times >= least and any(len(w) > 2 for w in gram) and not any(w.isdigit() for w in gram)
    ]
    worst = max(telling, key=lambda gram: grams[gram], default=None)
    if worst is None:
        return None
    places = [
        Span(listed[i].start, listed[i + LOOP_WORDS - 1].end)
        for i in range(len(listed) - LOOP_WORDS + 1)
        if tuple(folded[i : i + LOOP_WORDS]) == worst
    ]
    openings = {span.start for span in sentences(text)}
    # « Un drap pour l'été. Un drap pour l'hiver. »: sentences that begin alike are a figure of speech
    return None if all(place.start in openings for place in places) else places[0]


def sentences_end(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """A part does not stop in the middle of a sentence."""
    language = draft.spec.language
    cut = tongue(language).cut_words
    findings = []
    for part_id, text, start in model_parts(draft, context):
        stripped = text.rstrip()
        listed = words(stripped)
        if not listed:
            continue
        last = listed[-1]
        hangs = last.end == len(stripped) and fold(last.text) in cut and not last.text.isupper()
        line = stripped.rsplit("\n", 1)[-1]  # a last line without a stop may be a title or a call to action
        runs_on = (
            len(stripped) >= LONG_TEXT
            and re.search(r"[.!?…]\s", line) is not None
            and _ENDS_WELL.search(line) is None
        )
        if hangs or runs_on or _ENDS_BADLY.search(stripped):
            tail = sentences(stripped)[-1]
            written = excerpt(tail.of(stripped))
            findings.append(
                Finding(
                    "ending",
                    Severity.BLOCK,
                    f"“{written}” stops in the middle of a sentence.",
                    Span(tail.start + start, tail.end + start),
                    remedy=remedy(language, "cut"),
                    part=part_id,
                )
            )
    return tuple(findings)
