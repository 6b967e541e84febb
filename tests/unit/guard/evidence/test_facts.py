"""What the brand supplies, and whose figure an age is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fakes.brand import body, tiny_brand, tiny_campaign, tiny_context
from inedit.guard.evidence.facts import Fact, brief_texts, supplied_facts, wordings_of
from inedit.guard.evidence.polarity import clauses
from inedit.guard.evidence.support import Known, supports
from inedit.guard.nlp.quantity import Quantity
from inedit.model import Span


def test_the_texts_of_a_brief_are_the_wordings_in_its_language() -> None:
    """The variant's insight and claims, the offer, the objective and the readers, in this order."""
    brand, campaign = tiny_brand(), tiny_campaign()
    found = brief_texts(body("x", "fr", claim_ids=("water",)), tiny_context("fr"))
    assert found == (
        brand.insights["odette"].text["fr"],
        brand.claims["water"].text["fr"],
        campaign.offer["fr"],
        campaign.objective["fr"],
        brand.segments["families"].description["fr"],
    )


def test_wordings_are_found_at_any_depth() -> None:
    """In what a house says of itself, its products and its calls to action."""
    found = list(wordings_of(tiny_brand().identity, "de-AT"))
    assert {"Laken", "Aube", "Laken ansehen"} <= set(found)
    assert not {"drap", "sheet"} & set(found)


@pytest.mark.parametrize(("years", "borne_out"), [(13, True), (12, False)])
def test_an_age_above_twelve_is_somebodys_in_a_story(years: int, borne_out: bool) -> None:
    """« Elle a 71 ans » names nobody; twelve years agree by chance, as with a guarantee."""
    value = Decimal(years * 12)
    told = Quantity(Span(0, 1), value, "months", Decimal(years), ("cat",), has_left_context=False)
    own = Quantity(Span(0, 1), value, "months", Decimal(years), ("odett",))
    fact = Fact("odette", "insight", f"Odette, {years} years.", "en")
    assert supports(Known(own, fact), told, "en", 2026) is borne_out


def test_clauses_stand_where_they_are_in_the_text() -> None:
    """In the second sentence too; an adversative begins one; a question asks."""
    text = "Elle dort. Le drap ne sèche pas, mais il tient. Tient-il ?"
    found = clauses(text, "fr")
    assert [text[clause.start : clause.end] for clause in found] == [
        "Elle dort", "Le drap ne sèche pas", "mais il tient", "Tient-il",
    ]  # fmt: skip
    assert [clause.asked for clause in found] == [False, False, False, True]
    assert [text[w.start : w.end] for clause in found for w in clause.words][-2:] == ["Tient", "il"]


def test_another_variant_in_the_same_context_is_supplied_with_its_own_facts() -> None:
    """What was worked out for one variant is not taken for another's, whichever is asked for first."""
    context, told, silent = tiny_context("fr"), body("x", "fr"), body("x", "fr", insight_ids=())
    for draft in (told, silent, told):
        given = {fact.id for fact in supplied_facts(draft, context) if fact.kind == "insight"}
        assert given == set(draft.spec.insight_ids)
    assert supplied_facts(told, context) is supplied_facts(told, context)
