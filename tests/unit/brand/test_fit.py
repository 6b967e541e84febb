"""What goes together: offers and products, insights and angles, briefs and calls to action."""

from __future__ import annotations

from datetime import date

from fakes.brands import demo_project
from inedit.brand.explain import explain
from inedit.brand.fit import (
    about,
    bears_out,
    carries,
    in_the_offer,
    meets,
    of_the_offer,
    offered,
    shared_words,
)
from inedit.brand.selection import choose_angle, choose_calls, coverage, eligible_insights, insights_for
from inedit.planning import plan

DEMO = demo_project().brand
WINTER, MINI = DEMO.campaigns["collection-hiver"], DEMO.campaigns["mini"]
TODAY = date(2026, 11, 28)


def test_an_offer_is_about_the_products_that_it_names_or_states():
    """Plurals and cases of a product's name count; what the brief states goes before what it says."""
    assert offered(DEMO, WINTER) == {"sheet", "tablecloth"}
    assert offered(DEMO, MINI) == frozenset()
    assert offered(DEMO, MINI.model_copy(update={"products": ("napkin",)})) == {"napkin"}


def test_no_place_speaks_of_products_outside_the_offer():
    """Every insight of the large campaign is about what it offers, or about no product; all of those are used."""
    specs = plan(WINTER, DEMO, TODAY)
    sold = offered(DEMO, WINTER)
    told = [DEMO.insights[id] for spec in specs for id in spec.insight_ids]
    assert all(in_the_offer(DEMO, sold, insight) for insight in told)
    claims = [DEMO.claims[id] for spec in specs for id in spec.claim_ids]
    assert all(in_the_offer(DEMO, sold, claim) for claim in claims)
    assert coverage(specs, eligible_insights(DEMO, WINTER)).share == 1
    for spec in specs:
        (insight,) = (DEMO.insights[id] for id in spec.insight_ids)
        assert carries(DEMO.angles[spec.angle], [insight], spec.language), spec.label


def test_a_brief_that_names_its_insights_or_has_too_few_gets_them_whatever_they_are_about():
    """A person's choice stands, and a text about something else is better than none."""
    named = WINTER.model_copy(update={"insights": ("two-tea-towels",)})
    assert [i.id for i in insights_for(DEMO, named, segment="first-home", language="fr")] == [
        "two-tea-towels"
    ]
    only = DEMO.model_copy(update={"insights": {"two-tea-towels": DEMO.insights["two-tea-towels"]}})
    assert len(insights_for(only, WINTER, segment="first-home", language="fr")) == 1


def test_stated_products_go_before_named_ones():
    """An insight about napkins that mentions a sheet is about napkins when it says so."""
    feet = DEMO.insights["feet-first"]
    assert about(DEMO, feet) == {"sheet"}
    assert about(DEMO, feet.model_copy(update={"products": ("napkin",)})) == {"napkin"}


def test_an_angle_needs_what_it_says_that_it_needs():
    """A how-to goes to insights with a tip in the language; a quote needs words that may be repeated."""
    feet = DEMO.insights["feet-first"].model_copy(update={"tip": {}})
    tip = feet.model_copy(update={"tip": {"fr": "Tournez le drap de temps en temps."}})
    how_to = DEMO.angles["how-to"].model_copy(update={"needs": ("tip",)})
    assert not carries(how_to, [feet], "fr")
    assert carries(how_to, [tip], "fr")
    assert not carries(how_to, [tip], "de")
    verbatim = DEMO.insights["spilt-soup"]
    assert meets("quote", verbatim, "fr")
    assert not meets("quote", verbatim.model_copy(update={"paraphrase_only": True}), "fr")
    assert meets("person", verbatim, "fr")
    assert not meets("person", feet, "fr")
    brand = DEMO.model_copy(update={"angles": {**DEMO.angles, "how-to": how_to}})
    chosen = {choose_angle(brand, WINTER, position=p, insights=[feet], language="fr").id for p in range(20)}
    assert "how-to" not in chosen


def test_calls_to_action_suit_the_brief():
    """No repair under a launch of sheets, no sheets under an offer of repairs; what the brief names stands."""
    launch = [c.id for c in choose_calls(DEMO, WINTER, channel="email", language="en")]
    assert launch == ["see-sheets", "see-tablecloths"]
    repair = [c.id for c in choose_calls(DEMO, MINI, channel="social", language="de")]
    assert "request-repair" in repair
    assert "see-sheets" not in repair
    named = WINTER.model_copy(update={"calls_to_action": ("fabric-sample",)})
    assert [c.id for c in choose_calls(DEMO, named, channel="email", language="fr")] == ["fabric-sample"]
    assert shared_words(DEMO.identity.calls_to_action[0], MINI.offer, "fr") == ("reparation",)


def test_every_choice_is_explained():
    """A sentence each for insight, angle, claims and calls; what is gone is said to be gone."""
    spec = plan(WINTER, DEMO, TODAY)[0]
    said = explain(spec, DEMO, WINTER)
    for name in (*spec.insight_ids, spec.angle, *spec.claim_ids, "see-tablecloths"):
        assert any(f"'{name}'" in sentence for sentence in said), name
    without = DEMO.model_copy(update={"insights": {}})
    assert f"Insight '{spec.insight_ids[0]}' is no longer in brand_data." in explain(spec, without, WINTER)


def test_claims_bear_out_the_insight():
    """A claim shares a topic with what is told, and brings in no other product; what nothing bears out is given what
    is about the offer."""
    for spec in plan(WINTER, DEMO, TODAY):
        (insight,) = (DEMO.insights[id] for id in spec.insight_ids)
        for claim in (DEMO.claims[id] for id in spec.claim_ids):
            fits = bears_out(DEMO, claim, [insight])
            unproved = {"cold-water-first", "one-sheet", "no-iron", "no-table-yet"}
            assert fits or (insight.id in unproved and of_the_offer(DEMO, WINTER, claim))
            if fits:
                assert set(insight.topics) & set(claim.topics)
                assert not about(DEMO, claim) or not about(DEMO, insight) or (
                    about(DEMO, claim) & about(DEMO, insight)
                )  # fmt: skip
    spec = next(s for s in plan(WINTER, DEMO, TODAY) if s.insight_ids == ("dew-retting",))
    assert any("like the insight, it is about: flax" in sentence for sentence in explain(spec, DEMO, WINTER))
    spec = next(s for s in plan(WINTER, DEMO, TODAY) if s.insight_ids == ("cold-water-first",))
    assert any("so it is about the offer" in sentence for sentence in explain(spec, DEMO, WINTER))


def test_calls_to_action_suit_the_insight():
    """A text about tablecloths ends on tablecloths; one about no product may end on either."""
    for insight, expected in (
        ("chair-tear", ["see-tablecloths"]), ("feet-first", ["see-sheets"]),
        ("dew-retting", ["see-sheets", "see-tablecloths"]), ("two-tea-towels", ["see-sheets", "see-tablecloths"]),
    ):  # fmt: skip
        told = [DEMO.insights[insight]]
        calls = choose_calls(DEMO, WINTER, channel="email", language="en", insights=told)
        assert [call.id for call in calls] == expected, insight
