"""What each rule reads by itself in the facts and sentences of ``told`` and ``retold``.

``tests/golden/within/<language>.txt`` has it. A finding names the first rule that found it, and a sentence is held
against one fact; here every rule speaks, and each sentence meets the fact of the next sentences as well, which it has
nothing to do with. Nobody has said that each is read rightly: the files show what a change moves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass

import pytest

from conftest import ROOT
from fakes.brand import LANGUAGES
from inedit.guard.evidence.brand_facts import quantities_of
from inedit.guard.evidence.claim_terms import arranges, before_any, demands, takes_any, waives
from inedit.guard.evidence.conditions import required
from inedit.guard.evidence.contradiction import conflicts
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.green import green_claims
from inedit.guard.evidence.names import names_of
from inedit.guard.evidence.polarity import clauses
from inedit.guard.evidence.promise_words import promises
from inedit.guard.evidence.relations.alternatives import complement, swapped
from inedit.guard.evidence.relations.comparison import held_comparisons
from inedit.guard.evidence.relations.exchanged import exchanged
from inedit.guard.evidence.relations.exclusives import more_than_the_only
from inedit.guard.evidence.relations.fact_contrasts import contrasts
from inedit.guard.evidence.relations.mentions import mentions, noun_of
from inedit.guard.evidence.relations.order import orders, turned_distance, turned_order
from inedit.guard.evidence.relations.other_days import other_days
from inedit.guard.evidence.relations.rates import turned_rates
from inedit.guard.evidence.relations.shared_words import stated_words
from inedit.guard.evidence.relations.stated_pairs import stated_pairs
from inedit.guard.evidence.relations.substituted import another_thing
from inedit.guard.evidence.statements import statements
from inedit.guard.nlp.imperatives import spoken_to
from inedit.guard.nlp.places import countries
from inedit.guard.nlp.proofreading.proofread import proofread
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.text import stems
from inedit.model import Span
from unit.guard.evidence.test_golden_told import FILES, blocks

GOLDEN = ROOT / "tests" / "golden"
YEAR = 2026
AT_ONCE = 6
"""Blocks of one test: the fewer, the sooner it says that something moved."""
OF_TEXT: dict[str, Callable[[str, str], object]] = {
    "mentions": mentions, "orders": orders, "stated": stated_words, "promises": promises, "green": green_claims,
    "figures": find_quantities, "marks": proofread, "speaks": spoken_to, "countries": countries,
    "clauses": lambda text, language: [f"{c.absences} {text[c.start : c.end]}" for c in clauses(text, language)],
    "counts": lambda text, language: [noun_of(text, language, s.quantity.span) for s in statements(text, language)],
}  # fmt: skip
OF_FACT: dict[str, Callable[[Fact], object]] = {
    "contrasts": contrasts, "pairs": stated_pairs, "requires": required, "demands": demands, "waives": waives,
    "takes any": takes_any, "before any": before_any,
    "figures": lambda fact: [one.quantity for one in quantities_of(fact)],
    "arranges": arranges, "places": lambda fact: names_of(fact, True), "names": lambda fact: names_of(fact, False),
}  # fmt: skip
Rule = Callable[[str, str, Fact], object]


def _each(rule: Callable[[str, str, tuple[Fact, ...]], object]) -> Rule:
    return lambda text, language, fact: rule(text, language, (fact,))


BESIDE: dict[str, Rule] = {
    "conflicts": lambda text, language, fact: conflicts(
        text, (Span(0, len(text)),), fact, language, stems(fact.text, language)[:4], this_year=YEAR
    ),
    "swapped": swapped, "complement": complement, "order": turned_order,
    "distance": turned_distance, "comparisons": _each(held_comparisons),
    "exchanged": _each(exchanged), "only": _each(more_than_the_only),
    "days": _each(other_days), "rates": _each(turned_rates), "thing": _each(another_thing),
}  # fmt: skip


def shown(value: object, text: str) -> str:
    """What was read, in short: places as their words, nothing and false left out."""
    if isinstance(value, Span):
        return f"«{value.of(text)}»"
    if value is None or value is False or isinstance(value, Fact):
        return ""
    if is_dataclass(value):
        told = ((field.name, shown(getattr(value, field.name), text)) for field in fields(value))
        return " ".join(f"{name}={part}" for name, part in told if part)
    if isinstance(value, str) or not isinstance(value, Iterable):
        return str(value)
    listed = [part for part in (shown(one, text) for one in value) if part]
    return ", ".join(sorted(listed)) if isinstance(value, (set, frozenset)) else "; ".join(listed)


def _lines(named: Iterable[tuple[str, object]], text: str) -> Iterator[str]:
    for name, value in named:
        if said := shown(value, text):
            yield f"  {name}: {said}"


def readings(some: Sequence[list[str]], after: list[str], language: str) -> Iterator[str]:
    """The facts and sentences of some blocks, each with what the rules read; ``after`` is the block after them."""
    for block, following in zip(some, [*some[1:], after], strict=True):
        held = [Fact("x", "insight", line[2:], language) for line in (block[0], following[0])]
        for line in block:
            yield line
            text = line.removeprefix("= ")
            yield from _lines(((name, read(text, language)) for name, read in OF_TEXT.items()), text)
            if line.startswith("= "):
                fact = Fact("x", "insight", text, language)
                yield from _lines(((name, of(fact)) for name, of in OF_FACT.items()), text)
            else:
                for at, fact in enumerate(held):
                    beside = (
                        (name + " next" * at, rule(text, language, fact)) for name, rule in BESIDE.items()
                    )
                    yield from _lines(beside, text)


def _blocks(language: str) -> list[list[str]]:
    return [block for key in FILES if key.endswith(f".{language}") for block in blocks(key)]


def _group(language: str, first: int) -> list[str]:
    known = _blocks(language)
    some = known[first : first + AT_ONCE]
    return list(readings(some, known[(first + AT_ONCE) % len(known)], language))


GROUPS = [(tag, first) for tag in LANGUAGES for first in range(0, len(_blocks(tag)), AT_ONCE)]


@pytest.mark.parametrize(("language", "first"), GROUPS)
def test_each_rule_reads_what_it_did(language: str, first: int) -> None:
    """In each text, in each fact, and in a text beside its own fact and beside another one."""
    lines = (GOLDEN / "within" / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    at = [number for number, line in enumerate(lines) if not line.startswith(" ")]
    before = sum(len(block) for block in _blocks(language)[:first])
    now = _group(language, first)
    size = sum(not line.startswith(" ") for line in now)
    assert now == lines[at[before] : [*at, len(lines)][before + size]]


if __name__ == "__main__":
    # after a change that is meant, PYTHONPATH=src:tests python THIS_FILE writes them anew, once ``told`` is
    for tag in LANGUAGES:
        groups = (_group(tag, first) for first in range(0, len(_blocks(tag)), AT_ONCE))
        listed = [line for lines in groups for line in lines]
        (GOLDEN / "within" / f"{tag}.txt").write_text("\n".join(listed) + "\n", encoding="utf-8")
