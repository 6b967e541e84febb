"""The command that tells what a micro-community returns for what it costs."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from inedit.cli.console import JsonOption, ProjectOption, emit_json, out
from inedit.model.errors import ProjectErrors, WrongInput

if TYPE_CHECKING:
    from inedit.insight_loop.return_on_community import CommunityMonth
    from inedit.ledger import Ledger


def community_return(
    community: Annotated[str | None, typer.Option(help="Only this community.", show_default=False)] = None,
    month: Annotated[str | None, typer.Option(help="Only this month: 2026-11.", show_default=False)] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            "--file", help="A CSV file in place of brand_data/community_returns.yaml.", exists=True, dir_okay=False,
            show_default=False,
        ),
    ] = None,
    project: ProjectOption = None,
    json_: JsonOption = False,
) -> None:  # fmt: skip
    """What a micro-community returns: (basket + repurchase uplift + user content) / (tools + moderation + content).

    By community and month, as a range, with the formula; above 3 it pays. The cost of content comes from the ledger,
    by the campaigns that the file names.

    [dim]inedit ledger return[/]
    [dim]inedit ledger return --community salon --month 2026-11 --json[/]
    [dim]inedit ledger return --file communities.csv[/]
    """
    from inedit.bootstrap import Settings, find_root, open_ledger, open_project_store
    from inedit.brand.lists import read_list
    from inedit.insight_loop.return_on_community import FILE, CommunityMonth, months, return_of

    root = find_root(project)
    if file is None:
        rows, issues = read_list(root, FILE, CommunityMonth)
        if issues:
            raise ProjectErrors(issues)
    else:
        rows = _rows_of(file)
    if not rows:
        raise WrongInput(
            f"There is no brand_data/{FILE}.yaml yet: docs/community-return.md shows one. Or give --file."
        )
    chosen = months(rows, community, month)
    if not chosen:
        known = ", ".join(sorted({f"{row.community} {row.month}" for row in rows}))
        raise WrongInput(f"There are no figures of this community and month. There are: {known}.")
    settings = Settings.from_environment()
    with open_project_store(settings, root) as store:
        ledger = open_ledger(store, root, settings)
        found = [return_of(row, *content_cost(ledger, row)) for row in chosen]
    if json_:
        emit_json([one.as_json() for one in found])
        return
    for one in found:
        for line in one.sentences():
            out.print(line, markup=False, soft_wrap=True)


def content_cost(ledger: Ledger, row: CommunityMonth) -> tuple[Decimal, int]:
    """What the row's campaigns cost in its month, in its currency, and how many of their calls have no price."""
    from inedit.ledger.pricing.contract_prices import counting_day, rate_on

    cost, unknown = Decimal(0), 0
    day, rates = counting_day(row.month, ledger.clock().date()), ledger.rates_with_closings()
    for campaign in row.content.campaigns:
        summary = ledger.summary(campaign_id=campaign, period=row.month)
        unknown += summary.unknown_price_calls
        for currency, micros in summary.cost_micros.items():
            rate = rate_on(rates, currency, row.currency, day) if micros else Decimal(1)
            if rate is None:
                raise WrongInput(
                    f"Campaign '{campaign}' was billed in {currency}, and no rate from {currency} to {row.currency} "
                    f"holds on {day}. Add one to brand_data/rates.yaml."
                )
            cost += Decimal(micros) / 1_000_000 * rate
    return cost, unknown


def _rows_of(file: Path) -> tuple[CommunityMonth, ...]:
    """The rows of a CSV file; every wrong one is told, with its line."""
    from pydantic import ValidationError

    from inedit.cli.row_files import read_file
    from inedit.insight_loop.return_on_community import COLUMNS, CommunityMonth, row_of_cells

    text = read_file(file)
    separator = max(",;\t", key=text.split("\n", 1)[0].count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    if unknown := [name for name in reader.fieldnames or () if name not in COLUMNS]:
        raise WrongInput(f"{file} has a column '{unknown[0]}'. Columns are: {', '.join(COLUMNS)}.")
    rows, wrong = [], []
    for cells in reader:
        try:
            rows.append(CommunityMonth.model_validate(row_of_cells(cells)))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(name) for name in first["loc"])
            wrong.append(f"line {reader.line_num}: {where}: {first['msg']}")
        except AttributeError:
            wrong.append(f"line {reader.line_num}: moderation is an amount, or hours and a rate, not both")
    if wrong:
        raise WrongInput(f"{file}: " + "; ".join(wrong))
    return tuple(rows)
