"""Cards for a shop: words, and a QR code that leads to the campaign's address, as SVG and as a PDF to be printed.

85 x 55 mm with 3 mm of bleed; black is K only, fonts are embedded, and the boxes of the PDF say where it is cut. The
code is made by segno with error correction M: it is read with 15 % of it worn off.
"""

from __future__ import annotations

import html
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from inedit.exchange.documents import in_xml
from inedit.exchange.exported import ExportedText
from inedit.exchange.extras import library
from inedit.exchange.refusals import only, refuse, still_offered, zipped
from inedit.model.errors import WrongInput

WIDTH, HEIGHT, BLEED, MARGIN = 85.0, 55.0, 3.0, 5.0
CODE, GAP = 27.0, 3.0
"""Millimetres: the cut card, what is printed beyond the cut, the edge without words, the code with its quiet zone, and
the room beside it."""

POINT = 25.4 / 72
LEADING = 1.25
SIZES = {"title": 12.0, "text": 8.5, "offer": 7.0, "call": 6.5}
"""Points of type; all are made smaller alike where the words need it, down to :data:`SMALLEST`."""
SMALLEST = 0.72

_FONTS = {"title": "VeraBd", "text": "Vera", "offer": "VeraBd", "call": "Vera"}
_CODE_BORDER = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words: where its base line begins, in millimetres from the upper left corner, and its type."""

    words: str
    x: float
    y: float
    kind: str
    points: float


def as_card_svg(texts: Sequence[ExportedText]) -> bytes:
    """One card. Raises :class:`~.errors.WrongInput` for several, and for one whose offer has ended."""
    text = only(texts, "An SVG card", "card")
    _ready([text])
    return _svg(text).encode()


def as_card_pdf(texts: Sequence[ExportedText]) -> bytes:
    """Every card on a page of its own."""
    _ready(texts)
    return _pdf(texts)


def as_card_archive(texts: Sequence[ExportedText]) -> bytes:
    """A ZIP file: ``cards.pdf``, and for each text ``ID.svg`` and ``ID.html``, the page that its code opens."""
    _ready(texts)
    pages = [
        (f"{text.piece.id}.{ending}", content.encode())
        for text in texts
        for ending, content in (("svg", _svg(text)), ("html", _page(text)))
    ]
    return zipped([("cards.pdf", _pdf(texts)), *pages])


def _ready(texts: Sequence[ExportedText]) -> None:
    """Nothing is printed of an offer that has ended, nor without an address to lead to."""
    still_offered(texts)
    reasons = []
    for text in texts:
        if not text.addresses:
            reasons.append(
                f"{text.piece.id}: the campaign has no link for channel '{text.piece.spec.channel}'."
            )
        if not text.parts.get("card_title"):
            reasons.append(
                f"{text.piece.id}: there is no part 'card_title' (channel {text.piece.spec.channel})."
            )
        elif text.addresses and laid_out(text) is None:
            reasons.append(f"{text.piece.id}: its words do not fit on {WIDTH:.0f} x {HEIGHT:.0f} mm.")
    refuse("A printer", reasons)


def laid_out(text: ExportedText) -> tuple[Line, ...] | None:
    """The lines of a card; None when they do not fit at the smallest size."""
    scale = 1.0
    while scale >= SMALLEST:
        lines = tuple(_lines(text, scale))
        if max(line.y for line in lines) <= HEIGHT - MARGIN:
            return lines
        scale -= 0.04
    return None


def _lines(text: ExportedText, scale: float) -> Iterator[Line]:
    """Title, text and offer beside the code, one below the other; the call to action below the code."""
    room, y = WIDTH - 2 * MARGIN - CODE - GAP, MARGIN
    for kind, part in (("title", "card_title"), ("text", "card_text"), ("offer", "offer")):
        points = SIZES[kind] * scale
        for words in _wrapped(text.parts.get(part, ""), kind, points, room):
            y += points * LEADING * POINT
            yield Line(words, MARGIN, y - points * (LEADING - 1) * POINT, kind, points)
        y += 1.6 * scale
    points, y = SIZES["call"] * scale, MARGIN + CODE
    for words in _wrapped(text.parts.get("call_to_action", ""), "call", points, CODE):
        y += points * LEADING * POINT
        yield Line(words, WIDTH - MARGIN - CODE, y, "call", points)


def _wrapped(words: str, kind: str, points: float, room: float) -> Iterator[str]:
    line = ""
    for word in _printable(words).split(" "):
        longer = f"{line} {word}".strip()
        if line and _width(longer, kind, points) > room:
            yield line
            line = word
        else:
            line = longer
    if line:
        yield line


def _printable(words: str) -> str:
    """The narrow no-break space is not in the fonts: the wide one is."""
    return in_xml(words).replace("\n", " ").replace("\u202f", "\u00a0").replace("\u2009", "\u00a0")


def _width(words: str, kind: str, points: float) -> float:
    metrics = _metrics()
    return float(metrics.stringWidth(words, _FONTS[kind], points)) * POINT


def _metrics() -> Any:
    """The fonts that come with reportlab: Bitstream Vera, which may be embedded."""
    library("reportlab", "A card")
    metrics = library("reportlab.pdfbase.pdfmetrics", "A card")
    fonts = library("reportlab.pdfbase.ttfonts", "A card")
    for name in set(_FONTS.values()) - set(metrics.getRegisteredFontNames()):
        metrics.registerFont(fonts.TTFont(name, f"{name}.ttf"))
    return metrics


def _modules(address: str) -> tuple[tuple[bool, ...], ...]:
    """The code as rows of dark and light modules, with the quiet zone that readers need."""
    segno = library("segno", "A card")
    try:
        code = segno.make(address, error="m", micro=False)
    except segno.DataOverflowError as error:
        raise WrongInput(f"“{address}” is too long for a QR code: shorten the link.") from error
    return tuple(tuple(map(bool, row)) for row in code.matrix_iter(border=_CODE_BORDER))


def _dark(address: str) -> Iterator[tuple[float, float, float, float]]:
    """Dark rectangles of the code, as x, y, width and height in millimetres from the upper left corner."""
    rows = _modules(address)
    side = CODE / len(rows)
    for down, row in enumerate(rows):
        start = None
        for across, dark in enumerate((*row, False)):
            if dark and start is None:
                start = across
            elif not dark and start is not None:
                yield (
                    WIDTH - MARGIN - CODE + start * side,
                    MARGIN + down * side,
                    (across - start) * side,
                    side,
                )
                start = None


def _svg(text: ExportedText) -> str:
    lines = laid_out(text) or ()
    elements = []
    for line in lines:
        weight = ' font-weight="bold"' if _FONTS[line.kind] == "VeraBd" else ""
        position = f'x="{line.x:.2f}" y="{line.y:.2f}" font-size="{line.points * POINT:.3f}"{weight}'
        elements.append(f"<text {position}>{html.escape(line.words)}</text>")
    path = "".join(f"M{x:.3f} {y:.3f}h{w:.3f}v{h:.3f}h-{w:.3f}z" for x, y, w, h in _dark(text.addresses[0]))
    wide, high = WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED
    about = html.escape(in_xml(text.footline))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:g}mm" height="{high:g}mm" '
        f'viewBox="{-BLEED:g} {-BLEED:g} {wide:g} {high:g}" role="img" xml:lang="{text.piece.spec.language}">\n'
        f"<title>{html.escape(_printable(text.parts['card_title']))}</title>\n<desc>{about}</desc>\n"
        f'<rect x="{-BLEED:g}" y="{-BLEED:g}" width="{wide:g}" height="{high:g}" fill="#fff"/>\n'
        f"<g font-family=\"'Bitstream Vera Sans','DejaVu Sans',Verdana,sans-serif\" fill=\"#000\">\n"
        + "\n".join(elements)
        + f'\n</g>\n<path id="code" d="{path}" fill="#000"/>\n</svg>\n'
    )


def _pdf(texts: Sequence[ExportedText]) -> bytes:
    _metrics()
    canvas = library("reportlab.pdfgen.canvas", "A card")
    black = library("reportlab.lib.colors", "A card").CMYKColor(0, 0, 0, 1)
    stream = io.BytesIO()
    size = ((WIDTH + 2 * BLEED) / POINT, (HEIGHT + 2 * BLEED) / POINT)
    sheet = canvas.Canvas(stream, pagesize=size, invariant=1, lang=texts[0].piece.spec.language)
    sheet.setTitle(f"{texts[0].brand_name}: {len(texts)} cards")
    sheet.setSubject("; ".join(text.footline for text in texts)[:2000])
    for text in texts:
        sheet.setBleedBox((0, 0, *size))
        sheet.setTrimBox((BLEED / POINT, BLEED / POINT, size[0] - BLEED / POINT, size[1] - BLEED / POINT))
        sheet.setFillColor(black)
        for x, y, wide, high in _dark(text.addresses[0]):
            sheet.rect(*_at(x, y + high), wide / POINT, high / POINT, stroke=0, fill=1)
        for line in laid_out(text) or ():
            sheet.setFont(_FONTS[line.kind], line.points)
            sheet.drawString(*_at(line.x, line.y), line.words)
        sheet.showPage()
    sheet.save()
    return stream.getvalue()


def _at(x: float, y: float) -> tuple[float, float]:
    """A place on the cut card, as PDF counts: points from the lower left corner of the sheet."""
    return (x + BLEED) / POINT, (HEIGHT + BLEED - y) / POINT


def _page(text: ExportedText) -> str:
    """What the code opens: plain, without anything from another server, fit for one hand."""
    escape = html.escape
    shown = [text.parts.get(id, "") for id in ("page_text", "offer")]
    body = "".join(f"<p>{escape(one)}</p>\n" for one in shown if one)
    title = escape(text.parts.get("page_title") or text.parts["card_title"])
    call = escape(text.parts.get("call_to_action", ""))
    return (
        f'<!doctype html>\n<html lang="{escape(text.piece.spec.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>body{{font:1.1rem/1.6 Georgia,serif;margin:1.5rem auto;max-width:34rem;"
        "padding:0 1rem;color:#1c1c1c;background:#fff}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{title}</h1>\n{body}{f'<p><strong>{call}</strong></p>' if call else ''}\n</main>\n</body>\n</html>\n"
    )
