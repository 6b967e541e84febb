# ruff: noqa: E501
"""What a fact says of two things is not told of the other one: figures, wholes and parts, choices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations

import pytest

from conftest import ROOT
from fakes.brands import demo_project, unseen_brand
from inedit.brand.load import load_project
from inedit.brand.schema import Brand
from inedit.guard.checks.figures import figures_are_supported
from inedit.guard.checks.insights import nothing_is_turned
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.relations.exchanged import exchanged
from inedit.guard.evidence.relations.turned import turned
from inedit.guard.judge import FinishedText, finished_draft
from inedit.guard.nlp.quantities import find_quantities

# language, fact, true retellings, false ones
RETOLD = [
    (
        "fr",
        "Dans la couveuse, les œufs de poule éclosent le 21e jour, ceux d’oie le 30e.",
        [
            "Il faut trente jours à un œuf d’oie pour éclore dans la couveuse ; à celui de poule, vingt et un suffisent.",
            "Dans la couveuse, la poule éclôt au bout de trois semaines. L’oie se fait attendre jusqu’au trentième jour.",
        ],
        [
            "Il faut vingt et un jours à un œuf d’oie pour éclore dans la couveuse ; à celui de poule, trente.",
            "Dans la couveuse, l’oie éclôt au bout de trois semaines. La poule se fait attendre jusqu’au trentième jour.",
        ],
    ),
    (
        "fr",
        "En 2024, nous avons relié 40 livres à la colle et 40 au fil. Au printemps, 9 livres collés tenaient encore, 38 cousus.",
        [
            "Quarante livres à la colle, quarante au fil, reliés en 2024 : au printemps, 38 cousus tenaient encore et seulement 9 collés.",
            "Des quarante livres reliés au fil en 2024, trente-huit tenaient encore au printemps ; la colle n’en a gardé que neuf.",
        ],
        [
            "Quarante livres à la colle, quarante au fil, reliés en 2024 : au printemps, 38 collés tenaient encore et seulement 9 cousus.",
            "Des quarante livres reliés à la colle en 2024, trente-huit tenaient encore au printemps ; le fil n’en a gardé que neuf.",
        ],
    ),
    (
        "fr",
        "En janvier, le gel a touché 120 ruches pendant cinq nuits. 97 ont passé l’hiver.",
        [
            "Cinq nuits de gel en janvier sur 120 ruches. 23 n’ont pas passé l’hiver.",
            "Le gel de janvier a duré cinq nuits. Des 120 ruches, 97 ont passé l’hiver, 23 non.",
        ],
        [
            "Cinq nuits de gel en janvier sur 120 ruches. 23 ont passé l’hiver.",
            "Le gel de janvier a touché 120 ruches pendant cinq nuits. Après cela, 97 n’ont pas passé l’hiver.",
        ],
    ),
    (
        "fr",
        "Un ferry de nuit transporte 640 voitures, celui de jour 410.",
        [
            "Le jour, 410 voitures montent dans le ferry ; la nuit, 640.",
            "Celui de nuit embarque 640 voitures. Sur le ferry de jour, on en compte 410.",
        ],
        [
            "Le jour, 640 voitures montent dans le ferry ; la nuit, 410.",
            "Celui de nuit embarque 410 voitures. Sur le ferry de jour, on en compte 640.",
        ],
    ),
    (
        "fr",
        "En mars, l’apprentie Léa a livré à Dinan huit brioches au lieu de huit baguettes. Le café les a gardées.",
        [
            "À Dinan, un café attendait huit baguettes : Léa, notre apprentie, lui a livré huit brioches. Il les a gardées.",
            "Huit brioches à la place de huit baguettes : c’est ce que Léa a livré en mars au café de Dinan, qui les a gardées.",
        ],
        [
            "En mars, Léa, l’apprentie, a livré à Dinan huit baguettes au lieu de huit brioches. Le café les a gardées.",
            "Huit baguettes à la place de huit brioches : c’est ce que Léa a livré en mars au café de Dinan.",
        ],
    ),
    (
        "fr",
        "En mai, à Metz, 26 apprentis sur 30 ont choisi une autre teinte que celle de leur maître.",
        [
            "À Metz, en mai, vingt-six apprentis sur trente n’ont pas suivi la teinte de leur maître.",
            "À Metz, quatre apprentis sur trente seulement ont choisi la même teinte que leur maître.",
        ],
        [
            "À Metz, en mai, vingt-six apprentis sur trente ont choisi la même teinte que leur maître.",
        ],
    ),
    (
        "fr",
        "Nous gardons les pièces de chaque moulin pendant 15 ans après le dernier vendu. La garantie du moulin est de 3 ans.",
        [
            "Quinze ans après le dernier vendu, nous avons encore les pièces de chaque moulin.",
            "Le moulin est garanti trois ans, et nous en gardons les pièces quinze.",
        ],
        [
            "Le moulin est garanti quinze ans, et nous en gardons les pièces trois.",
            "Garantie du moulin : 15 ans.",
        ],
    ),
    (
        "en",
        "In the incubator, hen’s eggs hatch on day 21, goose eggs on day 30.",
        [
            "A goose egg needs thirty days in the incubator; a hen’s egg is done in twenty-one.",
            "Day 30, and the goose eggs hatch in the incubator. The hen’s were nine days earlier, on day 21.",
        ],
        [
            "A hen’s egg needs thirty days in the incubator; a goose egg is done in twenty-one.",
            "In the incubator the goose eggs hatch after three weeks. The hen’s eggs take until day 30.",
        ],
    ),
    (
        "en",
        "In 2024 we bound 40 books with glue and 40 with thread. By spring, 9 glued books still held, and 38 sewn ones.",
        [
            "Forty books in glue, forty in thread, all bound in 2024. By spring 38 of the sewn ones still held, and 9 glued.",
            "Of the forty books we bound with thread in 2024, thirty-eight still held in spring; glue had kept nine.",
        ],
        [
            "Forty books in glue, forty in thread, all bound in 2024. By spring 38 of the glued ones still held, and 9 sewn.",
        ],
    ),
    (
        "en",
        "In January frost hit 120 hives for five nights. 97 came through the winter.",
        [
            "Five nights of frost in January, 120 hives. 23 did not come through the winter.",
            "After five nights of January frost on 120 hives, 97 came through the winter and 23 were lost.",
        ],
        [
            "Five nights of frost in January, 120 hives. 23 came through the winter.",
        ],
    ),
    (
        "en",
        "A night ferry carries 640 cars, the day one 410.",
        [
            "By day the ferry carries 410 cars, by night 640.",
            "640 cars fit on the night ferry. The day one takes 410.",
        ],
        [
            "By day the ferry carries 640 cars, by night 410.",
            "410 cars fit on the night ferry. The day one takes 640.",
        ],
    ),
    (
        "en",
        "In March our apprentice Lea delivered eight brioches instead of eight baguettes to Dinan. The café kept them.",
        [
            "The café in Dinan had ordered eight baguettes. Lea, our apprentice, delivered eight brioches, and they kept them.",
            "Instead of eight baguettes, the café in Dinan got eight brioches from Lea in March, and kept them.",
        ],
        [
            "Our apprentice Lea delivered eight baguettes instead of eight brioches to Dinan in March. The café kept them.",
            "Instead of eight brioches, the café in Dinan got eight baguettes from Lea in March.",
        ],
    ),
    (
        "en",
        "In May, in Metz, 26 of 30 apprentices chose another shade than their master’s.",
        [
            "In Metz, 26 apprentices of 30 did not choose their master’s shade.",
            "Twenty-six of thirty apprentices in Metz chose a shade that was not their master’s.",
        ],
        [
            "In Metz, 26 of 30 apprentices chose the same shade as their master.",
            "Twenty-six of thirty apprentices in Metz agreed with their master on the shade.",
        ],
    ),
    (
        "en",
        "We keep the parts of every mill for 15 years after the last one sold. The mill’s guarantee is 3 years.",
        [
            "Fifteen years after the last one sold, we still keep the parts of every mill.",
            "The mill is guaranteed for three years, and its parts are kept for fifteen.",
        ],
        [
            "The mill is guaranteed for fifteen years, and its parts are kept for three.",
            "The mill’s guarantee: 15 years.",
        ],
    ),
    (
        "de",
        "Im Brutkasten schlüpfen Hühner am 21. Tag, Gänse am 30.",
        [
            "Dreißig Tage brauchen die Gänse im Brutkasten, bis sie schlüpfen; die Hühner sind nach einundzwanzig so weit.",
            "Nach drei Wochen schlüpfen im Brutkasten die Hühner. Auf die Gänse wartet man bis zum 30. Tag.",
        ],
        [
            "Dreißig Tage brauchen die Hühner im Brutkasten, bis sie schlüpfen; die Gänse sind nach einundzwanzig so weit.",
            "Nach drei Wochen schlüpfen im Brutkasten die Gänse. Auf die Hühner wartet man bis zum 30. Tag.",
        ],
    ),
    (
        "de",
        "2024 banden wir 40 Bücher mit Leim und 40 mit Faden. Im Frühling hielten noch 9 geleimte Bücher, von den genähten 38.",
        [
            "Vierzig Bücher mit Leim, vierzig mit Faden, gebunden 2024. Im Frühling hielten noch 38 genähte und 9 geleimte.",
            "Von den vierzig Büchern mit Faden hielten im Frühling noch achtunddreißig, von denen mit Leim neun.",
        ],
        [
            "Vierzig Bücher mit Leim, vierzig mit Faden, gebunden 2024. Im Frühling hielten noch 38 geleimte und 9 genähte.",
        ],
    ),
    (
        "de",
        "Im Januar traf der Frost fünf Nächte lang 120 Bienenstöcke. 97 kamen durch den Winter.",
        [
            "Fünf Nächte Frost im Januar, 120 Bienenstöcke. 23 kamen nicht durch den Winter.",
            "Im Januar lag der Frost fünf Nächte auf 120 Bienenstöcken. Durch den Winter kamen 97, 23 nicht.",
        ],
        [
            "Fünf Nächte Frost im Januar, 120 Bienenstöcke. Durch den Winter kamen 23.",
            "Im Januar lag der Frost fünf Nächte auf 120 Bienenstöcken. 97 kamen nicht durch den Winter.",
        ],
    ),
    (
        "de",
        "Die Nachtfähre nimmt 640 Autos mit, die Tagfähre 410.",
        [
            "Am Tag nimmt die Tagfähre 410 Autos mit, in der Nacht die Nachtfähre 640.",
            "410 Autos passen auf die Tagfähre. Die Nachtfähre nimmt 640 mit.",
        ],
        [
            "640 Autos passen auf die Tagfähre. Die Nachtfähre nimmt 410 mit.",
            "Die Tagfähre nimmt 640 Autos mit.",
        ],
    ),
    (
        "de",
        "Im März brachte unser Lehrling Lea acht Brioches statt acht Baguettes nach Trier. Das Café behielt sie.",
        [
            "Das Café in Trier hatte acht Baguettes bestellt. Lea, unser Lehrling, brachte acht Brioches, und sie durften bleiben.",
            "Statt acht Baguettes bekam das Café in Trier im März von Lea acht Brioches und behielt sie.",
        ],
        [
            "Acht Baguettes statt acht Brioches brachte Lea, unser Lehrling, im März nach Trier. Das Café behielt sie.",
            "Statt acht Brioches bekam das Café in Trier im März von Lea acht Baguettes.",
        ],
    ),
    (
        "de",
        "Im Mai wählten in Metz 26 von 30 Lehrlingen einen anderen Farbton als ihr Meister.",
        [
            "In Metz wählten 26 von 30 Lehrlingen nicht den Farbton ihres Meisters.",
            "Nur vier von dreißig Lehrlingen wählten in Metz denselben Farbton wie ihr Meister.",
        ],
        [
            "In Metz wählten 26 von 30 Lehrlingen denselben Farbton wie ihr Meister.",
            "In Metz waren sich 26 von 30 Lehrlingen mit ihrem Meister über den Farbton einig.",
        ],
    ),
    (
        "de",
        "Die Ersatzteile jeder Mühle halten wir 15 Jahre nach der letzten verkauften vorrätig. Die Garantie der Mühle beträgt 3 Jahre.",
        [
            "Noch 15 Jahre nach der letzten verkauften haben wir Ersatzteile für jede Mühle.",
            "Die Mühle hat drei Jahre Garantie, ihre Ersatzteile halten wir fünfzehn Jahre vorrätig.",
        ],
        [
            "Die Mühle hat fünfzehn Jahre Garantie, ihre Ersatzteile halten wir drei Jahre vorrätig.",
            "Garantie der Mühle: 15 Jahre.",
        ],
    ),
    (
        "es",
        "En la incubadora, los huevos de gallina eclosionan el día 21 y los de oca, el 30.",
        [
            "Un huevo de oca necesita treinta días en la incubadora; al de gallina le bastan veintiuno.",
            "A las tres semanas eclosionan en la incubadora los huevos de gallina. Los de oca esperan hasta el día 30.",
        ],
        [
            "Un huevo de gallina necesita treinta días en la incubadora; al de oca le bastan veintiuno.",
            "A las tres semanas eclosionan en la incubadora los huevos de oca. Los de gallina esperan hasta el día 30.",
        ],
    ),
    (
        "es",
        "En 2024 encuadernamos 40 libros con cola y 40 con hilo. En primavera aguantaban 9 libros encolados y 38 cosidos.",
        [
            "Cuarenta libros con cola y cuarenta con hilo, todos de 2024. En primavera aguantaban 38 cosidos y solo 9 encolados.",
            "De los cuarenta libros con hilo, treinta y ocho aguantaban en primavera; con cola, nueve.",
        ],
        [
            "Cuarenta libros con cola y cuarenta con hilo, todos de 2024. En primavera aguantaban 38 encolados y solo 9 cosidos.",
        ],
    ),
    (
        "es",
        "En enero, la helada alcanzó 120 colmenas durante cinco noches. 97 pasaron el invierno.",
        [
            "Cinco noches de helada en enero, 120 colmenas. 23 no pasaron el invierno.",
            "La helada de enero duró cinco noches. De las 120 colmenas, 97 pasaron el invierno y 23 no.",
        ],
        [
            "Cinco noches de helada en enero, 120 colmenas. 23 pasaron el invierno.",
            "La helada de enero alcanzó 120 colmenas durante cinco noches. Al final, 97 no pasaron el invierno.",
        ],
    ),
    (
        "es",
        "El ferri de noche lleva 640 coches y el de día, 410.",
        [
            "De día, el ferri lleva 410 coches; de noche, 640.",
            "En el ferri de noche caben 640 coches. En el de día, 410.",
        ],
        [
            "De día, el ferri lleva 640 coches; de noche, 410.",
            "En el ferri de noche caben 410 coches. En el de día, 640.",
        ],
    ),
    (
        "es",
        "En marzo, la aprendiza Lea entregó en Lugo ocho bollos en lugar de ocho barras. La cafetería se los quedó.",
        [
            "La cafetería de Lugo había pedido ocho barras. Lea, la aprendiza, le entregó ocho bollos, y se los quedó.",
            "En vez de ocho barras, la cafetería de Lugo recibió en marzo ocho bollos de manos de Lea, y se los quedó.",
        ],
        [
            "En marzo, la aprendiza Lea entregó en Lugo ocho barras en lugar de ocho bollos. La cafetería se las quedó.",
            "En vez de ocho bollos, la cafetería de Lugo recibió en marzo ocho barras de manos de Lea.",
        ],
    ),
    (
        "es",
        "En mayo, en Metz, 26 aprendices de 30 eligieron un tono distinto del de su maestro.",
        [
            "En Metz, 26 de 30 aprendices no eligieron el tono de su maestro.",
            "Solo cuatro de los treinta aprendices de Metz eligieron el mismo tono que su maestro.",
        ],
        [
            "En Metz, 26 de 30 aprendices eligieron el mismo tono que su maestro.",
            "En Metz, veintiséis aprendices de treinta coincidieron con su maestro en el tono.",
        ],
    ),
    (
        "es",
        "Guardamos las piezas de cada molino 15 años después del último vendido. La garantía del molino es de 3 años.",
        [
            "Quince años después del último vendido seguimos guardando las piezas de cada molino.",
            "El molino tiene tres años de garantía, y sus piezas se guardan quince.",
        ],
        [
            "El molino tiene quince años de garantía, y sus piezas se guardan tres.",
            "Garantía del molino: 15 años.",
        ],
    ),
    (
        "it",
        "Nell’incubatrice le uova di gallina si schiudono il 21º giorno, quelle d’oca il 30º.",
        [
            "A un uovo d’oca servono trenta giorni nell’incubatrice; a quello di gallina ne bastano ventuno.",
            "Dopo tre settimane si schiudono nell’incubatrice le uova di gallina. Per quelle d’oca si aspetta il trentesimo giorno.",
        ],
        [
            "A un uovo di gallina servono trenta giorni nell’incubatrice; a quello d’oca ne bastano ventuno.",
            "Dopo tre settimane si schiudono nell’incubatrice le uova d’oca. Per quelle di gallina si aspetta il trentesimo giorno.",
        ],
    ),
    (
        "it",
        "Nel 2024 abbiamo rilegato 40 libri con la colla e 40 con il filo. In primavera tenevano ancora 9 libri incollati e 38 cuciti.",
        [
            "Quaranta libri con la colla, quaranta con il filo, tutti del 2024. In primavera tenevano ancora 38 cuciti e solo 9 incollati.",
            "Dei quaranta libri con il filo, trentotto tenevano ancora in primavera; con la colla, nove.",
        ],
        [
            "Quaranta libri con la colla, quaranta con il filo, tutti del 2024. In primavera tenevano ancora 38 incollati e solo 9 cuciti.",
        ],
    ),
    (
        "it",
        "A gennaio il gelo ha colpito 120 arnie per cinque notti. 97 hanno passato l’inverno.",
        [
            "Cinque notti di gelo a gennaio, 120 arnie. 23 non hanno passato l’inverno.",
            "Il gelo di gennaio è durato cinque notti. Delle 120 arnie, 97 hanno passato l’inverno, 23 no.",
        ],
        [
            "Cinque notti di gelo a gennaio, 120 arnie. 23 hanno passato l’inverno.",
            "Il gelo di gennaio ha colpito 120 arnie per cinque notti. Alla fine, 97 non hanno passato l’inverno.",
        ],
    ),
    (
        "it",
        "Il traghetto di notte porta 640 auto, quello di giorno 410.",
        [
            "Di giorno il traghetto porta 410 auto, di notte 640.",
            "Sul traghetto di notte salgono 640 auto. Su quello di giorno, 410.",
        ],
        [
            "Di giorno il traghetto porta 640 auto, di notte 410.",
            "Sul traghetto di notte salgono 410 auto. Su quello di giorno, 640.",
        ],
    ),
    (
        "it",
        "A marzo l’apprendista Lea ha consegnato a Lecco otto brioche invece di otto filoni. Il bar se le è tenute.",
        [
            "Il bar di Lecco aveva ordinato otto filoni. Lea, l’apprendista, gli ha consegnato otto brioche, e se le è tenute.",
            "Al posto di otto filoni, a marzo il bar di Lecco ha ricevuto da Lea otto brioche, e se le è tenute.",
        ],
        [
            "A marzo l’apprendista Lea ha consegnato a Lecco otto filoni invece di otto brioche. Il bar se li è tenuti.",
            "Al posto di otto brioche, a marzo il bar di Lecco ha ricevuto da Lea otto filoni.",
        ],
    ),
    (
        "it",
        "A maggio, a Metz, 26 apprendisti su 30 hanno scelto una tinta diversa da quella del maestro.",
        [
            "A Metz, 26 apprendisti su 30 non hanno scelto la tinta del maestro.",
            "Solo quattro apprendisti su trenta, a Metz, hanno scelto la stessa tinta del maestro.",
        ],
        [
            "A Metz, 26 apprendisti su 30 hanno scelto la stessa tinta del maestro.",
            "A Metz, ventisei apprendisti su trenta erano d’accordo con il maestro sulla tinta.",
        ],
    ),
    (
        "it",
        "Teniamo i pezzi di ogni mulino per 15 anni dopo l’ultimo venduto. La garanzia del mulino è di 3 anni.",
        [
            "Quindici anni dopo l’ultimo venduto, teniamo ancora i pezzi di ogni mulino.",
            "Il mulino ha tre anni di garanzia, e i suoi pezzi li teniamo quindici.",
        ],
        [
            "Il mulino ha quindici anni di garanzia, e i suoi pezzi li teniamo tre.",
            "Garanzia del mulino: 15 anni.",
        ],
    ),
    (
        "fr",
        "Le pot de miel d’acacia coûte 9 euros, celui de châtaignier 7 euros.",
        [
            "Comptez 7 euros pour le châtaignier, 9 pour l’acacia.",
            "Un pot de miel ? L’acacia est à 9 euros.",
        ],
        [
            "Comptez 7 euros pour l’acacia, 9 pour le châtaignier.",
            "Un pot de miel ? Le châtaignier est à 9 euros.",
        ],
    ),
    (
        "fr",
        "En 2019, le moulin a vendu 84 tonnes de farine. En 2024, 131.",
        [
            "Le moulin a vendu 131 tonnes de farine en 2024, contre 84 en 2019.",
            "84 tonnes en 2019 : c’est ce que le moulin vendait de farine, avant les 131 de 2024.",
        ],
        [
            "Le moulin a vendu 131 tonnes de farine en 2019, contre 84 en 2024.",
            "En 2019, le moulin vendait 131 tonnes de farine.",
        ],
    ),
    (
        "fr",
        "Sur 80 horloges déposées à l’atelier, 71 sonnaient de nouveau à Noël.",
        [
            "De 80 horloges déposées à l’atelier, neuf ne sonnaient toujours pas à Noël.",
            "À Noël, 71 des 80 horloges de l’atelier sonnaient de nouveau.",
        ],
        [
            "À Noël, 71 des 80 horloges de l’atelier ne sonnaient toujours pas.",
        ],
    ),
    (
        "en",
        "A jar of acacia honey costs 9 euros, a jar of chestnut 7 euros.",
        [
            "The chestnut is 7 euros a jar, and acacia honey 9.",
            "Acacia honey? That’s 9 euros a jar.",
        ],
        [
            "The chestnut is 9 euros a jar, and acacia honey 7.",
            "Chestnut honey? That’s 9 euros a jar.",
        ],
    ),
    (
        "en",
        "In 2019 the mill sold 84 tonnes of flour. In 2024, 131.",
        [
            "The mill sold 131 tonnes of flour in 2024, up from 84 in 2019.",
            "84 tonnes of flour: that was the mill in 2019, before the 131 of 2024.",
        ],
        [
            "The mill sold 131 tonnes of flour in 2019, and 84 in 2024.",
            "In 2019 the mill sold 131 tonnes of flour.",
        ],
    ),
    (
        "en",
        "Of 80 clocks left at the workshop, 71 were striking again by Christmas.",
        [
            "Of the 80 clocks left at the workshop, nine were still not striking by Christmas.",
            "By Christmas 71 of the workshop’s 80 clocks were striking again.",
        ],
        [
            "Of the 80 clocks left at the workshop, nine were striking again by Christmas.",
            "By Christmas 71 of the workshop’s 80 clocks were still not striking.",
        ],
    ),
    (
        "de",
        "Ein Glas Akazienhonig kostet 9 Euro, ein Glas Kastanienhonig 7 Euro.",
        [
            "Den Kastanienhonig gibt es für 7 Euro das Glas, den Akazienhonig für 9.",
            "Neun Euro kostet ein Glas Akazienhonig.",
        ],
        [
            "Den Kastanienhonig gibt es für 9 Euro das Glas, den Akazienhonig für 7.",
            "Neun Euro kostet ein Glas Kastanienhonig.",
        ],
    ),
    (
        "de",
        "2019 verkaufte die Mühle 84 Tonnen Mehl. 2024 waren es 131.",
        [
            "131 Tonnen Mehl verkaufte die Mühle 2024, nach 84 im Jahr 2019.",
            "84 Tonnen Mehl waren es 2019, die die Mühle verkaufte.",
        ],
        [
            "131 Tonnen Mehl verkaufte die Mühle 2019, 84 im Jahr 2024.",
            "2019 verkaufte die Mühle 131 Tonnen Mehl.",
        ],
    ),
    (
        "de",
        "Von 80 Uhren in der Werkstatt schlugen zu Weihnachten 71 wieder.",
        [
            "Von 80 Uhren in der Werkstatt schlugen zu Weihnachten neun noch nicht.",
            "Zu Weihnachten schlugen 71 der 80 Uhren in der Werkstatt wieder.",
        ],
        [
            "Von 80 Uhren in der Werkstatt schlugen zu Weihnachten neun wieder.",
            "Zu Weihnachten schlugen 71 der 80 Uhren in der Werkstatt noch nicht.",
        ],
    ),
    (
        "es",
        "El tarro de miel de acacia cuesta 9 euros y el de castaño, 7 euros.",
        [
            "La de castaño está a 7 euros el tarro; la miel de acacia, a 9.",
            "¿Miel de acacia? El tarro cuesta 9 euros.",
        ],
        [
            "La de castaño está a 9 euros el tarro; la miel de acacia, a 7.",
        ],
    ),
    (
        "es",
        "En 2019, el molino vendió 84 toneladas de harina. En 2024, 131.",
        [
            "El molino vendió 131 toneladas de harina en 2024, frente a 84 en 2019.",
            "En 2019 fueron 84 las toneladas de harina que vendió el molino.",
        ],
        [
            "El molino vendió 131 toneladas de harina en 2019 y 84 en 2024.",
            "En 2019, el molino vendió 131 toneladas de harina.",
        ],
    ),
    (
        "es",
        "De 80 relojes dejados en el taller, 71 sonaban de nuevo en Navidad.",
        [
            "De los 80 relojes dejados en el taller, nueve seguían sin sonar en Navidad.",
            "En Navidad, 71 de los 80 relojes del taller sonaban de nuevo.",
        ],
        [
            "En Navidad, 71 de los 80 relojes del taller no sonaban.",
        ],
    ),
    (
        "it",
        "Il vasetto di miele d’acacia costa 9 euro, quello di castagno 7 euro.",
        [
            "Quello di castagno costa 7 euro al vasetto, il miele d’acacia 9.",
            "Miele d’acacia? Il vasetto costa 9 euro.",
        ],
        [
            "Quello di castagno costa 9 euro al vasetto, il miele d’acacia 7.",
        ],
    ),
    (
        "it",
        "Nel 2019 il mulino ha venduto 84 tonnellate di farina. Nel 2024, 131.",
        [
            "Il mulino ha venduto 131 tonnellate di farina nel 2024, contro 84 nel 2019.",
            "Erano 84, nel 2019, le tonnellate di farina vendute dal mulino.",
        ],
        [
            "Il mulino ha venduto 131 tonnellate di farina nel 2019, contro 84 nel 2024.",
            "Nel 2019 il mulino ha venduto 131 tonnellate di farina.",
        ],
    ),
    (
        "it",
        "Su 80 orologi lasciati in bottega, 71 suonavano di nuovo a Natale.",
        [
            "Degli 80 orologi lasciati in bottega, nove a Natale non suonavano ancora.",
            "A Natale 71 degli 80 orologi della bottega suonavano di nuovo.",
        ],
        [
            "Degli 80 orologi lasciati in bottega, nove a Natale suonavano di nuovo.",
            "A Natale 71 degli 80 orologi della bottega non suonavano ancora.",
        ],
    ),
]  # fmt: skip
TRUE = [(language, fact, text) for language, fact, texts, _ in RETOLD for text in texts]
FALSE = [(language, fact, text) for language, fact, _, texts in RETOLD for text in texts]


def _is_refused(language: str, fact: str, text: str) -> bool:
    facts = (Fact("a", "insight", fact, language),)
    return bool(exchanged(text, language, facts) or turned(text, language, facts))


@pytest.mark.parametrize(("language", "fact", "text"), TRUE)
def test_a_true_retelling_stands(language: str, fact: str, text: str) -> None:
    """In another order, by pronouns, in the passive, and of what is left with its denial."""
    assert not _is_refused(language, fact, text)


@pytest.mark.parametrize(("language", "fact", "text"), FALSE)
def test_what_is_exchanged_is_found(language: str, fact: str, text: str) -> None:
    """The figure, the part, the choice or the thing of the other side."""
    assert _is_refused(language, fact, text)


BRANDS = ("demo", "starter", "altana", "audia", "carnet", "combe", "quinte", "semis", "traverse", "visio")
STARTER = ROOT / "src" / "inedit" / "brand" / "starter"
TODAY = date(2026, 11, 29)


def _brand(name: str) -> Brand:
    """A brand of the repository."""
    if name == "demo":
        return demo_project().brand
    return load_project(STARTER).brand if name == "starter" else unseen_brand(name)


def _exchanges(text: str, language: str) -> Iterator[str]:
    """A fact with two of its figures exchanged, that measure alike and stand in no list or range."""
    figures = [q for q in find_quantities(text, language) if not q.partner and q.dimension not in _DATES]
    for one, other in combinations(figures, 2):
        first, second = sorted((one.span, other.span))
        between = text[first.end : second.start]
        if one.dimension != other.dimension or one.value == other.value or _LISTED.fullmatch(between):
            continue
        yield text[: first.start] + second.of(text) + between + first.of(text) + text[second.end :]


_DATES = ("date", "year", "month", "deadline")
_LISTED = re.compile(r"[\s,]*(?:(?:et|and|und|y|e|a las|alle|las|on|the)\s*)*")


def _rate(brand: Brand, fact_kind: str) -> tuple[int, int]:
    """How many exchanges are caught, of how many."""
    caught = made = 0
    listed = brand.insights if fact_kind == "insight" else brand.claims
    for language in brand.languages:
        for fact in listed.values():
            if fact_kind == "claim" and not brand.claims[fact.id].is_valid(TODAY, brand.market(language)):
                continue
            for text in _exchanges(fact.text.get(language, ""), language):
                draft, context = finished_draft(
                    FinishedText({"text": text}, language, "social"), brand, TODAY
                )
                made += 1
                caught += bool(figures_are_supported(draft, context) or nothing_is_turned(draft, context))
    return caught, made


FEWEST = {"claim": 0.8, "insight": 0.8}
"""Of ten exchanges, eight: what is missed is a list in another order, or a figure whose part names nothing."""


@pytest.mark.parametrize("fact_kind", FEWEST)
def test_exchanging_two_figures_of_a_fact_is_caught(fact_kind: str) -> None:
    """Of every brand in the repository, in every language."""
    rates = [_rate(_brand(name), fact_kind) for name in BRANDS]
    caught, made = (sum(numbers) for numbers in zip(*rates, strict=True))
    assert made > 0
    assert caught / made >= FEWEST[fact_kind], (caught, made, dict(zip(BRANDS, rates, strict=True)))
