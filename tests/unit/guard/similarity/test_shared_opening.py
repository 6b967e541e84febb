"""What two texts open with alike is taken out before they are compared."""

from __future__ import annotations

from inedit.guard.similarity.profile import Profile
from inedit.guard.similarity.shared_opening import beyond_opening

OPENING = "Il y a plusieurs bonnes raisons de venir"
ONE = (
    "une maison des Vosges le tisse : elle coupe et coud elle-même, elle garde le fil de chaque couleur et le "
    "retrouve vingt ans plus tard sans peine"
)
OTHER = (
    "pour le voir venez un mardi, son atelier donne sur la rivière, on y entre par la cour, et une brodeuse vous "
    "montre son carnet de points anciens"
)


def test_the_opening_goes_wherever_it_comes_back() -> None:
    """The runs that both openings share are gone, at the start and further down; the rest stays."""
    again = "voilà de bonnes raisons de venir"
    a, b = beyond_opening(Profile.of(f"{OPENING}, {ONE} ; {again}."), Profile.of(f"{OPENING} : {OTHER}."))
    assert a.tokens == [*Profile.of(ONE).tokens, "voila", "de"]  # « plusieurs » and « de » differ before it
    assert b.tokens[-5:] == Profile.of(OTHER).tokens[-5:]


def test_texts_that_open_differently_stay_as_they_are() -> None:
    """Nothing is made anew when nothing is shared."""
    a, b = Profile.of(f"{ONE}. {OPENING}."), Profile.of(f"{OTHER}. {OPENING}.")
    assert beyond_opening(a, b) == (a, b)
    assert beyond_opening(a, b)[0] is a


def test_a_text_never_vanishes() -> None:
    """A text that says its opening again and again keeps it: else it would be no copy of itself."""
    refrain = Profile.of("encore et encore le lin " * 8)
    assert len(beyond_opening(refrain, refrain)[0]) == len(refrain)


def test_the_order_of_the_texts_does_not_matter() -> None:
    """Both ways round the same is left."""
    a, b = Profile.of(f"{OPENING}, {ONE}."), Profile.of(f"{OPENING} : {OTHER}.")
    one, other = beyond_opening(a, b), beyond_opening(b, a)
    assert [text.tokens for text in one] == [text.tokens for text in other[::-1]]


def test_a_paste_at_the_very_start_is_no_restated_brief() -> None:
    """A fifth of a text, twelve words and more, from the first word on: that is found, unless siblings say it too."""
    pasted = "Chaque matin avant l'aube Élise ouvre le fournil et range les paniers près de la grande porte"
    a, b = Profile.of(f"{pasted}. {ONE}."), Profile.of(f"{pasted}. {OTHER}.")
    assert beyond_opening(a, b) == (a, b)
    sibling = Profile.of(f"Avant l'aube Élise ouvre le fournil et range ses outils. {OTHER}")
    assert len(beyond_opening(a, b, [sibling])[0]) < len(a)


def test_a_subject_may_come_before_what_is_pasted() -> None:
    """A body that begins with another's first words, under a subject of its own or without any."""
    pasted = "Chaque matin avant l'aube Élise ouvre le fournil et range les paniers près de la grande porte"
    a, b = Profile.of(f"Le four est chaud\n{pasted}. {ONE}."), Profile.of(f"{pasted}. {OTHER}.")
    assert beyond_opening(a, b) == (a, b)
    assert beyond_opening(b, a) == (b, a)
