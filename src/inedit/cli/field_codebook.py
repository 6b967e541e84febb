"""The code book as REFI-QDA: field codebook export, import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from inedit.cli.console import JsonOption, ProjectOption, emit_json, out
from inedit.cli.field_project import PlaceOption, now, open_field
from inedit.model.errors import WrongInput

if TYPE_CHECKING:
    pass

codebook = typer.Typer(no_args_is_help=True, help="The code book as REFI-QDA, out and in.")


@codebook.command("export")
def export(
    file: Annotated[Path, typer.Argument(help="A .qdc for the code book, a .qdpx for coded texts too.")],
    project: ProjectOption = None,
    language: Annotated[str, typer.Option(help="Language of names and definitions.")] = "en",
    place: PlaceOption = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="At most so many texts.", show_default=False)
    ] = None,
) -> None:
    """Write the code book as REFI-QDA, with all texts and codings where the file ends in .qdpx.

    [dim]inedit field codebook export book.qdc --language fr[/]
    [dim]inedit field codebook export field.qdpx --place mending-club[/]
    """
    from inedit.insight_loop.coding.codings import coded_texts
    from inedit.insight_loop.coding.refi import codebook_xml, write_project
    from inedit.insight_loop.field_store import verbatims

    with open_field(project) as (loaded, _, store):
        codes = loaded.brand.codes.values()
        try:
            if file.suffix == ".qdc":
                file.write_bytes(codebook_xml(codes, language))
                out.print(f"{len(loaded.brand.codes)} codes written to {file}.")
            elif file.suffix == ".qdpx":
                texts = tuple(verbatims(store, place=place, limit=limit))
                coded = coded_texts(store)
                write_project(file, codes, language, texts, coded, now())
                out.print(f"{len(loaded.brand.codes)} codes and {len(texts)} texts written to {file}.")
            else:
                raise WrongInput(f"{file} is named neither .qdc nor .qdpx.")
        except OSError as error:
            raise WrongInput(f"{file} cannot be written: {error.strerror}.") from error


@codebook.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A .qdc or .qdpx of another program.")],
    project: ProjectOption = None,
    language: Annotated[str, typer.Option(help="Language of its names and descriptions.")] = "en",
    only_coded: Annotated[
        bool, typer.Option("--only-coded", help="Whoever coded a text has not read the others of the file.")
    ] = False,
    json_: JsonOption = False,
) -> None:
    """Read codes that the code book lacks, and what people coded in a project that was exported from here.

    [dim]inedit field codebook import book.qdc --language fr[/]
    [dim]inedit field codebook import field.qdpx[/]
    """
    from inedit.brand.load import load_project
    from inedit.insight_loop.coding.codings import count_by_coder, keep_all
    from inedit.insight_loop.coding.foreign import add_to_code_book, new_entries, returned
    from inedit.insight_loop.coding.refi import read_codebook, read_project
    from inedit.insight_loop.field_store import verbatims

    with open_field(project, needs_codes=False) as (loaded, _, store):
        foreign = read_project(file) if file.suffix == ".qdpx" else None
        codes = foreign.codes if foreign else read_codebook(file)
        text, added = new_entries(codes, loaded.brand.codes, language)
        if added:
            add_to_code_book(loaded.root, text)
        book = load_project(loaded.root).brand.codes
        saved, unknown = 0, 0
        people: tuple[str, ...] = ()
        if foreign:
            machines = [name for kind, name in count_by_coder(store) if kind != "person"]
            texts = {one.id: one for one in verbatims(store)}
            back = returned(foreign, book, texts, machines=machines, now=now(), all_read=not only_coded)
            saved, unknown = keep_all(store, back.coded), back.unknown_texts
            people = tuple(dict.fromkeys(one.coder for one in back.coded))
    if json_:
        emit_json(
            {"codes_added": list(added), "decisions": saved, "people": list(people), "unknown_texts": unknown}
        )
        return
    out.print(
        f"{len(added)} codes added to brand_data/codebook.yaml{': ' if added else ''}{', '.join(added)}."
    )
    if foreign:
        out.print(f"{saved} decisions of {', '.join(people) or 'nobody'} kept; {unknown} texts are not ours.")
