"""How a text message is carried: in which alphabet, in how many units and segments (3GPP TS 23.038 and 23.040)."""

from __future__ import annotations

from typing import Literal, NamedTuple

Charset = Literal["unicode", "gsm-7", "sms"]
"""What a channel carries: any text; the GSM 7-bit alphabet only; or that where it suffices, and UCS-2 where not."""

GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà\f^{}\\[~]|€"
)
"""The GSM 7-bit default alphabet and its extension table (3GPP TS 23.038, §6.2.1)."""

GSM_7_EXTENSION = frozenset("\f^{}\\[~]|€")
"""Its characters that take two septets, after an escape."""

_ROOM = {"gsm-7": (160, 153), "ucs-2": (70, 67)}
"""Units in a message of one segment, and in each segment of a longer one, which begins with a header of 6 octets."""


class MessageSize(NamedTuple):
    """``encoding`` is ``gsm-7`` or ``ucs-2``; ``units`` counts septets or UTF-16 code units; a network bills
    ``segments``."""

    encoding: Literal["gsm-7", "ucs-2"]
    units: int
    segments: int


def message_size(text: str) -> MessageSize:
    """What a text takes as a text message: one character outside the GSM alphabet turns all of it into UCS-2.

    >>> message_size("Ihr Rad ist fertig. 12 €")
    MessageSize(encoding='gsm-7', units=25, segments=1)
    >>> message_size("Votre vélo est prêt.").encoding
    'ucs-2'
    """
    encoding: Literal["gsm-7", "ucs-2"] = "gsm-7" if GSM_7.issuperset(text) else "ucs-2"
    wide = GSM_7_EXTENSION.__contains__ if encoding == "gsm-7" else _is_pair
    widths = [2 if wide(character) else 1 for character in text]
    alone, each = _ROOM[encoding]
    if sum(widths) <= alone:
        return MessageSize(encoding, sum(widths), 1)
    segments, used = 1, 0
    for width in widths:  # an escape and its character, or a surrogate pair, stay in one segment
        if used + width > each:
            segments, used = segments + 1, 0
        used += width
    return MessageSize(encoding, sum(widths), segments)


def _is_pair(character: str) -> bool:
    return character > "\uffff"


def outside_gsm_7(text: str) -> str:
    """The characters of a text that the GSM alphabet lacks, each once, sorted."""
    return "".join(sorted(set(text) - GSM_7))


def encoded_length(text: str, charset: Charset) -> int:
    """How much of a channel's room a text takes: characters, or the units of a text message."""
    if charset == "unicode":
        return len(text)
    return (
        message_size(text).units if charset == "sms" else len(text) + sum(c in GSM_7_EXTENSION for c in text)
    )
