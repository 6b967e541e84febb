"""Trials of one cell that the studio carries out itself, one at a time. Their answers are kept in the database."""

from __future__ import annotations

import asyncio
import logging
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from inedit.archive.admission import Archive
from inedit.bootstrap import Settings, limits_of, open_pipeline, served_model
from inedit.brand.load import Project
from inedit.model import Piece, VariantSpec
from inedit.model.errors import IneditError, WrongInput
from inedit.pipeline.trial import try_cell
from inedit.store import Store

log = logging.getLogger(__name__)

HELD = 20
"""So many trials of this process are held in memory, with why there is no text where there is none."""

SECONDS_TO_END = 20.0
"""How long a call that is under way is waited for when the studio closes, so that its cost is recorded."""


@dataclass(slots=True)
class Trial:
    """One cell that is tried. ``piece`` is what was written, once it is; it stands in no archive."""

    spec: VariantSpec
    model: str
    by: str
    key: str = field(default_factory=lambda: uuid.uuid4().hex)  # its id in the ledger, too
    piece: Piece | None = None
    message: str = ""  # why there is none
    raw: str = ""  # the answer as it came, where it cannot be judged any more
    is_over: bool = False
    thread: threading.Thread | None = None
    _loop: asyncio.AbstractEventLoop | None = None
    _stop: asyncio.Event | None = None

    def cancel(self) -> None:
        """Send nothing more; a call that is under way is finished and recorded."""
        if self._loop is not None and self._stop is not None and not self.is_over:
            self._loop.call_soon_threadsafe(self._stop.set)


@dataclass(slots=True)
class Trials:
    """The trials of one studio, the newest last."""

    all: dict[str, Trial] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def current(self) -> Trial | None:
        """The one under way."""
        return next((one for one in list(self.all.values()) if not one.is_over), None)

    def start(
        self, trial: Trial, project: Project, settings: Settings, store: Store, archive: Callable[[], Archive]
    ) -> Trial:
        """Begin; raises :class:`~.errors.WrongInput` while another one is under way."""
        with self._lock:
            if self.current is not None:
                raise WrongInput("Another cell is being tried: wait until its text is there.")
            for key in list(self.all)[: max(0, len(self.all) - HELD + 1)]:
                del self.all[key]
            work = (trial, project, settings, store, archive)
            trial.thread = threading.Thread(target=_carry_out, args=work, name="inedit-trial", daemon=True)
            self.all[trial.key] = trial
            trial.thread.start()
        return trial

    def end(self) -> None:
        """Before the process ends: a call under way is finished and recorded."""
        if (trial := self.current) is not None and trial.thread is not None:
            trial.cancel()
            trial.thread.join(SECONDS_TO_END)


def _carry_out(
    trial: Trial, project: Project, settings: Settings, store: Store, archive: Callable[[], Archive]
) -> None:
    try:
        trial.piece = asyncio.run(_written(trial, project, settings, store, archive))
    except IneditError as error:
        trial.message = str(error)
    except Exception as error:
        log.exception("The cell could not be tried")
        trial.message = f"{type(error).__name__}: {error}"
    finally:
        trial.is_over = True


async def _written(
    trial: Trial, project: Project, settings: Settings, store: Store, archive: Callable[[], Archive]
) -> Piece | None:
    trial._loop, trial._stop = asyncio.get_running_loop(), asyncio.Event()
    campaign = project.brand.campaigns[trial.spec.campaign_id]
    with served_model(settings) as address:
        async with open_pipeline(
            project,
            replace(settings, advisor=""),
            store,
            address,
            concurrency=1,
            limits=limits_of(campaign, None),
        ) as pipeline:
            return await try_cell(
                pipeline, archive(), campaign, trial.spec, run_id=trial.key, by=trial.by, stop=trial._stop
            )
