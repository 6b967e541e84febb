"""An advisor's answer, believed only as far as it can be checked: its quotations must stand in the text.

What is believed becomes findings of the check ``advisor``. None of them blocks: a person decides.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any

import json_repair

from inedit.guard.context import Context
from inedit.guard.evidence.facts import model_parts, supplied_facts
from inedit.guard.nlp.language_data import remedy
from inedit.guard.nlp.text import excerpt
from inedit.model import Draft, Finding, Severity, Span, storable
from inedit.prompting.advice import CONDITION, OTHERWISE

CHECK = "advisor"
"""The name under which an advisor's findings stand among those of the checks."""

NOT_ADVISED = "Not advised: "
"""How the note begins that nobody could be asked about a text."""

MOST_CHARS = 50_000
"""A longer answer is a model that loops, and is not read."""

MOST_FINDINGS = 20
WHY_CHARS = 300
_GAP = re.compile(r"\s*(?:…|\[…\]|\.{3}|\[\.{3}\])\s*")
_WORD = re.compile(r"\w+")
_BETWEEN = r"[\W_]{1,12}"
"""What may stand between two quoted words: spaces, marks and quotation marks of any kind."""

log = logging.getLogger(__name__)


class UnreadableAdvice(Exception):
    """An answer that holds no advice at all; the message says what is wrong with it."""


def not_advised(reason: str) -> Finding:
    """The note on a text that goes on without advice."""
    return Finding(CHECK, Severity.NOTE, f"{NOT_ADVISED}{reason}")


def is_unadvised(finding: Finding) -> bool:
    """Whether a finding is the note of :func:`not_advised`."""
    return finding.check == CHECK and finding.message.startswith(NOT_ADVISED)


def is_advisor_finding(finding: Finding) -> bool:
    """Whether a finding is an advisor's, and nobody has let it pass."""
    return finding.check == CHECK and finding.severity is Severity.REVIEW


def advice_in(answer: str, draft: Draft, context: Context, model: str) -> tuple[Finding, ...]:
    """What an answer says against a draft, each at its quotation; nothing when the advisor has nothing to say.

    A quotation that is not in the parts that a model worded is dropped and told in the log. Raises
    :class:`UnreadableAdvice` when there is no list of findings in the answer.
    """
    found: dict[Span, Finding] = {}
    for entry in _entries(answer)[:MOST_FINDINGS]:
        quote = _text(entry, "quote")
        place = _located(quote, draft, context)
        if place is None:
            log.info("Advice of %s on %s dropped: its quotation is not in the text: %s", model,
                     draft.spec.label, excerpt(quote))  # fmt: skip
            continue
        part, span = place
        found.setdefault(span, _finding(entry, part, span, draft, context, model))
    return tuple(found[span] for span in sorted(found))


def _finding(
    entry: Mapping[str, Any], part: str, span: Span, draft: Draft, context: Context, model: str
) -> Finding:
    named = _text(entry, "fact").strip("[]")
    fact = next((fact.text for fact in supplied_facts(draft, context) if fact.id and fact.id == named), "")
    problem, why = _text(entry, "problem"), excerpt(_text(entry, "why"), WHY_CHARS)
    said = f"“{excerpt(span.of(draft.text))}”"
    if problem == CONDITION:
        message = f"{said}: a condition is missing here, advises {model}: {why}"
    elif problem == OTHERWISE:
        message = f"{said}: the facts say something else, advises {model}: {why}"
    else:
        message = f"{said}: no supplied fact says this, advises {model}: {why}"
    language = draft.spec.language
    told = remedy(language, "advisor_fact", fact=excerpt(fact, 200)) if fact else remedy(language, "advisor")
    return Finding(CHECK, Severity.REVIEW, message, span, remedy=told, part=part)


def _entries(answer: str) -> list[Mapping[str, Any]]:
    if not answer.strip():
        raise UnreadableAdvice("its answer is empty")
    if len(answer) > MOST_CHARS:
        raise UnreadableAdvice(f"its answer has more than {MOST_CHARS:,} characters")
    try:
        value = json.loads(answer)
    except (ValueError, RecursionError):
        try:
            value = json_repair.loads(answer, skip_json_loads=True)
        except (ValueError, RecursionError) as error:
            raise UnreadableAdvice("its answer is not JSON") from error
    listed = value.get("findings") if isinstance(value, dict) else value
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        raise UnreadableAdvice("its answer has no list 'findings'")
    return listed


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    return storable(" ".join(value.split())) if isinstance(value, str) else ""


def _located(quote: str, draft: Draft, context: Context) -> tuple[str, Span] | None:
    """The part and the place of a quotation: its words in their order; case, marks and spaces may differ, and words
    may be left out where it says so (…)."""
    pieces = [_WORD.findall(piece) for piece in _GAP.split(quote)]
    patterns = [_BETWEEN.join(map(re.escape, piece)) for piece in pieces if piece]
    if not patterns:
        return None
    wanted = re.compile(r"(?<!\w)" + r"\b.{0,400}?\b".join(patterns) + r"(?!\w)", re.IGNORECASE | re.DOTALL)
    return next(_places(wanted, draft, context), None)


def _places(wanted: re.Pattern[str], draft: Draft, context: Context) -> Iterator[tuple[str, Span]]:
    for part, text, start in model_parts(draft, context):
        if found := wanted.search(text):
            yield part, Span(*found.span()).shifted(start)
