"""A brand project with a campaign as large as a test needs: each of its insights can be told without copying another.

A sentence is made of four phrases. Which four follows from two numbers x and y in a prime field (the phrases number x,
y, x + y and x + 2y of the four lists), so that no two sentences of a language have more than one phrase in common.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

DEMO = Path(__file__).parents[2]
SEGMENTS = ("families", "first-home", "hosts", "gift-givers", "keepers")
TONES = ("plain", "warm", "wry", "expert")
LANGUAGES = ("fr", "en")
SEGMENTS_AND_TONES = len(SEGMENTS) * len(TONES)

PHRASES = {
    "fr": (
        """La brodeuse|Le menuisier|Une cliente de Lunéville|La fille du boulanger|Le gardien du musée
        Notre teinturier
        Une institutrice|Le chef de gare|La couturière|Un pêcheur|La libraire|Le jardinier|Une violoniste
        Le meunier
        La postière|Un apiculteur|La cuisinière|Le relieur|Une sage-femme|Le vitrier|La fleuriste|Un horloger
        La vannière|Le ramoneur|Une potière|Le sellier|La fromagère|Un luthier|La bergère|Le forgeron
        Une tapissière
        Le sacristain|La pharmacienne|Un cordonnier|La photographe|Le charpentier|Une danseuse""",
        """plie ses torchons en trois|range les nappes par saison|repasse à la vapeur douce
        cache une pièce dans l'ourlet|        compte les fils à la loupe|lave le lin à la rivière
        coud des boutons dépareillés|garde les chutes en bocal
        reprise les coudes usés|noue les rideaux avec du raphia|trempe les draps de bain
        marque le linge au crayon
        découpe des patrons en papier|teste la trame du pouce|secoue la couette au balcon
        borde le lit sans un pli
        transforme les taies en sacs|raccourcit les manches trop longues|sèche les serviettes à l'ombre
        brosse la laine à rebours|dessine des motifs d'oiseaux|assemble des carrés de toile
        retourne les cols élimés
        parfume l'armoire de lavande|amidonne les napperons fins|tend la toile sur un cadre
        défait les coutures anciennes|enroule le tissu sur un tube|choisit une doublure écrue
        surfile chaque bord à la main|trie les dentelles jaunies
        teint les chaussettes en garance|suspend les chemises mouillées|glisse un galet dans la poche
        renforce les coins de taie|peigne les franges du châle|emballe les paquets sans ruban""",
        """près du poêle éteint|sous le vieux tilleul|avant la foire de printemps|dans une cour pavée
        derrière le moulin
        au fond du grenier|pendant la sieste du chat|devant la fenêtre ouverte|à la lueur d'une bougie
        après la pluie du matin|sur la table de ferme|au retour du marché|dans le couloir bleu|entre deux trains
        au pied de l'escalier|pendant les vendanges|sur un banc de pierre|au milieu des pommiers
        contre le mur tiède
        avant le réveil des enfants|dans la remise du voisin|au bord du lavoir|sur le palier du dessus
        pendant la veillée|à côté de la volière|dans une ancienne étable|au premier gel|derrière le comptoir
        sous la verrière|au son de la radio|pendant la messe|dans le wagon du soir|au bout de la jetée
        sur le perron|à l'abri du vent|au sortir de l'école|dans la salle des fêtes""",
        """car la poussière y tombe moins|et personne n'ose la contredire|comme le faisait sa tante
        pour que rien ne se perde|tandis que la soupe mijote|si bien que le voisin l'imite
        parce que le coton y gondole|sans jamais regarder l'heure|afin d'épargner la lessive
        alors le village en parle|et le pli tient jusqu'à l'hiver|puis elle offre le café
        quand les hirondelles reviennent|comme on range des lettres|pourvu que le savon mousse
        de sorte que la couleur reste|bien que ses doigts tremblent|et la maison sent le foin
        malgré les moqueries du frère|dès que la cloche sonne|jusqu'à ce que la toile chante
        en fredonnant une valse|et le fil casse rarement|pour imiter les marins
        sans user la moindre épingle|comme dans un vieux film|puis tout recommence le lundi
        car l'eau y est moins dure|et le chien monte la garde|au grand étonnement du facteur
        avec une patience de chouette|pendant que les autres dorment|et la tache finit par céder
        par fidélité à un serment|puisque le fer chauffe mal|et cela suffit à son bonheur
        faute d'une meilleure idée""",
    ),
    "en": (
        """The embroiderer|A carpenter|Our customer in Leeds|The baker's daughter|The museum keeper
        A dyer from Kent
        The schoolteacher|A station master|The dressmaker|Some fisherman|The bookseller|A gardener|The violinist
        One miller|The postwoman|A beekeeper|The cook|Our bookbinder|The midwife|A glazier|The florist
        Some watchmaker
        The basket weaver|A chimney sweep|The potter|One saddler|The cheesemaker|A violin maker|The shepherdess
        Some blacksmith|The upholsterer|A verger|The pharmacist|One cobbler|The photographer|A roofer
        The dancer""",
        """folds tea towels in thirds|files tablecloths by season|irons with gentle steam
        hides a coin inside hems
        counts threads through lenses|washes flax in streams|sews odd buttons on|keeps offcuts in jars
        darns worn elbows|ties curtains with raffia|soaks heavy bath sheets|marks laundry in pencil
        cuts patterns from newspaper|tests weave with one thumb|shakes duvets off balconies
        makes beds without creases
        turns pillowcases into bags|shortens trailing sleeves|dries napkins in shade|brushes wool backwards
        draws birds for motifs|joins squares of canvas|flips frayed collars|scents wardrobes with lavender
        starches fine doilies|stretches cloth over frames|unpicks antique seams|rolls fabric round tubes
        picks unbleached linings|oversews every edge|sorts yellowed lace|dyes socks with madder
        hangs dripping shirts
        slips pebbles into pockets|reinforces pillow corners|combs shawl fringes
        wraps parcels without ribbon""",
        """beside an unlit stove|under that old lime tree|before the spring fair|in some cobbled yard
        behind a windmill
        deep in the attic|during the cat's nap|at an open window|by candlelight|after morning rain
        on a farmhouse table|back from market|along the blue corridor|between two trains|below the staircase
        at grape harvest|upon a stone bench|among apple trees|against warm brick|before children wake
        inside a neighbour's shed|near the wash house|on the upper landing|through winter evenings
        next to an aviary
        in a former stable|at first frost|behind the counter|under skylights|with the radio on|during mass
        aboard the night coach|past the pier|on front steps|out of the wind|once school ends
        in the village hall""",
        """because dust settles less there|and nobody dares object|as her aunt once did|so nothing gets lost
        while soup simmers|until a neighbour copies it|since cotton buckles otherwise|never watching the clock
        to spare some washing|then everyone hears of it|and creases hold till winter
        before offering coffee round
        when swallows return|like someone filing letters|provided the soap lathers|which keeps colours true
        though fingers tremble|and rooms smell of hay|despite a brother's teasing|once bells ring
        till the canvas sings
        humming some waltz|and yarn seldom snaps|to mimic sailors|wasting not one pin|like in a silent film
        then Monday starts over|where water runs softer|and the dog stands guard|to a postman's surprise
        with an owl's patience|while others sleep|and stains give in|out of loyalty to a vow
        as irons heat poorly
        and that is plenty|for want of better ideas""",
    ),
}  # fmt: skip


def _list(block: str) -> list[str]:
    return [phrase.strip() for line in block.splitlines() for phrase in line.split("|") if phrase.strip()]


LISTS = {language: [_list(block) for block in blocks] for language, blocks in PHRASES.items()}
PRIME = 37
MOST_SENTENCES = PRIME * PRIME


def sentence(language: str, number: int) -> str:
    """The sentence of that number, from 0 to :data:`MOST_SENTENCES`."""
    x, y = divmod(number, PRIME)
    who, what, where, why = LISTS[language]
    positions = (x % PRIME, y, (x + y) % PRIME, (x + 2 * y) % PRIME)
    return f"{who[positions[0]]} {what[positions[1]]} {where[positions[2]]}, {why[positions[3]]}."


def make_large_project(root: Path, pieces: int, *, channel: str = "social", budget_eur: int = 0) -> str:
    """Write the demo project into ``root`` with a campaign of that many pieces: its id.

    ``pieces`` is a multiple of 40: five segments, four tones, two languages. ``budget_eur`` 0 is none.
    """
    variants, rest = divmod(pieces, SEGMENTS_AND_TONES * len(LANGUAGES))
    if rest or pieces // len(LANGUAGES) > MOST_SENTENCES:
        raise ValueError("pieces must be a multiple of 40, and not more than there are sentences for")
    for folder in ("brand_data", "prompts"):
        shutil.copytree(DEMO / folder, root / folder)
    insights = [
        {
            "id": f"seen-{number}",
            "kind": "field",
            "text": {language: sentence(language, number) for language in LANGUAGES},
            "source": "made for a test",
            "collected": "2026-01-01",
            "segments": [SEGMENTS[number // (variants * len(TONES))]],
        }
        for number in range(pieces // len(LANGUAGES))
    ]
    campaign = {
        "id": "large",
        "name": "Large",
        "objective": {"fr": "Montrer le linge au travail.", "en": "Show linen at work."},
        "offer": {"fr": "La visite de l’atelier.", "en": "A visit of the workshop."},
        "channels": [channel],
        "segments": SEGMENTS,
        "languages": LANGUAGES,
        "tones": TONES,
        "variants_per_cell": variants,
        "insights": [insight["id"] for insight in insights],
        "insights_per_variant": 1,
        "claims": "auto",
        "briefed": "2026-11-16",
        **({"budget": {"amount": budget_eur, "currency": "EUR"}} if budget_eur else {}),
    }
    for name, content in (("insights/large", insights), ("campaigns/large", campaign)):
        path = root / "brand_data" / f"{name}.yaml"
        path.write_text(json.dumps(content, ensure_ascii=False, indent=0), encoding="utf-8")  # JSON is YAML
    return "large"
