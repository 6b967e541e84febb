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

from inedit.brand.scaffold import shipped_flows
from inedit.model.errors import WrongInput
from inedit.orchestration.forms import Choices, Served, name_of, schema_of
from inedit.orchestration.shard import WORD, write_shard

FOLDER = "flows"
"""Folder of a brand project that holds its flows, one per file; without it, those that ``inedit init`` ships."""

MARK = "SERVED"
"""Name in such a file of how its flow is served (:class:`inedit.orchestration.forms.Served`)."""

TAG = "inedit"

REPLACE = "One of an earlier version is replaced by that which 'inedit init' writes into a new folder."


@dataclass(frozen=True, slots=True)
class DeploymentSpec:
    """A flow that people may run, and where it is written. Without ``served``, its signature is its form."""

    flow: Flow[..., Any]
    file: Path
    served: Served | None = None

    @property
    def word(self) -> str:
        """What it does, in a word; a project's own flow is called by its name."""
        return self.served.word if self.served else str(self.flow.name)

    @property
    def tags(self) -> tuple[str, ...]:
        """What the UI filters by."""
        return (TAG, *(self.served.tags if self.served else (self.file.stem,)))


def deployments_of(root: Path) -> tuple[DeploymentSpec, ...]:
    """What a project serves: the flows in the files of its ``flows/``, or those that a new project gets.

    Raises :class:`~.errors.WrongInput` for a file that cannot be loaded.
    """
    folder = root / FOLDER
    files = sorted(folder.glob("[!_]*.py")) if folder.is_dir() else []
    return tuple(spec for file in files or shipped_flows() for spec in _flows_in(file))


async def deployment_of(spec: DeploymentSpec, choices: Choices) -> RunnerDeployment:
    """A flow as Prefect deploys it. Two brands on one server do not get into each other's way."""
    deployment: RunnerDeployment = await spec.flow.ato_deployment(
        name=name_of(spec.word, choices.brand),
        description=spec.flow.description,
        tags=list(spec.tags),
    )
    deployment.model_fields_set.discard("schedules")  # those that people make in the UI stay
    deployment.entrypoint = f"{spec.file}:{spec.flow.fn.__name__}"  # wherever 'inedit serve' is started from
    if spec.served is not None:
        deployment._parameter_openapi_schema = ParameterSchema(**schema_of(spec.served.form, choices))
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


def _flows_in(file: Path) -> list[DeploymentSpec]:
    """The flows of a file, its own ones and those that it imports."""
    file = file.resolve()
    spec = importlib.util.spec_from_file_location(f"project_{FOLDER}_{file.stem}", file)
    if spec is None or spec.loader is None:
        raise WrongInput(f"{file} cannot be loaded as a flow.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise WrongInput(f"{file} cannot be loaded: {type(error).__name__}: {error}. {REPLACE}") from error
    served = getattr(module, MARK, None)
    flows = [value for value in vars(module).values() if isinstance(value, Flow)]
    if not flows:
        raise WrongInput(f"{file} has no flow. {REPLACE} A file of helpers is named _{file.name}.")
    return [DeploymentSpec(flow, file, served) for flow in flows]
