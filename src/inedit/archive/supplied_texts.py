"""What the texts of a scope may share with one another without copying: what the brand and the campaign supply."""

from __future__ import annotations

from collections.abc import Sequence

from inedit.brand.caching import by_identity
from inedit.brand.schema import Brand, Campaign


def scope_of(brand: Brand, language: str) -> str:
    """Texts of one scope must not be copies of one another: a brand in a language."""
    return f"{brand.identity.id}:{language}"


def brand_texts(brand: Brand, language: str) -> tuple[str, ...]:
    """What the brand itself puts into many texts: its name and addresses, approved claims, calls to action.

    Sharing these is not copying, so similarity discounts them.
    """
    supplied: Sequence[str | None] = (
        brand.identity.name,
        *brand.identity.addresses.every,
        brand.identity.about.get(language),
        *(claim.text.get(language) for claim in brand.claims.values()),
        *(action.text.get(language) for action in brand.identity.calls_to_action),
    )
    return tuple(text for text in supplied if text)


def campaign_texts(
    brand: Brand, campaign: Campaign, language: str, channel: str | None = None
) -> tuple[str, ...]:
    """What the campaign puts into its texts: the offer, what must be said word for word, and links.

    ``channel`` is where it must be said; None means anywhere.
    """
    offer = campaign.offer.get(language)
    channels = campaign.channels if channel is None else (channel,)
    mandatory = (text for name in channels for text in brand.mentions(campaign, name, language))
    links = (link.url for name in channels for link in campaign.links_in(name))
    return tuple(dict.fromkeys((*((offer,) if offer else ()), *mandatory, *links)))


@by_identity(64)
def common_texts(brand: Brand, campaign: Campaign, language: str) -> tuple[str, ...]:
    """What a text of a campaign may share with any other one: what the brand and the campaign supply."""
    return (*brand_texts(brand, language), *campaign_texts(brand, campaign, language))
