"""What anybody would get from the model: paid once, kept, and held against every draft."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from fakes.stub_openai import Request, StubOpenAI
from fakes.writer import always, tell_the_insight, without_our_data
from inedit.archive.leases import Leases
from inedit.brand.schema import Campaign
from inedit.ledger.journal.reading import Scope
from inedit.model import Status
from inedit.model.errors import ProviderFailure
from inedit.pipeline import run_campaign
from inedit.pipeline.generic_texts import Mirror
from inedit.pipeline.task import Options, Pipeline
from inedit.store.tables import baselines

MakePosts = Callable[..., Campaign]
TORN = (
    "Regardez de plus près.",
    "Une chaise a coincé la nappe, et la voilà déchirée au même endroit que toutes les autres.",
)
ONE_CELL = {"segments": ("families",), "insights": ("chair-tear", "tenth-wash")}


def of_purpose(line: Pipeline, purpose: str) -> list[Any]:
    """The ledger's calls of one purpose."""
    return [e for e in line.ledger.entries(Scope()) if e.kind == "call" and e.purpose == purpose]


def everybody_tells_it(request: Request, number: int) -> str:
    """A model that tells of the torn tablecloth without having been told, until it is given another insight."""
    if without_our_data(request):
        return " ".join(TORN)
    told = request["messages"][-1]["content"]
    return (
        tell_the_insight(request, number)
        if "anybody" in told or "importe qui" in told
        else always({"fr": TORN})(request, number)
    )


async def test_what_anybody_would_get_goes_back_with_another_insight(open_line, posts: MakePosts) -> None:
    """A draft like the baselines is refused, shown the nearest of their sentences, and given an unused insight."""
    campaign = posts(**ONE_CELL)
    async with StubOpenAI(answer=everybody_tells_it) as stub, open_line(stub) as line:
        run = await run_campaign(campaign, line, Options(concurrency=1))
        last = stub.requests[-1]["messages"][-1]["content"]
    (piece,) = run.pieces
    refused = run.refusals[0]
    assert [finding.check for finding in refused.findings if finding.severity == "block"] == ["mirror"]
    (mirror,) = (finding for finding in refused.findings if finding.check == "mirror")
    assert "coincé la nappe" in mirror.message
    assert mirror.matches[0].piece_id.startswith("mirror:")
    assert set(piece.spec.insight_ids) == {"chair-tear", "tenth-wash"}
    assert line.brand.insights["tenth-wash"].text["fr"][:20] in last
    assert refused.piece is None
    assert piece.status is Status.ACCEPTED, piece.reason
    assert piece.verdict.originality.mirror_distance > 0.4


async def test_baselines_are_shared_costs_paid_once(open_line, posts: MakePosts) -> None:
    """Five a channel and language, charged to the campaign and to no piece; another run on the brief pays none."""
    campaign = posts(languages=("fr", "de"))
    async with StubOpenAI(answer=tell_the_insight) as stub, open_line(stub) as line:
        await run_campaign(campaign, line, Options())
        paid = of_purpose(line, "baseline")
        await run_campaign(campaign, line, Options(refresh=True, retry_parked=True))
        longer = campaign.model_copy(update={"variants_per_cell": 2})
        await run_campaign(longer, line, Options())
        assert len(of_purpose(line, "baseline")) == len(paid) == 10
        assert sum(entry.output_tokens for entry in of_purpose(line, "draft") + paid) == stub.billed_tokens[2]
    assert {(entry.campaign_id, entry.spec_key) for entry in paid} == {("mini", None)}
    assert {entry.language for entry in paid} == {"fr", "de"}


async def test_a_baseline_s_prompt_holds_nothing_that_only_the_brand_knows(
    open_line, posts: MakePosts
) -> None:
    """No insight, claim, voice or worked example is in what is asked without the brand's data."""
    async with StubOpenAI(answer=tell_the_insight) as stub, open_line(stub) as line:
        await run_campaign(posts(), line, Options())
        asked = [r["messages"] for r in stub.requests if without_our_data(r)]
        brand = line.brand
    secrets = [i.text["fr"] for i in brand.insights.values()] + [c.text["fr"] for c in brand.claims.values()]
    secrets += [brand.identity.voice["fr"], brand.identity.about["fr"]]
    assert len(asked) == 5
    for (message,) in asked:
        assert not [secret for secret in secrets if secret in message["content"]]


async def test_without_a_mirror_nothing_is_asked_and_nothing_measured(open_line, posts: MakePosts) -> None:
    """With 0 baselines the distance is unknown, not zero."""
    async with StubOpenAI(answer=tell_the_insight) as stub, open_line(stub) as line:
        run = await run_campaign(posts(), line, Options(mirror=0))
        assert of_purpose(line, "baseline") == []
    assert {piece.verdict.originality.mirror_distance for piece in run.pieces} == {None}


async def test_two_that_need_the_same_baselines_pay_for_them_once(open_line, posts: MakePosts) -> None:
    """A second process waits for the texts that the first one has asked for."""
    async with (
        StubOpenAI(answer=tell_the_insight, latency_seconds=0.2) as stub,
        open_line(stub) as line,
        open_line(stub) as other,
    ):
        found = await asyncio.gather(
            *(mirror.mirror.baselines(posts(), "social", "fr", 5, run_id="r", stop=asyncio.Event(),
                                       leases=Leases(mirror.archive.store))
              for mirror in (line, other))
        )  # fmt: skip
    assert len(stub.served) == 5
    assert found[0].texts == found[1].texts
    assert len(found[0].texts) == 5


async def test_a_claim_that_came_to_nothing_is_given_back(open_line, posts: MakePosts) -> None:
    """When the provider fails, the next run asks again at once; what was paid for is kept."""
    stub = StubOpenAI(answer=tell_the_insight, status=500)
    stop = asyncio.Event()
    async with stub, open_line(stub) as line:
        leases = Leases(line.archive.store)
        with pytest.raises(ProviderFailure):
            await line.mirror.baselines(posts(), "social", "fr", 3, run_id="r", stop=stop, leases=leases)
        stub.status = 0
        with line.archive.store.read() as connection:
            assert connection.execute(select(baselines.c.number)).all() == []
        found = await line.mirror.baselines(posts(), "social", "fr", 3, run_id="r", stop=stop, leases=leases)
    assert len(found.texts) == 3


async def test_a_stopped_run_asks_for_no_more_baselines(open_line, posts: MakePosts) -> None:
    """Stopped while baselines are being asked for, a run keeps those that it paid for and makes no new call."""
    stop = asyncio.Event()
    async with StubOpenAI(answer=tell_the_insight, latency_seconds=0.3) as stub:
        async with open_line(stub, concurrency=1) as line:
            asyncio.get_running_loop().call_later(0.5, stop.set)
            first = await run_campaign(posts(), line, Options(concurrency=1), stop=stop)
            assert first.stopped == "interrupted"
            served = len(stub.served)
            assert served <= 4
        async with open_line(stub) as line:
            second = await run_campaign(posts(), line, Options())
            assert len(of_purpose(line, "baseline")) == 5
            assert second.stopped == ""


async def test_the_text_of_a_baseline_comes_from_the_store(open_line, posts: MakePosts) -> None:
    """A new process reads what an earlier one paid for."""
    async with StubOpenAI(answer=tell_the_insight) as stub, open_line(stub) as line:
        stop, leases = asyncio.Event(), Leases(line.archive.store)
        first = await line.mirror.baselines(posts(), "social", "de", 5, run_id="r", stop=stop, leases=leases)
        fresh = Mirror(
            line.brand,
            line.templates,
            replace(line.metered_model),
            line.archive.store,
            line.encoder,
            line.provider,
        )
        again = await fresh.baselines(posts(), "social", "de", 5, run_id="s", stop=stop, leases=leases)
    assert again.texts == first.texts
    assert again.reach == first.reach
    assert len(stub.served) == 5
