"""Orders inside a sentence, by what else such a form could be: behind a comma or a colon, with pronouns, denied.

At the head of a sentence, position tells an order (:mod:`inedit.guard.nlp.imperatives`). Inside one only the form does:
a German stem without an ending („…, schau einfach rein“), a Spanish polite verb with pronouns ("…, siéntese"), a
subjunctive that no conjunction asks for («…, chiuda il rubinetto»), a French verb whose ending no third person has or
behind whose comma nothing can be its subject (« Au retour, vide les poches »).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from inedit.guard.nlp.commands import ES_CLITICS, FAMILIAR, FORMAL, with_pronoun
from inedit.guard.nlp.proofreading.lexicon import lexicon
from inedit.guard.nlp.verb_forms import Verbs, says_whatever, verbs
from inedit.model import Span


class Address(NamedTuple):
    """A word that speaks to the reader, in which way, whether it can be nothing else, and whether it stays so beside
    words in the other way."""

    span: Span
    way: str
    sure: bool = True
    certain: bool = False


def orders_inside(sentence: str, language: str) -> Iterator[Address]:
    """The orders behind the head of a sentence; ``language`` has two letters."""
    find = _FINDERS.get(language)
    if find is not None:
        yield from find(sentence, verbs(language))


_WORD = re.compile(r"[^\W\d_]+")
_LOWER = r"(?-i:[^\W\d_A-ZÀ-Ý])"


@lru_cache(maxsize=8)
def _behind(language: str) -> re.Pattern[str]:
    """Where a clause begins inside a sentence, its verb in small letters."""
    leaders = "|".join(sorted(verbs(language).grammar["leaders"] - {"komm"}))
    return re.compile(rf"(?:[,;:?!]| [–—-]) +(?:(?:{leaders})\b,? +)*(?={_LOWER})", re.IGNORECASE)


_DE_AND = re.compile(rf"\bund +(?={_LOWER})")
_DE_I = re.compile(r"\bich\b", re.IGNORECASE)
_DE_THIRD = frozenset({"tritt", "gilt", "sprich", "halt", "sei"})
"""Third persons, words and particles that look like strong or bare orders."""
_DE_LOOK = frozenset({"schau", "sieh", "guck", "horch"})
"""What calls out to nobody, before a mark: „der Teig geht, und schau, da kommt der Hund“."""


def _german(sentence: str, known: Verbs) -> Iterator[Address]:
    """„…, schau einfach rein“, „… und hör zu“: a stem without its ending, in small letters, speaks to one friend,
    unless it is an adjective or somebody says « ich »."""
    if _DE_I.search(sentence):
        return
    for pattern in (_behind("de"), _DE_AND):
        for match in pattern.finditer(sentence):
            verb = _WORD.match(sentence, match.end())
            word = verb.group().replace("ß", "ss") if verb else ""
            kinds = known.of(word)
            if (
                not verb
                or word in _DE_THIRD
                or not ("strong" in kinds or ("tu" in kinds and word[-1] != "e"))
            ):
                continue
            after = sentence[verb.end() :]
            following = _WORD.findall(after)[:1]
            if (
                after.startswith("-")
                or (word in _DE_LOOK and after[:1] in ",:!")
                or (following and following[0] in ("wir", "du"))
            ):
                continue
            if any(r[0] in "AX" or r.startswith("Vi") for r in lexicon("de").readings(word)):
                continue  # „frisch“, „bewies“
            bare = word in known.nouns
            if not bare or (following and following[0] in known.grammar["determiners"]):
                yield Address(Span(*verb.span()), FAMILIAR, certain=True)


_ES_ENCLITIC = re.compile(r"\b[^\W\d_]*[áéíóú][^\W\d_]*(?:se|l[aeo]s?|me|nos|te)\b", re.IGNORECASE)
_ES_IMPERSONAL = re.compile(
    r"(?:v[ée]ase|l[ée]ase|d[íi]gase|d[íi]cese|ll[áa]mese|enti[ée]ndase|[ée]rase|cons[ée]rvese|ag[íi]tese|mant[ée]ngase)\b",
    re.IGNORECASE,
)
"""What labels and old books say to nobody."""
_ES_WHOEVER = re.compile(r" (?:quien|lo que|cuando|como) ")
_ES_GOVERNS = re.compile(
    r"\b(?:que|aunque|quien(?:es)?|como|donde|cuando|mientras|quizás?|ojalá|tal vez|acaso|cualquier\w*|cuant[oa]s?"
    r"|sea)\b",
    re.IGNORECASE,
)
"""What a subjunctive depends on."""
_ES_DENIED = re.compile(
    r"(?<!\bo )\bno (?:(?:se|l[aeo]s?|nos|me) )?(?=[^\W\d_])",
    re.IGNORECASE,
)
_ES_WHETHER = re.compile(r"[^.;:!?]* o |\s+tus?\b")
"""Behind a subjunctive, what makes it “whether”: «tenga tu sábana dos años o cuarenta»; a friend's thing may be its
subject."""


def _spanish(sentence: str, known: Verbs) -> Iterator[Address]:
    for match in _ES_ENCLITIC.finditer(sentence):
        if _ES_IMPERSONAL.match(match.group()) or _ES_WHOEVER.match(sentence, match.end()):
            continue
        word = match.group().lower()
        way = "" if known.of(word) else with_pronoun(word, ES_CLITICS, known, accented=True)
        if way:
            yield Address(Span(*match.span()), way, certain=True)
    for match in _ES_DENIED.finditer(sentence):
        yield from _spanish_subjunctive(sentence, match.end(), known, denied=True)
    for match in _behind("es").finditer(sentence):
        yield from _spanish_subjunctive(sentence, match.end(), known, denied=False)


def _spanish_subjunctive(sentence: str, start: int, known: Verbs, *, denied: bool) -> Iterator[Address]:
    """ "…, deje el paraguas", "no añada harina": a subjunctive on which nothing before it depends."""
    verb = _WORD.match(sentence, start)
    if verb is None or known.of(verb.group().lower()) != {"formal"} or _ES_GOVERNS.search(sentence[:start]):
        return
    word, after = verb.group().lower(), sentence[verb.end() :]
    following = _WORD.findall(after.lower())[:1]
    if not denied and (_ES_WHETHER.match(after) or says_whatever(word, after)):
        return
    if word in ("sea", "venga", "vaya", "haya") or re.match(
        r"[:-]| (?:quien|lo que|que|nadie|nada|o)\b", after
    ):
        return
    if denied or word not in known.nouns or (following and following[0] in known.grammar["determiners"]):
        yield Address(Span(*verb.span()), FORMAL, certain=denied)


_IT_CLUSTER = re.compile(
    r"\b(?:ce|me|te|se) (?:l[oaie]|ne) (?=[^\W\d_])|\bglie(?:l[oaie]|ne) (?=[^\W\d_])", re.I
)
_IT_GOVERNS = re.compile(
    r"\b(?:che|chi|chiunque|affinché|benché|sebbene|purché|perché|qualunque|qualsiasi|dovunque|ovunque|magari"
    r"|nonostante|quel|sia)\b",
    re.IGNORECASE,
)
_IT_PURPOSE = re.compile(r"(?:Per|Prima di) [^\W\d_]+[aei]r(?:e|l[oaie]|si)\b[^,]*,")
_IT_PRONOUNS = r"(?:non )?(?:(?:l[oaie]|ne|ci|si|mi) )?"


def _italian(sentence: str, known: Verbs) -> Iterator[Address]:
    """«ce lo chieda», «…, chiuda il rubinetto»; «…, lo lasci riposare» may be what a friend does."""
    for match in _IT_CLUSTER.finditer(sentence):
        yield from _italian_subjunctive(sentence, match.end(), known)
    inside = re.compile(_behind("it").pattern + _IT_PRONOUNS, re.IGNORECASE)
    for match in inside.finditer(sentence):
        yield from _italian_subjunctive(sentence, match.end(), known)
    for match in re.finditer(r"\b[Nn]on esiti(?= ad? )", sentence):
        yield Address(Span(match.start() + 4, match.end()), FORMAL, certain=True)


def _italian_subjunctive(sentence: str, start: int, known: Verbs) -> Iterator[Address]:
    """«…, chiuda il rubinetto», «ce lo chieda»: a subjunctive on which nothing before it depends."""
    verb = _WORD.match(sentence, start)
    kinds = known.of(verb.group().lower()) if verb else frozenset()
    sure = kinds == {"formal"}
    if verb is None or not (sure or kinds == {"formal", "second"}) or _IT_GOVERNS.search(sentence):
        return
    led = sentence[:start].rstrip().endswith((" lo", " la", " li", " le", " ne")) or _IT_PURPOSE.match(
        sentence
    )
    if not sure and ("?" in sentence or not led):
        return
    word, after = verb.group().lower(), sentence[verb.end() :]
    if (
        word in ("sia", "venga", "abbia", "vada")
        or word in known.nouns
        or says_whatever(word, after)
        or re.match(r"[:-]| (?:o|e|pure)\b", after)
    ):
        return
    yield Address(Span(*verb.span()), FORMAL, sure=sure, certain=sure)


_FR_I = re.compile(r"\b(?:je|j'|tu|qui)\b|j'", re.IGNORECASE)
_FR_NO_SUBJECT = re.compile(
    r" (?:les|des|ces|tes|mes|vos|nos|leurs|deux|trois|quatre|cinq)\b| [^\W\d_]+(?:er|ir)\b"
)
_FR_SUBJECT = re.compile(r" (?:l[ea]\b|l'|une? )")
"""What may be a subject behind its verb: « Si le train siffle, tremble la vitre »."""
_FR_LEAD = re.compile(
    r"\W*(?:si|s'|avant|après|au|aux|à|pour|en|dans|sur|sous|chez|dès|depuis|demain|aujourd'hui|ce (?:soir|matin))\b"
    r"[^,]*,",
    re.IGNORECASE,
)


def _french(sentence: str, known: Verbs) -> Iterator[Address]:
    if _FR_I.search(sentence):
        return
    for match in _behind("fr").finditer(sentence):
        verb = _WORD.match(sentence, match.end())
        word = verb.group() if verb else ""
        if not verb or "tu" not in known.of(word):
            continue
        after, found = sentence[verb.end() :], lexicon("fr").readings(word)
        of_you = word.endswith("s") and all(reading[:2] in ("Vi", "Vm") for reading in found) and found
        hyphen = re.match(r"-(?:toi|le|la|les|lui|leur|moi|nous|y|en)\b", after)
        if (of_you and word not in known.nouns) or hyphen:
            yield Address(Span(*verb.span()), FAMILIAR, certain=True)
        elif word not in known.describing and _has_no_subject(sentence, match.start(), after):
            yield Address(Span(*verb.span()), FAMILIAR, sure=_FR_SUBJECT.match(after) is None)


def _has_no_subject(sentence: str, comma: int, after: str) -> bool:
    """Whether a verb behind a comma has no subject before or behind it: « Au retour, vide les poches », « Si ça coince,
    appelle l'atelier »; « Au fond, pousse un figuier » has one."""
    lead = _FR_LEAD.match(sentence)
    if lead is None or lead.end() != comma + 1:
        return False
    if re.match(
        r"\W*(?:si\b|s'|(?:pour|avant d[e'])\s?[^\W\d_]+(?:er|ir|re)\b)", lead.group(), re.IGNORECASE
    ):
        return True
    told = any(_is_told(w) for w in _WORD.findall(lead.group().lower()))
    return not told and _FR_NO_SUBJECT.match(after) is not None


def _is_told(word: str) -> bool:
    """Whether a word is a verb of a third person and nothing else."""
    found = lexicon("fr").readings(word)
    return bool(found) and all(reading[0] == "V" for reading in found)


_FINDERS: Mapping[str, Callable[[str, Verbs], Iterator[Address]]] = {
    "de": _german,
    "es": _spanish,
    "fr": _french,
    "it": _italian,
}
