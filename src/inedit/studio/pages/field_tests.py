"""A/B tests: how large they must be, what they say, and what the next plan prefers because of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from starlette.responses import Response

from inedit.bootstrap import preferences_of
from inedit.brand.preferences import Preferences
from inedit.brand.schema import Campaign
from inedit.errors import IneditError
from inedit.insight_loop.experiments import journal
from inedit.insight_loop.experiments.learning import read_learned
from inedit.insight_loop.experiments.readout import read
from inedit.insight_loop.experiments.words import percent, told
from inedit.planning import plan
from inedit.studio.listing import names_of
from inedit.studio.page import Page, Visit
from inedit.studio.pages.field import TABS, room

ROLES = TABS["tests"]


@dataclass(frozen=True, slots=True)
class Change:
    """A value that the plan tells more often: how often, and in whose turns, the most frequent first."""

    factor: str
    value: str
    times: int
    turns_of: Mapping[str, int]


def tests(visit: Visit) -> Response:
    """Every test, the newest first, and the plan of one campaign."""
    store, brand = visit.workspace.store, visit.workspace.project().brand
    designs = journal.read_designs(store)[::-1]
    readings = [read(design, journal.read_figures(store, design.id)) for design in designs]
    tested = [id for id in dict.fromkeys(design.campaign_id for design in designs) if id in brand.campaigns]
    wanted = visit.query.get("campaign", "")
    campaign = brand.campaigns.get(wanted if wanted in brand.campaigns else next(iter(tested), ""))
    evidence = sorted(read_learned(store), key=lambda one: (one.factor, -one.effect))
    preferences = preferences_of(store, campaign) if campaign else Preferences()
    changes, planned, refusal = _changes(visit, campaign, preferences) if campaign else ((), 0, "")
    return room(
        visit, "tests", readings=readings, told=partial(told, language=visit.language), evidence=evidence,
        share=partial(percent, language=visit.language), names=names_of(brand, visit.language), campaign=campaign,
        campaigns=brand.campaigns if designs else {}, preferences=preferences, changes=changes, planned=planned,
        refusal=refusal,
    )  # fmt: skip


def _changes(
    visit: Visit, campaign: Campaign, preferences: Preferences
) -> tuple[tuple[Change, ...], int, str]:
    """What a plan of today gives in the place of what, how many variants it has, and why there is none."""
    brand, today = visit.workspace.project().brand, visit.workspace.clock().date()
    try:
        preferred = plan(campaign, brand, today, None, preferences)
        by_turn = plan(campaign, brand, today)
    except IneditError as error:
        return (), 0, str(error)
    found: dict[tuple[str, str], Counter[str]] = {}
    for spec, turn in zip(preferred, by_turn, strict=True):
        for factor, given, dealt in (
            ("insight", spec.insight_ids, turn.insight_ids),
            ("angle", (spec.angle,), (turn.angle,)),
        ):
            if preferences.knows(factor):  # else an angle only goes with another insight
                taken = [value for value in given if value not in dealt]
                gone = [value for value in dealt if value not in given]
                for before, after in zip(gone, taken, strict=False):
                    found.setdefault((factor, after), Counter())[before] += 1
    changes = (
        Change(factor, value, turns.total(), dict(turns.most_common()))
        for (factor, value), turns in found.items()
    )
    return tuple(sorted(changes, key=lambda one: -one.times)), len(preferred), ""


PAGES = (Page("/field/tests", tests, roles=ROLES),)
