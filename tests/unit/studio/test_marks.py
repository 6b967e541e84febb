"""A text cut where notes change, and the way from one text to the next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from inedit.model import Approval, Span
from inedit.studio.decisions import GRACE, Decisions, Taken
from inedit.studio.differences import changed_parts
from inedit.studio.marks import Note, Segment, by_names, marked, passage
from inedit.studio.page import local
from inedit.studio.pages.piece import LIKENESSES
from inedit.studio.rendering import Rendering, wordings

AT = datetime(2026, 11, 28, 9, tzinfo=UTC)


def test_overlapping_notes_are_cut_and_the_gravest_colours_the_words() -> None:
    spans = {"n1": (Span(10, 16),), "n2": (Span(13, 18),)}
    made = marked("abcdefgh", spans, {"n1": "receipt", "n2": "block"}, offset=10)
    assert made == (
        Segment("abc", ("n1",), "receipt"), Segment("def", ("n1", "n2"), "block"), Segment("gh", ("n2",), "block"),
    )  # fmt: skip


def test_a_text_is_never_lost_between_marks() -> None:
    text = "Ein Laken, <b>zwei</b> Betten."
    spans = {"a": (Span(0, 3), Span(20, 400)), "b": (Span(500, 600),)}
    assert "".join(s.text for s in marked(text, spans, {"a": "note", "b": "note"})) == text
    assert [s.kind for s in passage("one two three", "two")] == ["", "copy", ""]


def test_only_parts_that_changed_are_told() -> None:
    found = changed_parts({"a": "un drap blanc", "b": "même"}, {"a": "un drap bleu", "b": "même"})
    assert {name: [(c.kind, c.text) for c in way] for name, way in found.items()} == {
        "a": [("same", "un drap "), ("gone", "blanc"), ("new", "bleu")]
    }


def test_a_decision_waits_until_it_cannot_be_undone() -> None:
    done: list[str] = []
    decisions = Decisions(lambda taken: bool(done.append(taken.piece_id)) or True)
    for id, by in (("p", "Anne"), ("q", "Anne"), ("r", "Bruno")):
        decisions.take(Taken(id, Approval.APPROVED, by, AT, 10))
    undone = decisions.undo("Anne")
    assert [taken.piece_id for taken in undone] == ["q"], "one's own last decision, nobody else's"
    decisions.carry_out_due(AT + GRACE - timedelta(seconds=1))
    assert not done
    decisions.carry_out_due(AT + GRACE)
    assert done == ["p", "r"]
    assert not decisions.undo("Anne")


def test_going_on_never_leaves_the_studio() -> None:
    for path in (
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/a\r\nb",
    ):
        assert local(path) == "/"
    assert local("/pieces?state=waiting") == "/pieces?state=waiting"


def test_numbers_and_plurals_are_those_of_the_language() -> None:
    fr, en = Rendering("fr"), Rendering("en")
    assert (fr.t("list.count", n=0), en.t("list.count", n=0)) == ("0 texte", "0 pieces")
    assert (fr.number(1234.5, 2), en.number(1234.5, 2)) == ("1\u202f234,50", "1,234.50")


def test_a_note_speaks_in_names() -> None:
    """Texts and parts by their names, likeness in words; a quotation of the text itself stays as it is."""
    copy = Note(
        "n1",
        "copy",
        "near-duplicate",
        "It copies 12-1 (sequence, 100% sure): “body”",
        others=(("12-1", "body"),),
    )
    signals = {"sequence": "the same words in the same order"}
    said = by_names(copy, {"12-1": "E-mail #1"}, {"body": "Text"}, signals).message
    assert said == "It copies E-mail #1 (the same words in the same order, 100% sure): “body”"
    long = Note("n2", "block", "parts", "« body » a 535 caractères.", remedy="body : 64 mots au plus.")
    named = by_names(long, {}, {"body": "Texte"}, signals)
    assert (named.message, named.remedy) == ("« Texte » a 535 caractères.", "Texte : 64 mots au plus.")
    fact = Note("n3", "receipt", "parts", "« body »")
    assert by_names(fact, {}, {"body": "Texte"}, signals) == fact


def test_every_likeness_has_words() -> None:
    """The studio never shows the name that the code gives a signal."""
    assert {f"signal.{name.replace(' ', '_')}" for name in LIKENESSES} <= set(wordings())
