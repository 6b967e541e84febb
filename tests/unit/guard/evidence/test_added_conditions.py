"""A condition before the outcome of a fact that nothing supplied names: « une fois repassé » of what washing does."""

from __future__ import annotations

import pytest

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.relations.turned import turned

BREAD = {
    "fr": "Au bout de deux jours, le pain de seigle coupé garde sa mie tendre.",
    "en": "After two days, sliced rye bread keeps its soft crumb.",
    "de": "Nach zwei Tagen behält geschnittenes Roggenbrot seine weiche Krume.",
    "es": "A los dos días, el pan de centeno cortado conserva su miga tierna.",
    "it": "Dopo due giorni il pane di segale tagliato conserva la sua mollica tenera.",
}


def _conditions(text: str, language: str) -> list[bool]:
    facts = (Fact("bread", "insight", BREAD[language], language),)
    return [one.sure for one in turned(text, language, facts) if "no condition" in one.how]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Une fois congelé, le pain de seigle garde sa mie tendre."),
        ("fr", "Une fois décongelé, le pain de seigle garde sa mie tendre."),
        ("fr", "Une fois surgelé, le pain de seigle garde sa mie tendre."),
        ("en", "Once aired, rye bread keeps its soft crumb."),
        ("en", "Once they have been frozen, rye breads keep their soft crumb."),
        ("es", "Una vez ahumado, el pan de centeno conserva su miga tierna."),
        ("it", "Una volta affumicato, il pane di segale conserva la mollica tenera."),
        ("en", "Once passed through smoke, rye bread keeps its soft crumb."),
        ("en", "Once frozen, rye bread keeps its soft crumb."),
        ("en", "Rye bread keeps its soft crumb once it has been toasted."),
        ("de", "Sobald es getoastet ist, behält Roggenbrot seine weiche Krume."),
        ("es", "Una vez congelado, el pan de centeno conserva su miga tierna."),
        ("it", "Una volta congelato, il pane di segale conserva la mollica tenera."),
        # days that go by behind the comma are no part of the condition
        ("fr", "Une fois congelé, le pain de seigle garde sa mie tendre, deux jours passés."),
        ("en", "Once frozen, rye bread keeps its soft crumb when two days have passed."),
        (
            "de",
            "Sobald es getoastet ist, behält Roggenbrot seine weiche Krume, wenn zwei Tage vergangen sind.",
        ),
        ("es", "Una vez congelado, el pan de centeno conserva su miga tierna, pasados los dos días."),
        ("it", "Una volta congelato, il pane di segale conserva la mollica tenera, passati i due giorni."),
    ],
)
def test_a_condition_that_no_fact_names_waits_for_a_person(language: str, text: str) -> None:
    assert _conditions(text, language) == [False]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Une fois coupé, le pain de seigle garde sa mie tendre."),
        ("fr", "Une fois rentré, on ouvre la huche et le pain de seigle garde sa mie tendre."),
        ("fr", "Une fois passés deux jours, le pain de seigle coupé garde sa mie tendre."),
        ("en", "Once two days have passed, sliced rye bread keeps its soft crumb."),
        ("de", "Sobald zwei Tage vergangen sind, behält geschnittenes Roggenbrot seine weiche Krume."),
        ("es", "Una vez pasados dos días, el pan de centeno cortado conserva su miga tierna."),
        ("it", "Una volta passati due giorni, il pane di segale tagliato conserva la mollica tenera."),
        ("fr", "Une fois congelé, le chou perd sa couleur."),
        ("en", "Once sliced, rye bread keeps its soft crumb."),
        ("en", "Once a week, rye bread with a soft crumb is on the table."),
        ("de", "Sobald es geschnitten ist, behält Roggenbrot seine weiche Krume."),
        ("es", "Una vez cortado, el pan de centeno conserva su miga tierna."),
        ("it", "Una volta tagliato, il pane di segale conserva la mollica tenera."),
    ],
)
def test_the_fact_s_own_condition_and_other_matters_pass(language: str, text: str) -> None:
    assert not _conditions(text, language)
