"""Warnings told as what the brand does or advises: “in our workshop we iron the embroidery”, of “never iron it”. Pure.

A fact warns of something where it denies it as an instruction (« jamais sur un radiateur »), or where it says that it
does harm (“degreaser destroys the seal”). A text that names it, without a denial, a supposition or the harm, as what
is done by us or to be done by the reader, tells the warning as its opposite.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.polarity import polarity
from inedit.guard.evidence.relations.practice import is_told_of_us, may_be_practice, says_to_do
from inedit.guard.evidence.relations.shared_words import alike, shared, stated_words
from inedit.guard.evidence.relations.warned import PASSIVE, Warned, begins, warnings_of
from inedit.guard.nlp.grammar import Clause, clauses, grammar, is_content, root
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.proofreading.tokens import readings
from inedit.guard.nlp.text import Word, fold, words
from inedit.guard.nlp.turning import turning
from inedit.model import Span


def warned_of(text: str, language: str, facts: tuple[Fact, ...]) -> Iterator[tuple[Span, Fact, bool]]:
    """Passages that tell what a fact warns of as what is done or to be done; with the fact, and whether that is sure:
    where they tell the harm itself as our doing, a person has to look."""
    listed = warnings_of(facts, language)
    if not listed or not may_be_practice(text, language):
        return
    said = {w.root for w in stated_words(text, language)}
    if primary(language) == "fr":
        said.update(r for w in words(text) if w.folded.endswith("ons") for r in roots_of(w, language))
    for warned in listed:
        if len(shared(warned.means, said)) == len(set(warned.means)):
            yield from _told(text, language, warned)


def _told(text: str, language: str, warned: Warned) -> Iterator[tuple[Span, Fact, bool]]:
    listed = clauses(text, language)
    for i, clause in enumerate(listed):
        at = _named(clause, warned.means, language)
        if (
            at is None
            or warned.joined not in fold(clause.span.of(text))
            or (warned.act and _is_beside(clause, warned.means, language))
        ):
            continue
        same = [c for c in listed[max(i - 1, 0) : i + 2] if c.sentence == clause.sentence]
        if _is_kept_away(text, clause, same, language):
            continue
        near = [*listed[max(i - 1, 0) : i], clause]
        rest = {r for c in near for w in c.words for r in roots_of(w, language)}
        if not warned.act:
            rest = {r for r in rest if not any(alike(r, m) for m in warned.means)}
        if not shared(rest, warned.about):
            continue
        following = [c for c in listed if clause.sentence <= c.sentence <= clause.sentence + 1]
        if shared((r for c in following for w in c.words for r in roots_of(w, language)), warned.rather):
            continue  # “We keep hot water for tea, and cold water for the stain”
        harmful = [c for c in following if _tells_harm(c, warned, language)]
        if not harmful:
            if says_to_do(text, clause, same, warned.about, language):
                yield clause.span, warned.fact, True
        elif harmful == [clause] and is_told_of_us(clause, same, at, warned.about, language):
            yield clause.span, warned.fact, False


def roots_of(word: Word, language: str) -> frozenset[str]:
    """The root of a word of content, and that of its infinitive, which a French first person does not share."""
    if len(word.folded) < 3 or not is_content(word, language):
        return frozenset()
    found = {root(word.text, language)}
    low = word.text.lower()
    if primary(language) == "fr" and low.endswith("ons") and "I" in readings(f"{low[:-3]}er", "fr"):
        found.add(root(f"{low[:-3]}er", language))
    return frozenset(found)


def _named(clause: Clause, means: Sequence[str], language: str) -> int | None:
    """Where a clause begins to name what is warned of."""
    found = [
        next((w.start for w in clause.words if any(alike(r, m) for r in roots_of(w, language))), None)
        for m in means
    ]
    if None in found:
        return None
    return min(at for at in found if at is not None)


def _is_beside(clause: Clause, means: Sequence[str], language: str) -> bool:
    """« Nous repassons la nappe autour de la broderie »: the act is done to something else."""
    listed = [w for w in clause.words if any(alike(r, m) for r in roots_of(w, language) for m in means)]
    own = grammar(language)
    small = own.determiners - own.genitive | own.we | own.you | own.object_pronouns
    between = [w for w in clause.words if listed[0].start < w.start < listed[-1].start and w not in listed]
    passive = any(w.folded in PASSIVE for w in between)
    return not passive and not all(w.folded in small or is_content(w, language) for w in between)


def _is_kept_away(text: str, clause: Clause, same: Sequence[Clause], language: str) -> bool:
    """Whether a clause, or one beside it, denies, asks, supposes or keeps away from what it names."""
    lexicon, own, small = polarity()[primary(language)], turning(language), grammar(language)
    denying = lexicon.negators | lexicon.nothing | small.negations | small.denials
    if text[same[-1].span.end : same[-1].span.end + 3].strip(" \u00a0\u202f").startswith("?"):
        return True
    if any(c.has(denying) or any(begins(w.folded, lexicon.avoid) for w in c.words) for c in same):
        return True
    if any(is_content(w, language) and w.folded.startswith(lexicon.absence) for w in clause.words):
        return True
    if any(c.has(lexicon.supposing) and c.span.start <= clause.span.start for c in same):
        return True
    folded = fold(text)
    return own is not None and any(own.instead.search(folded, c.span.start, c.span.end) for c in same)


def _tells_harm(clause: Clause, warned: Warned, language: str) -> bool:
    harm = polarity()[primary(language)].harm
    if any(begins(w.folded, harm) for w in clause.words):
        return True
    said = {r for w in clause.words for r in roots_of(w, language)}
    return bool(shared(said, warned.harm))
