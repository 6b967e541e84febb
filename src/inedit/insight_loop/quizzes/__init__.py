"""Quizzes: what readers say of themselves because they want to (zero-party data), and what it changes in the segments.

A quiz of ``brand_data/quizzes/`` becomes a page (:func:`quiz_page`); answers are posted or imported
(:func:`read_responses`) and kept with the consent that was given (:func:`keep_answers`); what enough people of a
segment have declared is proposed (:func:`proposals`), and a person takes it into ``segments.yaml`` (:func:`decide`).
"""

from __future__ import annotations

from inedit.insight_loop.quizzes.answers import (
    Answers,
    checked_answers,
    forget_answers,
    keep_answers,
    read_answers,
    unanswered,
)
from inedit.insight_loop.quizzes.deciding import decide, decided, with_preference
from inedit.insight_loop.quizzes.page import quiz_page, thanks_page
from inedit.insight_loop.quizzes.preferences import Proposal, Tally, proposals, tallies
from inedit.insight_loop.quizzes.responses import Responses, read_responses

__all__ = [
    "Answers",
    "Proposal",
    "Responses",
    "Tally",
    "checked_answers",
    "decide",
    "decided",
    "forget_answers",
    "keep_answers",
    "proposals",
    "quiz_page",
    "read_answers",
    "read_responses",
    "tallies",
    "thanks_page",
    "unanswered",
    "with_preference",
]
