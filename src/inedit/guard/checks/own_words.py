"""The text is written, not pasted: what was supplied is retold."""

from __future__ import annotations

from inedit.guard.context import Context
from inedit.guard.evidence.facts import model_parts
from inedit.guard.evidence.own_words import has_whole_note, own_words
from inedit.guard.nlp.language_data import remedy
from inedit.guard.nlp.text import excerpt, words
from inedit.model import Draft, Finding, Severity, Span

MOST_PASTED = 0.35
"""Share of pasted words above which a text is not written. Of 56 honest texts of a capable model and 1,940 of the field
log, in five languages, the highest had .12."""

FEWEST_WORDS = 12
"""A text of fewer words that the model worded itself is not judged: one name and its figure may be half of it."""

FEW_WORDS = 30
"""In a text of fewer words, one fixed expression (« le sel de la route ») is a third: it is pasted only where it has
more than :data:`MOST_OF_FEW`. A longer text may take over as many words as one of this length, whatever their share."""

MOST_OF_FEW = 0.6
"""Share of pasted words above which even a short text is a note with something added."""

FEWEST_TO_SHARE = 20
MOST_OF_A_SENTENCE = 0.8
"""A text of fewer words than :data:`FEWEST_TO_SHARE` is one or two sentences, and who tells one note in them meets its
words: more may be pasted, unless all of a note is."""


def words_are_own(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """No more than the channel's share of the words stands in what was supplied; after a short prompt, which a small
    model can only follow closely, no whole body does."""
    measured = own_words(draft, context)
    short = context.prompt.style == "small"
    limit = _limit(context, draft.spec.channel, measured.words)
    if limit < measured.paste_share <= _limit_of_a_sentence(measured.words) and not has_whole_note(
        draft, context
    ):
        return ()
    whole = _whole_body(draft, context, measured.spans) if short else None
    allowed = not whole if short else measured.paste_share <= limit or measured.words < FEWEST_WORDS
    if allowed:
        return ()
    language = draft.spec.language
    longest = whole or max(measured.spans, key=lambda span: span.end - span.start)
    if whole:
        message = f"“{excerpt(longest.of(draft.text))}” is what was supplied, letter for letter."
    else:
        message = (
            f"{measured.paste_share:.0%} of the words stand in what was supplied, {limit:.0%} may:"
            f" “{excerpt(longest.of(draft.text))}”"
        )
    advice = remedy(language, "paraphrase") if short else remedy(
        language, "own_words", share=f"{measured.paste_share:.0%}"
    )  # fmt: skip
    return (Finding("own_words", Severity.BLOCK, message, longest, remedy=advice),)


def most_pasted(context: Context, channel: str) -> float:
    """The share that may be pasted in a channel, 0 to 1: its own limit, or :data:`MOST_PASTED`."""
    known = context.brand.channels.get(channel)
    return MOST_PASTED if known is None or known.most_pasted is None else known.most_pasted


def _limit(context: Context, channel: str, length: int) -> float:
    """The share that may be pasted in a text of so many words, 0 to 1. The words that may be taken over never become
    fewer as a text grows, unless the channel sets its own limit."""
    limit = most_pasted(context, channel)
    if length < FEW_WORDS:
        return max(limit, MOST_OF_FEW)
    known = context.brand.channels.get(channel)
    if known is not None and known.most_pasted is not None:
        return limit
    return max(limit, MOST_OF_FEW * FEW_WORDS / length)


def _limit_of_a_sentence(length: int) -> float:
    """The share of one or two sentences that may be pasted, 0 to 1; in more words no more of them."""
    return MOST_OF_A_SENTENCE * min(1.0, FEWEST_TO_SHARE / max(length, 1)) if length < FEW_WORDS else 0.0


def _whole_body(draft: Draft, context: Context, pasted: tuple[Span, ...]) -> Span | None:
    """Where the longest part that the model worded stands, when every word of it is pasted."""
    parts = model_parts(draft, context)
    if not parts:
        return None
    _, text, start = max(parts, key=lambda part: len(part[1]))
    listed = words(text)
    if len(listed) < FEWEST_WORDS // 2:
        return None
    first, last = listed[0].start + start, listed[-1].end + start
    covered = all(Span(word.start + start, word.end + start).inside(pasted) for word in listed)
    return Span(first, last) if covered else None
