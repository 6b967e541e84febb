"""Addresses, accounts and telephone numbers of a text that no fact gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from inedit.guard.evidence.facts import Fact
from inedit.guard.nlp.language_data import language_profile
from inedit.guard.nlp.text import fold
from inedit.model import Span

_NAMES = {"url": "web address", "email": "e-mail address", "handle": "account", "phone": "phone number"}
_TRUNK_PREFIX = re.compile(r"^(?:00|\+)(\d{2})(?:\(?0\)?)?")
_FEWEST_DIGITS = 7  # a shorter rest is not a telephone number


def unsupplied_contacts(text: str, language: str, facts: Sequence[Fact]) -> Iterator[tuple[Span, str]]:
    """Addresses and numbers that no fact gives, each with what it is."""
    rest = fold(text)
    data = language_profile(language)
    if not data.contacts_for(rest):
        return
    patterns = data.contacts
    for kind in ("email", "url", "handle", "phone"):
        for match in patterns[kind].finditer(rest):
            rest = rest[: match.start()] + "~" * (match.end() - match.start()) + rest[match.end() :]
            span = Span(match.start(), match.end())
            written = span.of(text)
            if not any(_has_contact(fact, written, kind) for fact in facts):
                yield span, _NAMES[kind]


def _has_contact(fact: Fact, written: str, kind: str) -> bool:
    if kind == "phone":
        given = "".join(filter(str.isdigit, fact.text.replace("(0)", "")))
        abroad = written.startswith(("+", "00")) and "+" in fact.text
        whole = "".join(filter(str.isdigit, written.replace("(0)", ""))).removeprefix("00")
        return (whole if abroad else _subscriber(written)) in given
    return fold(written) in fold(fact.text)


def _subscriber(written: str) -> str:
    """The digits of a telephone number without its country or trunk prefix: « +33 (0)4 … » and « 04 … » are one."""
    digits = "".join(
        character for character in written.replace("(0)", "") if character.isdigit() or character == "+"
    )
    national = _TRUNK_PREFIX.sub("", digits) if digits.startswith(("+", "00")) else digits.removeprefix("0")
    return national if len(national) >= _FEWEST_DIGITS else digits.lstrip("+")
