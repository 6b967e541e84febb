"""The texts of a file that was written here and may have been changed since, for 'inedit verify'.

Google Ads files and e-mails hold a text in another shape than its parts: of them only the whole file can be verified.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from xml.etree import ElementTree

from inedit.exchange.extras import library
from inedit.exchange.reading import read_table
from inedit.exchange.translators import XLIFF_1, XLIFF_2
from inedit.model.errors import WrongInput


@dataclass(frozen=True, slots=True)
class FoundText:
    """A text as it stands in a file, part by part; documents show the parts in order, without their ids."""

    piece_id: str
    parts: tuple[tuple[str, str], ...]
    names_parts: bool = True


def texts_in(content: bytes, format_: str, name: str) -> list[FoundText] | None:
    """The texts of a file in their order; None for a format that they cannot be read from.

    Raises :class:`~.errors.WrongInput` for a file that is none of its format any more.
    """
    read = _READERS.get(format_)
    if read is None:
        return None
    try:
        return list(read(content, name))
    except WrongInput:
        raise
    except Exception as error:  # whatever the libraries raise
        raise WrongInput(f"{name} cannot be read as '{format_}' any more: {error}.") from error


def _table(content: bytes, name: str) -> Iterator[FoundText]:
    for row in read_table(content, name):
        yield FoundText(row.piece_id, tuple(row.parts.items()))


def _json_lines(content: bytes, name: str) -> Iterator[FoundText]:  # noqa: ARG001
    for line in content.decode().split("\n"):
        if line.strip():
            row = json.loads(line)
            yield FoundText(str(row["piece_id"]), tuple(row["parts"].items()))


def _markdown(content: bytes, name: str) -> Iterator[FoundText]:  # noqa: ARG001
    for section in re.split(r"(?m)^## ", content.decode().replace("\r\n", "\n"))[1:]:
        body, _, below = section.partition("\n> ")
        parts = [block.partition("\n")[2] for block in re.split(r"(?m)^### ", body)[1:]]
        shown = tuple(("", _unescaped(part)) for part in parts)
        yield FoundText(_unescaped(below).split(" ")[0], shown, names_parts=False)


def _unescaped(markdown: str) -> str:
    return re.sub(r"\\([\\`*_\[\]<>#|~&+=.)-])", r"\1", markdown)


class _Page(HTMLParser):
    """Gathers what stands in ``data-part`` inside of ``data-piece``."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[tuple[str, str]]]] = []
        self._part: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "article" and named.get("data-piece"):
            self.found.append((named["data-piece"] or "", []))
        elif tag == "dd" and self.found:
            self._part = named.get("data-part") or ""
            self.found[-1][1].append((self._part, ""))
        elif tag == "br":
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "dd":
            self._part = None

    def handle_data(self, data: str) -> None:
        if self._part is not None:
            part, words = self.found[-1][1].pop()
            self.found[-1][1].append((part, words + data))


def _html(content: bytes, name: str) -> Iterator[FoundText]:  # noqa: ARG001
    page = _Page()
    page.feed(content.decode())
    page.close()
    for piece_id, parts in page.found:
        yield FoundText(piece_id, tuple(parts))


def _docx(content: bytes, name: str) -> Iterator[FoundText]:  # noqa: ARG001
    """A table a text; whatever else people wrote between heading and footline counts as another part of it."""
    docx = library("docx", "Reading a Word document")
    parts: list[tuple[str, str]] = []
    for block in docx.Document(io.BytesIO(content)).iter_inner_content():
        if hasattr(block, "rows"):
            parts += [("", row.cells[1].text) for row in block.rows]
        elif block.style.name == "Heading 1":
            parts = []
        elif footline := re.match(r"(\S+-\d+) · r\d+-[0-9a-f]{8} · ", block.text):
            yield FoundText(footline[1], tuple(parts), names_parts=False)
            parts = []
        elif block.text.strip():
            parts.append(("", block.text))


def _po(content: bytes, name: str) -> Iterator[FoundText]:  # noqa: ARG001
    polib = library("polib", "Reading a PO file")
    found: dict[str, list[tuple[str, str]]] = {}
    for entry in polib.pofile(content.decode()):
        piece_id, _, part = (entry.msgctxt or "").split("|")
        found.setdefault(piece_id, []).append((part, entry.msgid))
    for piece_id, parts in found.items():
        yield FoundText(piece_id, tuple(parts))


def _xliff(content: bytes, name: str) -> Iterator[FoundText]:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise WrongInput(f"{name} declares a document type, which no XLIFF file does.")
    root = ElementTree.fromstring(content)  # noqa: S314  no entities: see above
    for space, unit in ((XLIFF_1, "trans-unit"), (XLIFF_2, "unit")):
        for file in root.iter(f"{{{space}}}file"):
            parts = tuple(
                (one.get("id", ""), "".join("".join(s.itertext()) for s in one.iter(f"{{{space}}}source")))
                for one in file.iter(f"{{{space}}}{unit}")
            )
            yield FoundText(file.get("original", "").partition("|")[0], parts)


_READERS: Mapping[str, Callable[[bytes, str], Iterator[FoundText]]] = {
    "csv": _table, "xlsx": _table, "jsonl": _json_lines, "md": _markdown, "html": _html, "docx": _docx, "po": _po,
    "xliff": _xliff, "xliff-1.2": _xliff,
}  # fmt: skip
