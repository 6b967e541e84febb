"""What a draft must not sound like: the accepted texts of its campaign in its language."""

from __future__ import annotations

from collections.abc import Mapping

from inedit.guard.nlp.text import excerpt, sentences
from inedit.model import VariantSpec
from inedit.pipeline.services import PieceArchive
from inedit.prompting import Templates

MOST_SIBLINGS = 200
"""So many of the newest are compared with: the manner of a campaign shows in them, and reading them stays cheap."""

MOST_OPENINGS = 12
"""A prompt lists so many openings that are taken: more would be longer than the brief."""

Parts = tuple[str, ...]


def siblings_of(spec: VariantSpec, archive: PieceArchive, templates: Templates) -> tuple[Parts, ...]:
    """The accepted texts of the variant's campaign in its language, each as the parts that the model worded."""
    found = archive.siblings(spec, MOST_SIBLINGS)
    approved = {channel: _approved(channel, templates) for channel in {channel for channel, _ in found}}
    return tuple(_without(approved[channel], parts) for channel, parts in found)


def worded(channel: str, parts: Mapping[str, str], templates: Templates) -> Parts:
    """The parts of a text that the model worded, in order; all of them where the channel has no sheet any more."""
    return _without(_approved(channel, templates), parts)


def _approved(channel: str, templates: Templates) -> frozenset[str]:
    """The parts of a channel that the model does not word."""
    sheet = templates.sheets.get(channel)
    return frozenset(part.id for part in sheet.parts if part.source != "model") if sheet else frozenset()


def _without(approved: frozenset[str], parts: Mapping[str, str]) -> Parts:
    return tuple(text for id, text in parts.items() if id not in approved and text)


def openings(siblings: tuple[Parts, ...]) -> tuple[str, ...]:
    """How the newest siblings begin: their subjects and first sentences, each once, the newest first."""
    said: dict[str, None] = {}
    for parts in filter(None, reversed(siblings)):
        said |= dict.fromkeys(
            excerpt(spans[0].of(part))
            for part in (parts[0], max(parts, key=len))
            if (spans := sentences(part))
        )
        if len(said) >= MOST_OPENINGS:  # cutting all texts into sentences would take longer than the rest
            break
    return tuple(said)[:MOST_OPENINGS]
