"""Texts as e-mails that mail programs show alike: HTML made by MJML, and the same as plain text."""

from __future__ import annotations

import html
from collections.abc import Sequence

from inedit.exchange.documents import in_xml
from inedit.exchange.exported import ExportedText
from inedit.exchange.extras import library
from inedit.exchange.refusals import only, zipped

SUBJECT, PREVIEW, BUTTON = ("subject", "title", "headline"), ("preheader", "preview"), ("call_to_action",)
"""Ids of the parts that have a place of their own; the others follow one another in the body."""

FONTS = "Georgia, 'Times New Roman', serif"
"""Fonts that are there already: MJML's own default is fetched from a server when the e-mail is opened."""


def as_email(texts: Sequence[ExportedText]) -> bytes:
    """One text as HTML. Raises :class:`~.errors.WrongInput` for several, and when MJML is missing."""
    return _html(only(texts, "An e-mail", "email-zip")).encode()


def as_email_archive(texts: Sequence[ExportedText]) -> bytes:
    """A ZIP file with ``ID.html`` and ``ID.txt`` for each text."""
    return zipped(
        (f"{text.piece.id}.{ending}", content.encode())
        for text in texts
        for ending, content in (("html", _html(text)), ("txt", as_plain_text(text)))
    )


def as_plain_text(text: ExportedText) -> str:
    """What mail programs show that show no HTML: the parts of the body, one under the other."""
    button = _first(text, BUTTON)
    link = f": {text.links[0]}" if button and text.links else ""
    return "\n\n".join([*_body(text), *([button + link] if button else [])]) + "\n"


def _first(text: ExportedText, ids: Sequence[str]) -> str:
    return next((text.parts[id] for id in ids if id in text.parts), "")


def _body(text: ExportedText) -> list[str]:
    placed = {next((id for id in ids if id in text.parts), "") for ids in (SUBJECT, PREVIEW, BUTTON)}
    return [words for id, words in text.parts.items() if id not in placed]


def _html(text: ExportedText) -> str:
    mjml = library("mjml", "An e-mail")
    body = "".join(f"<mj-text>{_lines(part)}</mj-text>" for part in _body(text))
    if button := _first(text, BUTTON):
        link = f' href="{html.escape(text.links[0])}"' if text.links else ""
        body += f'<mj-button background-color="#1f3a4d"{link}>{_lines(button)}</mj-button>'
    title, preview = (_lines(" ".join(_first(text, ids).split("\n"))) for ids in (SUBJECT, PREVIEW))
    source = (
        f'<mjml lang="{html.escape(text.piece.spec.language)}"><mj-head>'
        f"<mj-title>{title}</mj-title><mj-preview>{preview}</mj-preview>"
        f'<mj-attributes><mj-all font-family="{FONTS}" /><mj-text font-size="16px" line-height="1.5" /></mj-attributes>'
        f"</mj-head><mj-body><mj-section><mj-column>{body}</mj-column></mj-section></mj-body></mjml>"
    )
    written: str = mjml.mjml2html(source)
    about = html.escape(text.footline.replace("--", "- -"))
    return written.replace("</body>", f"<!-- {about} --></body>")


def _lines(text: str) -> str:
    """Text in a document of MJML: what it would take for its own is escaped."""
    return html.escape(in_xml(text), quote=False).replace("\n", "<br />")
