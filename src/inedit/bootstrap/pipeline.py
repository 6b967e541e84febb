"""The production line, wired."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING

from inedit.bootstrap.ledger import open_ledger
from inedit.bootstrap.models import ModelAddress, lazy_encoder
from inedit.bootstrap.project import load_prompts
from inedit.bootstrap.settings import Settings

if TYPE_CHECKING:
    from inedit.brand.load import Project
    from inedit.brand.preferences import Preferences
    from inedit.brand.schema import Campaign
    from inedit.encoding import Encoder
    from inedit.ledger import Limit
    from inedit.pipeline.task import Pipeline
    from inedit.store import Store


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
) -> AsyncIterator[Pipeline]:
    """The production line, wired and ready to run; ``encoder`` is one that is there already."""
    from inedit.archive.admission import Archive
    from inedit.generation.adaptive_limiter import AdaptiveConcurrencyLimiter
    from inedit.generation.client import ChatModel
    from inedit.generation.rate_limiter import RateLimiter, load_pace
    from inedit.pipeline.generic_texts import Mirror
    from inedit.pipeline.metered_call import MeteredModel
    from inedit.pipeline.task import Pipeline

    templates = load_prompts(settings, project)
    ledger = open_ledger(store, project.root, settings).with_limits(*limits)

    encoder = encoder or lazy_encoder(settings)

    async with ChatModel(address.base_url, address.api_key, address.model) as model:
        metered_model = MeteredModel(
            model,
            ledger,
            AdaptiveConcurrencyLimiter(concurrency),
            RateLimiter(store, load_pace(project.root)),
        )
        yield Pipeline(
            brand=project.brand,
            templates=templates,
            archive=Archive(store, project.brand, lambda texts: encoder().encode(texts)),
            ledger=ledger,
            metered_model=metered_model,
            mirror=Mirror(project.brand, templates, metered_model, store, encoder, address.provider),
            encoder=encoder,
            today=today or datetime.now(UTC).date(),
            provider=address.provider,
            preferences=partial(preferences_of, store),
        )


def preferences_of(store: Store, campaign: Campaign, run_id: str | None = None) -> Preferences:
    """What a campaign's plan prefers by A/B tests: today, or as it was when the run with this id began."""
    from inedit.archive.runs import read_run_preferences
    from inedit.insight_loop.experiments.learning import read_preferences

    return read_preferences(store, campaign) if run_id is None else read_run_preferences(store, run_id)
