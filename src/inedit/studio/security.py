"""What every request has to pass before a page sees it, and the headers that every answer carries.

The studio trusts nobody for being on this machine: a page of another site that the same browser has open, or another
user's process, can reach a loopback port. Against the first stand the Host and Origin checks, the SameSite cookie and
the CSRF token; against the second the start-up token.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from inedit.store import SOON_SECONDS, waiting_at_most

MOST_BYTES = 12_000_000
"""The largest body of a request: a spreadsheet of some ten thousand texts."""

SAFE_METHODS = ("GET", "HEAD")

POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; "
    "img-src 'self' data:; connect-src 'self'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


@dataclass(frozen=True, slots=True)
class Doorkeeper:
    """ASGI middleware: whose hosts are ours (``127.0.0.1:4300``), which origins may change something."""

    app: ASGIApp
    hosts: frozenset[str]
    origins: frozenset[str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may pass, with an eye on the size of the body."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    answered.setdefault(name, value)  # a page may have a stricter policy
                answered.setdefault("cache-control", "no-store")
            await send(message)

        refused = self._refusal(scope["method"], headers)
        if refused is not None:
            await PlainTextResponse(refused.phrase, refused)(scope, receive, dressed)
            return
        with waiting_at_most(SOON_SECONDS):  # for the database: somebody looks at an empty page meanwhile
            await self.app(scope, _bounded(receive), dressed)

    def _refusal(self, method: str, headers: Headers) -> HTTPStatus | None:
        """The status with which a request is turned away; None for one that may pass."""
        if headers.get("host", "").lower() not in self.hosts:
            return HTTPStatus.MISDIRECTED_REQUEST
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MOST_BYTES:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        if method in SAFE_METHODS:
            return None
        origin = headers.get("origin")
        if origin is not None and origin.lower() not in self.origins:
            return HTTPStatus.FORBIDDEN
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return HTTPStatus.FORBIDDEN
        return None


class BodyTooLarge(Exception):
    """A body that did not say its length is longer than :data:`MOST_BYTES`."""


def _bounded(receive: Receive) -> Receive:
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MOST_BYTES:
            raise BodyTooLarge
        return message

    return counted
