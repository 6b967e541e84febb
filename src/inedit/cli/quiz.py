"""Commands of quizzes: build, import, results, propose, decide, forget."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from inedit.cli.console import JsonOption, ProjectOption, emit_json, out
from inedit.model.errors import WrongInput

if TYPE_CHECKING:
    from inedit.brand.load import Project
    from inedit.brand.quiz import Quiz
    from inedit.store import Store

app = typer.Typer(help="Ask readers, and let what they declare reach the prompts.", no_args_is_help=True)

QuizArgument = Annotated[
    str, typer.Argument(help="A quiz of brand_data/quizzes, by its id.", show_default=False)
]


@contextmanager
def _opened(project: Path | None, id: str) -> Iterator[tuple[Project, Quiz, Store]]:
    from inedit.bootstrap import Settings, find_root, open_project_store
    from inedit.brand.load import load_project

    loaded = load_project(find_root(project))
    quiz = loaded.quizzes.get(id)
    if quiz is None:
        raise WrongInput(f"There is no quiz '{id}'. There is: {', '.join(loaded.quizzes) or 'none'}.")
    with open_project_store(Settings.from_environment(), loaded.root) as store:
        yield loaded, quiz, store


@app.command()
def build(
    quiz: QuizArgument,
    folder: Annotated[Path, typer.Argument(help="Where to write the pages.", show_default=False)],
    post_to: Annotated[
        str,
        typer.Option(
            help="Where answers are posted. Without it, the page saves them as a file.", show_default=False
        ),
    ] = "",
    project: ProjectOption = None,
    json_: JsonOption = False,
) -> None:
    """Write the quiz as pages that need nothing else, one a language: QUIZ.fr.html …

    The studio serves the same at /quiz/QUIZ/LANGUAGE and keeps what is posted there.

    [dim]inedit quiz build linen-and-you site/[/]
    [dim]inedit quiz build linen-and-you site/ --post-to https://quiz.filandre.example/answers[/]
    """
    from inedit.insight_loop.quizzes import quiz_page

    with _opened(project, quiz) as (_, found, _store):
        if not found.languages:
            raise WrongInput(f"The quiz '{quiz}' is written whole in no language.")
        pages = {
            folder / f"{quiz}.{tag}.html": quiz_page(found, tag, post_to=post_to) for tag in found.languages
        }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, page in pages.items():
            path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise WrongInput(f"Cannot write {error.filename}: {error.strerror}.") from error
    if json_:
        emit_json({"quiz": quiz, "pages": [str(path) for path in pages]})
    else:
        out.print(f"[green]✓[/] {len(pages)} pages in {folder}.", soft_wrap=True)


@app.command("import")
def import_(
    quiz: QuizArgument,
    file: Annotated[Path, typer.Argument(help="An export of answers.", show_default=False)],
    language: Annotated[
        str,
        typer.Option(
            "--language", "-l", help="Language of answers that do not say theirs.", show_default=False
        ),
    ] = "",
    project: ProjectOption = None,
    json_: JsonOption = False,
) -> None:
    """Keep answers given elsewhere: Typeform (JSON), LimeSurvey (CSV or JSON), SurveyJS (JSON), or saved by the page.

    Only chosen options are kept, with the consent; an import that is repeated adds nothing. Exit code 1: some were
    refused.

    [dim]inedit quiz import linen-and-you responses.json[/]
    [dim]inedit quiz import linen-and-you limesurvey.csv --language fr[/]
    """
    from datetime import UTC, datetime

    from inedit.insight_loop.quizzes import keep_answers, read_responses

    try:
        content = file.read_bytes()
    except OSError as error:
        raise WrongInput(f"Cannot read {file}: {error.strerror}.") from error
    now = datetime.now(UTC)
    with _opened(project, quiz) as (_, found, store):
        read = read_responses(content, found, language=language or next(iter(found.languages), ""), now=now)
        new, again = keep_answers(store, read.answers, now)
    if json_:
        emit_json({"source": read.source, "new": new, "known": again, "refused": list(read.refused)})
    else:
        for reason in read.refused:
            out.print(reason, markup=False, soft_wrap=True)
        out.print(f"{read.source}: {new} new, {again} known, {len(read.refused)} refused")
    raise typer.Exit(1 if read.refused else 0)


@app.command()
def results(quiz: QuizArgument, project: ProjectOption = None, json_: JsonOption = False) -> None:
    """Count the answers, and list what enough people of a segment declare that it does not say yet.

    [dim]inedit quiz results linen-and-you[/]
    """
    from inedit.insight_loop.quizzes import decided, proposals, read_answers, tallies

    with _opened(project, quiz) as (loaded, found, store):
        answers, done = read_answers(store, quiz), decided(store, quiz)
    proposed = [one for one in proposals(found, answers, loaded.brand.segments) if one.id not in done]
    counted = tallies(found, answers)
    if json_:
        emit_json({
            "quiz": quiz, "people": len(answers), "answers": [asdict(one) for one in counted],
            "proposals": [{**asdict(one), "share": round(one.share, 3)} for one in proposed], "decided": dict(done),
        })  # fmt: skip
        return
    out.print(f"{len(answers)} people")
    for tally in counted:
        by = ", ".join(f"{segment} {people}" for segment, people in tally.by_segment.items())
        out.print(
            f"  {tally.question}: {tally.option}  {tally.people}{f' ({by})' if by else ''}", markup=False
        )
    for one in proposed:
        proposal = f"{one.attribute}: “{next(iter(one.text.values()))}”"
        out.print(
            f"proposed  {one.id}: {one.people} of {one.asked} ({one.share:.0%}); {proposal}",
            markup=False,
        )


@app.command()
def decide(
    quiz: QuizArgument,
    proposal: Annotated[str, typer.Argument(help="A proposal of 'quiz results'.", show_default=False)],
    by: Annotated[str, typer.Option(help="Who decides: kept.", show_default=False)],
    reject: Annotated[
        bool, typer.Option("--reject", help="Do not take it, and do not propose it again.")
    ] = False,
    project: ProjectOption = None,
    json_: JsonOption = False,
) -> None:
    """Take what readers declare into their segment in segments.yaml, or reject it.

    Every prompt for that segment says it from then on; what was written before is stale ('inedit pieces --stale').

    [dim]inedit quiz decide linen-and-you hosts.worry.drying --by Anne[/]
    [dim]inedit quiz decide linen-and-you hosts.worry.price --by Anne --reject[/]
    """
    from datetime import UTC, datetime

    from inedit.insight_loop.quizzes import decide as keep
    from inedit.insight_loop.quizzes import proposals, read_answers

    with _opened(project, quiz) as (loaded, found, store):
        proposed = {one.id: one for one in proposals(found, read_answers(store, quiz), loaded.brand.segments)}
        if proposal not in proposed:
            raise WrongInput(f"'{proposal}' is not proposed. Proposed: {', '.join(proposed) or 'nothing'}.")
        one = proposed[proposal]
        keep(store, loaded.root, quiz, one, accept=not reject, by=by, now=datetime.now(UTC))
    what = "rejected" if reject else f"in brand_data/segments.yaml, {one.segment}.{one.attribute}"
    if json_:
        emit_json({**asdict(one), "decision": "rejected" if reject else "accepted", "by": by})
    else:
        out.print(f"[green]✓[/] {proposal}: {what}.", soft_wrap=True)


@app.command()
def forget(
    number: Annotated[str, typer.Argument(help="The number that the page showed.", show_default=False)],
    project: ProjectOption = None,
) -> None:
    """Take back one person's answers: nothing of them is left. Exit code 2 when there are none of that number.

    [dim]inedit quiz forget 3f2a91c07b5d66f1a2b3c4d5[/]
    """
    from inedit.bootstrap import Settings, find_root, open_project_store
    from inedit.insight_loop.quizzes import forget_answers

    with open_project_store(Settings.from_environment(), find_root(project)) as store:
        if not forget_answers(store, number):
            raise WrongInput(f"There are no answers of number '{number}'.")
    out.print("[green]✓[/] Forgotten.")
