"""An archive for the studio to show: real answers of a model, judged by the real guard, accepted, waiting or parked."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from fakes.copies import with_database
from inedit.archive.admission import Archive, scope_of
from inedit.archive.attempts import PaidAnswer, put_attempt, put_verdict
from inedit.archive.pieces import put_piece
from inedit.brand.schema import Brand
from inedit.model import Approval, Decision, Finding, Piece, Severity, Status, Usage, VariantSpec, Verdict
from inedit.pipeline.editing import judge_edit
from inedit.prompting import Templates
from inedit.store import Store

ROOT = Path(__file__).parents[2]
ANSWERS = ROOT / "bench" / "prompts" / "answers-2.jsonl"
TODAY = date(2026, 11, 28)


def copy_project(folder: Path) -> Path:
    """The demo brand and its prompts in a folder of their own, with an empty database."""
    for name in ("brand_data", "prompts"):
        shutil.copytree(ROOT / name, folder / name)
    return with_database(folder)


def answered(file: Path = ANSWERS) -> Iterator[tuple[VariantSpec, dict[str, str]]]:
    """Variants and the parts that a model wrote for them."""
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        cell: dict[str, Any] = {k: v for k, v in row["cell"].items() if k != "key"}
        for name in ("insight_ids", "claim_ids"):
            cell[name] = tuple(cell[name])
        yield VariantSpec(**cell), row["answer"]


def put(
    store: Store, brand: Brand, templates: Mapping[str, Templates], spec: VariantSpec, parts: Mapping[str, str],
    *, waiting: bool = True, revision_number: int = 1, attempts: int = 1,
) -> Piece:  # fmt: skip
    """One piece as a run would leave it: waiting or accepted, parked when the guard has something against it."""
    blank = Piece(
        f"{spec.key}-{revision_number}",
        "run-1",
        spec,
        Status.PARKED,
        parts,
        Verdict(),
        attempts,
        currency="EUR",
    )
    piece = judge_edit(Archive(store, brand), templates, blank, parts, TODAY)
    found = piece.verdict
    if found.decision is Decision.ACCEPT:
        piece = replace(
            piece, status=Status.PARKED if waiting else Status.ACCEPTED,
            approval=Approval.PENDING if waiting else None,
        )  # fmt: skip
    else:
        piece = replace(piece, reason=found.findings[0].message)
    scope = scope_of(brand, spec.language)
    with store.write() as connection:
        for number in range(1, attempts + 1):
            usage = Usage("stub", 900, 0, 300, 0, 1.0)
            answer = PaidAnswer(
                spec, number, json.dumps(dict(parts), ensure_ascii=False), f"r-{spec.key}-{number}", usage
            )
            put_attempt(connection, answer, run_id="run-1", revision_number=revision_number)
        if not piece.stands:
            put_verdict(connection, piece)
        put_piece(connection, piece, scope=scope, brief_sha=brand.campaigns[spec.campaign_id].sha,
                  revision_number=revision_number)  # fmt: skip
    return piece


def put_many(store: Store, brand: Brand, count: int) -> list[str]:
    """The ids of so many pieces that wait, unlike one another by a number in their cell only: for lists, not for the
    guard. One in ten has a finding."""
    rows = [one for one in answered() if one[0].campaign_id in brand.campaigns]
    made = []
    with store.write() as connection:
        for number in range(count):
            spec, parts = rows[number % len(rows)]
            spec = replace(spec, index=number // len(rows) + 20)
            found = (Finding("cliche", Severity.NOTE, "A worn phrase."),) if number % 10 == 0 else ()
            piece = Piece(
                f"{spec.key}-1", "run-1", spec, Status.PARKED, parts, Verdict(found), 1, currency="EUR",
                approval=Approval.PENDING,
            )  # fmt: skip
            put_piece(
                connection, piece, scope=scope_of(brand, spec.language),
                brief_sha=brand.campaigns[spec.campaign_id].sha, revision_number=1,
            )  # fmt: skip
            made.append(piece.id)
    return made
