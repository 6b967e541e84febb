"""What English writers in a hurry confuse: “its a”, “your never”, “cooler then”, “has broke”, “can booking”."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inedit.guard.nlp.proofreading.lexicon import lexicon
from inedit.guard.nlp.proofreading.tables import proof_data
from inedit.guard.nlp.proofreading.tokens import Fault, Token


def english_faults(listed: Sequence[Token]) -> Iterator[Fault]:
    """Every such confusion in the words of a text."""
    for i in range(len(listed) - 1):
        if listed[i].word and listed[i + 1].word:
            yield from _pair(listed, i)
        yield from _capital(listed[i], i)
    if listed:
        yield from _capital(listed[-1], len(listed) - 1)


def _word(listed: Sequence[Token], i: int) -> str:
    return listed[i].low if 0 <= i < len(listed) else ""


def _pair(listed: Sequence[Token], i: int) -> Iterator[Fault]:
    data = proof_data("en")
    one, other = listed[i].low, listed[i + 1].low
    third = _word(listed, i + 2)
    if (
        one == "its"
        and other in data.listed("after_its")
        and (listed[i].first or other in {"a", "the", "been", "an", "not"})
    ):
        yield Fault(i, i + 1, "confused", f"it's {other}")
    elif one == "your" and (other in data.listed("after_your") or (other in {"so", "too", "very"} and False)):
        yield Fault(i, i + 1, "confused", f"you're {other}")
    elif (
        other == "then"
        and _comparative(one)
        and third
        and third not in {"and", "the"} | data.listed("clause")
    ):
        yield Fault(i, i + 1, "confused", f"{listed[i].text} than")
    elif one in {"have", "has", "had", "having"} and other in data.table["past"]:
        yield Fault(i, i + 1, "verb", f"{listed[i].text} {data.table['past'][other]}")
    elif one in data.listed("modals") and _ing(other) and not listed[i].first:
        yield Fault(i, i + 1, "verb", f"{one} {_ing(other)}")
    elif one in data.listed("modals") and other == "of":
        yield Fault(i, i + 1, "confused", f"{one} have")
    elif one == "forward" and other == "to" and _word(listed, i - 1) in {"look", "looking", "looks"}:
        if third in data.listed("bare_verbs"):
            yield Fault(i + 1, i + 2, "verb", f"to {third}ing")
    elif one in data.listed("singular_pronouns") and other in data.listed("bare_verbs") and listed[i].first:
        yield Fault(
            i, i + 1, "verb", f"{listed[i].text} {other}s" if other != "have" else f"{listed[i].text} has"
        )
    elif one in {"he", "she", "it"} and listed[i].first and other in data.listed("bare_verbs"):
        yield Fault(i, i + 1, "verb")
    elif one in {"we", "they", "you", "i"} and listed[i].first and other in data.listed("third_verbs"):
        yield Fault(i, i + 1, "verb")
    elif (
        one == "there"
        and other in {"is", "was"}
        and third in data.listed("plural_numbers")
        and listed[i].first
    ):
        follow = _word(listed, i + 3)
        if follow.endswith("s") and not follow.endswith("ss"):
            yield Fault(i, i + 2, "verb", f"{listed[i].text} {'are' if other == 'is' else 'were'} {third}")
    elif one == "this" and _plural(other) and third in data.listed("plural_verbs"):
        yield Fault(i, i + 1, "agreement", f"These {other}")
    elif one in {"these", "those"} and other in data.listed("singular_nouns"):
        yield Fault(i, i + 1, "agreement")
    elif (
        one in data.listed("plural_numbers") | {"both", "these", "those", "many", "several"}
        and other in data.table["plural"]
    ):
        yield Fault(i, i + 1, "agreement", f"{listed[i].text} {data.table['plural'][other]}")
    elif one == "let" and other == "us" and third == "to":
        yield Fault(i, i + 2, "verb", f"{listed[i].text} us")
    elif one == "each" and other == "of" and i + 4 < len(listed):
        if _word(listed, i + 2) in {"our", "the", "these", "your", "my", "its"} and listed[
            i + 4
        ].low in data.listed("bare_verbs"):
            yield Fault(i, i + 4, "verb")


def _comparative(low: str) -> bool:
    if low in {"more", "less", "better", "worse", "rather", "fewer"}:
        return True
    listed = lexicon("en")
    return (
        len(low) > 4
        and low.endswith("er")
        and (f"{low[:-2]}est" in listed and low not in {"other", "never", "after"})
    )


def _plural(low: str) -> bool:
    return low.endswith("s") and not low.endswith(("ss", "us", "is")) and low[:-1] in lexicon("en")


def _ing(low: str) -> str:
    """The verb of an “-ing” form; nothing for another word."""
    listed = lexicon("en")
    if (
        not low.endswith("ing")
        or len(low) < 6
        or low in {"bring", "string", "spring", "during", "nothing", "something", "anything", "everything"}
    ):
        return ""
    stem = low[:-3]
    return next((form for form in (stem, f"{stem}e", stem[:-1]) if form in listed), "")


def _capital(token: Token, i: int) -> Iterator[Fault]:
    """“november”: a word that is listed with a capital only."""
    if token.word and token.text.islower() and len(token.low) > 3 and not token.readings:
        titled = token.text.title()
        if titled in lexicon("en"):
            yield Fault(i, i, "capital", titled)
    elif token.word and token.low in proof_data("en").listed("demonyms") and token.text.islower():
        yield Fault(i, i, "capital", token.text.title())
