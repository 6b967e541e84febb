"""Pseudonyms: HMAC-SHA-256 under a key that lives in a file of its own, outside the store and outside the project."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import stat
from pathlib import Path

from platformdirs import user_config_path
from sqlalchemy import func, select

from inedit.model.errors import StoreError
from inedit.store import Store
from inedit.store.tables import verbatims

KEY_BYTES = 32
HEX_DIGITS = 32
"""Of each pseudonym: 128 bits, so that two people never share one."""

KEY_VARIABLE = "INEDIT_FIELD_KEY"
"""Environment variable that names the key's file."""

UNKNOWN = "unknown"
"""The one author of all that is said by nobody in particular: «[deleted]», or a table without authors."""


def key_file(project_root: Path) -> Path:
    """Where the key of a project lies: what ``INEDIT_FIELD_KEY`` names, else the user's configuration folder."""
    if named := os.environ.get(KEY_VARIABLE, ""):
        return Path(named).expanduser()
    project = hashlib.sha256(str(project_root.resolve()).encode()).hexdigest()[:16]
    return user_config_path("inedit") / "field-keys" / f"{project}.key"


def load_key(file: Path, store: Store) -> bytes:
    """The key; made on first use, readable by its owner alone.

    Raises :class:`~.errors.StoreError` when the key is lost (the store has verbatims under it), cannot be read,
    or others can read it.
    """
    try:
        written = file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return _make(file, store)
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"Cannot read the key of the pseudonyms, {file}: {error}.") from error
    if os.name == "posix" and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise StoreError(f"Others can read the key of the pseudonyms. Run: chmod 600 '{file}'")
    if not re.fullmatch(rf"[0-9a-f]{{{2 * KEY_BYTES}}}", written):
        raise StoreError(f"{file} is not a key of pseudonyms: restore it from where you keep a copy.")
    return bytes.fromhex(written)


def _make(file: Path, store: Store) -> bytes:
    with store.read() as connection:
        stored = connection.execute(select(func.count()).select_from(verbatims)).scalar_one()
    if stored:
        raise StoreError(
            f"The key of the pseudonyms is lost: {file} does not exist, and the store has {stored:,} verbatims under "
            f"it. Restore the file, or name it in {KEY_VARIABLE}. With another key the same person would count twice "
            "and could not be forgotten. If it is gone for good: 'inedit field prune --everything' empties the field."
        )
    key = secrets.token_bytes(KEY_BYTES)
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(
            os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii"
        ) as stream:
            stream.write(key.hex() + "\n")
    except FileExistsError:  # another import was faster
        return load_key(file, store)
    except OSError as error:
        raise StoreError(f"Cannot write the key of the pseudonyms, {file}: {error.strerror}.") from error
    return key


def pseudonym(key: bytes, *parts: str) -> str:
    """The pseudonym of what the parts name together, such as a platform and an account."""
    message = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hmac.digest(key, message, "sha256").hex()[:HEX_DIGITS]


def alias(key: bytes, name: str) -> str:
    """The hash by which an author is found again under a name, a handle or an id, however it is written."""
    return pseudonym(key, "alias", normalised(name))


def normalised(name: str) -> str:
    """A handle as it is compared: without ``@`` or ``u/``, in small letters."""
    return re.sub(r"^(?:@|/?u/)", "", name.strip()).casefold()
