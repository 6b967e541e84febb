"""The way back: what the next attempt is told, and which facts it tells."""

from __future__ import annotations

from datetime import date

from fakes.brands import demo_project
from inedit.model import Finding, Match, Severity, Span, VariantSpec
from inedit.pipeline.revision import next_attempt
from inedit.planning import plan

BRAND = demo_project().brand
CAMPAIGN = BRAND.campaigns["collection-hiver"]
WHOLE = plan(CAMPAIGN, BRAND, date(2026, 11, 22))
SPEC = WHOLE[0]

COPY = Finding(
    "near-duplicate", Severity.BLOCK, "A copy.", Span(0, 5), (Match("p", "sentences", 1.0),), "Other words."
)
QUOTED = Finding("insights", Severity.BLOCK, "Repeats an insight.", Span(0, 5), remedy="In your own words.")
TWICE = Finding("repetition", Severity.BLOCK, "Said twice.", Span(0, 5), remedy="Three words only.")
UNUSED = Finding("insights", Severity.BLOCK, "Nothing comes from it.", remedy="Tell this fact.")
SHORT = Finding("parts", Severity.BLOCK, "Too short.", remedy="Ten words or more.")
WORN = Finding("lexicon", Severity.NOTE, "A worn phrase.", remedy="Say one concrete thing.")
ANYBODY = Finding(
    "mirror", Severity.BLOCK, "Anybody.", None, (Match("mirror:1", "mirror", 0.9),), "Start from here."
)


def after(
    *refused: tuple[Finding, ...], spec: VariantSpec = SPEC, **more: bool
) -> tuple[VariantSpec, tuple[Finding, ...]]:
    return next_attempt(spec, refused, BRAND, CAMPAIGN, **more)


def test_a_first_attempt_is_as_planned() -> None:
    """Nothing was refused: nothing is told."""
    assert after() == (SPEC, ())


def test_what_can_be_fixed_is_told_and_the_facts_stay() -> None:
    """A part that is too short is no reason for another insight; notes are for people."""
    assert after((SHORT, WORN)) == (SPEC, (SHORT,))
    assert after((UNUSED,)) == (SPEC, (UNUSED,))
    typography = Finding("typography", Severity.BLOCK, "Two spaces.", Span(0, 5), remedy="One space.")
    assert after((typography,)) == (SPEC, (typography,))


def test_what_is_said_of_an_insight_that_went_is_not_told() -> None:
    """Whatever check says it: the next draft tells other facts."""
    (gone,) = SPEC.insight_ids
    opposite = Finding("promises", Severity.REVIEW, f"“Never”: the opposite of insight “{gone}”.", Span(0, 5))
    spec, told = after((QUOTED, opposite, SHORT))
    assert gone not in spec.insight_ids
    assert told == (SHORT,)
    assert after((opposite,)) == (SPEC, (opposite,)), "while it stays, it is told"


def test_after_a_copy_another_fact_is_told_from_another_angle() -> None:
    """The words that made the copy are not shown: the insight is exchanged, for one that may be quoted."""
    spec, told = after((COPY, SHORT))
    assert told == (SHORT,)
    assert spec.key == SPEC.key
    assert spec.claim_ids == SPEC.claim_ids
    assert len(spec.insight_ids) == len(SPEC.insight_ids)
    assert not set(spec.insight_ids) & set(SPEC.insight_ids)
    assert not any(BRAND.insights[insight].paraphrase_only for insight in spec.insight_ids)
    assert spec.angle != SPEC.angle
    kinds = {BRAND.insights[insight].kind for insight in spec.insight_ids}
    suits = BRAND.angles[spec.angle].suits
    assert not suits or kinds <= set(suits)


def test_words_that_were_to_be_paraphrased_give_way_to_another_fact() -> None:
    """A model that quotes what it must retell would quote it again; the angle need not change."""
    spec, told = after((QUOTED,))
    assert told == ()
    assert spec.insight_ids != SPEC.insight_ids


def test_a_fact_too_thin_for_the_text_gives_way() -> None:
    """What says one sentence twice had no more to say; what else was wrong is told."""
    spec, told = after((TWICE, SHORT))
    assert told == (SHORT,)
    assert not set(spec.insight_ids) & set(SPEC.insight_ids)


def test_a_draft_refused_twice_begins_again_from_another_fact() -> None:
    """At attempt 3 insight and angle change, and again at attempt 4; the same question gives the same answer."""
    third, told = after((SHORT,), (SHORT,))
    assert told == (SHORT,)
    fourth, _ = after((SHORT,), (SHORT,), (SHORT,))
    assert len({SPEC.insight_ids, third.insight_ids, fourth.insight_ids}) == 3
    assert third.angle != SPEC.angle
    assert after((SHORT,), (SHORT,)) == (third, told)


def test_what_a_person_sent_back_keeps_its_facts() -> None:
    """The person asked for changes in this text, not for another one: copies are told instead."""
    spec, told = after((COPY,), (COPY,), keep_facts=True)
    assert (spec.insight_ids, told) == (SPEC.insight_ids, (COPY,))


def test_a_brand_with_nothing_else_to_tell_is_told_what_was_wrong() -> None:
    """Without another insight the remedy is all there is."""
    alone = CAMPAIGN.model_copy(update={"insights": SPEC.insight_ids})
    spec, told = next_attempt(SPEC, [(COPY,)], BRAND, alone)
    assert (spec.insight_ids, told) == (SPEC.insight_ids, (COPY,))


def test_after_what_anybody_would_get_one_more_insight_comes_in() -> None:
    """The mirror asks for more of ours, not for something else."""
    spec, told = after((ANYBODY,))
    assert spec.insight_ids[:-1] == SPEC.insight_ids
    assert told == (ANYBODY,)


def test_places_that_met_at_one_fact_part_at_the_next() -> None:
    """Variants that were given the same insight are dealt different ones after a copy."""
    french = [spec for spec in WHOLE if spec.language == "fr"]
    same = [spec for spec in french if spec.insight_ids == french[0].insight_ids]
    assert len(same) > 3
    assert len({after((COPY,), spec=spec)[0].insight_ids for spec in same}) > len(same) / 2
