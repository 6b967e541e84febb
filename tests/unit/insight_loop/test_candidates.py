"""Candidate insights: who said it, where, since when, and never of too few."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from fakes.project import write_tiny_project
from inedit.brand.load import check_project, load_project
from inedit.insight_loop.acceptance import Acceptance, accept, entry_of
from inedit.insight_loop.candidates import Candidate, CodedVerbatim, candidates, clusters
from inedit.insight_loop.coding.codings import CodedText, Coding, effective_codes
from inedit.insight_loop.verbatims import Verbatim
from inedit.model import Span
from inedit.model.errors import ProjectErrors, WrongInput, errors_among

START = datetime(2026, 9, 1, tzinfo=UTC)
TODAY = date(2026, 11, 29)


class Directions:
    """An encoder that knows two subjects by their first letter."""

    name, digest, dimensions = "directions", "0", 2

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return np.array([[1, 0] if text.startswith("h") else [0, 1] for text in texts], np.float32)


def said(number: int, text: str, author: int, *codes: str) -> CodedVerbatim:
    one = Verbatim(
        f"v{number}", f"place{number % 2}", f"a{author}", START + timedelta(days=number), "en", text
    )
    return CodedVerbatim(one, tuple(Coding(code, Span(0, len(text))) for code in codes))


def holes(people: int) -> list[CodedVerbatim]:
    return [said(n, f"hole at the feet {n}", n, "wears-out") for n in range(people)]


def found_in(coded: Sequence[CodedVerbatim], **options: int) -> tuple[Candidate, ...]:
    return candidates(coded, Directions(), **options).shown


def test_a_candidate_tells_how_many_people_places_and_since_when():
    """Two texts of one person are one person, with one quotation."""
    (one,) = found_in([*holes(5), said(9, "hole again", 0, "wears-out", "worry")])
    assert (one.people, len(one.verbatims), one.places) == (5, 6, ("place0", "place1"))
    assert (one.since, one.until) == (START, START + timedelta(days=9))
    assert one.codes == {"wears-out": 6, "worry": 1}
    assert len({quote.verbatim_id for quote in one.quotes}) == len(one.quotes) == 5


def test_what_too_few_people_said_is_counted_and_not_shown():
    """Five texts of four people are not five people."""
    found = candidates(
        [*holes(4), said(8, "hole hole", 0, "wears-out"), said(9, "late", 7, "wait")], Directions()
    )
    assert (found.shown, found.too_small, found.least_people) == ((), 2, 5)
    assert len(found_in(holes(4), least_people=4)) == 1


def test_the_same_texts_under_two_codes_are_one_candidate():
    """The larger one tells both codes; ids do not depend on the order."""
    both = [said(n, f"hole {n}", n, "wears-out", "worry") for n in range(5)]
    (one,) = found_in(both)
    assert one.codes == {"wears-out": 5, "worry": 5}
    assert [found.id for found in found_in(both[::-1])] == [one.id]


def test_every_row_is_in_one_cluster():
    """Also those that are like nothing, and none when there are none."""
    rows = np.eye(3, dtype=np.float32)[[0, 0, 1, 2]]
    assert sorted(map(tuple, clusters(rows))) == [(0, 1), (2,), (3,)]
    assert clusters(np.zeros((0, 3), np.float32)) == []


def test_people_are_believed_before_models_and_models_before_the_offline_coder():
    """Of several people, a code stands that at least half of them gave."""

    def by(kind: str, coder: str, *codes: str) -> CodedText:
        return CodedText("v", coder, kind, START, tuple(Coding(code, Span(0, 1)) for code in codes))

    offline, model = by("offline", "offline", "x"), by("model", "m", "y")
    assert [c.code for c in effective_codes([offline, model])] == ["y"]
    assert effective_codes([offline, model, by("person", "Ana")]) == ()
    people = [by("person", "Ana", "a", "b"), by("person", "Ben", "a"), by("person", "Cem", "a")]
    assert [c.code for c in effective_codes([offline, *people])] == ["a"]


def acceptance(**said: object) -> Acceptance:
    given = {"id": "thin-feet", "by": "Ana", "legal_basis": "public", "expires": date(2027, 6, 30), **said}
    return Acceptance(**given)


def test_an_accepted_candidate_is_an_insight_that_the_next_plan_may_tell(tmp_path):
    """In a person's words; the project is as sound as before, and a second one is added below the first."""
    root = write_tiny_project(tmp_path)
    had = errors_among(check_project(root))
    (one,) = found_in(holes(5))
    words = {"fr": "Le drap s’use aux pieds.", "en": "Sheets wear thin at the feet."}
    file, _ = accept(root, one, acceptance(text=words), TODAY)
    accept(root, one, acceptance(id="again"), TODAY)
    assert errors_among(check_project(root)) == had
    brand = load_project(root).brand
    insight, quoted = brand.insights["thin-feet"], brand.insights["again"]
    assert (insight.kind, insight.text, insight.paraphrase_only) == ("field", words, False)
    assert insight.source.startswith("5 people in place0, place1, 2026-09 to 2026-09")
    assert (quoted.kind, quoted.paraphrase_only, quoted.legal_basis) == ("verbatim", True, "public")
    assert file.read_text(encoding="utf-8").startswith(
        "# yaml-language-server: $schema=../schemas/insights.json\n"
    )
    assert not brand.on(date(2027, 6, 30)).insights["thin-feet"].retired
    assert brand.on(date(2027, 7, 1)).insights["thin-feet"].retired


def test_own_words_that_repeat_somebody_who_did_not_agree_are_to_be_paraphrased():
    """Six words in a row, whatever the case; fewer are everybody's."""
    (one,) = found_in([said(n, f"hole at the feet of my sheet {n}", n, "wears-out") for n in range(5)])
    for words, repeats in (("A HOLE at the feet of my sheet.", True), ("Sheets wear at the feet.", False)):
        entry = entry_of(one, acceptance(text={"en": words}), TODAY)
        assert entry.get("paraphrase_only", False) is repeats


def test_what_does_not_fit_the_project_changes_nothing(tmp_path):
    """An id that is taken, a product that nobody sells, a day gone by: said, and the files are as they were."""
    root = write_tiny_project(tmp_path)
    (one,) = found_in(holes(5))
    file, _ = accept(root, one, acceptance(), TODAY)
    before = file.read_bytes()
    for wrong, error, said_so in (
        ({}, WrongInput, "already an insight 'thin-feet'"),
        ({"id": "other", "products": ("nosuch",)}, ProjectErrors, "no product 'nosuch'"),
        ({"id": "other", "expires": TODAY}, WrongInput, "a day to come"),
        ({"id": "Not an id"}, WrongInput, "cannot be written"),
    ):
        with pytest.raises(error, match=said_so):
            accept(root, one, acceptance(**wrong), TODAY)
        assert file.read_bytes() == before
