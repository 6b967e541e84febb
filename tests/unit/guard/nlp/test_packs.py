"""Rule packs: sources, rules by name, and rules that a brand switches off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fakes.brand import TODAY, body, tiny_context
from inedit.brand.schema import RuleException
from inedit.guard.checks.green_claims import green_claims_are_supported
from inedit.guard.checks.superlatives import superlatives_are_supported
from inedit.guard.checks.unfinished import nothing_unfinished
from inedit.guard.context import Check
from inedit.guard.nlp.language_data import KNOWN
from inedit.guard.nlp.packs import PACKS, rule_ids, rule_pack


@pytest.mark.parametrize("name", PACKS)
def test_each_pack_says_where_it_comes_from_and_since_when(name: str) -> None:
    """A source and a date, and every rule in every language."""
    for language in KNOWN:
        pack = rule_pack(name, language)
        assert len(pack.source) > 20
        assert pack.dated <= date(2026, 11, 28)
        assert {rule.id for rule in pack.rules} == {
            rule for rule in rule_ids() if rule.startswith(f"{name}.")
        }


@pytest.mark.parametrize(
    ("check", "rule", "text"),
    [
        (green_claims_are_supported, "green-claims", "Une livraison neutre en CO2."),
        (green_claims_are_supported, "green-claims.neutral", "Une livraison neutre en CO2."),
        (superlatives_are_supported, "superlatives.rank", "Le n° 1 du linge."),
        (nothing_unfinished, "placeholders.tags", "Bonjour {{name}}, venez."),
        (nothing_unfinished, "model-talk", "En tant qu'assistant, je plie."),
    ],
)
def test_a_brand_switches_a_pack_or_a_rule_off(check: Check, rule: str, text: str) -> None:
    """Off, the text passes; the day after its last day it is refused again."""
    assert check(body(text), tiny_context()) != ()
    assert rule in rule_ids()
    for until, passes in ((None, True), (TODAY, True), (date(2020, 1, 1), False)):
        context = tiny_context()
        entry = RuleException(off=rule, reason="It does not hold in our trade.", until=until)
        identity = context.brand.identity.model_copy(update={"rules": (entry,)})
        context = replace(context, brand=context.brand.model_copy(update={"identity": identity}))
        assert (check(body(text), context) == ()) is passes
