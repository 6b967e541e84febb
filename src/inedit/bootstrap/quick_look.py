"""What a plan asks of the project's database, read from an SQLite file by the driver alone.

SQLAlchemy and the tables in it take a quarter of the time in which a plan is shown. Whatever is not as usual (a file
that is not there, of another form, held by another program or not to be written; Postgres) is left to the store, which
makes, migrates, waits and explains.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inedit.archive.slots import Slot
from inedit.bootstrap.ledger import open_price_book
from inedit.bootstrap.project import database_url
from inedit.brand.preferences import NO_PREFERENCES, Preferences
from inedit.ledger.journal.means import MeanUsage
from inedit.ledger.pricing.prices import PriceBook
from inedit.model import Status
from inedit.model.errors import StoreError
from inedit.store.form import HEAD

if TYPE_CHECKING:
    from inedit.bootstrap.settings import Settings
    from inedit.brand.schema import Campaign
    from inedit.pipeline.services import PaidBefore, Prices

_VERSION = "SELECT version_num FROM alembic_version"
_TESTS = "SELECT 1 FROM experiments LIMIT 1"
_STATUSES = "SELECT spec_key, status FROM pieces WHERE campaign_id = ? ORDER BY edition"
_GENERIC = "SELECT 1 FROM baselines WHERE prompt_sha = ? AND model = ? AND number = ? AND text IS NOT NULL"
_MEANS = """
SELECT count(*), avg(input_tokens), avg(cached_tokens), avg(output_tokens), avg(nullif(latency_ms, 0))
FROM ledger_entries
WHERE kind = 'call' AND purpose = 'draft' AND provider = :provider AND model = :model
    AND instr(coalesce(details, ''), :texts) > 0 = :several
"""


@dataclass(frozen=True, slots=True)
class Past:
    """What a forecast is made from: what the archive has, what the ledger knows, what A/B tests prefer."""

    archive: PaidBefore
    ledger: Prices
    preferences: Preferences


@contextmanager
def past_of(settings: Settings, root: Path, campaign: Campaign, *, by_turn: bool) -> Iterator[Past]:
    """The past of a campaign, for as long as the block lasts; ``by_turn``: whatever tests say.

    Raises :class:`~.errors.StoreError` where the database cannot be used.
    """
    with _usual_file(database_url(settings, root)) as connection:
        if connection is not None:
            look = QuickLook(connection, open_price_book(root, settings))
            if by_turn or not (campaign.experiments.prefer and look.has_tests):
                yield Past(look, look, NO_PREFERENCES)
                return
    from inedit.archive.paid_before import PaidBefore
    from inedit.bootstrap.ledger import open_ledger
    from inedit.bootstrap.pipeline import preferences_of
    from inedit.bootstrap.project import open_project_store

    with open_project_store(settings, root) as store:
        preferences = NO_PREFERENCES if by_turn else preferences_of(store, campaign)
        yield Past(PaidBefore(store), open_ledger(store, root, settings), preferences)


@dataclass(frozen=True, slots=True)
class QuickLook:
    """The archive and the ledger as far as a forecast asks them; what both say, they say as the store does."""

    connection: sqlite3.Connection
    prices: PriceBook

    @property
    def history(self) -> QuickLook:
        """What earlier calls took."""
        return self

    @property
    def has_tests(self) -> bool:
        """Whether there is an A/B test, which may have taught something."""
        return bool(self._rows(_TESTS))

    def statuses(self, campaign_id: str) -> dict[str, Status]:
        """What became of the newest piece at each place of a campaign, by variant key."""
        return {key: Status(status) for key, status in self._rows(_STATUSES, (campaign_id,))}

    def generic_texts_at(self, places: Sequence[Slot]) -> set[Slot]:
        """Those of the places of generic texts that have been paid for."""
        return {one for one in places if self._rows(_GENERIC, (one.prompt_sha, one.model, one.number))}

    def mean_usage(self, *, provider: str, model: str, candidates: int = 1) -> MeanUsage | None:
        """Mean consumption of a model's drafts so far; None when it has written none."""
        several = candidates > 1
        asked = {
            "provider": provider, "model": model, "several": several,
            "texts": f'"candidates":{candidates if several else ""}',
        }  # fmt: skip
        return MeanUsage.of(*self._rows(_MEANS, asked)[0])

    def _rows(self, query: str, values: Sequence[object] | Mapping[str, object] = ()) -> list[Any]:
        try:
            return self.connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise StoreError(
                f"The project's database cannot be read: `inedit ledger verify` says what is damaged. ({error})"
            ) from error


@contextmanager
def _usual_file(address: str) -> Iterator[sqlite3.Connection | None]:
    """A connection to read one unchanging state of an SQLite file by; None where anything is not as usual."""
    path = Path(address.removeprefix("sqlite:///"))
    if not address.startswith("sqlite:///") or any(mark in address for mark in "?%") or not _is_ours(path):
        yield None
        return
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=0)
    except sqlite3.Error:  # not to be read, or taken away just now
        yield None
        return
    with closing(connection):
        yield connection if _is_as_usual(connection) else None


def _is_ours(path: Path) -> bool:
    return path.is_file() and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _is_as_usual(connection: sqlite3.Connection) -> bool:
    """Whether it has the form that this program knows; the state that is read is the present one."""
    try:
        connection.isolation_level = None
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA query_only = ON")
        connection.execute("BEGIN")
        return connection.execute(_VERSION).fetchall() == [(HEAD,)]
    except sqlite3.Error:
        return False
