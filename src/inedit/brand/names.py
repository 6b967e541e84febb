"""What people call an entry of ``brand_data/``."""

from __future__ import annotations

from collections.abc import Mapping

from inedit.brand.schema import Brand


def local_name(names: Mapping[str, str], brand: Brand, language: str = "") -> str:
    """A name in a language, else in the brand's first one, else in any."""
    first = next(iter(brand.languages))
    return names.get(language) or names.get(first) or next(iter(names.values()))
