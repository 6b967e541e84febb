"""Copy or text on the same brief: the near-duplicate engine. Pure: texts in, decisions with spans out."""

from __future__ import annotations

from inedit.guard.similarity.decision import Similarity, compare
from inedit.guard.similarity.dedupe import Duplicate, duplicates
from inedit.guard.similarity.index import Index
from inedit.guard.similarity.pairs import judge_pair, pairs

__all__ = ["Duplicate", "Index", "Similarity", "compare", "duplicates", "judge_pair", "pairs"]
