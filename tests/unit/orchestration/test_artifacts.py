"""What a run leaves to be read: complete at any size, and never one giant table."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest

from fakes.brands import demo_project
from inedit.brand.names import variant_name
from inedit.guard.nlp.language_data import remedy
from inedit.ledger import Summary
from inedit.model import (
    Approval,
    Finding,
    Match,
    Originality,
    Piece,
    Receipt,
    Severity,
    Span,
    Status,
    VariantSpec,
    Verdict,
)
from inedit.orchestration.artifacts import (
    ROWS_OF_FIGURES,
    ROWS_OF_REFUSALS,
    figure_pages,
    key_of,
    refusal_pages,
    summary,
    variant_pages,
)
from inedit.orchestration.markdown import cell, link, safe
from inedit.orchestration.review import choice_of, described
from inedit.pipeline import Run
from inedit.pipeline.run_report import RunReport
from inedit.pipeline.task import Event

BRAND = demo_project().brand
TEXT = "Contre le vin rouge, l’atelier met l’eau froide d’abord, le sel ensuite. L’eau chaude fixe la tache."
LONGEST_PAGE_CHARS = 60_000
"""Of Markdown: some 24 rows of three texts of this length."""


def a_piece(position: int, **changes: object) -> Piece:
    """A piece somewhere in the matrix; a thousand of them fill it."""
    segments, tones = list(BRAND.segments), list(BRAND.tones)
    language = ("fr", "en", "de")[position % 3]
    rest = position // 3
    spec = VariantSpec(
        "mini", ("email", "social")[rest % 2], segments[rest // 2 % len(segments)], language,
        tones[rest // 2 // len(segments) % len(tones)], rest // 2 // len(segments) // len(tones),
    )  # fmt: skip
    values: dict[str, object] = {
        "status": Status.ACCEPTED, "parts": {"title": f"Titre {position}", "body": f"{TEXT} {position}"},
        "verdict": Verdict(originality=Originality(0.5, 0.25, None, 1.0)), "attempts": 1,
        "cost_micros": 1_234, "minutes_saved": 12.5, **changes,
    }  # fmt: skip
    return Piece(f"{spec.key}-1", "20261126-030009-EB2D6C", spec, **values)  # type: ignore[arg-type]


def reported(run: Run) -> RunReport:
    """A run with what three calls cost."""
    spent = Summary("run", calls=3, input_tokens=10, output_tokens=5, cost_micros={"EUR": 1_500})
    return RunReport(run, "stub", "full", spent)


def a_refusal(position: int) -> Event:
    """A draft that copies another text."""
    text = f"Une phrase à nous. {TEXT} {position}"
    span = Span(19, len(text))
    match = Match("reference:rival", "containment", 0.93, (span,), f"{TEXT} {position}")
    finding = Finding("near-duplicate", Severity.BLOCK, "It copies reference:rival.", span, (match,))
    return Event("refused", a_piece(position).spec, 1, (finding,), text=text)


def a_run(pieces: list[Piece], refusals: list[Event] | None = None) -> Run:
    return Run("20261126-030009-EB2D6C", "mini", len(pieces), tuple(pieces), refusals=tuple(refusals or ()))


def test_a_small_run_is_read_on_one_page() -> None:
    """Twelve variants: one page, a table a channel, a column a language."""
    pages = variant_pages("run", [a_piece(position) for position in range(12)], BRAND)
    assert len(pages) == 1
    columns = re.findall(r"<th[^>]*>([^<]*)</th>", str(pages[0].content))
    assert columns == ["", "français", "English", "Deutsch"] * 2
    assert all(f"Titre {position}" in pages[0].content for position in range(12))


def test_a_thousand_pieces_are_pages_that_can_be_read_and_hold_them_all() -> None:
    """Every piece is on exactly one page, no page is longer than some screens, and the summary stays short."""
    pieces = [a_piece(position) for position in range(1_000)]
    assert len({piece.id for piece in pieces}) == 1_000
    pages = variant_pages("run", pieces, BRAND)
    everything = "\n".join(str(page.content) for page in pages)
    assert all(everything.count(f"<strong>Titre {position}</strong>") == 1 for position in range(1_000))
    assert max(len(page.content) for page in pages) < LONGEST_PAGE_CHARS
    assert len({page.key for page in pages}) == len(pages) < 60
    assert len("\n".join(summary(reported(a_run(pieces)), BRAND))) < 4_000


def test_a_thousand_pieces_in_figures_are_tables_of_a_hundred() -> None:
    """Each row has the verdict, the four figures of originality, the cost and the minutes saved."""
    pages = figure_pages("run", [a_piece(position) for position in range(1_000)], BRAND)
    assert [len(page.content) for page in pages] == [ROWS_OF_FIGURES] * 10
    row = pages[0].content[0]
    assert isinstance(row, dict)
    expected = {
        "status": "✓ accepted", "mirror": "0.50", "siblings": "0.25", "archive": "–", "insights": "1.00",
        "cost": "0.0012 EUR<br>1 draft", "saved": "12.5 min",
    }  # fmt: skip
    assert expected.items() <= row.items()
    assert row["variant"].replace("<br>", " ").replace("\\", "") == variant_name(a_piece(0).spec, BRAND)


def test_a_refused_draft_is_shown_next_to_what_it_copied() -> None:
    """The passage of the draft and the passage of the other text stand in one row."""
    (page,) = refusal_pages("run", [a_refusal(7)], BRAND)
    lines = str(page.content).splitlines()
    (line,) = [line for line in lines if "(containment, 93%)" in line]
    cells = re.findall(r"<td[^>]*>(.*?)</td>", line)
    assert cells[1] == cells[2] == f"{TEXT} 7"
    assert "Une phrase à nous" not in line


def test_many_refusals_are_paged() -> None:
    """A thousand refused drafts are pages, too."""
    pages = refusal_pages("run", [a_refusal(position) for position in range(1_000)], BRAND)
    assert len(pages) == 1_000 // ROWS_OF_REFUSALS
    assert max(len(page.content) for page in pages) < LONGEST_PAGE_CHARS


def test_the_summary_says_what_waits_and_why() -> None:
    """Parked pieces are listed with the reason, pieces that wait for approval as such, early ends in bold."""
    pieces = [
        a_piece(0),
        a_piece(1, status=Status.PARKED, reason="No claim supports “1925”."),
        a_piece(2, status=Status.PARKED, approval=Approval.PENDING),
    ]
    run = Run("R", "mini", 4, tuple(pieces), stopped="The budget of 1.00 EUR is reached.")
    said = "\n".join(summary(reported(run), BRAND))
    assert "# Réparé à vie: 1 of 4 accepted" in said
    assert "**Stopped early:** The budget of 1.00 EUR is reached." in said
    assert "No claim supports “1925”." in said
    assert "1 awaiting approval" in said
    assert "**1 await your approval:**" in said


def test_why_a_piece_waits_is_told_to_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    """In their language, and with what they may do rather than what the model was told to."""
    message = "“9 €”: no supplied fact gives this figure."
    waiting = a_piece(1, status=Status.PARKED, reason=message)
    instruction = remedy(waiting.spec.language, "figure", text="9 €", facts="")
    finding = Finding("figures", Severity.BLOCK, message, remedy=instruction)
    waiting = replace(waiting, verdict=Verdict((finding,)))
    for language, message, asked in (
        ("fr", "aucun fait fourni ne donne ce chiffre", "Retirez"),
        ("en", "no supplied fact gives this figure", "Please take out"),
    ):
        monkeypatch.setenv("INEDIT_LANG", language)
        said = "\n".join(summary(reported(Run("R", "mini", 1, (waiting,))), BRAND)).replace("<br>", " ")
        assert message in said
        assert asked in said
        assert instruction not in said


def test_approval_leads_to_the_studio_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the first line of the form, which is all that a low screen shows, and in the summary; names stand for ids."""
    waiting = [a_piece(2, status=Status.PARKED, approval=Approval.PENDING)]
    run, page = a_run(waiting), "/artifacts/artifact/1"
    monkeypatch.delenv("INEDIT_STUDIO_URL", raising=False)
    assert "studio" not in described(waiting, BRAND, run.id, page, "") + str(summary(reported(run), BRAND))
    monkeypatch.setenv("INEDIT_STUDIO_URL", "http://127.0.0.1:4300")
    way = f"(http://127.0.0.1:4300/pieces?run={run.id}&state=waiting)"
    form = described(waiting, BRAND, run.id, page, "")
    assert way in form.splitlines()[0] and f"({page})" in form.splitlines()[0]
    assert way in "\n".join(summary(reported(run), BRAND))
    assert "**E-mail · Familles · Deutsch · Chaleureux #1**" in form
    assert choice_of(waiting[0], BRAND).endswith(f"Chaleureux #1 · {waiting[0].id}")


def test_the_key_is_one_that_prefect_takes() -> None:
    """Small letters, figures and dashes."""
    assert key_of(a_run([])) == "mini-20261126-030009-eb2d6c"


def test_a_cell_shows_what_the_text_says_and_breaks_its_lines() -> None:
    """Signs of Markdown and HTML are shown, not obeyed; no line is longer than the column."""
    shown = cell("<b>Prix</b> | 2*3 `x` _y_ [z](http://a) " + "mot " * 30, 40)
    lines = [html.unescape(line).replace("\\", "") for line in shown.split("<br>")]
    assert lines[0].startswith("<b>Prix</b> | 2*3 `x` _y_ [z]")
    assert max(map(len, lines)) <= 40
    assert "<b>" not in shown
    for sign in "|*`_[]":
        assert shown.count(f"\\{sign}") == shown.count(sign) > 0


def test_a_text_is_copied_without_breaks_of_ours_and_without_its_receipts() -> None:
    """A cell has the paragraphs of the text and nothing else; what is known of it stands in a row of its own."""
    long = "Un paragraphe <entier> qui ne tient pas sur une ligne, & que personne ne coupe. " * 3
    receipt = Receipt(Span(0, 5), "wine-cold-water", "insight", "quote")
    piece = a_piece(0, parts={"title": "Titre", "body": long}, verdict=Verdict(receipts=(receipt,)))
    (page,) = variant_pages("run", [piece], BRAND)
    rows = re.findall(r"<tr>(.*?)</tr>", str(page.content))
    texts, notes = (re.findall(r"<td[^>]*>(.*?)</td>", row) for row in rows[1:3])
    assert html.unescape(texts[1]) == f"<strong>Titre</strong><br>{long.strip()}"
    assert "&lt;entier&gt;" in texts[1]
    assert "wine-cold-water" in notes[1]


def test_what_the_pages_do_not_decode_is_not_written() -> None:
    """Prefect's pages show a character's number as it stands: only &amp;, &lt; and &gt; are understood."""
    assert safe("call_to_action & <more>") == "call\\_to\\_action &amp; &lt;more&gt;"
    assert safe("# no heading") == "\\# no heading"
    assert link("page [1] of a_b", "/a") == "[page (1) of a_b](/a)"
