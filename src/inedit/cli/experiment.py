"""Commands that begin A/B tests: plan, start, split; those that read them are beside."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from inedit.cli.console import JsonOption, ProjectOption, advise, complain, emit_json, out, writing
from inedit.cli.experiment_results import TestArgument, register
from inedit.model.errors import WrongInput

if TYPE_CHECKING:
    from inedit.insight_loop.experiments.design import Design
    from inedit.insight_loop.experiments.sizing import Sizing

app = typer.Typer(
    help="A/B tests of accepted texts: size, split, results, verdict, and what they teach.",
    no_args_is_help=True,
)


class FactorName(StrEnum):
    """What arms may be made to differ in."""

    INSIGHT = "insight"
    ANGLE = "angle"
    TONE = "tone"
    TEMPLATE = "template"


class MethodName(StrEnum):
    """How a test is read."""

    FIXED = "fixed"
    SEQUENTIAL = "sequential"


class MetricName(StrEnum):
    """What is counted for each impression."""

    CLICKS = "clicks"
    CONVERSIONS = "conversions"


RateOption = Annotated[
    str, typer.Option("--rate", help="Clicks or conversions per impression today: 3%.", show_default=False)
]
EffectOption = Annotated[
    str,
    typer.Option(
        "--effect", help="Smallest relative change worth finding: 10% (of 3%: 3.3%).", show_default=False
    ),
]
AlphaOption = Annotated[str, typer.Option("--alpha", help="Chance of a winner where there is none.")]
PowerOption = Annotated[str, typer.Option("--power", help="Chance to find an effect of that size.")]
MethodOption = Annotated[
    MethodName, typer.Option("--method", help="fixed: read once, at the end. sequential: read at any time.")
]
PerDayOption = Annotated[
    float | None, typer.Option("--per-day", min=1, help="Impressions per day, all arms.", show_default=False)
]


@app.command()
def plan(
    rate: RateOption,
    effect: EffectOption,
    alpha: AlphaOption = "5%",
    power: PowerOption = "80%",
    arms: Annotated[int, typer.Option(min=2, max=20, help="Sides of the test.")] = 2,
    method: MethodOption = MethodName.FIXED,
    per_day: PerDayOption = None,
    json_: JsonOption = False,
) -> None:
    """How many impressions a test needs, before it begins. Nothing is stored.

    [dim]inedit experiment plan --rate 3% --effect 10% --per-day 4000[/]
    [dim]inedit experiment plan --rate 3% --effect 10% --arms 3 --method sequential --json[/]
    """
    found = _sized(rate, effect, alpha, power, arms, method, per_day)
    if json_:
        from dataclasses import asdict

        emit_json({**asdict(found), "total": found.total})
        return
    out.print(f"{found.per_arm:,} impressions per arm, {found.total:,} in all.")
    if found.days is not None:
        out.print(f"{found.days:,} days at {per_day:,.0f} impressions per day.")
    if method is MethodName.SEQUENTIAL:
        out.print(
            "It may be read every day, and ends as soon as a difference is shown; this is the size at worst."
        )
    else:
        out.print(
            "It is read once, when every arm has reached this size. To look earlier: --method sequential."
        )


@app.command()
def start(
    campaign: Annotated[str, typer.Argument(help="The campaign whose texts are tested.", show_default=False)],
    factor: Annotated[FactorName, typer.Option("--factor", help="The one thing that the arms differ in.")],
    rate: RateOption,
    effect: EffectOption,
    arm: Annotated[
        list[str] | None,
        typer.Option(
            "--arm",
            help="A value of the factor (odette), or texts of your choice (warm=3f2a,91bc). Repeatable; the first one "
            "is what the others are compared with. Default: the values with the most texts.",
            show_default=False,
        ),
    ] = None,
    arms: Annotated[int, typer.Option(min=2, max=20, help="Sides, where no --arm names them.")] = 2,
    metric: Annotated[MetricName, typer.Option(help="What is counted.")] = MetricName.CLICKS,
    method: MethodOption = MethodName.FIXED,
    alpha: AlphaOption = "5%",
    power: PowerOption = "80%",
    per_day: PerDayOption = None,
    channel: Annotated[
        str | None, typer.Option(help="Only texts of this channel.", show_default=False)
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="Only texts in this language.", show_default=False)
    ] = None,
    segment: Annotated[
        str | None, typer.Option(help="Only texts for this segment.", show_default=False)
    ] = None,
    id_: Annotated[
        str | None, typer.Option("--id", help="Default: campaign, factor, number.", show_default=False)
    ] = None,
    project: ProjectOption = None,
    json_: JsonOption = False,
) -> None:
    """Begin a test: accepted texts of a campaign become its arms, alike in everything but one factor.

    [dim]inedit experiment start winter --factor angle --rate 3% --effect 10%[/]
    [dim]inedit experiment start winter --factor insight --arm odette --arm linen-care --rate 3% --effect 15%[/]
    [dim]inedit experiment start winter --factor template --arm old=3f2a --arm new=91bc --rate 3% --effect 15%[/]
    """
    from datetime import UTC, datetime

    from inedit.bootstrap import Settings, find_root, open_project_store
    from inedit.insight_loop.experiments import journal
    from inedit.insight_loop.experiments.proposal import Wanted, propose

    now, root = datetime.now(UTC), find_root(project)
    wanted = Wanted(
        campaign, factor.value, rate, effect, metric.value, method.value, alpha, power, arms, tuple(arm or ()),
        {"channel": channel or "", "language": language or "", "segment": segment or ""}, per_day, id_ or "",
    )  # fmt: skip
    with open_project_store(Settings.from_environment(), root) as store:
        found = propose(store, wanted, now.date())
        journal.put_design(store, found.design, now)
    design, size = found.design, found.sizing
    if json_:
        emit_json({**design.as_json(), "days": size.days, "left_out": list(found.left_out)})
        return
    out.print(f"[bold]{design.id}[/]: {size.per_arm:,} impressions per arm, read "
              + ("once, at that size." if method is MethodName.FIXED else "at any time."))  # fmt: skip
    if size.days is not None:
        out.print(f"{size.days:,} days at {per_day:,.0f} impressions per day.")
    out.print(_arms_table(design))
    if found.left_out:
        advise(
            f"{len(found.left_out)} accepted texts of these values have no counterpart and stay out of the test."
        )
    if design.confounded:
        complain(
            f"The arms differ in more than one thing: {factor} and {', '.join(design.confounded)}. What the test finds "
            f"will be the effect of all of it together."
        )


@app.command()
def split(
    test: TestArgument,
    file: Annotated[Path, typer.Argument(help="A CSV file of customers, or - .", show_default=False)],
    column: Annotated[str, typer.Option(help="The column that tells customers apart.")],
    out_: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="File to write. Default: standard output.", show_default=False),
    ] = None,
    project: ProjectOption = None,
) -> None:
    """Who sees which arm: the file again, with a column more. Nothing of it is stored.

    Any tool can compute it: the first 8 hexadecimal digits of SHA-256 of "TEST:customer", divided by 2^32.

    [dim]inedit experiment split winter-angle-1 customers.csv --column customer_id --out arms.csv[/]
    """
    import csv
    import io

    from inedit.bootstrap import Settings, find_root, open_project_store
    from inedit.cli.row_files import read_file
    from inedit.insight_loop.experiments import journal
    from inedit.insight_loop.experiments.split import arm_of

    text = read_file(file)
    separator = max(",;\t", key=text.split("\n", 1)[0].count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    columns = list(reader.fieldnames or ())
    if column not in columns:
        raise WrongInput(f"{file} has no column '{column}'. It has: {', '.join(columns) or 'none'}.")
    with open_project_store(Settings.from_environment(), find_root(project)) as store:
        design = journal.read_design(store, test)
    with writing(out_) as stream:
        writer = csv.DictWriter(
            stream,
            [*columns, "arm", "value"],
            delimiter=separator,
            lineterminator="\n",
            extrasaction="ignore",
        )
        writer.writeheader()
        for row in reader:
            unit = (row[column] or "").strip()
            if not unit:
                raise WrongInput(f"{file}, line {reader.line_num}: '{column}' is empty: whose row is it?")
            arm = arm_of(design.id, unit, design.arms)
            writer.writerow({**row, "arm": arm.id, "value": arm.value})


def _sized(
    rate: str, effect: str, alpha: str, power: str, arms: int, method: MethodName, per_day: float | None
) -> Sizing:
    from inedit.insight_loop.experiments.proposal import share_of
    from inedit.insight_loop.experiments.sizing import sized

    return sized(
        rate=share_of(rate, "--rate"), effect=share_of(effect, "--effect"), alpha=share_of(alpha, "--alpha"),
        power=share_of(power, "--power"), arms=arms, method=method.value, per_day=per_day,
    )  # fmt: skip


def _arms_table(design: Design) -> Table:
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("arm")
    table.add_column("value")
    table.add_column("share", justify="right")
    table.add_column("texts", overflow="fold")
    for arm in design.arms:
        table.add_row(arm.id, Text(arm.value), f"{arm.share:.0%}", ", ".join(arm.pieces))
    return table


register(app)
