"""Each format holds each text whole: read by another library, and read back by us."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import docx
import openpyxl
import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.exchange import NASTY, a_text
from inedit.exchange import export_pieces, format_of
from inedit.exchange.footlines import in_language, language_of_footline
from inedit.exchange.reading_back import texts_in
from inedit.exchange.tables import harmless, plain
from inedit.model.errors import WrongInput

TEXTS = (a_text(), a_text({"subject": "Titre", "story": "Une phrase."}, index=1))
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=60
).map(str.strip)
SAID = st.lists(WORDS.filter(bool), min_size=1, max_size=3).map("\n".join)


def test_csv_is_read_by_a_spreadsheet_as_text() -> None:
    """Excel knows UTF-8 by its mark; nothing is a formula; the record comes first."""
    content = export_pieces("csv", TEXTS)
    assert content.startswith(b"\xef\xbb\xbf")
    first, second = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert first["text.subject"] == "'" + NASTY["subject"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in (first, second) for cell in row.values())
    assert (first["approver"], first["disclosure"], first["piece_id"]) == (
        "Anne",
        "reviewed",
        TEXTS[0].piece.id,
    )
    assert first["revision"].startswith("r1-")
    assert second["text.preheader"] == ""


def test_xlsx_has_text_in_every_cell() -> None:
    """Another library finds strings, no formulas."""
    sheet = openpyxl.load_workbook(io.BytesIO(export_pieces("xlsx", TEXTS))).worksheets[0]
    head, first, _ = sheet.iter_rows()
    assert {cell.data_type for cell in first} == {"s"}
    said = dict(zip((cell.value for cell in head), (cell.value for cell in first), strict=True))
    assert {f"text.{id}": words for id, words in NASTY.items()}.items() <= said.items()


def test_documents_hold_the_words_as_they_are() -> None:
    """Word, JSON lines, PO, both kinds of XLIFF, by their own libraries."""
    word = docx.Document(io.BytesIO(export_pieces("docx", TEXTS)))
    assert [row.cells[1].text for row in word.tables[0].rows] == list(NASTY.values())
    assert any(
        TEXTS[0].piece.id in paragraph.text and "Anne" in paragraph.text for paragraph in word.paragraphs
    )
    (line, _) = export_pieces("jsonl", TEXTS).decode().splitlines()
    assert json.loads(line)["parts"] == NASTY
    entries = polib.pofile(export_pieces("po", TEXTS).decode())
    assert [entry.msgid for entry in entries][: len(NASTY)] == list(NASTY.values())
    for name, version, source in (("xliff", "2.1", "srcLang"), ("xliff-1.2", "1.2", "")):
        root = ElementTree.fromstring(export_pieces(name, TEXTS))  # noqa: S314  our own
        assert root.get("version") == version
        assert root.get(source, "fr") == "fr"
        assert [one.text for one in root.iter() if one.tag.endswith("}source")][:4] == list(NASTY.values())


def test_files_for_translators_have_one_language() -> None:
    """The languages are named."""
    for name in ("po", "xliff"):
        with pytest.raises(WrongInput, match="de, fr"):
            export_pieces(name, (a_text(), a_text(language="de")))
    assert export_pieces("xliff-1.2", (a_text(), a_text(language="de")))


@pytest.mark.parametrize("name", ["csv", "xlsx", "jsonl", "md", "html", "docx", "po", "xliff", "xliff-1.2"])
@settings(max_examples=12)
@given(said=st.fixed_dictionaries({"subject": SAID, "story": SAID}))
def test_what_was_written_is_read_back(name: str, said: dict[str, str]) -> None:
    """Whatever the words are."""
    texts = (a_text(said), a_text(NASTY, index=1))
    found = texts_in(export_pieces(name, texts), name, "file") or []
    assert [one.piece_id for one in found] == [text.piece.id for text in texts]
    for one, text in zip(found, texts, strict=True):
        shown = [(id, words.replace("  \n", "\n").strip()) for id, words in one.parts if words.strip()]
        if one.names_parts:  # a table has the columns of all texts, in an order of its own
            assert dict(shown) == text.parts
        else:
            assert [words for _, words in shown] == list(text.parts.values())


@given(st.text(st.sampled_from("'=+-@\ta "), max_size=5))
def test_apostrophes_come_and_go(cell: str) -> None:
    """Nothing that was harmless becomes a formula, and what was written is what is read."""
    assert plain(harmless(cell)) == cell
    assert not harmless(cell).startswith(("=", "+", "-", "@", "\t"))


def test_e_mails_ask_nobody_for_anything() -> None:
    """No font or picture is fetched; the subject is the title; several e-mails make an archive."""
    page = export_pieces("email", TEXTS[:1]).decode()
    for wanted in (
        "&lt;b&gt;gras&lt;/b&gt;",
        'href="https://example.org/?a=1&amp;b=2"',
        TEXTS[0].piece.id,
        "Anne",
    ):
        assert wanted in page, wanted
    assert "fonts.googleapis" not in page
    assert "<b>gras" not in page
    with pytest.raises(WrongInput, match="email-zip"):
        export_pieces("email", TEXTS)
    with zipfile.ZipFile(io.BytesIO(export_pieces("email-zip", TEXTS))) as archive:
        assert len(archive.namelist()) == 4
        assert NASTY["story"] in archive.read(f"{TEXTS[0].piece.id}.txt").decode()


def test_a_file_names_its_format() -> None:
    """By its ending, unless another is asked for."""
    assert (format_of(Path("a.XLF")), format_of(Path("a.csv"), "google-ads")) == ("xliff", "google-ads")
    for strange in ("a.xyz", "a"):
        with pytest.raises(WrongInput, match="Formats: csv, xlsx"):
            format_of(Path(strange))


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to install."""
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(WrongInput, match=r"python-docx: pip install 'inedit\[exchange\]'"):
        export_pieces("docx", TEXTS)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("name", ["docx", "xlsx"])
def test_libreoffice_opens_it(name: str, tmp_path: Path) -> None:
    """And finds the words."""
    file = tmp_path / f"texts.{name}"
    file.write_bytes(export_pieces(name, TEXTS))
    into = {"docx": "txt:Text (encoded):UTF8", "xlsx": "csv:Text - txt - csv (StarCalc):44,34,76"}[name]
    command = ["soffice", "--headless", "--convert-to", into, "--outdir", str(tmp_path), str(file)]
    home = {**os.environ, "HOME": str(tmp_path)}
    subprocess.run(command, check=True, capture_output=True, timeout=120, env=home)
    made = list(tmp_path.glob("texts.[ct]*"))
    if not made:
        pytest.skip(f"this LibreOffice has no program for {name} files")
    said = made[0].read_text(encoding="utf-8-sig")
    assert "Deux lignes, “guillemets”, l’apostrophe, 25 °C | fin." in said
    assert "Anne" in said


@pytest.mark.parametrize("language", ["fr", "de", "es", "it"])
def test_the_line_below_a_text_speaks_its_language(language: str) -> None:
    """Who approved it and what has to be disclosed: no English is left, and names are not touched."""
    reasons = (
        "Written by a language model; nobody is on record as having read it.",
        "Read by a person before its text was changed.",
        "Read by Free Label, but not approved for accuracy, plausibility, sources.",
        "Read for accuracy, plausibility, sources by Free Label on 2026-11-30.",
    )
    for reason in reasons:
        for said in ("approved by nobody", "approved by Free Label, 2026-11-30"):
            approved, disclosed = in_language(language, said, f"disclosure: label. {reason}")
            words = set(re.findall(r"\w+", f"{approved} {disclosed}".lower()))
            assert not {"approved", "disclosure", "read", "by"} & words
            assert ("Free Label" in approved) == ("Free Label" in said)
            assert ("Free Label" in disclosed) == ("Free Label" in reason)
    assert language_of_footline(f"{language}-CH") == language and language_of_footline("pt") == "en"
