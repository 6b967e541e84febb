"""Means that nobody supplied: “the tear is then sealed with a special glue”, « à l'aide d'un laser ».

A text that says how something of ours is done, or how we do it, names a tool or a material that the brand's data name
too, or what everybody has (hands, a needle, patience).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from inedit.brand.schema import Brand
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import Evidence
from inedit.guard.evidence.possessions import heads_behind, is_everybodys, is_one_of, is_told, told_by
from inedit.guard.evidence.subjects import is_ours
from inedit.guard.nlp.grammar import Clause, clauses, grammar, is_content
from inedit.guard.nlp.language_data import KNOWN, primary
from inedit.guard.nlp.patterns import occurs
from inedit.guard.nlp.possessions import Possessions, possessions
from inedit.guard.nlp.proofreading.tokens import readings
from inedit.guard.nlp.text import Word, fold
from inedit.guard.nlp.word_lists import word_list
from inedit.model import Span


def unsupplied_means(
    text: str, language: str, facts: tuple[Fact, ...], known: Evidence, brand: Brand
) -> Iterator[Span]:
    """What a text says that ours is worked with, where nothing supplied names it."""
    own, small = possessions(language), grammar(language)
    folded = fold(text)
    if own is None or not occurs(own.means, folded):
        return
    told = told_by(brand, language, facts)
    others = (small.you - small.determiners) | small.negations
    for clause in clauses(text, language):
        if clause.has(others):
            continue
        for m in own.means.finditer(folded, clause.span.start, clause.span.end):
            heads = _thing(text, clause, m.end(), language, own)
            named = (*heads, *_made_of(text, clause, heads[-1], language)) if heads else ()
            if not named or any(is_told(w, told, language) or _is_at_hand(w, own, language) for w in named):
                continue
            before = [w for w in clause.words if w.end <= m.start()]
            work = None if own.using.fullmatch(m[0]) else own.working
            if _is_done(clause, before, told, own, work, language) or _do(
                clause, before, known, work, language
            ):
                yield Span(m.start(), heads[-1].end)


def _is_at_hand(word: Word, own: Possessions, language: str) -> bool:
    """Whether whoever works has a means: a needle, patience, a stitch."""
    return is_everybodys(word, own, language) or is_one_of(word, own.stitches, language)


def _thing(text: str, clause: Clause, at: int, language: str, own: Possessions) -> list[Word]:
    """The head of what stands behind „mit“, past an article; nothing behind a possessive (“with its warp”)."""
    small = grammar(language)
    first = next((k for k, w in enumerate(clause.words) if w.start >= at), len(clause.words))
    for k, word in enumerate(clause.words[first : first + 3], first):
        if word.folded not in small.determiners | word_list(language, "articles"):
            return heads_behind(text, clause.words, k - 1, language, own) if k else []
        if word.folded not in small.indefinite | word_list(language, "articles"):
            break
    return []


def _made_of(text: str, clause: Clause, head: Word, language: str) -> list[Word]:
    """« des fibres de lin », “threads of linen”: what the thing is of, without an article."""
    behind = [w for w in clause.words if w.start >= head.end][:2]
    if (
        len(behind) < 2
        or behind[0].folded not in word_list(language, "of_material")
        or text[head.end : behind[0].start].strip()
    ):
        return []
    return behind[1:] if is_content(behind[1], language) else []


def _is_done(
    clause: Clause,
    before: Sequence[Word],
    told: frozenset[str],
    own: Possessions,
    work: re.Pattern[str] | None,
    language: str,
) -> bool:
    """“The tear is then sealed with …”: a passive of a thing that something supplied names."""
    code, others = primary(language), grammar(language).others
    for k, word in enumerate(before):
        if not own.passive.fullmatch(word.folded):
            continue
        subject = [n.word for n in clause.nouns if n.word in before[:k]]
        if subject and any(w.folded in others and w.start > subject[-1].start for w in before[:k]):
            continue  # “the cloth comes out when they can be trusted with …”
        reflexive, behind = word.folded in word_list(language, "reflexive"), before[k + 1 :]
        if reflexive and any(n.word in behind for n in clause.nouns):
            continue  # « se toma el café con el periódico »
        forms = behind[:1] if reflexive else clause.words if code == "de" else behind
        done = any(_is_work(w, "VK" if reflexive else "K", work, code) for w in forms if w != word)
        if done and any(is_told(w, told, language) for w in subject):
            return True
    return False


def _do(
    clause: Clause, before: Sequence[Word], known: Evidence, work: re.Pattern[str] | None, language: str
) -> bool:
    """“Our seamstresses close the tear with …”: one of ours does it, and what it is done to stands right before."""
    nouns = [n for n in clause.nouns if n.word in before]
    if not nouns:
        return False
    small, first, last = grammar(language), nouns[0], nouns[-1]
    ours = is_ours(clause, known, language) and any(w.folded in small.we for w in before[:-1])
    object_noun = last.word == before[-1] and last.role == "bare" and (ours or last is not first)
    pronoun = before[-1].folded in small.object_pronouns | word_list(language, "it")
    acts = ours or (first.role == "bare" and first.stem in known.things)
    does = any(_is_work(w, "V", work, primary(language)) for w in before if w.text.islower())
    return acts and does and (object_noun or pronoun)


def _is_work(word: Word, kinds: str, work: re.Pattern[str] | None, code: str) -> bool:
    """Whether a word may be a form of a verb of these kinds, and says what is done to a thing in any trade; an English
    past form may be a participle."""
    found = readings(word.text, code) if code in KNOWN else frozenset()
    verb = any(r[0] in kinds or r in ("Vd", "X", "W") for r in found)
    return verb and (work is None or work.fullmatch(word.folded) is not None)
