"""The draft is written in the language that was asked for, every passage of it.

The evidence is the log-likelihood ratio of the text's character 1- to 3-grams under langdetect's own
profiles (naive Bayes, as in Nakatani Shuyo's language-detection), among the brand's languages only.
langdetect itself samples n-grams at random until it feels sure, which makes it overconfident on three
words; the exact sum is deterministic without a seed, and one threshold in nats serves a subject line, a
sentence and a whole text.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import cycle, pairwise

from langdetect.detector_factory import DetectorFactory

from inedit.guard.context import Context
from inedit.guard.evidence.facts import model_parts, names_in
from inedit.guard.nlp.characters import FOREIGN_LETTERS
from inedit.guard.nlp.language_data import KNOWN, language_profile, primary, remedy
from inedit.guard.nlp.text import Word, excerpt, sentences, words
from inedit.model import Draft, Finding, Severity, Span

SURE = 16.0
"""Nats by which another language must explain a passage better, when its letters alone tell."""

SURE_BY_SMALL_WORDS = 4.0
"""The same, when function words of the other language stand in the passage and none of ours does.
``bench/checks/fragments.py`` measured both."""

RUN_WORDS = 4
SURE_OF_A_RUN = 12.0
"""Words in a row, and nats, from which a sentence has changed into another language (:func:`foreign_runs`)."""

LEAST_RUN = 4
"""Words that must be left of such a run once those at its ends that are as well ours are cut off: « à la campagne » is
a loan."""

SMOOTHING = 0.5 / 10000
"""Added to every probability, as langdetect does (its alpha over its base frequency)."""

_SHORTEST = 3  # words; fewer carry no evidence of their own


def right_language(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """The whole text is in the variant's language, and so is each passage long enough to tell."""
    return tuple(_right_language(draft, context))


def _right_language(draft: Draft, context: Context) -> Iterator[Finding]:
    language = draft.spec.language
    expected = primary(language)
    known = context.brand.languages.get(language)
    shown = known.name if known else language
    names = _names(draft, context)
    candidates = _candidates(context.brand.languages, expected)
    parts = model_parts(draft, context)
    whole = [word for _, text, _ in parts for word in _telling_words(text, expected, names)]
    other = _other_language(whole, expected, candidates)
    if other:
        yield Finding(
            "language",
            Severity.BLOCK,
            f"The text is in “{other}”; “{language}” was asked for.",
            Span(0, len(draft.text)),
            remedy=remedy(language, "language", language=shown),
        )
        return
    for part_id, text, start in parts:
        for span in sentences(text):
            other = foreign(span.of(text), expected, candidates, names)
            found = ((span, other),) if other else _runs_at(span, text, expected, candidates, names)
            for place, other in found:
                passage = place.of(text)
                yield Finding(
                    "language",
                    Severity.BLOCK,
                    f"“{excerpt(passage)}” is in “{other}”, in a text that is to be in “{language}”.",
                    Span(place.start + start, place.end + start),
                    remedy=remedy(language, "language_passage", text=excerpt(passage), language=shown),
                    part=part_id,
                )


def foreign(
    text: str, expected: str, candidates: tuple[str, ...], names: frozenset[str] = frozenset()
) -> str:
    """The other language that a passage is surely in, or nothing; ``names`` (folded) belong to no
    language."""
    return _other_language(_telling_words(text, expected, names), expected, candidates)


def _telling_words(text: str, expected: str, names: frozenset[str]) -> list[Word]:
    """The words that belong to a language: no address, no name, no number."""
    for pattern in language_profile(expected).contacts.values():
        text = pattern.sub(" ", text)
    return [word for word in words(text) if word.folded not in names and not word.folded.isdigit()]


def _other_language(listed: Sequence[Word], expected: str, candidates: tuple[str, ...]) -> str:
    listed = [word for word in listed if not FOREIGN_LETTERS.search(word.text)]
    if expected not in candidates or len(listed) < _SHORTEST:
        return ""
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


def _runs_at(
    span: Span, text: str, expected: str, candidates: tuple[str, ...], names: frozenset[str]
) -> tuple[tuple[Span, str], ...]:
    found = foreign_runs(span.of(text), expected, candidates, names)
    return tuple((Span(run.start + span.start, run.end + span.start), other) for run, other in found)


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
    scores = [_scores(word, candidates) for word in listed]
    place = candidates.index(expected)
    runs: list[tuple[int, int, int]] = []  # first word, after the last word, which language
    for first in range(len(listed) - RUN_WORDS + 1):
        total = [sum(column) for column in zip(*scores[first : first + RUN_WORDS], strict=True)]
        best = max(range(len(candidates)), key=lambda at: total[at])
        run = listed[first : first + RUN_WORDS]
        if total[best] - total[place] <= SURE_OF_A_RUN or not _is_plain(sentence, run):
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
        theirs = [at for at in range(start, stop) if scores[at][best] > scores[at][place]]
        if theirs and theirs[-1] + 1 - theirs[0] >= LEAST_RUN:
            found.append((Span(listed[theirs[0]].start, listed[theirs[-1]].end), candidates[best]))
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


def log_likelihoods(listed: Iterable[Word], candidates: tuple[str, ...]) -> dict[str, float]:
    """How well each language explains the words: sums of log-probabilities of their character n-grams, in
    nats."""
    scores = [_scores(word, candidates) for word in listed]
    return dict(
        zip(candidates, map(sum, zip(*scores, strict=True)) if scores else cycle([0.0]), strict=False)
    )


def _scores(word: Word, candidates: tuple[str, ...]) -> tuple[float, ...]:
    # a word in capitals is read as an ordinary one: the profiles have seen few
    return _word_scores(word.text.lower() if word.text.isupper() else word.text, candidates)


@lru_cache(maxsize=65536)
def _word_scores(word: str, candidates: tuple[str, ...]) -> tuple[float, ...]:
    profile, padded = _profile(candidates), f" {word} "
    grams = (padded[i : i + size] for size in (1, 2, 3) for i in range(len(padded) - size + 1))
    known = [logs for gram in grams if (logs := profile.get(gram))]
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


def _candidates(tags: Iterable[str], expected: str) -> tuple[str, ...]:
    """The brand's languages, the draft's, and the two that a model falls back to or a brand of ours began
    with."""
    codes = {primary(tag) for tag in tags} | {expected, "en", "fr"}
    return tuple(sorted(codes & _available()))


def _names(draft: Draft, context: Context) -> frozenset[str]:
    """Words that belong to no language here: the brand's name, and names inside its own facts."""
    named = {word.folded for word in words(context.brand.identity.name)}
    for claim in context.brand.claims.values():
        named |= names_in(claim.text)
    for insight_id in draft.spec.insight_ids:
        if insight_id in context.brand.insights:
            named |= names_in(context.brand.insights[insight_id].text)
    for product in context.brand.identity.products:
        named |= names_in(product.name)
    return frozenset(named)
