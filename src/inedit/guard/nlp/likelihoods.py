"""How likely a text is in each language that py3langid knows: its own model and figures, walked a word at a time.

py3langid reads a text byte by byte, which is most of what an opinion costs. The same words come again and again, in the
sentences of a text and in the next text: what the model sees in one is kept for each state that it is met in.
"""

from __future__ import annotations

import threading
import unicodedata
from array import array
from collections import Counter
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_FILE, LanguageIdentifier

KEPT_WORDS = 16_384
"""Words, each in the state that it was met in, that are kept, some 400 bytes each; then it is begun anew."""

LEAST_OF_A_WORD = 4
"""Bytes behind a space from which the model's state tells nothing of what stood before it."""

_LEAST = np.finfo(np.float32).min

_Walked = tuple[int, tuple[int, ...]]
"""The state behind a word, and the features that the model sees in it."""


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
        # in one piece each: a list has its numbers all over the memory
        follow = np.asarray(
            made.tk_nextmove
        )  # by three bytes each: ten million of them, and some 100,000 states
        self._low = array("H", (follow & 0xFFFF).astype(np.uint16).tobytes())
        self._high = (follow >> 16).astype(np.uint8).tobytes()
        self._seen = array("i", made.tk_output)
        self._rows = array("I", [row << 8 for row in made.tk_row])
        self._table, self._prior = _Rows(made.nb_ptc), made.nb_pc
        self._walked: dict[tuple[int, bytes], _Walked] = {}
        self._pieces: dict[tuple[int, bytes], _Walked] = {}

    def scores(self, text: str) -> Any:
        """One figure a column: ``rank`` of :class:`~py3langid.langid.LanguageIdentifier`, unsorted."""
        features = self._features(unicodedata.normalize("NFC", text.lower() if text.isupper() else text))
        if not features:
            return np.full(len(self.languages), _LEAST, dtype=np.float32)
        counts = Counter(features)
        listed = np.fromiter(counts.keys(), dtype=np.intp, count=len(counts))
        often = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        found = np.log1p(often) @ self._table.take(listed) + self._prior
        for first, again in self._twice:
            found[first], found[again] = max(found[first], found[again]), _LEAST
        return found

    def _features(self, text: str) -> list[int]:
        """What the model sees in a text, in order."""
        state, features, kept = 0, list[int](), self._walked
        *before, last = text.encode("utf8", errors="surrogatepass").split(b" ")
        for word in (*[word + b" " for word in before], last):
            known = kept.get((state, word))
            if known is None:
                if len(kept) >= KEPT_WORDS:
                    kept.clear()
                    self._pieces.clear()
                known = kept[state, word] = self._read(state, word)
            state = known[0]
            features += known[1]
        return features

    def _read(self, state: int, word: bytes) -> _Walked:
        """A word that was not met in this state: its first letters may have been met in other words, the others behind
        other words."""
        begun = self._piece(state, word[:LEAST_OF_A_WORD])
        ended = self._piece(begun[0], word[LEAST_OF_A_WORD:])
        return ended[0], begun[1] + ended[1]

    def _piece(self, state: int, piece: bytes) -> _Walked:
        known = self._pieces.get((state, piece))
        if known is None:
            known = self._pieces[state, piece] = self._walk(state, piece)
        return known

    def _walk(self, state: int, word: bytes) -> _Walked:
        low, high, rows, seen, features = self._low, self._high, self._rows, self._seen, []
        for letter in word:
            at = rows[state] + letter
            state = low[at] | high[at] << 16
            if seen[state] >= 0:
                features.append(seen[state])
        return state, tuple(features)


@cache
def _model() -> _Model:
    return _Model()


@lru_cache(maxsize=1024)
def likelihoods(text: str) -> Likelihoods:
    """How likely a text is in each language."""
    return Likelihoods(_model().scores(text))
