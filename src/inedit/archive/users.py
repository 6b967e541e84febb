"""The people who may enter the studio, each with one role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from inedit.model.errors import WrongInput
from inedit.store import Store, insert_into, utc_text
from inedit.store.tables import studio_users

ROLES = ("marketer", "reviewer", "finance", "admin")


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who signs in by name; ``password_hash`` is argon2's own text, with its salt and its costs."""

    name: str
    role: str
    password_hash: str
    added_at: str


def read_users(store: Store) -> tuple[User, ...]:
    """Everybody, by name; nobody where the start-up token opens the studio."""
    with store.read() as connection:
        return tuple(User(*row) for row in connection.execute(select(studio_users).order_by("name")))


def find_user(store: Store, name: str) -> User | None:
    """The user of that very name."""
    with store.read() as connection:
        row = connection.execute(select(studio_users).where(studio_users.c.name == name)).first()
    return None if row is None else User(*row)


def add_user(store: Store, name: str, role: str, password_hash: str, *, now: datetime) -> None:
    """Let somebody in. Raises :class:`~.errors.WrongInput` for a name that is taken or a role that is none."""
    row = {"name": name, "role": _known(role), "password_hash": password_hash, "added_at": utc_text(now)}
    with store.write() as connection:
        added = connection.execute(
            insert_into(connection, studio_users).on_conflict_do_nothing(), row
        ).rowcount
    if not added:
        raise WrongInput(f"There is a user '{name}' already.")


def set_role(store: Store, name: str, role: str) -> None:
    """Give somebody another role; it holds from their next click on."""
    _change(store, name, role=_known(role))


def set_password(store: Store, name: str, password_hash: str) -> None:
    """Give somebody another password; whoever is signed in by the old one is signed out."""
    _change(store, name, password_hash=password_hash)


def remove_user(store: Store, name: str) -> None:
    """Let somebody in no more; what they did keeps their name."""
    with store.write() as connection:
        gone = connection.execute(delete(studio_users).where(studio_users.c.name == name)).rowcount
    if not gone:
        raise WrongInput(f"There is no user '{name}'.")


def _change(store: Store, name: str, **values: str) -> None:
    with store.write() as connection:
        changed = connection.execute(
            update(studio_users).where(studio_users.c.name == name).values(values)
        ).rowcount
    if not changed:
        raise WrongInput(f"There is no user '{name}'.")


def _known(role: str) -> str:
    if role not in ROLES:
        raise WrongInput(f"'{role}' is not a role. There is: {', '.join(ROLES)}.")
    return role
