"""The language of a draft."""

from __future__ import annotations

import pytest

from fakes.brand import LANGUAGES, body, draft, tiny_context, tiny_spec
from inedit.guard.checks.language import letters_known, right_language

TEXTS = {
    "fr": "Elle reprend un drap que sa mère a brodé. Le fil passe, repasse, et la toile tient encore un hiver.",
    "en": "She is mending a sheet that her mother embroidered. The thread goes in and out, and the cloth holds.",
    "de": "Sie flickt ein Laken, das ihre Mutter bestickt hat. Der Faden geht hin und her, und der Stoff hält.",
    "es": "Remienda una sábana que bordó su madre. El hilo va y viene, y la tela aguanta otro invierno.",
    "it": "Rammenda un lenzuolo ricamato da sua madre. Il filo va e viene, e la tela regge un altro inverno.",
}
SUBJECTS = {
    "fr": "Le drap de sa mère",
    "en": "Her mother's bed sheet",
    "de": "Das Laken ihrer Mutter",
    "es": "La sábana de su madre",
    "it": "Il lenzuolo di sua madre",
}


@pytest.mark.parametrize("asked", LANGUAGES)
@pytest.mark.parametrize("given", LANGUAGES)
def test_a_text_passes_in_its_own_language_only(asked: str, given: str) -> None:
    """Five languages, each told from the four others."""
    findings = right_language(body(TEXTS[given], asked), tiny_context(asked))
    assert bool(findings) == (asked != given)


@pytest.mark.parametrize("asked", LANGUAGES)
def test_a_foreign_sentence_is_found_where_it_stands(asked: str) -> None:
    """One sentence of another language inside a text is reported with its span."""
    other = "de" if asked != "de" else "en"
    stranger = TEXTS[other].split(". ")[0] + "."
    text = f"{TEXTS[asked]} {stranger}"
    [finding] = right_language(body(text, asked), tiny_context(asked))
    assert finding.span is not None
    assert finding.span.of(text) == stranger


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_short_subject_is_judged_with_the_whole_as_context(language: str) -> None:
    """A subject of a few words passes in its language, and is found when only it is foreign."""
    spec = tiny_spec(language)
    honest = draft({"subject": SUBJECTS[language], "body": TEXTS[language]}, spec)
    other = "en" if language != "en" else "de"
    mixed = draft({"subject": SUBJECTS[other], "body": TEXTS[language]}, spec)
    assert right_language(honest, tiny_context(language)) == ()
    assert [f.part for f in right_language(mixed, tiny_context(language))] == ["subject"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_the_brand_and_its_labels_mislead_nobody(language: str) -> None:
    """Brand, product and certificate names belong to no language."""
    text = f"{TEXTS[language]} Maison Orval, Aube, OEKO-TEX STANDARD 100, Cambrai."
    assert right_language(body(text, language), tiny_context(language)) == ()


def test_a_text_all_in_another_script_is_left_to_the_check_of_letters() -> None:
    """A model that falls into Chinese is caught by its letters, and told once."""
    text = body("亚麻床单由手工修补，使用多年。")
    assert right_language(text, tiny_context()) == ()
    assert len(letters_known(text, tiny_context())) == 1


def test_a_text_without_words_is_nobody_s_language() -> None:
    """Digits and signs alone are not judged."""
    assert right_language(body("12 % — 34 €"), tiny_context()) == ()


OUTSIDERS = {
    "nl": "Uw bestelling is klaar en wij brengen haar morgen bij u thuis.",
    "pt": "A sua encomenda está pronta e nós entregamos amanhã em sua casa.",
    "ca": "La vostra comanda està a punt i demà us la portem a casa.",
    "gl": "O voso pedido está listo e mañá levámolo á vosa casa.",
    "ro": "Comanda dumneavoastră este gata și mâine o aducem acasă.",
    "oc": "La vòstra comanda es prèsta e deman vos la portam a l’ostal.",
    "sv": "Din beställning är klar och i morgon kör vi hem den till dig.",
    "da": "Din bestilling er klar, og i morgen kører vi den hjem til dig.",
    "pl": "Twoje zamówienie jest gotowe i jutro przywieziemy je do domu.",
    "lb": "Är Bestellung ass fäerdeg a mir bréngen se muer bei Iech heem.",
    "la": "Mandatum tuum paratum est et cras domum tuam feremus.",
}


@pytest.mark.parametrize("asked", LANGUAGES)
@pytest.mark.parametrize("other", list(OUTSIDERS))
def test_neighbours_of_the_brand_s_languages_are_told(asked: str, other: str) -> None:
    """A sentence of a language that the brand does not write is found, alone and inside an honest text."""
    assert right_language(body(OUTSIDERS[other], asked), tiny_context(asked)) != ()
    [finding] = right_language(body(f"{TEXTS[asked]} {OUTSIDERS[other]}", asked), tiny_context(asked))
    assert finding.span is not None
    assert finding.span.of(body(f"{TEXTS[asked]} {OUTSIDERS[other]}", asked).text) == OUTSIDERS[other]


def test_swiss_german_is_no_german() -> None:
    """It has no profile, and small words of its own."""
    assert (
        right_language(body("Eusi Decki isch parat, mer händ si hüt gflickt.", "de"), tiny_context("de"))
        != ()
    )


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ("fr", "Read more"),
        ("es", "Best regards"),
        ("en", "Cordialement"),
        ("it", "Jetzt kaufen"),
        ("de", "Free shipping."),
    ],
)
def test_a_foreign_line_of_two_words_is_found(asked: str, line: str) -> None:
    """Buttons and closings of another language betray a copied template."""
    text = body(f"{TEXTS[asked]}\n{line}", asked)
    [finding] = right_language(text, tiny_context(asked))
    assert finding.span is not None
    assert finding.span.of(text.text) == line


def test_a_quotation_may_be_in_another_language() -> None:
    """A customer who is quoted speaks as he speaks, while the text is ours."""
    quoted = f"{TEXTS['en']} He asks: “Entschuldigen Sie, ist das ein Laken aus Leinen?”"
    assert right_language(body(quoted, "en"), tiny_context("en")) == ()
    assert right_language(body(f"“{TEXTS['de']}”", "en"), tiny_context("en")) != ()


@pytest.mark.parametrize(
    ("language", "named", "silent"),
    [
        (
            "fr",
            "Sul ponticello, col legno : la page parle italien, et le drap attend dehors.",
            "Sul ponticello, col legno : la page se tourne, et le drap attend dehors.",
        ),
        (
            "de",
            "Pane, burro e alici: so steht es auf Italienisch da.",
            "Pane, burro e alici: so steht es da.",
        ),
        (
            "es",
            "Sul ponticello, col legno: la página habla italiano, y la sábana espera fuera.",
            "Sul ponticello, col legno: la página pasa, y la sábana espera fuera.",
        ),
    ],
)
def test_a_few_words_of_a_language_that_the_text_names_are_shown(
    language: str, named: str, silent: str
) -> None:
    """Without quotation marks too; where the language is not named, they are another language's."""
    assert right_language(body(named, language), tiny_context(language)) == ()
    assert right_language(body(silent, language), tiny_context(language)) != ()
