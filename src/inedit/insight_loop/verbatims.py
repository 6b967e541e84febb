"""What was said where: the nouns of the field, without a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import Field

from inedit.brand.schema import Id, ProjectModel, Tag, Text

Platform = Literal["discord", "telegram", "reddit", "forum", "reviews", "survey", "support", "other"]
LegalBasis = Literal["consent", "contract", "legitimate-interest", "public", "anonymised"]


class Place(ProjectModel):
    """One entry of ``brand_data/places.yaml``: where people talk, and why we may listen.

    When it was last observed stands in the store: :func:`inedit.insight_loop.field_store.last_observed`.
    """

    id: Id
    platform: Platform
    name: Text = Field(description="As its members call it: r/linge, the Discord server of the mending club.")
    size: int | None = Field(None, ge=0, description="Members, roughly.")
    language: Tag | None = Field(None, description="What is spoken there; leave it out when it is several.")
    rules: Text = Field(
        description="What the place and its platform allow: who was asked, what is off limits."
    )
    legal_basis: LegalBasis = Field(description="Why we may use what is said there (GDPR art. 6).")
    keep_days: int | None = Field(
        None, ge=1, le=3650, description="Days for which its verbatims are kept; without it, 730."
    )
    owner: str = Field("", description="Who of us answers for this place.")


@dataclass(frozen=True, slots=True)
class Verbatim:
    """One message as it is stored: redacted, its author a pseudonym.

    ``id`` and ``author`` are keyed hashes (HMAC-SHA-256) in hexadecimal digits: 32 of the message, 32 of the author.
    ``at`` is aware, in UTC. ``language`` is a BCP 47 tag, None where nobody could tell. ``reply_to`` is the id of
    another verbatim, stored or not. ``consent`` is True where the author agreed to be quoted word for word.
    """

    id: str
    place_id: str
    author: str
    at: datetime
    language: str | None
    text: str
    reply_to: str | None = None
    consent: bool = False
