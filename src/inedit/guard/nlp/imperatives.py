"""Where a text speaks to its reader by its verbs alone: imperatives and second persons, by morphology and position.

A verb commands where a clause begins without a subject: at the head of a sentence, after a colon, after « alors », and
after another imperative. What is a noun more often (« commande », „Bremse“, "reserva", «prova») needs a determiner or a
pronoun behind it. In Spanish and Italian a third person has no subject either ("sube", «frena»): such a verb commands
at the head of a paragraph, is unsure after a sentence of narration, and says nothing when it describes things ("pesa").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from inedit.guard.nlp.commands import FAMILIAR, FORMAL, READERS, clause_at
from inedit.guard.nlp.orders import Address, orders_inside
from inedit.guard.nlp.text import sentences
from inedit.guard.nlp.verb_forms import says_whatever, verbs
from inedit.model import Span

_NAMED = r"(?-i:[A-ZÀ-Ý][\w'-]*(?: [A-ZÀ-Ý][\w'-]*){0,2})"
_CALLED = r"(?: (?-i:[A-ZÀ-Ý][\w'-]*))?"
_SAYS_WHO = re.compile(
    r"[,?!…] ?(?:[^\W\d_]+-(?:t-)?(?:il|elle|on|ils|elles|je)\b"
    r"|(?:dit|disait|répond|demande|lance|crie|chante|souffle|murmure|écrit|annonce|lit|ajoute|conclut) "
    rf"(?:(?:l[ea]s? |l'|[ms]on |[ms]a |une? )\w*{_CALLED}|{_NAMED})"
    r"|(?:sagt|fragt|ruft|singt|meint|antwortet|schreibt|flüstert|steht|lacht|sagte|fragte|rief|meinte) "
    rf"(?:(?:der|die|das|ein|eine|mein|meine)\b(?: \w+)?{_CALLED}|er|sie|{_NAMED})"
    r"|(?:dice|dijo|decía|diceva|pregunta|responde|grita|canta|escribe|contesta|anuncia|lee|disse|chiede|risponde|scrive"
    r"|legge) "
    rf"(?:(?:el|la|un|una|il|lo|su|mi)\b(?: \w+)?{_CALLED}|l'\w*|lei|lui|ella|él|{_NAMED})"
    rf"|(?:says|said|reads|writes|wrote|asks|sings) (?:(?:the|a|her|his|my|an|your)\b(?: \w+)?|{_NAMED}))"
)
_REPORTED = re.compile(rf"[^.!?…\n]*{_SAYS_WHO.pattern}")
_TO_ANOTHER = re.compile(
    r"\b(?:dit|disait|crie|répond|sagt|sagte|ruft|rief|says|said|dice|dijo|grita|diceva|disse)"
    r" (?:à (?:l[ae] |l'|s\w+ )?|aux? |zum |zur |dem |der |to (?:the |his |her )|al? (?:l[ao] |su )?|all[ao'] ?|ai )"
    r"[^.!?:\n~]{2,30} ?: ?[^.!?\n]*",
    re.IGNORECASE,
)
"""What is said to somebody else: „Die Meisterin sagt zum Lehrling: Dreh langsam.“"""


def without_reported(text: str, blank: Callable[[re.Match[str]], str]) -> str:
    """Speech without quotation marks blanked out, up to the words that say whose it is, or behind those that say to
    whom: « Viens, dit le panneau », „Dein bin ich, singt sie“."""
    # what leads up to these words is only looked for where they are: it is tried from every character
    text = _REPORTED.sub(blank, text) if _SAYS_WHO.search(text) else text
    return _TO_ANOTHER.sub(blank, text) if ":" in text else text


_HEAD = re.compile(r"[^\w\s]*\s*")
_COLON = re.compile(r"(?<!\d) ?: +(?=[^\W\d_])")
_MORE = re.compile(
    r"(?:,|;| [–—]| et| ou| und| oder| y| e| o| e poi| et puis| y luego),? +(?=[^\W\d_])|(?<=[¡¿])"
)
_SECOND_PERSONS = {
    "es": re.compile(
        r"\b(?:(?:(?<=\bsi )|(?<=\bque )|(?<=cuando )|(?<=donde )|(?<=\bno )|(?<=\bya )|(?<=como )|(?<=\bte ))"
        r"[^\W\d_]+[aeáéi]s|[^\W\d_]+(?:rás|áis|éis)"
        r"|eres|tienes|quieres|puedes|sabes|vienes|haces|prefieres|buscas)\b",
        re.IGNORECASE,
    ),
    "it": re.compile(
        r"\b(?:vuoi|puoi|devi|hai|vai|sai|fai|stai|vieni|tieni|esci|[^\W\d_]+rai)\b", re.IGNORECASE
    ),
}
"""Second persons that may stand anywhere, since their languages need no pronoun; the verb list has the last word."""


def spoken_to(text: str, language: str) -> Iterator[Address]:
    """The imperatives and second persons of a text whose quotations are blanked out; ``language`` has two letters."""
    if language not in READERS:
        return
    leads, end = True, 0
    for span in sentences(text):
        leads = leads or "\n" in text[end : span.start]
        sentence, end = span.of(text), span.end
        found = list(_in_sentence(sentence, language, leads))
        at = {address.span.start for address in found}
        found += [a for a in orders_inside(sentence, language) if a.span.start not in at]
        yield from (address._replace(span=address.span.shifted(span.start)) for address in found)
        leads = bool(found) or sentence.rstrip().endswith(("?", "!"))


def _in_sentence(sentence: str, language: str, leads: bool) -> Iterator[Address]:
    known, read = verbs(language), READERS[language]
    question = sentence.rstrip(" .").endswith("?")

    def at(position: int, *, head: bool) -> Iterator[tuple[str, Address]]:
        clause = clause_at(sentence, position, question=question, leads=leads, head=head)
        reading = read(clause, known) if clause else None
        if clause and reading:
            yield clause.word, Address(Span(position, position + len(clause.written)), *reading)

    yield from _behind_a_condition(sentence, language, leads)
    starts = [at for at in _starts(sentence, language) if not _says_it(sentence, at)]
    colon = sentence.find(":")
    commands = [a for position in starts for _, a in at(position, head=colon < 0 or position < colon)]
    yield from commands
    for match in _MORE.finditer(sentence) if commands else ():
        if match.end() not in starts:
            yield from (address for word, address in at(match.end(), head=True) if word not in known.nouns)
    pattern = _SECOND_PERSONS.get(language)
    for match in pattern.finditer(sentence) if pattern else ():
        word = match.group().lower()
        speaks = known.of(word) & {"second", "plural"} and word not in known.nouns
        if speaks and match.start() not in starts:
            yield Address(Span(*match.span()), FAMILIAR)


_CONDITION = re.compile(
    r"\W*(?:si|cuando|se(?! (?:non )?(?:piove|nevica|fa|manca|c'è|arriva|cambia)\b))"
    r" [^.!?,:]{3,60}, (?:no |non )?(?:(?:l[oaie]|ne|ci|si|mi) )?(?=[^\W\d_])",
    re.IGNORECASE,
)
"""A condition that leads a sentence, but for the weather's («se piove, porti»)."""


def _behind_a_condition(sentence: str, language: str, leads: bool) -> Iterator[Address]:
    """«Se viaggia con bambini, avvisi l'officina», "si viaja con niños, avise": a polite order behind the condition,
    which does not speak to a friend."""
    condition = _CONDITION.match(sentence) if leads and language in _SECOND_PERSONS else None
    word = _WORD.match(sentence, condition.end()) if condition else None
    if condition is None or word is None or _SECOND_PERSONS[language].search(condition.group()):
        return
    if says_whatever(word.group().lower(), sentence[word.end() :]):
        return
    known = verbs(language)
    kinds, said = known.of(word.group().lower()), {w.lower() for w in _WORD.findall(condition.group())}
    familiar = any("second" in known.of(each) and "third" not in known.of(each) for each in said)
    if (
        "formal" in kinds
        and not kinds & {"tu", "third"}
        and not familiar
        and said.isdisjoint(_FAMILIAR_WORDS)
    ):
        yield Address(Span(*word.span()), FORMAL)


_WORD = re.compile(r"[^\W\d_]+")
_FAMILIAR_WORDS = frozenset(["tu", "tú", "ti", "te", "tus", "tuo", "tua", "tuoi", "tue"])


def _starts(sentence: str, language: str) -> list[int]:
    """Where clauses begin: at the head, behind « alors » there, behind a colon."""
    head = _HEAD.match(sentence)
    first = head.end() if head else 0
    leader = _leaders(language).match(sentence, first)
    behind = [leader.end()] if leader else []
    return [first, *behind, *(match.end() for match in _COLON.finditer(sentence))]


def _says_it(sentence: str, start: int) -> bool:
    """Whether a verb in small letters follows a quotation: « … » demande la petite."""
    return sentence[start : start + 1].islower() and sentence[:start].rstrip(" ,").endswith("~")


@lru_cache(maxsize=8)
def _leaders(language: str) -> re.Pattern[str]:
    words = sorted(verbs(language).grammar["leaders"])
    return re.compile(rf"(?:{'|'.join(words)})\b,? +", re.IGNORECASE)
