"""Judges in processes of their own, behind the seam :class:`~inedit.pipeline.judging.Judging`, and their encoder.

So the loop, the client, the ledger and the door have one core, and the checks and the encoder another one; and neither
lexicons nor the encoder are loaded twice. Nothing that was paid for is in a judge alone: when one dies, its drafts are
judged again.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from inedit import __version__
from inedit.brand.schema import Brand
from inedit.encoding import Encoder
from inedit.guard.similarity.generic import GenericTexts
from inedit.pipeline.evaluation import Evaluation, Siblings
from inedit.pipeline.judge_messages import Order, OtherProgram, Ready, digest_of
from inedit.pipeline.judge_process import JudgeDied, JudgeProcess
from inedit.pipeline.judging import JudgeHere, Unjudged

MOST_DEATHS = 3
"""After so many judges that died, the run's own process judges: another one would hardly fare better."""

Result = TypeVar("Result")

_log = logging.getLogger(__name__)


class JudgesApart:
    """``apart`` judges, each started when it is needed. ``encoder`` names the one that they load, ``load`` gives it in
    this process, for when no judge can be had. ``close`` ends them all."""

    def __init__(self, brand: Brand, encoder: str, load: Callable[[], Encoder], apart: int = 1) -> None:
        self.apart = apart
        self._brand, self._encoder = brand, encoder
        self._order: Order | None = None
        self._here = JudgeHere(load)
        self._changing = threading.Lock()
        self._processes: list[JudgeProcess] = []
        self._deaths = 0
        self._is_closed = False

    def begin(self) -> None:
        """See :meth:`inedit.pipeline.judging.Judging.begin`: loading takes as long as the first answers."""
        self._all()

    def prepare(self, answers: Sequence[Unjudged]) -> None:
        """See :meth:`inedit.pipeline.judging.Judging.prepare`; each judge has its share of the answers."""
        processes = self._all()
        if not processes:
            return self._here.prepare(answers)
        for at, process in enumerate(processes):
            if share := answers[at :: len(processes)]:
                try:
                    process.prepare(share)
                except (JudgeDied, OtherProgram) as error:  # judging encodes what is needed
                    self._bury(process, error)
        return None

    def judge(
        self, answer: Unjudged, generic: GenericTexts, beside: Callable[[], Siblings]
    ) -> tuple[Evaluation, ...]:
        """See :meth:`inedit.pipeline.judging.Judging.judge`; what is of another brand is judged here."""
        if answer.context.brand is not self._brand:
            return self._here.judge(answer, generic, beside)
        return self._asked(
            lambda process: process.judge(answer, generic, beside),
            lambda: self._here.judge(answer, generic, beside),
            answer,
        )

    def rest(self) -> None:
        """See :meth:`inedit.pipeline.judging.Judging.rest`: the processes end."""
        with self._changing:
            processes, self._processes = self._processes, []
        for process in processes:
            process.end()

    def close(self) -> None:
        """End them for good: what is asked afterwards raises :class:`~inedit.pipeline.judge_process.JudgeDied`."""
        self._is_closed = True
        self.rest()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """What a judge's encoder gives; see :meth:`inedit.encoding.Encoder.encode`."""
        return self._asked(lambda process: process.encode(texts), lambda: self._here.encoder().encode(texts))

    def ready(self) -> Ready:
        """Which encoder they have, once one has loaded it. Raises what :func:`~inedit.encoding.load_encoder` raises."""

        def here() -> Ready:
            encoder = self._here.encoder()
            return Ready(encoder.name, encoder.digest, encoder.dimensions)

        return self._asked(lambda process: process.ready(), here)

    def _asked(
        self,
        there: Callable[[JudgeProcess], Result],
        here: Callable[[], Result],
        answer: Unjudged | None = None,
    ) -> Result:
        """What a judge says; when it dies, what the next one says, in the end this process."""
        while processes := self._all():
            process = next(
                (one for one in processes if answer is not None and one.has(answer)),
                min(processes, key=lambda one: one.pending),
            )
            try:
                return there(process)
            except (JudgeDied, OtherProgram) as error:
                self._bury(process, error)
        return here()

    def _all(self) -> tuple[JudgeProcess, ...]:
        """The judges, those that are missing started; none where this process has to judge."""
        with self._changing:
            if self._is_closed:
                raise JudgeDied("the run is over")
            while len(self._processes) < self.apart and self._deaths < MOST_DEATHS:
                self._order = self._order or Order(
                    __version__, self._brand, digest_of(self._brand), self._encoder
                )
                try:
                    self._processes.append(JudgeProcess(self._order))
                except OSError as error:
                    self._deaths = MOST_DEATHS
                    _log.warning(
                        "No process can be started for a judge (%s): drafts are judged in this one.", error
                    )
            return tuple(self._processes) if self._deaths < MOST_DEATHS else ()

    def _bury(self, process: JudgeProcess, error: Exception) -> None:
        """Leave out a judge that cannot go on, and say so once."""
        with self._changing:
            if process not in self._processes:  # others had asked it, too
                return
            self._processes.remove(process)
            self._deaths = MOST_DEATHS if isinstance(error, OtherProgram) else self._deaths + 1
            here = self._deaths >= MOST_DEATHS
        process.end()
        if here:
            self.rest()
        _log.warning(
            "A judge's process came to its end (%s). Its drafts are paid for and kept; they are judged again, %s.",
            error,
            "in the run's own process from now on" if here else "by another one",
        )


class EncoderOfJudges:
    """The encoder of the judges as an :class:`~inedit.encoding.Encoder`: made once one of them has loaded it."""

    def __init__(self, judges: JudgesApart) -> None:
        ready = judges.ready()
        self.name, self.digest, self.dimensions = ready.encoder, ready.digest, ready.dimensions
        self._judges = judges

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See :meth:`inedit.encoding.Encoder.encode`."""
        return self._judges.encode(texts)
