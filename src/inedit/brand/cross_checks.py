"""Whether the entries of a project fit together: names that exist, wordings that are needed, dates in order.

Each check is a plain generator from what was found to faults; :data:`CHECKS` lists them. An entry that is not
valid by itself has been reported already and is left out here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

from inedit.brand.brief_checks import (
    merge_fields_once,
    messages_say_how_to_stop,
    products_exist,
    tracked_links_are_ours,
)
from inedit.brand.capacity import alike_insights, cells_and_insights, limits_leave_room
from inedit.brand.needed_wordings import by_language, needed_wordings
from inedit.brand.reading import Loc
from inedit.brand.registry import Found, Registry, Section
from inedit.brand.schema import Campaign
from inedit.brand.sheets import sheets_agree
from inedit.model.errors import Issue

_PUT_AWAY = (
    "Nothing is written with this sheet. Delete it with its template, or add the channel to channels.yaml."
)


def references(registry: Registry) -> Iterator[Issue]:
    """Every name that an entry mentions is the name of something."""
    wanted: tuple[tuple[Section[Any], str, Section[Any]], ...] = (
        (registry.campaigns, "channels", registry.channels),
        (registry.campaigns, "segments", registry.segments),
        (registry.campaigns, "languages", registry.languages),
        (registry.campaigns, "tones", registry.tones),
        (registry.campaigns, "insights", registry.insights),
        (registry.campaigns, "claims", registry.claims),
        (registry.campaigns, "angles", registry.angles),
        (registry.angles, "tones", registry.tones),
        (registry.insights, "segments", registry.segments),
        (registry.lexicons, "language", registry.languages),
        (registry.references, "language", registry.languages),
    )
    for section, field, target in wanted:
        for found in section.written:
            yield from _names(found, (field,), found.value.get(field), target)
    yield from _channels_of_sheets(registry)
    for row in registry.baselines:
        yield from _names(row, ("channel",), row.value.channel, registry.channels)
        yield from _names(row, ("language",), row.value.language, registry.languages)
    for found in (*registry.sheets.entries.values(), *registry.small_sheets.entries.values()):
        for index, example in enumerate(found.value.examples):
            yield from _names(found, ("examples", index, "language"), example.language, registry.languages)
    if registry.identity:
        for index, call in enumerate(registry.identity.value.calls_to_action):
            at = ("calls_to_action", index, "channels")
            yield from _names(registry.identity, at, call.channels, registry.channels)
    for code in registry.codes.entries.values():
        for index, labelled in enumerate(code.value.examples):
            yield from _names(code, ("examples", index, "language"), labelled.language, registry.languages)
    for campaign in registry.campaigns.entries.values():
        for field in ("mandatory", "links"):
            for index, item in enumerate(getattr(campaign.value, field)):
                yield from _names(campaign, (field, index, "channels"), item.channels, registry.channels)


def _channels_of_sheets(registry: Registry) -> Iterator[Issue]:
    """A sheet of a channel that was put away is idle; one whose channel looks like another's is a typing error."""
    for found in (*registry.sheets.written, *registry.small_sheets.written):
        for issue in _names(found, ("channel",), found.value.get("channel"), registry.channels):
            typo = issue.remedy.startswith("Did you mean")
            yield issue if typo else found.warning(("channel",), "unused-sheet", issue.message, _PUT_AWAY)


def quizzes_name_segments(registry: Registry) -> Iterator[Issue]:
    """The segments that answers of a quiz declare are there."""
    for quiz in registry.quizzes.entries.values():
        for q, question in enumerate(quiz.value.questions):
            for o, option in enumerate(question.options):
                if option.segment:
                    at = ("questions", q, "options", o, "segment")
                    yield from _names(quiz, at, option.segment, registry.segments)


def declared_languages(registry: Registry) -> Iterator[Issue]:
    """Every wording is in a language of languages.yaml: a stray ``en-GB`` would never be used."""
    for found in registry.everything():
        for loc, _, wordings in by_language(found.value):
            for tag in wordings:
                yield from registry.languages.missing(found, (*loc, tag), tag)


def enough_to_say(registry: Registry) -> Iterator[Issue]:
    """Each segment of a campaign has insights enough, and each channel what its sheet picks from."""
    for campaign in registry.campaigns.entries.values():
        for index, tag in enumerate(campaign.value.languages):
            if tag in registry.languages.names:
                yield from _insights_short(campaign, tag, registry)
                yield from _nothing_to_pick(campaign, index, tag, registry)


def forms_of_address(registry: Registry) -> Iterator[Issue]:
    """For each form of address in use, the language says how the model is told."""
    reported: set[tuple[str, str]] = set()
    for campaign in registry.campaigns.entries.values():
        for segment, tag in product(campaign.value.segments, campaign.value.languages):
            language, readers = registry.languages.entries.get(tag), registry.segments.entries.get(segment)
            if language is None or readers is None:
                continue
            formality = readers.value.formality.get(tag, language.value.formality)
            if formality not in language.value.address and (tag, formality) not in reported:
                reported.add((tag, formality))
                yield language.issue(
                    ("address",),
                    "missing-address",
                    f"'{tag}' does not say how to address readers in the {formality} form, "
                    f"which segment '{segment}' needs.",
                    f"Add '{formality}: …' under 'address'.",
                )


def dates_in_order(registry: Registry) -> Iterator[Issue]:
    """Nothing ends before it begins."""
    for claim in registry.claims.entries.values():
        end = claim.value.valid_until
        if end and end < claim.value.valid_from:
            yield claim.issue(
                ("valid_until",), "impossible-dates", "The claim ends before it begins.", "Correct one date."
            )
    for campaign in registry.campaigns.entries.values():
        briefed, deadline = campaign.value.briefed, campaign.value.deadline
        if briefed and deadline and deadline < briefed:
            yield campaign.issue(
                ("deadline",), "impossible-dates", "The deadline is before the brief.", "Correct one date."
            )


def baselines_once(registry: Registry) -> Iterator[Issue]:
    """A channel and language have one baseline a date."""
    met: dict[tuple[object, ...], int] = {}
    for row in registry.baselines:
        key = (row.value.channel, row.value.language, row.value.dated)
        line, _ = row.document.location(row.at)
        if key in met:
            yield row.issue(
                (), "duplicate-baseline",
                f"'{key[0]}' in '{key[1]}' has a baseline of the same date already, at line {met[key]}.",
                "Delete one of the two, or date the newer one.",
            )  # fmt: skip
        met.setdefault(key, line)


def evidence_has_a_wording(registry: Registry) -> Iterator[Issue]:
    """Evidence is looked for only where the insight has a wording in the same language."""
    for insight in registry.insights.entries.values():
        for tag in insight.value.evidence:
            if tag not in insight.value.text and tag in registry.languages.names:
                yield insight.issue(
                    ("evidence", tag), "evidence-without-text",
                    f"There is evidence in '{tag}', but the insight has no wording in it.",
                    f"Add '{tag}: …' under 'text', or delete this evidence.",
                )  # fmt: skip


def words_not_at_odds(registry: Registry) -> Iterator[Issue]:
    """No approved wording says what the lexicon bans, and no wanted word is banned."""
    for lexicon in registry.lexicons.entries.values():
        tag = lexicon.value.language
        banned = {term.term.casefold() for term in lexicon.value.banned}
        for index, word in enumerate(lexicon.value.wanted):
            if word.casefold() in banned:
                yield lexicon.issue(
                    ("wanted", index), "word-at-odds", f"'{word}' is both wanted and banned.", "Keep one."
                )
        for claim in registry.claims.entries.values():
            for term in lexicon.value.banned:
                pattern = rf"(?<!\w){re.escape(term.term)}(?!\w)"
                if re.search(pattern, claim.value.text.get(tag, ""), re.IGNORECASE):
                    yield claim.issue(
                        ("text", tag), "claim-says-banned-word",
                        f"The claim says '{term.term}', which lexicon/{tag}.yaml bans.",
                        "Reword the claim, or allow the word.",
                    )  # fmt: skip


CHECKS: tuple[Callable[[Registry], Iterator[Issue]], ...] = (
    references,
    quizzes_name_segments,
    products_exist,
    merge_fields_once,
    tracked_links_are_ours,
    messages_say_how_to_stop,
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
    cells_and_insights,
    alike_insights,
)


def _names(found: Found[Any], loc: Loc, names: object, section: Section[Any]) -> Iterator[Issue]:
    """Faults for names that the section does not have. A list is pointed at item by item; ``auto`` names nothing."""
    if isinstance(names, str):
        if names != "auto":
            yield from section.missing(found, loc, names.strip())
    elif isinstance(names, list | tuple):
        for index, name in enumerate(names):
            yield from _names(found, (*loc, index), name, section)


def _insights_short(campaign: Found[Campaign], tag: str, registry: Registry) -> Iterator[Issue]:
    brief = campaign.value
    if not registry.insights.complete or len(registry.insights.entries) < len(registry.insights.names):
        return
    chosen = registry.insights.entries if brief.insights == "auto" else brief.insights
    if not set(chosen) <= set(registry.insights.entries):
        return  # a name is wrong, which is said already
    insights = [registry.insights.entries[name].value for name in chosen]
    for index, segment in enumerate(brief.segments):
        if segment not in registry.segments.names:
            continue
        count = sum(tag in i.text and (not i.segments or segment in i.segments) for i in insights)
        if count < brief.insights_per_variant:
            yield campaign.issue(
                ("segments", index), "too-few-insights",
                f"Segment '{segment}' has {count} of the {brief.insights_per_variant} insights in '{tag}' "
                "that each variant needs.",
                f"Add insights with a wording in '{tag}' for it, or lower insights_per_variant.",
            )  # fmt: skip


def _nothing_to_pick(campaign: Found[Campaign], index: int, tag: str, registry: Registry) -> Iterator[Issue]:
    brief = campaign.value
    calls = registry.identity.value.calls_to_action if registry.identity else ()
    claims = registry.claims.entries if brief.claims == "auto" else brief.claims
    for channel in brief.channels:
        pairs = (registry.sheets.entries.get(channel), registry.small_sheets.entries.get(channel))
        sources = {part.source for sheet in pairs if sheet for part in sheet.value.parts}
        if (
            "calls_to_action" in sources
            and registry.identity
            and not any(
                tag in call.text and (not call.channels or channel in call.channels) for call in calls
            )
        ):
            yield campaign.issue(
                ("languages", index), "no-calls-to-action",
                f"Channel '{channel}' has no call to action in '{tag}' to pick from.",
                "Add one to brand_data/brand.yaml.",
            )  # fmt: skip
        if (
            "claims" in sources
            and registry.claims.complete
            and not any(
                tag in registry.claims.entries[name].value.text
                for name in claims
                if name in registry.claims.entries
            )
        ):
            yield campaign.issue(
                ("languages", index), "no-claims",
                f"Channel '{channel}' has no claim in '{tag}' to pick from.",
                "Add one to brand_data/claims.yaml.",
            )  # fmt: skip
