"""Promises that a text makes of everything, where the facts make them of one thing: „20 % auf alles, was im Laden
steht“, of a discount on accessories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from inedit.guard.evidence.claim_terms import figures_by_fact
from inedit.guard.evidence.commitments import BINDING
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import Evidence, readable
from inedit.guard.evidence.promise_words import promises
from inedit.guard.nlp.grammar import Clause, clauses, grammar
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.text import fold
from inedit.guard.nlp.word_lists import word_pattern
from inedit.model import Span


def widened_promises(
    text: str, language: str, facts: Sequence[Fact], known: Evidence
) -> Iterator[tuple[Span, Fact]]:
    """Where a text promises of everything that is sold what claims promise of less, each with such a claim."""
    everything, folded = word_pattern(language, "everything"), fold(text)
    listed = clauses(text, language) if everything.search(folded) else ()
    for m in everything.finditer(folded) if listed else ():
        inside = _promising(m.span(), listed, folded)
        if inside is None or inside.has(grammar(language).negations):
            continue
        said = inside.span.of(text)
        kinds = {kind for kind, _ in promises(said, language)} & BINDING
        shares = {q.value for q in find_quantities(said, language) if q.dimension == "percent"}
        claims = [f for f in facts if f.kind in ("claim", "offer") and readable(f, language)]
        alike = [f for f in claims if _promises_so(f, kinds, shares, known)]
        if alike and not any(_is_of_everything(f) for f in alike):
            yield Span(*m.span()), alike[0]


def _promising(at: tuple[int, int], listed: Sequence[Clause], folded: str) -> Clause | None:
    """The clause that says something of everything: the one where the words stand, or where they are all of it, the
    next one („Alles, was Sie kaufen, können Sie …“), unless they end theirs."""
    here = [c for c in listed if c.span.start < at[1] and at[0] < c.span.end]
    if not here:
        return None
    alone = not folded[here[0].span.start : at[0]].strip() and not folded[at[1] : here[-1].span.end].strip(
        " ,"
    )
    if not alone:
        return here[0]
    after = [c for c in listed if c.span.start >= here[-1].span.end and c.sentence == here[-1].sentence]
    return after[0] if after else None


def _promises_so(fact: Fact, kinds: set[str], shares: set[Decimal], known: Evidence) -> bool:
    """Whether a fact makes one of these promises, or takes such a share off a price."""
    if kinds & {kind for kind, _ in promises(fact.text, fact.language)}:
        return True
    reduces = word_pattern(fact.language, "reduction").search(fold(fact.text))
    own = (e.quantity for e in figures_by_fact(known).get(fact, ()))
    return bool(reduces) and any(q.dimension == "percent" and q.value in shares for q in own)


def _is_of_everything(fact: Fact) -> bool:
    """Whether a fact promises of all that is sold, or of nothing named."""
    if word_pattern(fact.language, "everything").search(fold(fact.text)):
        return True
    listed = clauses(fact.text, fact.language)
    return any(c.has(grammar(fact.language).universal) for c in listed)
