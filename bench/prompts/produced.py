"""What does the real line make of stored answers to all places of a language, siblings and admission included?

    python bench/prompts/produced.py bench/prompts/answers-11.jsonl --language fr [--today 2026-11-30]

`inedit produce` writes the campaign in a copy of this project, in a process of its own, with the real guard, encoder,
ledger and archive; a stub in the model's place gives each place the stored answer to its brief (by the system message
and the beginning of the brief: what siblings have said comes after it), the same one at every attempt. So what is
refused at the first attempt stays refused, and the figures are those of first attempts. Printed: pieces accepted, and
why others were not.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from replay import spec_of  # beside this file

from fakes.stub_openai import Request, StubOpenAI
from inedit.brand.load import load_project
from inedit.prompting import load_templates, render

ROOT = Path(__file__).parents[2]


def briefs(file: Path, today: date) -> dict[tuple[str, str], str]:
    """The stored answer to each system message and brief."""
    project = load_project(ROOT)
    templates, found = load_templates(project), {}
    for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
        spec = spec_of(row["cell"])
        messages = render(
            templates, project.brand, project.brand.campaigns[spec.campaign_id], spec, today
        ).messages
        found[messages[0].content, messages[-1].content] = json.dumps(row["answer"], ensure_ascii=False)
    return found


def main() -> None:
    """Run the campaign, and print what it came to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("answers", type=Path)
    parser.add_argument("--campaign", default="collection-hiver")
    parser.add_argument("--language", default="fr")
    parser.add_argument("--today", type=date.fromisoformat, default=date(2026, 11, 30))
    given = parser.parse_args()
    stored = briefs(given.answers, given.today)
    unknown: list[str] = []

    def answer(request: Request, _: int) -> str:
        system, asked = request["messages"][0]["content"], request["messages"][-1]["content"]
        fitting = [
            (brief, said) for (of, brief), said in stored.items() if of == system and asked.startswith(brief)
        ]
        if not fitting:
            unknown.append(asked)
            return "{}"
        return max(fitting, key=lambda one: len(one[0]))[1]

    with tempfile.TemporaryDirectory() as folder, StubOpenAI(answer=answer).in_thread() as stub:
        for name in ("brand_data", "prompts"):
            shutil.copytree(ROOT / name, Path(folder) / name)
        environment = {
            **os.environ, "OPENAI_BASE_URL": stub.base_url, "OPENAI_API_KEY": "k", "INEDIT_FREE_SERVER": "a bench",
            "PYTHONPATH": str(ROOT / "src"),
        }  # fmt: skip
        command = (
            sys.executable, "-c", "from inedit.cli import main; main()", "produce", given.campaign,
            "--language", given.language, "--model", "stub", "--mirror", "0", "--max-attempts", "1",
            "--concurrency", "1", "--json",
        )  # fmt: skip
        run = subprocess.run(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True, check=False
        )
    report = json.loads(run.stdout)
    print(
        {name: report["totals"][name] for name in ("planned", "accepted", "parked")}, "unknown:", len(unknown)
    )
    for refusal in report["refusals"]:
        for finding in refusal["findings"]:
            if finding["severity"] != "note":
                print(f"{finding['check']}: {finding['message']}")


if __name__ == "__main__":
    main()
