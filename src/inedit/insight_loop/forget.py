"""*Forget*: one person taken out of everything that is kept, with the proof."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from shutil import rmtree
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, delete, func, select, text, update

from inedit.archive.block_files import ENDING
from inedit.archive.place import EMPTIED, INDEX
from inedit.insight_loop.field_store import forgotten_sha
from inedit.insight_loop.pseudonyms import HEX_DIGITS, alias
from inedit.model.errors import WrongInput
from inedit.store import Store, insert_into, utc_now, utc_text
from inedit.store.erasure import Quotes, erase_quotes, quoting_rows, rows_of_verbatims
from inedit.store.tables import author_aliases, forgotten_authors, verbatims

EDITED = (".yaml", ".yml", ".j2", ".md")
"""Files that people edit: they are named, never altered."""

EXPORTED = (".csv", ".jsonl", ".json", ".txt", ".html", ".md", ".po", ".mjml", ".xml")
PACKED = (".xlsx", ".docx", ".zip", ".parquet")
BYTES_LOOKED_FOR = 200
"""Verbatims whose words are looked for in the bytes of the database's files."""


@dataclass(slots=True)
class Forgotten:
    """What was taken out, and what a search found afterwards.

    ``found_after`` must be 0. ``left`` names what only a person can change: insights that people wrote, backups.
    """

    author: str
    verbatims: int = 0
    places: tuple[str, ...] = ()
    rows: dict[str, int] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    found_after: int = 0
    searched: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """For scripts."""
        return asdict(self)


def find_author(store: Store, key: bytes, who: str) -> str:
    """The pseudonym of the author whom a place shows as ``who``: an id, a handle, a name, or the pseudonym itself.

    Raises :class:`~.errors.WrongInput` for nobody, and for several: each is named, so that one can be chosen.
    """
    with store.read() as connection:
        if re.fullmatch(rf"[0-9a-f]{{{HEX_DIGITS}}}", who.strip().lower()):
            mine = verbatims.c.author == who.strip().lower()
            if connection.execute(select(verbatims.c.id).where(mine).limit(1)).first():
                return who.strip().lower()
        query = select(author_aliases.c.author).where(author_aliases.c.alias == alias(key, who))
        found = sorted(set(connection.execute(query).scalars()))
        described = [_described(connection, author) for author in found]
    if not found:
        raise WrongInput(
            f"Nobody called '{who}' is in the field. Give the id, the handle or the name as the platform "
            f"shows it, or the "
            "pseudonym. (Who was forgotten before is not found either.)"
        )
    if len(found) > 1:
        raise WrongInput(
            f"{len(found)} people are called '{who}'. Give one pseudonym: {'; '.join(described)}."
        )
    return str(found[0])


def verbatims_of(store: Store, author: str) -> int:
    """How many verbatims of an author are kept."""
    with store.read() as connection:
        query = select(func.count()).select_from(verbatims).where(verbatims.c.author == author)
        return int(connection.execute(query).scalar_one())


def forget(store: Store, author: str, root: Path) -> Forgotten:
    """Take an author out: verbatims, what refers to them, quotations in answers and pieces, exports below ``root``.

    Nothing that he or she says is imported again. Money stays in the ledger.
    """
    done = Forgotten(author)
    with store.write() as connection:
        mine = verbatims.c.author == author
        rows_of_author = connection.execute(
            select(verbatims.c.id, verbatims.c.text, verbatims.c.place_id).where(mine)
        ).all()
        done.verbatims, done.places = (
            len(rows_of_author),
            tuple(sorted({row.place_id for row in rows_of_author})),
        )
        quotes = Quotes(row.text for row in rows_of_author)
        ids = [row.id for row in rows_of_author]
        rows = Counter({"verbatims": connection.execute(delete(verbatims).where(mine)).rowcount})
        rows["author_aliases"] = connection.execute(
            delete(author_aliases).where(author_aliases.c.author == author)
        ).rowcount
        for start in range(0, len(ids), 500):
            replies = verbatims.c.reply_to.in_(ids[start : start + 500])
            rows["replies"] += connection.execute(
                update(verbatims).where(replies).values(reply_to=None)
            ).rowcount
        rows += rows_of_verbatims(connection, ids)
        rows += erase_quotes(connection, quotes)
        connection.execute(
            insert_into(connection, forgotten_authors)
            .values(author_sha=forgotten_sha(author), forgotten_at=utc_text(utc_now()))
            .on_conflict_do_nothing()
        )
    done.rows = {name: count for name, count in rows.items() if count}
    done.files = list(_out_of_exports(root, quotes, author))
    _empty_index(root / INDEX)
    _overwrite(store)
    done.left = [*_edited_files(root, quotes), *_backups(store), *_incoming(root)]
    _prove(store, done, quotes, [row.text for row in rows_of_author])
    done.left += _kept_in_index(root)
    done.searched.append(f"the names of the files in {INDEX}")
    return done


def _described(connection: Connection, author: str) -> str:
    mine = verbatims.c.author == author
    query = select(func.count(), func.min(verbatims.c.at), func.max(verbatims.c.at)).where(mine)
    count, first, last = connection.execute(query).one()
    return f"{author} ({count} verbatims, {str(first)[:10]} to {str(last)[:10]})"


def _out_of_exports(root: Path, quotes: Quotes, author: str) -> Iterator[str]:
    """The files of the project's exports that were altered, or deleted where they cannot be."""
    for file in sorted((root / ".inedit" / "exports").rglob("*")):
        suffix = file.suffix.lower()
        if suffix in EXPORTED:
            before = file.read_text(encoding="utf-8", errors="surrogateescape")
            after = quotes.without(before).replace(author, "[removed]")
            if after != before:
                file.write_text(after, encoding="utf-8", errors="surrogateescape")
                yield f"{file.relative_to(root)}: taken out"
        elif suffix in PACKED and any(_names(content, quotes, author) for content in _contents(file)):
            file.unlink()
            yield f"{file.relative_to(root)}: deleted"


def _names(content: str, quotes: Quotes, author: str) -> bool:
    return author in content or quotes.without(content) != content


def _contents(file: Path) -> Iterator[str]:
    """The texts inside a packed file, its markup left out; its bytes where it is of another kind."""
    try:
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                yield re.sub(r"<[^>]+>", " ", archive.read(name).decode("utf-8", "replace"))
    except zipfile.BadZipFile:
        yield file.read_bytes().decode("utf-8", "replace")


def _edited_files(root: Path, quotes: Quotes) -> Iterator[str]:
    """Files that people wrote in which he or she is quoted."""
    for folder in ("brand_data", "prompts"):
        for file in sorted((root / folder).rglob("*")):
            if file.suffix in EDITED:
                for number, line in enumerate(
                    file.read_text(encoding="utf-8", errors="replace").splitlines(), 1
                ):
                    if quotes.without(line) != line:
                        yield f"{file.relative_to(root)}:{number} quotes this person: reword or retire the entry"


def _backups(store: Store) -> Iterator[str]:
    if store.is_sqlite:
        path = Path(str(store.engine.url.database))
        for backup in sorted(path.parent.glob(f"{path.name}*.backup")):
            yield f"{backup.name} is a backup from before: delete it once it is not needed"


def _incoming(root: Path) -> Iterator[str]:
    """Exports as the platform wrote them: whoever is forgotten may stand in them by name."""
    for file in sorted((root / ".inedit" / "incoming").glob("*")):
        yield f"{file.relative_to(root)} is an export with names in it: delete it once it is imported"


def _empty_index(folder: Path) -> None:
    """It is made again from what is left. What other processes have read of it is kept by none of them afterwards."""
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / EMPTIED).write_text(uuid4().hex, encoding="utf-8")
    for part in folder.glob("*"):
        if part.is_dir():
            rmtree(part, ignore_errors=True)  # what cannot be deleted is found below
        elif part.name != EMPTIED:
            with suppress(OSError):
                part.unlink()


def _kept_in_index(root: Path) -> Iterator[str]:
    """Blocks that are in the index all the same: another program has them open, or was just writing them."""
    for file in sorted((root / INDEX).rglob(f"*{ENDING}*")):
        yield (
            f"{file.relative_to(root)} may hold hashes of this person's words: end what runs in this project, "
            "and delete it"
        )


def _overwrite(store: Store) -> None:
    """Make the database's own files forget: deleted rows stay in them until their pages are written anew."""
    if store.is_sqlite:
        with store.engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            assert raw is not None  # noqa: S101  it is connected
            raw.commit()
            with suppress(Exception):  # another connection is at work: the search below tells
                raw.execute("VACUUM")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _prove(store: Store, done: Forgotten, quotes: Quotes, texts: list[str]) -> None:
    with store.read() as connection:
        for table, column in (("verbatims", verbatims.c.author), ("author_aliases", author_aliases.c.author)):
            found = connection.execute(
                select(func.count()).select_from(column.table).where(column == done.author)
            )
            done.found_after += int(found.scalar_one())
            done.searched.append(table)
        done.found_after += quoting_rows(connection, quotes)
        done.searched.append("every text of the database but the ledger's")
        if not store.is_sqlite:
            connection.execute(text("SELECT 1"))
    if store.is_sqlite:
        needles = [done.author.encode(), *_longest(texts)]
        path = Path(str(store.engine.url.database))
        for file in (path, path.with_name(f"{path.name}-wal")):
            if file.exists():
                done.found_after += _occurrences(file, needles)
                done.searched.append(f"the bytes of {file.name}")


def _longest(texts: Iterable[str]) -> list[bytes]:
    """The words that are looked for byte by byte: only texts long enough to be one person's."""
    long = sorted({words for words in texts if len(words) >= 40}, key=len, reverse=True)
    return [words[:200].encode() for words in long[:BYTES_LOOKED_FOR]]


def _occurrences(file: Path, needles: list[bytes]) -> int:
    found, overlap, before = 0, max(map(len, needles)), b""
    with file.open("rb") as stream:
        while chunk := stream.read(1 << 22):
            window = before + chunk
            found += sum(needle in window for needle in needles)
            before = window[-overlap:]
    return found
