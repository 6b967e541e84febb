"""*Code verbatims*, as the Prefect UI offers it. Delete the file, and this project serves it no more."""

from typing import Literal

from prefect import flow
from prefect.states import State

from inedit.orchestration.coding import code_verbatims
from inedit.orchestration.forms import CodeForm, Served, read
from inedit.orchestration.project import fail_with_message

SERVED = Served(CodeForm, "Code", ("field",))


@flow(
    name="Code verbatims",
    description="Read what people said by the code book: offline from labelled examples, or by a language model. What "
    "was coded before is not paid for again.",
    validate_parameters=False,  # the form does it, in sentences
)
@fail_with_message
async def code(
    by: Literal["offline", "model"] = "offline",
    model: str | None = None,
    place: str = "",
    limit: int = 0,
    max_cost: str = "",
) -> State[None]:
    """Code verbatims."""
    return await code_verbatims(
        read(CodeForm, by=by, model=model, place=place, limit=limit, max_cost=max_cost)
    )
