"""Reading why a server refused: the whole body, in whatever shape it comes.

Servers that speak OpenAI's protocol agree on successes, not on refusals: ``{"error": {"message": …}}``, FastAPI's
``{"detail": [{"loc": ["body", "seed"]}]}``, Mistral's ``{"message": {"detail": […]}}``, OpenRouter's
``metadata.raw`` (JSON inside a string), Ollama's ``{"error": "…"}``, a list around any of these, or plain text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

DEEPEST = 12
"""Levels of a body that are looked at."""

_ABOUT_THE_VALUE = re.compile(
    r"too (?:large|high|small|low)|at (?:most|least)|exceed|greater|less than|maximum|supports up to"
)
_NO_SCHEMA = re.compile(
    r"response[_ ]?format|json[_ ]?schema|json[_ ]?object|structured output|parse grammar|grammar|guided[_ ]json"
)
_NO_SYSTEM_ROLE = re.compile(
    r"(?:system|developer)[_ ]?(?:role|message|prompt|instruction)s?\b.{0,60}\b(?:not|un)|"
    r"(?:not|doesn.t|does not|un)\w* ?(?:support|enabled|allow\w*|accept\w*).{0,40}\b(?:system|developer)\b|"
    r"roles? must alternate|system.{0,20}not (?:supported|allowed|enabled)|"
    r"(?:expected|(?:must|should) be|permitted|one of)(?:(?!system).){0,40}\buser\b(?:(?!system).){0,30}assistant"
    r"(?!['\"`,\s]*(?:(?:or|and)\s)?['\"`\s]*system)"
)
_NO_QUOTA = re.compile(
    r"insufficient[_ ]quota|exceeded your current quota|billing[_ ]hard[_ ]limit|credit balance"
)
_WAIT = re.compile(r"retry(?:[ _-]?(?:delay|after|in))\W{0,6}(\d+(?:\.\d+)?) ?s(?:econds?)?\b")
_NUMBER = re.compile(r"\d[\d,]*")


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a server said when it refused, as one text in lower case: every word of the body, names of fields too."""

    status: int
    text: str

    @classmethod
    def of(cls, status: int, body: str) -> Refusal:
        """The refusal in the body of an answer."""
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            value = body
        return cls(status, " ".join(_words(value, DEEPEST)).lower())

    def names(self, parameter: str) -> bool:
        """Whether it is about this parameter of the request."""
        return re.search(rf"\b{parameter}\b", self.text) is not None

    @property
    def is_about_a_value(self) -> bool:
        """Whether a value is refused, not the parameter itself."""
        return _ABOUT_THE_VALUE.search(self.text) is not None

    @property
    def is_about_the_schema(self) -> bool:
        """Whether the shape of the answer cannot be asked for; some say so with 404 or 500."""
        if self.status == 404:
            return "handle the requested parameters" in self.text
        return _NO_SCHEMA.search(self.text) is not None

    @property
    def is_about_the_system_role(self) -> bool:
        """Whether the model takes no message of the role ``system``."""
        return _NO_SYSTEM_ROLE.search(self.text) is not None

    @property
    def is_about_credit(self) -> bool:
        """Whether the account has no credit left: waiting does not help."""
        return _NO_QUOTA.search(self.text) is not None

    def most(self, asked: int) -> int | None:
        """The most that the server says it takes of what ``asked`` is more than."""
        numbers = [int(number.replace(",", "")) for number in _NUMBER.findall(self.text)]
        return max((number for number in numbers if 16 <= number < asked), default=None)

    @property
    def wait_seconds(self) -> float | None:
        """How long it asks to wait, in its words (``"retryDelay": "43200s"``)."""
        found = _WAIT.search(self.text)
        return float(found[1]) if found else None


def retry_after_seconds(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """Seconds to wait: ``retry-after-ms``, or ``Retry-After`` as a number or as an HTTP date (RFC 9110)."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        value = headers.get(name)
        if value is None:
            continue
        try:
            seconds = float(value) * unit
        except ValueError:
            try:
                seconds = (parsedate_to_datetime(value) - (now or datetime.now(UTC))).total_seconds()
            except (ValueError, TypeError):
                continue
            seconds = max(seconds, 0.0)
        if 0 <= seconds < float("inf"):
            return seconds
    return None


def _words(value: Any, depth: int) -> Iterator[str]:
    """Every string and key of a value, what is JSON inside a string included."""
    if not depth:
        return
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield str(key)
            yield from _words(inner, depth - 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner, depth - 1)
    elif isinstance(value, str):
        try:
            inside = json.loads(value) if value.lstrip()[:1] in ("{", "[") else None
        except (ValueError, RecursionError):
            inside = None
        yield value
        if inside is not None:
            yield from _words(inside, depth - 1)
    elif value is not None:
        yield str(value)
