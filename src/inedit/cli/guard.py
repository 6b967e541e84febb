"""Commands of the guard: judge a text, compare pairs of texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from inedit.cli.approve import waive
from inedit.cli.console import JsonOption, ProjectOption, describe, emit_json, out
from inedit.cli.guard_admit import admit, dedupe
from inedit.cli.row_files import FileArgument, read_file, read_rows
from inedit.model.errors import WrongInput

if TYPE_CHECKING:
    from inedit.guard.nlp.length import Length
    from inedit.model import Verdict

app = typer.Typer(help="Judge texts without writing any.", no_args_is_help=True)
app.command()(admit)
app.command()(dedupe)


@app.command()
def text(
    file: FileArgument,
    language: Annotated[str, typer.Option("--language", "-l", help="Language of the text: fr, de …")],
    channel: Annotated[str, typer.Option("--channel", "-c", help="Channel it is for: email …")],
    segment: Annotated[
        str,
        typer.Option(help="Readers, for the form of address; else the language's own.", show_default=False),
    ] = "",
    campaign: Annotated[
        str, typer.Option(help="Campaign whose offer holds; else every campaign's.", show_default=False)
    ] = "",
    project: ProjectOption = None,
    json_: JsonOption = False,
) -> None:
    """Judge a text of any origin with the checks that need no prompt. Exit code 1 when something blocks it.

    With --json the answer is one object: {decision, findings, receipts, length}.

    [dim]inedit guard text --language fr --channel email draft.txt[/]
    [dim]echo "Odette coud encore." | inedit guard text -l fr -c social --segment families --json -[/]
    """
    from datetime import UTC, datetime

    from inedit.bootstrap import find_root
    from inedit.brand.load import load_project
    from inedit.guard.nlp.length import length_of
    from inedit.model import Decision
    from inedit.pipeline.finished_text import judge_text, verdict_as_json

    brand = load_project(find_root(project)).brand
    written = read_file(file).strip()
    verdict = judge_text(
        brand, written, language=language, channel=channel, segment=segment, campaign=campaign,
        today=datetime.now(UTC).date(),
    )  # fmt: skip
    if json_:
        emit_json(verdict_as_json(verdict, written, language))
    else:
        _show(verdict, written, length_of(written, language), language)
    raise typer.Exit(1 if verdict.decision is Decision.REVISE else 0)


def _show(verdict: Verdict, written: str, length: Length, language: str) -> None:
    for finding in verdict.findings:
        out.print(f"{finding.severity}  {finding.check}: {describe(finding, language)}", markup=False)
    if not verdict.findings:
        out.print("Nothing to say against it.")
    for receipt in verdict.receipts:
        out.print(
            f"receipt  {receipt.source_id}, by {receipt.how}: “{receipt.span.of(written)}”", markup=False
        )
    out.print(f"{length.words} words, {length.reading_seconds:.0f} s to read")


@app.command()
def texts(
    file: FileArgument,
    project: ProjectOption = None,
    json_: JsonOption = False,
) -> None:
    """Judge many texts of any origin in one process. Exit code 1 when something blocks one of them.

    Rows of FILE: {id, language, channel, segment?, campaign?, insight_ids?, claim_ids?, text | parts, facts?}; facts
    are the only facts that hold, in place of the brand's. With --json the answer is one JSON object a line, in the
    order of the rows: {id, decision, findings, receipts, own_words}.

    [dim]inedit guard texts drafts.jsonl[/]
    [dim]inedit guard texts drafts.jsonl --json > judged.jsonl[/]
    """
    from datetime import UTC, datetime

    from inedit.bootstrap import find_root
    from inedit.brand.load import load_project
    from inedit.cli.guard_rows import judged_row, read_row
    from inedit.model import Decision
    from inedit.pipeline.evaluation import evaluate_finished

    brand = load_project(find_root(project)).brand
    today = datetime.now(UTC).date()
    rows = [read_row(row, number, brand, file) for number, row in enumerate(read_rows(file), start=1)]
    blocked = 0
    for row_id, written in rows:
        verdict = evaluate_finished(written, brand, today)
        blocked += verdict.decision is Decision.REVISE
        if json_:
            emit_json(judged_row(row_id, verdict, written), indent=None)
            continue
        out.print(f"{verdict.decision:<7} ", end="")
        out.print(row_id, markup=False)
        for finding in verdict.findings:
            out.print(
                f"    {finding.severity}  {finding.check}: {describe(finding, written.language)}",
                markup=False,
            )
    raise typer.Exit(1 if blocked else 0)


@app.command()
def pairs(
    file: FileArgument,
    explain: Annotated[
        bool, typer.Option("--explain", help="What every signal saw, and which words were exchanged.")
    ] = False,
    json_: JsonOption = False,
) -> None:
    """Tell for each pair of texts whether one is a copy of the other.

    Rows of FILE: {id, lang, text_a, text_b, siblings?, brief?}; siblings are other texts of the same brief, and what
    the brief says is nobody's own. With --json the answer is one JSON object a line:
    {id, copy, score, signal, threshold, spans, share, regime}.

    [dim]inedit guard pairs pairs.jsonl --json[/]
    [dim]inedit guard pairs pairs.jsonl --explain[/]
    """
    from inedit.bootstrap import Settings, cosine_by
    from inedit.guard.similarity import pairs as judged

    rows = judged(read_rows(file), cosine_by(Settings.from_environment()), explain=explain)
    if json_:
        for row in rows:
            emit_json(row, indent=None)
        return
    for row in rows:
        mark = "[red]copy  [/]" if row["copy"] else "[green]cousin[/]"
        out.print(f"{mark} {row['score']:.3f}  {row['signal']:<12} ", end="")
        out.print(row["id"], markup=False)
        if explain:
            _show_explained(row)


def _show_explained(row: dict[str, Any]) -> None:
    """The copied passages, what was exchanged in them, and the signals by name."""
    for span in row["spans"]:
        out.print(f"    “{' '.join(span['text'].split())}”", markup=False)
    for swap in row["exchanged"]:
        out.print(f"    {swap['a']} -> {swap['b']}", markup=False)
    values = (f"{name} {seen['value']:.2f}" for name, seen in row["signals"].items())
    out.print(f"    {', '.join(values)}", markup=False)


@app.command()
def archive(
    project: ProjectOption = None,
    campaign: Annotated[
        list[str] | None, typer.Option(help="Only pieces of this campaign (repeatable).", show_default=False)
    ] = None,
    json_: JsonOption = False,
) -> None:
    """Judge every accepted piece again, with today's guard and brand data. Exit code 1 when one would no longer pass.

    Nothing is paid and nothing is changed. With --json the answer is one JSON object a line, for every piece.

    [dim]inedit guard archive[/]
    [dim]inedit guard archive --campaign collection-hiver --json[/]
    """
    from datetime import UTC, datetime

    from inedit.bootstrap import Settings, find_root, load_all_prompts, open_project_store
    from inedit.brand.load import load_project
    from inedit.pipeline.rejudge import rejudge

    loaded = load_project(find_root(project))
    known = loaded.brand.campaigns
    for name in campaign or ():
        if name not in known:
            raise WrongInput(f"There is no campaign '{name}'. There is: {', '.join(known)}.")
    judged = failing = 0
    settings = Settings.from_environment()
    with open_project_store(settings, loaded.root) as store:
        today = datetime.now(UTC).date()
        kinds = load_all_prompts(settings, loaded)
        for one in rejudge(store, loaded.brand, kinds["full"], today, campaign or (), kinds.get("small")):
            judged += 1
            failing += not one.passes
            if json_:
                emit_json(one.as_json(), indent=None)
            elif not one.passes:
                out.print(f"[bold]{one.piece.id}[/]  [dim]{one.piece.spec.label}[/]")
                for finding in one.findings:
                    message = describe(finding, one.piece.spec.language)
                    out.print(f"    {finding.check}: {message}", markup=False)
    if not json_:
        out.print(f"{failing} of {judged} accepted pieces would no longer pass.")
    raise typer.Exit(1 if failing else 0)


@app.command()
def bench(
    data: Annotated[
        Path | None,
        typer.Argument(
            help="Labelled pairs, .jsonl or .jsonl.xz. Default: INEDIT_COPYBENCH.", show_default=False
        ),
    ] = None,
    pairs_: Annotated[
        int, typer.Option("--pairs", min=10, help="At most so many of each track, language and label.")
    ] = 150,
    without: Annotated[list[str] | None, typer.Option(help="Leave this peer out (repeatable).")] = None,
    json_: JsonOption = False,
) -> None:
    """Measure the guard beside other means: cosines, MinHash, semhash, token_set_ratio.

    AUROC, average precision and recall at 1 % and 5 % false positives for each slice, then what the frozen thresholds
    do to each kind of pair. All model-written pairs are taken, others are sampled. Encoders take minutes.

    [dim]inedit guard bench open.jsonl.xz[/]
    [dim]inedit guard bench open.jsonl.xz --pairs 1000 --without "cosine e5-small" --json[/]
    """
    from inedit.bootstrap import Settings, cosine_by
    from inedit.cli.console import err

    try:
        import sklearn.metrics  # noqa: F401  # what is missing is said before minutes have gone by

        from inedit.cli.benchmarking.bench import PEERS, sampled
        from inedit.cli.benchmarking.bench import bench as measured
    except ImportError as missing:
        raise WrongInput(f"{missing}. Run: pip install 'inedit[bench]'") from missing
    from inedit.cli.benchmarking.pairs import path_from, read

    for name in without or ():
        if name not in PEERS:
            known = ", ".join(f"'{peer}'" for peer in PEERS)  # one of the names has a comma in it
            raise WrongInput(f"There is no peer '{name}'. There is: {known}.")
    rows = sampled(read(path_from(data)), pairs_)
    cosine = cosine_by(Settings.from_environment())
    with err.status(f"{len(rows)} pairs …"):
        report = measured(
            rows, cosine, without=without or (), say=lambda message: err.print(f"[dim]{message}[/]")
        )
    if json_:
        emit_json(report)
    else:
        from inedit.cli.bench_result import show_bench

        show_bench(out, report)


app.command("waive")(waive)
