"""Who judges drafts: one seam, :class:`Judging`, and the judge in this process.

Python runs one thread at a time, so that judging and everything else (the calls, the ledger, the archive's door) have
one core between them. :mod:`inedit.pipeline.judges` is the other judge behind the seam, in a process of its own.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from inedit.encoding import Encoder
from inedit.guard.context import Context
from inedit.guard.similarity.generic import GenericTexts
from inedit.model import Draft
from inedit.pipeline.candidates import evaluate_each
from inedit.pipeline.evaluation import Evaluation, Siblings, Surroundings, texts_to_encode

OBJECTS_BETWEEN_COLLECTIONS = (50_000, 20, 20)
"""When garbage in circles is looked for. Encoder, lexicons and archive are many objects and none of it: looking through
them at the usual 700 took a fifteenth of all CPU."""


@dataclass(frozen=True, slots=True, eq=False)
class Unjudged:
    """An answer that waits for its verdict: the text as it came, the draft that it makes, its parts still empty, and
    the context that it was asked for in. Known by identity."""

    raw: str
    unread: Draft
    context: Context


class Judging(Protocol):
    """Gives answers their verdicts. Every method may be called by any thread, and blocks it."""

    @property
    def apart(self) -> int:
        """How many judges have a process of their own; 0: drafts are judged in this one."""

    def begin(self) -> None:
        """Get ready: drafts will come soon."""

    def prepare(self, answers: Sequence[Unjudged]) -> None:
        """Encode at once what the evaluation of these answers will ask the encoder for."""

    def judge(
        self, answer: Unjudged, generic: GenericTexts, beside: Callable[[], Siblings]
    ) -> tuple[Evaluation, ...]:
        """Every text of an answer with its verdict, the best first. ``beside`` is asked once, when the evaluation
        begins, so that the draft is held against what has been accepted until then."""

    def rest(self) -> None:
        """Give back what is only needed while drafts come; who asks again afterwards waits until it is there again."""


@dataclass(slots=True)
class JudgeHere:
    """The judge in this process, one draft at a time: of two threads that compute, each waits for the other again and
    again, which took a twentieth of all CPU. Others are admitted meanwhile, which is waiting for the most part."""

    encoder: Callable[[], Encoder]
    _evaluating: threading.Lock = field(default_factory=threading.Lock)
    apart: int = field(default=0, init=False)

    def begin(self) -> None:
        """See :meth:`Judging.begin`: the first text loads what is needed."""

    def prepare(self, answers: Sequence[Unjudged]) -> None:
        """See :meth:`Judging.prepare`; the encoder remembers it."""
        self.encoder().encode(
            [
                text
                for answer in answers
                for text in texts_to_encode(answer.raw, answer.unread, answer.context)
            ]
        )

    def judge(
        self, answer: Unjudged, generic: GenericTexts, beside: Callable[[], Siblings]
    ) -> tuple[Evaluation, ...]:
        """See :meth:`Judging.judge`."""
        encoder = self.encoder()
        with self._evaluating:
            surroundings = Surroundings(generic, encoder.encode, encoder.name, siblings=beside())
            return evaluate_each(answer.raw, answer.unread, answer.context, surroundings)

    def rest(self) -> None:
        """See :meth:`Judging.rest`: what is loaded serves the whole process."""
