"""A link to what waits, by e-mail or to a webhook. Nothing is sent unless the environment says where to."""

from __future__ import annotations

import json
import smtplib
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from inedit.model.errors import ProviderFailure, WrongInput

SECONDS = 10


@dataclass(frozen=True, slots=True)
class Channels:
    """Where messages go. ``smtp`` is ``smtp://``, ``smtp+starttls://`` or ``smtps://``, with user and password where
    the server asks for them; ``sender`` stands in From; ``webhook`` takes a JSON object by POST. Each may be empty."""

    smtp: str = ""
    sender: str = ""
    webhook: str = ""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Channels:
        """``INEDIT_SMTP_URL`` with ``INEDIT_MAIL_FROM``, and ``INEDIT_WEBHOOK_URL``."""
        return cls(
            environ.get("INEDIT_SMTP_URL", ""),
            environ.get("INEDIT_MAIL_FROM", ""),
            environ.get("INEDIT_WEBHOOK_URL", ""),
        )

    def reach(self, email: str) -> bool:
        """Whether a message to somebody goes anywhere."""
        return bool(self.webhook or (self.smtp and self.sender and email))


@dataclass(frozen=True, slots=True)
class Notice:
    """What somebody is told: a subject, a sentence, a link."""

    reviewer: str
    email: str
    subject: str
    text: str
    link: str
    waiting: int
    due: str


def send(channels: Channels, notice: Notice) -> None:
    """Send a notice by every channel that there is. Raises :class:`~.errors.ProviderFailure` when one fails: the
    address of a server is told, its password never."""
    if channels.smtp and channels.sender and notice.email:
        _mail(channels, notice)
    if channels.webhook:
        _post(channels.webhook, notice)


def _mail(channels: Channels, notice: Notice) -> None:
    parts = urlsplit(channels.smtp)
    if parts.scheme not in ("smtp", "smtp+starttls", "smtps") or not parts.hostname:
        raise WrongInput(
            "INEDIT_SMTP_URL is smtp://HOST:PORT, smtp+starttls://USER:PASSWORD@HOST or smtps://…"
        )
    message = EmailMessage()
    try:
        message["From"], message["To"], message["Subject"] = channels.sender, notice.email, notice.subject
    except ValueError as error:
        raise WrongInput(f"'{notice.email}' is not an e-mail address.") from error
    message.set_content(f"{notice.text}\n\n{notice.link}\n")
    safe = ssl.create_default_context()
    port = parts.port or {"smtp": 25, "smtp+starttls": 587, "smtps": 465}[parts.scheme]
    try:
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(parts.hostname, port, timeout=SECONDS, context=safe)
        else:
            server = smtplib.SMTP(parts.hostname, port, timeout=SECONDS)
        with server:
            if parts.scheme == "smtp+starttls":
                server.starttls(context=safe)
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise ProviderFailure(
            f"The mail server at {parts.hostname} took no message: {type(error).__name__}."
        ) from None


def _post(address: str, notice: Notice) -> None:
    host = urlsplit(address).hostname
    if not address.startswith(("https://", "http://")) or not host:
        raise WrongInput("INEDIT_WEBHOOK_URL is an address that begins with https:// or http://.")
    body = {
        "text": f"{notice.text}\n{notice.link}", "reviewer": notice.reviewer, "waiting": notice.waiting,
        "due": notice.due or None, "link": notice.link,
    }  # fmt: skip
    request = urllib.request.Request(  # noqa: S310  # the scheme was looked at
        address, json.dumps(body, ensure_ascii=False).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=SECONDS):  # noqa: S310
            return
    except (OSError, ValueError) as error:
        reason = error.code if isinstance(error, urllib.error.HTTPError) else type(error).__name__
        raise ProviderFailure(f"The webhook at {host} took no message: {reason}.") from None
