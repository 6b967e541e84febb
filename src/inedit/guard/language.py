"""The draft is written in the language that was asked for, every passage of it.

Two witnesses are heard: langdetect (character n-grams, seeded, among the brand's languages only) and the function
words of each language. A whole text is judged by langdetect; a passage, or a part too short for it, only when both
agree, with the rest of the text as context, since names and a few words borrowed from a neighbour mislead either one.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

from inedit.brand.schema import Brand
from inedit.guard.context import Context
from inedit.guard.facts import model_parts
from inedit.guard.text import excerpt, fold, sentences, words
from inedit.guard.tongue import KNOWN, primary, remedy, tongue
from inedit.model import Draft, Finding, Severity, Span

SEED = 0
EXPECTED_PRIOR = 0.8
"""How much a passage is believed to be in the draft's language before it is read."""

SURE = 0.95
"""Probability of another language from which langdetect's word is taken."""

ENOUGH_WORDS = 5
"""Words from which one function word more is enough for a passage; two are asked of a shorter one."""

ENOUGH_LETTERS = 40
"""Letters from which a whole text can be judged by langdetect alone."""

_LATIN_LIMIT = 0x0250
_FOREIGN_SCRIPT = 0.3


def right_language(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """The whole text is in the variant's language, and so is each passage long enough to tell."""
    language = draft.spec.language
    expected = primary(language)
    names = _brand_words(context.brand)
    candidates = _candidates(context.brand, expected)
    parts = model_parts(draft, context)
    whole = "\n".join(text for _, text, _ in parts)
    other = foreign(whole, expected, candidates, names, alone=True)
    if other:
        name = context.brand.languages[language].name if language in context.brand.languages else language
        return (
            Finding(
                "language",
                Severity.BLOCK,
                f"The text is in “{other}”; “{language}” was asked for.",
                Span(0, len(draft.text)),
                remedy=remedy(language, "language", language=name),
            ),
        )
    return tuple(
        finding
        for part_id, text, start in parts
        for finding in _passages(text, start, part_id, draft, context, candidates, names)
    )


def _passages(
    text: str,
    start: int,
    part_id: str,
    draft: Draft,
    context: Context,
    candidates: tuple[str, ...],
    names: frozenset[str],
) -> Iterable[Finding]:
    language = draft.spec.language
    shown = context.brand.languages[language].name if language in context.brand.languages else language
    for span in sentences(text):
        passage = span.of(text)
        other = foreign(passage, primary(language), candidates, names)
        if other:
            yield Finding(
                "language",
                Severity.BLOCK,
                f"“{excerpt(passage)}” is in “{other}”, in a text that is to be in “{language}”.",
                Span(span.start + start, span.end + start),
                remedy=remedy(language, "language_passage", text=excerpt(passage), language=shown),
                part=part_id,
            )


def foreign(
    text: str,
    expected: str,
    candidates: tuple[str, ...],
    names: frozenset[str] = frozenset(),
    *,
    alone: bool = False,
) -> str:
    """The other language that a passage is in, or nothing. ``alone``: there is no context that vouches for it."""
    listed = [word for word in words(text) if word.folded not in names and not word.folded.isdigit()]
    letters = [character for word in listed for character in word.text]
    if not letters:
        return ""
    strange = sum(1 for character in letters if ord(character) >= _LATIN_LIMIT)
    if expected in KNOWN and strange > _FOREIGN_SCRIPT * len(letters):
        return "another script"
    likely = most_likely(" ".join(word.text for word in listed), expected, candidates)
    if not likely or likely == expected:
        return ""
    folded = [word.folded for word in listed]
    theirs, mine = function_words(likely, expected, folded), function_words(expected, likely, folded)
    if alone and len(letters) >= ENOUGH_LETTERS:
        return likely if theirs >= mine else ""
    enough = 1 if len(listed) >= ENOUGH_WORDS or (mine == 0 and len(listed) >= 3) else 2
    return likely if theirs - mine >= enough else ""


def function_words(code: str, other: str, folded: Iterable[str]) -> int:
    """How many of the words are function words of one language and not of the other; 0 without a list of it."""
    if code not in KNOWN:
        return 0
    telling = tongue(code).stop_words - (tongue(other).stop_words if other in KNOWN else frozenset())
    return sum(1 for word in folded if word in telling)


@lru_cache(maxsize=1024)
def most_likely(text: str, expected: str, candidates: tuple[str, ...]) -> str:
    """The language that langdetect is sure of among the candidates, or nothing when it is not."""
    if expected not in available():
        return ""
    detector = _factory(candidates).create()
    detector.append(text)
    others = len(candidates) - 1
    detector.set_prior_map(
        {c: EXPECTED_PRIOR if c == expected else (1 - EXPECTED_PRIOR) / others for c in candidates}
    )
    try:
        best = detector.get_probabilities()
    except LangDetectException:  # no letter it knows
        return ""
    return str(best[0].lang) if best and best[0].prob >= SURE else ""


@lru_cache(maxsize=1)
def available() -> frozenset[str]:
    """The languages that langdetect has a profile for."""
    return frozenset(entry.name for entry in files("langdetect").joinpath("profiles").iterdir())


@lru_cache(maxsize=8)
def _factory(candidates: tuple[str, ...]) -> DetectorFactory:
    profiles = files("langdetect").joinpath("profiles")
    factory = DetectorFactory()
    factory.load_json_profile([profiles.joinpath(code).read_text(encoding="utf-8") for code in candidates])
    factory.set_seed(SEED)
    return factory


def _candidates(brand: Brand, expected: str) -> tuple[str, ...]:
    """The brand's languages, the draft's, and English, which a model falls back to."""
    codes = {primary(tag) for tag in brand.languages} | {expected, "en"}
    codes |= {"fr"} if len(codes) == 1 else set()
    return tuple(sorted(codes & available()))


@lru_cache(maxsize=8)
def _names_of(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.folded for text in texts for word in words(text) if len(word.folded) > 1)


def _brand_words(brand: Brand) -> frozenset[str]:
    """Words that belong to no language here: the brand's and its products' names, in every language."""
    identity = brand.identity
    texts = (identity.name, *(name for product in identity.products for name in product.name.values()))
    capitalised = tuple(
        " ".join(word for word in text.split() if word[:1].isupper() or text == identity.name)
        for text in texts
    )
    return _names_of(tuple(fold(text) for text in capitalised))
