"""Passwords: kept as argon2id, tried a few times only."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from inedit.archive.users import User, find_user
from inedit.model.errors import WrongInput
from inedit.store import Store

SHORTEST, LONGEST = 12, 200
"""Characters of a password. Longer is better than stranger (NIST SP 800-63B), and no rule asks for a digit."""

MOST_TRIES = 5
LOCKED = timedelta(minutes=15)
"""After so many wrong passwords in that time, a name is not let in for as long."""

MOST_NAMES = 10_000
"""So many names are remembered whose password was wrong; the one that came first goes first."""

_hasher = PasswordHasher()
_at_once = threading.BoundedSemaphore(2)
"""A verification takes 64 MiB: however many people try, no more than two run at a time."""

_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$YgpkjTtwhB+tw95LWNUDFQ$HdlRoUzgaQ8MhBGdSiN3Gt7e0YhAyo3RuIa4q9SxUYU"
"""What a password is held against for a name that nobody has, so that it takes as long to be refused."""


def hashed(password: str) -> str:
    """A password as it is kept. Raises :class:`~.errors.WrongInput` for one that is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise WrongInput(f"A password has {SHORTEST} to {LONGEST} characters.")
    return _hasher.hash(password)


@dataclass(slots=True)
class Gate:
    """Who is let in. One instance serves all threads of a process; a restart forgets wrong tries."""

    store: Store
    clock: Callable[[], datetime]
    _tries: OrderedDict[str, list[datetime]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def sign_in(self, name: str, password: str) -> User | None:
        """The user, when the password is theirs and the name is not locked.

        A try counts before it is looked at: many at once are no more than many after one another.
        """
        if not self._may_try(name):
            return None
        user = find_user(self.store, name)
        with _at_once:
            right = _holds(user.password_hash if user else _NOBODY, password[: LONGEST + 1])
        if user is None or not right:
            return None
        with self._lock:
            self._tries.pop(name, None)
        return user

    def is_locked(self, name: str) -> bool:
        """Whether a name has had its tries."""
        with self._lock:
            return len(self._recent(name)) >= MOST_TRIES

    def _may_try(self, name: str) -> bool:
        with self._lock:
            recent = self._recent(name)
            if len(recent) >= MOST_TRIES:
                return False
            self._tries[name] = [*recent, self.clock()]
            while len(self._tries) > MOST_NAMES:
                self._tries.popitem(last=False)
            return True

    def _recent(self, name: str) -> list[datetime]:
        return [at for at in self._tries.get(name, ()) if self.clock() - at < LOCKED]


def _holds(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
