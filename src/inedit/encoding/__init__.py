"""Texts to unit vectors: one seam, :class:`Encoder`, and the encoders behind it.

Importing this package is cheap; torch and sentence-transformers are imported by :func:`load_encoder`, for other
encoders than our own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from inedit.model.errors import WrongInput

USE_MULTILINGUAL = "use-multilingual-v3"


class Encoder(Protocol):
    """Gives a text a direction, such that texts of like meaning point the same way, across languages too.

    ``name`` and ``digest`` (SHA-256 of the weights) are stored beside every vector: vectors of encoders that
    differ in either are never compared. ``dimensions`` is the length of a vector.
    """

    @property
    def name(self) -> str: ...

    @property
    def digest(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit-length row per text, shape (len(texts), dimensions); the dot product of two is their cosine.

        The same text gives the same row, whatever stands beside it, up to rounding (1e-6). A text without any
        known token, an empty one for instance, may give a row of zeros: it is like nothing.
        """
        ...


def load_encoder(name: str = USE_MULTILINGUAL) -> Encoder:
    """The encoder of that name: the one that comes with Inédit, or any sentence-transformers model.

    ``name`` is ``use-multilingual-v3``, a model of the hub (downloaded once, then cached) or a folder.
    BLAS, and torch where it is used, are set to one thread: while a language model computes beside it, a second one
    slows it fourfold, and after each product of a matrix the idle ones spin for longer than the product took.
    Raises :class:`WrongInput` when the packages are missing or the model cannot be had.
    """
    if not name.strip():
        raise WrongInput(f"Give the name of an encoder, for instance '{USE_MULTILINGUAL}'.")
    try:  # torch and sentence-transformers take seconds, and are loaded when they are asked for
        if name == USE_MULTILINGUAL:
            from inedit.encoding.use_multilingual import load  # noqa: PLC0415

            return load()
        from inedit.encoding.sentence_encoder import load_named  # noqa: PLC0415
    except ImportError as error:
        raise WrongInput(
            f"The encoder '{name}' needs packages that are not installed ({error.name}). "
            "Run: pip install 'inedit[local]'"
        ) from error
    return load_named(name)
