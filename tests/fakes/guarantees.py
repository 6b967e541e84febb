"""What must hold of a store however it was filled, by brute force."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from inedit.archive.admission import PROTECTED, brief_of
from inedit.archive.known_texts import named
from inedit.archive.pieces import read_pieces
from inedit.archive.supplied_texts import brand_texts, campaign_texts
from inedit.brand.schema import Brand, Campaign
from inedit.guard.similarity import Index
from inedit.guard.similarity.decision import decide
from inedit.guard.similarity.indexed_texts import IndexedTexts
from inedit.guard.similarity.profile import Profile
from inedit.guard.similarity.words import Hashes
from inedit.ledger import Ledger
from inedit.ledger.journal.reading import Scope
from inedit.model import Piece, Status
from inedit.store import Store
from inedit.store.tables import baselines


def copies(store: Store, brand: Brand, campaign: Campaign) -> list[tuple[str, str]]:
    """Accepted pieces, each with the piece or protected text that it copies of those that were there before it.

    Each is compared as at the archive's door: less what the brand supplies and what the campaign gives its channel,
    parts included, and in the order in which the pieces came, since what texts of a brief have in common is told by
    those that a draft found there. Refused drafts tell more of that to the door, which nobody knows here.
    """
    of_languages = defaultdict[str, list[Piece]](list)
    for piece in read_pieces(store, status=Status.ACCEPTED):
        of_languages[piece.spec.language].append(piece)
    found = []
    for language, pieces in of_languages.items():
        index = _WithoutShortcuts(language, brand_texts(brand, language))
        for reference in brand.references_in(language):
            index.add(f"{PROTECTED}{reference.id}", reference.text)
        for piece in pieces:
            brief, parts = brief_of(piece.spec.campaign_id, piece.spec.channel), named(piece.parts)
            supplied = campaign_texts(brand, campaign, language, piece.spec.channel)
            copied = index.matches(piece.text, brief=brief, common=supplied, parts=parts, remember=False)
            found += [(piece.id, match.piece_id) for match in copied]
            index.add(piece.id, piece.text, brief=brief, parts=parts)
    return found


class _WithoutShortcuts(Index):
    """An index without rough bounds, whose search misses nothing that two texts alone tell to be a copy."""

    def __init__(self, language: str, common: Sequence[str]) -> None:
        super().__init__(language, common)
        self._texts = _WithAllCopies(self._supplied, language)

    def _seeming(
        self, draft: Profile, near: Sequence[int], supplied: Hashes, template: Hashes
    ) -> dict[int, Profile]:
        return dict(enumerate(self._worded(near, supplied, template)))


class _WithAllCopies(IndexedTexts):
    """Texts that are candidates, too, where the comparison of the two texts alone calls them a copy, or the one that
    has fewer passages of eight words has half of them in common with the other, whatever the search says."""

    def __init__(self, supplied: Hashes, language: str) -> None:
        super().__init__(supplied, (), lambda _: {})
        self._language = language
        self._all: list[tuple[Profile, set[int]]] = []

    def add(self, id: str, text: str, brief: str, parts: Mapping[str, str]) -> None:
        super().add(id, text, brief, parts)
        added = Profile.of(text, self._supplied)
        self._all.append((added, set(added.stretches.tolist())))

    def candidates(self, draft: Profile) -> list[int]:
        found, mine = super().candidates(draft), set(draft.stretches.tolist())
        others = [
            number for number, (text, theirs) in enumerate(self._all)
            if 0 < min(len(mine), len(theirs)) <= 2 * len(mine & theirs)
            or decide(draft, text, language=self._language, copies_only=True).copy
        ]  # fmt: skip
        return list(dict.fromkeys([*found, *self._there(others)]))


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
