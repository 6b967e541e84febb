"""The offline coder over stored verbatims: it learns from the code book and from what people decided."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from inedit.brand.schema import Code
from inedit.encoding import Encoder
from inedit.insight_loop.coding.codings import (
    OFFLINE,
    CodedText,
    Coding,
    coded_texts,
    keep_all,
    labelled_by_people,
    read_by,
)
from inedit.insight_loop.coding.offline import CODER_VERSION, Labelled, learn
from inedit.insight_loop.field_store import verbatims
from inedit.insight_loop.verbatims import Verbatim
from inedit.store import Store

BATCH = 500
MOST_EXAMPLES = 5_000
"""What the coder learns from at most: the code book's examples, then what people decided, the newest first."""


@dataclass(frozen=True, slots=True)
class OfflineCoding:
    """What became of a run. ``by_hand`` counts verbatims that people have decided: the coder learns from them instead
    of coding them. ``unlearnt`` says which codes it does not know, and why."""

    coded: int
    given: int
    known: int
    by_hand: int
    examples: int
    unlearnt: Mapping[str, str]


def training_examples(codes: Mapping[str, Code], store: Store) -> tuple[Labelled, ...]:
    """The examples of the code book and what people decided, a text with all its codes once."""
    codes_of: dict[str, set[str]] = {}
    for code in codes.values():
        for example in code.examples:
            codes_of.setdefault(example.text, set()).update({code.id} if example.applies else ())
    decided = coded_texts(store, kind="person")
    texts = {one.id: one.text for one in verbatims(store, ids=[coded.verbatim_id for coded in decided])}
    by_people = labelled_by_people(store, texts)
    known = [Labelled(text, frozenset(found)) for text, found in codes_of.items()]
    known += [Labelled(one.text, one.codes & codes.keys()) for one in reversed(by_people)]
    return tuple(known[:MOST_EXAMPLES])


def code_offline(
    store: Store, codes: Mapping[str, Code], encoder: Encoder, found: Iterable[Verbatim], now: Callable[[], datetime],
    *, again: bool = False,
) -> OfflineCoding:  # fmt: skip
    """Code verbatims and keep what was decided, texts without a code too; those coded by the same coder from the
    same examples are passed over, unless ``again``.

    Raises :class:`~.errors.WrongInput` when there are too few examples to learn from.
    """
    examples = training_examples(codes, store)
    emotions = sorted(code.id for code in codes.values() if code.family == "emotion")
    coder = learn(encoder, examples, emotions)
    basis = _basis(encoder, examples, emotions)
    read = frozenset[str]() if again else read_by(store, OFFLINE, basis)
    by_hand = {one.verbatim_id for one in coded_texts(store, kind="person")}
    coded = given = known = passed = 0
    for batch in _batched(found):
        fresh = [one for one in batch if one.id not in read and one.id not in by_hand]
        known += sum(one.id in read for one in batch)
        passed += sum(one.id in by_hand for one in batch)
        guesses = coder.code([one.text for one in fresh])
        made = [
            CodedText(
                one.id, OFFLINE, "offline", now(),
                tuple(Coding(guess.code, guess.span, guess.confidence) for guess in some), basis,
            )
            for one, some in zip(fresh, guesses, strict=True)
        ]  # fmt: skip
        coded += keep_all(store, made)
        given += sum(len(one.codings) for one in made)
    return OfflineCoding(coded, given, known, passed, len(examples), coder.unlearnt)


def _basis(encoder: Encoder, examples: Iterable[Labelled], emotions: list[str]) -> str:
    """What an answer rests on: with another one, a text that was read is read again."""
    lines = sorted(f"{one.text}\x1f{sorted(one.codes)}" for one in examples)
    parts = [f"{CODER_VERSION}", encoder.digest, f"{emotions}", *lines]
    return hashlib.sha256("\x1e".join(parts).encode()).hexdigest()


def _batched(found: Iterable[Verbatim]) -> Iterator[list[Verbatim]]:
    rest = iter(found)
    while batch := list(islice(rest, BATCH)):
        yield batch
