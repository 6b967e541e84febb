"""How likely a text is in each language that py3langid knows: its own model and figures, all places read at once.

py3langid reads a text byte by byte, which is most of what an opinion costs. But the state of its model says nothing of
what stands more than :data:`DEEPEST` bytes before: so the state at each byte is read from the bytes before it, of all
places in so many steps.
"""

from __future__ import annotations

import threading
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_FILE, LanguageIdentifier

DEEPEST = 6
"""Bytes of the longest sequence that the model knows, a feature or the beginning of one."""

READ_AHEAD = 256
"""Texts whose features may wait for their opinion to be asked for: some were asked for before."""

_BEFORE = b"\0" * (DEEPEST - 1)
"""What is read as standing before a text: bytes that leave the model in its first state."""

_LEAST = np.finfo(np.float32).min


class Likelihoods:
    """The log-likelihood of one text in each language, by its code; ``best`` is the likeliest."""

    __slots__ = ("_scores", "best")

    def __init__(self, scores: Any) -> None:
        self._scores = scores
        self.best = _model().languages[int(scores.argmax())]

    def __getitem__(self, code: str) -> float:
        return float(self._scores[_model().columns[code]])


class _Rows:
    """The rows of a table of half floats as floats, each converted when it is first asked for.

    Each opinion would convert its rows one by one, which takes five times as long as the rest of it; the whole table
    takes 57 MB, of which the texts of a campaign ask for a twentieth. Serves all threads of a process.
    """

    def __init__(self, halves: NDArray[np.float16]) -> None:
        self._halves = halves
        self._place = np.full(len(halves), -1, dtype=np.int32)  # of each row among those converted
        self._floats = np.empty((1_024, halves.shape[1]), dtype=np.float32)
        self._converted = 0
        self._converting = threading.Lock()

    def take(self, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """The rows of these numbers, in their order."""
        places = self._place.take(rows)
        if places.min() < 0:
            with self._converting:
                self._convert(np.unique(rows[self._place.take(rows) < 0]))
            places = self._place.take(rows)
        # read after the places: it has whatever was converted when they were looked up
        return self._floats.take(places, axis=0)

    def _convert(self, rows: NDArray[np.intp]) -> None:
        end = self._converted + len(rows)
        if end > len(self._floats):
            roomier = np.empty((max(2 * len(self._floats), end), self._floats.shape[1]), dtype=np.float32)
            roomier[: self._converted] = self._floats[: self._converted]
            self._floats = roomier
        self._floats[self._converted : end] = self._halves[rows]
        self._place[rows] = np.arange(self._converted, end, dtype=np.int32)
        self._converted = end


class _Model:
    """The parts of py3langid's model that an opinion needs."""

    def __init__(self) -> None:
        made = LanguageIdentifier.from_model_file(MODEL_FILE)
        self.languages: list[str] = made.nb_classes
        self.columns = {code: at for at, code in reversed(list(enumerate(made.nb_classes)))}
        # the same language in another script: the likelier counts
        self._twice = [(self.columns[c], at) for at, c in enumerate(self.languages) if self.columns[c] != at]
        follow = np.asarray(made.tk_nextmove)  # by three bytes each: ten million of them
        self._low, self._high = (follow & 0xFFFF).astype(np.uint16), (follow >> 16).astype(np.uint8)
        self._seen = np.asarray(made.tk_output, dtype=np.int32)
        self._rows = np.asarray(made.tk_row, dtype=np.intp) << 8
        first, byte = np.divmod(np.arange(1 << 16), 256)
        self._pairs = self._after(self._after(np.zeros_like(first), first), byte)
        self._ahead: dict[str, list[int]] = {}
        self._table, self._prior = _Rows(made.nb_ptc), made.nb_pc

    def scores(self, text: str) -> Any:
        """One figure a column: ``rank`` of :class:`~py3langid.langid.LanguageIdentifier`, unsorted."""
        features = self._features(text)
        if not features:
            return np.full(len(self.languages), _LEAST, dtype=np.float32)
        counts = Counter(features)
        listed = np.fromiter(counts.keys(), dtype=np.intp, count=len(counts))
        often = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        found = np.log1p(often) @ self._table.take(listed) + self._prior
        for first, again in self._twice:
            found[first], found[again] = max(found[first], found[again]), _LEAST
        return found

    def read_ahead(self, texts: Iterable[str]) -> None:
        """Read the features of some texts that will be asked for: at once, as steps of few bytes cost as much."""
        wanted = {text: _bytes_of(text) for text in texts}
        if len(self._ahead) > READ_AHEAD:
            self._ahead.clear()
        seen = self._seen_in(_BEFORE.join(wanted.values()))
        start = 0
        for text, written in wanted.items():
            end = start + len(written)
            self._ahead[text] = _seen_alone(seen[start:end])
            start = end + len(_BEFORE)

    def _features(self, text: str) -> list[int]:
        """What the model sees in a text, in order."""
        read = self._ahead.pop(text, None)
        return _seen_alone(self._seen_in(_bytes_of(text))) if read is None else read

    def _seen_in(self, written: bytes) -> NDArray[np.int32]:
        """The feature that ends at each byte, or -1."""
        read = np.frombuffer(_BEFORE + written, np.uint8).astype(np.intp)
        length = len(written)
        states = self._pairs.take((read[:length] << 8) + read[1 : length + 1])
        for byte in range(2, DEEPEST):
            states = self._after(states, read[byte : byte + length])
        return self._seen.take(states)

    def _after(self, states: NDArray[np.integer], read: NDArray[np.intp]) -> NDArray[np.int32]:
        """The state that follows each state when a byte is read."""
        at = self._rows.take(states) + read
        following = self._high.take(at).astype(np.int32)
        following <<= 16
        following |= self._low.take(at)
        return following


def _bytes_of(text: str) -> bytes:
    """A text as py3langid reads it."""
    shown = unicodedata.normalize("NFC", text.lower() if text.isupper() else text)
    return shown.encode("utf8", errors="surrogatepass")


def _seen_alone(seen: NDArray[np.int32]) -> list[int]:
    features: list[int] = seen[seen >= 0].tolist()
    return features


@cache
def _model() -> _Model:
    return _Model()


@lru_cache(maxsize=1024)
def likelihoods(text: str) -> Likelihoods:
    """How likely a text is in each language."""
    return Likelihoods(_model().scores(text))


def read_ahead(texts: Iterable[str]) -> None:
    """Some texts will be asked for one by one: read them at once, which takes a fifth of the time."""
    _model().read_ahead(texts)
