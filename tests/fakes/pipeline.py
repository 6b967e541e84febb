"""A production line on fakes: the tiny brand, templates of three lines, a guard that does as the text says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from fakes.brand import TODAY, tiny_brand, tiny_campaign, tiny_sheet, tiny_spec
from fakes.ledger import a_baseline
from fakes.services import FakeArchive, FakeEncoder, FakeGenericTexts, FakeLedger, FakeModel, NoPace
from inedit.brand.schema import Brand
from inedit.generation.adaptive_limiter import AdaptiveConcurrencyLimiter
from inedit.generation.client import Completion
from inedit.guard.context import Context
from inedit.model import Draft, Finding, Outcome, Severity, Usage, VariantSpec, Verdict
from inedit.pipeline.batches import Batches
from inedit.pipeline.evaluation import Evaluation, Surroundings
from inedit.pipeline.judging import JudgeHere
from inedit.pipeline.metered_call import MeteredModel
from inedit.pipeline.task import Event, Options, PieceTask, Pipeline, RunContext
from inedit.prompting import Templates

TEMPLATE = """
{% block system %}You write for {{ brand.name }}.{% endblock %}
{% block example %}{{ example.brief }}{% endblock %}
{% block brief %}Angle: {{ angle.name }}.
{% for insight in insights %}Insight: {{ insight.text }}
{% endfor %}{% for opening in siblings.openings %}Taken: {{ opening }}
{% endfor %}{% endblock %}
{% block revision %}{% for finding in revision.findings %}Fix: {{ finding.remedy }}
{% endfor %}{% endblock %}
"""

BLOCKED = Finding("parts", Severity.BLOCK, "Too short.", remedy="Write more.")
DOUBTED = Finding("statements", Severity.REVIEW, "Nobody knows.", remedy="Ask somebody.")
NOTED = Finding("lexicon", Severity.NOTE, "A worn phrase.")
SAYS = {"!": BLOCKED, "?": DOUBTED, "~": NOTED}
"""What the guard of the tests has against a text, by the signs in it; ``#`` makes it unreadable."""


@cache
def templates() -> Templates:
    """One channel, in every language of the tiny brand."""
    return Templates({"email": tiny_sheet()}, {"email.md.j2": TEMPLATE})


@cache
def brand_with_baseline() -> Brand:
    """The tiny brand, whose French e-mails have a baseline."""
    return tiny_brand().model_copy(update={"baselines": (a_baseline(),)})


@dataclass
class Guard:
    """Stands in for :func:`inedit.pipeline.evaluation.evaluate`, and remembers what it was given."""

    given: list[tuple[str, Context, Surroundings]] = field(default_factory=list)

    def __call__(self, raw: str, unread: Draft, context: Context, surroundings: Surroundings) -> Evaluation:
        self.given.append((raw, context, surroundings))
        if "#" in raw:
            shape = Finding("shape", Severity.BLOCK, "Cannot be read.", remedy="Answer in JSON.")
            return Evaluation(unread, Verdict((shape,)), readable=False)
        findings = tuple(SAYS[sign] for sign in raw if sign in SAYS)
        return Evaluation(replace(unread, parts={"body": raw}), Verdict(findings))


class Inline(Executor):
    """Does at once what it is given."""

    def submit(self, work: Callable[..., Any], /, *args: Any, **more: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(work(*args, **more))
        except BaseException as error:
            done.set_exception(error)
        return done


def answer(text: str, outcome: Outcome = Outcome.ANSWERED, number: int = 0) -> Completion:
    """What a model says."""
    return Completion(text, Usage("stub", 10, 0, 5, 0, 0.1), f"id-{number}-{text}", "stop", outcome)


@dataclass
class Line:
    """A line on fakes, with everything that a test wants to look at."""

    pipeline: Pipeline
    model: FakeModel
    ledger: FakeLedger
    archive: FakeArchive
    generic: FakeGenericTexts
    events: list[Event] = field(default_factory=list)
    stop: asyncio.Event = field(default_factory=asyncio.Event)

    def context(self, **options: Any) -> RunContext:
        """A run of one pool; no generic texts are wanted unless ``options`` say so."""
        chosen = Options(**{"mirror": 0, **options})
        judging = JudgeHere(self.pipeline.encoder)
        return RunContext(
            chosen, self.events.append, self.stop, self.archive.leases(), Inline(), judging,
            Batches(len, 1, Inline()),
        )  # fmt: skip

    def kinds(self) -> list[str]:
        """What was told, in order."""
        return [event.kind for event in self.events]


def line(
    *answers: str | Completion | Exception, archive: FakeArchive | None = None, ledger: FakeLedger | None = None,
    generic: Sequence[str] = (), concurrency: int = 1,
) -> Line:  # fmt: skip
    """A line whose model gives these answers in turn."""
    said = [answer(one, number=n) if isinstance(one, str) else one for n, one in enumerate(answers)]
    model, archive, ledger = FakeModel(said), archive or FakeArchive(), ledger or FakeLedger()
    source = FakeGenericTexts(tuple(generic))
    metered = MeteredModel(
        model, ledger, AdaptiveConcurrencyLimiter(concurrency), NoPace(), first_wait_seconds=0.0
    )
    pipeline = Pipeline(
        brand_with_baseline(), templates(), archive, ledger, metered, source, FakeEncoder, TODAY, "openai"
    )
    return Line(pipeline, model, ledger, archive, source)


def a_variant(language: str = "fr", **changes: Any) -> VariantSpec:
    """A variant whose claims are all valid."""
    return tiny_spec(language, **{"claim_ids": ("mended", "woven"), **changes})


def task(spec: VariantSpec | None = None, **changes: Any) -> PieceTask:
    """A cell that needs its first text."""
    values = {"run_id": "run-1", "campaign": tiny_campaign(), "revision_number": 1, **changes}
    return PieceTask(spec=spec or a_variant(), **values)


async def until(happened: Callable[[], bool]) -> None:
    """Wait for what does not tell when it happens."""
    while not happened():  # noqa: ASYNC110
        await asyncio.sleep(0.001)
