"""*Export the ledger*: a month, or everything, as a report or as rows, in a file beside the project's database."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from prefect.artifacts import acreate_markdown_artifact
from prefect.states import Completed, State

from inedit.bootstrap import STATE_FOLDER, Settings, open_ledger, open_project_store, reporter
from inedit.ledger import Ledger
from inedit.ledger.exports.focus import export_focus
from inedit.ledger.exports.rows import ALL_KINDS, MONEY_KINDS, export, export_parquet
from inedit.ledger.journal.reading import Scope
from inedit.ledger.reports.html_report import page_of
from inedit.model.errors import StoreError
from inedit.orchestration.forms import EVERYTHING, ExportForm
from inedit.orchestration.markdown import amount, safe, table
from inedit.orchestration.project import project_root

FOLDER = "exports"
SUFFIXES = {"focus": "focus.csv"}


async def write_export(form: ExportForm) -> State[None]:
    """Write an export."""
    settings, root = Settings.from_environment(), project_root()
    period = None if form.month == EVERYTHING else form.month
    name = f"ledger-{form.month}.{SUFFIXES.get(form.format, form.format)}"
    file = root / STATE_FOLDER / FOLDER / name
    with open_project_store(settings, root) as store:
        ledger = open_ledger(store, root)
        summary = ledger.summary(period=period)  # which says so when the month is none
        unfinished = file.with_name(f"{file.name}.part")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            left_out = _write(ledger, unfinished, form, Scope(period=period))
            unfinished.replace(file)
        except OSError as error:
            raise StoreError(f"Cannot write {file}: {error.strerror}.") from error
        finally:
            unfinished.unlink(missing_ok=True)
    figures = summary.as_json()
    costs = ", ".join(amount(micros, currency) for currency, micros in figures["cost_micros"].items())
    shown = file.relative_to(root)
    lines = [f"# Ledger, {safe(form.month)}", "", f"Written to `{shown}` in the project's folder.", ""]
    lines += table(
        ("", ""),
        [
            ("calls", f"{figures['calls']:,}"),
            ("tokens", f"{figures['input_tokens']:,} in, {figures['output_tokens']:,} out"),
            ("cost", costs or "nothing"),
            ("file", f"{file.stat().st_size:,} bytes"),
        ],
    )
    if left_out:
        lines.append(f"{left_out} calls of unknown price are not in it.")
    await acreate_markdown_artifact(
        "\n".join(lines), key=f"ledger-{form.month}".lower(), description=str(shown)
    )
    return Completed(message=f"{figures['calls']} calls are in {shown}.")


def _write(ledger: Ledger, file: Path, form: ExportForm, scope: Scope) -> int:
    """Write the file; how many calls could not be put into it."""
    store, kinds = ledger.store, ALL_KINDS if form.savings else MONEY_KINDS
    if form.format == "parquet":
        export_parquet(store, file, scope, kinds)
        return 0
    if form.format in ("xlsx", "html"):
        if form.format == "html":
            page = page_of(reporter(store, project_root()).report(scope), datetime.now(UTC))
            file.write_text(page, encoding="utf-8")
        else:
            reporter(store, project_root()).write_workbook(scope, file)
        return 0
    with file.open("w", encoding="utf-8", newline="") as stream:
        if form.format == "focus":
            return export_focus(store, stream, scope).left_out
        export(store, stream, form.format, scope, kinds)  # type: ignore[arg-type]  # csv or jsonl are left
    return 0
