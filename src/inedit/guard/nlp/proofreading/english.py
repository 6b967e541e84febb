"""What English writers in a hurry confuse: “its a”, “your never”, “cooler then”, “has broke”, “can booking”."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from inedit.guard.nlp.language_data import language_profile
from inedit.guard.nlp.proofreading.lexicon import lexicon
from inedit.guard.nlp.proofreading.tables import tables
from inedit.guard.nlp.proofreading.tokens import Fault, Token


@dataclass(frozen=True, slots=True)
class _Here:
    """A word of a text, and the words behind it."""

    tokens: Sequence[Token]
    lows: Sequence[str]
    at: int

    def low(self, step: int = 0) -> str:
        return self.lows[self.at + step]

    @property
    def first(self) -> bool:
        return self.tokens[self.at].first

    def fault(self, last: int, kind: str, right: str = "", first: int = 0) -> Fault:
        start = self.tokens[self.at + first].text
        if right and start[0].isupper():
            right = right[0].upper() + right[1:]
        return Fault(self.at + first, self.at + last, kind, right)


FARTHEST = 5
"""Words that a rule looks ahead."""


def english_faults(listed: Sequence[Token]) -> Iterator[Fault]:
    """Every such confusion in the words of a text."""
    lows = [token.low for token in listed] + [""] * FARTHEST  # the last is also the one before the first
    for i, token in enumerate(listed):
        if not token.word:
            continue
        yield from _capital(token, i)
        if i + 1 < len(listed) and listed[i + 1].word:
            here = _Here(listed, lows, i)
            found = next((fault for rule in _RULES if (fault := rule(here))), None)
            if found:
                yield found


def _is(key: str, low: str) -> bool:
    return low in tables("en").listed(key)


def _its(here: _Here) -> Fault | None:
    after = here.low(1)
    if here.low() == "its" and _is("after_its", after) and (here.first or _is("after_its_anywhere", after)):
        return here.fault(1, "confused", f"it's {after}")
    if here.low() == "your" and _is("after_your", after):
        return here.fault(1, "confused", f"you're {after}")
    return None


def _then(here: _Here) -> Fault | None:
    third = here.low(2)
    if here.low(1) == "then" and third.isalpha() and not _is("clause", third) and _comparative(here.low()):
        return here.fault(1, "confused", f"{here.low()} than")
    return None


def _comparative(low: str) -> bool:
    if low in {"more", "less", "better", "worse", "rather", "fewer"}:
        return True
    return len(low) > 4 and low.endswith("er") and f"{low[:-2]}est" in lexicon("en") and low != "never"


def _participle(here: _Here) -> Fault | None:
    past = tables("en").map("past")
    if here.low() in {"have", "has", "had", "having"} and here.low(1) in past:
        return here.fault(1, "verb", f"{here.low()} {past[here.low(1)]}")
    return None


def _modal(here: _Here) -> Fault | None:
    if _is("modals", here.low()) and not here.first and (stem := _ing(here.low(1))):
        return here.fault(1, "verb", f"{here.low()} {stem}")
    return None


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


def _ing(low: str) -> str:
    """The verb of an “-ing” form; nothing for another word."""
    if not low.endswith("ing") or len(low) < 6 or low in _NO_VERB:
        return ""
    stem = low[:-3]
    return next((form for form in (stem, f"{stem}e", stem[:-1]) if form in lexicon("en")), "")


def _to(here: _Here) -> Fault | None:
    if here.low() in {"look", "looking", "looks"} and here.low(1) == "forward" and here.low(2) == "to":
        return here.fault(3, "verb", f"to {here.low(3)}ing", 2) if _is("bare_verbs", here.low(3)) else None
    if here.low() == "let" and here.low(1) == "us" and here.low(2) == "to":
        return here.fault(2, "verb", "let us")
    return None


def _person(here: _Here) -> Fault | None:
    if not here.first:
        return None
    one, other = here.low(), here.low(1)
    if (_is("singular_pronouns", one) or one in {"he", "she"}) and _is("bare_verbs", other):
        return here.fault(1, "verb", f"{one} {_third(other)}")
    if one in {"we", "they", "you", "i"} and _is("third_verbs", other):
        return here.fault(1, "verb")
    if (
        one == "there"
        and other in {"is", "was"}
        and _is("plural_numbers", here.low(2))
        and _plural(here.low(3))
    ):
        return here.fault(2, "verb", f"there {'are' if other == 'is' else 'were'} {here.low(2)}")
    if one == "each" and other == "of" and _is("bare_verbs", here.low(4)) and _is("possessives", here.low(2)):
        return here.fault(4, "verb")
    return None


def _third(verb: str) -> str:
    return {"have": "has", "do": "does", "go": "goes"}.get(verb, f"{verb}s")


def _number(here: _Here) -> Fault | None:
    one, other = here.low(), here.low(1)
    if one == "this" and _plural(other) and _is("plural_verbs", here.low(2)):
        return here.fault(1, "agreement", f"these {other}")
    plural = tables("en").map("plural")
    many = _is("plural_numbers", one) or one in {"both", "these", "those"}
    if many and other in plural:
        return here.fault(1, "agreement", f"{one} {plural[other]}")
    return here.fault(1, "agreement") if one in {"these", "those"} and _is("singular_nouns", other) else None


def _plural(low: str) -> bool:
    return low.endswith("s") and not low.endswith(("ss", "us", "is")) and low[:-1] in lexicon("en")


def _lose(here: _Here) -> Fault | None:
    preceded = _is("modals", here.low()) or here.low() in {
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


_HAVE = frozenset({"has", "had"})
_TO_BE = frozenset({"is", "are", "was", "were"})


def _only(token: Token, kinds: set[str]) -> bool:
    if not token.readings or not token.readings <= kinds or token.capital:
        return False
    return token.low not in language_profile("en").stop_words and not _is("function", token.low)


def _noun_group(here: _Here) -> Fault | None:
    """A determiner and a noun of the other number."""
    det, noun, after = here.low(), here.tokens[here.at + 1], here.low(2)
    if _is("singular_determiners", det) and _only(noun, {"Np"}) and not noun.low.endswith(("ics", "ss")):
        return here.fault(1, "agreement") if noun.low not in _ONE_OR_MANY else None
    many = det in {"these", "those"} or (_is("plural_numbers", det) and not after.isalpha())
    if many and _only(noun, {"Ns"}) and noun.low not in _ONE_OR_MANY:
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


def _subject(here: _Here) -> Fault | None:
    """A determiner and a noun that open a sentence, and their verb; a pronoun and its verb."""
    if here.first and _is("determiners", here.low()) and here.at + 2 < len(here.tokens):
        noun, verb = here.tokens[here.at + 1], here.tokens[here.at + 2]
        if _only(noun, {"Np"}) and (verb.low in {"is", "was", "has", "does"} or _only(verb, {"Vs"})):
            return here.fault(2, "verb")
        single = _only(noun, {"Ns"}) and not _is("collective", noun.low)
        if single and (verb.low in {"are", "were", "have", "do"} or _only(verb, {"Vb"})):
            return here.fault(2, "verb")
    return _pronoun(here)


def _pronoun(here: _Here) -> Fault | None:
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
    if one in {"he", "she"} and (verb.low in {"are", "were", "have", "do"} or _only(verb, {"Vb"})):
        return here.fault(1, "verb")
    if one in {"we", "they", "you"} and (verb.low in {"is", "was", "has", "does"} or _only(verb, {"Vs"})):
        return here.fault(1, "verb")
    return None


def _form(here: _Here) -> Fault | None:
    """A verb form that its helper does not take: “can visited”, “doesn't works”, “has arrive”, “is make”."""
    one, verb = here.low(), here.tokens[here.at + 1]
    past = verb.low in tables("en").map("past") and verb.low not in {"saw", "fell"}
    helper = _is("modals", one) or one in {
        "doesn't",
        "don't",
        "didn't",
        "can't",
        "won't",
        "couldn't",
        "shouldn't",
    }
    if helper and (past or _only(verb, {"Vs", "Vd"})) and not here.first:
        return here.fault(1, "verb")
    if one == "to" and _only(verb, {"Vs"}):
        return here.fault(1, "verb")
    if (one in _HAVE or one in _TO_BE) and _only(verb, {"Vb"}) and not _is("same_participle", verb.low):
        return here.fault(1, "verb") if not here.first else None
    return None


def _more(here: _Here) -> Fault | None:
    verb = here.tokens[here.at + 1]
    if here.low() == "more" and _only(verb, {"C"}):
        return here.fault(1, "agreement", verb.low)
    return None


def _there(here: _Here) -> Fault | None:
    if here.low() == "their" and here.low(1) in {"is", "are", "was", "were", "will"}:
        return here.fault(1, "confused", f"there {here.low(1)}")
    if here.low() == "there" and here.low(1) == "own":
        return here.fault(1, "confused", "their own")
    if here.low() == "peace" and here.low(1) == "of" and here.low(2) != "mind":
        return here.fault(1, "confused", "piece of")
    if here.low() == "who's" and _only(here.tokens[here.at + 1], {"Ns", "Np"}):
        return here.fault(1, "confused", f"whose {here.low(1)}")
    if here.low() == "it's" and here.low(1) == "own":
        return here.fault(1, "confused", "its own")
    if here.low() == "to" and here.low(1) in {"much", "many"} and here.low(-1) not in {"from", "due"}:
        return here.fault(1, "confused", f"too {here.low(1)}")
    return None


_RULES: tuple[Callable[[_Here], Fault | None], ...] = (
    _its, _then, _participle, _modal, _to, _person, _number, _lose, _noun_group, _subject, _form, _more, _there,
)  # fmt: skip


def _capital(token: Token, i: int) -> Iterator[Fault]:
    """“november”: a word that is listed with a capital only."""
    if not token.text.islower() or len(token.low) <= 3:
        return
    titled = token.text.title()
    if (not token.readings and titled in lexicon("en")) or _is("demonyms", token.low):
        yield Fault(i, i, "capital", titled)
