"""What people edit in ``brand_data/`` and ``prompts/*.yaml``, as frozen pydantic models.

Every text that a reader may see is *localised*: a mapping from a BCP 47 tag to the wording in that language.
These models say what one entry looks like; that entries fit together (an unknown segment in a campaign) is
checked by :mod:`inedit.brand.load`, which knows the file and line of each.
"""

from __future__ import annotations

from inedit.brand.schema.base import (
    Currency,
    Formality,
    Id,
    InsightKind,
    Localized,
    LocalizedList,
    Market,
    Need,
    ProjectModel,
    Tag,
    Text,
)
from inedit.brand.schema.baseline import DEFAULT_AGENCY_SHARE, Baseline, MinutesRange
from inedit.brand.schema.brand import Brand
from inedit.brand.schema.campaign import Budget, Campaign, CampaignMention, ExperimentUse, Link, Stock
from inedit.brand.schema.channel import Channel, Mention
from inedit.brand.schema.codebook import Code, CodeExample, CodeFamily
from inedit.brand.schema.identity import (
    Addresses,
    Attribute,
    BrandIdentity,
    CallToAction,
    Product,
    RuleException,
)
from inedit.brand.schema.knowledge import Claim, Insight
from inedit.brand.schema.readers import Angle, Language, Segment, Tone
from inedit.brand.schema.sheet import Example, Part, Sampling, Sheet
from inedit.brand.schema.wording import BannedTerm, Lexicon, Reference

__all__ = [
    "DEFAULT_AGENCY_SHARE",
    "Addresses",
    "Angle",
    "Attribute",
    "BannedTerm",
    "Baseline",
    "Brand",
    "BrandIdentity",
    "Budget",
    "CallToAction",
    "Campaign",
    "CampaignMention",
    "Channel",
    "Claim",
    "Code",
    "CodeExample",
    "CodeFamily",
    "Currency",
    "Example",
    "ExperimentUse",
    "Formality",
    "Id",
    "Insight",
    "InsightKind",
    "Language",
    "Lexicon",
    "Link",
    "Localized",
    "LocalizedList",
    "Market",
    "Mention",
    "MinutesRange",
    "Need",
    "Part",
    "Product",
    "ProjectModel",
    "Reference",
    "RuleException",
    "Sampling",
    "Segment",
    "Sheet",
    "Stock",
    "Tag",
    "Text",
    "Tone",
]
