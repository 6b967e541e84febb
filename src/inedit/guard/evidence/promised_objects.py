"""What a promise is made of: the nouns of a text that may be what is promised."""

from __future__ import annotations

from collections.abc import Sequence

from inedit.guard.evidence.commitments import SHORT, Commitment
from inedit.guard.evidence.index import Evidence
from inedit.guard.nlp.grammar import Clause, Noun, grammar
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.measures import ordinal_value
from inedit.guard.nlp.proofreading.tokens import is_verb
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.word_lists import word_list, word_pattern


def noun_beside(promised: Commitment, language: str) -> Noun | None:
    """The noun that stands next to the promise: in its clause, else the last one before it in the sentence (« vos deux
    initiales, brodées sans supplément »). What one does not pay for stands next to it wherever it stands."""

    def apart(noun: Noun) -> int:
        return max(promised.span.start - noun.word.end, noun.word.start - promised.span.end)

    outside = [noun for noun in promised.clause.nouns if apart(noun) >= 0]
    outside = [*paid_for(promised, language)] or outside
    if outside:
        return min(outside, key=apart)
    before = [c for c in promised.around if c.span.end <= promised.clause.span.start and c.nouns]
    if not before:
        return None
    last = max(before, key=lambda c: c.span.end).nouns
    return next((noun for noun in reversed(last) if noun.role == "bare"), last[-1])


def whole_stems(mine: Commitment) -> frozenset[str]:
    return mine.clause.stems.union(*(c.stems for c in mine.around))


def stems_beside(mine: Commitment, language: str) -> frozenset[str]:
    """What a fact's clause says, and the few words in apposition behind it («24 meses de garantía, piezas y mano de
    obra»), unless they deny something."""
    own = grammar(language)
    behind = (
        c
        for c in mine.around
        if c.span.start >= mine.clause.span.end
        and len(c.words) <= _APPOSED
        and not c.has(own.denials | own.negations | own.waiving)
    )
    return mine.clause.stems.union(*(c.stems for c in behind))


_APPOSED = 5


def paid_for(promised: Commitment, language: str) -> tuple[Noun, ...]:
    """What one pays nothing for: „für die Stimmung zahlen Sie nichts“, « l'accord, on ne le paie pas », “pay nothing
    for the course”. None where the clause does not pay, does not say what for, or is about somebody else’s paying."""
    clause, own, pays = promised.clause, grammar(language), word_pattern(language, "pays_for")
    if promised.kind != "free" or not any(pays.fullmatch(word.folded) for word in clause.words):
        return ()
    somebody = word_list(language, "somebody")
    if any(w.folded in somebody - own.you and w.text.lower() not in own.determiners for w in clause.words):
        return ()
    before = [c for c in promised.around if c.span.end <= clause.span.start][-1:]
    for each in (clause, *before):
        found = tuple(noun for noun in each.nouns if _is_what_for(noun, each, language))
        if found:
            return found
    inside = {w.folded for w in clause.words if promised.span.start <= w.start < promised.span.end}
    taken_up = bool(before) and not own.object_pronouns.isdisjoint(inside)
    named = before[0].nouns if taken_up else ()
    return tuple(noun for noun in named if noun.role == "bare") or named[:1]


def _is_what_for(noun: Noun, clause: Clause, language: str) -> bool:
    """Whether « pour » leads a noun that is neither a person, nor the reader's, nor an infinitive."""
    own, leading = grammar(language), word_list(language, "paid_for")
    before = [w.folded for w in clause.words if w.end <= noun.word.start]
    led = next((word for word in reversed(before) if word not in own.determiners), "")
    acts = noun.determiner == "" and is_verb(noun.word.text.lower(), primary(language))
    return led in leading and noun.stem not in own.guests and noun.determiner not in own.you and not acts


def objects(promised: Commitment, known: Evidence, language: str) -> tuple[Noun, ...]:
    """The nouns that a promise may be about: what one pays nothing for; those of its clause; of an elliptic clause,
    the brand's things around; of a pronoun, or after a few words (« Le casque ? Offert. »), those of the sentence
    before."""
    paid = paid_for(promised, language)
    if paid:
        return paid
    own = tuple(
        noun
        for noun in promised.clause.nouns
        if is_object(noun, promised, language) and not may_be_verb(noun, promised, known)
    )
    if any(noun.stem in grammar(language).guests for noun in own) and _tells_an_age(promised, language):
        own = tuple(noun for noun in own if noun.stem not in grammar(language).guests)  # whom it is given
    bare = tuple(noun for noun in own if noun.role == "bare")
    if bare or own:
        return bare or tuple(noun for noun in own if noun.stem in known.heads)
    near = _heads(promised.around, known)
    last = tuple(c for c in promised.earlier if c.sentence == promised.clause.sentence - 1)
    short = sum(len(clause.words) for clause in last) <= SHORT
    if near or not (short or promised.clause.has(grammar(language).others)):
        return near
    return _heads(last, known)


def _tells_an_age(promised: Commitment, language: str) -> bool:
    """« Un enfant de trois ans passe gratuitement »: who is given something, not what."""
    near = (promised.clause, *promised.around)
    said = (" ".join(word.text for word in clause.words) for clause in near)
    return any(q.dimension == "months" for each in said for q in find_quantities(each, language))


def _heads(listed: Sequence[Clause], known: Evidence) -> tuple[Noun, ...]:
    return tuple(n for clause in listed for n in clause.nouns if n.stem in known.heads and n.role == "bare")


def is_object(noun: Noun, promised: Commitment, language: str) -> bool:
    """Whether a noun may be what is promised: neither a word of a promise nor the reader's."""
    own = grammar(language)
    inside = any(span.start <= noun.word.start < span.end for span in promised.promised)
    before = next((w.folded for w in reversed(promised.clause.words) if w.end <= noun.word.start), "")
    acts = before in own.object_pronouns and is_verb(noun.word.text.lower(), primary(language))
    return not inside and not acts and noun.determiner not in own.you  # «la restituisci»


def may_be_verb(noun: Noun, promised: Commitment, known: Evidence) -> bool:
    """« Gardez-le »: a clause's first word without determiner is a thing only beside the promise."""
    opens = noun.determiner == "" and noun.word.start == promised.clause.words[0].start
    beside = any(0 <= span.start - noun.word.end <= 1 for span in promised.promised)
    return opens and not beside and noun.stem not in known.things


def widens(named: Sequence[Noun], promised: Commitment, mine: Commitment, language: str) -> bool:
    """« Jede Reparatur », « aucune reprise … facturée » where the fact has « die erste Reparatur »: of all."""
    own = grammar(language)
    listed, universal = promised.clause.words, own.universal | (own.denials & own.determiners)
    every = any(
        w.folded in universal
        for noun in named
        for w in [w for w in listed if w.start < noun.word.start][-2:]  # « todos los arreglos »
    )
    return every and _has_ordinal(mine, language) and not _has_ordinal(promised, language)


def _has_ordinal(said: Commitment, language: str) -> bool:
    first = grammar(language).first
    return any(w.folded in first or ordinal_value(w.folded, language) for w in said.clause.words)
