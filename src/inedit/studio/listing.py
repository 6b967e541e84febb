"""Which pieces a list shows: filters as they stand in the address, the order, the counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from babel import Locale, UnknownLocaleError

from inedit.archive.catalogue import Card
from inedit.brand.schema import Brand
from inedit.model import Approval, Status
from inedit.studio.page import Visit
from inedit.studio.workspace import Workspace

PAGE = 50

STATES = ("waiting", "parked", "sent-back", "accepted", "stale", "failed")
"""How a piece stands, in the words of the interface; ``stale`` ones are accepted as well."""

AXES = ("campaign", "channel", "segment", "language", "tone")
FIELDS = ("state", *AXES, "check", "insight", "words", "new", "run")
"""Parameters by which a list is filtered."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for, by field; a field that is not there asks for nothing."""

    wanted: Mapping[str, str]

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Filter:
        """As the address has it."""
        return cls({name: query[name][:200] for name in FIELDS if query.get(name)})

    def address(self, path: str, **changes: str | int) -> str:
        """The address of a page under this filter; a change to nothing leaves the field out."""
        query = {name: str(value) for name, value in {**self.wanted, **changes}.items() if value}
        return f"{path}?{urlencode(query)}" if query else path

    def misses(self, card: Card, new: frozenset[str]) -> tuple[str, ...]:
        """The fields that a piece does not answer to, states aside; two are enough to know. ``new`` are the pieces that
        are new to whoever looks."""
        missed: list[str] = []
        for name, value in self.wanted.items():
            if name == "state":
                continue
            if not (card.id in new if name == "new" else _answers(card, name, value)):
                missed.append(name)
                if len(missed) == 2:
                    break
        return tuple(missed)


def page_number(asked: str, pages: int) -> int:
    """The page that an address asks for, of those that there are."""
    return min(pages, max(1, int(asked))) if asked.isdecimal() and len(asked) < 7 else 1


def _answers(card: Card, name: str, value: str) -> bool:
    """Whether a piece has what a field asks for."""
    match name:
        case "campaign":
            return card.spec.campaign_id == value
        case "check":
            return any(check == value for check, _ in card.checks)
        case "insight":
            return value in card.sources or value in card.spec.insight_ids
        case "run":
            return card.run_id == value
        case "words":
            return value.casefold() in card.opening.casefold() or card.id.startswith(value)
        case _:
            return bool(getattr(card.spec, name) == value)


@dataclass(frozen=True, slots=True)
class Listed:
    """A piece of a list, and how it stands, with what was decided in the last seconds."""

    card: Card
    state: str
    undoable: bool = False


def state_of(status: Status, approval: Approval | None) -> str:
    """How a piece stands, in the words of the interface."""
    if status is Status.ACCEPTED:
        return "accepted"
    if status is Status.FAILED:
        return "failed"
    match approval:
        case Approval.PENDING:
            return "waiting"
        case Approval.CHANGES_REQUESTED:
            return "sent-back"
        case Approval.APPROVED:
            return "accepted"
        case _:
            return "parked"


def listed(workspace: Workspace, wanted: Filter, person: str = "") -> tuple[list[Listed], Counter[str]]:
    """The pieces that are asked for, cell by cell, and how many there would be in each state; what is ``new`` is so to
    ``person``."""
    taken, counts, found = workspace.decisions.waiting(), Counter[str](), list[Listed]()
    new = new_to(workspace, wanted, person)
    asked = wanted.wanted.get("state", "")
    stale = workspace.stale() if asked == "stale" else frozenset()
    for card in workspace.catalogue.cards():
        if wanted.misses(card, new):
            continue
        decided = taken.get(card.id)
        approval = decided.approval if decided else card.approval
        state = state_of(card.status, approval)
        counts[state] += 1
        counts["all"] += 1
        if card.id in stale:
            counts["stale"] += 1
        if not asked or state == asked or (asked == "stale" and card.id in stale):
            found.append(Listed(card, state, decided is not None))
    found.sort(key=lambda one: cell_of(one.card))
    return found, counts


def new_to(workspace: Workspace, wanted: Filter, person: str) -> frozenset[str]:
    """The pieces that are new to a person, where a filter asks for them."""
    return (
        workspace.looks.new_to(person, workspace.catalogue.cards()) if "new" in wanted.wanted else frozenset()
    )


def cell_of(card: Card) -> tuple[str, str, str, str, str, int, str]:
    """Where a piece stands in its campaign's matrix: what a list is ordered by."""
    s = card.spec
    return s.campaign_id, s.channel, s.segment, s.language, s.tone, s.index, card.id


def neighbours(
    found: Sequence[Listed], piece_id: str, place: tuple[object, ...]
) -> tuple[str, str, int, int]:
    """The ids before and behind a piece in a list, its number from 1, and how many there are; a piece that is not in
    the list any more is looked for where it was."""
    ids = [one.card.id for one in found]
    if piece_id in ids:
        at = ids.index(piece_id)
        behind = at + 1
    else:
        at = sum(cell_of(one.card) < place for one in found)
        behind = at
    before = ids[at - 1] if at > 0 else ""
    return before, ids[behind] if behind < len(ids) else "", min(at + 1, max(1, len(ids))), len(ids)


def names_of(brand: Brand, language: str) -> dict[str, dict[str, str]]:
    """What people call campaigns, channels, segments, languages and tones, by their ids."""

    def wording(texts: Mapping[str, str], id: str) -> str:
        return texts.get(language) or texts.get("en") or next(iter(texts.values()), id)

    return {
        "campaign": {id: one.name for id, one in brand.campaigns.items()},
        "channel": {id: wording(one.name, id) for id, one in brand.channels.items()},
        "segment": {id: wording(one.name, id) for id, one in brand.segments.items()},
        "language": {tag: _language(tag, one.name, language) for tag, one in brand.languages.items()},
        "angle": {id: wording(one.name, id) for id, one in brand.angles.items()},
        "tone": {id: wording(one.name, id) for id, one in brand.tones.items()},
        "insight": {id: wording(one.text, id) for id, one in brand.insights.items()},
    }


def _language(tag: str, own_name: str, language: str) -> str:
    """A language's name in the interface's, else its own."""
    try:
        name = Locale.parse(tag, sep="-").get_display_name(language) or own_name
    except (ValueError, UnknownLocaleError):
        name = own_name
    return name[:1].upper() + name[1:]


def choices(
    visit: Visit, wanted: Filter, names: Mapping[str, Mapping[str, str]]
) -> dict[str, list[tuple[str, str, int]]]:
    """For each filter what can be chosen, with its name and how many pieces that would leave."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in (*AXES, "check", "insight")}
    new = new_to(visit.workspace, wanted, visit.session.name)
    for card in visit.workspace.catalogue.cards():
        missed = wanted.misses(card, new)
        for name in counts if not missed else missed if len(missed) == 1 and missed[0] in counts else ():
            match name:
                case "check":
                    counts[name].update({check for check, _ in card.checks})
                case "insight":
                    counts[name].update(set(card.spec.insight_ids))
                case _:
                    counts[name][
                        card.spec.campaign_id if name == "campaign" else getattr(card.spec, name)
                    ] += 1
    return {
        name: sorted(
            ((id, names.get(name, {}).get(id, id), n) for id, n in counted.items()),
            key=lambda one: one[1].casefold(),
        )
        for name, counted in counts.items()
    }
