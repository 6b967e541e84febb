"""The embedded language model: llama.cpp in a child process, as one more OpenAI-compatible server.

A child, because llama.cpp holds the interpreter's lock while it loads, waits for open connections when it stops, and
ends its process when something goes badly wrong: none of this may happen to the process that keeps the ledger.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from inedit.model.errors import ModelFileError, WrongInput

PARALLEL = 2
CONTEXT_TOKENS = 4_096
"""Room for one call: a prompt of some 3,000 tokens and its answer."""
PROMPT_CACHE_MIB = 512
_GGUF_MAGIC = b"GGUF"
_YIELDING = {"OMP_WAIT_POLICY": "passive"}
"""llama.cpp's threads wait for one another at every layer. A thread that waits gives its core away instead of spinning:
beside other work, spinning threads took hundreds of times as long."""


class EmbeddedServer:
    """Runs the weights in a GGUF file while the context lasts, on the loopback, behind a random key.

    ``parallel`` calls are computed at once, each with ``context_tokens`` for prompt and answer; ``threads``
    defaults to the cores that there are. Entering takes the seconds that loading takes. ``base_url``,
    ``api_key`` and ``model`` are what a client needs. Raises :class:`ModelFileError` for a file that is missing,
    no GGUF or refused by llama.cpp, :class:`WrongInput` when the runtime is not installed.
    """

    def __init__(
        self,
        weights: Path,
        *,
        parallel: int = PARALLEL,
        context_tokens: int = CONTEXT_TOKENS,
        threads: int | None = None,
    ) -> None:
        self.weights = weights
        self.parallel = parallel
        self.model = weights.stem
        self.api_key = secrets.token_urlsafe(24)
        self.base_url = ""
        self._context_tokens = context_tokens
        self._threads = threads
        self._child: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        _check_file(self.weights)
        if find_spec("xllamacpp") is None:
            raise WrongInput(
                "The embedded language model is not installed. Run: pip install 'inedit[local]', "
                "or set OPENAI_BASE_URL or OPENAI_API_KEY to use a model elsewhere."
            )
        # A session of its own: Ctrl-C is for us to handle, and the calls under way may still be finished.
        self._child = subprocess.Popen(  # our own interpreter and module
            [sys.executable, "-P", "-m", "inedit.generation.embedded"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
            env={**_YIELDING, **os.environ},
        )
        try:
            address = self._start(self._child)
        except BaseException:
            self._stop()
            raise
        if not address:
            self._stop()
            raise ModelFileError(
                f"llama.cpp cannot load {self.weights}. The file may be damaged, of a newer format, or too large "
                "for this machine's memory. Fetch it again, or choose a smaller model."
            )
        self.base_url = f"{address}/v1"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def _start(self, child: subprocess.Popen[str]) -> str:
        """Tell the child what to serve; its address, or nothing when it could not."""
        settings = {
            "weights": str(self.weights),
            "model": self.model,
            "api_key": self.api_key,
            "parallel": self.parallel,
            "context_tokens": self._context_tokens,
            "threads": self._threads or our_cores(),
        }
        assert child.stdin is not None  # noqa: S101  # both are pipes
        assert child.stdout is not None  # noqa: S101
        try:
            child.stdin.write(json.dumps(settings) + "\n")
            child.stdin.flush()
        except BrokenPipeError:
            return ""
        return child.stdout.readline().strip()

    def _stop(self) -> None:
        child, self._child, self.base_url = self._child, None, ""
        if child is not None:
            child.kill()
            child.communicate()


def our_cores() -> int:
    """Cores that this process may run on; at least 1."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not Linux
        return os.cpu_count() or 1


def _check_file(weights: Path) -> None:
    try:
        with weights.open("rb") as file:
            magic = file.read(len(_GGUF_MAGIC))
    except OSError as error:
        raise ModelFileError(f"Cannot read the weights {weights}: {error.strerror}.") from error
    if magic != _GGUF_MAGIC:
        raise ModelFileError(
            f"{weights} is not a GGUF file. Give the path of one, or a name of the catalogue."
        )


def _serve(settings: dict[str, Any]) -> None:
    """The child's whole life: load, say the address, serve until the parent is gone."""
    import xllamacpp  # noqa: PLC0415  # 100 MB of native code, for the child only

    parameters = xllamacpp.CommonParams()
    parameters.model.path = settings["weights"]
    parameters.model_alias = {settings["model"]}
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.api_keys = [settings["api_key"]]
    parameters.n_parallel = settings["parallel"]
    parameters.n_ctx = settings["parallel"] * settings["context_tokens"]
    parameters.cpuparams.n_threads = settings["threads"]
    parameters.cpuparams_batch.n_threads = settings["threads"]
    parameters.cache_ram_mib = PROMPT_CACHE_MIB
    parameters.verbosity = 0
    parameters.warmup = False
    parameters.ui = False
    parameters.endpoint_slots = False
    try:
        server = xllamacpp.Server(parameters)
    except RuntimeError:
        return
    print(server.listening_address, flush=True)
    sys.stdin.read()  # ends when the parent closes the pipe, however it came to its end
    os._exit(0)


if __name__ == "__main__":
    _serve(json.loads(sys.stdin.readline()))
