"""Facts turned round, part by part: effects, choices, rests, the only one, other things, warnings, opposites, names."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import evidence
from inedit.guard.evidence.names import (
    _codes,
    _exchanged,
    _forms,
    _letters,
    _shared,
    _Told,
    makes,
    names_of,
    unsupported_names,
)
from inedit.guard.evidence.opposites import (
    _denied_stems,
    _denies_of_another,
    _sentences,
    _share,
    _tells_other_figures,
    opposites,
    pays,
    widened_shares,
)
from inedit.guard.evidence.relations.alternatives import (
    _instead,
    choice,
    complement,
    is_denied,
    parts_of_wholes,
    swapped,
    tells_most_of,
    tells_number,
)
from inedit.guard.evidence.relations.exchanged import _is_same, exchanged
from inedit.guard.evidence.relations.exclusives import _only, more_than_the_only
from inedit.guard.evidence.relations.substituted import _couples, another_thing
from inedit.guard.evidence.relations.turned import turned
from inedit.guard.evidence.revoked import _denies_of
from inedit.guard.nlp.grammar import clauses
from inedit.guard.nlp.quantity import Quantity
from inedit.model import Span


def _fact(text: str, language: str = "en", kind: str = "insight", name: str = "f") -> Fact:
    return Fact(name, kind, text, language)


def q(value: float, dimension: str, number: float | None = None, **more: Any) -> Quantity:
    """A figure of its own."""
    return Quantity(
        Span(0, 1), Decimal(str(value)), dimension, Decimal(str(value if number is None else number)), **more
    )


# instead of, the same or another, the rest

PEARS = "In June we planted six pear trees instead of six apple trees in the yard."


@pytest.mark.parametrize(
    ("text", "turned_round"),
    [
        ("In June we planted six apple trees instead of six pear trees in the yard.", True),
        ("In June we planted six pear trees instead of six apple trees in the yard.", False),
        ("In June we planted six plum trees instead of six cherry trees in the yard.", False),
    ],
)
def test_what_is_taken_instead(text: str, turned_round: bool) -> None:
    """Pears instead of apples, told as apples instead of pears."""
    assert bool(list(swapped(text, "en", _fact(PEARS)))) is turned_round


def test_what_is_taken_and_what_it_replaces() -> None:
    """The nearest run of words of content on either side, with their numbers."""
    (found,) = _instead("We planted six pear trees instead of seven apple trees.", "en")
    assert (found.taken, found.replaced) == ({"pear", "tree"}, {"appl", "tree"})
    assert found.numbers == (6, 7)
    (bare,) = _instead("We planted trees instead of grass.", "en")
    assert bare.numbers == (0, 0)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("31 of 40 pupils chose the same trade.", "same"),
        ("31 of 40 pupils chose another trade.", "other"),
        ("31 of 40 pupils did not choose the same trade.", "other"),
        ("31 of 40 pupils did not choose another trade.", "same"),
        ("31 of 40 pupils chose the same or another trade.", ""),
        ("31 of 40 pupils chose a trade.", ""),
    ],
)
def test_the_same_or_another(text: str, says: str) -> None:
    """A denial beside the word turns it round; both say nothing."""
    assert choice(text, "en", Span(0, 8)) == says


PLUMS = "We planted 300 plum trees. 262 bore sweet fruit."


@pytest.mark.parametrize(
    ("text", "turned_round"),
    [
        ("Of the 300 plum trees 38 bore sweet fruit.", True),
        ("Of the 300 plum trees 38 bore no sweet fruit.", False),
        ("Of the 300 plum trees 262 bore no sweet fruit.", True),
        ("Of the 300 plum trees 262 bore sweet fruit.", False),
        ("Of the 300 plum trees 37 bore sweet fruit.", False),
        ("Of the 300 plum trees 38 were old.", False),
    ],
)
def test_the_rest_told_as_the_part(text: str, turned_round: bool) -> None:
    """« 38 ont fait des feuilles » of 300 of which 262 did."""
    assert bool(list(complement(text, "en", _fact(PLUMS)))) is turned_round


def test_wholes_and_their_parts() -> None:
    """With the words of what is said of the part; none of what the fact denies or chooses."""
    assert [(int(w), int(p)) for w, p, _ in parts_of_wholes(_fact(PLUMS))] == [(300, 262)]
    assert not parts_of_wholes(_fact("We planted 300 plum trees. 262 did not bear fruit."))
    assert not parts_of_wholes(_fact("31 of 40 pupils chose another trade."))
    assert [(int(w), int(p)) for w, p, _ in parts_of_wholes(_fact("31 of 40 pupils wear glasses."))] == [
        (40, 31)
    ]


def test_most_of_what_is_said_of_a_part() -> None:
    """More than half of its words, as such or with what a German verb parts with."""
    text = "Trees grew new leaves."
    whole = Span(0, len(text))
    assert tells_most_of(text, "en", whole, frozenset({"grew", "leav"}))
    assert not tells_most_of(text, "en", whole, frozenset({"grew", "fruit"}))
    assert tells_most_of(text, "en", whole, frozenset({"grew", "leav", "fruit"}))
    assert not tells_most_of(text, "en", Span(0, 5), frozenset({"grew"}))
    assert tells_number("300 trees", "en", Decimal(300))
    assert not tells_number("300 kg", "en", Decimal(300))
    assert not tells_number("301 trees", "en", Decimal(300))
    assert not tells_number("300 %", "en", Decimal(300))
    assert is_denied("It is lost.", "en", Span(0, 11))
    assert not is_denied("It is lost.", "en", Span(0, 5))


# the only one

SCREW = "We changed only one screw of the old pump."


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("On the old pump we changed nothing.", True),
        ("On the old pump we changed all the parts.", True),
        ("On the old pump we changed only one screw.", False),
        ("On the old pump we changed nothing but a screw.", False),
        ("On the old pump we changed nearly nothing.", False),
        ("On the new boat they changed nothing.", False),
        ("On the old pump we painted nothing.", False),
    ],
)
def test_more_or_less_than_the_only_one(text: str, wrong: bool) -> None:
    """“We changed only one screw”, told of nothing or of all."""
    assert bool(list(more_than_the_only(text, "en", (_fact(SCREW),)))) is wrong


@pytest.mark.parametrize(
    ("text", "only"),
    [
        (SCREW, [({"chang"}, {"screw"})]), ("We changed only 2 screws of the pump.", []),
        ("We changed one screw of the pump.", []), ("Only two screws were changed.", []),
    ],
)  # fmt: skip
def test_what_a_fact_says_of_one_thing_only(text: str, only: list[tuple[set[str], set[str]]]) -> None:
    """The act and its thing; not of two, and of claims and insights."""
    assert [(set(o.act), set(o.thing)) for o in _only(_fact(text))] == only
    assert not _only(_fact(text, kind="tip"))


# another thing


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("We mix water and clay.", [("water", "clay")]),
        ("We mix water, and clay.", []),
        ("We mix water with clay.", []),
        ("We mix water and the clay.", [("water", "clay")]),
    ],
)
def test_nouns_that_a_text_puts_together(text: str, pairs: list[tuple[str, str]]) -> None:
    """Joined, with an article at most between."""
    assert [(c.kept, c.other) for c in _couples(text, Span(0, len(text)), "en")] == pairs


def test_german_compounds_are_couples_of_their_parts() -> None:
    """Cut where each part has letters enough."""
    found = _couples("Eulenkästen", Span(0, 11), "de")
    assert any(c.other.startswith("eul") for c in found)
    assert all(len(c.other) >= 4 and len(c.kept) >= 6 for c in found)
    assert not _couples("Eulen", Span(0, 5), "de")


PRODUCTS = (
    _fact("Pear tree", kind="product", name="p"),
    _fact("Apple tree", kind="product", name="a"),
)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("An apple tree blooms in April beside the house.", True),
        ("A pear tree blooms in April beside the house.", False),
        ("An apple tree blooms in April beside the house, as the pear tree does.", False),
        ("An apple tree does not bloom in April beside the house.", False),
        ("An apple tree blooms.", False),  # tells nothing of the fact
    ],
)
def test_a_product_in_the_place_of_another(text: str, other: bool) -> None:
    """In what a fact tells of the other one, which is named nowhere near."""
    fact = _fact("A pear tree blooms in April beside the house.", name="b")
    found = list(another_thing(text, "en", (*PRODUCTS, fact)))
    assert [sure for _, _, sure in found] == ([True] if other else [])


# pairs exchanged


@pytest.mark.parametrize(
    ("given", "said", "same"),
    [
        (q(57, "count"), q(57, "count"), True), (q(57, "count"), q(58, "count"), False),
        (q(57, "count"), q(10, "percent", 0, part=57, whole=90), True),
        (q(57, "percent"), q(10, "percent", 0, part=57, whole=90), False),
        (q(22, "count"), q(31_680, "minutes", 22), True), (q(22, "ordinal"), q(22, "count"), True),
        (q(9, "count"), q(540, "time", 9), False), (q(57, "g"), q(57, "EUR"), False),
        (q(21, "count"), q(30_240, "minutes", 3), True),  # three weeks
        (q(22, "count"), q(30_240, "minutes", 3), True), (q(26, "count"), q(30_240, "minutes", 3), False),
    ],
)  # fmt: skip
def test_one_figure_told_by_two_texts(given: Quantity, said: Quantity, same: bool) -> None:
    """The same number, or days that are about so many weeks."""
    assert _is_same(given, said) is same


LABELS = "Of the labels 57 in pencil could still be read, of those in felt pen 12."


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("12 labels in pencil could still be read, 57 in felt pen.", True),
        ("57 labels in pencil could still be read, 12 in felt pen.", False),
        ("In pencil 12 labels could be read, in felt pen 57.", True),
        ("58 labels in pencil could be read, 13 in felt pen.", False),
    ],
)
def test_figures_that_changed_places(text: str, wrong: bool) -> None:
    """Each with the other's words."""
    assert bool(list(exchanged(text, "en", (_fact(LABELS),)))) is wrong


# opposites


def _known(*facts: Fact, language: str = "en") -> Any:
    return evidence(facts, (), "Combe", language)


FREE = _fact("Repairs of our sheets are free.", kind="claim", name="r")
FIELDS = _fact("Our flax fields are not watered in summer.", kind="claim", name="w")


@pytest.mark.parametrize(
    ("fact", "text", "opposite"),
    [
        (FIELDS, "Our flax fields are watered in summer.", True),
        (FIELDS, "Our flax fields are not watered in summer.", False),
        (FIELDS, "Our flax fields are green in summer.", False),
        (FIELDS._replace(kind="insight"), "Our flax fields are watered in summer.", False),
        (FIELDS._replace(kind="tip"), "Our flax fields are watered in summer.", False),
        (
            _fact("Our sheets wear out at the feet.", kind="claim"),
            "Our sheets never wear out at the feet.",
            True,
        ),
        (_fact("Our sheets wear out at the feet.", kind="claim"), "Our sheets wear out at the feet.", False),
        (
            _fact("Our sheets wear out at the feet.", kind="claim"),
            "Do our sheets not wear out at the feet?",
            False,
        ),
        (_fact("The frame has a guarantee of ten years.", kind="claim"), "The frame has no guarantee.", True),
        (
            _fact("The frame has a guarantee of ten years.", kind="claim"),
            "The saddle has no guarantee.",
            False,
        ),
        (
            _fact("The frame has a guarantee of ten years.", kind="insight"),
            "The frame has no guarantee.",
            False,
        ),
    ],
)
def test_the_same_words_with_the_other_polarity(fact: Fact, text: str, opposite: bool) -> None:
    """What a fact says, denied; what a claim denies, said; what it promises, revoked."""
    assert bool(list(opposites(text, "en", (fact,), _known(fact)))) is opposite


@pytest.mark.parametrize(
    ("language", "facts", "text", "opposite"),
    [
        ("en", ("We refund the course if it is cancelled.", "A gift voucher is not refunded."),
         "We can't refund a voucher.", False),
        ("en", ("We refund the course if it is cancelled.", "A gift voucher is not refunded."),
         "We don't refund a cancelled course.", True),
        ("fr", ("Nous remboursons le stage annulé.", "Un bon cadeau n’est pas remboursé."),
         "Nous ne remboursons pas un bon cadeau.", False),
        ("fr", ("Nous remboursons le stage annulé.", "Un bon cadeau n’est pas remboursé."),
         "Nous ne remboursons pas le stage annulé.", True),
        ("it", ("Tutto è dovuto, salvo che qualcuno prenda il posto.",),
         "Tutto è dovuto a meno che qualcuno non prenda il posto.", False),
        ("es", ("Se debe todo, salvo que alguien ocupe la plaza.",),
         "Se debe todo, a no ser que alguien ocupe la plaza.", False),
        ("es", ("Se debe todo, salvo que alguien ocupe la plaza.",), "Nadie debe nada si no ocupa la plaza.", True),
    ],
)  # fmt: skip
def test_what_another_fact_denies_is_not_turned(
    language: str, facts: tuple[str, ...], text: str, opposite: bool
) -> None:
    """What a fact denies of one thing may be said, whatever another affirms; “unless” denies nothing."""
    told = tuple(_fact(fact, language, "claim", f"f{i}") for i, fact in enumerate(facts))
    assert bool(list(opposites(text, language, told, _known(*told, language=language)))) is opposite


def test_parts_of_opposites() -> None:
    """What is denied, what pays, which figures a clause tells, and how much of a sentence it has."""
    assert _denied_stems(FIELDS) == {"water"}
    assert _denied_stems(_fact("It is not at any of the watered fields.")) == set()  # three words on
    (clause,) = clauses("You pay nothing.", "en")
    assert pays(clause, "en")
    assert not pays(clauses("You get nothing.", "en")[0], "en")
    five = _fact("A parcel takes five trees.")
    assert _tells_other_figures("six trees do not fit", five, "en")
    assert not _tells_other_figures("five trees do not fit", five, "en")
    assert not _tells_other_figures("trees do not fit", five, "en")
    assert _sentences(_fact("We sew. We do not wash sheets.")) == (
        (frozenset({"sew"}), False),
        (frozenset({"wash", "sheet"}), True),
    )
    known = _known(FIELDS)
    (said,) = clauses("Our flax fields are green.", "en")
    assert 0 < _share(said, frozenset({"flax", "field", "water"}), known) < 1
    assert _share(said, frozenset({"flax", "field"}), known) == 1
    assert _share(said, frozenset({"flax", "water"}), known) == 0  # one word is no share


def test_a_fact_that_gives_one_thing_and_denies_another() -> None:
    """„Bäume werden nicht zurückgenommen“ beside what is taken back."""
    fact = _fact("We take back closed packets, but the trees are not taken back.", kind="claim")
    (trees,) = clauses("The trees have no guarantee.", "en")
    (packets,) = clauses("The packets are taken back.", "en")
    assert _denies_of(fact, trees)
    assert not _denies_of(fact, packets)
    assert _denies_of_another(fact, packets)
    assert not _denies_of_another(fact, trees)
    assert not _denies_of(FIELDS, clauses("The fields are green.", "en")[0])  # it denies all that it says
    assert not _denies_of_another(FREE, packets)


@pytest.mark.parametrize(
    ("text", "widened"),
    [
        ("All the electricity of the workshop comes from the roof.", True),
        ("60 % of all the electricity of the workshop comes from the roof.", False),
        ("The electricity of the workshop comes from the roof.", False),
        ("All the electricity is gone.", False),
        ("The electricity of all workshops and all roofs.", False),
    ],
)
def test_a_share_told_of_all(text: str, widened: bool) -> None:
    """« Toute l'électricité de l'atelier » where a fact has a share of it."""
    known = _known(_fact("60 % of the electricity of the workshop comes from the roof.", kind="claim"))
    assert bool(list(widened_shares(text, "en", known))) is widened


# names


@pytest.mark.parametrize(
    ("word", "letters"),
    [
        ("c2", "c"),
        ("gtx300", "gtx"),
        ("gtxab3", ""),
        ("c", ""),
        ("12", ""),
        ("c12345", ""),
        ("gtxa1234", "gtxa"),
    ],
)
def test_the_letters_of_a_code(word: str, letters: str) -> None:
    """Four at most, before four digits at most."""
    assert _letters(word) == letters


def test_codes_and_forms_of_names() -> None:
    """By their letters; German adds an s."""
    assert _codes(frozenset({"c2", "c3", "gtx300", "sheet", "12"})) == {"c": {"c2", "c3"}, "gtx": {"gtx300"}}
    assert _forms("ben", "en") == {"ben"}
    assert _forms("bens", "de") == {"bens", "benss", "ben"}


@pytest.mark.parametrize(
    ("text", "place", "is_made"),
    [
        ("Woven in Whitby.", 9, True), ("Lost in Whitby.", 8, False), ("Linen that comes from Whitby.", 22, True),
        ("Linen that comes to Whitby.", 20, False), ("Linen from Whitby.", 11, False),
    ],
)  # fmt: skip
def test_a_clause_that_says_where_something_is_made(text: str, place: int, is_made: bool) -> None:
    """By a verb of making, or what comes from there."""
    (clause,) = clauses(text, "en")
    assert makes(clause, "en", place) is is_made


def test_the_fact_that_a_sentence_tells_with_another_name() -> None:
    """It shares two words at least, and most of all, and its own name is missing."""
    whitby = _fact("In Whitby a dog ate the corner of a sheet.", name="a")
    told = _Told(
        frozenset({"dog", "corner"}),
        frozenset({"dog", "corner"}),
        frozenset({"in", "leeds", "a", "dog", "corner"}),
    )
    assert _exchanged(told, (whitby,), lambda _: False, True, frozenset()) == whitby
    assert _exchanged(told, (whitby,), lambda _: True, True, frozenset()) is None
    one = told._replace(clause=frozenset({"dog"}), sentence=frozenset({"dog"}))
    assert _exchanged(one, (whitby,), lambda _: False, True, frozenset()) is None
    own = told._replace(words=told.words | {"whitby"})
    assert _exchanged(own, (whitby,), lambda _: False, True, frozenset()) is None
    assert names_of(whitby, True) == {"whitby"}
    assert names_of(whitby, False) == set()


def test_words_outside_the_clause_count_where_a_sentence_has_half_a_fact() -> None:
    """« En Europe, l'aller et le retour … »."""
    fact = _fact("A dog ate the corner of a sheet in 1998.")  # dog, ate, corner, sheet and the year
    half = _Told(frozenset({"dog"}), frozenset({"dog", "corner"}), frozenset())
    assert _shared(half, fact) == 2
    less = _Told(frozenset(), frozenset({"dog"}), frozenset())
    assert _shared(less, fact) == 0
    assert _shared(_Told(frozenset(), frozenset({"dog", "1998"}), frozenset()), fact) == 2


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("In Whitby a dog ate the corner of a sheet.", []),
        ("In Leeds a dog ate the corner of a sheet.", ["Leeds"]),
        ("A dog ate the corner of the Leeds sheet.", ["Leeds"]),
        ("Our sheets are woven in Whitby.", ["Whitby"]),  # no fact has them made there
        ("Our C3 is new.", ["C3"]),
        ("Our C2 is new.", []),
        ("Made in Portugal.", ["Portugal"]),
    ],
)
def test_names_that_nobody_supplied(text: str, names: list[str]) -> None:
    """Unknown ones, ones in the place of a fact's own, and places of origin that no fact gives."""
    facts = (
        _fact("In Whitby a dog ate the corner of a sheet.", name="a"),
        _fact("The C2 has a new saddle.", kind="claim", name="c"),
    )
    found = unsupported_names(text, "en", facts, _known(*facts))
    assert [one.span.of(text) for one in found] == names


# all together


@pytest.mark.parametrize(
    ("facts", "text", "how"),
    [
        (
            (_fact("33 % of the clients go out at night to buy bread."),),
            "Most clients do not go out at night to buy bread.",
            "",
        ),
        (
            (_fact("67 % of the clients go out at night to buy bread."),),
            "Most clients go out at night to buy bread.",
            "",
        ),
        ((_fact(SCREW),), "On the old pump we changed nothing.", "is not the one thing"),
    ],
)
def test_how_a_fact_is_turned_round(facts: tuple[Fact, ...], text: str, how: str) -> None:
    """Once for each fact, in words that say how."""
    found = turned(text, "en", facts)
    assert len(found) == bool(how)
    assert all(how in one.how for one in found)
