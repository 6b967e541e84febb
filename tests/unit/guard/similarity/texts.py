"""Short texts of our own in five languages: an original, an honest text on the same brief, and a claim both use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Trio:
    original: str
    same_brief: str
    claim: str


TRIOS = {
    "fr": Trio(
        "Chaque matin, Élise allume le four à bois de la rue des Tanneurs avant que la ville se réveille. La pâte a "
        "levé toute la nuit, dix heures sans hâte, et c'est cette patience que vous entendez quand la croûte craque "
        "sous la lame. Passez la voir demain : elle vous gardera une miche encore tiède, et la recette de sa "
        "grand-mère si vous la lui demandez gentiment.",
        "Vos invités arrivent dans une heure et il manque le pain ? Commandez depuis votre téléphone, choisissez "
        "l'heure, et un vélo vous l'apporte à la porte. Nos clients du quartier nous disent qu'ils ont retrouvé le "
        "goût des dimanches d'enfance ; nous croyons surtout qu'ils ont retrouvé du temps. Essayez une semaine, "
        "sans abonnement ni surprise.",
        "Notre pain est pétri à la main et cuit au feu de bois depuis 1962.",
    ),
    "en": Trio(
        "Before the first bus leaves the depot, Martin has already tuned forty bicycles for the people who count on "
        "them. He writes the rider's name on a paper tag and ties it to the handlebar, because a machine with a name "
        "is never treated like a number. Bring him yours on Thursday and you will ride home before lunch, with a "
        "quieter chain and a story about the year he crossed the Alps.",
        "You bought a good bike so that you would use it, not so that it could wait in the hall with a flat tyre. Our "
        "yearly plan covers every visit, spare parts included, and a reminder reaches you a week ahead. Two hundred "
        "neighbours joined last spring; most of them say they stopped taking the car on short trips. Choose your slot "
        "online in less than a minute.",
        "Every repair is guaranteed for two full years, parts and labour included.",
    ),
    "de": Trio(
        "Wenn im Dorf noch alles schläft, steht Jana schon zwischen den Reihen und prüft jede Staude mit der Hand. Sie "
        "kennt den Boden seit ihrer Kindheit und sieht an der Farbe der Blätter, was ihm fehlt. Wer am Samstag kommt, "
        "darf mit ihr durch die Beete gehen und sich aussuchen, was am Abend auf dem Tisch stehen soll.",
        "Frisches Gemüse muss nicht bedeuten, dass man nach der Arbeit noch quer durch die Stadt fährt. Unsere Kiste "
        "wartet ab achtzehn Uhr an der Ecke, gefüllt nach Ihren Wünschen und nach dem, was gerade reif ist. Ein Anruf "
        "genügt, und wir setzen eine Woche aus, wenn der Urlaub ruft oder der Kühlschrank noch voll ist.",
        "Wir arbeiten seit 1988 ohne chemischen Pflanzenschutz auf allen Feldern.",
    ),
    "es": Trio(
        "Antes de que abra el mercado, Lucía ya ha recorrido el muelle y ha hablado con los tres barcos que vuelven de "
        "noche. Escoge poco y escoge bien, porque prefiere vender menos cajas y poder mirar a sus clientes a los ojos. "
        "Si vienes el viernes te enseñará a reconocer un pescado fresco por el brillo, y te llevarás a casa la cena "
        "hecha.",
        "Cenar bien entre semana parece un lujo cuando sales tarde y la nevera está vacía. Con nuestro envío de la "
        "tarde eliges desde el trabajo, recoges en la estación y en veinte minutos estás sentado a la mesa. Más de mil "
        "familias de la ciudad lo hacen cada semana, y lo que más agradecen es no tener que pensar el menú.",
        "Todo nuestro pescado llega al puerto en las últimas doce horas.",
    ),
    "it": Trio(
        "Prima che il paese si svegli, Marta ha già acceso la luce del laboratorio e scelto il cuoio per la giornata. "
        "Lo passa tra le dita come faceva suo padre, e scarta senza rimpianti tutto quello che non la convince. Se "
        "passi di sabato ti farà provare la cucitura a mano, e capirai perché una borsa chiede tre giorni di pazienza.",
        "Una borsa che si rovina dopo due stagioni costa più di una che ti accompagna per dieci anni. Con il nostro "
        "servizio di cura la mandi per posta quando vuoi e torna come nuova, con i bordi ripresi e le cerniere "
        "controllate. Lo usano già trecento clienti in tutta Italia, e quasi nessuno ha più comprato una borsa nuova.",
        "Usiamo soltanto pelli conciate al vegetale in Toscana.",
    ),
}
