"""JSON Schemas of what people edit, so that an editor completes and explains every key.

They are made from the pydantic models and written to ``brand_data/schemas/``; each YAML file names its own in
the first line. They help while typing; :mod:`inedit.brand.load` decides.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from inedit.brand import schema
from inedit.brand.quiz import Quiz

FOLDER = Path("brand_data", "schemas")

_FILES: Mapping[str, Any] = {
    "brand": schema.BrandIdentity,
    "segments": list[schema.Segment],
    "languages": list[schema.Language],
    "tones": list[schema.Tone],
    "angles": list[schema.Angle],
    "channels": list[schema.Channel],
    "claims": list[schema.Claim],
    "insights": list[schema.Insight],
    "references": list[schema.Reference],
    "baselines": list[schema.Baseline],
    "codebook": list[schema.Code],
    "lexicon": schema.Lexicon,
    "campaign": schema.Campaign,
    "sheet": schema.Sheet,
    "quiz": Quiz,
}


def json_schemas(others: Mapping[str, Any] | None = None) -> dict[str, dict[str, Any]]:
    """The schema of each kind of file, by the stem of its name (``claims``, ``campaign`` …).

    ``others`` are kinds that a room above describes, such as the ledger's ``rates``.
    """
    return {
        name: {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **TypeAdapter(model).json_schema(mode="validation"),
        }
        for name, model in {**_FILES, **(others or {})}.items()
    }


def write_schemas(root: Path, others: Mapping[str, Any] | None = None) -> tuple[Path, ...]:
    """Write every schema below the project at ``root``; returns the files written."""
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in json_schemas(others).items():
        path = folder / f"{name}.json"
        path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        written.append(path)
    return tuple(written)
