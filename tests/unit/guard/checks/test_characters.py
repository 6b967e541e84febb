"""Invisible characters, letters of other scripts, and what the other checks make of them."""

from __future__ import annotations

import pytest

from fakes.brand import LANGUAGES, TODAY, body, tiny_brand, tiny_context
from inedit.brand.schema import BannedTerm, Lexicon
from inedit.guard.checks.characters import characters_show
from inedit.guard.checks.language import letters_known
from inedit.guard.judge import FinishedText, judge
from inedit.model import Severity
from inedit.pipeline.evaluation import evaluate_finished

TEXTS = {
    "fr": "Elle reprend un drap que sa mère a brodé.",
    "en": "She is mending a sheet that her mother embroidered.",
    "de": "Sie flickt ein Laken, das ihre Mutter bestickt hat.",
    "es": "Remienda una sábana que bordó su madre.",
    "it": "Rammenda un lenzuolo ricamato da sua madre.",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "word",
    ["质量", "自転車です", "качество", "دراجة", "ποδήλατο", "จักรยาน", "자전거", "אופניים", "大", "。", "，"],
)
def test_one_foreign_letter_blocks(language: str, word: str) -> None:
    """A word, a letter or a comma of another script inside an honest text is a finding of ``language``."""
    first, rest = TEXTS[language].split(" ", 1)
    [finding] = letters_known(body(f"{first} {word} {rest}", language), tiny_context(language))
    assert (finding.check, finding.severity) == ("language", Severity.BLOCK)
    assert finding.span is not None
    assert finding.span.of(body(f"{first} {word} {rest}", language).text) == word


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    ["{} 🧵❤\ufe0f", "{} 30 μm, 4 kΩ, β-carotène.", "{} Łódź, Øresund, Çeşme, Nº 5, 12 m².", "{} ™ © ½ → ✓"],
)
def test_signs_emoji_and_accents_are_honest(language: str, text: str) -> None:
    """Emoji, units, chemistry, European names and signs are nobody's foreign letters."""
    written = body(text.format(TEXTS[language]), language)
    assert letters_known(written, tiny_context(language)) == ()
    assert characters_show(written, tiny_context(language)) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_homoglyph_blocks_as_language(language: str) -> None:
    """A Cyrillic letter in a Latin word is said by name."""
    text = TEXTS[language].replace("e", "\u0435", 1)
    [finding] = letters_known(body(text, language), tiny_context(language))
    assert finding.check == "language"
    assert "CYRILLIC SMALL LETTER IE" in finding.message


def test_the_brand_s_own_words_may_be_of_another_script() -> None:
    """A brand whose product is called « Ωmega 設計 » may say so."""
    context = tiny_context()
    claim = next(iter(context.brand.claims.values()))
    changed = claim.model_copy(update={"text": {**claim.text, "fr": "Le drap 設計 est tissé à Cambrai."}})
    brand = context.brand.model_copy(update={"claims": {**context.brand.claims, claim.id: changed}})
    ours = evaluate_finished(
        FinishedText({"text": "Elle aime le drap 設計 de sa mère."}, "fr", "email"), brand, TODAY
    )
    assert not [f for f in ours.findings if f.check == "language"]


@pytest.mark.parametrize(
    ("hidden", "severity"),
    [
        ("\u200b", "block"),
        ("\u2060", "block"),
        ("\u200d", "block"),
        ("\ufeff", "block"),
        ("\u00ad", "review"),
    ],
)
def test_an_invisible_character_is_a_finding_with_its_name(hidden: str, severity: str) -> None:
    """Zero-width characters block; a soft hyphen, which a web page may want, is for a person."""
    text = f"Elle re{hidden}prend un drap."
    [finding] = characters_show(body(text), tiny_context())
    assert finding.severity == severity
    assert "reprend" in finding.message
    assert finding.span is not None
    assert finding.span.of(body(text).text) == hidden


def test_letters_of_the_mathematical_alphabet_are_for_a_person() -> None:
    """Screen readers skip them."""
    [finding] = characters_show(body("Un drap 𝗽𝗿𝗲𝗺𝗶𝘂𝗺."), tiny_context())
    assert finding.severity is Severity.REVIEW


@pytest.mark.parametrize(
    "written", ["meil\u200bleur", "meil\u00adleur", "m\u0435illeur", "me\u0301illeur", "𝗺𝗲𝗶𝗹𝗹𝗲𝘂𝗿"]
)
def test_no_dress_switches_another_check_off(written: str) -> None:
    """A banned word is found in each disguise, where it was written."""
    brand = tiny_brand()
    lexicon = Lexicon(language="fr", banned=(BannedTerm(term="meilleur"), BannedTerm(term="méilleur")))
    context = tiny_context()
    context = type(context)(brand.model_copy(update={"lexicons": {"fr": lexicon}}), context.campaign, context.sheet,
                            context.prompt, context.today)  # fmt: skip
    draft = body(f"Un drap. Voici le {written} fil.")
    found = [f for f in judge(draft, context).findings if f.check == "lexicon"]
    assert found
    assert found[0].span is not None
    assert found[0].span.of(draft.text) == written
