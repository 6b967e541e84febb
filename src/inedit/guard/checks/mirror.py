"""The mirror check: is this what anybody would get from the model without the brand's data?

A draft that stands as near to a generic text as generic texts stand to one another is one of them, whatever words it is
made of; and a draft that shares their sentences copies them (:mod:`inedit.guard.similarity.generic`).
"""

from __future__ import annotations

from inedit.guard.context import Context
from inedit.guard.nlp.language_data import remedy
from inedit.guard.nlp.text import excerpt
from inedit.guard.similarity import compare
from inedit.guard.similarity.generic import GenericTexts, Reflection
from inedit.model import Draft, Finding, Match, Severity

MIRROR = "mirror"
"""Signal of a match with a generic text by meaning; also the name of the check and the prefix of their ids."""


def not_generic(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """A blocking finding when the draft is what anybody would get, by its words or by its meaning.

    Nothing is found where no generic texts were supplied (:attr:`inedit.guard.context.Nearness.generic`).
    """
    near = context.nearness
    if near.generic is None or near.reflection is None:
        return ()
    match = _match(draft, near.reflection, near.generic, near.common)
    if match is None:
        return ()
    theirs = " … ".join(excerpt(sentence) for _, sentence, _ in near.reflection.echoes)
    short = "mirror" if near.unused_insight else "mirror_bare"
    key = short if context.prompt.style == "small" else "mirror_full"
    return (
        Finding(
            MIRROR,
            Severity.BLOCK,
            f"Anybody would get this without our data (mirror distance {near.reflection.distance:.2f}): “{theirs}”",
            near.reflection.echoes[0][0] if near.reflection.echoes else None,
            (match,),
            remedy=remedy(draft.spec.language, key, text=theirs, fact=excerpt(near.unused_insight, 200)),
        ),
    )


def _match(
    draft: Draft, reflection: Reflection, generic: GenericTexts, common: tuple[str, ...]
) -> Match | None:
    """The generic text that the draft is a copy of, by its words, else by its meaning."""
    language = draft.spec.language
    compared = (
        compare(draft.text, text, language=language, common=common, copies_only=True)
        for text in generic.texts
    )
    copied = [(number, found) for number, found in enumerate(compared) if found.copy]
    if copied:
        number, found = max(copied, key=lambda pair: (pair[1].score, -pair[0]))
        return Match(
            f"{MIRROR}:{number + 1}", found.signal, found.score, found.spans_a, generic.texts[number]
        )
    score = 1.0 - reflection.distance
    if score < generic.reach:
        return None
    spans = tuple(span for span, _, _ in reflection.echoes)
    number = reflection.nearest
    return Match(f"{MIRROR}:{number + 1}", MIRROR, score, spans, generic.texts[number])
