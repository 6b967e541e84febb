"""Any sentence-transformers model as an :class:`~inedit.encoding.Encoder`."""

from __future__ import annotations

import hashlib
import os
import urllib.request
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError, URLError

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from transformers.utils import logging as transformers_logging

from inedit.encoding import USE_MULTILINGUAL
from inedit.encoding.threads import compute_on_one_thread
from inedit.model.errors import WrongInput

BATCH_TEXTS = 16
HUB_SECONDS = 6.0


class SentenceEncoder:
    """A :class:`SentenceTransformer` behind the seam: unit-length float32 rows, on the CPU, in silence."""

    def __init__(self, name: str, digest: str, model: SentenceTransformer) -> None:
        self.name = name
        self.digest = digest
        self._model = model.eval()
        self._is_plain = model.default_prompt_name is None and model.truncate_dim is None
        self.dimensions = self.encode([""]).shape[1]

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row per text; see :meth:`inedit.encoding.Encoder.encode`."""
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        rows = (
            self._of_one(texts[0])
            if len(texts) == 1 and self._is_plain
            else self._model.encode(list(texts), batch_size=BATCH_TEXTS, show_progress_bar=False)
        )
        vectors: NDArray[np.float32] = np.array(rows, dtype=np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return vectors

    @torch.inference_mode()  # type: ignore[untyped-decorator]
    def _of_one(self, text: str) -> NDArray[np.float32]:
        """What the model's own ``encode`` gives for one text, without the half millisecond in which it sorts texts,
        fills batches and draws a progress bar."""
        rows: NDArray[np.float32] = self._model(self._model.preprocess([text]))["sentence_embedding"].numpy()
        return rows


def load_named(name: str) -> SentenceEncoder:
    """See :func:`inedit.encoding.load_encoder`."""
    torch.set_num_threads(1)
    compute_on_one_thread()
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        model = _here(name) or SentenceTransformer(name, device="cpu")
    except URLError as error:
        raise WrongInput(
            f"The encoder '{name}' is not on this machine, and the hub cannot be reached to fetch it. "
            f"Give '{USE_MULTILINGUAL}' or the folder of a sentence-transformers model, or go online once."
        ) from error
    except (OSError, ValueError) as error:
        why = next(iter(str(error).strip().splitlines()), "no explanation").rstrip(".")
        raise WrongInput(
            f"The encoder '{name}' cannot be loaded: {why}. Give '{USE_MULTILINGUAL}', the folder of a "
            "sentence-transformers model, or the name of one on the hub."
        ) from error
    return SentenceEncoder(Path(name).name if Path(name).is_dir() else name, _digest(model), model)


def _here(name: str) -> SentenceTransformer | None:
    """The model from a folder or the hub's cache, without the network; None when the hub must be asked.

    Raises OSError when it would have to be and cannot: the hub's own client tries for over a minute.
    """
    try:
        return SentenceTransformer(name, device="cpu", local_files_only=True)
    except OSError:
        if Path(name).exists() or name.startswith((".", "/", "~")):
            raise
    hub = os.environ.get("HF_ENDPOINT", "https://huggingface.co")
    with suppress(HTTPError), urllib.request.urlopen(hub, timeout=HUB_SECONDS):  # noqa: S310  # the hub's address
        pass
    return None


def _digest(model: torch.nn.Module) -> str:
    """SHA-256 of every weight, in the order of their names: the same wherever the files came from."""
    digest = hashlib.sha256()
    for key, tensor in sorted(model.state_dict().items()):
        digest.update(key.encode())
        digest.update(tensor.contiguous().view(-1).view(torch.uint8).numpy().tobytes())
    return digest.hexdigest()
