"""What the checks say, in the language of the person who reads it.

Findings are stored as the checks word them: the message in English, the remedy in the language of the text, as the
model is told it. Here both are turned into the person's language where they are shown, and the remedy into what a
person with the text in front of them may do. Both are recognised by their patterns, so that what is stored stays what
it is; one that no catalogue knows is shown as it is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources

from babel.core import Locale, UnknownLocaleError

from inedit.guard.nlp.language_data import language_profile, primary
from inedit.model import Finding

CATALOGUES = ("en", "fr")
"""Languages that people may read findings in; anybody else reads English."""

QUOTED = frozenset({"text", "id", "part"})
"""Fields with somebody's own words or names, which are never turned into others."""

BY_A_PERSON = "person"
"""What the finding is called that says why a reviewer sent a text back: its remedy is their own comment."""

_FIELD = re.compile(r"\{(\w+)\}")

_FRENCH_SPACES = (
    (re.compile(r"(?<=«) | (?=[»:%€])"), "\u00a0"),
    (re.compile(r" (?=[;!?])"), "\u202f"),
)
"""French sets a space inside its quotes and before these marks; no line may end there."""


def typeset(language: str, wording: str) -> str:
    """A wording of ours with the spaces that its language wants, so that no line begins with a mark.

    >>> typeset("fr", "« {name} » : qui ?")
    '«\\xa0{name}\\xa0»\\xa0: qui\\u202f?'
    >>> typeset("en", "who ?")
    'who ?'
    """
    if primary(language) == "fr":
        for space, kept in _FRENCH_SPACES:
            wording = space.sub(kept, wording)
    return wording


def interface_language(environment: Mapping[str, str]) -> str:
    """The language of the person, by ``INEDIT_LANG``, else by what the terminal is set to; English when unknown."""
    for name in ("INEDIT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if found := environment.get(name, ""):
            tag = re.split(r"[_.@-]", found.casefold())[0]
            return tag if tag in CATALOGUES else "en"
    return "en"


def message_in(language: str, message: str) -> str:
    """A finding's message in a person's language.

    >>> message_in("fr", "“Acme” is a competitor's name.")
    '«\xa0Acme\xa0» est le nom d’un concurrent.'
    """
    return in_words_of(_messages(language), message)


def in_words_of(pairs: Sequence[tuple[str, str]], message: str) -> str:
    """A message in the wording that stands beside its pattern, its values likewise; as it is where none fits.

    >>> in_words_of((("A {thing} too many", "{thing} de trop"), ("word", "mot")), "A word too many")
    'mot de trop'
    """
    for english, other in pairs:
        if found := _pattern(english).fullmatch(message):
            values = {
                name: value if name in QUOTED else in_words_of(pairs, value or "")
                for name, value in found.groupdict().items()
            }
            return other.format(**values)
    return message


def by_fixed_words(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Patterns with their wordings, those with the most fixed words first: the order that :func:`in_words_of` wants."""
    return tuple(sorted(pairs, key=lambda pair: -len(_FIELD.sub("", pair[0]))))


def remedy_in(language: str, finding: Finding, written_in: str) -> str:
    """What a person with the text in front of them may do, in their language; the finding keeps what the model is told.

    ``written_in`` is the language of the text. What a reviewer wrote stays as it is.

    >>> from inedit.model import Severity
    >>> told = Finding("promises", Severity.BLOCK, "x", remedy='Remove "free": we do not promise that.')
    >>> remedy_in("en", told, "en")
    'Please take out “free”: no supplied fact allows this promise.'
    """
    if finding.check == BY_A_PERSON:
        return finding.remedy
    return _remedy(language if language in CATALOGUES else "en", finding.remedy, written_in)


def message_for(language: str, finding: Finding, written_in: str) -> str:
    """What a finding says and what to do about it, in one line."""
    remedy = remedy_in(language, finding, written_in)
    return " ".join(filter(None, (message_in(language, finding.message), f"→ {remedy}" if remedy else "")))


def _remedy(language: str, said: str, written_in: str) -> str:
    """An instruction to the model in the words for people, and so is what is an instruction inside it."""
    given = {"language": _name_of(written_in, language), "facts": ""}
    for instruction, for_people in _remedies(written_in):
        if found := _pattern(instruction).fullmatch(said):
            values = {
                name: value if name in QUOTED else _remedy(language, value or "", written_in)
                for name, value in found.groupdict().items()
                if name != "language"
            }
            return typeset(language, for_people[language]).format(**(given | values)).strip()
    return said


@cache
def people_remedies() -> tuple[Mapping[str, Mapping[str, str]], tuple[Mapping[str, str], ...]]:
    """The wordings for people: by the keys of the model's instructions, and of those that have no key."""
    text = resources.files("inedit.guard.nlp.data").joinpath("remedies.toml").read_text("utf-8")
    table = tomllib.loads(text)
    return table["remedies"], tuple(table["elsewhere"])


@cache
def _remedies(written_in: str) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """Patterns of what the model is told in a language with their wordings for people, the most fixed words first."""
    by_key, elsewhere = people_remedies()
    theirs = {**language_profile("en").remedies, **language_profile(written_in).remedies}
    pairs = [(theirs[key], wordings) for key, wordings in by_key.items()]
    pairs += [(entry["said"], entry) for entry in elsewhere]
    return tuple(sorted(pairs, key=lambda pair: -len(_FIELD.sub("", pair[0]))))


def _name_of(written_in: str, language: str) -> str:
    """The language of a text by its name: « allemand (Suisse) » of ``de-CH`` in French."""
    try:
        return Locale.parse(written_in, sep="-").get_display_name(language) or written_in
    except (UnknownLocaleError, ValueError):
        return written_in


@cache
def _messages(language: str) -> tuple[tuple[str, str], ...]:
    """English patterns with their wording in a language, those with the most fixed words first."""
    if language not in CATALOGUES or language == "en":
        return ()
    text = resources.files("inedit.guard.nlp.data").joinpath(f"messages.{language}.toml").read_text("utf-8")
    pairs = [(entry["en"], typeset(language, entry[language])) for entry in tomllib.loads(text)["message"]]
    return by_fixed_words(pairs)


@lru_cache(maxsize=2_000)
def _pattern(template: str) -> re.Pattern[str]:
    """A template with fields as an expression that finds their values; a field that returns must have one value."""
    made, seen = "", set[str]()
    for position, piece in enumerate(_FIELD.split(template.strip())):
        if position % 2 == 0:
            made += re.escape(piece)
        else:
            made += f"(?P={piece})" if piece in seen else f"(?P<{piece}>.*?)"
            seen.add(piece)
    return re.compile(made, re.DOTALL)
