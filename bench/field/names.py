"""Compiles the first names that the redaction knows: ``src/inedit/insight_loop/redaction/names.txt``.

    PYTHONPATH=src python bench/field/names.py

From the name lists of Faker (MIT licence, https://github.com/joke2k/faker), fifteen locales of the five languages. A name
that is a word as well, by the guard's own lexicons (Rose, Pierre, Hope, Mark), is followed by the languages in which it is
one: there, at the beginning of a sentence, it is not taken for a person.
"""

from __future__ import annotations

import importlib
import re
import unicodedata
from pathlib import Path

from inedit.guard.nlp.function_words import function_words
from inedit.guard.nlp.proofreading.lexicon import lexicon

LOCALES = [
    "fr_FR",
    "fr_CA",
    "fr_BE",
    "fr_CH",
    "en_GB",
    "en_US",
    "en_IE",
    "de_DE",
    "de_AT",
    "de_CH",
    "es_ES",
    "es_MX",
    "es_AR",
    "it_IT",
    "it_CH",
]
LANGUAGES = ("fr", "en", "de", "es", "it")
TARGET = Path(__file__).parents[2] / "src/inedit/insight_loop/redaction/names.txt"
HEAD = "# First names, from Faker (MIT licence); behind each, where it is a word. Made by bench/field/names.py.\n"
NOT_PEOPLE = frozenset(
    [
        "Paris",
        "Florence",
        "Lourdes",
        "Sydney",
        "Austin",
        "London",
        "Madison",
        "Milan",
        "Siena",
        "Roma",
        "Vienna",
        "Valencia",
        "Santiago",
        "Virginia",
        "Georgia",
        "India",
        "China",
        "Asia",
        "America",
        "Israel",
        "Jordan",
        "Chelsea",
        "Brooklyn",
        "Dallas",
        "Denver",
        "Houston",
        "Phoenix",
        "Lorraine",
        "Brittany",
        "Savannah",
        "Carolina",
        "Dakota",
        "Montana",
        "Cheyenne",
        "Kent",
        "Lincoln",
        "Preston",
        "Chester",
        "Berlin",
        "Verona",
        "Modena",
        "Catania",
        "Alexandria",
        "Odessa",
        "Holland",
        "Ireland",
        "Africa",
        "Europa",
        "Orlando",
        "Boston",
        "Bristol",
        "Avril",
        "April",
        "May",
        "June",
        "August",
        "Augusta",
        "Abril",
        "Julio",
        "Agosto",
        "Maggio",
        "Juli",
        "Juin",
        "Mercedes",
        "Alexa",
        "Siri",
        "Chanel",
        "Lidl",
        "Dior",
        "Zara",
        "Ferrari",
        "Noël",
        "Noel",
        "Natale",
        "Pasquale",
        "Pascua",
        "Ostern",
        "Domenica",
        "Domingo",
        "Sabato",
        "Sol",
        "Mar",
        "Luz",
        "Reyes",
        "Cruz",
        "Camino",
        "Paz",
        "Rey",
        "Royal",
        "Prince",
        "Princess",
        "Major",
        "Sergent",
        "Baron",
        "Earl",
        "Duke",
        "King",
        "Queen",
        "Dean",
        "Bishop",
        "Pope",
        "Santa",
        "San",
        "Sainte",
        "Saint",
        "Van",
        "Von",
        "Del",
        "Della",
        "Che",
        "Bien",
        "Mon",
        "Son",
        "Tous",
        "Toi",
        "Ami",
        "Una",
        "Mia",
        "Durante",
        "Iban",
        "Avis",
        "Mien",
        "Sus",
        "Tus",
        "Eine",
        "Alle",
        "Andere",
        "Mai",
        "Ende",
        "Nun",
        "Nur",
        "Gut",
        "Die",
        "Das",
        "Der",
        "Den",
        "Sie",
        "Her",
    ]
)
GERMAN_NOUNS = frozenset(
    [
        "Rose",
        "Heide",
        "Linde",
        "Viola",
        "Erika",
        "Iris",
        "Jasmin",
        "Marine",
        "Wolf",
        "Stern",
        "Ernst",
        "Mark",
        "Olive",
        "Flora",
        "Aurora",
        "Anker",
        "Hagen",
        "Till",
        "Mia",
        "Karte",
        "Gold",
        "Salome",
        "Viktoria",
        "Sommer",
        "Winter",
        "Carmen",
        "Linda",
        "Nelke",
        "Melisse",
        "Amber",
        "Hope",
        "Max",
        "Frank",
        "Falk",
        "Kraft",
    ]
)
"""What the German lexicon has among words of every kind, names included."""


def first_names() -> set[str]:
    """Every first name of the locales that is one word of three letters or more."""
    found: set[str] = set()
    for locale in LOCALES:
        try:
            provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        except ModuleNotFoundError:
            continue
        for kind in ("first_names", "first_names_male", "first_names_female"):
            found.update(getattr(provider, kind, ()))
    return {unicodedata.normalize("NFC", name) for name in found if re.fullmatch(r"[^\W\d_]{3,}", name)}


def without_accents(name: str) -> str:
    """José as it is typed: Jose."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()


def word_in(name: str) -> list[str]:
    """The languages in which the name in small letters is a word: a noun, a verb, not only a name; ``w`` where the German
    lexicon has it without saying as what."""
    words = [
        tag
        for tag in LANGUAGES
        if lexicon(tag).readings(name.lower()) - {"X", "W"} or name.lower() in function_words(tag)
    ]
    if "de" not in words and name in GERMAN_NOUNS:
        words.append("de")
    return [*words, *(["w"] if "de" not in words and "W" in lexicon("de").readings(name.lower()) else [])]


def main() -> None:
    found = first_names()
    found |= {without_accents(name) for name in found}  # as they are typed
    names = sorted(found - NOT_PEOPLE)
    words = {name: word_in(name) for name in names}
    lines = (" ".join((name, *languages)) + "\n" for name, languages in words.items())
    TARGET.write_text(HEAD + "".join(lines), encoding="utf-8")
    print(len(names), "names,", sum(map(bool, words.values())), "of them words somewhere")


main()
