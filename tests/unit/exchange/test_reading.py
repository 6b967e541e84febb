"""Tables that cannot be read are told apart, each by what to do about it."""

from __future__ import annotations

import io

import openpyxl
import pytest

from fakes.exchange import NASTY, a_text
from inedit.exchange import export_pieces, read_table
from inedit.exchange.provenance import digest_of, hidden_marks
from inedit.model.errors import WrongInput


def test_a_table_is_read_as_it_was_written() -> None:
    """CSV and XLSX, also with the semicolons and the encoding of other spreadsheets."""
    content = export_pieces("csv", [a_text()])
    for one in (content, export_pieces("xlsx", [a_text()]), content.decode("utf-8-sig").encode("utf-16")):
        (row,) = read_table(one, "texts")
        assert (row.line, row.parts, row.piece_id) == (2, NASTY, a_text().piece.id)
    semicolons = b"piece_id;revision;text.story\r\na-1;r1-0;Un, deux\r\n;;\r\n"
    (row,) = read_table(semicolons, "texts")
    assert row.parts == {"story": "Un, deux"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"), ("piece_id,revision,text.a\né".encode("latin-1"), "CSV UTF-8"),
        (b"revision,text.a\n", "no column 'piece_id'"), (b"piece_id,revision\n", "no column 'text"),
        (b"piece_id,revision,text.a,text.a\n", "'text.a' more than once"), (b"PK\x03\x04 no", "save it as XLSX again"),
        (b"\xd0\xcf\x11\xe0 old", "old kind"), (b'piece_id,revision,text.a\n"a', "not a sound CSV"),
        (b"piece_id\0revision", "not a table"),
    ],
)  # fmt: skip
def test_what_is_no_table_of_ours_is_told(content: bytes, said: str) -> None:
    """In a sentence, never a traceback."""
    with pytest.raises(WrongInput, match=said):
        read_table(content, "texts")


def test_merged_cells_and_formulas_are_told() -> None:
    """With their places."""
    book = openpyxl.load_workbook(io.BytesIO(export_pieces("xlsx", [a_text(), a_text(index=1)])))
    for change, said in (
        (lambda sheet: sheet.merge_cells("N2:N3"), "N2:N3"),
        (
            lambda sheet: (sheet.unmerge_cells("N2:N3"), setattr(sheet["N2"], "value", "=1+1")),
            "N2 is a formula",
        ),
    ):
        change(book.worksheets[0])
        stream = io.BytesIO()
        book.save(stream)
        with pytest.raises(WrongInput, match=said):
            read_table(stream.getvalue(), "texts")


def test_hidden_marks_are_counted() -> None:
    """Not what emoji are made of, nor the spaces of French."""
    assert hidden_marks("a\u200bb\u200b\ufeff\U000e0101") == {"U+200B": 2, "U+FEFF": 1, "U+E0101": 1}
    assert hidden_marks("Oui\u202f! \u2764\ufe0f \U0001f469\u200d\U0001f33e") == {}


def test_ends_of_lines_are_no_change() -> None:
    """Nor white space around."""
    assert digest_of("a\r\nb \n") == digest_of("a\nb")
    assert digest_of("a b") != digest_of("a\nb")
