"""The archive judged again: what was sound stays sound, and what the brand has taken back is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from fakes.stub_openai import StubOpenAI
from fakes.writer import tell_the_insight
from inedit.brand.schema import BannedTerm, Brand, Reference
from inedit.model import Status
from inedit.pipeline import run_campaign
from inedit.pipeline.rejudge import Rejudged, rejudge
from inedit.pipeline.task import Options, Pipeline

TODAY = date(2026, 11, 22)


async def judged_again(
    open_line: Any,
    posts: Any,
    change: Callable[[Brand, str], Brand] = lambda brand, _: brand,
    today: date = TODAY,
) -> list[Rejudged]:
    """Write the posts of the demo campaign, change the brand, judge again; ``change`` gets the first text."""
    async with StubOpenAI(answer=tell_the_insight) as stub, open_line(stub) as line:
        campaign = posts()
        run = await run_campaign(campaign, line, Options(mirror=0))
        assert run.count(Status.ACCEPTED) == 2
        found = _again(line, change(line.brand, run.pieces[0].text), today)
        in_order = [piece.id for piece in run.pieces]
        return sorted(found, key=lambda one: in_order.index(one.piece.id))


def _again(line: Pipeline, brand: Brand, today: date) -> list[Rejudged]:
    calls = len(list(line.ledger.entries()))
    found = list(rejudge(line.archive.store, brand, line.templates, today))
    assert len(list(line.ledger.entries())) == calls, "nothing is paid"
    return found


async def test_what_was_accepted_a_moment_ago_still_passes(open_line, posts) -> None:
    """The same guard and the same brand: nothing to say."""
    assert [one.passes for one in await judged_again(open_line, posts)] == [True, True]


async def test_a_banned_word_finds_the_pieces_that_say_it(open_line, posts) -> None:
    """The lexicon has grown since."""

    def change(brand: Brand, text: str) -> Brand:
        word = max(text.split(), key=len).strip(".,’")
        lexicon = brand.lexicons["fr"].model_copy(update={"banned": (BannedTerm(term=word),)})
        return brand.model_copy(update={"lexicons": {**brand.lexicons, "fr": lexicon}})

    found = await judged_again(open_line, posts, change)
    assert not found[0].passes
    assert "lexicon" in {finding.check for finding in found[0].findings}


async def test_a_protected_text_that_is_new_finds_its_copies(open_line, posts) -> None:
    """A competitor's text was added after the piece was accepted."""

    def change(brand: Brand, text: str) -> Brand:
        rival = Reference(id="rival", kind="competitor", language="fr", text=text)
        return brand.model_copy(update={"references": (*brand.references, rival)})

    found = await judged_again(open_line, posts, change)
    assert [one.passes for one in found] == [False, True]
    (finding,) = found[0].findings
    assert finding.check == "near-duplicate"
    assert finding.matches[0].piece_id == "reference:rival"


async def test_a_claim_that_has_run_out_no_longer_supports_a_text(open_line, posts) -> None:
    """What may not be said any more is found in what was said."""

    def change(brand: Brand, _: str) -> Brand:
        over = {
            id: claim.model_copy(update={"valid_until": date(2026, 12, 31)})
            for id, claim in brand.claims.items()
        }
        return brand.model_copy(update={"claims": over})

    found = await judged_again(open_line, posts, change, today=date(2027, 6, 1))
    assert any(not one.passes for one in found), [one.piece.text for one in found]


async def test_what_a_piece_is_made_of_and_is_gone_is_named(open_line, posts) -> None:
    """Without its insight or its campaign a piece is a person's to look at, and nothing fails."""

    def change(brand: Brand, _: str) -> Brand:
        return brand.model_copy(update={"insights": {}, "campaigns": {}})

    found = await judged_again(open_line, posts, change)
    messages = [finding.message for one in found for finding in one.findings]
    assert "The brand has no campaign 'mini' any more." in messages
    assert any(message.startswith("The brand has no insight") for message in messages)
    assert json.loads(json.dumps(found[0].as_json()))["passes"] is False


async def test_only_a_campaign_is_told_of_but_all_are_compared_with(open_line, posts) -> None:
    """A copy of another campaign's piece is found though only one campaign was asked for."""
    async with StubOpenAI(answer=tell_the_insight) as stub, open_line(stub) as line:
        await run_campaign(posts(), line, Options(mirror=0))
        assert list(rejudge(line.archive.store, line.brand, line.templates, TODAY, ["other"])) == []
        assert len(list(rejudge(line.archive.store, line.brand, line.templates, TODAY, ["mini"]))) == 2
