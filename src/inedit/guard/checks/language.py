"""The draft is written in the language that was asked for, every passage of it, in letters of its own script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from inedit.brand.caching import by_identity
from inedit.brand.schema import Brand
from inedit.guard.context import Context
from inedit.guard.evidence.facts import model_parts, names_in
from inedit.guard.nlp.characters import FOREIGN_LETTERS, homoglyphs
from inedit.guard.nlp.identification import (
    candidates_for,
    foreign_runs,
    other_language,
    read_passages,
    stock_phrase,
    two_words,
)
from inedit.guard.nlp.language_data import KNOWN, language_profile, primary, remedy
from inedit.guard.nlp.text import Word, excerpt, sentences, words
from inedit.model import Draft, Finding, Severity, Span

_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|„[^“”]*[“”]|\"[^\"\n]*\"")
_LINE_OF_TWO = 2
_ALL_BUT = 0.7  # the share of words in foreign passages from which the whole text is said to be foreign


def right_language(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """The whole text is in the variant's language, and so is each passage long enough to tell; what somebody is quoted
    with may be in another."""
    return tuple(_right_language(draft, context))


def _right_language(draft: Draft, context: Context) -> Iterator[Finding]:
    language = draft.spec.language
    expected = primary(language)
    known = context.brand.languages.get(language)
    shown = known.name if known else language
    names = _names(draft, context)
    candidates = candidates_for(context.brand.languages, expected)
    parts = model_parts(draft, context)
    whole = [word for _, text, _ in parts for word in _telling_words(text, expected, names)]
    unquoted = [(part_id, text, start, _unquoted(text)) for part_id, text, start in parts]
    told = (span.of(said) for *_, said in unquoted for span in sentences(said))
    read_passages((whole, *(_telling_words(each, expected, names) for each in told)), expected)
    other = other_language(whole, expected, candidates)
    passages = [
        (part_id, location.shifted(start), other)
        for part_id, text, start, said in unquoted
        for location, other in _passages_in_others(said, expected, candidates, names)
        if not _is_shown(text, location, other, expected)
    ]
    foreign = sum(len(words(location.of(draft.text))) for _, location, _ in passages)
    if other and (not passages or foreign > _ALL_BUT * len(whole)):
        yield Finding(
            "language",
            Severity.BLOCK,
            f"The text is in “{other}”; “{language}” was asked for.",
            Span(0, len(draft.text)),
            remedy=remedy(language, "language", language=shown),
        )
        return
    for part_id, location, other in passages:
        passage = location.of(draft.text)
        yield Finding(
            "language",
            Severity.BLOCK,
            f"“{excerpt(passage)}” is in “{other}”, in a text that is to be in “{language}”.",
            location,
            remedy=remedy(language, "language_passage", text=excerpt(passage), language=shown),
            part=part_id,
        )


_SHOWN_WORDS = 6
"""Words of another language that a text may show without quotation marks, where it names the language."""

_LANGUAGES = {
    "fr": {"fr": "français", "en": "anglais", "de": "allemand", "es": "espagnol", "it": "italien"},
    "en": {"fr": "French", "en": "English", "de": "German", "es": "Spanish", "it": "Italian"},
    "de": {"fr": "Französisch", "en": "Englisch", "de": "Deutsch", "es": "Spanisch", "it": "Italienisch"},
    "es": {"fr": "francés", "en": "inglés", "de": "alemán", "es": "español", "it": "italiano"},
    "it": {"fr": "francese", "en": "inglese", "de": "tedesco", "es": "spagnolo", "it": "italiano"},
}
"""What each language calls the others."""


def _is_shown(text: str, passage: Span, other: str, expected: str) -> bool:
    """« Sul ponticello, col legno : la page parle italien »: a few words whose language the text names."""
    named = _LANGUAGES.get(expected, {}).get(other)
    if named is None or len(words(passage.of(text))) > _SHOWN_WORDS:
        return False
    return re.search(rf"\b{named}", text[: passage.start] + text[passage.end :]) is not None


def _unquoted(text: str) -> str:
    """The text with blanks for what is quoted in it, if that is the lesser part."""
    blank = _QUOTED.sub(lambda match: " " * len(match.group()), text)
    return blank if 2 * len(blank.split()) > len(text.split()) else text


def _passages_in_others(
    text: str, expected: str, candidates: tuple[str, ...], names: frozenset[str]
) -> Iterator[tuple[Span, str]]:
    """Sentences, lines of one or two words, and runs of words that are in another language, with it."""
    for span in sentences(text):
        sentence = span.of(text)
        other = foreign(sentence, expected, candidates, names) or _short_line(sentence, expected, names)
        if other:
            yield span, other
            continue
        for run, other in foreign_runs(sentence, expected, candidates, names):
            yield run.shifted(span.start), other


def _short_line(sentence: str, expected: str, names: frozenset[str]) -> str:
    if expected not in KNOWN:
        return ""
    listed = _telling_words(sentence, expected, names)
    plain = len(listed) == _LINE_OF_TWO and sum(word.text[:1].isupper() for word in listed) <= 1
    return stock_phrase(sentence, expected) or (two_words(sentence.lower(), expected) if plain else "")


def foreign(
    text: str, expected: str, candidates: tuple[str, ...], names: frozenset[str] = frozenset()
) -> str:
    """The other language that a passage is surely in, or nothing; ``names`` (folded) belong to no
    language."""
    return other_language(_telling_words(text, expected, names), expected, candidates)


@lru_cache(maxsize=64)
def _telling_words(text: str, expected: str, names: frozenset[str]) -> tuple[Word, ...]:
    """The words that belong to a language: no address, no name, no number."""
    for pattern in language_profile(expected).contacts_for(text):
        text = pattern.sub(" ", text)
    return tuple([word for word in words(text) if word.folded not in names and not word.folded.isdigit()])


def _names(draft: Draft, context: Context) -> frozenset[str]:
    """Words that belong to no language here: the brand's name, and names inside its own facts."""
    insights = context.brand.insights
    supplied = (names_in(insights[i].text) for i in draft.spec.insight_ids if i in insights)
    return _usual_names(context.brand).union(*supplied)


@by_identity(maxsize=16)
def _usual_names(brand: Brand) -> frozenset[str]:
    """Those that every draft may have: of the brand, its claims and its products."""
    named = {word.folded for word in words(brand.identity.name)}
    claims = (names_in(claim.text) for claim in brand.claims.values())
    return frozenset(named).union(*claims, *(names_in(product.name) for product in brand.identity.products))


_PUNCTUATION = (
    "\u3001-\u3003\u3008-\u3011\u3014-\u301f\uff01-\uff0f\uff1a-\uff1f\uff61-\uff65\u060c\u061b\u061f"
)
_PASSAGE = re.compile(
    rf"(?:{FOREIGN_LETTERS.pattern}|[{_PUNCTUATION}])"
    rf"(?:(?:{FOREIGN_LETTERS.pattern}|[{_PUNCTUATION}\d\s,.!?'-])*(?:{FOREIGN_LETTERS.pattern}|[{_PUNCTUATION}]))?"
)
_SCIENCE = re.compile(
    r"(?<!\w)(?:[kMm]?\u03a9|\u03bc(?:[mglsFAVW]\b)?|[\u03b1-\u03b4](?=-[^\W\d_]{3})|[\u03c0\u0394](?!\w))"
)
"""Greek letters that are signs: ohms, micrometres, β-carotene, π."""


def letters_known(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """No letter of another script, and none that passes for a Latin one."""
    if primary(draft.spec.language) not in KNOWN or draft.text.isascii():
        return ()
    return tuple(_letters_known(draft, context))


def _letters_known(draft: Draft, context: Context) -> Iterator[Finding]:
    language = draft.spec.language
    for part_id, text, start in model_parts(draft, context):
        false_friends = [s for s in homoglyphs(text) if s.of(text) not in _brand_words(context.brand)]
        for span in false_friends:
            written = span.of(text)
            names = ", ".join(
                unicodedata.name(c, "?") for c in dict.fromkeys(written) if FOREIGN_LETTERS.match(c)
            )
            yield _finding(language, "homoglyph", span.shifted(start), part_id, written,
                           f"“{written}” has letters of another alphabet that look like ours ({names}).")  # fmt: skip
        passages = [span for span in _foreign_letters(text) if not span.overlaps(false_friends)]
        for span in passages:
            written = span.of(text)
            if any(word not in _brand_words(context.brand) for word in written.split()):
                yield _finding(language, "script", span.shifted(start), part_id, written,
                               f"“{excerpt(written)}” is written in another script ({_script(written)}).")  # fmt: skip


def _foreign_letters(text: str) -> Iterator[Span]:
    for match in _PASSAGE.finditer(text):
        start, end = match.span()
        sign = _SCIENCE.search(text, max(0, start - 1), end + 4)
        if sign is None or not sign.start() <= start < sign.end():
            yield Span(start, end)


def _script(written: str) -> str:
    """The script of the first letter, as Unicode calls it."""
    letter = next((c for c in written if c.isalpha()), written[0])
    name = unicodedata.name(letter, "unknown").split()[0]
    return {"CJK": "Chinese characters", "FULLWIDTH": "Chinese punctuation"}.get(name, name.capitalize())


def _finding(language: str, key: str, span: Span, part_id: str, written: str, message: str) -> Finding:
    return Finding(
        "language",
        Severity.BLOCK,
        message,
        span,
        remedy=remedy(language, key, text=excerpt(written)),
        part=part_id,
    )


def _brand_words(brand: Brand) -> frozenset[str]:
    """Words of another script that the brand itself uses in names and facts."""
    wordings = [brand.identity.name]
    wordings += [text for product in brand.identity.products for text in product.name.values()]
    wordings += [text for call in brand.identity.calls_to_action for text in call.text.values()]
    wordings += [text for claim in brand.claims.values() for text in claim.text.values()]
    wordings += [text for insight in brand.insights.values() for text in insight.text.values()]
    wordings += [text for campaign in brand.campaigns.values() for text in campaign.offer.values()]
    return _foreign_words(tuple(text for text in wordings if not text.isascii()))


@lru_cache(maxsize=16)
def _foreign_words(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        part
        for text in texts
        for word in text.split()
        if FOREIGN_LETTERS.search(word)
        for part in (word, *(match.group() for match in _PASSAGE.finditer(word)))
    )
