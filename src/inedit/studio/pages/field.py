"""The field: the register of places, what was observed there, and coding by people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any

from starlette.responses import Response

from inedit.insight_loop.anonymity import LEAST_PEOPLE
from inedit.insight_loop.coding.by_hand import (
    agreement_with_people,
    code_by_hand,
    queue_of,
    shown_span,
    span_as_shown,
)
from inedit.insight_loop.coding.codings import coded_texts, count_by_coder
from inedit.insight_loop.field_store import count_verbatims, last_observed, verbatims
from inedit.insight_loop.observing.observe import Observation
from inedit.insight_loop.past_imports import PastImport, read_imports
from inedit.insight_loop.places import load_places
from inedit.insight_loop.retention import KEEP_DAYS
from inedit.insight_loop.verbatims import Verbatim
from inedit.model import Span
from inedit.model.errors import WrongInput
from inedit.studio.page import Page, Visit

READERS = ("marketer", "reviewer")
"""Who may read the field and code; whoever may accept insights is a marketer."""

TABS = {
    "places": READERS,
    "coding": READERS,
    "agreement": READERS,
    "candidates": ("marketer",),
    "tests": ("marketer",),
}
"""The parts of the room with the roles that they are for, beside ``admin``."""

FAMILIES = ("emotion", "need", "frustration", "job")
SKIP_KEY = "x"
KEYS = ascii_lowercase.replace(SKIP_KEY, "")
"""Letters that give the codes, in the order of the book: digits need Shift on a French keyboard."""

SHOWN_IMPORTS = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """A code as it is offered: ``key`` gives it, ``unless`` says when it does not apply."""

    id: str
    key: str
    name: str
    definition: str
    unless: str


@dataclass(frozen=True, slots=True)
class CodedPassage:
    """The passage that somebody gave a code: ``span`` as the page's field counts it, no ``quote`` for all of a text."""

    span: str
    quote: str


def places(visit: Visit) -> Response:
    """Where people talk, why we may listen, and what was imported."""
    return show_places(visit)


def show_places(
    visit: Visit, *, done: Observation | None = None, refused: str = "", status: int = 200
) -> Response:
    """The register, with what became of a file that was just given."""
    store, known = visit.workspace.store, load_places(visit.workspace.root)
    counts, imports = count_verbatims(store), read_imports(store)
    return room(
        visit, "places", status, done=done, refused=refused, may_import=visit.is_one_of(*TABS["candidates"]),
        places=known, counts=counts, observed=last_observed(store), keep_days=KEEP_DAYS,
        unmapped=sorted(counts.keys() - known.keys()), redacted=_redacted(imports),
        imports=imports[::-1][:SHOWN_IMPORTS], left_out=max(0, len(imports) - SHOWN_IMPORTS), least=LEAST_PEOPLE,
    )  # fmt: skip


def coding(visit: Visit) -> Response:
    """The next verbatim for this person, or the one that was asked for."""
    return _coding(visit, visit.query.get("verbatim", ""), visit.query.get("skip", ""))


def code(visit: Visit) -> Response:
    """Keep what the person decided, and show the next."""
    verbatim = _verbatim(visit, visit.field("verbatim"))
    if verbatim is None:
        raise WrongInput(visit.t("field.no_verbatim"))
    passages = {str(name): _passage(visit, verbatim, str(name)) for name in visit.form.getlist("code")}
    code_by_hand(
        visit.workspace.store, visit.workspace.project().brand.codes, verbatim, visit.session.name, passages,
        visit.workspace.clock(),
    )  # fmt: skip
    more = (
        f"&place={visit.field('place')}" if visit.field("place") in load_places(visit.workspace.root) else ""
    )
    more += "&second=1" if visit.field("second") else ""
    return visit.redirect(f"/field/coding?skip={verbatim.id}&last={verbatim.id}{more}", "field.coded")


def agreement(visit: Visit) -> Response:
    """How far coders agree, code by code."""
    codes = visit.workspace.project().brand.codes
    return room(
        visit, "agreement", rows=agreement_with_people(visit.workspace.store, codes), names=code_names(visit),
        readers=count_by_coder(visit.workspace.store),
    )  # fmt: skip


def room(visit: Visit, tab: str, status: int = 200, **values: Any) -> Response:
    """A page of the room, with the tabs that this person may open."""
    tabs = tuple(name for name, roles in TABS.items() if visit.is_one_of(*roles))
    return visit.show(f"field/{tab}.html", status, tab=tab, tabs=tabs, **values)


def code_names(visit: Visit) -> dict[str, str]:
    """What the codes are called in the interface's language."""
    return {
        id: in_language(visit, one.name) or id for id, one in visit.workspace.project().brand.codes.items()
    }


def in_language(visit: Visit, texts: Mapping[str, str]) -> str:
    """A wording in the interface's language, else in English, else in any."""
    return texts.get(visit.language) or texts.get("en") or next(iter(texts.values()), "")


def _coding(visit: Visit, wanted: str, skipped: str) -> Response:
    store, me = visit.workspace.store, visit.session.name
    known = load_places(visit.workspace.root)
    place = visit.query.get("place", "") if visit.query.get("place", "") in known else ""
    second = bool(visit.query.get("second"))
    queue = queue_of(store, me, place=place, after=skipped, second=second)
    verbatim = _verbatim(visit, wanted or queue.next)
    mine = coded_texts(store, coder=me, verbatim_ids=[verbatim.id]) if verbatim else ()
    coded = mine[0].codings if mine else ()
    passages = {one.code: _passage_of(verbatim.text, one.span) for one in coded} if verbatim else {}
    return room(
        visit, "coding", said=verbatim, queue=queue, places=known, place=place, second=second, mine=mine,
        given=passages, families=_families(visit), last=visit.query.get("last", ""), skip_key=SKIP_KEY,
    )  # fmt: skip


def _families(visit: Visit) -> dict[str, list[Choice]]:
    """The codes of each family that has any, in the order of the book."""
    keys = iter(KEYS)
    codes = visit.workspace.project().brand.codes.values()
    found: dict[str, list[Choice]] = {}
    for family in FAMILIES:
        for one in codes:
            if one.family == family:
                name, definition, unless = (
                    in_language(visit, texts) for texts in (one.name, one.definition, one.not_when)
                )
                found.setdefault(family, []).append(Choice(one.id, next(keys, ""), name, definition, unless))
    return found


def _verbatim(visit: Visit, id: str) -> Verbatim | None:
    return next(verbatims(visit.workspace.store, ids=[id]), None) if id else None


def _passage(visit: Visit, verbatim: Verbatim, name: str) -> Span | None:
    """The passage that was selected for a code, as ``start-end``; None for the whole text."""
    start, dash, end = visit.field(f"span.{name}").partition("-")
    if not dash or not start.isdecimal() or not end.isdecimal():
        return None
    return span_as_shown(verbatim.text, int(start), int(end))


def _passage_of(text: str, span: Span) -> CodedPassage:
    start, end = shown_span(text, span)
    return CodedPassage(f"{start}-{end}", "" if span == Span(0, len(text)) else span.of(text))


def _redacted(imports: tuple[PastImport, ...]) -> dict[str, Counter[str]]:
    """How much of each kind was taken out, by place."""
    found: dict[str, Counter[str]] = {}
    for one in imports:
        found.setdefault(one.place_id, Counter()).update(one.redactions)
    return found


PAGES = (
    Page("/field", places, roles=READERS, nav="field.nav"),
    Page("/field/coding", coding, roles=READERS),
    Page("/field/coding", code, methods=("POST",), roles=READERS),
    Page("/field/agreement", agreement, roles=READERS),
)
