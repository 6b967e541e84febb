"""A person accepts a candidate: it becomes an entry of ``brand_data/insights/``, where the next plan finds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from inedit.brand.load import read_project
from inedit.brand.new_insight import add_insight
from inedit.brand.schema import Insight
from inedit.insight_loop.candidates import Candidate
from inedit.insight_loop.verbatims import LegalBasis, Place
from inedit.model.errors import WrongInput
from inedit.store.erasure import QUOTED_WORDS, Quotes

FILE = "communities"
"""The file of ``brand_data/insights/`` to which accepted candidates are added."""

DEFAULT_DAYS = 365
"""How long an accepted insight is told, unless the person says otherwise."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What the person who accepts a candidate says of it.

    ``text``, ``tip`` and ``meaning`` are by language, in the person's own words; without a text, the quotation nearest
    to the middle stands, to be paraphrased only; so is a text that repeats six words of somebody who did not agree.
    """

    id: str
    by: str
    legal_basis: str
    expires: date
    text: Mapping[str, str] = field(default_factory=dict)
    tip: Mapping[str, str] = field(default_factory=dict)
    meaning: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, Sequence[str]] = field(default_factory=dict)
    products: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


def accept(root: Path, candidate: Candidate, acceptance: Acceptance, today: date) -> tuple[Path, Insight]:
    """Write the insight; returns the file and the entry.

    Raises :class:`~.errors.WrongInput`, and changes nothing, for an id that is taken, for names that the brand
    does not have, and for what the project would no longer be sound with.
    """
    if acceptance.expires <= today:
        raise WrongInput(f"The insight would have expired on {acceptance.expires}: give a day to come.")
    known = read_project(root).registry
    if acceptance.id in known.insights.names:
        raise WrongInput(
            f"There is already an insight '{acceptance.id}', at {known.insights.names[acceptance.id]}. "
            "Give another --as."
        )
    entry = entry_of(candidate, acceptance, today)
    try:
        insight = Insight.model_validate(entry)
    except ValidationError as error:
        mistakes = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise WrongInput(f"The insight cannot be written: {mistakes}.") from error
    return add_insight(root, FILE, entry), insight


def usual_basis(candidate: Candidate, places: Mapping[str, Place]) -> LegalBasis:
    """The legal basis of the places where it was said, where they have one and the same; else legitimate interest."""
    bases = {places[id].legal_basis for id in candidate.places if id in places}
    return bases.pop() if len(bases) == 1 else "legitimate-interest"


def entry_of(candidate: Candidate, acceptance: Acceptance, today: date) -> dict[str, Any]:
    """The entry as it is written, in the order in which people read it."""
    quote = candidate.quotes[0]
    is_verbatim = not acceptance.text
    unquotable = Quotes(
        one.text for one in candidate.quotes if not one.consent and len(one.text.split()) >= QUOTED_WORDS
    )
    repeats = any(unquotable.without(words) != words for words in acceptance.text.values())
    text = dict(acceptance.text) or {quote.language or next(iter(candidate.languages)): quote.text}
    entry: dict[str, Any] = {
        "id": acceptance.id,
        "kind": "verbatim" if is_verbatim else "field",
        "text": text,
        "evidence": {language: list(words) for language, words in acceptance.evidence.items()},
        "meaning": dict(acceptance.meaning),
        "tip": dict(acceptance.tip),
        "source": source_of(candidate, acceptance.by, today),
        "collected": candidate.until.date(),
        "expires": acceptance.expires,
        "legal_basis": acceptance.legal_basis,
        "products": list(acceptance.products),
        "segments": list(acceptance.segments),
        "topics": list(acceptance.topics),
        "paraphrase_only": not quote.consent if is_verbatim else repeats,
    }
    return {name: value for name, value in entry.items() if value not in ({}, [], False)}


def source_of(candidate: Candidate, by: str, today: date) -> str:
    """Where an accepted insight comes from: how many people, where, when, and who accepted it."""
    period = f"{candidate.since:%Y-%m} to {candidate.until:%Y-%m}"
    return (
        f"{candidate.people} people in {', '.join(candidate.places)}, {period}; candidate {candidate.id}, "
        f"accepted by {by} on {today}"
    )
