"""A judge in a process of its own: it loads what it needs, says so, and does one thing after the other.

The run's side is :mod:`inedit.pipeline.judge_process`.
"""

from __future__ import annotations

import gc
import pickle
import traceback
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from typing import Any, cast

from inedit import __version__
from inedit.brand.schema import Brand, Campaign, Sheet
from inedit.encoding import Encoder, load_encoder
from inedit.encoding.remembering import RememberingEncoder
from inedit.guard.context import Context
from inedit.guard.similarity.generic import GenericTexts
from inedit.model import Decision
from inedit.pipeline.candidates import evaluate_each
from inedit.pipeline.evaluation import Evaluation, Siblings, Surroundings
from inedit.pipeline.judge_messages import (
    Answer,
    Beside,
    Encode,
    Judge,
    Order,
    OtherProgram,
    Prepare,
    Ready,
    Said,
    Shared,
    digest_of,
)
from inedit.pipeline.judging import JudgeHere, Unjudged

OBJECTS_OF_A_LEAK = 3_000_000
"""Objects more than were freed, from which garbage in circles is looked for. Judging leaves none behind: what would be
looked through is what its caches keep, 600 objects a draft until they are full, at .7 ms of CPU a draft."""

Request = Prepare | Judge | Encode
Asked = Request | Beside | Shared


def serve(connection: Connection[Said, Any]) -> None:
    """Judge until the run has gone; then EOFError or ConnectionError is raised."""
    try:
        desk = _desk(connection.recv(), connection)
    except (EOFError, ConnectionError):
        raise
    except Exception as error:  # the run is told, and knows what to do about it
        connection.send(Said(0, "raised", _sendable(error)))
        return
    gc.collect()
    gc.freeze()  # what was loaded stays
    gc.set_threshold(OBJECTS_OF_A_LEAK)
    encoder = desk.encoder
    connection.send(Said(0, "done", Ready(encoder.name, encoder.digest, encoder.dimensions)))
    for asked in desk.requests():
        try:
            said = Said(asked.ticket, "done", desk.answer(asked))
        except (EOFError, ConnectionError):
            raise
        except Exception as error:  # the run raises it
            said = Said(asked.ticket, "raised", _sendable(error))
        connection.send(said)


def _desk(order: Order, connection: Connection[Said, Any]) -> Desk:
    """What a judge works with. Raises :class:`~inedit.pipeline.judge_messages.OtherProgram`, and what
    :func:`~inedit.encoding.load_encoder` raises."""
    if order.version != __version__ or order.digest != digest_of(order.brand):
        raise OtherProgram(f"version {__version__} instead of {order.version}, or another brand")
    return Desk(connection, order.brand, RememberingEncoder(load_encoder(order.encoder)))


@dataclass(slots=True)
class Desk:
    """What a judge has in front of it."""

    connection: Connection[Said, Any]
    brand: Brand
    encoder: Encoder
    _shared: dict[int, object] = field(default_factory=dict)
    _prepared: dict[int, Unjudged] = field(default_factory=dict)
    _siblings: dict[int, tuple[str, ...]] = field(default_factory=dict)
    _put_off: deque[Asked] = field(
        default_factory=deque
    )  # came while the siblings of a draft were waited for

    def requests(self) -> Iterator[Request]:
        """What is asked for, in the order in which it came."""
        while True:
            asked: Asked = self._put_off.popleft() if self._put_off else self.connection.recv()
            if isinstance(asked, Shared):
                self._shared[asked.number] = asked.thing
            elif isinstance(asked, Beside):  # of a draft that came to its end without
                self._keep(asked)
            else:
                yield asked

    def answer(self, asked: Request) -> object:
        """What a request comes to."""
        match asked:
            case Judge():
                return self._judged(asked)
            case Encode():
                return self.encoder.encode(asked.texts)
            case Prepare():
                answers = {number: self._read(answer) for number, answer in asked.answers.items()}
                self._prepared |= answers
                JudgeHere(lambda: self.encoder).prepare(tuple(answers.values()))
                return None

    def _read(self, answer: Answer) -> Unjudged:
        """An answer with its context as the run has it."""
        campaign = cast(Campaign, self._shared[answer.campaign])
        sheet = cast(Sheet, self._shared[answer.sheet])
        context = Context(self.brand, campaign, sheet, answer.prompt, answer.today)
        return Unjudged(answer.raw, answer.unread, context)

    def _judged(self, asked: Judge) -> tuple[Evaluation, ...]:
        """The evaluations, those that are acceptable with the vector by which they are admitted."""
        to_judge = asked.answer
        answer = self._prepared.pop(to_judge) if isinstance(to_judge, int) else self._read(to_judge)
        self.connection.send(Said(asked.ticket, "begun"))
        found: list[Siblings] = []

        def beside() -> Siblings:
            if not found:  # several texts of one answer are held against the same
                found.append(self._beside(asked.ticket))
            return found[0]

        generic = cast(GenericTexts, self._shared[asked.generic])
        surroundings = Surroundings(generic, self.encoder.encode, self.encoder.name, find_siblings=beside)
        evaluations = evaluate_each(answer.raw, answer.unread, answer.context, surroundings)
        beside()  # they come for an answer that cannot be read as well
        return tuple(map(self._with_vector, evaluations))

    def _with_vector(self, evaluation: Evaluation) -> Evaluation:
        if evaluation.verdict.decision is not Decision.ACCEPT:
            return evaluation
        return replace(evaluation, vector=self.encoder.encode([evaluation.draft.text])[0])

    def _beside(self, ticket: int) -> Siblings:
        """The siblings of the draft that is being judged, which the run has read meanwhile."""
        while True:
            asked: Asked = self.connection.recv()
            if not isinstance(asked, Beside):
                self._put_off.append(asked)
            elif asked.ticket != ticket:
                self._keep(asked)
            elif asked.listed is None:
                raise RuntimeError("The siblings of a draft could not be read.")  # the run knows why
            else:
                return self._keep(asked, asked.listed)

    def _keep(self, told: Beside, listed: Sequence[int] = ()) -> Siblings:
        """Keep the new siblings, whatever became of the draft that they were told for: they are not sent again. Those
        that are listed."""
        self._siblings |= told.new
        found = tuple(self._siblings[number] for number in listed)
        for number in told.dropped:
            del self._siblings[number]
        return found


def _sendable(error: Exception) -> Exception:
    """The exception, with what led to it as a note; another one in its place where it cannot be sent."""
    error.add_note("".join(traceback.format_exception(error)))
    try:
        again = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own
    except Exception:
        again = None
    return error if isinstance(again, type(error)) else RuntimeError(f"{type(error).__name__}: {error}")
