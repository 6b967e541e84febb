"""The formats that texts leave in, by name and by the ending of a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from inedit.exchange.cards import as_card_archive, as_card_pdf, as_card_svg
from inedit.exchange.community import as_community_archive, as_discord, as_reddit, as_telegram
from inedit.exchange.documents import as_docx, as_html, as_markdown
from inedit.exchange.exported import ExportedText
from inedit.exchange.google_ads import as_google_ads
from inedit.exchange.mail import as_email, as_email_archive
from inedit.exchange.marketplaces import as_marketplace
from inedit.exchange.search_answers import as_search_answer, as_search_answer_archive
from inedit.exchange.spoken import as_script, as_sound, as_ssml
from inedit.exchange.tables import as_csv, as_json_lines, as_xlsx
from inedit.exchange.text_messages import as_text_messages
from inedit.exchange.translators import as_po, as_xliff_1, as_xliff_2
from inedit.model.errors import WrongInput


class Format(NamedTuple):
    """What writes a format, what a browser is told that it is, and how its files end."""

    write: Callable[[Sequence[ExportedText]], bytes]
    media_type: str
    ending: str


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS: Mapping[str, Format] = {
    "csv": Format(as_csv, "text/csv; charset=utf-8", "csv"),
    "xlsx": Format(as_xlsx, f"{_OFFICE}.spreadsheetml.sheet", "xlsx"),
    "jsonl": Format(as_json_lines, "application/x-ndjson", "jsonl"),
    "md": Format(as_markdown, "text/markdown; charset=utf-8", "md"),
    "html": Format(as_html, "text/html; charset=utf-8", "html"),
    "docx": Format(as_docx, f"{_OFFICE}.wordprocessingml.document", "docx"),
    "po": Format(as_po, "text/x-gettext-translation; charset=utf-8", "po"),
    "xliff": Format(as_xliff_2, "application/xliff+xml", "xlf"),
    "xliff-1.2": Format(as_xliff_1, "application/xliff+xml", "xlf"),
    "google-ads": Format(as_google_ads, "text/csv; charset=utf-8", "csv"),
    "email": Format(as_email, "text/html; charset=utf-8", "html"),
    "email-zip": Format(as_email_archive, "application/zip", "zip"),
    "sms": Format(as_text_messages, "text/csv; charset=utf-8", "csv"),
    "discord": Format(as_discord, "text/markdown; charset=utf-8", "md"),
    "reddit": Format(as_reddit, "text/markdown; charset=utf-8", "md"),
    "telegram": Format(as_telegram, "text/plain; charset=utf-8", "txt"),
    "community": Format(as_community_archive, "application/zip", "zip"),
    "audio-script": Format(as_script, "text/markdown; charset=utf-8", "md"),
    "ssml": Format(as_ssml, "application/ssml+xml", "ssml"),
    "wav": Format(as_sound, "audio/wav", "wav"),
    "search-answer": Format(as_search_answer, "text/html; charset=utf-8", "html"),
    "search-answer-zip": Format(as_search_answer_archive, "application/zip", "zip"),
    "card-svg": Format(as_card_svg, "image/svg+xml", "svg"),
    "card-pdf": Format(as_card_pdf, "application/pdf", "pdf"),
    "card": Format(as_card_archive, "application/zip", "zip"),
    "marketplace": Format(as_marketplace, "text/csv; charset=utf-8", "csv"),
}
"""Every format, by the name that ``--format`` takes."""

_ENDINGS = {
    "xlf": "xliff",
    "htm": "html",
    "markdown": "md",
    "ndjson": "jsonl",
    "zip": "email-zip",
    "svg": "card-svg",
    "pdf": "card-pdf",
}


def format_of(file: Path, asked: str | None = None) -> str:
    """The format that was asked for, or that the file's ending names. Raises :class:`~.errors.WrongInput`."""
    ending = (asked or file.suffix.removeprefix(".")).lower()
    name = _ENDINGS.get(ending, ending)
    if name not in FORMATS:
        what = f"There is no format '{ending}'" if ending else f"{file} has no ending that names a format"
        raise WrongInput(f"{what}. Formats: {', '.join(FORMATS)}.")
    return name


def export_pieces(format_: str, texts: Sequence[ExportedText]) -> bytes:
    """The content of a file with these texts, in a format of :data:`FORMATS`."""
    return FORMATS[format_].write(texts)
