"""Beginnings of what a project does not have yet: a language, a channel, an insight, a segment, a campaign.

What only a person can write is left empty, and ``inedit check`` says where. Files are added to at their end, so that
comments and order stay.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from inedit.brand.load import read_project
from inedit.brand.needed_wordings import by_language
from inedit.brand.registry import Registry, Section
from inedit.model.errors import WrongInput

ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
TYPOGRAPHIES = {"fr": "french", "de": "german", "es": "spanish", "it": "italian"}


def scaffold(root: Path, kind: str, name: str) -> tuple[str, ...]:
    """Begin a new entry: what was done and what is left to do, a sentence each.

    Raises :class:`~.errors.WrongInput` for a kind or a name that cannot be, or that there is already.
    """
    makers: Mapping[str, Callable[[Path, str, Registry], tuple[str, ...]]] = {
        "language": _language, "channel": _channel, "insight": _insight, "segment": _segment,
        "campaign": _campaign,
    }  # fmt: skip
    if kind not in makers:
        raise WrongInput(f"'{kind}' cannot be begun. One of: {', '.join(makers)}.")
    if not (TAG if kind == "language" else ID).fullmatch(name):
        form = "a language tag such as es or de-CH" if kind == "language" else "an id: a-z, 0-9, - and _"
        raise WrongInput(f"'{name}' is not {form}.")
    known = read_project(root).registry
    sections: Mapping[str, Section[Any]] = {
        "language": known.languages, "channel": known.channels, "insight": known.insights,
        "segment": known.segments, "campaign": known.campaigns,
    }  # fmt: skip
    section = sections[kind]
    if name in section.names:
        raise WrongInput(f"There is already a {kind} '{name}', at {section.names[name]}.")
    try:
        return makers[kind](root, name, known)
    except OSError as error:
        raise WrongInput(f"{error.filename} cannot be written: {error.strerror}.") from error


def _language(root: Path, tag: str, known: Registry) -> tuple[str, ...]:
    primary = tag.partition("-")[0]
    begun = _starter_entry("languages", "tag", primary)
    done = [_append(root, "languages", begun or _blank_language(tag), tag, primary)]
    lexicon = root / "brand_data/lexicon" / f"{tag}.yaml"
    if not lexicon.exists():
        lexicon.parent.mkdir(parents=True, exist_ok=True)
        lexicon.write_text(
            "# yaml-language-server: $schema=../schemas/lexicon.json\n"
            f"language: {tag}\nwanted: []\nbanned: []\ncliches: []\ncompetitors: []\n",
            encoding="utf-8",
        )
        done.append(f"brand_data/lexicon/{tag}.yaml is new: write words to use and to avoid.")
    with as_file(files("inedit.brand") / "starter") as starter:
        for folder in ("prompts/_partials", "prompts/small/_partials"):
            source, target = starter / folder / primary, root / folder / tag
            if source.is_dir() and (root / folder).is_dir() and not target.exists():
                shutil.copytree(source, target)
                done.append(f"{folder}/{tag}/ is new: the texts that every prompt shares, to be read once.")
            elif not target.exists() and (root / folder).is_dir():
                done.append(
                    f"{folder}/{tag}/ is still to be written: translate the folder of another language."
                )
    needed: dict[str, int] = {}
    for entry in known.everything():
        for _, optional, wordings in by_language(entry.value):
            if not optional and tag not in wordings:
                needed[entry.document.file] = needed.get(entry.document.file, 0) + 1
    done += [f"{file} needs {count} wordings in '{tag}'." for file, count in needed.items()]
    return (*done, f"Then add {tag} to 'languages' of a campaign; 'inedit check' says what is missing.")


def _starter_entry(stem: str, key: str, name: str) -> str:
    """An entry of a list of the starter, as it is written there; empty when it has none."""
    with as_file(files("inedit.brand") / "starter") as starter:
        text = (starter / f"brand_data/{stem}.yaml").read_text(encoding="utf-8")
    found = re.search(rf"^- {key}: {re.escape(name)}\n(?:  .*\n|\n(?=  ))*", text, re.MULTILINE)
    return found[0] if found else ""


def _blank_language(tag: str) -> str:
    typography = TYPOGRAPHIES.get(tag.partition("-")[0], "english")
    return (
        f'- tag: {tag}\n  name: ""\n  market: ""\n  formality: formal\n  address:\n    formal: ""\n'
        f'    informal: ""\n  typography: {typography}\n'
    )


def _channel(root: Path, name: str, known: Registry) -> tuple[str, ...]:
    if entry := _starter_entry("channels", "id", name):
        return _shipped_channel(root, name, entry)
    model = next((id for id in ("social", *known.sheets.entries) if id in known.sheets.entries), None)
    if model is None:
        raise WrongInput("There is no channel whose prompts could be copied. See docs/prompts.md.")
    for ending in (".yaml", ".md.j2"):
        source, target = (root / "prompts" / f"{id}{ending}" for id in (model, name))
        if source.exists() and not target.exists():
            text = source.read_text(encoding="utf-8")
            target.write_text(
                re.sub(r"(?m)^channel: .*$", f"channel: {name}", text, count=1), encoding="utf-8"
            )
    return (
        _append(root, "channels", f"- id: {name}\n  name: {_empty(known)}\n"),
        f"prompts/{name}.yaml and prompts/{name}.md.j2 are copies of those of '{model}': change purpose, parts, limits "
        "and examples.",
        f"Then add {name} to 'channels' of a campaign.",
    )


def _shipped_channel(root: Path, name: str, entry: str) -> tuple[str, ...]:
    """A channel that Inédit comes with: its entry and its prompts, where the project has none of its own."""
    done = [_append(root, "channels", entry).removesuffix(": fill in what is empty.") + ": read it once."]
    with as_file(files("inedit.brand") / "starter") as starter:
        for file in (f"{name}.yaml", f"{name}.md.j2", f"small/{name}.yaml"):
            source, target = starter / "prompts" / file, root / "prompts" / file
            if source.exists() and target.parent.is_dir() and not target.exists():
                shutil.copyfile(source, target)
                done.append(f"prompts/{file} is new: what Inédit comes with, in fr, en, de, es and it.")
    return (*done, f"Then add {name} to 'channels' of a campaign; 'inedit check' says what is missing.")


def _insight(root: Path, name: str, known: Registry) -> tuple[str, ...]:
    entry = (
        f"- id: {name}\n  kind: field  # or verbatim, story, figure\n  text: {_empty(known)}\n"
        '  source: ""\n  collected: ""\n'
    )
    paths = sorted((root / "brand_data/insights").glob("[!.]*.yaml"))
    stem = f"insights/{paths[0].stem}" if paths else "insights/first"
    return (
        _append(root, stem, entry),
        "Write one to three short sentences that no competitor could have written, and 'evidence' for each language.",
    )


def _segment(root: Path, name: str, known: Registry) -> tuple[str, ...]:
    entry = f"- id: {name}\n  name: {_empty(known)}\n  description: {_empty(known)}\n"
    return (
        _append(root, "segments", entry),
        "Say who they are and what they care about; worries, motives and objections help the writer.",
        f"Then add {name} to 'segments' of a campaign.",
    )


def _campaign(root: Path, name: str, known: Registry) -> tuple[str, ...]:
    path = root / "brand_data/campaigns" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    tag = next(iter(known.languages.entries), "fr")
    path.write_text(
        "# yaml-language-server: $schema=../schemas/campaign.json\n"
        f'id: {name}\nname: ""\nobjective: {{{tag}: ""}}\noffer: {{{tag}: ""}}\n'
        f"channels: [{next(iter(known.channels.entries), '')}]\n"
        f"segments: [{', '.join(known.segments.entries)}]\nlanguages: [{tag}]\n"
        f"tones: [{next(iter(known.tones.entries), '')}]\n",
        encoding="utf-8",
    )
    return (
        f"brand_data/campaigns/{name}.yaml is new: write name, objective and offer.",
        f"Then see what it makes: inedit plan {name}",
    )


def _empty(known: Registry) -> str:
    """An empty wording in each language of the project, to be filled in."""
    tags = list(known.languages.entries) or ["en"]
    return "{" + ", ".join(f'{tag}: ""' for tag in tags) + "}"


def _append(root: Path, stem: str, entry: str, *renamed: str) -> str:
    """Add an entry at the end of a file of ``brand_data/``; ``renamed`` are its tag and that of the text."""
    path = root / "brand_data" / f"{stem}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    if renamed:
        entry = entry.replace(f"- tag: {renamed[1]}\n", f"- tag: {renamed[0]}\n", 1)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    gap = "" if not before or before.endswith("\n\n") else "\n" if before.endswith("\n") else "\n\n"
    path.write_text(f"{before}{gap}{entry.rstrip()}\n", encoding="utf-8")
    added = (before + gap).count("\n") + 1
    return f"brand_data/{stem}.yaml has a new entry at line {added}: fill in what is empty."
