"""Spreadsheets that compute our workbooks anew: a small one for every machine, and LibreOffice where it is found."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


class Spreadsheet:
    """As much of a spreadsheet as our formulas need: it computes them from the cells, not from the values kept."""

    def __init__(self, path: Path) -> None:
        self.formulas, self.values = load_workbook(path), load_workbook(path, data_only=True)

    def cells(self) -> Iterator[tuple[str, Cell, float]]:
        """Each formula: its sheet's name, its cell, the value kept with it."""
        for sheet in self.formulas.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        yield sheet.title, cell, self.values[sheet.title][cell.coordinate].value

    def compute(self, title: str, formula: str) -> float:
        """What a formula comes to."""
        text = formula.removeprefix("=")
        if found := re.fullmatch(r"IF\((.+?)=0,0,(.+)\)", text):
            return self.compute(title, found[2]) if self.compute(title, found[1]) else 0.0
        if found := re.fullmatch(r"ROUND\((.+),6\)", text):
            return round(self.compute(title, found[1]), 6)
        text = re.sub(
            r"(SUMIFS|SUM|COUNTIF|COUNTA)\(([^()]*)\)", lambda m: repr(self._call(title, m[1], m[2])), text
        )
        text = re.sub(
            r"\$?\b([A-Z]{1,2})\$?(\d+)\b", lambda m: repr(self._cell(title, f"{m[1]}{m[2]}")), text
        )
        assert re.fullmatch(r"[-+*/.()\de ]+", text), f"a formula of another form: {formula}"
        return float(eval(text))  # noqa: S307  # numbers and signs, as the line above has seen

    def _cell(self, title: str, address: str) -> object:
        return self.values[title][address.replace("$", "")].value or 0

    def _column(self, address: str) -> list[object]:
        name, letter = re.fullmatch(r"(\w+)!\$?([A-Z]+):\$?[A-Z]+", address).groups()  # type: ignore[union-attr]
        return [cell.value for cell in self.values[name][letter]]

    def _call(self, title: str, name: str, arguments: str) -> float:
        what, *criteria = arguments.split(",")
        column = self._column(what)
        if name == "COUNTA":
            return len([value for value in column if value is not None])
        if name == "COUNTIF":
            return [value for value in column if isinstance(value, str)].count(criteria[0].strip('"'))
        tests = [
            (self._column(address), self._criterion(title, wanted))
            for address, wanted in zip(criteria[::2], criteria[1::2], strict=True)
        ]
        return sum(
            amount
            for at, amount in enumerate(column)
            if isinstance(amount, int | float) and all(test(values[at]) for values, test in tests)
        )

    def _criterion(self, title: str, wanted: str) -> Callable[[object], bool]:
        value = wanted[1:-1] if wanted[0] == '"' else self._cell(title, wanted)
        if value == "<>":
            return lambda cell: cell not in (None, "")
        return lambda cell: cell == value


def recalculated(path: Path, folder: Path) -> Spreadsheet:
    """The workbook as LibreOffice computes it from its rows: the values that we wrote are taken out before."""
    assert SOFFICE is not None
    bare, out = folder / "bare.xlsx", folder / "out"
    load_workbook(path).save(bare)  # keeps formulas, forgets values
    command = [
        SOFFICE,
        "--headless",
        f"-env:UserInstallation=file://{folder}/profile",
        "--convert-to",
        "xlsx",
    ]
    subprocess.run([*command, "--outdir", str(out), str(bare)], check=True, capture_output=True, timeout=120)
    return Spreadsheet(out / bare.name)
