"""An index that rests on blocks, which the archive keeps in files, answers as one that holds all its texts."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from inedit.guard.similarity import Index
from inedit.guard.similarity.blocks import KeyTable, TextBlock, brief_key, code_digest
from inedit.guard.similarity.parts import units_of
from inedit.guard.similarity.postings import Postings, search_keys
from inedit.guard.similarity.profile import Profile
from unit.guard.similarity.test_index import WORDS

BRIEFS = ("", "bread", "cheese", "flour")
FOOTER = "Se désinscrire en un clic, écrire à la boulangerie ou passer rue des Tanneurs."
CLAIM = "Pétri à la main depuis 1962, rue des Tanneurs."


@dataclass
class _Both:
    """The same texts in an index without blocks and in one with them; a text's source is 1,000 and 7 per number."""

    plain: Index = field(default_factory=lambda: Index("fr", [CLAIM]))
    sources: dict[int, str] = field(default_factory=dict)
    asked: list[list[int]] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.resting = Index("fr", [CLAIM], read=self.read)

    def read(self, wanted: Sequence[int]) -> Mapping[int, str]:
        self.asked.append(list(wanted))
        return {source: self.sources[source] for source in wanted if source in self.sources}

    def add(self, id: str, text: str, brief: str, parts: Mapping[str, str]) -> None:
        self.waiting.append(1000 + 7 * len(self.sources))
        self.sources[self.waiting[-1]] = text
        for index in (self.plain, self.resting):
            index.add(id, text, brief=brief, parts=parts)

    def close(self, *, merged: bool) -> None:
        """What was added since becomes a block, alone or with all those before it."""
        block = self.resting.block(self.waiting, [source % 97 for source in self.waiting])
        self.waiting = []
        blocks = [*self.resting.blocks, TextBlock(**block.arrays)]
        self.resting.rest_on([TextBlock.merged(blocks)] if merged else blocks)


def _parts(number: int, dice: random.Random) -> dict[str, str]:
    said = " ".join(dice.choice(WORDS) for _ in range(dice.randint(9, 30)))
    opening = (
        "Chaque matin avant l’aube, Élise ouvre le fournil et range les paniers." if number % 5 == 1 else said
    )
    return {
        "hook": opening,
        "body": said if number % 3 else f"{said} {CLAIM}",
        "end": FOOTER if number % 4 == 2 else said[:40],
    }


def _same(both: _Both, text: str, brief: str, parts: Mapping[str, str], *, remember: bool) -> int:
    found = [
        index.matches(text, brief=brief, parts=parts, remember=remember)
        for index in (both.plain, both.resting)
    ]
    assert found[0] == found[1]
    return len(found[0])


@pytest.mark.parametrize("seed", range(2))
def test_an_index_on_blocks_answers_as_one_without(seed: int) -> None:
    """Matches with scores, spans and passages; which ids are there; what was forgotten, restored and taken in again."""
    dice, both, known, found = random.Random(seed), _Both(), [], 0
    for number in range(48):
        brief, parts = dice.choice(BRIEFS), _parts(number, dice)
        if number % 3 == 2:
            parts = {
                name: text if dice.random() < 0.6 else parts[name]
                for name, text in dice.choice(known)[1].items()
            }
        text = "\n".join(parts.values())
        found += _same(both, text, brief, parts, remember=number % 2 == 0)
        both.add(f"piece {number}", text, brief, parts)
        known.append((brief, parts))
        if number % 7 == 6:
            both.close(merged=number > 30)
            assert both.resting.added == 0
        if number % 4 == 3:
            for change in (Index.discard, Index.discard, Index.restore):
                id = f"piece {dice.randrange(number + 2)}"
                change(both.plain, id)
                change(both.resting, id)
            if (again := f"piece {dice.randrange(number)}") not in both.plain:
                both.add(again, text, brief, parts)
        assert len(both.plain) == len(both.resting)
        for other in (0, number // 2, number - 1, number, number + 1):
            assert (f"piece {other}" in both.plain) is (f"piece {other}" in both.resting)
    assert len(both.resting.blocks) == 1 + (both.resting.added == 0)
    for brief, parts in known:
        found += _same(both, "\n".join(parts.values()), brief, parts, remember=False)
    assert found > 60
    assert all(asked for asked in both.asked)


def test_the_texts_of_a_brief_come_back_newest_first_over_all_blocks() -> None:
    """Siblings are the nearest and newest; a forgotten one is none of them."""
    both = _Both()
    for number in range(9):
        parts = {"body": f"{WORDS[number]} {WORDS[number + 1]} {WORDS[number + 2]} du quartier"}
        both.add(str(number), parts["body"], BRIEFS[1 + number % 2], parts)
        if number in (3, 6):
            both.close(merged=False)
    both.resting.discard("8")
    both.resting.discard("2")
    listed = [list(both.resting._texts.newest_of(brief_key(brief))) for brief in ("bread", "cheese", "jam")]
    assert listed == [[6, 4, 0], [7, 5, 3, 1], []]
    both.resting.discard_in_blocks([5, 6])
    assert len(both.resting) == 5
    assert list(both.resting._texts.newest_of(brief_key("bread"))) == [4, 0]
    with pytest.raises(ValueError, match="already"):
        both.resting.add("4", "Le four.")


def test_what_is_not_to_be_read_any_more_keeps_nobody_away() -> None:
    """Its words are in the block, but nobody can show what was copied."""
    both = _Both()
    text = "Chaque matin avant l’aube, Élise ouvre le fournil et range les paniers près de la porte, puis elle attend."
    both.add("one", text, "bread", {"body": text})
    both.add("two", text.replace("Élise", "Marthe"), "", {})
    both.close(merged=False)
    assert [match.piece_id for match in both.resting.matches(text)] == ["one", "two"]
    assert both.asked == [[1000, 1007]]
    del both.sources[1000]
    assert [match.piece_id for match in both.resting.matches(text, parts={"body": text})] == ["two"]


def test_a_block_tells_what_was_taken_in() -> None:
    """By number, by id, by brief and by unit; of some texts at once; alone and merged."""
    dice, both, parted = random.Random(9), _Both(), []
    for number in range(13):
        parts = _parts(number, dice)
        parted.append(parts)
        both.add(f"n{(number * 5) % 13}", "\n".join(parts.values()), BRIEFS[number % 3], parts)
        if number in (4, 5, 12):
            both.close(merged=False)
    merged = TextBlock.merged(both.resting.blocks)
    assert [len(block) for block in (*both.resting.blocks, merged)] == [5, 1, 7, 13]
    profiles = [Profile.of(text, both.resting._supplied) for text in both.sources.values()]
    numbers = np.array([12, 0, 7, 7, 1], dtype=np.int64)
    units = defaultdict(list)
    for number, parts in enumerate(parted):
        for unit in units_of(parts, both.resting._supplied):
            units[unit.key].append(number)
    assert [merged.id_of(number) for number in range(13)] == [f"n{(number * 5) % 13}" for number in range(13)]
    assert [merged.numbers_of(f"n{(number * 5) % 13}") for number in range(13)] == [[n] for n in range(13)]
    assert merged.numbers_of("n14") == merged.with_unit(3) == merged.of_brief(brief_key("jam")) == []
    assert merged.of_brief(brief_key("bread")) == [1, 4, 7, 10]
    assert merged.of_brief(brief_key("")) == [0, 3, 6, 9, 12]
    assert {key: merged.with_unit(key) for key in units} == units
    assert max(map(len, units.values())) > 2
    assert all((merged.words_of(number) == profiles[number].words).all() for number in range(13))
    told = merged.words_of_each(numbers)
    assert [words.tolist() for words in told] == [profiles[number].words.tolist() for number in numbers]
    assert merged.sources.tolist() == list(both.sources)
    assert merged.marks.tolist() == [source % 97 for source in both.sources]
    assert merged.sizes.tolist() == [len(search_keys(profile)) for profile in profiles]
    assert np.array_equal(merged.sampled, np.concatenate([block.sampled for block in both.resting.blocks]))


def test_keys_lead_to_the_texts_that_have_them() -> None:
    """One table, and several as one; a key that nobody has leads nowhere."""
    first = KeyTable.of(np.array([3, 3, 8], np.uint64), np.array([0, 2, 1], np.int32))
    second = KeyTable.of(np.array([1, 8], np.uint64), np.array([0, 0], np.int32))
    merged = KeyTable.merged([(first, 0), (second, 3)])
    starts, ends = merged.find(np.array([1, 2, 3, 8, 9], np.uint64))
    assert [merged.texts[a:b].tolist() for a, b in zip(starts, ends, strict=True)] == [
        [3],
        [],
        [0, 2],
        [1, 3],
        [],
    ]
    nothing = KeyTable.of(np.empty(0, np.uint64), np.empty(0, np.int32))
    assert [found.tolist() for found in nothing.find(np.array([4, 5], np.uint64))] == [[0, 0], [0, 0]]
    sizes, sampled, table = Postings().added()
    assert [len(sizes), len(sampled), len(table.keys)] == [0, 0, 0]


def test_blocks_of_other_code_are_told_from_ours() -> None:
    """The digest is that of the code, and the same each time."""
    assert len(code_digest()) == 32
    code_digest.cache_clear()
    assert code_digest() == code_digest()
    assert brief_key("bread") == int.from_bytes(brief_key("bread").to_bytes(8))
    assert brief_key("") == 0
