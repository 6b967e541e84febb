"""What people call a channel, a segment, a language, a tone."""

from __future__ import annotations

from inedit.brand.names import local_name
from inedit.brand.schema import Brand, Channel, Segment, Tone


def name_of(brand: Brand, language: str, kind: str, id: str) -> str:
    """The name of something in the person's language, or its id when the brand has it no more."""
    if kind == "language":
        return brand.languages[id].name if id in brand.languages else id
    entry: Channel | Segment | Tone | None = None
    if kind == "channel":
        entry = brand.channels.get(id)
    elif kind == "segment":
        entry = brand.segments.get(id)
    elif kind == "tone":
        entry = brand.tones.get(id)
    return id if entry is None else local_name(entry.name, brand, language)
