"""How well the language of a few words is told, on fragments of texts that people wrote.

    python bench/checks/fragments.py FOLDER          # FOLDER holds fr.txt, en.txt, de.txt …: one honest text a line

From each sentence runs of 3, 4, 5, 6 and 8 words are cut at random (fixed seed). Each is judged as a passage of a text
in its own language, where it must pass, and in each of the others, where it must be found; with the letters alone and
with the small words too. Words with digits or capitals inside are left out: copy has few.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from inedit.guard import language as check
from inedit.guard.text import sentences, words
from inedit.guard.tongue import KNOWN

SIZES = (3, 4, 5, 6, 8)
MOST = 500  # fragments of a size and language
LETTERS_ALONE = 1e9


def fragments(folder: Path) -> dict[tuple[str, int], list[str]]:
    """Runs of words, by language and size."""
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for language in KNOWN:
        file = folder / f"{language}.txt"
        for text in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
            for run in _plain_sentences(text):
                for size in SIZES:
                    if len(run) >= size and len(found[language, size]) < MOST:
                        start = random.randrange(len(run) - size + 1)
                        found[language, size].append(" ".join(run[start : start + size]))
    return found


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


def main() -> None:
    """Print a line a size: honest fragments flagged and foreign ones found, without and with the small words."""
    random.seed(5)
    found = fragments(Path(sys.argv[1]))
    print(f"{'words':>5}{'fragments':>11}{'letters alone':>22}{'with small words':>22}")
    for size in SIZES:
        with patch.object(check, "SURE_BY_SMALL_WORDS", LETTERS_ALONE):
            texts, honest, foreign = rates(found, size)
        _, honest_now, foreign_now = rates(found, size)
        print(f"{size:>5}{texts:>11}{honest:>12.2%}{foreign:>10.1%}{honest_now:>12.2%}{foreign_now:>10.1%}")


if __name__ == "__main__":
    main()
