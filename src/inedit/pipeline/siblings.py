"""What a draft must not sound like: the accepted texts of its campaign in its language."""

from __future__ import annotations

from inedit.archive.admission import Archive, scope_of
from inedit.archive.pieces import sibling_parts
from inedit.guard.nlp.text import excerpt, sentences
from inedit.model import VariantSpec
from inedit.prompting import Templates

MOST_SIBLINGS = 200
"""So many of the newest are compared with: the manner of a campaign shows in them, and reading them stays cheap."""

MOST_OPENINGS = 12
"""A prompt lists so many openings that are taken: more would be longer than the brief."""

Parts = tuple[str, ...]


def siblings_of(spec: VariantSpec, archive: Archive, templates: Templates) -> tuple[Parts, ...]:
    """The accepted texts of the variant's campaign in its language, each as the parts that the model worded."""
    scope = scope_of(archive.brand, spec.language)
    found = sibling_parts(archive.store, spec.campaign_id, scope, but=spec.key, most=MOST_SIBLINGS)
    return tuple(worded(channel, parts, templates) for channel, parts in found)


def worded(channel: str, parts: dict[str, str], templates: Templates) -> Parts:
    """The parts of a text that the model worded, in order; all of them where the channel has no sheet any more."""
    sheet = templates.sheets.get(channel)
    approved = {part.id for part in sheet.parts if part.source != "model"} if sheet else set()
    return tuple(text for id, text in parts.items() if id not in approved and text)


def openings(siblings: tuple[Parts, ...]) -> tuple[str, ...]:
    """How the newest siblings begin: their subjects and first sentences, each once, the newest first."""
    said = (
        excerpt(spans[0].of(part))
        for parts in reversed(siblings)
        for part in dict.fromkeys((parts[0], max(parts, key=len)) if parts else ())
        if (spans := sentences(part))
    )
    return tuple(dict.fromkeys(said))[:MOST_OPENINGS]
