"""What each scope knows of the texts that nobody must copy, made when it is first asked for."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from inedit.archive.block_files import folder_of
from inedit.archive.known_texts import KnownTexts, Scope
from inedit.archive.neighbours import Vector
from inedit.archive.supplied_texts import brand_texts, scope_of
from inedit.brand.schema import Brand
from inedit.store import Store


def _doors() -> defaultdict[tuple[str, str], threading.Lock]:
    return defaultdict(threading.Lock)


@dataclass(slots=True)
class Scopes:
    """The known texts of a brand by language and digest of the encoder, and a door to each.

    What is read of the archive is kept below ``folder``, where there is one.
    """

    store: Store
    brand: Brand
    encode: Callable[[Sequence[str]], Vector] | None = None
    folder: Path | None = None
    _known: dict[tuple[str, str], KnownTexts] = field(default_factory=dict, init=False)
    _references: dict[str, Vector] = field(default_factory=dict, init=False)  # by digest of the encoder
    _doors: defaultdict[tuple[str, str], threading.Lock] = field(default_factory=_doors, init=False)

    def door(self, language: str, digest: str) -> threading.Lock:
        """What the drafts of one scope queue for in this process, while those of other scopes pass."""
        return self._doors[language, digest]

    def of(self, language: str, digest: str) -> KnownTexts:
        """The texts of a scope; who asks holds its door, and for the first time no transaction."""
        key = (language, digest)
        if key not in self._known:
            scope = self._scope(language, digest)
            folder = self.folder and folder_of(self.folder / "texts", self.store.address, scope.digest)
            self._known[key] = KnownTexts(self.store, scope, folder)
        return self._known[key]

    def kept(self, language: str, digest: str) -> KnownTexts:
        """The same, with much of what it has read in files: read from there when another process was faster."""
        if not self.of(language, digest).keep():
            self.forget(language, digest)
        return self.of(language, digest)

    def forget(self, language: str, digest: str) -> None:
        """Read everything again when it is next asked for."""
        self._known.pop((language, digest), None)

    def reference_vectors(self, digest: str) -> Vector | None:
        """The vectors of all protected texts by one encoder, shape (texts, d); None without any, or without it."""
        if self.encode is None or not self.brand.references:
            return None
        if digest not in self._references:
            self._references[digest] = self.encode([reference.text for reference in self.brand.references])
        return self._references[digest]

    def _scope(self, language: str, digest: str) -> Scope:
        protected = tuple(self.brand.references_in(language))
        vectors = self.reference_vectors(digest)
        positions = [
            position for position, reference in enumerate(self.brand.references) if reference in protected
        ]
        return Scope(
            scope_of(self.brand, language),
            language,
            brand_texts(self.brand, language),
            protected,
            None if vectors is None else vectors[positions],
        )
