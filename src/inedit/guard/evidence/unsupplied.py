"""What a text names and nothing supplied does: materials, means, things of ours, and names of people in German."""

from __future__ import annotations

from collections.abc import Iterator

from inedit.brand.schema import Brand
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.german_names import german_names
from inedit.guard.evidence.index import Evidence
from inedit.guard.evidence.materials import unsupplied_materials
from inedit.guard.evidence.means import unsupplied_means
from inedit.guard.evidence.possessions import unsupplied_possessions
from inedit.guard.nlp.language_data import primary
from inedit.model import Span


def unsupplied(
    text: str, language: str, facts: tuple[Fact, ...], known: Evidence, brand: Brand
) -> Iterator[tuple[Span, str, bool]]:
    """Where such a thing stands, what it is, and whether whoever has it would have said so."""
    for span in unsupplied_materials(text, language, facts, known):
        yield span, "a material that no supplied fact gives", False
    if primary(language) == "de":
        for span in german_names(text, facts, known):
            yield span, "a name that no supplied fact gives", False
    for span, sure in unsupplied_possessions(text, language, facts, known, brand):
        yield span, "a thing of ours that no supplied fact names", sure
    for span in unsupplied_means(text, language, facts, known, brand):
        yield span, "a means that no supplied fact names", False
