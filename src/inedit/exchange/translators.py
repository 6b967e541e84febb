"""Texts for translators: gettext PO, XLIFF 1.2 (OASIS, 1 February 2008) and 2.1 (OASIS, 13 February 2018).

XLIFF is written with the standard library: what is needed of it is five elements, and translate-toolkit, which writes
it too, brings lxml along. Tests read the files with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from inedit.exchange.documents import in_xml
from inedit.exchange.exported import ExportedText
from inedit.exchange.extras import library
from inedit.model.errors import WrongInput

XLIFF_1 = "urn:oasis:names:tc:xliff:document:1.2"
XLIFF_2 = "urn:oasis:names:tc:xliff:document:2.0"
"""The namespace of XLIFF 2.0 and 2.1."""

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def as_po(texts: Sequence[ExportedText]) -> bytes:
    """One entry a part, to be translated; its context names piece, revision and part."""
    polib = library("polib", "A PO file")
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": one_language(texts),
    }
    for text in texts:
        for id, words in text.parts.items():
            comment = f"{text.part_names[id]}\n{text.headline}\n{text.footline}"
            context = f"{text.piece.id}|{text.revision}|{id}"
            file.append(polib.POEntry(msgctxt=context, msgid=words, msgstr="", comment=comment))
    return f"{file}\n".encode()


def as_xliff_1(texts: Sequence[ExportedText]) -> bytes:
    """XLIFF 1.2: one file a text, one unit a part, without targets yet."""
    ElementTree.register_namespace("", XLIFF_1)
    root = ElementTree.Element(_v1("xliff"), {"version": "1.2"})
    for text in texts:
        about = {
            "original": f"{text.piece.id}|{text.revision}", "source-language": text.piece.spec.language,
            "datatype": "plaintext",
        }  # fmt: skip
        file = ElementTree.SubElement(root, _v1("file"), about)
        header = ElementTree.SubElement(file, _v1("header"))
        ElementTree.SubElement(header, _v1("note")).text = in_xml(f"{text.headline}. {text.footline}")
        body = ElementTree.SubElement(file, _v1("body"))
        for id, words in text.parts.items():
            named = {"id": id, "resname": in_xml(text.part_names[id]), _XML_SPACE: "preserve"}
            unit = ElementTree.SubElement(body, _v1("trans-unit"), named)
            ElementTree.SubElement(unit, _v1("source")).text = in_xml(words)
    return _document(root)


def as_xliff_2(texts: Sequence[ExportedText]) -> bytes:
    """XLIFF 2.1: one file a text, one unit a part, without targets yet."""
    ElementTree.register_namespace("", XLIFF_2)
    root = ElementTree.Element(_v2("xliff"), {"version": "2.1", "srcLang": one_language(texts)})
    for text in texts:
        about = {"id": f"p{text.piece.id}", "original": f"{text.piece.id}|{text.revision}"}
        file = ElementTree.SubElement(root, _v2("file"), about)
        notes = ElementTree.SubElement(file, _v2("notes"))
        ElementTree.SubElement(notes, _v2("note")).text = in_xml(f"{text.headline}. {text.footline}")
        for id, words in text.parts.items():
            unit = ElementTree.SubElement(file, _v2("unit"), {"id": id, "name": in_xml(text.part_names[id])})
            segment = ElementTree.SubElement(unit, _v2("segment"))
            source = ElementTree.SubElement(segment, _v2("source"), {_XML_SPACE: "preserve"})
            source.text = in_xml(words)
    return _document(root)


def one_language(texts: Sequence[ExportedText]) -> str:
    """The language of all texts. Raises :class:`~.errors.WrongInput` when there are several, or none."""
    languages = sorted({text.piece.spec.language for text in texts})
    if len(languages) != 1:
        listed = ", ".join(languages) or "none"
        raise WrongInput(
            f"A file for translators has one source language, and these texts are in {listed}: choose with --language."
        )
    return languages[0]


def _v1(name: str) -> str:
    return f"{{{XLIFF_1}}}{name}"


def _v2(name: str) -> str:
    return f"{{{XLIFF_2}}}{name}"


def _document(root: ElementTree.Element) -> bytes:
    ElementTree.indent(root, level=0)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
