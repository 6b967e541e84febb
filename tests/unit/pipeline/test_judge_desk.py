"""A judge at its desk, in a thread of the test, with the test at the other end of its line."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any

import pytest

from fakes.brand import TODAY, tiny_brand, tiny_context
from fakes.pipeline import Guard, a_variant
from fakes.services import FakeEncoder
from inedit import __version__
from inedit.guard.similarity.generic import GenericTexts
from inedit.model import Draft, Usage
from inedit.model.errors import WrongInput
from inedit.pipeline import judge_desk
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

CONTEXT = tiny_context("fr")
UNREAD = Draft(a_variant(), {}, Usage("stub", 0, 0, 0, 0, 0.0), 1)
CAMPAIGN, SHEET, GENERIC = 1, 2, 3


class Broken(Exception):
    """One that cannot be made again from what it keeps."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(one + other)


@dataclass
class Line:
    """The run's end."""

    ours: Connection[Any, Any]
    thread: threading.Thread
    said: list[Said] = field(default_factory=list)

    def ask(self, *messages: object) -> None:
        for message in messages:
            self.ours.send(message)

    def hear(self) -> Said:
        assert self.ours.poll(30)
        heard: Said = self.ours.recv()
        self.said.append(heard)
        return heard


def order(**changes: Any) -> Order:
    """What a judge is told first."""
    brand = tiny_brand()
    return Order(
        **{"version": __version__, "brand": brand, "digest": digest_of(brand), "encoder": "fake", **changes}
    )


def an_answer(text: str) -> Answer:
    """One to the tiny brand's brief."""
    return Answer(text, UNREAD, CAMPAIGN, SHEET, CONTEXT.prompt, TODAY)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    """A judge with a fake encoder, that nothing was said to yet."""
    monkeypatch.setattr(judge_desk, "load_encoder", lambda _: FakeEncoder())
    monkeypatch.setattr("gc.freeze", lambda: None)
    monkeypatch.setattr("gc.set_threshold", lambda *_: None)
    ours, theirs = Pipe()

    def live() -> None:
        with suppress(EOFError, ConnectionError):
            judge_desk.serve(theirs)

    line = Line(ours, threading.Thread(target=live))
    line.thread.start()
    yield line
    ours.close()
    line.thread.join(30)
    theirs.close()
    assert not line.thread.is_alive()


@pytest.fixture
def ready(desk: Line) -> Line:
    """One that knows brand, brief and generic texts."""
    desk.ask(order())
    encoder = FakeEncoder()
    assert desk.hear() == Said(0, "done", Ready(encoder.name, encoder.digest, encoder.dimensions))
    generic = GenericTexts.of((), encoder.encode)
    desk.ask(Shared(CAMPAIGN, CONTEXT.campaign), Shared(SHEET, CONTEXT.sheet), Shared(GENERIC, generic))
    return desk


@pytest.mark.parametrize("changes", [{"version": "0"}, {"digest": "another"}])
def test_another_program_or_brand_judges_nothing(desk: Line, changes: dict[str, str]) -> None:
    """A package that was exchanged on the disk while the run goes on, or a brand that reads otherwise there."""
    desk.ask(order(**changes))
    said = desk.hear()
    assert (said.ticket, said.kind) == (0, "raised")
    assert isinstance(said.value, OtherProgram)


def test_an_encoder_that_cannot_be_had_is_told_as_such(desk: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the same exception as in the run's process, with what led to it as a note."""

    def refuse(_: str) -> FakeEncoder:
        raise WrongInput("No such encoder.")

    monkeypatch.setattr(judge_desk, "load_encoder", refuse)
    desk.ask(order())
    value = desk.hear().value
    assert isinstance(value, WrongInput) and str(value) == "No such encoder."
    assert "refuse" in "".join(value.__notes__)


def test_what_comes_while_siblings_are_waited_for_is_done_afterwards(ready: Line, guard: Guard) -> None:
    """In the order in which it came; siblings that are spoken of again are not sent again."""
    ready.ask(Prepare(1, {7: an_answer("Le lin."), 8: an_answer("La laine.")}))
    assert ready.hear() == Said(1, "done")
    ready.ask(Judge(2, 7, GENERIC), Judge(3, 8, GENERIC), Encode(4, ["Un mot."]))
    assert ready.hear() == Said(2, "begun")
    ready.ask(Beside(2, (11, 12), {11: ("Un.",), 12: ("Deux.",)}))
    assert (ready.hear().ticket, ready.hear()) == (2, Said(3, "begun"))
    ready.ask(Beside(3, (12,), {}, dropped=(11,)))
    done, encoded = ready.hear(), ready.hear()
    assert (done.ticket, done.kind, encoded.ticket) == (3, "done", 4)
    assert [raw for raw, *_ in guard.given] == ["Le lin.", "La laine."]
    ready.ask(Judge(5, an_answer("Encore."), GENERIC))
    assert ready.hear() == Said(5, "begun")
    ready.ask(Beside(5, (11,), {}))
    assert isinstance(ready.hear().value, KeyError), "it was dropped"


def test_an_acceptable_draft_comes_with_its_vector(ready: Line, guard: Guard) -> None:
    """By which it is admitted; one that is refused needs none."""
    for ticket, (text, has_one) in enumerate([("Le lin.", True), ("Le lin!", False), ("#", False)], 1):
        ready.ask(Judge(ticket, an_answer(text), GENERIC))
        assert ready.hear().kind == "begun"
        ready.ask(Beside(ticket, (), {}))
        (evaluation,) = ready.hear().value  # type: ignore[misc]
        assert (evaluation.vector is not None) is has_one
        if has_one:
            assert evaluation.vector.tolist() == FakeEncoder().encode([evaluation.draft.text])[0].tolist()


def test_a_draft_without_siblings_is_given_up_and_the_next_one_judged(ready: Line, guard: Guard) -> None:
    """They could not be read: the run knows why."""
    ready.ask(Judge(1, an_answer("Le lin."), GENERIC))
    assert ready.hear().kind == "begun"
    ready.ask(Beside(1, None, {}))
    assert isinstance(ready.hear().value, RuntimeError)
    ready.ask(Judge(2, an_answer(json.dumps({})), GENERIC))
    assert ready.hear() == Said(2, "begun")


def test_an_exception_that_cannot_be_sent_is_told_in_words(
    ready: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The judge goes on."""

    def fail(*_: object) -> None:
        raise Broken("no", " good")

    monkeypatch.setattr(judge_desk, "evaluate_each", fail)
    ready.ask(Judge(1, an_answer("Le lin."), GENERIC))
    assert ready.hear().kind == "begun"
    value = ready.hear().value
    assert (type(value), str(value)) == (RuntimeError, "Broken: no good")
    ready.ask(Encode(2, ["Un mot."]))
    assert ready.hear().kind == "done"


def test_siblings_of_a_draft_that_came_to_its_end_without_them_are_kept(
    ready: Line, monkeypatch: pytest.MonkeyPatch, guard: Guard
) -> None:
    """The run has sent them, and will not do so again: whether they come before the next draft or at it."""

    def fail(*_: object) -> None:
        raise Broken("no", " good")

    with monkeypatch.context() as failing:
        failing.setattr(judge_desk, "evaluate_each", fail)
        for ticket in (1, 2):
            ready.ask(Judge(ticket, an_answer("Le lin."), GENERIC))
            assert (ready.hear().kind, ready.hear().kind) == ("begun", "raised")
    ready.ask(Beside(1, (11,), {11: ("Un.",)}))
    ready.ask(Judge(3, an_answer("Le lin."), GENERIC))
    assert ready.hear() == Said(3, "begun")
    ready.ask(Beside(2, (11, 12), {12: ("Deux.",)}), Beside(3, (11, 12), {}))
    assert (ready.hear().kind, guard.given[-1][-1].beside()) == ("done", (("Un.",), ("Deux.",)))
