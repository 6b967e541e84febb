"""Generic texts, which anybody would get from the model without the brand's data, and how a draft stands to them.

For each brief, channel and language a few are written without insights, claims or voice. Only the parts that the model
words are held against them: a brief's offer is in both, rightly. Pure: the encoder comes in as a function.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from inedit.brand.schema import Sheet
from inedit.guard.nlp.text import sentences
from inedit.model import Draft, Span

Vectors = NDArray[np.float32]
"""Unit rows, shape (texts, d)."""

Encode = Callable[[Sequence[str]], Vectors]

REACH = {"use-multilingual-v3": (0.50, 0.65)}
"""Least and most of :attr:`GenericTexts.reach`, by encoder: one stray text does not pull everything in, and texts
that are all the same do not let everything else out. ``bench/guard/mirror.py`` measures what they catch. An encoder
that is not listed goes by its generic texts alone."""

SHOWN_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class GenericTexts:
    """What anybody would get for one brief, channel and language.

    ``vectors`` has one unit row a text. ``reach`` is the cosine (-1 to 1) to the nearest one from which a text is one
    of them: that of the loosest one to the next, within :data:`REACH`.
    """

    texts: tuple[str, ...]
    vectors: Vectors
    reach: float
    sentences: tuple[str, ...] = field(repr=False)
    sentence_vectors: Vectors = field(repr=False)

    @classmethod
    def of(cls, texts: Sequence[str], encode: Encode, encoder: str = "") -> GenericTexts:
        """Encodes the texts and their sentences once. ``encoder`` is the name of what ``encode`` is."""
        said = tuple(dict.fromkeys(span.of(text) for text in texts for span in sentences(text)))
        none = np.zeros((0, 0), np.float32)
        vectors = encode(list(texts)) if texts else none
        return cls(tuple(texts), vectors, reach(vectors, encoder), said, encode(list(said)) if said else none)


def reach(vectors: Vectors, encoder: str = "") -> float:
    """The least, over the rows, of the cosine to the nearest other row, within the bounds of the encoder.

    One row alone cannot tell how near such texts stand: then it is the upper bound.
    """
    least, most = REACH.get(encoder, (-1.0, 1.0))
    if len(vectors) < 2:
        return most
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -1.0)
    return min(max(float(cosines.max(axis=1).min()), least), most)


Echo = tuple[Span, str, float]


@dataclass(frozen=True)
class Reflection:
    """How a text stands to the generic texts.

    ``distance`` is 1 minus the cosine to the nearest of them (0: the same, about 1: nothing in common).
    """

    distance: float
    nearest: int
    find_echoes: Callable[[], tuple[Echo, ...]] = field(repr=False)

    @cached_property
    def echoes(self) -> tuple[Echo, ...]:
        """The sentences nearest to a sentence of a generic text, the nearest first: the span in the text, the other
        sentence, the cosine. They are looked for when somebody wants to see them: most drafts need not be read so."""
        return self.find_echoes()


def worded_by_model(draft: Draft, sheet: Sheet) -> tuple[Span, ...]:
    """The places in a draft of the parts that the model worded, in order."""
    locations = (draft.part_span(part.id) for part in sheet.parts if part.source == "model")
    return tuple(location for location in locations if location is not None)


def said_in(draft: Draft, spans: Sequence[Span]) -> str:
    """What a draft says in these places, a line each."""
    return "\n".join(span.of(draft.text) for span in spans)


def reflect(draft: Draft, sheet: Sheet, generic: GenericTexts, encode: Encode) -> Reflection | None:
    """Hold what the model worded against the generic texts; None without any, or when it worded nothing."""
    worded = worded_by_model(draft, sheet)
    if not generic.texts or not worded:
        return None
    (vector,) = encode([said_in(draft, worded)])
    cosines = generic.vectors @ vector
    nearest = int(np.argmax(cosines))
    return Reflection(
        1.0 - float(cosines[nearest]), nearest, lambda: _echoes(draft.text, worded, generic, encode)
    )


def brief_distance(draft: Draft, sheet: Sheet, supplied: Sequence[str], encode: Encode) -> float | None:
    """1 minus the cosine from what the model worded to the nearest of the texts that it was supplied with: 0 says again
    what a note says, about 1 has nothing to do with any of them. None without words or texts."""
    worded = said_in(draft, worded_by_model(draft, sheet))
    if not worded or not supplied:
        return None
    vectors = encode([worded, *supplied])
    return 1.0 - float((vectors[1:] @ vectors[0]).max())


def _echoes(text: str, worded: Sequence[Span], generic: GenericTexts, encode: Encode) -> tuple[Echo, ...]:
    own = [
        Span(location.start + span.start, location.start + span.end)
        for location in worded
        for span in sentences(location.of(text))
    ]
    if not own or not generic.sentences:
        return ()
    echoes = []
    table = encode([span.of(text) for span in own]) @ generic.sentence_vectors.T
    for span, row in zip(own, table, strict=True):
        best = int(row.argmax())
        echoes.append((span, generic.sentences[best], float(row[best])))
    echoes.sort(key=lambda echo: (-echo[2], echo[0]))
    return tuple(echoes[:SHOWN_SENTENCES])
