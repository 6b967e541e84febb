"""A/B tests: how large they must be, what they say, and what the next plan prefers because of them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import get_args

from starlette.datastructures import UploadFile
from starlette.responses import Response

from inedit.bootstrap import preferences_of
from inedit.brand.preferences import Preferences
from inedit.brand.schema import Campaign
from inedit.insight_loop.experiments import journal
from inedit.insight_loop.experiments.figures import COLUMNS, DayOrder, WrongRow, read_figures
from inedit.insight_loop.experiments.learning import read_learned
from inedit.insight_loop.experiments.readout import read
from inedit.insight_loop.experiments.words import describe, percent
from inedit.model.errors import IneditError, WrongInput
from inedit.planning import plan
from inedit.studio.listing import names_of
from inedit.studio.page import Page, Visit
from inedit.studio.pages.field import TABS, room

ROLES = TABS["tests"]
DAYS: tuple[DayOrder, ...] = get_args(DayOrder)
SHOWN_WRONG = 20
"""Wrong rows that are told one by one."""


@dataclass(frozen=True, slots=True)
class Change:
    """A value that the plan tells more often: how often, and in whose turns, the most frequent first."""

    factor: str
    value: str
    times: int
    turns_of: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file of results: ``refused`` says why all of it was, ``wrong`` which rows are."""

    test: str
    done: journal.Import | None = None
    wrong: tuple[WrongRow, ...] = ()
    refused: str = ""


def tests(visit: Visit) -> Response:
    """Every test, the newest first, and the plan of one campaign."""
    return _show(visit)


def results(visit: Visit) -> Response:
    """Take in what the tools counted for a test, as ``inedit experiment results`` does."""
    store, now = visit.workspace.store, visit.workspace.clock()
    design = journal.read_design(store, str(visit.request.path_params["id"]))
    upload, days = visit.form.get("file"), next((one for one in DAYS if one == visit.field("days")), DAYS[0])
    try:
        if not isinstance(upload, UploadFile) or not upload.filename:
            raise WrongInput(visit.t("incoming.no_file"))
        content = upload.file.read()
        mapping = {name: visit.field(f"column.{name}") for name in COLUMNS if visit.field(f"column.{name}")}
        good, wrong = read_figures(
            content, upload.filename, design, today=now.date(), mapping=mapping, days=days
        )
        if wrong and not visit.field("keep_good"):
            return _show(visit, Taken(design.id, wrong=wrong), 422)
        done = journal.put_figures(store, design, good, file_sha=hashlib.sha256(content).hexdigest(), now=now)
    except WrongInput as error:
        return _show(visit, Taken(design.id, refused=str(error)), 422)
    return _show(visit, Taken(design.id, done, wrong))


def _show(visit: Visit, taken: Taken | None = None, status: int = 200) -> Response:
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
        visit, "tests", status, taken=taken, shown_wrong=SHOWN_WRONG, columns=tuple(COLUMNS), days=DAYS,
        readings=readings, told=partial(describe, language=visit.language), evidence=evidence,
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
        for factor, chosen, dealt in (
            ("insight", spec.insight_ids, turn.insight_ids),
            ("angle", (spec.angle,), (turn.angle,)),
        ):
            if preferences.knows(factor):  # else an angle only goes with another insight
                taken = [value for value in chosen if value not in dealt]
                gone = [value for value in dealt if value not in chosen]
                for before, after in zip(gone, taken, strict=False):
                    found.setdefault((factor, after), Counter())[before] += 1
    changes = (
        Change(factor, value, turns.total(), dict(turns.most_common()))
        for (factor, value), turns in found.items()
    )
    return tuple(sorted(changes, key=lambda one: -one.times)), len(preferred), ""


PAGES = (
    Page("/field/tests", tests, roles=ROLES),
    Page("/field/tests/{id}/results", results, methods=("POST",), roles=ROLES),
)
