"""``inedit guard admit`` and ``dedupe``: texts of any origin held against one another. Others script against both."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inedit.cli.console import JsonOption, emit_json, out
from inedit.cli.row_files import FileArgument, read_rows
from inedit.model.errors import WrongInput

if TYPE_CHECKING:
    from inedit.archive.admission import Embedding
    from inedit.bootstrap import Settings
    from inedit.brand.schema import Brand, Campaign
    from inedit.model import Match, Piece

_SHAPE = "{id, brief, language, text | parts, channel?}"
_AT_ONCE = 64


def admit(file: FileArgument, json_: JsonOption = False) -> None:
    """Put texts of any origin through the archive's door, in order, into a temporary archive.

    Rows of FILE: {id, brief, language, text | parts, channel?}; texts of one brief and channel are siblings, and what
    the brief says is nobody's own. With --json the answer is one JSON object a line:
    {id, admitted, copies, score, share, spans}.

    [dim]inedit guard admit drafts.jsonl --json[/]
    """
    from inedit.bootstrap import Settings

    rows = read_rows(file)
    refused = 0
    for row in admitted_rows(rows, Settings.from_environment(), file):
        refused += not row["admitted"]
        if json_:
            emit_json(row, indent=None)
        elif not row["admitted"]:
            out.print(f"{row['id']}  {row['score']:.3f}  copies {', '.join(row['copies'])}", markup=False)
    if not json_:
        out.print(f"{refused} of {len(rows)} texts are refused.")


def dedupe(file: FileArgument, json_: JsonOption = False) -> None:
    """Tell which texts of a file copy an earlier one.

    Rows of FILE: {id, language, text | parts}. With --json the answer is one JSON object a line:
    {id, duplicate, of, score, share, spans}.

    [dim]inedit guard dedupe texts.jsonl --json[/]
    """
    rows = read_rows(file)
    found = 0
    for row in duplicate_rows(rows, file):
        found += row["duplicate"]
        if json_:
            emit_json(row, indent=None)
        elif row["duplicate"]:
            out.print(f"{row['id']}  {row['score']:.3f}  copies {row['of']}", markup=False)
    if not json_:
        out.print(f"{found} of {len(rows)} texts copy an earlier one.")


def admitted_rows(
    rows: Sequence[Mapping[str, Any]], settings: Settings, file: Path
) -> Iterator[dict[str, Any]]:
    """Each row's text through the door of an empty archive, in order.

    ``copies`` are the ids of the admitted texts that it copies, the surest first; ``score``, ``share`` (of its
    characters) and ``spans`` are of the surest. What the ``brief`` says is nobody's own.

    Raises:
        WrongInput: a row has another shape.
    """
    from inedit.archive.admission import Archive
    from inedit.model import Piece
    from inedit.store import open_store

    read = list(_pieces(rows, file))
    brand = _nobody()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'admit.db'}")
        try:
            archive = Archive(store, brand)
            embeddings = _embeddings([piece.text for piece, _ in read], settings)
            for (piece, campaign), embedding in zip(read, embeddings, strict=True):
                answer = archive.admit(
                    piece, embedding, brief_sha=campaign.sha, revision_number=1, campaign=campaign
                )
                yield _answer(piece, () if isinstance(answer, Piece) else answer)
        finally:
            store.close()


def duplicate_rows(rows: Sequence[Mapping[str, Any]], file: Path) -> Iterator[dict[str, Any]]:
    """Whether each text copies an earlier one of its language: rows ``{id, duplicate, of, score, share, spans}``.

    Raises:
        WrongInput: a row has another shape.
    """
    from inedit.guard.similarity import duplicates

    read = [
        (_id(row, number), *_written(row, f"{file}, row {number}"))
        for number, row in enumerate(rows, start=1)
    ]
    found: dict[int, dict[str, Any]] = {}
    for language in dict.fromkeys(language for _, language, _ in read):
        indices = [index for index, row in enumerate(read) if row[1] == language]
        texts = ["\n".join(read[index][2].values()) for index in indices]
        for duplicate in duplicates(texts, language):
            similarity, text = duplicate.similarity, texts[duplicate.position]
            found[indices[duplicate.position]] = {
                "of": read[indices[duplicate.of]][0],
                "score": round(similarity.score, 6),
                "share": round(similarity.share, 4),
                "spans": [
                    {"a": [span.start, span.end], "text": span.of(text)} for span in similarity.spans_a
                ],
            }
    nothing: dict[str, Any] = {"of": None, "score": 0.0, "share": 0.0, "spans": []}
    for index, (id, _, _) in enumerate(read):
        yield {"id": id, "duplicate": index in found, **found.get(index, nothing)}


def _answer(piece: Piece, matches: Sequence[Match]) -> dict[str, Any]:
    spans = matches[0].spans if matches else ()
    covered = {index for span in spans for index in range(span.start, span.end)}
    return {
        "id": piece.id,
        "admitted": not matches,
        "copies": [match.piece_id for match in matches],
        "score": round(matches[0].score, 6) if matches else 0.0,
        "share": round(len(covered) / len(piece.text), 4),
        "spans": [{"a": [span.start, span.end], "text": span.of(piece.text)} for span in spans],
    }


def _pieces(rows: Sequence[Mapping[str, Any]], file: Path) -> Iterator[tuple[Piece, Campaign]]:
    """Each row as a piece, and its brief as a campaign."""
    from inedit.model import Piece, Status, VariantSpec, Verdict

    campaigns: dict[tuple[str, str], Campaign] = {}
    seen: set[str] = set()
    for number, row in enumerate(rows, start=1):
        where = f"{file}, row {number}"
        id, (language, parts) = _id(row, number), _written(row, where)
        if id in seen:
            raise WrongInput(f"{where}: the id '{id}' stands in an earlier row. Give each row its own.")
        seen.add(id)
        brief, channel = row.get("brief", ""), row.get("channel", "text")
        if not isinstance(brief, str | int) or not isinstance(channel, str):
            raise WrongInput(f"{where}: 'brief' and 'channel' must be texts. A row is {_SHAPE}.")
        key = (str(brief) or f"of {id}", language)
        if key not in campaigns:
            campaigns[key] = _campaign(f"brief-{len(campaigns)}", str(brief), language, where)
        spec = VariantSpec(campaigns[key].id, channel, "", language, "", number, "", (), ())
        yield Piece(id, "admit", spec, Status.ACCEPTED, parts, Verdict(), 1), campaigns[key]


def _campaign(id: str, brief: str, language: str, where: str) -> Campaign:
    from pydantic import ValidationError

    from inedit.brand.schema import Campaign

    wordings = {language: brief} if brief.strip() else {}
    nobody = ("all",)
    try:
        return Campaign(
            id=id, name=id, objective=wordings, offer=wordings, channels=nobody, segments=nobody,
            languages=(language,), tones=nobody,
        )  # fmt: skip
    except ValidationError as error:
        raise WrongInput(f"{where}: '{language}' is not a language tag such as fr or de-CH.") from error


def _nobody() -> Brand:
    """A brand that supplies nothing."""
    from inedit.brand.schema import Brand, BrandIdentity

    identity = BrandIdentity(id="nobody", name="-", market="FR", about={}, voice={})
    return Brand(
        identity=identity, segments={}, languages={}, tones={}, angles={}, channels={}, claims={}, insights={},
        lexicons={}, baselines=(), references=(), campaigns={},
    )  # fmt: skip


def _embeddings(texts: Sequence[str], settings: Settings) -> Iterator[Embedding]:
    """The vector of each text; without an encoder that decides nothing, so that words alone decide."""
    import numpy as np

    from inedit.archive.admission import Embedding
    from inedit.bootstrap import lazy_encoder
    from inedit.cli.console import advise

    try:
        encoder = lazy_encoder(settings)()
    except WrongInput as missing:
        advise(f"Meaning is left out. {missing}")
        for _ in texts:
            yield Embedding(np.zeros(1, dtype=np.float32), "none", "none")
        return
    for first in range(0, len(texts), _AT_ONCE):
        for vector in encoder.encode(texts[first : first + _AT_ONCE]):
            yield Embedding(vector, encoder.name, encoder.digest)


def _id(row: Mapping[str, Any], number: int) -> str:
    return str(row.get("id", number))


def _written(row: Mapping[str, Any], where: str) -> tuple[str, dict[str, str]]:
    """The language and the parts of a row."""
    language, text, parts = row.get("language"), row.get("text"), row.get("parts")
    if not isinstance(language, str) or not language:
        raise WrongInput(f"{where}: 'language' is missing or is not a text. A row is {_SHAPE}.")
    if isinstance(parts, Mapping) and any(parts.values()):
        wrong = [name for name, part in parts.items() if not isinstance(part, str)]
        if wrong:
            raise WrongInput(f"{where}: part '{wrong[0]}' is not a text.")
        return language, {str(name): part for name, part in parts.items() if part}
    if isinstance(text, str) and text:
        return language, {"text": text}
    raise WrongInput(f"{where}: there is neither 'text' nor 'parts'. A row is {_SHAPE}.")
