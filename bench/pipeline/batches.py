"""What does it take to write a campaign in batches, and does the ledger say what the provider served?

    python bench/pipeline/batches.py [--pieces 400] [--json FILE]

A stub of the Batch API (files, batches, output and error files; the one of the tests) answers each batch at once, so
that all time is ours. One process on an empty SQLite database: the plain core that ``inedit produce --batch`` runs.
Printed: batches, calls, CPU per call and resident memory (loading the encoder and the stub itself are in them), and
whether every answer served is in the ledger, to the token.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from surroundings import different_answers, project_of

from fakes.stub_batches import StubBatches
from inedit.bootstrap import Batching, Settings, open_pipeline, open_project_store, served_model
from inedit.brand.load import load_project
from inedit.pipeline import run_campaign
from inedit.pipeline.task import Options


async def measured(root: Path, database: str, stub: StubBatches) -> dict[str, Any]:
    """One campaign from beginning to end."""
    project = load_project(root)
    brief = project.brand.campaigns["large"]
    settings = Settings(
        model="stub", openai_base_url=stub.base_url, database_url=database, free_server="a stub of the bench"
    )
    batching = Batching(brief.id, lambda sentence: print(sentence, file=sys.stderr))
    began, cpu = time.monotonic(), time.process_time()
    with open_project_store(settings, root) as store, served_model(settings) as address:
        async with open_pipeline(
            project, settings, store, address, concurrency=64, batching=batching
        ) as pipeline:
            run = await run_campaign(brief, pipeline, Options(batch=True))
            entries = [entry for entry in pipeline.ledger.entries() if entry.kind == "call"]  # type: ignore[attr-defined]
    served = stub.billed_tokens
    return {
        "pieces": len(run.pieces), "accepted": sum(piece.status == "accepted" for piece in run.pieces),
        "batches": len(stub.batches), "calls": len(entries), "seconds": round(time.monotonic() - began, 1),
        "cpu_ms_per_call": round(1000 * (time.process_time() - cpu) / max(1, len(entries)), 1),
        "resident_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "reconciled": sorted(str(entry.response_id) for entry in entries)
        == sorted(call.response_id for call in stub.served)
        and sum(entry.input_tokens or 0 for entry in entries) == served[0]
        and sum(entry.output_tokens or 0 for entry in entries) == served[2],
    }  # fmt: skip


def main() -> None:
    """Prints the figures as JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pieces", type=int, default=400)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    with (
        project_of(arguments.pieces) as root,
        tempfile.TemporaryDirectory() as folder,
        StubBatches(answer=different_answers()).in_thread() as stub,
    ):
        told = json.dumps(asyncio.run(measured(root, f"sqlite:///{folder}/inedit.db", stub)))
    print(told)
    if arguments.json:
        arguments.json.write_text(told + "\n")


if __name__ == "__main__":
    main()
