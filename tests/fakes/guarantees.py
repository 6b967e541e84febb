"""What must hold of a store however it was filled, by brute force."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from sqlalchemy import func, select

from inedit.archive.admission import common_texts
from inedit.archive.pieces import read_pieces
from inedit.brand.schema import Brand, Campaign
from inedit.guard.similarity.decision import decide
from inedit.guard.similarity.profile import Profile, supplied_by
from inedit.ledger import Ledger
from inedit.ledger.journal.reading import Scope
from inedit.model import Status
from inedit.store import Store
from inedit.store.tables import baselines


def copies(store: Store, brand: Brand, campaign: Campaign) -> list[tuple[str, str]]:
    """Pairs of accepted pieces of one language that the guard calls copies: every pair is compared."""
    found = []
    accepted = list(read_pieces(store, status=Status.ACCEPTED))
    for language in {piece.spec.language for piece in accepted}:
        supplied = supplied_by(common_texts(brand, campaign, language))
        texts = [(p.id, Profile.of(p.text, supplied)) for p in accepted if p.spec.language == language]
        found += [
            (id_a, id_b)
            for (id_a, a), (id_b, b) in combinations(texts, 2)
            if decide(a, b, language=language, copies_only=True).copy
        ]
    return found


def paid_twice(store: Store) -> list[tuple[object, ...]]:
    """Attempts at a piece that more than one call in the ledger paid for; and baselines, when there are more calls for
    them than texts."""
    calls = [entry for entry in Ledger(store).entries(Scope()) if entry.kind == "call"]
    drafts = Counter((e.spec_key, e.edition, e.attempt) for e in calls if e.purpose == "draft")
    found: list[tuple[object, ...]] = [place for place, count in drafts.items() if count > 1]
    asked = sum(entry.purpose == "baseline" for entry in calls)
    with store.read() as connection:
        kept = connection.execute(select(func.count()).select_from(baselines)).scalar_one()
    return found if asked == kept else [*found, ("baselines", asked, kept)]
