"""Answers that did not come to a proper end: cut at the token limit, filtered by the provider, declined, or empty.

Nobody reads half a text. A cut is asked again once with a higher limit, since the same limit would cut it again; what a
provider filters or a model declines is not asked again at all: a person reads the reason. Only an empty answer, which
is often a slip, goes back like any other draft.
"""

from __future__ import annotations

import json

from inedit.guard.nlp.language_data import remedy
from inedit.model import Finding, Outcome, Severity

CUT_RAISE = 4
"""How many times the usual limit an answer may have after one that was cut."""

SHOWN_CHARS = 160


def output_limit(usual_tokens: int, *, cut_before: bool) -> int:
    """The most tokens that the next answer may have; more of them when an answer for the same piece was cut before."""
    return usual_tokens * (CUT_RAISE if cut_before else 1)


def finding_on(
    outcome: Outcome, raw: str, language: str, *, limit_tokens: int, cut_before: bool
) -> Finding | None:
    """What is wrong with how an answer ended; None for one that ended well, or is whole in spite of it."""
    if thought_only(outcome, raw):
        return _thought_only(language, limit_tokens, again=not cut_before)
    match outcome:
        case Outcome.CUT if not _is_whole(raw):
            return _cut(language, limit_tokens, again=not cut_before)
        case Outcome.FILTERED:
            return filtered("The provider's content filter stopped the answer.")
        case Outcome.REFUSED:
            said = " ".join(raw.split())
            shown = said if len(said) <= SHOWN_CHARS else said[:SHOWN_CHARS] + "…"
            return Finding(
                outcome.value,
                Severity.REVIEW,
                f"The model declined to write it{f': “{shown}”' if shown else '.'}",
                remedy="Read the brief and its insights as the model does (inedit preview), or use another model.",
            )
        case Outcome.EMPTY:
            said = remedy(language, "shape")
            return Finding(outcome.value, Severity.BLOCK, "The model answered nothing.", remedy=said)
        case _:
            return None


def thought_only(outcome: Outcome, raw: str) -> bool:
    """Whether a model reasoned until its limit and wrote nothing: paid in full, and the next ones would be alike."""
    return outcome is Outcome.CUT and not raw.strip()


def _thought_only(language: str, limit_tokens: int, *, again: bool) -> Finding:
    message = (
        "The model wrote nothing: its reasoning used up the whole limit, which is paid all the same. "
        f"The text alone was given {limit_tokens:,} tokens. "
    )
    if again:
        more = "From now on its answers get more room."
        return Finding(
            Outcome.CUT.value, Severity.BLOCK, message + more, remedy=remedy(language, "token_limit")
        )
    return Finding(
        Outcome.CUT.value, Severity.REVIEW, f"{message}More room was not enough.",
        remedy="Use a model that reasons less, or one that does not reason.",
    )  # fmt: skip


def filtered(message: str) -> Finding:
    """The finding on a question or an answer that a provider's content filter stopped."""
    return Finding(
        Outcome.FILTERED.value, Severity.REVIEW, message,
        remedy="Look in the brief, its insights and the prompt (inedit preview) for what the filter may mean, or use "
        "another model.",
    )  # fmt: skip


def _cut(language: str, limit_tokens: int, *, again: bool) -> Finding:
    if again:
        return Finding(
            Outcome.CUT.value, Severity.BLOCK, f"The answer was cut off at the limit of {limit_tokens:,} tokens.",
            remedy=remedy(language, "token_limit"),
        )  # fmt: skip
    return Finding(
        Outcome.CUT.value,
        Severity.REVIEW,
        f"The answer was cut off again, at the raised limit of {limit_tokens:,} tokens.",
        remedy="Use a model that keeps to the length asked for, or ask for less in the channel's sheet in prompts/.",
    )


def _is_whole(raw: str) -> bool:
    """Whether an answer that reached the limit had just been completed."""
    try:
        return isinstance(json.loads(raw), dict)
    except (ValueError, RecursionError):
        return False
