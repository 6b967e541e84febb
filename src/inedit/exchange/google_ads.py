"""Responsive search ads as a CSV file for Google Ads Editor.

Limits as Google publishes them (support.google.com/google-ads/answer/7684791, read in November 2026): 3 to 15
headlines of 30 characters, 2 to 4 descriptions of 90, two display paths of 15; characters of double width (Chinese,
Japanese, Korean) count twice; at most 3 such ads in an ad group. What exceeds them is refused, never cut.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from inedit.errors import WrongInput
from inedit.exchange.exported import ExportedText
from inedit.exchange.tables import harmless

LEAST_HEADLINES, MOST_HEADLINES, HEADLINE_CHARS = 3, 15, 30
LEAST_DESCRIPTIONS, MOST_DESCRIPTIONS, DESCRIPTION_CHARS = 2, 4, 90
MOST_PATHS, PATH_CHARS = 2, 15
MOST_ADS = 3
SHOWN_REASONS = 10

COLUMNS = (
    "Campaign", "Ad group", "Ad type",
    *(f"Headline {number}" for number in range(1, MOST_HEADLINES + 1)),
    *(f"Description {number}" for number in range(1, MOST_DESCRIPTIONS + 1)),
    *(f"Path {number}" for number in range(1, MOST_PATHS + 1)),
    "Final URL", "Status", "Comment",
)  # fmt: skip

_KINDS = {"headline": "headlines", "title": "headlines", "description": "descriptions", "path": "paths"}


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
    :class:`~inedit.errors.WrongInput` that names every text and part that does not fit.
    """
    ads, reasons = ads_of(texts)
    if not ads and not reasons:
        reasons = ["No texts were chosen."]
    if reasons:
        more = len(reasons) - SHOWN_REASONS
        shown = [*reasons[:SHOWN_REASONS], *([f"… and {more} more."] if more > 0 else [])]
        raise WrongInput("Google Ads would refuse this file:\n" + "\n".join(f"- {one}" for one in shown))
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(_row(ad) for ad in ads)
    return stream.getvalue().encode("utf-8-sig")


def width(text: str) -> int:
    """The length of a text as Google counts it."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


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


def _kind(part: str) -> str | None:
    return next((kind for beginning, kind in _KINDS.items() if part.startswith(beginning)), None)


def _ad(texts: Sequence[ExportedText]) -> Ad:
    said: Mapping[str, dict[str, None]] = {kind: {} for kind in _KINDS.values()}
    for text in texts:
        for part, words in text.parts.items():
            kind = _kind(part)
            if kind:
                said[kind][words.strip()] = None
    return Ad(tuple(texts), *(tuple(said[kind]) for kind in ("headlines", "descriptions", "paths")))


def _strange_parts(text: ExportedText) -> Iterable[str]:
    strange = [part for part in text.parts if _kind(part) is None]
    if strange:
        yield f"{text.piece.id}: an ad has no place for {', '.join(strange)} (channel {text.piece.spec.channel})."


def _against(ad: Ad) -> Iterable[str]:
    named = ", ".join(text.piece.id for text in ad.texts)
    for kind, said, least, most, chars in (
        ("headlines", ad.headlines, LEAST_HEADLINES, MOST_HEADLINES, HEADLINE_CHARS),
        ("descriptions", ad.descriptions, LEAST_DESCRIPTIONS, MOST_DESCRIPTIONS, DESCRIPTION_CHARS),
        ("paths", ad.paths, 0, MOST_PATHS, PATH_CHARS),
    ):
        if not least <= len(said) <= most:
            yield f"{named}: {len(said)} {kind}, and an ad has {least} to {most}."
        for words in said:
            if width(words) > chars:
                yield f"{named}: “{words}” has {width(words)} characters; {kind} have at most {chars}."
            if "\n" in words:
                yield f"{named}: “{words.splitlines()[0]} …” has several lines; {kind} have one."


def _row(ad: Ad) -> dict[str, str]:
    campaign, group = _group(ad.texts[0])
    cells = {"Campaign": campaign, "Ad group": group, "Ad type": "Responsive search ad", "Status": "Paused"}
    for name, said in (("Headline", ad.headlines), ("Description", ad.descriptions), ("Path", ad.paths)):
        cells |= {f"{name} {number}": words for number, words in enumerate(said, start=1)}
    links = ad.texts[0].links
    cells["Final URL"] = links[0] if links else ""
    cells["Comment"] = " | ".join(text.footline for text in ad.texts)
    return {name: harmless(cell) for name, cell in cells.items()}
