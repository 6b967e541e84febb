"""Files that a platform would refuse are not written, and everything against them is told at once."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence

from inedit.exchange.exported import ExportedText
from inedit.model.errors import WrongInput

SHOWN_REASONS = 10

_MOMENT = (1980, 1, 1, 0, 0, 0)  # the same texts make the same archive


def refuse(platform: str, reasons: Sequence[str]) -> None:
    """Raises :class:`~.errors.WrongInput` with the first reasons, if there are any."""
    if reasons:
        more = len(reasons) - SHOWN_REASONS
        shown = [*reasons[:SHOWN_REASONS], *([f"… and {more} more."] if more > 0 else [])]
        raise WrongInput(f"{platform} would refuse this file:\n" + "\n".join(f"- {one}" for one in shown))


def not_ended(texts: Iterable[ExportedText]) -> list[str]:
    """Why texts may not be published any more: each offer that has ended, once."""
    return list(dict.fromkeys(text.offer_ended for text in texts if text.offer_ended))


def still_offered(texts: Iterable[ExportedText]) -> None:
    """Raises :class:`~.errors.WrongInput` when the offer of one of the texts has ended."""
    if ended := not_ended(texts):
        raise WrongInput(" ".join(ended) + " Change the campaign, or choose other texts.")


def only(texts: Sequence[ExportedText], what: str, archive: str) -> ExportedText:
    """The one text. Raises :class:`~.errors.WrongInput` for several; ``archive`` is the format that takes all."""
    if len(texts) != 1:
        raise WrongInput(
            f"{what} holds one text, and {len(texts)} were chosen: name one with --piece, or write them all into "
            f"one archive: --format {archive}."
        )
    return texts[0]


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP file, the same for the same files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), content)
    return stream.getvalue()
