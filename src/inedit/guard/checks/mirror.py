"""The mirror check: is this what anybody would get from the model without the brand's data?

For each brief, channel and language a few *baselines* are written without insights, claims or voice. A draft that
stands as near to one of them as such texts stand to one another is one of them, whatever words it is made of; and a
draft that shares their sentences copies them. Only the parts that the model words are held against them: a brief's
offer is in both, rightly. Pure: the encoder comes in as a function.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from inedit.brand.schema import Sheet
from inedit.guard.nlp.language_data import remedy
from inedit.guard.nlp.text import excerpt, sentences
from inedit.guard.similarity import compare
from inedit.model import Draft, Finding, Match, Severity, Span

Vectors = NDArray[np.float32]
"""Unit rows, shape (texts, d)."""

Encode = Callable[[Sequence[str]], Vectors]

MIRROR = "mirror"
"""Signal of a match with a baseline by meaning; also the name of the check and the prefix of baselines' ids."""

REACH = {"use-multilingual-v3": (0.50, 0.65)}
"""Least and most of :attr:`GenericTexts.reach`, by encoder: one stray text does not pull everything in, and texts
that are all the same do not let everything else out. ``bench/guard/mirror.py`` measures what they catch. An encoder
that is not listed goes by its generic texts alone."""

SHOWN_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class GenericTexts:
    """What anybody would get for one brief, channel and language.

    ``vectors`` has one unit row a text. ``reach`` is the cosine (-1 to 1) to the nearest baseline from which a text is
    one of them: that of the loosest baseline to the next one, within :data:`REACH`.
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
    """How a text stands to the baselines.

    ``distance`` is 1 minus the cosine to the nearest baseline (0: the same, about 1: nothing in common).
    """

    distance: float
    nearest: int
    find_echoes: Callable[[], tuple[Echo, ...]] = field(repr=False)

    @cached_property
    def echoes(self) -> tuple[Echo, ...]:
        """The sentences nearest to a sentence of a baseline, the nearest first: the span in the text, the other
        sentence, the cosine. They are looked for when somebody wants to see them: most drafts need not be read so."""
        return self.find_echoes()


def reflect(draft: Draft, sheet: Sheet, baselines: GenericTexts, encode: Encode) -> Reflection | None:
    """Hold what the model worded against the baselines; None without any, or when it worded nothing."""
    places = [draft.part_span(part.id) for part in sheet.parts if part.source == "model"]
    worded = [place for place in places if place is not None]
    if not baselines.texts or not worded:
        return None
    (vector,) = encode(["\n".join(place.of(draft.text) for place in worded)])
    cosines = baselines.vectors @ vector
    nearest = int(np.argmax(cosines))
    return Reflection(
        1.0 - float(cosines[nearest]), nearest, lambda: _echoes(draft.text, worded, baselines, encode)
    )


def brief_distance(draft: Draft, sheet: Sheet, supplied: Sequence[str], encode: Encode) -> float | None:
    """1 minus the cosine from what the model worded to the nearest of the texts that it was supplied with: 0 says again
    what a note says, about 1 has nothing to do with any of them. None without words or texts."""
    places = [draft.part_span(part.id) for part in sheet.parts if part.source == "model"]
    worded = "\n".join(place.of(draft.text) for place in places if place is not None)
    if not worded or not supplied:
        return None
    vectors = encode([worded, *supplied])
    return 1.0 - float((vectors[1:] @ vectors[0]).max())


def _echoes(text: str, worded: Sequence[Span], baselines: GenericTexts, encode: Encode) -> tuple[Echo, ...]:
    own = [
        Span(place.start + span.start, place.start + span.end)
        for place in worded
        for span in sentences(place.of(text))
    ]
    if not own or not baselines.sentences:
        return ()
    echoes = []
    table = encode([span.of(text) for span in own]) @ baselines.sentence_vectors.T
    for span, row in zip(own, table, strict=True):
        best = int(row.argmax())
        echoes.append((span, baselines.sentences[best], float(row[best])))
    echoes.sort(key=lambda echo: (-echo[2], echo[0]))
    return tuple(echoes[:SHOWN_SENTENCES])


def mirror_findings(
    draft: Draft,
    reflection: Reflection | None,
    baselines: GenericTexts,
    *,
    common: Sequence[str] = (),
    unused: str = "",
) -> tuple[Finding, ...]:
    """A blocking finding when the draft is what anybody would get, by its words or by its meaning.

    ``common`` are texts of the brand that any draft may repeat; ``unused`` is an insight that the draft does not
    tell, in its language, to start from instead.
    """
    if reflection is None:
        return ()
    language = draft.spec.language
    copied = [
        (number, found)
        for number, text in enumerate(baselines.texts)
        if (found := compare(draft.text, text, language=language, common=common)).copy
    ]
    if copied:
        number, found = max(copied, key=lambda pair: (pair[1].score, -pair[0]))
        matches = (
            Match(
                f"{MIRROR}:{number + 1}", found.signal, found.score, found.spans_a, baselines.texts[number]
            ),
        )
    elif 1.0 - reflection.distance >= baselines.reach:
        score = 1.0 - reflection.distance
        spans = tuple(span for span, _, _ in reflection.echoes)
        number = reflection.nearest
        matches = (Match(f"{MIRROR}:{number + 1}", MIRROR, score, spans, baselines.texts[number]),)
    else:
        return ()
    theirs = " … ".join(excerpt(sentence) for _, sentence, _ in reflection.echoes)
    key = "mirror" if unused else "mirror_bare"
    return (
        Finding(
            MIRROR,
            Severity.BLOCK,
            f"Anybody would get this without our data (mirror distance {reflection.distance:.2f}): “{theirs}”",
            reflection.echoes[0][0] if reflection.echoes else None,
            matches,
            remedy=remedy(language, key, text=theirs, fact=excerpt(unused, 200)),
        ),
    )
