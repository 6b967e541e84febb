"""Whether a figure in a clause asserts something of the brand, or sets a scene."""

from __future__ import annotations

from inedit.guard.evidence.index import Entry, Evidence
from inedit.guard.evidence.promise_words import promises
from inedit.guard.evidence.scene_figures import is_a_way, is_before_the_thing
from inedit.guard.evidence.statements import WEEKDAY, Statement
from inedit.guard.evidence.subjects import DATES, FEW, TIMES, is_ours, sentence_stems, subjects, things_in
from inedit.guard.nlp.arithmetic import MINUTES
from inedit.guard.nlp.grammar import grammar
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.quantity import COUNT, CURRENCIES, YEAR
from inedit.guard.nlp.text import fold

_NEAR_COMPARISON = 4  # words from a multiple to what it compares: « deux fois plus », « tre volte di più »


_NEAR_SCENERY = 2  # words of « il est », “it's been” before the hour


_OPENING = 16  # characters before a figure that opens its clause: « à peine », “nearly a”


def claims_something(said: Statement, known: Evidence, language: str) -> bool:
    """Whether a figure that no fact gives asserts something of the brand, or only sets a scene.

    Prices, shares and decimals always assert; a weekday or an ordinal never does. Any other figure does when its clause
    is ours (« nous », the brand's name), makes a promise, is about one of the brand's things that is not the reader's
    own, or counts one. Times and counts of other things set a scene; other measures do where the reader or somebody
    else acts.
    """
    quantity = said.quantity
    is_split = quantity.dimension == COUNT and quantity.value != quantity.value.to_integral_value()
    if quantity.dimension in (*CURRENCIES, "percent") or is_split:
        return not is_supposed(said, known, language)
    if quantity.dimension in ("ordinal", WEEKDAY) or _is_scenery(said, language):
        return False
    main = said.clause if any(n.role == "bare" for n in said.clause.nouns) else (*said.around, said.clause)[0]
    if any(is_ours(clause, known, language) for clause in (said.clause, main)) or _promises(said, language):
        return True
    own = grammar(language)
    demonstrated = any(noun.determiner in own.demonstratives for noun in things_in(said.clause, known))
    scene = not demonstrated and _is_beside_an_event(said, known, language)
    return demonstrated or (not scene and _asserts_by_measure(said, known, language))


def _asserts_by_measure(said: Statement, known: Evidence, language: str) -> bool:
    """Whether a count, a length of time, a date or another measure asserts something, by whom the clause is about."""
    quantity, own = said.quantity, grammar(language)
    somebody = said.clause.has(own.you | own.others)
    if quantity.dimension == COUNT:
        things = [
            n for n in things_in(said.clause, known) if n.determiner not in own.you and n.stem != said.counted
        ]
        rest = said.clause.stems - said.own - {said.counted}
        told = rest or sentence_stems(said) - {
            said.counted
        }  # of a list („zwei Transporter, und …“), its sentence
        is_counted = bool(things) or any(
            e.statement.counted == said.counted
            and (e.stems & told if rest or e.fact.kind == "insight" else True)
            for e in known.entries
        )
        counts = said.counted in known.things and is_counted
        return (
            counts
            or any(n.role == "bare" and n.stem in known.heads for n in things)
            or (quantity.value >= FEW and not somebody)
        )
    earlier = () if quantity.dimension in (*TIMES, "times") else said.earlier
    around = () if quantity.dimension == "times" else said.around
    about = [n for n in subjects(said.clause, around, earlier, known) if n.determiner not in own.you]
    if quantity.dimension in TIMES or is_a_way(quantity):
        bounded = quantity.approximate in ("over", "under") or any(noun.role == "bare" for noun in about)
        bounded = bounded or (is_a_way(quantity) and bool(about))  # “two miles from our dairy”
        return not somebody and (bounded or (_of_work(said, language) and not is_a_way(quantity)))
    if quantity.dimension == "times":
        near = [w.folded for w in said.clause.words if w.start >= quantity.span.start][:_NEAR_COMPARISON]
        mine = any(noun.role == "bare" for noun in about) and not somebody
        written = any(s.startswith(("x", "×")) and s[1:].isdigit() for s in said.own)  # « x3 »
        return mine or written or not own.comparing.isdisjoint(near)
    if quantity.dimension == "celsius" and not said.clause.stems - said.own:
        return False  # « Janvier, deux degrés. »
    if quantity.dimension in DATES and quantity.dimension != YEAR:
        return bool(about) or not said.clause.has(own.others)  # a date is told to the reader
    return bool(about) or not somebody


def is_supposed(said: Statement, known: Evidence, language: str) -> bool:
    """« Votre commande s'arrête à 95 € ? »: an amount of the reader's own, in a question about none of our things."""
    own, clause = grammar(language), said.clause
    return (
        said.asked
        and clause.has(own.you)
        and not is_ours(clause, known, language)
        and not any(noun.determiner not in own.you for noun in things_in(clause, known))
        and not promises(" ".join(word.folded for word in clause.words), language)
    )


_ANSWER = 2
"""Words of “Not quite.” in which what was asked is denied."""

_SOON = 80
"""Characters within which the right figure follows."""


def is_asked_and_denied(said: Statement, language: str) -> bool:
    """“Nineteen in twenty? Not quite. Ninety-four in a hundred …”: a share that is asked, and denied at once before
    another one is told."""
    if not said.asked or said.quantity.dimension != "percent":
        return False
    end, own = said.clause.span.end, grammar(language)
    answer = [w for w in said.text if w.start >= end][:_ANSWER]
    denied = any(w.folded in own.denials | own.negations for w in answer)
    return denied and any(
        q.dimension == "percent" and end < q.span.start <= end + _SOON for q in said.figures
    )


def is_asked_by(said: Statement) -> bool:
    """« Combien de fois lave-t-on un drap en un an ? »: a question by the year, with no number of its own; or no more
    than a day (« Lundi ? C'est fermé. »)."""
    if not said.asked:
        return False
    alone = said.quantity.dimension == WEEKDAY and len(said.clause.words) == 1
    return alone or (said.quantity.dimension in MINUTES and not said.quantity.number)


def _is_beside_an_event(said: Statement, known: Evidence, language: str) -> bool:
    """« deux jours après la fête », “an hour before you serve it”: when something of a scene is, not « 10 ans après
    l'achat », of which a fact speaks."""
    after = next((w.folded for w in said.clause.words if w.start >= said.quantity.span.end), "")
    if said.quantity.dimension not in TIMES or after not in grammar(language).relative:
        return False
    event = said.clause.stems - said.own
    return bool(event) and not any(
        e.quantity.dimension in TIMES and not event.isdisjoint(e.stems) for e in known.entries
    )


def _is_scenery(said: Statement, language: str) -> bool:
    """« Il est six heures », “three degrees outside”: the hour or the weather."""
    scenery = grammar(language).scenery
    if said.quantity.dimension not in ("time", "minutes", "celsius", COUNT) or scenery is None:
        return False
    span = said.quantity.span
    before = [word.folded for word in said.clause.words if word.end <= span.start][-_NEAR_SCENERY:]
    after = [word.folded for word in said.clause.words if word.start >= span.end][:1]
    return bool(scenery.search(" ".join((*before, *after))))


def _promises(said: Statement, language: str) -> bool:
    """« 12 anni di garanzia », “at your door within 48 hours”, „öffnet um 8:30“: the words around oblige the brand."""
    own, folded = grammar(language), " ".join(word.folded for word in said.clause.words)
    if (
        any(word.folded.startswith(own.opening) for word in said.clause.words)
        and said.quantity.dimension == "time"
    ):
        return True
    return bool(promises(folded, language)) or bool(own.arrival and own.arrival.search(folded))


def _of_work(said: Statement, language: str) -> bool:
    """« Cinq minutes de repassage »: a clause that begins with how long something takes."""
    after = [word for word in said.clause.words if word.start >= said.quantity.span.end]
    begins = (
        said.quantity.span.start - said.clause.span.start < _OPENING and said.quantity.dimension != "time"
    )
    infinitive = (
        primary(language) == "de"
        and len(after) == 1
        and after[0].text.islower()
        and after[0].text.endswith("n")
    )
    return begins and (infinitive or (len(after) > 1 and after[0].folded in grammar(language).genitive))


def may_be_scenery(said: Statement, outcome: str, entry: Entry | None, known: Evidence) -> bool:
    """Whether a count, an hour or a length of time that would be refused is only not found: no fact has a word of its
    sentence, which names no thing of ours, speaks not of us and promises nothing; or a length stands before what a
    fact tells one of. A number of ours, unless it is small and counts nothing, is none."""
    quantity = said.quantity
    if is_before_the_thing(said, known):
        return outcome != "withheld"
    small = quantity.dimension == COUNT and not said.counted and quantity.value <= _SMALL
    found = outcome == "misattributed" and not small
    measured = quantity.dimension not in (COUNT, *TIMES) or quantity.value % 1 or quantity.vague
    if outcome not in ("unsupported", "misattributed") or found or measured or quantity.approximate == "over":
        return False
    clauses = (said.clause, *said.around)
    things = (n.stem for c in clauses for n in c.nouns if n.role == "bare")  # “two of you and two bicycles”
    return (
        (entry is None or entry.stems.isdisjoint(sentence_stems(said)))
        and not any(is_ours(c, known, known.language) for c in clauses)
        and (small or known.heads.isdisjoint(things))
        and not _promises(said, known.language)
        and not promises(fold(quantity.sentence), known.language)
    )


_SMALL = 10
"""A number up to this, of nothing, agrees with one of ours by chance."""
