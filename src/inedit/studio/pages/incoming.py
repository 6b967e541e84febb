"""Insights and claims from a spreadsheet: which column is what, what would come of each row, and only then the file."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from starlette.datastructures import UploadFile
from starlette.responses import Response

from inedit.brand.incoming import Incoming, fields_of, guessed, incoming
from inedit.brand.load import read_project
from inedit.brand.new_insight import HEADER, entry_yaml
from inedit.exchange import read_cells
from inedit.model.errors import Issue, WrongInput, errors_among
from inedit.prompting import check_wordings
from inedit.studio.page import Page, Visit
from inedit.studio.pages.prompts import TABS
from inedit.studio.saving import Saved, content_of, digest_of, issues_as_if, save

ROLES = ("marketer",)

FILES = {"insights": "brand_data/insights/imported.yaml", "claims": "brand_data/claims.yaml"}
"""Where entries that come in are added, at the end."""

TOPS = {"insights": HEADER + "# Insights that came in from spreadsheets. Each entry may be edited.\n",
        "claims": HEADER.replace("../schemas/insights", "schemas/claims")}  # fmt: skip
"""How a file begins that is not there yet."""

DEFAULTS = {"insights": ("kind", "legal_basis", "source", "collected"), "claims": ("source", "valid_from")}
CHOICES = {
    "kind": ("field", "verbatim", "story", "figure"),
    "legal_basis": ("", "consent", "contract", "legitimate-interest", "public", "anonymised"),
}
"""What can be said once for all rows that leave it empty, and among what."""

MOST_ROWS, MOST_COLUMNS, MOST_CHARS, MOST_TABLE = 500, 60, 5_000, 1_500_000
"""Bounds of a table; the last one counts the characters that the form carries from step to step."""

SAMPLES = 3
Table = list[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What would come of one row: ``refused`` is what check has against it."""

    row: Incoming
    refused: tuple[Issue, ...] = ()

    @property
    def state(self) -> str:
        """``known``, ``refused`` or ``new``."""
        return "known" if self.row.is_known else "refused" if self.refused else "new"


def upload(visit: Visit) -> Response:
    """Where a file is given."""
    return _ask_for_a_file(visit, _kind(visit))


def receive(visit: Visit) -> Response:
    """The next step: map the columns of a file, look at what comes of its rows, or add them."""
    kind = _kind(visit)
    languages = tuple(visit.workspace.project().brand.languages)
    try:
        table = _table(visit)
    except WrongInput as error:
        return _ask_for_a_file(visit, kind, wrong=str(error), status=400)
    head, rows = table[0][1], table[1:]
    fields = fields_of(kind, languages)
    if "table" not in visit.form:
        return _show(visit, kind, table, guessed(head, kind, languages), _defaults(visit, kind))
    asked = [visit.field(f"column-{number}") for number in range(len(head))]
    mapping = tuple(name if name in fields else "" for name in asked)
    twice = {name for name in mapping if name and mapping.count(name) > 1}
    defaults = _defaults(visit, kind)
    if twice:
        wrong = visit.t("incoming.twice", names=", ".join(sorted(twice)))
        return _show(visit, kind, table, mapping, defaults, wrong=wrong, status=422)
    before = content_of(visit.workspace.root / FILES[kind])
    stamp = hashlib.sha256(json.dumps([table, mapping, defaults, digest_of(before)]).encode()).hexdigest()[
        :16
    ]
    outcomes, text = _outcomes(
        visit, kind, incoming(kind, rows, mapping, defaults, _known(visit, kind)), before
    )
    new = [one for one in outcomes if one.state == "new"]
    if visit.field("step") != "add" or visit.field("stamp") != stamp or not new:
        return _show(visit, kind, table, mapping, defaults, outcomes=outcomes, stamp=stamp, new=len(new))
    saved: Saved = save(visit.workspace.root, FILES[kind], text, digest=digest_of(before))
    if not saved.done:
        return _show(
            visit, kind, table, mapping, defaults, outcomes=outcomes, stamp="", new=0, refused=saved.refused,
            changed_elsewhere=saved.changed_elsewhere, status=409 if saved.changed_elsewhere else 422,
        )  # fmt: skip
    return visit.redirect(f"/brand/{kind}", "incoming.added")


def _outcomes(visit: Visit, kind: str, rows: Sequence[Incoming], before: bytes) -> tuple[list[Outcome], str]:
    """What becomes of each row, and the file with those that nothing is wrong with.

    The brand's data is checked with all new rows, and what is refused is told by the lines that a row's entry takes.
    Those that are left are checked again, prompts and all, when they are saved.
    """
    today = visit.workspace.clock().date()
    new, refused = [row for row in rows if not row.is_known], dict[int, tuple[Issue, ...]]()
    start = before.decode() or TOPS[kind]
    start += "" if start.endswith("\n") else "\n"
    text = start
    while new:
        entries = [entry_yaml(row.entry) for row in new]
        text = start + "".join(entries)
        ends = list(itertools.accumulate((entry.count("\n") for entry in entries), initial=start.count("\n")))
        wrong = errors_among(
            issues_as_if(visit.workspace.root, FILES[kind], text, partial(_data_issues, today=today))
        )
        found = {
            row.line: of_row
            for row, (first, last) in zip(new, itertools.pairwise(ends), strict=True)
            if (of_row := tuple(one for one in wrong if one.file == FILES[kind] and first < one.line <= last))
        }
        refused |= found
        new = [row for row in new if row.line not in found]
        if not found:
            break
    return [Outcome(row, refused.get(row.line, ())) for row in rows], text if new else start


def _data_issues(root: Path, today: date) -> tuple[Issue, ...]:
    """What is wrong with the brand's data, wordings that a campaign's languages need included."""
    reading = read_project(root, today)
    return (*reading.issues, *check_wordings(reading.registry))


def _ask_for_a_file(visit: Visit, kind: str, *, wrong: str = "", status: int = 200) -> Response:
    return visit.show(
        "brand/incoming.html", status, kind=kind, tabs=TABS, table=None, wrong=wrong, refused=(),
        changed_elsewhere=False,
    )  # fmt: skip


def _show(
    visit: Visit, kind: str, table: Table, mapping: Sequence[str], defaults: Mapping[str, str], *, status: int = 200,
    **more: Any,
) -> Response:  # fmt: skip
    notes = {
        "wrong": "",
        "outcomes": None,
        "stamp": "",
        "new": 0,
        "refused": (),
        "changed_elsewhere": False,
        **more,
    }
    languages = tuple(visit.workspace.project().brand.languages)
    columns = [
        (
            heading,
            mapping[number],
            [row[number][:120] for _, row in table[1 : SAMPLES + 1] if len(row) > number],
        )
        for number, heading in enumerate(table[0][1])
    ]
    return visit.show(
        "brand/incoming.html", status, kind=kind, tabs=TABS, table=json.dumps(table), columns=columns,
        count=len(table) - 1, fields=fields_of(kind, languages), defaults=defaults, choices=CHOICES,
        file=FILES[kind], **notes,
    )  # fmt: skip


def _kind(visit: Visit) -> str:
    kind = str(visit.request.path_params["kind"])
    if kind not in FILES:
        raise WrongInput(visit.t("brand.no_entry"))
    return kind


def _defaults(visit: Visit, kind: str) -> dict[str, str]:
    today = visit.workspace.clock().date().isoformat()
    defaults = {name: visit.field(f"default-{name}")[:MOST_CHARS] for name in DEFAULTS[kind]}
    first = {"kind": "field", "collected": today, "valid_from": today}
    return defaults if "table" in visit.form else {name: first.get(name, "") for name in defaults}


def _known(visit: Visit, kind: str) -> dict[str, Mapping[str, str]]:
    brand = visit.workspace.project().brand
    entries: Mapping[str, Any] = brand.insights if kind == "insights" else brand.claims
    return {id: entry.text for id, entry in entries.items()}


def _table(visit: Visit) -> Table:
    """The table that was given, or that the form carries: its headings first."""
    upload = visit.form.get("file")
    if "table" in visit.form:
        table = _carried(visit)
    elif isinstance(upload, UploadFile) and upload.filename:
        cells = read_cells(upload.file.read(), upload.filename)
        table = [
            (line, row) for line, row in itertools.islice(cells, MOST_ROWS * 2) if any(map(str.strip, row))
        ]
    else:
        raise WrongInput(visit.t("incoming.no_file"))
    widest = max((len(row) for _, row in table), default=0)
    longest = max((len(cell) for _, row in table for cell in row), default=0)
    if len(table) < 2:
        raise WrongInput(visit.t("incoming.empty"))
    too_long = longest > MOST_CHARS or sum(len(cell) for _, row in table for cell in row) > MOST_TABLE
    if len(table) > MOST_ROWS + 1 or widest > MOST_COLUMNS or too_long:
        raise WrongInput(
            visit.t("incoming.too_large", rows=MOST_ROWS, columns=MOST_COLUMNS, chars=MOST_CHARS)
        )
    return table


def _carried(visit: Visit) -> Table:
    try:
        return [(int(line), [str(cell) for cell in row]) for line, row in json.loads(visit.field("table"))]
    except (ValueError, TypeError) as error:
        raise WrongInput(visit.t("incoming.empty")) from error


PAGES = (
    Page("/brand/{kind}/import", upload, roles=ROLES),
    Page("/brand/{kind}/import", receive, methods=("POST",), roles=ROLES),
)
