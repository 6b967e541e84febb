"""How figures are read in all the forms in which people write them: number words, units, hours, shares, ranges, dates.

``tests/golden/forms.<language>.txt`` has the forms, each followed by what is read of it: with several numbers where
there is room for one, and with every number word or unit of the language's table (``{word}``, ``{unit}``). Nobody has
said that each is read rightly. A form may be added; its readings come with the next writing.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from conftest import ROOT
from fakes.brand import LANGUAGES, REGIONAL
from fakes.readings import quantity_line
from inedit.guard.nlp.language_data import language_profile
from inedit.guard.nlp.quantities import find_quantities

FILES = {tag: ROOT / "tests" / "golden" / f"forms.{tag}.txt" for tag in LANGUAGES}
THINGS = {"fr": "draps", "en": "sheets", "de": "Laken", "es": "sábanas", "it": "lenzuola"}
NUMBERS = ((1, 2), (12, 20), (24, 30))


def forms_of(language: str) -> list[str]:
    """The forms of a file: the lines that are not indented."""
    lines = FILES[language].read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith(" ")]


def _filled(form: str, language: str) -> list[str]:
    data = language_profile(language)
    if "{word}" in form:
        return [form.format(word=word) for word in data.number_words]
    if "{unit}" in form:
        return [form.format(unit=unit) for unit in data.units]
    return [form.format(n=n, m=m) for n, m in (NUMBERS if "{n}" in form else NUMBERS[:1])]


def readings(language: str, tag: str = "") -> Iterator[str]:
    """Each form, and a line for each way in which it is filled, read by ``tag``."""
    for form in forms_of(language):
        yield form
        for filled in _filled(form, language):
            text = f"{THINGS[language]}: {filled} {THINGS[language]}."
            found = [quantity_line(quantity, text) for quantity in find_quantities(text, tag or language)]
            shown = "; ".join(found) or "nothing"
            yield f"  {shown}" if len(found) == 1 or form == filled else f"  {filled}: {shown}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_form_of_a_figure_is_read_as_it_was(language: str) -> None:
    """Where it stands, its value and dimension, whether it is a bound, and what it counts."""
    held = FILES[language].read_text(encoding="utf-8").splitlines()
    assert len(held) > 300
    assert list(readings(language)) == held


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_regional_tag_is_read_as_its_language(language: str) -> None:
    """Every form of a figure, in each country that writes the language."""
    held = FILES[language].read_text(encoding="utf-8").splitlines()
    assert list(readings(language, REGIONAL[language])) == held


if __name__ == "__main__":
    # after a change that is meant, PYTHONPATH=src:tests python THIS_FILE writes them anew
    for tag, path in FILES.items():
        path.write_text("\n".join(readings(tag)) + "\n", encoding="utf-8")
