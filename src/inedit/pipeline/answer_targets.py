"""Where the answer to a call is kept: as a draft of a piece, as a second reading of one, or as a generic text.

A place is called in the transaction that charges the answer. One that is asked for in a batch is kept with its request
(:meth:`as_json`), so that the answer finds it days later, in another process.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection

from inedit.archive.advice import AdviceKey, put_advice
from inedit.archive.attempts import PaidAnswer
from inedit.archive.generic_texts import put
from inedit.archive.pieces import lease_key
from inedit.archive.rows import spec_from, spec_json
from inedit.archive.slots import Slot
from inedit.generation.reading import Completion
from inedit.model import Outcome, VariantSpec
from inedit.pipeline.services import PieceArchive


@dataclass(slots=True)
class DraftTarget:
    """An attempt at a piece. ``is_kept`` is False when another answer was there first."""

    archive: PieceArchive
    spec: VariantSpec
    revision_number: int
    attempt: int
    run_id: str
    is_kept: bool = True

    @property
    def name(self) -> str:
        """The same for whoever asks for this attempt."""
        return f"{lease_key(f'{self.spec.key}-{self.revision_number}')}:{self.attempt}"

    def paid(self, answered: Completion) -> PaidAnswer:
        """The answer as it is kept."""
        return PaidAnswer(
            self.spec, self.attempt, answered.text, answered.response_id, answered.usage, answered.outcome
        )

    def __call__(self, connection: Connection, answered: Completion) -> None:
        """Keep the answer."""
        self.is_kept = self.archive.keep_answer(
            connection, self.paid(answered), run_id=self.run_id, revision_number=self.revision_number
        )

    def as_json(self) -> dict[str, Any]:
        """The place as it is stored."""
        return {
            "draft": spec_json(self.spec), "revision": self.revision_number, "attempt": self.attempt,
            "run": self.run_id,
        }  # fmt: skip

    def was_asked(self, before: Mapping[str, Any]) -> None:
        """An earlier process asked for it: what it asked for then holds."""
        self.spec, self.run_id = spec_from(before["draft"]), before["run"]


@dataclass(slots=True)
class GenericTextTarget:
    """The place of a generic text."""

    slot: Slot
    campaign_id: str
    channel: str
    language: str
    run_id: str

    @property
    def name(self) -> str:
        """The same for whoever asks for this text."""
        return self.slot.name

    def __call__(self, connection: Connection, answered: Completion) -> None:
        """Keep the text."""
        put(
            connection, self.slot, campaign_id=self.campaign_id, channel=self.channel, language=self.language,
            run_id=self.run_id, text=answered.text.strip(), response_id=answered.response_id, usage=answered.usage,
        )  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """The place as it is stored."""
        return {
            "generic": asdict(self.slot), "campaign": self.campaign_id, "channel": self.channel,
            "language": self.language, "run": self.run_id,
        }  # fmt: skip

    def was_asked(self, before: Mapping[str, Any]) -> None:
        """An earlier process asked for it: a place says all about the question."""


@dataclass(slots=True)
class ReadingTarget:
    """The place of what a second reading of a draft brings: an advisor's or a copy editor's answer. Of ``whole_only``
    ones that did not come to their end, nothing is kept but that they were paid for."""

    key: AdviceKey
    run_id: str
    campaign_id: str
    whole_only: bool = False

    @property
    def name(self) -> str:
        """The same for whoever asks this about this text."""
        return self.key.name

    def __call__(self, connection: Connection, answered: Completion) -> None:
        """Keep the answer."""
        put_advice(
            connection, self.key, run_id=self.run_id, campaign_id=self.campaign_id, answer=self.kept_of(answered),
            response_id=answered.response_id,
        )  # fmt: skip

    def kept_of(self, answered: Completion) -> str:
        """What is kept of an answer."""
        return answered.text if answered.outcome is Outcome.ANSWERED or not self.whole_only else ""

    def as_json(self) -> dict[str, Any]:
        """The place as it is stored."""
        return {
            "reading": asdict(self.key), "run": self.run_id, "campaign": self.campaign_id, "whole": self.whole_only,
        }  # fmt: skip

    def was_asked(self, before: Mapping[str, Any]) -> None:
        """An earlier process asked for it: a place says all about the question."""


AnswerTarget = DraftTarget | ReadingTarget | GenericTextTarget


def target_from(told: Mapping[str, Any], archive: PieceArchive) -> AnswerTarget:
    """The reverse of ``as_json``."""
    if "draft" in told:
        return DraftTarget(archive, spec_from(told["draft"]), told["revision"], told["attempt"], told["run"])
    if "reading" in told:
        return ReadingTarget(AdviceKey(**told["reading"]), told["run"], told["campaign"], told["whole"])
    return GenericTextTarget(
        Slot(**told["generic"]), told["campaign"], told["channel"], told["language"], told["run"]
    )
