"""An encoder that remembers the texts it was last given: a draft asks for the same ones several times."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from inedit.encoding import Encoder

REMEMBERED_TEXTS = 2_048
"""So many vectors are kept, those used last: 4 MB of 512 dimensions, and the briefs of a large campaign."""


class RememberingEncoder:
    """Another encoder, asked only for texts that are not among the :data:`REMEMBERED_TEXTS` used last.

    What a brief supplies is encoded for every draft of it, and a draft's own words for more than one question.
    Serves all threads of a process; two that are first with a text at the same moment both encode it.
    """

    def __init__(self, encoder: Encoder, most: int = REMEMBERED_TEXTS) -> None:
        self.name, self.digest, self.dimensions = encoder.name, encoder.digest, encoder.dimensions
        self._encoder = encoder
        self._most = most
        self._rows: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row per text; see :meth:`inedit.encoding.Encoder.encode`."""
        rows: dict[str, NDArray[np.float32]] = {}
        with self._lock:
            for text in texts:
                if text in self._rows:
                    self._rows.move_to_end(text)
                    rows[text] = self._rows[text]
        missing = list(dict.fromkeys(text for text in texts if text not in rows))
        if missing:
            # A row of its own each: a slice would keep the whole batch in memory.
            made = {
                text: row.copy() for text, row in zip(missing, self._encoder.encode(missing), strict=True)
            }
            rows |= made
            with self._lock:
                self._rows |= made
                while len(self._rows) > self._most:
                    self._rows.popitem(last=False)
        if not rows:
            return np.empty((0, self.dimensions), np.float32)
        return np.stack([rows[text] for text in texts])
