"""Where generic texts stand: a place for each answer of a model to a prompt."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from inedit.model import Prompt


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a baseline stands: the digest of its prompt, the model that is asked, and its number from 0."""

    prompt_sha: str
    model: str
    number: int

    @classmethod
    def of(cls, prompt: Prompt, model: str, number: int) -> Slot:
        """The place of the ``number``-th answer of a model to a prompt."""
        return cls(hashlib.sha256(prompt.text.encode()).hexdigest(), model, number)

    @property
    def name(self) -> str:
        """The place as it is leased."""
        return f"baseline {self.prompt_sha} {self.model} {self.number}"
