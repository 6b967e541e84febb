"""A maker of bread ovens, in five languages: claims with a last day, a guarantee, a threshold and a price."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from fakes.brand import LANGUAGES, tiny_brand, tiny_context
from inedit.brand.schema import Brand
from inedit.guard.context import Context

CLAIMS = {
    "guide": (
        "Jusqu’au 30 avril 2026, l’audioguide est offert.",
        "Until 30 April 2026, the audio guide is free.",
        "Bis zum 30. April 2026 ist der Audioguide gratis.",
        "Hasta el 30 de abril de 2026, la audioguía es gratis.",
        "Fino al 30 aprile 2026 l’audioguida è in omaggio.",
    ),
    "breads": (
        "Jusqu’au 31 juillet 2026, les tabliers sont à 15 % de moins.",
        "Until 31 July 2026, aprons are 15% off.",
        "Bis zum 31. Juli 2026 sind Schürzen um 15 % reduziert.",
        "Hasta el 31 de julio de 2026, los delantales tienen un 15 % de descuento.",
        "Fino al 31 luglio 2026 i grembiuli sono scontati del 15%.",
    ),
    "oven": (
        "Le four est garanti 4 ans.",
        "The oven is guaranteed for 4 years.",
        "Auf den Ofen geben wir 4 Jahre Garantie.",
        "El horno tiene una garantía de 4 años.",
        "Il forno è garantito 4 anni.",
    ),
    "back": (
        "Le four peut être rendu et remboursé pendant 14 jours.",
        "The oven can be returned and refunded for 14 days.",
        "Der Ofen kann 14 Tage lang zurückgegeben werden, der Preis wird erstattet.",
        "El horno se puede devolver durante 14 días, con reembolso.",
        "Il forno si può rendere per 14 giorni, con rimborso.",
    ),
    "installed": (
        "Le four est livré raccordé en 8 jours ouvrés.",
        "The oven is delivered connected within 8 working days.",
        "Der Ofen kommt angeschlossen in 8 Werktagen.",
        "El horno llega conectado en 8 días laborables.",
        "Il forno arriva collegato in 8 giorni lavorativi.",
    ),
    "moulds": (
        "La livraison des moules est gratuite dès 120 € d’achat.",
        "Delivery of moulds is free from €120.",
        "Die Lieferung von Formen ist ab 120 € kostenlos.",
        "El envío de moldes es gratis a partir de 120 €.",
        "La consegna degli stampi è gratuita da 120 €.",
    ),
    "round": (
        "Le moule Rondo coûte 28 €.",
        "The Rondo mould costs €28.",
        "Die Form Rondo kostet 28 €.",
        "El molde Rondo cuesta 28 €.",
        "Lo stampo Rondo costa 28 €.",
    ),
    "price": (
        "Le four coûte 1 890 €, pierre comprise.",
        "The oven costs €1,890, stone included.",
        "Der Ofen kostet 1.890 €, Stein inbegriffen.",
        "El horno cuesta 1890 €, piedra incluida.",
        "Il forno costa 1.890 €, pietra compresa.",
    ),
    "built": (
        "Nous assemblons nos fours à Limoges depuis 2011.",
        "We have assembled our ovens in Limoges since 2011.",
        "Wir bauen unsere Öfen seit 2011 in Limoges.",
        "Montamos nuestros hornos en Limoges desde 2011.",
        "Assembliamo i nostri forni a Limoges dal 2011.",
    ),
    "tasting": (
        "Une dégustation de pain au fournil, sans rendez-vous.",
        "A bread tasting in the bakehouse, no appointment needed.",
        "Eine Brotprobe in der Backstube, ohne Termin.",
        "Una cata de pan en el obrador, sin cita.",
        "Un assaggio di pane nel forno del paese, senza appuntamento.",
    ),
}
"""What the house claims; the audio guide has not been free since April (the tests judge on a day in June)."""

ENDED = {"guide": date(2026, 4, 30)}
PRODUCTS = {
    "oven": ("four", "oven", "Ofen", "horno", "forno"),
    "mould": ("moule", "mould", "Form", "molde", "stampo"),
    "apron": ("tablier", "apron", "Schürze", "delantal", "grembiule"),
}


def oven_context(language: str) -> Context:
    """The tiny brand with the claims and products of a maker of ovens."""
    return replace(tiny_context(language), brand=_oven_maker())


@cache
def _oven_maker() -> Brand:
    """The same object each time: what is worked out of a brand is remembered by it."""
    brand = tiny_brand()
    like, made = brand.claims["woven"], brand.identity.products[0]
    claims = {
        name: like.model_copy(
            update={
                "id": name,
                "text": dict(zip(LANGUAGES, wordings, strict=True)),
                "valid_until": ENDED.get(name),
            }
        )
        for name, wordings in CLAIMS.items()
    }
    products = tuple(
        made.model_copy(update={"id": name, "name": dict(zip(LANGUAGES, names, strict=True))})
        for name, names in PRODUCTS.items()
    )
    identity = brand.identity.model_copy(update={"products": (*brand.identity.products, *products)})
    return brand.model_copy(update={"claims": claims, "identity": identity})
