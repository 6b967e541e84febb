"""The form of address that the segment asks for is kept."""

from __future__ import annotations

import re

from inedit.guard.context import Context
from inedit.guard.evidence.facts import model_parts
from inedit.guard.nlp.language_data import language_profile, remedy
from inedit.guard.nlp.text import plain
from inedit.model import Draft, Finding, Severity, Span

_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|„[^“”]*[“”]|\"[^\"\n]*\"")


def address_kept(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """The reader is addressed as the segment asks, without one as the language does (tu / vous, du / Sie, tú / usted,
    tu / Lei); quotations aside."""
    language, segment = draft.spec.language, draft.spec.segment
    brand = context.brand
    if language not in brand.languages:
        return ()
    known = segment in brand.segments
    wanted = brand.formality(segment, language) if known else brand.languages[language].formality
    data = language_profile(language)
    wrong = data.informal if wanted == "formal" else data.formal
    findings = []
    for part_id, text, start in model_parts(draft, context):
        said = _QUOTED.sub(lambda m: "~" * len(m.group()), plain(text))
        spans = sorted(
            {
                Span(m.start(), m.end())
                for pattern in wrong
                for m in pattern.finditer(said)
                # « plié en deux » is no « plie », « tè » no « te », « œuvre » no « ouvre »
                if text[m.end() - 1] not in "éè" and text[m.start()] not in "œŒ"
            }
        )
        if spans:
            written = ", ".join(dict.fromkeys(span.of(text).strip() for span in spans))
            findings.append(
                Finding(
                    "address",
                    Severity.BLOCK,
                    f"“{written}”: these readers are addressed in the {wanted} way.",
                    Span(spans[0].start + start, spans[0].end + start),
                    remedy=remedy(language, wanted, text=written),
                    part=part_id,
                )
            )
    return tuple(findings)
