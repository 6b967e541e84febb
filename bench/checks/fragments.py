"""How well the language of a few words is told, on fragments of texts that people wrote.

    python bench/checks/fragments.py FOLDER          # FOLDER holds fr.txt, en.txt, de.txt …: one honest text a line

From each sentence runs of 3, 4, 5, 6 and 8 words are cut at random (fixed seed). Each is judged as a passage of a text
in its own language, where it must pass, and in each of the others, where it must be found; with the letters alone and
with the small words too. Words with digits or capitals inside are left out: copy has few. Then runs of 4, 5, 6 and 8
words of another language are put into the middle of sentences, where they must be found, and the sentences as they were
written must pass.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from inedit.guard.checks import language as check
from inedit.guard.nlp import identification
from inedit.guard.nlp.language_data import KNOWN
from inedit.guard.nlp.text import sentences, words

SIZES = (3, 4, 5, 6, 8)
MOST = 500  # fragments of a size and language
LETTERS_ALONE = 1e9
INSERTED = (4, 5, 6, 8)
MIXED = 250  # sentences of a language that get a foreign run
HONEST = 900  # sentences of a language that get none


def fragments(folder: Path) -> dict[tuple[str, int], list[str]]:
    """Runs of words, by language and size."""
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for language in KNOWN:
        for text in _lines(folder, language):
            for run in _plain_sentences(text):
                for size in SIZES:
                    if len(run) >= size and len(found[language, size]) < MOST:
                        start = random.randrange(len(run) - size + 1)
                        found[language, size].append(" ".join(run[start : start + size]))
    return found


def _lines(folder: Path, language: str) -> list[str]:
    file = folder / f"{language}.txt"
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def _plain_sentences(text: str) -> Iterator[list[str]]:
    for span in sentences(text):
        listed = [word.text for word in words(span.of(text))]
        if len(listed) >= min(SIZES) and all(w.isalpha() and (w.islower() or w.istitle()) for w in listed):
            yield listed


def rates(found: dict[tuple[str, int], list[str]], size: int) -> tuple[int, float, float]:
    """How many fragments, the share of honest ones flagged, the share of foreign ones found."""
    languages = sorted({language for language, _ in found})
    texts = honest = foreign = 0
    for language in languages:
        for text in found[language, size]:
            texts += 1
            honest += bool(check.foreign(text, language, tuple(languages)))
            others = [other for other in languages if other != language]
            foreign += sum(bool(check.foreign(text, other, tuple(languages))) for other in others)
    return texts, honest / texts, foreign / (texts * (len(languages) - 1))


def mixed(folder: Path) -> tuple[dict[int, float], float]:
    """Share found of runs of another language inside a sentence, by size, and share of honest sentences flagged."""
    written = {
        language: [span.of(text) for text in _lines(folder, language) for span in sentences(text)]
        for language in KNOWN
        if _lines(folder, language)
    }
    languages = tuple(sorted(written))
    plain = {
        code: [s for s in listed if len(list(_plain_sentences(s))) == 1 and 8 <= len(words(s)) <= 25]
        for code, listed in written.items()
    }
    found: dict[int, list[bool]] = defaultdict(list)
    for language in languages:
        for sentence in random.sample(plain[language], min(MIXED, len(plain[language]))):
            size = random.choice(INSERTED)
            source = words(random.choice(plain[random.choice([c for c in languages if c != language])]))
            start = random.randrange(len(source) - size + 1)
            inserted = " ".join(word.text for word in source[start : start + size])
            at = words(sentence)[random.randrange(2, len(words(sentence)) - 1)].start
            spoilt = f"{sentence[:at]}{inserted} {sentence[at:]}"
            found[size].append(_is_mixed(spoilt, language, languages))
    honest = [
        bool(identification.foreign_runs(sentence, language, languages))
        for language in languages
        for sentence in written[language][:HONEST]
    ]
    return {size: sum(hits) / len(hits) for size, hits in sorted(found.items())}, sum(honest) / len(honest)


def _is_mixed(sentence: str, language: str, languages: tuple[str, ...]) -> bool:
    whole = check.foreign(sentence, language, languages)
    return bool(whole or identification.foreign_runs(sentence, language, languages))


def main() -> None:
    """Print a line a size: honest fragments flagged and foreign ones found, without and with the small words."""
    random.seed(5)
    found = fragments(Path(sys.argv[1]))
    print(f"{'words':>5}{'fragments':>11}{'letters alone':>22}{'with small words':>22}")
    for size in SIZES:
        with patch.object(identification, "SURE_BY_SMALL_WORDS", LETTERS_ALONE):
            texts, honest, foreign = rates(found, size)
        _, honest_now, foreign_now = rates(found, size)
        print(f"{size:>5}{texts:>11}{honest:>12.2%}{foreign:>10.1%}{honest_now:>12.2%}{foreign_now:>10.1%}")
    by_size, flagged = mixed(Path(sys.argv[1]))
    shares = ", ".join(f"{size} words {share:.0%}" for size, share in by_size.items())
    print(f"inside a sentence: {shares} found; {flagged:.2%} of honest sentences flagged")


if __name__ == "__main__":
    main()
