"""The proof of origin: what is known of each text of a file, beside it, signed; and whether the file still says so.

Beside ``FILE`` stand ``FILE.provenance.json`` (canonical JSON) and its signature ``FILE.provenance.json.minisig``, an
Ed25519 one in minisign's format, by the key that signs the ledger's heads (:mod:`inedit.ledger.audit.signatures`).
The digital source types are IPTC's (https://cv.iptc.org/newscodes/digitalsourcetype/, read in November 2026).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from inedit.archive.attempts import PaidAnswer, read_attempts
from inedit.brand.schema import Brand, Claim, Insight
from inedit.exchange.exported import ExportedText
from inedit.exchange.reading_back import FoundText, texts_in
from inedit.generation.weights import catalogue
from inedit.ledger.audit.anchors import signature_path
from inedit.ledger.audit.signatures import PublicKey, SecretKey, check_signature
from inedit.ledger.journal.human_reviews import ai_share
from inedit.model.errors import WrongInput
from inedit.pipeline.editing import sheet_of
from inedit.pipeline.stale import prompt_digest
from inedit.prompting import Templates
from inedit.store import Store, canonical_json, utc_text

_IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"
BY_MODEL = f"{_IPTC}trainedAlgorithmicMedia"
"""A model wrote it."""
BY_BOTH = f"{_IPTC}compositeWithTrainedAlgorithmicMedia"
"""A model wrote it, and people have put words of their own into it."""

VERSION = 1
_MARKS = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200c\u200e-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0d\ufeff\uffa0\U000e0000-\U000e0fff]"
)
"""Characters that nobody sees, in which marks are hidden: those of C2PA's manifests in plain text (variation
selectors) among them. Joiners and presentation of emoji are none."""


class RecordStatus(StrEnum):
    """What a record says of a text in a file."""

    TRUE = "true"
    CHANGED = "changed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verified:
    """One text of a file; ``record`` is what was signed of it, None for one that is not in the record."""

    piece_id: str
    status: RecordStatus
    record: Mapping[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return {"piece_id": self.piece_id, "standing": self.status.value, "record": self.record}


def record_path(file: Path) -> Path:
    """Where the record of a file lies."""
    return file.with_name(f"{file.name}.provenance.json")


def provenance_of(
    content: bytes, format_: str, texts: Iterable[ExportedText], store: Store, brand: Brand,
    templates: Mapping[str, Templates], at: datetime,
) -> bytes:  # fmt: skip
    """The record of a file that holds these texts, as canonical JSON."""
    record = {
        "version": VERSION,
        "written_at": utc_text(at),
        "format": format_,
        "sha256": hashlib.sha256(content).hexdigest(),
        "pieces": [_record(text, store, brand, templates, at.date()) for text in texts],
    }
    return canonical_json(record).encode()


def signed(record: bytes, name: str, key: SecretKey, at: datetime) -> str:
    """The signature of a record, as it is written beside it."""
    return key.signature(record, f"provenance of {name}, {utc_text(at)}", "an Inédit record of provenance")


def with_record(
    file: Path, content: bytes, format_: str, texts: Iterable[ExportedText], store: Store, brand: Brand,
    templates: Mapping[str, Templates], at: datetime, key: Callable[[], SecretKey],
) -> dict[Path, bytes]:  # fmt: skip
    """What is written of a file, by where it lies: the file, its record, and the record's signature. The key is asked
    for when there is something to sign."""
    record = provenance_of(content, format_, texts, store, brand, templates, at)
    record_file = record_path(file)
    signature = signed(record, file.name, key(), at)
    return {file: content, record_file: record, signature_path(record_file): signature.encode()}


def verify_file(file: Path, key: PublicKey) -> tuple[Verified, ...]:
    """What the signed record beside a file says of each of its texts.

    Raises :class:`~.errors.WrongInput` when there is no record, or it is not what was signed with the key.
    """
    record_file = record_path(file)
    try:
        content = file.read_bytes()
        record = record_file.read_bytes()
        signature = signature_path(record_file).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise WrongInput(
            f"There is no {error.filename}: nothing is known of where {file.name} comes from."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise WrongInput(f"Cannot read {file} and its record: {error}.") from error
    check_signature(signature, record, key, record_file.name, "a record")
    signed_record = json.loads(record)
    if signed_record.get("version") != VERSION:
        raise WrongInput(f"{record_file.name} was written by another version of Inédit.")
    known: dict[str, Mapping[str, Any]] = {piece["piece_id"]: piece for piece in signed_record["pieces"]}
    if hashlib.sha256(content).hexdigest() == signed_record["sha256"]:
        return tuple(Verified(id, RecordStatus.TRUE, piece) for id, piece in known.items())
    found = texts_in(content, str(signed_record["format"]), file.name)
    if found is None:
        return tuple(Verified(id, RecordStatus.CHANGED, piece) for id, piece in known.items())
    twice = {id for id, count in Counter(text.piece_id for text in found).items() if count > 1}
    return tuple(
        Verified(text.piece_id, _status_of(text, known.get(text.piece_id), twice), known.get(text.piece_id))
        for text in found
    )


def _status_of(text: FoundText, record: Mapping[str, Any] | None, twice: set[str]) -> RecordStatus:
    if record is None:
        return RecordStatus.UNKNOWN
    signed_parts = [(part["id"], part["sha256"]) for part in record["parts"]]
    found_parts = [(id, digest_of(words)) for id, words in text.parts if words.strip()]
    if text.names_parts:
        same = dict(found_parts) == dict(signed_parts) and len(found_parts) == len(signed_parts)
    else:
        same = [digest for _, digest in found_parts] == [digest for _, digest in signed_parts]
    return RecordStatus.TRUE if same and text.piece_id not in twice else RecordStatus.CHANGED


def digest_of(text: str) -> str:
    """SHA-256 of a part's words, whatever ends its lines and stands around them, in hexadecimal digits."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")
    return hashlib.sha256("\n".join(line.rstrip() for line in lines).encode()).hexdigest()


def hidden_marks(raw: str) -> dict[str, int]:
    """Characters of an answer that nobody sees, by code point, with how often each stands there."""
    return dict(Counter(f"U+{ord(sign):04X}" for sign in _MARKS.findall(raw)))


def _record(
    text: ExportedText, store: Store, brand: Brand, templates: Mapping[str, Templates], today: date
) -> dict[str, Any]:
    piece, spec = text.piece, text.piece.spec
    answers = read_attempts(store, spec.campaign_id, spec.key, piece.revision_number)
    edits = [revision for revision in text.revisions if revision.written_by]
    own: Sequence[PaidAnswer] = [one for one in answers if one.attempt == piece.attempts] or answers
    return {
        **text.record(),
        "parts": [{"id": id, "sha256": digest_of(words)} for id, words in text.parts.items()],
        "digital_source_type": BY_BOTH if edits else BY_MODEL,
        "ai_share": str(ai_share(piece)),
        "model": _models(own),
        "hidden_marks": {name: count for one in own for name, count in hidden_marks(one.raw).items()},
        "prompt": _prompt(text, brand, templates, today),
        "insights": {id: _sha(brand.insights[id]) for id in spec.insight_ids if id in brand.insights},
        "claims": {id: _sha(brand.claims[id]) for id in spec.claim_ids if id in brand.claims},
        "verdict": piece.verdict.decision.value,
        "findings": [
            {"check": one.check, "severity": one.severity.value, "message": one.message}
            for one in piece.verdict.findings
        ],
        "receipts": sorted({f"{one.kind} {one.source_id} by {one.how}" for one in piece.verdict.receipts}),
        "edits": [{"by": one.written_by, "at": one.written_at, "reason": one.reason} for one in edits],
        "reviews": [{**review.as_json(), "seconds": review.seconds} for review in text.reviews],
    }  # fmt: skip


def _models(answers: Sequence[PaidAnswer]) -> list[dict[str, str | None]]:
    """The models that wrote the text, with the digest of their weights where we run them ourselves."""
    digests = {weights.name: weights.sha256 for weights in catalogue()}
    names = sorted({answer.usage.model for answer in answers})
    return [{"name": name, "weights_sha256": digests.get(name)} for name in names]


def _prompt(
    text: ExportedText, brand: Brand, templates: Mapping[str, Templates], today: date
) -> dict[str, str | bool | None]:
    """What was asked: the digest of the first prompt as it was, whether templates and brand data say the same today,
    and the template's digest as it is today."""
    piece, spec = text.piece, text.piece.spec
    campaign, sheet = brand.campaigns.get(spec.campaign_id), sheet_of(piece, templates)
    kind = next((one for one in templates.values() if sheet and one.sheets.get(spec.channel) is sheet), None)
    now = prompt_digest(kind, brand, campaign, spec, today) if kind and campaign else None
    return {
        "sha256": piece.prompt_sha or None,
        "same_today": now == piece.prompt_sha if piece.prompt_sha else None,
        "template": kind.template_id(spec.channel) if kind else None,
        "template_sha256": kind.sha(spec.channel, spec.language) if kind else None,
    }


def _sha(source: Insight | Claim) -> str:
    """The digest of an insight or claim as the brand has it today."""
    return hashlib.sha256(canonical_json(source.model_dump(mode="json")).encode()).hexdigest()
