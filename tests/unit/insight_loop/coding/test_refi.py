"""REFI-QDA: what goes out comes back, and a program made from the standard's schema reads it."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime

import pytest

from inedit.brand.schema import Code
from inedit.insight_loop.coding.codings import CodedText, Coding
from inedit.insight_loop.coding.refi import (
    codebook_xml,
    guid_of,
    read_codebook,
    read_project,
    write_project,
)
from inedit.insight_loop.verbatims import Verbatim
from inedit.model import Span
from inedit.model.errors import WrongInput

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
WORRY = Code(
    id="worry", family="emotion", name={"en": "Worry", "fr": "Inquiétude"},
    definition={"en": "Fear of <spoiling> it & more.", "fr": "La crainte."}, not_when={"en": "It is spoilt."},
)  # fmt: skip
MEND = Code(id="mend", family="job", name={"en": "Mending"}, definition={"en": "To mend."})
TEXT = "J’ai peur 😬 de la rater."
SAID = Verbatim("a" * 32, "forum", "b" * 32, NOW, "fr", TEXT)


def coded(coder: str, *codings: Coding) -> CodedText:
    return CodedText(SAID.id, coder, "person", NOW, codings)


def test_a_code_book_comes_back_with_its_families_and_descriptions(tmp_path):
    """Names and definitions in the language that was asked for, English where it lacks it."""
    file = tmp_path / "book.qdc"
    file.write_bytes(codebook_xml([WORRY, MEND], "fr"))
    worry, mend = read_codebook(file)
    assert (worry.name, worry.parents) == ("Inquiétude", ("Emotions",))
    assert worry.guid == guid_of("code", "worry")
    assert worry.description == "La crainte.\n− It is spoilt."
    assert (mend.name, mend.description) == ("Mending", "To mend.")


def test_a_project_comes_back_with_who_coded_which_passage(tmp_path):
    """Positions count characters, an emoji as one."""
    file = tmp_path / "field.qdpx"
    span = Span(TEXT.index("de la"), len(TEXT))
    given = [coded("Ana", Coding("worry", span)), coded("offline", Coding("mend", Span(0, 9), 0.75))]
    write_project(file, [WORRY, MEND], "en", [SAID], given, NOW)
    back = read_project(file)
    assert back.texts == {guid_of("verbatim", SAID.id)}
    assert [(one.user, one.code_guid, one.span.of(TEXT)) for one in back.codings] == [
        ("Ana", guid_of("code", "worry"), "de la rater."),
        ("offline", guid_of("code", "mend"), "J’ai peur"),
    ]
    assert {"Ana", "offline"} <= set(back.users)
    with zipfile.ZipFile(file) as packed:
        assert packed.read(f"sources/{guid_of('verbatim', SAID.id)}.txt").decode() == TEXT
        assert SAID.author.encode() not in packed.read("project.qde")


def test_models_made_from_the_standards_schema_read_what_is_written(tmp_path):
    """pyrefiqda's classes are generated from the published XSD; a stray element or attribute is refused."""
    pyrefiqda = pytest.importorskip("pyrefiqda")
    book, file = tmp_path / "book.qdc", tmp_path / "field.qdpx"
    book.write_bytes(codebook_xml([WORRY, MEND], "en"))
    given = [coded("Ana", Coding("worry", Span(0, 9), 0.5))]
    write_project(file, [WORRY, MEND], "en", [SAID], given, NOW)
    assert pyrefiqda.RefiCodebook.load(book).codes.code[0].code[0].name == "Worry"
    project = pyrefiqda.RefiProject.load(file, tmp_path / "out")
    (source,) = project.sources.text_source
    (selection,) = source.plain_text_selection
    assert (selection.start_position, selection.end_position) == (0, 9)
    assert selection.coding[0].code_ref.target_guid == guid_of("code", "worry")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not well-formed"),
        (b"<html/>", "first element is 'html'"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><CodeBook/>', "entities of its own"),
    ],
)
def test_what_is_no_code_book_is_said_to_be_none(tmp_path, content, said):
    """A sentence, never a traceback."""
    file = tmp_path / "book.qdc"
    file.write_bytes(content)
    with pytest.raises(WrongInput, match=said):
        read_codebook(file)


def test_what_is_no_project_is_said_to_be_none(tmp_path):
    """Missing, broken, or a zip of something else."""
    with pytest.raises(WrongInput, match="Cannot read"):
        read_project(tmp_path / "none.qdpx")
    broken, other = tmp_path / "broken.qdpx", tmp_path / "other.qdpx"
    broken.write_bytes(b"PK")
    with zipfile.ZipFile(other, "w") as packed:
        packed.writestr("a.txt", "a")
    for file, said in ((broken, "no REFI-QDA project"), (other, "no project.qde")):
        with pytest.raises(WrongInput, match=said):
            read_project(file)
