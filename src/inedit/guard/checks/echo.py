"""The model's words are its own: neither recited instructions nor a worked example, also with words exchanged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inedit.guard.context import Context
from inedit.guard.evidence.facts import model_parts, supplied_facts
from inedit.guard.evidence.own_words import RUN_WORDS, runs_in
from inedit.guard.evidence.paraphrase import kept, long_sentences, reworded
from inedit.guard.nlp.language_data import primary, remedy
from inedit.guard.nlp.text import excerpt, run_span, shared_runs, spaced_runs, stems
from inedit.model import Draft, Finding, Severity, Span

ECHO_WORDS = 8
"""Words in a row shared with the instructions, and with no fact, from which the model is reciting them."""

EXAMPLE_WORDS = 6
"""Words in a row shared with the worked example from which the model is copying it."""


def no_echo(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """The model's words are its own: neither the instructions nor a worked example, facts excepted."""
    language = draft.spec.language
    facts = [f.text for f in supplied_facts(draft, context) if primary(f.language) == primary(language)]
    examples = _examples(context, language)
    # what an assistant said in the prompt is a worked example, which is compared above
    told = [m.content for m in context.prompt.messages[:-1] if m.role != "assistant"]
    brief = [m.content for m in context.prompt.messages[-1:] if m.role != "assistant"]
    mentions = context.brand.mentions(context.campaign, draft.spec.channel, language)
    findings: list[Finding] = []
    for part_id, text, start in model_parts(draft, context):
        own = text
        for mention in mentions:  # an example says its own in the same place
            own = own.replace(mention, " " * len(mention))
        said = frozenset(spaced_runs(own, RUN_WORDS))
        # what every variant of a sheet is given shares few runs with a text: its runs are made once
        sources = (
            *((each, "example") for each in (examples,) if not said.isdisjoint(runs_in((each,)))),
            *((each, "echo") for each in told if not said.isdisjoint(runs_in((each,)))),
            *((each, "echo") for each in brief),
        )
        for span, key, what in _echoes(own, sources, examples, facts, language):
            location = Span(span.start + start, span.end + start)
            if any(f.span and f.span.start < location.end and location.start < f.span.end for f in findings):
                continue
            written = excerpt(span.of(text))
            findings.append(
                Finding(
                    "echo",
                    Severity.BLOCK,
                    f"“{written}” is {what}.",
                    location,
                    remedy=remedy(language, key),
                    part=part_id,
                )
            )
    return tuple(findings)


def _examples(context: Context, language: str) -> str:
    """What the sheet's examples in the language show of the parts that the model words."""
    worded = {part.id for part in context.sheet.parts if part.source == "model"}
    return "\n".join(
        text
        for example in context.sheet.examples
        if primary(example.language) == primary(language)
        for part_id, text in example.parts.items()
        if part_id in worded
    )


def _echoes(
    text: str, sources: Sequence[tuple[str, str]], examples: str, facts: Sequence[str], language: str
) -> Iterator[tuple[Span, str, str]]:
    """``(span, key of the remedy, what it is)`` of each passage that is not the model's own; ``sources`` are texts that
    it may be of, each with the key."""
    for source, key in sources:
        shortest, what = _OF_SOURCE[key]
        for run in shared_runs(text, source, shortest):
            if not any(_inside(run, fact) for fact in shared_runs(text, "\n".join(facts), 4)):
                yield run_span(text, run), key, what
    for span, share in reworded(text, examples, language):
        # an example may be near to a fact of ours: then it is the fact that is told
        of_facts = (each for fact in facts for each in long_sentences(fact, language))
        if share > max((kept(stems(span.of(text), language), each) for each in of_facts), default=0.0):
            yield span, "example", "a worked example with words exchanged"


_OF_SOURCE = {
    "example": (EXAMPLE_WORDS, "copied from a worked example"),
    "echo": (ECHO_WORDS, "recited from the instructions"),
}
"""From how many words in a row a passage is one of a source's, and what it is then, by the key of its remedy."""


def _inside(run: tuple[int, int], fact: tuple[int, int]) -> bool:
    """Whether a run is a fact's own words, give or take the two that lead in or out of it."""
    covered = min(run[1], fact[1]) - max(run[0], fact[0])
    return run[1] - run[0] - covered <= 2
