"""What a figure of a text says, and what becomes of it beside a fact: clause, denial, limit, rival, on both sides."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from fakes.figures import entry_of, held, marked, said_in
from inedit.guard.evidence.capitals import is_name_in_german, is_place, names_in
from inedit.guard.evidence.facts import Fact, wordings_of
from inedit.guard.evidence.index import counts_of, evidence, in_fact, readable, same_thing
from inedit.guard.evidence.matching import (
    _goes_on,
    _is_by_chance,
    _is_mistold,
    _shares_another_thing,
    judge_statement,
)
from inedit.guard.evidence.rivals import _same_order, has_same_subject
from inedit.guard.evidence.rivals import may_deny as denies
from inedit.guard.evidence.scene_figures import is_a_way, is_half_of_a_scene
from inedit.guard.evidence.statements import halves, majorities, ordinals, parties, statements
from inedit.guard.evidence.subjects import (
    _counts_another,
    _is_possessed,
    _is_told_whole,
    conflicts,
    is_of_unnamed_product,
    is_ours,
    sentence_stems,
    subjects,
    things_in,
)
from inedit.guard.evidence.support import Known, supports, with_counted
from inedit.guard.nlp.grammar import clauses
from inedit.guard.nlp.quantity import Quantity
from inedit.model import Span

YEAR = 2026


def q(value: float, dimension: str, number: float | None = None, **more: Any) -> Quantity:
    """A figure of its own."""
    return Quantity(
        Span(0, 1), Decimal(str(value)), dimension, Decimal(str(value if number is None else number)), **more
    )


# what a figure says


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("en", "From Monday to Wednesday we sew.", [1, 2, 3, 3]),
        ("en", "Monday - Wednesday.", [1, 2, 3, 3]),
        ("en", "Monday and Wednesday.", [1, 3]),
        ("en", "On Mondays.", [1]),
        ("fr", "Du vendredi au lundi.", [5, 1]),  # never backwards
        ("de", "Dienstagmittag und Sonntagabend.", [2, 7]),
        ("de", "Der Dienst am Mittag.", []),
        ("en", "Mondaymittag.", []),
    ],
)
def test_the_days_that_a_text_names(language: str, text: str, days: list[int]) -> None:
    """Those between two that a dash or “to” joins as well."""
    found = [int(s.quantity.value) for s in statements(text, language) if s.quantity.dimension == "weekday"]
    monday = int(statements("On Monday.", "en")[0].quantity.value)
    assert [day - monday + 1 for day in found] == days


@pytest.mark.parametrize(
    ("language", "text", "approximate"),
    [
        ("en", "It takes not even [5 minutes].", "under"),
        ("en", "It takes even [5 minutes].", ""),
        ("en", "Not even we said so, but it takes [5 minutes].", ""),
        ("fr", "Pas plus de [10 draps].", "under"),
        ("fr", "Plus de [10 draps].", "over"),
        ("fr", "Plus de [10 draps], pas moins.", "over"),
        ("de", "Mehr als [10 Laken] nehmen wir nicht.", "under"),
        ("de", "Mehr als [10 Laken] nehmen wir.", "over"),
    ],
)
def test_a_limit_that_a_denial_makes(language: str, text: str, approximate: str) -> None:
    """« pas plus de dix » is ten at most; German may deny behind the figure."""
    assert said_in(text, language).quantity.approximate == approximate


@pytest.mark.parametrize(
    ("language", "text", "negated"),
    [
        ("en", "It does not weigh [17 kg].", True),
        ("en", "It weighs [17 kg], not more.", False),
        ("en", "It does not weigh about [17 kg].", False),
        ("en", "It weighs [17 kg].", False),
        ("fr", "Il ne pèse pas [17 kg].", True),
        ("fr", "Pas [17 kg].", True),
    ],
)
def test_a_figure_denied_before_it(language: str, text: str, negated: bool) -> None:
    """In its clause, and exact."""
    assert said_in(text, language).negated is negated


@pytest.mark.parametrize(
    ("language", "text", "counted"),
    [
        ("en", "[12 sheets] are new.", "sheet"),
        ("en", "[94 %] of our clients wash.", "client"),
        ("en", "[94 %] of what we said to clients.", ""),
        ("en", "[One guest in nine] is late.", "guest"),
        ("en", "[One in five] held a note.", ""),
        ("fr", "[Un client sur dix] coud.", "client"),
        ("en", "[12 kg] of sheets.", ""),
    ],
)
def test_what_a_figure_counts(language: str, text: str, counted: str) -> None:
    """What follows it, or what a share is taken of within three small words."""
    assert said_in(text, language).counted == counted


def test_a_sentence_that_names_nothing_goes_on_with_the_one_before() -> None:
    """Of five words at most; « Le cadre est garanti. Dix ans. » is one statement."""
    assert said_in("The frame lasts. [Ten years], exactly.").around
    assert not said_in("The frame lasts. The hem lasts [ten years].").around
    assert not said_in("The frame lasts. For more or less than [ten years] now.").around
    assert not said_in("The frame lasts. We say [ten years].").around
    three = said_in("We sew. We wash. We iron. It weighs [17 kg] in all of the house.")
    assert [clause.sentence for clause in three.earlier] == [2, 1]


def test_what_stands_beside_a_figure() -> None:
    """The other figures of its sentence; the other counts of the text; whether it is asked."""
    said = said_in("Of [12 sheets] 5 are new. 7 kg more, or 8 towels?")
    assert said.beside == {5}
    assert said.counts == {5, 8}
    assert (said.asked, said_in("Are [12 sheets] new?").asked) == (False, True)
    assert sentence_stems(said_in("[12 sheets] are new.")) == {"sheet", "new"}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Zu zwölft sitzen wir.", [(12, "")]), ("Zu höchstens zehnt sitzen wir.", [(10, "under")]),
        ("Zu etwa zehnt sitzen wir.", [(10, "")]), ("Wir sitzen zehnt.", []), ("Zu gut sitzen wir.", []),
    ],
)  # fmt: skip
def test_how_many_do_something_together(text: str, read: list[tuple[int, str]]) -> None:
    """„Zu zwölft“, in German alone."""
    assert [(int(s.quantity.value), s.quantity.approximate) for s in parties(text, "de")] == read
    assert not list(parties(text, "en"))


def test_ordinals_majorities_and_halves_of_facts() -> None:
    """Each with what it counts or is taken of."""
    assert [(int(s.quantity.value), s.counted) for s in ordinals("The tenth wash is free.", "en")] == [
        (10, "wash")
    ]
    assert [s.counted for s in ordinals("It is the tenth.", "en")] == [""]
    (most,) = majorities("Most of our clients are late.", "en")
    assert (most.quantity.approximate, most.quantity.number, most.counted) == ("over", 0, "client")
    assert not list(majorities("Many of our clients are late.", "en"))
    (half,) = halves("Die halbe Schlange ging.", "de")
    assert (half.quantity.value, half.quantity.dimension, half.quantity.approximate) == (50, "percent", "")


def test_a_share_in_two_numbers_gives_both() -> None:
    """Of the same thing; one of something is no count."""
    (share,) = statements("57 of 340 letters came.", "en")
    assert [(int(c.quantity.value), c.counted, c.quantity.part) for c in counts_of(share)] == [
        (57, "letter", 0),
        (340, "letter", 0),
    ]
    (one,) = statements("One letter in nine came.", "en")
    assert [int(c.quantity.value) for c in counts_of(one)] == [9]


# what a clause is about


KNOWN = evidence(
    (
        Fact("a", "claim", "A sheet of linen weighs 2 kg.", "en"),
        Fact("p", "product", "Combe linen sheet", "en"),
        Fact("o", "product", "Combe wool blanket", "en"),
    ),
    (),
    "Combe",
    "en",
)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("The sheet weighs [2 kg].", ["sheet"]),
        ("The dog weighs [2 kg], the sheet is clean.", []),  # the clause has a thing of its own
        ("It weighs [2 kg], the sheet is clean.", ["sheet"]),
        ("The sheet is clean. It weighs [2 kg].", ["sheet"]),
        ("The sheet is clean. The dog barks. It weighs [2 kg] on any of the scales.", ["sheet"]),
        (
            "The sheet is clean. The dog barks. It barks. It weighs [2 kg] on any of the scales.",
            [],
        ),  # two sentences back at most
        ("The sheet is clean. We weigh [2 kg].", []),  # the brand speaks of itself
    ],
)
def test_the_things_that_a_figure_is_said_of(text: str, about: list[str]) -> None:
    """Its clause's own, else its sentence's, else the nearest sentence's before."""
    said = said_in(text)
    found = [noun.stem for noun in subjects(said.clause, said.around, said.earlier, KNOWN)]
    assert [stem for stem in found if stem == "sheet"] == about
    assert not found or about


def test_who_speaks_and_what_is_named() -> None:
    """The brand by “we” or by its name; things as subjects first."""
    for text, ours in (("We sew.", True), ("Combe sews.", True), ("They sew.", False)):
        assert is_ours(clauses(text, "en")[0], KNOWN, "en") is ours
    assert [n.stem for n in things_in(clauses("The sheet lies on the blanket.", "en")[0], KNOWN)] == ["sheet"]
    assert [n.stem for n in things_in(clauses("The dog lies on the sheet.", "en")[0], KNOWN)] == ["sheet"]
    assert not things_in(clauses("The dog lies on the road.", "en")[0], KNOWN)


@pytest.mark.parametrize(
    ("text", "possessed"),
    [
        ("Our [12 sheets] are new.", True),
        ("Our new [12 sheets].", False),
        ("The [12 sheets] of ours.", False),
        ("Our dog and [12 sheets].", False),
    ],
)
def test_what_is_counted_is_ours(text: str, possessed: bool) -> None:
    """« Nos 12 ateliers »: right before the figure."""
    assert _is_possessed(said_in(text), "en") is possessed


@pytest.mark.parametrize(
    ("kind", "text", "another"),
    [
        ("claim", "[60 %] of the metal is new.", False),  # perhaps another word for it
        ("claim", "[60 towels] are new.", True),
        ("insight", "[64 people] came along the sea.", False),
        ("insight", "[64 people] slept.", True),
        ("insight", "Our [64 pegs] came along the sea.", True),
    ],
)
def test_two_nouns_that_cannot_be_one_thing(kind: str, text: str, another: bool) -> None:
    """Of a story people may be called anything, beside a word of it."""
    entry, said, known = held("[64 walkers] came along the sea.", text, kind=kind)
    assert _counts_another(entry, said, known, "en") is another


def test_a_clause_that_tells_all_that_a_fact_names() -> None:
    """Four words of it and every subject."""
    fact = "The old mill of Brant opened in [1958] with new stones."
    entry, said, _ = held(fact, "The old mill of Brant opened its doors in [1958].")
    assert _is_told_whole(entry, said)
    entry, said, _ = held(fact, "The mill opened in [1958].")
    assert not _is_told_whole(entry, said)


def test_a_length_of_time_said_of_a_product_that_the_fact_does_not_name() -> None:
    """« Douze jours, et le drap rentre » of « une pièce »."""
    days, _ = entry_of("A piece takes [12 days].")
    weight, _ = entry_of("A piece weighs [12 kg].")
    named, _ = entry_of("A sheet takes [12 days].")
    said = said_in("The sheet takes [12 days].")
    assert is_of_unnamed_product(days, said, KNOWN)
    assert not is_of_unnamed_product(named, said, KNOWN)
    assert not is_of_unnamed_product(weight, said_in("The sheet weighs [12 kg]."), KNOWN)
    assert not is_of_unnamed_product(days, said_in("The dog takes [12 days]."), KNOWN)


def test_one_thing_by_two_words_of_a_product() -> None:
    """“linen” and “sheet” of one product, not of two."""
    assert same_thing("sheet", "sheet", KNOWN)
    assert same_thing("sheet", "linen", KNOWN)
    assert not same_thing("sheet", "wool", KNOWN)
    assert in_fact("linen", frozenset({"sheet"}), KNOWN)
    assert not in_fact("wool", frozenset({"sheet"}), KNOWN)
    german = evidence((Fact("a", "claim", "Die Werkstattfassung hält.", "de"),), (), "Combe", "de")
    assert in_fact("fassung", frozenset({"werkstattfassung"}), german)
    assert not in_fact("werk", frozenset({"werkstattfassung"}), german)
    assert not in_fact("ung", frozenset({"werkstattfassung"}), german)


def test_a_fact_is_readable_in_its_language_whatever_the_region() -> None:
    """`fr-CA` reads `fr`."""
    fact = Fact("a", "claim", "Un drap.", "fr")
    assert (readable(fact, "fr"), readable(fact, "fr-CA"), readable(fact, "en")) == (True, True, False)


@pytest.mark.parametrize(
    ("fact", "kind", "text", "other"),
    [
        ("Our sheets have [2 initials].", "offer", "[2 initials] on your towel.", False),
        ("Of 1,000 repairs, [380] come from hotels.", "claim", "[38 %] of repairs come from hotels.", False),
        ("The 10th wash is free: [the 10th].", "claim", "[10 sheets] are free.", True),
        ("The sheet weighs [2 kg].", "claim", "The blanket weighs [2 kg].", True),
        ("The sheet weighs [2 kg].", "claim", "The sheet weighs [2 kg].", False),
        ("The sheet weighs [2 kg].", "insight", "The blanket weighs [2 kg].", False),
    ],
)
def test_the_same_amount_of_another_thing(fact: str, kind: str, text: str, other: bool) -> None:
    """Which a claim does not bear out; a story is told anew in any words."""
    entry, said, known = held(fact, text, kind=kind, beside=("A blanket is warm.",))
    assert conflicts(entry, said, known, "en") is other


def test_the_texts_that_brand_data_holds() -> None:
    """Each of several in a language; a text alone is one."""
    assert list(wordings_of({"en": ("one", "two"), "fr": "un"}, "en")) == ["one", "two"]
    assert list(wordings_of({"en": ("one", "two"), "fr": "un"}, "fr")) == ["un"]
    assert list(wordings_of({"fr": "un"}, "en")) == []


# what becomes of it


@pytest.mark.parametrize(
    ("given", "said", "may_deny"),
    [
        ({"counted": "sheet"}, {"counted": "sheet"}, True),
        ({"counted": "sheet"}, {"counted": "towel"}, False),
        ({"counted": "sheet"}, {"counted": ""}, False),
    ],
)
def test_a_count_is_denied_by_a_count_of_the_same(
    given: dict[str, str], said: dict[str, str], may_deny: bool
) -> None:
    """And by nothing else."""
    entry, _ = entry_of("There are [12 sheets].")
    entry = replace(entry, statement=replace(entry.statement, **given))
    assert denies(entry, replace(said_in("There are [13 sheets]."), **said)) is may_deny


@pytest.mark.parametrize(
    ("given", "said", "may_deny"),
    [
        (q(12, "g"), q(13, "g"), True),
        (q(12, "count"), q(2012, "year"), False),
        (q(2012, "year"), q(2013, "year"), True),
        (q(720, "time"), q(120, "minutes"), False),
        (q(60, "minutes"), q(1440, "minutes"), True),
        (q(60, "minutes"), q(1441, "minutes"), False),
        (q(12, "percent"), q(13, "percent"), True),
    ],
)
def test_which_measures_may_deny_each_other(given: Quantity, said: Quantity, may_deny: bool) -> None:
    """A year no count, an hour of the day no length, and lengths of one order."""
    entry, _ = entry_of("It weighs [12 kg].")
    entry = replace(entry, statement=replace(entry.statement, quantity=given, counted=""))
    assert denies(entry, replace(said_in("It weighs [13 kg]."), quantity=said, counted="")) is may_deny


@pytest.mark.parametrize(
    ("change", "counted", "chance"),
    [
        ({"dimension": "times"}, "sheet", True), ({"dimension": "weekday"}, "sheet", True),
        ({"dimension": "ordinal"}, "sheet", True), ({"dimension": "g"}, "", False),
        ({"value": Decimal(99)}, "dog", True), ({"value": Decimal(100)}, "dog", False),
        ({"value": Decimal(99)}, "sheet", False),
        ({"dimension": "percent", "approximate": "over", "number": Decimal(0)}, "dog", True),
        ({"dimension": "percent", "approximate": "over", "number": Decimal(5)}, "dog", False),
        ({"dimension": "percent", "approximate": "", "number": Decimal(0)}, "dog", False),
    ],
)  # fmt: skip
def test_numbers_that_prove_nothing_alone(change: dict[str, Any], counted: str, chance: bool) -> None:
    """Multiples, days, “more than half”, and counts below a hundred of what is not the brand's."""
    said = replace(said_in("There are [12 sheets].", **change), counted=counted)
    assert _is_by_chance(said, KNOWN) is chance


def test_lengths_of_time_of_one_order() -> None:
    """Up to twenty-four times as long, in whatever unit."""
    assert _same_order(q(1, "nights"), q(24, "nights"))
    assert not _same_order(q(1, "nights"), q(25, "nights"))
    assert _same_order(q(1, "months"), q(43_800, "minutes"))


def test_one_subject_and_the_number_of_another_fact() -> None:
    """By subjects; a number above ten in a sentence that tells another fact is mistold."""
    entry, said, known = held("On a sheet, a mend weighs [3 g].", "A mend weighs [4 g] on a bed.")
    assert has_same_subject(entry, said)
    assert not has_same_subject(entry, said_in("A hem weighs [4 g] on a sheet."))
    facts = (
        "The barn owl of Brant sleeps by day in the tower.",
        "In the tower of Brant 5 owls sleep by day.",
    )
    entry, said, known = held(
        "Jens wrote [212 letters].", "In the tower of Brant by day the owl spent [212 hours].", beside=facts
    )
    assert _is_mistold(said, known) == entry
    assert _is_mistold(said_in("In the tower of Brant by day the owl spent [213 hours]."), known) is None
    assert _is_mistold(said_in("Jens wrote of [212 letters] in the tower of Brant by day."), known) is None
    assert _is_mistold(said_in("The dog spent [212 hours]."), known) is None


def test_the_sentences_before_say_which_fact_goes_on() -> None:
    """“The bakehouse opens on Sunday. We take no more than ten people.”"""
    entry, _ = entry_of("The bakehouse takes [10 people].")
    rival, _ = entry_of("The ferry takes [12 people].")
    assert _goes_on(entry, rival, said_in("The bakehouse opens. We take [10 people]."))
    assert not _goes_on(entry, rival, said_in("The ferry sails. We take [10 people]."))
    assert not _goes_on(entry, rival, said_in("The bakehouse opens, the ferry sails. We take [10 people]."))
    assert not _goes_on(entry, rival, said_in("The bakehouse opens. We take [10 kg]."))


def test_a_share_of_another_thing() -> None:
    """Called otherwise than the fact calls it; of a count, what the fact speaks of."""
    entry, said, known = held("[94 %] of our clients wash.", "[94 %] of our suppliers wash.")
    assert _shares_another_thing(said, entry, known)
    assert not _shares_another_thing(said_in("[94 %] of our clients wash."), entry, known)
    assert not _shares_another_thing(said_in("[94 %] wash."), entry, known)


@pytest.mark.parametrize(
    ("fact", "kind", "text", "outcome"),
    [
        ("Our sheet weighs [2 kg].", "claim", "Our sheet weighs [2 kg].", "supported"),
        ("Our sheet weighs [2 kg].", "claim", "Our sheet weighs [3 kg].", "contradicted"),
        ("Our sheet weighs [2 kg].", "claim", "Our sheet does not weigh [2 kg].", "contradicted"),
        ("Our sheet costs [€20].", "claim", "Our sheet weighs [3 kg].", "unsupported"),
        ("We have [212 sheets].", "claim", "We have [212 dogs].", "misattributed"),
        ("Our sheet weighs [2 kg].", "claim", "A child of [3 years] smiles.", "scene"),
        ("Our sheet dries in [2 hours].", "claim", "Our sheet dries in [120 minutes].", "supported"),
        ("We sew on [Monday].", "claim", "We sew on [Monday].", "supported"),
        ("Our shop is open on [Monday].", "claim", "Our shop is open on [Tuesday].", "contradicted"),
        ("Our shop is open on [Monday].", "claim", "Our shop is not open on [Tuesday].", "scene"),
    ],
)
def test_what_becomes_of_a_figure(fact: str, kind: str, text: str, outcome: str) -> None:
    """Borne out, denied, of something else, of nothing that is known, or no assertion at all."""
    _, said, known = held(fact, text, kind=kind)
    assert judge_statement(said, known, "en", YEAR).outcome == outcome


def test_what_is_withheld_is_told_apart() -> None:
    """A claim that may not be told is refused, another variant's insight is for a person."""
    for kind, outcome in (("withheld", "withheld"), ("insight", "unknown")):
        text, _ = marked("Our sheet weighs [2 kg].")
        known = evidence(
            (Fact("o", "claim", "Our blanket is warm.", "en"),), (Fact("w", kind, text, "en"),), "Combe", "en"
        )
        assert judge_statement(said_in("Our sheet weighs [2 kg]."), known, "en", YEAR).outcome == outcome


# scenes and support


@pytest.mark.parametrize(
    ("text", "scene"),
    [
        ("[Half the valley] has a roof that leaks.", True),
        ("[Half the sheets] leak.", False),  # ours
        ("[Half our valley] has a roof that leaks.", False),
        ("More than [half the valley] has a roof.", False),
        ("In winter [half the valley] has a roof.", False),
        ("[Half the people] have a roof.", False),
        ("[A third of the valley] has a roof.", False),
        ("[50 %] of the valley has a roof.", False),
    ],
)
def test_half_of_what_is_nobodys(text: str, scene: bool) -> None:
    """In a word, at the head of its clause, of no thing, people or goods."""
    assert is_half_of_a_scene(said_in(text), KNOWN) is scene


@pytest.mark.parametrize(
    ("value", "dimension", "way"), [(1_000_000, "mm", True), (999_999, "mm", False), (1_000_000, "g", False)]
)
def test_a_way_is_a_kilometre_at_least(value: int, dimension: str, way: bool) -> None:
    """What is shorter may be the size of a thing."""
    assert is_a_way(q(value, dimension)) is way


@pytest.mark.parametrize(
    ("given", "said", "kind", "language", "holds"),
    [
        (q(71, "count"), q(852, "months", 71), "insight", "en", True),
        (q(71, "count", counted="sheet"), q(852, "months", 71), "insight", "en", False),
        (q(72, "count"), q(852, "months", 71), "insight", "en", False),
        (q(1921, "year"), q(1260, "months", 105, approximate="from"), "claim", "en", True),
        (
            q(156, "months", 13),
            q(156, "months", 13, has_left_context=False, nouns=("dog",)),
            "insight",
            "en",
            True,
        ),
        (
            q(144, "months", 12),
            q(144, "months", 12, has_left_context=False, nouns=("dog",)),
            "insight",
            "en",
            False,
        ),
        (
            q(156, "months", 13),
            q(156, "months", 13, has_left_context=False, nouns=("dog",)),
            "claim",
            "en",
            False,
        ),
        (q(156, "months", 13), q(156, "months", 13, nouns=("dog",)), "insight", "en", False),
        (q(5, "g"), q(5, "g", nouns=("dog",)), "claim", "en", False),
        (q(5, "g"), q(5, "g", nouns=("dog",)), "claim", "fr", True),  # another language cannot tell
        (q(5, "g"), q(5, "g", nouns=("sheet",)), "claim", "en", True),
        (q(5, "g"), q(5, "g"), "claim", "en", True),
        (q(5, "count"), q(5, "count", counted="sheet"), "claim", "en", True),
        (q(5, "count"), q(5, "count", counted="dog"), "claim", "en", False),
        (q(5, "count"), q(5, "count", counted="dog", nouns=("dog", "sheet")), "claim", "en", True),
        (q(5, "count"), q(5, "count", counted="dog", nouns=("dog", "cat", "sheet")), "claim", "en", False),
        (q(5, "count"), q(5, "count", approximate="under"), "claim", "en", False),
        (
            q(5, "EUR"),
            q(5, "EUR", nouns=("dog",), sentence="A dog, today, with a sheet."),
            "offer",
            "en",
            True,
        ),
        (q(5, "EUR"), q(5, "EUR", nouns=("dog",), sentence="A dog, today."), "claim", "en", False),
        (q(600, "time"), q(600, "time", nouns=("dog",)), "claim", "en", True),
    ],
)
def test_a_figure_of_a_fact_says_what_the_text_says(
    given: Quantity, said: Quantity, kind: str, language: str, holds: bool
) -> None:
    """The same amount, of the same thing as far as the words around can tell."""
    fact = Fact("f", kind, "A sheet is new.", "en")
    assert supports(Known(given, fact), said, language, YEAR) is holds


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[12] sheets", "12 sheets"),
        ("[12]    sheets", "12    sheets"),
        ("[12]     sheets", "12"),
        ("[12] a sheet", "12 a sheet"),
        ("[12]", "12"),
    ],
)
def test_a_count_is_shown_with_what_it_counts(text: str, shown: str) -> None:
    """The next word of two letters and more, if it is near."""
    plain, span = marked(text)
    assert with_counted(Quantity(span, Decimal(12), "count", counted="sheet"), plain).of(plain) == shown
    assert with_counted(Quantity(span, Decimal(12), "count"), plain) == span
    assert with_counted(Quantity(span, Decimal(12), "g", counted="sheet"), plain) == span


# names


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("en", "We met Ada in Whitby.", ["Ada", "Whitby"]),
        ("en", "We met ada. Whitby is far.", []),  # a sentence's first word may be any
        ("en", "We met BBC and Al.", []),
        ("en", "We met on Monday in May.", []),
        ("en", "Fresh Sheets For The Cupboard And Bed Today.", []),
        ("de", "Wir trafen einen Hund in Lübeck.", ["Lübeck"]),
        ("de", "Wir trafen Hunde im Haus.", []),
    ],
)
def test_which_words_are_names(language: str, text: str, names: list[str]) -> None:
    """A capital inside a sentence; in German what is nothing but a name, or stands where places do."""
    found = [w.text for c in clauses(text, language) for w in names_in(text, c, language, frozenset())]
    assert found == names


def test_names_behind_a_preposition_are_places_and_german_knows_its_names() -> None:
    """« en Bretagne », not « Roue Libre »; „Lübeck“ is a name, „Freiheit“ is none."""
    (clause,) = clauses("We met Ada in Whitby.", "en")
    ada, whitby = (w for w in clause.words if w.text in ("Ada", "Whitby"))
    assert (is_place(ada, clause, "en"), is_place(whitby, clause, "en")) == (False, True)
    assert is_name_in_german("Lübeck")
    assert is_name_in_german("Allgäu")
    assert not is_name_in_german("Freiheit")
    assert not is_name_in_german("Hund")
