"""A real Prefect server, started once: it takes some ten seconds."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def prefect_server() -> Iterator[None]:
    """A Prefect server with a database of its own."""
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=90):
        yield


@pytest.fixture(scope="session")
def produce_flow(prefect_server: None) -> ModuleType:
    """The module flows/produce.py, as ``inedit serve`` loads it."""
    spec = importlib.util.spec_from_file_location("produce_flow", ROOT / "flows" / "produce.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["produce_flow"] = module
    spec.loader.exec_module(module)
    return module
