"""What ``inedit serve`` serves: each flow with its form, its name in the UI, its description and tags."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prefect import Flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectNotFound
from prefect.types.entrypoint import EntrypointType
from prefect.utilities.callables import ParameterSchema

from inedit.errors import WrongInput
from inedit.orchestration.check import check_project
from inedit.orchestration.forms import (
    CheckForm,
    Choices,
    ExportForm,
    Form,
    PreviewForm,
    ProduceForm,
    RejudgeForm,
    ResumeForm,
    schema_of,
)
from inedit.orchestration.ledger_export import export_ledger
from inedit.orchestration.preview import preview_prompt
from inedit.orchestration.produce import produce_campaign
from inedit.orchestration.project import name_of
from inedit.orchestration.rejudge import rejudge_archive
from inedit.orchestration.resume import resume
from inedit.orchestration.shard import WORD, write_shard

FOLDER = "flows"
"""Folder of a brand project whose files say what it serves; without it, everything in :data:`OFFERS` is served."""

TAG = "inedit"


@dataclass(frozen=True, slots=True)
class DeploymentSpec:
    """A flow that people may run. ``form`` is None for a project's own flow, whose signature is its form."""

    flow: Flow[..., Any]
    form: type[Form] | None
    tags: tuple[str, ...]
    word: str  # what it does, in one: names in the UI's lists are cut after some 18 characters


OFFERS = (
    DeploymentSpec(produce_campaign, ProduceForm, ("write",), "Produce"),
    DeploymentSpec(resume, ResumeForm, ("write",), "Resume"),
    DeploymentSpec(preview_prompt, PreviewForm, ("look",), "Preview"),
    DeploymentSpec(check_project, CheckForm, ("look",), "Check"),
    DeploymentSpec(export_ledger, ExportForm, ("ledger",), "Export"),
    DeploymentSpec(rejudge_archive, RejudgeForm, ("look",), "Re-judge"),
)


def offers_of(root: Path) -> tuple[DeploymentSpec, ...]:
    """What a project serves: the flows that the files of its ``flows/`` name, or all there are.

    Raises :class:`~inedit.errors.WrongInput` for a file that cannot be loaded.
    """
    folder = root / FOLDER
    files = sorted(folder.glob("*.py")) if folder.is_dir() else []
    if not files:
        return OFFERS
    known = {id(offer.flow): offer for offer in OFFERS}
    found: dict[int, DeploymentSpec] = {}
    for file in files:
        for flow in _flows_in(file):
            found.setdefault(
                id(flow), known.get(id(flow)) or DeploymentSpec(flow, None, (file.stem,), flow.name)
            )
    ours = [offer for offer in OFFERS if id(offer.flow) in found]
    return (*ours, *(offer for offer in found.values() if offer.form is None))


async def deployment_of(offer: DeploymentSpec, choices: Choices) -> RunnerDeployment:
    """An offer as Prefect deploys it. Two brands on one server do not get into each other's way."""
    kind = EntrypointType.FILE_PATH if offer.form is None else EntrypointType.MODULE_PATH
    deployment: RunnerDeployment = await offer.flow.ato_deployment(
        name=name_of(offer.word, choices.brand),
        description=offer.flow.description,
        tags=[TAG, *offer.tags],
        entrypoint_type=kind,
    )
    if offer.form is not None:
        deployment._parameter_openapi_schema = ParameterSchema(**schema_of(offer.form, choices))
    return deployment


async def deploy_shards(pool: str, brand: str) -> None:
    """Let the workers of a pool write shards; a pool that is not there is made, of the kind *process*."""
    async with get_client() as client:
        try:
            await client.read_work_pool(pool)
        except ObjectNotFound:
            await client.create_work_pool(WorkPoolCreate(name=pool, type="process"))
    deployment: Any = await write_shard.ato_deployment(
        name=name_of(WORD, brand),
        description=write_shard.description,
        tags=[TAG, "worker"],
        work_pool_name=pool,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    await deployment.aapply()


def _flows_in(file: Path) -> list[Flow[..., Any]]:
    """The flows that a file names, its own ones and those that it imports."""
    spec = importlib.util.spec_from_file_location(f"project_{FOLDER}_{file.stem}", file)
    if spec is None or spec.loader is None:
        raise WrongInput(f"{file} cannot be loaded as a flow.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise WrongInput(f"{file} cannot be loaded: {type(error).__name__}: {error}") from error
    return [value for value in vars(module).values() if isinstance(value, Flow)]
