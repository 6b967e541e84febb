"""Commands that turn coded verbatims into insights: insights candidates, accept."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from inedit.cli.console import JsonOption, ProjectOption, advise, emit_json, out
from inedit.model.errors import WrongInput

if TYPE_CHECKING:
    from inedit.insight_loop.candidates import Candidates

PeopleOption = Annotated[
    int, typer.Option("--people", min=2, help="People who must have said it before it is shown.")
]


def register(app: typer.Typer) -> None:
    """Add the commands to ``inedit insights``."""
    app.command("candidates")(candidates)
    app.command("accept")(accept)


def candidates(
    project: ProjectOption = None,
    code: Annotated[str | None, typer.Option(help="Only those with this code.", show_default=False)] = None,
    place: Annotated[
        str | None, typer.Option(help="Only what was said in this place.", show_default=False)
    ] = None,
    people: PeopleOption = 5,
    json_: JsonOption = False,
) -> None:
    """What several people said, with how many, where, since when, and quotations.

    [dim]inedit insights candidates[/]
    [dim]inedit insights candidates --code wears-out --people 8[/]
    """
    found = _candidates(project, people, code, place)
    if json_:
        emit_json({**asdict(found), "shown": [asdict(one) for one in found.shown]})
        return
    for one in found.shown:
        codes = ", ".join(f"{name} {count}" for name, count in one.codes.items())
        out.print(
            f"[bold]{one.id}[/]  {codes}\n  [dim]{one.people} people, {len(one.verbatims)} texts in "
            f"{', '.join(one.places)}, {one.since:%Y-%m-%d} to {one.until:%Y-%m-%d}[/]"
        )
        for quote in one.quotes:
            out.print(Text(f"    « {quote.text} »  {quote.place_id}, {quote.at:%Y-%m-%d}"))
    if not found.shown:
        out.print("No candidate yet. Code more verbatims: [bold]inedit field code[/].")
    if found.too_small:
        advise(
            f"{found.too_small} more were said by fewer than {found.least_people} people, and are not shown."
        )


def accept(
    candidate: Annotated[
        str, typer.Argument(help="Id of a candidate, or its first characters.", show_default=False)
    ],
    name: Annotated[str, typer.Option("--as", help="Id of the new insight.", show_default=False)],
    by: Annotated[str, typer.Option(help="Who accepts it.", show_default=False)],
    text: Annotated[
        list[str] | None, typer.Option(help="The insight in your own words: 'fr=…' (repeatable).")
    ] = None,
    tip: Annotated[
        list[str] | None, typer.Option(help="What readers can do with it: 'fr=…' (repeatable).")
    ] = None,
    meaning: Annotated[
        list[str] | None, typer.Option(help="What it means for readers: 'fr=…' (repeatable).")
    ] = None,
    evidence: Annotated[
        list[str] | None,
        typer.Option(help="Words that prove that a text tells it: 'fr=chaise,coinc' (repeatable)."),
    ] = None,
    product: Annotated[list[str] | None, typer.Option(help="A product it is about (repeatable).")] = None,
    segment: Annotated[list[str] | None, typer.Option(help="Readers it speaks to (repeatable).")] = None,
    legal_basis: Annotated[
        str | None,
        typer.Option(
            help="Why we may use it: consent, contract, legitimate-interest, public, anonymised. "
            "Default: what its places say.",
            show_default=False,
        ),
    ] = None,
    expires: Annotated[
        str | None, typer.Option(help="The last day, YYYY-MM-DD. Default: in a year.", show_default=False)
    ] = None,
    people: PeopleOption = 5,
    project: ProjectOption = None,
    json_: JsonOption = False,
) -> None:
    """Make an insight of a candidate: an entry of brand_data/insights/communities.yaml, which you may edit.

    Without --text, the quotation nearest to the middle stands, to be paraphrased only unless its author agreed.

    [dim]inedit insights accept 3f2a91 --as lone-napkin --by Ana --product napkin[/]
    [dim]inedit insights accept 3f2a91 --as thin-feet --by Ana --text "en=Sheets wear thin at the feet first."[/]
    """
    from inedit.bootstrap import find_root
    from inedit.insight_loop.acceptance import DEFAULT_DAYS, Acceptance, usual_basis
    from inedit.insight_loop.acceptance import accept as accept_into
    from inedit.insight_loop.places import load_places

    shown = _candidates(project, people, None, None).shown
    found = [one for one in shown if one.id.startswith(candidate)]
    if len(found) != 1:
        what = "No candidate starts" if not found else f"{len(found)} candidates start"
        raise WrongInput(f"{what} with '{candidate}'. 'inedit insights candidates' lists them.")
    today = datetime.now(UTC).date()
    root = find_root(project)
    basis = legal_basis or usual_basis(found[0], load_places(root))
    acceptance = Acceptance(
        name, by, basis, _day(expires) or today + timedelta(days=DEFAULT_DAYS), _by_language(text, "--text"),
        _by_language(tip, "--tip"), _by_language(meaning, "--meaning"),
        {tag: tuple(words.split(",")) for tag, words in _by_language(evidence, "--evidence").items()},
        tuple(product or ()), tuple(segment or ()), tuple(found[0].codes)[:1],
    )  # fmt: skip
    file, insight = accept_into(root, found[0], acceptance, today)
    if json_:
        emit_json(
            {
                "file": str(file.relative_to(root)),
                "insight": insight.model_dump(mode="json", exclude_defaults=True),
            }
        )
        return
    out.print(f"[bold]{insight.id}[/] stands in {file.relative_to(root)}, until {insight.expires}.")
    if insight.paraphrase_only:
        advise("It is somebody's own words: texts may say it in others only. Word it yourself with --text.")


def _candidates(project: Path | None, people: int, code: str | None, place: str | None) -> Candidates:
    from inedit.bootstrap import Settings, find_root, lazy_encoder, open_project_store
    from inedit.insight_loop.candidates import candidates as find
    from inedit.insight_loop.coded_verbatims import coded_verbatims

    settings = Settings.from_environment()
    with open_project_store(settings, find_root(project)) as store:
        return find(coded_verbatims(store, place), lazy_encoder(settings)(), least_people=people, code=code)


def _by_language(options: list[str] | None, name: str) -> dict[str, str]:
    found = {}
    for option in options or ():
        tag, equals, words = option.partition("=")
        if not equals or not words.strip():
            raise WrongInput(f"{name} is '{option}': write the language first, such as {name} 'fr=…'.")
        found[tag.strip()] = words.strip()
    return found


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise WrongInput(f"--expires is '{text}': give a day such as 2027-06-30.") from error
