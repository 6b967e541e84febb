"""Edited tables, read cell by cell: CSV and XLSX as 'pieces export' wrote them, and as people save them again."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from inedit.exchange.extras import library
from inedit.exchange.tables import TEXT, plain
from inedit.model.errors import WrongInput

MOST_BYTES = 50_000_000
"""Larger tables are refused: some hundred thousand texts."""

MOST_UNPACKED = 500_000_000
KEYS = ("piece_id", "revision")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; ``line`` is its number as a spreadsheet shows it, ``parts`` are by their ids."""

    line: int
    piece_id: str
    revision: str
    parts: Mapping[str, str]


def read_cells(content: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV or XLSX file as they stand, each with its number.

    Raises :class:`~.errors.WrongInput` that says what is wrong with the file.
    """
    if len(content) > MOST_BYTES:
        raise WrongInput(f"{name} is larger than {MOST_BYTES // 1_000_000} MB: split it.")
    if content[:4] == b"\xd0\xcf\x11\xe0":
        raise WrongInput(f"{name} is a workbook of an old kind (or has a password): save it as XLSX.")
    yield from _workbook(content, name) if content[:2] == b"PK" else _separated(content, name)


def read_table(content: bytes, name: str) -> tuple[Row, ...]:
    """The rows that hold something. Raises :class:`~.errors.WrongInput` that says what is wrong with the file."""
    head: list[str] | None = None
    rows = []
    for line, row in read_cells(content, name):
        if head is None:
            head = _head([cell.strip() for cell in row], name)
        elif any(cell.strip() for cell in row):
            held = dict(zip(head, map(plain, row), strict=False))
            parts = {id.removeprefix(TEXT): words for id, words in held.items() if id.startswith(TEXT)}
            rows.append(Row(line, held["piece_id"].strip(), held.get("revision", "").strip(), parts))
    if head is None:
        raise WrongInput(f"{name} is empty.")
    return tuple(rows)


def _head(head: list[str], name: str) -> list[str]:
    missing = [repr(column) for column in KEYS if column not in head]
    if not any(column.startswith(TEXT) for column in head):
        missing.append(f"'{TEXT}…' (the words of a part)")
    if missing:
        raise WrongInput(
            f"{name}: the first row names no column {' and no column '.join(missing)}. Keep the columns that "
            "'inedit pieces export' wrote."
        )
    twice = sorted({column for column in head if column and head.count(column) > 1})
    if twice:
        raise WrongInput(f"{name}: the first row names {', '.join(map(repr, twice))} more than once.")
    return head


def _separated(content: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongInput(f"{name} is not UTF-8 text: save it as 'CSV UTF-8', or as XLSX.") from error
    if "\0" in text:
        raise WrongInput(f"{name} is not a table: give a CSV or XLSX file.")
    separator = max(
        ",;\t", key=text.split("\n", 1)[0].count
    )  # spreadsheets of many countries write semicolons
    try:
        yield from enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), start=1
        )
    except csv.Error as error:
        raise WrongInput(
            f"{name} is not a sound CSV file ({error}): save it again from your spreadsheet."
        ) from error


def _workbook(content: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    openpyxl = library("openpyxl", "Reading a workbook")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(member.file_size for member in packed.infolist()) > MOST_UNPACKED:
                raise WrongInput(f"{name} unpacks to more than {MOST_UNPACKED // 1_000_000} MB: split it.")
        book = openpyxl.load_workbook(io.BytesIO(content))
        sheet = book.worksheets[0]
    except WrongInput:
        raise
    except Exception as error:  # openpyxl raises whatever its parts raise
        raise WrongInput(f"{name} is not a workbook that can be read: save it as XLSX again.") from error
    if sheet.merged_cells.ranges:
        where = ", ".join(str(cells) for cells in list(sheet.merged_cells.ranges)[:3])
        raise WrongInput(
            f"{name}: cells are merged ({where}). Split them, so that each text has its own cell."
        )
    for line, row in enumerate(sheet.iter_rows(), start=1):
        formula = next((cell.coordinate for cell in row if cell.data_type == "f"), None)
        if formula:
            raise WrongInput(f"{name}: cell {formula} is a formula. Put the text itself there.")
        yield line, ["" if cell.value is None else str(cell.value) for cell in row]
