"""The scripts of ``bench/`` as modules: their labelled texts, and how they measure."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]


def bench(name: str) -> ModuleType:
    """The script ``bench/NAME/run.py``, with its labelled texts."""
    spec = spec_from_file_location(f"bench_{name}", ROOT / "bench" / name / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # where its dataclasses look themselves up
    spec.loader.exec_module(module)
    return module
