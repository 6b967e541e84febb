"""Whether a promise is denied by its verb: „eine lebenslange Garantie geben wir nicht“, «no te regalamos la luna».

What denies a promise is a denial of the verb that promises (“we can't guarantee”), or of one that gives what the
promise names, with nothing but small words between verb and denial. “Not only” denies nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from inedit.guard.evidence.polarity import polarity
from inedit.guard.nlp.grammar import grammar, is_content
from inedit.guard.nlp.language_data import KNOWN, primary
from inedit.guard.nlp.proofreading.tokens import readings
from inedit.guard.nlp.text import Word, fold, words
from inedit.guard.nlp.word_lists import word_pattern
from inedit.model import Span

DENIABLE = frozenset({"guarantee", "returns", "replacement", "refund", "lifetime", "free"})
"""Promises whose verb may be denied."""

_ENDS = frozenset(";:.!?()–—\n")
"""Signs past which a denial is another sentence's."""

_APART = 4
"""Words between a verb and what denies it, or between a verb of giving and what it gives, at most."""


def is_denied_by_its_verb(text: str, at: tuple[int, int], language: str) -> bool:
    """Whether the promise at ``at`` is denied by its own verb, or by that of its clause."""
    if not any(w.folded in _denials(language) for w in words(text)):
        return False
    start, end = at
    clause = _clause(text, Span(start, end))
    first = next((i for i, w in enumerate(clause) if w.start >= start), len(clause))
    last = next((i for i, w in enumerate(clause) if w.start >= end), len(clause)) - 1
    # «non si paga» promises by its own denial
    apart_of_it = _denials(language).isdisjoint(w.folded for w in clause[first : last + 1])
    for i in range(first, last + 1):
        gives = _gives_itself(clause[i], language) or _is_done(clause, i, language)
        if apart_of_it and (
            (gives and _is_denied(clause, i, text, language)) or _is_not_done(clause, i, language)
        ):
            return True
    giving = word_pattern(language, "gives")
    for i, word in enumerate(clause):
        if not giving.fullmatch(word.folded) or first <= i <= last:
            continue
        between = clause[last + 1 : i] if i > last else clause[i + 1 : first]
        apart = grammar(language).prepositions | grammar(language).exclusive | _adversatives(language)
        led = any(w.folded in apart for w in between)
        if len(between) <= _APART and not led and _is_denied(clause, i, text, language):
            return True
    return False


@lru_cache(maxsize=8)
def _denials(language: str) -> frozenset[str]:
    """What denies a verb: no determiner („keine“) and no preposition („ohne“)."""
    own = grammar(language)
    nothing = frozenset({"nichts"}) if primary(language) == "de" else frozenset[str]()
    return (own.denials | nothing) - own.determiners - own.waiving


def _adversatives(language: str) -> frozenset[str]:
    """What sets a thing that is given against one that is not (“no discount but a guarantee”)."""
    return polarity()[primary(language)].but if primary(language) in polarity() else frozenset()


def _clause(text: str, at: Span) -> Sequence[Word]:
    """The words around a place between two signs; a comma ends it unless what follows takes the noun up again (« une
    garantie à vie, nous ne la donnons pas »)."""
    listed = words(text)
    before = [w for w in listed if w.end <= at.start and _ENDS.isdisjoint(text[w.end : at.start])]
    before = [w for w in before if "," not in text[w.end : at.start]]
    after = [w for w in listed if w.start >= at.end and _ENDS.isdisjoint(text[at.end : w.start])]
    commas = [i for i, w in enumerate(after) if "," in text[at.end : w.start]]
    if commas and not _takes_up(after[commas[0] :], alone=commas[0] == 0 and len(before) <= _APART):
        after = after[: commas[0]]
    inside = [w for w in listed if at.start <= w.start < at.end]
    return [*before, *inside, *after]


def _takes_up(after: Sequence[Word], *, alone: bool) -> bool:
    return alone and any(w.folded in _PRONOUNS for w in after[:_APART])


_PRONOUNS = frozenset({"la", "le", "les", "l", "en", "lo", "li", "las", "los"})
"""French, Spanish and Italian pronouns that take a noun up again."""


def _gives_itself(word: Word, language: str) -> bool:
    """Whether a word of a promise is the verb that makes it, said by the house („garantieren“, «reembolsamos»)."""
    code = primary(language)
    found = readings(word.text.lower(), code) if code in KNOWN else frozenset[str]()
    if code == "en":
        return "Vb" in found or "G" in found or fold(word.text).endswith("ed")
    return any(r[0] == "V" and r.endswith("1p") for r in found)


def _is_done(clause: Sequence[Word], at: int, language: str) -> bool:
    """Whether a verb of a promise says what is done with a thing, by no matter whom (« ne se rembourse pas », «non si
    rimborsa», «no se reembolsa»)."""
    return at > 0 and clause[at - 1].folded == _REFLEXIVES.get(primary(language))


_REFLEXIVES = {"fr": "se", "es": "se", "it": "si"}


def _is_not_done(clause: Sequence[Word], at: int, language: str) -> bool:
    """Whether a participle of a promise stands behind a denied “is” (« n'est pas remboursé »)."""
    passive = _PASSIVES.get(primary(language), frozenset())
    before = clause[max(at - _APART, 0) : at]
    being = next((i for i in reversed(range(len(before))) if before[i].folded in passive), None)
    if being is None or any(is_content(w, language) for w in before[being + 1 :]):
        return False
    own, said = grammar(language), {w.folded for w in before}
    return not said.isdisjoint(_denials(language)) and said.isdisjoint(own.exclusive)


_PASSIVES = {
    "fr": frozenset({"est", "sont", "sera", "seront"}),
    "es": frozenset({"es", "son", "sera", "seran"}),
    "it": frozenset({"e", "sono", "sara", "saranno", "viene", "vengono", "verra", "verranno"}),
}
"""Forms of “is” before a participle, folded."""


def _is_denied(clause: Sequence[Word], at: int, text: str, language: str) -> bool:
    """Whether the verb at a place is denied, by the language's order of words."""
    code, denials = primary(language), _denials(language)
    if code in ("fr", "de"):
        after = clause[at + 1 :]
        found = next((i for i, w in enumerate(after) if w.folded in denials), None)
        if found is None or (
            found + 1 < len(after) and not _is_real(after[found : found + 2], text, language)
        ):
            return False
        at_end = code == "de" and (found + 1 == len(after) or _ends_there(after[found], text))
        return at_end or not any(is_content(w, language) for w in after[:found])
    before = clause[max(at - _APART, 0) : at]
    found = next((i for i in reversed(range(len(before))) if before[i].folded in denials), None)
    if found is None or any(is_content(w, language) for w in before[found + 1 :]):
        return False
    return _is_real([*before[found:], clause[at]][:2], text, language)


def _is_real(pair: Sequence[Word], text: str, language: str) -> bool:
    """Not « pas seulement », “not only”."""
    own = grammar(language)
    said = fold(text[pair[0].start : pair[-1].end])
    return not (own.no_negation and own.no_negation.search(said)) and pair[-1].folded not in own.exclusive


def _ends_there(word: Word, text: str) -> bool:
    return text[word.end : word.end + 1] in {",", ".", "!", ";", ":", ""}
