"""What a writer works out of a fact is true: sums, weights, hours in time, rounded shares, what is left; what does not
follow from it is refused as before."""

from __future__ import annotations

import pytest

from fakes.brand import body, tiny_context_with
from inedit.guard.checks.address import address_kept
from inedit.guard.checks.figures import figures_are_supported
from inedit.guard.checks.language_quality import language_is_clean
from inedit.guard.checks.promises import promises_are_supported
from inedit.guard.checks.superlatives import superlatives_are_supported


def _figures(language: str, fact: str, text: str) -> list[str]:
    found = figures_are_supported(body(text, language), tiny_context_with(language, fact))
    return [finding.span.of(text) for finding in found if finding.span]


@pytest.mark.parametrize(
    ("language", "fact", "true", "false"),
    [
        (
            "fr",
            "Un tabouret de frêne coûte 84 euros, un banc de frêne 130 euros.",
            "Le tabouret et le banc de frêne font ensemble 214 euros.",
            "Le tabouret et le banc de frêne font ensemble 204 euros.",
        ),
        (
            "it",
            "Uno sgabello di frassino costa 84 euro e una panca di frassino 130 euro.",
            "Sgabello e panca di frassino costano insieme 214 euro.",
            "Sgabello e panca di frassino costano insieme 240 euro.",
        ),
    ],
)
def test_the_prices_of_a_fact_may_be_added(language: str, fact: str, true: str, false: str) -> None:
    assert not _figures(language, fact, true)
    assert _figures(language, fact, false)


@pytest.mark.parametrize(
    ("language", "fact", "true", "false"),
    [
        (
            "en",
            "Our coffee costs €32 a kilo.",
            "Half a kilo of coffee comes to €16.",
            "Half a kilo of coffee comes to €18.",
        ),
        (
            "fr",
            "Le café coûte 32 € le kilo.",
            "Comptez 8 € pour 250 g de café.",
            "Comptez 9 € pour 250 g de café.",
        ),
        ("de", "Der Kaffee kostet 32 € das Kilo.", "250 g Kaffee kosten 8 €.", "250 g Kaffee kosten 9 €."),
        (
            "en",
            "Our coffee costs €32 a kilo.",
            "Half a kilo of coffee is €16.",
            "Half a kilo of tea costs €16.",
        ),
        (
            "en",
            "A bag costs €5, our coffee €32 a kilo.",
            "Half a kilo of coffee comes to €16.",
            "Half a kilo of coffee comes to €2.50.",
        ),
        ("fr", "Le café coûte 32 € le kilo.", "8 € pour 250 g de café.", "8 € pour 250 g de thé."),
        ("fr", "Le café coûte 32 €/kg.", "8 € pour 250 g de café.", "9 € pour 250 g de café."),
        ("it", "Il caffè costa 32 € al chilo.", "250 g di caffè costano 8 €.", "250 g di tè costano 8 €."),
        ("es", "El café cuesta 32 € el kilo.", "250 g de café cuestan 8 €.", "250 g de té cuestan 8 €."),
    ],
)
def test_a_price_by_weight_may_be_shared_out(language: str, fact: str, true: str, false: str) -> None:
    assert not _figures(language, fact, true)
    assert _figures(language, fact, false)


def test_a_price_beside_a_weight_is_no_price_by_weight() -> None:
    fact = "A coffee mug costs €22; the parcel weighs 3 kilos."
    assert "€5.50" in _figures("en", fact, "250 g of a coffee mug comes to €5.50.")


@pytest.mark.parametrize(
    ("language", "fact", "true", "false"),
    [
        (
            "fr",
            "Les bagues confiées avant 15 heures sont gravées le jour même.",
            "Il est quatorze heures : confiez vos bagues, elles sont gravées aujourd'hui.",
            "Vos bagues confiées avant 17 heures sont gravées le jour même.",
        ),
        (
            "en",
            "Rings handed in before 3 pm are engraved the same day.",
            "Rings handed in at 2 pm are engraved that day.",
            "Rings handed in before 5 pm are engraved the same day.",
        ),
        (
            "de",
            "Ringe, die vor 15 Uhr gebracht werden, gravieren wir am selben Tag.",
            "Ringe, die um 14 Uhr gebracht werden, gravieren wir am selben Tag.",
            "Ringe, die vor 17 Uhr gebracht werden, gravieren wir am selben Tag.",
        ),
        (
            "es",
            "Los anillos entregados antes de las 15:00 se graban el mismo día.",
            "Los anillos entregados a las 14:00 se graban ese mismo día.",
            "Los anillos entregados antes de las 17:00 se graban el mismo día.",
        ),
        (
            "it",
            "Gli anelli consegnati prima delle 11 si incidono il giorno stesso.",
            "Gli anelli consegnati alle dieci si incidono il giorno stesso.",
            "Gli anelli consegnati alle quattordici si incidono il giorno stesso.",
        ),
    ],
)
def test_an_hour_may_be_early_enough(language: str, fact: str, true: str, false: str) -> None:
    assert not _figures(language, fact, true)
    assert _figures(language, fact, false)


@pytest.mark.parametrize(
    ("language", "fact", "true", "false"),
    [
        (
            "fr",
            "58 sur 86 rameurs choisissent le frêne.",
            "Deux rameurs sur trois choisissent le frêne.",
            "Trois rameurs sur quatre choisissent le frêne.",
        ),
        (
            "en",
            "58 rowers out of 75 choose ash.",
            "More than three rowers in four choose ash.",
            "More than four rowers in five choose ash.",
        ),
        (
            "es",
            "58 de 86 remeros eligen el fresno.",
            "Dos de cada tres remeros eligen el fresno.",
            "Tres de cada cuatro remeros eligen el fresno.",
        ),
        (
            "it",
            "58 rematori su 86 scelgono il frassino.",
            "Due rematori su tre scelgono il frassino.",
            "Tre rematori su quattro scelgono il frassino.",
        ),
        (
            "de",
            "58 von 86 Ruderern wählen Esche.",
            "Zwei von drei Ruderern wählen Esche.",
            "Drei von vier Ruderern wählen Esche.",
        ),
    ],
)
def test_a_share_in_few_parts_is_round(language: str, fact: str, true: str, false: str) -> None:
    assert not _figures(language, fact, true)
    assert _figures(language, fact, false)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "«La barca è vecchia.» Finite le regate, si tira in secco. Chiami quando vuole."),
        ("it", "Superate le tre boe, il vento cala. Chiami quando vuole."),
        ("es", "Marta tiene ochenta años. Vuelve al puerto y pone a secar las redes."),
    ],
)
def test_who_is_told_of_is_not_spoken_to(language: str, text: str) -> None:
    found = address_kept(body(text, language), tiny_context_with(language, "Una barca."))
    said = [f.span.of(text) for f in found if f.span]
    assert not {"Finite", "Superate", "Vuelve"} & set(said)


def test_a_place_is_no_pronoun() -> None:
    text = "Nel porto di La Rochelle una barca è rimasta nove giorni."
    assert not address_kept(body(text, "it"), tiny_context_with("it", "Una barca."))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der Kiel ist am dreißigsten Tag trocken, die Segel am zweiundzwanzigsten."),
        ("en", "She lent me her second-best oar."),
    ],
)
def test_an_ordinal_is_no_superlative(language: str, text: str) -> None:
    assert not superlatives_are_supported(body(text, language), tiny_context_with(language, "Kiel."))


@pytest.mark.parametrize(
    ("language", "text", "refused"),
    [
        ("it", "Il pavimento è compreso nell’affitto.", False),
        ("es", "El perro se comió una esquina, dobladillo incluido.", False),
        ("fr", "Le chien a mangé la tarte, moule compris.", False),
        ("it", "La custodia è compresa nel prezzo della barca.", True),
        ("en", "A hand-made case is included with your boat.", True),
        ("fr", "Une housse accompagne chaque commande.", True),
    ],
)
def test_what_goes_with_a_thing_that_nobody_sells_is_no_promise(
    language: str, text: str, refused: bool
) -> None:
    facts = {
        "it": "La barca costa 90 euro.",
        "en": "The boat costs 90 euros.",
        "es": "El barco cuesta 90 euros.",
    }
    found = promises_are_supported(
        body(text, language), tiny_context_with(language, facts.get(language, "Le bateau coûte 90 euros."))
    )
    assert bool(found) is refused


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "Da uno grande ne ricaviamo due piccoli."),
        ("es", "Se carga en 2 h 30 min."),
        ("en", "The dew rets the stalks."),
    ],
)
def test_what_is_right_is_let_be(language: str, text: str) -> None:
    assert not language_is_clean(body(text, language), tiny_context_with(language, "Barca."))
