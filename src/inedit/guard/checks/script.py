"""No letter of a script that the language is not written in, except in the brand's own words.

Its findings belong to the check ``language``: a model that falls into Chinese for one word has changed its language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from inedit.brand.schema import Brand
from inedit.guard.context import Context
from inedit.guard.evidence.facts import model_parts
from inedit.guard.nlp.characters import FOREIGN_LETTERS, homoglyphs
from inedit.guard.nlp.language_data import KNOWN, primary, remedy
from inedit.guard.nlp.text import excerpt
from inedit.model import Draft, Finding, Severity, Span

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
        passages = [span for span in _passages(text) if not span.overlaps(false_friends)]
        for span in passages:
            written = span.of(text)
            if any(word not in _brand_words(context.brand) for word in written.split()):
                yield _finding(language, "script", span.shifted(start), part_id, written,
                               f"“{excerpt(written)}” is written in another script ({_script(written)}).")  # fmt: skip


def _passages(text: str) -> Iterator[Span]:
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
