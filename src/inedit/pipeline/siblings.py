"""What a draft must not sound like: the accepted texts of its campaign in its language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

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
    return tuple(_each_worded(archive.siblings(spec, MOST_SIBLINGS), templates))


def taken_openings(spec: VariantSpec, archive: PieceArchive, templates: Templates) -> tuple[str, ...]:
    """How the newest of them begin (:func:`openings`). Of all others nothing is read."""
    return openings(_each_worded(reversed(archive.siblings(spec, MOST_SIBLINGS)), templates))


def _each_worded(found: Iterable[tuple[str, Mapping[str, str]]], templates: Templates) -> Iterator[Parts]:
    approved: dict[str, frozenset[str]] = {}
    for channel, parts in found:
        if channel not in approved:
            approved[channel] = _approved(channel, templates)
        yield _without(approved[channel], parts)


def worded(channel: str, parts: Mapping[str, str], templates: Templates) -> Parts:
    """The parts of a text that the model worded, in order; all of them where the channel has no sheet any more."""
    return _without(_approved(channel, templates), parts)


def _approved(channel: str, templates: Templates) -> frozenset[str]:
    """The parts of a channel that the model does not word."""
    sheet = templates.sheets.get(channel)
    return frozenset(part.id for part in sheet.parts if part.source != "model") if sheet else frozenset()


def _without(approved: frozenset[str], parts: Mapping[str, str]) -> Parts:
    return tuple([text for id, text in parts.items() if text and id not in approved])


def openings(newest_first: Iterable[Parts]) -> tuple[str, ...]:
    """How texts begin: their subjects and first sentences, each once, at most :data:`MOST_OPENINGS`."""
    said: dict[str, None] = {}
    for parts in filter(None, newest_first):
        said |= dict.fromkeys(
            excerpt(spans[0].of(part))
            for part in (parts[0], max(parts, key=len))
            if (spans := sentences(part))
        )
        if len(said) >= MOST_OPENINGS:  # cutting all texts into sentences would take longer than the rest
            break
    return tuple(said)[:MOST_OPENINGS]
