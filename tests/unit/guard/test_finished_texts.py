"""What a finished text brings into its judgement, and that two contexts are the same when they hold the same."""

from __future__ import annotations

from fakes.brand import CLAIMS, TODAY, tiny_brand, tiny_context
from inedit.guard.checks.echo import no_echo
from inedit.guard.checks.insights import insights_are_used
from inedit.guard.context import Asked, Nearness
from inedit.guard.evidence.facts import supplied_facts
from inedit.guard.judge import TEXT_CHECKS, FinishedText, checks_for, finished_draft


def _written(**more: object) -> FinishedText:
    return FinishedText({"text": "Un drap."}, "fr", "email", **more)  # type: ignore[arg-type]


def test_without_ids_every_fact_may_be_told_and_with_them_those_alone() -> None:
    """An empty list of ids is a list: none of them may be told."""
    brand = tiny_brand()
    every, _ = finished_draft(_written(), brand, TODAY)
    assert every.spec.claim_ids == CLAIMS
    assert every.spec.insight_ids == tuple(brand.insights)
    some, _ = finished_draft(_written(claim_ids=("water",), insight_ids=("feet",)), brand, TODAY)
    assert (some.spec.claim_ids, some.spec.insight_ids) == (("water",), ("feet",))
    none, _ = finished_draft(_written(claim_ids=(), insight_ids=()), brand, TODAY)
    assert (none.spec.claim_ids, none.spec.insight_ids) == ((), ())


def test_a_campaign_brings_its_offer_and_none_brings_all_offers() -> None:
    """With a campaign its own id; without one the offers of every campaign hold."""
    brand = tiny_brand()
    for campaign, identity in (("dawn", "dawn"), ("", "")):
        _, context = finished_draft(_written(campaign=campaign), brand, TODAY)
        assert context.campaign.id == identity
        assert "129,90" in context.campaign.offer["fr"]


def test_each_offer_is_a_fact_of_its_own_campaign() -> None:
    """So that a finding names the campaign whose offer it quotes, also where none asked for the text."""
    brand = tiny_brand()
    more = brand.campaigns["dawn"].model_copy(
        update={"id": "dusk", "offer": {"fr": "Une visite, sans rendez-vous."}}
    )
    both = brand.model_copy(update={"campaigns": {**brand.campaigns, "dusk": more}})
    facts = supplied_facts(*finished_draft(_written(), both, TODAY))
    offers = {fact.id: fact.text for fact in facts if fact.kind == "offer"}
    assert list(offers) == ["dawn", "dusk"]
    assert offers["dusk"] == "Une visite, sans rendez-vous."
    given = supplied_facts(*finished_draft(_written(facts=("Le lin pousse ici.",)), both, TODAY))
    assert "offer" not in {fact.kind for fact in given}


def test_facts_given_with_a_text_are_all_that_holds() -> None:
    """They are numbered from one, and the brand's own are gone."""
    _, context = finished_draft(_written(facts=("Le lin pousse ici.", "Il est bleu.")), tiny_brand(), TODAY)
    assert {claim.id: claim.text["fr"] for claim in context.brand.claims.values()} == {
        "fact-1": "Le lin pousse ici.", "fact-2": "Il est bleu.",
    }  # fmt: skip
    assert not context.brand.insights
    assert not context.brand.campaigns


def test_each_part_fits_its_own_length_and_an_empty_one_has_room_for_a_character() -> None:
    """A finished text is never too long for itself."""
    _, context = finished_draft(FinishedText({"a": "", "b": "drap"}, "fr", "email"), tiny_brand(), TODAY)
    assert [(part.id, part.min_chars, part.max_chars) for part in context.sheet.parts] == [
        ("a", 1, 1),
        ("b", 1, 4),
    ]


def test_insights_are_asked_for_when_the_text_was_to_tell_some() -> None:
    """And the echo of a prompt never, since there was none."""
    assert checks_for(_written()) == TEXT_CHECKS
    assert checks_for(_written(insight_ids=())) == TEXT_CHECKS
    assert checks_for(_written(insight_ids=("feet",))) == (*TEXT_CHECKS, insights_are_used)
    assert no_echo not in TEXT_CHECKS


def test_what_was_worked_out_is_no_part_of_what_a_context_is() -> None:
    """Equal contexts stay equal whatever was asked of one; a context beside other texts goes on with what is known."""
    one, other = tiny_context(), tiny_context()
    one.memo["asked"] = 1
    assert one == other
    near = one.near(Nearness(common=("x",)))
    assert near.memo is one.memo
    assert near != one


def test_the_same_draft_in_the_same_context_is_asked_once() -> None:
    """A draft that only says the same is another one; so is a context that begins anew."""
    draft, context = finished_draft(_written(), tiny_brand(), TODAY)
    twin, anew = finished_draft(_written(), tiny_brand(), TODAY)
    asked = Asked(draft, context)
    assert asked == Asked(draft, context.near(Nearness(common=("x",))))
    assert hash(asked) == hash(Asked(draft, context))
    assert asked not in (Asked(twin, context), Asked(draft, anew), "asked")
