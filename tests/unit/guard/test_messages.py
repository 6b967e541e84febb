"""Findings in the language of the person who reads them."""

from __future__ import annotations

import re
import string
import tomllib
from importlib import resources
from pathlib import Path

import pytest

import inedit
from inedit.guard.messages import (
    BY_A_PERSON,
    interface_language,
    message_in,
    people_remedies,
    remedy_in,
    typeset,
)
from inedit.guard.nlp.language_data import language_profile, remedy
from inedit.model import Finding, Severity

CATALOGUE = tomllib.loads(
    resources.files("inedit.guard.nlp.data").joinpath("messages.fr.toml").read_text("utf-8")
)["message"]
WORDINGS, ELSEWHERE = people_remedies()


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_ALL": "fr_CA", "LANG": "en_GB"}, "fr"),
        ({"INEDIT_LANG": "en", "LC_ALL": "fr_FR"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_is_that_of_the_terminal_unless_it_is_named(environment, language):
    """INEDIT_LANG goes before LC_ALL and LANG; what nobody translated is English."""
    assert interface_language(environment) == language


@pytest.mark.parametrize(
    ("message", "french"),
    [
        (
            "“9 €”: no supplied fact gives this figure.",
            "«\u00a09 €\u00a0»\u00a0: aucun fait fourni ne donne ce chiffre.",
        ),
        (
            "“9 €”: the number is one of ours but not in this sense; claim “price” says “Un drap coûte 9 €.”.",
            "«\u00a09 €\u00a0»\u00a0: le nombre est bien dans nos faits, mais pas dans ce sens\u202f; "
            "le fait établi «\u00a0price\u00a0» dit\u00a0: «\u00a0Un drap coûte 9 €.\u00a0»",
        ),
        (
            "“x@y.fr”: a e-mail address that no supplied fact makes.",
            "«\u00a0x@y.fr\u00a0»\u00a0: une adresse e-mail, qu’aucun fait fourni ne contient.",
        ),
        ("Words that no catalogue knows.", "Words that no catalogue knows."),
    ],
)  # fmt: skip
def test_a_message_is_said_in_french_with_its_values(message, french):
    """Values are carried over; a message that is not known stays as it is, and English stays English."""
    assert message_in("fr", message) == french
    assert message_in("en", message) == message


def test_each_french_wording_has_the_fields_of_its_english_one():
    """No value is lost and none is made up, and filling in any value gives back that wording."""
    for entry in CATALOGUE:
        english, french = (
            {name for _, name, _, _ in string.Formatter().parse(entry[tag]) if name} for tag in ("en", "fr")
        )
        assert english == french, entry["en"]
        values = dict.fromkeys(english, "ßß")
        assert message_in("fr", entry["en"].format(**values)) == typeset("fr", entry["fr"]).format(**values)


def test_the_kinds_inside_a_message_are_french_and_the_text_is_not_touched():
    """What kind of promise or address is a word of ours; « free » that the text says stays what it says. What is of no
    kind is let be and told to nobody."""
    kinds = {
        kind for tag in ("fr", "en", "de", "es", "it") for _, kind in language_profile(tag).promises.patterns
    }
    assert [kind for kind in sorted(kinds - {"label", ""}) if message_in("fr", kind) == kind] == []
    said = message_in("fr", "“free”: a promise (free) that no supplied fact makes.")
    assert said == "«\u00a0free\u00a0»\u00a0: une promesse (gratuité), qu’aucun fait fourni ne contient."


@pytest.mark.parametrize("written_in", ["fr", "en", "de", "es", "it"])
@pytest.mark.parametrize("key", sorted(language_profile("en").remedies))
def test_every_remedy_is_told_to_a_person_in_their_own_words(key, written_in):
    """Whatever the model is told, in whatever language, has a wording for people in French and in English."""
    values = {name: f"ß{name}ß" for name in fields(WORDINGS[key]["en"])}
    values |= {name: f"ß{name}ß" for name in fields(language_profile(written_in).remedies[key])}
    asked = remedy(written_in, key, **values)
    finding = Finding("x", Severity.BLOCK, "x", remedy=asked)
    names = {"fr": ("français", "anglais", "allemand", "espagnol", "italien")}
    names["en"] = ("French", "English", "German", "Spanish", "Italian")
    for language in ("fr", "en"):
        name = names[language][("fr", "en", "de", "es", "it").index(written_in)]
        wanted = typeset(language, WORDINGS[key][language]).format(**values | {"language": name}).strip()
        assert remedy_in(language, finding, written_in) == wanted
        assert wanted != asked, "the model and the person are not told alike"


def test_the_wordings_for_people_are_those_of_the_remedies():
    """Each key has both languages with the same fields, and none is left over; no French wording says « tu »."""
    assert set(WORDINGS) == set(language_profile("en").remedies)
    for entry in (*WORDINGS.values(), *ELSEWHERE):
        assert fields(entry["fr"]) == fields(entry["en"])
        assert not re.search(r"\b(tu|te|toi|ton|ta|tes)\b|\b[tT][’']", entry["fr"]), entry["fr"]
        assert "inedit " not in entry["fr"] + entry["en"], "no words of the terminal"


@pytest.mark.parametrize("entry", people_remedies()[1], ids=lambda entry: entry["said"][:20])
def test_what_no_wording_of_the_text_can_mend_is_told_in_french_too(entry):
    """It is written in English where it is found: the sentence is still in the sources, and people read their own."""
    package = Path(inedit.__file__).parent
    sources = "".join(path.read_text("utf-8") for path in (package / "pipeline").glob("*.py"))
    joined = re.sub(r'"\s*\n\s*f?"', "", sources)
    assert entry["said"].partition("{")[0] in joined
    said = entry["said"].format(**dict.fromkeys(fields(entry["said"]), "7d1"))
    finding = Finding("x", Severity.REVIEW, "x", remedy=said)
    assert remedy_in("fr", finding, "de") == typeset("fr", entry["fr"])
    assert remedy_in("en", finding, "de") == entry["en"]


def test_a_remedy_is_shown_in_the_words_of_the_person():
    """What the model reads in German, a French person reads in French, with the fact that it quotes."""
    fact = remedy("de", "figure_fact", fact="Ein Laken kostet 9 €.")
    within = Finding(
        "figures", Severity.BLOCK, "x", remedy=remedy("de", "figure", text="93 Jahre", facts=fact)
    )
    assert remedy_in("fr", within, "de") == (
        "Retirez «\u00a093 Jahre\u00a0». Vous pouvez dire\u00a0: «\u00a0Ein Laken kostet 9 €.\u00a0»."
    )
    bare = Finding("figures", Severity.BLOCK, "x", remedy=remedy("de", "figure", text="93 Jahre", facts=""))
    assert remedy_in("en", bare, "de") == "Please take out “93 Jahre”."


def test_what_a_reviewer_wrote_stays_as_it_is():
    """Even where it reads like an instruction of ours."""
    for comment in ("Trop long", remedy("fr", "refusal")):
        own = Finding(BY_A_PERSON, Severity.BLOCK, "x", remedy=comment)
        assert remedy_in("en", own, "fr") == comment


@pytest.mark.parametrize(
    "message",
    [
        "“Bernadette”: a name that no supplied fact gives.",
        "“legno”: a material that no supplied fact gives.",
        "“Rennes”: an origin that no supplied fact gives.",
        "“74 %”: claim “customers-return” says “38 % de nos clients reviennent.”.",
        "“74 %”: insight “one-sheet” says “Un drap sur deux dure.”.",
        "“Interscambio”: only claim “sdi” names this, and it may not be told today or in this market.",
        "“Nos draps durent.”: the opposite of claim “a”: “Nos draps passent.”.",
        "“Un drap dure.”: the opposite of insight “a”: “Un drap passe.”.",
        "“CO₂ compensé”: an environmental claim that no supplied fact makes (Directive (EU) 2024/825).",
    ],
)
def test_names_materials_and_opposites_are_told_in_french(message: str) -> None:
    assert message_in("fr", message).startswith("«\u00a0")


def test_french_wordings_break_before_no_mark():
    """Not in what the checks say, nor in what they ask for; what somebody wrote keeps its spaces."""
    broken = re.compile(r"« | [»:;!?%€]")
    for entry in CATALOGUE:
        assert not broken.search(
            message_in("fr", entry["en"].format(**dict.fromkeys(fields(entry["en"]), "ßß")))
        )
    for key, template in language_profile("fr").remedies.items():
        said = template.format(**dict.fromkeys(fields(template), "ßß")).strip()
        for written_in in ("fr", "de"):
            asked = remedy(written_in, key, **dict.fromkeys(fields(template), "ßß"))
            shown = remedy_in("fr", Finding("x", Severity.BLOCK, "x", remedy=asked), written_in)
            assert not broken.search(shown), (key, written_in, said)
    assert message_in("fr", "“9 € : 3 !”: no supplied fact gives this figure.").startswith(
        "«\u00a09 € : 3 !\u00a0»"
    )


def fields(template: str) -> set[str]:
    """The names that a template has a place for."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}
