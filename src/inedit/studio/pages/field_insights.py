"""Candidate insights with their evidence, and a person who accepts one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import get_args

from starlette.responses import Response

from inedit.brand.schema import Insight
from inedit.insight_loop.acceptance import DEFAULT_DAYS, Acceptance, accept, source_of, usual_basis
from inedit.insight_loop.candidates import Candidate
from inedit.insight_loop.places import load_places
from inedit.insight_loop.verbatims import LegalBasis
from inedit.model.errors import IneditError, ProjectErrors, WrongInput
from inedit.studio.listing import PAGE, names_of, page_number
from inedit.studio.page import Page, Visit
from inedit.studio.pages.brand import LINE_BREAKS
from inedit.studio.pages.field import TABS, code_names, in_language, room
from inedit.studio.saving import SAVING

ROLES = TABS["candidates"]
BASES: tuple[str, ...] = get_args(LegalBasis)
WORDINGS = ("text", "tip", "meaning")
"""What the person says in each language of the brand."""


def candidates(visit: Visit) -> Response:
    """What at least five people said, and what was accepted of it."""
    found = visit.workspace.candidates.of(visit.workspace.store, visit.workspace.encoder)
    pages = max(1, -(-len(found.shown) // PAGE))
    number = page_number(visit.query.get("page", ""), pages)
    return room(
        visit, "candidates", found=found, shown=found.shown[(number - 1) * PAGE : number * PAGE], number=number,
        pages=pages, accepted=_accepted(visit), names=code_names(visit),
        places=load_places(visit.workspace.root),
    )  # fmt: skip


def candidate(visit: Visit) -> Response:
    """One of them with its evidence, and the form."""
    one, places = _candidate(visit), load_places(visit.workspace.root)
    today = visit.workspace.clock().date()
    filled = {
        "legal_basis": usual_basis(one, places),
        "expires": str(today + timedelta(days=DEFAULT_DAYS)),
    }
    return _show(visit, one, filled)


def take(visit: Visit) -> Response:
    """Accept it: the entry goes to the end of the file, and the next plan finds it."""
    one = _candidate(visit)
    today = visit.workspace.clock().date()
    try:
        acceptance = _acceptance(visit, one)
        with SAVING:
            accept(visit.workspace.root, one, acceptance, today)
    except ProjectErrors as error:
        return _show(visit, one, _typed(visit), [issue.message for issue in error.issues], 422)
    except IneditError as error:
        return _show(visit, one, _typed(visit), [str(error)], 422)
    return visit.redirect(f"/brand/insights/{acceptance.id}", "field.taken")


def _candidate(visit: Visit) -> Candidate:
    id = str(visit.request.path_params["id"])
    found = visit.workspace.candidates.of(visit.workspace.store, visit.workspace.encoder)
    one = next((one for one in found.shown if one.id == id), None)
    if one is None:
        raise WrongInput(visit.t("field.no_candidate"))
    return one


def _show(
    visit: Visit,
    one: Candidate,
    filled: Mapping[str, str],
    refused: list[str] | None = None,
    status: int = 200,
) -> Response:
    brand = visit.workspace.project().brand
    names = names_of(brand, visit.language)
    return room(
        visit, "candidate", status=status, one=one, filled=filled, refused=refused or [], brand=brand, bases=BASES,
        picked={axis: visit.form.getlist(axis) for axis in ("products", "segments")}, names=code_names(visit),
        products={one.id: in_language(visit, one.name) or one.id for one in brand.identity.products},
        segments={id: names["segment"][id] for id in brand.segments}, wordings=WORDINGS,
        source=source_of(one, visit.session.name, visit.workspace.clock().date()), accepted=_accepted(visit),
        places=load_places(visit.workspace.root), quotable=[quote for quote in one.quotes if quote.consent],
        others=[quote for quote in one.quotes if not quote.consent],
    )  # fmt: skip


def _acceptance(visit: Visit, one: Candidate) -> Acceptance:
    """What the form says; raises :class:`~.errors.WrongInput` for a day that is none."""
    typed = visit.field("expires")
    try:
        expires = date.fromisoformat(typed)
    except ValueError as error:
        raise WrongInput(visit.t("brand.no_date", typed=typed)) from error
    words = {name: _by_language(visit, name) for name in WORDINGS}
    evidence = {
        tag: tuple(word.strip() for word in listed.split(",") if word.strip())
        for tag, listed in _by_language(visit, "evidence").items()
    }
    products, segments = (
        tuple(str(id) for id in visit.form.getlist(axis)) for axis in ("products", "segments")
    )
    return Acceptance(
        visit.field("id"), visit.session.name, visit.field("legal_basis"), expires, words["text"], words["tip"],
        words["meaning"], evidence, products, segments, tuple(one.codes)[:1],
    )  # fmt: skip


def _by_language(visit: Visit, name: str) -> dict[str, str]:
    typed = {
        tag: LINE_BREAKS.sub(" ", visit.field(f"{name}.{tag}"))
        for tag in visit.workspace.project().brand.languages
    }
    return {tag: words for tag, words in typed.items() if words}


def _typed(visit: Visit) -> dict[str, str]:
    return {name: value for name, value in visit.form.items() if isinstance(value, str)}


def _accepted(visit: Visit) -> dict[str, Insight]:
    """The insights that were made of candidates, by the candidate's id: their source names it."""
    insights = visit.workspace.project().brand.insights.values()
    named = ((insight, insight.source.partition("candidate ")[2][:10]) for insight in insights)
    return {id: insight for insight, id in named if id}


PAGES = (
    Page("/field/candidates", candidates, roles=ROLES),
    Page("/field/candidates/{id}", candidate, roles=ROLES),
    Page("/field/candidates/{id}", take, methods=("POST",), roles=ROLES),
)
