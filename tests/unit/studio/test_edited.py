"""An edited table comes back by the browser: one text is kept, two are refused with the passage, nothing else moves."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Iterator

import openpyxl
import pytest

from fakes.studio import answered, copy_project, put
from inedit.archive.catalogue import Catalogue
from inedit.bootstrap import Settings
from inedit.studio import Workspace, open_workspace
from inedit.studio.pages.edited import MOST_CARRIED, MOST_ROWS
from inedit.studio.rendering import wordings

from .conftest import Reader

CELLS = 5
FIGURE = " Trois clients sur quatre le disent, soit 74 %."


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Some accepted e-mails in French."""
    root = copy_project(tmp_path_factory.mktemp("edited"))
    with open_workspace(Settings(), root) as opened:
        mails = [one for one in answered() if one[0].channel == "email" and one[0].language == "fr"]
        brand = opened.project().brand
        for spec, parts in mails[:CELLS]:
            put(opened.store, brand, opened.kinds(), spec, parts, waiting=False)
        yield opened


def texts(workspace: Workspace) -> dict[str, dict[str, str]]:
    """The words of every piece."""
    ids = [card.id for card in Catalogue(workspace.store).cards()]
    return {id: dict(piece.parts) for id in ids if (piece := workspace.find(id)) is not None}


def test_three_changed_texts_come_back(workspace: Workspace, anne: Reader) -> None:
    """The whole way that a person takes: take the workbook away, change it, look, keep."""
    book = openpyxl.load_workbook(io.BytesIO(anne.get("/texts/xlsx").content))
    sheet = book.active
    assert sheet is not None
    column = {cell.value: number for number, cell in enumerate(sheet[1], start=1)}
    story, preheader = column["text.story"], column["text.preheader"]
    changed, figure, copied, copy = (str(sheet.cell(row, column["piece_id"]).value) for row in (2, 3, 4, 5))
    sheet.cell(2, preheader).value = str(sheet.cell(2, preheader).value).rstrip(".") + ", ce matin."
    sheet.cell(3, story).value = f"{sheet.cell(3, story).value}{FIGURE}"
    sheet.cell(5, story).value = sheet.cell(4, story).value
    edited = io.BytesIO()
    book.save(edited)
    before = texts(workspace)
    file = {"file": ("<b>texts</b>.xlsx", edited.getvalue())}
    shown = anne.client.post("/edited", data={"csrf": anne.csrf, "because": "For legal."}, files=file)
    page = html.unescape(shown.text)
    assert texts(workspace) == before, "looking keeps nothing"
    assert "1 accepted" in page and "2 refused" in page
    assert re.search(r"<b>[^<]+</b>: ", page), "no space stands before an English colon"
    assert "74 %" in page, "the passage of the false figure"
    assert before[copied]["story"].split(".")[0] in page, "the passage that was copied"
    carried = re.search(r'name="rows" value="([^"]*)"', shown.text)
    assert carried is not None
    (row,) = json.loads(html.unescape(carried[1]))
    assert row[1] == changed
    kept = anne.post("/edited", step="keep", rows=html.unescape(carried[1]), because="For legal.")
    assert "What is saved" in kept.text
    after = texts(workspace)
    assert {id for id in after if after[id] != before[id]} == {changed}
    assert after[changed]["preheader"].endswith("ce matin.")
    assert "For legal." in html.unescape(anne.text(f"/pieces/{changed}"))
    sheet.cell(2, preheader).value = "Another one."
    late = io.BytesIO()
    book.save(late)
    again = anne.client.post("/edited", data={"csrf": anne.csrf}, files={"file": ("t.xlsx", late.getvalue())})
    assert "stands by now: export it again." in html.unescape(again.text), "what stands is not written over"
    assert {figure, copy} <= set(after)


def test_what_is_no_such_table_is_told(anne: Reader) -> None:
    """Nothing given, something else given, a form that was made up."""
    assert anne.post("/edited").status_code == 400
    other = anne.client.post("/edited", data={"csrf": anne.csrf}, files={"file": ("a.csv", b"a;b\n1;2\n")})
    assert other.status_code == 400 and "names no column" in html.unescape(other.text)
    assert anne.post("/edited", step="keep", rows="{").status_code == 400


def test_a_table_that_is_too_large_is_refused_in_both_steps(anne: Reader) -> None:
    """Whatever a form says: too many rows, or too many bytes, of which an accent takes two."""
    for rows, parts in ((MOST_ROWS + 1, {}), (20, {"story": "é" * (MOST_CARRIED // 40)})):
        held = [[line, "none", "", parts] for line in range(2, rows + 2)]
        carried = {"rows": (None, json.dumps(held, ensure_ascii=False))}
        second = anne.client.post("/edited", data={"csrf": anne.csrf, "step": "keep"}, files=carried)
        table = "piece_id,revision,text.story\n"
        table += "".join(f"{piece},,{parts.get('story', '')}\n" for _, piece, _, _ in held)
        first = anne.client.post(
            "/edited", data={"csrf": anne.csrf}, files={"file": ("t.csv", table.encode())}
        )
        for told in (first, second):
            assert told.status_code == 400 and "This table is too large" in told.text, rows


def test_every_format_that_is_offered_has_its_words(anne: Reader) -> None:
    """The list shows them above its rows, in both languages."""
    page = anne.text("/pieces?state=accepted")
    assert page.index("/texts/google-ads") < page.index("data-rows")
    assert {"files.as_google_ads", "files.as_xliff_1_2"} <= set(wordings())
