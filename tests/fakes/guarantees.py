"""What must hold of a store however it was filled, by brute force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from sqlalchemy import func, select

from inedit.archive.admission import brief_of, common_texts
from inedit.archive.pieces import read_pieces
from inedit.brand.schema import Brand, Campaign
from inedit.guard.similarity import Index
from inedit.guard.similarity.decision import decide
from inedit.guard.similarity.profile import Profile, supplied_by
from inedit.ledger import Ledger
from inedit.ledger.journal.reading import Scope
from inedit.model import Piece, Status
from inedit.store import Store
from inedit.store.tables import baselines


def copies(store: Store, brand: Brand, campaign: Campaign) -> list[tuple[str, str]]:
    """Pairs of accepted pieces of one language that the guard calls copies: every pair is compared.

    Texts of one brief that seem copies to one who does not know the brief are held once more against all that its
    texts have in common, as at the door (:meth:`inedit.guard.similarity.Index.matches`).
    """
    found = []
    accepted = list(read_pieces(store, status=Status.ACCEPTED))
    for language in {piece.spec.language for piece in accepted}:
        common = common_texts(brand, campaign, language)
        supplied = supplied_by(common)
        texts = [(p, Profile.of(p.text, supplied)) for p in accepted if p.spec.language == language]
        pairs = [
            (one, other)
            for (one, a), (other, b) in combinations(texts, 2)
            if decide(a, b, language=language, copies_only=True).copy
        ]
        listed = [piece for piece, _ in texts]
        found += [(a.id, b.id) for a, b in pairs if _brief(a) != _brief(b) or _still(a, b, listed, common)]
    return found


def _brief(piece: Piece) -> str:
    return brief_of(piece.spec.campaign_id, piece.spec.channel)


def _still(one: Piece, other: Piece, accepted: Sequence[Piece], common: Sequence[str]) -> bool:
    """Whether one is a copy of the other to somebody who knows every other text of their brief."""
    index = Index(one.spec.language, tuple(common))
    for piece in accepted:
        if piece.id != one.id:
            index.add(piece.id, piece.text, brief=_brief(piece))
    return other.id in {match.piece_id for match in index.matches(one.text, brief=_brief(one))}


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
