"""Candidate insights: coded verbatims that say much the same, with the evidence a person needs to accept one.

Verbatims that share a code and lie close by meaning are one candidate. It is shown only when enough people said it
(k-anonymity); smaller ones are counted, so that nobody takes silence for absence. The same verbatims and codes always
make the same candidates, with the same ids: none is stored.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from inedit.encoding import Encoder
from inedit.insight_loop.anonymity import LEAST_PEOPLE, anonymity_of
from inedit.insight_loop.coding.codings import Coding
from inedit.insight_loop.verbatims import Verbatim

ALIKE = 0.45
"""Cosine with a cluster's centre from which on a passage belongs to it: chosen, not measured."""
ROUNDS = 3
"""How often passages are dealt anew to the centres."""
BLOCK = 1_024
"""Rows that are held against all centres at once."""
MOST_SHARED = 0.5
"""Of a candidate's verbatims, how many may stand in a larger one."""
QUOTES = 5
"""The most quotations that a candidate shows, each of another person."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage, redacted, with where and when it was said. ``verbatim`` is all of the text it stands in."""

    verbatim_id: str
    text: str
    place_id: str
    at: datetime
    language: str | None
    consent: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """What several people said. ``people`` and ``places`` count; ``quotes`` come nearest to the middle of it first.

    ``codes`` counts the verbatims with each code, the one that joins them first; ``since`` and ``until`` are the first
    and last moment.
    """

    id: str
    codes: Mapping[str, int]
    people: int
    places: tuple[str, ...]
    verbatims: tuple[str, ...]
    since: datetime
    until: datetime
    languages: Mapping[str, int]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Those that may be shown, those with most people first, and how many were too small to be."""

    shown: tuple[Candidate, ...]
    too_small: int
    least_people: int


@dataclass(frozen=True, slots=True)
class CodedVerbatim:
    """A verbatim with the codes that hold of it."""

    verbatim: Verbatim
    codings: tuple[Coding, ...]


def candidates(
    coded: Iterable[CodedVerbatim], encoder: Encoder, *, least_people: int = LEAST_PEOPLE, code: str | None = None
) -> Candidates:  # fmt: skip
    """The candidates in coded verbatims, of one code or of all."""
    by_code: dict[str, list[tuple[CodedVerbatim, Coding]]] = {}
    for one in coded:
        for coding in one.codings:
            by_code.setdefault(coding.code, []).append((one, coding))
    shown, too_small = [], 0
    for name in sorted(by_code):
        if code is not None and name != code:
            continue
        passages = by_code[name]
        vectors = encoder.encode([_passage(one.verbatim, coding) for one, coding in passages])
        for members in clusters(vectors):
            if not anonymity_of((passages[index][0].verbatim for index in members), least_people).enough:
                too_small += 1
            else:
                shown.append(_candidate(name, [passages[index] for index in members], vectors[members]))
    shown.sort(key=lambda one: (-one.people, -len(one.verbatims), one.id))
    return Candidates(tuple(_once(shown)), too_small, least_people)


def clusters(vectors: NDArray[np.float32]) -> list[list[int]]:
    """Rows that lie close together, as lists of their indices; every row is in one of them."""
    if not len(vectors):
        return []
    centres = _first_centres(vectors)
    nearest = (vectors @ centres.T).argmax(axis=1)
    for _ in range(ROUNDS):
        used = np.unique(nearest)
        means = np.stack([vectors[nearest == one].mean(axis=0) for one in used])
        centres = means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
        likeness = vectors @ centres.T
        nearest = likeness.argmax(axis=1)
    near = likeness.max(axis=1) >= ALIKE
    groups = [np.flatnonzero((nearest == one) & near).tolist() for one in range(len(centres))]
    return [group for group in groups if group] + [[index] for index in np.flatnonzero(~near).tolist()]


def _first_centres(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each row that is like none of the centres before it, block by block: most rows need one product of matrices."""
    centres = vectors[:1]
    for start in range(1, len(vectors), BLOCK):
        block = vectors[start : start + BLOCK]
        new = np.empty((0, vectors.shape[1]), vectors.dtype)
        for row in block[(block @ centres.T).max(axis=1) < ALIKE]:
            if not len(new) or float((new @ row).max()) < ALIKE:
                new = np.vstack([new, row])
        centres = np.vstack([centres, new])
    return centres


def _once(found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Without those most of whose verbatims stand in a larger one already, joined by another code."""
    larger: list[set[str]] = []
    for one in found:
        ids = set(one.verbatims)
        if all(len(ids & other) <= MOST_SHARED * len(ids) for other in larger):
            larger.append(ids)
            yield one


def _candidate(
    code: str, members: Sequence[tuple[CodedVerbatim, Coding]], vectors: NDArray[np.float32]
) -> Candidate:
    verbatims = [one.verbatim for one, _ in members]
    middle = vectors.mean(axis=0)
    quotes: dict[str, Quote] = {}
    for index in np.argsort(-(vectors @ middle), kind="stable").tolist():
        one, coding = members[index]
        verbatim = one.verbatim
        passage = _passage(verbatim, coding)
        quotes.setdefault(
            verbatim.author,
            Quote(verbatim.id, passage, verbatim.place_id, verbatim.at, verbatim.language, verbatim.consent),
        )
    ids = tuple(sorted(verbatim.id for verbatim in verbatims))
    counted = Counter(coding.code for one, _ in members for coding in one.codings)
    others = sorted((name for name in counted if name != code), key=lambda name: (-counted[name], name))
    return Candidate(
        hashlib.sha256("\x1f".join((code, *ids)).encode()).hexdigest()[:10],
        {name: counted[name] for name in (code, *others)},
        len({verbatim.author for verbatim in verbatims}),
        tuple(sorted({verbatim.place_id for verbatim in verbatims})),
        ids,
        min(verbatim.at for verbatim in verbatims),
        max(verbatim.at for verbatim in verbatims),
        dict(Counter(verbatim.language or "und" for verbatim in verbatims).most_common()),
        tuple(quotes.values())[:QUOTES],
    )


def _passage(verbatim: Verbatim, coding: Coding) -> str:
    return coding.span.of(verbatim.text).strip() or verbatim.text
