"""Approved wordings held to the rules that texts are held to, before a model is paid to repeat them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from inedit.brand.reading import Loc
from inedit.brand.registry import Found, Registry
from inedit.brand.schema import Campaign, Channel, Part
from inedit.guard.nlp.occurrences import occurrences
from inedit.guard.nlp.sms import GSM_7, encoded_length
from inedit.guard.nlp.text import fold, folded_words
from inedit.guard.nlp.typography import PLAIN_SIGNS
from inedit.model.errors import Issue


def check_wordings(registry: Registry) -> tuple[Issue, ...]:
    """Every offer, claim, call to action and insight that the guard would not let through, sorted."""
    return tuple(sorted({*_unfit(registry), *_banned(registry), *_evidence(registry)}))


def _unfit(registry: Registry) -> Iterator[Issue]:
    """Wordings longer than the part that they fill, or outside the alphabet of the channel that carries them."""
    for campaign in registry.campaigns.entries.values():
        for name in campaign.value.channels:
            sheet, channel = registry.sheets.entries.get(name), registry.channels.entries.get(name)
            if sheet is None or channel is None:
                continue
            for part in sheet.value.parts:
                for found, loc, text in _wordings(part, name, campaign, registry):
                    yield from _unfit_wording(found, loc, text, part, channel.value)


def _unfit_wording(found: Found[Any], loc: Loc, text: str, part: Part, channel: Channel) -> Iterator[Issue]:
    count = encoded_length(text, channel.charset)
    if count > part.max_chars:
        yield found.issue(
            loc, "wording-too-long",
            f"This has {count} characters; the part '{part.id}' of channel '{channel.id}', which it fills, may have "
            f"{part.max_chars}.",
            f"Shorten it, or raise max_chars of '{part.id}' in prompts/{channel.id}.yaml.",
        )  # fmt: skip
    foreign = "".join(sorted(set(text) - GSM_7 - PLAIN_SIGNS.keys())) if channel.charset == "gsm-7" else ""
    if foreign:
        yield found.issue(
            loc, "wording-outside-alphabet",
            f"Channel '{channel.id}' sends GSM-7 text messages, which cannot carry: {' '.join(foreign)}",
            "Reword it without these characters, or write 'charset: sms' for the channel (dearer: such a message has "
            "70 characters).",
        )  # fmt: skip


def _wordings(
    part: Part, channel: str, campaign: Found[Campaign], registry: Registry
) -> Iterator[tuple[Found[Any], Loc, str]]:
    """What may fill a part in the campaign's languages: the entry, the place and the text."""
    brief = campaign.value
    if part.source == "offer":
        sources: list[tuple[Found[Any], Loc, dict[str, str]]] = [(campaign, ("offer",), brief.offer)]
    elif part.source == "claims":
        chosen = registry.claims.entries if brief.claims == "auto" else brief.claims
        claims = [registry.claims.entries[name] for name in chosen if name in registry.claims.entries]
        sources = [(claim, ("text",), claim.value.text) for claim in claims]
    elif part.source == "calls_to_action" and registry.identity:
        sources = [
            (registry.identity, ("calls_to_action", index, "text"), call.text)
            for index, call in enumerate(registry.identity.value.calls_to_action)
            if not call.channels or channel in call.channels
        ]
    else:
        return
    for found, loc, texts in sources:
        yield from ((found, (*loc, tag), texts[tag]) for tag in brief.languages if tag in texts)


def _banned(registry: Registry) -> Iterator[Issue]:
    """Banned words in what a model is given to say. Claims are looked at where the brand is loaded."""
    for lexicon in registry.lexicons.entries.values():
        tag = lexicon.value.language
        for found, loc, text, exact in _wordings_in(registry, tag):
            for term in lexicon.value.banned:
                if not any(occurrences(text, term.term, tag)):
                    continue
                message = f"This says '{term.term}', which lexicon/{tag}.yaml bans."
                instead = f" (the lexicon says: {term.instead})" if term.instead else ""
                if exact:
                    remedy = f"Reword it{instead}, or allow the word."
                    yield found.issue(loc, "says-banned-word", message, remedy)
                else:
                    remedy = f"Reword it{instead}: a model that retells it is tempted to say the word."
                    yield found.warning(loc, "insight-says-banned-word", message, remedy)


def _wordings_in(registry: Registry, tag: str) -> Iterator[tuple[Found[Any], Loc, str, bool]]:
    """Wordings in a language; the last value tells whether a text must have it as it is."""
    for campaign in registry.campaigns.entries.values():
        if tag in campaign.value.offer:
            yield campaign, ("offer", tag), campaign.value.offer[tag], True
    for index, call in enumerate(registry.identity.value.calls_to_action if registry.identity else ()):
        if registry.identity and tag in call.text:
            yield registry.identity, ("calls_to_action", index, "text", tag), call.text[tag], True
    for insight in registry.insights.entries.values():
        for index, phrase in enumerate(insight.value.evidence.get(tag, ())):
            yield insight, ("evidence", tag, index), phrase, True
        if tag in insight.value.text:
            yield insight, ("text", tag), insight.value.text[tag], False


def _evidence(registry: Registry) -> Iterator[Issue]:
    """Evidence that does not stand in the insight's own text, in no inflection, while nothing beside it does."""
    for insight in registry.insights.entries.values():
        for tag, phrases in insight.value.evidence.items():
            text = insight.value.text.get(tag, "")
            held = [any(occurrences(text, phrase, tag, beginnings=True)) for phrase in phrases]
            if not text or all(held):
                continue
            if not any(held):
                yield insight.issue(
                    ("evidence", tag), "evidence-not-in-text",
                    f"None of the evidence in '{tag}' stands in the insight's own text, so no text could prove that it "
                    "uses it.",
                    "Take words from the text, or the beginnings of words.",
                )  # fmt: skip
                continue
            for index, phrase in enumerate(phrases):
                if not held[index] and not _another_form(phrase, text):
                    yield insight.warning(
                        ("evidence", tag, index), "evidence-not-in-text",
                        f"'{phrase}' does not stand in the insight's own text.",
                        "Correct it, unless it is another word for the same thing.",
                    )  # fmt: skip


def _another_form(phrase: str, text: str) -> bool:
    """Whether a phrase looks like another form of the text's words: « oser » where it says « osais »."""
    sought, words = folded_words(phrase), folded_words(text)
    if not sought or fold(phrase) in fold(text):
        return True
    root = sought[0][: max(2, (len(sought[0]) + 1) // 2)]
    return any(word.startswith(root) for word in words)
