"""Which forms of a verb speak to a reader, and how: worked out from the infinitive, language by language.

Kinds of forms: ``tu`` familiar imperative, ``formal`` polite imperative, ``plural`` imperative or present to several
(vous is ``formal``), ``second`` familiar present or future, ``third`` what the third person is called as well. Where a
stem may change (« probar, prueba »), both are made: what is no word does no harm.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

Forms = Iterator[tuple[str, str]]


class Verbs(NamedTuple):
    """The verbs of a language: their forms by kind; forms that are nouns or adjectives more often; forms of verbs whose
    third person describes a thing (« pèse », "pesa") or tells of somebody who moves ("sube") rather than commanding;
    and the words beside a verb, by their role."""

    kinds: Mapping[str, frozenset[str]]
    nouns: frozenset[str]
    describing: frozenset[str]
    moving: frozenset[str]
    grammar: Mapping[str, frozenset[str]]

    def of(self, word: str) -> frozenset[str]:
        """The kinds of a word, in lower case."""
        return self.kinds.get(word, frozenset())


@lru_cache(maxsize=8)
def verbs(language: str) -> Verbs:
    """The verbs of a language (two letters); none for a language without a file."""
    make = _LANGUAGES.get(language)
    if make is None:
        return Verbs({}, frozenset(), frozenset(), frozenset(), {})
    source = (
        files("inedit.guard.nlp").joinpath("data", "verbs", f"{language}.toml").read_text(encoding="utf-8")
    )
    data = tomllib.loads(source)
    kinds: dict[str, set[str]] = {}
    for infinitive in data["infinitives"].split():
        for form, kind in make(infinitive):
            kinds.setdefault(form.replace("ß", "ss"), set()).add(kind)  # Swiss spelling is as good
    describing, moving = (
        frozenset(form for infinitive in data[key].split() for form, _ in make(infinitive))
        for key in ("describing", "moving")
    )
    for kind, listed in data["irregular"].items():
        for form in listed.split():
            kinds.setdefault(form, set()).add(kind)
    for form in data["others"].split():
        kinds.pop(form, None)
    nouns = frozenset(data["nouns"].split())
    grammar = {role: frozenset(listed.split()) for role, listed in data["grammar"].items()}
    return Verbs(
        {form: frozenset(found) for form, found in kinds.items()}, nouns, describing, moving, grammar
    )


_FRENCH_ENDINGS = (
    ("cueillir", "cueille"), ("courir", "cours"), ("quérir", "quiers"), ("mourir", "meurs"), ("fuir", "fuis"),
    ("enir", "iens"), ("vrir", "vre"), ("ffrir", "ffre"), ("aillir", "aille"), ("vêtir", "vêts"),
    ("indre", "ins"), ("soudre", "sous"), ("ettre", "ets"), ("attre", "ats"), ("ompre", "omps"), ("aincre", "aincs"),
    ("dre", "ds"), ("ivre", "is"), ("aître", "ais"), ("oître", "ois"), ("ure", "us"), ("uire", "uis"), ("aire", "ais"),
    ("oire", "ois"), ("ire", "is"), ("cevoir", "çois"), ("asseoir", "assieds"), ("voir", "vois"), ("re", "s"),
)  # fmt: skip


def _french(verb: str) -> Forms:
    if verb.endswith("er"):
        stem = verb[:-2]
        for form in _french_first(stem):
            yield form + "e", "tu"
        yield stem + "ez", "formal"
        return
    if verb.endswith("ir") and not re.search(
        "(?:cueill|cour|quér|mour|[fu]u|[vt]en|vr|ffr|aill|vêt)ir$", verb
    ):
        yield verb[:-1] + "s", "tu"  # finis
        yield verb[:-2] + "issez", "formal"
        if re.search("(?:[aio]rt|orm|ent|erv)ir$", verb):
            yield re.sub("[tmv]ir$", "s", verb), "tu"  # pars, dors, sens, sers
            yield verb[:-2] + "ez", "formal"
        return
    for ending, form in _FRENCH_ENDINGS:
        if verb.endswith(ending):
            yield verb.removesuffix(ending) + form, "tu"
            return


def _french_first(stem: str) -> Iterator[str]:
    yield stem
    yield re.sub("é([^aeiouéè]{1,2})$", r"è\1", stem)  # préfère
    yield re.sub("e([^aeiouéè])$", r"è\1", stem)  # achète
    yield re.sub("e([lt])$", r"e\1\1", stem)  # appelle, jette
    if stem.endswith("y"):
        yield stem[:-1] + "i"  # essaie


_GERMAN_STRONG = (
    ("nehmen", "nimm"), ("geben", "gib"), ("lesen", "lies"), ("sehen", "sieh"), ("helfen", "hilf"), ("essen", "iss"),
    ("treffen", "triff"), ("sprechen", "sprich"), ("werfen", "wirf"), ("brechen", "brich"), ("treten", "tritt"),
    ("messen", "miss"), ("fehlen", "fiehl"), ("sterben", "stirb"), ("werben", "wirb"), ("gessen", "giss"),
    ("stehlen", "stiehl"), ("schrecken", "schrick"), ("gelten", "gilt"),
)  # fmt: skip


def _german(verb: str) -> Forms:
    strong = next(((end, form) for end, form in _GERMAN_STRONG if verb.endswith(end)), None)
    stem = verb.removesuffix("en") if verb.endswith("en") else verb.removesuffix("n")
    if strong:
        yield verb.removesuffix(strong[0]) + strong[1], "strong"
    elif verb.endswith(("eln", "ern")):
        yield stem[:-2] + stem[-1] + "e", "tu"  # sammle
        yield stem + "e", "tu"  # wandere
    else:
        yield stem + "e", "tu"
        if not re.search("(?:[dt]|[^aeiouhlrmn][mn]|ig)$", stem):
            yield stem, "tu"
        yield stem, "short"
    yield stem + ("et" if re.search("[dt]$", stem) else "t"), "plural"
    yield verb, "formal"


def _spanish(verb: str) -> Forms:
    verb = verb.removesuffix("se")
    stem, theme = verb[:-2], verb[-2:].replace("í", "i")
    familiar, polite = ("a", "e") if theme == "ar" else ("e", "a")
    for root in _spanish_roots(stem, theme):
        yield root + familiar, "tu"
        yield root + familiar, "third"
        yield root + familiar + "s", "second"
        for soft in _spanish_soft(root, theme):
            yield soft + polite, "formal"
            yield soft + polite + "s", "negative"  # no esperes
    yield stem + {"ar": "á", "er": "é", "ir": "í"}[theme], "vos"
    yield stem + {"ar": "ás", "er": "és", "ir": "ís"}[theme], "second"
    yield stem + {"ar": "áis", "er": "éis", "ir": "ís"}[theme], "plural"
    yield verb[:-1] + "d", "plural"
    yield verb.replace("ír", "ir") + "ás", "second"


def _spanish_roots(stem: str, theme: str) -> Iterator[str]:
    yield stem
    for vowel, changed in (("e", "ie"), ("o", "ue"), ("u", "ue")):
        head, found, tail = stem.rpartition(vowel)
        if found and not re.search("[aeiou]", tail.removeprefix("u")):
            yield head + changed + tail
    if theme == "ir":
        head, found, tail = stem.rpartition("e")
        if found and not re.search("[aeio]", tail):
            yield head + "i" + (tail[:-1] if tail == "gu" else tail) if tail != "gu" else head + "igu"
        if stem.endswith("u") and not stem.endswith(("gu", "qu")):
            yield stem + "y"
    if theme == "ar" and stem.endswith(("i", "u")):
        yield stem[:-1] + {"i": "í", "u": "ú"}[stem[-1]]


def _spanish_soft(root: str, theme: str) -> Iterator[str]:
    """The root as it is written before the vowel of the polite form."""
    if theme == "ar":
        yield re.sub("c$", "qu", re.sub("g$", "gu", re.sub("z$", "c", root)))
        return
    yield re.sub("gu$", "g", re.sub("g$", "j", root)) if root.endswith(("g", "gu")) else root
    if root.endswith("c"):
        yield root[:-1] + "z"
        yield root[:-1] + "zc"


_ITALIAN_POLITE = (("gliere", "lga"), ("gnere", "nga"), ("tenere", "tenga"), ("venire", "venga"), ("porre", "ponga"),
                   ("manere", "manga"), ("salire", "salga"), ("durre", "duca"), ("trarre", "tragga"))  # fmt: skip


def _italian(verb: str) -> Forms:
    verb = re.sub("(?<=[aei]r)si$", "e", verb)
    stem, theme = verb[:-3], verb[-3:]
    if theme == "are":
        hard = stem + "h" if stem.endswith(("c", "g")) else stem.removesuffix("i")
        yield stem + "a", "tu"
        yield stem + "a", "third"
        yield hard + "i", "formal"
        yield hard + "i", "second"
        yield hard + "erai", "second"
        yield stem + "ate", "plural"
        return
    polite = next((verb.removesuffix(end) + form for end, form in _ITALIAN_POLITE if verb.endswith(end)), "")
    yield stem.removesuffix("i") + "i", "tu"
    yield stem.removesuffix("i") + "i", "second"
    yield polite or stem + "a", "formal"
    yield stem + {"ere": "e", "ire": "e"}.get(theme, "e"), "third"
    yield verb[:-1] + "ai", "second"
    yield stem + ("ete" if theme == "ere" else "ite"), "plural"
    if theme == "ire":
        yield stem + "isci", "tu"
        yield stem + "isca", "formal"


_LANGUAGES: Mapping[str, Callable[[str], Forms]] = {
    "fr": _french,
    "de": _german,
    "es": _spanish,
    "it": _italian,
}


def says_whatever(verb: str, after: str) -> bool:
    """Whether a verb in small letters comes again behind a relative, and so orders nothing: "pasen los años que pasen",
    "venga de donde venga", «costi quel che costi»."""
    again = after.lower().find(f" {verb}")
    return again > 0 and re.search(rf"{_RELATIVE} {verb}\b", after.lower()) is not None


_RELATIVE = r"\b(?:que|quien|donde|como|che|chi|dove|come|quanto)"
