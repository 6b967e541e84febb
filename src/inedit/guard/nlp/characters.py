"""Characters that a reader does not see, or takes for others: read as a reader reads them, once, for every check.

A zero-width space in a banned word, a Cyrillic « е » in a competitor's name or a bold letter of the mathematical
alphabet look right and match nothing. :func:`as_read` gives the text that a reader sees, with the place of each of its
characters in the text as written.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from inedit.model import Span

# Letters of other alphabets that a reader takes for Latin ones (a choice from Unicode's confusables, UTS 39).
LOOKALIKES = str.maketrans(
    "АВСЕНІЈКМОРЅТХУҮҺ"
    + "авсенікјмоԛрѕтухүһԁԝӏѵгп"
    + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ"
    + "αβεικνορτυχωϲ"
    + "ոսցհօ"
    + "ıɑɡɩℓ",
    "ABCEHIJKMOPSTXYYH"
    + "abcehikjmoqpstyxyhdwlvrn"
    + "ABEZHIKMNOPTYXC"
    + "abeikvoptuxwc"
    + "nugho"
    + "iagil",
)
"""Letters of other alphabets, and the Latin ones that they look like."""

_MARKS = "\u0300-\u036f"
_HIDDEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef"
)
INVISIBLE = re.compile(f"[{_HIDDEN}]+")
"""Characters without ink or width: zero-width spaces and joiners, soft hyphens, marks of direction, fillers."""

STYLED = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff]+")
"""Letters and digits of the mathematical and full-width alphabets, which social posts use as bold or italic."""

_LETTERS_ABROAD = (
    "\u0370-\u058f\u05d0-\u1cff\u1f00-\u1fff\u2c00-\u2c5f\u2c80-\u2dff\u2e80-\u2fff\u3005-\u3007\u3021-\u31ff\u3400-\ua6ff\ua800-\uab2f"
    "\uab70-\ud7ff\uf900-\ufaff\ufb13-\ufdff\ufe70-\ufefc\uff66-\uffdc\U00010000-\U0001cfff\U0001e000-\U0001efff"
    "\U00020000-\U0003ffff"
)
FOREIGN_LETTERS = re.compile(f"[{_LETTERS_ABROAD}]")
"""Letters and signs of scripts other than the Latin one."""

_UNUSUAL = re.compile(f"[{_HIDDEN}{_LETTERS_ABROAD}{_MARKS}]|{STYLED.pattern}")
_USUAL = frozenset(
    character
    for first, last in ((0, 0x300), (0x2010, 0x2070), (0x20A0, 0x2120))
    for character in map(chr, range(first, last))
    if not _UNUSUAL.match(character)
)
"""The characters of nearly every text in our languages: a set knows them sooner than a pattern does."""

_EMOJI = re.compile("[\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff#*0-9]")
_TAGS = re.compile("[\U000e0020-\U000e007f]")
_TOKEN = re.compile(rf"[\w{_MARKS}]+")


class AsRead(NamedTuple):
    """A text as a reader sees it; its character ``i`` is ``starts[i]`` to ``ends[i]`` of the text as written."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def written(self, span: Span) -> Span:
        """Where a span of the text as read stands in the text as written."""
        if not self.starts or span.start >= len(self.starts):
            return span
        start = self.starts[span.start]
        return Span(start, self.ends[span.end - 1] if span.end > span.start else start)


def is_plain(text: str) -> bool:
    """Whether a text has none of the characters that :func:`as_read` reads otherwise."""
    return _USUAL.issuperset(text) or _UNUSUAL.search(text) is None


@lru_cache(maxsize=64)
def as_read(text: str) -> AsRead:
    """The text without invisible characters, with composed accents and plain letters for their look-alikes.

    >>> as_read("pr\\u0435m\\u200bium").text
    'premium'
    """
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    alike = _letters_alike(text)
    for index, character in enumerate(text):
        if INVISIBLE.match(character) and not part_of_emoji(text, index):
            continue
        if letters and unicodedata.combining(character):
            composed = unicodedata.normalize("NFC", letters[-1] + character)
            if len(composed) == 1:
                letters[-1], ends[-1] = composed, index + 1
                continue
        plain = unicodedata.normalize("NFKC", character) if STYLED.match(character) else character
        letters.append(alike.get(index) or (plain if len(plain) == 1 else character))
        starts.append(index)
        ends.append(index + 1)
    return AsRead("".join(letters), tuple(starts), tuple(ends))


def without_invisible(text: str) -> str:
    """The text without invisible characters; emoji keep theirs.

    >>> without_invisible("Sup\\u00ader")
    'Super'
    """
    return INVISIBLE.sub(
        lambda run: "".join(
            c for i, c in enumerate(run.group(), start=run.start()) if part_of_emoji(text, i)
        ),
        text,
    )


def invisible_runs(text: str) -> tuple[Span, ...]:
    """Where invisible characters stand that belong to no emoji."""
    runs: list[Span] = []
    for match in INVISIBLE.finditer(text):
        inside = [i for i in range(match.start(), match.end()) if not part_of_emoji(text, i)]
        if inside:
            runs.append(Span(inside[0], inside[-1] + 1))
    return tuple(runs)


def homoglyphs(text: str) -> tuple[Span, ...]:
    """Words in which letters of another alphabet pass for Latin ones."""
    alike = _letters_alike(text)
    return (
        tuple(
            Span(*token.span())
            for token in _TOKEN.finditer(text)
            if any(index in alike for index in range(*token.span()))
        )
        if alike
        else ()
    )


def part_of_emoji(text: str, index: int) -> bool:
    """Whether an invisible character joins emoji, or says how the one before it is drawn."""
    character, before = text[index], text[index - 1 : index]
    if character in "\ufe0e\ufe0f":
        return bool(_EMOJI.match(before))
    if character == "\u200d":
        return bool(
            _EMOJI.match(before) or before == "\ufe0f" or "\U0001f3fb" <= before <= "\U0001f3ff"
        ) and bool(_EMOJI.match(text[index + 1 : index + 2]))
    if _TAGS.match(character):  # the flags of England, Scotland and Wales
        return before == "\U0001f3f4" or (bool(_TAGS.match(before)) and part_of_emoji(text, index - 1))
    return False


@lru_cache(maxsize=64)
def _letters_alike(text: str) -> dict[int, str]:
    """The letters of another alphabet that stand for Latin ones, by place: in a word that has Latin letters too, or all
    of whose letters have a look-alike in a text that is Latin."""
    if _USUAL.issuperset(text) or FOREIGN_LETTERS.search(text) is None:
        return {}
    alike: dict[int, str] = {}
    latin = sum("a" <= c.lower() <= "z" for c in text) * 2 > sum(c.isalpha() for c in text)
    for token in _TOKEN.finditer(text):
        written = token.group()
        foreign = FOREIGN_LETTERS.findall(written)
        if not foreign:
            continue
        doubles = [c for c in foreign if ord(c) in LOOKALIKES]
        mixed = any("a" <= c.lower() <= "z" for c in written)
        if (mixed and doubles) or (latin and len(doubles) == len(written) > 1):
            for index, character in enumerate(written, start=token.start()):
                if ord(character) in LOOKALIKES and FOREIGN_LETTERS.match(character):
                    alike[index] = character.translate(LOOKALIKES)
    return alike
