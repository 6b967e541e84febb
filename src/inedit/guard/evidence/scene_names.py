"""First names that act in a scene: « Il pleut, et Nadia cherche ses gants ». Pure.

A name that vouches for the offer (a customer's praise, an expert, whoever makes or answers) is for a person to see; one
whose sentence has nothing of the offer, of the house or of the reader promises nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from inedit.guard.evidence.index import Evidence
from inedit.guard.nlp.function_words import function_words
from inedit.guard.nlp.grammar import Clause, clauses, grammar, root
from inedit.guard.nlp.language_data import KNOWN, primary
from inedit.guard.nlp.packs import rule_pack
from inedit.guard.nlp.proofreading.tokens import readings
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.text import Word, plain, sentence_at, words
from inedit.guard.nlp.word_lists import beginnings
from inedit.model import Span

_QUOTED = re.compile(r"«[^»\n]*»|“[^”“\n]*”|„[^“”„\n]*[“”]|\"[^\"\n]*\"")
_BEFORE = 3
"""Characters between a quotation and the words that say whose it is."""

_THEIRS = re.compile(r"ihr(?:e[mnrs]?)?|ihnen|sie|su[oae]|suoi")
"""Words that are the reader's with a capital only."""

_FEW_WORDS = 3
"""Words of a quotation that is no question and says nothing all the same (« Just ride »)."""


_CALLED = frozenset((
    "mum", "mam", "mummy", "dad", "daddy", "grandma", "grandpa", "granny", "nan", "auntie", "madam",
    "monsieur", "madame", "mademoiselle", "messieurs", "mesdames", "maman", "papa", "mamie", "papi", "mama",
    "opa", "oma", "abuela", "abuelo", "senora", "senor", "mamma", "babbo", "nonna", "nonno", "signora",
    "signor",
))  # fmt: skip
"""What somebody is called who is not named, in any language: “ring Mum”, « Monsieur a le journal »."""


def acts_in_a_scene(text: str, clause: Clause, word: Word, known: Evidence, language: str) -> bool:
    """Whether the name is one person's first name, does something in its clause, and its sentence says nothing that the
    name could vouch for."""
    if word.folded in _CALLED:
        return True
    if not _is_first_name(text, clause, word, language) or not _acts(clause, word, language):
        return False
    if _does_it_to_them(clause, word, language):
        return False
    sentence = sentence_at(text, word.start)
    quoted = [m for m in _QUOTED.finditer(text) if _is_beside(Span(*m.span()), sentence)]
    if not all(_says_nothing(m.group()[1:-1].strip(), language) for m in quoted):
        return False
    around = Span(min([sentence.start, *(m.start() for m in quoted)]), sentence.end)
    return _is_nobodys_offer(text, around, known, language)


def _is_first_name(text: str, clause: Clause, word: Word, language: str) -> bool:
    """Whether the name stands alone: behind no preposition, article or title, and before no surname or genitive."""
    i = clause.words.index(word)
    before = clause.words[i - 1] if i else None
    after = clause.words[i + 1] if i + 1 < len(clause.words) else None
    own = grammar(language)
    if before and (before.folded in own.prepositions | own.determiners or _is_capital(before, language)):
        return False
    if text[word.end : word.end + 2] in ("'s", "’s") or text[word.end : word.end + 1] == "-":
        return False
    return after is None or not (after.text[:1].isupper() and text[word.end : after.start].isspace())


def _is_capital(word: Word, language: str) -> bool:
    """Whether the word before may be a title or a first name: « Madame », “Sir”, not the first word of a sentence."""
    return (
        word.text[:1].isupper()
        and word.folded not in function_words(language)
        and not _may_act(word, language)
    )


def _acts(clause: Clause, word: Word, language: str) -> bool:
    """Whether a verb stands beside the name (« Nadia cherche », « demande Zoé »), or its object («Dario il suo»)."""
    i = clause.words.index(word)
    beside = clause.words[i + 1 : i + 2] + clause.words[max(i - 1, 0) : i]
    behind = clause.words[i + 1 : i + 2]
    led = i == 0 and bool(behind) and behind[0].folded in grammar(language).determiners
    return led or any(_may_act(each, language) for each in beside)


def _does_it_to_them(clause: Clause, word: Word, language: str) -> bool:
    """Whether what is done is done to what was named before: « Émilien les emballe », “Emil wraps them”."""
    behind = clause.words[clause.words.index(word) + 1 :][:3]
    if (
        len(behind) > 1
        and behind[0].folded in grammar(language).object_pronouns
        and _may_act(behind[1], language)
    ):
        return True
    return any(w.folded in _THEM for w in behind[1:])


_THEM = frozenset(["it", "them", "these", "those", "sie", "es", "ihn"])
"""Pronouns that stand behind the verb."""


@lru_cache(maxsize=4096)
def _may_act_as(written: str, language: str) -> bool:
    return any(reading[0] in "VX" for reading in readings(written, language))


def _may_act(word: Word, language: str) -> bool:
    code = primary(language)
    return (
        code in KNOWN and word.folded not in function_words(language) and _may_act_as(word.text.lower(), code)
    )


def _is_beside(quotation: Span, sentence: Span) -> bool:
    """Whether a quotation stands in a sentence or right before it."""
    return sentence.start - _BEFORE <= quotation.end and quotation.start < sentence.end


def _says_nothing(quotation: str, language: str) -> bool:
    """Whether what somebody says praises nothing: a question, or few words without an adjective, a pronoun or a noun
    that something is called by."""
    said = words(quotation)
    if any(w.folded.startswith(beginnings(language, "vouching")) for w in said):
        return False
    if quotation.endswith("?"):
        return True
    small = grammar(language)
    return len(said) <= _FEW_WORDS and not any(
        w.folded in small.object_pronouns | small.demonstratives or not _is_plain(w.text.lower())
        for w in said
    )


@lru_cache(maxsize=1024)
def _is_plain(written: str) -> bool:
    """Whether a word of any language is a small one, or a verb's form and no adjective."""
    found = frozenset[str]().union(*(readings(written, code) for code in KNOWN))
    if any(written in function_words(code) for code in KNOWN):
        return True
    return any(r[0] == "V" for r in found) and not any(r[0] == "A" for r in found)


def _is_nobodys_offer(text: str, around: Span, known: Evidence, language: str) -> bool:
    """Whether a passage names neither the reader, the house, its things, what anybody sells, a figure, nor praise."""
    own, said = grammar(language), words(around.of(text))
    if any(w.folded in own.we or w.folded.startswith(beginnings(language, "vouching")) for w in said):
        return False
    offered = rule_pack("superlatives", language).offered
    if offered is not None and offered.search(plain(around.of(text))):
        return False
    inside = [c for c in clauses(text, language) if around.start <= c.span.start < around.end]
    if any(not known.brand.isdisjoint(c.stems) or not known.heads.isdisjoint(c.stems) for c in inside):
        return False
    outside = words(_QUOTED.sub(lambda m: " " * len(m.group()), around.of(text)))
    if any(w.folded in own.you and not _THEIRS.fullmatch(w.text) for w in outside):
        return False
    if any(w.folded.startswith(own.making) for w in said):
        return False
    roots = {root(w.text, language) for w in said}
    products = frozenset[str]().union(*known.products.values()) if known.products else frozenset[str]()
    figures = (q for q in find_quantities(text, language) if around.start <= q.span.start < around.end)
    return roots.isdisjoint(products) and next(figures, None) is None
