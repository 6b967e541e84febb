"""Insights and claims from a spreadsheet: mapped, looked at, and only then added; nothing else is touched."""

from __future__ import annotations

import html
import io
import re

from openpyxl import Workbook

from inedit.studio import Workspace

from .conftest import Reader

XSS = "<script>alert(1)</script>"
PAGE = "/brand/insights/import"


def read(anne: Reader, page: str, name: str, content: bytes) -> str:
    """Give a file."""
    said = anne.client.post(page, data={"csrf": anne.csrf}, files={"file": (name, content)})
    assert said.status_code == 200, said.text
    return said.text


def fields(page: str) -> dict[str, str]:
    """The form as the browser sends it."""
    found = dict(re.findall(r'<input(?: type="hidden")? name="([\w-]+)" value="([^"]*)"', page))
    for name, options in re.findall(r'<select name="([\w-]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        found[name] = next(iter(re.findall(r'value="([^"]*)" selected', options)), "")
    return {name: html.unescape(value) for name, value in found.items()}


def test_rows_are_mapped_looked_at_and_added(workspace: Workspace, anne: Reader) -> None:
    """One is new, one is known word for word, one is refused for what it says; a file cannot bring markup in."""
    folder = workspace.root / "brand_data/insights"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    known = workspace.project().brand.insights["chair-tear"].text["fr"]
    texts = {tag: f"{XSS} Une nappe sur neuf revient ({tag})." for tag in workspace.project().brand.languages}
    head = ["Note", *(f"Texte ({tag})" for tag in texts), "Origine", "Segments", "Date"]
    rows = [
        ["a", *texts.values(), "Registre", "families; hosts", "12.05.2026"],
        ["b", known, *[""] * (len(texts) - 1), "Registre", "", "2026-05-12"],
        ["c", *(f"{text} Encore." for text in texts.values()), "Registre", "nobody", "2026-05-12"],
        ["d", *(f"{text} Toujours." for text in texts.values()), "Registre", "", "05/12/2026"],
    ]
    book = Workbook()
    for row in [head, *rows]:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    mapped = fields(read(anne, PAGE, f"{XSS}.xlsx", stream.getvalue()))
    assert [mapped[f"column-{n}"] for n in range(len(head))] == [
        "", *(f"text.{tag}" for tag in texts), "source", "segments", "collected"
    ]  # fmt: skip
    looked = anne.post(PAGE, **mapped, step="look")
    assert looked.text.count(">new</span>") == 1 and looked.text.count("there already") == 1
    assert looked.text.count(">refused</span>") == 2 and XSS not in looked.text
    assert "Add 1 entry" in looked.text and "nobody" in looked.text
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before, "only looked at"
    seen = fields(looked.text)
    other = anne.post(PAGE, **{**seen, "column-0": "topics"}, step="add")
    assert other.status_code == 200, "it is not what was looked at"
    assert anne.post(PAGE, **seen, step="add").headers["location"] == "/brand/insights"
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {name: after[name] for name in before} == before
    added = next(one for id, one in workspace.project().brand.insights.items() if "une-nappe" in id)
    assert (added.text["de"], added.kind, str(added.collected)) == (texts["de"], "field", "2026-05-12")
    again = anne.post(PAGE, **fields(read(anne, PAGE, "again.xlsx", stream.getvalue())), step="look").text
    assert again.count("there already") == 2 and "No row can be added" in again


def test_claims_come_in_from_csv_and_a_file_that_is_none_is_told(workspace: Workspace, anne: Reader) -> None:
    """At the end of claims.yaml, comments and order as they were."""
    path = workspace.root / "brand_data/claims.yaml"
    before = path.read_text(encoding="utf-8")
    tags = list(workspace.project().brand.languages)
    head = ";".join(["id", *(f"text {tag}" for tag in tags), "proof", "valid from", "markets"])
    row = ";".join(["new-claim", *(f"Linen, {tag}." for tag in tags), "Register 9", "2026-01-01", "FR, BE"])
    page = "/brand/claims/import"
    form = fields(read(anne, page, "claims.csv", f"{head}\n{row}\n".encode("utf-8-sig")))
    looked = anne.post(page, **form, step="look").text
    assert "Add 1 entry" in looked, looked
    assert anne.post(page, **fields(looked), step="add").status_code == 303
    assert path.read_text(encoding="utf-8").startswith(before)
    assert workspace.project().brand.claims["new-claim"].markets == ("FR", "BE")
    for name, content in (("a.csv", b"\xff\x00\x01"), ("a.xlsx", b"PK nothing"), ("a.csv", b"text\n")):
        said = anne.client.post(page, data={"csrf": anne.csrf}, files={"file": (name, content)})
        assert said.status_code == 400 and 'role="alert"' in said.text
    assert anne.post(page).status_code == 400
    assert anne.get("/brand/tones/import").status_code == 400
