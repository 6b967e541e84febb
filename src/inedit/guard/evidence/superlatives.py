"""The ranks, superlatives and comparisons of a text, each with what it shares with those that say the same. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from inedit.guard.evidence.polarity import polarity
from inedit.guard.evidence.uniqueness import only_ones
from inedit.guard.nlp.grammar import grammar, is_content
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.packs import Pack, rule_pack, span_of
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import COUNT
from inedit.guard.nlp.text import fold, folded_words, plain, sentence_at, stem, words
from inedit.guard.nlp.word_lists import beginnings, word_pattern
from inedit.model import Span


class Superlative(NamedTuple):
    """A rank, superlative or comparison: by which rule, where, of what kind, and what it shares with its equals."""

    rule: str
    span: Span
    kind: str
    keys: tuple[str, ...]


PERHAPS = frozenset({"superlatives.others", "superlatives.sought"})
"""Rules whose finding may be of the neighbours or the cat, for a person to see."""
_OF_ALL = PERHAPS | {"superlatives.exclusive"}
"""Rules whose finding puts all others behind, whatever figure stands beside it (« ailleurs, 40 € de plus »)."""


def find_superlatives(text: str, language: str) -> tuple[tuple[Span, str, tuple[str, ...]], ...]:
    """``(span, kind, keys)`` of each superlative; two texts say the same one when they share a key."""
    return tuple((found.span, found.kind, found.keys) for found in superlatives_in(text, language))


@lru_cache(maxsize=4096)
def superlatives_in(text: str, language: str) -> tuple[Superlative, ...]:
    pack = rule_pack("superlatives", language)
    found = []
    for rule, match in pack.matches(text):
        span = span_of(match)
        if rule.kind == "comparative" and _of_something_else(text, span, pack):
            continue
        if _ORDINAL.search(fold(match.group())) or (span.start and text[span.start - 1] == "-"):
            continue  # „am zweiundzwanzigsten“, “her second-best cloth”
        if (
            rule.kind != "rank"
            and rule.id not in _OF_ALL
            and (_counted(text, span, language) or _are_equal(text, span, language))
        ):
            continue
        qualities = [stem(group, language) for group in match.groups() if group]
        key = rule.kind if rule.kind == "rank" else re.sub(r"\W+", " ", fold(match.group()))
        keys = tuple(f"{rule.kind}:{quality}" for quality in qualities) or (key,)
        found.append(Superlative(rule.id, span, rule.kind, keys))
    return tuple(found)


def _are_equal(text: str, span: Span, language: str) -> bool:
    """« Pas un mot plus haut que l'autre »: of two things of a kind, neither is said to surpass the other."""
    sentence, own = sentence_at(text, span.start), grammar(language)
    second = word_pattern(language, "the_other").search(fold(text), span.start, sentence.end)
    denying = own.denials | polarity()[primary(language)].negators
    if second is None or denying.isdisjoint(folded_words(text[sentence.start : second.start()])):
        return False
    following = next(iter(words(text[second.end() : sentence.end])), None)
    beside = following is not None and following.start == 1 and text[second.end()].isspace()
    return not (beside and following and is_content(following, language))


_ORDINAL = re.compile(r"(?:zwanzig|dreis+ig|vierzig|funfzig|sechzig|siebzig|achtzig|neunzig|hundert)sten?$")
"""German ordinals from twenty, which end as superlatives do."""


@lru_cache(maxsize=4096)
def exclusives(
    text: str, language: str, brand: frozenset[str], things: frozenset[str]
) -> tuple[Superlative, ...]:
    """Who or what is said to be the only one, in other forms than a pattern has."""
    by_form = tuple(found.span for found in superlatives_in(text, language))
    return tuple(
        Superlative(
            f"superlatives.{'unique' if ours else 'others'}", span, "superlative", ("superlative:only",)
        )
        for span, ours in only_ones(text, language, brand, things)
        if not span.overlaps(by_form)
    )


def _counted(text: str, span: Span, language: str) -> bool:
    """„2 Gramm mehr als vorher“: a difference in figures, which the check of figures holds to the facts."""
    if _is_far(text, span, language):
        return True
    by_so_much = word_pattern(language, "by_so_much")
    return any(
        q.dimension not in SHARES
        and (
            text[q.span.end : span.start] in (" ", "\u00a0")
            or span.start <= q.span.start < span.end
            or (span.end <= q.span.start and by_so_much.fullmatch(fold(text[span.end : q.span.start])))
        )
        for q in find_quantities(text, language)
    )


SHARES = frozenset({"times", "percent", COUNT})
"""« dos veces más resistente », „ein Fünftel weniger“: the comparison is the point, the figure only its degree."""


def _is_far(text: str, span: Span, language: str) -> bool:
    """« La plus éloignée se trouve à moins de 14 km »: how far the farthest is, which the check of figures holds to the
    facts."""
    if not any(w.folded.startswith(beginnings(language, "far")) for w in words(span.of(text))):
        return False
    sentence = sentence_at(text, span.start)
    return any(
        q.dimension == "mm" and span.end <= q.span.start < sentence.end
        for q in find_quantities(text, language)
    )


def _of_something_else(text: str, span: Span, pack: Pack) -> bool:
    """« De plus en plus doux », “softer with every wash” compare the thing with itself; nobody sells the weather."""
    sentence = sentence_at(text, span.start)
    over_time = pack.elsewhere and pack.elsewhere.search(plain(sentence.of(text)))
    of_another = pack.subjects and pack.subjects.search(plain(text[sentence.start : span.end]))
    return bool(over_time or of_another)


@lru_cache(maxsize=4096)
def keys_of(fact: str, language: str, brand: frozenset[str], things: frozenset[str]) -> tuple[str, ...]:
    """What a fact's superlatives share with those that say the same."""
    found = (*superlatives_in(fact, language), *exclusives(fact, language, brand, things))
    return tuple(dict.fromkeys(key for each in found for key in each.keys))
