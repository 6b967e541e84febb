"""The words around a figure: what it counts, what it is about, how far it is loosened."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from functools import cached_property
from operator import attrgetter
from typing import cast

from inedit.guard.nlp.language_data import LanguageProfile, primary
from inedit.guard.nlp.numbers import word_values
from inedit.guard.nlp.patterns import Prefilter
from inedit.guard.nlp.proofreading.tokens import is_verb, readings
from inedit.guard.nlp.quantity import COUNT, YEAR, Approximation, Quantity, Unread
from inedit.guard.nlp.text import Word, sentence_at, stem, words
from inedit.guard.nlp.word_lists import word_pattern

FOUR_DIGITS = re.compile(r"1[0-9]\d\d|20\d\d")
"""What may be a year."""
_ARTICLE = re.compile(r" (?:las?|los|el|les?|il|alle|the|die|den|dem|um|un|una|une|ein|eine[rmn]?|an?) ?$")

_NEXT_WORD = re.compile(r" (\w+)")


class Surroundings(Unread):
    """A text with figures in it, and its language."""

    def __init__(self, text: str, data: LanguageProfile, tried: Prefilter[None]) -> None:
        super().__init__(text, tried)
        self.data = data

    def located(self, quantity: Quantity) -> Quantity:
        """The figure with the words around it in its sentence."""
        sentence = sentence_at(self.text, quantity.span.start)
        language = self.data.language
        first = bisect_left(self._telling, quantity.span.end, key=attrgetter("start"))
        last = bisect_right(self._telling, quantity.span.start, key=attrgetter("end"))
        after = [word for word in self._telling[first : first + 4] if word.start < sentence.end]
        before = [word for word in self._telling[max(0, last - 3) : last] if word.start >= sentence.start]
        nearest = [*after, *reversed(before)]
        counted = self._counted(quantity, after) if after else ""
        written = self.rest[quantity.span.start : quantity.span.end]
        is_year = not counted and primary(language) == "de" and FOUR_DIGITS.fullmatch(written) is not None
        return replace(
            quantity,
            dimension=YEAR
            if is_year and quantity.dimension == COUNT
            else quantity.dimension,  # « 2021 hat … »
            nouns=tuple(stem(word.text, language) for word in nearest),
            sentence=sentence.of(self.text),
            has_left_context=bool(before),
            counted=counted,
            approximate=quantity.approximate
            or self._approximation(quantity.span.start, quantity.span.end)
            or self._of_an_hour(quantity)
            or (self._loosened(after[0].end) if counted else ""),
        )

    @cached_property
    def _telling(self) -> tuple[Word, ...]:
        """The words of the text that may say what a figure is about."""
        return tuple(
            word
            for word in words(self.text)
            if word.folded not in self.data.stop_words and not word.folded.isdigit() and len(word.folded) > 1
        )

    def _counted(self, quantity: Quantity, following: list[Word]) -> str:
        """The stem of the noun that a number counts: right after it, or after « de »; in German the next one with a
        capital, an adjective at most before it."""
        noun, end, language = following[0], quantity.span.end, primary(self.data.language)
        if language == "de" and not noun.text[:1].isupper():
            adjective, then = noun, following[1] if len(following) > 1 else noun
            if not then.text[:1].isupper() or then.start > adjective.end + 1:
                return ""  # « mit einundsiebzig flickt eine Näherin … »
        between = self.folded[end : noun.start]
        if re.search(r"[,;:()–—.!?]", between) or set(re.findall(r"\w+", between)) - self.data.linkers:
            return ""
        if is_verb(noun.text, language):
            return ""  # « En janvier, 388 suffisent »
        if (
            language == "en"
            and quantity.number > 1
            and between.isspace()
            and readings(noun.text, language) == {"Vb"}
        ):
            return ""  # “children under 12 pay nothing”
        return stem(noun.text, self.data.language)

    def _approximation(self, start: int, end: int) -> Approximation:
        """How far the words right before or after a figure loosen it."""
        before = _ARTICLE.sub(" ", self.folded[max(0, start - 28) : start])
        for pattern, kind in (
            (self.data.over, "over"),
            (self.data.under, "under"),
            (self.data.about, "about"),
            (self.data.onwards, "from"),
        ):
            if pattern and pattern.search(before):
                return cast(Approximation, kind)
        return self._loosened(end)

    def _of_an_hour(self, quantity: Quantity) -> Approximation:
        """« vers 18 heures », „gegen 18 Uhr“."""
        if quantity.dimension != "time":
            return ""
        start = quantity.span.start
        leads = word_pattern(self.data.language, "about_an_hour").search(
            self.folded[max(0, start - 20) : start]
        )
        return "about" if leads else ""

    def _loosened(self, end: int) -> Approximation:
        """How far the words right behind a figure, or behind what it counts, loosen it: “15 walkers at most”."""
        for kind, pattern in (("over", self.data.over_after), ("under", self.data.under_after)):
            found = pattern.match(self.folded, end) if pattern else None
            if found:  # «60 € de lino al menos una noche» loosens what comes next
                following = _NEXT_WORD.match(self.folded, found.end())
                counts = following and (following[1].isdigit() or word_values(following[1], self.data))
                return "" if counts else cast(Approximation, kind)
        return ""
