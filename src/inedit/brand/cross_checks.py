"""Whether the entries of a project fit together: names that exist, wordings that are needed, dates in order.

Each check is a plain generator from what was found to faults; :data:`CHECKS` lists them. An entry that is not
valid by itself has been reported already and is left out here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any, get_args

from inedit.brand.brief_checks import merge_fields_once, products_exist
from inedit.brand.capacity import alike_insights, limits_leave_room, places_and_insights
from inedit.brand.reading import Loc
from inedit.brand.registry import Found, Registry, Section
from inedit.brand.schema import Campaign, Localized, Mention, ProjectModel, Tag
from inedit.brand.sheets import sheets_agree
from inedit.errors import Issue


def references(shelves: Registry) -> Iterator[Issue]:
    """Every name that an entry mentions is the name of something."""
    wanted: tuple[tuple[Section[Any], str, Section[Any]], ...] = (
        (shelves.campaigns, "channels", shelves.channels),
        (shelves.campaigns, "segments", shelves.segments),
        (shelves.campaigns, "languages", shelves.languages),
        (shelves.campaigns, "tones", shelves.tones),
        (shelves.campaigns, "insights", shelves.insights),
        (shelves.campaigns, "claims", shelves.claims),
        (shelves.campaigns, "angles", shelves.angles),
        (shelves.insights, "segments", shelves.segments),
        (shelves.lexicons, "language", shelves.languages),
        (shelves.references, "language", shelves.languages),
        (shelves.sheets, "channel", shelves.channels),
        (shelves.small_sheets, "channel", shelves.channels),
    )
    for shelf, field, target in wanted:
        for found in shelf.written:
            yield from _names(found, (field,), found.value.get(field), target)
    for row in shelves.baselines:
        yield from _names(row, ("channel",), row.value.channel, shelves.channels)
        yield from _names(row, ("language",), row.value.language, shelves.languages)
    for found in (*shelves.sheets.entries.values(), *shelves.small_sheets.entries.values()):
        for index, example in enumerate(found.value.examples):
            yield from _names(found, ("examples", index, "language"), example.language, shelves.languages)
    if shelves.identity:
        for index, call in enumerate(shelves.identity.value.calls_to_action):
            at = ("calls_to_action", index, "channels")
            yield from _names(shelves.identity, at, call.channels, shelves.channels)
    for campaign in shelves.campaigns.entries.values():
        for field in ("mandatory", "links"):
            for index, item in enumerate(getattr(campaign.value, field)):
                yield from _names(campaign, (field, index, "channels"), item.channels, shelves.channels)


def declared_languages(shelves: Registry) -> Iterator[Issue]:
    """Every wording is in a language of languages.yaml: a stray ``en-GB`` would never be used."""
    for found in _all(shelves):
        for loc, _, wordings in _by_language(found.value):
            for tag in wordings:
                yield from shelves.languages.missing(found, (*loc, tag), tag)


def needed_wordings(shelves: Registry) -> Iterator[Issue]:
    """Whatever a campaign makes use of has a wording in each of its languages."""
    told: set[tuple[str, Loc, str]] = set()
    for campaign in shelves.campaigns.entries.values():
        languages = [tag for tag in campaign.value.languages if tag in shelves.languages.names]
        for found in _used_by(campaign, shelves):
            for loc, optional, wordings in _by_language(found.value):
                if optional or "calls_to_action" in loc:
                    continue
                for tag in languages:
                    address = (found.document.file, (*found.at, *loc), tag)
                    if tag in wordings or address in told:
                        continue
                    told.add(address)
                    yield found.fault(
                        loc,
                        "missing-wording",
                        f"'{'.'.join(map(str, loc))}' has no wording in '{tag}', "
                        f"which campaign '{campaign.value.id}' writes in.",
                        f"Add '{tag}: …' here.",
                    )


def enough_to_say(shelves: Registry) -> Iterator[Issue]:
    """Each segment of a campaign has insights enough, and each channel what its sheet picks from."""
    for campaign in shelves.campaigns.entries.values():
        for index, tag in enumerate(campaign.value.languages):
            if tag in shelves.languages.names:
                yield from _insights_short(campaign, tag, shelves)
                yield from _nothing_to_pick(campaign, index, tag, shelves)


def forms_of_address(shelves: Registry) -> Iterator[Issue]:
    """For each form of address in use, the language says how the model is told."""
    told: set[tuple[str, str]] = set()
    for campaign in shelves.campaigns.entries.values():
        for segment, tag in product(campaign.value.segments, campaign.value.languages):
            language, readers = shelves.languages.entries.get(tag), shelves.segments.entries.get(segment)
            if language is None or readers is None:
                continue
            formality = readers.value.formality.get(tag, language.value.formality)
            if formality not in language.value.address and (tag, formality) not in told:
                told.add((tag, formality))
                yield language.fault(
                    ("address",),
                    "missing-address",
                    f"'{tag}' does not say how to address readers in the {formality} form, "
                    f"which segment '{segment}' needs.",
                    f"Add '{formality}: …' under 'address'.",
                )


def dates_in_order(shelves: Registry) -> Iterator[Issue]:
    """Nothing ends before it begins."""
    for claim in shelves.claims.entries.values():
        end = claim.value.valid_until
        if end and end < claim.value.valid_from:
            yield claim.fault(
                ("valid_until",), "impossible-dates", "The claim ends before it begins.", "Correct one date."
            )
    for campaign in shelves.campaigns.entries.values():
        briefed, deadline = campaign.value.briefed, campaign.value.deadline
        if briefed and deadline and deadline < briefed:
            yield campaign.fault(
                ("deadline",), "impossible-dates", "The deadline is before the brief.", "Correct one date."
            )


def baselines_once(shelves: Registry) -> Iterator[Issue]:
    """A channel and language have one baseline a date."""
    met: dict[tuple[object, ...], int] = {}
    for row in shelves.baselines:
        key = (row.value.channel, row.value.language, row.value.dated)
        line, _ = row.document.place(row.at)
        if key in met:
            yield row.fault(
                (), "duplicate-baseline",
                f"'{key[0]}' in '{key[1]}' has a baseline of the same date already, at line {met[key]}.",
                "Delete one of the two, or date the newer one.",
            )  # fmt: skip
        met.setdefault(key, line)


def evidence_has_a_wording(shelves: Registry) -> Iterator[Issue]:
    """Evidence is looked for only where the insight has a wording in the same language."""
    for insight in shelves.insights.entries.values():
        for tag in insight.value.evidence:
            if tag not in insight.value.text and tag in shelves.languages.names:
                yield insight.fault(
                    ("evidence", tag), "evidence-without-text",
                    f"There is evidence in '{tag}', but the insight has no wording in it.",
                    f"Add '{tag}: …' under 'text', or delete this evidence.",
                )  # fmt: skip


def words_not_at_odds(shelves: Registry) -> Iterator[Issue]:
    """No approved wording says what the lexicon bans, and no wanted word is banned."""
    for lexicon in shelves.lexicons.entries.values():
        tag = lexicon.value.language
        banned = {term.term.casefold() for term in lexicon.value.banned}
        for index, word in enumerate(lexicon.value.wanted):
            if word.casefold() in banned:
                yield lexicon.fault(
                    ("wanted", index), "word-at-odds", f"'{word}' is both wanted and banned.", "Keep one."
                )
        for claim in shelves.claims.entries.values():
            for term in lexicon.value.banned:
                pattern = rf"(?<!\w){re.escape(term.term)}(?!\w)"
                if re.search(pattern, claim.value.text.get(tag, ""), re.IGNORECASE):
                    yield claim.fault(
                        ("text", tag), "claim-says-banned-word",
                        f"The claim says '{term.term}', which lexicon/{tag}.yaml bans.",
                        "Reword the claim, or allow the word.",
                    )  # fmt: skip


CHECKS: tuple[Callable[[Registry], Iterator[Issue]], ...] = (
    references,
    products_exist,
    merge_fields_once,
    declared_languages,
    needed_wordings,
    enough_to_say,
    forms_of_address,
    dates_in_order,
    baselines_once,
    evidence_has_a_wording,
    words_not_at_odds,
    sheets_agree,
    limits_leave_room,
    places_and_insights,
    alike_insights,
)


def _names(found: Found[Any], loc: Loc, names: object, shelf: Section[Any]) -> Iterator[Issue]:
    """Faults for names that are on no shelf. A list is pointed at item by item; ``auto`` names nothing."""
    if isinstance(names, str):
        if names != "auto":
            yield from shelf.missing(found, loc, names.strip())
    elif isinstance(names, list | tuple):
        for index, name in enumerate(names):
            yield from _names(found, (*loc, index), name, shelf)


def _all(shelves: Registry) -> Iterator[Found[Any]]:
    if shelves.identity:
        yield shelves.identity
    for shelf in (
        shelves.segments, shelves.tones, shelves.angles, shelves.channels, shelves.claims,
        shelves.insights, shelves.campaigns, shelves.sheets, shelves.small_sheets,
    ):  # fmt: skip
        yield from shelf.entries.values()


def _used_by(campaign: Found[Campaign], shelves: Registry) -> Iterator[Found[Any]]:
    """What the campaign's prompts are made of, the campaign first."""
    brief = campaign.value
    yield campaign
    if shelves.identity:
        yield shelves.identity
    chosen: tuple[tuple[Section[Any], tuple[str, ...]], ...] = (
        (shelves.segments, brief.segments),
        (shelves.tones, brief.tones),
        (shelves.channels, brief.channels),
        (shelves.sheets, brief.channels),
        (shelves.small_sheets, brief.channels),
        (shelves.angles, tuple(shelves.angles.entries) if brief.angles == "auto" else brief.angles),
        (shelves.insights, () if brief.insights == "auto" else brief.insights),
        (shelves.claims, () if brief.claims == "auto" else brief.claims),
    )
    for shelf, names in chosen:
        yield from (shelf.entries[name] for name in names if name in shelf.entries)


def _by_language(value: ProjectModel, at: Loc = ()) -> Iterator[tuple[Loc, bool, dict[str, object]]]:
    """Every mapping by language in an entry: where it is, whether it may lack a language, and the mapping."""
    for name, field in type(value).model_fields.items():
        inner = getattr(value, name)
        if isinstance(inner, dict) and get_args(field.annotation)[:1] == (Tag,):
            elsewhere = isinstance(value, Mention) and bool(value.markets)
            optional = field.annotation != Localized or not field.is_required() or elsewhere
            yield (*at, name), optional, inner
        elif isinstance(inner, tuple):
            for index, item in enumerate(inner):
                if isinstance(item, ProjectModel):
                    yield from _by_language(item, (*at, name, index))


def _insights_short(campaign: Found[Campaign], tag: str, shelves: Registry) -> Iterator[Issue]:
    brief = campaign.value
    if not shelves.insights.complete or len(shelves.insights.entries) < len(shelves.insights.names):
        return
    chosen = shelves.insights.entries if brief.insights == "auto" else brief.insights
    if not set(chosen) <= set(shelves.insights.entries):
        return  # a name is wrong, which is said already
    insights = [shelves.insights.entries[name].value for name in chosen]
    for index, segment in enumerate(brief.segments):
        if segment not in shelves.segments.names:
            continue
        count = sum(tag in i.text and (not i.segments or segment in i.segments) for i in insights)
        if count < brief.insights_per_variant:
            yield campaign.fault(
                ("segments", index), "too-few-insights",
                f"Segment '{segment}' has {count} of the {brief.insights_per_variant} insights in '{tag}' "
                "that each variant needs.",
                f"Add insights with a wording in '{tag}' for it, or lower insights_per_variant.",
            )  # fmt: skip


def _nothing_to_pick(campaign: Found[Campaign], index: int, tag: str, shelves: Registry) -> Iterator[Issue]:
    brief = campaign.value
    calls = shelves.identity.value.calls_to_action if shelves.identity else ()
    claims = shelves.claims.entries if brief.claims == "auto" else brief.claims
    for channel in brief.channels:
        pairs = (shelves.sheets.entries.get(channel), shelves.small_sheets.entries.get(channel))
        sources = {part.source for sheet in pairs if sheet for part in sheet.value.parts}
        if (
            "calls_to_action" in sources
            and shelves.identity
            and not any(
                tag in call.text and (not call.channels or channel in call.channels) for call in calls
            )
        ):
            yield campaign.fault(
                ("languages", index), "no-calls-to-action",
                f"Channel '{channel}' has no call to action in '{tag}' to pick from.",
                "Add one to brand_data/brand.yaml.",
            )  # fmt: skip
        if (
            "claims" in sources
            and shelves.claims.complete
            and not any(
                tag in shelves.claims.entries[name].value.text
                for name in claims
                if name in shelves.claims.entries
            )
        ):
            yield campaign.fault(
                ("languages", index), "no-claims",
                f"Channel '{channel}' has no claim in '{tag}' to pick from.",
                "Add one to brand_data/claims.yaml.",
            )  # fmt: skip
