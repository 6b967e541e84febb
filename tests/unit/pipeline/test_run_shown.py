"""What a run came to is shown while its store is open, and as far as its pieces can be read."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from types import SimpleNamespace
from typing import Any

import pytest

from fakes.pipeline import a_variant
from fakes.services import accepted
from inedit import bootstrap, pipeline, planning
from inedit.cli.produce import run_and_show
from inedit.model import Piece
from inedit.model.errors import StoreError
from inedit.pipeline import run_report
from inedit.pipeline.run import Run
from inedit.pipeline.run_report import RunReport

BOOKS: Any = SimpleNamespace(
    calls=2, input_tokens=3, cached_tokens=0, output_tokens=5, cost_micros={}, unknown_price_calls=0, possibly_billed=0,
    as_json=lambda: {"calls": 2},
)  # fmt: skip


class Pieces(tuple[Piece, ...]):
    """Pieces of a store that may be closed or fail: ``readable`` of them can be read once all have been counted."""

    is_open = True
    counted = False
    readable = 99

    def __iter__(self) -> Iterator[Piece]:
        assert self.is_open
        known = super().__iter__()
        for at, piece in enumerate(known):
            if self.counted and at == self.readable:
                raise StoreError("The database is gone.")
            yield piece


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Pieces:
    """The pieces of the run that the command makes."""
    pieces = Pieces(accepted(a_variant(index=index), f"Texte {index}.") for index in range(3))

    @contextmanager
    def opened(*_: Any, **__: Any) -> Iterator[None]:
        yield
        pieces.is_open = False

    @asynccontextmanager
    async def line(*_: Any, **__: Any):  # type: ignore[no-untyped-def]
        model = SimpleNamespace(model=SimpleNamespace(model="m"))
        yield SimpleNamespace(
            advisor=None, metered_model=model, templates=SimpleNamespace(style="full"), brand=None, today=None
        )

    async def ran(*_: Any, **__: Any) -> Run:
        return Run("run-1", "mini", 3, pieces)

    def reported(run: Run, _: Any) -> RunReport:
        run.tally  # noqa: B018
        pieces.counted = True
        return RunReport(run, "m", "full", BOOKS)

    monkeypatch.setattr(bootstrap, "open_project_store", opened)
    monkeypatch.setattr(bootstrap, "served_model", lambda *_: nullcontext())
    monkeypatch.setattr(bootstrap, "open_pipeline", line)
    monkeypatch.setattr(pipeline, "run_campaign", ran)
    monkeypatch.setattr(planning, "plan", lambda *_: ())
    monkeypatch.setattr(run_report, "report_of", reported)
    monkeypatch.setattr("inedit.cli.result.pieces_side_by_side", lambda _, __, listed: list(listed))
    return pieces


def show(*, json_: bool) -> RunReport:
    options: Any = SimpleNamespace(batch=False, concurrency=1, narrowing=None)
    project: Any = SimpleNamespace(root=None, brand=None)
    settings: Any = None
    brief: Any = SimpleNamespace(id="mini")
    return asyncio.run(run_and_show(project, brief, settings, options, (), json_=json_))


@pytest.mark.parametrize("json_", [True, False])
def test_pieces_are_read_while_the_store_is_open(
    shown: Pieces, capsys: pytest.CaptureFixture[str], json_: bool
) -> None:
    """Nothing is left to read once the command has its report."""
    assert show(json_=json_).run.id == "run-1"
    assert not shown.is_open
    assert "run-1" in capsys.readouterr().out


@pytest.mark.parametrize("readable", [0, 2])
def test_where_pieces_cannot_be_read_the_run_and_its_totals_are_printed(
    shown: Pieces, capsys: pytest.CaptureFixture[str], readable: int
) -> None:
    """Before the error, as JSON that is whole, or as the figures of the run."""
    shown.readable = readable
    with pytest.raises(StoreError):
        show(json_=True)
    told = json.loads(capsys.readouterr().out)
    assert (told["run_id"], told["totals"]["accepted"], len(told["pieces"])) == ("run-1", 3, readable)
    shown.counted, shown.is_open = False, True
    with pytest.raises(StoreError):
        show(json_=False)
    assert "3 accepted of 3 planned" in capsys.readouterr().out
