"""Whether a campaign that was written by many is what was planned: each piece once, none paid twice, none a copy."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_EVEN
from pathlib import Path
from typing import Any

from kills import PRICE_IN, PRICE_OUT, ModelServer, charged_once  # in bench/flows

DRAFTS_OF_A_LANGUAGE = 4_000
"""Among so many accepted pieces the pairs are shared out."""


def findings(
    root: Path, url: str, model: ModelServer, pairs: int, today: date, say: Callable[[str], None]
) -> dict[str, Any]:
    """What stands, what was charged, and what is ``wrong``; ``pairs`` are held against one another."""
    from fakes.guarantees import copies_in_sample
    from inedit.archive.pieces import read_pieces
    from inedit.brand.load import load_project
    from inedit.ledger import Ledger
    from inedit.ledger.journal.reading import Scope
    from inedit.planning import plan
    from inedit.store import open_store

    brand = load_project(root).brand
    campaign = brand.campaigns["large"]
    planned = Counter(spec.key for spec in plan(campaign, brand, today))
    store = open_store(url)
    try:
        statuses, places = Counter[str](), Counter[str]()
        for piece in read_pieces(store):
            statuses[piece.status.value] += 1
            places[piece.spec.key] += 1
        wrong = (
            []
            if places == planned
            else [f"{len(planned - places)} places are empty, {len(places - planned)} full"]
        )
        say(f"pieces: {dict(statuses)}, {len(places)} places of {len(planned)}")
        ledger = Ledger(store)
        figures, differing = charged_once(store, ledger, model)
        entries = list(ledger.entries(Scope()))
        spent = sum(entry.cost_micros or 0 for entry in entries)
        charged = {entry.response_id for entry in entries if entry.kind == "call"}
        billed = sum(
            int((PRICE_IN * call["in"] + PRICE_OUT * call["out"]).to_integral_value(ROUND_HALF_EVEN))
            for call in model.calls
            if call["id"] in charged
        )
        if spent != billed:
            differing.append(
                f"the ledger says {spent} millionths, the bill {billed} for the calls that it has"
            )
        say(f"bill: {figures}, millionths {spent} and {billed}, {len(differing)} that differ")
        begun = time.monotonic()
        flaws = [f"verify: {flaw}" for flaw in ledger.verify().flaws]
        say(f"verify: {len(flaws)} flaws, {time.monotonic() - begun:.0f} s")
        begun, languages = time.monotonic(), len(campaign.languages)
        copied, compared, alike = copies_in_sample(
            store, brand, campaign, pairs=-(-pairs // languages), drafts=DRAFTS_OF_A_LANGUAGE, seed=1
        )
        say(f"copies: {len(copied)} in {compared} pairs, {time.monotonic() - begun:.0f} s")
    finally:
        store.close()
    return {
        "statuses": dict(statuses), **figures, "millionths": [spent, billed], "pairs": compared,
        "pairs_that_share_an_insight": alike, "copies": copied[:20],
        "wrong": [*wrong, *differing[:20], *flaws[:20], *(f"{one} copies {other}" for one, other in copied[:20])],
    }  # fmt: skip
