"""Responsive search ads as a CSV file for Google Ads Editor.

Limits and editorial rules are those of :mod:`inedit.guard.nlp.advertisements`; at most 3 such ads stand in an ad group.
What exceeds them is refused, never cut.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from inedit.exchange.exported import ExportedText
from inedit.exchange.refusals import not_ended, refuse
from inedit.exchange.tables import harmless
from inedit.guard.nlp.advertisements import (
    DESCRIPTION_CHARS,
    HEADLINE_CHARS,
    KINDS,
    LEAST_DESCRIPTIONS,
    LEAST_HEADLINES,
    MOST_DESCRIPTIONS,
    MOST_HEADLINES,
    MOST_PATHS,
    PATH_CHARS,
    editorial_faults,
    kind_of,
    width,
)

MOST_ADS = 3

COLUMNS = (
    "Campaign", "Ad group", "Ad type",
    *(f"Headline {number}" for number in range(1, MOST_HEADLINES + 1)),
    *(f"Description {number}" for number in range(1, MOST_DESCRIPTIONS + 1)),
    *(f"Path {number}" for number in range(1, MOST_PATHS + 1)),
    "Final URL", "Status", "Comment",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ad:
    """What stands in one ad, of one text or of several variants of a cell."""

    texts: tuple[ExportedText, ...]
    headlines: tuple[str, ...]
    descriptions: tuple[str, ...]
    paths: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether it has as many headlines and descriptions as an ad needs."""
        return len(self.headlines) >= LEAST_HEADLINES and len(self.descriptions) >= LEAST_DESCRIPTIONS


def as_google_ads(texts: Sequence[ExportedText]) -> bytes:
    """An ad a row: a text that is an ad by itself, else the variants of its cell taken together.

    Parts are told apart by how their ids begin: ``headline``, ``title``, ``description``, ``path``. Raises
    :class:`~.errors.WrongInput` that names every text and part that does not fit.
    """
    ads, reasons = ads_of(texts)
    if not ads and not reasons:
        reasons = ["No texts were chosen."]
    refuse("Google Ads", [*not_ended(texts), *reasons])
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(_row(ad) for ad in ads)
    return stream.getvalue().encode("utf-8-sig")


def ads_of(texts: Sequence[ExportedText]) -> tuple[list[Ad], list[str]]:
    """The ads that texts make, and what is against them."""
    reasons = [reason for text in texts for reason in _strange_parts(text)]
    ads = []
    for (campaign, group), found in groupby(sorted(texts, key=_group), key=_group):
        single = [_ad([text]) for text in found]
        apart = [ad for ad in single if not ad.is_whole]
        whole = [ad for ad in single if ad.is_whole]
        of_group = [*whole, *([_ad([ad.texts[0] for ad in apart])] if apart else [])]
        if len(of_group) > MOST_ADS:
            reasons.append(
                f"{campaign}, ad group “{group}”: {len(of_group)} ads, and at most {MOST_ADS} may be responsive ones."
            )
        ads += of_group
    return ads, [*reasons, *(reason for ad in ads for reason in _against(ad))]


def _group(text: ExportedText) -> tuple[str, str]:
    """Campaign and ad group: ads of one language and one readership stand together."""
    spec = text.piece.spec
    return f"{spec.campaign_id} {spec.language}", f"{text.segment_name} · {text.tone_name}"


def _ad(texts: Sequence[ExportedText]) -> Ad:
    by_kind: Mapping[str, dict[str, None]] = {kind: {} for kind in set(KINDS.values())}
    for text in texts:
        for part, words in text.parts.items():
            kind = kind_of(part)
            if kind:
                by_kind[kind][words.strip()] = None
    return Ad(tuple(texts), *(tuple(by_kind[kind]) for kind in ("headlines", "descriptions", "paths")))


def _strange_parts(text: ExportedText) -> Iterable[str]:
    strange = [part for part in text.parts if kind_of(part) is None]
    if strange:
        yield f"{text.piece.id}: an ad has no place for {', '.join(strange)} (channel {text.piece.spec.channel})."


def _against(ad: Ad) -> Iterable[str]:
    named = ", ".join(text.piece.id for text in ad.texts)
    for kind, entries, least, most, chars in (
        ("headlines", ad.headlines, LEAST_HEADLINES, MOST_HEADLINES, HEADLINE_CHARS),
        ("descriptions", ad.descriptions, LEAST_DESCRIPTIONS, MOST_DESCRIPTIONS, DESCRIPTION_CHARS),
        ("paths", ad.paths, 0, MOST_PATHS, PATH_CHARS),
    ):
        if not least <= len(entries) <= most:
            yield f"{named}: {len(entries)} {kind}, and an ad has {least} to {most}."
        for words in entries:
            if width(words) > chars:
                yield f"{named}: “{words}” has {width(words)} characters; {kind} have at most {chars}."
            faults = editorial_faults(words, kind, ad.texts[0].brand_words)
            yield from (f"{named}: “{words}” ({rule}: “{passage}”)." for rule, passage in faults)
            if "\n" in words:
                yield f"{named}: “{words.splitlines()[0]} …” has several lines; {kind} have one."


def _row(ad: Ad) -> dict[str, str]:
    campaign, group = _group(ad.texts[0])
    cells = {"Campaign": campaign, "Ad group": group, "Ad type": "Responsive search ad", "Status": "Paused"}
    for name, entries in (("Headline", ad.headlines), ("Description", ad.descriptions), ("Path", ad.paths)):
        cells |= {f"{name} {number}": words for number, words in enumerate(entries, start=1)}
    links = ad.texts[0].addresses
    cells["Final URL"] = links[0] if links else ""
    cells["Comment"] = " | ".join(text.footline for text in ad.texts)
    return {name: harmless(cell) for name, cell in cells.items()}
