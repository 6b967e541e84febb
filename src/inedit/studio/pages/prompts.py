"""A file of the prompts: checked while one types, saved unless check refuses it, with its history."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from starlette.responses import Response

from inedit.brand.schema import Brand
from inedit.model.errors import WrongInput
from inedit.studio.differences import changes
from inedit.studio.history import difference, history_of
from inedit.studio.page import Page, Visit
from inedit.studio.saving import digest_of, issues_with, save

ROLES = ("marketer",)
TABS = ("insights", "claims", "lexicon", "tones", "segments", "prompts")
MOST_CHARS = 100_000

SMALL, PARTIALS, ENDING = "small/", "_partials/", ".md.j2"


PromptGroup = dict[str, list[tuple[str, str]]]


def prompt_groups(sources: Iterable[str], brand: Brand) -> tuple[PromptGroup, PromptGroup, PromptGroup]:
    """The files of the prompts as people look for them: those of a channel, the parts that all channels of a language
    share, and what is left by its folder. Under each id stand pairs of what a file is (a key of the wordings, or its
    name) and its name; those for small models come last."""
    channels: PromptGroup = {}
    shared: PromptGroup = {}
    others: PromptGroup = {}
    for name in sorted(sources, key=lambda one: (one.startswith(SMALL), one)):
        folder, _, word = name.removeprefix(SMALL).removesuffix(ENDING).rpartition("/")
        tag = folder.removeprefix(PARTIALS)
        is_small = name.startswith(SMALL)
        if not folder and word in brand.channels:
            channels.setdefault(word, []).append(("small" if is_small else "full", name))
        elif folder != tag and tag in brand.languages:
            shared.setdefault(f"{tag} small" if is_small else tag, []).append((word, name))
        else:
            others.setdefault(folder, []).append((word, name))
    return channels, shared, others


def template(visit: Visit) -> Response:
    """The file as it stands, to be read and edited."""
    file, name = _file(visit)
    content = (visit.workspace.root / file).read_bytes()
    return _show(visit, name, content.decode(), digest_of(content))


def check(visit: Visit) -> Response:
    """What check would say of what has been typed so far."""
    file, _ = _file(visit)
    found = issues_with(visit.workspace.root, file, _typed(visit))
    return visit.show("brand/issues.html", issues=sorted(found, key=lambda issue: not issue.is_error))


def store(visit: Visit) -> Response:
    """Save it, unless check refuses it or somebody else has changed the file."""
    (file, name), text, root = _file(visit), _typed(visit), visit.workspace.root
    saved = save(root, file, text, digest=visit.field("digest"))
    if saved.done:
        return visit.redirect(f"/brand/prompts/file/{name}", "brand.saved")
    content = (root / file).read_bytes()
    if saved.changed_elsewhere:
        theirs = changes(content.decode(), text)
        return _show(visit, name, text, digest_of(content), 409, theirs=theirs)
    return _show(visit, name, text, visit.field("digest"), 422, refused=saved.refused)


def _show(visit: Visit, name: str, text: str, digest: str, status: int = 200, **more: Any) -> Response:
    root, file = visit.workspace.root, f"prompts/{name}"
    past = history_of(root, file)
    asked = next((one for one in past if one.id == visit.query.get("change")), None)
    notes = {"refused": (), "theirs": (), **more}
    return visit.show(
        "brand/template.html", status, kind="prompts", tabs=TABS, name=name, text=text, digest=digest, past=past,
        asked=asked, difference=difference(root, file, asked) if asked else (), **notes,
    )  # fmt: skip


def _file(visit: Visit) -> tuple[str, str]:
    """The file that an address names: looked up among those that there are."""
    name = str(visit.request.path_params["name"])
    if name not in visit.workspace.templates().sources:
        raise WrongInput(visit.t("brand.no_entry"))
    return f"prompts/{name}", name


def _typed(visit: Visit) -> str:
    typed = visit.form.get("text", "")
    if not isinstance(typed, str) or len(typed) > MOST_CHARS:
        raise WrongInput(visit.t("edit.too_long"))
    return typed.replace("\r\n", "\n").rstrip("\n") + "\n"


PAGES = (
    Page("/brand/prompts/file/{name:path}", template, roles=ROLES),
    Page("/brand/prompts/file/{name:path}", store, methods=("POST",), roles=ROLES),
    Page("/brand/prompts/trial/{name:path}", check, methods=("POST",), roles=ROLES),
)
