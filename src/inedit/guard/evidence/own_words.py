"""Own words: how much of what the model wrote stands, word for word, in what it was given. Pure.

A writer who is given a note retells it; a model that repeats the note has written nothing, however far its text is from
what anybody would get.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from inedit.brand.caching import by_identity
from inedit.brand.schema import Brand, Campaign, Sheet
from inedit.guard.context import Asked, Context
from inedit.guard.evidence.facts import model_parts, wording, wordings_of
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.text import folded_words, run_span, spaced_runs
from inedit.model import Draft, OwnWords

RUN_WORDS = 4
"""Words in a row that a text and what was supplied share from which they are taken over; three words meet by chance."""


def own_words(draft: Draft, context: Context) -> OwnWords:
    """How much of a draft is pasted. Approved wordings are apart: the parts that take one by their sheet, what must be
    said word for word, links and, where nobody knows what was asked for (no prompt came with the text), every run of
    words that stands in an approved wording.

    Supplied is whatever the brand wrote down for its writers in the draft's language (insights, claims, offer,
    objective, what it says of itself, of its readers, tones and angles), the sheet's worked examples and, where a
    prompt is known, its standing instructions.
    """
    return _own_words(Asked(draft, context))


@lru_cache(maxsize=8)  # the check and the verdict ask for the same; a few threads judge side by side
def _own_words(asked: Asked) -> OwnWords:
    draft, context = asked.draft, asked.context
    language = draft.spec.language
    supplied = _supplied(context, language)
    campaign, channel = context.campaign, draft.spec.channel
    mandatory = (
        *context.brand.mentions(campaign, channel, language),
        *(link.url for link in campaign.links_in(channel)),
    )
    approved = [
        runs_in(mandatory + (() if context.prompt.messages else approved_wordings(context, language)))
    ]
    pasted = total = 0
    spans = []
    for _, text, start in model_parts(draft, context):
        said = spaced_runs(text, RUN_WORDS)
        apart = {index for run in _shared(said, approved) for index in range(*run)}
        total += len(folded_words(text)) - len(apart)
        for run in _shared(said, supplied):
            own = [index for index in range(*run) if index not in apart]
            pasted += len(own)
            if own:
                spans.append(run_span(text, (own[0], own[-1] + 1)).shifted(start))
    return OwnWords(pasted / total if total else 0.0, tuple(spans), total)


def _supplied(context: Context, language: str) -> tuple[frozenset[str], ...]:
    """The runs of every text that a writer may have been given: brand data, the brief, examples, standing instructions.
    They are apart as each is the same for other drafts, so that they are made once."""
    return (
        _brand_runs(context.brand, language),
        _campaign_runs(context.campaign, language),
        _example_runs(context.sheet, language),
        # the last message holds the brief, which is brand data, and what is said of a refused draft: its own words
        *(runs_in((message.content,)) for message in context.prompt.messages[:-1]),
    )


@by_identity(maxsize=64)
def _brand_runs(brand: Brand, language: str) -> frozenset[str]:
    kept: Sequence[Any] = (
        brand.identity, brand.insights, brand.claims, brand.segments, brand.tones, brand.angles,
    )  # fmt: skip
    return runs_in(tuple(text for one in kept for text in wordings_of(one, language)))


@by_identity(maxsize=64)
def _campaign_runs(campaign: Campaign, language: str) -> frozenset[str]:
    return runs_in(tuple(wordings_of(campaign, language)))


@by_identity(maxsize=256)
def _example_runs(sheet: Sheet, language: str) -> frozenset[str]:
    examples = (e for e in sheet.examples if primary(e.language) == primary(language))
    return runs_in(tuple(text for example in examples for text in (example.brief, *example.parts.values())))


FEWEST_OF_A_NOTE = 6
"""Words from which a supplied text is a note; fewer are a name or a label."""


def has_whole_note(draft: Draft, context: Context) -> bool:
    """Whether a supplied note or a worked example stands in a draft from its first word to its last."""
    language = draft.spec.language
    said = f" {' '.join(folded_words(draft.text))} "
    notes = _brand_notes(context.brand, language) + _example_notes(context.sheet, language)
    return any(note in said for note in notes)


@by_identity(maxsize=64)
def _brand_notes(brand: Brand, language: str) -> tuple[str, ...]:
    return _notes(
        tuple(text for one in (brand.insights, brand.segments) for text in wordings_of(one, language))
    )


@by_identity(maxsize=256)
def _example_notes(sheet: Sheet, language: str) -> tuple[str, ...]:
    examples = (e for e in sheet.examples if primary(e.language) == primary(language))
    return _notes(tuple(text for example in examples for text in example.parts.values()))


def _notes(texts: Sequence[str]) -> tuple[str, ...]:
    """Texts as their folded words with spaces, those of enough words."""
    listed = (folded_words(text) for text in texts)
    return tuple(f" {' '.join(found)} " for found in listed if len(found) >= FEWEST_OF_A_NOTE)


def approved_wordings(context: Context, language: str) -> tuple[str, ...]:
    """The wordings that may be said as they are: claims, offer, calls to action."""
    brand = context.brand
    localized = (
        context.campaign.offer,
        *(claim.text for claim in brand.claims.values()),
        *(action.text for action in brand.identity.calls_to_action),
    )
    return tuple(found[0] for texts in localized if (found := wording(texts, language)))


@lru_cache(maxsize=512)
def runs_in(texts: tuple[str, ...]) -> frozenset[str]:
    """Every run of :data:`RUN_WORDS` words that stands in one of the texts, folded, with spaces."""
    return frozenset[str]().union(*(spaced_runs(text, RUN_WORDS) for text in texts))


def _shared(said: Sequence[str], sources: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Maximal runs of words, as indices [from, to), all of which stand in one of the ``sources`` or another; ``said``
    is every run of :data:`RUN_WORDS` words of a text."""
    first = end = 0
    held = frozenset[str]().union(*(runs.intersection(said) for runs in sources))
    for index in range(len(said)) if held else ():
        if said[index] not in held:
            continue
        if index > end:
            if end:
                yield first, end
            first = index
        end = index + RUN_WORDS
    if end:
        yield first, end
