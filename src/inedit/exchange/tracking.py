"""Addresses as they leave: with the UTM fields by which visits are told apart."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from inedit.brand.schema import Brand, Campaign
from inedit.model import VariantSpec


def addresses_of(campaign: Campaign, brand: Brand, spec: VariantSpec) -> tuple[str, ...]:
    """The campaign's links for a variant's channel, whole, with UTM fields where they are tracked."""
    fields = {
        "utm_source": brand.identity.id, "utm_medium": spec.channel, "utm_campaign": campaign.id,
        "utm_content": "-".join(filter(None, (spec.segment, spec.language))),
    }  # fmt: skip
    return tuple(
        with_fields(link.url, fields if link.tracked else {}) for link in campaign.links_in(spec.channel)
    )


def with_fields(url: str, fields: dict[str, str]) -> str:
    """An address with a scheme and these fields; those that it has already stay as they are.

    >>> with_fields("filandre.example/atelier?l=fr#top", {"utm_medium": "card"})
    'https://filandre.example/atelier?l=fr&utm_medium=card#top'
    """
    parts = urlsplit(url if "://" in url else f"https://{url}")
    if not fields:
        return urlunsplit(parts)
    present = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode(
        [*present, *((name, value) for name, value in fields.items() if name not in dict(present))]
    )
    return urlunsplit(parts._replace(query=query))
