"""Limits and conditions of a claim that a text widens, drops or turns round, and what no claim offers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.brand import LANGUAGES, body, tiny_context
from inedit.guard.checks.promises import promises_are_supported
from inedit.guard.context import Context
from inedit.model import Severity

CLAIMS = {
    "young": (
        "Les musiciens de moins de 18 ans paient l'accordage 15 % de moins.",
        "Musicians under 18 pay 15% less for a tuning.",
        "Musiker unter 18 Jahren zahlen für das Stimmen 15 % weniger.",
        "Los músicos menores de 18 años pagan un 15 % menos por la afinación.",
        "I musicisti sotto i 18 anni pagano l'accordatura il 15 % in meno.",
    ),
    "concert": (
        "Un concert coûte 12 €; avant 6 ans, c'est gratuit.",
        "A concert costs €12; under 6 it is free.",
        "Ein Konzert kostet 12 €; unter 6 Jahren ist es kostenlos.",
        "Un concierto cuesta 12 €; antes de los 6 años es gratis.",
        "Un concerto costa 12 €; sotto i 6 anni è gratis.",
    ),
    "lesson": (
        "Un cours se déplace une fois sans frais, jusqu'à 48 heures avant la séance.",
        "A lesson can be moved once at no charge, up to 48 hours before it begins.",
        "Eine Stunde lässt sich einmal kostenlos verlegen, bis 48 Stunden vor Beginn.",
        "Una clase se cambia una vez sin coste, hasta 48 horas antes de empezar.",
        "Una lezione si sposta una volta senza spese, fino a 48 ore prima dell'inizio.",
    ),
    "storm": (
        "Si l'orage ferme le parc, le billet est remboursé en entier sous 7 jours.",
        "If a thunderstorm closes the park, the ticket is refunded in full within 7 days.",
        "Wenn ein Gewitter den Park schließt, wird das Ticket binnen 7 Tagen voll erstattet.",
        "Si la tormenta cierra el parque, la entrada se reembolsa entera en 7 días.",
        "Se il temporale chiude il parco, il biglietto è rimborsato per intero in 7 giorni.",
    ),
    "carriage": (
        "Le transport du piano est gratuit à moins de 30 km de l'atelier.",
        "Carriage of the piano is free within 30 km of the workshop.",
        "Der Transport des Klaviers ist im Umkreis von 30 km um die Werkstatt kostenlos.",
        "El transporte del piano es gratis a menos de 30 km del taller.",
        "Il trasporto del pianoforte è gratuito entro 30 km dal laboratorio.",
    ),
    "care": (
        "Nous révisons gratuitement chaque piano que nous avons vendu.",
        "We service every piano that we have sold free of charge.",
        "Wir warten jedes Klavier, das wir verkauft haben, kostenlos.",
        "Revisamos gratis cada piano que hemos vendido.",
        "Revisioniamo gratis ogni pianoforte che abbiamo venduto.",
    ),
    "room": (
        "La salle de répétition coûte 40 € par jour, chauffage compris, café en plus.",
        "The practice room costs €40 a day, heating included, coffee extra.",
        "Der Probenraum kostet 40 € am Tag, Heizung inklusive, Kaffee extra.",
        "La sala de ensayo cuesta 40 € al día, calefacción incluida, café aparte.",
        "La sala prove costa 40 € al giorno, riscaldamento compreso, caffè a parte.",
    ),
    "mondays": (
        "La salle de répétition est à 25 € au lieu de 40 €, le lundi, jusqu'au 28 février 2027.",
        "The practice room is €25 instead of €40, on Mondays, until 28 February 2027.",
        "Der Probenraum kostet 25 € statt 40 €, montags, bis 28. Februar 2027.",
        "La sala de ensayo está a 25 € en vez de 40 €, los lunes, hasta el 28 de febrero de 2027.",
        "La sala prove è a 25 € invece di 40 €, il lunedì, fino al 28 febbraio 2027.",
    ),
    "line": (
        "La ligne d'aide répond du lundi au samedi de 9 h à 19 h, jusqu'à 21 h le jeudi.",
        "The helpline answers Monday to Saturday from 9am to 7pm, and until 9pm on Thursdays.",
        "Die Hotline ist montags bis samstags von 9 bis 19 Uhr besetzt, donnerstags bis 21 Uhr.",
        "La línea de ayuda atiende de lunes a sábado de 9:00 a 19:00, y hasta las 21:00 los jueves.",
        "La linea di aiuto risponde dal lunedì al sabato dalle 9 alle 19, e fino alle 21 il giovedì.",
    ),
    "stool": (
        "Une place de répétition se réserve avant 17 h la veille.",
        "A practice place is to be booked before 5pm the day before.",
        "Ein Probenplatz wird bis 17 Uhr am Vortag gebucht.",
        "Una plaza de ensayo se reserva antes de las 17:00 de la víspera.",
        "Un posto di prova si prenota entro le 17 del giorno prima.",
    ),
    "organ": (
        "Un orgue se joue assis, en chaussettes; dans la nef, seulement avec un chef de chœur.",
        "The organ is played sitting, in socks; in the nave only with a choirmaster.",
        "Die Orgel wird sitzend gespielt, in Socken; im Schiff nur mit einem Chorleiter.",
        "El órgano se toca sentado, en calcetines; en la nave, solo con un director de coro.",
        "L'organo si suona seduti, in calzini; nella navata solo con un direttore di coro.",
    ),
    "violin": (
        "Un violon peut être rendu pendant 21 jours, avec remboursement.",
        "A violin can be returned for 21 days, with a refund.",
        "Eine Geige kann 21 Tage lang zurückgegeben werden, der Preis wird erstattet.",
        "Un violín se puede devolver durante 21 días, con reembolso.",
        "Un violino si può rendere per 21 giorni, con rimborso.",
    ),
    "boat": (
        "D'avril à octobre, la barque-concert glisse sur le lac en 40 minutes.",
        "From April to October, the concert boat glides across the lake in 40 minutes.",
        "Von April bis Oktober gleitet das Konzertboot in 40 Minuten über den See.",
        "De abril a octubre, la barca de conciertos cruza el lago en 40 minutos.",
        "Da aprile a ottobre la barca dei concerti attraversa il lago in 40 minuti.",
    ),
    "choirs": (
        "Dès 8 personnes, le chœur paie 10 % de moins, sauf en juillet et en août.",
        "From 8 people up, choirs pay 10% less, except in July and August.",
        "Ab 8 Personen zahlen Chöre 10 % weniger, außer im Juli und August.",
        "A partir de 8 personas, el coro paga un 10 % menos, salvo en julio y agosto.",
        "Da 8 persone in su il coro paga il 10 % in meno, tranne a luglio e agosto.",
    ),
}

STOPPED = {
    "an age put up, in a question before": (
        "Moins de 25 ans et déjà musicien ? L'accordage vous coûte 15 % de moins.",
        "Under 25 and a musician already? You pay 15% less for a tuning.",
        "Unter 25 und schon Musiker? Für das Stimmen zahlen Sie 15 % weniger.",
        "¿Menos de 25 años y ya músico? Pagas un 15 % menos por la afinación.",
        "Meno di 25 anni e già musicista? Paghi l'accordatura il 15 % in meno.",
    ),
    "an age put up beside what is free": (
        "Jusqu'à 12 ans, le concert est gratuit.",
        "Up to 12, the concert is free.",
        "Bis 12 Jahre ist das Konzert kostenlos.",
        "Hasta los 12 años, el concierto es gratis.",
        "Fino a 12 anni il concerto è gratis.",
    ),
    "notice made shorter": (
        "Jusqu'à une heure avant la séance, un cours se déplace sans frais.",
        "Up to an hour before it begins, a lesson can be moved at no charge.",
        "Bis eine Stunde vor Beginn verlegen Sie eine Stunde kostenlos.",
        "Hasta una hora antes de empezar, cambias una clase sin coste.",
        "Fino a un'ora prima dell'inizio sposti una lezione senza spese.",
    ),
    "as often as one likes for once": (
        "Déplacez votre cours autant de fois que vous voulez, sans frais, jusqu'à 48 heures avant la séance.",
        "Move your lesson as often as you like, at no charge, up to 48 hours before it begins.",
        "Verlegen Sie Ihre Stunde so oft Sie wollen, kostenlos, bis 48 Stunden vor Beginn.",
        "Cambia tu clase tantas veces como quieras, sin coste, hasta 48 horas antes de empezar.",
        "Sposta la tua lezione tutte le volte che vuoi, senza spese, fino a 48 ore prima dell'inizio.",
    ),
    "a refund for any reason": (
        "Un rhume, une envie d'ailleurs ? Votre billet est remboursé en entier, sans explication.",
        "A cold, a change of heart? Your ticket is refunded in full, no questions asked.",
        "Erkältet oder einfach keine Lust? Ihr Ticket wird voll erstattet, ganz ohne Begründung.",
        "¿Un resfriado, otro plan? Tu entrada se reembolsa entera, sin explicaciones.",
        "Un raffreddore, un altro programma? Il tuo biglietto è rimborsato per intero, senza spiegazioni.",
    ),
    "a refund without its condition": (
        "Votre billet est remboursé en entier.",
        "Your ticket is refunded in full.",
        "Ihr Ticket wird voll erstattet.",
        "Tu entrada se reembolsa entera.",
        "Il tuo biglietto è rimborsato per intero.",
    ),
    "anywhere for within thirty kilometres": (
        "Où que vous habitiez, le transport de votre piano est gratuit.",
        "Wherever you live, carriage of your piano is free.",
        "Egal wo Sie wohnen: Der Transport Ihres Klaviers ist kostenlos.",
        "Vivas donde vivas, el transporte de tu piano es gratis.",
        "Ovunque tu abiti, il trasporto del tuo pianoforte è gratuito.",
    ),
    "whoever sold it": (
        "Nous révisons gratuitement votre piano, quelle que soit sa marque.",
        "We service your piano free of charge, whoever made it.",
        "Wir warten Ihr Klavier kostenlos, egal wer es gebaut hat.",
        "Revisamos gratis tu piano, sea de la marca que sea.",
        "Revisioniamo gratis il tuo pianoforte, di qualsiasi marca sia.",
    ),
    "included what is extra": (
        "40 € la salle de répétition, chauffage et café compris.",
        "€40 for the practice room, heating and coffee included.",
        "40 € für den Probenraum, Heizung und Kaffee inklusive.",
        "40 € la sala de ensayo, calefacción y café incluidos.",
        "40 € la sala prove, riscaldamento e caffè compresi.",
    ),
    "another day of the week": (
        "La salle de répétition à 25 € au lieu de 40 €, le lundi comme le jeudi.",
        "The practice room at €25 instead of €40, Mondays and Thursdays alike.",
        "Der Probenraum für 25 € statt 40 €, montags und donnerstags.",
        "La sala de ensayo a 25 € en vez de 40 €, los lunes y los jueves.",
        "La sala prove a 25 € invece di 40 €, il lunedì e il giovedì.",
    ),
    "the late hour of one day on all": (
        "Du lundi au samedi, la ligne d'aide vous répond jusqu'à 21 h.",
        "Monday to Saturday, the helpline answers until 9pm.",
        "Montags bis samstags ist die Hotline bis 21 Uhr für Sie besetzt.",
        "De lunes a sábado, la línea de ayuda te atiende hasta las 21:00.",
        "Dal lunedì al sabato la linea di aiuto ti risponde fino alle 21.",
    ),
    "booked on the same day": (
        "Votre place de répétition, réservez-la le matin même.",
        "Book your practice place the same morning.",
        "Ihren Probenplatz buchen Sie einfach am selben Morgen.",
        "Tu plaza de ensayo la reservas la misma mañana.",
        "Il tuo posto di prova lo prenoti la mattina stessa.",
    ),
    "what is demanded said to be needless": (
        "Dans la nef, l'orgue se joue en chaussettes, aucun chef de chœur n'est requis.",
        "Play the organ in the nave, in socks, no choirmaster needed.",
        "Im Schiff spielen Sie die Orgel in Socken, ein Chorleiter ist nicht nötig.",
        "En la nave el órgano se toca en calcetines, no hace falta director de coro.",
        "Nella navata l'organo si suona in calzini, non serve un direttore di coro.",
    ),
    "a whole season for three weeks": (
        "Jouez du violon tout l'hiver. Au printemps, s'il ne vous plaît pas, rendez-le et soyez remboursé.",
        "Play the violin all winter. If spring comes and you don't like it, return it for a refund.",
        "Spielen Sie die Geige den ganzen Winter. Gefällt sie nicht, geben Sie sie zurück, der Preis wird erstattet.",
        "Toca el violín todo el invierno. Si en primavera no te convence, puedes devolverlo con reembolso.",
        "Suona il violino tutto l'inverno. Se in primavera non ti convince, puoi rendere il violino con rimborso.",
    ),
    "money back the next day": (
        "Rendez le violon sous 21 jours et votre argent est sur votre compte le lendemain.",
        "Return the violin within 21 days and the money is in your account the next day.",
        "Geben Sie die Geige binnen 21 Tagen zurück, und am nächsten Tag ist Ihr Geld auf dem Konto.",
        "Devuelve el violín en 21 días y al día siguiente tienes el dinero en tu cuenta.",
        "Rendi il violino entro 21 giorni e il giorno dopo hai i soldi sul conto.",
    ),
    "insurance": (
        "Votre violon est assuré contre le vol pendant un an.",
        "Your violin is insured against theft for the first year.",
        "Ihre Geige ist ein Jahr lang gegen Diebstahl versichert.",
        "Tu violín va asegurado contra robo.",
        "Il tuo violino è assicurato contro il furto.",
    ),
    "the old one taken in": (
        "Apportez votre ancien piano : nous le déduisons du prix du nouveau.",
        "Bring your old piano in and we take its value off the price of the new one.",
        "Ihr altes Klavier nehmen wir in Zahlung.",
        "Trae tu piano viejo y te lo descontamos del precio del nuevo.",
        "Porta il tuo vecchio pianoforte: lo scaliamo dal prezzo del nuovo.",
    ),
    "a lower price matched": (
        "Vous trouvez ce violon moins cher ailleurs ? Nous nous alignons.",
        "Found this violin cheaper elsewhere? We'll match the price.",
        "Sie finden die Geige anderswo günstiger? Wir gleichen den Preis an.",
        "¿Encuentras este violín más barato? Te igualamos el precio.",
        "Trovi questo violino a meno? Ti pareggiamo il prezzo.",
    ),
    "what never fades": (
        "Le vernis de nos violons ne jaunit jamais.",
        "The varnish of our violins never fades.",
        "Der Lack unserer Geigen verblasst nicht.",
        "El barniz de nuestros violines no se destiñe.",
        "La vernice dei nostri violini non sbiadisce.",
    ),
    "a month in which nothing runs": (
        "Même en janvier, la barque-concert glisse sur le lac en 40 minutes.",
        "Even in January, the concert boat glides across the lake in 40 minutes.",
        "Auch im Januar gleitet das Konzertboot in 40 Minuten über den See.",
        "También en enero, la barca de conciertos cruza el lago en 40 minutos.",
        "Anche a gennaio la barca dei concerti attraversa il lago in 40 minuti.",
    ),
    "all the year": (
        "Toute l'année, la barque-concert glisse sur le lac.",
        "All year, the concert boat glides across the lake.",
        "Das ganze Jahr gleitet das Konzertboot über den See.",
        "Todo el año, la barca de conciertos cruza el lago.",
        "Tutto l'anno la barca dei concerti attraversa il lago.",
    ),
    "a month that is excepted": (
        "En août, votre chœur de 8 personnes paie 10 % de moins.",
        "In August, your choir of 8 people pays 10% less.",
        "Im August zahlt Ihr Chor ab 8 Personen 10 % weniger.",
        "En agosto, tu coro de 8 personas paga un 10 % menos.",
        "Ad agosto il tuo coro di 8 persone paga il 10 % in meno.",
    ),
    "a child too old": (
        "Votre fille a 8 ans ? Pour elle, le concert est gratuit.",
        "Your daughter is 8? For her the concert is free.",
        "Ihre Tochter ist 8 Jahre alt? Für sie ist das Konzert kostenlos.",
        "¿Tu hija tiene 8 años? Para ella el concierto es gratis.",
        "Tua figlia ha 8 anni? Per lei il concerto è gratis.",
    ),
    "extra that a verb includes": (
        "À 40 €, la salle de répétition comprend aussi votre café.",
        "At €40, the practice room includes your coffee too.",
        "Für 40 € ist im Probenraum auch Ihr Kaffee inbegriffen.",
        "Por 40 €, la sala de ensayo incluye también tu café.",
        "A 40 € la sala prove comprende anche il tuo caffè.",
    ),
}

HONEST = {
    "the age in a question": (
        "Moins de 18 ans et déjà musicien ? L'accordage vous coûte 15 % de moins.",
        "Under 18 and a musician already? You pay 15% less for a tuning.",
        "Unter 18 und schon Musiker? Für das Stimmen zahlen Sie 15 % weniger.",
        "¿Menos de 18 años y ya músico? Pagas un 15 % menos por la afinación.",
        "Meno di 18 anni e già musicista? Paghi l'accordatura il 15 % in meno.",
    ),
    "one age within the limit": (
        "Vos enfants ont 4 ans ? Pour eux, le concert est gratuit.",
        "Your twins are 4? For them the concert is free.",
        "Ihre Kinder sind 4 Jahre alt? Für sie ist das Konzert kostenlos.",
        "¿Tus hijos tienen 4 años? Para ellos el concierto es gratis.",
        "I tuoi figli hanno 4 anni? Per loro il concerto è gratis.",
    ),
    "the notice itself": (
        "Jusqu'à deux jours avant la séance, un cours se déplace une fois sans frais.",
        "Up to two days before it begins, a lesson can be moved once at no charge.",
        "Bis zwei Tage vor Beginn verlegen Sie eine Stunde einmal kostenlos.",
        "Hasta dos días antes de empezar, cambias una clase una vez sin coste.",
        "Fino a due giorni prima dell'inizio sposti una lezione una volta senza spese.",
    ),
    "the condition in other words": (
        "L'orage gronde et le parc ferme ? Votre billet est remboursé en entier.",
        "Thunder, and the park closes its gates? Your ticket is refunded in full.",
        "Es donnert, und der Park schließt? Ihr Ticket wird voll erstattet.",
        "¿Truena y se cierra el parque? Tu entrada se reembolsa entera.",
        "Tuona e il parco chiude? Il tuo biglietto è rimborsato per intero.",
    ),
    "near enough": (
        "Vous habitez à 20 km de l'atelier ? Le transport du piano est gratuit.",
        "You live 20 km from the workshop? Carriage of the piano is free.",
        "Sie wohnen 20 km von der Werkstatt? Der Transport des Klaviers ist kostenlos.",
        "¿Vives a 20 km del taller? El transporte del piano es gratis.",
        "Abiti a 20 km dal laboratorio? Il trasporto del pianoforte è gratuito.",
    ),
    "what we sold": (
        "Votre piano vient de chez nous ? Nous le révisons gratuitement, quel que soit son âge.",
        "We sold you your piano? We service it free of charge, whatever its age.",
        "Ihr Klavier haben wir verkauft? Wir warten es kostenlos, egal wie alt es ist.",
        "¿Te vendimos el piano? Lo revisamos gratis, tenga los años que tenga.",
        "Il pianoforte lo abbiamo venduto noi? Lo revisioniamo gratis, qualunque età abbia.",
    ),
    "extra said to be extra": (
        "40 € la salle de répétition, chauffage compris. Le café est en plus.",
        "€40 for the practice room, heating included. Coffee is extra.",
        "40 € für den Probenraum, Heizung inklusive. Kaffee kostet extra.",
        "40 € la sala de ensayo, calefacción incluida. El café va aparte.",
        "40 € la sala prove, riscaldamento compreso. Il caffè è a parte.",
    ),
    "the day of the offer, and another thing on another day": (
        "Le lundi, la salle de répétition est à 25 € au lieu de 40 €. Le jeudi, la ligne d'aide répond jusqu'à 21 h.",
        "On Mondays the practice room is €25 instead of €40. On Thursdays the helpline answers until 9pm.",
        "Montags kostet der Probenraum 25 € statt 40 €. Donnerstags ist die Hotline bis 21 Uhr besetzt.",
        (
            "Los lunes, la sala de ensayo está a 25 € en vez de 40 €. "
            "Los jueves, la línea de ayuda atiende hasta las 21:00."
        ),
        "Il lunedì la sala prove è a 25 € invece di 40 €. Il giovedì la linea di aiuto risponde fino alle 21.",
    ),
    "the ordinary hour on all days": (
        "Du lundi au samedi, la ligne d'aide vous répond jusqu'à 19 h.",
        "Monday to Saturday, the helpline answers until 7pm.",
        "Montags bis samstags ist die Hotline bis 19 Uhr für Sie besetzt.",
        "De lunes a sábado, la línea de ayuda te atiende hasta las 19:00.",
        "Dal lunedì al sabato la linea di aiuto ti risponde fino alle 19.",
    ),
    "booked the day before": (
        "Votre place de répétition, réservez-la la veille, avant 17 h : le matin même, c'est trop tard.",
        "Book your practice place the day before, by 5pm: the same morning is too late.",
        "Ihren Probenplatz buchen Sie am Vortag bis 17 Uhr: Am selben Morgen ist es zu spät.",
        "Tu plaza de ensayo la reservas la víspera, antes de las 17:00: la misma mañana es tarde.",
        "Il tuo posto di prova lo prenoti il giorno prima, entro le 17: la mattina stessa è tardi.",
    ),
    "a season, and the days": (
        "Un violon pour tout l'hiver ? Vous avez 21 jours pour le rendre, avec remboursement.",
        "A violin for the whole winter? You have 21 days to return it, with a refund.",
        "Eine Geige für den ganzen Winter? 21 Tage lang können Sie sie zurückgeben.",
        "¿Un violín para todo el invierno? Tienes 21 días para devolverlo, con reembolso.",
        "Un violino per tutto l'inverno? Hai 21 giorni per rendere il violino, con rimborso.",
    ),
    "no insurance of ours": (
        "Assurez votre violon : nous ne l'assurons pas. Nous vous assurons en revanche d'une bonne oreille.",
        "Ask your insurer about your violin. Rest assured, it sounds well.",
        "Fragen Sie Ihre Versicherung nach der Geige. Wir versichern Ihnen: Sie klingt.",
        "Pregunta a tu seguro por el violín. Seguro que suena bien.",
        "Chiedi alla tua assicurazione del violino. Di sicuro suona bene.",
    ),
    "an old one that is only told of": (
        "Votre ancien piano attend au salon. Le prix d'un accordage, lui, n'a rien d'ancien.",
        "Your old piano waits in the parlour. Bring it up two tones and it sings.",
        "Ihr altes Klavier wartet im Salon. Ein alter Ton, ein neuer Tag.",
        "Tu piano viejo espera en el salón. Trae una silla y escucha.",
        "Il tuo vecchio pianoforte aspetta in salotto. Porta una sedia e ascolta.",
    ),
    "what fades is no thing of ours": (
        "Un souvenir de concert ne jaunit jamais.",
        "A first concert never fades.",
        "Die Erinnerung verblasst nicht.",
        "El recuerdo de una tarde no se destiñe.",
        "Il ricordo di una sera non sbiadisce.",
    ),
    "a month in which it runs": (
        "En mai, la barque-concert glisse sur le lac en 40 minutes.",
        "In May, the concert boat glides across the lake in 40 minutes.",
        "Im Mai gleitet das Konzertboot in 40 Minuten über den See.",
        "En mayo, la barca de conciertos cruza el lago en 40 minutos.",
        "A maggio la barca dei concerti attraversa il lago in 40 minuti.",
    ),
    "a month in which it does not": (
        "En janvier, la barque-concert ne traverse pas le lac : elle attend avril.",
        "In January the concert boat does not cross the lake: it waits for April.",
        "Im Januar fährt das Konzertboot nicht über den See, es wartet auf den April.",
        "En enero la barca de conciertos no cruza el lago: espera a abril.",
        "A gennaio la barca dei concerti non attraversa il lago: aspetta aprile.",
    ),
    "a month of a scene": (
        "Un matin de janvier, le lac est blanc. La barque-concert dort jusqu'en avril.",
        "A January morning, the lake is white. The concert boat sleeps until April.",
        "Ein Morgen im Januar, der See ist weiß. Das Konzertboot schläft bis April.",
        "Una mañana de enero, el lago está blanco. La barca de conciertos duerme hasta abril.",
        "Una mattina di gennaio il lago è bianco. La barca dei concerti dorme fino ad aprile.",
    ),
    "the months that are excepted, told as such": (
        "En juin, votre chœur de 8 personnes paie 10 % de moins. Pas en août.",
        "In June, your choir of 8 people pays 10% less. Not in August.",
        "Im Juni zahlt Ihr Chor ab 8 Personen 10 % weniger. Im August nicht.",
        "En junio, tu coro de 8 personas paga un 10 % menos. En agosto, no.",
        "A giugno il tuo coro di 8 persone paga il 10 % in meno. Ad agosto no.",
    ),
    "the months that are excepted, left out in other words": (
        "8 choristes, 10 % de moins, juillet et août mis à part.",
        "Eight singers pay 10% less, but July and August are at full price.",
        "Chöre zahlen ab 8 Personen 10 % weniger; Juli und August sind davon ausgenommen.",
        "Los coros de 8 personas pagan un 10 % menos; julio y agosto quedan fuera.",
        "I cori di 8 persone pagano il 10 % in meno; luglio e agosto restano fuori.",
    ),
    "the months that are excepted, at full price": (
        "En juillet et en août, les chœurs paient le plein tarif ; le reste de l'année, 10 % de moins dès 8.",
        "In July and August choirs pay full price; the rest of the year 10% less from 8 people up.",
        "Im Juli und August zahlen Chöre den vollen Preis, sonst ab 8 Personen 10 % weniger.",
        "En julio y agosto los coros pagan entero; el resto del año, un 10 % menos desde 8 personas.",
        "A luglio e agosto i cori pagano intero; il resto dell'anno, il 10 % in meno da 8 persone.",
    ),
    "a season in which it rests, and its months": (
        "La barque-concert dort tout l'hiver. D'avril à octobre, elle traverse le lac en 40 minutes.",
        "The concert boat sleeps all winter. From April to October it crosses the lake in 40 minutes.",
        "Den ganzen Winter schläft das Konzertboot. Von April bis Oktober fährt es in 40 Minuten über den See.",
        "La barca de conciertos duerme todo el invierno. De abril a octubre cruza el lago en 40 minutos.",
        "La barca dei concerti dorme tutto l'inverno. Da aprile a ottobre attraversa il lago in 40 minuti.",
    ),
    "a whole season in which it runs": (
        "Tout l'été, la barque-concert traverse le lac en 40 minutes.",
        "All summer the concert boat crosses the lake in 40 minutes.",
        "Den ganzen Sommer fährt das Konzertboot in 40 Minuten über den See.",
        "Todo el verano la barca de conciertos cruza el lago en 40 minutos.",
        "Tutta l'estate la barca dei concerti attraversa il lago in 40 minuti.",
    ),
    "nobody asks why, and the condition is told": (
        "L'orage a fermé le parc ? Le billet est remboursé en entier, sans explication à donner.",
        "A thunderstorm closed the park? The ticket is refunded in full, no questions asked.",
        "Hat ein Gewitter den Park geschlossen? Das Ticket wird voll erstattet, ohne Begründung.",
        "¿La tormenta cerró el parque? La entrada se reembolsa entera, sin dar explicaciones.",
        "Il temporale ha chiuso il parco? Il biglietto è rimborsato per intero, senza spiegazioni.",
    ),
    "two children, one young enough": (
        "Il a 8 ans, sa sœur en a 4 ans : pour elle, le concert est gratuit.",
        "He is 8, his sister is 4: for her the concert is free.",
        "Er ist 8 Jahre alt, seine Schwester 4 Jahre: Für sie ist das Konzert kostenlos.",
        "Él tiene 8 años y su hermana 4 años: para ella el concierto es gratis.",
        "Lui ha 8 anni, sua sorella 4 anni: per lei il concerto è gratis.",
    ),
}


def context_of(language: str) -> Context:
    """A house of music with these claims instead of the brand's own, and an ordinary offer."""
    context = tiny_context(language)
    sample = context.brand.claims["woven"]
    claims = {
        key: sample.model_copy(update={"id": key, "text": dict(zip(LANGUAGES, told, strict=True))})
        for key, told in CLAIMS.items()
    }
    return replace(context, brand=context.brand.model_copy(update={"claims": claims}))


def _found(text: str, language: str) -> list[tuple[Severity, str]]:
    found = promises_are_supported(body(text, language), context_of(language))
    return [(f.severity, f.message) for f in found if f.severity is not Severity.NOTE]


@pytest.mark.parametrize("index", range(len(LANGUAGES)), ids=LANGUAGES)
@pytest.mark.parametrize("kind", STOPPED)
def test_limits_that_a_text_changes_are_stopped(kind: str, index: int) -> None:
    assert _found(STOPPED[kind][index], LANGUAGES[index])


@pytest.mark.parametrize("index", range(len(LANGUAGES)), ids=LANGUAGES)
@pytest.mark.parametrize("kind", HONEST)
def test_limits_that_a_text_keeps_pass(kind: str, index: int) -> None:
    assert _found(HONEST[kind][index], LANGUAGES[index]) == []
