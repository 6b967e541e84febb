"""Text messages: alphabet, units, segments."""

from __future__ import annotations

import pytest

from inedit.guard.nlp.sms import encoded_length, message_size, outside_gsm_7


@pytest.mark.parametrize(
    ("text", "encoding", "units", "segments"),
    [
        ("", "gsm-7", 0, 1),
        ("a" * 160, "gsm-7", 160, 1),
        ("a" * 161, "gsm-7", 161, 2),
        ("a" * 306, "gsm-7", 306, 2),
        ("a" * 307, "gsm-7", 307, 3),
        ("a" * 159 + "€", "gsm-7", 161, 2),
        ("a" * 152 + "€" + "a" * 152, "gsm-7", 306, 3),  # the escape and its character stay together
        ("Größe, ñandú".replace("ú", "ù"), "gsm-7", 12, 1),
        ("ê" * 70, "ucs-2", 70, 1),
        ("ê" * 71, "ucs-2", 71, 2),
        ("ê" * 134, "ucs-2", 134, 2),
        ("ê" * 135, "ucs-2", 135, 3),
        ("😀" * 35, "ucs-2", 70, 1),
        ("😀" * 36, "ucs-2", 72, 2),
        ("😀" * 67, "ucs-2", 134, 3),  # 33 pairs in a segment of 67
    ],
)
def test_a_message_is_counted_as_networks_bill_it(
    text: str, encoding: str, units: int, segments: int
) -> None:
    """160 or 153 septets, 70 or 67 UTF-16 units; an escape or a pair is never split."""
    assert message_size(text) == (encoding, units, segments)


def test_what_the_alphabet_lacks_is_named_once() -> None:
    """The characters that make a message UCS-2, sorted."""
    assert outside_gsm_7("fenêtre, forêt, ça, é à") == "çê"


def test_a_euro_takes_two_places_of_a_text_message() -> None:
    """Characters of GSM-7's extension table come after an escape, so 160 places hold 80 of them."""
    assert encoded_length("129,90 €", "gsm-7") == 9
    assert encoded_length("129,90 €", "unicode") == 8
    assert encoded_length("[é]", "gsm-7") == 5
