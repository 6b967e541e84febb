"""Who is signed in: the start-up token, exchanged for a cookie, and what the process remembers of each browser."""

from __future__ import annotations

import hmac
import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field, replace

MOST_SESSIONS = 500
"""So many browsers are remembered; the one that came first goes first."""

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Session:
    """One browser. ``name`` is the person's, empty until given; ``role`` one of those of :mod:`inedit.studio.page`."""

    id: str
    csrf: str
    name: str = ""
    role: str = "admin"


@dataclass(slots=True)
class Sessions:
    """The sessions of this process, and the token that opens one."""

    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    _known: OrderedDict[str, Session] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def accepts(self, token: str) -> bool:
        """Whether this is the token that was printed."""
        return hmac.compare_digest(token.encode(), self.token.encode())

    def open(self, *, name: str = "", role: str = "admin") -> Session:
        """A new session."""
        session = Session(secrets.token_urlsafe(32), secrets.token_urlsafe(24), clean_name(name), role)
        with self._lock:
            self._known[session.id] = session
            while len(self._known) > MOST_SESSIONS:
                self._known.popitem(last=False)
        return session

    def find(self, session_id: str) -> Session | None:
        """The session that a cookie names."""
        with self._lock:
            return self._known.get(session_id)

    def rename(self, session: Session, name: str) -> Session:
        """The session with a person's name."""
        renamed = replace(session, name=clean_name(name))
        with self._lock:
            self._known[session.id] = renamed
        return renamed


def clean_name(name: str) -> str:
    """A person's name on one line, at most :data:`LONGEST_NAME` characters."""
    return " ".join("".join(c for c in name if c.isprintable()).split())[:LONGEST_NAME]
