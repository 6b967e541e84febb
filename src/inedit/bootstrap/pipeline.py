"""The production line, wired."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING, Self

from inedit.bootstrap.ledger import open_ledger
from inedit.bootstrap.models import ModelAddress, lazy_encoder, once, served_model
from inedit.bootstrap.project import index_folder, load_prompts
from inedit.bootstrap.settings import Settings, is_embedded
from inedit.model.errors import WrongInput

if TYPE_CHECKING:
    from inedit.archive.admission import Archive
    from inedit.brand.load import Project
    from inedit.brand.preferences import Preferences
    from inedit.brand.schema import Campaign
    from inedit.encoding import Encoder
    from inedit.generation.client import ChatModel
    from inedit.ledger import Ledger, Limit
    from inedit.pipeline.advisor import Advisor
    from inedit.pipeline.batched_model import BatchedModel
    from inedit.pipeline.judges import JudgesApart
    from inedit.pipeline.metered_call import MeteredModel
    from inedit.pipeline.task import Pipeline
    from inedit.prompting import Templates
    from inedit.store import Store


@dataclass(frozen=True, slots=True)
class Batching:
    """That a campaign's texts are asked for in batches, and who is told how they stand, in sentences."""

    campaign_id: str
    tell: Callable[[str], None]

    @classmethod
    def chosen(
        cls, batch: bool, campaign_id: str, tell: Callable[[str], None], settings: Settings
    ) -> Self | None:
        """None when it is not. Raises :class:`~.errors.WrongInput` for a model that nobody offers in batches."""
        if batch and is_embedded(settings.model):
            raise WrongInput(
                f"The embedded model '{settings.model}' is not asked in batches: name a model of a provider that has a "
                "Batch API, or write without batches."
            )
        return cls(campaign_id, tell) if batch else None


@asynccontextmanager
async def open_pipeline(
    project: Project,
    settings: Settings,
    store: Store,
    address: ModelAddress,
    *,
    concurrency: int,
    limits: Sequence[Limit] = (),
    today: date | None = None,
    encoder: Callable[[], Encoder] | None = None,
    batching: Batching | None = None,
) -> AsyncIterator[Pipeline]:
    """The production line, wired and ready to run; ``encoder`` is one that is there already. With ``batching``, calls
    are asked in batches, those of the advisor of ``settings`` excepted: a person who waits for a text waits once."""
    from inedit.archive.admission import Archive
    from inedit.generation.adaptive_limiter import AdaptiveConcurrencyLimiter
    from inedit.generation.client import ChatModel
    from inedit.generation.rate_limiter import RateLimiter, load_pace
    from inedit.pipeline.generic_texts import Mirror
    from inedit.pipeline.metered_call import MeteredModel, PaidModel
    from inedit.pipeline.task import Pipeline

    templates = load_prompts(settings, project)
    ledger = open_ledger(store, project.root, settings).with_limits(*limits)

    pace = RateLimiter(store, load_pace(project.root))

    def metered(asked: ChatModel) -> MeteredModel:
        return MeteredModel(asked, ledger, AdaptiveConcurrencyLimiter(concurrency), pace)

    async with ChatModel(address.base_url, address.api_key, address.model) as model:
        metered_model: PaidModel = metered(model)
        judging, encoder = _judges(project, settings, concurrency, encoder or lazy_encoder(settings))
        archive = Archive(
            store, project.brand, lambda texts: encoder().encode(texts), index_folder(project.root)
        )
        async with AsyncExitStack() as stack:
            if judging is not None:
                stack.push_async_callback(asyncio.to_thread, judging.close)
            if batching is not None:
                batched = _batched_model(model, ledger, archive, batching)
                metered_model = await stack.enter_async_context(batched.opened())
            advisor = await stack.enter_async_context(
                _opened_advisor(project, settings, store, templates, address, metered)
            )
            yield Pipeline(
                brand=project.brand,
                templates=templates,
                archive=archive,
                ledger=ledger,
                metered_model=metered_model,
                mirror=Mirror(project.brand, templates, metered_model, store, encoder, address.provider),
                encoder=encoder,
                today=today or datetime.now(UTC).date(),
                provider=address.provider,
                preferences=partial(preferences_of, store),
                advisor=advisor,
                judging=judging,
            )


def _judges(
    project: Project, settings: Settings, concurrency: int, encoder: Callable[[], Encoder]
) -> tuple[JudgesApart | None, Callable[[], Encoder]]:
    """Judges in processes of their own, as far as the settings want them, and the encoder that the run's own process
    asks: theirs, since it is not to be loaded twice."""
    apart = settings.judges_for(concurrency)
    if not apart:
        return None, encoder
    from inedit.encoding.remembering import RememberingEncoder
    from inedit.pipeline.judges import EncoderOfJudges, JudgesApart

    judges = JudgesApart(project.brand, settings.encoder, encoder, apart)
    return judges, once(lambda: RememberingEncoder(EncoderOfJudges(judges)))


@asynccontextmanager
async def _opened_advisor(
    project: Project,
    settings: Settings,
    store: Store,
    templates: Templates,
    writer: ModelAddress,
    metered: Callable[[ChatModel], MeteredModel],
) -> AsyncIterator[Advisor | None]:
    """The advisor of the settings, where there is one. An embedded model that writes as well is started once.

    Raises :class:`~.errors.WrongInput` when the project has no question for an advisor.
    """
    if not settings.advisor:
        yield None
        return
    from inedit.generation.client import ChatModel
    from inedit.pipeline.advisor import Advisor
    from inedit.prompting.advice import question_in

    for language in project.brand.languages:
        question_in(templates, language)
    there = (
        nullcontext(writer)
        if settings.advisor == settings.model
        else served_model(replace(settings, model=settings.advisor))
    )
    with there as address:
        async with ChatModel(address.base_url, address.api_key, address.model) as model:
            yield Advisor(metered(model), templates, store, address.provider)


def _batched_model(model: ChatModel, ledger: Ledger, archive: Archive, batching: Batching) -> BatchedModel:
    from inedit.generation.batch_api import BatchApi
    from inedit.pipeline.batched_model import BatchedModel

    return BatchedModel(model, BatchApi(model), ledger, archive, batching.campaign_id, tell=batching.tell)


def preferences_of(store: Store, campaign: Campaign, run_id: str | None = None) -> Preferences:
    """What a campaign's plan prefers by A/B tests: today, or as it was when the run with this id began."""
    from inedit.archive.runs import read_run_preferences
    from inedit.insight_loop.experiments.learning import read_preferences

    return read_preferences(store, campaign) if run_id is None else read_run_preferences(store, run_id)
