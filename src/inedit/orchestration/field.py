"""The field's flows: map, observe, candidates, prune, forget.

Prefect keeps what it is given and shown, and nobody can be forgotten there: no flow is given a name or a handle, and
none shows a word of what anybody said. Quotations are read in the studio.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from prefect.artifacts import acreate_markdown_artifact
from prefect.states import Completed, Failed, State

from inedit.bootstrap import STATE_FOLDER, Settings, lazy_encoder, open_project_store
from inedit.insight_loop.candidates import candidates
from inedit.insight_loop.coded_verbatims import coded_verbatims
from inedit.insight_loop.field_store import count_verbatims, last_observed
from inedit.insight_loop.forget import find_author, forget
from inedit.insight_loop.observing.observe import Observation, observe
from inedit.insight_loop.observing.tables import columns_of
from inedit.insight_loop.places import load_places, place_named
from inedit.insight_loop.pseudonyms import key_file, load_key
from inedit.insight_loop.retention import KEEP_DAYS, prune
from inedit.model.errors import WrongInput
from inedit.orchestration.choices import INCOMING, incoming_files
from inedit.orchestration.forms import CandidatesForm, ForgetForm, ObserveForm, PruneForm
from inedit.orchestration.markdown import safe, table
from inedit.orchestration.project import project_root
from inedit.store import Store


async def map_places() -> State[None]:
    """The register of places with what was observed there, and how much is due to be deleted."""
    root, now = project_root(), datetime.now(UTC)
    places = load_places(root)
    if not places:
        raise WrongInput("There is no place yet. Write brand_data/places.yaml; docs/field.md shows an entry.")
    with open_project_store(Settings.from_environment(), root) as store:
        counts, seen = count_verbatims(store), last_observed(store)
        due = await asyncio.to_thread(prune, store, places, now, dry_run=True)
    rows = [
        (
            safe(place.name), safe(id), place.platform, f"{place.size:,}" if place.size else "?",
            place.language or "several", place.legal_basis, f"{seen[id]:%Y-%m-%d}" if id in seen else "never",
            f"{counts.get(id, 0):,}", f"{due.get(id, 0):,}",
        )
        for id, place in places.items()
    ]  # fmt: skip
    head = (
        "place", "id", "platform", "members", "language", "legal basis", "last observed", "verbatims", "due to go",
    )  # fmt: skip
    summary = f"{len(places)} places, {sum(counts.values()):,} verbatims."
    never = [id for id in places if id not in seen]
    return await _complete(summary, [*table(head, rows), *_never(never)], "places")


async def observe_place(form: ObserveForm) -> State[None]:
    """Import a file that waits; a file that is cut off fails the run, and what stands before the cut is kept."""
    root = project_root()
    place, file = place_named(root, form.place), _waiting(root, form.file)
    with open_project_store(Settings.from_environment(), root) as store:
        done = await asyncio.to_thread(_observe, store, root, form, file)
    if form.delete_file and not done.cut and not form.dry_run:
        file.unlink()
    new = "would be new" if form.dry_run else "new"
    summary = f"{done.read:,} messages of {place.id}: {done.added:,} {new}, {done.known:,} known already."
    lines = table(("redacted", "times"), [(safe(kind), f"{n:,}") for kind, n in done.redactions.items()])
    lines += table(("left out", "messages"), [(safe(why), f"{n:,}") for why, n in done.skipped.items()])
    lines += [f"- {safe(note)}" for note in done.notes]
    if done.cut:
        cut = f"The file is cut off: {done.cut}. What stands before is imported; import all of it when you have it."
        await _complete(summary, [*lines, "", safe(cut)], "observed")
        return Failed(message=f"{summary} {cut}")
    return await _complete(summary, lines, "observed")


def _observe(store: Store, root: Path, form: ObserveForm, file: Path) -> Observation:
    return observe(
        store, load_key(key_file(root), store), place_named(root, form.place), file,
        columns=columns_of(form.columns), chat=form.chat or None, dry_run=form.dry_run,
    )  # fmt: skip


def _waiting(root: Path, name: str) -> Path:
    """A file that waits, by its name: no other file of this machine is read."""
    found = {file.name: file for file in incoming_files(root)}
    if name not in found:
        there = f" There is: {', '.join(found)}." if found else ""
        raise WrongInput(
            f"No file '{name}' waits in {STATE_FOLDER}/{INCOMING} of the project's folder.{there}"
        )
    return found[name]


async def show_candidates(form: CandidatesForm) -> State[None]:
    """What enough people said, by its codes; the studio shows the words and takes the decision."""
    settings, root = Settings.from_environment(), project_root()
    with open_project_store(settings, root) as store:
        encoder = await asyncio.to_thread(lazy_encoder(settings))
        coded = coded_verbatims(store, form.place or None)
        found = await asyncio.to_thread(
            candidates, coded, encoder, least_people=form.people, code=form.code or None
        )
    rows = [
        (
            f"`{one.id}`", safe(", ".join(f"{code} {n}" for code, n in one.codes.items())), f"{one.people:,}",
            f"{len(one.verbatims):,}", safe(", ".join(one.places)), f"{one.since:%Y-%m-%d}", f"{one.until:%Y-%m-%d}",
        )
        for one in found.shown
    ]  # fmt: skip
    summary = (
        f"{len(found.shown)} candidates; {found.too_small} more were said by fewer than {form.people} people."
    )
    lines = table(("id", "codes", "people", "verbatims", "places", "since", "until"), rows)
    lines.append("Read what was said, and accept: *Field*, *Candidates* in the studio.")
    return await _complete(summary, lines, "candidates")


async def prune_field(form: PruneForm) -> State[None]:
    """Delete what people said when the time for which its place may keep it is over, or only count."""
    root, now = project_root(), datetime.now(UTC)
    places = load_places(root)
    with open_project_store(Settings.from_environment(), root) as store:
        gone = await asyncio.to_thread(prune, store, places, now, dry_run=form.only_count)
    done = "would be deleted" if form.only_count else "deleted"
    rows = [
        (safe(id), str((places[id].keep_days if id in places else None) or KEEP_DAYS), f"{count:,}")
        for id, count in gone.items()
    ]
    summary = f"{sum(gone.values()):,} verbatims {done}."
    return await _complete(summary, table(("place", "days kept", done), rows), "prune")


async def forget_person(form: ForgetForm) -> State[None]:
    """Take one person out of everything, and prove it; what only a person can change fails the run."""
    root = project_root()
    with open_project_store(Settings.from_environment(), root) as store:
        author = find_author(store, load_key(key_file(root), store), form.pseudonym)
        done = await asyncio.to_thread(forget, store, author, root)
    summary = f"{done.verbatims:,} verbatims are gone; {done.found_after} traces were found afterwards."
    lines = table(("table", "rows"), [(safe(name), f"{count:,}") for name, count in done.rows.items()])
    lines += [f"- {safe(line)}" for line in (*done.files, *done.left)]
    lines += ["", f"Searched: {safe(', '.join(done.searched))}."]
    await _complete(summary, lines, "forgotten")
    if done.left or done.found_after:
        return Failed(message=f"{summary} {' '.join(f'{line}.' for line in done.left)}".strip())
    return Completed(message=summary)


async def _complete(summary: str, lines: Sequence[str], key: str) -> State[None]:
    await acreate_markdown_artifact("\n".join((f"# {safe(summary)}", "", *lines)), key=key)
    return Completed(message=summary)


def _never(places: Sequence[str]) -> list[str]:
    return [f"Never observed: {safe(', '.join(places))}."] if places else []
