"""Listings for marketplaces between businesses: a row a listing, the text beside the product's attributes.

Limits are the tightest that large ones publish (Amazon Business: title 200, five points of 500, description 2,000
characters; no HTML, no price and no web address in the text). Read in November 2026; a marketplace's own template
takes the columns by name.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from inedit.brand.schema import Product
from inedit.exchange.exported import RECORD, ExportedText
from inedit.exchange.refusals import refuse, still_offered
from inedit.exchange.tables import harmless

TITLE_CHARS, POINT_CHARS, DESCRIPTION_CHARS, MOST_POINTS = 200, 500, 2000, 5
_TEXT = ("title", "summary", *(f"bullet_{n}" for n in range(1, MOST_POINTS + 1)), "description", "offer")
_MARKUP = re.compile(r"</?[a-z][^<>]*>|https?://|www\.", re.IGNORECASE)


def as_marketplace(texts: Sequence[ExportedText]) -> bytes:
    """CSV: article number, brand, text by part, and each attribute in a column of its own, named in the language of the
    first row. Raises :class:`~.errors.WrongInput` for a text that is about several products or none."""
    still_offered(texts)
    refuse("A marketplace", [reason for text in texts for reason in _against(text)])
    attributes = list(dict.fromkeys(name for text in texts for name, _ in _attributes(text, texts[0])))
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(
        ("sku", "brand", "product", *_TEXT, *(f"attribute.{name}" for name in attributes), *RECORD)
    )
    for text in texts:
        product, attributes_of_text = text.products[0], dict(_attributes(text, texts[0]))
        cells = (
            product.sku, text.brand_name, product.name.get(text.piece.spec.language, product.id),
            *(text.parts.get(part, "") for part in _TEXT), *(attributes_of_text.get(name, "") for name in attributes),
            *text.record().values(),
        )  # fmt: skip
        writer.writerow([harmless(cell) for cell in cells])
    return stream.getvalue().encode("utf-8-sig")


def _attributes(text: ExportedText, first: ExportedText) -> Iterator[tuple[str, str]]:
    here, there = text.piece.spec.language, first.piece.spec.language
    for attribute in text.products[0].attributes:
        if here in attribute.value:
            yield attribute.name.get(there, next(iter(attribute.name.values()))), attribute.value[here]


def _against(text: ExportedText) -> Iterator[str]:
    if len(text.products) != 1:
        about = ", ".join(product.id for product in text.products) or "none"
        yield f"{text.piece.id}: a listing is about one product, and this is about {about}: name it in the campaign."
    elif not _numbered(text.products[0]):
        yield f"{text.piece.id}: product '{text.products[0].id}' has no 'sku' in brand_data/brand.yaml."
    for part, most in (
        ("title", TITLE_CHARS), ("description", DESCRIPTION_CHARS),
        *((f"bullet_{n}", POINT_CHARS) for n in range(1, MOST_POINTS + 1)),
    ):  # fmt: skip
        words = text.parts.get(part, "")
        if len(words) > most:
            yield f"{text.piece.id}: '{part}' has {len(words)} characters, and {most} are taken."
        if found := _MARKUP.search(words):
            yield f"{text.piece.id}: '{part}' has “{found[0]}”; markup and addresses are not taken."
    if not text.parts.get("title"):
        yield f"{text.piece.id}: there is no part 'title' (channel {text.piece.spec.channel})."


def _numbered(product: Product) -> bool:
    return bool(product.sku.strip())
