"""English verbs: forms that a helper does not take, and verbs that do not agree with their subject."""

from __future__ import annotations

from inedit.guard.nlp.proofreading.english_words import Here, listed_in, plainly, plural
from inedit.guard.nlp.proofreading.lexicon import lexicon
from inedit.guard.nlp.proofreading.tables import tables
from inedit.guard.nlp.proofreading.tokens import Fault

_NO_VERB = frozenset(
    [
        "bring",
        "string",
        "spring",
        "during",
        "nothing",
        "something",
        "anything",
        "everything",
        "evening",
        "morning",
        "king",
    ]
)
_HAVE = frozenset({"has", "had"})
_TO_BE = frozenset({"is", "are", "was", "were"})


def participle_fault(here: Here) -> Fault | None:
    past = tables("en").map("past")
    if here.low() in {"have", "has", "had", "having"} and here.low(1) in past:
        return here.fault(1, "verb", f"{here.low()} {past[here.low(1)]}")
    return None


def modal_fault(here: Here) -> Fault | None:
    if listed_in("modals", here.low()) and not here.first and (stem := _ing(here.low(1))):
        return here.fault(1, "verb", f"{here.low()} {stem}")
    return None


def _ing(low: str) -> str:
    """The verb of an “-ing” form; nothing for another word."""
    if not low.endswith("ing") or len(low) < 6 or low in _NO_VERB:
        return ""
    stem = low[:-3]
    return next((form for form in (stem, f"{stem}e", stem[:-1]) if form in lexicon("en")), "")


def to_fault(here: Here) -> Fault | None:
    if here.low() in {"look", "looking", "looks"} and here.low(1) == "forward" and here.low(2) == "to":
        return (
            here.fault(3, "verb", f"to {here.low(3)}ing", 2) if listed_in("bare_verbs", here.low(3)) else None
        )
    if here.low() == "let" and here.low(1) == "us" and here.low(2) == "to":
        return here.fault(2, "verb", "let us")
    return None


def person_fault(here: Here) -> Fault | None:
    if not here.first:
        return None
    one, other = here.low(), here.low(1)
    if (listed_in("singular_pronouns", one) or one in {"he", "she"}) and listed_in("bare_verbs", other):
        return here.fault(1, "verb", f"{one} {_third(other)}")
    if one in {"we", "they", "you", "i"} and listed_in("third_verbs", other):
        return here.fault(1, "verb")
    if (
        one == "there"
        and other in {"is", "was"}
        and listed_in("plural_numbers", here.low(2))
        and plural(here.low(3))
    ):
        return here.fault(2, "verb", f"there {'are' if other == 'is' else 'were'} {here.low(2)}")
    if (
        one == "each"
        and other == "of"
        and listed_in("bare_verbs", here.low(4))
        and listed_in("possessives", here.low(2))
    ):
        return here.fault(4, "verb")
    return None


def _third(verb: str) -> str:
    return {"have": "has", "do": "does", "go": "goes"}.get(verb, f"{verb}s")


_IRREGULAR = ("men", "children", "people", "folk", "cattle", "sheep", "media", "police")
"""Plurals without an « s », which the dictionary has as nouns of one form."""


def subject_fault(here: Here) -> Fault | None:
    """A determiner and a noun that open a sentence, and their verb; a pronoun and its verb."""
    if here.first and listed_in("determiners", here.low()) and here.at + 2 < len(here.tokens):
        noun, verb = here.tokens[here.at + 1], here.tokens[here.at + 2]
        if plainly(noun, {"Np"}) and (verb.low in {"is", "was", "has", "does"} or plainly(verb, {"Vs"})):
            return here.fault(2, "verb")
        several = listed_in("collective", noun.low) or noun.low.endswith(_IRREGULAR)
        single = plainly(noun, {"Ns"}) and not several
        if single and (verb.low in {"are", "were", "have", "do"} or plainly(verb, {"Vb"})):
            return here.fault(2, "verb")
    return _pronoun(here)


def _pronoun(here: Here) -> Fault | None:
    before = here.low(-1)
    if not here.first and before not in {
        "and",
        "but",
        "because",
        "when",
        "while",
        "where",
        "until",
        "before",
        "after",
        ",",
    }:
        return None
    one, verb = here.low(), here.tokens[here.at + 1]
    if one in {"he", "she"} and (verb.low in {"are", "were", "have", "do"} or plainly(verb, {"Vb"})):
        return here.fault(1, "verb")
    if one in {"we", "they", "you"} and (verb.low in {"is", "was", "has", "does"} or plainly(verb, {"Vs"})):
        return here.fault(1, "verb")
    return None


def form_fault(here: Here) -> Fault | None:
    """A verb form that its helper does not take: “can visited”, “doesn't works”, “has arrive”, “is make”."""
    one, verb = here.low(), here.tokens[here.at + 1]
    past = verb.low in tables("en").map("past") and verb.low not in {"saw", "fell"}
    helper = listed_in("modals", one) or one in {
        "doesn't",
        "don't",
        "didn't",
        "can't",
        "won't",
        "couldn't",
        "shouldn't",
    }
    if helper and (past or plainly(verb, {"Vs", "Vd"})) and not here.first:
        return here.fault(1, "verb")
    if one == "to" and plainly(verb, {"Vs"}):
        return here.fault(1, "verb")
    if (
        (one in _HAVE or one in _TO_BE)
        and plainly(verb, {"Vb"})
        and not listed_in("same_participle", verb.low)
    ):
        return here.fault(1, "verb") if not here.first else None
    return None


VERB_RULES = (participle_fault, modal_fault, to_fault, person_fault, subject_fault, form_fault)
"""In the order in which they are tried."""
