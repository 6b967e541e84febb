"""A fact told of another thing than its own: another product, the second of two, a German compound."""

from __future__ import annotations

import pytest

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.relations.turned import turned

PRODUCTS = {
    "fr": ("cocotte", "poêle"),
    "en": ("casserole", "frying pan"),
    "de": ("Schmortopf", "Bratpfanne"),
    "es": ("olla", "sartén"),
    "it": ("casseruola", "padella"),
}

INSIGHTS = {
    "wedding": {
        "fr": "En 2021, Ana a rapporté de Porto sa poêle sur les genoux, dans le train de nuit.",
        "en": "In 2021 Ana brought her frying pan home from Porto on her lap, on the night train.",
        "de": "2021 brachte Ana ihre Bratpfanne aus Porto im Nachtzug auf den Knien nach Hause.",
        "es": "En 2021, Ana se trajo de Oporto la sartén en las rodillas, en el tren nocturno.",
        "it": "Nel 2021 Ana ha riportato da Porto la padella sulle ginocchia, nel treno di notte.",
    },
    "oil": {
        "fr": "Chaque lundi, Rosa frotte les fontes avec de l’huile et du sel, puis les pend près du four.",
        "en": "Every Monday Rosa rubs the iron with oil and salt, then hangs it by the stove.",
        "de": "Jeden Montag reibt Rosa das Eisen mit Öl und Salz ein und hängt es dann neben den Ofen.",
        "es": "Cada lunes, Rosa frota el hierro con aceite y sal y luego lo cuelga junto al horno.",
        "it": "Ogni lunedì Rosa strofina la ghisa con olio e sale, poi la appende accanto al forno.",
    },
    "moths": {
        "fr": "Au printemps 2022, deux sachets de lavande pendaient dans la réserve ; les mites ont percé trois draps.",
        "en": "In spring 2022 two lavender bags hung in the store; moths bit through three blankets.",
        "de": "Im Frühjahr 2022 hingen zwei Lavendelbeutel im Lager; die Motten durchlöcherten drei Decken.",
        "es": "En la primavera de 2022, dos bolsas de lavanda colgaban en el almacén; la polilla agujereó tres mantas.",
        "it": "Nella primavera 2022 due sacchetti di lavanda pendevano nel magazzino; le tarme bucarono tre coperte.",
    },
}


def _told(text: str, language: str) -> list[bool]:
    facts = (
        *(Fact(name, "product", name, language) for name in PRODUCTS[language]),
        *(Fact(key, "insight", told[language], language) for key, told in INSIGHTS.items()),
    )
    return [one.sure for one in turned(text, language, facts) if "not what it tells" in one.how]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Porto, 2021 : Ana rentre par le train de nuit, sa cocotte sur les genoux."),
        ("en", "Ana came home from Porto on the night train in 2021, a casserole on her lap."),
        ("de", "Aus Porto kam Ana 2021 im Nachtzug, den Schmortopf auf den Knien."),
        ("es", "Ana volvió de Oporto en 2021 en el tren nocturno, con la olla en las rodillas."),
        ("it", "Da Porto Ana è tornata nel 2021 con il treno di notte e la casseruola sulle ginocchia."),
    ],
)
def test_another_product_in_a_fact_s_place_is_refused(language: str, text: str) -> None:
    assert _told(text, language) == [True]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Rosa frotte les fontes le lundi avec de l’huile et du sable, avant de les pendre."),
        ("en", "On Mondays Rosa rubs the iron with oil and sand before she hangs it by the stove."),
        ("de", "Montags reibt Rosa das Eisen mit Öl und Sand ein, dann hängt es neben dem Ofen."),
        ("es", "Los lunes, Rosa frota el hierro con aceite y arena y lo cuelga junto al horno."),
        ("it", "Il lunedì Rosa strofina la ghisa con olio e sabbia e la appende accanto al forno."),
        ("de", "Im Frühjahr hingen zwei Zedernbeutel im Lager, und die Motten durchlöcherten drei Decken."),
    ],
)
def test_another_thing_beside_a_fact_s_own_waits_for_a_person(language: str, text: str) -> None:
    assert _told(text, language) == [False]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "fr",
            "Ana a tenu sa poêle sur les genoux, dans le train de nuit de Porto. Nos cocottes vont par la poste.",
        ),
        ("fr", "Rosa frotte les fontes le lundi, huile et sel, puis les pend près du four."),
        ("fr", "Le lundi, Rosa frotte les fontes avec du sel et un peu d’huile, avant de les pendre."),
        (
            "fr",
            "Dans la réserve pendaient deux sachets, de la lavande : les mites ont percé trois draps.",
        ),
        (
            "en",
            "Ana held the pan on her lap all night, on the train from Porto. It is the frying pan we sell today.",
        ),
        ("en", "Rosa rubs the iron with salt and oil on Mondays and hangs it by the stove."),
        ("en", "Two bags of lavender hung in the store in spring; moths bit through three blankets."),
        ("en", "Every Monday Rosa and her sister hang the iron by the stove, rubbed with oil and salt."),
        (
            "de",
            "Ana hielt die Pfanne auf den Knien, im Nachtzug aus Porto, 2021. Der Schmortopf wäre zu schwer gewesen.",
        ),
        ("de", "Rosa reibt das Eisen montags mit Salz und Öl ein und hängt es neben den Ofen."),
        (
            "de",
            "Im Lager hingen im Frühjahr zwei Beutel Lavendel, und die Motten durchlöcherten drei Decken.",
        ),
        ("es", "Ana trajo la sartén de Oporto en las rodillas, en el tren nocturno de 2021."),
        ("es", "Con sal y aceite frota Rosa el hierro cada lunes, y luego lo cuelga junto al horno."),
        (
            "es",
            "En el almacén colgaban en primavera dos bolsas con lavanda; las polillas agujerearon tres mantas.",
        ),
        ("it", "Ana ha tenuto la padella sulle ginocchia nel treno di notte da Porto, nel 2021."),
        ("it", "Con sale e olio Rosa strofina la ghisa ogni lunedì, poi la appende accanto al forno."),
        (
            "it",
            "Nel magazzino pendevano due sacchetti con la lavanda; in primavera le tarme bucarono tre coperte.",
        ),
    ],
)
def test_the_fact_s_own_things_in_other_words_pass(language: str, text: str) -> None:
    assert not _told(text, language)
