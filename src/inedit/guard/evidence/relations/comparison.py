"""Comparisons of a text held to what a fact compares: « le poirier coûte moins » of « pommier 28 €, poirier 32 € ».

A comparison says of one thing, by one measure, that it is more or less: than another that it names, than the only
other one of the fact, or than all of them. It counts only where its sentence speaks of the fact and names the thing in
the fact's own word; whatever else is compared is no business of this module. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import readable
from inedit.guard.evidence.relations.contrast import Contrast, Pole
from inedit.guard.evidence.relations.contrasts_in_words import PRONOUNS
from inedit.guard.evidence.relations.fact_contrasts import contrasts
from inedit.guard.evidence.relations.said_comparisons import (
    is_bare,
    is_denied,
    part_around,
    part_before,
    said_comparisons,
    than_in,
)
from inedit.guard.evidence.relations.shared_words import StatedWord, alike, shared, stated_words, within
from inedit.guard.nlp.grammar import grammar, is_joiner
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.text import fold, sentences, words
from inedit.guard.nlp.turning import turning
from inedit.model import Span

ABOUT = 2
"""Words of content that a sentence and the one before must share with a fact to compare what the fact compares."""


@dataclass(frozen=True, slots=True)
class HeldComparison:
    """A comparison that a fact bears on: where it stands, the fact, whether the fact says the same, and how it tells
    what is compared."""

    span: Span
    fact: Fact
    agrees: bool
    shown: str


def held_comparisons(text: str, language: str, facts: Sequence[Fact]) -> tuple[HeldComparison, ...]:
    """Every comparison of a text that one of the facts bears on; where several do, that of the nearest one."""
    own = turning(language)
    if own is None:
        return ()
    found: dict[Span, list[tuple[int, HeldComparison]]] = {}
    for fact in facts:
        if not readable(fact, language):
            continue
        for contrast in contrasts(fact):
            for share, one in _held(text, language, fact, contrast):
                found.setdefault(one.span, []).append((share, one))
    best = []
    for listed in found.values():
        most = max(share for share, _ in listed)
        near = [one for share, one in listed if share == most]
        best.append(next((one for one in near if one.agrees), near[0]))
    apart: list[HeldComparison] = []
    for one in sorted(best, key=lambda one: (one.span.start, -one.span.end)):
        if not one.span.overlaps([other.span for other in apart]):
            apart.append(one)
    return tuple(apart)


def _held(text: str, language: str, fact: Fact, contrast: Contrast) -> Iterator[tuple[int, HeldComparison]]:
    theirs = {w.root for w in stated_words(fact.text, fact.language)}
    measured = {
        noun for q in find_quantities(fact.text, fact.language) for noun in (q.counted, *q.nouns[:2]) if noun
    }
    listed = sentences(text)
    for i, sentence in enumerate(listed):
        around = Span(listed[i - 1].start if i else sentence.start, sentence.end)
        said = [w.root for w in within(text, around, language)]
        about = len(shared(said, theirs))
        if about < ABOUT:
            continue
        for span, sign, base in said_comparisons(text, language, sentence, contrast.measure):
            if base and not is_bare(
                text, span, sentence, measured if contrast.in_figures else theirs, language
            ):
                continue
            agrees = _agrees(text, language, sentence, span, sign, contrast)
            if agrees is not None:
                yield about, HeldComparison(span, fact, agrees, "; ".join(dict.fromkeys(_shown(contrast))))
        if contrast.in_figures and (same := _said_equal(text, language, sentence, contrast)):
            yield about, HeldComparison(same, fact, False, "; ".join(_shown(contrast)))
        if contrast.measure == "amount" and contrast.in_figures:
            yield from (
                (about, HeldComparison(span, fact, False, "; ".join(_shown(contrast))))
                for span in _clefts(text, language, sentence, contrast, theirs)
            )


def _shown(contrast: Contrast) -> list[str]:
    return [pole.shown for pole in contrast.poles]


def _agrees(
    text: str, language: str, sentence: Span, span: Span, sign: int, contrast: Contrast
) -> bool | None:
    """Whether a comparison says what a fact's figures say; None where it is not of what the fact compares."""
    part = part_around(text, span, sentence)
    than = than_in(text, language, span, part)
    end = than.start if than else part.end
    subjects = _poles(text, language, Span(part.start, end), contrast)
    objects = _poles(text, language, Span(than.end, part.end), contrast) if than else []
    if not subjects and len(objects) > 1 and primary(language) == "de":
        subjects, objects = objects[1:], objects[:1]  # « Schwerer als die Bank ist der Tisch »
    if not subjects and not objects:
        if than:
            return None
        before = part_before(text, language, part, sentence)
        subjects = _poles(text, language, before, contrast) if before else []
    if len(subjects) > 1:
        return None
    if len(objects) > 1 or subjects == objects:
        return None
    poles = contrast.poles
    if subjects and objects:
        difference = poles[subjects[0]].value - poles[objects[0]].value
    elif subjects or (objects and len(poles) == 2):
        one = subjects[0] if subjects else 1 - objects[0]
        if than and not objects and subjects and not contrast.mutual:
            return None  # than something that the fact does not name
        others = [pole.value for i, pole in enumerate(poles) if i != one]
        difference = poles[one].value - (max(others) if sign > 0 else min(others))
    else:
        return None
    return None if difference == 0 and len(poles) == 2 else difference * sign > Decimal(0)


def _poles(text: str, language: str, span: Span, contrast: Contrast) -> list[int]:
    """Which of the things compared a passage names, in its order; of a comparison in words, the second rather than the
    first, whose words both share."""
    said = within(text, span, language)
    persons = PRONOUNS.get(primary(language), frozenset())
    roots = [w.root for w in said]
    spoken = {w.folded for w in words(text) if span.start <= w.start < span.end}
    found: list[tuple[int, int]] = []
    for i, pole in enumerate(contrast.poles):
        at = [k for k, r in enumerate(roots) if any(alike(r, label) for label in pole.label)]
        person = not contrast.in_figures and not spoken.isdisjoint(set(pole.label) & persons)
        if (at and _in_order([roots[k] for k in at], pole)) or person:
            found.append((at[0] if at else len(roots), i))
    if (
        len(found) > 1
        and found[0][1] == 0
        and (not contrast.in_figures or _is_one_thing(text, language, said, found))
    ):
        del found[0]
    return [i for _, i in sorted(found)]


def _is_one_thing(
    text: str, language: str, said: Sequence[StatedWord], found: Sequence[tuple[int, int]]
) -> bool:
    """« La chambre verte » of « la chambre bleue …, la verte … »: the first one's noun beside the second one's word."""
    first, second = sorted(at for at, _ in found)[:2]
    if second - first != 1 or second >= len(said):
        return False
    between = text[said[first].start : said[second].start]
    return "," not in between and not any(is_joiner(w, language) for w in words(between))


def _in_order(roots: Sequence[str], pole: Pole) -> bool:
    """Whether words stand in a fact's order: from Larice to Forno is not from Forno to Larice."""
    label = list(dict.fromkeys(pole.label))
    places = list(dict.fromkeys(next(i for i, one in enumerate(label) if alike(r, one)) for r in roots))
    ordered = len(label) < len(pole.label)  # « Casa Larice … Casa Forno »
    return places == sorted(places) and (len(places) > 1 or not ordered)


def _said_equal(text: str, language: str, sentence: Span, contrast: Contrast) -> Span | None:
    """Where a sentence that names what is compared says that there is as much of one as of the other."""
    own = turning(language)
    if own is None:
        return None
    folded, named = fold(text), len(_poles(text, language, sentence, contrast))
    found = own.both.search(folded, sentence.start, sentence.end) if named else None
    if found is None and named == len(contrast.poles):
        found = own.equal.search(folded, sentence.start, sentence.end)
    if found is None:
        return None
    span = Span(found.start(), found.end())
    return None if is_denied(text, span, sentence, language) else span


def _clefts(text: str, language: str, sentence: Span, contrast: Contrast, theirs: set[str]) -> Iterator[Span]:
    """“It was felt pen that could still be read”, of what was less often so than another."""
    own = turning(language)
    most = max(pole.value for pole in contrast.poles)
    for m in own.cleft.finditer(fold(text), sentence.start, sentence.end) if own else ():
        named = _poles(text, language, Span(m.start(1), m.end(1)), contrast)
        part = part_around(text, Span(m.end(), m.end()), sentence)
        after = [w.root for w in within(text, Span(m.end(1), part.end), language)]
        negations = grammar(language).negations | grammar(language).denials
        denied = any(w.folded in negations and m.start() <= w.start < part.end for w in words(text))
        if len(named) == 1 and contrast.poles[named[0]].value < most and not denied and shared(after, theirs):
            yield Span(m.start(), part.end)
