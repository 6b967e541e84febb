"""The approval form: the run suspends, holds nothing while a person thinks, and goes on with the answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from itertools import count
from typing import Any, Literal

from prefect import get_run_logger
from prefect.client.orchestration import get_client
from prefect.flow_runs import asuspend_flow_run
from prefect.input import RunInput
from prefect.runtime import flow_run
from pydantic import Field, JsonValue, create_model

from inedit.archive.reviews import Request, open_request
from inedit.brand.schema import Brand
from inedit.errors import WrongInput
from inedit.ledger import Ledger
from inedit.model import Approval, Piece
from inedit.orchestration.markdown import safe
from inedit.pipeline.approval import Answer, Decision, settle

SHOWN_PIECES = 12
"""Pieces that the form itself shows, each in a few lines; the artifact has all of them side by side."""

SEPARATOR = " · "


async def ask(ledger: Ledger, brand: Brand, run_id: str, waiting: Sequence[Piece], address: str = "") -> None:
    """Suspend this flow run until a person has answered, and carry the answer out.

    Prefect ends the process here and runs the flow from its top once there is an answer; then this returns. An answer
    that cannot be carried out is told in the form, which is shown again.
    """
    log, trouble = get_run_logger(), ""
    for trial in count(1):  # the same trials each time that the flow runs from its top
        request = open_request(ledger.store, run_id, now=datetime.now(UTC))
        if request.is_new:
            log.info("%s: read, then press Resume, top right.", _waits_for_you(len(waiting)))
        key = f"approval-{request.number}-{trial}"
        form = review_form(waiting).with_initial_data(description=described(waiting, address, trouble))
        said = await asuspend_flow_run(wait_for_input=form, key=key)
        answer = answer_of(said)
        try:
            answered_at = await _moment_of_answer(request)
            settle(ledger, brand, request, waiting, answer, answered_at=answered_at)
        except WrongInput as error:
            trouble = str(error)
            log.warning("%s asked again: %s", answer.decision.value, trouble)
            continue
        said_of = {state: sum(answer.of(p.id) is state for p in waiting) for state in Approval}
        log.info(
            "%s: %s, %s minutes by %s", answer.decision.value,
            ", ".join(f"{number} {state}" for state, number in said_of.items() if number), answer.minutes, answer.by,
        )  # fmt: skip
        return


def review_form(waiting: Sequence[Piece]) -> type[RunInput]:
    """The form that the UI shows when somebody presses Resume."""
    choices: list[JsonValue] = [choice_of(piece) for piece in waiting]
    decisions: Any = Literal[tuple(decision.value for decision in Decision)]
    form: type[RunInput] = create_model(
        "Review",
        __base__=RunInput,
        decision=(decisions, Field(title="Decision", json_schema_extra={"position": 0})),
        pieces=(
            list[str],
            Field(
                [], title="These pieces",
                description="Which are not approved, or sent back. Sent back with none picked: all of them.",
                json_schema_extra={"items": {"type": "string", "enum": choices}, "position": 1},
            ),
        ),
        comment=(
            str,
            Field(
                "", title="Comment",
                description="What the model is to do in another way. It is kept with the pieces.",
                json_schema_extra={"position": 2},
            ),
        ),
        reviewer=(
            str, Field(min_length=1, title="Your name", json_schema_extra={"position": 3}),
        ),
        minutes=(
            float,
            Field(
                ge=0, le=6000, title="Minutes you spent", description="Reading and deciding, all in all.",
                json_schema_extra={"position": 4},
            ),
        ),
    )  # fmt: skip
    return form


def answer_of(said: Any) -> Answer:
    """What was filled in, in the domain's words."""
    return Answer(
        decision=Decision(said.decision),
        by=said.reviewer.strip(),
        minutes=Decimal(str(said.minutes)),
        picked=tuple(choice.rpartition(SEPARATOR)[2] for choice in said.pieces),
        comment=said.comment.strip(),
    )


def choice_of(piece: Piece) -> str:
    """A piece as the list shows it; its id comes last."""
    return SEPARATOR.join((piece.spec.label.replace(" #", "#"), piece.id))


def _waits_for_you(count: int) -> str:
    return "1 piece waits for you" if count == 1 else f"{count} pieces wait for you"


def described(waiting: Sequence[Piece], address: str, trouble: str) -> str:
    """What stands above the form: what is asked, where all of it can be read, and the first few pieces."""
    lines = [f"## {_waits_for_you(len(waiting))}", ""]
    if trouble:
        lines += [f"**Not carried out:** {safe(trouble)}", ""]
    if address:
        lines += [f"[Read all of them side by side]({address})", ""]
    for piece in waiting[:SHOWN_PIECES]:
        lines += [f"**{safe(piece.spec.label)}**", ""]
        lines += [line for part in piece.parts.values() if part for line in (f"> {safe(part)}", ">")] + [""]
    if len(waiting) > SHOWN_PIECES:
        lines += [f"… and {len(waiting) - SHOWN_PIECES} more.", ""]
    return "\n".join(lines)


async def _moment_of_answer(request: Request) -> datetime:
    """When the person pressed Submit: the newest moment at which this run was set to go on."""
    async with get_client() as client:
        states = await client.read_flow_run_states(flow_run.get_id())
    moments = [state.timestamp for state in states if state.name == "Resuming"]
    newest: datetime = max(moments, default=datetime.now(UTC))
    return max(newest, request.requested_at)
