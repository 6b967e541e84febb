"""No placeholder, no refusal, no label or markup: only the text itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inedit.guard.context import Context
from inedit.guard.evidence.facts import model_parts
from inedit.guard.nlp.language_data import primary, remedy
from inedit.guard.nlp.packs import rule_pack, span_of, switched_off
from inedit.guard.nlp.text import excerpt
from inedit.model import Draft, Finding, Severity, Span

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")  # nothing that a terminal would obey
_QUOTED = re.compile(r"«[^»]*»|“[^”“]*”|„[^“”„]*[“”]|\"[^\"\n]*\"|‹[^›]*›|‘[^‘]*’(?!\w)")

WHAT = {
    "placeholder": "a placeholder",
    "refusal": "the model speaking of itself or of its task",
    "label": "a label, not text",
    "leak": "markup, a control token or a broken character",
}
"""What each kind of remedy is about."""

_DOUBTFUL = frozenset({"placeholders.open", "model-talk.asked"})
"""Rules whose finding may be part of a text: “Weather: TBC”, a question in brackets to a person of the scene."""

_BOX = re.compile(r"\[[ xX✓✔]\](?= \w)")
_SET = re.compile(r"= ?\{([^{},|\n]+(?:, [^{},|\n]+)+)\}")
_TICKED = re.compile(r"\[[xX✓✔]\]")


def nothing_unfinished(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """No ``[Nom]``, ``{{name}}``, Lorem ipsum; no “as an AI”; no ``Subject:``, no code fence; no control
    character, and none that was broken on the way (U+FFFD). Merge fields that the campaign declares may stand."""
    language = draft.spec.language
    off = context.brand.rules_off(context.today)
    declared = _merge_fields(context)
    findings = []
    for part_id, text, start in model_parts(draft, context):
        rest = text
        for token in declared:
            rest = rest.replace(token, "a" * len(token))
        for rule, key, span in _outermost(_unfinished(rest, language)):
            if switched_off(rule, off) or (rule == "model-talk.heading" and _is_subject(span, text, draft)):
                continue
            # small letters in brackets, and no field's name: an editor's word as well as something to fill in
            doubtful = (rule == "placeholders.brackets" and span.of(text).islower()) or rule in _DOUBTFUL
            severity = Severity.REVIEW if doubtful else Severity.BLOCK
            written = _CONTROL.sub(lambda m: f"U+{ord(m.group()):04X}", excerpt(span.of(text)))
            findings.append(
                Finding(
                    "unfinished",
                    severity,
                    f"“{written}”: {WHAT[key]}{'' if severity is Severity.BLOCK else ', perhaps'}.",
                    Span(span.start + start, span.end + start),
                    remedy=remedy(language, key, text=written),
                    part=part_id,
                )
            )
    return tuple(findings)


def _merge_fields(context: Context) -> tuple[str, ...]:
    """The mailing tool's tokens that texts may have; those of any campaign for a text that names none."""
    campaigns = [context.campaign] if context.campaign.id else [*context.brand.campaigns.values()]
    tokens = {token for campaign in campaigns for token in campaign.merge_fields}
    return tuple(sorted(tokens, key=len, reverse=True))


def _unfinished(text: str, language: str) -> Iterator[tuple[str, str, Span]]:
    """``(rule, key of its remedy, where)`` of everything that is not a text."""
    quoted = [span_of(match) for match in _QUOTED.finditer(text)]
    speech = [span for span in quoted if _is_part(span, text)]
    for rule, match in rule_pack("placeholders", language).matches(_without_boxes(text)):
        span = span_of(match)
        if not (rule.id == "placeholders.brackets" and _is_editorial(span, quoted)):
            yield rule.id, "leak" if rule.kind == "leak" else "placeholder", span
    for tag in dict.fromkeys(
        (primary(language), "en")
    ):  # models apologise in English whatever they are asked for
        for rule, match in rule_pack("model-talk", tag).matches(text):
            span = span_of(match)
            if not any(outer.start <= span.start and span.end <= outer.end for outer in speech):
                yield rule.id, "label" if rule.kind == "label" else "refusal", span


def _without_boxes(text: str) -> str:
    """A text whose list of things to tick off has no brackets (« [x] pain, [ ] beurre »), nor has a set (« = {froid,
    pluie} »). One box alone, or boxes of which none is ticked, are to be filled in."""
    if "= {" in text or "={" in text:
        text = _SET.sub(lambda match: "a" * len(match.group()), text)
    boxes = _BOX.findall(text) if "[" in text else []
    return _BOX.sub("aaa", text) if len(boxes) > 1 and any(map(_TICKED.match, boxes)) else text


def _is_subject(span: Span, text: str, draft: Draft) -> bool:
    """Whether a label heads the subject line of a whole e-mail: the first line, with an empty one below."""
    line, _, rest = text.partition("\n")
    return len(draft.parts) == 1 and span.end <= len(line) and rest.startswith("\n")


def _is_part(quoted: Span, text: str) -> bool:
    """Whether a quotation is speech within a text, not all of the text."""
    return len(quoted.of(text)) < len(text.strip()) - 2


def _is_editorial(span: Span, quoted: list[Span]) -> bool:
    """“It [the hill] disappeared”: an editor's words inside a quotation."""
    return any(outer.start < span.start and span.end < outer.end for outer in quoted)


def _outermost(found: Iterator[tuple[str, str, Span]]) -> Iterator[tuple[str, str, Span]]:
    """In the order of the text, without what stands inside another."""
    end = -1
    for entry in sorted(found, key=lambda each: (each[2].start, -each[2].end)):
        if entry[2].start >= end:
            yield entry
            end = entry[2].end
