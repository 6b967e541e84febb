"""Figures that a reader works out of ours, each beside the nearest one that does not follow."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from fakes.brands import demo_project, unseen_brand
from fakes.figures import held
from inedit.brand.caching import by_identity
from inedit.brand.schema import Brand
from inedit.guard.checks.figures import figures_are_supported
from inedit.guard.context import Context
from inedit.guard.evidence.closure import told_by_sum
from inedit.guard.judge import FinishedText, finished_draft
from inedit.model import Draft


def _follows(fact: str, text: str, *beside: str) -> bool:
    _, said, known = held(fact, text, beside=beside)
    return told_by_sum(said, known) is not None


LESS = "Members of the club pay 20 % less for rooms."


@pytest.mark.parametrize(
    ("fact", "text", "follows"),
    [
        ("A parcel costs [€29] to send.", "Twelve parcels, [€348] in all.", True),
        ("Twelve parcels cost [€348] to send.", "That is [€29] a parcel, by twelve.", True),
        (
            "Twelve parcels cost [€348] to send.",
            "That is [€29] for each parcel.",
            True,
        ),  # twelve is in the fact
        ("A parcel costs [€29] to send.", "Eleven parcels, [€348] in all.", False),
        ("A parcel costs [€29] to send.", "Twelve baskets, [€348] in all.", False),  # no word of the fact
        ("A parcel costs [€29] to send.", "One parcel, [€29] in all.", False),  # it is the figure itself
        ("A parcel costs [€29] to send.", "Twelve parcels, [$348] in all.", False),
        ("A parcel weighs [29 kg] at most.", "Twelve parcels, [348 kg] in all.", False),  # no price
        ("A parcel costs [€29] to send.", "Parcels, [€348] in all.", False),  # times what?
        ("A parcel costs [€29] to send.", "Twelve parcels, [€0] in all.", False),
    ],
)
def test_a_price_times_or_by_a_number_beside_it(fact: str, text: str, follows: bool) -> None:
    """The number stands in the text or in the fact, and the sentence has a word of the fact."""
    assert _follows(fact, text) is follows


@pytest.mark.parametrize(
    ("fact", "text", "follows"),
    [
        ("An apple tree costs [€28], a pear tree €32.", "An apple and a pear: [€60] in all.", True),
        ("An apple tree costs [€28], a pear tree €32.", "An apple and a pear: [€61] in all.", False),
        ("An apple tree costs [€28], a pear tree €32.", "An apple and a pear: [$60] in all.", False),
        ("An apple tree costs [€28], a pear tree €32.", "An apple and a plum: [€60] in all.", False),
        (
            "An apple costs [€28], a pear €32.",
            "An apple and a plum: [€60] in all.",
            False,
        ),  # nothing of the pear
        ("An apple tree costs [€28].", "An apple tree: [€28] in all.", False),  # one price is no sum
        ("An apple tree costs [€28], a pear tree 32 kg.", "An apple and a pear: [€60] in all.", False),
        ("A tree costs [€28], another €32.", "Our tree and another: [60 kg] in all.", False),
    ],
)
def test_the_prices_of_one_fact_together(fact: str, text: str, follows: bool) -> None:
    """Each has a word of its own in the sentence, and nothing is left out."""
    assert _follows(fact, text) is follows


@pytest.mark.parametrize(
    ("fact", "text", "follows"),
    [
        ("Our coffee is [€21.90] a kilo.", "Half a kilo of coffee is [€10.95].", True),
        ("Our coffee is [€21.90] a kilo.", "Coffee: [500 g] for €10.95.", True),  # the weight is the buyer's
        ("Our coffee is [€21.90] a kilo.", "Coffee: [500 g] for €10.90.", False),
        ("Our coffee is [€21.90] a kilo.", "Half a kilo of coffee is [€11.95].", False),
        ("Our coffee is [€21.90] a kilo.", "Half a kilo of tea is [€10.95].", False),
        ("Our coffee is [€21.90] a bag.", "Half a kilo of coffee is [€10.95].", False),
        ("Our coffee is [$21.90] a kilo.", "Half a kilo of coffee is [€10.95].", False),
        ("Our coffee weighs [21 g] a kilo.", "Half a kilo of coffee is [€10.95].", False),
    ],
)
def test_a_price_by_the_kilo_times_a_weight(fact: str, text: str, follows: bool) -> None:
    """The weight stands close by, and the sentence has a noun of the fact."""
    assert _follows(fact, text) is follows


@pytest.mark.parametrize(
    ("text", "beside", "follows"),
    [
        ("Members of the club pay [€80] for a double room.", LESS, True),
        ("Members of the club pay [€81] for a double room.", LESS, False),
        ("Members of the club pay [€80] for a bicycle.", LESS, False),  # nothing of the price
        ("You pay [€80] for a double room.", "Members of the club swim 20 % less.", False),
        (
            "Members of the club pay [€80] for a double room.",
            "Members of the club are 20 % of guests.",
            False,
        ),
        ("Members of the club pay [€80] for a double room.", "Members of the club pay 20 kg less.", False),
    ],
)
def test_what_a_reduction_leaves_of_a_price(text: str, beside: str, follows: bool) -> None:
    """The text tells both facts: a word of the price, two of the reduction."""
    assert _follows("A double room costs [€100].", text, beside) is follows


@by_identity(maxsize=16)
def _empty(brand: Brand, language: str) -> tuple[Draft, Context]:
    return finished_draft(FinishedText({"text": ""}, language, "email"), brand, date(2026, 11, 28))


@pytest.mark.parametrize(
    "line",
    [
        "en|traverse|Two bicycles on the Augustine cost €{16/18/24} return.",
        "en|carnet|A year of Carnet Crew is 12 times £42: £{504/514/564} plus VAT.",
        "en|carnet|Six months of Carnet Books come to £{150/125/72} plus VAT.",
        "en|altana|Seven nights in July at 118 euros are {826/836/588} euros.",
        "en|combe|Of 23 farms, 9 are certified organic: the remaining {14/12/16} are not.",
        "en|combe|Two kilos of the 24-month Comté make €{73.60/72.60/55.00}.",
        "en|combe|Your basket stands at €61? €{14/13/24} more and delivery in France is free.",
        "en|audia|Of our 46 fitters, {27/26/37} play no instrument.",
        "en|audia|A conservatoire student under 26 pays £{1,720/1,740/1,935} for Audia Scena.",
        "en|quinte|Three hours in a practice room are {18/16/36} euros.",
        "en|quinte|Your repair costs 1,200 euros? Paid in 4 instalments, that is {300/400/250} euros each time.",
        "en|quinte|A landing of 1.30 m? For an upright to turn you are {25/35/15} cm short.",
        "en|quinte|The repairers took out 214 objects in 2025, 88 of them pencils, the other {126/136/116} not.",
        "en|visio|Two frames for children cost {136/146/290} euros without lenses.",
        "en|semis|Ten seed packets at 3.60 euros make {36/38/32} euros.",
        "en|semis|An apple tree and a pear tree: {60/62/56} euros, and 14 euros to ship them.",
        "en|altana|Three days of half board for two adults: 6 times 34 euros, {204/214/206} euros.",
        "fr|traverse|Trois cabines à 58 € font {174/184/164} €.",
        "fr|quinte|Un an de piano silencieux en location représente {648/638/468} € de loyers.",
        "fr|quinte|Entre le piano droit et le silencieux, l’écart est de {15/16/41} € par mois.",
        "fr|quinte|Le palier mesure 1,45 m ? Il manque {10/20/15} cm pour tourner.",
        "fr|combe|Deux kilos de comté de 14 mois à 27,50 €, cela fait {55,00/54,80/73,60} €.",
        "fr|combe|Votre panier est à 58 € ? Il manque {17/18/27} € pour la livraison gratuite en France.",
        "fr|altana|Quatre nuits à 84 euros, c’est {336/346/472} euros.",
        "fr|visio|Deux montures enfant coûtent {136/146/290} euros sans les verres.",
        "fr|semis|Cinq sachets de graines à 3,60 euros font {18/19/17} euros.",
        "fr|quinte|Une réparation de 960 euros se paie en 4 fois {240/250/320} euros sans frais.",
        "fr|quinte|Dix-huit tonnes pour 230 cordes : moins de {80/60/180} kilos par corde.",
        "de|traverse|Drei Fahrräder auf der Augustine kosten hin und zurück {24/28/27} €.",
        "de|quinte|Sechs Monate Silent-Klavier zu 54 € sind {324/334/234} €.",
        "de|quinte|Zwei Jahre Stutzflügel, das sind 24 Mieten zu 95 €, also {2.280/2.380/936} €.",
        "de|quinte|Ihr Treppenabsatz misst 1,35 m? Dann fehlen {20/30/15} cm.",
        "de|quinte|Eine Reparatur für 1.600 Euro zahlen Sie in 4 Raten zu {400/350/500} Euro.",
        "de|quinte|214 Gegenstände, davon 88 Bleistifte: Die anderen {126/136/116} waren keine.",
        "de|combe|Drei Kilo Comté von 8 Monaten zu 21,90 € sind {65,70/66,70/80,70} €.",
        "de|altana|Fünf Nächte im Juli zu 118 Euro sind {590/600/420} Euro.",
        "de|visio|Zwei Kinderfassungen kosten {136/146/290} Euro ohne Gläser.",
        "es|traverse|Tres paseos al faro a 12 € son {36/38/24} €.",
        "es|quinte|Seis cuotas de 54 € son {324/334/234} € por el piano silencioso.",
        "es|quinte|Un año de piano vertical en alquiler son {468/478/648} € de cuotas.",
        "es|quinte|Entre el vertical y el silencioso hay {15/16/41} € al mes de diferencia.",
        "es|quinte|¿Tu rellano mide 1,40 m? Te faltan {15/25/20} cm para girar el piano.",
        "es|quinte|Una reparación de 1.000 euros se paga en 4 plazos de {250/300/200} euros.",
        "es|combe|Dos kilos de comté de 24 meses son {73,60/72,60/55,00} €.",
        "es|altana|Tres noches a 84 euros son {252/262/354} euros.",
        "es|visio|Dos monturas infantiles cuestan {136/146/290} euros sin cristales.",
        "es|semis|Diez sobres a 3,60 euros son {36/38/32} euros.",
        "es|semis|Un manzano y un peral: {60/62/56} euros.",
        "it|traverse|Tre cabine a 58 € fanno {174/184/164} €.",
        "it|quinte|Dodici canoni da 39 € fanno {468/478/648} € per un verticale.",
        "it|quinte|Un anno di pianoforte silenzioso a noleggio costa {648/638/468} € di canoni.",
        "it|quinte|Tra il verticale e il silenzioso ci sono {15/16/41} € al mese.",
        "it|quinte|Il pianerottolo misura 1,35 m? Mancano {20/30/15} cm per girare.",
        "it|quinte|Una riparazione da 880 euro si paga in 4 rate da {220/230/200} euro.",
        "it|combe|Due chili di Comté di 14 mesi a 27,50 € fanno {55,00/54,80/73,60} €.",
        "it|altana|Quattro notti a 84 euro fanno {336/346/472} euro.",
        "it|semis|Dieci bustine a 3,60 euro fanno {36/38/32} euro.",
        "it|semis|Un melo e un pero: {60/62/56} euro.",
        "en|quinte|Of the 1,640 tunings of 2025, 22%, about {360/410/300}, took place in September and October.",
        "fr|quinte|Sur 1 640 accords en 2025, environ {360/410/300} ont eu lieu en septembre et octobre, soit 22 %.",
        "de|quinte|Von 500 Stimmungen im Jahr 2025 wären 22 %, also {110/120/100}, im September und Oktober gewesen.",
        "es|quinte|De 200 afinaciones en 2025, 22 %, es decir {44/46/22}, se hicieron en septiembre y octubre.",
        "it|quinte|Su 300 accordature del 2025, il 22 %, cioè {66/68/33}, si è fatto in settembre e ottobre.",
    ],
)
def test_what_follows_from_the_facts_of_a_brand(line: str) -> None:
    """The first of the figures in braces follows from what the brand says; each other one, off by one, of a wrong
    operand or of another thing's price, is sent back."""
    language, brand, text = line.split("|")
    choice = re.search(r"\{(.*)\}", text)
    assert choice
    empty, context = _empty(unseen_brand(brand), language)
    found = []
    for figure in choice[1].split("/"):
        draft = replace(empty, parts={"text": text.replace(choice[0], figure)})
        found.append(bool(figures_are_supported(draft, context)))
    assert found == [False, *[True] * (len(found) - 1)]


@pytest.mark.parametrize(
    "line",
    [
        "en|demo|Two initials are embroidered by hand in 2 days, in the workshop.",
        "fr|demo|Deux initiales sont brodées à la main en 2 jours, à l’atelier.",
        "de|demo|Zwei Initialen werden in 2 Tagen von Hand gestickt, in der Werkstatt.",
        "es|demo|El bordado tarda dos días. ¿El arreglo? En dos días.",
        "it|demo|Il ricamo richiede due giorni. La riparazione? In due giorni.",
    ],
)
def test_no_time_is_parted_or_added_up(line: str) -> None:
    """Four days for two initials are not two for one, and two days twice are no four."""
    language, _, text = line.split("|")
    empty, context = _empty(demo_project().brand, language)
    assert figures_are_supported(replace(empty, parts={"text": text}), context)
