"""Runs that the studio carries out itself: one at a time, in a thread with an event loop of its own."""

from __future__ import annotations

import asyncio
import logging
import secrets
import threading
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from inedit.archive.requests import put_request
from inedit.archive.runs import end_run
from inedit.bootstrap import Batching, Settings, limits_of, open_pipeline, open_project_store, served_model
from inedit.brand.load import load_project
from inedit.encoding import Encoder
from inedit.model import Approval, Piece, Severity, VariantSpec
from inedit.model.errors import IneditError, WrongInput
from inedit.orchestration.forms import ProduceForm, options_of, settings_of
from inedit.pipeline import Run, begin_run, run_campaign
from inedit.pipeline.task import Event, Options

log = logging.getLogger(__name__)

LINES = 12
"""Newest happenings that a page shows."""

SECONDS_TO_START, SECONDS_TO_END = 1.5, 20.0
"""How long somebody waits to hear that a run cannot begin, and at the end for calls under way to be recorded."""

RUNNING, ENDING, COMPLETE, STOPPED, FAILED = "running", "ending", "complete", "stopped", "failed"

Happening = tuple[str, VariantSpec, str, tuple[str, ...]]


def outcome_of(piece: Piece) -> str:
    """What became of a piece, in a word: its status, or ``waiting`` for one that the checks accept and a person has to
    read."""
    return "waiting" if piece.approval is Approval.PENDING else piece.status.value


@dataclass(slots=True)
class LiveRun:
    """A run as people follow it. ``lines`` have no text of a draft: what became of it, the variant, the piece's id, and
    the checks that sent a draft back."""

    form: ProduceForm
    by: str
    options: Options | None = None  # those of the form, unless named pieces are written again
    back: str = ""  # where its one text will be read
    key: str = field(default_factory=lambda: secrets.token_hex(8))
    run_id: str = ""  # once it has begun: a model may have to be loaded first
    planned: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    drafts: int = 0
    lines: deque[Happening] = field(default_factory=lambda: deque(maxlen=LINES))
    state: str = RUNNING
    message: str = ""
    _loop: asyncio.AbstractEventLoop | None = None
    _stop: asyncio.Event | None = None
    _known: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    @property
    def done(self) -> int:
        """Pieces that were completed, and those that were there already."""
        return sum(self.counts.values())

    @property
    def is_over(self) -> bool:
        """Whether nothing happens any more."""
        return self.state not in (RUNNING, ENDING)

    def cancel(self) -> None:
        """Make no new call; those under way are finished and recorded."""
        if self._loop is not None and self._stop is not None and not self.is_over:
            self.state = ENDING
            self._loop.call_soon_threadsafe(self._stop.set)

    def see(self, event: Event) -> None:
        """Take one event of the run."""
        if event.kind == "requested":
            self.drafts += 1
        elif event.kind == "refused":
            checks = dict.fromkeys(f.check for f in event.findings if f.severity is not Severity.NOTE)
            self.lines.append(("refused", event.spec, "", tuple(checks)))
        elif event.piece is not None:
            is_skipped = event.kind == "skipped"
            if is_skipped and self.options is not None:
                return  # what is not written again is not part of it
            state = outcome_of(event.piece)
            self.counts["kept" if is_skipped else state] += 1
            if not is_skipped:
                self.lines.append((state, event.spec, event.piece.id, ()))


@dataclass(slots=True)
class Runs:
    """The runs of one studio, the newest last."""

    root: Path
    settings: Settings
    encoder: Callable[[], Encoder]
    all: dict[str, LiveRun] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def current(self) -> LiveRun | None:
        """The one under way."""
        return next((run for run in self.all.values() if not run.is_over), None)

    def start(
        self, form: ProduceForm, *, by: str, run_id: str | None = None, options: Options | None = None
    ) -> LiveRun:
        """Begin a run, or go on with one; ``options`` stand in the place of the form's.

        Raises :class:`~.errors.WrongInput` when one is under way, or this one could not begin.
        """
        with self._lock:
            if (other := self.current) is not None:
                raise WrongInput(f"A run of '{other.form.campaign}' is under way: cancel it, or wait.")
            live = LiveRun(form, by, options)
            live._thread = threading.Thread(
                target=self._carry_out, args=(live, run_id), name="inedit-run", daemon=True
            )
            live._thread.start()
            live._known.wait(SECONDS_TO_START)
            if live.is_over and not live.run_id:
                raise WrongInput(live.message)
            self.all[live.key] = live
            return live

    def end(self) -> None:
        """Before the process ends: calls under way are finished and recorded."""
        if (run := self.current) is not None and run._thread is not None:
            run.cancel()
            run._thread.join(SECONDS_TO_END)

    def _carry_out(self, live: LiveRun, run_id: str | None) -> None:
        try:
            run = asyncio.run(self._written(live, run_id))
            live.message = run.stopped
            live.state = STOPPED if run.stopped else COMPLETE
        except IneditError as error:
            live.message, live.state = str(error), FAILED
        except Exception as error:
            log.exception("The run could not be carried out")
            live.message, live.state = f"{type(error).__name__}: {error}", FAILED
        finally:
            live._known.set()

    async def _written(self, live: LiveRun, run_id: str | None) -> Run:
        form, project = live.form, load_project(self.root)
        campaign = project.brand.campaigns.get(form.campaign)
        if campaign is None:
            raise WrongInput(f"There is no campaign '{form.campaign}' any more.")
        settings = settings_of(self.settings, form)
        options = live.options or options_of(settings, form)
        batching = Batching.chosen(options.batch, campaign.id, log.info, settings)
        live._loop, live._stop = asyncio.get_running_loop(), asyncio.Event()
        with (
            open_project_store(settings, self.root, writing=True) as store,
            served_model(settings) as address,
        ):
            async with open_pipeline(
                project, settings, store, address, concurrency=options.concurrency,
                limits=limits_of(campaign, form.limits.max_cost or None), encoder=self.encoder, batching=batching,
            ) as pipeline:  # fmt: skip
                begun = begin_run(campaign, pipeline, options, run_id=run_id)
                if live.options is None:  # a form says nothing of single pieces: those are asked for anew
                    asked_by = f"studio:{begun.run_id}"
                    put_request(
                        store, begun.run_id, form.model_dump(), asked_by=asked_by, now=datetime.now(UTC)
                    )
                live.planned = len(options.rewrite) or len(begun.specs)
                live.run_id = begun.run_id
                live._known.set()
                try:
                    return await run_campaign(
                        campaign, pipeline, options, on_event=live.see, stop=live._stop, run_id=begun.run_id
                    )
                except IneditError:
                    end_run(store, begun.run_id, "failed")
                    raise
