"""The tiny brand as a project on disk, in five languages, for commands that read one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel
from ruamel.yaml import YAML

from fakes.brand import tiny_brand, tiny_sheet


def write_tiny_project(folder: Path) -> Path:
    """Write ``brand_data/`` and the sheets of :func:`fakes.brand.tiny_brand`; the folder comes back."""
    brand, data = tiny_brand(), folder / "brand_data"
    _write(data / "brand.yaml", _plain(brand.identity))
    address = {"formal": "Formally.", "informal": "Informally."}
    _write(
        data / "languages.yaml",
        [{**_plain(one), "address": dict(address)} for one in brand.languages.values()],
    )
    for name in ("segments", "tones", "angles", "channels", "claims"):
        _write(data / f"{name}.yaml", [_plain(one) for one in getattr(brand, name).values()])
    _write(data / "insights" / "all.yaml", [_plain(one) for one in brand.insights.values()])
    for language, lexicon in brand.lexicons.items():
        _write(data / "lexicon" / f"{language}.yaml", _plain(lexicon))
    for campaign in brand.campaigns.values():
        _write(data / "campaigns" / f"{campaign.id}.yaml", _plain(campaign))
    for channel in brand.channels:
        _write(folder / "prompts" / f"{channel}.yaml", _plain(tiny_sheet(channel)))
    return folder


def _plain(noun: BaseModel) -> dict[str, Any]:
    return noun.model_dump(mode="json", exclude_defaults=True)


def _write(file: Path, content: object) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8") as stream:
        YAML().dump(content, stream)
