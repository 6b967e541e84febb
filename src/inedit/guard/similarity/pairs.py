"""The scripting interface: rows of two texts in, rows of verdicts out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from inedit.guard.similarity.attributions import attributions, exchanges
from inedit.guard.similarity.calibration import meaning_helps
from inedit.guard.similarity.decision import Similarity, compare
from inedit.guard.similarity.profile import Profile, supplied_by
from inedit.model.errors import WrongInput


def _text(row: Mapping[str, Any], name: str, where: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not value:
        raise WrongInput(f'{where}: \'{name}\' must be a text, not {_kind(value)}. Write "{name}": "…".')
    return value


def _kind(value: object) -> str:
    return "missing" if value is None else "empty" if value == "" else type(value).__name__


Cosine = Callable[[str, str], float]
"""The cosine of two texts' vectors, by whatever encoder the caller has."""


def judge_pair(
    row: Mapping[str, Any], number: int = 1, cosine: Cosine | None = None, *, explain: bool = False
) -> dict[str, Any]:
    """The verdict on one row ``{id, lang, text_a, text_b, siblings?, brief?}``.

    ``number`` is the row's place, from 1, for messages. With ``explain`` every signal says what it saw. Raises
    :class:`WrongInput` that names the row and field.
    """
    if not isinstance(row, Mapping):
        raise WrongInput(
            f'row {number}: an object is needed, not {_kind(row)}. Write {{"id": …, "text_a": …}}.'
        )
    id = row.get("id")
    if not isinstance(id, str | int) or isinstance(id, bool) or id == "":
        raise WrongInput(
            f"row {number}: 'id' must be a text or a whole number, not {_kind(id)}. Give each row its own."
        )
    where = f"row {number} (id {id})"
    siblings = row.get("siblings") or []
    if not isinstance(siblings, list) or not all(isinstance(text, str) for text in siblings):
        raise WrongInput(f"{where}: 'siblings' must be a list of texts. Leave it out when there are none.")
    text_a, text_b = _text(row, "text_a", where), _text(row, "text_b", where)
    language = _text(row, "lang", where)
    brief = _text(row, "brief", where) if row.get("brief") else ""
    found = compare(
        text_a,
        text_b,
        language=language,
        siblings=siblings,
        common=[brief],
        cosine=cosine(text_a, text_b) if cosine and meaning_helps(language) else None,
    )
    answer = {
        "id": id,
        "copy": found.copy,
        "score": round(found.score, 6),
        "signal": found.signal,
        "threshold": round(found.threshold, 6),
        "spans": [
            {"a": [a.start, a.end], "b": [b.start, b.end], "text": a.of(text_a)}
            for a, b in zip(found.spans_a, found.spans_b, strict=True)
        ],
        "share": round(found.share, 4),
        "regime": found.calibration,
    }
    return answer | _explained(found, siblings, brief) if explain else answer


def _explained(found: Similarity, siblings: Sequence[str], brief: str) -> dict[str, Any]:
    """What every signal saw, and what a template swap exchanged."""
    others = [Profile.of(text, supplied_by([brief])) for text in siblings]
    return {
        "signals": {
            seen.signal: {
                "value": round(seen.value, 4),
                "a": [[span.start, span.end] for span in seen.spans_a],
                "b": [[span.start, span.end] for span in seen.spans_b],
                "paired": seen.paired,
            }
            for seen in attributions(found.a, found.b, others)
        },
        "exchanged": [
            {"a": swap.a.of(found.a.original), "b": swap.b.of(found.b.original)}
            for swap in exchanges(found.a, found.b)
        ],
    }


def pairs(
    rows: Iterable[Mapping[str, Any]], cosine: Cosine | None = None, *, explain: bool = False
) -> Iterator[dict[str, Any]]:
    """The verdict on each row, in order, one at a time.

    ``cosine`` is asked only where it was measured to help: between two languages (``lang`` of the form ``en-fr``) and
    in scripts without spaces.
    """
    for number, row in enumerate(rows, start=1):
        yield judge_pair(row, number, cosine, explain=explain)
