"""What good answers said and was taken for something else, each kind with a twin that stays refused."""

from __future__ import annotations

import pytest

from fakes.brand import body, tiny_context, tiny_context_with
from inedit.guard.checks.promises import promises_are_supported
from inedit.guard.evidence.contradiction import conflicts
from inedit.guard.evidence.denial import denies_fact
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import known_evidence
from inedit.guard.evidence.matching import judge_statement
from inedit.guard.evidence.promise_words import promises
from inedit.guard.evidence.statements import statements
from inedit.guard.evidence.superlatives import find_superlatives
from inedit.guard.nlp.proofreading.proofread import proofread
from inedit.model import Span

_COMPARED = [
    ("fr", "Pas un mot plus haut que l’autre dans l’atelier.", False),
    ("fr", "Aucune tasse n’est plus grande que l’autre.", False),
    ("fr", "Une roue est plus solide que l’autre.", True),
    ("fr", "Aucune roue n’est plus solide que l’autre marque.", True),
    ("de", "Kein Becher ist größer als der andere.", False),
    ("de", "Kein Becher ist größer als die von Nordglas.", True),
    ("es", "Ni una palabra más alta que otra.", False),
    ("es", "Una rueda es más sólida que la otra.", True),
    ("it", "Nessuna tazza è più grande dell’altra.", False),
    ("it", "Una ruota è più solida dell’altra.", True),
    ("fr", "Personne ne bat des mains.", False),
    ("fr", "Personne ne bat nos prix.", True),
    ("en", "Nobody beats a drum.", False),
    ("en", "Nobody beats our bread.", True),
    ("de", "Niemand schlägt die Trommel.", False),
    ("de", "Niemand schlägt unsere Preise.", True),
    ("it", "Nessuno batte le mani.", False),
    ("it", "Nessuno batte i nostri prezzi.", True),
    ("fr", "Sur beaucoup de premières commandes qui nous arrivent, il n’y a qu’un couteau.", False),
    ("fr", "La première boulangerie qui livre à vélo.", True),
    ("en", "The first order that reached us was for one knife.", False),
    ("en", "The first bakery that delivers by bike.", True),
    ("de", "Die erste Bestellung, die uns erreichte, war ein Messer.", False),
    ("de", "Die erste Bäckerei, die mit dem Rad liefert.", True),
    ("es", "El primer pedido que nos llegó era un cuchillo.", False),
    ("es", "La primera panadería que reparte en bici.", True),
    ("it", "Il primo ordine che ci è arrivato era un coltello.", False),
    ("it", "Il primo forno che consegna in bici.", True),
]


@pytest.mark.parametrize(("language", "text", "claims"), _COMPARED)
def test_equals_hands_and_first_orders_claim_no_superiority(language: str, text: str, claims: bool) -> None:
    """Of two equals neither surpasses the other; a rival is beaten, a drum is struck; an order has no rank."""
    assert bool(find_superlatives(text, language)) is claims


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("fr", "Nous avons relevé l’âge des lames que l’on nous envoie à aiguiser.", ""),
        ("fr", "On nous livre la farine le mardi.", ""),
        ("fr", "La farine nous est livrée le mardi.", ""),
        ("fr", "Nous livrons la farine le mardi.", "delivery"),
        ("fr", "Nous vous enverrons la lame.", "delivery"),
        ("fr", "On vous envoie la lame mardi.", "delivery"),
        ("fr", "La farine vous est livrée le mardi.", "delivery"),
        ("en", "The flour is delivered to us on Tuesdays.", ""),
        ("en", "The flour is delivered to you on Tuesdays.", "delivery"),
        ("de", "Das Mehl wird uns dienstags geliefert.", ""),
        ("de", "Das Mehl wird von uns dienstags geliefert.", "delivery"),
        ("es", "Nos entregan la harina los martes.", ""),
        ("es", "Entregamos la harina los martes.", "delivery"),
        ("it", "La farina ci viene consegnata il martedì.", ""),
        ("it", "La farina viene consegnata il martedì.", "delivery"),
        ("fr", "On en avait offert un à un client pour son départ.", ""),
        ("fr", "Sa mère lui a offert un vélo pour ses vingt ans.", ""),
        ("fr", "Nous vous avons offert l’étui.", "free"),
        ("fr", "L’étui est offert.", "free"),
        ("de", "Man hatte ihm ein Fahrrad geschenkt.", ""),
        ("de", "Das Etui ist geschenkt.", "free"),
        ("es", "Le habían regalado una bici.", ""),
        ("es", "Te regalamos el estuche.", "free"),
        ("it", "La zia le aveva regalato una bici.", ""),
        ("it", "Ti regaliamo il fodero.", "free"),
        ("en", "Her aunt had given her a bike.", ""),
        ("en", "The case is free.", "free"),
    ],
)
def test_what_others_send_or_gave_is_no_promise_of_ours(language: str, text: str, kind: str) -> None:
    """What is sent to us is no delivery of ours, and a present that somebody gave is not free of charge."""
    assert {k for k, _ in promises(text, language)} == ({kind} if kind else set())


@pytest.mark.parametrize(
    ("language", "text", "refused"),
    [
        ("fr", "Nous vous donnons l’ordre parce que c’est lui qui compte.", False),
        ("fr", "Nous préférons vous épargner l’attente.", False),
        ("fr", "Nous préférons vous repeindre le portail.", True),
        ("fr", "Nous vous donnons un second jeu de plaquettes.", True),
        ("en", "We give you the order because it is what counts.", False),
        ("en", "We prefer to spare you the queue.", False),
        ("en", "We prefer to paint your gate.", True),
        ("en", "We give you a second set of pads.", True),
        ("de", "Wir geben Ihnen die Reihenfolge, weil sie zählt.", False),
        ("de", "Wir ersparen Ihnen lieber die Schlange.", False),
        ("de", "Wir geben Ihnen einen zweiten Satz Beläge.", True),
        ("es", "Te damos el orden porque es lo que cuenta.", False),
        ("es", "Preferimos evitarte la cola.", False),
        ("es", "Te engrasamos la cadena.", True),
        ("it", "Ti diamo l’ordine perché è quello che conta.", False),
        ("it", "Preferiamo evitarti la coda.", False),
        ("it", "Ti ingrassiamo la catena.", True),
    ],
)
def test_an_order_or_a_reason_given_is_no_service(language: str, text: str, refused: bool) -> None:
    """What is told is given in words; what is preferred is judged by its infinitive."""
    found = promises_are_supported(body(text, language), tiny_context(language))
    found = tuple(f for f in found if "a service that" in f.message)
    assert bool(found) is refused


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("L’un peut partir pendant que l’autre sert.", False),
        ("Quelqu’un peut ouvrir la porte.", False),
        ("Des deux vélos, un peut rouler encore.", False),
        ("Il est un peut fatigué.", True),
        ("Un peut plus de sel.", True),
    ],
)
def test_one_of_them_can(text: str, wrong: bool) -> None:
    """« L’un peut partir » has its verb; « un peut plus » is « un peu »."""
    assert bool(proofread(text, "fr")) is wrong


_SOAP = {
    "fr": "Contre la cire, nous passons le savon noir d’abord. Le savon blanc jaunit le chêne.",
    "en": "Against wax we take black soap first. White soap yellows oak.",
    "de": "Gegen Wachs nehmen wir zuerst schwarze Seife. Weiße Seife vergilbt Eiche.",
    "es": "Contra la cera pasamos primero jabón negro. El jabón blanco amarillea el roble.",
    "it": "Contro la cera passiamo prima il sapone nero. Il sapone bianco ingiallisce il rovere.",
}


@pytest.mark.parametrize(
    ("language", "text", "denied"),
    [
        ("fr", "Le savon blanc n’enlève pas la cire", False),
        ("fr", "Le savon blanc ne jaunit pas le chêne", True),
        ("fr", "Jamais de savon blanc sur la cire d’un chêne", False),
        ("fr", "Jamais de savon noir sur la cire d’un chêne", True),
        ("en", "White soap does not lift wax", False),
        ("en", "White soap does not yellow oak", True),
        ("en", "Never white soap on the wax of oak", False),
        ("en", "Never black soap on the wax of oak", True),
        ("de", "Niemals weiße Seife auf Wachs von Eiche", False),
        ("de", "Niemals schwarze Seife auf Wachs von Eiche", True),
        ("es", "Nunca jabón blanco sobre la cera del roble", False),
        ("es", "Nunca jabón negro sobre la cera del roble", True),
        ("it", "Mai sapone bianco sulla cera del rovere", False),
        ("it", "Mai sapone nero sulla cera del rovere", True),
    ],
)
def test_the_harmful_means_may_be_forbidden(language: str, text: str, denied: bool) -> None:
    """Another verb is denied of it, or itself: both agree with the fact. What the fact takes may not be forbidden."""
    assert denies_fact(text, _SOAP[language], language) is denied


_ROPE = {
    "fr": "Une corde du club est lavée 23 fois par an.",
    "en": "A rope of the club is washed 23 times a year.",
    "de": "Ein Seil des Vereins wird 23 Mal im Jahr gewaschen.",
    "es": "Una cuerda del club se lava 23 veces al año.",
    "it": "Una corda del club si lava 23 volte all’anno.",
}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Nous avons compté les lavages d’une corde du club : 23 dans l’année."),
        ("en", "We counted how often a rope of the club is washed: 23 in the year."),
        ("de", "Wir haben gezählt, wie oft ein Seil des Vereins gewaschen wird: 23 übers Jahr."),
        ("es", "Contamos los lavados de una cuerda del club: 23 en el año."),
        ("it", "Abbiamo contato i lavaggi di una corda del club: 23 nell’anno."),
    ],
)
def test_a_count_behind_a_colon_has_its_period(language: str, text: str) -> None:
    """« 23 dans l’année » is 23 times a year of what the clause before counts."""
    (said,) = statements(text, language)
    known = known_evidence(body(text, language), tiny_context_with(language, _ROPE[language]))
    assert said.quantity.period == "year"
    assert judge_statement(said, known, language, 2026).outcome in ("supported", "scene")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Nous avons compté les lavages d’une corde du club : 23 dans le mois."),
        ("en", "We counted how often a rope of the club is washed: 23 in the month."),
        ("es", "Contamos los lavados de una cuerda del club: 23 en el mes."),
        ("it", "Abbiamo contato i lavaggi di una corda del club: 23 nel mese."),
    ],
)
def test_another_period_is_not_borne_out(language: str, text: str) -> None:
    """By the month, the same number is another claim."""
    (said,) = statements(text, language)
    known = known_evidence(body(text, language), tiny_context_with(language, _ROPE[language]))
    assert judge_statement(said, known, language, 2026).outcome != "supported"


@pytest.mark.parametrize(
    ("language", "fact", "text", "denied"),
    [
        (
            "fr",
            "Un journal plié des années se déchire au pli. Roulé, il n’a plus de pli où se déchirer.",
            "Roulé dans un tube, il ne reste aucun pli où se déchirer.",
            False,
        ),
        (
            "de",
            "Eine gefaltete Karte reißt in der Falte. Gerollt hat sie keine Falte mehr.",
            "Gerollt gibt es keine Falte, die reißt.",
            False,
        ),
        ("fr", "Un journal plié des années se déchire au pli.", "Le journal ne se déchire pas au pli.", True),
    ],
)
def test_what_a_fact_affirms_and_denies_may_be_denied(
    language: str, fact: str, text: str, denied: bool
) -> None:
    """A fold that a rolled map no longer has is not there, though a folded one tears along it."""
    told = Fact("fold", "insight", fact, language)
    assert bool(conflicts(text, (Span(0, len(text)),), told, language, ())) is denied
