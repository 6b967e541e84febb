"""The words of a language: every form that its dictionaries know, with what each can be.

A reading is a letter for the kind of word (``N`` noun, ``A`` adjective, ``K`` participle, ``V`` finite verb, ``I``
infinitive, ``G`` gerund, ``X`` other) and its agreement: ``Nfs`` is a feminine noun in the singular, ``Vi3p`` a verb in
the third person plural. Sources and licences: docs/guard/language_quality.md. The data are read when a language is
first asked for, some 30 ms each; a look-up takes about a microsecond and is remembered.
"""

from __future__ import annotations

import gzip
import sys
from array import array
from dataclasses import dataclass
from functools import cache
from importlib import resources

import marisa_trie

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The forms of a language. Letter case and accents count; an apostrophe is straight."""

    forms: marisa_trie.Trie
    classes: tuple[frozenset[str], ...]
    class_of: array[int]

    def __contains__(self, form: str) -> bool:
        return form in self.forms

    def readings(self, form: str) -> frozenset[str]:
        """What a form can be; nothing for a form that is not listed."""
        key = self.forms.get(form)
        return NOTHING if key is None else self.classes[self.class_of[key]]


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language that has one (:data:`inedit.guard.nlp.language_data.KNOWN`)."""
    folder = resources.files("inedit.guard.nlp").joinpath("data", "lexicon")
    forms = marisa_trie.Trie()
    forms.frombytes(folder.joinpath(f"{language}.marisa").read_bytes())
    head, _, numbers = gzip.decompress(folder.joinpath(f"{language}.readings.gz").read_bytes()).partition(
        b"\0"
    )
    class_of = array("H")
    class_of.frombytes(numbers)
    if sys.byteorder == "big":
        class_of.byteswap()
    return Lexicon(forms, tuple(frozenset(line.split()) for line in head.decode().split("\n")), class_of)
