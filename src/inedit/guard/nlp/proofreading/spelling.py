"""Words that no dictionary of the language has, and what was probably meant."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from inedit.guard.nlp.language_data import language_profile
from inedit.guard.nlp.numbers import word_values
from inedit.guard.nlp.proofreading.german_words import compound_head, german_form, separable
from inedit.guard.nlp.proofreading.lexicon import lexicon
from inedit.guard.nlp.proofreading.tables import tables
from inedit.guard.nlp.proofreading.tokens import Token
from inedit.guard.nlp.text import fold

_LETTERS = {
    "fr": "abcdefghijklmnopqrstuvwxyzàâçéèêëîïôœùû",
    "en": "abcdefghijklmnopqrstuvwxyz",
    "de": "abcdefghijklmnopqrstuvwxyzäöüß",
    "es": "abcdefghijklmnopqrstuvwxyzáéíñóúü",
    "it": "abcdefghijklmnopqrstuvwxyzàèéìòù",
}
SHORTEST = 3
"""Shorter words are abbreviations and signs more often than slips."""


def known(token: Token, language: str) -> bool:
    """Whether a word is one: listed, or made of listed words as the language makes them."""
    return (
        bool(token.readings)
        or is_word(token.text.replace("’", "'"), language)
        or _is_number(token.low, language)
    )


def _is_number(low: str, language: str) -> bool:
    """« centodiciotto », « ottantun »: a number in words, the last vowel perhaps dropped."""
    data = language_profile(language)
    return any(word_values(fold(form), data) is not None for form in (low, f"{low}o"))


@lru_cache(maxsize=20_000)
def is_word(word: str, language: str) -> bool:
    """Whether a form is listed, or a compound, a derived form or a verb with its pronouns."""
    low = word.lower()
    listed = lexicon(language)
    if (
        word in listed
        or low in listed
        or low.title() in listed
        or low in tables(language).listed("roles.extra")
    ):
        return True
    if "-" in word or "‑" in word:
        return all(len(p) < 4 or is_word(p, language) for p in word.replace("‑", "-").split("-"))
    if "'" in word:
        return all(len(p) < SHORTEST or is_word(p, language) for p in word.split("'"))
    return _made(word, low, language)


def _made(word: str, low: str, language: str) -> bool:
    """Whether a word is made of listed ones as the language makes words."""
    if language == "de":
        return compound_head(word) is not None or german_form(low) or separable(low)
    if language == "en":
        return _english_form(low) or _english_compound(low)
    return (
        _derived(low, language)
        or _verb_and_noun(low, language)
        or (language in _SHORT and _with_pronouns(low, language))
    )


_LEADING_VERBS = {
    "it": (
        "porta",
        "copri",
        "apri",
        "lava",
        "asciuga",
        "salva",
        "para",
        "segna",
        "ferma",
        "gira",
        "batti",
        "taglia",
    ),
    "es": (
        "porta",
        "cubre",
        "abre",
        "lava",
        "guarda",
        "salva",
        "para",
        "saca",
        "corta",
        "sujeta",
        "posa",
        "quita",
    ),
}
"""Verbs that make the name of a thing together with what they govern: « portabicchieri », « cubremanteles »."""


def _verb_and_noun(low: str, language: str) -> bool:
    listed = lexicon(language)
    return any(
        any(reading[0] == "N" for reading in listed.readings(low.removeprefix(verb)))
        for verb in _LEADING_VERBS.get(language, ())
        if low.startswith(verb) and len(low) > len(verb) + SHORTEST
    )


_DERIVED = {
    "it": (
        ("tore tori trice trici tura ture mento menti", "re"),
        ("ino ina ini ine etto etta etti ette one oni", "o a e"),
        ("mente", " e"),
        ("olio olii", "olare"),
    ),
    "es": (
        ("dor dora dores doras dura duras miento mientos dero dera deros deras ble bles", "r"),
        ("ito ita itos itas illo illa illos illas", "o a"),
        ("ón ones", "a o"),
        ("mente", " o"),
    ),
    "fr": (("ette ettes", "e"), ("able ables eur eurs euse euses age ages", "er")),
}
"""Endings that make new words, and what stands in their place in the word that they are made of."""


def _derived(low: str, language: str) -> bool:
    """« tostatore » of « tostare », « bolsita » of « bolsa »: made as the language makes words."""
    listed = lexicon(language)
    return any(
        f"{low[: -len(ending)]}{plain.strip()}" in listed
        for endings, roots in _DERIVED.get(language, ())
        for ending in endings.split()
        if low.endswith(ending) and len(low) > len(ending) + 2
        for plain in (roots.split() if roots[0] != " " else ["", *roots.split()])
    )


def _english_form(low: str) -> bool:
    listed = lexicon("en")
    if not low.isascii():  # « cafés »
        return fold(low) in listed
    if low.endswith("ueing") and low.removesuffix("ing") in listed:
        return True  # “queueing”, as it is spelled in Britain
    prefixes = ("un", "re", "pre", "non", "over", "under", "out", "super", "micro", "multi", "mini")
    return any(low.startswith(p) and len(low) > len(p) + 3 and low[len(p) :] in listed for p in prefixes)


def _english_compound(low: str) -> bool:
    """“shoebox”, “breadboard”: two nouns in one word."""
    listed, small = lexicon("en"), language_profile("en").stop_words
    return any(
        first not in small
        and second not in small
        and all(any(r[0] == "N" for r in listed.readings(part)) for part in (first, second))
        for first, second in ((low[:i], low[i:]) for i in range(SHORTEST, len(low) - SHORTEST + 1))
    )


_DOUBLED = tuple(short + letter for short in ("fa", "da", "sta", "va") for letter in "lmntcvs")
"""Short imperatives and the letter that they double: « rifacci il letto » of « rifai », « ridammi » of « ridai »."""


def _with_pronouns(low: str, language: str) -> bool:
    """« mandarcelo », « pódaselas »: an infinitive, a gerund or an imperative with what it governs."""
    listed = lexicon(language)
    for cut in range(2, min(7, len(low) - 2)):
        stem, tail = low[:-cut], low[-cut:]
        if tail not in _pronouns(language):
            continue
        bare = _unaccented(stem)
        short = stem[:-1] if stem[-1] == tail[0] and stem.endswith(_DOUBLED) else ""
        for form in (stem, f"{stem}e", bare, f"{bare}e", f"{stem}re", f"{bare}s", f"{short}i"):
            if any(r[0] in "IGVK" for r in listed.readings(form)):
                return True
    return False


_SHORT = {
    "it": ("mi", "ti", "si", "ci", "vi", "gli", "lo", "la", "li", "le", "ne"),
    "es": ("me", "te", "se", "nos", "os", "lo", "la", "los", "las", "le", "les"),
}
_LONG = {"it": ("me", "te", "se", "ce", "ve", "glie"), "es": ("me", "te", "se", "nos", "os")}


@cache
def _pronouns(language: str) -> frozenset[str]:
    pairs = {one + other for one in _LONG[language] for other in _SHORT[language] if other[0] in "ln"}
    return frozenset(_SHORT[language]) | pairs


def _unaccented(stem: str) -> str:
    return stem.translate(str.maketrans("áéíóú", "aeiou"))


@lru_cache(maxsize=5_000)
def meant(word: str, language: str) -> str:
    """The listed word that one letter makes of an unknown one, the likeliest; nothing when there are none."""
    low, listed = word.lower(), lexicon(language)
    best: tuple[int, str] | None = None
    for rank, form in _one_off(low, _LETTERS[language]):
        if best and best[0] <= rank:
            continue
        shown = form if form in listed else form.title()
        if shown in listed:
            best = rank, shown
    if best is None:
        return ""
    return best[1].title() if word[0].isupper() else best[1]


def _one_off(low: str, letters: str) -> Iterator[tuple[int, str]]:
    """Forms one letter away, the likeliest slips first: accents, a doubled or missing double, two letters exchanged."""
    accents = {"a": "àâáä", "e": "éèêë", "i": "îïíì", "o": "ôóòö", "u": "ùûúü", "c": "ç", "n": "ñ", "s": "ß"}
    back = {accented: plain for plain, many in accents.items() for accented in many}
    for i, letter in enumerate(low):
        plain = back.get(letter, letter)
        for other in (plain, *accents.get(plain, "")):
            if other != letter:
                yield 0, low[:i] + other + low[i + 1 :]
    for i, letter in enumerate(low):
        yield 1, low[:i] + letter + low[i:]
        if i and low[i - 1] == letter:
            yield 1, low[:i] + low[i + 1 :]
        if i and low[i - 1] != letter:
            yield 2, low[: i - 1] + letter + low[i - 1] + low[i + 1 :]
    for i in range(len(low) + 1):
        if i < len(low):
            yield 3, low[:i] + low[i + 1 :]
        for letter in letters:
            if i < len(low):
                yield 4, low[:i] + letter + low[i + 1 :]
            yield 3, low[:i] + letter + low[i:]
