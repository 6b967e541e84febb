"""Generic texts: asked once for a brief, paid once, kept, and shared by all who need them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest

from fakes.brand import tiny_campaign
from fakes.pipeline import answer, brand_with_baseline, templates
from fakes.services import FakeEncoder, FakeModel, NoPace
from inedit.archive.generic_texts import texts_by_language
from inedit.archive.leases import Leases
from inedit.generation.adaptive_limiter import AdaptiveConcurrencyLimiter
from inedit.guard.similarity.generic import GenericTexts
from inedit.ledger import Ledger
from inedit.model.errors import ProviderFailure
from inedit.pipeline import generic_texts
from inedit.pipeline.generic_texts import Mirror
from inedit.pipeline.metered_call import MeteredModel
from inedit.prompting.generic_prompt import generic_prompt, words_asked
from inedit.store import Store

CAMPAIGN = tiny_campaign()
SHEET = templates().sheets["email"]


@dataclass
class Stand:
    """A mirror on a real store, with its model and leases."""

    mirror: Mirror
    model: FakeModel
    leases: Leases
    stop: asyncio.Event

    async def ask(self, count: int = 2, language: str = "fr", campaign: Any = CAMPAIGN) -> GenericTexts:
        return await self.mirror.baselines(
            campaign, "email", language, count, run_id="run-1", stop=self.stop, leases=self.leases
        )


def stand_on(store: Store, *answers: Any) -> Stand:
    model = FakeModel(
        [answer(one, number=n) if isinstance(one, str) else one for n, one in enumerate(answers)]
    )
    metered = MeteredModel(
        model, Ledger(store), AdaptiveConcurrencyLimiter(4), NoPace(), first_wait_seconds=0.0
    )
    mirror = Mirror(brand_with_baseline(), templates(), metered, store, FakeEncoder, "openai")
    return Stand(mirror, model, Leases(store), asyncio.Event())


async def test_they_are_asked_without_our_data_and_kept(store: Store) -> None:
    """Each with its own prompt and seed, and as long as the channel's texts at most; charged to the campaign."""
    stand = stand_on(store, " Un texte. ", "Deux textes.")
    found = await stand.ask()
    assert sorted(found.texts) == ["Deux textes.", "Un texte."]
    assert found.vectors.shape == (2, 64)
    assert sorted(texts_by_language(store, "dawn")["fr"]) == ["Deux textes.", "Un texte."]
    prompts = {generic_prompt(brand_with_baseline(), CAMPAIGN, SHEET, "fr", number).text for number in (0, 1)}
    assert {prompt.text for prompt in stand.model.prompts} == prompts
    assert sorted(stand.model.seeds) == [1000, 1001]
    assert stand.model.asked == [round(2.5 * words_asked(SHEET))] * 2
    entries = list(Ledger(store).entries())
    assert {(e.purpose, e.campaign_id, e.channel, e.language, e.run_id, e.spec_key) for e in entries} == {
        ("baseline", "dawn", "email", "fr", "run-1", None)
    }


async def test_they_are_paid_once(store: Store) -> None:
    """By whoever needs them first; all who need them meanwhile wait for the same."""
    stand = stand_on(store, "Un.", "Deux.", "English one.", "Un autre.")
    first, again = await asyncio.gather(stand.ask(), stand.ask())
    assert first is again
    assert len(stand.model.asked) == 2
    later = stand_on(store)
    assert sorted((await later.ask()).texts) == ["Deux.", "Un."]
    assert later.model.asked == []
    await stand.ask(1, "en")
    assert len(stand.model.asked) == 3
    await stand.ask(3)  # two of them are there
    assert len(stand.model.asked) == 4


async def test_without_any_nothing_is_encoded(store: Store) -> None:
    """None wanted, or all of them empty."""
    stand = stand_on(store, "  ")
    none = await stand.ask(0)
    assert (none.texts, none.vectors.shape) == ((), (0, 0))
    assert (await stand.ask(1)).texts == ()
    assert len(stand.model.asked) == 1


async def test_a_stopped_run_asks_for_none(store: Store) -> None:
    """Nothing is paid."""
    stand = stand_on(store, "Un.", "Deux.")
    stand.stop.set()
    assert (await stand.ask()).texts == ()
    assert stand.model.asked == []


async def test_a_stopped_answer_is_not_kept_for_ever(store: Store) -> None:
    """While the run is stopped it is asked for anew each time: what is missing may have come."""
    stand = stand_on(store)
    stand.stop.set()
    first = await stand.ask()
    other = stand_on(store, "Un.", "Deux.")
    await other.ask()
    assert (len(first.texts), len((await stand.ask()).texts)) == (0, 2)


async def test_what_a_call_raises_is_raised_and_the_rest_is_kept(store: Store) -> None:
    """The next one who asks tries again, and pays for what is missing alone; nothing stays held."""
    stand = stand_on(store, "Un.", ProviderFailure("no key"), "Deux.")
    with pytest.raises(ProviderFailure, match="no key"):
        await stand.ask()
    from sqlalchemy import select

    from inedit.store.tables import leases

    with store.read() as connection:
        assert connection.execute(select(leases)).all() == []
    assert len((await stand.ask()).texts) == 2
    assert len(stand.model.asked) == 3


async def test_who_comes_second_waits_for_the_first(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process is asking for the same: its answer serves both."""
    monkeypatch.setattr(generic_texts, "WAIT_FOR_OTHERS_SECONDS", 0.005)
    first, second = stand_on(store, "Un."), stand_on(store)
    under_way, release = asyncio.Event(), asyncio.Event()
    complete = first.model.complete

    async def slow(*args: Any, **more: Any) -> Any:
        under_way.set()
        await release.wait()
        return await complete(*args, **more)

    first.model.complete = slow  # type: ignore[method-assign]
    one = asyncio.create_task(first.ask(1))
    await under_way.wait()
    other = asyncio.create_task(second.ask(1))
    await asyncio.sleep(0.03)
    assert not other.done()
    release.set()
    assert (await one).texts == (await other).texts == ("Un.",)
    assert second.model.asked == []


def test_five_are_wanted_unless_somebody_says_otherwise() -> None:
    """As docs/guard/mirror.md says."""
    assert (generic_texts.DEFAULT_COUNT, generic_texts.FIRST_SEED) == (5, 1000)
    assert generic_texts.WAIT_FOR_OTHERS_SECONDS == 0.5
