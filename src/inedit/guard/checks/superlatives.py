"""Every rank, superlative and comparison of the text must be one that a supplied fact makes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import permutations
from typing import NamedTuple

from inedit.guard.context import Context
from inedit.guard.evidence.facts import Fact, model_parts, supplied_facts
from inedit.guard.evidence.index import fact_stems, known_evidence
from inedit.guard.evidence.polarity import polarity
from inedit.guard.evidence.relations.comparison import HeldComparison, held_comparisons
from inedit.guard.evidence.relations.own_contrasts import is_borne_out
from inedit.guard.evidence.relations.own_ranks import figure_behind, is_ranked_by_facts
from inedit.guard.evidence.relations.scenes import is_of_a_scene, region_in
from inedit.guard.evidence.statements import majorities
from inedit.guard.evidence.unclaimed import is_asked_and_denied, is_unclaimed
from inedit.guard.evidence.uniqueness import only_ones
from inedit.guard.nlp.arithmetic import same_measure
from inedit.guard.nlp.clock import is_noon
from inedit.guard.nlp.grammar import clauses, grammar, is_content, root
from inedit.guard.nlp.language_data import primary, remedy
from inedit.guard.nlp.packs import Pack, rule_pack, span_of, switched_off
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import COUNT, YEAR
from inedit.guard.nlp.text import fold, folded_words, plain, sentence_at, stem, words
from inedit.guard.nlp.turning import turning
from inedit.guard.nlp.word_lists import beginnings, word_pattern
from inedit.model import Draft, Finding, Severity, Span


def superlatives_are_supported(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """« N° 1 », « le plus … », « meilleur », « cheaper than » appear only where a fact says the same."""
    language = draft.spec.language
    known = known_evidence(draft, context)
    said = [
        (*part, each)
        for part in model_parts(draft, context)
        for each in (*_found(part[1], language), *_exclusives(part[1], language, known.brand, known.heads))
    ]
    return _unsupported(said, draft, context) if said else ()


def _unsupported(
    said: Sequence[tuple[str, str, int, _Found]], draft: Draft, context: Context
) -> tuple[Finding, ...]:
    """A finding for each superlative of a part that nothing supports."""
    language, known = draft.spec.language, known_evidence(draft, context)
    brand = known.brand
    allowed: dict[str, set[str]] = {}
    for fact in supplied_facts(draft, context):
        if primary(fact.language) == primary(language):
            for key in _keys_of(fact.text, language, brand, known.heads):
                allowed.setdefault(key, set()).update(fact_stems(fact))
    off = context.brand.rules_off(context.today)
    pack = rule_pack("superlatives", language)
    findings = []
    for part_id, text, start, (rule, span, kind, keys) in said:
        if switched_off(rule, off) or _is_supplied(text, span, keys, allowed, language):
            continue
        if is_unclaimed(text, span, language):
            continue
        if rule == "superlatives.unique" and _is_readers(text, span, brand, language):
            continue
        if rule in _OF_A_THING and is_of_a_scene(
            text, span, kind, pack, known_evidence(draft, context), language
        ):
            continue
        if _is_told(text, _Found(rule, span, kind, keys), draft, context):
            continue
        if kind == "comparative" and is_borne_out(text, span, language, supplied_facts(draft, context)):
            continue
        if rule in _OF_A_THING and is_ranked_by_facts(text, span, language, supplied_facts(draft, context)):
            continue
        held = held_comparisons(text, language, _tellable(draft, context))
        if any(
            one.agrees
            and one.span.overlaps((span,))
            and _is_compared_so(text, span, kind, one, brand, language)
            for one in held
        ):
            continue  # « Casa Ponte, la plus petite » of the houses whose rooms a claim counts
        written = span.of(text)
        perhaps = rule in _PERHAPS or is_asked_and_denied(text, span, language)
        findings.append(
            Finding(
                "superlatives",
                Severity.REVIEW if perhaps else Severity.BLOCK,
                f"“{written}”: a {kind} that no supplied fact supports.",
                Span(span.start + start, span.end + start),
                remedy=remedy(language, "superlative", text=written),
                part=part_id,
            )
        )
    return tuple(findings)


def _is_compared_so(
    text: str, span: Span, kind: str, held: HeldComparison, brand: frozenset[str], language: str
) -> bool:
    """Whether a superlative that a fact's figures bear out is told of ours alone, and with no figure of its measure
    but the fact's."""
    if kind != "superlative":
        return True
    sentence = sentence_at(text, span.start)
    region = region_in(text, Span(span.end, sentence.end), language)
    if region is not None and root(region, language) not in brand:
        return False
    told = figure_behind(text, span, sentence, language)
    if told is None or "," in text[span.end : told.span.start]:
        return True  # « menos agua que el algodón, y la mitad que … » is a figure of something else
    given = [q for q in find_quantities(held.fact.text, held.fact.language) if same_measure(q, told)]
    return not given or any(q.value == told.value for q in given)


@lru_cache(maxsize=4096)
def _keys_of(fact: str, language: str, brand: frozenset[str], things: frozenset[str]) -> tuple[str, ...]:
    """What a fact's superlatives share with those that say the same."""
    found = (*_found(fact, language), *_exclusives(fact, language, brand, things))
    return tuple(dict.fromkeys(key for each in found for key in each.keys))


def _tellable(draft: Draft, context: Context) -> tuple[Fact, ...]:
    return tuple(f for f in supplied_facts(draft, context) if f.kind in ("claim", "insight"))


def find_superlatives(text: str, language: str) -> tuple[tuple[Span, str, tuple[str, ...]], ...]:
    """``(span, kind, keys)`` of each superlative; two texts say the same one when they share a key."""
    return tuple((found.span, found.kind, found.keys) for found in _found(text, language))


def _is_supplied(
    text: str, span: Span, keys: tuple[str, ...], allowed: Mapping[str, set[str]], language: str
) -> bool:
    """Whether a fact says the same of what the sentence names too; one that names nothing else is taken for its own."""
    shared = set().union(*(allowed[key] for key in keys if key in allowed))
    if not shared:
        return False
    sentence = sentence_at(text, span.start)
    inside = [c for c in clauses(text, language) if sentence.start <= c.span.start < sentence.end]
    said = {root(w.text, language) for c in inside for w in c.words if not span.start <= w.start < span.end}
    rest = said & frozenset[str]().union(*(c.stems for c in inside))
    return not rest or not rest.isdisjoint(shared)


def _is_readers(text: str, span: Span, brand: frozenset[str], language: str) -> bool:
    """“It may seem that yours is the only house where …”: of what is the reader's, in a clause without us."""
    own = grammar(language)
    clause = next((c for c in clauses(text, language) if c.span.start <= span.start < c.span.end), None)
    return (
        clause is not None
        and any(w.folded in own.you for w in clause.words if w.end <= span.start)
        and not clause.has(own.we)
        and brand.isdisjoint(clause.stems)
    )


def _is_told(text: str, found: _Found, draft: Draft, context: Context) -> bool:
    """Whether an insight that was to be told makes the comparison: by the same word (« moins », “richer”), by two
    figures of one measure (412 litres in June, 388 in January), or, of what is most common, by « la plupart »."""
    rule, span, kind, _ = found
    language = draft.spec.language
    often = any(w.folded.startswith(beginnings(language, "often")) for w in words(span.of(text)))
    if kind not in ("comparative", "rank") and not often:
        return False
    supplied = [
        context.brand.insights[i].text.get(language, "")
        for i in draft.spec.insight_ids
        if i in context.brand.insights
    ]
    sentence = sentence_at(text, span.start)
    said = {root(w.text, language) for w in words(sentence.of(text)) if is_content(w, language)}
    compared = {w.folded for w in words(span.of(text)) if w.folded in grammar(language).comparing}
    if kind == "rank":  # “the first guest meant to stay one night”, as the insight tells
        first = grammar(language).first
        ranked = {root(w.text, language) for w in words(span.of(text)) if is_content(w, language)}
        return any(
            not first.isdisjoint(folded_words(insight))
            and ranked & {root(w.text, language) for w in words(insight)}
            for insight in supplied
        )
    kinds = _kinds(text, span, language)
    measured = rule != "superlatives.bare" or _is_of_a_measure(text, span, language)
    all_others = word_pattern(language, "of_others")
    against_all = all_others.search(fold(text), span.start, min(span.end + 30, sentence.end)) is not None
    for insight in supplied:
        if against_all and all_others.search(fold(insight)) is None:
            continue  # „mehr Gläser als jedes Tuch“ follows from no two amounts
        near = said & {root(w.text, language) for w in words(insight) if is_content(w, language)}
        said_so = compared & set(folded_words(insight)) or _contrasts(insight, language, kinds)
        if not measured and not _shares_quality(text, span, insight, language):
            continue  # “a tastier rind” follows from no two amounts
        if near and (any(majorities(insight, language)) if often else said_so):
            return True
    return False


def _is_of_a_measure(text: str, span: Span, language: str) -> bool:
    """Whether amounts can bear a comparison out: « moins », “sooner”, “cheaper”, not “tastier”."""
    own, folded = turning(language), fold(text)
    if own is None:
        return True
    rest = {w for w in words(span.of(text)) if is_content(w, language)}
    patterns = [p for listed in (own.more, own.less) for p in listed.values()]
    return not rest or any(p.fullmatch(folded, span.start, span.end) for p in patterns)


def _shares_quality(text: str, span: Span, insight: str, language: str) -> bool:
    """Whether an insight has a word of what a comparison says, behind « plus » where that stands before it."""
    listed = words(span.of(text))
    last = max((i for i, w in enumerate(listed) if w.folded in grammar(language).comparing), default=-1)
    said = {root(w.text, language) for w in listed[last + 1 :] if is_content(w, language)}
    return not said.isdisjoint(root(w.text, language) for w in words(insight))


def _kinds(text: str, span: Span, language: str) -> frozenset[str]:
    """What a comparison is by, where its word says so: « moins vite », “sooner” by time."""
    own, folded = turning(language), fold(text)
    if own is None:
        return frozenset()
    named = (
        (kind, p) for listed in (own.more, own.less) for kind, p in listed.items() if kind in _BY_MEASURE
    )
    return frozenset(kind for kind, p in named if p.search(folded, span.start, span.end))


_BY_MEASURE = {"time": {"minutes", "months", "time"}, "length": {"mm"}, "weight": {"g"}}
"""Measures of the comparisons that only amounts of their own kind bear out."""


def _contrasts(insight: str, language: str, kinds: frozenset[str] = frozenset()) -> bool:
    """Whether an insight gives two amounts of one measure, of that which a comparison is by where its word says so; the
    second perhaps without its unit."""
    wanted = frozenset[str]().union(*(_BY_MEASURE[kind] for kind in kinds))
    measured = [
        q
        for q in find_quantities(insight, language)
        if q.dimension not in (*_SHARES, YEAR, "date", "month")
        and not is_noon(q)
        and (not wanted or q.dimension in wanted)
    ]
    bare = [q for q in find_quantities(insight, language) if q.dimension == COUNT and not q.counted]
    return any(
        one.number != other.number and (one.dimension == other.dimension or other in bare)
        for one, other in permutations([*measured, *bare], 2)
        if one in measured
    )


_OF_A_THING = frozenset(f"superlatives.{rule}" for rule in ("relative", "comparison", "bare"))
"""Rules whose finding is said of whatever the sentence names; a rank or « sans égal » is always a boast."""


_PERHAPS = frozenset({"superlatives.others", "superlatives.sought"})
"""Rules whose finding may be of the neighbours or the cat, for a person to see."""
_OF_ALL = _PERHAPS | {"superlatives.exclusive"}
"""Rules whose finding puts all others behind, whatever figure stands beside it (« ailleurs, 40 € de plus »)."""


class _Found(NamedTuple):
    """A rank, superlative or comparison: by which rule, where, of what kind, and what it shares with its equals."""

    rule: str
    span: Span
    kind: str
    keys: tuple[str, ...]


@lru_cache(maxsize=4096)
def _found(text: str, language: str) -> tuple[_Found, ...]:
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
        found.append(_Found(rule.id, span, rule.kind, keys))
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
def _exclusives(
    text: str, language: str, brand: frozenset[str], things: frozenset[str]
) -> tuple[_Found, ...]:
    """Who or what is said to be the only one, in other forms than a pattern has."""
    by_form = tuple(found.span for found in _found(text, language))
    return tuple(
        _Found(f"superlatives.{'unique' if ours else 'others'}", span, "superlative", ("superlative:only",))
        for span, ours in only_ones(text, language, brand, things)
        if not span.overlaps(by_form)
    )


def _counted(text: str, span: Span, language: str) -> bool:
    """„2 Gramm mehr als vorher“: a difference in figures, which the check of figures holds to the facts."""
    if _is_far(text, span, language):
        return True
    by_so_much = word_pattern(language, "by_so_much")
    return any(
        q.dimension not in _SHARES
        and (
            text[q.span.end : span.start] in (" ", "\u00a0")
            or span.start <= q.span.start < span.end
            or (span.end <= q.span.start and by_so_much.fullmatch(fold(text[span.end : q.span.start])))
        )
        for q in find_quantities(text, language)
    )


_SHARES = frozenset({"times", "percent", COUNT})
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
