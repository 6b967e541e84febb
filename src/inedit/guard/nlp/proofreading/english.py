"""What English writers in a hurry confuse: “its a”, “your never”, “cooler then”, “has broke”, “can booking”."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from inedit.guard.nlp.proofreading.lexicon import lexicon
from inedit.guard.nlp.proofreading.tables import tables
from inedit.guard.nlp.proofreading.tokens import Fault, Token


@dataclass(frozen=True, slots=True)
class _Here:
    """A word of a text, and the words behind it."""

    tokens: Sequence[Token]
    at: int

    def low(self, step: int = 0) -> str:
        k = self.at + step
        return self.tokens[k].low if 0 <= k < len(self.tokens) else ""

    @property
    def first(self) -> bool:
        return self.tokens[self.at].first

    def fault(self, last: int, kind: str, right: str = "", first: int = 0) -> Fault:
        start = self.tokens[self.at + first].text
        if right and start[0].isupper():
            right = right[0].upper() + right[1:]
        return Fault(self.at + first, self.at + last, kind, right)


def english_faults(listed: Sequence[Token]) -> Iterator[Fault]:
    """Every such confusion in the words of a text."""
    for i, token in enumerate(listed):
        if not token.word:
            continue
        yield from _capital(token, i)
        if i + 1 < len(listed) and listed[i + 1].word:
            here = _Here(listed, i)
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
    led = _is("modals", here.low()) or here.low() in {"to", "never", "not", "don't", "you'll", "won't"}
    if (
        led
        and here.low(1) == "loose"
        and here.low(2) in {"a", "an", "the", "your", "its", "our", "it", "any"}
    ):
        return here.fault(1, "confused", f"{here.low()} lose")
    return None


_RULES: tuple[Callable[[_Here], Fault | None], ...] = (
    _its, _then, _participle, _modal, _to, _person, _number, _lose,
)  # fmt: skip


def _capital(token: Token, i: int) -> Iterator[Fault]:
    """“november”: a word that is listed with a capital only."""
    if not token.text.islower() or len(token.low) <= 3:
        return
    titled = token.text.title()
    if (not token.readings and titled in lexicon("en")) or _is("demonyms", token.low):
        yield Fault(i, i, "capital", titled)
