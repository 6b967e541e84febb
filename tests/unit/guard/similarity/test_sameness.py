"""A set of texts that sounds like one text is seen, and honest sets are left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.brand import LANGUAGES, draft, tiny_context, tiny_spec
from inedit.guard.checks.sameness import not_one_of_many
from inedit.guard.context import Nearness
from inedit.guard.similarity import sameness
from inedit.guard.similarity.sameness import FEWEST_TEXTS, patterns, repeated_by

FRAMED = {
    "fr": [
        ("Et si votre drap durait ?", "Chez Orval, tout finit par revenir. Le fil attend sur l'étagère."),
        ("Et si la nappe parlait ?", "Chez Orval, on écoute. Les taches racontent les dimanches."),
        ("Et si le torchon restait ?", "Chez Orval, rien ne presse. Il sèche pendant que vous lisez."),
    ],
    "en": [
        ("What if your sheet stayed?", "At Orval, things come back. The yarn waits on its shelf."),
        ("What if your cloth spoke?", "At Orval, people listen. Stains tell of Sundays past."),
        ("What if your towel lasted?", "At Orval, nobody hurries. It dries while you read."),
    ],
    "de": [
        ("Was wäre, wenn das Laken bliebe?", "Bei uns kommt alles zurück. Das Garn wartet im Regal."),
        ("Was wäre, wenn das Tuch spräche?", "Man hört hier zu. Flecken erzählen von Sonntagen."),
        ("Was wäre, wenn das Hemd hielte?", "Niemand eilt. Es trocknet, während du liest."),
    ],
    "es": [
        ("¿Y si la sábana durara?", "En Orval todo vuelve. El hilo espera en su estante."),
        ("¿Y si el mantel hablara?", "En Orval escuchamos. Las manchas cuentan domingos."),
        ("¿Y si el paño quedara?", "En Orval nadie corre. Se seca mientras lees."),
    ],
    "it": [
        ("E se il lenzuolo durasse?", "Da Orval tutto ritorna. Il filo aspetta sullo scaffale."),
        ("E se la tovaglia parlasse?", "Da Orval si ascolta. Le macchie raccontano domeniche."),
        ("E se lo strofinaccio restasse?", "Da Orval nessuno corre. Asciuga mentre leggi."),
    ],
}
PLAIN = {
    "fr": [
        ("Douze lavages", "Un gîte compte à la craie."),
        ("La craie au mur", "Personne n'efface rien depuis avril."),
    ],
    "en": [
        ("Twelve washes", "A guesthouse counts in chalk."),
        ("Chalk on the wall", "Nobody has wiped it since April."),
    ],
    "de": [
        ("Zwölf Wäschen", "Eine Pension zählt mit Kreide."),
        ("Kreide an der Wand", "Seit April wischt sie keiner ab."),
    ],
    "es": [
        ("Doce lavados", "Una casa cuenta con tiza."),
        ("Tiza en la pared", "Nadie la borra desde abril."),
    ],
    "it": [
        ("Dodici lavaggi", "Una locanda conta col gesso."),
        ("Gesso sul muro", "Nessuno lo cancella da aprile."),
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_frame_that_three_of_five_texts_share_exceeds_the_limit(language: str) -> None:
    """« Et si … ? » is a figure of speech once and a template the third time; its places are told with examples."""
    found = patterns([*FRAMED[language], *PLAIN[language]], language)
    assert found
    assert all((p.texts, p.of) == (3, 5) for p in found)
    assert found[0].examples[0]
    assert patterns([*FRAMED[language][:1], *PLAIN[language], *PLAIN[language][:0]], language) == ()


def test_below_five_texts_only_what_is_identical_counts() -> None:
    """Shares of four say nothing; the same subject twice does, whatever its case and accents."""
    assert FEWEST_TEXTS == 5
    assert patterns([*FRAMED["fr"], PLAIN["fr"][0]], "fr") == ()
    [same] = patterns([PLAIN["fr"][0], ("DOUZE LAVAGES !", "Autre chose.")], "fr")
    assert (same.kind, same.texts) == ("subject", 2)


def test_what_the_brand_puts_into_every_text_is_nobodys_manner() -> None:
    """An offer that stands in each of five texts is no pattern."""
    offer = "La parure Aube à 129,90 €, jusqu'au 30 juin 2026."
    texts = [
        (f"{word} et lin", f"{word} sèche. {offer}")
        for word in ("Toile", "Nappe", "Chaîne", "Trame", "Laine")
    ]
    assert patterns(texts, "fr") != ()
    assert patterns(texts, "fr", common=(offer,)) == ()


def test_a_new_text_is_told_what_it_would_make_too_many() -> None:
    """Only what it shares itself; a pattern of the others is not its fault."""
    others = [*FRAMED["fr"][:2], *PLAIN["fr"]]
    assert repeated_by(FRAMED["fr"][2], others, "fr") != ()
    assert repeated_by(("Le fil reste", "Il attend son tour."), [*FRAMED["fr"], PLAIN["fr"][0]], "fr") == ()


def test_a_capable_models_draft_goes_back_and_a_small_ones_only_when_identical() -> None:
    """The finding counts the others and quotes; a small model cannot find another manner on demand."""
    siblings = (*FRAMED["fr"][:2], *PLAIN["fr"])
    framed = dict(zip(("subject", "body"), FRAMED["fr"][2], strict=True))
    context = replace(tiny_context(), nearness=Nearness(siblings=siblings))
    full = replace(context, prompt=replace(context.prompt, style="full"))
    found = not_one_of_many(draft(framed, tiny_spec()), full)
    assert any("2 of 4 other texts" in finding.message for finding in found)
    assert not_one_of_many(draft(framed, tiny_spec()), context) == ()
    same = draft({**framed, "subject": PLAIN["fr"][0][0]}, tiny_spec())
    assert [finding.check for finding in not_one_of_many(same, context)] == ["sameness"]


def test_an_address_before_a_mention_is_no_phrase_of_ours() -> None:
    """What the brand must say in each message, and where it leads, is shared by all of them."""
    texts = [(f"A {word}.\nshop.example/{word[:2]} Opt out: STOP to 60007",) for word in WORDS]
    found = patterns(texts, "en", common=("Opt out: STOP to 60007", "shop.example"))
    assert not [pattern for pattern in found if "STOP" in pattern.examples[0]]
    assert [p for p in patterns(texts, "en") if "STOP" in p.examples[0]]


WORDS = ("harbour", "lantern", "meadow", "orchard", "quarry", "saddle")


def test_texts_read_last_are_remembered_and_no_others() -> None:
    """What is forgotten is read anew, with the same patterns; nothing is kept of it."""
    kept = sameness._Remembered("en", frozenset())
    texts = [(f"Lot {number}", f"At our place hen {number} sleeps on straw.") for number in range(300)]
    for text in texts:
        kept.keys_of(text)
    assert list(kept._known) == texts[-sameness.REMEMBERED_TEXTS :]
    assert {parts for having in kept._having.values() for parts in having} == set(kept._known)
    mine = kept.read(texts[0])
    shared = kept.sharing(mine, texts, 0)
    held = [kept.read(text) for text in texts]
    assert shared == {key: {at: h[key] for at, h in enumerate(held) if key in h} for key in mine}
    assert list(shared[("opening", "at our place")]) == list(range(300))
    assert len(kept._known) == sameness.REMEMBERED_TEXTS
    assert not kept.sharing(kept.read(("Tea", "Nobody says so.")), texts, 0)


def test_a_text_that_stands_among_the_others_twice_counts_twice() -> None:
    kept = sameness._Remembered("en", frozenset())
    text = ("Lot 1", "At our place hen 1 sleeps on straw.")
    others = [text, ("Tea", "Nobody says so."), text]
    for beyond in (0, 1):
        shared = kept.sharing(kept.read(text), others, beyond)
        assert {tuple(places) for places in shared.values()} == {(0, 2)}
    never_twice = kept.sharing(kept.read(text), others, 2)
    assert {kind for kind, _ in never_twice} == set(sameness.IDENTICAL)


@pytest.mark.parametrize("count", range(8))
def test_what_cannot_exceed_its_limit_is_left_out_and_nothing_else(count: int) -> None:
    """As the patterns of all texts together, those that the last one has."""
    texts = [
        (f"Lot {n % 5}", f"At our place hen {n % 3} sleeps. Hen {n % 2} eats.") for n in range(count + 1)
    ]
    *others, new = texts
    told = {(p.kind, p.pattern): p.where for p in patterns(texts, "en") if p.where[-1] == count}
    found = {(p.kind, p.pattern): p.where for p in repeated_by(new, others, "en")}
    assert told.items() <= found.items()
    assert bool(found) == bool(told)
