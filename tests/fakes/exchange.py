"""Texts that are ready to leave, made by hand."""

from __future__ import annotations

from collections.abc import Mapping

from inedit.exchange.exported import Disclosure, ExportedText, revision_label
from inedit.model import Piece, Status, VariantSpec, Verdict

NASTY = {
    "subject": '=HYPERLINK("http://x";"Cliquez") & <b>gras</b> *étoile* _souligné_',
    "preheader": "- pas une liste\n1. ni un nombre",
    "story": "+33 1 23 45 67 89\nDeux lignes, “guillemets”, l’apostrophe, 25 °C | fin.",
    "call_to_action": "@nous écrire",
}
"""Words that CSV, Markdown, HTML, XML or a spreadsheet may take for their own."""


def a_text(
    parts: Mapping[str, str] = NASTY, *, index: int = 0, language: str = "fr", **cell: str
) -> ExportedText:
    """A text that Anne has approved."""
    spec = VariantSpec(
        "c", cell.get("channel", "email"), "families", language, cell.get("tone", "plain"), index
    )
    piece = Piece(f"{spec.key}-1", "r", spec, Status.ACCEPTED, parts, Verdict(), 1)
    return ExportedText(
        piece, revision_label(parts, ()), parts, {id: id.replace("_", " ").title() for id in parts}, "E-mail",
        "Familles & amis", "Sobre", "Anne", "2026-11-28T10:00:00.000Z",
        Disclosure("reviewed", "Read for accuracy, plausibility, sources by Anne on 2026-11-28."),
        links=("https://example.org/?a=1&b=2",), addresses=("https://example.org/?a=1&b=2",), brand_name="Orval",
    )  # fmt: skip
