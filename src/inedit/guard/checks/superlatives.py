"""Every rank, superlative and comparison of the text must be one that a supplied fact makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from inedit.guard.context import Context
from inedit.guard.evidence.facts import Fact, model_parts, supplied_facts
from inedit.guard.evidence.index import fact_stems, known_evidence
from inedit.guard.evidence.relations.comparison import HeldComparison, held_comparisons
from inedit.guard.evidence.relations.own_contrasts import is_borne_out
from inedit.guard.evidence.relations.own_ranks import figure_behind, is_ranked_by_facts, tells_our_figure
from inedit.guard.evidence.relations.scenes import is_of_a_scene, region_in
from inedit.guard.evidence.superlatives import PERHAPS, Superlative, exclusives, keys_of, superlatives_in
from inedit.guard.evidence.told_comparisons import is_told
from inedit.guard.evidence.unclaimed import is_asked_and_denied, is_unclaimed
from inedit.guard.nlp.arithmetic import same_measure
from inedit.guard.nlp.grammar import clauses, grammar, root
from inedit.guard.nlp.language_data import primary, remedy
from inedit.guard.nlp.packs import rule_pack, switched_off
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.text import sentence_at
from inedit.model import Draft, Finding, Severity, Span


def superlatives_are_supported(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """« N° 1 », « le plus … », « meilleur », « cheaper than » appear only where a fact says the same."""
    language = draft.spec.language
    known = known_evidence(draft, context)
    said = [
        (*part, each)
        for part in model_parts(draft, context)
        for each in (
            *superlatives_in(part[1], language),
            *exclusives(part[1], language, known.brand, known.heads),
        )
    ]
    return _unsupported(said, draft, context) if said else ()


def _unsupported(
    said: Sequence[tuple[str, str, int, Superlative]], draft: Draft, context: Context
) -> tuple[Finding, ...]:
    """A finding for each superlative of a part that nothing supports."""
    language, known = draft.spec.language, known_evidence(draft, context)
    brand = known.brand
    allowed: dict[str, set[str]] = {}
    for fact in supplied_facts(draft, context):
        if primary(fact.language) == primary(language):
            for key in keys_of(fact.text, language, brand, known.heads):
                allowed.setdefault(key, set()).update(fact_stems(fact))
    off = context.brand.rules_off(context.today)
    pack = rule_pack("superlatives", language)
    findings = []
    for part_id, text, start, (rule, span, kind, keys) in said:
        if switched_off(rule, off) or _is_supplied(text, span, keys, allowed, language):
            continue
        if is_unclaimed(text, span, language) or (
            rule == "superlatives.unique" and _is_readers(text, span, brand, language)
        ):
            continue
        if (
            rule in _OF_A_THING
            and is_of_a_scene(text, span, kind, pack, known, language)
            and not tells_our_figure(text, span, language, _tellable(draft, context))
        ):
            continue
        if is_told(text, Superlative(rule, span, kind, keys), draft, context):
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
        perhaps = rule in PERHAPS or is_asked_and_denied(text, span, language)
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


def _tellable(draft: Draft, context: Context) -> tuple[Fact, ...]:
    return tuple(f for f in supplied_facts(draft, context) if f.kind in ("claim", "insight"))


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


_OF_A_THING = frozenset(f"superlatives.{rule}" for rule in ("relative", "comparison", "bare"))
"""Rules whose finding is said of whatever the sentence names; a rank or « sans égal » is always a boast."""
