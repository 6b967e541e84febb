"""From answers to what the readers of a segment declare. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from inedit.brand.quiz import Attribute, Quiz
from inedit.brand.schema import Segment
from inedit.insight_loop.quizzes.answers import Answers


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people gave an answer, in all and by the segment that they declared."""

    question: str
    option: str
    people: int
    by_segment: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entry for one list of a segment: ``people`` of ``asked`` of its readers declare it. ``id`` is stable."""

    id: str
    segment: str
    attribute: Attribute
    text: Mapping[str, str]
    people: int
    asked: int

    @property
    def share(self) -> float:
        """Of the segment's people who answered, 0 to 1."""
        return self.people / self.asked if self.asked else 0.0


def segments_of(quiz: Quiz, answers: Answers) -> frozenset[str]:
    """The segments that somebody's answers declare; usually one."""
    return frozenset(
        option.segment
        for question in quiz.questions
        for option in question.options
        if option.segment and option.id in answers.chosen.get(question.id, ())
    )


def tallies(quiz: Quiz, answers: Iterable[Answers]) -> tuple[Tally, ...]:
    """Every answer of the quiz with its count, in the quiz's order."""
    people: Counter[tuple[str, str]] = Counter()
    by_segment: Counter[tuple[str, str, str]] = Counter()
    for one in answers:
        segments = segments_of(quiz, one)
        for question, options in one.chosen.items():
            for option in options:
                people[question, option] += 1
                by_segment.update((question, option, segment) for segment in segments)
    return tuple(
        Tally(
            question.id, option.id, people[question.id, option.id],
            {s: n for (q, o, s), n in sorted(by_segment.items()) if (q, o) == (question.id, option.id)},
        )
        for question in quiz.questions
        for option in question.options
    )  # fmt: skip


def proposals(
    quiz: Quiz, answers: Iterable[Answers], segments: Mapping[str, Segment]
) -> tuple[Proposal, ...]:
    """What enough people of a segment declare and the segment does not say yet, the most frequent first.

    Enough is the quiz's ``least_people`` and ``least_share`` both: nothing is made of what a few have said.
    """
    listed = tuple(answers)
    asked = Counter(segment for one in listed for segment in segments_of(quiz, one))
    found = [
        one
        for one in _declared(quiz, tallies(quiz, listed), asked)
        if one.segment in segments
        and one.people >= quiz.least_people
        and one.share >= quiz.least_share
        and not _is_declared(one, segments[one.segment])
    ]
    return tuple(sorted(found, key=lambda one: (-one.share, one.id)))


def _declared(quiz: Quiz, counted: Iterable[Tally], asked: Mapping[str, int]) -> Iterator[Proposal]:
    options = {(q.id, o.id): o for q in quiz.questions for o in q.options}
    for tally in counted:
        declares = options[tally.question, tally.option].declares
        for segment, people in tally.by_segment.items() if declares else ():
            assert declares is not None  # noqa: S101  a type checker cannot see it in the line above
            id = f"{segment}.{tally.question}.{tally.option}"
            yield Proposal(id, segment, declares.attribute, declares.text, people, asked[segment])


def _is_declared(proposal: Proposal, segment: Segment) -> bool:
    """Whether the segment says it already, in every language of the proposal."""
    lists: Mapping[str, tuple[str, ...]] = getattr(segment, proposal.attribute)
    return all(text in lists.get(tag, ()) for tag, text in proposal.text.items())
