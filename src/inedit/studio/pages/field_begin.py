"""A test is begun: first its size and its arms are shown, then a person says yes to just that."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import Any, get_args

from starlette.responses import Response

from inedit.insight_loop.experiments import journal
from inedit.insight_loop.experiments.design import Factor, Method, Metric
from inedit.insight_loop.experiments.proposal import Proposal, Wanted, propose
from inedit.insight_loop.experiments.sizing import MOST_ARMS
from inedit.insight_loop.experiments.words import percent
from inedit.model.errors import IneditError, WrongInput
from inedit.store import canonical_json
from inedit.studio.listing import names_of
from inedit.studio.page import Page, Visit
from inedit.studio.pages.field import TABS, room

ROLES = TABS["tests"]
OFFERED = {"factor": get_args(Factor), "metric": get_args(Metric), "method": get_args(Method)}
AXES = ("channel", "language", "segment")
FILLED = {
    "campaign": "", "factor": "insight", "metric": "clicks", "method": "fixed", "rate": "", "effect": "", "alpha": "5%",
    "power": "80%", "arms": "2", "named": "", "per_day": "", **dict.fromkeys(AXES, ""),
}  # fmt: skip
"""The fields of the form, with what stands in them at first."""


def look(visit: Visit) -> Response:
    """The form; once it is filled in, the size and the arms of the test that would begin. Nothing is stored."""
    typed = {name: visit.query.get(name, first).strip() for name, first in FILLED.items()}
    if not typed["rate"] and not typed["effect"]:
        return _show(visit, typed)
    try:
        return _show(visit, typed, _proposed(visit, typed))
    except IneditError as error:
        return _show(visit, typed, refused=str(error), status=422)


def begin(visit: Visit) -> Response:
    """Write the test down, just as it was shown; when accepted texts have changed since, it is shown anew."""
    typed = {name: visit.field(name, first) for name, first in FILLED.items()}
    try:
        found = _proposed(visit, typed)
        if visit.field("shown") != digest_of(found):
            return _show(visit, typed, found, refused=visit.t("field.begin_changed"), status=409)
        journal.put_design(visit.workspace.store, found.design, visit.workspace.clock())
    except IneditError as error:
        return _show(visit, typed, refused=str(error), status=422)
    return visit.redirect(f"/field/tests#test-{found.design.id}", "field.begun")


def digest_of(found: Proposal) -> str:
    """What a person has seen and says yes to."""
    return hashlib.sha256(canonical_json(found.design.as_json()).encode()).hexdigest()[:16]


def _proposed(visit: Visit, typed: dict[str, str]) -> Proposal:
    for name, offered in OFFERED.items():
        if typed[name] not in offered:
            raise WrongInput(f"{name}: {', '.join(offered)}.")
    if typed["campaign"] not in visit.workspace.project().brand.campaigns:
        raise WrongInput(visit.t("field.begin_campaign"))
    values: dict[str, Any] = {name: typed[name] for name in OFFERED}
    wanted = Wanted(
        campaign_id=typed["campaign"], rate=typed["rate"], effect=typed["effect"], alpha=typed["alpha"],
        power=typed["power"], arms=_whole(visit, typed["arms"]), named=tuple(typed["named"].split()),
        of={axis: typed[axis] for axis in AXES}, per_day=_whole(visit, typed["per_day"]) if typed["per_day"] else None,
        **values,
    )  # fmt: skip
    return propose(visit.workspace.store, wanted, visit.workspace.clock().date())


def _whole(visit: Visit, typed: str) -> int:
    digits = "".join(typed.split())
    if not digits.isdecimal():
        raise WrongInput(visit.t("field.begin_number", typed=typed))
    return int(digits)


def _show(
    visit: Visit,
    typed: dict[str, str],
    found: Proposal | None = None,
    *,
    refused: str = "",
    status: int = 200,
) -> Response:
    brand = visit.workspace.project().brand
    return room(
        visit, "begin", status=status, typed=typed, found=found, refused=refused, offered=OFFERED, most=MOST_ARMS,
        shown=digest_of(found) if found else "", names=names_of(brand, visit.language), brand=brand,
        share=partial(percent, language=visit.language, signed=False),
    )  # fmt: skip


PAGES = (
    Page("/field/tests/begin", look, roles=ROLES),
    Page("/field/tests/begin", begin, methods=("POST",), roles=ROLES),
)
