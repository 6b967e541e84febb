"""The parts of the channel are all there, within their limits, in characters that the channel can carry."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from math import ceil

from inedit.brand.schema import Channel, Part
from inedit.guard.context import Context
from inedit.guard.evidence.facts import wording
from inedit.guard.nlp.language_data import primary, remedy
from inedit.guard.nlp.length import length_of, spoken_length
from inedit.guard.nlp.sms import encoded_length, message_size, outside_gsm_7
from inedit.guard.nlp.text import excerpt, fold
from inedit.guard.nlp.typography import Typography, repair
from inedit.model import Draft, Finding, Severity

_CHOICES_SHOWN = 4

CHARS_A_WORD_AT_LEAST = 4
CHARS_A_WORD_AT_MOST = 7
"""A model counts words, not characters. With its space a word of the five languages has between five and seven
characters in the mean: a text with so many words keeps to the limit."""


SEGMENT_WORDS = 21
"""Words that a segment of the GSM alphabet surely holds: 153 septets of :data:`CHARS_A_WORD_AT_MOST`."""


def parts_fit(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """Every part is present, long enough, not too long, and approved wordings are left as they are."""
    return tuple(_parts_fit(draft, context))


def _parts_fit(draft: Draft, context: Context) -> Iterator[Finding]:
    known = {part.id for part in context.sheet.parts}
    for part in context.sheet.parts:
        yield from _one_part(part, draft, context)
    for part_id in draft.parts:
        if part_id not in known:
            yield _finding(f"The channel has no part “{part_id}”.", "part_unknown", draft, part_id)
    channel = context.brand.channels.get(draft.spec.channel)
    if channel is None:
        return
    yield from _carried(channel, draft)


def _carried(channel: Channel, draft: Draft) -> Iterator[Finding]:
    """Whether the channel can carry the whole text: its length, its alphabet, its segments."""
    count = encoded_length(draft.text, channel.charset)
    if channel.max_chars is not None and count > channel.max_chars:
        yield _finding(
            f"The whole text has {count} characters; the channel carries {channel.max_chars}.",
            "text_long", draft, words=channel.max_chars // CHARS_A_WORD_AT_MOST,
        )  # fmt: skip
    seconds = spoken_length(draft.parts.values(), draft.spec.language) if channel.max_seconds else 0.0
    if channel.max_seconds is not None and seconds > channel.max_seconds:
        words = round(length_of(draft.text, draft.spec.language).words * channel.max_seconds / seconds)
        yield _finding(
            f"The text takes {seconds:.0f} s to say aloud; the channel carries {channel.max_seconds} s.",
            "text_long", draft, words=words,
        )  # fmt: skip
    if channel.charset == "unicode":
        return
    size = message_size(draft.text)
    foreign = outside_gsm_7(draft.text)
    if channel.charset == "gsm-7" and foreign:
        yield _finding(
            f"Not in the GSM-7 alphabet of this channel: {foreign}. With them the message goes as UCS-2: {size.units} "
            f"units, {size.segments} segment{'s' * (size.segments > 1)} of 70 (67 when there are several).",
            "charset", draft, text=foreign,
        )  # fmt: skip
    elif channel.max_segments is not None and size.segments > channel.max_segments:
        because = f" because of {foreign}" if foreign else ""
        yield _finding(
            f"The message takes {size.segments} segments ({size.units} units of {size.encoding.upper()}{because}); "
            f"the channel carries {channel.max_segments}.",
            "charset" if foreign else "text_long", draft, text=foreign,
            words=channel.max_segments * SEGMENT_WORDS,
        )  # fmt: skip


def _one_part(part: Part, draft: Draft, context: Context) -> Iterator[Finding]:
    text = draft.parts.get(part.id, "")
    count = len(text)
    if not text.strip():
        if part.min_chars > 0:
            yield _finding(f"The part “{part.id}” is missing.", "part_missing", draft, part.id)
        return
    if part.source != "model":
        allowed = approved_wordings(part, draft, context)
        if not any(_same_wording(text, choice, draft, context) for choice in allowed):
            choices = " / ".join(f"« {excerpt(choice, 120)} »" for choice in allowed[:_CHOICES_SHOWN])
            yield _finding(
                f"“{excerpt(text)}” is not one of the approved wordings of “{part.id}”.",
                "approved", draft, part.id, choices=choices,
            )  # fmt: skip
        return
    if _is_label(text, part):
        yield _finding(f"“{part.id}” holds its own name only.", "part_missing", draft, part.id)
    if count < part.min_chars:
        yield _finding(
            f"“{part.id}” has {count} characters; it needs {part.min_chars} at least.",
            "part_short", draft, part.id, words=ceil(part.min_chars / CHARS_A_WORD_AT_LEAST),
        )  # fmt: skip
    if count > part.max_chars:
        yield _finding(
            f"“{part.id}” has {count} characters; it may have {part.max_chars} at most.",
            "part_long", draft, part.id, words=max(1, part.max_chars // CHARS_A_WORD_AT_MOST),
        )  # fmt: skip


def approved_wordings(part: Part, draft: Draft, context: Context) -> tuple[str, ...]:
    """The wordings that a part fed by claims, calls to action or the offer may hold, in this language and
    channel."""
    language = draft.spec.language
    if part.source == "calls_to_action":
        calls = context.brand.identity.calls_to_action
        found = (
            wording(call.text, language)
            for call in calls
            if not call.channels or draft.spec.channel in call.channels
        )
    elif part.source == "offer":
        found = (entry for entry in (wording(context.campaign.offer, language),))
    else:
        market = context.brand.market(language)
        valid = [claim for claim in context.brand.claims.values() if claim.is_valid(context.today, market)]
        chosen = [claim for claim in valid if claim.id in draft.spec.claim_ids] or valid
        found = (wording(claim.text, language) for claim in chosen)
    return tuple(entry[0].strip() for entry in found if entry)


def _same_wording(text: str, choice: str, draft: Draft, context: Context) -> bool:
    """Whether two wordings differ in nothing but the spaces and quotation marks that typography repairs."""
    language = context.brand.languages.get(draft.spec.language)
    if language is None:
        return text.split() == choice.split()
    return _words_set(text, language.typography) == _words_set(choice, language.typography)


@lru_cache(maxsize=256)  # approved wordings are compared with part after part
def _words_set(text: str, typography: Typography) -> tuple[str, ...]:
    """The words as typography sets them."""
    return tuple(repair(text, typography).split())


def _is_label(text: str, part: Part) -> bool:
    """Whether a text is nothing but what the part is called."""
    return fold(text).strip(" .:") in {fold(name) for name in (part.id, *part.name.values())}


def _finding(message: str, key: str, draft: Draft, part_id: str = "", **values: object) -> Finding:
    """A finding whose remedy calls the part as the answer does: by its id."""
    language = primary(draft.spec.language)
    return Finding(
        "parts",
        Severity.BLOCK,
        message,
        draft.part_span(part_id) if part_id else None,
        remedy=remedy(language, key, part=part_id, **values),
        part=part_id,
    )
