"""From a file to verbatims: read, redacted, put under pseudonyms, added; incremental, in flat memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import update

from inedit.insight_loop.field_store import BATCH, add_verbatims, forgotten_among, known_ids
from inedit.insight_loop.observing.files import opened
from inedit.insight_loop.observing.formats import format_of, read_messages
from inedit.insight_loop.observing.messages import Message, Tally
from inedit.insight_loop.observing.participants import Participants
from inedit.insight_loop.pseudonyms import UNKNOWN, alias, pseudonym
from inedit.insight_loop.redaction import redact
from inedit.insight_loop.verbatims import Place, Verbatim
from inedit.store import Store, canonical_json, insert_into, utc_now, utc_text
from inedit.store.tables import author_aliases, observations

Progress = Callable[[int, int, int], None]
"""Is told the bytes read, the bytes of the file, and the messages so far."""


@dataclass(slots=True)
class Observation:
    """What an import did. ``read`` counts messages with text by people; ``cut`` is empty for a file that is whole."""

    place: str
    format: str
    dry_run: bool = False
    read: int = 0
    added: int = 0
    known: int = 0
    redactions: dict[str, int] = field(default_factory=dict)
    skipped: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    cut: str = ""

    def as_json(self) -> dict[str, Any]:
        """For scripts."""
        return asdict(self)


def observe(
    store: Store,
    key: bytes,
    place: Place,
    file: Path | BinaryIO,
    *,
    format: str | None = None,
    columns: Mapping[str, str] | None = None,
    chat: str | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Observation:
    """Import a file, by its path or open, into a place. What is known already is neither redacted nor written again.

    A file that ends too early is read up to there; the observation says so. Raises
    :class:`~.errors.WrongInput` for one that cannot be read at all.
    """
    tally = Tally()
    with opened(file, tally) as (stream, source):
        done = Observation(place.id, format or format_of(stream, tally), dry_run)
        number = None if dry_run else _begin(store, done)
        found = read_messages(
            stream, done.format, tally, scope=f"{place.platform}:{place.id}", columns=columns or {}, chat=chat
        )
        counts, participants, size = Counter[str](), Participants(), source.size
        while batch := list(islice(found, BATCH)):
            _add(store, key, place, batch, participants, counts, done, number)
            if progress:
                progress(source.position, size, done.read)
    done.redactions, done.skipped = dict(counts), dict(tally.skipped)
    done.notes, done.cut = tally.notes, tally.cut
    if not (done.read or done.skipped or done.notes or done.cut):
        done.notes.append(f"No message was found: is this {done.format}?")
    if number is not None:
        _end(store, number, done)
    return done


def _add(
    store: Store, key: bytes, place: Place, batch: list[Message], participants: Participants,
    counts: Counter[str], done: Observation, number: int | None,
) -> None:  # fmt: skip
    ids = {pseudonym(key, "message", message.scope, message.id): message for message in batch}
    done.read += len(batch)
    known = known_ids(store, ids)
    aliases: dict[str, set[str]] = {}
    for message in batch:
        participants.add((*message.aliases, *message.mentioned))
    fresh = {id: message for id, message in ids.items() if id not in known}
    verbatims = list(_verbatims(key, place, fresh, participants, counts, aliases))
    done.known += len(batch) - len(fresh)
    if number is None:
        done.added += len(verbatims)
        return
    done.added += add_verbatims(store, verbatims, observation_id=number)
    _put_aliases(store, aliases)


def _verbatims(
    key: bytes, place: Place, fresh: Mapping[str, Message], participants: Participants, counts: Counter[str],
    aliases: dict[str, set[str]],
) -> Iterator[Verbatim]:  # fmt: skip
    for id, message in fresh.items():
        language = message.language or place.language
        names = participants.named_in(message.text)
        names += [f"@{name}" for name in message.mentioned if f"@{name}" in message.text]
        redacted = redact(message.text, language, sorted(names, key=len, reverse=True))
        counts.update(redacted.counts)
        author = author_of(key, message.scope, message.author)
        if message.author != UNKNOWN:
            for name in participants.new_names(author, (message.author, *message.aliases)):
                aliases.setdefault(author, set()).add(alias(key, name))
        reply = pseudonym(key, "message", message.scope, message.reply_to) if message.reply_to else None
        yield Verbatim(id, place.id, author, message.at, language, redacted.text, reply, message.consent)


def author_of(key: bytes, scope: str, author: str) -> str:
    """The pseudonym of an account. The chats of a Telegram account share their people; a table has its own."""
    platform = scope.partition(":")[0] if scope.startswith("telegram:") else scope
    return pseudonym(key, "author", platform, author)


def _put_aliases(store: Store, aliases: Mapping[str, Iterable[str]]) -> None:
    if not aliases:
        return
    with store.write() as connection:
        gone = forgotten_among(connection, aliases)
        values = [
            {"alias": one, "author": author}
            for author, all_of_it in aliases.items()
            if author not in gone
            for one in sorted(all_of_it)
        ]
        if values:
            connection.execute(insert_into(connection, author_aliases).on_conflict_do_nothing(), values)


def _begin(store: Store, done: Observation) -> int:
    with store.write() as connection:
        row = connection.execute(
            observations.insert()
            .values(place_id=done.place, format=done.format, started_at=utc_text(utc_now()))
            .returning(observations.c.id)
        )
        return int(row.scalar_one())


def _end(store: Store, number: int, done: Observation) -> None:
    with store.write() as connection:
        connection.execute(
            update(observations)
            .where(observations.c.id == number)
            .values(
                ended_at=utc_text(utc_now()), read=done.read, added=done.added, cut=done.cut or None,
                redactions=canonical_json(done.redactions),
            )
        )  # fmt: skip
