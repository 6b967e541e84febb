"""What is made of a word is made once, for each language apart, and begun anew when it is too much."""

from __future__ import annotations

import pytest

from inedit.guard.nlp import per_word
from inedit.guard.nlp.per_word import PerWord
from inedit.guard.nlp.text import stem, stem_of


def test_each_word_is_worked_out_once_a_language() -> None:
    asked: list[tuple[str, str]] = []

    def length(word: str, language: str) -> int:
        asked.append((word, language))
        return len(word)

    lengths = per_word.per_word(length)
    assert [lengths("fr")["drap"], lengths("fr")["drap"], lengths("de")["drap"]] == [4, 4, 4]
    assert asked == [("drap", "fr"), ("drap", "de")]


def test_it_is_begun_anew_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(per_word, "KEPT_WORDS", 2)
    kept = PerWord(str.upper)
    assert [kept[word] for word in ("un", "deux", "trois")] == ["UN", "DEUX", "TROIS"]
    assert list(kept) == ["trois"]


def test_a_stem_is_that_of_the_words_own_language() -> None:
    for language in ("fr", "en", "de", "es", "it"):
        for word in ("nappes", "washing", "Tischdecken", "manteles", "tovaglie"):
            assert stem_of(language)[word] == stem(word, language)
