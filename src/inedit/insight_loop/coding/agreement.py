"""How far coders agree, by code: Krippendorff's alpha and Cohen's kappa, with texts that got no code counted.

Whoever has read a text has decided on every code: not to give one is a decision as well. A text that a coder has not
read says nothing of him. Formulas: K. Krippendorff, *Computing Krippendorff's Alpha-Reliability* (2011), nominal data;
J. Cohen, *A Coefficient of Agreement for Nominal Scales* (1960). Both are held against the authors' own examples in
the tests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

Decisions = Mapping[str, Mapping[str, frozenset[str]]]
"""By coder, by text: the codes that were given; a text without any has been read and got none."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far coders agree on one code. ``alpha`` and the kappas are 1 for full agreement, 0 for chance, None where
    nothing varies (nobody, or everybody, gave the code to everything) or nobody read the same text.

    ``given`` counts texts that got the code, by coder; ``texts`` counts those that two or more have read.
    """

    code: str
    texts: int
    given: Mapping[str, int]
    alpha: float | None
    kappas: Mapping[tuple[str, str], float | None]


def krippendorff_alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Alpha of nominal values: ``units`` holds, for each text, the values that its coders gave; missing ones are left
    out. None where it is not defined."""
    coincidences: Counter[tuple[Hashable, Hashable]] = Counter()
    weights: dict[tuple[Hashable, Hashable], float] = {}
    for values in units:
        if len(values) < 2:
            continue
        coincidences.clear()
        coincidences.update(permutations(values, 2))
        for pair, count in coincidences.items():
            weights[pair] = weights.get(pair, 0.0) + count / (len(values) - 1)
    totals: dict[Hashable, float] = {}
    for (value, _), weight in weights.items():
        totals[value] = totals.get(value, 0.0) + weight
    n = sum(totals.values())
    expected = n * n - sum(total * total for total in totals.values())
    if not expected:
        return None
    observed = sum(weight for (a, b), weight in weights.items() if a != b)
    return 1.0 - (n - 1) * observed / expected


def cohen_kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Kappa of two coders, one pair of values per text; None where chance alone would agree on everything."""
    if not pairs:
        return None
    n = len(pairs)
    observed = sum(a == b for a, b in pairs) / n
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    expected = sum(first[value] * second[value] for value in first) / (n * n)
    return None if expected == 1 else (observed - expected) / (1 - expected)


def agreement(decisions: Decisions, codes: Iterable[str]) -> tuple[Agreement, ...]:
    """The agreement on each code, over the texts that at least two coders have read."""
    readers: dict[str, list[str]] = {}
    for coder, read in decisions.items():
        for text in read:
            readers.setdefault(text, []).append(coder)
    shared = [text for text, coders in readers.items() if len(coders) > 1]
    return tuple(_on(code, decisions, readers, shared) for code in codes)


def _on(code: str, decisions: Decisions, readers: Mapping[str, list[str]], shared: list[str]) -> Agreement:
    def has(coder: str, text: str) -> bool:
        return code in decisions[coder][text]

    units = [[has(coder, text) for coder in readers[text]] for text in shared]
    kappas = {
        (a, b): cohen_kappa([(has(a, text), has(b, text)) for text in both])
        for a, b in combinations(sorted(decisions), 2)
        if (both := [text for text in decisions[a] if text in decisions[b]])
    }
    given = {coder: sum(code in codes for codes in read.values()) for coder, read in decisions.items()}
    return Agreement(code, len(shared), given, krippendorff_alpha(units), kappas)
