"""The faults that ``bench/ledger/histories.py`` puts back are still faults of today's source."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
_spec = importlib.util.spec_from_file_location("past_faults", ROOT / "bench" / "ledger" / "past_faults.py")
assert _spec is not None
assert _spec.loader is not None
past_faults = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(past_faults)


@pytest.mark.parametrize("name", past_faults.FAULTS)
def test_each_past_fault_can_be_put_back(tmp_path: Path, name: str) -> None:
    """What is sound stands in the source once, so that the bench changes what it says; the rest compiles."""
    ledger = Path(shutil.copytree(ROOT / "src" / "inedit" / "ledger", tmp_path / "ledger"))
    past_faults.put_back(ledger, past_faults.FAULTS[name])
    for changed in {file for file, *_ in past_faults.FAULTS[name]}:
        compile((ledger / changed).read_text(encoding="utf-8"), changed, "exec")
