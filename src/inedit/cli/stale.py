"""Which pieces are stale: their prompt would say something else today."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inedit.bootstrap import Settings
    from inedit.brand.load import Project
    from inedit.brand.schema import Campaign


def stale_ids(loaded: Project, brief: Campaign, settings: Settings) -> tuple[str, ...]:
    """The accepted pieces of a campaign that are stale, the newest of each place."""
    from datetime import UTC, datetime

    from inedit.archive.pieces import standing_pieces
    from inedit.bootstrap import load_prompts, open_project_store
    from inedit.pipeline.stale import stale_pieces

    with open_project_store(settings, loaded.root) as store:
        standing = [found.piece for found in standing_pieces(store, brief.id).values() if found.piece.stands]
    today = datetime.now(UTC).date()
    return tuple(
        piece.id for piece in stale_pieces(standing, load_prompts(settings, loaded), loaded.brand, today)
    )
