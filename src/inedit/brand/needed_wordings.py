"""Whether everything that a campaign makes use of has a wording in its languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, get_args

from inedit.brand.reading import Loc
from inedit.brand.registry import Found, Registry, Section
from inedit.brand.schema import Campaign, Localized, Mention, ProjectModel, Tag
from inedit.model.errors import Issue

MANY = 12
"""Wordings that a language may lack and be told of one by one; with more it is told what it needs as a whole."""

Wanted = tuple[Found[Any], Loc]
"""An entry and the place in it that has no wording."""


def needed_wordings(registry: Registry) -> Iterator[Issue]:
    """Whatever a campaign makes use of has a wording in each of its languages."""
    for tag, (campaign, lacking) in lacking_wordings(registry).items():
        if len(lacking) > MANY:
            yield _incomplete(tag, campaign, lacking, registry)
            continue
        for found, loc in lacking:
            yield found.issue(
                loc,
                "missing-wording",
                f"'{'.'.join(map(str, loc))}' has no wording in '{tag}', "
                f"which campaign '{campaign.value.id}' writes in.",
                f"Add '{tag}: …' here.",
            )


def lacking_wordings(registry: Registry) -> dict[str, tuple[Found[Campaign], list[Wanted]]]:
    """By language: the first campaign that writes in it, and what its campaigns use without a wording in it."""
    found: dict[str, tuple[Found[Campaign], list[Wanted]]] = {}
    reported: set[tuple[str, Loc, str]] = set()
    for campaign in registry.campaigns.entries.values():
        languages = [tag for tag in campaign.value.languages if tag in registry.languages.names]
        for entry in _used_by(campaign, registry):
            for loc, optional, wordings in by_language(entry.value):
                if optional or "calls_to_action" in loc:
                    continue
                for tag in languages:
                    address = (entry.document.file, (*entry.at, *loc), tag)
                    if tag not in wordings and address not in reported:
                        reported.add(address)
                        found.setdefault(tag, (campaign, []))[1].append((entry, loc))
    return found


def _incomplete(tag: str, campaign: Found[Campaign], lacking: list[Wanted], registry: Registry) -> Issue:
    files = Counter(found.document.file for found, _ in lacking)
    listed = [f"{file} ({count})" for file, count in files.items()]
    if tag not in registry.lexicons.names:
        listed.append(f"a file brand_data/lexicon/{tag}.yaml")
    partials = "" if tag in registry.partials else f", and the files of prompts/_partials/{tag}/"
    index = campaign.value.languages.index(tag)
    return campaign.issue(
        ("languages", index), "incomplete-language",
        f"'{tag}' is not ready to be written in. It needs {len(lacking)} wordings: {', '.join(listed)}{partials}.",
        f"Take '{tag}' out of the campaign until it has them. 'inedit new language {tag}' makes the files and lists "
        "each wording that is missing.",
    )  # fmt: skip


def _used_by(campaign: Found[Campaign], registry: Registry) -> Iterator[Found[Any]]:
    """What the campaign's prompts are made of, the campaign first."""
    brief = campaign.value
    yield campaign
    if registry.identity:
        yield registry.identity
    chosen: tuple[tuple[Section[Any], tuple[str, ...]], ...] = (
        (registry.segments, brief.segments),
        (registry.tones, brief.tones),
        (registry.channels, brief.channels),
        (registry.sheets, brief.channels),
        (registry.small_sheets, brief.channels),
        (registry.angles, tuple(registry.angles.entries) if brief.angles == "auto" else brief.angles),
        (registry.insights, () if brief.insights == "auto" else brief.insights),
        (registry.claims, () if brief.claims == "auto" else brief.claims),
    )
    for section, names in chosen:
        yield from (section.entries[name] for name in names if name in section.entries)


def by_language(value: ProjectModel, at: Loc = ()) -> Iterator[tuple[Loc, bool, dict[str, object]]]:
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
                    yield from by_language(item, (*at, name, index))
