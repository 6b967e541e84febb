"""`inedit guard admit` and `dedupe`: others script against their rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from inedit.cli.guard import app

TEXT = "Une chaise a coincé la nappe du dimanche, et le lin s'est déchiré jusqu'à l'ourlet brodé par Denise."
OTHER = "Le vent de la vallée sèche les draps avant midi ; les enfants comptent les pinces sur le fil."


@pytest.fixture(autouse=True)
def _words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No encoder is loaded: meaning is measured elsewhere."""
    monkeypatch.setenv("INEDIT_ENCODER", " ")


def run(tmp_path: Path, command: str, *rows: object) -> list[dict[str, Any]]:
    """What the command answers to these rows."""
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    result = CliRunner().invoke(app, [command, str(file), "--json"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def row(id: str, text: str, **more: object) -> dict[str, object]:
    return {"id": id, "brief": "linen", "language": "fr", "text": text, **more}


def test_a_copy_is_refused_and_says_what_it_copies(tmp_path: Path) -> None:
    """Rows answer in order, with exactly the promised fields."""
    first, second, third = run(
        tmp_path, "admit", row("a", TEXT), row("b", TEXT.replace("dimanche", "jeudi")), row("c", OTHER)
    )
    assert set(first) == {"id", "admitted", "copies", "score", "share", "spans"}
    assert (first["admitted"], first["copies"], first["spans"]) == (True, [], [])
    assert (second["id"], second["admitted"], second["copies"]) == ("b", False, ["a"])
    assert second["score"] > 0.9
    assert 0.9 < second["share"] <= 1
    start, end = second["spans"][0]["a"]
    assert TEXT.replace("dimanche", "jeudi")[start:end] == second["spans"][0]["text"]
    assert third["admitted"]


def test_parts_are_joined_and_another_language_is_another_archive(tmp_path: Path) -> None:
    """A row has a text or parts; texts of two languages are not held against each other by their words."""
    parts = {"subject": "Le jeudi de Denise", "body": TEXT}
    answers = run(tmp_path, "admit", row("a", TEXT), row("b", "", parts=parts), row("c", TEXT, language="it"))
    assert [answer["admitted"] for answer in answers] == [True, False, True]


def test_what_the_brief_says_is_nobodys_own(tmp_path: Path) -> None:
    """Two texts that repeat the brief and differ in the rest both get in."""
    brief = "La parure Aube est tissée à Orval depuis 1921 et repart chez vous en huit jours ouvrés, port compris."
    answers = run(
        tmp_path,
        "admit",
        row("a", f"{OTHER} {brief}", brief=brief),
        row("b", f"Odette, 71 ans, reprend encore un drap de sa mère à la main. {brief}", brief=brief),
    )
    assert [answer["admitted"] for answer in answers] == [True, True]


def test_dedupe_names_the_earlier_text(tmp_path: Path) -> None:
    """Each row says whether it copies an earlier one, and which."""
    answers = run(tmp_path, "dedupe", row("a", TEXT), row("b", OTHER), row("c", TEXT.upper()))
    assert [(answer["duplicate"], answer["of"]) for answer in answers] == [
        (False, None),
        (False, None),
        (True, "a"),
    ]
    assert answers[2]["share"] == 1


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ({"id": "a", "text": TEXT}, "'language' is missing"),
        ({"id": "a", "language": "fr"}, "neither 'text' nor 'parts'"),
        ({"id": "a", "language": "French", "text": TEXT}, "not a language tag"),
        ({"id": "a", "language": "fr", "parts": {"subject": 3}}, "part 'subject' is not a text"),
        ({"id": "a", "language": "fr", "text": TEXT, "brief": ["x"]}, "'brief' and 'channel' must be texts"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, bad: object, said: str) -> None:
    """What is wrong is told with the number of the row, never a traceback."""
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps(bad), encoding="utf-8")
    result = CliRunner().invoke(app, ["admit", str(file), "--json"])
    assert said in str(result.exception)
    assert "row 1" in str(result.exception)


def test_an_id_stands_once(tmp_path: Path) -> None:
    """Answers are told apart by their ids."""
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(json.dumps(row("a", TEXT)) for _ in range(2)), encoding="utf-8")
    assert "stands in an earlier row" in str(CliRunner().invoke(app, ["admit", str(file)]).exception)
