"""Heads signed by a key that is not part of the database, in the format of minisign.

Ed25519 over the BLAKE2b-512 of a file, with a comment that is signed as well: what ``minisign -V`` checks, we check,
and the other way round (https://jedisct1.github.io/minisign/). The secret key is not encrypted: its file is for its
owner alone, on another machine than the database where that can be.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from dataclasses import dataclass
from hashlib import blake2b, sha256
from pathlib import Path

from platformdirs import user_config_path

from inedit.model.errors import WrongInput

KEY_NAME = "ledger-signing.key"

_LEGACY, _PREHASHED = b"Ed", b"ED"
_UNTRUSTED, _TRUSTED = "untrusted comment: ", "trusted comment: "
_NO_KDF, _CHECKSUM = bytes(2), b"B2"
_KEY_BYTES = 158


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What a signature is checked with. ``number`` tells keys apart."""

    number: bytes
    raw: bytes

    @property
    def id(self) -> str:
        """The key's number as minisign shows it."""
        return f"{int.from_bytes(self.number, 'little'):016X}"

    def as_text(self) -> str:
        """The public key's file."""
        packed = base64.b64encode(_LEGACY + self.number + self.raw).decode()
        return f"{_UNTRUSTED}minisign public key {self.id}\n{packed}\n"


@dataclass(frozen=True, slots=True)
class SecretKey:
    """What signs: 32 random bytes."""

    number: bytes
    seed: bytes

    @property
    def public(self) -> PublicKey:
        """Its other half."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415  # heavy

        key = Ed25519PrivateKey.from_private_bytes(self.seed).public_key()
        return PublicKey(self.number, key.public_bytes_raw())

    def signature(self, content: bytes, comment: str, of: str = "the heads of an Inédit ledger") -> str:
        """The file that minisign writes beside what it signs; ``of`` says to people what that is."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415  # heavy

        key = Ed25519PrivateKey.from_private_bytes(self.seed)
        signed = key.sign(blake2b(content).digest())
        whole = key.sign(signed + comment.encode())
        packed = base64.b64encode(_PREHASHED + self.number + signed).decode()
        return (
            f"{_UNTRUSTED}signature of {of}, key {self.public.id}\n{packed}\n"
            f"{_TRUSTED}{comment}\n{base64.b64encode(whole).decode()}\n"
        )

    def as_text(self) -> str:
        """The secret key's file, in minisign's form without a password."""
        both = self.seed + self.public.raw
        checksum = blake2b(_LEGACY + self.number + both, digest_size=32).digest()
        packed = _LEGACY + _NO_KDF + _CHECKSUM + bytes(48) + self.number + both + checksum
        return f"{_UNTRUSTED}minisign secret key {self.public.id}\n{base64.b64encode(packed).decode()}\n"


def signing_key(path: Path) -> tuple[SecretKey, bool]:
    """The key of a file, and whether it was made just now; its public half is put beside it.

    Raises :class:`~.errors.WrongInput` when it cannot be read, or others may read it.
    """
    kept = kept_key(path)
    if kept is not None:
        return kept, False
    try:
        key = SecretKey(secrets.token_bytes(8), secrets.token_bytes(32))
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(key.as_text())
        public_path(path).write_text(key.public.as_text(), encoding="ascii")
    except OSError as error:
        raise WrongInput(f"Cannot use the signing key {path}: {error.strerror}.") from error
    return key, True


def kept_key(path: Path) -> SecretKey | None:
    """The key of a file, None when there is no such file; nothing is made.

    Raises :class:`~.errors.WrongInput` when it cannot be read, or others may read it.
    """
    try:
        if not path.exists():
            return None
        if path.stat().st_mode & 0o077:
            raise WrongInput(f"Others may read the signing key {path}: chmod 600 it, or make a new one.")
        return _secret(path)
    except OSError as error:
        raise WrongInput(f"Cannot use the signing key {path}: {error.strerror}.") from error


def own_key() -> Path:
    """Where the signing key of whoever runs this process lies."""
    return user_config_path("inedit") / KEY_NAME


def public_path(secret: Path) -> Path:
    """Where the public half of a key lies."""
    return secret.with_suffix(".pub")


def _secret(path: Path) -> SecretKey:
    packed = _unpacked(path, path.read_text(encoding="utf-8"), _KEY_BYTES)
    number, both, checksum = packed[54:62], packed[62:126], packed[126:]
    if packed[2:4] != _NO_KDF or checksum != blake2b(_LEGACY + number + both, digest_size=32).digest():
        raise WrongInput(
            f"{path} has a password or is damaged: give a key that 'inedit ledger anchor' has made."
        )
    return SecretKey(number, both[:32])


def public_key(path: Path) -> PublicKey:
    """The public key of a file. Raises :class:`~.errors.WrongInput`."""
    try:
        packed = _unpacked(path, path.read_text(encoding="utf-8"), 42)
    except (OSError, UnicodeDecodeError) as error:
        raise WrongInput(f"Cannot read the public key {path}: {error}.") from error
    return PublicKey(packed[2:10], packed[10:])


def check_signature(signature: str, content: bytes, key: PublicKey, name: str, what: str = "a head") -> str:
    """The signed comment. Raises :class:`~.errors.WrongInput`: another key, another text, another comment."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415  # heavy
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    lines = signature.splitlines()
    if len(lines) < 4 or not lines[2].startswith(_TRUSTED):
        raise WrongInput(f"The signature of {name} is not a signature of minisign's form.")
    packed, comment = _packed(name, lines[1], 74), lines[2].removeprefix(_TRUSTED)
    if packed[2:10] != key.number:
        made = PublicKey(packed[2:10], b"").id
        raise WrongInput(
            f"{name} was signed with the key {made}, and the public key given is {key.id}: give the one that belongs "
            "to it."
        )
    signed = blake2b(content).digest() if packed[:2] == _PREHASHED else content
    own = Ed25519PublicKey.from_public_bytes(key.raw)
    try:
        own.verify(packed[10:], signed)
    except InvalidSignature:
        raise WrongInput(
            f"{name} is not what was signed: {what} was changed, added or taken away since, or the signature was."
        ) from None
    try:
        own.verify(_packed(name, lines[3], 64), packed[10:] + comment.encode())
    except InvalidSignature:
        raise WrongInput(f"The comment in the signature of {name} was changed.") from None
    return comment


def _unpacked(path: Path, text: str, size: int) -> bytes:
    lines = text.splitlines()
    return _packed(str(path), lines[-1] if lines else "", size)


def _packed(name: str, line: str, size: int) -> bytes:
    try:
        packed = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError):
        packed = b""
    if len(packed) != size:
        raise WrongInput(f"{name}: this is not a key or signature of minisign's form.")
    return packed


def timestamp_request(content: bytes) -> bytes:
    """The request by which a time-stamping authority is asked about a text (RFC 3161), as DER: SHA-256, a nonce, and
    the authority's certificate wanted."""
    sha256_id = bytes.fromhex("300d06096086480165030402010500")
    imprint = _der(0x30, sha256_id + _der(0x04, sha256(content).digest()))
    nonce = _der(0x02, b"\1" + secrets.token_bytes(8))  # positive, in its shortest form
    return _der(0x30, _der(0x02, b"\1") + imprint + nonce + _der(0x01, b"\xff"))


def _der(tag: int, content: bytes) -> bytes:
    """A value of fewer than 128 bytes."""
    return bytes((tag, len(content))) + content
