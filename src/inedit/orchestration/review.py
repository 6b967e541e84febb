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
from inedit.brand.names import variant_name
from inedit.brand.schema import Brand
from inedit.ledger import Ledger
from inedit.model import Approval, Piece
from inedit.model.errors import WrongInput
from inedit.orchestration.artifacts import studio_page
from inedit.orchestration.markdown import link, safe
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
        above = described(waiting, brand, run_id, address, trouble)
        form = review_form(waiting, brand).with_initial_data(description=above)
        filled = await asuspend_flow_run(wait_for_input=form, key=key)
        answer = answer_of(filled)
        try:
            answered_at = await _time_of_answer(request)
            settle(ledger, brand, request, waiting, answer, answered_at=answered_at)
        except WrongInput as error:
            trouble = str(error)
            log.warning("%s asked again: %s", answer.decision.value, trouble)
            continue
        counts = {state: sum(answer.of(p.id) is state for p in waiting) for state in Approval}
        log.info(
            "%s: %s, %s minutes by %s", answer.decision.value,
            ", ".join(f"{number} {state}" for state, number in counts.items() if number), answer.minutes, answer.by,
        )  # fmt: skip
        return


def review_form(waiting: Sequence[Piece], brand: Brand) -> type[RunInput]:
    """The form that the UI shows when somebody presses Resume. Our server sets the texts beside the fields; one that is
    not ours shows as much of them as the fields leave of the screen: no field explains itself beyond its title."""
    choices: list[JsonValue] = [choice_of(piece, brand) for piece in waiting]
    decisions: Any = Literal[tuple(decision.value for decision in Decision)]
    form: type[RunInput] = create_model(
        "Review",
        __base__=RunInput,
        decision=(decisions, Field(title="Decision", json_schema_extra={"position": 0})),
        pieces=(
            list[str],
            Field(
                [], title="These pieces (none: all are sent back)",
                json_schema_extra={"items": {"type": "string", "enum": choices}, "position": 1},
            ),
        ),
        comment=(
            str,
            Field(
                "", title="Comment for the model",
                json_schema_extra={"position": 2},
            ),
        ),
        reviewer=(
            str, Field(min_length=1, title="Your name", json_schema_extra={"position": 3}),
        ),
        minutes=(
            float,
            Field(
                ge=0, le=6000, title="Minutes you spent",
                json_schema_extra={"position": 4},
            ),
        ),
    )  # fmt: skip
    return form


def answer_of(filled: Any) -> Answer:
    """What was filled in, in the domain's words."""
    return Answer(
        decision=Decision(filled.decision),
        by=filled.reviewer.strip(),
        minutes=Decimal(str(filled.minutes)),
        picked=tuple(choice.rpartition(SEPARATOR)[2] for choice in filled.pieces),
        comment=filled.comment.strip(),
    )


def choice_of(piece: Piece, brand: Brand) -> str:
    """A piece as the list shows it; its id comes last."""
    return SEPARATOR.join((variant_name(piece.spec, brand), piece.id))


def _waits_for_you(count: int) -> str:
    return "1 piece waits for you" if count == 1 else f"{count} pieces wait for you"


def described(waiting: Sequence[Piece], brand: Brand, run_id: str, address: str, trouble: str) -> str:
    """What stands above the form: what is asked, where all of it can be read, and the first few pieces. On a low screen
    of a server that is not ours the first line alone is seen: the way to the studio stands in it."""
    studio = studio_page(run_id)
    ways = [link("read and decide in the studio", studio)] if studio else []
    ways += [link("read side by side", address)] if address else []
    lines = [f"**{_waits_for_you(len(waiting))}**" + (f": {', or '.join(ways)}" if ways else ""), ""]
    if trouble:
        lines = [f"**Not carried out:** {safe(trouble)}", "", *lines]
    for piece in waiting[:SHOWN_PIECES]:
        lines += [f"**{safe(variant_name(piece.spec, brand))}**", ""]
        lines += [line for part in piece.parts.values() if part for line in (f"> {safe(part)}", ">")] + [""]
    if len(waiting) > SHOWN_PIECES:
        lines += [f"… and {len(waiting) - SHOWN_PIECES} more.", ""]
    return "\n".join(lines)


async def _time_of_answer(request: Request) -> datetime:
    """When the person pressed Submit: the newest moment at which this run was set to go on."""
    async with get_client() as client:
        states = await client.read_flow_run_states(flow_run.get_id())
    timestamps = [state.timestamp for state in states if state.name == "Resuming"]
    newest: datetime = max(timestamps, default=datetime.now(UTC))
    return max(newest, request.requested_at)
