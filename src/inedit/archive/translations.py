"""Is a text the translation of another one? Of our own variant that is expected in the same cell, and worth knowing in
another one; of a protected text it is a copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inedit.archive.neighbours import Cell, Embedding, Neighbour, Vector, cell_of
from inedit.brand.schema import Reference
from inedit.guard.checks.near_duplicate import TRANSLATION
from inedit.guard.similarity import compare
from inedit.guard.similarity.foreign import letters_of, may_translate
from inedit.model import Finding, Match, Piece, Severity

MINIMUM_COSINE = 0.5
"""Pairs below it are not compared: on copybench's cross-language track every translation is above."""

MOST_COMPARED = 5
"""Only the nearest few texts are compared in full."""

PROTECTED = "reference:"
"""Prefix of the ids under which protected texts (competitors', generic) are compared."""

NOWHERE: Cell = ("", "", "", "")
"""The cell of a protected text: no piece's own."""


@dataclass(frozen=True, slots=True)
class Translation:
    """A text in another language that says the same."""

    of: Neighbour
    match: Match

    @property
    def is_copy(self) -> bool:
        """Whether it is a protected text that is translated."""
        return self.of.id.startswith(PROTECTED)

    @property
    def note(self) -> Finding:
        """What is said of a piece that translates an accepted one of another cell."""
        other, score = self.of, self.match.score
        return Finding(
            "translation",
            Severity.NOTE,
            f"It says what {other.id} says in {other.language} ({' · '.join(other.cell[1:])}; {score:.0%} sure).",
            matches=(self.match,),
        )


def translated(piece: Piece, others: Iterable[Neighbour]) -> tuple[Translation, ...]:
    """The texts in other languages that a piece translates, the surest first; those of its own cell aside.

    ``others`` are accepted pieces and protected texts, the nearest first.
    """
    own, language = cell_of(piece.spec), piece.spec.language
    letters = letters_of(piece.text)
    found: list[Translation] = []
    compared = 0
    for other in others:
        if compared == MOST_COMPARED:
            break
        if _primary(other.language) == _primary(language) or other.cell == own:
            continue
        compared += 1
        pair = f"{_primary(language)}-{_primary(other.language)}"
        if not may_translate(letters, letters_of(other.text), language=pair, cosine=other.cosine):
            continue
        similarity = compare(piece.text, other.text, language=pair, cosine=other.cosine)
        if similarity.copy:
            match = Match(other.id, TRANSLATION, similarity.score, (), other.text)
            found.append(Translation(other, match))
    return tuple(sorted(found, key=lambda translation: (-translation.match.score, translation.of.id)))


def protected_near(
    references: Sequence[Reference], vectors: Vector | None, embedding: Embedding
) -> list[Neighbour]:
    """The protected texts that a text may be the translation of, the nearest first; ``vectors`` has a row for each."""
    if vectors is None:
        return []
    near = [
        Neighbour(f"{PROTECTED}{reference.id}", reference.text, reference.language, NOWHERE, float(cosine))
        for reference, cosine in zip(references, vectors @ embedding.vector, strict=True)
        if cosine >= MINIMUM_COSINE
    ]
    return sorted(near, key=lambda other: -other.cosine)


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()
