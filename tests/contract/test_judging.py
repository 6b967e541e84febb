"""What the pipeline relies on in whoever judges drafts: the judge of this process, and one in a process of its own."""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass, replace
from datetime import date
from functools import cache, partial
from operator import eq
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fakes.brands import ROOT, demo_project
from inedit.bootstrap import Settings, lazy_encoder
from inedit.guard.context import Context
from inedit.guard.similarity.generic import GenericTexts
from inedit.model import Decision, Draft, Originality, Usage, VariantSpec
from inedit.model.errors import WrongInput
from inedit.pipeline.evaluation import Evaluation, Siblings
from inedit.pipeline.judge_messages import Order
from inedit.pipeline.judge_process import JudgeDied
from inedit.pipeline.judges import EncoderOfJudges, JudgesApart
from inedit.pipeline.judging import JudgeHere, Judging, Unjudged
from inedit.prompting import load_templates, render

TODAY = date(2026, 11, 28)
ANSWERS = "answers*.jsonl"
EVERY = 43
"""Of so many answers of the benches one is judged in either process: some twenty, in five languages."""

load = lazy_encoder(Settings())


@dataclass(frozen=True, slots=True)
class Asked:
    """Answers as they wait for their verdicts, and the siblings of each."""

    answers: tuple[Unjudged, ...]
    siblings: tuple[Siblings, ...]


@cache
def asked(first: int = 0) -> Asked:
    """Stored answers of capable models from one on, some that cannot be read or copy a sibling, and one of two
    texts."""
    project = demo_project()
    brand, templates = project.brand, load_templates(project)
    lines = [
        line
        for path in sorted((ROOT / "bench" / "prompts").glob(ANSWERS))
        for line in Path(path).read_text(encoding="utf-8").splitlines()
    ]
    rows = [json.loads(line) for line in lines[first::EVERY]]
    answers, siblings = list[Unjudged](), list[Siblings]()
    for at, row in enumerate(rows):
        cell = row["cell"]
        plain = ("campaign_id", "channel", "segment", "language", "tone", "index", "angle")
        listed = {name: tuple(cell.get(name, ())) for name in ("insight_ids", "claim_ids")}
        spec = VariantSpec(**{name: cell[name] for name in plain}, **listed)
        campaign = brand.campaigns[spec.campaign_id]
        prompt = render(templates, brand, campaign, spec, TODAY)
        raw = json.dumps(row["answer"], ensure_ascii=False)
        if at % 10 == 3:
            raw = raw[:40]
        if at % 10 == 5:
            raw = json.dumps({"candidates": [row["answer"], row["answer"]]})
        context = Context(brand, campaign, templates.sheets[spec.channel], prompt, TODAY)
        unread = Draft(spec, {}, Usage("stored", 0, 0, 0, 0, 0.0), 1)
        answers.append(Unjudged(raw, unread, context))
        same = [other["answer"] for other in rows[:at] if other["cell"]["language"] == spec.language]
        same += [row["answer"]] if at % 10 == 7 else []
        siblings.append(tuple(tuple(parts.values()) for parts in same))
    return Asked(tuple(answers), tuple(siblings))


@cache
def generic() -> GenericTexts:
    """Of two, so that there is a mirror."""
    texts = ("Offrez à votre maison le linge qu'elle mérite.", "Give your home the linen it deserves.")
    return GenericTexts.of(texts, load().encode, load().name)


def verdicts(judging: Judging, first: int = 0) -> list[tuple[Evaluation, ...]]:
    """Of all answers, prepared in batches as a run does."""
    given = asked(first)
    found = list[tuple[Evaluation, ...]]()
    for begin in range(0, len(given.answers), 8):
        batch = given.answers[begin : begin + 8]
        judging.prepare(batch)
        for answer, siblings in zip(batch, given.siblings[begin : begin + 8], strict=True):
            found.append(judging.judge(answer, generic(), lambda siblings=siblings: siblings))  # type: ignore[misc]
    return found


@cache
def expected() -> list[tuple[Evaluation, ...]]:
    """What the judge of this process says."""
    return verdicts(JudgeHere(load))


def alike(found: tuple[Evaluation, ...], wanted: tuple[Evaluation, ...]) -> bool:
    """The same but for the last digits of figures: a vector's follow from what else was encoded with its text."""
    figures = [[astuple(one.verdict.originality) for one in each] for each in (found, wanted)]
    plain = Originality()
    told, meant = (
        [replace(one, verdict=replace(one.verdict, originality=plain)) for one in each]
        for each in (found, wanted)
    )
    return told == meant and all(map(eq, figures[0], map(partial(pytest.approx, abs=1e-5), figures[1])))


@pytest.fixture(scope="module")
def apart() -> Iterator[JudgesApart]:
    """One judge in a process of its own."""
    judges = JudgesApart(demo_project().brand, Settings().encoder, load)
    yield judges
    judges.close()


def test_the_same_answers_have_the_same_verdicts_in_another_process(apart: JudgesApart) -> None:
    """Drafts, findings with their passages and order, receipts, every figure of originality; and the vectors."""
    found = verdicts(apart)
    assert found == expected()
    decisions = {one.verdict.decision for each in found for one in each}
    assert decisions >= {Decision.ACCEPT, Decision.REVISE}
    assert {len(each) for each in found} == {1, 2}
    assert len({answer.unread.spec.language for answer in asked().answers}) == 5
    for evaluation in (one for each in found for one in each):
        accepted = evaluation.verdict.decision is Decision.ACCEPT
        assert (evaluation.vector is not None) is accepted
        if evaluation.vector is not None:
            here = load().encode([evaluation.draft.text])[0]
            assert np.array_equal(evaluation.vector, here)


def test_judging_leaves_no_circles_of_objects() -> None:
    """So that a judge in a process of its own need not look for any (OBJECTS_OF_A_LEAK)."""
    expected()
    asked(EVERY // 2)
    gc.collect()
    gc.disable()
    try:
        found = verdicts(JudgeHere(load), EVERY // 2)
        assert gc.collect() < len(found)  # not one a draft
    finally:
        gc.enable()


def test_the_encoder_of_the_judges_is_the_one_that_was_asked_for(apart: JudgesApart) -> None:
    """Name, digest and vectors: what it encodes may be compared with what this process does."""
    encoder = EncoderOfJudges(apart)
    assert (encoder.name, encoder.digest, encoder.dimensions) == (
        load().name,
        load().digest,
        load().dimensions,
    )
    assert np.allclose(encoder.encode(["Le lin."]), load().encode(["Le lin."]), atol=1e-6)
    assert encoder.encode([]).shape == (0, encoder.dimensions)


@pytest.mark.parametrize("where", ["here", "apart"])
def test_siblings_that_cannot_be_read_are_told_and_the_next_draft_is_judged(
    apart: JudgesApart, where: str
) -> None:
    """The exception is the reader's own."""
    judging: Judging = apart if where == "apart" else JudgeHere(load)

    def fail() -> Siblings:
        raise OSError("the disk is gone")

    answer = asked().answers[0]
    with pytest.raises(OSError, match="the disk is gone"):
        judging.judge(answer, generic(), fail)
    assert alike(judging.judge(answer, generic(), lambda: asked().siblings[0]), expected()[0])


def test_a_judge_that_is_killed_is_followed_by_another_one_until_this_process_judges(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed at rest, and at a draft: each draft has its verdict, and the log says why it waited."""
    monkeypatch.setattr("inedit.pipeline.judges.MOST_DEATHS", 2)
    judges = JudgesApart(demo_project().brand, Settings().encoder, load)
    first = asked().answers[0]
    try:
        judges.prepare([first])
        pids = [judges._processes[0].pid]
        os.kill(pids[0], signal.SIGKILL)
        assert alike(judges.judge(first, generic(), lambda: asked().siblings[0]), expected()[0])
        pids.append(judges._processes[0].pid)

        def killed() -> Siblings:
            if judges._processes:
                os.kill(pids[-1], signal.SIGKILL)
            return asked().siblings[0]

        assert alike(judges.judge(first, generic(), killed), expected()[0])
        assert len(set(pids)) == 2 and judges._processes == []
        told = [record.getMessage() for record in caplog.records if "judge" in record.getMessage()]
        assert [("SIGKILL" in one, "by another one" in one) for one in told] == [
            (True, True),
            (True, False),
        ]
        assert "in the run's own process from now on" in told[-1]
        judges.prepare(asked().answers[:1])
        assert np.array_equal(EncoderOfJudges(judges).encode(["Le lin."]), load().encode(["Le lin."]))
    finally:
        judges.close()
    with pytest.raises(JudgeDied, match="the run is over"):
        judges.judge(first, generic(), lambda: ())


def test_judges_that_rested_come_back(apart: JudgesApart) -> None:
    """What is asked afterwards waits until one has loaded again; two drafts may be at hand then."""
    before = {process.pid for process in apart._processes}
    apart.rest()
    assert apart._processes == []
    apart.begin()
    assert not before & {process.pid for process in apart._processes}
    answer = asked().answers[0]
    judged = partial(apart.judge, answer, generic(), lambda: asked().siblings[0])
    assert alike(judged(), expected()[0]) and alike(judged(), expected()[0])


def test_an_encoder_that_cannot_be_had_is_told_as_in_this_process() -> None:
    """By the same exception, whoever asks first; no judge is started again for it."""
    judges = JudgesApart(demo_project().brand, " ", load)
    try:
        with pytest.raises(WrongInput, match="Give the name of an encoder"):
            judges.ready()
        judges._processes[0]._reader.join()  # it has ended meanwhile
        for _ in range(3):
            with pytest.raises(WrongInput, match="Give the name of an encoder"):
                judges.prepare(asked().answers[:1])
        assert len(judges._processes) == 1
    finally:
        judges.close()


def test_a_judge_that_cannot_be_told_its_brand_leaves_judging_to_this_process(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A brand of an own class may hold what cannot be sent: the log says so, and no process is left."""
    monkeypatch.setattr("inedit.pipeline.judges.MOST_DEATHS", 1)
    judges = JudgesApart(demo_project().brand, Settings().encoder, load)
    unsendable: Any = lambda: None  # noqa: E731
    judges._order = Order("", unsendable, "", "")
    judges.begin()
    (process,) = judges._processes
    try:
        first = asked().answers[0]
        assert alike(judges.judge(first, generic(), lambda: asked().siblings[0]), expected()[0])
        assert process._process.returncode is not None and judges._processes == []
        assert "pickle" in caplog.text and "memory" not in caplog.text
    finally:
        judges.close()


def test_a_judge_that_is_still_loading_is_not_waited_for(apart: JudgesApart) -> None:
    """A run may come to its end with the first answer: nobody waits for what is only loaded to be put away."""
    apart.rest()
    apart.begin()
    (process,) = apart._processes
    apart.rest()
    assert process._process.returncode == -signal.SIGKILL


def test_where_no_process_can_be_started_this_one_judges(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log says why, and the line to it is closed."""
    ends = list[socket.socket]()
    judges = JudgesApart(demo_project().brand, Settings().encoder, load)

    def pair(make: Callable[[], tuple[socket.socket, socket.socket]] = socket.socketpair) -> Any:
        ends.extend(make())
        return ends[-2:]

    def refuse(*_: object, **__: object) -> None:
        raise BlockingIOError("too many processes")

    with monkeypatch.context() as full:
        full.setattr("socket.socketpair", pair)
        full.setattr("subprocess.Popen", refuse)
        judges.begin()
    assert [end.fileno() for end in ends] == [-1, -1]
    assert "too many processes" in caplog.text
    first = asked().answers[0]
    assert alike(judges.judge(first, generic(), lambda: asked().siblings[0]), expected()[0])
    judges.close()
