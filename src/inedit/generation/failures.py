"""What the status of an answer means: whether the call was served, may be billed, or can never be."""

from __future__ import annotations

from inedit.generation.errors import MaybeBilled, NotServed, ProviderThrottled
from inedit.generation.refusals import Refusal
from inedit.model.errors import IneditError, ProviderFailure

LONGEST_WAIT_SECONDS = 300.0
"""A server that asks for a longer wait is not waited for: the person is told, and the run can be resumed."""


def failure(
    address: str, model: str, status: int, words: str, refusal: Refusal, wait: float | None
) -> IneditError:
    """The error that a status means, whether the answer has it or an error inside a 200."""
    if status == 402 or (status == 429 and refusal.is_about_credit):
        return ProviderFailure(f"The account at {address} has no credit left: {words}")
    if status in (429, 503) and wait is not None and wait > LONGEST_WAIT_SECONDS:
        return ProviderFailure(
            f"{address} asks to wait {wait / 60:.0f} minutes: {words} Run again then: what exists is kept."
        )
    if status == 429 or (status == 503 and wait is not None):
        return ProviderThrottled(f"{address} asks to slow down ({status}): {words}", wait)
    if status in (504, 524):
        return MaybeBilled(f"{address} gave up waiting ({status}); the call may be billed.")
    if status in (408, 409, 498) or status >= 500:  # 498: no capacity left in a tier, at Groq
        return NotServed(f"{address} did not serve the call ({status}): {words}")
    return ProviderFailure(_final(address, model, status, words))


def _final(address: str, model: str, status: int, words: str) -> str:
    """What a person is told of a refusal that no retry changes."""
    match status:
        case 400 | 422:
            return f"{address} refused '{model}': {words}"
        case 401 | 403:
            return (
                f"{address} refused the API key ({status}). "
                f"Check OPENAI_API_KEY and that it may use '{model}'."
            )
        case 404:
            return (
                f"{address} does not know the model '{model}' (404): {words} "
                "Check the name, and that the address ends where the server's API begins (often /v1)."
            )
    return f"{address} did not serve the call ({status}): {words}"
