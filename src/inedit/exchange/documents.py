"""Texts as documents that people read: Markdown, HTML, Word."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Sequence

from inedit.exchange.exported import ExportedText
from inedit.exchange.extras import MARKS, library

_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~&])")
_LIST = re.compile(r"(?m)^([ \t]*)([-+=]|\d+(?=[.)]))")

STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;color-scheme:light dark;max-width:44rem;margin:2rem auto;padding:0 1rem}"
    "article{border-top:1px solid #999;padding:1rem 0}h2{font-size:1.1rem}dt{opacity:.7;font-size:.8rem}"
    "dd{margin:0 0 .8rem;white-space:pre-wrap;overflow-wrap:anywhere}footer{opacity:.7;font-size:.8rem}"
)


def as_markdown(texts: Sequence[ExportedText]) -> bytes:
    """A section a text, each part under its name; what Markdown would take for its own signs is escaped."""
    sections = []
    for text in texts:
        named = text.part_names
        parts = "\n\n".join(
            f"### {in_markdown(named[id])}\n\n{in_markdown(words)}" for id, words in text.parts.items()
        )
        sections.append(f"## {in_markdown(text.headline)}\n\n{parts}\n\n> {in_markdown(text.footline)}\n")
    return "\n".join(sections).encode()


def in_markdown(text: str) -> str:
    """A text that Markdown shows as it is."""
    escaped = _LIST.sub(_escape_list, _MARKDOWN.sub(r"\\\1", text))
    return escaped.replace("\n", "  \n")


def _escape_list(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2]}\\" if found[2].isdigit() else f"{found[1]}\\{found[2]}"


def as_html(texts: Sequence[ExportedText]) -> bytes:
    """One page that needs nothing else, each text marked with its language, piece and revision."""
    articles = []
    for text in texts:
        parts = "".join(
            f'<dt>{html.escape(text.part_names[id])}</dt><dd data-part="{html.escape(id)}">{html.escape(words)}</dd>'
            for id, words in text.parts.items()
        )
        about = " ".join(
            f'data-{name}="{html.escape(words)}"'
            for name, words in (
                ("piece", text.piece.id), ("revision", text.revision), ("approver", text.approver),
                ("disclosure", text.disclosure.decision),
            )
        )  # fmt: skip
        articles.append(
            f'<article lang="{html.escape(text.piece.spec.language)}" {about}>'
            f"<h2>{html.escape(text.headline)}</h2><dl>{parts}</dl>"
            f'<footer lang="{text.footline_language}">{html.escape(text.footline)}</footer></article>\n'
        )
    language = texts[0].piece.spec.language if texts else "en"
    page = (
        f'<!doctype html>\n<html lang="{html.escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Texts</title><style>{STYLE}</style></head>\n<body>{''.join(articles)}</body></html>\n"
    )
    return page.encode()


def as_docx(texts: Sequence[ExportedText]) -> bytes:
    """A Word document: a heading a text, a table with a row a part, and who answers for it below."""
    docx = library("docx", "A Word document")
    shared = library("docx.shared", "A Word document")
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = "Texts", "Inédit"
    for text in texts:
        document.add_heading(in_xml(text.headline), level=1)
        table = document.add_table(rows=0, cols=2, style="Table Grid")
        table.autofit = False
        table.columns[0].width, table.columns[1].width = shared.Cm(4), shared.Cm(12)
        for id, content in text.parts.items():
            name, words = table.add_row().cells
            name.text, words.text = in_xml(text.part_names[id]), in_xml(content)
            name.width, words.width = shared.Cm(4), shared.Cm(12)
            name.paragraphs[0].runs[0].bold = True
        below = document.add_paragraph().add_run(in_xml(text.footline))
        below.italic, below.font.size = True, shared.Pt(8)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def in_xml(text: str) -> str:
    """A text without the characters that XML cannot hold."""
    return re.sub(MARKS, "\ufffd", text)
