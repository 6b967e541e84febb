"""A figure of a text beside one of a fact, each between square brackets where it stands: “a sheet costs [€28]”."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import Entry, Evidence, evidence
from inedit.guard.evidence.statements import Statement, statements
from inedit.model import Span


class Held(NamedTuple):
    """The fact's figure, the text's, and all that the brand can prove: what the rules of the evidence are given."""

    entry: Entry
    said: Statement
    known: Evidence


def marked(line: str) -> tuple[str, Span]:
    """A line without its brackets, and where they stood."""
    start, end = line.index("["), line.index("]") - 1
    return line.replace("[", "").replace("]", ""), Span(start, end)


def entry_of(
    fact: str, language: str = "en", *, kind: str = "claim", beside: tuple[str, ...] = (), **of_figure: Any
) -> tuple[Entry, Evidence]:
    """The marked figure of a fact, and the evidence that it makes with other claims; ``of_figure`` changes it."""
    text, at = marked(fact)
    others = tuple(Fact(f"f{n}", "claim", each, language) for n, each in enumerate(beside))
    known = evidence((Fact("f", kind, text, language), *others), (), "Combe", language)
    found = next(e for e in known.entries if e.fact.id == "f" and e.quantity.span.overlaps((at,)))
    if of_figure:
        found = replace(
            found, statement=replace(found.statement, quantity=replace(found.quantity, **of_figure))
        )
    return found, known


def said_in(text: str, language: str = "en", **of_figure: Any) -> Statement:
    """The marked figure of a text; ``of_figure`` changes it."""
    plain, at = marked(text)
    found = next(s for s in statements(plain, language) if s.quantity.span.overlaps((at,)))
    return replace(found, quantity=replace(found.quantity, **of_figure)) if of_figure else found


def held(
    fact: str, text: str, language: str = "en", *, kind: str = "claim", beside: tuple[str, ...] = ()
) -> Held:
    """Both, read in one language."""
    entry, known = entry_of(fact, language, kind=kind, beside=beside)
    return Held(entry, said_in(text, language), known)
