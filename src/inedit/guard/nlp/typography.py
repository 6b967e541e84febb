"""Typography is repaired, never refused: spaces, quotation marks and apostrophes as each language sets
them.

French: narrow no-break space (U+202F) before ``; ! ?`` and between thousands, no-break space (U+00A0)
before ``:``, inside « » and before % and € (Lexique des règles typographiques en usage à l'Imprimerie
nationale); Québec sets no space before ``; ! ?`` (OQLF), French Switzerland a narrow one before ``:`` too and inside
« » (Guide du typographe). German and Austrian „…“, Swiss German «…», English “…”, Spanish and Italian «…», without
inner spaces. Addresses, code, JSON, merge fields, times, ratios, inches, emoticons and numbers of models are left
alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Literal

from inedit.guard.nlp.characters import without_invisible
from inedit.guard.nlp.patterns import Pattern
from inedit.guard.nlp.sms import GSM_7, Charset

Typography = Literal[
    "french", "english", "german", "spanish", "italian", "quebec", "swiss-french", "swiss-german", "austrian"
]

NARROW = "\u202f"
NO_BREAK = "\u00a0"
_SPACES = " \t\u00a0\u202f\u2009"
_SPACE = f"[{_SPACES}]"
_PRIVATE = 0xE000
_PRIVATE_END = 0xF8FF
_KEPT_MARK = f"{chr(_PRIVATE)}-{chr(_PRIVATE_END)}"  # what stands for an address while the rest is set
_OF_NO_MEANING = re.compile(f"[{_KEPT_MARK}]")

_KEPT = Pattern(
    r"(?:https?://|www\.)\S+|\b[\w.+-]+@[\w-]+\.[\w.-]+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S*"  # addresses
    r"|\{\{.{0,200}?\}\}|\{%.{0,200}?%\}|&#?\w+;|`[^`\n]+`|</?[a-zA-Z][^<>\n]*>"  # merge fields, code, tags
    r'|\{(?:[^{}\n]|\{[^{}\n]*\})*"(?:[^{}\n]|\{[^{}\n]*\})*\}|\[[^\[\]\n]*"[^\[\]\n]*\]'  # JSON
    r'|"[\w-]+": ?(?:"[^"\n]*"|-?\d[\d.]*|true|false|null)|\w+="[^"\n]*"|\w\("[^"\n]*"\)'
    r"|(?<![\w:])[:;=xX8]['^-]?[)(DPpOo3*/\\|\]\[](?!\w)|(?<!\w):[a-z0-9_+-]+:(?!\w)|<3"  # emoticons
    r"|\d+:\d+|\d+(?:[.,]\d+)? ?['’′] ?\d+(?:[.,]\d+)? ?[\"”″]|\d['′]\d"  # times, ratios, feet and inches
)
_INCH = re.compile(r'(?<=\d)"(?!\w)')
_QUOTES = {
    "french": ("«" + NO_BREAK, NO_BREAK + "»"),
    "english": ("“", "”"),
    "german": ("„", "“"),
    "spanish": ("«", "»"),
    "italian": ("«", "»"),
    "quebec": ("«" + NO_BREAK, NO_BREAK + "»"),
    "swiss-french": ("«" + NARROW, NARROW + "»"),
    "swiss-german": ("«", "»"),
    "austrian": ("„", "“"),
}
_OWN = {
    "«": Pattern(r"«([^«»\n]+)»"),
    "“": Pattern(r"“([^“”\n]+)”"),
    "„": Pattern(r"„([^„“\n]+)“"),
}
_INNER = Pattern(r'(?<!\w)"(\S|\S[^"\n]*\S)"(?!\w)')
_NESTED = {"«": ("“", "”"), "“": ("‘", "’"), "„": ("‚", "‘")}
_FOREIGN = Pattern(r'(?<!\w)"(\S|\S[^"\n]*\S)"(?!\w)|“([^“”\n]+)”|„([^„“”\n]+)[“”]|«([^«»\n]+)»|»([^«»\n]+)«')
_LOOSE = Pattern(r'"([^"\n]+)"')  # the only pair of a line may have spaces inside
_SEVERAL = Pattern(rf"{_SPACE}{{2,}}")
_BEFORE_STOP = Pattern(rf"(?<=[\w»”“)\]’%€{_KEPT_MARK}]){_SPACE}+([.,])(?=[\s»”“)\]]|$)")
_ELIDED = Pattern(r"(?<![\w'])'(?=(?:tis|twas|em|til|cause)\b)", re.IGNORECASE)
_DECADE = Pattern(
    r"(?<![\w'])'(?=\d\d?0?s?\b)|(?<=\d0)'(?=e?[rs]\b)|(?<= )'(?=n' )|(?<= [’']n)'(?= )", re.IGNORECASE
)
_SINGLE_QUOTE = Pattern(r"(?<![\w'])'(?=\w[^'\n]*')")
_WITHIN = Pattern(r"'(?<=[^\W\d_]')(?=[^\W\d_])")
_AFTER = Pattern(r"'(?<=[^\W\d_]')(?=[\s,.;:!?»”)\u00a0\u202f]|$)")
_AFTER_OPENING = Pattern(rf"([¡¿]){_SPACE}+(?=\w)")
_AFTER_MARK = r"(?=[\s»”)\]\u203c-\u3299\U0001f000-\U0001faff]|$)"
_BEFORE_HIGH = Pattern(rf"(?<=[\w»”)\]’.…%€$£°{_KEPT_MARK}]){_SPACE}*([;!?]+){_AFTER_MARK}")
_BEFORE_COLON = Pattern(rf"(?<=[\w»”)\]’%€$£°{_KEPT_MARK}]){_SPACE}*:(?=\s|$)")
_BEFORE_SIGN = Pattern(rf"(?<=\d){_SPACE}*([%€$£‰])")
_BEFORE_PERCENT = Pattern(rf"(?<=\d){_SPACE}*([%€])")
_BEFORE_CLOSING = Pattern(rf"(?<=[\w»”“)\]’%€$£°{_KEPT_MARK}]){_SPACE}+([;:!?]+)(?=[\s»”“)\]]|$)")
_THOUSANDS = Pattern(rf"(?<![\w,.])(?<!\d{_SPACE})[1-9]\d{{0,2}}(?:{_SPACE}\d{{3}})+(?!\w)(?!{_SPACE}\d)")
_LABEL = re.compile(
    r"(?:taille|pointure|n[°o]|num[ée]ro|lot|code|r[ée]f\.?|r[ée]f[ée]rence|mod[èe]le|article|ligne|page|siret|siren|t[ée]l\.?)"
    rf"{_SPACE}*:?{_SPACE}*$",
    re.IGNORECASE,
)
"""What stands before a number that counts nothing: « taille 5 200 euros » is no five thousand."""
_SIGN_FIRST = Pattern(rf"€{_SPACE}(?=\d)")
_ANY_SPACE = re.compile(_SPACE)
_MARK = Pattern(f"[{_KEPT_MARK}]")
_GUILLEMETS = Pattern(rf"«{_SPACE}*([^«»\n]*?){_SPACE}*»")
_PASSES = 6  # one pass settles any real text; oddly nested quotation marks may take two or three
PLAIN_SIGNS = {
    **dict.fromkeys("’‘‚", "'"), **dict.fromkeys("“”„«»", '"'), **dict.fromkeys("–—‑‐−", "-"),
    "…": "...", "œ": "oe", "Œ": "OE", NO_BREAK: " ", NARROW: " ", "\u2009": " ",
}  # fmt: skip
"""Signs of typography and their plain forms. Accents are none of them: without hers, « Andre » is another person."""


def repair(text: str, typography: Typography, charset: Charset = "unicode") -> str:
    """The text as its language sets it; repairing twice changes nothing more.

    With ``charset="gsm-7"``, or ``"sms"`` for a text that the GSM alphabet can carry, typographic signs become plain
    ones. Letters stay as they are: an accent that the alphabet lacks, or an emoji, is for the guard to report, never
    dropped in silence. Invisible characters go.

    >>> repair('"Oui!" dit-elle : à 10:30', "french")
    '«\\xa0Oui\\u202f!\\xa0» dit-elle\\xa0: à 10:30'
    """
    text = without_invisible(text)
    if _OF_NO_MEANING.search(text):
        return text
    carried = charset == "gsm-7" or (charset == "sms" and GSM_7.issuperset(_gsm(_unquoted_spaces(text))))
    for _ in range(_PASSES):
        before, text = text, _gsm(_unquoted_spaces(text)) if carried else _pass(text, typography)
        if text == before:
            break
    return text


def _pass(text: str, typography: Typography) -> str:
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match.group())
        return chr(_PRIVATE + len(kept) - 1) if len(kept) <= _PRIVATE_END - _PRIVATE else match.group()

    masked = _inches(_KEPT.sub(keep, unicodedata.normalize("NFC", text)), keep)
    masked = _spaces(masked)
    masked = _quotes(masked, typography)
    masked = _apostrophes(masked, typography)
    masked = _MARKS[typography](masked)
    return _MARK.sub(lambda m: kept[ord(m.group()) - _PRIVATE], masked) if kept else masked


def _inches(text: str, keep: Callable[[re.Match[str]], str]) -> str:
    """A quotation mark behind a number is kept for inches where none was opened before it: 27", not "Volume 2"."""

    def unless_closing(match: re.Match[str]) -> str:
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        opened = len(_OPENING.findall(line)) > len(_CLOSING.findall(line))
        return match.group() if opened else keep(match)

    return _INCH.sub(unless_closing, text)


_OPENING = re.compile(r'(?<![\w.,!?…%€])"(?=\S)')
_CLOSING = re.compile(r'(?<=[^\s\d(])"(?![^\W\d_])')


def _spaces(text: str) -> str:
    """One space where there were several; none at the ends of a line."""
    text = _SEVERAL.sub(lambda m: next((c for c in m.group() if c in NO_BREAK + NARROW), " "), text)
    text = "\n".join(line.strip(_SPACES) for line in text.split("\n"))
    return _BEFORE_STOP.sub(r"\1", text)


def _quotes(text: str, typography: Typography) -> str:
    opening, closing = _QUOTES[typography]
    own, nested = _OWN[opening[0]], _NESTED[opening[0]]

    def set_quotes(match: re.Match[str]) -> str:
        inner = next(group for group in match.groups() if group is not None).strip(_SPACES)
        return f"{opening}{inner}{closing}" if inner else match.group()

    def set_own(match: re.Match[str]) -> str:
        inner = _INNER.sub(rf"{nested[0]}\1{nested[1]}", match.group(1).strip(_SPACES))
        return f"{opening}{inner}{closing}" if inner else match.group()

    def one_line(line: str) -> str:
        if line.count('"') % 2:
            return line
        if own.search(line):  # a line that has its own marks may nest others in them
            return own.sub(set_own, line)
        return (_LOOSE if line.count('"') == 2 else _FOREIGN).sub(set_quotes, _FOREIGN.sub(set_quotes, line))

    return "\n".join(one_line(line) for line in text.split("\n"))


def _apostrophes(text: str, typography: Typography) -> str:
    """’ within a word, after one (« un po’ », “the dogs’ bed”) and for what is left out (’90); English single quotation
    marks become ‘ and ’."""
    text = _DECADE.sub("’", text)
    if typography == "english":
        text = _ELIDED.sub("’", text)
        text = _SINGLE_QUOTE.sub("‘", text)
    text = _WITHIN.sub("’", text)
    return text if typography in _GERMAN else _AFTER.sub("’", text)


_GERMAN = ("german", "swiss-german", "austrian")


def _spanish(text: str) -> str:
    """As others do, and no space after an opening mark."""
    return _AFTER_OPENING.sub(r"\1", _tight_with_spaced_percent(text))


def _french(text: str, high: str = NARROW, colon: str = NO_BREAK, thousands: str = NARROW) -> str:
    """The spaces before marks and signs; ``high`` stands before ``; ! ?``, ``thousands`` in large numbers."""
    text = _BEFORE_HIGH.sub(rf"{high}\1", text)
    text = _BEFORE_COLON.sub(f"{colon}:", text)
    text = _BEFORE_SIGN.sub(rf"{NO_BREAK}\1", text)

    def grouped(match: re.Match[str]) -> str:
        labelled = _LABEL.search(match.string, max(0, match.start() - _LONGEST_LABEL), match.start())
        return match.group() if labelled else _ANY_SPACE.sub(thousands, match.group())

    return _THOUSANDS.sub(grouped, text)


_LONGEST_LABEL = 14


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
    "quebec": lambda text: _french(text, high="", thousands=NO_BREAK),
    "swiss-french": lambda text: _french(text, colon=NARROW),
    "swiss-german": _tight_with_spaced_percent,
    "austrian": lambda text: _SIGN_FIRST.sub(rf"€{NO_BREAK}", _tight_with_spaced_percent(text)),
}


def _unquoted_spaces(text: str) -> str:
    """Guillemets lose the spaces inside them before they become straight quotation marks."""
    return _GUILLEMETS.sub(r'"\1"', text)


def _gsm(text: str) -> str:
    return _spaces("".join(PLAIN_SIGNS.get(c, c) for c in unicodedata.normalize("NFC", text)))
