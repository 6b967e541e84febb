"""The form of address that the segment asks for is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from inedit.brand.caching import by_identity
from inedit.brand.schema import Brand
from inedit.guard.context import Context
from inedit.guard.evidence.facts import model_parts
from inedit.guard.nlp.commands import FAMILIAR, FORMAL, PLURAL
from inedit.guard.nlp.imperatives import spoken_to, without_reported
from inedit.guard.nlp.language_data import language_profile, primary, remedy
from inedit.guard.nlp.text import plain
from inedit.guard.nlp.verb_forms import verbs
from inedit.model import Draft, Finding, Severity, Span

CERTAINLY_KEPT = 2
"""Words in the way that was asked for, in the whole text and one of them a pronoun, from which a verb that looks like
the other way is another person's or another mood's (« Cerchi » beside « tua »), and a plural is the household's."""

KEPT_BY_VERBS = 3
"""Verbs in the way that was asked for, from which one that a third person has as well tells of somebody («aspetta la
rugiada»)."""

DISTANT, REGIONAL = "distant", "regional"
"""The reader in the third person or in the words of another age; and as in another region."""

_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|„[^“”]*[“”]|\"[^\"\n]*\"|‚[^‘’]*[‘’]")
_APOSTROPHES = tuple(zip("’‘ʼ\u00a0\u202f", "'''  ", strict=True))


def address_kept(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """The reader is addressed as the segment asks, without one as the language does (tu / vous, du / Sie, tú / usted,
    tu / Lei); quotations aside. A word that may as well speak of somebody else is for a person to judge."""
    language, segment = draft.spec.language, draft.spec.segment
    brand = context.brand
    if language not in brand.languages:
        return ()
    known = segment in brand.segments
    wanted = brand.formality(segment, language) if known else brand.languages[language].formality
    findings = []
    ours, theirs = (FORMAL, {FAMILIAR, PLURAL}) if wanted == "formal" else (FAMILIAR, {FORMAL, PLURAL})
    read = [
        (*part, [] if _is_label(part[1]) else list(_marks(part[1], language)))
        for part in model_parts(draft, context)
    ]
    right = [mark for *_, marks in read for mark in marks if mark.way == ours]
    kept = len(right) if any(mark.sure and not mark.by_form for mark in right) else 0
    by_verbs = sum(mark.sure for mark in right) >= KEPT_BY_VERBS
    strange = {DISTANT} if _is_spoken_here(brand, language) else {DISTANT, REGIONAL}
    for part_id, text, start, marks in read:
        apart = sorted(mark.span for mark in marks if mark.way in strange)
        if apart:
            message, key = "“{}”: nobody is spoken to so here.", "distant"
            findings.append(_finding(message, apart, key, text, start, part_id, language))
        spoken = {mark.way for mark in marks if mark.sure}
        wrong = sorted(
            (mark.span, mark.sure)
            for mark in marks
            if mark.way in theirs
            and not (mark.by_form and kept >= CERTAINLY_KEPT)
            and not (by_verbs and mark.by_form and _may_narrate(mark.span.of(text), language))
        )
        surely = [span for span, sure in wrong if sure]
        if not surely and ours in spoken:
            continue  # the text is addressed as it should be: what may be a third person is one
        spans = surely or [span for span, _ in wrong]
        if spans:
            message = f"“{{}}”: these readers are addressed in the {wanted} way."
            found = _finding(message, spans, wanted, text, start, part_id, language)
            findings.append(found if surely else replace(found, severity=Severity.REVIEW))
    return tuple(findings)


def _finding(
    message: str, spans: Sequence[Span], key: str, text: str, start: int, part_id: str, language: str
) -> Finding:
    """One finding for all words of a part that speak in one way; ``message`` has a place for them."""
    written = ", ".join(dict.fromkeys(span.of(text).strip() for span in spans))
    return Finding(
        "address",
        Severity.BLOCK,
        message.format(written),
        spans[0].shifted(start),
        remedy=remedy(language, key, text=written),
        part=part_id,
    )


@by_identity(maxsize=64)
def _is_spoken_here(brand: Brand, language: str) -> bool:
    """Whether what only some regions say ("vos") is said where the language tag points, or by the brand itself."""
    profile = language_profile(language)
    if not profile.regions or not profile.regions.isdisjoint(language.upper().split("-")[1:]):
        return True
    own = [claim.text for claim in brand.claims.values()]
    own += [insight.text for insight in brand.insights.values()]
    own += [call.text for call in brand.identity.calls_to_action]
    return any(
        way == "regional" and pattern.search(said)
        for said in (plain(texts.get(language, "")) for texts in own)
        for pattern, way in profile.address.possible(said)
    )


def _may_narrate(word: str, language: str) -> bool:
    """Whether a verb has the same form in the third person of a narration."""
    code = primary(language)
    return code in ("es", "it") and "third" in verbs(code).of(word.strip().lower())


def _is_label(text: str) -> bool:
    """Whether a part is one word in small letters, such as the path of an advertisement: it speaks to nobody."""
    return text.islower() and len(text.split()) == 1


_OF_A_NAME = re.compile(r"(?:La|Le) [A-Z]")
"""An article that begins a place's name (« nel porto di La Rochelle »)."""


class _Mark(NamedTuple):
    """A word that speaks to the reader: where, in which way, whether surely, and whether its form alone says so."""

    span: Span
    way: str
    sure: bool
    by_form: bool = False


_SHOWN = {
    "informal": (FAMILIAR, True),
    "formal": (FORMAL, True),
    "maybe_formal": (FORMAL, False),
    "plural": (PLURAL, True),
    "distant": (DISTANT, True),
    "regional": (REGIONAL, True),
}
"""The way that a kind of pattern shows, and whether surely."""


def _blank(match: re.Match[str]) -> str:
    return "~" * len(match.group())


def _marks(text: str, language: str) -> Iterator[_Mark]:
    """Every word that speaks to the reader."""
    data = language_profile(language)
    quiet = text
    for written, read in () if text.isascii() else _APOSTROPHES:  # a fifth of the time of str.translate
        quiet = quiet.replace(written, read)
    quiet = without_reported(_QUOTED.sub(_blank, quiet), _blank)
    for aside in data.asides:
        quiet = aside.sub(_blank, quiet)
    said = plain(quiet)
    others = data.third_persons is not None and data.third_persons.search(said) is not None
    for pattern, shown in data.address.possible(said):
        way, sure = _SHOWN[shown]
        for match in pattern.finditer(said) if sure or not others else ():
            # « plié en deux » is no « plie », « tè » no « te », « œuvre » no « ouvre »
            if (
                match.end() > match.start()
                and text[match.end() - 1] not in "éè"
                and text[match.start()] not in "œŒ"
                and not _OF_A_NAME.match(text, match.start())
            ):
                yield _Mark(Span(*match.span()), way, sure, by_form=way == PLURAL)
    for span, way, sure, certain in spoken_to(quiet, primary(language)):
        yield _Mark(span, way, sure, by_form=not certain)
