"""Copy or cousin: the near-duplicate engine. Pure: texts in, decisions with spans out."""

from __future__ import annotations

from inedit.guard.similarity.decision import Similarity, compare
from inedit.guard.similarity.index import Index
from inedit.guard.similarity.pairs import judge_pair, pairs

__all__ = ["Index", "Similarity", "compare", "judge_pair", "pairs"]
