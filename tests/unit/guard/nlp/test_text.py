"""Reading a text without losing one's place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inedit.guard.nlp.sentence_ends import _ABBREVIATIONS, _LONGEST_ABBREVIATION
from inedit.guard.nlp.text import (
    LONG_TEXT,
    WORD,
    excerpt,
    fold,
    folded_words,
    plain,
    sentences,
    shared_runs,
    spaced,
    spoken,
    stem,
    words,
    words_in,
)
from inedit.model import Span


@given(st.text(max_size=80))
def test_folding_keeps_every_position(text: str) -> None:
    """A folded text is as long as the original, whatever it contains."""
    assert len(plain(text)) == len(text)
    assert len(fold(text)) == len(text)


def test_folding_removes_accents_case_and_typographic_signs() -> None:
    """Accents, case, typographic apostrophes and no-break spaces do not tell words apart."""
    assert fold("L’ÉTÉ à\u202fCôté, Straße") == "l'ete a cote, strase"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Un drap. Deux draps ! Trois ?", 3),
        ("Bis zum 30. Juni gilt das Angebot. Danach nicht.", 2),
        ("Das ist z. B. Leinen aus Cambrai.", 1),
        ("Odette ist 71. Sie flickt.", 2),
        ("Le n° 1. suit", 1),
        ("Un titre\nUne phrase.", 2),
        ("« Venez. » Elle sourit.", 2),
        ("« Oui ! » dit-elle. Elle rit.", 2),
        ("«\u00a0Oui\u202f!\u00a0» dit-elle", 1),
        ("« Oui ! » Elle rit.", 2),
        ("„Ja!“, sagt sie. Gut.", 2),
        ("«¡Ven!», dice. Vale.", 2),
        ("«Vieni!» dice. Bene.", 2),
        ("Plan B. It works.", 2),
        ("Vitamin C. Enough said.", 2),
        ("Vitamine D. Et le soleil.", 2),
        ("J. K. Rowling wrote it. Yes.", 2),
        ("Mme Dupont, M. Martin et le Dr. Roux. Fin.", 2),
        ("à 10 h. Venez vite.", 2),
        ("Ouvert de 9 h. à 18 h. tous les jours.", 1),
        ("We open at 6 p.m. Come early.", 2),
        ("Am 3. Oktober, ca. 5 km. Weiter.", 2),
        ("Im 2. Stock, das 3. Rad ist gratis. Gut.", 2),
        ("It costs £5. See more.", 2),
        ("Livré en 3 j. Garanti 5 ans.", 2),
        ("El Sr. Pérez vive aquí. ¿Y usted?", 2),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, count: int) -> None:
    """Abbreviations and days of a date do not end a sentence; line breaks do."""
    assert len(sentences(text)) == count


@given(st.text(alphabet="ab .!?\n«»1", max_size=60))
def test_sentences_cover_every_word_once(text: str) -> None:
    """Every word belongs to exactly one sentence."""
    spans = sentences(text)
    for word in words(text):
        assert sum(span.start <= word.start and word.end <= span.end for span in spans) == 1


def test_runs_are_maximal_and_need_the_asked_length() -> None:
    """A shared passage is reported once, whole, and only from the length that was asked for."""
    text = "Elle reprend un drap brodé par sa mère, puis sourit."
    other = "Un drap brodé par sa mère attend."
    assert list(shared_runs(text, other, 4)) == [(2, 8)]
    assert list(shared_runs(text, other, 7)) == []


@given(
    st.lists(st.sampled_from(["le", "la", "drap", "lin", "mer"]), max_size=14).map(" ".join),
    st.lists(st.sampled_from(["le", "la", "drap", "lin", "mer"]), max_size=14).map(" ".join),
    st.integers(min_value=1, max_value=9),
)
def test_a_long_text_shares_what_a_short_one_does(text: str, other: str, shortest: int) -> None:
    """What leads a long text on changes nothing, though it is probed before its runs are listed."""
    long = f"{other} {'zut ' * 300}"
    assert len(long) > LONG_TEXT
    assert list(shared_runs(text, long, shortest)) == list(shared_runs(text, other, shortest))


@given(st.text(alphabet="aéİ \n\r\t.,'-_\u2028", max_size=60))
def test_what_is_spoken_is_every_word_in_a_row_over_all_lines(text: str) -> None:
    assert spoken(text).split() == list(folded_words(text))
    assert "  " not in spoken(text).strip()


def test_inflected_words_share_a_stem() -> None:
    """Plural and conjugated forms fall together in each language."""
    assert stem("reprises", "fr") == stem("reprise", "fr")
    assert stem("Tischdecken", "de") == stem("Tischdecke", "de-CH")
    assert stem("mot", "ja") == "mot"


def test_an_excerpt_stays_on_one_line_and_says_when_it_was_cut() -> None:
    """Line breaks become spaces; a long text ends at a word with an ellipsis."""
    assert excerpt("un\ndeux") == "un deux"
    cut = excerpt("mot " * 50, 20)
    assert len(cut) <= 21
    assert cut.endswith("…")


def test_no_abbreviation_is_as_long_as_a_word_that_ends_a_sentence() -> None:
    assert max(map(len, _ABBREVIATIONS.split())) < _LONGEST_ABBREVIATION


def test_words_of_a_passage_keep_their_places() -> None:
    text = "Un drap. Deux torchons."
    assert [text[w.start : w.end] for w in words_in(text, Span(9, 23))] == ["Deux", "torchons"]


@pytest.mark.parametrize("alphabet", ["aé7_ \n.,'-²½₀º€İ\u0301\u2028字", "ab7_ \t\n.,'-"])
@given(data=st.data())
def test_the_words_are_those_that_the_pattern_finds(alphabet: str, data: st.DataObject) -> None:
    """Whatever stands between the words, each is where the pattern of a word matches, and no other."""
    text = data.draw(st.text(alphabet=alphabet, max_size=60))
    found = list(WORD.finditer(fold(text)))
    assert [(w.start, w.end, w.folded, w.text) for w in words(text)] == [
        (*m.span(), m.group(), text[m.start() : m.end()]) for m in found
    ]
    assert list(folded_words(text)) == [m.group() for m in found]
    assert len(spaced(fold(text))) == len(text)
