"""How far the texts of a set lie apart in meaning: distinct-k, Vendi score, mean pairwise cosine. Pure, on vectors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Unit rows, shape (texts, d)."""

SAME = 0.65
"""Cosine from which two texts are of one class: the upper bound of what makes a text a generic one
(:data:`inedit.guard.similarity.generic.REACH`)."""

MINIMUM = 1e-12


@dataclass(frozen=True, slots=True)
class Spread:
    """Figures of ``texts`` texts, of ``of`` that there are: of a large set, some are drawn.

    ``distinct`` is how many classes they fall into when a text joins the first class of which a member is as near as
    :data:`SAME`, 1 to ``texts`` (distinct-k; Zhang et al. 2025, NoveltyBench, who ask a classifier where this asks the
    encoder). ``vendi`` is the effective number of different texts, 1 to ``texts``: the exponential of the entropy of
    the eigenvalues of their cosines over their number (Friedman & Dieng 2023, "The Vendi Score"). ``mean_cosine`` is
    that of all pairs, -1 to 1: the lower, the more various.
    """

    texts: int
    distinct: int
    vendi: float
    mean_cosine: float
    of: int = 0


def spread_of(vectors: Vectors, same: float = SAME, of: int = 0) -> Spread | None:
    """The figures of a set, or of a sample of ``of`` texts; None for fewer than two.

    Every pair is compared: the cost grows with the square of the number of vectors, that of the Vendi score with its
    cube.
    """
    count = len(vectors)
    if count < 2:
        return None
    cosines = (vectors @ vectors.T).astype(np.float64)
    apart = cosines[np.triu_indices(count, 1)]
    np.fill_diagonal(cosines, 1.0)
    return Spread(count, _classes(cosines, same), _vendi(cosines), float(apart.mean()), max(of, count))


def _classes(cosines: NDArray[np.float64], same: float) -> int:
    classes: list[list[int]] = []
    for index in range(len(cosines)):
        near = next((members for members in classes if cosines[index, members].max() >= same), None)
        if near is None:
            classes.append([index])
        else:
            near.append(index)
    return len(classes)


def _vendi(cosines: NDArray[np.float64]) -> float:
    shares = np.linalg.eigvalsh(cosines / len(cosines))
    shares = shares[shares > MINIMUM]
    return float(np.exp(-(shares * np.log(shares)).sum()))
