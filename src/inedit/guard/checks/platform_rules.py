"""What the platform of a channel publishes beyond its limits: the editorial rules of Google Ads."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from inedit.brand.schema import Brand
from inedit.guard.context import Context
from inedit.guard.evidence.facts import wordings_of
from inedit.guard.nlp.advertisements import editorial_faults, kind_of
from inedit.guard.nlp.language_data import primary, remedy
from inedit.guard.nlp.text import fold
from inedit.model import Draft, Finding, Severity

_SAID = {
    "exclamation": "“{text}”: Google Ads takes no exclamation mark in a headline, and one in a description at most.",
    "punctuation": "“{text}”: Google Ads takes no punctuation that is repeated.",
    "symbol": "“{text}”: Google Ads takes no signs that do not stand for what they mean.",
    "capitals": "“{text}”: Google Ads takes no word in capitals but an abbreviation or a name.",
    "phone": "“{text}”: Google Ads takes no telephone number in the text.",
    "spacing": "“{text}”: Google Ads wants one space, where one belongs.",
    "call": "“{text}”: Google Ads takes no call that could stand in any advertisement.",
    "path": "“{text}”: a path is one word of letters, digits and hyphens.",
}
"""What is said of each rule of :func:`~inedit.guard.nlp.advertisements.editorial_faults`."""


def platform_rules_kept(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """Each part of a search ad keeps the published rules, and no headline or description is said twice."""
    channel = context.brand.channels.get(draft.spec.channel)
    if channel is None or channel.platform != "google-ads":
        return ()
    return tuple(_against(draft, context))


def _against(draft: Draft, context: Context) -> Iterator[Finding]:
    known, met = _capitals(context.brand, draft.spec.language), dict[tuple[str, str], str]()
    for part, text in draft.parts.items():
        kind = kind_of(part)
        if kind is None or not text.strip():
            continue
        for rule, passage in editorial_faults(text.strip(), kind, known):
            yield _finding(_SAID[rule].format(text=passage), "advertisement", draft, part, passage)
        key = kind, fold(text).strip(" .")
        if key in met:
            again = f"“{text}” says what “{met[key]}” says already; Google Ads shows a text once."
            yield _finding(again, "again", draft, part, text)
        met.setdefault(key, part)


@lru_cache(maxsize=8)
def _capitals_of(identity: str, texts: tuple[str, ...]) -> str:
    return " ".join((identity, *texts))


def _capitals(brand: Brand, language: str) -> str:
    """What the brand itself writes in capitals."""
    claims = (text for claim in brand.claims.values() for text in wordings_of(claim, language))
    return _capitals_of(brand.identity.name, (*wordings_of(brand.identity, language), *claims))


def _finding(message: str, key: str, draft: Draft, part: str, passage: str) -> Finding:
    language = primary(draft.spec.language)
    return Finding(
        "platform-rules", Severity.BLOCK, message, draft.part_span(part),
        remedy=remedy(language, key, part=part, text=passage), part=part,
    )  # fmt: skip
