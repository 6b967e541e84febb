"""What can become of one call to a model: each error tells the ledger whether it may have cost something.

Siblings, not children, of :class:`~.errors.ProviderFailure`, which means that nothing was billed
and that no retry fixes it: who catches that one must not void a call that may be on the invoice.
"""

from __future__ import annotations

from inedit.model.errors import IneditError, ProviderFailure


class PromptFiltered(ProviderFailure):
    """The provider's content filter refused the question itself. Not billed; asking again would end the same way."""


class ProviderThrottled(IneditError):
    """The server asked us to slow down (429). Not billed; worth retrying.

    ``retry_after_seconds`` is what the server said in its ``Retry-After`` header, None when it said nothing.
    """

    exit_code = 3

    def __init__(self, message: str, retry_after_seconds: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


class NotServed(IneditError):
    """No model saw the call: no connection, or the server failed (5xx). Not billed; worth retrying."""

    exit_code = 3


class MaybeBilled(IneditError):
    """The call was sent and its answer is lost: nobody here knows whether it will be on the invoice.

    ``response_id`` is the provider's name for the call when it is known, for the reconciliation.
    """

    exit_code = 3

    def __init__(self, message: str, response_id: str = "") -> None:
        super().__init__(message)
        self.response_id = response_id


class Uncounted(MaybeBilled):
    """The call was answered, yet what it consumed cannot be told (no usage, or tokens of an unpriced kind).

    Every further call to the same model would end the same way: no retry fixes it.
    """
