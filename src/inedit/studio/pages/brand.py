"""What only this brand knows, and its prompts: read, used where, edited under ``check``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from starlette.responses import Response

from inedit.bootstrap import issues_of
from inedit.brand.editing import Value, edited_text
from inedit.brand.load import read_project
from inedit.brand.schema import Brand, Claim, Insight
from inedit.model.errors import WrongInput
from inedit.studio.listing import names_of
from inedit.studio.page import Page, Visit
from inedit.studio.pages.prompts import TABS, prompt_groups
from inedit.studio.saving import digest_of, save

ROLES = ("marketer",)
OLD_DAYS, SOON_DAYS = 540, 60
"""An insight older than this is told to be; a claim that ends sooner, too."""

WORDINGS = {"insights": ("text", "meaning", "tip"), "claims": ("text",)}
PLAIN = {"insights": ("source",), "claims": ("source",)}
DATES = {"insights": ("collected",), "claims": ("valid_from", "valid_until")}
"""What of an entry can be edited here: wordings by language, plain texts, and days."""

LINE_BREAKS = re.compile(r"\s*[\r\n]+\s*")


def first(visit: Visit) -> Response:
    """Where the tab opens."""
    return visit.redirect("/brand/insights")


def listed(visit: Visit) -> Response:
    """One kind of entries."""
    kind = str(visit.request.path_params["kind"])
    if kind not in TABS:
        raise WrongInput(visit.t("brand.no_entry"))
    project = visit.workspace.project()
    brand, today = project.brand, visit.workspace.clock().date()
    uses, assigned = _uses(visit)
    return visit.show(
        f"brand/{kind}.html", kind=kind, tabs=TABS, brand=brand, today=today, told=uses, given=assigned,
        names=names_of(brand, visit.language), old=OLD_DAYS, soon=SOON_DAYS,
        shelves=prompt_groups(visit.workspace.templates().sources, brand), said=_wording_of(visit),
    )  # fmt: skip


def edit(visit: Visit) -> Response:
    """An insight or a claim in a form."""
    kind, entry, file = _entry(visit)
    content = (visit.workspace.root / file).read_bytes()
    return _edit(visit, kind, entry, file, digest_of(content), _values(kind, entry, visit))


def store(visit: Visit) -> Response:
    """Save it, unless check refuses it or somebody else has changed the file."""
    kind, entry, file = _entry(visit)
    digest = visit.field("digest")
    try:
        changes = dict(_changes(visit, kind))
    except WrongInput as error:
        return _edit(visit, kind, entry, file, digest, _typed(visit), wrong=str(error))
    content = (visit.workspace.root / file).read_bytes()
    if digest_of(content) != digest:
        return _edit(
            visit, kind, entry, file, digest_of(content), _typed(visit), changed_elsewhere=True, status=409
        )
    saved = save(visit.workspace.root, file, edited_text(content.decode(), entry.id, changes), digest=digest)
    if not saved.done:
        return _edit(
            visit, kind, entry, file, digest, _typed(visit), refused=saved.refused,
            changed_elsewhere=saved.changed_elsewhere, status=409 if saved.changed_elsewhere else 200,
        )  # fmt: skip
    return visit.redirect(f"/brand/{kind}/{entry.id}", "brand.saved")


def retire(visit: Visit) -> Response:
    """Tell an insight in no new text, or in new texts again."""
    kind, entry, file = _entry(visit)
    if not isinstance(entry, Insight):
        raise WrongInput(visit.t("brand.no_entry"))
    content = (visit.workspace.root / file).read_bytes()
    changes: dict[tuple[str, ...], Value] = {("retired",): not entry.retired}
    text = edited_text(content.decode(), entry.id, changes)
    saved = save(visit.workspace.root, file, text, digest=digest_of(content))
    if not saved.done:
        return _edit(
            visit, kind, entry, file, digest_of(content), _values(kind, entry, visit), refused=saved.refused
        )
    return visit.redirect(
        f"/brand/{kind}/{entry.id}", "brand.accepted" if entry.retired else "brand.retired_now"
    )


def check(visit: Visit) -> Response:
    """What check says of the project now; ``of`` leaves only what begins so."""
    of = visit.query.get("of", "")
    found = [issue for issue in issues_of(visit.workspace.root) if issue.file.startswith(of)]
    return visit.show("brand/issues.html", issues=sorted(found, key=lambda issue: not issue.is_error))


def _entry(visit: Visit) -> tuple[str, Insight | Claim, str]:
    """The entry that an address names, and the file that it stands in: both are looked up, neither is made of it."""
    kind, id = str(visit.request.path_params["kind"]), str(visit.request.path_params["id"])
    registry = read_project(visit.workspace.root).registry
    if kind == "insights" and id in registry.insights.entries:
        insight = registry.insights.entries[id]
        return kind, insight.value, insight.document.file
    if kind == "claims" and id in registry.claims.entries:
        claim = registry.claims.entries[id]
        return kind, claim.value, claim.document.file
    raise WrongInput(visit.t("brand.no_entry"))


def _edit(
    visit: Visit, kind: str, entry: Insight | Claim, file: str, digest: str, values: Mapping[str, str],
    status: int = 200, **more: Any,
) -> Response:  # fmt: skip
    uses, assigned = _uses(visit)
    notes = {"refused": (), "changed_elsewhere": False, "wrong": "", **more}
    return visit.show(
        "brand/edit.html", status, kind=kind, tabs=TABS, entry=entry, file=file, digest=digest, values=values,
        wordings=WORDINGS[kind], plain=PLAIN[kind], dates=DATES[kind], brand=visit.workspace.project().brand,
        current=_values(kind, entry, visit), told=uses[entry.id], given=assigned[entry.id],
        said=_wording_of(visit), **notes,
    )  # fmt: skip


def _values(kind: str, entry: Insight | Claim, visit: Visit) -> dict[str, str]:
    """An entry as the fields of the form."""
    languages = visit.workspace.project().brand.languages
    values = {
        f"{name}.{tag}": getattr(entry, name).get(tag, "") for name in WORDINGS[kind] for tag in languages
    }
    values |= {name: getattr(entry, name) for name in PLAIN[kind]}
    return values | {name: str(day) if (day := getattr(entry, name)) else "" for name in DATES[kind]}


def _typed(visit: Visit) -> dict[str, str]:
    return {name: value for name, value in visit.form.items() if isinstance(value, str)}


def _changes(visit: Visit, kind: str) -> Iterator[tuple[tuple[str, ...], Value]]:
    """What was typed, by its place in the entry. Line breaks of the browser are not part of a wording."""
    for name in WORDINGS[kind]:
        for tag in visit.workspace.project().brand.languages:
            yield (name, tag), LINE_BREAKS.sub(" ", visit.field(f"{name}.{tag}"))
    for name in PLAIN[kind]:
        yield (name,), visit.field(name)
    for name in DATES[kind]:
        typed = visit.field(name)
        try:
            yield (name,), date.fromisoformat(typed) if typed else None
        except ValueError as error:
            raise WrongInput(visit.t("brand.no_date", typed=typed)) from error


def _uses(visit: Visit) -> tuple[Counter[str], Counter[str]]:
    """How many pieces tell each insight or claim, and how many were given each."""
    uses: Counter[str] = Counter()
    assigned: Counter[str] = Counter()
    for card in visit.workspace.catalogue.cards():
        uses.update(set(card.sources))
        assigned.update({*card.spec.insight_ids, *card.spec.claim_ids})
    return uses, assigned


def _wording_of(visit: Visit) -> Any:
    brand: Brand = visit.workspace.project().brand
    order = (visit.language, *brand.languages)

    def wording(texts: Mapping[str, Any]) -> Any:
        return next((texts[tag] for tag in order if tag in texts), "")

    return wording


PAGES = (
    Page("/brand", first, roles=ROLES, nav="brand.nav"),
    Page("/brand/check", check, roles=ROLES),
    Page("/brand/{kind}", listed, roles=ROLES),
    Page("/brand/{kind}/{id}", edit, roles=ROLES),
    Page("/brand/{kind}/{id}", store, methods=("POST",), roles=ROLES),
    Page("/brand/{kind}/{id}/retire", retire, methods=("POST",), roles=ROLES),
)
