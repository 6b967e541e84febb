"""*Code verbatims*: what people said is read by the code book, offline or by a model, and what is left is told."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from prefect import get_run_logger
from prefect.runtime import flow_run
from prefect.states import Completed, Failed, State

from inedit.bootstrap import (
    Settings,
    lazy_encoder,
    open_pipeline,
    open_project_store,
    run_limit,
    served_model,
)
from inedit.brand.load import Project
from inedit.insight_loop.coding.codings import coded_texts, count_by_coder
from inedit.insight_loop.coding.model_coder import ModelCoding, batches, code_by_model
from inedit.insight_loop.coding.offline_run import code_offline
from inedit.insight_loop.coding.prompts import read_template
from inedit.insight_loop.field_store import verbatims
from inedit.model.errors import WrongInput
from inedit.orchestration.artifacts import Page, show
from inedit.orchestration.forms import CodeForm
from inedit.orchestration.markdown import safe, table
from inedit.orchestration.project import open_project, settings_for
from inedit.store import Store


async def code_verbatims(form: CodeForm) -> State[None]:
    """Code what this coder has not read yet."""
    project = open_project()
    if not project.brand.codes:
        raise WrongInput("There is no code book. Write brand_data/codebook.yaml; docs/coding.md says how.")
    with open_project_store(Settings.from_environment(), project.root) as store:
        if form.by == "model":
            outcome = await _by_model(form, project, store)
            summary = f"{outcome.coded} verbatims coded by {form.model}, {outcome.left} left."
        else:
            encoder = await asyncio.to_thread(lazy_encoder(Settings.from_environment()))
            found = verbatims(store, place=form.place or None, limit=form.limit or None)
            report = await asyncio.to_thread(code_offline, store, project.brand.codes, encoder, found, _now)
            outcome, summary = (
                None,
                f"{report.coded} verbatims coded offline, {report.by_hand} are coded by people.",
            )
        address = await _show(store, summary, list(outcome.unread) if outcome else [])
    get_run_logger().info("%s %s", summary, address)
    if outcome and outcome.left:
        return Failed(message=f"{summary} {outcome.stopped} Run it again to go on.".replace("  ", " "))
    return Completed(message=summary)


async def _by_model(form: CodeForm, project: Project, store: Store) -> ModelCoding:
    settings, codes = replace(await settings_for(form.model), advisor=""), project.brand.codes
    found = verbatims(store, place=form.place or None, limit=form.limit or None)
    made, _ = batches(store, read_template(project.root), codes, settings.model, found)
    limits = (run_limit(form.max_cost, "EUR"),) if form.max_cost else ()
    with served_model(settings) as address:
        async with open_pipeline(
            project, settings, store, address, concurrency=settings.concurrency, limits=limits
        ) as pipeline:
            return await code_by_model(
                made, pipeline.metered_model, store, codes, provider=address.provider, model=settings.model,
                now=_now, at_once=settings.concurrency,
            )  # fmt: skip


async def _show(store: Store, summary: str, complaints: Sequence[str]) -> str:
    """Who has read how much, and how often each code was given; no verbatim is shown."""
    lines = [f"# {summary}", ""]
    readers = count_by_coder(store)
    lines += table(
        ("coder", "kind", "texts"), [(safe(coder), kind, str(n)) for (kind, coder), n in readers.items()]
    )
    counts = Counter((one.coder, coding.code) for one in coded_texts(store) for coding in one.codings)
    rows = [(safe(code), safe(coder), str(n)) for (coder, code), n in sorted(counts.items())]
    lines += ["", *table(("code", "coder", "given"), rows)] if rows else []
    lines += ["", *(f"- {safe(one)}" for one in complaints)]
    return await show(Page(f"coded-{flow_run.get_id()}", "What was coded", "\n".join(lines)))


def _now() -> datetime:
    return datetime.now(UTC)
