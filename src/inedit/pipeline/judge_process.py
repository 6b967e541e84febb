"""The run's side of one judge in a process of its own (:mod:`inedit.pipeline.judge_desk` is the other one).

A process that the run starts by itself, not one of ``multiprocessing``: that would import the main program a second
time, whatever it is, and put two more processes beside it. Its session is its own, so that Ctrl-C reaches the run
alone.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import cast

import numpy as np
from numpy.typing import NDArray

from inedit.guard.similarity.generic import GenericTexts
from inedit.pipeline.evaluation import Evaluation, Siblings
from inedit.pipeline.judge_messages import Answer, Beside, Encode, Judge, Order, Prepare, Ready, Said, Shared
from inedit.pipeline.judging import Unjudged

NOT_FOR_JUDGES = ("OPENAI_API_KEY", "INEDIT_DATABASE_URL")
"""What a judge does not inherit of the environment: it asks no model and no database."""

SECONDS_TO_END = 5.0
SIBLINGS_SHARED = 2_048
"""So many texts of siblings a judge keeps at most, those spoken of last: every language of some campaigns."""


class JudgeDied(Exception):
    """The process of a judge came to its end before it answered; the message says how."""


class JudgeProcess:
    """One judge. Every method may be called by any thread, and raises :class:`JudgeDied`.

    What an exception in the judge was about is raised here, too. Starting takes a moment, loading some seconds, which
    :meth:`ready` waits for.
    """

    def __init__(self, order: Order) -> None:
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                self._process = subprocess.Popen(  # our own interpreter and module
                    [sys.executable, "-P", "-m", "inedit.pipeline.judge_child"],
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    start_new_session=True,
                    env={name: value for name, value in os.environ.items() if name not in NOT_FOR_JUDGES},
                )
        except OSError:
            ours.close()
            raise
        self._socket = ours
        self._connection: Connection[object, Said] = Connection(os.dup(ours.fileno()))
        self._sending, self._state = threading.Lock(), threading.Lock()
        self._waiting: dict[int, SimpleQueue[Said | None]] = {0: SimpleQueue()}
        self._tickets = 0
        self._has_ended = False
        self._trouble: Exception | None = None  # with what is said, which ended the process
        self._greeting: Said | None = None  # that it is ready, or what kept it from that
        self._ready: Ready | None = None
        self._shared: dict[
            int, tuple[int, object]
        ] = {}  # by identity: the number, and the thing, to be there
        self._siblings: dict[tuple[str, ...], int] = {}
        self._prepared: dict[Unjudged, int] = {}
        self._numbers = 0
        self._reader = threading.Thread(target=self._talk, args=(order,), name="judge's answers", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """The system's number of the process."""
        return self._process.pid

    @property
    def pending(self) -> int:
        """How many requests it has not answered."""
        return len(self._waiting)

    def ready(self) -> Ready:
        """Wait until the judge has loaded what it needs; raises what kept it from that."""
        with self._state:
            answers = self._waiting.get(0)
        if answers is not None:
            said = answers.get()
            answers.put(said)  # for the next one who asks
            said = said or self._greeting  # it may have ended since
            if said is None:
                raise JudgeDied(self.how_it_ended())
            if said.kind == "raised":
                raise cast(Exception, said.value)
            self._ready = cast(Ready, said.value)
            with self._state:
                self._waiting.pop(0, None)
        assert self._ready is not None  # noqa: S101  it was there when its ticket was handed in
        return self._ready

    def prepare(self, answers: Sequence[Unjudged]) -> None:
        """See :meth:`inedit.pipeline.judging.Judging.prepare`."""
        self.ready()
        numbered = dict.fromkeys(answers, 0)
        with self._sending:
            for answer in numbered:
                numbered[answer] = self._number()
            told = {number: self._told(answer) for answer, number in numbered.items()}
            self._prepared |= numbered
        self._request(lambda ticket: Prepare(ticket, told))

    def has(self, answer: Unjudged) -> bool:
        """Whether an answer was prepared here."""
        return answer in self._prepared

    def judge(
        self, answer: Unjudged, generic: GenericTexts, beside: Callable[[], Siblings]
    ) -> tuple[Evaluation, ...]:
        """See :meth:`inedit.pipeline.judging.Judging.judge`."""
        self.ready()
        with self._sending:
            number = self._prepared.pop(answer, None)
            told = self._told(answer) if number is None else number
            against = self._share(generic)
        return cast(
            tuple[Evaluation, ...], self._request(lambda ticket: Judge(ticket, told, against), beside)
        )

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See :meth:`inedit.encoding.Encoder.encode`."""
        self.ready()
        return cast(NDArray[np.float32], self._request(lambda ticket: Encode(ticket, texts)))

    def end(self) -> None:
        """Let it end; what it has not answered is not answered any more."""
        with suppress(OSError):  # it has ended before
            self._socket.shutdown(socket.SHUT_RDWR)
        if self._ready is None:  # it would not see that before it has loaded everything
            self._process.kill()
        try:
            self._process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()
        self._socket.close()

    def how_it_ended(self) -> str:
        """In words, once it has."""
        code = self._process.wait()
        if self._trouble is not None:
            return f"{type(self._trouble).__name__}: {self._trouble}"
        if code >= 0:
            return f"exit code {code}"
        name = signal.Signals(-code).name
        return f"{name}, perhaps for want of memory" if name == "SIGKILL" else name

    # ---- what is said

    def _request(
        self, message: Callable[[int], object], beside: Callable[[], Siblings] | None = None
    ) -> object:
        answers: SimpleQueue[Said | None] = SimpleQueue()
        with self._state:
            if self._has_ended:
                raise JudgeDied(self.how_it_ended())
            self._tickets += 1
            ticket = self._tickets
            self._waiting[ticket] = answers
        try:
            self._send(message(ticket))
            while (said := answers.get()) is not None:
                if said.kind == "raised":
                    raise cast(Exception, said.value)
                if said.kind == "done":
                    return said.value
                assert beside is not None  # noqa: S101  only judging asks for it
                self._tell_siblings(ticket, beside)
            raise JudgeDied(self.how_it_ended())
        finally:
            with self._state:
                self._waiting.pop(ticket, None)

    def _tell_siblings(self, ticket: int, beside: Callable[[], Siblings]) -> None:
        try:
            siblings = beside()
        except BaseException:
            self._send(Beside(ticket, None, {}))
            raise
        with self._sending:
            known, new = self._siblings, dict[int, tuple[str, ...]]()
            for parts in siblings:
                number = known.pop(parts, None)
                if number is None:
                    number = self._number()
                    new[number] = parts
                known[parts] = number  # now the one spoken of last
            too_many = max(0, len(known) - max(SIBLINGS_SHARED, len(siblings)))
            dropped = tuple(known.pop(parts) for parts in list(known)[:too_many])
            self._write(Beside(ticket, tuple(known[parts] for parts in siblings), new, dropped))

    def _told(self, answer: Unjudged) -> Answer:
        context = answer.context
        return Answer(
            answer.raw,
            answer.unread,
            self._share(context.campaign),
            self._share(context.sheet),
            context.prompt,
            context.today,
        )

    def _share(self, thing: object) -> int:
        """The number of a thing, which the judge has from now on; who calls holds ``_sending``."""
        known = self._shared.get(id(thing))
        if known is None:
            known = self._shared[id(thing)] = (self._number(), thing)
            self._write(Shared(*known))
        return known[0]

    def _number(self) -> int:
        self._numbers += 1
        return self._numbers

    def _send(self, message: object) -> None:
        with self._sending:
            self._write(message)

    def _write(self, message: object) -> None:
        try:
            self._connection.send(message)
        except OSError as error:
            raise JudgeDied(self.how_it_ended()) from error

    def _talk(self, order: Order) -> None:
        """Say what it needs, which it takes when it has started; then hand each answer to whoever waits for it, until
        there are no more."""
        try:
            self._send(order)
            while True:
                said = self._connection.recv()
                with self._state:
                    self._greeting = self._greeting or said
                    answers = self._waiting.get(said.ticket)
                if answers is not None:
                    answers.put(said)
        except (EOFError, OSError, JudgeDied):
            pass
        except Exception as error:  # the order cannot be written, or what it says cannot be read
            self._trouble = error
            self._process.kill()
        with self._state:
            self._has_ended = True
            waiting = list(self._waiting.values())
        for answers in waiting:
            answers.put(None)
        with self._sending:
            self._connection.close()
