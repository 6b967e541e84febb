"""What comes back from another program: codes to be written into the code book, and what people coded there."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import DoubleQuotedScalarString as Quoted

from inedit.brand.schema import Code
from inedit.insight_loop.coding.codings import CodedText, Coding
from inedit.insight_loop.coding.refi import FAMILIES, ORIGIN, ForeignCode, ForeignProject, guid_of
from inedit.insight_loop.verbatims import Verbatim
from inedit.model.errors import WrongInput

HEADER = "# yaml-language-server: $schema=schemas/codebook.json\n"


@dataclass(frozen=True, slots=True)
class Returned:
    """Decisions that people made elsewhere; ``unknown_codes`` and ``unknown_texts`` are passed over and counted."""

    coded: tuple[CodedText, ...]
    unknown_codes: tuple[str, ...]
    unknown_texts: int


def matched(codes: Iterable[ForeignCode], book: Mapping[str, Code]) -> dict[str, str]:
    """Which of ours each foreign code is, by guid: by its own guid, else by an id or a name that is the same."""
    by_guid = {guid_of("code", id): id for id in book}
    by_name = {name.casefold(): code.id for code in book.values() for name in (code.id, *code.name.values())}
    found = {}
    for code in codes:
        id = by_guid.get(code.guid) or by_name.get(code.name.casefold())
        if id:
            found[code.guid] = id
    return found


def new_entries(
    codes: Iterable[ForeignCode], book: Mapping[str, Code], language: str
) -> tuple[str, tuple[str, ...]]:
    """The YAML of codes that the code book lacks, to be added at its end, and their ids."""
    known = set(book)
    ours = matched(codes, book)
    entries = []
    for code in codes:
        if code.guid in ours or not code.name:
            continue
        id = _id_of(code.name, known)
        known.add(id)
        definition = " ".join(code.description.split()) or code.name
        entries.append(CommentedMap(
            id=id, family=_family(code.parents), name=CommentedMap({language: Quoted(code.name)}),
            definition=CommentedMap({language: Quoted(definition)}),
        ))  # fmt: skip
    if not entries:
        return "", ()
    yaml = YAML()
    yaml.width = 1_000_000
    out = io.StringIO()
    yaml.dump(entries, out)
    return out.getvalue(), tuple(str(entry["id"]) for entry in entries)


def add_to_code_book(root: Path, text: str) -> Path:
    """Add entries at the end of ``brand_data/codebook.yaml``."""
    path = root / "brand_data" / "codebook.yaml"
    try:
        before = path.read_text(encoding="utf-8") if path.exists() else HEADER
        path.write_text(before + ("" if before.endswith("\n") else "\n") + text, encoding="utf-8")
    except OSError as error:
        raise WrongInput(f"{path} cannot be written: {error.strerror}.") from error
    return path


def returned(
    project: ForeignProject, book: Mapping[str, Code], verbatims: Mapping[str, Verbatim], *, machines: Collection[str],
    now: datetime, all_read: bool = True,
) -> Returned:  # fmt: skip
    """What people coded in a project that we wrote. ``verbatims`` are by id, ``machines`` the names of coders
    that are none.

    With ``all_read``, whoever coded one text of the project has read all of them, and gave the others no code.
    """
    by_guid = {guid_of("verbatim", id): verbatim for id, verbatim in verbatims.items()}
    ours = matched(project.codes, book)
    names = {code.guid: code.name for code in project.codes}
    people: dict[str, dict[str, dict[str, Coding]]] = {}
    unknown: dict[str, None] = {}
    for coding in project.codings:
        verbatim, user = by_guid.get(coding.text_guid), coding.user or "unnamed"
        if verbatim is None or user in machines or user == ORIGIN:
            continue
        if coding.code_guid not in ours:
            unknown.setdefault(names.get(coding.code_guid, coding.code_guid))
            continue
        if 0 <= coding.span.start < coding.span.end <= len(verbatim.text):
            id = ours[coding.code_guid]
            people.setdefault(user, {}).setdefault(verbatim.id, {}).setdefault(id, Coding(id, coding.span))
    here = [by_guid[guid].id for guid in sorted(project.texts) if guid in by_guid]
    coded = tuple(
        CodedText(id, user, "person", now, tuple(texts.get(id, {}).values()))
        for user, texts in people.items()
        for id in (here if all_read else texts)
    )
    return Returned(coded, tuple(unknown), len(project.texts) - len(here))


def _family(parents: Iterable[str]) -> str:
    """The family whose name stands above a code; a need where none does."""
    by_name = {name.casefold(): family for family, name in FAMILIES.items()} | {one: one for one in FAMILIES}
    return next((by_name[name.casefold()] for name in parents if name.casefold() in by_name), "need")


def _id_of(name: str, known: Collection[str]) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50] or "code"
    return next(id for id in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if id not in known)
