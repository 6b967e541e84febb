"""Which promises a text makes, by its words: free, guaranteed, delivered, reduced, certified …"""

from __future__ import annotations

from functools import lru_cache

from inedit.guard.nlp.language_data import language_profile
from inedit.guard.nlp.text import fold, plain
from inedit.model import Span


@lru_cache(maxsize=4096)
def promises(text: str, language: str, *, denied: bool = False) -> tuple[tuple[str, Span], ...]:
    """``(kind, span)`` of each promise of a text; « pas de remise » is none, unless the ``denied`` are wanted too."""
    data = language_profile(language)
    rest = plain(text)
    for aside in data.promise_asides:
        rest = aside.sub(lambda match: "~" * len(match.group()), rest)
    found = []
    for kind, pattern in data.promises:
        for match in pattern.finditer(rest):
            refused = not denied and data.negation and data.negation.search(fold(text[: match.start()]))
            if "~" in match.group() or refused:
                continue
            found.append((kind, Span(match.start(), match.end())))
            rest = rest[: match.start()] + "~" * (match.end() - match.start()) + rest[match.end() :]
    return tuple(sorted(found, key=lambda entry: entry[1]))
