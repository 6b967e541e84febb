"""What must hold of a store however it was filled, by brute force."""

from __future__ import annotations

import random
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
    found = []
    for language, pieces in _accepted(store).items():
        index = _WithoutShortcuts(language, brand)
        for piece in pieces:
            found += index.copied(piece, brand, campaign)
            index.take(piece)
    return found


def copies_in_sample(
    store: Store, brand: Brand, campaign: Campaign, *, pairs: int, drafts: int, seed: int
) -> tuple[list[tuple[str, str]], int, int]:
    """The same of so many ``pairs`` in each language, where all of them would be too many; and how many pairs were
    held against one another, and how many of these tell the same insight.

    So many accepted pieces are drawn as ``drafts``, each with its share of the pairs: others that came before it, half
    of which tell the same insight where there are so many, besides what the door's search finds for it.
    """
    found, compared, alike = list[tuple[str, str]](), 0, 0
    for language, pieces in _accepted(store).items():
        dice = random.Random(f"{seed} {language}")
        drawn = set(dice.sample(range(len(pieces)), min(drafts, len(pieces))))
        beside = -(-pairs // len(drawn))
        index, telling = _WithoutShortcuts(language, brand), defaultdict[str, list[int]](list)
        for number, piece in enumerate(pieces):
            if number in drawn:
                same = [other for insight in piece.spec.insight_ids for other in telling[insight]]
                chosen = set(dice.sample(same, min(len(same), beside // 2)))
                alike += len(chosen)
                chosen |= set(dice.sample(range(number), min(number, beside - len(chosen))))
                compared += len(chosen)
                index.texts.asked = [pieces[other].id for other in chosen]
                found += index.copied(piece, brand, campaign)
            index.take(piece)
            for insight in piece.spec.insight_ids:
                telling[insight].append(number)
    return found, compared, alike


def _accepted(store: Store) -> dict[str, list[Piece]]:
    """The accepted pieces by language, in the order in which they came."""
    of_languages = defaultdict[str, list[Piece]](list)
    for piece in read_pieces(store, status=Status.ACCEPTED):
        of_languages[piece.spec.language].append(piece)
    return of_languages


class _WithoutShortcuts(Index):
    """An index without rough bounds, whose search misses nothing that two texts alone tell to be a copy; it has the
    brand's protected texts."""

    def __init__(self, language: str, brand: Brand) -> None:
        super().__init__(language, brand_texts(brand, language))
        self._texts = self.texts = _WithCopies(self._supplied, language)
        for reference in brand.references_in(language):
            self.add(f"{PROTECTED}{reference.id}", reference.text)

    def copied(self, piece: Piece, brand: Brand, campaign: Campaign) -> list[tuple[str, str]]:
        """A piece with each text that it copies."""
        matches = self.matches(
            piece.text,
            brief=brief_of(piece.spec.campaign_id, piece.spec.channel),
            common=campaign_texts(brand, campaign, self.language, piece.spec.channel),
            parts=named(piece.parts),
            remember=False,
        )
        return [(piece.id, match.piece_id) for match in matches]

    def take(self, piece: Piece) -> None:
        """A piece is there from now on."""
        brief = brief_of(piece.spec.campaign_id, piece.spec.channel)
        self.add(piece.id, piece.text, brief=brief, parts=named(piece.parts))

    def _seeming(
        self, draft: Profile, near: Sequence[int], supplied: Hashes, template: Hashes
    ) -> dict[int, Profile]:
        return dict(enumerate(self._worded(near, supplied, template)))


class _WithCopies(IndexedTexts):
    """Texts that are candidates, too, where the comparison of the two texts alone calls them a copy, or the one that
    has fewer passages of eight words has half of them in common with the other, whatever the search says: all of them,
    or those with an id that is ``asked`` for."""

    def __init__(self, supplied: Hashes, language: str) -> None:
        super().__init__(supplied, (), lambda _: {})
        self.asked: Sequence[str] | None = None
        self._language = language
        self._said: list[str] = []
        self._all: dict[int, tuple[Profile, set[int]]] = {}

    def add(self, id: str, text: str, brief: str, parts: Mapping[str, str]) -> None:
        super().add(id, text, brief, parts)
        self._said.append(text)

    def candidates(self, draft: Profile) -> list[int]:
        found, mine = super().candidates(draft), set(draft.stretches.tolist())
        asked = (
            range(len(self._said))
            if self.asked is None
            else [number for number in map(self.number_of, self.asked) if number is not None]
        )
        others = [
            number for number in asked for text, theirs in (self._cut(number),)
            if 0 < min(len(mine), len(theirs)) <= 2 * len(mine & theirs)
            or decide(draft, text, language=self._language, copies_only=True).copy
        ]  # fmt: skip
        return list(dict.fromkeys([*found, *self._there(others)]))

    def _cut(self, number: int) -> tuple[Profile, set[int]]:
        """A text, and its passages of eight words."""
        if number not in self._all:
            text = Profile.of(self._said[number], self._supplied)
            self._all[number] = text, set(text.stretches.tolist())
        return self._all[number]


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
