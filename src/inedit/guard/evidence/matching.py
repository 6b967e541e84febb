"""Which one fact bears out a statement, which one denies it, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from inedit.guard.evidence.added_up import tells_the_rest
from inedit.guard.evidence.asserting import (
    claims_something,
    is_asked_and_denied,
    is_asked_by,
    is_supposed,
    may_be_scenery,
)
from inedit.guard.evidence.denial import denies_fact
from inedit.guard.evidence.denied_figures import is_denied_for_another
from inedit.guard.evidence.index import Entry, Evidence, counts_of, is_compound_of, readable, same_thing
from inedit.guard.evidence.nearest import Best, best_of, closest, nearest
from inedit.guard.evidence.opening import is_an_hour, wrong_day
from inedit.guard.evidence.opposites import says_free
from inedit.guard.evidence.other_terms import (
    denied_by_terms,
    is_told_of_nothing_else,
)
from inedit.guard.evidence.reckoned import is_reckoned
from inedit.guard.evidence.retold import denied_otherwise, told_otherwise
from inedit.guard.evidence.rivals import denies_clearly, gives_both, has_same_subject, may_deny
from inedit.guard.evidence.same_figure import (
    CERTAIN,
    TELLING_NUMBER,
    counts_told_together,
    is_an_age,
    is_an_end,
    is_an_hour_of_a_length,
    is_bare_hour,
    is_crossed,
    is_elliptic,
    is_named_hour,
    is_told_by_numbers,
    may_be_told,
    measures_told_together,
    told_beside_its_rival,
)
from inedit.guard.evidence.scene_figures import (
    is_a_label,
    is_a_likeness,
    is_a_moment,
    is_half_of_a_scene,
    is_now,
)
from inedit.guard.evidence.statements import WEEKDAY, Statement
from inedit.guard.evidence.subjects import (
    FEW,
    conflicts,
    is_of_the_whole,
    is_of_unnamed_product,
    is_ours,
    sentence_stems,
)
from inedit.guard.evidence.told_ages import is_short_of
from inedit.guard.evidence.without_unit import is_another_age, is_left_open
from inedit.guard.evidence.worked_out import is_derived
from inedit.guard.nlp.arithmetic import is_majority, same_amount, same_measure
from inedit.guard.nlp.grammar import grammar
from inedit.guard.nlp.quantity import COUNT

Outcome = Literal["supported", "scene", "unknown", "misattributed", "contradicted", "withheld", "unsupported"]
"""``unknown`` leaves it to a person; the last four are refused."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of a statement, and the fact that decided."""

    outcome: Outcome
    entry: Entry | None = None


def judge_statement(said: Statement, known: Evidence, language: str, year: int) -> Judgement:
    """What the brand's facts make of a statement; of a share in two numbers, of both where no fact gives the share."""
    day = wrong_day(said, known)
    if day is not None:
        return Judgement("scene") if day == "right" else Judgement("contradicted", day)
    judged = _judged(said, known, language, year)
    if judged.outcome == "supported":
        return _under_terms(said, judged, known)
    if judged.outcome == "scene":
        denied = denied_otherwise(said, known)
        return Judgement("contradicted", denied) if denied else judged
    told = told_otherwise(said, known, year) if judged.outcome != "withheld" else None
    if told:
        return Judgement("supported", told)
    if _is_of_a_scene(said, known) or _is_only_named(said, judged):
        return Judgement("scene")
    return _of_both_counts(said, judged, known, year)


def _of_both_counts(said: Statement, judged: Judgement, known: Evidence, year: int) -> Judgement:
    """A share in two numbers that no fact gives is held against the facts by each of them; what is only not found may
    be a scene, so that a person looks at it."""
    counts = [_judged(replace(count, counted=""), known, known.language, year) for count in counts_of(said)]
    facts = {count.entry.fact if count.entry and count.outcome == "supported" else None for count in counts}
    if len(counts) > 1 and len(facts) == 1 and None not in facts:
        return counts[0]
    return (
        Judgement("unknown", judged.entry)
        if may_be_scenery(said, judged.outcome, judged.entry, known)
        else judged
    )


def _under_terms(said: Statement, judged: Judgement, known: Evidence) -> Judgement:
    """What becomes of a figure of ours beside the conditions that the text tells it under."""
    entry = judged.entry
    if entry is None:
        return judged
    if denied_by_terms(entry, said, known):
        return Judgement("contradicted", entry)
    if is_told_of_nothing_else(entry, said, known):
        return Judgement("unknown", entry)
    return judged


def _is_of_a_scene(said: Statement, known: Evidence) -> bool:
    """Whether a figure that would be refused asserts nothing of the brand."""
    return (
        is_half_of_a_scene(said, known)
        or is_a_moment(said, known)
        or is_a_likeness(said, known)
        or is_now(said, known.language)
        or is_asked_and_denied(said, known.language)
        or is_a_label(said, known)
        or is_denied_for_another(said, known)
    )


def _is_only_named(said: Statement, judged: Judgement) -> bool:
    """Whether a noon or a day in a word tells nothing of ours: “by noon” alone."""
    of_an_hour = judged.entry is not None and judged.entry.quantity.dimension == "time"
    if judged.outcome in ("unsupported", "misattributed"):
        return not of_an_hour and is_named_hour(said)
    return judged.outcome == "unknown" and (is_named_hour(said) or said.quantity.dimension == WEEKDAY)


def _judged(said: Statement, known: Evidence, language: str, year: int) -> Judgement:
    comparable = [
        e
        for e in known.entries
        if same_measure(e.quantity, said.quantity) and not is_an_hour_of_a_length(e, said)
    ]
    equal = [entry for entry in comparable if same_amount(entry.quantity, said.quantity, year)]
    number, may_be_open = said.quantity.number, said.quantity.dimension in (COUNT, "months")
    equal += [  # each way is asked of those only that it can be: a figure is held against every one of the brand's
        e
        for e in known.entries
        if (e.quantity.partner is not None and is_an_end(e.quantity, said))
        or (
            e.quantity.number == number
            and (is_an_age(e, said) or is_elliptic(e, said, known) or is_told_by_numbers(e, said, known))
        )
        or (e.quantity.dimension == "time" and is_bare_hour(e, said, known))
        or is_derived(e, said, known, year)
        or (may_be_open and is_left_open(e, said, known))
    ]
    rivals = [e for e in comparable if e not in equal and readable(e.fact, language) and may_deny(e, said)]
    rivals += [e for e in known.entries if is_another_age(e, said, known)]
    equal = [e for e in equal if not is_crossed(e, said, known) and not is_short_of(e, said)]
    fitting = [e for e in equal if not readable(e.fact, language) or not conflicts(e, said, known, language)]
    best, rival = nearest(said, fitting, rivals, known)
    told = (
        counts_told_together(equal, said, known)
        or measures_told_together(equal, said, known, year)
        or told_beside_its_rival(fitting, rivals, said)
    )
    judged = Judgement("supported", told) if told else _borne_out(said, best, rival, known)
    if judged and (judged.outcome == "supported" or not _is_only_reckoned(best, said, known)):
        return judged
    foreign = [
        e for e in known.withheld if same_amount(e.quantity, said.quantity, year) and may_be_told(e, said)
    ]
    apart = best_of(
        [e for e in foreign if not conflicts(e, said, known, language)], sentence_stems(said), known
    )
    if apart.entry and apart.score:
        return Judgement("unknown" if apart.entry.fact.kind == "insight" else "withheld", apart.entry)
    if (
        is_asked_by(said)
        or is_supposed(said, known, language)
        or (not claims_something(said, known, language) and not denies_clearly(rivals, said))
    ):
        misused = _is_mistold(said, known)
        return Judgement("misattributed", misused) if misused else Judgement("scene")
    if equal and not fitting and all(is_of_unnamed_product(e, said, known) for e in equal):
        return Judgement("unknown", equal[0])
    return _refused(said, known, rival, comparable, equal if not fitting else ())


def _is_only_reckoned(best: Best, said: Statement, known: Evidence) -> bool:
    """Whether a figure only follows from the fact: that bears it out, and denies nothing."""
    return best.entry is not None and is_reckoned(best.entry, said, known)


def _is_mistold(said: Statement, known: Evidence) -> Entry | None:
    """« Jens trouva 212 heures »: the number of one fact in a sentence that clearly retells another one."""
    number, whole = said.quantity.number, sentence_stems(said)
    theirs = [e for e in known.entries if e.quantity.number == number > TELLING_NUMBER]
    if not theirs or any(len(e.stems & whole) > 1 for e in theirs):
        return None
    told = any(len((e.stems & whole) - known.brand) > CERTAIN for e in known.entries)
    return theirs[0] if told else None


def _borne_out(said: Statement, best: Best, rival: Best, known: Evidence) -> Judgement | None:
    """What becomes of a statement with the amount of a fact that does not conflict; None when the amount alone proves
    nothing."""
    entry = best.entry
    if entry is None:
        return None
    nearer = (
        rival.entry
        and rival.score > best.score
        and not gives_both(entry, rival.entry, known)
        and len(rival.entry.stems & sentence_stems(said)) > 1
    )
    if (
        rival.entry
        and nearer
        and not (has_same_subject(entry, said) and not has_same_subject(rival.entry, said))
    ):
        whole = sentence_stems(said)
        if best_of([entry], whole, known).score <= best_of(
            [rival.entry], whole, known
        ).score and not _goes_on(entry, rival.entry, said):
            return Judgement("contradicted", rival.entry)
    waiving = grammar(known.language).waiving  # “not a leaf” of “without leaves”
    lacks = entry.statement.clause.has(waiving) and not said.clause.has(waiving)
    denied = said.negated and not (entry.statement.negated or lacks) and entry.quantity.approximate != "under"
    denied = denied and not tells_the_rest(entry, said, known)
    if denied and said.quantity.dimension == WEEKDAY:  # “you won't beat the village to the Saturday offcuts”
        clause = " ".join(word.text for word in said.clause.words)
        denied = denies_fact(clause, entry.fact.text, entry.fact.language)
    if denied and best.score and not says_free(said.clause, entry.fact):
        return Judgement("contradicted", entry)
    if _shares_another_thing(said, entry, known):
        return Judgement("unknown", entry)
    proves = best.score or is_an_hour(entry, said, known.language) or not _is_by_chance(said, known)
    return Judgement("supported", entry) if proves else None


def _goes_on(entry: Entry, rival: Entry, said: Statement) -> bool:
    """Whether the sentences before tell of what the fact with the amount is about, and nothing of what the other one
    is: “The bakehouse opens on Sunday. We take no more than ten people.”"""
    if said.quantity.dimension != COUNT:
        return False
    told = sentence_stems(said).union(*(c.stems for c in said.earlier))
    mine, theirs = (
        {n.stem for c in (e.statement.clause, *e.statement.around) for n in c.nouns} - {said.counted}
        for e in (entry, rival)
    )
    return not told.isdisjoint(mine - theirs) and told.isdisjoint(theirs - mine)


def _refused(
    said: Statement, known: Evidence, rival: Best, comparable: Sequence[Entry], conflicting: Sequence[Entry]
) -> Judgement:
    """Why a statement is refused, with the fact that is most likely meant."""
    if conflicting:
        return Judgement("misattributed", conflicting[0])
    if rival.score:
        return Judgement("contradicted", rival.entry)
    misused = [e for e in known.entries if e.quantity.number == said.quantity.number > TELLING_NUMBER]
    if misused:
        return Judgement("misattributed", misused[0])
    return Judgement("unsupported", closest(said, comparable))


def _shares_another_thing(said: Statement, entry: Entry, known: Evidence) -> bool:
    """Whether a share is taken of something that the fact calls otherwise, if it means the same."""
    mine, theirs = said.counted, entry.statement.counted
    if (
        is_majority(said.quantity)
        and mine not in known.things
        and not is_ours(said.clause, known, known.language)
    ):
        return False  # “most of the work is done”
    if mine in (entry.stems if entry.quantity.dimension == COUNT else entry.statement.own):
        return False  # “a quarter of the calls” of “one hotline call in 4”, or of a count of calls
    if is_of_the_whole(entry, said) or is_compound_of(mine, theirs, entry):
        return False
    return (
        said.quantity.dimension == "percent" and bool(mine and theirs) and not same_thing(mine, theirs, known)
    )


def _is_by_chance(said: Statement, known: Evidence) -> bool:
    """Whether a number proves nothing alone: multiples, small counts of unnamed things, weekdays, “more than half”."""
    loose = said.quantity.dimension == "percent" and said.quantity.approximate and not said.quantity.number
    if loose or said.quantity.dimension in ("times", WEEKDAY, "ordinal"):
        return True
    return said.quantity.dimension == COUNT and said.counted not in known.things and said.quantity.value < FEW
