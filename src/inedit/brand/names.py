"""What people call an entry of ``brand_data/``, and a variant."""

from __future__ import annotations

from collections.abc import Mapping

from inedit.brand.schema import Brand
from inedit.model import VariantSpec


def local_name(names: Mapping[str, str], brand: Brand, language: str = "") -> str:
    """A name in a language, else in the brand's first one, else in any."""
    first = next(iter(brand.languages))
    return names.get(language) or names.get(first) or next(iter(names.values()))


def variant_name(spec: VariantSpec, brand: Brand) -> str:
    """A variant by the names of its channel, segment, language and tone, in the brand's first language; an entry that
    the brand has no more by its id."""
    entries = (
        (brand.channels.get(spec.channel), spec.channel),
        (brand.segments.get(spec.segment), spec.segment),
        (brand.tones.get(spec.tone), spec.tone),
    )
    channel, segment, tone = (local_name(one.name, brand) if one else id for one, id in entries)
    language = brand.languages[spec.language].name if spec.language in brand.languages else spec.language
    return f"{channel} · {segment} · {language} · {tone} #{spec.index + 1}"
