"""Refusals per draft: what a writer of honest texts meets at the door, which rates per pair do not tell.

A draft is held against every text that was admitted before it, so that a rate of false positives per pair grows with
the number of texts. Here the honest texts of each brief come to the door in turn, as in production.
"""

from __future__ import annotations

import hashlib
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from inedit.cli.benchmarking.pairs import Row, is_model_written
from inedit.guard.similarity import Index

TEXTS_PER_BRIEF = (5, 10, 20)
DEALS = 2
"""The texts of a brief come in so many orders."""

_BRIEF = "brief"


def honest_texts(rows: Sequence[Row]) -> dict[str, list[str]]:
    """Every text of each brief that is not an edited copy, by group, sorted."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if is_model_written(row) and row.get("siblings"):
            found[row["group"]].update(row["siblings"])
            if row["label"] == "not_copy":
                found[row["group"]].update((row["text_a"], row["text_b"]))
    return {group: sorted(texts) for group, texts in sorted(found.items())}


def half_of(group: str) -> str:
    """Each brief belongs to one half by its name: what is tuned on one half is reported on the other."""
    return "tuned" if hashlib.sha256(group.encode()).digest()[-1] % 2 else "held out"


def refusals(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Share of honest drafts refused, by texts per brief, slice, and what the door knows of the brief."""
    briefs = {row["group"]: row.get("brief") or "" for row in rows}
    marketing = {row["group"] for row in rows if "marketing" in row["source"]}
    texts = honest_texts(rows)
    table = []
    for count in TEXTS_PER_BRIEF:
        for knows in ("siblings and brief", "siblings", "nothing"):
            refused: dict[str, list[bool]] = defaultdict(list)
            for group, written in texts.items():
                if len(written) < count:
                    continue
                common = (briefs[group],) if "and brief" in knows else ()
                outcome = list(_in_turn(group, written, count, common, knows != "nothing"))
                for name in ("all", half_of(group), "marketing" if group in marketing else "other subjects"):
                    refused[name] += outcome
            for name, outcome in sorted(refused.items()):
                table.append({"texts_per_brief": count, "knows": knows, "slice": name, "drafts": len(outcome),
                              "refused": sum(outcome) / len(outcome)})  # fmt: skip
    return table


def refusals_in_one_archive(rows: Sequence[Row], count: int = 10) -> list[dict[str, Any]]:
    """Share of honest drafts refused where the texts of all briefs stand in one archive, as a brand's do.

    So many texts of each brief come, each brief in turn or all of them mixed; their first sentences are looked at too.
    """
    said = {row["group"]: row.get("brief") or "" for row in rows}
    texts = {group: written for group, written in honest_texts(rows).items() if len(written) >= count}
    table = []
    for knows in ("siblings and brief", "siblings"):
        for order in ("in turn", "mixed"):
            drafts = refused = 0
            for deal in range(DEALS):
                queue = [
                    (group, text)
                    for group, written in texts.items()
                    for text in random.Random(f"{group} {deal}").sample(written, count)  # noqa: S311
                ]
                if order == "mixed":
                    random.Random(deal).shuffle(queue)  # noqa: S311
                index = Index("en")
                for number, (group, text) in enumerate(queue):
                    common, parts = (said[group],) if "and brief" in knows else (), {"body": text}
                    if index.matches(text, brief=group, common=common, parts=parts):
                        refused += 1
                    else:
                        index.add(str(number), text, brief=group, parts=parts)
                drafts += len(queue)
            table.append({"texts_per_brief": count, "knows": knows, "order": order, "briefs": len(texts),
                          "drafts": drafts, "refused": refused / drafts})  # fmt: skip
    return table


def _in_turn(
    group: str, texts: Sequence[str], count: int, common: Sequence[str], siblings: bool
) -> Iterator[bool]:
    """Whether each draft is refused, in some orders."""
    brief = _BRIEF if siblings else ""
    for deal in range(DEALS):
        index = Index("en")
        for number, text in enumerate(random.Random(f"{group} {deal}").sample(texts, count)):  # noqa: S311
            refused = bool(index.matches(text, brief=brief, common=common))
            if not refused:
                index.add(str(number), text, brief=brief)
            yield refused


def found_copies(rows: Sequence[Row], count: int = 10) -> dict[str, float]:
    """Recall at the door by kind of edit: the original and nine others of its brief are in, then comes the copy."""
    texts = honest_texts(rows)
    found: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        if not (is_model_written(row) and row.get("siblings") and row["label"] == "copy"):
            continue
        others = [text for text in texts[row["group"]] if text not in (row["text_a"], row["text_b"])]
        dice = random.Random(row["id"])  # noqa: S311  # a sample, no secret
        admitted = [("original", row["text_a"])]
        admitted += [
            (str(n), text) for n, text in enumerate(dice.sample(others, min(count - 1, len(others))))
        ]
        dice.shuffle(admitted)
        index = Index("en")
        for name, text in admitted:
            index.add(name, text, brief=_BRIEF)
        outcome = any(match.piece_id == "original" for match in index.matches(row["text_b"], brief=_BRIEF))
        for name in ("all", row["kind"], half_of(row["group"])):
            found[name].append(outcome)
    return {name: sum(outcome) / len(outcome) for name, outcome in sorted(found.items())}
