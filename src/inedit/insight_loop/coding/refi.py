"""The code book and coded verbatims as REFI-QDA 1.0, which QualCoder, MAXQDA, NVivo and ATLAS.ti read and write.

``.qdc`` is a code book as XML; ``.qdpx`` a project: a zip of ``project.qde`` and the texts. The standard is public
(qdasoftware.org). Ids of ours are turned into UUIDs by name, so that what comes back is known again; in another order,
under another name, with codes added, it is still ours.
"""

from __future__ import annotations

import re
import uuid
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as ET

from inedit.brand.schema import Code
from inedit.insight_loop.coding.codings import CodedText
from inedit.insight_loop.verbatims import Verbatim
from inedit.model import Span
from inedit.model.errors import WrongInput

CODEBOOK = "urn:QDA-XML:codebook:1.0"
PROJECT = "urn:QDA-XML:project:1.0"
SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
ORIGIN = "Inédit"
MAX_BYTES = 200_000_000
"""The most XML and text that is read of one file, unpacked."""

_IDS = uuid.uuid5(uuid.NAMESPACE_URL, "https://inedit.invalid/refi-qda")
FAMILIES = {"emotion": "Emotions", "need": "Needs", "frustration": "Frustrations", "job": "Jobs to be done"}
COLOURS = {"emotion": "#D1495B", "need": "#2E86AB", "frustration": "#EDAE49", "job": "#66A182"}


@dataclass(frozen=True, slots=True)
class ForeignCode:
    """A code as another program knows it. ``parents`` are the names above it, the outermost first."""

    guid: str
    name: str
    description: str
    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ForeignCoding:
    """A passage that a person coded in another program. ``text_guid`` is that of its source."""

    text_guid: str
    code_guid: str
    user: str
    span: Span


@dataclass(frozen=True, slots=True)
class ForeignProject:
    """What a ``.qdpx`` holds of use to us: codes, the guids of its texts, and what people coded."""

    codes: tuple[ForeignCode, ...]
    texts: frozenset[str]
    users: tuple[str, ...]
    codings: tuple[ForeignCoding, ...]


def guid_of(kind: str, id: str) -> str:
    """The UUID of something of ours, always the same: ``guid_of("code", "worry")``."""
    return str(uuid.uuid5(_IDS, f"{kind}:{id}")).upper()


def codebook_xml(codes: Iterable[Code], language: str) -> bytes:
    """The code book as a ``.qdc``, families above their codes, in one language."""
    root = ET.Element("CodeBook", {"xmlns": CODEBOOK, "origin": ORIGIN})
    _put_codes(ET.SubElement(root, "Codes"), codes, language)
    ET.SubElement(root, "Sets")
    return _as_bytes(root)


def write_project(
    path: Path, codes: Iterable[Code], language: str, verbatims: Sequence[Verbatim], coded: Iterable[CodedText],
    now: datetime,
) -> None:  # fmt: skip
    """Write a ``.qdpx`` with a text per verbatim and what each coder gave it, coders being its users.

    Texts are redacted as they are in the store and named after their ids; authors are left out.
    """
    by_verbatim: dict[str, list[CodedText]] = {}
    coders: dict[str, None] = {}
    for one in coded:
        by_verbatim.setdefault(one.verbatim_id, []).append(one)
        coders.setdefault(one.coder)
    root = ET.Element("Project", {
        "xmlns": PROJECT, "xmlns:xsi": SCHEMA_INSTANCE, "name": "Inédit field", "origin": ORIGIN,
        "creatingUserGUID": guid_of("user", ORIGIN), "creationDateTime": _timestamp(now),
    })  # fmt: skip
    users = ET.SubElement(root, "Users")
    for name in dict.fromkeys((ORIGIN, *coders)):
        ET.SubElement(users, "User", {"guid": guid_of("user", name), "name": name})
    _put_codes(ET.SubElement(ET.SubElement(root, "CodeBook"), "Codes"), codes, language)
    sources = ET.SubElement(root, "Sources")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for verbatim in verbatims:
            guid = guid_of("verbatim", verbatim.id)
            _put_text(sources, guid, verbatim, by_verbatim.get(verbatim.id, ()), now)
            packed.writestr(f"sources/{guid}.txt", verbatim.text.encode())
        packed.writestr("project.qde", _as_bytes(root))


def read_codebook(path: Path) -> tuple[ForeignCode, ...]:
    """The codes of a ``.qdc`` or ``.qdpx``. Raises :class:`~.errors.WrongInput` for what is neither."""
    if zipfile.is_zipfile(path):
        return read_project(path).codes
    try:
        content = path.read_bytes()
    except OSError as error:
        raise WrongInput(f"Cannot read {path}: {error.strerror}.") from error
    return tuple(_codes(_parsed(content, path)))


def read_project(path: Path) -> ForeignProject:
    """A ``.qdpx``. Raises :class:`~.errors.WrongInput` for what is none."""
    try:
        with zipfile.ZipFile(path) as packed:
            name = next((one for one in packed.namelist() if one.endswith(".qde")), None)
            if name is None:
                raise WrongInput(f"{path} holds no project.qde: it is no REFI-QDA project.")
            if packed.getinfo(name).file_size > MAX_BYTES:
                raise WrongInput(f"{path} is too large: its project.qde has more than {MAX_BYTES:,} bytes.")
            root = _parsed(packed.read(name), path)
    except OSError as error:
        raise WrongInput(f"Cannot read {path}: {error.strerror}.") from error
    except (
        zipfile.BadZipFile,
        RuntimeError,
        NotImplementedError,
    ) as error:  # broken, encrypted, or packed oddly
        raise WrongInput(f"{path} is no REFI-QDA project: {error}.") from error
    users = {user.get("guid", ""): user.get("name", "") for user in _all(root, "User")}
    sources = list(_all(root, "TextSource"))
    return ForeignProject(
        tuple(_codes(root)),
        frozenset(source.get("guid", "").upper() for source in sources),
        tuple(name for name in users.values() if name),
        tuple(coding for source in sources for coding in _codings(source, users)),
    )


def _put_codes(parent: ET.Element, codes: Iterable[Code], language: str) -> None:
    families: dict[str, ET.Element] = {}
    for code in codes:
        if code.family not in families:
            families[code.family] = ET.SubElement(parent, "Code", {
                "guid": guid_of("family", code.family), "name": FAMILIES[code.family], "isCodable": "false",
                "color": COLOURS[code.family],
            })  # fmt: skip
        element = ET.SubElement(families[code.family], "Code", {
            "guid": guid_of("code", code.id), "name": _in(code.name, language), "isCodable": "true",
            "color": COLOURS[code.family],
        })  # fmt: skip
        paragraphs = [_in(code.definition, language)]
        paragraphs += [f"+ {_in(code.use_when, language)}"] if code.use_when else []
        paragraphs += [f"− {_in(code.not_when, language)}"] if code.not_when else []
        ET.SubElement(element, "Description").text = "\n".join(paragraphs)


def _put_text(
    sources: ET.Element, guid: str, verbatim: Verbatim, coded: Iterable[CodedText], now: datetime
) -> None:
    source = ET.SubElement(sources, "TextSource", {
        "guid": guid, "name": verbatim.id[:12], "plainTextPath": f"internal://{guid}.txt",
        "creatingUser": guid_of("user", ORIGIN), "creationDateTime": _timestamp(now),
    })  # fmt: skip
    for one in coded:
        for coding in one.codings:
            key = f"{verbatim.id}:{one.coder}:{coding.code}"
            user, timestamp = guid_of("user", one.coder), _timestamp(one.at)
            selection = ET.SubElement(source, "PlainTextSelection", {
                "guid": guid_of("selection", key), "name": coding.span.of(verbatim.text)[:60],
                "startPosition": str(coding.span.start), "endPosition": str(coding.span.end),
                "creatingUser": user, "creationDateTime": timestamp,
            })  # fmt: skip
            if coding.confidence is not None:
                ET.SubElement(selection, "Description").text = f"confidence {coding.confidence:.2f}"
            made = {"guid": guid_of("coding", key), "creatingUser": user, "creationDateTime": timestamp}
            element = ET.SubElement(selection, "Coding", made)
            ET.SubElement(element, "CodeRef", {"targetGUID": guid_of("code", coding.code)})


def _codes(root: ET.Element) -> Iterator[ForeignCode]:
    codes = next(_all(root, "Codes"), None)
    waiting: list[tuple[ET.Element, tuple[str, ...]]] = [
        (element, ()) for element in reversed(codes if codes is not None else [])
    ]
    while waiting:
        element, parents = waiting.pop()
        if _local(element) != "Code":
            continue
        name = " ".join(element.get("name", "").split())
        if element.get("isCodable", "true") != "false":
            description = next((child.text or "" for child in element if _local(child) == "Description"), "")
            yield ForeignCode(element.get("guid", "").upper(), name, description.strip(), parents)
        waiting += [(child, (*parents, name)) for child in reversed(element)]


def _codings(source: ET.Element, users: Mapping[str, str]) -> Iterator[ForeignCoding]:
    guid = source.get("guid", "").upper()
    for selection in _all(source, "PlainTextSelection"):
        start, end = (selection.get(name, "") for name in ("startPosition", "endPosition"))
        if not (re.fullmatch(r"\d{1,9}", start) and re.fullmatch(r"\d{1,9}", end)):
            continue
        for coding in _all(selection, "Coding"):
            user = coding.get("creatingUser") or selection.get("creatingUser") or ""
            for reference in _all(coding, "CodeRef"):
                target = reference.get("targetGUID", "").upper()
                yield ForeignCoding(guid, target, users.get(user, ""), Span(int(start), int(end)))


def _parsed(content: bytes, path: Path) -> ET.Element:
    if len(content) > MAX_BYTES:
        raise WrongInput(f"{path} is too large: it has more than {MAX_BYTES:,} bytes.")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise WrongInput(
            f"{path} defines entities of its own, which REFI-QDA has no use for. It is not read."
        )
    try:
        root = ET.fromstring(content)  # noqa: S314  # no entities, bounded in size: see above
    except (ET.ParseError, ValueError) as error:
        raise WrongInput(f"{path} is not well-formed XML: {error}.") from error
    if _local(root) not in ("CodeBook", "Project"):
        raise WrongInput(f"{path} is no REFI-QDA file: its first element is '{_local(root)}'.")
    return root


def _all(element: ET.Element, name: str) -> Iterator[ET.Element]:
    return (one for one in element.iter() if _local(one) == name)


def _local(element: ET.Element) -> str:
    """The name without its namespace: programs differ in the version that they declare."""
    return element.tag.rpartition("}")[2]


def _in(wordings: Mapping[str, str], language: str) -> str:
    return wordings.get(language) or wordings.get("en") or next(iter(wordings.values()))


def _timestamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _as_bytes(root: ET.Element) -> bytes:
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
