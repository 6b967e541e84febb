"""Where an answer is kept, and that a place is the same after days in a batch."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from fakes.pipeline import a_variant, answer
from fakes.services import FakeArchive
from inedit.archive.generic_texts import texts_by_language
from inedit.archive.slots import Slot
from inedit.model import Outcome
from inedit.pipeline.answer_targets import DraftTarget, GenericTextTarget, target_from
from inedit.store import Store

SLOT = Slot("sha", "stub", 3)
GENERIC = GenericTextTarget(SLOT, "dawn", "email", "fr", "run-1")


def a_draft_place(archive: FakeArchive, **changes: Any) -> DraftTarget:
    return replace(DraftTarget(archive, a_variant(insight_ids=("feet",)), 2, 4, "run-1"), **changes)


def test_a_draft_is_kept_as_it_came() -> None:
    """Once: who comes second is told."""
    archive = FakeArchive()
    place, second = a_draft_place(archive), a_draft_place(archive)
    assert place.is_kept
    completion = answer("Le lin.", Outcome.CUT)
    place(None, completion)  # type: ignore[arg-type]
    second(None, answer("Un autre."))  # type: ignore[arg-type]
    assert (place.is_kept, second.is_kept) == (True, False)
    (kept,) = archive.answers.values()
    assert (kept.raw, kept.attempt, kept.spec, kept.response_id) == (
        "Le lin.",
        4,
        place.spec,
        completion.response_id,
    )
    assert place.paid(completion).outcome is Outcome.CUT


def test_a_place_survives_its_process() -> None:
    """As the request of a batch keeps it: the same variant, revision, attempt and run, or the same generic text."""
    archive = FakeArchive()
    place = a_draft_place(archive)
    again = target_from(place.as_json(), archive)
    assert again == place and again.name == place.name
    assert target_from(GENERIC.as_json(), archive) == GENERIC
    assert GENERIC.name == SLOT.name


def test_places_are_told_apart() -> None:
    """By variant, revision and attempt; by prompt, model and number. The run and its insights are no matter."""
    archive = FakeArchive()
    place = a_draft_place(archive)
    same = (replace(place, run_id="run-2"), replace(place, spec=replace(place.spec, insight_ids=("odette",))))
    assert {one.name for one in same} == {place.name}
    others = (
        replace(place, attempt=5),
        replace(place, revision_number=3),
        replace(place, spec=a_variant(index=7)),
    )
    assert len({place.name, *(one.name for one in others)}) == 4


def test_what_an_earlier_process_asked_for_holds() -> None:
    """Its insights and its run, at the place of ours."""
    archive = FakeArchive()
    place, before = (
        a_draft_place(archive),
        a_draft_place(archive, spec=a_variant(insight_ids=("odette",)), run_id="run-0"),
    )
    place.was_asked(before.as_json())
    assert (place.spec.insight_ids, place.run_id, place.attempt) == (("odette",), "run-0", 4)
    unchanged = replace(GENERIC)
    unchanged.was_asked(GENERIC.as_json())
    assert unchanged == GENERIC


@pytest.mark.parametrize("said", ["Un texte.", "  Un texte.\n"])
def test_a_generic_text_is_kept_without_the_space_around_it(store: Store, said: str) -> None:
    """In its language."""
    with store.write() as connection:
        GENERIC(connection, answer(said))
    assert texts_by_language(store, "dawn") == {"fr": ["Un texte."]}
