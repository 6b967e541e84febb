"""The embedded language model: llama.cpp inside this process, as one more OpenAI-compatible server."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from inedit.errors import ModelFileError, WrongInput

PARALLEL = 2
CONTEXT_TOKENS = 4_096
"""Room for one call: a prompt of some 3,000 tokens and its answer."""
PROMPT_CACHE_MIB = 512
_GGUF_MAGIC = b"GGUF"


class EmbeddedServer:
    """Runs the weights in a GGUF file while the context lasts, on the loopback, behind a random key.

    ``parallel`` calls are computed at once, each with ``context_tokens`` for prompt and answer; ``threads``
    defaults to the cores this process may use. Loading takes seconds during which no other Python code of
    this process runs: enter the context before work begins. Raises :class:`ModelFileError` for a file that is
    missing, no GGUF or refused by llama.cpp, :class:`WrongInput` when the runtime is not installed.
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
        self._threads = threads or usable_cores()
        self._server: Any = None

    def __enter__(self) -> Self:
        _check_file(self.weights)
        try:
            import xllamacpp  # noqa: PLC0415  # 100 MB of native code, for those who use it
        except ImportError as error:
            raise WrongInput(
                "The embedded language model is not installed. Run: pip install 'inedit[local]', "
                "or set OPENAI_BASE_URL or OPENAI_API_KEY to use a model elsewhere."
            ) from error
        try:
            self._server = xllamacpp.Server(self._parameters(xllamacpp.CommonParams()))
        except RuntimeError as error:
            raise ModelFileError(
                f"llama.cpp cannot load {self.weights}. The file may be damaged, of a newer format, or too "
                "large for this machine's memory. Fetch it again, or choose a smaller model."
            ) from error
        self.base_url = f"{self._server.listening_address}/v1"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server = None  # the last reference: llama.cpp stops, frees its memory and closes its port
        self.base_url = ""

    def _parameters(self, parameters: Any) -> Any:
        parameters.model.path = str(self.weights)
        parameters.model_alias = {self.model}
        parameters.hostnames = ["127.0.0.1"]
        parameters.port = 0
        parameters.api_keys = [self.api_key]
        parameters.n_parallel = self.parallel
        parameters.n_ctx = self.parallel * self._context_tokens
        parameters.cpuparams.n_threads = self._threads
        parameters.cpuparams_batch.n_threads = self._threads
        parameters.cache_ram_mib = PROMPT_CACHE_MIB
        parameters.verbosity = 0
        parameters.warmup = False
        parameters.ui = False
        parameters.endpoint_slots = False
        return parameters


def usable_cores() -> int:
    """Cores that this process may run on; at least 1."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on Linux
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
