"""Which language a passage is in: the evidence, without a verdict on a draft.

Between the brand's languages it is the log-likelihood ratio of the text's character 1- to 3-grams under langdetect's
own profiles (naive Bayes, as in Nakatani Shuyo's language-detection). langdetect itself samples n-grams at random until
it feels sure, which makes it overconfident on three words; the exact sum is deterministic without a seed, and one
threshold in nats serves a subject line, a sentence and a whole text. All other languages (Portuguese for Spanish, Dutch
for German, Occitan for French) are told by py3langid's model of some 130, which is deterministic as well.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain, cycle, pairwise
from operator import add

from langdetect.detector_factory import DetectorFactory

from inedit.guard.nlp.characters import FOREIGN_LETTERS
from inedit.guard.nlp.language_data import KNOWN, language_profile, primary
from inedit.guard.nlp.likelihoods import likelihoods, read_ahead
from inedit.guard.nlp.per_word import PerWord
from inedit.guard.nlp.text import Word, folded_words, words
from inedit.model import Span

SURE = 16.0
"""Nats by which another language must explain a passage better, when its letters alone tell."""

SURE_BY_SMALL_WORDS = 4.0
"""The same, when function words of the other language stand in the passage and none of ours does.
``bench/checks/fragments.py`` measured both."""

SURE_OF_OUTSIDER = 16.0
"""The same for a language that is none of the candidates, by py3langid: of 2,003 honest sentences none reached 15, of
42 whole sentences in ten neighbouring languages the least had 22."""

FEW_WORDS = 5
SURE_OF_OUTSIDER_IN_FEW = 30.0
"""The same for so few words: a loan or a name weighs more among them (« Un week-end slow »)."""

SURE_OF_TWO_WORDS = 15.0
"""The same for a line of two words without a name: “Free shipping”, „Jetzt kaufen“."""

RUN_WORDS = 4
SURE_OF_A_RUN = 12.0
"""Words in a row, and nats, from which a sentence has changed into another language (:func:`foreign_runs`)."""

MINIMUM_RUN = 4
"""Words that must be left of such a run once those at its ends that are as well ours are cut off: « à la campagne » is
a loan."""

SMOOTHING = 0.5 / 10000
"""Added to every probability, as langdetect does (its alpha over its base frequency)."""

SHORTEST = 3
"""Words; fewer carry no evidence of their own, apart from :func:`two_words`."""


def other_language(listed: Sequence[Word], expected: str, candidates: tuple[str, ...]) -> str:
    """The other language that words are surely in, or nothing: one of the candidates, or any that py3langid knows."""
    said = " ".join([word.text for word in listed])
    if not said.isascii() and FOREIGN_LETTERS.search(said):
        listed = [word for word in listed if word.text.isascii() or not FOREIGN_LETTERS.search(word.text)]
    if expected not in KNOWN or len(listed) < SHORTEST:
        return ""
    candidate = _other_candidate(listed, expected, candidates) if expected in candidates else ""
    if candidate:  # one opinion alone is wrong of « Voici un e-mail »
        scores = likelihoods(" ".join([word.text for word in listed]))
        if scores[candidate] > scores[expected]:
            return candidate
    plain = _plain(listed, expected)
    if len(plain) >= SHORTEST:
        scores = likelihoods(" ".join(plain))
        best = scores.best
        least = SURE_OF_OUTSIDER if len(plain) > FEW_WORDS else SURE_OF_OUTSIDER_IN_FEW
        if scores[best] - scores[expected] > least:
            return best
    return _dialect([word.text.lower() for word in listed], expected)


def _plain(listed: Sequence[Word], expected: str) -> list[str]:
    """The words that are no names by their capital, or all if there are no others."""
    if expected != "de":
        plain = [word.text for word in listed if word.text.islower()]
        if plain:
            return plain
    return [word.text for word in listed]


def read_passages(passages: Iterable[Sequence[Word]], expected: str) -> None:
    """Read what :func:`other_language` will ask py3langid of each passage, all at once."""
    plain = [_plain(listed, expected) for listed in passages] if expected in KNOWN else []
    read_ahead([" ".join(said) for said in plain if len(said) >= SHORTEST])


def two_words(text: str, expected: str) -> str:
    """The other of our languages that a line of two words is surely in, or nothing."""
    scores = likelihoods(text)
    best = max(KNOWN, key=lambda code: scores[code])
    return best if scores[best] - scores[expected] > SURE_OF_TWO_WORDS else ""


def stock_phrase(text: str, expected: str) -> str:
    """The other of our languages that a line is a stock phrase of (“Read more”, « Cordialement »), or nothing."""
    listed = folded_words(text)
    if not listed or listed[0] not in _opens_stock_phrases():  # so for most sentences
        return ""
    said = " ".join(listed)
    found = [code for code in KNOWN if said in language_profile(code).stock_phrases]
    return found[0] if found and expected not in found else ""


@cache
def _opens_stock_phrases() -> frozenset[str]:
    """The first words of all stock phrases."""
    return frozenset(
        phrase.partition(" ")[0] for code in KNOWN for phrase in language_profile(code).stock_phrases
    )


def _dialect(lowered: Sequence[str], expected: str) -> str:
    """The neighbour without a profile (Swiss German) that two of the words belong to, and one in six, or nothing."""
    for name, listed in language_profile(expected).dialects.items():
        found = len(listed.intersection(lowered))
        if found >= _DIALECT_WORDS and found * _DIALECT_SHARE >= len(lowered):
            return name
    return ""


_DIALECT_WORDS = 2
_DIALECT_SHARE = 6


def _other_candidate(listed: Sequence[Word], expected: str, candidates: tuple[str, ...]) -> str:
    leaning = _leaning(expected, candidates)
    leant = [leaning[word.folded] for word in listed if word.folded in leaning]
    if leant and min(map(sum, zip(*leant, strict=True)), default=0) > 0:
        return ""  # so for most sentences: whichever explains them best, more of their small words are ours
    score = log_likelihoods(listed, candidates)
    best = max(candidates, key=lambda code: score[code])
    ahead = score[best] - score[expected]
    if ahead <= SURE_BY_SMALL_WORDS:
        return ""
    folded = [word.folded for word in listed]
    ours, theirs = function_words(expected, best, folded), function_words(best, expected, folded)
    if ahead > SURE:
        # a list of foreign names inside an honest sentence: its small words are still ours
        return best if ours <= theirs else ""
    return best if theirs and not ours else ""


def foreign_runs(
    sentence: str, expected: str, candidates: tuple[str, ...], names: frozenset[str] = frozenset()
) -> tuple[tuple[Span, str], ...]:
    """Passages of a sentence that change into another language and back, with that language.

    A run of :data:`RUN_WORDS` words is foreign when another language explains it better by :data:`SURE_OF_A_RUN` nats
    and has a small word in it while ours has none; one capital is allowed, two may be a name. Runs that overlap are
    one.
    """
    if expected not in candidates or expected not in KNOWN:
        return ()
    listed = [w for w in words(sentence) if w.folded not in names and not w.folded.isdigit()]
    folded = {word.folded for word in listed}
    if not any(folded & _telling(other, expected) for other in candidates if other != expected):
        return ()
    scores = _scores(listed, candidates)
    expected_index = candidates.index(expected)
    runs: list[tuple[int, int, int]] = []  # first word, after the last word, which language
    for first in range(len(listed) - RUN_WORDS + 1):
        total = [sum(column) for column in zip(*scores[first : first + RUN_WORDS], strict=True)]
        best = max(range(len(candidates)), key=lambda at: total[at])
        run = listed[first : first + RUN_WORDS]
        if total[best] - total[expected_index] <= SURE_OF_A_RUN or not _is_plain(sentence, run):
            continue
        small = [word.folded for word in run]
        other = candidates[best]
        if function_words(other, expected, small) and not function_words(expected, other, small):
            if runs and runs[-1][2] == best and first <= runs[-1][1]:
                runs[-1] = runs[-1][0], first + RUN_WORDS, best
            else:
                runs.append((first, first + RUN_WORDS, best))
    found = []
    for start, stop, best in runs:
        theirs = [at for at in range(start, stop) if scores[at][best] > scores[at][expected_index]]
        if theirs and theirs[-1] + 1 - theirs[0] >= MINIMUM_RUN:
            passage = Span(listed[theirs[0]].start, listed[theirs[-1]].end)
            opinion = likelihoods(passage.of(sentence))
            if opinion[candidates[best]] > opinion[expected]:
                found.append((passage, candidates[best]))
    return tuple(found)


def _is_plain(sentence: str, run: list[Word]) -> bool:
    """Words with spaces, commas and the like between them, at most one with a capital."""
    between = "".join(sentence[a.end : b.start] for a, b in pairwise(run))
    return not between.strip(" ,;:'’-–—()\u00a0\u202f") and sum(not w.text.islower() for w in run) <= 1


def function_words(code: str, other: str, folded: Iterable[str]) -> int:
    """How many of the words are function words of one language and not of the other; 0 without a list of
    it."""
    telling = _telling(code, other)
    return sum(1 for word in folded if word in telling)


@cache
def _telling(code: str, other: str) -> frozenset[str]:
    """The function words of one language that the other one does not have."""
    if code not in KNOWN:
        return frozenset()
    return language_profile(code).stop_words - (
        language_profile(other).stop_words if other in KNOWN else frozenset()
    )


@cache
def _leaning(expected: str, candidates: tuple[str, ...]) -> Mapping[str, tuple[int, ...]]:
    """The function words that tell a language from other candidates: for each of these, 1 for a word of the first one,
    -1 for one of the other."""
    pairs = [
        (_telling(expected, other), _telling(other, expected)) for other in candidates if other != expected
    ]
    told = frozenset[str]().union(*chain.from_iterable(pairs))
    return {word: tuple((word in ours) - (word in theirs) for ours, theirs in pairs) for word in told}


def log_likelihoods(listed: Iterable[Word], candidates: tuple[str, ...]) -> dict[str, float]:
    """How well each language explains the words: sums of log-probabilities of their character n-grams, in
    nats."""
    scores = _scores(listed, candidates)
    return dict(
        zip(candidates, map(sum, zip(*scores, strict=True)) if scores else cycle([0.0]), strict=False)
    )


def _scores(listed: Iterable[Word], candidates: tuple[str, ...]) -> list[tuple[float, ...]]:
    # a word in capitals is read as an ordinary one: the profiles have seen few
    said = [word.text.lower() if word.text.isupper() else word.text for word in listed]
    known = _scores_of(candidates)
    return [known[word] for word in said]


@lru_cache(maxsize=8)
def _scores_of(candidates: tuple[str, ...]) -> PerWord[tuple[float, ...]]:
    return PerWord(lambda word: _word_scores(word, candidates))


def _word_scores(word: str, candidates: tuple[str, ...]) -> tuple[float, ...]:
    padded = f" {word} "
    pairs = map(add, padded, padded[1:])
    grams = chain(padded, pairs, map("".join, zip(padded, padded[1:], padded[2:], strict=False)))
    known = [logs for logs in map(_profile(candidates).get, grams) if logs]
    return tuple(map(sum, zip(*known, strict=True))) if known else (0.0,) * len(candidates)


@lru_cache(maxsize=8)
def _profile(candidates: tuple[str, ...]) -> Mapping[str, tuple[float, ...]]:
    """For each n-gram, the log-probability in each candidate language."""
    profiles = files("langdetect").joinpath("profiles")
    factory = DetectorFactory()
    factory.load_json_profile([profiles.joinpath(code).read_text(encoding="utf-8") for code in candidates])
    return {
        gram: tuple(math.log(probability + SMOOTHING) for probability in probabilities)
        for gram, probabilities in factory.word_lang_prob_map.items()
        if gram.strip()
    }


@lru_cache(maxsize=1)
def _available() -> frozenset[str]:
    return frozenset(entry.name for entry in files("langdetect").joinpath("profiles").iterdir())


def candidates_for(tags: Iterable[str], expected: str) -> tuple[str, ...]:
    """The brand's languages, the draft's, and the two that a model falls back to or a brand of ours began
    with."""
    codes = {primary(tag) for tag in tags} | {expected, "en", "fr"}
    return tuple(sorted(codes & _available()))
