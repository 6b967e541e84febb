"""*Resume*: goes on with a run that was interrupted, with the options that it had."""

from __future__ import annotations

from prefect import get_run_logger
from prefect.client.orchestration import get_client
from prefect.exceptions import ObjectNotFound
from prefect.runtime import flow_run
from prefect.states import State

from inedit.archive.requests import askers_of, read_request
from inedit.bootstrap import Settings, open_project_store
from inedit.model.errors import WrongInput
from inedit.orchestration.choices import run_id_of
from inedit.orchestration.forms import ProduceForm, ResumeForm, read
from inedit.orchestration.production import write_campaign
from inedit.orchestration.project import project_root
from inedit.orchestration.request import make_request


async def resume_run(form: ResumeForm) -> State[None]:
    """Go on with an interrupted run."""
    run_id = run_id_of(form.run)
    with open_project_store(Settings.from_environment(), project_root()) as store:
        asked, askers = read_request(store, run_id), askers_of(store, run_id)
    if asked is None:
        raise WrongInput(
            f"There is no run '{run_id}' to go on with. The list in the form has those that there are."
        )
    await _refuse_if_asking(run_id, askers)
    asked_form = read(ProduceForm, **{**asked, "dry_run": False})
    get_run_logger().info(
        "Going on with run %s of '%s', with the options that it had.", run_id, asked_form.campaign
    )
    return await write_campaign(await make_request(asked_form, run_id))


async def _refuse_if_asking(run_id: str, askers: tuple[str, ...]) -> None:
    """A run that waits for approval goes on by its own button. (One that is running may be gone on with: leases keep
    the two apart, and one that looks as if it ran may have been killed.)"""
    async with get_client() as client:
        for asker in askers:
            kind, _, other = asker.partition(":")
            if kind != "prefect" or other == str(flow_run.get_id()):
                continue
            try:
                found = await client.read_flow_run(other)
            except ObjectNotFound:
                continue
            if found.state is not None and found.state.is_paused():
                raise WrongInput(
                    f"Run {run_id} waits for approval: open the flow run '{found.name}' and press Resume there."
                )
