"""What a server's answer says: the text, what it consumed to the token, or why it refused."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from inedit.generation.errors import MaybeBilled, Uncounted
from inedit.generation.streams import is_stream, joined
from inedit.model import Outcome, Usage, storable

_MOST_ERROR_CHARS = 400
_VALUE_CHARS = 40
MOST_TOKENS = 1_000_000_000
"""No call uses as many; what a server counts beyond is a mistake, and more than the ledger could add up."""

MOST_COST = 1_000_000
"""In any currency: no call costs as much."""

_KEY = re.compile(r"\b(?:sk|key|Bearer)[-_ ][\w*.…-]{6,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Completion:
    """What the model answered, and what that consumed.

    ``finish_reason`` is the server's word: ``stop``, ``length``, ``content_filter`` …; ``outcome`` is what it means.
    ``service_tier`` is how the provider says it processed the call (``flex``, ``priority`` …), empty when it is silent.
    ``stated_cost`` is what it says the call cost, in its own currency, as OpenRouter does (``usage.cost``).
    """

    text: str
    usage: Usage
    response_id: str
    finish_reason: str
    outcome: Outcome = Outcome.ANSWERED
    service_tier: str = ""
    stated_cost: Decimal | None = None


_NAMED = (
    (402, re.compile(r"insufficient.?(?:credit|fund|balance)|payment.?required")),
    (429, re.compile(r"rate.?limit|too.?many.?requests|resource.?exhausted|throttl|insufficient.?quota")),
    (503, re.compile(r"overload|unavailable|no.?capacity")),
    (500, re.compile(r"server.?error|internal|api.?error|bad.?gateway")),
)
"""Statuses that words for an error's kind stand for (``rate_limit_error``, ``RESOURCE_EXHAUSTED``)."""


def error_in(body: bytes) -> tuple[int, Mapping[str, Any]] | None:
    """The status that an error inside a 200 tells (OpenRouter: ``{"error": {"code": 429}}``), and its body.

    None where there is none, or where tokens were counted all the same, or text came before it: that may be billed.
    """
    try:
        answer = joined(body) if is_stream(body) else json.loads(body)
    except (ValueError, RecursionError):
        return None
    answer = answer[0] if isinstance(answer, list) and answer else answer
    if not isinstance(answer, Mapping) or isinstance(answer.get("usage"), Mapping):
        return None
    choices = answer.get("choices")
    choices = choices if isinstance(choices, list) else []
    if any(_mapping(_mapping(choice).get("message")).get("content") for choice in choices):
        return None
    error = _mapping(answer.get("error"))
    codes = [str(error[name]) for name in ("code", "status", "status_code", "type") if error.get(name)]
    for one in codes:
        if one.isdecimal() and 400 <= int(one) < 600:
            return int(one), answer
    kind = " ".join(codes).lower()
    return next(((status, answer) for status, words in _NAMED if words.search(kind)), None)


def read_completion(
    body: bytes, *, address: str, model: str, request_id: str, latency_seconds: float, key: str = ""
) -> Completion:
    """The completion in the body of a 200 answer. Whatever is wrong with it, it was served.

    ``request_id`` stands in for a missing response id. Raises :class:`MaybeBilled` for a body that is not JSON
    object, :class:`Uncounted` for one whose consumption cannot be told.
    """
    try:
        answer = joined(body) if is_stream(body) else json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, Mapping):
        raise MaybeBilled(
            f"{address} answered with something that is not JSON; the call may be billed.", request_id
        )
    response_id = storable(str(answer.get("id") or request_id))
    counts = answer.get("usage")
    if not isinstance(counts, Mapping):
        why = f" It said: {error_text(answer['error'], key)}" if answer.get("error") else ""
        raise Uncounted(
            f"{address} answered without saying how many tokens it used, so the call has no price.{why} "
            "Use a server that reports usage.",
            response_id,
        )
    try:
        usage = _usage(counts, storable(str(answer.get("model") or model)), latency_seconds)
    except ValueError as error:
        raise Uncounted(
            f"{address} counts tokens in a way the ledger cannot price: {error}.", response_id
        ) from None
    choices = answer.get("choices")
    choice = _mapping(choices[0] if isinstance(choices, list) and choices else None)
    message = _mapping(choice.get("message"))
    content, refusal = _said_in_parts(message.get("content")), message.get("refusal")
    text = content or refusal
    reason = storable(str(choice.get("finish_reason") or ""))
    return Completion(
        text=storable(text) if isinstance(text, str) else "",
        usage=usage,
        response_id=response_id,
        finish_reason=reason,
        service_tier=str(answer.get("service_tier") or ""),
        stated_cost=_stated_cost(counts),
        outcome=_outcome(reason, content if isinstance(content, str) else "", refused=bool(refusal)),
    )


_ENDS = {
    **dict.fromkeys(("length", "max_tokens", "max_output_tokens", "model_length"), Outcome.CUT),
    **dict.fromkeys(
        ("content_filter", "safety", "recitation", "prohibited_content", "blocklist"), Outcome.FILTERED
    ),
    "refusal": Outcome.REFUSED,
}
"""What the words of different servers for the end of an answer mean; any other one is a proper end."""


def _outcome(finish_reason: str, content: str, *, refused: bool) -> Outcome:
    """How an answer ended."""
    named = _ENDS.get(finish_reason.casefold())
    if named is not None:
        return named
    if content.strip():
        return Outcome.ANSWERED
    return Outcome.REFUSED if refused else Outcome.EMPTY


def _said_in_parts(content: object) -> object:
    """The text of a content that some servers give in parts, thoughts apart (``[{"type": "text", "text": "…"}]``)."""
    if not isinstance(content, list):
        return content
    texts = (_mapping(part).get("text") for part in content if _mapping(part).get("type") == "text")
    return "".join(text for text in texts if isinstance(text, str))


def error_text(body: object, key: str = "") -> str:
    """A server's explanation in one line of at most 400 characters, without what looks like a key."""
    body = body[0] if isinstance(body, list) and body else body
    inner = body.get("error", body) if isinstance(body, Mapping) else body
    if isinstance(inner, Mapping):
        inner = inner.get("message") or inner.get("detail") or dict(inner)
    if isinstance(inner, list) and (message := _mapping(inner[0] if inner else None).get("msg")):
        inner = message  # FastAPI
    words = storable(str(inner or "no explanation."))
    if key:
        words = words.replace(key, "[key]")
    words = " ".join(_KEY.sub("[key]", words).split())
    return words if len(words) <= _MOST_ERROR_CHARS else words[:_MOST_ERROR_CHARS] + " …"


_OWN_PRICE = ("audio_tokens", "image_tokens", "video_tokens")
_PARTS_IN = ("cached_tokens", "cache_write_tokens", "cache_creation_tokens", "text_tokens", *_OWN_PRICE)
_PARTS_OUT = (
    "reasoning_tokens", "accepted_prediction_tokens", "rejected_prediction_tokens", "text_tokens", *_OWN_PRICE,
)  # fmt: skip
"""Parts of input and output that we know: those of a price of their own are refused, the others are priced."""


def _usage(counts: Mapping[str, Any], model: str, latency_seconds: float) -> Usage:
    """What the server counted. Raises ValueError for kinds of tokens that nobody could price from it."""
    inputs, outputs = (
        _mapping(counts.get("prompt_tokens_details")),
        _mapping(counts.get("completion_tokens_details")),
    )
    for details, known in ((inputs, _PARTS_IN), (outputs, _PARTS_OUT)):
        for name in (name for name in details if name.endswith("_tokens") and _count(details, name)):
            if name in _OWN_PRICE:
                raise ValueError(f"'{model}' used {name.replace('_', ' ')}, which have a price of their own")
            if name not in known:
                raise ValueError(
                    f"'{model}' used {name.replace('_', ' ')}, a kind of tokens that has no price here"
                )
    for name in ("prompt_tokens", "completion_tokens"):
        if counts.get(name) is None:
            raise ValueError(f"{name} is missing")
    tokens_in, tokens_out = _count(counts, "prompt_tokens"), _count(counts, "completion_tokens")
    reasoning, total = _count(outputs, "reasoning_tokens"), _count(counts, "total_tokens")
    if (
        total == tokens_in + tokens_out + reasoning and reasoning
    ):  # some count reasoning beside the output, not in it
        tokens_out += reasoning
    elif total > tokens_in + tokens_out and _thinks_in_silence(model) and not reasoning:
        reasoning = total - tokens_in - tokens_out  # Gemini tells its thoughts in the total only
        tokens_out += reasoning
    elif total not in (0, tokens_in + tokens_out):
        raise ValueError(
            f"'{model}' used {total} tokens, but {tokens_in} in and {tokens_out} out do not make that"
        )
    cached = (
        _count(inputs, "cached_tokens")
        or _count(counts, "prompt_cache_hit_tokens")
        or _count(counts, "cache_read_input_tokens")
    )
    written = (
        _count(inputs, "cache_write_tokens")
        or _count(inputs, "cache_creation_tokens")  # LiteLLM's name
        or _count(counts, "cache_creation_input_tokens")  # Anthropic's
    )
    if cached + written > tokens_in or reasoning > tokens_out:
        raise ValueError(
            f"{cached} cached and {written} written of {tokens_in} tokens in, {reasoning} reasoning of {tokens_out} out"
        )
    return Usage(
        model=model,
        input_tokens=tokens_in,
        cached_tokens=cached,
        output_tokens=tokens_out,
        reasoning_tokens=reasoning,
        latency_seconds=latency_seconds,
        cache_write_tokens=written,
    )


def _stated_cost(counts: Mapping[str, Any]) -> Decimal | None:
    """``usage.cost``: what the provider charged for the call; with a key of one's own, what the host behind it bills
    comes on top (https://openrouter.ai/docs/use-cases/usage-accounting)."""
    costs = [counts.get("cost")]
    if counts.get("is_byok") is True:
        costs.append(_mapping(counts.get("cost_details")).get("upstream_inference_cost") or 0)
    amounts = []
    for amount in costs:
        if isinstance(amount, bool) or not isinstance(amount, int | float) or not 0 <= amount <= MOST_COST:
            return None
        amounts.append(Decimal(str(amount)))
    return sum(amounts, Decimal())


def _thinks_in_silence(model: str) -> bool:
    """Whether a model bills thoughts that it counts in the total alone, as Google's do over OpenAI's protocol."""
    return model.rpartition("/")[2].startswith("gemini")


def _count(counts: Mapping[str, Any], name: str) -> int:
    """A token count, 0 when absent. Raises ValueError for anything but a whole number that can be one."""
    value = counts.get(name)
    if value is None:
        return 0
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_TOKENS:
        raise ValueError(f"{name} is {storable(repr(value))[:_VALUE_CHARS]}")
    return value


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
