"""What a person makes of a proposal: it is taken into ``segments.yaml``, or it is not, and either is kept."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString
from sqlalchemy import insert, select

from inedit.insight_loop.quizzes.preferences import Proposal
from inedit.model.errors import WrongInput
from inedit.store import Store, utc_text
from inedit.store.tables import quiz_decisions

ACCEPTED, REJECTED = "accepted", "rejected"
FILE = "brand_data/segments.yaml"


def decided(store: Store, quiz_id: str) -> Mapping[str, str]:
    """The decisions on proposals of a quiz, by proposal."""
    query = select(quiz_decisions.c.proposal, quiz_decisions.c.decision).where(
        quiz_decisions.c.quiz_id == quiz_id
    )
    with store.read() as connection:
        return {row.proposal: row.decision for row in connection.execute(query)}


def decide(
    store: Store, root: Path, quiz_id: str, proposal: Proposal, *, accept: bool, by: str, now: datetime
) -> None:
    """Keep a decision; an accepted proposal is written into the segment, whose prompts say it from then on.

    Raises :class:`~.errors.WrongInput` when it was decided already, nobody is named, or the file cannot be
    written: then nothing is kept.
    """
    if not by.strip():
        raise WrongInput("Say who decides: --by NAME.")
    row = {
        "quiz_id": quiz_id, "proposal": proposal.id, "decision": ACCEPTED if accept else REJECTED,
        "decided_by": by.strip(), "decided_at": utc_text(now), "people": proposal.people, "asked": proposal.asked,
    }  # fmt: skip
    path = root / FILE
    with store.write() as connection:
        mine = (quiz_decisions.c.quiz_id == quiz_id, quiz_decisions.c.proposal == proposal.id)
        if connection.execute(select(quiz_decisions.c.proposal).where(*mine)).first():
            raise WrongInput(f"'{proposal.id}' was decided already.")
        connection.execute(insert(quiz_decisions).values(**row))
        if accept:
            try:
                text = path.read_bytes().decode("utf-8")
                path.write_bytes(with_preference(text, proposal).encode("utf-8"))
            except (OSError, UnicodeDecodeError) as error:
                raise WrongInput(f"{FILE} cannot be changed: {error}.") from error


def with_preference(text: str, proposal: Proposal) -> str:
    """``segments.yaml`` with a proposal added to its segment's list, comments and order kept."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    yaml.indent(mapping=2, sequence=2, offset=0)
    try:
        entries = yaml.load(text)
    except YAMLError as error:
        raise WrongInput(f"{FILE} cannot be read as YAML: {error}") from error
    entry = next((one for one in entries or () if one.get("id") == proposal.segment), None)
    if entry is None:
        raise WrongInput(f"There is no segment '{proposal.segment}' in {FILE} any more.")
    lists = entry.setdefault(proposal.attribute, CommentedMap())
    for tag, wording in proposal.text.items():
        listed = lists.get(tag)
        if listed is None:
            listed = lists[tag] = CommentedSeq()
            listed.fa.set_flow_style()
        if wording not in listed:
            listed.append(DoubleQuotedScalarString(wording))
    out = io.StringIO()
    yaml.dump(entries, out)
    return out.getvalue()
