"""A passage that both texts and most siblings carry is the brief's template, no copy."""

from __future__ import annotations

import pytest

from inedit.guard.similarity import Index, compare
from unit.guard.similarity.texts import TRIOS

FOOTER = {
    "fr": "Vous recevez ce message parce que vous êtes client de la Maison Orval, 12 rue des Tanneurs, 26000 Valence. "
    "Vos données peuvent être consultées, corrigées ou effacées à tout moment en écrivant à notre délégué, "
    "et un clic sur le lien de désinscription suffit pour ne plus rien recevoir de notre part.",
    "en": "You receive this message because you are a customer of Maison Orval, 12 rue des Tanneurs, 26000 Valence. "
    "You may access, correct or delete your data at any time by writing to our officer, and one click on the "
    "link below is enough to stop receiving anything from us whatever the reason may be.",
}
BODIES = {
    "fr": (
        "La nappe de Denise a quitté l'atelier mardi, reprise au point de Beauvais, et personne n'y voit plus rien.",
        "Trente draps sèchent au vent de la vallée ; les enfants comptent les pinces et perdent toujours le compte.",
        "Un torchon de 1938 porte encore les initiales d'une grand-mère que nous n'avons connue qu'en photo.",
        "Samedi, les métiers tournent portes ouvertes : venez entendre le bruit que fait un mètre de lin.",
        "Le fil bleu de cette taie vient d'une teinture à la cuve que Marcel surveille la nuit comme du lait.",
    ),
    "en": (
        "Denise's tablecloth left the workshop on Tuesday, darned so well that nobody can find the place any more.",
        "Thirty sheets are drying in the valley wind, and the children count the pegs and always lose their count.",
        "A tea towel of 1938 still bears the initials of a grandmother whom we know from photographs alone.",
        "On Saturday the looms run with open doors: come and hear the noise that a yard of linen makes.",
        "The blue thread of this pillowcase comes from a vat that Marcel watches at night as if it were milk.",
    ),
}


@pytest.mark.parametrize("language", FOOTER)
def test_a_footer_of_all_siblings_makes_no_copies(language: str) -> None:
    """However much of the texts it is; a copied body beside it is still found."""
    mails = [f"{body}\n\n{FOOTER[language]}" for body in BODIES[language]]
    assert not compare(mails[0], mails[1], language=language, siblings=mails[2:]).copy
    assert compare(mails[0], mails[1], language=language).copy, "nobody can know it without siblings"
    again = mails[0].replace("Denise", "Marthe")
    assert compare(mails[0], again, language=language, siblings=mails[1:]).copy


@pytest.mark.parametrize("language", FOOTER)
def test_an_index_learns_the_footer_from_what_it_refused(language: str) -> None:
    """The second e-mail of a brief is refused; from the third on the footer is known, and copies are still found."""
    index = Index(language)
    refused = []
    for number, body in enumerate(BODIES[language]):
        mail = f"{body}\n\n{FOOTER[language]}"
        if index.matches(mail, brief="orval"):
            refused.append(number)
        else:
            index.add(str(number), mail, brief="orval")
    assert refused == [1]
    copy = BODIES[language][0].replace("Denise", "Marthe")
    assert index.matches(f"{copy}\n\n{FOOTER[language]}", brief="orval")[0].piece_id == "0"


@pytest.mark.parametrize("language", FOOTER)
def test_a_footer_is_known_across_briefs(language: str) -> None:
    """A legal footer stands under every campaign's e-mails: one draft is refused for it, in whatever brief."""
    index = Index(language)
    refused = []
    for number, body in enumerate(BODIES[language]):
        mail, brief = f"{body}\n\n{FOOTER[language]}", f"brief {number}"
        if index.matches(mail, brief=brief):
            refused.append(number)
        else:
            index.add(str(number), mail, brief=brief)
    assert refused == [1]
    copy = BODIES[language][0].replace("Denise", "Marthe")
    assert index.matches(f"{copy}\n\n{FOOTER[language]}", brief="another")[0].piece_id == "0"


def test_a_footer_that_is_a_part_is_refused_once() -> None:
    """A last part of its own is told word for word; a subject that another e-mail has is never forgiven."""
    index = Index("fr")
    refused = []
    for number, body in enumerate(BODIES["fr"]):
        parts = {"subject": body.split(",")[0], "body": body, "legal": FOOTER["fr"]}
        if index.matches("\n".join(parts.values()), brief="orval", parts=parts):
            refused.append(number)
        else:
            index.add(str(number), "\n".join(parts.values()), brief="orval", parts=parts)
    assert refused == [1]
    for body in BODIES["fr"][1:3]:
        parts = {"subject": BODIES["fr"][0].split(",")[0], "body": body.upper(), "legal": ""}
        assert "0" in {match.piece_id for match in index.matches(body, brief="orval", parts=parts)}


def test_a_template_is_learnt_from_admitted_texts_alone() -> None:
    """Protected texts answer no brief: what three of them say stays theirs."""
    index = Index("fr")
    slogan = "La pâte a levé toute la nuit, dix heures sans hâte, et c'est cette patience que vous entendez craquer."
    for number, body in enumerate(BODIES["fr"][:3]):
        index.add(f"protected {number}", f"{body} {slogan}")
    assert len(index.matches(f"{BODIES['fr'][3]} {slogan}", brief="orval")) == 3


def test_a_footer_that_the_brief_supplies_is_known_from_the_start() -> None:
    """What the brand says must be said is discounted without any sibling."""
    index = Index("fr")
    for number, body in enumerate(BODIES["fr"]):
        mail = f"{body}\n\n{FOOTER['fr']}"
        assert index.matches(mail, brief="orval", common=[FOOTER["fr"]]) == ()
        index.add(str(number), mail, brief="orval")


def test_copies_do_not_hide_one_another() -> None:
    """A text that all siblings are copies of has nothing of its own: it is no template."""
    text = TRIOS["fr"].original
    copies = [text.replace("Élise", name) for name in ("Marthe", "Denise", "Odette", "Jeanne")]
    assert compare(text, copies[0], language="fr", siblings=copies[1:]).copy


def test_trying_again_does_not_make_a_paste_a_template() -> None:
    """A passage in the middle of refused drafts is told again and again."""
    index = Index("fr")
    index.add("one", TRIOS["fr"].original, brief="bread")
    pasted = TRIOS["fr"].original.partition("rien")[0][-230:]
    for body in BODIES["fr"][:4]:
        assert index.matches(f"{body} {pasted} {BODIES['fr'][4]}", brief="bread")
