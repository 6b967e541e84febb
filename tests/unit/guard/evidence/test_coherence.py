"""One campaign, one offer: prices, dates and promises are compared as statements."""

from __future__ import annotations

import json
from typing import Any

import pytest

from conftest import ROOT
from fakes.brands import demo_project
from inedit.guard.evidence.coherence import Said, incoherences

OFFER = {
    "fr": "La visite de l’atelier, le samedi 12 décembre 2026, 8 €.",
    "en": "A visit to the workshop on Saturday, 12 December 2026, €8.",
    "de": "Die Werkstattführung am Samstag, dem 12. Dezember 2026, 8 €.",
    "es": "La visita al taller, el sábado 12 de diciembre de 2026, 8 €.",
    "it": "La visita al laboratorio, sabato 12 dicembre 2026, 8 €.",
}


def found(*texts: Said, offer: dict[str, str] = OFFER, **facts: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(one.kind, one.said) for one in incoherences(offer, texts, facts)]


def test_the_samples_of_all_channels_offer_the_same() -> None:
    """Thirty-five texts in five languages; what they say of washes, grams and repairs is no other offer."""
    brand = demo_project().brand
    facts = {tag: tuple(claim.text[tag] for claim in brand.claims.values()) for tag in OFFER}
    texts = [
        Said(row["id"], row["language"], text, prints_offer=id == "offer")
        for file in sorted((ROOT / "tests/golden/channels").glob("*.jsonl"))
        for row in map(json.loads, file.read_text(encoding="utf-8").splitlines())
        for id, text in row["parts"].items()
    ]
    assert len({said.id for said in texts}) == 35
    assert incoherences(brand.campaigns["atelier-ouvert"].offer, texts, facts) == ()


def test_another_day_of_the_month_is_found_in_every_channel_and_language() -> None:
    """Wherever a sample prints the offer, one day later is another offer."""
    brand = demo_project().brand
    rows = [
        json.loads(line)
        for file in sorted((ROOT / "tests/golden/channels").glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    later = [
        Said(row["id"], row["language"], row["parts"]["offer"].replace("12", "13"), prints_offer=True)
        for row in rows
        if "12" in row["parts"].get("offer", "")
    ]
    assert len({said.language for said in later}) == 5
    told = {one.id for one in incoherences(brand.campaigns["atelier-ouvert"].offer, later, {})}
    assert told == {said.id for said in later}


@pytest.mark.parametrize(
    ("language", "text", "kinds"),
    [
        ("fr", "La visite de l’atelier, le samedi 12 décembre 2026, 9 €.", ["price"]),
        ("fr", "La visite de l’atelier, le samedi 19 décembre 2026, 8 €.", ["date"]),
        ("en", "A visit to the workshop on Sunday, 13 December 2026, €8.", ["weekday", "date"]),
        ("de", "Die Werkstattführung am Samstag, dem 12. Dezember 2026, kostenlos.", ["promise", "price"]),
        ("es", "La visita al taller, el sábado 12 de diciembre de 2026.", ["price"]),
        ("it", "La visita al laboratorio, sabato 12 dicembre 2026, 8 €.", []),
        ("de", "Die Werkstattführung am Samstag, dem 12. Dezember 2026, acht Euro.", []),
    ],
)
def test_a_printed_offer_says_what_the_campaign_says(language: str, text: str, kinds: list[str]) -> None:
    """Each term, and none less."""
    assert [kind for kind, _ in found(Said("p", language, text, prints_offer=True))] == kinds


def test_another_figure_counts_only_where_it_is_about_the_offer() -> None:
    """A wash at 9 o'clock, or the price of a repair that is a claim, is no other price of the visit."""
    assert found(Said("p", "fr", "La visite coûte 9 €.")) == [("price", "9 €")]
    assert found(Said("p", "fr", "Die Führung durch den Ort kostet 9 €.")) == []
    assert found(Said("p", "fr", "Le drap coûte 120 €.")) == []
    fact = "Une visite du musée coûte 9 €."
    assert found(Said("p", "fr", "La visite du musée coûte 9 €."), fr=(fact,)) == []
    assert [kind for kind, _ in found(Said("p", "en", "Come to the workshop on 19 December."))] == ["date"]
    assert found(Said("p", "en", "Come to the workshop on 12 December.")) == []
    assert [kind for kind, _ in found(Said("p", "en", "Come to the workshop on 12 December 2025."))] == [
        "date"
    ]


def test_the_wordings_of_an_offer_agree() -> None:
    """In every language, but for prices in the money of another market."""
    assert found() == []
    assert found(offer={**OFFER, "it": OFFER["it"].replace("8 €", "10 €")}) == [
        ("price", "La visita al laboratorio, sabato 12 dicembre 2026, 10 €.")
    ]
    assert found(offer={**OFFER, "en": OFFER["en"].replace("€8", "£7")}) == []
    assert [kind for kind, _ in found(offer={**OFFER, "es": "La visita al taller, gratis."})] == [
        "date", "price", "promise", "weekday",
    ]  # fmt: skip


BODIES = {
    "fr": "La visite coûte 9 €. | La visite a lieu le 19 décembre. | La visite est gratuite. | "
    "20 % de remise sur la visite.",
    "en": "The visit costs €9. | The visit is on 19 December. | The visit is free. | 20% off the visit.",
    "de": "Die Führung kostet 9 €. | Sie führt am 19. Dezember durch die Werkstatt. | Die Führung ist kostenlos. | "
    "20 % Rabatt auf die Führung.",
    "es": "La visita cuesta 9 €. | La visita es el 19 de diciembre. | La visita es gratuita. | "
    "Un 20 % de descuento en la visita.",
    "it": "La visita costa 9 €. | La visita è il 19 dicembre. | La visita è gratuita. | Sconto del 20 % sulla visita.",
}


def test_a_second_offer_in_the_body_of_a_sample_is_found() -> None:
    """Another price, another date, free and 20 % off, at the end of the longest part of all 35 samples."""
    brand = demo_project().brand
    facts = {tag: tuple(claim.text[tag] for claim in brand.claims.values()) for tag in OFFER}
    changed = []
    for file in sorted((ROOT / "tests/golden/channels").glob("*.jsonl")):
        for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
            body = max((text for id, text in row["parts"].items() if id != "offer"), key=len).rstrip(".!?")
            changed += [
                Said(f"{row['id']} {n}", row["language"], f"{body}. {more}")
                for n, more in enumerate(BODIES[row["language"]].split(" | "))
            ]
    assert len(changed) == 140
    found = incoherences(brand.campaigns["atelier-ouvert"].offer, changed, facts)
    assert {one.id for one in found} == {said.id for said in changed}


def test_facts_are_read_for_prices_only_where_the_offer_has_one() -> None:
    """There are hundreds of them in a brand, and a second goes by."""

    class Unread(dict[str, tuple[str, ...]]):
        def items(self) -> Any:
            raise AssertionError("read for prices")

    texts = (Said("p", "fr", "Jusqu’au 12 décembre, 9 € !"),)
    assert not incoherences({"fr": "La visite de l’atelier."}, texts, Unread())
    with pytest.raises(AssertionError):
        incoherences({"fr": "La visite de l’atelier, 8 €."}, texts, Unread())


def test_an_offer_without_a_figure_is_contradicted_where_it_is_printed_alone() -> None:
    """What other sentences say in figures is no other offer; the part that prints it is held to it."""
    offer = {"fr": "La visite de l’atelier, gratuite.", "en": "A visit to the workshop, free."}
    assert found(Said("a", "fr", "La visite de l’atelier coûte 12 € le 3 mai."), offer=offer) == []
    assert found(Said("b", "en-GB", "The visit to the workshop is £9, 20% off."), offer=offer) == []
    assert found(Said("c", "fr", "La visite, 12 €.", prints_offer=True), offer=offer) == [
        ("price", "12 €"),
        ("promise", "La visite, 12 €."),
    ]
    assert found(Said("d", "de", "Die Führung kostet 12 €.", prints_offer=True), offer=offer) == []
