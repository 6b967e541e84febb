"""What must be said is said, and the links that a text leads to are in it, both as they were written."""

from __future__ import annotations

from collections.abc import Iterator

from inedit.guard.context import Context
from inedit.guard.nlp.language_data import remedy
from inedit.guard.nlp.text import excerpt
from inedit.guard.nlp.typography import repair
from inedit.model import Draft, Finding, Severity


def mentions_stand(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """Each mandatory mention and each required link of the campaign and channel stands in the text, whole.

    Nothing is asked of a text that comes without a campaign. Spaces, quotation marks and apostrophes may differ as
    typography sets them.
    """
    return tuple(_missing(draft, context)) if context.campaign.id else ()


def _missing(draft: Draft, context: Context) -> Iterator[Finding]:
    brand, campaign, spec = context.brand, context.campaign, draft.spec
    known = brand.languages.get(spec.language)

    def read(text: str) -> str:
        return " ".join((repair(text, known.typography) if known else text).split())

    said = ""
    for mention in brand.mentions(campaign, spec.channel, spec.language):
        said = said or read(draft.text)
        if read(mention) not in said:
            yield Finding(
                "mentions",
                Severity.BLOCK,
                f"“{excerpt(mention)}” must be said here, word for word.",
                remedy=remedy(spec.language, "mention", text=mention),
            )
    for link in campaign.links_in(spec.channel):
        if link.required and link.url not in draft.text:
            yield Finding(
                "mentions",
                Severity.BLOCK,
                f"The text does not lead to “{excerpt(link.url)}”.",
                remedy=remedy(spec.language, "link", text=link.url),
            )
