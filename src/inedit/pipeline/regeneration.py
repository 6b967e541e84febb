"""Writing named pieces again: each becomes a new revision, and the old text stays in the archive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from inedit.model import Piece
from inedit.model.errors import WrongInput
from inedit.pipeline.generic_texts import DEFAULT_COUNT
from inedit.pipeline.task import Options
from inedit.planning import Narrowing


def must_be_newest(piece: Piece, revision_numbers: Iterable[int]) -> None:
    """Raises :class:`~.errors.WrongInput` when its place has a later revision among these numbers."""
    if piece.revision_number != (newest := max(revision_numbers)):
        raise WrongInput(f"{piece.id} is an earlier revision: the newest one ends in -{newest}.")


def regeneration(
    pieces: Sequence[Piece], *, concurrency: int, max_attempts: int, candidates: int = 1, copy_edit: bool = False,
    mirror: int = DEFAULT_COUNT, require_approval: bool = False,
) -> Options:  # fmt: skip
    """How a run is made that writes these pieces of one campaign again, and nothing else."""

    def axis(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(getattr(one.spec, name) for one in pieces))

    return Options(
        concurrency=concurrency, max_attempts=max_attempts, mirror=mirror, candidates=candidates, copy_edit=copy_edit,
        require_approval=require_approval, rewrite=tuple(one.id for one in pieces), only_rewrite=True,
        narrowing=Narrowing(axis("channel"), axis("segment"), axis("language"), axis("tone"), 0),
    )  # fmt: skip
