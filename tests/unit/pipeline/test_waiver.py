"""A person's word against a check's, and today's guard over what was accepted earlier."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from fakes.brand import TODAY, tiny_campaign
from fakes.pipeline import BLOCKED, DOUBTED, NOTED, a_variant, brand_with_baseline, templates
from fakes.services import FakeEncoder, accepted
from inedit.archive.admission import Archive
from inedit.archive.neighbours import Embedding
from inedit.brand.schema import Reference
from inedit.ledger import Ledger
from inedit.model import Finding, Match, Piece, Receipt, Severity, Span, Status, Usage, Verdict
from inedit.model.errors import WrongInput
from inedit.pipeline import rejudge as rejudging
from inedit.pipeline.rejudge import rejudge
from inedit.pipeline.waiver import waive, waived
from inedit.store import Store

NOW = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)
COPY = Finding(
    "near-duplicate", Severity.BLOCK, "A copy.", Span(0, 3), (Match("p", "containment", 1.0),), "Other words."
)
AT = Span(0, 6)
PARKED = accepted(
    a_variant(), "Le lin sèche au vent.", status=Status.PARKED, reason="Too short.",
    verdict=Verdict((BLOCKED, DOUBTED, NOTED)),
)  # fmt: skip


def a_waiver(
    piece: Piece = PARKED, check: str = "parts", by: str = " Ada ", because: str = " fine "
) -> Piece:
    return waived(piece, check, by=by, because=because, at=NOW)


def test_what_a_person_lets_pass_stays_as_a_note() -> None:
    """It says what it was, who let it pass, when and why; the others stay as they are."""
    first, *others = a_waiver().verdict.findings
    assert (first.check, first.severity, first.remedy) == ("parts", Severity.NOTE, "")
    assert first.message == "Too short. [block] Ada, 2026-06-01 09:30 UTC: this is fine, because fine"
    assert others == [DOUBTED, NOTED]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"by": " "}, "name"), ({"because": " "}, "reason"),
        ({"check": "figures"}, "Against it: parts, statements."), ({"check": "lexicon"}, "says nothing"),
        ({"piece": replace(PARKED, verdict=Verdict((NOTED,)))}, "Against it: nothing."),
        ({"piece": replace(PARKED, verdict=Verdict((COPY, BLOCKED))), "check": "near-duplicate"}, "copy cannot"),
    ],
)  # fmt: skip
def test_what_cannot_be_let_pass_is_told(changes: dict[str, Any], message: str) -> None:
    """A copy is let pass by nobody; what a check does not say against a piece needs nobody."""
    with pytest.raises(WrongInput, match=message):
        a_waiver(**changes)


def test_a_doubt_about_likeness_is_no_copy() -> None:
    """Only what blocks is."""
    doubt = replace(COPY, severity=Severity.REVIEW)
    passed = a_waiver(replace(PARKED, verdict=Verdict((doubt,))), check="near-duplicate")
    assert passed.verdict.findings[0].severity is Severity.NOTE
    for check in ("figures", "parts"):  # before it by its name, and after
        other = replace(PARKED, verdict=Verdict((COPY, replace(BLOCKED, check=check))))
        copy, passed = a_waiver(other, check=check).verdict.findings
        assert (copy, passed.severity) == (COPY, Severity.NOTE)


def waive_on(
    store: Store, piece: Piece, check: str = "parts", campaign: Any = "dawn", **changes: Any
) -> Piece:
    archive, ledger = Archive(store, brand_with_baseline()), Ledger(store)
    brief = tiny_campaign() if campaign else None
    return waive(
        archive, ledger, brief, piece, check, by="Ada", because="fine", at=NOW, encoder=FakeEncoder, **changes
    )


def there(store: Store, piece: Piece, *, brief_sha: str = "sha", revision_number: int = 1) -> Piece:
    """The piece as the archive holds it."""
    archive = Archive(store, brand_with_baseline())
    if piece.stands:
        archive.admit(
            piece, Embedding(FakeEncoder().encode([piece.text])[0], "fake", "fake-1"), brief_sha=brief_sha,
            revision_number=revision_number, campaign=tiny_campaign(),
        )  # fmt: skip
    else:
        archive.set_aside(piece, brief_sha=brief_sha, revision_number=revision_number)
    return archive.standing(piece.spec.campaign_id)[piece.spec.key].piece


def test_a_piece_that_nothing_else_stands_against_gets_in(store: Store) -> None:
    """With what it saved, and the person's words."""
    piece = there(store, replace(PARKED, verdict=Verdict((BLOCKED, NOTED))))
    after = waive_on(store, piece)
    assert (after.status, after.reason) == (Status.ACCEPTED, "")
    standing = Archive(store, brand_with_baseline()).standing("dawn")[piece.spec.key]
    assert (standing.piece.status, standing.piece.decided_by, standing.piece.comment) == (
        Status.ACCEPTED, "Ada", "fine",
    )  # fmt: skip
    assert standing.brief_sha == "sha"
    assert list(Ledger(store).history.minutes_saved("dawn")) == [(piece.spec.key, 1)]


def test_a_piece_that_something_else_stands_against_stays_parked(store: Store) -> None:
    """What was let pass is written down all the same; of one that stands as well."""
    piece = there(store, PARKED)
    after = waive_on(store, piece)
    assert after.status is Status.PARKED
    kept = Archive(store, brand_with_baseline()).standing("dawn")[piece.spec.key].piece
    assert [finding.severity for finding in kept.verdict.findings] == [
        Severity.NOTE, Severity.REVIEW, Severity.NOTE,
    ]  # fmt: skip
    assert Ledger(store).history.minutes_saved("dawn") == {}


def test_what_stands_is_not_admitted_again(store: Store) -> None:
    """Its note is written, and nothing is saved twice."""
    stands = there(store, accepted(a_variant(), "Le lin sèche.", verdict=Verdict((BLOCKED,))))
    after = waive_on(store, stands)
    assert after.status is Status.ACCEPTED
    assert Ledger(store).history.minutes_saved("dawn") == {}


def test_what_has_no_text_or_place_any_more_cannot_get_in(store: Store) -> None:
    """Nor what was written anew, nor what has no campaign."""
    only = replace(PARKED, verdict=Verdict((BLOCKED,)))
    with pytest.raises(WrongInput, match="no text"):
        waive_on(store, only)  # the archive has no such piece
    piece = there(store, only)
    with pytest.raises(WrongInput, match="campaign is gone"):
        waive_on(store, piece, campaign=None)
    empty = there(
        store, replace(accepted(a_variant(index=3), " "), status=Status.PARKED, verdict=Verdict((BLOCKED,)))
    )
    with pytest.raises(WrongInput, match="no text"):
        waive_on(store, empty)
    there(
        store,
        replace(accepted(a_variant(), "Nouveau.", revision_number=2), status=Status.PARKED),
        revision_number=2,
    )
    with pytest.raises(WrongInput, match="written anew"):
        waive_on(store, piece)


def test_a_copy_of_what_was_accepted_since_does_not_get_in(store: Store) -> None:
    """The text that it copies is told; the piece stays as it was."""
    piece = there(store, replace(PARKED, verdict=Verdict((BLOCKED,))))
    there(store, accepted(a_variant(index=4), piece.text))
    with pytest.raises(WrongInput, match="Le lin sèche au vent"):
        waive_on(store, piece)
    kept = Archive(store, brand_with_baseline()).standing("dawn")[piece.spec.key].piece
    assert kept.status is Status.PARKED
    assert kept.verdict.findings == (BLOCKED,)


# ---- re-judging


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The guard finds what a text says: ``!`` blocks, ``~`` is a note; what it was given is kept."""
    given: list[Any] = []

    def evaluate(draft: Any, context: Any, surroundings: Any, checks: Any) -> Verdict:
        given.append((draft, context, surroundings, checks))
        findings = tuple(finding for sign, finding in (("!", BLOCKED), ("~", NOTED)) if sign in draft.text)
        receipts = tuple(
            Receipt(Span(0, 6), "odette", "insight", how) for how in ("quote", "words") if how in draft.text
        )
        return Verdict(findings, receipts=receipts)

    monkeypatch.setattr(rejudging, "evaluate_draft", evaluate)
    return given


def verdicts(store: Store, brand: Any = None, **more: Any) -> dict[str, tuple[str, ...]]:
    brand = brand or brand_with_baseline()
    return {
        found.piece.id: tuple(finding.check for finding in found.findings)
        for found in rejudge(store, brand, templates(), TODAY, **more)
    }


def test_each_accepted_piece_is_judged_by_todays_guard(store: Store, judged: list[Any]) -> None:
    """Notes are no obstacle; parked pieces are not looked at."""
    good = there(store, accepted(a_variant(index=0), "Le lin sèche au vent ~"))
    bad = there(store, accepted(a_variant(index=1), "Une pluie tiède lave les draps !"))
    there(store, accepted(a_variant(index=2), "Autre texte !", status=Status.PARKED))
    assert verdicts(store) == {good.id: (), bad.id: ("parts",)}
    found = list(rejudge(store, brand_with_baseline(), templates(), TODAY))
    assert [one.passes for one in found] == [True, False]
    said = found[1].as_json()
    assert (said["id"], said["passes"], said["findings"][0]["check"]) == (bad.id, False, "parts")
    assert (said["campaign_id"], said["variant"]) == ("dawn", bad.spec.label)
    draft, context, _, checks = judged[0]
    assert (draft.usage, draft.attempt) == (Usage("", 0, 0, 0, 0, 0.0), 1)
    assert context.prompt.messages
    assert rejudging.no_echo in checks
    json.dumps(said, default=str)


def test_only_the_campaigns_that_are_asked_for_are_told_of(store: Store, judged: list[Any]) -> None:
    """All are compared with."""
    there(store, accepted(a_variant(index=0), "Le lin sèche au vent, le matin, sur le fil du jardin."))
    assert verdicts(store, campaigns=("dusk",)) == {}
    assert list(verdicts(store, campaigns=("dawn",))) == [f"{a_variant(index=0).key}-1"]


def test_each_is_held_against_those_before_it_and_protected_texts(store: Store, judged: list[Any]) -> None:
    """The first of two copies passes."""
    brand = brand_with_baseline()
    text = (
        "Une chaise a coincé la nappe du dimanche, et le lin s'est déchiré jusqu'à l'ourlet brodé par Denise."
    )
    reference = Reference(
        id="ref",
        kind="competitor",
        language="fr",
        text="Le vent de la vallée sèche les draps avant midi ; les enfants comptent les pinces.",
    )
    protected = brand.model_copy(update={"references": (reference,)})
    there(store, accepted(a_variant(index=0), text))
    there(store, accepted(a_variant(index=1), "Entre-temps, autre chose."))
    with store.write() as connection:
        from inedit.archive.pieces import put_piece

        copy = accepted(a_variant(index=2), text)
        put_piece(connection, copy, scope="orval:fr", brief_sha="sha", revision_number=1)
        of_theirs = accepted(a_variant(index=3), reference.text)
        put_piece(connection, of_theirs, scope="orval:fr", brief_sha="sha", revision_number=1)
    list(rejudge(store, protected, templates(), TODAY))
    copies = [[match.piece_id for match in given[2].find_copies("")] for given in judged]
    assert copies == [[], [], [f"{a_variant(index=0).key}-1"], ["reference:ref"]]


def test_what_the_brand_has_no_more_is_told(store: Store, judged: list[Any]) -> None:
    """Of insights and claims, only what the text has a receipt of; it is judged without them."""
    receipts = (
        Receipt(Span(0, 6), "gone-insight", "insight", "words"),
        Receipt(Span(0, 6), "gone-claim", "claim", "words"),
    )
    spec = a_variant(
        insight_ids=("odette", "gone-insight", "unused"), claim_ids=("woven", "gone-claim"), segment="gone-segment",
        tone="gone-tone",
    )  # fmt: skip
    there(store, accepted(spec, "Le lin sèche au vent.", verdict=Verdict(receipts=receipts)))
    (found,) = rejudge(store, brand_with_baseline(), templates(), TODAY)
    messages = [finding.message for finding in found.findings]
    assert messages == [
        f"The brand has no {noun} 'gone-{noun}' any more." for noun in ("segment", "tone", "insight", "claim")
    ]
    assert {finding.check for finding in found.findings} == {"gone"}
    draft, context, _, checks = judged[0]
    assert (draft.spec.insight_ids, draft.spec.claim_ids) == (("odette",), ("woven",))
    assert context.prompt.messages == ()
    assert rejudging.no_echo not in checks


@pytest.mark.parametrize("changes", [{"campaign_id": "gone"}, {"channel": "gone"}])
def test_without_a_brief_only_copies_are_looked_for(
    store: Store, judged: list[Any], changes: dict[str, str]
) -> None:
    """The guard would not know what to hold the text against."""
    there(store, accepted(a_variant(**changes), "Le lin !"))
    (found,) = rejudge(store, brand_with_baseline(), templates(), TODAY)
    assert judged == []
    assert {finding.check for finding in found.findings} == {"gone"}


def test_what_comes_from_an_insight_as_it_was_is_told(store: Store, judged: list[Any]) -> None:
    """A quotation has to be one still; words that stand elsewhere may."""

    def told_of(text: str, how: str, span: Span = AT, source: str = "odette") -> list[Finding]:
        verdict = Verdict(
            receipts=(Receipt(span, source, "insight", how), Receipt(span, source, "insight", how))
        )
        piece = accepted(a_variant(), text, verdict=verdict)
        return list(
            rejudging._corrected(
                piece, rejudging.evaluate_draft(piece, None, None, ()), brand_with_baseline()
            )
        )

    assert told_of("quote here", "quote") == []
    assert told_of("words here", "words") == []
    assert told_of("quote here", "words") == []
    assert told_of("words here", "words", Span(3, 9)) == []
    assert told_of("words here", "meaning") == []
    (quoted,) = told_of("words here", "quote")
    assert (quoted.check, quoted.severity, quoted.span) == ("corrected", Severity.REVIEW, Span(0, 6))
    assert "“words”" in quoted.message
    assert "Odette" in quoted.message
    assert quoted.remedy.startswith("Write it again: inedit regenerate ")
    (apart,) = told_of("words here, and there", "words", Span(10, 14))
    assert apart.check == "corrected"
    assert told_of("x", "words", source="gone") == []


def test_a_piece_is_read_by_the_prompts_that_it_has_the_parts_of(store: Store, judged: list[Any]) -> None:
    """The small ones, where the full ones ask for other parts or lengths."""
    small = _with_parts("body")
    there(store, accepted(a_variant(), "Le lin sèche au vent de la vallée."))
    list(rejudge(store, brand_with_baseline(), templates(), TODAY, small=small))
    assert judged[-1][1].sheet == small.sheets["email"]
    list(rejudge(store, brand_with_baseline(), templates(), TODAY))
    assert judged[-1][1].sheet == templates().sheets["email"]


def _with_parts(*names: str) -> Any:
    from inedit.prompting import Templates

    sheet = templates().sheets["email"]
    parts = tuple(part for part in sheet.parts if part.id in names)
    return Templates({"email": sheet.model_copy(update={"parts": parts})}, templates().sources)


@pytest.mark.parametrize(
    ("parts", "fits"),
    [
        ({"body": "x" * 20}, True), ({"body": "x" * 600}, True), ({"body": "x" * 19}, False),
        ({"body": "x" * 601}, False), ({"subject": "x" * 20}, False), ({}, False),
    ],
)  # fmt: skip
def test_parts_fit_when_they_are_those_and_as_long(parts: dict[str, str], fits: bool) -> None:
    """Approved wordings may have any length."""
    piece = accepted(a_variant(), "", parts=parts)
    assert rejudging._is_of(piece, _with_parts("body")) is fits
    assert not rejudging._is_of(replace(piece, spec=a_variant(channel="gone")), _with_parts("body"))
    approved = accepted(a_variant(), "", parts={"call_to_action": "x" * 900})
    assert rejudging._is_of(approved, _with_parts("call_to_action"))
