"""Which accepted texts stand for which arm: as alike as can be in everything but the one factor."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from inedit.insight_loop.experiments.design import Arm, Factor
from inedit.model import Piece
from inedit.model.errors import WrongInput

AUDIENCE = ("channel", "language", "segment")
"""What is never exchanged between arms: who reads, and where."""

MADE_OF = ("tone", "insight", "angle")
"""What a text is made of besides; arms are to be alike in these, too, except for the factor."""

MOST_VALUES = 8
"""Values of a factor, those with the most texts, among which the arms are looked for."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """Arms with as many texts each, from the same cells. ``confounded`` names what they differ in besides the factor;
    ``left_out`` are accepted texts that have no counterpart."""

    arms: tuple[Arm, ...]
    confounded: tuple[str, ...]
    left_out: tuple[str, ...]


def assign(
    pieces: Sequence[Piece], factor: Factor, *, arms: int = 2, values: Sequence[str] = ()
) -> Assignment:
    """Arms made of accepted pieces of one campaign, by the values of a factor.

    ``values`` names the arms, the first one first; without them the values that give the most texts an arm are taken.
    A cell of the audience gives each arm the same number of texts. First the arms must be alike in everything else;
    only when no texts are, something else may differ, and it is named.
    Raises :class:`~.errors.WrongInput` when there are no such texts.
    """
    if factor == "template":
        raise WrongInput(
            "Texts do not remember which template they were written from: name them yourself, as in "
            "--arm old=3f2a…,91bc… --arm new=77d0…."
        )
    known = Counter(value_of(piece, factor) for piece in pieces)
    for value in values:
        if value not in known:
            raise WrongInput(
                f"No accepted text has the {factor} '{value}'. There is: {', '.join(sorted(known)) or 'none'}."
            )
    wanted = [tuple(values)] if values else list(
        combinations([value for value, _ in sorted(known.items(), key=lambda kv: (-kv[1], kv[0]))][:MOST_VALUES], arms)
    )  # fmt: skip
    free = [name for name in MADE_OF if name != factor]
    for count in range(len(free) + 1):
        best: tuple[int, list[tuple[str, ...]], tuple[str, ...]] | None = None
        for relaxed in combinations(free, count):
            alike = (*AUDIENCE, *(name for name in free if name not in relaxed))
            for tuple_of_values in wanted:
                chosen = _balanced(pieces, factor, tuple_of_values, alike)
                size = len(chosen[0]) if chosen else 0
                if size and (best is None or size > best[0]):
                    best = size, chosen, tuple_of_values
        if best:
            return _assignment(pieces, factor, best[2], best[1], free)
    raise WrongInput(
        f"No two accepted texts for the same readers differ in their {factor}. Write more variants per cell "
        f"(variants_per_cell in the brief, or --variants), or name the arms with --arm NAME=piece,piece."
    )


def explicit(pieces: Sequence[Piece], factor: Factor, named: Mapping[str, Sequence[str]]) -> Assignment:
    """Arms as a person names them, by the beginnings of the ids of their texts."""
    chosen = [[_meant(pieces, id) for id in ids] for ids in named.values()]
    taken = Counter(piece.id for arm in chosen for piece in arm)
    if twice := [id for id, count in taken.items() if count > 1]:
        raise WrongInput(f"Text {twice[0]} is in two arms.")
    others = [name for name in (*AUDIENCE, *MADE_OF) if name != factor]
    return Assignment(
        _arms(tuple(named), [tuple(piece.id for piece in arm) for arm in chosen]),
        _differing(chosen, others),
        (),
    )


def value_of(piece: Piece, name: str) -> str:
    """What a text is in one respect; several insights are joined by ``+``."""
    if name == "insight":
        return "+".join(piece.spec.insight_ids)
    return str(getattr(piece.spec, name))


def _balanced(
    pieces: Sequence[Piece], factor: Factor, values: Sequence[str], alike: Iterable[str]
) -> list[tuple[str, ...]]:
    """For each value as many ids as every value has in each cell; empty when no cell has all values."""
    respects = tuple(alike)
    cells: dict[tuple[str, ...], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for piece in pieces:
        cells[tuple(value_of(piece, name) for name in respects)][value_of(piece, factor)].append(piece.id)
    chosen: list[list[str]] = [[] for _ in values]
    for _, found in sorted(cells.items()):
        share = min(len(found.get(value, ())) for value in values)
        for ids, value in zip(chosen, values, strict=True):
            ids.extend(sorted(found.get(value, ()))[:share])
    return [tuple(ids) for ids in chosen] if chosen[0] else []


def _assignment(
    pieces: Sequence[Piece], factor: Factor, values: Sequence[str], chosen: list[tuple[str, ...]],
    free: Sequence[str],
) -> Assignment:  # fmt: skip
    by_id = {piece.id: piece for piece in pieces}
    taken = {id for ids in chosen for id in ids}
    of_values = [piece for piece in pieces if value_of(piece, factor) in values]
    return Assignment(
        _arms(values, chosen),
        _differing([[by_id[id] for id in ids] for ids in chosen], free),
        tuple(piece.id for piece in of_values if piece.id not in taken),
    )


def _arms(values: Sequence[str], chosen: Sequence[tuple[str, ...]]) -> tuple[Arm, ...]:
    share = 1 / len(values)
    letters = "ABCDEFGHIJKLMNOPQRST"
    return tuple(
        Arm(letters[n], value, ids, share) for n, (value, ids) in enumerate(zip(values, chosen, strict=True))
    )


def _differing(arms: Sequence[Sequence[Piece]], respects: Iterable[str]) -> tuple[str, ...]:
    """Respects in which the arms, each as a whole, are not made of the same."""

    def made_of(name: str) -> Callable[[Sequence[Piece]], dict[str, float]]:
        def shares(arm: Sequence[Piece]) -> dict[str, float]:
            counted = Counter(value_of(piece, name) for piece in arm)
            return {value: count / len(arm) for value, count in counted.items()}

        return shares

    return tuple(
        name for name in respects if any(made_of(name)(arm) != made_of(name)(arms[0]) for arm in arms)
    )


def _meant(pieces: Sequence[Piece], beginning: str) -> Piece:
    found = [piece for piece in pieces if beginning and piece.id.startswith(beginning)]
    if len(found) != 1:
        what = "No accepted text begins" if not found else f"{len(found)} accepted texts begin"
        raise WrongInput(f"{what} with '{beginning}'. 'inedit pieces --status accepted' lists them.")
    return found[0]
