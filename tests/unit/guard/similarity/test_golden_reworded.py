"""What is found between a text and what was made of it by rule (:mod:`fakes.reworded`), in five languages.

``tests/golden/reworded.<language>.txt`` has for each of them the decision beside the original (alone, and with a text
of the same brief known), every signal, the upper bounds by which the search spares itself the comparison, and what the
index and the pile find; ``keys.txt`` the search keys, which the archive's files hold, and which may not change unless
those are made anew. Nobody has said that each decision is right: the files hold what is, so that a change shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest

from conftest import ROOT
from fakes.brand import LANGUAGES
from fakes.reworded import reworded
from inedit.guard.similarity import compare
from inedit.guard.similarity.attributions import attributions
from inedit.guard.similarity.dedupe import duplicates
from inedit.guard.similarity.index import Index
from inedit.guard.similarity.postings import Postings, is_sampled, search_keys
from inedit.guard.similarity.prefilter import _Batch, may_copy
from inedit.guard.similarity.profile import Profile, supplied_by
from inedit.guard.similarity.words import Hashes
from inedit.model import Match
from unit.guard.similarity.texts import TRIOS, Trio

GOLDEN = ROOT / "tests" / "golden"
FEWEST = 4
"""Words of a text from which it is held against others by its signals."""


def _made(trio: Trio) -> list[tuple[str, str]]:
    return list(reworded(trio.original, trio.same_brief))


def decisions(language: str) -> Iterator[str]:
    """Each text beside the original: alone, then with a text of the same brief known, and so on, where that is another
    decision."""
    trio = TRIOS[language]
    for how, text in _made(trio):
        yield how
        alone = _decision(text, trio.original, language)
        yield f"  {alone}"
        for name, more in (
            ("with a sibling", {"siblings": (trio.same_brief,)}),
            ("its beginning is ours", {"common": (trio.original[:90],)}),
            ("near in meaning", {"cosine": 0.93}),
        ):
            found = _decision(text, trio.original, language, **more)
            if found != alone:
                yield f"  {name}: {found}"


def _decision(text: str, original: str, language: str, **more: Any) -> str:
    found = compare(text, original, language=language, **more)
    copied = " / ".join(_short(span.of(text)) for span in found.spans_a)
    decided = f"{'copy' if found.copy else 'own'} {found.score:.4f} of {found.threshold:g} by {found.signal}"
    return f"{decided}, {found.calibration}, share {found.share:.2f}: {copied}".rstrip(": ")


def signals(language: str) -> Iterator[str]:
    """Every signal between each text and the original, with how much of it stands in the text, and the bounds."""
    trio = TRIOS[language]
    original, sibling = Profile.of(trio.original), Profile.of(trio.same_brief)
    for how, text in _made(trio):
        profile = Profile.of(text)
        if len(profile) < FEWEST:
            continue
        yield how
        seen = attributions(profile, original, [sibling])
        yield "  " + ", ".join(
            f"{one.signal} {one.value:.4f} in {len(one.spans_a)}:{sum(s.end - s.start for s in one.spans_a)}"
            for one in seen
        )
        yield f"  at most {_bounds(profile, [original.words, sibling.words])}"


def _bounds(draft: Profile, texts: Sequence[Hashes]) -> str:
    batch = _Batch.of(texts)
    shorter = np.minimum(batch.lengths, len(draft))
    beyond = batch.beyond_opening(draft, shorter, batch.runs_held(draft))
    common = beyond.common(draft)
    signals = beyond.signals(draft, common) | {"passages": beyond.passages(draft, common)}
    read = {name: np.round(values, 4).tolist() for name, values in signals.items()}
    held = f"runs {batch.runs_held(draft).tolist()}, words {batch.common(draft).agreeing.tolist()}"
    return f"{read}, {held}, opening less {beyond.lost.tolist()}".replace("'", "")


def searches(language: str) -> Iterator[str]:
    """What the index and the pile find, the texts coming one after the other."""
    trio = TRIOS[language]
    made = _made(trio)
    pile = [trio.original, trio.same_brief, *(text for _, text in made)]
    known, index, keys = Index(language, (trio.claim,)), Index(language), Postings()
    for at, text in enumerate((trio.original, trio.same_brief, trio.claim)):
        known.add(f"t{at}", text, brief="bread", parts={"hook": text[:60], "body": text[61:]})
    for at, text in enumerate(pile):
        profile = Profile.of(text)
        how = made[at - 2][0] if at > 1 else ("the original", "a text of the same brief")[at]
        yield how
        ranked = keys.candidates(search_keys(profile))
        keys.add(search_keys(profile))
        yield f"  keys lead to {' '.join(map(str, ranked[:12]))}{' …' * (len(ranked) > 12)}"
        kept = may_copy(profile, [Profile.of(other).words for other in pile[:at][-24:] or [text]], language)
        yield f"  may copy {' '.join(map(str, kept))}"
        told: dict[str, list[str]] = {}
        for brief in ("no", "bread", "cheese"):
            parts = {"hook": text[:60], "body": text[61:]}
            matches = known.matches(text, brief=brief.removeprefix("no"), parts=parts, common=(trio.claim,))
            told.setdefault(_matches(matches), []).append(brief)
        yield from (f"  of {' or '.join(briefs)} brief: {what}" for what, briefs in told.items())
        if at % 3 == 0:
            index.add(f"p{at}", text, brief=("bread", "cheese", "")[at % 9 // 3])
        elif found := index.matches(text, brief="bread", remember=at % 2 == 0):
            yield f"  among the others: {_matches(found[:2])}"
    for copied in duplicates(pile, language, (trio.claim,)):
        yield f"no. {copied.position} copies no. {copied.of}, {copied.similarity.score:.4f}"


def _matches(found: Sequence[Match]) -> str:
    return "; ".join(f"{m.piece_id} {m.signal} {m.score:.4f} {_short(m.other_text)}" for m in found) or "own"


def _short(text: str) -> str:
    text = text.replace("\n", " ")
    return text if len(text) < 24 else f"{text[:10]}…{text[-10:]}"


def keys() -> Iterator[str]:
    """How many search keys each text has, how many of them are sampled, and their sum."""
    for language in ("fr", "de"):
        trio = TRIOS[language]
        for how, text in (("original", trio.original), ("same brief", trio.same_brief), *_made(trio)):
            found = search_keys(Profile.of(text, supplied_by((trio.claim,))))
            yield f"{language} {how}: {len(found)} keys, {int(is_sampled(found).sum())} sampled, {int(found.sum()):x}"


LISTS = {"reworded": decisions, "reworded-signals": signals, "reworded-searches": searches}
OF_ALL = [(name, tag) for name in LISTS for tag in (LANGUAGES if name != "reworded-signals" else ("fr",))]
"""What the signals are does not depend on the language; one is enough for those."""


@pytest.mark.parametrize(("name", "language"), OF_ALL)
def test_what_was_made_of_a_text_is_judged_as_it_was(name: str, language: str) -> None:
    """Decisions, signals, bounds, candidates, matches and duplicates."""
    held = (GOLDEN / f"{name}.{language}.txt").read_text(encoding="utf-8").splitlines()
    assert len(held) > 60
    assert list(LISTS[name](language)) == held


def test_search_keys_are_those_of_the_archives_files() -> None:
    """The archive keeps keys in files: other ones would find nothing in them."""
    assert list(keys()) == (GOLDEN / "keys.txt").read_text(encoding="utf-8").splitlines()


if __name__ == "__main__":
    # after a change that is meant, PYTHONPATH=src:tests python THIS_FILE writes them anew
    for made, tag in OF_ALL:
        (GOLDEN / f"{made}.{tag}.txt").write_text("\n".join(LISTS[made](tag)) + "\n", encoding="utf-8")
    (GOLDEN / "keys.txt").write_text("\n".join(keys()) + "\n", encoding="utf-8")
