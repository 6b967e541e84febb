"""Insights and claims that come in as rows of a table: which column is what, and the entries that the rows make.

Nothing is judged here: what an entry lacks, ``inedit check`` says of the file that it would stand in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

LOCALIZED = {"insights": ("text", "meaning", "tip"), "claims": ("text",)}
PLAIN = {"insights": ("id", "kind", "source", "legal_basis"), "claims": ("id", "source")}
DATES = {"insights": ("collected", "expires"), "claims": ("valid_from", "valid_until")}
LISTS = {"insights": ("segments", "products", "topics"), "claims": ("markets", "topics")}
EVIDENCE = "evidence"
"""Insights alone have it: words by language."""

NAMES: Mapping[str, Collection[str]] = {
    "id": ("id", "identifiant", "key", "cle"),
    "kind": ("kind", "type", "sorte"),
    "text": ("text", "texte", "insight", "claim", "allegation", "wording", "libelle", "verbatim"),
    "meaning": ("meaning", "sens", "signification"),
    "tip": ("tip", "conseil", "astuce"),
    "source": ("source", "origine", "proof", "preuve"),
    "legal_basis": ("legal basis", "base legale", "basis"),
    "collected": ("collected", "collected on", "date", "recueilli", "recueilli le"),
    "expires": ("expires", "expire", "expire le"),
    "valid_from": ("valid from", "from", "valable du", "valable des le", "debut"),
    "valid_until": ("valid until", "until", "to", "valable jusqu au", "fin"),
    "segments": ("segments", "segment"),
    "products": ("products", "product", "produits", "produit"),
    "topics": ("topics", "topic", "themes", "theme"),
    "markets": ("markets", "market", "marches", "marche"),
    "evidence": ("evidence", "traces", "mots temoins"),
}
"""How columns are headed, in English and French, without accents."""

_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00(?::00)?)?")
_GERMAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_BETWEEN = re.compile(r"\s*[;,|\n]\s*")
MOST_ID, MOST_WORDS = 48, 6


@dataclass(frozen=True, slots=True)
class Incoming:
    """The entry that a row makes; ``line`` is the row's number in the table; ``is_known``: it is there already."""

    line: int
    entry: Mapping[str, Any]
    is_known: bool = False

    @property
    def id(self) -> str:
        """The id that the entry has, or is given."""
        return str(self.entry["id"])


def fields_of(kind: str, languages: Iterable[str]) -> tuple[str, ...]:
    """What a column may be: ``text.fr``, ``source`` …"""
    tags = tuple(languages)
    by_language = [f"{name}.{tag}" for name in LOCALIZED[kind] for tag in tags]
    words = [f"{EVIDENCE}.{tag}" for tag in tags] if kind == "insights" else []
    return (*PLAIN[kind], *by_language, *DATES[kind], *LISTS[kind], *words)


def guessed(head: Sequence[str], kind: str, languages: Iterable[str]) -> tuple[str, ...]:
    """For each column the field that its heading names, empty where it names none; no field twice.

    A wording without a language is taken to be in the first one.
    """
    tags = tuple(languages)
    known, found = fields_of(kind, tags), list[str]()
    for heading in head:
        words = _plain(heading)
        tag = next((one for one in tags if one.lower() in words), tags[0] if tags else "")
        label = " ".join(word for word in words if word != tag.lower())
        name = next((name for name, headings in NAMES.items() if label in headings), "")
        field = next((one for one in (name, f"{name}.{tag}") if one in known), "")
        found.append("" if field in found else field)
    return tuple(found)


def incoming(
    kind: str, rows: Iterable[tuple[int, Sequence[str]]], mapping: Sequence[str], defaults: Mapping[str, str],
    known: Mapping[str, Mapping[str, str]],
) -> tuple[Incoming, ...]:  # fmt: skip
    """The entries of the rows that hold something; ``defaults`` are for rows that leave a field empty.

    ``known`` are the wordings of the entries that there are, by id: what is there by its id, or word for word, is known
    and stays as it is. A row without an id is given one, made of its first words.
    """
    wordings = {text.strip() for texts in known.values() for text in texts.values()}
    taken, made = set(known), list[Incoming]()
    for line, row in rows:
        cells = {
            name: text.strip() for name, text in zip(mapping, row, strict=False) if name and text.strip()
        }
        if not cells:
            continue
        cells = {**{name: value for name, value in defaults.items() if value}, **cells}
        texts = {name[5:]: text for name, text in cells.items() if name.startswith("text.")}
        own = stated if _ID.fullmatch(stated := cells.get("id", "")) else _slug(stated)
        there = own in known or any(text in wordings for text in texts.values())
        id = own or _free(_slug(next(iter(texts.values()), f"row {line}")), taken)
        taken.add(id)
        wordings.update(texts.values())
        made.append(Incoming(line, _entry(kind, id, cells), there))
    return tuple(made)


def _entry(kind: str, id: str, cells: Mapping[str, str]) -> dict[str, Any]:
    """Cells as an entry of the file; what no column says is left out."""
    entry: dict[str, Any] = {"id": id}
    for name, text in cells.items():
        field, _, tag = name.partition(".")
        if field == EVIDENCE:
            entry.setdefault(field, {})[tag] = _several(text)
        elif tag:
            entry.setdefault(field, {})[tag] = " ".join(text.split())
        elif field in LISTS[kind]:
            entry[field] = _several(text)
        elif field in DATES[kind]:
            entry[field] = _day(text)
        elif field != "id":
            entry[field] = text
    order = (
        "id",
        *PLAIN[kind][1:2],
        *LOCALIZED[kind],
        EVIDENCE,
        *PLAIN[kind][2:],
        *DATES[kind],
        *LISTS[kind],
    )
    return {name: entry[name] for name in order if name in entry}


def _several(text: str) -> list[str]:
    return [one for one in _BETWEEN.split(text) if one]


def _day(text: str) -> date | str:
    """A day as 2026-05-12 or 12.05.2026; anything else stays text, which check refuses: 05/12 may be either."""
    if found := _DAY.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := _GERMAN_DAY.fullmatch(text):
        day, month, year = map(int, found.groups())
    else:
        return text
    try:
        return date(year, month, day)
    except ValueError:
        return text


def _plain(text: str) -> list[str]:
    bare = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"[a-z0-9]+", "".join(char for char in bare if not unicodedata.combining(char)))


def _slug(text: str) -> str:
    return "-".join(_plain(text)[:MOST_WORDS])[:MOST_ID].strip("-")


def _free(id: str, taken: Collection[str]) -> str:
    """The id, with a number behind it where it is taken."""
    number, free = 1, id
    while free in taken:
        number += 1
        free = f"{id}-{number}"
    return free
