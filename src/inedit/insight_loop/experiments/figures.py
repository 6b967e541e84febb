"""Results as tools export them: a CSV file with a row for each arm (or piece) and day, read row by row."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from inedit.insight_loop.experiments.design import Arm, Design
from inedit.model.errors import WrongInput

DayOrder = Literal["iso", "dmy", "mdy"]
"""How a file writes its days: 2026-12-01, 01/12/2026 or 12/01/2026."""

MOST_BYTES = 50_000_000
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "arm": ("arm", "variant", "bras", "variante", "piece", "piece_id", "brazo", "braccio"),
    "day": ("day", "date", "jour", "tag", "datum", "día", "fecha", "giorno", "data"),
    "impressions": (
        "impressions", "sent", "delivered", "visitors", "affichages", "envois", "visiteurs",
        "impressionen", "einblendungen", "gesendet", "zugestellt", "besucher",
        "impresiones", "enviados", "entregados", "visitantes", "impressioni", "inviati", "consegnati", "visitatori",
    ),
    "clicks": ("clicks", "clics", "klicks", "clic"),
    "conversions": (
        "conversions", "orders", "purchases", "commandes", "achats", "konversionen", "bestellungen", "käufe",
        "conversiones", "pedidos", "compras", "conversioni", "ordini", "acquisti",
    ),
    "revenue": (
        "revenue", "turnover", "ca", "chiffre d'affaires", "umsatz", "ingresos", "facturación", "ricavi", "fatturato",
    ),
}  # fmt: skip
"""What a row says, each with the names that a column is known by without a mapping."""

NEEDED = ("arm", "day", "impressions")
LEAST_PIECE_CHARS = 4
"""A piece may be named by the beginning of its id, from so many characters on."""

_SPACES = re.compile(r"[\s'’]")
_THREES = re.compile(r"\d{1,3}([.,]\d{3})+")
_DAY = {"dmy": r"(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>\d{4})",
        "mdy": r"(?P<m>\d{1,2})[./-](?P<d>\d{1,2})[./-](?P<y>\d{4})",
        "iso": r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figures:
    """What an arm, or one piece of it, did on a day. ``source`` is the arm's id or the piece's; ``revenue_micros`` are
    millionths of the campaign's own currency, None where the file tells none."""

    source: str
    arm: str
    day: date
    impressions: int
    clicks: int = 0
    conversions: int = 0
    revenue_micros: int | None = None


@dataclass(frozen=True, slots=True)
class WrongRow:
    """A row that cannot be used; ``line`` is its number as an editor shows it."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


def read_figures(
    content: bytes,
    name: str,
    design: Design,
    *,
    today: date,
    mapping: Mapping[str, str] | None = None,
    days: DayOrder = "iso",
) -> tuple[tuple[Figures, ...], tuple[WrongRow, ...]]:
    """The rows of a file that can be used, and those that cannot, with the reasons.

    ``mapping`` names the columns that are not called as expected. Raises :class:`~.errors.WrongInput` when the
    file as a whole is not such a table.
    """
    rows = _rows(content, name)
    _, head = next(rows, (0, []))
    columns = _columns(head, name, design, mapping or {})
    good, wrong = list[Figures](), list[WrongRow]()
    seen: dict[tuple[str, date], int] = {}
    grain: dict[str, tuple[bool, int]] = {}
    for line, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        try:
            figures = _figures(row, columns, design, today, days)
            key = (figures.source, figures.day)
            if key in seen:
                raise WrongInput(f"line {seen[key]} already tells of '{figures.source}' on {figures.day}.")
            by_piece = figures.source != figures.arm
            stated_by_piece, first = grain.setdefault(figures.arm, (by_piece, line))
            if stated_by_piece != by_piece:
                raise WrongInput(
                    f"arm '{figures.arm}' is told by piece and as a whole (line {first}): nothing may be counted twice."
                )
            seen[key] = line
            good.append(figures)
        except WrongInput as error:
            wrong.append(WrongRow(line, str(error)))
    return tuple(good), tuple(wrong)


def _rows(content: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    """Every row with the number of the line on which it ends."""
    if len(content) > MOST_BYTES:
        raise WrongInput(f"{name} is larger than {MOST_BYTES // 1_000_000} MB: split it.")
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongInput(f"{name} is not UTF-8 text: save it as 'CSV UTF-8'.") from error
    if "\0" in text or not text.strip():
        raise WrongInput(f"{name} is empty, or is not a table: give a CSV file.")
    separator = max(",;\t", key=text.split("\n", 1)[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise WrongInput(f"{name}, line {reader.line_num}: no sound CSV ({error}).") from error


def _columns(head: list[str], name: str, design: Design, mapping: Mapping[str, str]) -> dict[str, int]:
    """In which column each thing stands."""
    found: dict[str, int] = {}
    plain = [_plain(cell) for cell in head]
    for wanted, names in COLUMNS.items():
        mapped = mapping.get(wanted)
        if mapped is not None and _plain(mapped) not in plain:
            raise WrongInput(f"{name} has no column '{mapped}'. It has: {', '.join(filter(None, head))}.")
        for known in (mapped,) if mapped is not None else names:
            if _plain(known) in plain:
                found[wanted] = plain.index(_plain(known))
                break
    unknown = sorted(set(mapping) - set(COLUMNS))
    if unknown:
        raise WrongInput(f"Nothing is called '{unknown[0]}': map one of {', '.join(COLUMNS)}.")
    missing = [wanted for wanted in (*NEEDED, design.metric) if wanted not in found]
    if missing:
        raise WrongInput(
            f"{name} has no column for {', '.join(missing)}. Say which it is, as in --map {missing[0]}='Its name'. "
            f"The first row names: {', '.join(filter(None, head)) or 'nothing'}."
        )
    return found


def _figures(
    row: list[str], columns: Mapping[str, int], design: Design, today: date, days: DayOrder
) -> Figures:
    if len(row) <= max(columns.values()):
        raise WrongInput(f"it has {len(row)} cells, too few.")
    cells = {wanted: row[column].strip() for wanted, column in columns.items()}
    arm, source = _arm(cells["arm"], design)
    day = _day(cells["day"], days)
    if day > today:
        raise WrongInput(f"{day} lies in the future.")
    impressions = _count(cells["impressions"], "impressions")
    clicks = _count(cells.get("clicks", ""), "clicks")
    conversions = _count(cells.get("conversions", ""), "conversions")
    if not cells[design.metric]:
        raise WrongInput(f"the {design.metric} are missing; write 0 when there were none.")
    for what, number in (("clicks", clicks), ("conversions", conversions)):
        if number > impressions:
            raise WrongInput(f"{number} {what} of {impressions} impressions cannot be.")
    return Figures(source, arm.id, day, impressions, clicks, conversions, _money(cells.get("revenue", "")))


def _arm(named: str, design: Design) -> tuple[Arm, str]:
    """The arm that a cell names by its id, its value, or a piece of it; and what the figures are of."""
    wanted = named.casefold()
    for arm in design.arms:
        if wanted in (arm.id.casefold(), arm.value.casefold()):
            return arm, arm.id
    meant = [
        (arm, piece)
        for arm in design.arms
        for piece in arm.pieces
        if len(wanted) >= LEAST_PIECE_CHARS and piece.startswith(wanted)
    ]
    if len(meant) == 1:
        return meant[0]
    known = ", ".join(f"{arm.id} ({arm.value})" for arm in design.arms)
    what = "names more than one piece" if meant else "is neither an arm nor a piece of this test"
    raise WrongInput(f"'{named}' {what}. Its arms: {known}.")


def _day(text: str, days: DayOrder) -> date:
    bare = text.split("T", maxsplit=1)[0].split(" ", maxsplit=1)[0]
    for order in dict.fromkeys((days, "iso")):
        if found := re.fullmatch(_DAY[order], bare):
            try:
                return datetime(int(found["y"]), int(found["m"]), int(found["d"])).date()  # noqa: DTZ001
            except ValueError as error:
                raise WrongInput(f"'{text}' is not a day.") from error
    raise WrongInput(
        f"'{text}' is not a day as in 2026-12-01. For 01/12/2026 say --dates dmy, for 12/01/2026 --dates mdy."
    )


def _count(text: str, what: str) -> int:
    """A whole number; spaces and signs that group thousands are left out."""
    bare = _SPACES.sub("", text)
    if _THREES.fullmatch(bare):
        bare = re.sub("[.,]", "", bare)
    if not bare:
        return 0
    if not re.fullmatch(r"\d{1,12}(\.0+)?", bare):
        raise WrongInput(f"'{text}' is not a number of {what}.")
    return int(bare.split(".")[0])


def _money(text: str) -> int | None:
    """An amount in millionths; a sign or code of a currency beside it is left out, the file has one currency."""
    from inedit.ledger.pricing.amounts import parse_amount  # noqa: PLC0415  # only files with revenue need it

    if not text:
        return None
    negative = text.startswith(("-", "−"))
    amount, _ = parse_amount(text.lstrip("-−"))
    return int(amount * Decimal(1_000_000)) * (-1 if negative else 1)


def _plain(text: str) -> str:
    """A column's name without case, accents, and signs between words."""
    bare = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", " ", bare).strip()
