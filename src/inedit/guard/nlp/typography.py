"""Typography is repaired, never refused: spaces, quotation marks and apostrophes as each language sets
them.

French: narrow no-break space (U+202F) before ``; ! ?`` and between thousands, no-break space (U+00A0)
before ``:``, inside « » and before % and € (Lexique des règles typographiques en usage à l'Imprimerie
nationale). German „…“, English “…”, Spanish and Italian «…» without inner spaces. Addresses, times and
e-mail are left alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Literal

from inedit.guard.nlp.patterns import Pattern

Typography = Literal["french", "english", "german", "spanish", "italian"]

GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà\f^{}\\[~]|€"
)
"""The GSM 7-bit default alphabet and its extension table (3GPP TS 23.038, §6.2.1)."""

GSM_7_EXTENSION = frozenset("\f^{}\\[~]|€")
"""Its characters that take two places, after an escape."""

NARROW = "\u202f"
NO_BREAK = "\u00a0"
_SPACES = " \t\u00a0\u202f\u2009"
_SPACE = f"[{_SPACES}]"
_PRIVATE = 0xE000
_PRIVATE_END = 0xF8FF
_KEPT_MARK = f"{chr(_PRIVATE)}-{chr(_PRIVATE_END)}"  # what stands for an address while the rest is set

_KEPT = Pattern(
    r"(?:https?://|www\.)\S+|\b[\w.+-]+@[\w-]+\.[\w.-]+|\{\{.{0,200}?\}\}|\{%.{0,200}?%\}|&#?\w+;|(?<!\w)[:;]-?[)(DPp](?!\w)|\d+:\d+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S*"
)
_QUOTES = {
    "french": ("«" + NO_BREAK, NO_BREAK + "»"),
    "english": ("“", "”"),
    "german": ("„", "“"),
    "spanish": ("«", "»"),
    "italian": ("«", "»"),
}
_OWN = {
    "french": Pattern(r"«([^«»\n]+)»"),
    "english": Pattern(r"“([^“”\n]+)”"),
    "german": Pattern(r"„([^„“\n]+)“"),
    "spanish": Pattern(r"«([^«»\n]+)»"),
    "italian": Pattern(r"«([^«»\n]+)»"),
}
_FOREIGN = Pattern(r'(?<!\w)"(\S|\S[^"\n]*\S)"(?!\w)|“([^“”\n]+)”|„([^„“”\n]+)[“”]|«([^«»\n]+)»|»([^«»\n]+)«')
_LOOSE = Pattern(r'"([^"\n]+)"')  # the only pair of a line may have spaces inside
_SEVERAL = Pattern(rf"{_SPACE}{{2,}}")
_BEFORE_STOP = Pattern(rf"(?<=[\w»”“)\]’%€{_KEPT_MARK}]){_SPACE}+([.,])(?=[\s»”“)\]]|$)")
_ELIDED = Pattern(r"(?<![\w'])'(?=(?:tis|twas|em|til|cause|n)\b|\d\ds\b)", re.IGNORECASE)
_SINGLE_QUOTE = Pattern(r"(?<![\w'])'(?=\w[^'\n]*')")
_WITHIN = Pattern(r"'(?<=[^\W\d_]')(?=[^\W\d_])")
_AFTER = Pattern(r"'(?<=[^\W\d_]')(?=[\s,.;:!?»”)\u00a0\u202f]|$)")
_AFTER_OPENING = Pattern(rf"([¡¿]){_SPACE}+(?=\w)")
_BEFORE_HIGH = Pattern(rf"(?<=[\w»”)\]’.…%€$£°{_KEPT_MARK}]){_SPACE}*([;!?]+)(?=[\s»”)\]]|$)")
_BEFORE_COLON = Pattern(rf"(?<=[\w»”)\]’%€$£°{_KEPT_MARK}]){_SPACE}*:(?=\s|$)")
_BEFORE_SIGN = Pattern(rf"(?<=\d){_SPACE}*([%€$£‰])")
_BEFORE_PERCENT = Pattern(rf"(?<=\d){_SPACE}*([%€])")
_BEFORE_CLOSING = Pattern(rf"(?<=[\w»”“)\]’%€$£°{_KEPT_MARK}]){_SPACE}+([;:!?]+)(?=[\s»”“)\]]|$)")
_THOUSANDS = Pattern(rf"(?<![\d,.])\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)")
_ANY_SPACE = re.compile(_SPACE)
_MARK = Pattern(f"[{_KEPT_MARK}]")
_GUILLEMETS = Pattern(rf"«{_SPACE}*([^«»\n]*?){_SPACE}*»")
_PASSES = 6  # one pass settles any real text; oddly nested quotation marks may take two or three
_PLAIN = {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "…": "...", "–": "-", "—": "-",
          "œ": "oe", "Œ": "OE", NO_BREAK: " ", NARROW: " ", "ç": "c"}  # fmt: skip


def repair(text: str, typography: Typography, charset: Literal["unicode", "gsm-7"] = "unicode") -> str:
    """The text as its language sets it; repairing twice changes nothing more.

    With ``charset="gsm-7"`` (text messages) typographic signs and the accents that the alphabet lacks
    become the plain ones that it has; what has no plain form, such as an emoji, is left for the guard to
    report.

    >>> repair('"Oui!" dit-elle : à 10:30', "french")
    '«\\xa0Oui\\u202f!\\xa0» dit-elle\\xa0: à 10:30'
    """
    if any(_PRIVATE <= ord(character) <= _PRIVATE_END for character in text):
        return text
    for _ in range(_PASSES):
        before, text = text, _gsm(_unquoted_spaces(text)) if charset == "gsm-7" else _pass(text, typography)
        if text == before:
            break
    return text


def _pass(text: str, typography: Typography) -> str:
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match.group())
        return chr(_PRIVATE + len(kept) - 1) if len(kept) <= _PRIVATE_END - _PRIVATE else match.group()

    masked = _KEPT.sub(keep, unicodedata.normalize("NFC", text))
    masked = _spaces(masked)
    masked = _quotes(masked, typography)
    masked = _apostrophes(masked, typography)
    masked = _MARKS[typography](masked)
    return _MARK.sub(lambda m: kept[ord(m.group()) - _PRIVATE], masked) if kept else masked


def _spaces(text: str) -> str:
    """One space where there were several; none at the ends of a line."""
    text = _SEVERAL.sub(lambda m: next((c for c in m.group() if c in NO_BREAK + NARROW), " "), text)
    text = "\n".join(line.strip(_SPACES) for line in text.split("\n"))
    return _BEFORE_STOP.sub(r"\1", text)


def _quotes(text: str, typography: Typography) -> str:
    opening, closing = _QUOTES[typography]

    def set_quotes(match: re.Match[str]) -> str:
        inner = next(group for group in match.groups() if group is not None).strip(_SPACES)
        return f"{opening}{inner}{closing}" if inner else match.group()

    def one_line(line: str) -> str:
        own = _OWN[typography]
        if line.count('"') % 2:
            return line
        if own.search(line):  # a line that has its own marks may nest others in them
            return own.sub(set_quotes, line)
        return (_LOOSE if line.count('"') == 2 else _FOREIGN).sub(set_quotes, _FOREIGN.sub(set_quotes, line))

    return "\n".join(one_line(line) for line in text.split("\n"))


def _apostrophes(text: str, typography: Typography) -> str:
    """’ within a word, and after one (« un po’ », “the dogs’ bed”); English single quotation marks become ‘ and ’."""
    if typography == "german":
        return text
    if typography == "english":
        text = _ELIDED.sub("’", text)
        text = _SINGLE_QUOTE.sub("‘", text)
    text = _WITHIN.sub("’", text)
    return _AFTER.sub("’", text)


def _spanish(text: str) -> str:
    """As others do, and no space after an opening mark."""
    return _AFTER_OPENING.sub(r"\1", _tight_with_spaced_percent(text))


def _french(text: str) -> str:
    text = _BEFORE_HIGH.sub(rf"{NARROW}\1", text)
    text = _BEFORE_COLON.sub(f"{NO_BREAK}:", text)
    text = _BEFORE_SIGN.sub(rf"{NO_BREAK}\1", text)
    return _THOUSANDS.sub(lambda m: _ANY_SPACE.sub(NARROW, m.group()), text)


def _tight(text: str) -> str:
    """No space before a closing mark."""
    return _BEFORE_CLOSING.sub(r"\1", text)


def _tight_with_spaced_percent(text: str) -> str:
    return _BEFORE_PERCENT.sub(rf"{NO_BREAK}\1", _tight(text))


_MARKS: dict[Typography, Callable[[str], str]] = {
    "french": _french,
    "english": _tight,
    "german": _tight_with_spaced_percent,
    "spanish": _spanish,
    "italian": _tight,
}


def places(text: str, charset: Literal["unicode", "gsm-7"]) -> int:
    """How much of a channel's room a text takes: characters, or GSM-7 septets, of which € takes two."""
    return len(text) + (sum(c in GSM_7_EXTENSION for c in text) if charset == "gsm-7" else 0)


def _unquoted_spaces(text: str) -> str:
    """Guillemets lose the spaces inside them before they become straight quotation marks."""
    return _GUILLEMETS.sub(r'"\1"', text)


def _gsm(text: str) -> str:
    characters = []
    for character in unicodedata.normalize("NFC", text):
        if character in GSM_7:
            characters.append(character)
            continue
        plain = _PLAIN.get(character) or unicodedata.normalize("NFKD", character)[0]
        characters.append(plain if set(plain) <= GSM_7 else character)
    return _spaces("".join(characters))
