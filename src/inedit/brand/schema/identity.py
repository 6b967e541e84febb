"""Who speaks: the brand, its products, calls to action and addresses, and the rules that do not hold for it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from inedit.brand.schema.base import Id, Localized, Market, ProjectModel, Text


class Attribute(ProjectModel):
    """What a marketplace asks of a product beside its text: material, measures, smallest order."""

    name: Localized
    value: Localized


class Product(ProjectModel):
    """Something the brand sells."""

    id: Id
    name: Localized
    sku: str = Field("", description="Article number, for marketplaces.")
    attributes: tuple[Attribute, ...] = Field(
        (), description="Attributes of a marketplace listing; no model words them."
    )


class CallToAction(ProjectModel):
    """An approved call to action; the model picks one and never words its own."""

    id: Id
    text: Localized
    channels: tuple[Id, ...] = Field((), description="Channels it suits; empty means all of them.")


class Addresses(ProjectModel):
    """Where readers find the brand. A text may name these addresses and no others."""

    web: tuple[Text, ...] = Field((), description="Web addresses as they are printed: filandre.fr.")
    email: tuple[Text, ...] = ()
    phone: tuple[Text, ...] = Field((), description="Telephone numbers in the notation that readers see.")
    accounts: tuple[Text, ...] = Field((), description="Accounts on social networks: @filandre.")
    hashtags: tuple[Text, ...] = Field((), description="Hashtags of the brand's own: #reprise.")

    @property
    def every(self) -> tuple[str, ...]:
        """All of them, in the order of the fields."""
        return (*self.web, *self.email, *self.phone, *self.accounts, *self.hashtags)


class RuleException(ProjectModel):
    """A rule of the guard, or a whole pack of them, that does not hold for this brand, and why."""

    off: Annotated[str, Field(pattern=r"^[a-z][a-z-]*(\.[a-z][a-z-]*)?$")] = Field(
        description="A pack or one rule of it: green-claims, green-claims.neutral.",
        examples=["green-claims", "superlatives.article"],
    )
    reason: Text = Field(description="Why it does not hold, for whoever reads this in a year.")
    until: date | None = Field(None, description="The last day; without it, until this entry is taken out.")

    def holds(self, today: date) -> bool:
        """Whether the rule is off on a day."""
        return self.until is None or today <= self.until


class BrandIdentity(ProjectModel):
    """Who speaks."""

    id: Id
    name: Text
    market: Market = Field(description="Home market, ISO 3166 alpha-2.")
    about: Localized = Field(description="Two or three sentences that the model may rely on.")
    voice: Localized = Field(description="How the brand writes, as instructions to a copywriter.")
    products: tuple[Product, ...] = ()
    calls_to_action: tuple[CallToAction, ...] = ()
    addresses: Addresses = Field(
        Addresses(), description="Web, e-mail, telephone and accounts: the only ones a text may name."
    )
    rules: tuple[RuleException, ...] = Field((), description="Rules of the guard that do not hold here.")
