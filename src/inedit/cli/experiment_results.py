"""Commands of A/B tests that take results in and read them: results, show, list, learned."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from inedit.cli.console import JsonOption, ProjectOption, advise, complain, emit_json, out
from inedit.model.errors import WrongInput

if TYPE_CHECKING:
    from inedit.insight_loop.experiments.readout import Reading

TestArgument = Annotated[str, typer.Argument(help="The test, by its id.", show_default=False)]


class Days(StrEnum):
    """How a file writes its days."""

    ISO = "iso"
    DMY = "dmy"
    MDY = "mdy"


def results(
    test: TestArgument,
    file: Annotated[
        Path, typer.Argument(help="A CSV file.", exists=True, dir_okay=False, show_default=False)
    ],
    mapping: Annotated[
        list[str] | None,
        typer.Option("--map", help="What a column is called: impressions=Delivered.", show_default=False),
    ] = None,
    dates: Annotated[
        Days, typer.Option(help="iso: 2026-12-01. dmy: 01/12/2026. mdy: 12/01/2026.")
    ] = Days.ISO,
    keep_good: Annotated[
        bool, typer.Option("--keep-good", help="Take the sound rows in, although others are wrong.")
    ] = False,
    project: ProjectOption = None,
    json_: JsonOption = False,
) -> None:
    """Take in what the tools counted: a row for each arm (or text) and day.

    Columns: arm (its letter, its value, or a piece's id), day, impressions, clicks, conversions, revenue. The same file
    twice changes nothing; corrected figures replace the old ones, which are kept as history. Exit code 1 when rows are
    wrong.

    [dim]inedit experiment results winter-angle-1 november.csv[/]
    [dim]inedit experiment results winter-angle-1 export.csv --map impressions=Delivered --dates dmy[/]
    """
    import hashlib
    from dataclasses import asdict
    from datetime import UTC, datetime

    from inedit.bootstrap import Settings, find_root, open_project_store
    from inedit.insight_loop.experiments import journal
    from inedit.insight_loop.experiments.figures import read_figures

    pairs = [entry.partition("=") for entry in mapping or ()]
    if wrong := next(
        (entry for entry, (_, sign, _) in zip(mapping or (), pairs, strict=True) if not sign), None
    ):
        raise WrongInput(f"--map {wrong}: write what=column, as in --map impressions=Delivered.")
    try:
        content = file.read_bytes()
    except OSError as error:
        raise WrongInput(f"Cannot read {file}: {error.strerror}.") from error
    now = datetime.now(UTC)
    with open_project_store(Settings.from_environment(), find_root(project)) as store:
        design = journal.read_design(store, test)
        good, bad = read_figures(
            content, str(file), design, today=now.date(),
            mapping={what.strip().lower(): column.strip() for what, _, column in pairs}, days=dates.value,
        )  # fmt: skip
        taken = () if bad and not keep_good else good
        done = journal.put_figures(
            store, design, taken, file_sha=hashlib.sha256(content).hexdigest(), now=now
        )
    if json_:
        emit_json({**asdict(done), "wrong": [asdict(row) for row in bad]})
    else:
        for row in bad:
            complain(f"{file}, {row}")
        if bad and not keep_good:
            complain(f"{len(bad)} rows are wrong, so nothing was taken in. Correct them, or say --keep-good.")
        else:
            out.print(f"{done.new} new, {done.corrected} corrected, {done.unchanged} as they were.")
    raise typer.Exit(1 if bad else 0)


def show(
    test: TestArgument,
    lang: Annotated[
        str | None, typer.Option("--lang", help="fr or en; else that of the terminal.", show_default=False)
    ] = None,
    project: ProjectOption = None,
    json_: JsonOption = False,
) -> None:
    """What a test says today, in words, with the interval. No winner is called before it may be.

    [dim]inedit experiment show winter-angle-1[/]
    [dim]inedit experiment show winter-angle-1 --lang fr[/]
    """
    from inedit.bootstrap import Settings, find_root, open_project_store
    from inedit.guard.messages import interface_language
    from inedit.insight_loop.experiments import journal
    from inedit.insight_loop.experiments.readout import read
    from inedit.insight_loop.experiments.words import describe

    with open_project_store(Settings.from_environment(), find_root(project)) as store:
        design = journal.read_design(store, test)
        reading = read(design, journal.read_figures(store, test))
        corrected = journal.corrections(store, test)
    sentences = describe(reading, lang or interface_language(os.environ))
    if json_:
        emit_json({**reading.as_json(), "corrected_figures": corrected, "words": list(sentences)})
        return
    for position, sentence in enumerate(sentences):
        out.print(Text(sentence, style="bold" if position == 0 else ""))
    out.print(_figures_table(reading))
    if corrected:
        advise(f"{corrected} figures were corrected since they first came in.")


def list_(
    campaign: Annotated[str | None, typer.Option(help="Only this campaign.", show_default=False)] = None,
    project: ProjectOption = None,
    json_: JsonOption = False,
) -> None:
    """Every test, with what it says today.

    [dim]inedit experiment list --campaign winter[/]
    """
    from inedit.bootstrap import Settings, find_root, open_project_store
    from inedit.guard.messages import interface_language
    from inedit.insight_loop.experiments import journal
    from inedit.insight_loop.experiments.readout import read
    from inedit.insight_loop.experiments.words import describe

    with open_project_store(Settings.from_environment(), find_root(project)) as store:
        found = [
            read(design, journal.read_figures(store, design.id))
            for design in journal.read_designs(store, campaign)
        ]
    if json_:
        emit_json([reading.as_json() for reading in found])
        return
    if not found:
        out.print("No tests. Begin one with [bold]inedit experiment start CAMPAIGN[/].")
        return
    table = Table(box=box.SIMPLE_HEAD, expand=True)
    for name in ("test", "factor", "method", "size"):
        table.add_column(name, no_wrap=name == "test")
    table.add_column("says", ratio=1)
    language = interface_language(os.environ)
    for reading in found:
        design = reading.design
        table.add_row(
            design.id,
            design.factor,
            design.method,
            f"{reading.progress:.0%}",
            Text(describe(reading, language)[0]),
        )
    out.print(table)


def _figures_table(reading: Reading) -> Table:
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("arm")
    table.add_column("value")
    for name in (
        "impressions",
        "clicks",
        "conversions",
        "revenue",
        f"{reading.design.metric} judged",
        "rate",
    ):
        table.add_column(name, justify="right")
    for one in reading.arms:
        revenue = "—" if one.revenue_micros is None else f"{one.revenue_micros / 1_000_000:,.2f}"
        judged = f"{one.judged.events:,} of {one.judged.trials:,}" if one.judged.trials else "—"
        rate = f"{one.judged.rate:.2%}" if one.judged.trials else "—"
        table.add_row(
            one.arm.id, Text(one.arm.value), f"{one.impressions:,}", f"{one.clicks:,}",
            f"{one.conversions:,}", revenue, judged, rate,
        )  # fmt: skip
    return table


def learned(
    project: ProjectOption = None,
    json_: JsonOption = False,
) -> None:
    """What all tests that may be read have taught about insights, angles, tones and templates.

    Plans tell more often what did better; 'inedit plan' says so, and --by-turn plans without.

    [dim]inedit experiment learned[/]
    """
    from dataclasses import asdict

    from inedit.bootstrap import Settings, find_root, open_project_store
    from inedit.brand.explain_tests import found_of
    from inedit.insight_loop.experiments.learning import read_learned

    with open_project_store(Settings.from_environment(), find_root(project)) as store:
        evidence = read_learned(store)
    if json_:
        emit_json([asdict(one) for one in evidence])
        return
    if not evidence:
        out.print("Nothing yet: no test may be read.")
    for one in sorted(evidence, key=lambda one: (one.factor, -one.effect)):
        out.print(Text.assemble((f"{one.factor} {one.value}", "bold"), f": {found_of(one)}"))


def register(app: typer.Typer) -> None:
    """Add these commands to those of the tests."""
    for name, command in (("results", results), ("show", show), ("list", list_), ("learned", learned)):
        app.command(name)(command)
