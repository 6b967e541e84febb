"""Promises, their terms and who makes them, part by part, on both sides."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from inedit.guard.evidence.bearing_out import are_akin, bears_out, nearest_promise
from inedit.guard.evidence.changed_terms import _is_of_trade, changed_terms
from inedit.guard.evidence.claim_terms import (
    are_akin_forms,
    arranges,
    before_any,
    closes_before,
    demands,
    ends_in_time,
    is_open_for_hours,
    lasts,
    negators,
    takes_any,
    waives,
    weekday_of_month,
)
from inedit.guard.evidence.commitments import commitments, is_by_another, is_no_offer
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import Evidence, evidence
from inedit.guard.evidence.promise_words import promises
from inedit.guard.evidence.promised_objects import noun_beside, objects
from inedit.guard.evidence.services import unknown_services
from inedit.guard.nlp.terms import terms
from inedit.guard.nlp.text import words


def _fact(text: str, language: str = "en", kind: str = "claim", name: str = "f") -> Fact:
    return Fact(name, kind, text, language)


def _known(*facts: Fact, language: str = "en") -> Evidence:
    return evidence(facts, (), "Combe", language)


@pytest.mark.parametrize(
    ("one", "other", "akin"),
    [
        ("brod", "broder", True), ("brod", "brodeuses", False), ("bro", "broder", False), ("brod", "brodeuse", True),
        ("stick", "gestickt", True), ("gestickt", "stick", True), ("stick", "stuck", False), ("sheet", "sheet", True),
    ],
)  # fmt: skip
def test_two_stems_of_a_family(one: str, other: str, akin: bool) -> None:
    """Four letters in common, and four more at most behind them; « ge- » apart."""
    assert are_akin(one, other) is akin


@pytest.mark.parametrize(
    ("one", "other", "language", "akin"),
    [
        ("nachstell", "nachgestellt", "de", True), ("nachstell", "nachgestellt", "en", False),
        ("abgeb", "aufgeb", "de", False), ("brod", "broder", "fr", True),
    ],
)  # fmt: skip
def test_german_verbs_past_their_middle(one: str, other: str, language: str, akin: bool) -> None:
    """„nachgestellt“ of „nachstellen“."""
    assert are_akin_forms(one, other, language) is akin


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Repairs are free.", ["free"]), ("Repairs are not free.", []),
        ("The frame has a guarantee.", ["guarantee"]),
        ("The guarantee does not cover it.", []), ("No guarantee.", []),
        ("Delivery, and returns within 30 days.", None),
        ("Woven by hand.", ["handmade"]), ("Hand-woven.", ["handmade"]), ("A sheet for life.", ["lifetime"]),
    ],
)  # fmt: skip
def test_which_promises_a_text_makes(text: str, kinds: list[str] | None) -> None:
    """By their words; what a clause denies is none."""
    found = [kind for kind, _ in promises(text, "en")]
    assert found == (kinds if kinds is not None else ["delivery", "returns"])


def test_what_is_denied_is_read_where_it_is_wanted() -> None:
    """“No guarantee” names one."""
    assert [kind for kind, _ in promises("The frame has no guarantee.", "en", denied=True)] == ["guarantee"]


def test_a_promise_among_its_clauses() -> None:
    """The binding kinds of its clause, the sentences around and the two before."""
    text = "We sew. We wash. We iron. Repairs come free, with a guarantee, if you ask."
    free, guarantee = commitments(text, "en")
    assert (free.kind, guarantee.kind) == ("free", "guarantee")
    assert free.keys == {"free"}
    assert [c.sentence for c in free.earlier] == [2, 1]
    assert all(c.sentence == 3 for c in free.around)
    assert free.together <= {"free", "guarantee"}
    assert not free.likewise


@pytest.mark.parametrize(
    ("fact", "text", "borne_out"),
    [
        ("The first repair of a sheet is free.", "The first repair of a sheet is free.", True),
        ("The first repair is free.", "Every repair is free.", False),
        ("The first repair is free.", "The repair is free.", True),
        ("The first repair of a sheet is free.", "Delivery of a sheet is free.", False),
        ("The frame has a guarantee of ten years.", "The frame has a guarantee.", True),
        ("The frame has a guarantee of ten years.", "The saddle is free.", False),
        ("Our cheese is certified.", "Our cheese is certified.", True),
        ("A booklet is free with every box.", "The box is free.", False),
    ],
)
def test_a_fact_that_makes_the_same_promise(fact: str, text: str, borne_out: bool) -> None:
    """Of the same kind and the same thing."""
    claim = _fact(fact)
    promised = commitments(text, "en")[0]
    assert bears_out(claim, promised, _known(claim), "en") is borne_out


def test_the_nearest_promise_has_the_most_words_in_common() -> None:
    """Of the same kind; none of another."""
    sheet, frame = (
        _fact("Repairs of sheets are free.", name="a"),
        _fact("Repairs of frames are free.", name="b"),
    )
    late = _fact("The frame has a guarantee.", name="c")
    promised = commitments("For frames, repairs are free.", "en")[0]
    assert nearest_promise(promised, (sheet, frame, late)) == frame
    assert nearest_promise(promised, (late,)) is None


def test_the_noun_beside_a_promise_and_what_it_may_be_about() -> None:
    """In its clause the nearest, else the last bare one before it; of « Le casque ? Offert. » the sentence before."""
    known = _known(_fact("The helmet and the frame last."))
    (inside,) = commitments("The frame and the helmet are free.", "en")
    beside = noun_beside(inside, "en")
    assert beside is not None
    assert beside.word.text == "helmet"
    (short,) = [c for c in commitments("The helmet? It is free.", "en") if c.kind == "free"]
    assert [noun.stem for noun in objects(short, known, "en")] == ["helmet"]


@pytest.mark.parametrize(
    ("language", "text", "by_another"),
    [
        ("es", "La vecina te devuelve la fuente.", True),
        ("es", "Te devolvemos la fuente.", False),
        ("fr", "Il livre toute la chaîne au vent.", True),
        ("fr", "Nous livrons le drap.", False),
    ],
)
def test_somebody_else_gives(language: str, text: str, by_another: bool) -> None:
    """« la voisine te devuelve la fuente »: not the house."""
    found = commitments(text, language)
    assert any(is_by_another(one, _known(language=language), language) for one in found) is by_another


@pytest.mark.parametrize(
    ("text", "no_offer"),
    [
        ("It ate the corner, hem included.", True),
        ("It ate the corner, our hem included.", False),
        ("We sew all week, weekends included.", True),
        ("You get the sheet, hem included.", False),
        ("For 20 euros, hem included.", False),
    ],
)
def test_what_goes_with_a_thing_that_is_not_sold(text: str, no_offer: bool) -> None:
    """Nor is a day on which something is done."""
    found = [one for one in commitments(text, "en") if one.kind == "included"]
    assert found
    assert any(is_no_offer(one, _known(), "en") for one in found) is no_offer


# terms of a claim


@pytest.mark.parametrize(
    ("said", "times"),
    [
        ("we do not sew", 1),
        ("we never do not sew", 1),
        ("without an appointment", 1),
        ("not without an appointment", 2),
        ("we sew", 0),
    ],
)
def test_how_often_a_clause_denies(said: str, times: int) -> None:
    """Once whatever the words, and once more with “without”."""
    own = terms("en")
    assert own is not None
    assert negators(said, own, "en") == times


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("Come by appointment.", True), ("Come without an appointment.", False), ("Come by.", None)],
)
def test_whether_a_claim_wants_an_appointment(text: str, wanted: bool | None) -> None:
    """Or does without; or says nothing of it."""
    assert arranges(_fact(text)) is wanted


def test_what_a_claim_demands_and_waives() -> None:
    """Its condition; what stands within three words behind “without”, unless a thing lacks it."""
    assert "receipt" in demands(_fact("We mend sheets provided that you have a receipt."))
    assert "receipt" not in demands(_fact("We mend sheets and keep a receipt."))
    assert waives(_fact("It is free and without a bank card.")) == {"bank", "card"}
    assert waives(_fact("A tree without leaves.")) == frozenset()
    assert takes_any(_fact("We mend sheets whatever the make."))
    assert not takes_any(_fact("We mend sheets of one make."))
    assert before_any(_fact("We mend sheets whatever the make.")) == {"mend", "sheet"}


@pytest.mark.parametrize(
    ("text", "long", "closes", "ends", "is_open"),
    [
        ("It holds for ten years.", True, False, False, False),
        ("It takes two days.", True, False, False, False),
        ("It takes one day.", False, False, False, False),
        ("It takes two hours.", False, False, False, False),
        ("Order before 11 am.", False, True, False, False),
        ("Order at 11 am.", False, False, False, False),
        ("We are open before 11 am.", False, False, False, False),
        ("Order by Monday.", False, True, False, False),
        ("Cancel up to 14 days before you arrive.", True, False, True, False),
        ("We are open from 9 am to 6 pm.", False, False, False, True),
        ("We sew from 9 am to 6 pm.", False, False, False, False),
    ],
)
def test_how_long_and_until_when_a_claim_holds(
    text: str, long: bool, closes: bool, ends: bool, is_open: bool
) -> None:
    """A length above a day, an hour before which, a length before something, hours of opening."""
    fact = _fact(text)
    known = _known(fact)
    found = (
        lasts(fact, known),
        closes_before(fact, known),
        ends_in_time(fact, known),
        is_open_for_hours(fact, known),
    )
    assert found == (long, closes, ends, is_open)


@pytest.mark.parametrize(
    ("text", "which"),
    [
        ("the first saturday of the month", 1), ("the last saturday of the month", -1),
        ("the third saturday of the month", 3), ("every saturday of the month", None), ("the first saturday", None),
    ],
)  # fmt: skip
def test_which_weekday_of_a_month(text: str, which: int | None) -> None:
    """Its number, the last one -1."""
    found = weekday_of_month(text, "en")
    assert (found and found[0]) == which


@pytest.mark.parametrize(
    ("fact", "text", "changed"),
    [
        ("We mend your sheets without an appointment.", "We mend your sheets by appointment only.", True),
        ("We mend your sheets without an appointment.", "We mend your sheets without an appointment.", False),
        ("We mend your old sheets for ten years.", "We mend your old sheets for ever.", True),
        ("We mend your old sheets.", "We mend your old sheets for ever.", False),
        (
            "We collect old sheets on the first Saturday of the month.",
            "We collect old sheets on the last Saturday of the month.",
            True,
        ),
        (
            "We collect old sheets on the first Saturday of the month.",
            "We collect old sheets on the first Saturday of the month.",
            False,
        ),
        (
            "We mend old sheets whatever the make.",
            "We mend old sheets only if you bought them from us.",
            True,
        ),
        ("We mend old sheets whatever the make.", "We mend old sheets whatever the make.", False),
        ("Order your old sheets before noon on Tuesday.", "Order your old sheets at any time.", True),
        ("Order your old sheets with us.", "Order your old sheets at any time.", False),
        ("We lend you secateurs for old hedges.", "For old hedges, bring your own secateurs.", True),
        ("We sell you secateurs for old hedges.", "For old hedges, bring your own secateurs.", False),
    ],
)
def test_terms_that_a_claim_does_not_have(fact: str, text: str, changed: bool) -> None:
    """A passage that retells the claim and gives it others."""
    claim = _fact(fact)
    assert bool(list(changed_terms(text, "en", (claim,), _known(claim)))) is changed
    insight = claim._replace(kind="insight")
    assert not list(changed_terms(text, "en", (insight,), _known(insight)))


@pytest.mark.parametrize(
    ("after", "of_trade"),
    [("you order two", True), ("it is one of ours", True), ("there are many of you", False)],
)
def test_a_condition_of_buying_or_of_the_house(after: str, of_trade: bool) -> None:
    """« à condition d'être nombreux » is neither."""
    passage = SimpleNamespace(language="en", own=terms("en"))
    assert _is_of_trade(words(after), passage) is of_trade  # type: ignore[arg-type]


# services


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("We'll polish your shoes.", True),
        ("We'll mend your sheets.", False),
        ("We won't polish your shoes.", False),
        ("Will we polish your shoes?", False),
        ("They'll polish your shoes.", False),
        ("We polish shoes.", False),  # for nobody
        ("Ask us what we polish for you.", False),
        ("For twelve euros we mend the hem and polish the shoes as well.", True),
        (
            "We'll polish your shoes with wax.",
            True,
        ),  # polishing is a work of its own, whatever the fact has of wax
    ],
)
def test_services_that_no_fact_speaks_of(text: str, unknown: bool) -> None:
    """Somebody of the house acts for the reader, and nothing supplied has the act."""
    facts = (_fact("We mend sheets and hems."), _fact("Wax makes the shoes of guests shine.", name="g"))
    assert bool(list(unknown_services(text, "en", facts, _known(*facts)))) is unknown
