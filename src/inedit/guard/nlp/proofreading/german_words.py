"""German words made of listed ones: compounds, participles and adjectives of verbs, verbs behind an adverb."""

from __future__ import annotations

import re
from functools import lru_cache

from inedit.guard.nlp.proofreading.lexicon import NOTHING, lexicon
from inedit.guard.nlp.proofreading.tokens import readings

LINKS = ("", "s", "es", "n", "en", "er", "e", "ens")
"""What German puts between the parts of a compound."""


@lru_cache(maxsize=20_000)
def compound_head(word: str) -> str | None:
    """The last noun of a German compound as it is listed, which gives its gender; None when it is no compound."""
    listed = lexicon("de")
    low, noun = word.lower(), word[0].isupper()
    for cut in range(3, len(low) - 2):
        if not noun and len(low) - cut < SHORTEST_FIRST and low[:cut] not in _PARTICLES:
            continue  # « herhat », not « gelbrot »
        head = low[cut:].title() if noun else low[cut:]
        if not listed.readings(head) - (NOTHING if noun else _BARE):
            continue
        short = not noun and cut < SHORTEST_FIRST and low[:cut] not in _PARTICLES
        if not short and _is_first_part(low[:cut], depth=0 if noun else DEEPEST):
            return head
    return None


SHORTEST_FIRST = 4
"""Letters of the first part of a compound in small letters, unless it is a particle."""

_BARE = frozenset({"W", "U"})
_PARTICLES = frozenset(["vor", "auf", "aus", "ein", "mit", "her", "hin", "weg", "los", "neu", "alt"])

DEEPEST = 2
"""Parts that may stand before the last part of a compound, after the first; a compound in small letters has one."""


@lru_cache(maxsize=20_000)
def _is_first_part(part: str, depth: int = 0) -> bool:
    """Whether something may stand before the head of a compound: a word, with or without a link, or two."""
    listed = lexicon("de")
    for link in LINKS:
        if not part.endswith(link):
            continue
        stem = part[: len(part) - len(link)] if link else part
        if len(stem) < 3:
            continue
        if (
            stem.title() in listed
            or stem in listed
            or f"{stem}en" in listed
            or (not link and f"{stem}e".title() in listed)
        ):
            return True
        if depth < DEEPEST:
            for cut in range(3, len(stem) - 2):
                if (stem[cut:].title() in listed or stem[cut:] in listed) and _is_first_part(
                    stem[:cut], depth + 1
                ):
                    return True
    return False


def german_form(low: str) -> bool:
    """Participles and adjectives of a listed verb (« gestickte », « geflicktes ») and its imperative (« steck »)."""
    if len(low) >= SHORTEST_FIRST and "Vm2s" in readings(f"{low}e", "de"):
        return True
    for ending in ("", "e", "en", "er", "es", "em"):
        if ending and not low.endswith(ending):
            continue
        stem = low[: len(low) - len(ending)] if ending else low
        if readings(stem, "de"):
            return True
        if stem.startswith("ge") and stem.endswith("t"):
            base = stem[2:-1]
            if any(r[0] == "I" for form in (f"{base}en", f"{base}n") for r in readings(form, "de")):
                return True
    return False


def separable(low: str) -> bool:
    """« daraufgestickt »: an adverb and a form of a verb."""
    listed = lexicon("de")
    return any(low[:cut] in listed and german_form(low[cut:]) for cut in range(4, min(9, len(low) - 4)))


_PARTICIPLE = re.compile(r"([a-zäöü]{2,8}?)?ge([a-zäöüß]{2,}?)(t|en)(?:e[mnrs]?)?")


@lru_cache(maxsize=20_000)
def german_infinitive(low: str) -> str | None:
    """The verb that a participle is made of without a change of its vowel: „gepflanzt“ of „pflanzen“, „nachgesehen“
    of „nachsehen“; None of any other word."""
    for m in (_PARTICIPLE.fullmatch(low), _PARTICIPLE.fullmatch(low, 2)):
        if m is None or not any(r[0] in "KA" for r in readings(low, "de")):
            continue
        prefix = low[: m.start(2) - 2]
        if prefix and prefix not in _PARTICLES and "I" not in readings(f"{prefix}{m[2]}en", "de"):
            continue
        stem = m[2].removesuffix("e") if m[3] == "t" else m[2]
        for verb in (f"{stem}en", f"{stem}n"):
            if "I" in readings(verb, "de"):
                return prefix + verb
    return None


_CORE = re.compile(
    r"(?:ab|an|auf|aus|bei|durch|ein|fest|frei|her|hin|los|mit|nach|uber|um|unter|vor|weg|zu|zuruck|zusammen)?"
    r"(?:ge)?([a-z]{4,})"
)


def verb_core(stem: str, language: str) -> str:
    """The stem of a German verb without what it parts with or puts before its participle („ausgetrieb“, „trieb“); that
    of another language as it is."""
    found = _CORE.fullmatch(stem) if language.startswith("de") else None
    return found[1] if found else stem
