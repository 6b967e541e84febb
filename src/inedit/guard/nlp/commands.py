"""Whether a verb at the head of a clause speaks to the reader, and in which way: one function a language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice

from inedit.guard.nlp.proofreading.lexicon import lexicon
from inedit.guard.nlp.verb_forms import Verbs, says_whatever

FAMILIAR, FORMAL, PLURAL = "familiar", "formal", "plural"

Reading = tuple[str, bool] | None
"""The way in which a verb speaks, and whether it can do nothing else; None when it speaks to nobody."""

_WORD = re.compile(r"[^\W\d_]+'?")
_VERB = re.compile(r"[^\W\d_]+(?:'(?!\w))?")
_DIRECTLY = re.compile(r" +['\w]")
_NAMES_TWO = re.compile(r" (?:et|ou|y|o|e|u)\b")
_QUALITY = re.compile(r"(?:ée?s?|ables?|ibles?|elles?|ives?)$")  # what stands behind a noun


@dataclass(frozen=True, slots=True)
class Clause:
    """A word where a clause begins, in lower case, and what surrounds it."""

    word: str
    written: str
    after: str  # the rest of the sentence
    question: bool
    leads: bool  # nothing was narrated before it in its paragraph
    head: bool  # of the sentence, not behind a colon or another clause

    @property
    def following(self) -> tuple[str, ...]:
        """The next three words, in lower case."""
        return tuple([match.group() for match in islice(_WORD.finditer(self.after.lower()), 3)])

    @property
    def next(self) -> str:
        """The next word, or nothing when a stop or comma comes first."""
        return self.following[0] if self.following and _DIRECTLY.match(self.after) else ""


def clause_at(sentence: str, start: int, *, question: bool, leads: bool, head: bool) -> Clause | None:
    """The clause that begins at a place of a sentence, if a word does."""
    match = _VERB.match(sentence, start)
    if match is None:
        return None
    word = match.group().lower().replace("ß", "ss")
    return Clause(word, match.group(), sentence[match.end() :], question, leads, head)


_FR_CLITIC = re.compile(r"-(?:toi|moi|nous|le|la|les|lui|leur|y|en|t'en|m'en)\b")


def _french(clause: Clause, known: Verbs) -> Reading:  # noqa: PLR0911  # exceptions, in order
    word, after, determiners = clause.word, clause.after, known.grammar["determiners"]
    denied = re.match(r"(?:'| +)([^\W\d_]+)", after) if word in ("ne", "n", "n'") else None
    if denied:
        kinds = known.of(denied.group(1))
        return (FAMILIAR if "tu" in kinds else FORMAL, True) if kinds and denied.group(1) != "pas" else None
    kinds = known.of(word) or known.of(re.sub("^e", "é", word))
    if "formal" in kinds and not word.endswith(
        "ez"
    ):  # « faites », « dites »; « faites à la main » is not an order
        is_order = clause.next in {*determiners, "confiance", "vite"} or _FR_CLITIC.match(after)
        return (FORMAL, True) if is_order else None
    if "tu" not in kinds or word in known.describing or re.match(r" ?:", after):
        return None
    if after.startswith("-"):
        return (FAMILIAR, True) if _FR_CLITIC.match(after) else None
    if clause.next == "que" and word == "attends":
        return FAMILIAR, True
    bears_with = word == "passe" and clause.next == "encore"  # « Passe encore pour la pluie »
    if bears_with or after.startswith("'") or clause.next in known.grammar["subjects"]:
        return None
    if word in known.nouns:
        follows = clause.next or (clause.following[:1] or ("",))[0] * after.startswith(", ")
        return (FAMILIAR, True) if follows in determiners else None
    if _lists_nouns(clause, known) or _QUALITY.search(clause.next):
        return None
    return FAMILIAR, True


def _lists_nouns(clause: Clause, known: Verbs) -> bool:
    """Whether the word and another one are named together: « marche et rêve », not « roule et souris »."""
    other = clause.following[1] if clause.following[1:] else ""
    kinds = known.of(other) | _to_several(other, known)
    joins_verbs = kinds & {"tu", "formal"} and other not in known.nouns
    return bool(_NAMES_TWO.match(clause.after)) and not joins_verbs


_DE_PARTICIPLE = re.compile("ge|.*en$|.*iert$")
_DE_PLURAL = frozenset(
    [
        "seid",
        "nehmt",
        "gebt",
        "lest",
        "seht",
        "helft",
        "esst",
        "vergesst",
        "trefft",
        "sprecht",
        "werft",
        "fahrt",
        "lasst",
        "tragt",
        "schlaft",
        "lauft",
        "haltet",
    ]
)
"""What is said to several and not of one: strong verbs change their vowel for one („er nimmt“)."""

_DE_WAY = re.compile(r" (?:ins?|nach|zu[rm]?|um|auf|über|durch) [^.!?,:]+:")
"""„Fahrt ins Blaue: …“ is a way to go, „Fahrt ins Blaue!“ an order."""


_DE_OFF = re.compile(
    r"[^,.;:!?]* (?:an|auf|aus|ein|zu|ab|los|fest|hoch|um|weg|hin|her|raus|rein|nach|vor)(?=[.,;!])",
    re.IGNORECASE,
)


def _is_rare_order(clause: Clause, known: Verbs) -> bool:
    """„Knips die Lampe aus, …“, „Klips die Schnur an, bevor …“: the stem of a verb that only the dictionary knows,
    before what it is done to; one that is a noun as well takes its other half behind that, and no clause that
    follows from it („Riss die Naht auf, kam …“)."""
    word, after = clause.word, clause.after
    if clause.question or clause.next not in known.grammar["determiners"]:
        return False
    words = lexicon("de")
    made = f"{word}n" if word.endswith(("el", "er")) else f"{word}en"
    divided = _DE_OFF.match(after)
    if "I" in words.readings(made):
        return divided is not None or clause.next in ("den", "einen", "ihn")
    rest = after[divided.end() :] if divided else ""
    ends = re.fullmatch(
        r"[.!]*|, (?:bevor|ehe|damit|sobald|wenn|dann|und|solange|bis)\b.*", rest, re.IGNORECASE
    )
    stem = words.readings(word) == {"W"} and any(r[0] == "N" for r in words.readings(word.capitalize()))
    return divided is not None and stem and ends is not None and not word.endswith(("t", "en", "er"))


def _german(clause: Clause, known: Verbs) -> Reading:
    kinds, next_word = known.of(clause.word), clause.next
    if not kinds:
        return (FAMILIAR, True) if _is_rare_order(clause, known) else None
    nothing = clause.after.startswith(("-", ":")) or next_word in known.grammar["subjects"] or clause.question
    nothing = nothing or (clause.word == "fahrt" and _DE_WAY.match(clause.after) is not None)
    nothing = nothing or re.match(r" und [A-ZÄÖÜ]", clause.after) is not None  # „Such und Find“
    if nothing or (clause.word == "sei" and next_word == "es"):
        return None
    particle = any(re.search(rf"\b{p}[.!]*$", clause.after.rstrip()) for p in known.grammar["particles"])
    if "strong" in kinds:
        return FAMILIAR, True
    if kinds & {"tu", "short"}:
        noun = clause.word in known.nouns and clause.written[0].isupper()
        is_order = next_word in known.grammar["determiners"] or particle
        ends = len(clause.following) <= 1 and clause.after.rstrip().endswith((".", "!"))
        alone = noun and ends and not _DE_PARTICIPLE.match(next_word)  # „Vergleich.“, „Bremse sanft.“
        orders = clause.word not in known.describing or clause.word in known.grammar["bare_orders"]
        plainly = not noun and "tu" in kinds and orders
        named = noun and re.match(r" +[A-ZÄÖÜ]", clause.after)
        return (FAMILIAR, True) if (is_order or plainly or alone) and not named else None
    leaves = particle and len(clause.following) == 1
    return (FAMILIAR, True) if "plural" in kinds and (clause.word in _DE_PLURAL or leaves) else None


ES_CLITICS = re.compile(r"^(.*?)((?:te|me|se|nos)?(?:l[aeo]s?)?)$")
_ES_LABELS = frozenset({"agítese", "consérvese", "manténgase", "véase", "léase"})
"""What labels say to nobody."""
_ES_TELLS = re.compile(r"^[^.;:!?]* y (?:pone|tiene|viene|hace|dice|sale|va) ")
""""Vuelve al taller y pone a …": beside a verb whose order has another form, the first one is no order either."""
_ES_NO_ORDER = re.compile(r"[:-]| o no\b| (?:cual|quien|que|lo que|como quiera|como sea)\b")


def _spanish(clause: Clause, known: Verbs) -> Reading:  # noqa: PLR0911  # exceptions, in order
    word, determiners = clause.word, known.grammar["determiners"]
    if word == "no" and clause.next:
        kinds = known.of(clause.next) or _to_several(clause.next, known)
        return (FAMILIAR, True) if "negative" in kinds else (FORMAL, True) if kinds == {"formal"} else None
    kinds = known.of(word) or _to_several(word, known)
    if kinds and says_whatever(word, clause.after):
        return None
    joined = "" if kinds or word in _ES_LABELS else with_pronoun(word, ES_CLITICS, known, accented=True)
    if joined:
        return joined, True
    either = word == "sea" and " o " in clause.after  # "sea lunes o domingo"
    if either or _ES_NO_ORDER.match(clause.after) or _lists_nouns(clause, known):
        return None
    asked = clause.question and clause.next in determiners | known.grammar["asked"]
    if "second" in kinds and (word not in known.nouns or asked):
        return FAMILIAR, True
    if clause.question or (word in known.nouns and clause.next not in determiners):
        return None
    if "formal" in kinds and "tu" not in kinds:
        return None if word == "venga" and clause.after.startswith(",") else (FORMAL, True)
    if kinds & {"plural", "vos"}:
        return FAMILIAR, True
    if "tu" not in kinds or ("third" in kinds and word in known.describing) or clause.next == "que":
        return None
    return None if _ES_TELLS.search(clause.after) else _command(clause, kinds, known)


def _to_several(word: str, known: Verbs) -> frozenset[str]:
    """The kind of a Spanish order to several readers ("pasen y vean"), which is the polite one with an n; none where a
    third person of several has that form ("creen")."""
    one = known.of(word[:-1]) if word.endswith("n") else frozenset()
    return frozenset({"formal"}) if one == {"formal"} else frozenset()


def _command(clause: Clause, kinds: frozenset[str], known: Verbs) -> Reading:
    """What a form is that the third person may have too: it speaks to nobody behind a colon, whose subject stands
    before it, and is unsure after a narration or when somebody may be moving (« sube la cuesta »)."""
    if "third" not in kinds:
        return FAMILIAR, True
    moves = clause.word in known.moving and clause.next in known.grammar["determiners"]
    return (FAMILIAR, clause.leads and not moves) if clause.head else None


def with_pronoun(word: str, clitics: re.Pattern[str], known: Verbs, *, accented: bool) -> str:
    """The way that an imperative with pronouns speaks ("suscríbete", "pregúntele", «goditi»), or nothing."""
    plain = word.translate(str.maketrans("áéíóú", "aeiou"))
    if accented and plain == word and len(word) > 7:  # a long one has an accent
        return ""
    match = clitics.match(plain)
    cluster = match.group(2) if match else ""
    for cut in (cluster[start:] for start in range(len(cluster))):
        bare = plain.removesuffix(cut)
        kinds = known.of(bare) | known.of(word.removesuffix(cut)) | _to_several(bare, known)
        if kinds & {"tu", "formal"}:
            to_them = len(cut) > 2 and "formal" not in kinds  # «díselo» : se is for them, the verb speaks
            familiar = cut.startswith(("te", "ti")) or (
                "tu" in kinds and (to_them or not cut.startswith("se"))
            )
            return FAMILIAR if familiar else FORMAL
    return ""


_IT_CLITICS = re.compile(r"^(.*?)((?:mi|ti|ci|vi|me|te|ce|ve|glie)?(?:l[oaie]|ne|gli)?)$")
_IT_ABSOLUTE = re.compile(r"\w+[aiu]te le [^.,;:]*,")
"""«Finite le colazioni, si sparecchia»: a participle with what it is said of, in a clause that another one follows."""
_IT_FOLDED = re.compile(r"\w+[aiu]ti (?:[^.,;:!?]+,)(?: \w+,)? (?:i|gli|questi|quei|tutti) ")
"""«Piegati sullo scaffale, i set …»: a participle of several things, which are named behind its comma."""
_IT_SUBJECT_BEHIND = re.compile(r" (?:anche|pure|solo) [A-Z]")
"""«Gira anche Rosa» in a narration: who does it stands behind the verb."""
_IT_YOU = re.compile(r"\btu\b")
_IT_WHOEVER = re.compile(r" \w+ (?:chi|quel|quello)\b")
"""«Ci pensi tu al vino?» and «Ci vada chi vuole» are no orders to Lei."""
_IT_INFINITIVE = re.compile("(?!sempre$|oltre$|mentre$).{3,}(?:[aei]re|rsi)$")


def _italian(clause: Clause, known: Verbs) -> Reading:  # noqa: PLR0911  # exceptions, in order
    word, determiners = clause.word, known.grammar["determiners"]
    if word == "non" and clause.next:
        return (FAMILIAR, True) if _IT_INFINITIVE.match(clause.next) else None
    proclitic = known.of(clause.next) if word in ("si", "ci", "mi", "ne") else frozenset()
    if "formal" in proclitic and "third" not in proclitic:
        states = "second" in proclitic and (clause.question or _IT_YOU.search(clause.after))
        return None if states or _IT_WHOEVER.match(clause.after) else (FORMAL, True)
    if clause.question and word in known.grammar["asked"] and clause.next not in determiners:
        return FORMAL, clause.leads
    kinds = known.of(word)
    if says_whatever(word, clause.after):
        return None
    told_of_another = not clause.leads and "third" in kinds and _IT_SUBJECT_BEHIND.match(clause.after)
    if told_of_another or _IT_FOLDED.match(word + clause.after):
        return None
    if not kinds:
        way = with_pronoun(word, _IT_CLITICS, known, accented=False)
        return (way, True) if way == FAMILIAR and len(word) > 5 else None
    noun = word in ("sei", "dai", "di", "sia") or (word in known.nouns and clause.next not in determiners)
    if noun or clause.after.startswith((":", "-")) or _lists_nouns(clause, known):
        return None
    if clause.question or kinds == {"second"}:
        return (FAMILIAR, True) if "second" in kinds else None
    if "formal" in kinds and "tu" not in kinds:  # «chiami» is an order to Lei, «arrivi» a statement on tu
        states = "second" in kinds and (word in known.describing or clause.next == "senza")
        return FAMILIAR if states else FORMAL, True
    if "plural" in kinds and _IT_ABSOLUTE.match(word + clause.after):
        return None
    if "plural" in kinds:  # «montate» is a participle as well
        sure = clause.next in determiners or not word.endswith(("ate", "ite")) or word in ("venite", "dite")
        return (PLURAL, True) if sure else None
    if "tu" not in kinds or ("third" in kinds and word in known.describing):
        return None
    return _command(clause, kinds, known)


READERS: Mapping[str, Callable[[Clause, Verbs], Reading]] = {
    "fr": _french,
    "de": _german,
    "es": _spanish,
    "it": _italian,
}
"""The reader of each language (two letters) that has two ways."""
