"""Files of heads, one a line after the moment at which it was written, and their signatures beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from inedit.ledger.audit.signatures import PublicKey, SecretKey, check_signature
from inedit.ledger.journal.chain import Head, read_heads
from inedit.model.errors import WrongInput


@dataclass(frozen=True, slots=True)
class Anchors:
    """Heads that were kept outside, and what their signature says; ``signed`` is empty without one."""

    heads: tuple[Head, ...]
    signed: str = ""


def signature_path(path: Path) -> Path:
    """Where the signature of a file of heads lies, as minisign has it."""
    return path.with_name(f"{path.name}.minisig")


def add_head(path: Path, head: Head, moment: datetime, key: SecretKey | None = None) -> None:
    """Add a head to a file, and sign the whole of it when a key is given.

    What is there must be as this key has signed it: nobody else's head is signed along. Raises
    :class:`~.errors.WrongInput`.
    """
    written = f"{moment:%Y-%m-%dT%H:%M:%SZ}"
    try:
        before = path.read_bytes() if path.exists() else b""
        beside = signature_path(path)
        if key is not None and before and beside.exists():
            check_signature(beside.read_text(encoding="utf-8"), before, key.public, str(path))
        with path.open("ab") as file:
            file.write(f"{written} {head}\n".encode())
        if key is not None:
            comment = f"timestamp:{written} head:{head}"
            beside.write_text(key.signature(path.read_bytes(), comment), encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongInput(f"Cannot write {path}: {error}.") from error


def read_anchors(path: Path, key: PublicKey | None = None) -> Anchors:
    """The heads of a file; with a public key, as they were signed. Raises :class:`~.errors.WrongInput`."""
    try:
        content = path.read_bytes()
        heads = tuple(read_heads(content.decode("utf-8")))
        if key is None:
            return Anchors(heads)
        signature = signature_path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongInput(f"Cannot read {path}: {error}.") from error
    return Anchors(heads, check_signature(signature, content, key, str(path)))
