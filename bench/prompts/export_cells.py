"""Which briefs does a capable model answer? Writes the messages of a spread of cells, one JSON file a cell.

    python bench/prompts/export_cells.py FOLDER [--campaign collection-hiver] [--each 9] [--today 2026-11-28]

For each channel and language of the campaign, ``--each`` variants of its plan are taken so that segments, tones, angles
and insights all occur as evenly as they can. A file holds the cell (as ``inedit preview --json`` gives it), the
messages to be answered as they are, the JSON schema of the answer, and the limits of each part and of the whole text.
Whoever answers reads the messages and nothing else. The choice is deterministic: the same project and day give the
same files.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from inedit.brand.load import Project, load_project
from inedit.model import VariantSpec, as_json
from inedit.planning import plan
from inedit.prompting import Templates, load_templates, render


def spread(specs: Sequence[VariantSpec], count: int, met: Counter[tuple[str, str]]) -> Iterator[VariantSpec]:
    """``count`` of the variants, each the one whose segment, tone, angle and insights were met least so far."""
    left = list(specs)
    for _ in range(min(count, len(left))):
        chosen = min(left, key=lambda spec: sum(met[fact] ** 2 for fact in facts_of(spec)))
        left.remove(chosen)
        met.update(facts_of(chosen))
        yield chosen


def facts_of(spec: VariantSpec) -> tuple[tuple[str, str], ...]:
    """What a spread is to be even in, the cell of segment and tone among it."""
    return (
        ("segment", f"{spec.language} {spec.segment}"), ("segment", f"{spec.channel} {spec.segment}"),
        ("tone", f"{spec.language} {spec.tone}"), ("tone", f"{spec.channel} {spec.tone}"),
        ("cell", f"{spec.language} {spec.segment} {spec.tone}"), ("angle", spec.angle),
        *(("insight", f"{spec.language} {id}") for id in spec.insight_ids),
    )  # fmt: skip


def cells(project: Project, campaign_id: str, each: int, today: date) -> Iterator[VariantSpec]:
    """The variants to write, channel by channel and language by language."""
    campaign = project.brand.campaigns[campaign_id]
    specs, met = plan(campaign, project.brand, today), Counter[tuple[str, str]]()
    for channel in campaign.channels:
        for language in campaign.languages:
            yield from spread([s for s in specs if (s.channel, s.language) == (channel, language)], each, met)


def exported(spec: VariantSpec, project: Project, templates: Templates, today: date) -> dict[str, Any]:
    """What one file holds."""
    prompt = render(templates, project.brand, project.brand.campaigns[spec.campaign_id], spec, today)
    sheet, channel = templates.sheets[spec.channel], project.brand.channels[spec.channel]
    limits = {
        part.id: {"source": part.source, "min_chars": part.min_chars, "max_chars": part.max_chars}
        for part in sheet.parts
    }
    return {
        "cell": as_json(spec),
        "messages": [as_json(message) for message in prompt.messages],
        "schema": dict(prompt.schema),
        "limits": {"parts": limits, "max_chars": channel.max_chars, "max_words": channel.max_words},
        "template": {"id": prompt.template_id, "style": prompt.style, "sha": prompt.template_sha},
    }


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--project", type=Path, default=Path())
    parser.add_argument("--campaign", default="collection-hiver")
    parser.add_argument("--each", type=int, default=9)
    parser.add_argument("--today", type=date.fromisoformat, default=date(2026, 11, 28))
    asked = parser.parse_args()
    project = load_project(asked.project)
    templates = load_templates(project)
    asked.folder.mkdir(parents=True, exist_ok=True)
    for number, spec in enumerate(cells(project, asked.campaign, asked.each, asked.today), start=1):
        content = exported(spec, project, templates, asked.today)
        path = asked.folder / f"{number:03}.json"
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
