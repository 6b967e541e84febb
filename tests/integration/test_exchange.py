"""Texts out and back on a real project and database: what leaves, what comes back, and what is signed of it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from fakes.studio import answered, copy_project, put
from inedit.archive.admission import Archive
from inedit.archive.pieces import read_pieces
from inedit.archive.revisions import read_revisions
from inedit.bootstrap import Settings, load_all_prompts, open_ledger, open_project_store
from inedit.brand.load import load_project
from inedit.cli import app
from inedit.encoding import Encoder
from inedit.exchange import (
    Desk,
    ExportedText,
    Outcome,
    export_pieces,
    exported_texts,
    import_rows,
    read_table,
)
from inedit.model import Piece, Status
from inedit.store import Store

AT = datetime(2026, 11, 28, 18, 0, tzinfo=UTC)


@dataclass
class Shop:
    """A project with some accepted French texts."""

    root: Path
    store: Store
    desk: Desk
    pieces: list[Piece]

    def texts(self) -> tuple[ExportedText, ...]:
        found = read_pieces(self.store, status=Status.ACCEPTED)
        return tuple(exported_texts(found, self.store, self.desk.archive.brand, self.desk.templates))

    def stored(self, piece: Piece) -> Piece:
        return next(read_pieces(self.store, piece_id=piece.id))


@pytest.fixture
def shop(tmp_path: Path, encoder: Encoder) -> Iterator[Shop]:
    """Real answers of a model that the real guard accepts."""
    root = copy_project(tmp_path / "project")
    project, settings = load_project(root), Settings()
    with open_project_store(settings, root) as store:
        templates = load_all_prompts(settings, project)
        ledger = open_ledger(store, root, settings)
        desk = Desk(Archive(store, project.brand), ledger, templates, lambda: encoder)
        wanted = [one for one in answered() if one[0].language == "fr" and one[0].channel == "email"]
        pieces = [put(store, project.brand, templates, *one, waiting=False) for one in wanted[:12]]
        yield Shop(root, store, desk, [piece for piece in pieces if piece.status is Status.ACCEPTED])


def edited(content: bytes, changes: dict[str, dict[str, str]]) -> bytes:
    """A workbook after somebody has typed other words into some cells."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    head = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        for part, words in changes.get(str(row[0].value), {}).items():
            row[head.index(f"text.{part}")].value = words
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_text_stands_under_its_cell_in_names(shop: Shop) -> None:
    """People who read a document are told the language by its name, not by its tag."""
    for text in shop.texts():
        assert text.headline.split(" · ")[2] == "français"


def test_an_edited_workbook_comes_back_as_revisions(shop: Shop) -> None:
    """Of three edits one is accepted; a copy and a false figure are refused with reasons; nothing else is touched."""
    first, second, third, *others = shop.pieces
    assert others
    story = first.parts["story"]
    longer = story.rstrip(".") + ", et c'est très bien ainsi."
    changes = {
        first.id: {"story": longer},
        second.id: {"story": others[0].parts["story"]},
        third.id: {"story": third.parts["story"].rstrip(".") + ", à 87 % de nos clients."},
    }
    content = edited(export_pieces("xlsx", shop.texts()), changes)
    before = {piece.id: shop.stored(piece) for piece in shop.pieces}
    rows = read_table(content, "texts.xlsx")
    tried = import_rows(rows, shop.desk, by="Anne", at=AT, dry_run=True)
    assert {piece.id: shop.stored(piece) for piece in shop.pieces} == before
    report = import_rows(rows, shop.desk, by="Anne", at=AT, because="proof-read")
    for one in (tried, report):
        said = {row.piece_id: row for row in one.rows}
        assert said[first.id].outcome is Outcome.ACCEPTED, said[first.id].reasons
        assert said[second.id].outcome is said[third.id].outcome is Outcome.REFUSED
        assert one.counts[Outcome.UNCHANGED] == len(shop.pieces) - 3
        assert any(others[0].id in reason and "There (" in reason for reason in said[second.id].reasons)
        assert any("87" in reason for reason in said[third.id].reasons)
    assert (
        shop.stored(first).parts["story"] == longer.replace("'", "’")
        or shop.stored(first).parts["story"] == longer
    )
    assert [revision.written_by for revision in read_revisions(shop.store, first.id)] == ["", "Anne"]
    for piece in (second, third, *others):
        assert shop.stored(piece) == before[piece.id]
    again = import_rows(rows, shop.desk, by="Anne", at=AT)
    assert {row.outcome for row in again.rows if row.piece_id == first.id} == {Outcome.UNCHANGED}
    stale = read_table(edited(content, {first.id: {"story": story + " Ah."}}), "texts.xlsx")
    (late,) = [row for row in import_rows(stale, shop.desk, by="Bob", at=AT).rows if row.piece_id == first.id]
    assert late.outcome is Outcome.CONFLICT
    assert "r2-" in late.reasons[0]
    json.dumps(report.as_json(), default=str)


def test_rows_that_cannot_be_placed_are_told(shop: Shop) -> None:
    """An id that nobody knows, a part of another channel, an approved wording, a piece twice, nobody's name."""
    piece = shop.pieces[0]
    (text,) = [one for one in shop.texts() if one.piece.id == piece.id]
    head = "piece_id,revision,text.story,text.offer,text.hook\r\n"
    story = piece.parts["story"].replace('"', '""')
    lines = (
        "nowhere-1,r1-00000000,Bonjour,,",
        f'{piece.id},{text.revision},"{story}",Moins cher,',
        f'{piece.id},{text.revision},"{story}",,',
    )
    rows = read_table((head + "\r\n".join(lines)).encode(), "x.csv")
    found = import_rows(rows, shop.desk, by="Anne", at=AT).rows
    assert [row.outcome for row in found] == [Outcome.UNKNOWN, Outcome.REFUSED, Outcome.CONFLICT]
    assert "approved wording" in found[1].reasons[0]
    other = (head + f'{piece.id},{text.revision},"{story}",{piece.parts["offer"]},Accroche').encode()
    (row,) = import_rows(read_table(other, "x.csv"), shop.desk, by="Anne", at=AT).rows
    assert (row.outcome, "'hook'" in row.reasons[0]) == (Outcome.UNKNOWN, True)
    from inedit.model.errors import WrongInput

    with pytest.raises(WrongInput, match="--by"):
        import_rows(rows, shop.desk, by=" ", at=AT)


def test_the_commands_write_sign_verify_and_read_back(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A changed text is told apart from those that were not; a file without its record is unknown."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    shop.store.close()
    runner, file = CliRunner(), tmp_path / "texts.xlsx"
    here = ["--project", str(shop.root)]
    assert runner.invoke(app, ["pieces", "export", str(file), *here]).exit_code == 0
    assert runner.invoke(app, ["verify", str(file)]).exit_code == 0
    again = runner.invoke(app, ["pieces", "export", str(file), *here])
    assert "--force" in str(again.exception)
    record = json.loads((tmp_path / "texts.xlsx.provenance.json").read_text(encoding="utf-8"))
    of_first = next(piece for piece in record["pieces"] if piece["piece_id"] == shop.pieces[0].id)
    assert of_first["digital_source_type"].endswith("/trainedAlgorithmicMedia")
    assert (of_first["disclosure"], of_first["model"][0]["name"]) == ("label", "stub")
    assert of_first["insights"]
    file.write_bytes(edited(file.read_bytes(), {shop.pieces[0].id: {"story": "Autre chose."}}))
    told = runner.invoke(app, ["verify", str(file), "--json"])
    assert told.exit_code == 1
    standings = {one["piece_id"]: one["standing"] for one in json.loads(told.stdout)}
    assert standings == {p.id: "changed" if p is shop.pieces[0] else "true" for p in shop.pieces}
    back = runner.invoke(app, ["pieces", "import", str(file), "--by", "Anne", "--dry-run", "--json", *here])
    assert back.exit_code == 1, back.output
    assert json.loads(back.stdout)["counts"]["refused"] == 1
    (tmp_path / "texts.xlsx.provenance.json").write_text(json.dumps(record), encoding="utf-8")
    assert "not what was signed" in str(runner.invoke(app, ["verify", str(file)]).exception)
    listed = runner.invoke(app, ["pieces", "--json", *here])
    assert len(json.loads(listed.stdout)) >= len(shop.pieces)
