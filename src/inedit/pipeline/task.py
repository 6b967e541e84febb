"""The nouns of a piece's way: what is to be made, under which options, by which line, and who is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from inedit.brand.preferences import NO_PREFERENCES, Preferences
from inedit.brand.schema import Brand, Campaign
from inedit.encoding import Encoder
from inedit.guard.context import Context
from inedit.model import Draft, Finding, Piece, Status, VariantSpec, Verdict
from inedit.pipeline.batches import Batches
from inedit.pipeline.generic_texts import DEFAULT_COUNT
from inedit.pipeline.judging import Judging, Unjudged
from inedit.pipeline.metered_call import PaidModel
from inedit.pipeline.services import Claims, GenericTextSource, PieceArchive, PieceLedger
from inedit.planning import Narrowing
from inedit.prompting import Templates


@dataclass(frozen=True, slots=True)
class Options:
    """How a run is made. ``concurrency`` is the number of pieces in the making at once."""

    concurrency: int = 2
    max_attempts: int = 3
    refresh: bool = False  # write again what was written for an earlier version of the brief
    rewrite: tuple[str, ...] = ()  # ids of pieces to write again, each as a new revision beside the old one
    only_rewrite: bool = False  # and nothing else
    retry_parked: bool = False  # give parked pieces a new series of attempts
    require_approval: bool = False  # what the guard accepts is parked until a person has agreed
    mirror: int = DEFAULT_COUNT  # generic texts for each channel and language; 0: no mirror check
    candidates: int = 1  # texts that one call asks for; the acceptable one farthest from its siblings is kept
    copy_edit: bool = False  # the model goes over what the guard accepts, as a copy editor
    batch: bool = False  # ask in batches, at their price and within a day (inedit.pipeline.batched_model)
    by_turn: bool = False  # plan without what A/B tests have taught
    narrowing: Narrowing = field(default_factory=Narrowing)


def no_preferences(_campaign: Campaign) -> Preferences:
    """Where nothing was tested."""
    return NO_PREFERENCES


class AdviceSource(Protocol):
    """Gives a second opinion on what the guard accepts; :class:`inedit.pipeline.advisor.Advisor` is one."""

    @property
    def model(self) -> str:
        """Who is asked."""

    async def advise(
        self, draft: Draft, context: Context, task: PieceTask, run_context: RunContext
    ) -> tuple[Finding, ...]:
        """Findings for a person to decide on, or a note that there is no advice. Raises
        :class:`~inedit.pipeline.metered_call.RunCancelled` when the run was stopped first."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The wired production line: the brand and its prompts, and the services (:mod:`inedit.pipeline.services`)."""

    brand: Brand
    templates: Templates
    archive: PieceArchive
    ledger: PieceLedger
    metered_model: PaidModel
    mirror: GenericTextSource
    encoder: Callable[[], Encoder]  # called when the first vector is needed: loading takes seconds
    today: date
    provider: str
    preferences: Callable[[Campaign], Preferences] = no_preferences  # what A/B tests have taught
    advisor: AdviceSource | None = None  # who is asked about what the guard accepts
    judging: Judging | None = None  # who judges drafts; None: this process, with ``encoder``


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a person who watches wants to know.

    ``requested``: a call is about to be paid; ``refused``: a draft went back, with its findings; ``completed``: a piece
    is done; ``skipped``: an earlier run had it already.
    """

    kind: Literal["requested", "refused", "completed", "skipped"]
    spec: VariantSpec
    attempt: int = 0
    findings: tuple[Finding, ...] = ()
    piece: Piece | None = None
    text: str = ""  # of a draft that was refused: what its findings' spans count in


EventHandler = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class PieceTask:
    """One cell of the matrix that still needs a text."""

    run_id: str
    campaign: Campaign
    spec: VariantSpec
    revision_number: int
    first_attempt: int = 1
    sent_back: Piece | None = None  # what a person wants written again, with the comment as its last finding
    is_unpaid: bool = False  # nothing was paid for it yet; should another pool pay first, its claim tells us

    def attempts(self, options: Options) -> range:
        """The numbers of the attempts to make, the paid ones among them: those are read again, not asked again."""
        return range(self.first_attempt, self.first_attempt + options.max_attempts)

    @property
    def piece_id(self) -> str:
        """Stable id of the piece of this cell and revision."""
        return f"{self.spec.key}-{self.revision_number}"

    def piece(
        self,
        spec: VariantSpec,
        attempt: int,
        verdict: Verdict,
        status: Status = Status.PARKED,
        parts: Mapping[str, str] | None = None,
    ) -> Piece:
        """The piece that an attempt at this task makes; without ``parts`` there was nothing to read."""
        return Piece(self.piece_id, self.run_id, spec, status, parts or {}, verdict, attempt)


@dataclass(frozen=True, slots=True)
class RunContext:
    """What all pieces in the making of one pool have in common."""

    options: Options
    on_event: EventHandler
    stop: asyncio.Event
    leases: Claims
    judges: Executor  # threads in which drafts are judged, or wait for it, and are admitted
    judging: Judging
    encoding: Batches[Unjudged]  # what is to be judged soon
