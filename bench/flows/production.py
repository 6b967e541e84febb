"""A campaign written once, with Prefect or without, and what it took: the common part of the measurements here.

    python bench/flows/production.py PROJECT CONCURRENCY [--flow] [--shard N]

Prints one line of JSON: seconds of wall clock from the order to the result (loading the encoder left out), seconds of
this process's CPU, pieces and calls. It is run as a process of its own, so that one measurement leaves nothing behind
for the next. The stub model and the Prefect server are somebody else's processes: OPENAI_BASE_URL and PREFECT_API_URL.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import time
from pathlib import Path

from inedit import bootstrap, planning
from inedit.bootstrap import Settings, open_pipeline, open_project_store, served_model
from inedit.brand.load import load_project
from inedit.encoding import Encoder
from inedit.pipeline.task import Options

CAMPAIGN = "large"


def keep_encoder() -> Encoder:
    """Load the encoder before anything is timed, and let everybody use it."""
    encoder = bootstrap.lazy_encoder(Settings())()
    encoder.encode(["a text, so that everything is warm"])
    bootstrap.pipeline.lazy_encoder = lambda _: lambda: encoder
    return encoder


async def without_prefect(root: Path, concurrency: int) -> str:
    """The plain core, as ``inedit produce`` runs it."""
    from inedit.pipeline import run_campaign

    project, settings = load_project(root), Settings.from_environment()
    with open_project_store(settings, root) as store, served_model(settings) as address:
        async with open_pipeline(project, settings, store, address, concurrency=concurrency) as line:
            run = await run_campaign(
                project.brand.campaigns[CAMPAIGN], line, Options(concurrency=concurrency)
            )
    return run.stopped


async def with_prefect() -> str:
    """The flow *Produce a campaign*, reported to the server as a person's run is."""
    from inedit.orchestration.deployments import deployments_of

    (produce,) = (
        spec.flow for spec in deployments_of(Path(os.environ["INEDIT_PROJECT"])) if spec.word == "Produce"
    )
    state = await produce(campaign=CAMPAIGN, model="stub", return_state=True)
    return "" if state.is_completed() else str(state.message)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("project", type=Path)
    parser.add_argument("concurrency", type=int)
    parser.add_argument("--flow", action="store_true", help="as the flow, on the server of PREFECT_API_URL")
    parser.add_argument("--shard", type=int, help="variants in a shard")
    arguments = parser.parse_args()
    os.environ["INEDIT_PROJECT"] = str(arguments.project)
    os.environ["INEDIT_CONCURRENCY"] = str(arguments.concurrency)
    if arguments.shard:
        planning.shards.__defaults__ = (arguments.shard,)
    keep_encoder()
    if arguments.flow:
        import inedit.orchestration.deployments  # noqa: F401  # importing Prefect is no part of a run
    began, cpu = time.perf_counter(), time.process_time()
    if arguments.flow:
        stopped = asyncio.run(with_prefect())
    else:
        stopped = asyncio.run(without_prefect(arguments.project, arguments.concurrency))
    took = {"wall": time.perf_counter() - began, "cpu": time.process_time() - cpu, "stopped": stopped}
    sys.stdout.write(json.dumps(took) + "\n")


if __name__ == "__main__":
    main()
