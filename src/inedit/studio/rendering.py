"""Templates and the wordings of the interface, French and English."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from inedit.guard.messages import by_fixed_words, in_words_of, message_in, typeset

LANGUAGES = ("fr", "en")
THEMES = ("auto", "light", "dark")

Wording = str | list[str]


@dataclass(frozen=True, slots=True)
class Rendering:
    """How one person sees the studio."""

    language: str = "en"
    theme: str = "auto"
    csrf: str = ""

    def knows(self, key: str) -> bool:
        """Whether there is such a wording."""
        return key in wordings()

    def t(self, key: str, **values: Any) -> str:
        """A wording in the person's language; of one that has two forms, the one that ``n`` asks for."""
        wording = wordings()[key][self.language]
        if isinstance(wording, list):
            n = values.get("n", 2)
            wording = wording[0] if n == 1 or (n == 0 and self.language == "fr") else wording[1]
        shown = {name: self.number(v) if isinstance(v, int) else v for name, v in values.items()}
        return wording.format(**shown) if shown else wording

    def number(self, value: float | Decimal, digits: int | None = None) -> str:
        """A number as the language writes it."""
        pattern = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
        return str(format_decimal(value, format=pattern, locale=self._locale))

    def percent(self, value: float) -> str:
        """A share, 0 to 1, as whole percent."""
        return str(format_percent(value, locale=self._locale))

    def say(self, message: str) -> str:
        """What a check or another room said, in the person's language."""
        return in_words_of(_phrases(self.language), message_in(self.language, message))

    def day(self, value: str | date | datetime) -> str:
        """A day: ``28 nov. 2026``."""
        return str(format_date(_parsed(value), "medium", locale=self._locale))

    def moment(self, value: str | datetime) -> str:
        """A day and the time of day, UTC."""
        return str(format_datetime(_parsed(value), "d MMM y HH:mm", locale=self._locale))

    def render(self, template: str, **values: Any) -> str:
        """A template with these values."""
        return _environment().get_template(template).render(
            t=self.t, number_of=self.number, percent=self.percent, day=self.day, moment=self.moment, say=self.say,
            known_checks=known_checks(), language=self.language, theme=self.theme, languages=LANGUAGES, themes=THEMES,
            asset=asset, csrf=self._csrf_field, csrf_token=self.csrf, **values,
        )  # fmt: skip

    def _csrf_field(self) -> Markup:
        return Markup('<input type="hidden" name="csrf" value="{}">').format(self.csrf)

    @property
    def _locale(self) -> str:
        return "fr_FR" if self.language == "fr" else "en_GB"


def _parsed(value: str | date | datetime) -> Any:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("inedit.studio"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip


@cache
def wordings() -> Mapping[str, Mapping[str, Wording]]:
    """Every wording by its key, from all files of ``translations/``."""
    return dict(_read_wordings())


def _read_wordings() -> Iterator[tuple[str, Mapping[str, Wording]]]:
    folder = resources.files("inedit.studio") / "translations"
    for file in folder.iterdir():
        if file.name.endswith(".toml"):
            for section, entries in tomllib.loads(file.read_text(encoding="utf-8")).items():
                for key, wording in entries.items():
                    yield f"{section}.{key}", {tag: _typeset(tag, one) for tag, one in wording.items()}


def _typeset(language: str, wording: Wording) -> Wording:
    return (
        [typeset(language, form) for form in wording]
        if isinstance(wording, list)
        else typeset(language, wording)
    )


@cache
def _phrases(language: str) -> tuple[tuple[str, str], ...]:
    """What other rooms say in English, as patterns with their wording."""
    if language == "en":
        return ()
    entries = (one for key, one in wordings().items() if key.startswith("said."))
    return by_fixed_words((str(one["en"]), str(one[language])) for one in entries)


@cache
def known_checks() -> frozenset[str]:
    """Checks that have a name in the interface."""
    return frozenset(key.partition(".")[2] for key in wordings() if key.startswith("check."))


@cache
def static_files() -> Mapping[str, bytes]:
    """What is served as it is, by name: read once, so that no address ever reaches a folder."""
    folder = resources.files("inedit.studio") / "static"
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


@cache
def asset(name: str) -> str:
    """The address of a static file; it changes when the file does."""
    return f"/static/{name}?v={hashlib.sha256(static_files()[name]).hexdigest()[:10]}"
