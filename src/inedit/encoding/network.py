"""The network of Universal Sentence Encoder multilingual v3, by numpy: tokens of some texts to a vector for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_CHUNKS = 17
_BRANCH = 256
# Width of the convolution and how many of its taps lie left of the token.
_BRANCHES = ((2, 0), (3, 1), (5, 2))
_SIDE = 2  # tokens to either side of one that its convolutions read
_WIDEST = max(width for width, _ in _BRANCHES)
_ROWS = 512
"""Windows that are worked on at once."""
_CACHED_ROWS = 64
"""Rows of over a thousand figures that stay in the processor's cache while they are worked on."""

Positions = NDArray[np.intp]
Vectors = NDArray[np.float32]


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


class Network:
    """Embeddings of tokens, three convolutions over them, a sum, and a small residual network."""

    def __init__(self, weights: Mapping[str, NDArray[Any]]) -> None:
        """``weights`` is asked for each array once, so that one that is unpacked is not kept beside its copy."""
        self._epsilon = np.float32(weights["eps"])
        first = weights["q1"]
        self._table = np.empty((len(first) * _CHUNKS, first.shape[1]), dtype=first.dtype)
        for chunk in range(_CHUNKS):
            self._table[chunk::_CHUNKS] = weights[f"q{chunk + 1}"]
        self._scale, self._low = weights["scale"][:, None], weights["lo"][:, None]
        # The branches are projected side by side and normalised together.
        self._projection, self._projection_bias, self._gain, self._shift = (
            np.concatenate([weights[f"{name}{width}"] for width, _ in _BRANCHES], axis=-1)
            for name in ("proj", "proj_b", "ln_g", "ln_b")
        )
        self._kernels, self._biases = {}, {}
        for width, _ in _BRANCHES:
            taps = weights[f"w1_{width}"].reshape(width, _BRANCH, _BRANCH)
            side_by_side = taps.transpose(1, 0, 2).reshape(_BRANCH, width * _BRANCH)
            self._kernels[1, width] = np.ascontiguousarray(side_by_side)
            self._kernels[2, width] = weights[f"w2_{width}"].reshape(width * _BRANCH, _BRANCH)
            for layer in (1, 2):
                self._biases[layer, width] = weights[f"b{layer}_{width}"]
        self._read_gain, self._read_shift = weights["ln_g"], weights["ln_b"]
        self._summed, self._counted = weights["cnn_W"], weights["cnn_b"]
        self._dense = [weights[name] for name in ("d0", "d1", "d2", "d3")]
        self._past = weights["p1"], weights["p3"]

    def __call__(self, tokens: Tokens) -> Vectors:
        """A unit vector per text."""
        chunk = tokens.ids % _CHUNKS
        known = self._table[tokens.ids].astype(np.float32)
        known *= self._scale[chunk]
        known += self._low[chunk]
        read = np.empty((len(tokens.wide), known.shape[1] + len(_BRANCHES) * _BRANCH), dtype=np.float32)
        read[:, : known.shape[1]] = known[tokens.centre]
        self._branches(self._projected(known), tokens, read[:, known.shape[1] :])
        counts = tokens.lengths.astype(np.float32)[:, None]
        # Summing before the projection, which is linear, projects one row per text instead of one per token.
        text = self._sums(read, tokens) @ self._summed
        text += counts * self._counted
        text /= np.sqrt(counts)
        return self._directed(text)

    def _projected(self, known: Vectors) -> Vectors:
        """What the convolutions read of each token: the branches side by side, normalised."""
        projected: Vectors = known @ self._projection
        projected += self._projection_bias
        for block in _slices(len(projected), _CACHED_ROWS):
            rows = projected[block]
            rows -= rows.mean(axis=-1, keepdims=True)
            rows *= self._inverse_deviation(rows)[:, None]
            rows *= self._gain
            rows += self._shift
        return projected

    def _inverse_deviation(self, centred: Vectors) -> Vectors:
        """One over the standard deviation of each row, whose mean is zero."""
        squares: Vectors = np.einsum("ij,ij->i", centred, centred)
        squares /= np.float32(centred.shape[1])
        squares += self._epsilon
        return np.reciprocal(np.sqrt(squares))

    def _sums(self, read: Vectors, tokens: Tokens) -> Vectors:
        """The normalised rows of ``read``, summed by text. ``read`` is used up.

        A row is normalised by a number of its own, so that the sum is a product with a matrix that says how often each
        row stands in each text, times that number; what all rows have in common is put in afterwards.
        """
        inverse = np.empty(len(read), dtype=np.float32)
        for block in _slices(len(read), _CACHED_ROWS):
            rows = read[block]
            rows -= rows.mean(axis=-1, keepdims=True)
            inverse[block] = self._inverse_deviation(rows)
        text_of = np.repeat(np.arange(len(tokens.lengths)), tokens.lengths)
        places = text_of * len(read) + tokens.wide_of
        often = np.bincount(places, minlength=len(tokens.lengths) * len(read)).reshape(-1, len(read))
        weights: Vectors = often.astype(np.float32)
        weights *= inverse
        summed: Vectors = weights @ read
        summed *= self._read_gain
        summed += tokens.lengths.astype(np.float32)[:, None] * self._read_shift
        return summed

    def _branches(self, projected: Vectors, tokens: Tokens, outputs: Vectors) -> None:
        """Two residual convolutions a branch; beyond the ends of a text lie zeros, as if it stood alone."""
        scratch = _Scratch()
        for at, (width, left) in enumerate(_BRANCHES):
            own, reach = slice(at * _BRANCH, (at + 1) * _BRANCH), slice(_SIDE - left, _SIDE - left + width)
            padded = _padded(projected[:, own])
            # Three times as many windows as tokens: each tap of the first kernel is worked out once for what stands
            # at its place, however many windows read it.
            taps = (padded @ self._kernels[1, width]).reshape(-1, _BRANCH)
            narrow = np.zeros((len(tokens.narrow) + 1, _BRANCH), dtype=np.float32)
            for block in _slices(len(tokens.narrow), _ROWS):
                around, read = tokens.narrow[block], narrow[:-1][block]
                np.take(taps, around[:, reach.start] * width, axis=0, out=read, mode="clip")
                for tap in range(1, width):
                    read += scratch.rows(taps, around[:, reach.start + tap] * width + tap)
                self._read_on(read, 1, width)
                read += scratch.rows(padded, around[:, _SIDE])
            # Hardly more windows than there is to read: each is laid out, and the product makes the sum.
            for block in _slices(len(tokens.wide), _ROWS):
                around = tokens.wide[block]
                read = scratch.product(narrow, around[:, reach], self._kernels[2, width])
                self._read_on(read, 2, width)
                np.add(read, scratch.rows(narrow, around[:, _SIDE]), out=outputs[block, own])

    def _read_on(self, read: Vectors, layer: int, width: int) -> None:
        read += self._biases[layer, width]
        np.maximum(read, 0, out=read)

    def _directed(self, text: Vectors) -> Vectors:
        """The residual network on top, and the length made 1."""
        first = _positive(text @ self._dense[0])
        second = _positive(text @ self._past[0] + first @ self._dense[1])
        third = _positive(second @ self._dense[2])
        text = np.tanh(second @ self._past[1] + third @ self._dense[3])
        lengths = np.linalg.norm(text, axis=1, keepdims=True)
        np.divide(text, lengths, out=text, where=lengths > 0)
        return text


def _padded(rows: Vectors) -> Vectors:
    """The rows, and one of zeros: what stands where no text does."""
    padded = np.zeros((len(rows) + 1, rows.shape[1]), dtype=np.float32)
    padded[:-1] = rows
    return padded


class _Scratch:
    """Room for :data:`_ROWS` rows, used again and again: memory that is asked for anew has to be cleared first. What
    a method gives is there until it is called the next time."""

    def __init__(self) -> None:
        self._rows = np.empty((_ROWS, _BRANCH), dtype=np.float32)
        self._product = np.empty((_ROWS, _BRANCH), dtype=np.float32)
        self._windows = np.empty(_ROWS * _WIDEST * _BRANCH, dtype=np.float32)

    def rows(self, source: Vectors, places: Positions) -> Vectors:
        """The rows of ``source`` at these places."""
        # with "clip", which is never needed, numpy writes into ``out`` without a copy in between
        return source.take(places, axis=0, out=self._rows[: len(places)], mode="clip")

    def product(self, source: Vectors, windows: Positions, kernel: Vectors) -> Vectors:
        """The rows of ``source`` in each window, side by side, times the kernel."""
        laid_out = self._windows[: windows.size * _BRANCH].reshape(*windows.shape, _BRANCH)
        source.take(windows, axis=0, out=laid_out, mode="clip")
        return np.matmul(laid_out.reshape(len(windows), -1), kernel, out=self._product[: len(windows)])


def _positive(x: Vectors) -> Vectors:
    return np.maximum(x, 0, out=x)


def _slices(rows: int, step: int) -> Iterator[slice]:
    """Some rows at a time."""
    for begin in range(0, rows, step):
        yield slice(begin, begin + step)
