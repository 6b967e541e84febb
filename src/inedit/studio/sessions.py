"""Who is signed in: the start-up token, exchanged for a cookie, and what the process remembers of each browser."""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field, replace

MOST_SESSIONS = 500
"""So many browsers are remembered; the one that came first goes first."""

LONGEST_NAME = 80

LONGEST_SECONDS = 12 * 3600.0
"""A session ends so long after it began: a working day."""


@dataclass(frozen=True, slots=True)
class Session:
    """One browser. ``name`` is the person's, empty until given; ``role`` one of those of :mod:`inedit.studio.page`."""

    id: str
    csrf: str
    name: str = ""
    role: str = "admin"
    password_hash: str = ""  # of the user who signed in; empty for whoever came by the start-up token
    began: float = field(default_factory=time.monotonic)

    @property
    def is_users(self) -> bool:
        """Whether a user signed in, by name and password."""
        return bool(self.password_hash)


@dataclass(slots=True)
class Sessions:
    """The sessions of this process, and the token that opens one."""

    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    _known: OrderedDict[str, Session] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def accepts(self, token: str) -> bool:
        """Whether this is the token that was printed."""
        return hmac.compare_digest(token.encode(), self.token.encode())

    def open(self, *, name: str = "", role: str = "admin", password_hash: str = "") -> Session:
        """A new session."""
        id, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(24)
        session = Session(id, csrf, clean_name(name), role, password_hash)
        with self._lock:
            self._known[session.id] = session
            while len(self._known) > MOST_SESSIONS:
                self._known.popitem(last=False)
        return session

    def find(self, session_id: str) -> Session | None:
        """The session that a cookie names."""
        with self._lock:
            session = self._known.get(session_id)
        if session is not None and time.monotonic() - session.began > LONGEST_SECONDS:
            self.close(session)
            return None
        return session

    def close(self, session: Session) -> None:
        """Forget a session: its cookie opens nothing any more."""
        with self._lock:
            self._known.pop(session.id, None)

    def rename(self, session: Session, name: str) -> Session:
        """The session with a person's name."""
        renamed = replace(session, name=clean_name(name))
        with self._lock:
            self._known[session.id] = renamed
        return renamed


def clean_name(name: str) -> str:
    """A person's name on one line, at most :data:`LONGEST_NAME` characters."""
    return " ".join("".join(c for c in name if c.isprintable()).split())[:LONGEST_NAME]
