"""Things that a text says to be ours and that nothing supplied names: “with our fabric repair kits”, « notre
boutique », „die Filandre-App“.

Honest copy says « nos » of what the brand's own texts name, or of what everybody has (hands, a kitchen, a morning).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest

from inedit.brand.caching import by_identity
from inedit.brand.schema import Brand
from inedit.guard.evidence.facts import Fact, wordings_of
from inedit.guard.evidence.index import Evidence, are_synonyms, stems_of_all
from inedit.guard.evidence.relations.shared_words import alike
from inedit.guard.nlp.function_words import root_of
from inedit.guard.nlp.grammar import is_content, root
from inedit.guard.nlp.language_data import KNOWN, primary
from inedit.guard.nlp.possessions import Possessions, possessions
from inedit.guard.nlp.proofreading.german_words import compound_head
from inedit.guard.nlp.proofreading.tokens import readings
from inedit.guard.nlp.text import Word, fold, words
from inedit.model import Span

_RUN = 5
"""Words behind “our” among which the thing stands."""


def unsupplied_possessions(
    text: str, language: str, facts: tuple[Fact, ...], known: Evidence, brand: Brand
) -> Iterator[tuple[Span, bool]]:
    """Things said to be ours that nothing supplied names: where, and whether whoever has such a thing would have said
    so."""
    own = possessions(language)
    if own is None:
        return
    listed = words(text)
    folded = fold(text)
    told: frozenset[str] | None = None
    roots = root_of(language)
    for i, word in enumerate(listed):
        if word.folded in own.ours:
            heads = heads_behind(text, listed, i, language, own)
        elif roots[word.text] in known.brand:
            heads = [w for w in _beside(text, listed, i) if is_one_of(w, own.trade, language)]
        else:
            continue
        if not heads or own.lacking.search(folded, 0, word.start):
            continue
        if told is None:
            told = told_by(brand, language, facts)
        for head in heads:
            sold = is_one_of(head, own.trade, language)
            if _is_named(head, own.everyday, own, language):
                continue
            if not sold and (head is not heads[0] or is_everybodys(head, own, language)):
                continue
            kinds = _kinds(head, own, language)
            if is_told(head, told, language) or any((own.kinds[k] - own.doubtful) & told for k in kinds):
                continue
            sure = sold and not (
                root(head.text, language) in own.doubtful
                or own.idioms.match(folded, word.start)
                or any(own.kinds[k] & told for k in kinds)
                or _is_quoted(text, word)
                or _is_told_elsewhere(kinds, language, facts, brand)
            )
            yield Span(min(word.start, head.start), max(word.end, head.end)), sure
            break


def _is_named(word: Word, roots: frozenset[str], own: Possessions, language: str) -> bool:
    """Whether a thing is one of these, and not another that is written otherwise: « notre cour », not « nos cours »."""
    return is_one_of(word, roots, language) and word.folded not in own.written


def _kinds(word: Word, own: Possessions, language: str) -> list[str]:
    """What a thing of trade is: “shop”, of a store."""
    return [kind for kind, roots in own.kinds.items() if is_one_of(word, roots, language)]


def _is_quoted(text: str, word: Word) -> bool:
    """Whether a word is in what somebody in the text says."""
    return any(
        m.start() < word.start < m.end() and len(m[0]) < len(text.strip()) - 2 and len(words(m[0])) >= _SAID
        for m in _QUOTED.finditer(text)
    )


_QUOTED = re.compile(r"«[^»]*»|“[^”“]*”|„[^“”„]*[“”]|\"[^\"\n]*\"|‘[^‘’]*’(?!\w)")

_SAID = 3
"""Words in a quotation from which it is speech, and no name."""


def _is_told_elsewhere(kinds: list[str], language: str, facts: tuple[Fact, ...], brand: Brand) -> bool:
    """Whether the thing may be told in another language: by a fact of this variant that has no other, or by a word of
    its kind anywhere in the brand's data."""
    mine = primary(language)
    if any(f.kind in _TELLING and primary(f.language) != mine for f in facts):
        return True
    others = ((tag, possessions(tag)) for tag in KNOWN if tag != mine)
    return any(
        not (own.kinds.get(kind, frozenset()) - own.doubtful).isdisjoint(_told(brand, tag))
        for tag, own in others
        if own is not None
        for kind in kinds
    )


_TELLING = frozenset({"insight", "offer", "about"})


@by_identity(maxsize=64)  # some 20 KB each, and put together in a moment
def told_by(brand: Brand, language: str, facts: tuple[Fact, ...]) -> frozenset[str]:
    """The stems of all that a brand tells in a language, anywhere in its data, and of these facts."""
    return _told(brand, language) | stems_of_all(frozenset(f for f in facts if f.language == language))


@by_identity(maxsize=64)
def _told(brand: Brand, language: str) -> frozenset[str]:
    """The stems of all that a brand says of itself, of what it sells and knows, and of its readers."""
    said = (brand.identity, brand.claims, brand.insights, brand.segments, brand.campaigns)
    return frozenset(
        _kind(word, language)
        for each in said
        for text in wordings_of(each, language)
        for word in words(text)
        if is_content(word, language)
    )


def _kind(word: Word, language: str) -> str:
    """The root of what a thing is: in German of a compound's last part."""
    code, said = primary(language), word.text
    if code == "de" and said[:1].isupper():
        said = compound_head(said) or said
    elif code == "it" and said.endswith("ai"):
        said += "o"  # « telai »
    return root(said, language)


def is_everybodys(word: Word, own: Possessions, language: str) -> bool:
    """Whether a thing is one that needs no fact: hands, a morning, patience."""
    return is_one_of(word, own.everyday, language) or own.abstract.fullmatch(word.text) is not None


def is_one_of(word: Word, roots: frozenset[str], language: str) -> bool:
    """Whether a thing is one of these, in German by what a compound ends with."""
    return _kind(word, language) in roots or root(word.text, language) in roots


def is_told(word: Word, told: frozenset[str], language: str) -> bool:
    """Whether a thing is among what is told, by this word or another of its family."""
    mine = _kind(word, language)
    if mine in told or root(word.text, language) in told:
        return True
    german, acts = primary(language) == "de", _WHO_ACTS.sub("", root(word.text, language))
    return any(
        (not german and alike(mine, other))
        or (len(acts) >= _SHORTEST and other.startswith(acts) and len(other) - len(acts) <= _ENDING)
        or are_synonyms(mine, other, language)
        for other in told
    )


_WHO_ACTS = re.compile(r"(?:erei|erin|er|eur|eus|rice?|t?or|tric)$")
"""What makes of an act who does it, or where: „Weberei“, “weaver”."""

_SHORTEST, _ENDING = 4, 2
"""Letters of an act's stem, and of what a form of it adds."""


def _beside(text: str, listed: Sequence[Word], at: int) -> list[Word]:
    """The words beside one, with no mark between."""
    return [
        w
        for w in (*listed[max(at - 1, 0) : at], *listed[at + 1 : at + 2])
        if not _parted(text, listed[at], w)
    ]


def _parted(text: str, one: Word, other: Word) -> bool:
    between = text[min(one.end, other.end) : max(one.start, other.start)]
    return bool(between.strip(" -‑\u00a0\u202f'’"))


def heads_behind(text: str, listed: Sequence[Word], at: int, language: str, own: Possessions) -> list[Word]:
    """What the thing behind “our” may be, the longest reading last."""
    run: list[Word] = []
    for before, word in zip(listed[at:], listed[at + 1 : at + 1 + _RUN], strict=False):
        if _parted(text, before, word):
            break
        run.append(word)
    code = primary(language)
    content = next(
        (
            k
            for k, w in enumerate(run)
            if not is_content(w, language) and root(w.text, language) not in own.stitches
        ),
        len(run),
    )
    nouns = run[:content]
    if code == "de":
        return [w for w in nouns if w.text[:1].isupper()][:1]
    if code == "en":
        return _english(nouns, run[content] if content < len(run) else None, own)
    for word, after in zip_longest(nouns, nouns[1:]):
        if after and _may_be(word, "A", code) and _may_be(after, "N", code):
            if root(word.text, language) in own.everyday:
                break  # « un de nos clients vit … »
            continue  # « nos petits kits »
        return [word]
    return []


def _may_be(word: Word, kind: str, code: str) -> bool:
    """Whether a word may be of a kind; one of which the dictionary says nothing may be a noun."""
    found = readings(word.text, code) if code in KNOWN else frozenset()
    return any(r[0] == kind for r in found) or (kind == "N" and found <= {"X"})


def _english(run: Sequence[Word], after: Word | None, own: Possessions) -> list[Word]:
    """“our repair kits”, “our seamstresses check”: every noun that the thing may end with, before what may be its verb;
    the first one that is no verb itself comes first."""
    heads: list[Word] = []
    for word, following in zip(run, (*run[1:], after), strict=False):
        found = _noun_or_not(word, own)
        if root(word.text, "en") in own.everyday:
            break  # “on our counter lies a screwdriver”
        if not found & {"Ns", "Np"}:
            if "A" in found or word.text[:1].isupper():
                continue
            break
        plural = "Np" in found and "Ns" not in found
        if "A" in found and following is not None and "Np" in _noun_or_not(following, own):
            continue  # “small stitches”
        if plural or following is None or following is after or _agrees(found, _readings(following)):
            heads.append(word)
    return heads


_VERBS = frozenset({"Vb", "X"})


@lru_cache(maxsize=4096)
def _read(word: str) -> frozenset[str]:
    found = readings(word, "en")
    if "Np" in found and any(readings(word[:-cut], "en") & _VERBS for cut in (1, 2)):
        return found | {"Vs"}  # “lies”
    return found or frozenset({"Ns", "Np"})


def _readings(word: Word) -> frozenset[str]:
    """What an English word may be; one that no dictionary has, a noun."""
    return _read(word.text)


def _noun_or_not(word: Word, own: Possessions) -> frozenset[str]:
    """What an English word may be; one of trade and what whoever sews works with are nouns as well."""
    stem = root(word.text, "en")
    if stem in own.stitches:
        return _readings(word) | {"Np" if word.folded.endswith("s") else "Ns"}
    return _readings(word) | ({"Ns"} if stem in own.trade else set())


def _agrees(noun: frozenset[str], verb: frozenset[str]) -> bool:
    """Whether a word may be the verb of a noun before it."""
    return bool(
        ("Ns" in noun and "Vs" in verb) or ("Vd" in verb and not verb & {"Ns", "Np"}) or verb == {"X"}
    )
