"""Runs that a server which was killed left behind as *running*: nobody carries them out any more."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

MESSAGE = "What carried this run out ended in the middle. Nothing is lost: run 'Resume' and pick it, or press Retry."


async def end_orphans(deployment_ids: Sequence[UUID], *, everywhere: bool) -> int:
    """Say of such runs that they crashed, and what to do; how many there were.

    Only on a server of our own (``everywhere``), where nobody else can be at work on them: on one that was joined,
    another machine may be.
    """
    if not everywhere or not deployment_ids:
        return 0
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId, FlowRunFilter
    from prefect.states import Crashed

    async with get_client() as client:
        left = await client.read_flow_runs(
            deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=list(deployment_ids))),
            flow_run_filter=FlowRunFilter.model_validate(
                {"state": {"type": {"any_": ["RUNNING", "PENDING", "CANCELLING"]}}}
            ),
        )
        for run in left:
            await client.set_flow_run_state(run.id, Crashed(message=MESSAGE), force=True)
    return len(left)
