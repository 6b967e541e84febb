"""The bench of the guard: what it reads, and that its figures are what they say."""

from __future__ import annotations

import json
import lzma
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from inedit.cli.benchmarking.bench import PEERS, bench, calibration_error, figures, recall_at, sampled
from inedit.cli.benchmarking.drafts import DEALS, found_copies, refusals, refusals_in_one_archive
from inedit.cli.benchmarking.pairs import folds, path_from, read
from inedit.model.errors import WrongInput

pytestmark = pytest.mark.skipif(find_spec("sklearn") is None, reason="the bench needs the extra 'bench'")

STORM = "In {} the storm took the roof of the weaving hall, and the {} went on under a tarpaulin for {} whole days."
OTHER = "Each of the {} sheets goes home with its date sewn into the hem, and the {} keep count for {} years."


def row(number: int, label: str) -> dict[str, object]:
    """A copy with other figures and names, or two texts that have nothing in common."""
    first = STORM.format(1900 + number, "weavers", number)
    second = (
        STORM.format(1950 + number, "spinners", number + 5)
        if label == "copy"
        else OTHER.format(number, "menders", 9)
    )
    return {"id": f"p{number}{label}", "lang": "en", "text_a": first, "text_b": second, "label": label}


ROWS = [row(number, label) for number in range(12) for label in ("copy", "not_copy")]


def test_plain_json_lines_are_enough(tmp_path: Path) -> None:
    """Five fields a row, packed or not; rows labelled unsure are left out."""
    lines = "\n".join(json.dumps(r) for r in [*ROWS, {**ROWS[0], "label": "unsure"}])
    plain, packed = tmp_path / "pairs.jsonl", tmp_path / "open.jsonl.xz"
    plain.write_text(lines, encoding="utf-8")
    packed.write_bytes(lzma.compress(lines.encode()))
    assert len(read(plain)) == len(read(packed)) == len(ROWS)
    assert path_from(tmp_path) == packed


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "line 1: not JSON"),
        ('{"id": "a", "lang": "fr", "text_a": "x", "label": "copy"}', "line 1: .*missing: text_b"),
        ("", "no pair"),
    ],
)
def test_a_file_that_cannot_be_used_is_explained(tmp_path: Path, content: str, message: str) -> None:
    """The line and the field are named."""
    path = tmp_path / "pairs.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(WrongInput, match=message):
        read(path)


def test_without_a_file_it_is_said_what_to_give(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither an argument nor the variable: one sentence."""
    monkeypatch.delenv("INEDIT_COPYBENCH", raising=False)
    with pytest.raises(WrongInput, match="INEDIT_COPYBENCH"):
        path_from(None)


def test_ours_and_the_installed_peers_are_measured_on_the_same_pairs(tmp_path: Path) -> None:
    """Template swaps are told from other texts; what is left out is named."""
    path = tmp_path / "pairs.jsonl"
    path.write_text("\n".join(json.dumps(r) for r in ROWS), encoding="utf-8")
    said: list[str] = []
    without = [name for name in PEERS if "MiniLM" in name or "e5" in name]
    report = bench(sampled(read(path), 100), None, without=without, say=said.append)
    (only,) = report["slices"]
    assert only["slice"] == "human-written, en"
    assert only["inédit"]["auroc"] == 1.0
    assert only["inédit"]["frozen_recall"] == 1.0
    assert only["inédit"]["frozen_false_positives"] == 0.0
    assert only["rapidfuzz token_set"]["auroc"] > 0.9
    assert sum(kind["pairs"] for kind in report["kinds"]) == len(ROWS)


def test_figures_are_those_of_the_definition() -> None:
    """Hand-made scores: half of the copies lie above every honest pair."""
    scores = np.array([0.9, 0.8, 0.1, 0.2, 0.5, 0.5, 0.3, 0.3])
    copy = np.array([True, True, True, True, False, False, False, False])
    assert figures(scores, copy)["auroc"] == 0.5
    assert recall_at(scores, copy, 0.01) == 0.5
    assert calibration_error(np.array([1.0, 1.0, 0.0, 0.0]), np.array([True, True, False, False])) == 0.0
    assert calibration_error(np.array([1.0, 1.0]), np.array([True, False])) == pytest.approx(0.5)


def test_folds_never_split_a_group() -> None:
    """Every group stands in one fold, and all folds are used."""
    groups = [f"g{number % 7}" for number in range(50)]
    fold = folds(groups, 5)
    assert all(len({f for g, f in zip(groups, fold, strict=True) if g == name}) == 1 for name in set(groups))
    assert set(fold) == {0, 1, 2, 3, 4}


def test_refusals_per_draft_are_counted_in_turn() -> None:
    """Honest texts of one brief come one after the other; a copy of an admitted one is found."""
    honest = [
        "The storm of 1987 took the roof of the weaving hall and nobody lost a day, for the women hung tarpaulins.",
        "Each sheet goes home with its date sewn into the hem, so that a grandchild knows whom to thank for it.",
        "On Saturdays Marcel opens the vat and lets children dip a ribbon, which comes out green and turns blue.",
        "Flax takes a hundred days from seed to flower, and one morning the whole valley looks like the sea.",
        "We darn what we sold thirty years ago; last week it was a pillowcase that had crossed the Atlantic twice.",
    ]
    common = {
        "lang": "en",
        "source": "alpacaeval/marketing",
        "group": "g",
        "brief": "Linen.",
        "siblings": honest[2:],
    }
    rows = [
        {**common, "id": "h", "label": "not_copy", "kind": "independent", "text_a": honest[0], "text_b": honest[1]},
        {**common, "id": "c", "label": "copy", "kind": "swap", "text_a": honest[0],
         "text_b": honest[0].replace("women", "weavers")},
    ]  # fmt: skip
    table = refusals(rows)
    assert {(line["texts_per_brief"], line["refused"]) for line in table} == {(5, 0.0)}
    assert {line["drafts"] for line in table} == {5 * DEALS}
    assert {line["slice"] for line in table} >= {"all", "marketing"}
    one = refusals_in_one_archive(rows, 5)
    assert {(line["briefs"], line["drafts"], line["refused"]) for line in one} == {(1, 5 * DEALS, 0.0)}
    assert found_copies(rows)["all"] == 1.0
    assert found_copies(rows)["swap"] == 1.0
