"""The field's flows on a real Prefect server: map, observe, code, candidates, prune, forget; and what Prefect never
gets to keep: names, handles, and words that somebody said."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from e2e.serving import ROOT
from e2e.test_other_flows import ended, flow_of
from e2e.test_produce_flow import pytestmark
from fakes.field import discord_export, discord_message
from inedit.insight_loop.field_store import verbatims
from inedit.store import open_store

__all__ = ["pytestmark"]

SAID = "Le drap s'est troué aux pieds, usé en quelques mois à peine"
PLACES = """- {id: club, platform: discord, name: Le club, language: fr, size: 640, rules: Ours., legal_basis: consent}
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A brand with one place, and an export that waits: six people say much the same."""
    root = tmp_path / "brand"
    for folder in ("brand_data", "prompts"):
        shutil.copytree(ROOT / folder, root / folder)
    (root / "brand_data/places.yaml").write_text(PLACES, encoding="utf-8")
    waiting = root / ".inedit/incoming"
    waiting.mkdir(parents=True)
    messages = [discord_message(n, f"{SAID}, vraiment {n} fois.", str(20 + n)) for n in range(6)]
    discord_export(waiting / "club.json", messages)
    monkeypatch.setenv("INEDIT_PROJECT", str(root))
    monkeypatch.setenv("INEDIT_DATABASE_URL", f"sqlite:///{tmp_path / 'inedit.db'}")
    monkeypatch.setenv("INEDIT_FIELD_KEY", str(tmp_path / "field.key"))
    return root


async def told(word: str, **parameters: Any) -> tuple[Any, str]:
    """The state of a run, and all that Prefect keeps of it."""
    state, left = await ended(flow_of(word), **parameters)
    return state, f"{left.get('markdown', '')} {state.message}"


async def test_the_field_from_the_register_to_forgetting(prefect_server, root: Path, tmp_path: Path) -> None:
    """Each step by its flow; what is shown is counts."""
    state, kept = await told("Map")
    assert state.is_completed(), state.message
    assert "1 places, 0 verbatims" in kept
    assert "Never observed: club" in kept

    state, kept = await told("Observe", place="club", file="club.json", dry_run=True)
    assert "6 would be new" in state.message
    state, kept = await told("Observe", place="club", file="club.json", delete_file=True)
    assert state.message == "6 messages of club: 6 new, 0 known already."
    assert not (root / ".inedit/incoming/club.json").exists()
    assert "Nick2" not in kept
    assert "user2" not in kept

    state, kept = await told("Code")
    assert state.is_completed(), state.message
    state, shown = await told("Candidates", place="everything", people=5)
    assert state.is_completed(), state.message
    assert state.message.startswith("1 candidates"), shown
    assert "wears-out" in shown.replace("\\", "")
    assert "troué" not in shown, "Prefect is not shown what people said"
    state, none = await told("Candidates", people=7)
    assert state.message.startswith("0 candidates"), none

    store = open_store(f"sqlite:///{tmp_path / 'inedit.db'}")
    author = next(verbatims(store)).author
    store.close()
    state, _ = await told("Forget", pseudonym="Nick20Q")
    assert state.is_failed()
    assert "give no name" in state.message
    state, kept = await told("Forget", pseudonym=author)
    assert state.message == "1 verbatims are gone; 0 traces were found afterwards."
    state, kept = await told("Prune", only_count=True)
    assert state.message == "0 verbatims would be deleted."
    state, kept = await told("Map")
    assert "1 places, 5 verbatims" in kept


async def test_a_cut_file_fails_and_keeps_what_stands_before(prefect_server, root: Path) -> None:
    """The file stays, too, whatever was asked; another one of this machine is not read."""
    file = root / ".inedit/incoming/club.json"
    file.write_bytes(file.read_bytes()[: file.stat().st_size * 2 // 3])
    state, _ = await told("Observe", place="club", file="club.json", delete_file=True)
    assert state.is_failed()
    assert "The file is cut off" in state.message
    assert " new" in state.message
    assert file.exists()
    state, _ = await told("Observe", place="club", file="../../brand_data/places.yaml")
    assert "No file '../../brand_data/places.yaml' waits" in state.message
    state, _ = await told("Observe", place="nowhere", file="club.json")
    assert "There is no place 'nowhere'" in state.message


async def test_an_export_that_waits_is_offered_and_named_when_somebody_is_forgotten(
    prefect_server, root: Path, tmp_path: Path
) -> None:
    """Whoever is forgotten may stand in it by name, and only a person can tell whether it is still needed."""
    from inedit.orchestration.choices import choices_of, fingerprint
    from inedit.orchestration.forms import ObserveForm, schema_of

    before = fingerprint(root)
    (root / ".inedit/incoming/more.json").write_text("{}", encoding="utf-8")
    assert fingerprint(root) != before
    form = schema_of(ObserveForm, choices_of(root))["properties"]
    assert form["file"]["enum"] == ["club.json", "more.json"]
    assert form["place"]["enum"] == ["club"]
    await told("Observe", place="club", file="club.json")
    store = open_store(f"sqlite:///{tmp_path / 'inedit.db'}")
    author = next(verbatims(store)).author
    store.close()
    state, _ = await told("Forget", pseudonym=author)
    assert state.is_failed()
    assert ".inedit/incoming/club.json is an export with names in it" in state.message
