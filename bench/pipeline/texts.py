"""Texts that the guard can accept, as many as a bench needs: sentences of an open grammar over some hundred everyday
words a language, so that two of them share neither their words in a row nor their skeleton of function words."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

EN_NOUNS = """window garden staircase basket lamp chair drawer corridor market river hill footpath kettle pillow blanket
button needle thread barn meadow postman baker gardener teacher cobbler neighbour sister brother grandmother painter
driver fisherman tailor miner singer farmer hunter potter sailor plumber dancer cook waiter builder
ladder bucket pocket mirror candle carpet curtain cushion saucer platter teapot fork spoon knife bottle barrel cellar
roof chimney gutter fence gate bridge harbour lighthouse boat wagon bicycle tractor train platform letter stamp
newspaper notebook pencil ruler map clock calendar piano violin drum bell whistle feather pigeon sparrow rooster goat
donkey pony sheepdog kitten rabbit hedgehog squirrel trout salmon beetle butterfly bramble thistle poppy rosebush
        cherry pear plum lemon carrot turnip cabbage pumpkin radish leek mushroom hazelnut biscuit
loaf pancake porridge soup stew pudding cheese butter honey jam mustard pepper cinnamon ginger tea coffee cider
scarf mitten coat jacket waistcoat shoe boot slipper hat ribbon buckle zip sleeve collar hem seam pattern
workbench hammer saw chisel plane nail screw hinge latch key padlock lantern torch rope hook wheel spring"""
EN_VERBS = """carries watches folds lifts follows finds keeps moves brushes wraps paints mends counts hides draws fills
turns holds meets hears sees knows remembers forgets crosses passes leaves reaches touches stirs warms cools washes
dries hangs opens closes borrows lends trades collects sorts polishes sharpens measures cuts joins splits bends ties
loosens tightens covers uncovers pushes pulls drags rolls stacks gathers scatters shakes tastes smells"""
EN_ADJECTIVES = """red blue grey yellow narrow wide heavy quiet noisy rusty dusty wet dry warm cold round square
crooked hollow faded striped spotted tall short thick thin smooth rough tired sleepy hungry curious careful clumsy
polite stubborn cheerful gloomy shy brave lazy patient"""
EN_DETERMINERS = "the the the a a this that another each some"
"""Nothing is *ours*: in a brand's copy that would promise a thing that no fact names."""
EN_PREPOSITIONS = "near behind under beside above with without against along past inside"
FR_MASCULINE = """jardin panier tiroir couloir marché sentier bouton fil pré facteur boulanger jardinier professeur
cordonnier voisin frère peintre pêcheur tailleur mineur chanteur fermier chasseur potier marin plombier danseur
cuisinier serveur maçon seau miroir tapis rideau coussin plateau couteau tonneau toit pont phare bateau chariot
vélo tracteur train quai timbre journal cahier crayon plan piano violon tambour sifflet pigeon moineau coq
baudet poney chaton lapin papillon chardon poirier prunier citron poireau navet potiron
radis champignon biscuit pain fromage beurre miel café cidre manteau gilet soulier chapeau ruban bas col motif marteau
rabot clou verrou cadenas torchon fourneau balai banc bol buffet cadre carton chaudron coffre damier filet four galet
grenier moulin mur nuage parquet peigne poêle puits sac savon tablier tabouret tamis verre volet"""
FR_FEMININE = """fenêtre lampe chaise rivière colline bouilloire couverture grange prairie sœur peinture chanteuse
fermière nièce danseuse nourrice bougie soucoupe théière fourchette cuillère bouteille cave cheminée gouttière barrière
porte vallée lettre règle carte pendule clarinette cloche plume chèvre truite sauterelle ronce pivoine rose poire prune
carotte citrouille noisette brioche crêpe soupe purée tarte moutarde cannelle tisane gourde moufle veste botte pantoufle
ceinture manche couture broderie scie tenaille vis charnière clef lanterne torche corde roue bobine boîte brosse
brouette cafetière caisse chambre commode corbeille cruche cuvette dentelle falaise ferme forêt galerie goupille grille
guitare jarre maison malle marmite nappe natte niche passoire patère pelle pelote pierre planche poulie poutre
rampe salière serrure serviette table tasse toile tuile valise vanne vitre voile"""
FR_VERBS = """porte regarde plie soulève suit trouve garde pousse brosse range peint répare compte cache dessine remplit
tourne tient rencontre voit connaît traverse passe quitte touche remue réchauffe lave sèche suspend prête collectionne
trie polit mesure coupe joint fend tord noue desserre serre couvre découvre tire roule secoue goûte sent ramasse
rapporte pose perd surveille nettoie cherche choisit vend"""
FR_ADJECTIVES = """rouge jaune large calme humide tiède fragile mince rigide timide brave sage jeune triste
maigre vaste rustique bizarre modeste pauvre riche tranquille sombre pâle souple solide propre"""
FR_PREPOSITIONS = "sous sur dans contre avec sans derrière devant vers"

Choose = random.Random


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a language makes a noun phrase, a verb phrase and a sentence out of its words."""

    noun: Callable[[Choose, int], str]
    verb: tuple[str, ...]
    openings: tuple[str, ...]
    links: tuple[str, ...]
    subordinate: tuple[str, ...]
    prepositions: tuple[str, ...]


def _en_noun(dice: Choose, depth: int) -> str:
    words = [dice.choice(EN_DETERMINERS.split())]
    if dice.random() < 0.4:
        words.append(dice.choice(_EN_ADJECTIVES))
    words.append(dice.choice(_EN_NOUNS))
    kind = dice.random()
    if depth and kind < 0.25:
        words += [dice.choice(_EN_PREPOSITIONS), _en_noun(dice, depth - 1)]
    elif depth and kind < 0.4:
        words += ["that", dice.choice(_EN_VERBS), _en_noun(dice, depth - 1)]
    return " ".join(words)


def _fr_noun(dice: Choose, depth: int) -> str:
    feminine = dice.random() < 0.5
    nouns, determiners = (
        (_FR_FEMININE, "la la la une une cette chaque quelque") if feminine
        else (_FR_MASCULINE, "le le le un un ce chaque quelque")
    )  # fmt: skip
    words = [dice.choice(determiners.split()), dice.choice(nouns)]
    if dice.random() < 0.4:
        words.append(dice.choice(_FR_ADJECTIVES))
    kind = dice.random()
    if depth and kind < 0.25:
        words += [dice.choice(_FR_PREPOSITIONS), _fr_noun(dice, depth - 1)]
    elif depth and kind < 0.4:
        words += ["qui", dice.choice(_FR_VERBS), _fr_noun(dice, depth - 1)]
    return " ".join(words)


def _consonant(words: str) -> tuple[str, ...]:
    """Words before which no article is elided or takes an n."""
    return tuple(word for word in words.split() if word[0] not in "aeiouhéèêâîôœ")


_EN_NOUNS, _EN_ADJECTIVES = _consonant(EN_NOUNS), _consonant(EN_ADJECTIVES)
_EN_VERBS = tuple(EN_VERBS.split())
_EN_PREPOSITIONS = tuple(EN_PREPOSITIONS.split())
_FR_MASCULINE, _FR_FEMININE = _consonant(FR_MASCULINE), _consonant(FR_FEMININE)
_FR_ADJECTIVES, _FR_VERBS = _consonant(FR_ADJECTIVES), tuple(FR_VERBS.split())
_FR_PREPOSITIONS = tuple(FR_PREPOSITIONS.split())

GRAMMARS: Mapping[str, Grammar] = {
    "en": Grammar(
        _en_noun, _EN_VERBS,
        ("in winter", "after supper", "at dusk", "before noon", "in the rain", "by the sea", "at school",
         "on the way home", "during the fair", "late in spring", "since June", "at the corner", "for a while"),
        ("and", "but", "so", "yet", "then"),
        ("when", "while", "because", "as", "until", "before", "after", "since", "although", "where"),
        _EN_PREPOSITIONS,
    ),
    "fr": Grammar(
        _fr_noun, _FR_VERBS,
        ("en hiver", "le soir", "avant midi", "sous la pluie", "au bord de la mer", "pendant la foire",
         "sur le chemin du retour", "depuis juin", "au coin de la rue", "de temps en temps", "à la fin du printemps"),
        ("et", "mais", "puis", "donc"),
        ("quand", "tandis que", "parce que", "pendant que", "dès que", "comme", "si bien que", "alors que"),
        _FR_PREPOSITIONS,
    ),
}  # fmt: skip


def _clause(grammar: Grammar, dice: Choose, depth: int) -> str:
    said = f"{grammar.noun(dice, depth)} {dice.choice(grammar.verb)} {grammar.noun(dice, depth)}"
    if dice.random() < 0.4:
        said += f" {dice.choice(grammar.prepositions)} {grammar.noun(dice, 0)}"
    return said


def sentence(language: str, dice: Choose, depth: int = 1) -> str:
    """A sentence of six to some thirty words."""
    grammar = GRAMMARS[language]
    said = _clause(grammar, dice, depth)
    kind = dice.random()
    if kind < 0.25:
        said = f"{dice.choice(grammar.openings)}, {said}"
    elif kind < 0.45:
        said = f"{said}, {dice.choice(grammar.links)} {_clause(grammar, dice, 0)}"
    elif kind < 0.65:
        said = f"{dice.choice(grammar.subordinate)} {_clause(grammar, dice, 0)}, {said}"
    elif kind < 0.8:
        said = f"{said} {dice.choice(grammar.subordinate)} {_clause(grammar, dice, 0)}"
    return f"{said[0].upper()}{said[1:]}."


def texts(language: str, seed: int) -> Iterator[tuple[str, str, str]]:
    """A hook, and what stands before and after the insight in a body; another text each time, without end."""
    dice = random.Random(seed)
    while True:
        hook = next(s for s in iter(lambda: sentence(language, dice, 0), None) if len(s) <= 85)
        before, after = (
            next(s for s in iter(lambda: sentence(language, dice), None) if 90 <= len(s) <= 160) for _ in "ab"
        )
        yield hook, before, after
