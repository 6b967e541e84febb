"""What a proof-reader would mark."""

from __future__ import annotations

import pytest

from conftest import ROOT
from fakes.brand import LANGUAGES, body, tiny_context
from inedit.guard.checks.language_quality import language_is_clean
from inedit.guard.judge import CHECKS
from inedit.guard.messages import message_in, remedy_in
from inedit.guard.nlp.proofreading.german_words import compound_head
from inedit.guard.nlp.proofreading.lexicon import lexicon
from inedit.guard.nlp.proofreading.proofread import proofread
from inedit.guard.nlp.proofreading.spelling import is_word, meant
from inedit.model import Decision, Severity, Verdict


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_golden_list_is_judged_as_it_says(language):
    """Each line marked "-" has a finding, each marked "+" has none."""
    path = ROOT / "tests" / "golden" / f"language-quality.{language}.txt"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:2] in ("- ", "+ ")]
    context = tiny_context(language)
    wrong = [
        f"{line}: {[finding.message for finding in found]}"
        for line in lines
        for found in [language_is_clean(body(line[2:], language), context)]
        if bool(found) is not line.startswith("-")
    ]
    assert wrong == []


def test_a_finding_asks_a_person_and_says_what_would_be_right():
    """A doubt parks the draft; it is never sent back for it alone."""
    draft = body("Un acceuil chaleureux.", "fr")
    (finding,) = language_is_clean(draft, tiny_context("fr"))
    assert finding.check == "language-quality"
    assert finding.severity is Severity.REVIEW
    assert finding.span is not None
    assert finding.span.of(draft.text) == "acceuil"
    assert finding.remedy == "Écris « accueil », pas « acceuil »."
    assert Verdict((finding,)).decision is Decision.PARK
    assert language_is_clean in CHECKS


def test_the_message_and_the_remedy_are_said_in_the_language_of_the_person():
    """French for who reads French."""
    (finding,) = language_is_clean(body("We recieve flour.", "en"), tiny_context("en"))
    assert message_in("fr", finding.message) == (
        "«\u00a0recieve\u00a0» est un mot qu’aucun dictionnaire de la langue ne connaît."
        " Peut-être «\u00a0receive\u00a0»."
    )
    assert remedy_in("fr", finding, "en") == "Écrivez «\u00a0receive\u00a0» plutôt que «\u00a0recieve\u00a0»."


def test_what_the_brand_writes_is_not_marked():
    """A name in small letters, an invented word of a claim."""
    context = tiny_context("fr")
    name = context.brand.identity.name
    assert proofread("Le frobulant du lin.", "fr")
    identity = context.brand.identity.model_copy(update={"name": f"{name} Frobulant"})
    brand = context.brand.model_copy(update={"identity": identity})
    owned = type(context)(brand, context.campaign, context.sheet, context.prompt, context.today)
    assert language_is_clean(body("Le frobulant du lin.", "fr"), owned) == ()


@pytest.mark.parametrize(
    "text", ["Vu sur Fzqlk, Xzyqa et @fzqlk #lnnen {{frst_nme}} https://a.b/xqz.", "12,5 kg, C2, CO₂"]
)
@pytest.mark.parametrize("language", ["fr", "en", "es", "it"])
def test_names_handles_addresses_fields_and_codes_are_let_be(text, language):
    """What no dictionary can have."""
    assert proofread(text, language) == ()


@pytest.mark.parametrize("language", ["pt", "x"])
def test_a_language_without_a_lexicon_has_no_findings(language):
    """Nothing is said of what is not known."""
    assert proofread("Qualqer coisa erada.", language) == ()


def test_a_regional_tag_reads_the_language():
    """de-CH is German."""
    assert proofread("Das Rotwein fixiert.", "de-CH")


@pytest.mark.parametrize(
    ("language", "form", "reading"),
    [
        ("fr", "toiles", "Nfp"),
        ("de", "Hotels", "Nndp"),
        ("es", "remolques", "Nep"),
        ("it", "tovaglia", "Nfs"),
        ("en", "sheets", "Np"),
    ],
)
def test_the_lexicons_tell_gender_case_and_number(language, form, reading):
    """One form a language."""
    assert reading in lexicon(language).readings(form)
    assert "fzqlk" not in lexicon(language)


def test_a_compound_has_the_gender_of_its_head():
    """German makes its nouns as it needs them."""
    assert (
        compound_head("Winterleinendecke") == "Leinendecke" or compound_head("Winterleinendecke") == "Decke"
    )
    assert compound_head("Fzqlkdecke") is None


@pytest.mark.parametrize(
    ("language", "written", "right"),
    [
        ("fr", "acceuil", "accueil"),
        ("es", "jardin", "jardín"),
        ("en", "recieve", "receive"),
        ("it", "lungezza", "lunghezza"),
        ("en", "fzqlk", ""),
    ],
)
def test_the_likeliest_slip_is_undone(language, written, right):
    """An accent first, then a doubled letter, then any other."""
    assert meant(written, language) == right


@pytest.mark.parametrize(
    ("language", "word", "known"),
    [
        ("it", "portabicchieri", True),
        ("es", "portabotellas", True),
        ("en", "queueing", True),
        ("it", "portaxyz", False),
        ("en", "reciept", False),
    ],
)
def test_words_are_made_as_the_language_makes_them(language: str, word: str, known: bool) -> None:
    """A verb with what it governs, and the British spelling."""
    assert is_word(word, language) is known
