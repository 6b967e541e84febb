"""Leases: one holder a place, for as long as it lives, on both databases."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import literal, select, text

from fakes.copies import copy_of
from inedit.archive.leases import AlreadyClaimed, Leases, end_lease
from inedit.store import Store, open_store
from inedit.store.tables import leases

NOTHING_PAID = select(literal(1)).where(text("1 = 0"))
PAID = select(literal(1))


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "sqlite":
        empty = f"sqlite:///{request.getfixturevalue('empty_database')}"
    else:
        empty = request.getfixturevalue("empty_postgres")
    opened = open_store(copy_of(empty, tmp_path))
    yield opened
    opened.close()


def take(held: Leases, lease_key: str = "here", paid: object = NOTHING_PAID) -> bool:
    """Whether the place could be taken."""
    try:
        with held.store.write() as connection:
            held.take(connection, lease_key, paid=paid)  # type: ignore[arg-type]
    except AlreadyClaimed:
        return False
    return True


def test_a_place_has_one_holder_until_it_is_at_rest(store: Store) -> None:
    """The holder may take it again, another one may not, until the piece is there or the place is given back."""
    mine, theirs = Leases(store), Leases(store)
    assert take(mine)
    assert take(mine)
    assert not take(theirs)
    assert theirs.others_at(["here", "there"]) == {"here"}
    assert mine.others_at(["here"]) == set()
    theirs.release(["here"])
    assert not take(theirs), "only the holder gives a place back"
    mine.release(["here"])
    assert take(theirs)
    with store.write() as connection:
        end_lease(connection, "here")
    assert take(mine)


def test_what_was_paid_meanwhile_cannot_be_taken(store: Store) -> None:
    """A holder that slept while another one paid is told so, though the place is free."""
    assert not take(Leases(store), paid=PAID)
    assert take(Leases(store))


def test_a_lease_that_ran_out_is_taken_over(store: Store) -> None:
    """Whoever gives no sign of life for the length of a lease has died; it cannot take its place back."""
    dead, heir = Leases(store, timedelta(seconds=1)), Leases(store)
    assert take(dead)
    assert not take(heir)
    threading.Event().wait(1.1)
    assert heir.others_at(["here"]) == set()
    assert take(heir)
    assert not take(dead)


async def test_a_lease_is_renewed_while_its_holder_lives(store: Store) -> None:
    """Held for twice its length, it is still held; afterwards it runs out."""
    alive, other = Leases(store, timedelta(seconds=1.5)), Leases(store)
    assert take(alive)
    async with alive.renewed(), alive.renewed():
        await asyncio.sleep(3)
        assert not take(other)
    await asyncio.sleep(1.6)
    assert take(other)


def test_of_many_that_reach_for_a_place_one_gets_it(store: Store) -> None:
    """Sixteen threads at once: one holder, and no error."""
    contenders = [Leases(store) for _ in range(16)]
    won: list[bool] = []
    threads = [threading.Thread(target=lambda held=held: won.append(take(held))) for held in contenders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False] * 15 + [True]
    with store.read() as connection:
        assert len(connection.execute(select(leases)).all()) == 1
