"""The JSON Schemas that editors read."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from inedit.brand.schemas import FOLDER, json_schemas, write_schemas
from inedit.generation.rate_limiter import PaceLimit
from inedit.insight_loop.verbatims import Place
from inedit.ledger.pricing_config import MODELS

ROOT = Path(__file__).parents[3]
ABOVE = {name: list[model] for name, model in {**MODELS, "pace": PaceLimit, "places": Place}.items()}
EDITED = sorted(
    [*(ROOT / "brand_data").rglob("*.yaml"), *(ROOT / "prompts").glob("*.yaml")],
    key=lambda path: path.as_posix(),
)


def test_the_committed_schemas_are_those_of_the_models(tmp_path):
    """brand_data/schemas is what write_schemas makes today: run it after changing a model."""
    for made in write_schemas(tmp_path, ABOVE):
        committed = ROOT / FOLDER / made.name
        assert committed.read_text(encoding="utf-8") == made.read_text(encoding="utf-8"), made.name
    assert {path.stem for path in (ROOT / FOLDER).glob("*.json")} == set(json_schemas(ABOVE))


@pytest.mark.parametrize("path", EDITED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_each_file_names_the_schema_it_satisfies(path):
    """Each YAML file begins with the address of its schema, and the schema accepts it."""
    jsonschema = pytest.importorskip("jsonschema")
    text = path.read_text(encoding="utf-8")
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert named, "the first line does not name a schema"
    schema = path.parent / named[1]
    assert schema.resolve().parent == (ROOT / FOLDER).resolve()
    plain = json.loads(json.dumps(YAML(typ="safe", pure=True).load(text), default=date.isoformat))
    jsonschema.Draft202012Validator(json.loads(schema.read_text(encoding="utf-8"))).validate(plain)
