"""Whether a clause tells what the brand does, or what the reader is to do. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from inedit.guard.evidence.polarity import polarity
from inedit.guard.evidence.relations.shared_words import shared
from inedit.guard.nlp.grammar import Clause, clauses, grammar, root
from inedit.guard.nlp.imperatives import spoken_to
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.possessions import possessions
from inedit.guard.nlp.proofreading.tokens import readings
from inedit.guard.nlp.text import Word, fold
from inedit.guard.nlp.word_lists import beginnings

_OBJECTS = frozenset({"us", "uns", "nos", "ci"})
"""Forms of « nous » that are no subject; „nos“ says « our » in French only."""

_SHORT = 4
"""Words of a passage that only says where: « à l'atelier »."""

_ELLIPTIC = frozenset({"es", "it"})


def may_be_practice(text: str, language: str) -> bool:
    """Whether any clause of a text may be told of us or to the reader."""
    return primary(language) in polarity() and bool(clauses(text, language))


def says_to_do(
    text: str, clause: Clause, same: Sequence[Clause], places: Collection[str], language: str
) -> bool:
    """Whether a clause says that we do something, that it is done at our place, or that the reader is to do it."""
    if _acts(clause, places, language) or _commands(text, clause, language):
        return True
    done = possessions(language)
    passive = done is not None and done.passive.search(fold(clause.span.of(text))) is not None
    return passive and _is_placed(clause, same, clause.span.end, language)


def is_told_of_us(
    clause: Clause, same: Sequence[Clause], at: int, places: Collection[str], language: str
) -> bool:
    """Whether what a clause tells is told as ours or as what happens at our place, and not as what somebody knows."""
    saying = polarity()[primary(language)].saying
    between = [w for w in clause.words if w.start < at]
    if any(w.folded in saying for w in between):
        return False
    return _acts(clause, places, language, before=at) or _is_placed(clause, same, at, language)


def _acts(clause: Clause, places: Collection[str], language: str, *, before: int | None = None) -> bool:
    """Whether we are who acts in a clause, or it is of a thing or a place of ours."""
    own, code = grammar(language), primary(language)
    listed = [w for w in clause.words if before is None or w.start < before]
    for i, word in enumerate(clause.words):
        if word.folded in own.we and word.folded not in own.determiners | _others(code):
            if before is None or word.start < before:
                return True
        elif word.folded in own.we & own.determiners and not (code == "es" and word.folded == "nos"):
            thing = next((w for w in clause.words[i + 1 : i + 3]), None)
            if thing is not None and not _is_somebody(thing, language) and _is_ours(thing, places, language):
                return True
    return code in _ELLIPTIC and any("1p" in r for w in listed for r in _verb(w, code))


def _others(code: str) -> frozenset[str]:
    return _OBJECTS - ({"nos"} if code == "fr" else set())


def _is_somebody(word: Word, language: str) -> bool:
    own = grammar(language)
    return root(word.text, language) in own.people | own.guests


def _is_ours(word: Word, places: Collection[str], language: str) -> bool:
    return bool(shared([root(word.text, language)], places)) or is_workplace(word, language)


def is_workplace(word: Word, language: str) -> bool:
    """Whether a word names where a trade is carried on: workshop, shop, house."""
    return word.folded.startswith(beginnings(language, "workplaces"))


def _verb(word: Word, code: str) -> frozenset[str]:
    return frozenset(r for r in readings(word.text, code) if r[0] == "V")


def _commands(text: str, clause: Clause, language: str) -> bool:
    """Whether a clause tells the reader to do something."""
    code, first = primary(language), clause.words[0]
    found = readings(first.text, code)
    second = clause.words[1].folded if len(clause.words) > 1 else ""
    if (
        code == "fr"
        and (found and all(r[0] in "VI" for r in found))
        and any(r[:2] in ("Vm", "I") for r in found)
    ):
        return True
    if code == "en" and "Vb" in found and second not in _ENGLISH_SUBJECTS:
        return True
    if code == "de" and second == "sie" and any(r[0] in "VI" for r in readings(first.text.lower(), code)):
        return True
    return any(clause.span.start <= a.span.start < clause.span.end for a in spoken_to(text, code))


_ENGLISH_SUBJECTS = frozenset(("is", "are", "was", "were", "has", "will", "of", "and", "or"))


def _is_placed(clause: Clause, same: Sequence[Clause], at: int, language: str) -> bool:
    """Whether a clause, or a short one before it that says no more, names the place where we work."""
    here = [w for w in clause.words if w.start < at]
    ahead = [c for c in same if c.span.start < clause.span.start and len(c.words) <= _SHORT]
    leads = grammar(language).prepositions
    for listed in (here, *(list(c.words) for c in ahead[-1:])):
        for i, word in enumerate(listed):
            led = any(w.folded in leads for w in listed[max(i - 2, 0) : i])
            if led and is_workplace(word, language):
                return True
    return False
