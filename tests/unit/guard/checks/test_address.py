"""The form of address, line by line: ``tests/golden/address.<language>.txt``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fakes.brand import LANGUAGES, body, tiny_context
from inedit.guard.checks.address import address_kept

GOLDEN = Path(__file__).parents[3] / "golden"
REFUSED = {"families": {"informal", "distant"}, "young": {"formal", "distant"}}
"""What readers of a segment are not to be called: families familiarly, young readers formally; nobody from afar."""


def _lines() -> list[tuple[str, str, str]]:
    return [
        (language, *line.split(": ", 1))
        for language in LANGUAGES
        for line in (GOLDEN / f"address.{language}.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]  # type: ignore[return-value]


@pytest.mark.parametrize("segment", list(REFUSED))
@pytest.mark.parametrize(("language", "way", "text"), _lines())
def test_each_line_is_read_as_it_speaks(language: str, way: str, text: str, segment: str) -> None:
    """Familiar lines are refused where readers are called formally, and the reverse; distant ones everywhere, neutral
    ones nowhere."""
    found = address_kept(body(text, language, segment=segment), tiny_context(language))
    assert bool(found) == (way in REFUSED[segment])


def test_a_verb_form_does_not_outweigh_the_pronouns_of_the_text() -> None:
    """« Cerchi » is the formal command and the informal present: beside « tua » and « ti » it is the latter."""
    context = tiny_context("it")
    informal = "La tua tovaglia ti aspetta. Cerchi il monogramma con il pollice, e il tuo armadio profuma."
    assert address_kept(body(informal, "it", segment="young"), context) == ()
    alone = address_kept(body("Prenoti una prova.", "it", segment="young"), context)
    assert [finding.check for finding in alone] == ["address"]


@pytest.mark.parametrize(
    ("language", "told", "slipped"),
    [
        (
            "it",
            "Il grano resta nel campo. Aspetta la pioggia. Porti il sacco al mulino, guardi la farina, chieda a noi.",
            "Porti il sacco al mulino, guardi la farina, chieda a noi. Scopri il pane.",
        ),
        (
            "es",
            "El trigo queda en el campo. Espera la lluvia. Lleve el saco al molino, mire la harina, pregunte.",
            "Lleve el saco al molino, mire la harina, pregunte. Haz tu pan.",
        ),
    ],
)
def test_three_formal_verbs_let_a_third_person_be_one(language: str, told: str, slipped: str) -> None:
    """« Aspetta la pioggia » tells of the wheat; what can only be said to a friend stays a slip."""
    context = tiny_context(language)
    assert address_kept(body(told, language, segment="families"), context) == ()
    assert address_kept(body(slipped, language, segment="families"), context) != ()


def test_what_one_region_says_is_said_there() -> None:
    """ "Vos" is an address of Argentina: no slip in its Spanish, nor where the brand itself says so."""
    context = tiny_context("es")
    text = "Vos elegís el color de tu mantel."
    said = body(text, "es", segment="young")
    assert [finding.message for finding in address_kept(said, context)] == [
        "“Vos”: nobody is spoken to so here."
    ]
    spanish = context.brand.languages["es"].model_copy(update={"formality": "informal"})
    there = context.brand.model_copy(update={"languages": {**context.brand.languages, "es-AR": spanish}})
    assert address_kept(body(text, "es-AR", segment="nobody"), replace(context, brand=there)) == ()
    claims = {
        key: claim.model_copy(update={"text": {**claim.text, "es": "Vos plegás, nosotros bordamos."}})
        for key, claim in context.brand.claims.items()
    }
    ours = context.brand.model_copy(update={"claims": claims})
    assert address_kept(said, replace(context, brand=ours)) == ()
