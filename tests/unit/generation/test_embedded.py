"""The embedded server's refusals; that it serves is shown in tests/integration/test_models_contract.py."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from inedit.generation.embedded import EmbeddedServer, our_cores
from inedit.model.errors import ModelFileError, WrongInput


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "Cannot read"),
        (b"", "not a GGUF"),
        (b"PK\x03\x04 a zip", "not a GGUF"),
        (b"GGUF" + b"\x03\x00\x00\x00" + b"\xff" * 4096, "cannot load"),
    ],
)
def test_a_file_that_is_no_model_is_told(
    tmp_path: Path, content: bytes | None, told: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Missing, empty, something else or damaged: one message with the path, and llama.cpp keeps silent."""
    weights = tmp_path / "weights.gguf"
    if content is not None:
        weights.write_bytes(content)
    with pytest.raises(ModelFileError, match=told) as caught, EmbeddedServer(weights):
        pass
    assert str(weights) in str(caught.value)
    assert capfd.readouterr() == ("", "")


def test_without_the_runtime_the_message_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The extra's name, and the way around it."""
    (tmp_path / "weights.gguf").write_bytes(b"GGUF")
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(WrongInput, match=r"inedit\[local\].*OPENAI_BASE_URL"):
        EmbeddedServer(tmp_path / "weights.gguf").__enter__()


def test_every_server_has_a_key_of_its_own(tmp_path: Path) -> None:
    """Other users of the machine cannot guess it."""
    first, second = EmbeddedServer(tmp_path / "a.gguf"), EmbeddedServer(tmp_path / "a.gguf")
    assert first.api_key != second.api_key
    assert len(first.api_key) >= 32


def test_the_name_of_the_model_keeps_its_dots() -> None:
    """``1.5b`` is a size, not a file extension."""
    assert EmbeddedServer(Path("qwen2.5-coder-1.5b-instruct.gguf")).model == "qwen2.5-coder-1.5b-instruct"


@pytest.mark.parametrize(("theirs", "told"), [(None, "passive"), ("active", "active")])
def test_threads_that_wait_give_their_core_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, theirs: str | None, told: str
) -> None:
    """The runtime of llama.cpp's threads reads this when it is loaded; whoever says otherwise is heard."""
    monkeypatch.delenv("OMP_WAIT_POLICY", raising=False)
    if theirs:
        monkeypatch.setenv("OMP_WAIT_POLICY", theirs)
    weights = tmp_path / "weights.gguf"
    weights.write_bytes(b"GGUF")
    started: list[dict[str, str]] = []

    def refuse(*_command: object, env: dict[str, str], **_options: object) -> None:
        started.append(env)
        raise InterruptedError

    monkeypatch.setattr(subprocess, "Popen", refuse)
    with pytest.raises(InterruptedError), EmbeddedServer(weights):
        pass
    assert [env["OMP_WAIT_POLICY"] for env in started] == [told]


def test_all_cores_that_we_may_use_are_used() -> None:
    """A machine that is busy when a run begins need not be so a minute later."""
    assert 1 <= our_cores() <= (os.cpu_count() or 1)
