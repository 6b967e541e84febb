"""The forms of verbs that speak to a reader, and where such a form is read as a command.

``tests/golden/commands.<language>.txt`` has, behind ``=``, infinitives with their forms by kind, and words that are
put into frames: each frame is followed by the words that command there, by the way in which they speak to the reader
(``?`` where they may do something else). Words of every kind and frames of every rule; nobody has said that each is
read rightly. A frame, a verb or a word may be added; what is read of it comes with the next writing.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from conftest import ROOT
from inedit.guard.nlp.imperatives import spoken_to
from inedit.guard.nlp.verb_forms import _LANGUAGES, verbs

FILES = {tag: ROOT / "tests" / "golden" / f"commands.{tag}.txt" for tag in _LANGUAGES}


def forms_of(verb: str, language: str) -> str:
    """The forms of a verb by their kind, each once, in the order in which they are made."""
    by_kind: dict[str, dict[str, None]] = {}
    for form, kind in _LANGUAGES[language](verb):
        by_kind.setdefault(kind, {})[form] = None
    return "; ".join(f"{kind} {', '.join(forms)}" for kind, forms in by_kind.items())


def commands_in(frame: str, words: list[str], language: str) -> str:
    """Of some words, those that speak to the reader in a frame, by the way; other words that do stand in brackets."""
    by_way: dict[str, list[str]] = {}
    for word in words:
        text = frame.replace("{}", word).replace("{C}", word.capitalize())
        for address in spoken_to(text, language):
            written = address.span.of(text)
            own = written.lower().startswith(word)
            way = address.way + ("" if address.sure else "?")
            by_way.setdefault(way, []).append(word if own else f"{word} ({written})")
    return "; ".join(f"{way}: {', '.join(listed)}" for way, listed in sorted(by_way.items())) or "nothing"


def readings(language: str) -> Iterator[str]:
    """The file, line by line, with what is read today."""
    words: list[str] = []
    for line in FILES[language].read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            verb = line[2:].partition(":")[0]
            yield f"= {verb}: {forms_of(verb, language)}"
        elif line.startswith("words: "):
            words = line.removeprefix("words: ").split()
            yield line
        elif not line.startswith(" "):
            yield line
            yield f"  {commands_in(line, words, language)}"


@pytest.mark.parametrize("language", FILES)
def test_verbs_and_commands_are_read_as_they_were(language: str) -> None:
    """Each form of each verb; each word in each frame."""
    held = FILES[language].read_text(encoding="utf-8").splitlines()
    assert len(held) > 100
    assert list(readings(language)) == held


def test_a_language_without_a_table_has_no_verbs() -> None:
    """Nothing is read as a command, and nothing fails."""
    assert verbs("en").kinds == {}
    assert verbs("en").of("come") == frozenset()
    assert list(spoken_to("Come in.", "en")) == []


if __name__ == "__main__":
    # after a change that is meant, PYTHONPATH=src:tests python THIS_FILE writes them anew
    for tag, path in FILES.items():
        path.write_text("\n".join(list(readings(tag))) + "\n", encoding="utf-8")
