"""The studio on a real project and database: what people see, decide and edit, and what the ledger says of it."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from fakes.studio import answered, copy_project, put
from inedit.archive.admission import Embedding, WithinTransaction
from inedit.archive.attempts import PaidAnswer, put_attempt
from inedit.archive.looks import Looks
from inedit.archive.pieces import read_pieces
from inedit.archive.revisions import Edit, read_revisions, version_of
from inedit.bootstrap import Settings, open_project_store
from inedit.encoding import Encoder
from inedit.exchange import read_table
from inedit.exchange.provenance import RecordStatus, verify_file
from inedit.ledger.audit.signatures import public_key, public_path, signing_key
from inedit.ledger.journal.human_reviews import human_reviews
from inedit.model import Approval, Match, Piece, Status, Usage
from inedit.model.errors import StoreError
from inedit.studio import Workspace, create_app
from inedit.studio.decisions import GRACE
from inedit.studio.sessions import Sessions

ORIGIN = "http://127.0.0.1:4300"
XSS = '<img src=x onerror="alert(1)"><script>alert(2)</script>'


@dataclass
class Desk:
    """Somebody at the studio, with a clock that a test turns."""

    client: TestClient
    workspace: Workspace
    csrf: str
    pieces: dict[str, Piece]
    now: list[datetime]

    def post(self, path: str, **fields: str) -> str:
        """Where a form leads, or what it shows when it leads nowhere."""
        said = self.client.post(path, data={"csrf": self.csrf, **fields})
        return said.headers.get("location") or f"{said.status_code} {said.text}"

    def see(self, path: str) -> str:
        """A page."""
        said = self.client.get(path)
        assert said.status_code == 200, said.text
        return said.text

    def version(self, piece: Piece) -> str:
        """What a form says the text was."""
        found = re.search(r'name="version" value="(\w+)"', self.see(f"/pieces/{piece.id}"))
        assert found
        return found[1]

    def later(self) -> None:
        """Decisions are carried out."""
        self.now[0] += GRACE + timedelta(seconds=1)
        self.workspace.decisions.carry_out_due(self.now[0])

    def sealed(self) -> bool:
        """Whether the ledger agrees with what stands; the answers of the fake archive were never paid for."""
        return {flaw.rule for flaw in self.workspace.ledger().verify().flaws} <= {"answer"}

    def stored(self, piece: Piece) -> Piece:
        """The piece as the database has it."""
        return next(read_pieces(self.workspace.store, piece_id=piece.id))


@pytest.fixture
def desk(tmp_path: Path, encoder: Encoder) -> Iterator[Desk]:
    root, settings, now = copy_project(tmp_path), Settings(), [datetime(2026, 11, 28, 9, tzinfo=UTC)]
    with open_project_store(settings, root) as store:
        workspace = Workspace(root, settings, store, lambda: encoder, clock=lambda: now[0])
        brand, kinds, made = workspace.project().brand, workspace.kinds(), {}
        social = [(s, p) for s, p in answered() if (s.channel, s.language) == ("social", "fr")]
        for name, (spec, parts), waiting in (
            ("a", social[0], True),
            ("b", social[1], True),
            ("c", social[2], False),
        ):
            made[name] = put(store, brand, kinds, spec, parts, waiting=waiting)
        spec, parts = social[3]
        bad = {**parts, "body": parts["body"] + " Garanti 93 ans, le moins cher du monde."}
        made["parked"] = put(store, brand, kinds, spec, bad)
        sessions = Sessions()
        client = TestClient(
            create_app(workspace, sessions, origin=ORIGIN), base_url=ORIGIN, follow_redirects=False
        )
        client.get(f"/enter?token={sessions.token}")
        found = re.search(r'name="csrf" content="([^"]+)"', client.get("/who").text)
        assert found
        client.post("/who", data={"csrf": found[1], "name": "Anne"})
        yield Desk(client, workspace, found[1], made, now)


def test_every_page_shows_names_and_no_page_breaks(desk: Desk) -> None:
    a = desk.pieces["a"]
    assert "Sent back" not in desk.see("/pieces?state=waiting&language=fr")
    for path in ("/pieces", "/pieces?state=stale", "/pieces?page=9999999999", "/pieces?channel=nowhere", "/matrix",
                 "/matrix?campaign=nowhere&channel=../..", f"/pieces/{a.id}", f"/pieces/{a.id}/edit",
                 f"/compare/{a.id}?by=siblings"):  # fmt: skip
        desk.see(path)
    assert "Premier logement" in desk.client.get("/matrix", headers={"accept-language": "fr"}).text
    assert desk.client.get("/pieces/..%2f..%2fetc%2fpasswd").status_code in (400, 404)


def test_an_approval_goes_to_the_next_piece_can_be_undone_and_reaches_the_ledger(desk: Desk) -> None:
    a = desk.pieces["a"]
    sent = {"version": desk.version(a), "list": "state=waiting", "seconds": "95", "checked-accuracy": "1"}
    assert desk.post(f"/pieces/{a.id}/decide/approve", **sent).startswith("/pieces/")
    assert desk.stored(a).approval is Approval.PENDING, "it can still be undone"
    assert desk.post("/undo", list="state=waiting").startswith(f"/pieces/{a.id}")
    desk.later()
    assert desk.stored(a).approval is Approval.PENDING
    desk.post(f"/pieces/{a.id}/decide/approve", **sent)
    desk.later()
    assert (desk.stored(a).status, desk.stored(a).decided_by) == (Status.ACCEPTED, "Anne")
    [read] = human_reviews(desk.workspace.store, [a.id])
    assert (read.seconds, read.checked) == (95, ("accuracy",))
    assert "saving" in {entry.purpose for entry in desk.workspace.ledger().entries()}
    assert desk.sealed()


def test_sending_back_needs_a_comment_and_keeps_it(desk: Desk) -> None:
    b = desk.pieces["b"]
    version = desk.version(b)
    assert desk.post(f"/pieces/{b.id}/decide/send-back", version=version).startswith(f"/pieces/{b.id}")
    desk.post(f"/pieces/{b.id}/decide/send-back", version=version, comment=XSS)
    desk.later()
    assert (desk.stored(b).approval, desk.stored(b).comment) == (Approval.CHANGES_REQUESTED, XSS)
    shown = desk.see(f"/pieces/{b.id}") + desk.see("/pieces")
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown
    assert "&lt;script&gt;" in shown


def test_an_edit_is_a_revision_with_its_author(desk: Desk) -> None:
    c = desk.pieces["c"]
    edited = c.parts["body"].replace(".", ", tout simplement.", 1)
    said = desk.post(f"/pieces/{c.id}/edit", version=desk.version(c), seconds="40", reason="plus doux",
                     **{"part-body": edited})  # fmt: skip
    assert said.startswith(f"/pieces/{c.id}"), said
    stored = desk.stored(c)
    assert (stored.parts["body"], stored.status) == (edited, Status.ACCEPTED)
    first, second = read_revisions(desk.workspace.store, c.id)
    assert (first.parts, first.written_by) == (dict(c.parts), "")
    assert (second.written_by, second.reason) == ("Anne", "plus doux")
    assert "<ins>" in desk.see(f"/pieces/{c.id}")
    assert desk.sealed()


def test_two_editors_collide_and_both_texts_survive(desk: Desk) -> None:
    c = desk.pieces["c"]
    old = desk.version(c)
    theirs, mine = (c.parts["body"].replace(".", f", {word}.", 1) for word in ("vraiment", "souvent"))
    desk.post(f"/pieces/{c.id}/edit", version=old, **{"part-body": theirs})
    said = desk.post(f"/pieces/{c.id}/edit", version=old, **{"part-body": mine})
    assert said.startswith("409")
    assert "vraiment" in said
    assert "souvent" in said
    assert desk.stored(c).parts["body"] == theirs
    assert (
        "changed"
        in desk.client.post(
            f"/pieces/{desk.pieces['a'].id}/decide/approve", data={"csrf": desk.csrf, "version": "stale"}
        ).headers["set-cookie"]
    )


def test_an_edit_that_copies_another_piece_is_refused_with_the_passage(desk: Desk) -> None:
    """While it is typed, and when it is saved; no reason makes it pass, and the original is still protected."""
    a, c = desk.pieces["a"], desk.pieces["c"]
    copied = {"part-body": a.parts["body"], "because-near-duplicate": "I like it"}
    typed = desk.post(f"/pieces/{c.id}/judge", **copied)
    for _ in range(2):
        saved = desk.post(f"/pieces/{c.id}/edit", version=desk.version(c), **copied)
        assert saved.startswith("422")
    for said in (typed, saved):
        assert "Near-duplicate" in said
        assert 'class="copy"' in said
        assert a.id in said
    assert desk.stored(c).parts == c.parts
    assert not read_revisions(desk.workspace.store, c.id)


def test_what_a_check_refuses_can_be_kept_with_a_reason_and_waits_for_approval(desk: Desk) -> None:
    parked = desk.pieces["parked"]
    text = desk.see(f"/pieces/{parked.id}/edit")
    checks = re.findall(r'name="because-([\w-]+)"', text)
    assert checks
    body = parked.parts["body"].replace("93 ans", "92 ans")
    sent = {"version": desk.version(parked), "part-body": body}
    assert desk.post(f"/pieces/{parked.id}/edit", **sent).startswith("422")
    reasons = {
        f"because-{check}": "approved by legal" for check in (*checks, "figures", "superlatives", "promises")
    }
    said = desk.post(f"/pieces/{parked.id}/edit", **sent, **reasons)
    assert said.startswith(f"/pieces/{parked.id}"), said
    stored = desk.stored(parked)
    assert (stored.approval, stored.parts["body"]) == (Approval.PENDING, body)
    assert any("approved by legal" in finding.message for finding in stored.verdict.findings)


def test_what_a_model_or_an_insight_says_stays_text(desk: Desk) -> None:
    spec, parts = next((s, p) for s, p in answered() if (s.channel, s.language) == ("social", "en"))
    hostile = put(
        desk.workspace.store, desk.workspace.project().brand, desk.workspace.kinds(), spec,
        {**parts, "body": XSS + parts["body"]},
    )  # fmt: skip
    insight = next((desk.workspace.root / "brand_data" / "insights").glob("*.yaml"))
    insight.write_text(
        insight.read_text("utf-8").replace('en: "', f'en: "{XSS.replace(chr(34), "")} ', 1), "utf-8"
    )
    for path in (f"/pieces/{hostile.id}", f"/pieces/{hostile.id}/edit", f"/compare/{hostile.id}", "/pieces"):
        shown = desk.see(path)
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown


def test_somebody_elses_decision_stands(desk: Desk) -> None:
    a = desk.pieces["a"]
    desk.post(f"/pieces/{a.id}/decide/park", version=desk.version(a))
    from inedit.pipeline.decision import decide

    workspace = desk.workspace
    assert decide(workspace.store, workspace.ledger(), workspace.project().brand, a, Approval.APPROVED, by="Bruno",
                  at=desk.now[0], seconds=3)  # fmt: skip
    desk.later()
    assert (desk.stored(a).status, desk.stored(a).decided_by) == (Status.ACCEPTED, "Bruno")
    assert "meanwhile" in desk.see(f"/pieces/{a.id}") or desk.workspace.decisions.trouble


def test_roles_open_only_their_pages(desk: Desk) -> None:
    from inedit.studio.pages import ALL

    page = next(page for page in ALL if page.path.endswith("/keep"))
    session = Sessions().open(name="Chloé", role="finance")
    assert not page.lets_in(session)
    assert page.lets_in(replace(session, role="reviewer"))


def test_it_opens_beside_another_server_on_a_port_that_is_free(tmp_path: Path) -> None:
    import httpx

    from inedit.studio import running_studio

    root = copy_project(tmp_path)
    with running_studio(Settings(), root, port=0) as first:
        taken = int(re.findall(r":(\d+)/", first)[0])
        with running_studio(Settings(), root, port=taken) as second:
            assert httpx.get(second).status_code == 200
        assert httpx.get(first.partition("?")[0]).status_code == 403
    with pytest.raises(httpx.ConnectError):
        httpx.get(first)


def test_accepted_texts_are_taken_away_as_the_list_is_filtered(desk: Desk) -> None:
    """A workbook of what the filter finds and is accepted; what cannot be written is said in words."""
    accepted = [piece for piece in read_pieces(desk.workspace.store) if piece.status is Status.ACCEPTED]
    language = accepted[0].spec.language
    told = desk.client.get(f"/texts/csv?language={language}")
    assert told.headers["content-disposition"] == 'attachment; filename="texts.csv"'
    rows = read_table(told.content, "texts.csv")
    assert {row.piece_id for row in rows} == {p.id for p in accepted if p.spec.language == language}
    assert f"/texts/xlsx?language={language}" in desk.see(f"/pieces?language={language}").replace(
        "&amp;", "&"
    )
    assert desk.client.get("/texts/pdf").status_code == 400
    assert "No accepted text" in desk.client.get("/texts/csv?language=xx").text


def test_texts_are_taken_away_with_their_signed_record(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the command writes it: the file of the ZIP is what was signed, and a change to it is seen. No key is made
    by looking: without one it is said which command makes it."""
    key = tmp_path / "config" / "own.key"
    monkeypatch.setattr("inedit.studio.pages.files.own_key", lambda: key)
    refused = desk.client.get("/texts/csv/signed")
    assert refused.status_code == 400 and "inedit pieces export FILE" in refused.text
    assert "There is no signing key here yet" in desk.see("/pieces")
    assert "/texts/xlsx/signed" not in desk.see("/pieces")
    assert not key.parent.exists()
    signing_key(key)
    told = desk.client.get("/texts/csv/signed")
    assert told.headers["content-disposition"] == 'attachment; filename="texts-signed.zip"'
    with zipfile.ZipFile(io.BytesIO(told.content)) as packed:
        packed.extractall(tmp_path)
    public = public_key(public_path(key))
    status = {one.piece_id: one.status for one in verify_file(tmp_path / "texts.csv", public)}
    accepted = {one.id for one in read_pieces(desk.workspace.store) if one.status is Status.ACCEPTED}
    assert status == dict.fromkeys(accepted, RecordStatus.TRUE)
    assert "2026-11-28T09:" in (tmp_path / "texts.csv.provenance.json").read_text("utf-8")
    file, whole = tmp_path / "texts.csv", next(iter(status))
    parts = next(read_pieces(desk.workspace.store, piece_id=whole)).parts
    said = max(parts.values(), key=len).encode()
    file.write_bytes(file.read_bytes().replace(said, said + b" Tout."))
    changed = [one.piece_id for one in verify_file(file, public) if one.status is RecordStatus.CHANGED]
    assert changed == [whole]
    assert "/texts/xlsx/signed" in desk.see("/pieces")
    assert desk.client.get("/texts/pdf/signed").status_code == 400


def test_an_edit_that_cannot_be_recorded_leaves_its_text_to_be_copied_by_nobody(desk: Desk) -> None:
    """The text was left out to be compared with; when the ledger fails, it stands and is found again."""
    stands, other = desk.pieces["c"], desk.pieces["a"]
    archive, encoder = desk.workspace.archive(), desk.workspace.encoder()
    campaign = archive.brand.campaigns[stands.spec.campaign_id]

    def revised(
        piece: Piece, of: Piece, alongside: WithinTransaction | None = None
    ) -> Piece | tuple[Match, ...] | None:
        embedding = Embedding(encoder.encode([piece.text])[0], encoder.name, encoder.digest)
        edit = Edit("Anne", desk.now[0], "", version_of(of.parts))
        return archive.revise(piece, embedding, edit, campaign=campaign, within_transaction=alongside)

    def failing(*_: object) -> None:
        raise StoreError("The disk is full.")

    with pytest.raises(StoreError, match="disk is full"):
        revised(stands, stands, failing)
    copies = revised(replace(other, parts=stands.parts), other)
    assert isinstance(copies, tuple)
    assert [match.piece_id for match in copies] == [stands.id]


def test_a_whole_list_is_decided_with_its_count_said_and_undone_at_once(desk: Desk) -> None:
    """Approve, park and send back by filter; a list that is not the counted one any more is left alone."""
    everything = desk.see("/pieces")
    assert "Approve 2 pieces?" in everything and "Send 3 pieces back to the model?" in everything
    approve, back = (
        re.search(rf'action="/bulk/{answer}".*?name="stamp" value="(\w+)"', everything, re.S)
        for answer in ("approve", "send-back")
    )
    assert approve and back
    waiting = desk.pieces["a"], desk.pieces["b"]
    assert desk.post("/bulk/approve", stamp="another").startswith("/pieces")
    assert not desk.workspace.decisions.waiting()
    desk.post("/bulk/approve", stamp=approve[1], seconds="61")
    taken = desk.workspace.decisions.waiting()
    assert sorted(one.seconds for one in taken.values()) == [30, 31]
    assert "Approve 2 pieces?" not in desk.see("/pieces")
    assert desk.post("/undo").startswith("/pieces")
    assert not desk.workspace.decisions.waiting()
    desk.post("/bulk/send-back", stamp=back[1])
    assert not desk.workspace.decisions.waiting(), "a comment is missing"
    desk.post("/bulk/approve", stamp=approve[1], list="", seconds="61")
    desk.later()
    assert {desk.stored(piece).decided_by for piece in waiting} == {"Anne"}
    assert {desk.stored(piece).status for piece in waiting} == {Status.ACCEPTED}
    assert desk.sealed()
    assert desk.client.post("/bulk/burn", data={"csrf": desk.csrf}).status_code == 400


def test_what_is_new_is_so_until_its_reader_has_seen_it(desk: Desk) -> None:
    """Per person, across a restart; one's own decisions are no news, other people's are."""
    looks, a = desk.workspace.looks, desk.pieces["a"]
    desk.now[0] = datetime.now(UTC) + timedelta(hours=1)

    def new(person: str = "Anne") -> set[str]:
        return set(looks.new_to(person, desk.workspace.catalogue.cards()))

    assert new() == {piece.id for piece in desk.pieces.values()}
    assert f"/pieces/{a.id}" in desk.see("/pieces?new=1")
    desk.see(f"/pieces/{a.id}")
    assert a.id not in new() and a.id in new("Bruno")
    assert f"/pieces/{a.id}" not in desk.see("/pieces?new=1")
    assert desk.post("/seen", list="new=1&state=waiting") == "/pieces?state=waiting"
    assert not new()
    desk.now[0] += timedelta(minutes=1)
    b = desk.pieces["b"]
    desk.post(f"/pieces/{b.id}/decide/park", version=desk.version(b))
    desk.later()
    assert not new()
    looks.look("Bruno", "", desk.now[0] - timedelta(minutes=1))
    looks.flush()
    assert Looks(desk.workspace.store).new_to("Bruno", desk.workspace.catalogue.cards()) == {b.id}


def test_every_text_of_an_answer_can_be_read_and_started_from(desk: Desk) -> None:
    """An answer of two texts, of which neither stands; the form opens with the one that was picked."""
    a = desk.pieces["a"]
    others = [{**a.parts, "body": f"{word} le lin se repose."} for word in ("Parfois", "Souvent")]
    answer = PaidAnswer(a.spec, 2, json.dumps({"candidates": others}), "r-2", Usage("stub", 9, 0, 9, 0, 1.0))
    with desk.workspace.store.write() as connection:
        put_attempt(connection, answer, run_id="run-1", revision_number=1)
    shown = desk.see(f"/pieces/{a.id}")
    assert "Text 1 of this answer" in shown and "Souvent le lin se repose." in shown
    form = desk.see(f"/pieces/{a.id}/edit?attempt=2&text=2")
    assert "Souvent le lin se repose.</textarea>" in form
    for nonsense in ("attempt=9&text=1", "attempt=2&text=9", "attempt=x", "attempt=2&text=99999999"):
        assert "se repose" not in desk.see(f"/pieces/{a.id}/edit?{nonsense}")
