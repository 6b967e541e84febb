"""What the pipeline relies on in a language model (more of it, for servers alone: test_models_contract.py)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from fakes.services import FakeModel
from fakes.stub_openai import StubOpenAI
from inedit.generation.client import ChatModel, Completion
from inedit.generation.errors import NotServed
from inedit.model import Message, Outcome, Prompt, Usage
from inedit.pipeline.services import LanguageModel

PROMPT = Prompt((Message("user", "Write one sentence."),), "email", "sha")


def said(text: str, number: int) -> Completion:
    return Completion(text, Usage("stub", 5, 0, 3, 0, 0.1), f"id-{number}", "stop")


@pytest.fixture(params=["fake", "real"])
async def model(request: pytest.FixtureRequest) -> AsyncIterator[LanguageModel]:
    """One that answers twice, and then is down."""
    if request.param == "fake":
        yield FakeModel([said("First.", 1), said("Second.", 2), NotServed("down")])
        return
    stub = StubOpenAI(answer=["First.", "Second."], fail_every=3)
    async with stub, ChatModel(stub.base_url, "none", "stub") as chat:
        yield chat


async def test_a_model_answers_and_says_what_it_used(model: LanguageModel) -> None:
    """Each call by itself, under an id of its own; one that was surely not served says so."""
    answers = [await model.complete(PROMPT, seed=seed, temperature=0.7, max_tokens=20) for seed in (1, 2)]
    assert [answer.text for answer in answers] == ["First.", "Second."]
    assert [answer.outcome for answer in answers] == [Outcome.ANSWERED] * 2
    assert all(answer.usage.model == model.model for answer in answers)
    assert all(answer.usage.input_tokens > 0 and answer.usage.output_tokens > 0 for answer in answers)
    assert len({answer.response_id for answer in answers}) == 2
    with pytest.raises(NotServed):
        await model.complete(PROMPT, seed=3, temperature=0.7, max_tokens=20)


def test_no_more_may_be_billed_than_is_asked_for() -> None:
    """A model that does not reason writes at most what it may."""
    assert FakeModel([]).max_output_tokens(20) == ChatModel(
        "http://localhost", "none", "stub"
    ).max_output_tokens(20)
