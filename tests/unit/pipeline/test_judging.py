"""Who judges drafts: the judge in the run's process, and how many drafts are at hand at once."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from typing import Any

import pytest

from fakes.brand import tiny_context
from fakes.pipeline import Guard, a_variant
from fakes.services import FakeEncoder
from inedit.guard.similarity.generic import GenericTexts
from inedit.model import Draft, Usage
from inedit.pipeline.evaluation import Siblings, Surroundings, evaluate
from inedit.pipeline.judging import JudgeHere, Unjudged
from inedit.pipeline.worker_pool import _threads

UNREAD = Draft(a_variant(), {}, Usage("stub", 0, 0, 0, 0, 0.0), 1)
NONE = GenericTexts.of((), FakeEncoder().encode)


def unjudged(raw: str) -> Unjudged:
    """An answer to the tiny brand's brief."""
    return Unjudged(raw, UNREAD, tiny_context("fr"))


def answer(text: str) -> str:
    """One that can be read."""
    return json.dumps({part.id: text for part in tiny_context("fr").sheet.parts})


def test_what_drafts_ask_the_encoder_for_is_encoded_together() -> None:
    """The texts of all of them in one go; an answer that cannot be read has none."""
    seen = list[list[str]]()

    class Watched(FakeEncoder):
        def encode(self, texts: Any) -> Any:
            seen.append(list(texts))
            return super().encode(texts)

    JudgeHere(Watched).prepare([unjudged(answer("Le lin.")), unjudged("?"), unjudged(answer("La laine."))])
    assert len(seen) == 1
    assert {"Le lin.", "La laine."} <= {line for text in seen[0] for line in text.split("\n")}


def test_the_siblings_are_those_of_the_moment_of_judging(guard: Guard) -> None:
    """They are asked for once for each answer, when its turn has come."""
    asked = list[str]()

    def beside() -> Siblings:
        asked.append("")
        return (("Un autre.",),)

    judge = JudgeHere(FakeEncoder)
    judge.begin()
    judge.judge(unjudged("Le lin."), NONE, beside)
    judge.rest()
    assert (len(asked), [around.siblings for *_, around in guard.given]) == (1, [(("Un autre.",),)])
    assert judge.apart == 0


def test_siblings_that_are_looked_up_count_like_those_that_are_known() -> None:
    """By the checks, which find the same; they are looked up when one asks for them, after the encoder."""
    told = answer("Le lin.")
    before = list[str]()

    class Watched(FakeEncoder):
        def encode(self, texts: Any) -> Any:
            before.append("encoder")
            return super().encode(texts)

    siblings: Siblings = (("Le lin.",), ("Autre chose.",))

    def find() -> Siblings:
        before.append("siblings")
        return siblings

    around = Surroundings(NONE, Watched().encode, "fake")
    known = evaluate(told, UNREAD, tiny_context("fr"), replace(around, siblings=siblings))
    before.clear()
    found = evaluate(told, UNREAD, tiny_context("fr"), replace(around, find_siblings=find))
    assert found == known
    assert before[0] == "encoder" and before.count("siblings") == 1


@pytest.mark.parametrize(
    ("cores", "apart", "threads"), [(2, 0, 2), (2, 1, 3), (1, 2, 4), (8, 1, 8), (None, 0, 1)]
)
def test_few_drafts_are_at_hand_at_once(
    monkeypatch: pytest.MonkeyPatch, cores: int | None, apart: int, threads: int
) -> None:
    """Those that are judged, one that waits for its judge and one at the door; as many as cores in one process."""
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    assert _threads(apart) == threads
