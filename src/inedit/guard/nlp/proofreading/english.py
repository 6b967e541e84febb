"""What English writers in a hurry confuse: “its a”, “your never”, “cooler then”, “has broke”, “can booking”."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from inedit.guard.nlp.proofreading.english_verbs import VERB_RULES
from inedit.guard.nlp.proofreading.english_words import Here, listed_in, plainly, plural
from inedit.guard.nlp.proofreading.lexicon import lexicon
from inedit.guard.nlp.proofreading.tables import tables
from inedit.guard.nlp.proofreading.tokens import Fault, Token

FARTHEST = 5
"""Words that a rule looks ahead."""


def english_faults(listed: Sequence[Token]) -> Iterator[Fault]:
    """Every such confusion in the words of a text."""
    beginnings = _beginnings()
    lows = [token.low for token in listed] + [""] * FARTHEST  # the last is also the one before the first
    for i, token in enumerate(listed):
        if not token.word:
            continue
        yield from _capital(token, i)
        told = token.low in beginnings or lows[i + 1] in _SECONDS  # so is one word in three
        if told and i + 1 < len(listed) and listed[i + 1].word:
            here = Here(listed, lows, i)
            found = next((fault for rule in _RULES if (fault := rule(here))), None)
            if found:
                yield found


def _its(here: Here) -> Fault | None:
    after = here.low(1)
    if (
        here.low() == "its"
        and listed_in("after_its", after)
        and (here.first or listed_in("after_its_anywhere", after))
    ):
        return here.fault(1, "confused", f"it's {after}")
    if here.low() == "your" and listed_in("after_your", after):
        return here.fault(1, "confused", f"you're {after}")
    return None


def _then(here: Here) -> Fault | None:
    third = here.low(2)
    if (
        here.low(1) == "then"
        and third.isalpha()
        and not listed_in("clause", third)
        and _comparative(here.low())
    ):
        return here.fault(1, "confused", f"{here.low()} than")
    return None


def _comparative(low: str) -> bool:
    if low in {"more", "less", "better", "worse", "rather", "fewer"}:
        return True
    return len(low) > 4 and low.endswith("er") and f"{low[:-2]}est" in lexicon("en") and low != "never"


def _number(here: Here) -> Fault | None:
    one, other = here.low(), here.low(1)
    if one == "this" and plural(other) and listed_in("plural_verbs", here.low(2)):
        return here.fault(1, "agreement", f"these {other}")
    irregular = tables("en").map("plural")
    many = listed_in("plural_numbers", one) or one in {"both", "these", "those"}
    if many and other in irregular:
        return here.fault(1, "agreement", f"{one} {irregular[other]}")
    return (
        here.fault(1, "agreement")
        if one in {"these", "those"} and listed_in("singular_nouns", other)
        else None
    )


def _lose(here: Here) -> Fault | None:
    preceded = listed_in("modals", here.low()) or here.low() in {
        "to",
        "never",
        "not",
        "don't",
        "you'll",
        "won't",
    }
    if (
        preceded
        and here.low(1) == "loose"
        and here.low(2) in {"a", "an", "the", "your", "its", "our", "it", "any"}
    ):
        return here.fault(1, "confused", f"{here.low()} lose")
    return None


def _noun_group(here: Here) -> Fault | None:
    """A determiner and a noun of the other number."""
    det, noun, after = here.low(), here.tokens[here.at + 1], here.low(2)
    if (
        listed_in("singular_determiners", det)
        and plainly(noun, {"Np"})
        and not noun.low.endswith(("ics", "ss"))
    ):
        return here.fault(1, "agreement") if noun.low not in _ONE_OR_MANY else None
    many = det in {"these", "those"} or (listed_in("plural_numbers", det) and not after.isalpha())
    if listed_in("plural_numbers", noun.low):  # « those two words »
        return None
    if many and plainly(noun, {"Ns"}) and noun.low not in _ONE_OR_MANY:
        return here.fault(1, "agreement", f"{det} {noun.low}s")
    return None


_ONE_OR_MANY = frozenset(
    [
        "percent",
        "hundred",
        "thousand",
        "million",
        "billion",
        "dozen",
        "score",
        "people",
        "police",
        "series",
        "species",
        "means",
        "crossroads",
        "works",
        "headquarters",
        "barracks",
        "sheep",
        "fish",
        "deer",
        "aircraft",
        "offspring",
        "pence",
        "per",
        "am",
        "pm",
        "degrees",
    ]
)


def _more(here: Here) -> Fault | None:
    verb = here.tokens[here.at + 1]
    if here.low() == "more" and plainly(verb, {"C"}):
        return here.fault(1, "agreement", verb.low)
    return None


def _there(here: Here) -> Fault | None:
    if here.low() == "their" and here.low(1) in {"is", "are", "was", "were", "will"}:
        return here.fault(1, "confused", f"there {here.low(1)}")
    if here.low() == "there" and here.low(1) == "own":
        return here.fault(1, "confused", "their own")
    return _whose(here)


def _whose(here: Here) -> Fault | None:
    if here.low() == "peace" and here.low(1) == "of" and here.low(2) != "mind":
        return here.fault(1, "confused", "piece of")
    if here.low() == "who's" and plainly(here.tokens[here.at + 1], {"Ns", "Np"}):
        return here.fault(1, "confused", f"whose {here.low(1)}")
    if here.low() == "it's" and here.low(1) == "own":
        return here.fault(1, "confused", "its own")
    if here.low() == "to" and here.low(1) in {"much", "many"} and here.low(-1) not in {"from", "due"}:
        return here.fault(1, "confused", f"too {here.low(1)}")
    return None


_RULES: tuple[Callable[[Here], Fault | None], ...] = (
    _its, _then, _number, _lose, _noun_group, _more, _there, *VERB_RULES,
)  # fmt: skip


_SECONDS = frozenset({"then", "loose"})
"""Words that a rule looks for behind any word."""

_FIRSTS = frozenset(
    [
        *(
            "its",
            "your",
            "this",
            "both",
            "these",
            "those",
            "more",
            "their",
            "there",
            "peace",
            "who's",
            "it's",
        ),
        *(
            "to",
            "have",
            "has",
            "had",
            "having",
            "is",
            "are",
            "was",
            "were",
            "look",
            "looking",
            "looks",
            "let",
        ),
        *("he", "she", "we", "they", "you", "i", "each"),
        *("doesn't", "don't", "didn't", "can't", "won't", "couldn't", "shouldn't"),
    ]
)
_FIRST_LISTS = (
    "plural_numbers", "singular_determiners", "modals", "singular_pronouns", "determiners",
)  # fmt: skip


@cache
def _beginnings() -> frozenset[str]:
    """The words that one of the rules may begin at; of all others none has to be tried."""
    return _FIRSTS.union(*(tables("en").listed(key) for key in _FIRST_LISTS))


def _capital(token: Token, i: int) -> Iterator[Fault]:
    """“november”: a word that is listed with a capital only."""
    if not token.text.islower() or len(token.low) <= 3:
        return
    titled = token.text.title()
    if (not token.readings and titled in lexicon("en")) or listed_in("demonyms", token.low):
        yield Fault(i, i, "capital", titled)
