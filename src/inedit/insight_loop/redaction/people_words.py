"""Words that stand beside names of people: kin, greetings that name nobody, introductions, closings of letters."""

from __future__ import annotations

import re

KIN_WORDS = (
    # fr
    "femme|mari|épouse|époux|compagne|compagnon|conjointe?|copine|copain|fils|fille|filles|enfants?|mère|maman|père|papa|frère|sœur|"
    "soeur|grand-mère|grand-père|mamie|papi|papy|tante|oncle|cousine?|nièce|neveu|belle-mère|beau-père|belle-sœur|beau-frère|voisine?|"
    "collègue|amie?|meilleure amie|meilleur ami|patronne?|bébé|petite?|aînée?|cadette?|jumeaux|jumelles|filleule?|marraine|parrain|"
    # en
    "wife|husband|partner|girlfriend|boyfriend|fiancée?|son|daughter|sons|daughters|kids?|children|child|mother|mum|mom|father|dad|brother|"
    "sister|grandmother|grandma|gran|nan|grandfather|grandad|grandpa|aunt|auntie|uncle|cousin|niece|nephew|mother-in-law|father-in-law|"
    "neighbour|neighbor|colleague|friend|best friend|boss|baby|little one|eldest|twins|godson|goddaughter|flatmate|roommate|landlord|"
    # de
    "frau|mann|ehefrau|ehemann|partnerin|lebensgefährtin?|freundin|freund|sohn|tochter|töchter|söhne|kinder|kind|mutter|mama|vater|papa|bruder|"
    "schwester|oma|opa|großmutter|großvater|tante|onkel|cousine|nichte|neffe|schwiegermutter|schwiegervater|nachbarin|nachbar|kollegin|"
    "kollege|chefin|chef|verlobte|patenkind|schwägerin|schwager|enkelin|enkel|"
    # es
    "mujer|marido|esposa|esposo|pareja|novia|novio|hija|hijo|hijas|hijos|madre|mamá|padre|papá|hermana|hermano|abuela|abuelo|tía|tío|prima|"
    "primo|sobrina|sobrino|suegra|suegro|cuñada|cuñado|vecina|vecino|compañera|compañero|amiga|amigo|jefa|jefe|nieta|nieto|"
    # it
    "moglie|marito|compagna|compagno|fidanzata|fidanzato|figlia|figlio|figlie|figli|mamma|papà|sorella|fratello|nonna|nonno|zia|zio|"
    "cugina|cugino|nipote|suocera|suocero|cognata|cognato|vicina|vicino|collega|amica|amico|capo"
)
OF_KIN = frozenset(
    re.sub(r"([\w]+)\?", lambda m: f"{m[1]}|{m[1][:-1]}", KIN_WORDS)
    .replace("-", "|")
    .replace(" ", "|")
    .split("|")
)
EVERYBODY = frozenset(
    [
        "tous",
        "toutes",
        "monsieur",
        "madame",
        "messieurs",
        "mesdames",
        "mademoiselle",
        "équipe",
        "team",
        "all",
        "everyone",
        "everybody",
        "folks",
        "guys",
        "world",
        "there",
        "sir",
        "friends",
        "zusammen",
        "leute",
        "alle",
        "allerseits",
        "ihr",
        "team",
        "community",
        "freunde",
        "damen",
        "herren",
        "welt",
        "todos",
        "todas",
        "equipo",
        "gente",
        "amigos",
        "chicos",
        "señores",
        "señor",
        "señora",
        "tutti",
        "tutte",
        "ragazzi",
        "amici",
        "gruppo",
        "signore",
        "signora",
        "signori",
        "squadra",
        "google",
        "facebook",
        "instagram",
        "amazon",
        "reddit",
        "discord",
        "telegram",
        "internet",
        "grüße",
        "noël",
        "christmas",
        "kunden",
        "kundin",
        "kunde",
        "bonjour",
        "hello",
    ]
)
INTRODUCING = frozenset(
    [
        "appelle",
        "nom",
        "noms",
        "prénom",
        "prénoms",
        "moi",
        "signé",
        "name",
        "names",
        "call",
        "called",
        "signed",
        "heiße",
        "heisse",
        "vorname",
        "nennt",
        "llamo",
        "nombre",
        "llámame",
        "firmado",
        "chiamo",
        "nome",
        "chiamatemi",
        "firmato",
        "surname",
        "nachname",
        "familienname",
        "apellido",
        "apellidos",
        "cognome",
        "titulaire",
        "holder",
        "kontoinhaber",
        "titular",
        "intestatario",
    ]
)
CLOSING = frozenset(
    [
        "cordialement",
        "vous",
        "toi",
        "bises",
        "bisous",
        "amicalement",
        "sincèrement",
        "bientôt",
        "merci",
        "salutations",
        "regards",
        "wishes",
        "cheers",
        "yours",
        "sincerely",
        "thanks",
        "love",
        "grüße",
        "grüßen",
        "gruß",
        "lg",
        "vg",
        "mfg",
        "saludo",
        "saludos",
        "atentamente",
        "abrazo",
        "besos",
        "saluti",
        "saluto",
        "presto",
        "baci",
    ]
)
"""Words without one of which an expression need not be tried: most texts have none."""
