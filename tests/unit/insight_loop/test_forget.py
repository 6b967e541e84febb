"""What *Forget* cannot take out is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from inedit.archive.place import EMPTIED, INDEX
from inedit.insight_loop import forget as forgetting
from inedit.store import open_store


@pytest.mark.parametrize("held", [True, False])
def test_a_block_that_another_program_holds_is_named(
    tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch, held: bool
) -> None:
    block = tmp_path / INDEX / "texts" / "f0" / "1.block"
    block.parent.mkdir(parents=True)
    block.write_bytes(b"hashes")
    if held:
        monkeypatch.setattr(forgetting, "rmtree", lambda *_, **__: None)
    store = open_store(f"sqlite:///{shutil.copy(empty_database, tmp_path / 'inedit.db')}")
    done = forgetting.forget(store, "0123456789abcdef", tmp_path)
    store.close()
    assert block.exists() is held
    assert [INDEX in line for line in done.left] == [True] * held
    assert any(INDEX in where for where in done.searched)
    assert (tmp_path / INDEX / EMPTIED).exists()
