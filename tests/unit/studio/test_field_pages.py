"""The field's room: what may be seen of people, what a person decides, and what an accepted candidate leaves behind."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import httpx
import numpy as np
import pytest

from fakes.experiments import a_piece, keep
from fakes.field import discord_export, discord_message
from fakes.field_store import PLACE, TORN, a_finished_test, a_verbatim, people_said
from fakes.studio import copy_project
from inedit.bootstrap import Settings
from inedit.insight_loop.coding.codings import coded_texts
from inedit.insight_loop.experiments.journal import read_designs, read_figures
from inedit.insight_loop.experiments.sizing import sized
from inedit.insight_loop.field_store import add_verbatims, verbatims
from inedit.studio import Workspace, open_workspace

from .conftest import Reader

XSS = "<script>alert(1)</script>"
OURS = "Un drap se troue presque toujours aux pieds."


class OneSubject:
    """An encoder to which all texts say the same."""

    name, digest, dimensions = "one", "0", 2

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return np.array([[1, 0]] * len(texts), np.float32)


@pytest.fixture
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A project with six people's words, coded offline; the first one may be quoted."""
    with open_workspace(Settings(), copy_project(tmp_path_factory.mktemp("studio"))) as opened:
        opened.encoder = OneSubject
        people_said(opened.store, consenting=1)
        yield opened


def candidate_of(anne: Reader) -> str:
    found = re.search(r'href="(/field/candidates/\w+)"', anne.text("/field/candidates"))
    assert found
    return found[1]


def test_places_are_shown_with_counts_and_no_page_tells_who_spoke(workspace: Workspace, anne: Reader) -> None:
    page = anne.text("/field")
    assert "The Discord server of our mending club" in page and "consent" in page
    pages = [page, *(anne.text(f"/field/{tab}") for tab in ("coding", "agreement", "candidates", "tests"))]
    pages.append(anne.text(candidate_of(anne)))
    authors = {one.author for one in verbatims(workspace.store)}
    assert not [author for author in authors for page in pages if author in page]


def test_a_person_codes_with_the_passage_and_goes_on(workspace: Workspace, anne: Reader) -> None:
    """Counted as a browser counts, emoji and line breaks of Windows included; markup stays text; one may correct."""
    text = f"Zut 🧺\r\nle drap est troué {XSS}"
    odd = a_verbatim(text, 90)
    add_verbatims(workspace.store, [odd])
    first = re.search(r'name="verbatim" value="(\w+)"', anne.text("/field/coding"))
    assert first
    assert "7 verbatims wait" in anne.text("/field/coding")
    page = anne.text(f"/field/coding?verbatim={odd.id}")
    assert XSS not in page and html.escape(XSS) in page
    shown = text.replace("\r\n", "\n")
    start = shown.index("le drap")
    span = {"span.wears-out": f"{start}-{start + len('le drap est troué')}"}
    done = anne.post("/field/coding", verbatim=odd.id, code=["wears-out", "wait"], place=PLACE, **span)
    assert done.headers["location"] == f"/field/coding?skip={odd.id}&last={odd.id}&place={PLACE}"
    (mine,) = coded_texts(workspace.store, kind="person")
    assert (mine.coder, {one.code: one.span.of(text) for one in mine.codings}) == (
        "Anne", {"wait": text, "wears-out": "le drap est troué"}
    )  # fmt: skip
    again = anne.text(f"/field/coding?verbatim={odd.id}")
    assert f'value="{start}-{start + 17}"' in again and "coded by you" in again
    assert "6 verbatims wait" in anne.text("/field/coding")
    assert "1 verbatim waits" not in anne.text("/field/coding?second=1")
    for wrong in (
        {"code": "nosuch"},
        {"code": "wait", "span.wait": "3-900"},
        {"code": "wait", "span.wait": "4-4"},
    ):
        said = anne.post("/field/coding", verbatim=odd.id, **wrong)
        assert said.status_code == 400, wrong
    assert anne.post("/field/coding", verbatim="nosuch").status_code == 400


def test_agreement_is_of_texts_that_people_have_read(workspace: Workspace, anne: Reader) -> None:
    for one in list(verbatims(workspace.store))[:3]:
        anne.post("/field/coding", verbatim=one.id, code="wears-out")
    page = anne.text("/field/agreement")
    assert "3 texts read by two or more" in page and "Anne × offline" in page


def test_too_few_people_are_not_shown_and_words_without_consent_are_folded_away(
    workspace: Workspace, anne: Reader
) -> None:
    people_said(workspace.store, ("Trois semaines d'attente.",), code="wait")
    listed = anne.text("/field/candidates")
    assert "Wears out" in listed and "is not shown" in listed and "attente" not in listed
    page = anne.text(candidate_of(anne))
    assert html.escape(TORN[0]) in page.partition('<details class="others">')[0]
    assert not [one for one in TORN[1:] if html.escape(one) in page.partition('<details class="others">')[0]]


def test_a_candidate_is_accepted_and_the_file_keeps_what_stood_there(
    workspace: Workspace, anne: Reader
) -> None:
    """Refused with everything that was typed; written like the command's, below what people wrote."""
    file = workspace.root / "brand_data" / "insights" / "communities.yaml"
    before = (
        '# Ours: do not touch.\n- id: kept  # a note\n  kind: field\n  text: {fr: "Un fait."}\n'
        "  source: us\n  collected: 2026-09-01\n"
    )
    file.write_text(before, encoding="utf-8")
    address = candidate_of(anne)
    form = {"id": "thin-feet", "text.fr": OURS, "tip.fr": "Retournez-le.", "evidence.fr": "pieds, trou",
            "legal_basis": "consent", "expires": f"{datetime.now(UTC).year + 1}-06-30", "products": "sheet",
            }  # fmt: skip
    for wrong in ({"id": "kept"}, {"expires": "soon"}, {"products": "nosuch"}, {"legal_basis": "whim"}):
        said = anne.post(address, **{**form, **wrong})
        assert said.status_code == 422 and html.escape(OURS) in said.text, wrong
        assert file.read_text(encoding="utf-8") == before
    assert anne.post(address, **form).headers["location"] == "/brand/insights/thin-feet"
    assert file.read_text(encoding="utf-8").startswith(before)
    insight = workspace.project().brand.insights["thin-feet"]
    assert (insight.kind, insight.products, insight.evidence["fr"]) == (
        "field",
        ("sheet",),
        ("pieds", "trou"),
    )
    assert insight.source.startswith(f"6 people in {PLACE}") and "accepted by Anne" in insight.source
    assert not insight.paraphrase_only
    assert "accepted: thin-feet" in anne.text("/field/candidates")


def test_tests_say_what_the_next_plan_prefers(workspace: Workspace, anne: Reader) -> None:
    name = a_finished_test(workspace.store, "collection-hiver", "flood-1990", "blue-thread")
    page = anne.text("/field/tests")
    assert f'id="test-{name}"' in page and "B (insight blue-thread) wins." in page
    assert re.search(r"\d+ changes in 600 variants", page) and "In place of" in page
    anne.client.cookies.set("inedit-language", "fr")
    assert "B (l’observation blue-thread) gagne." in anne.text("/field/tests?campaign=mini")


def test_results_are_given_as_a_file(workspace: Workspace, anne: Reader) -> None:
    """Wrong rows are told with their lines and nothing is taken in, unless the sound ones are wanted."""
    name = a_finished_test(workspace.store, "collection-hiver", "flood-1990", "blue-thread")
    before = read_figures(workspace.store, name)

    def give(content: str, **more: str) -> httpx.Response:
        return anne.client.post(
            f"/field/tests/{name}/results", data={"csrf": anne.csrf, **more},
            files={"file": ("klicks.csv", content.encode())},
        )  # fmt: skip

    rows = "Variante;Tag;Gesendet;Klicks\nA;20/11/2026;900;60\nB;20/11/2026;900;1.000\n"
    said = give(rows, days="dmy")
    assert said.status_code == 422 and "1,000 clicks" in said.text.replace("1000", "1,000")
    assert read_figures(workspace.store, name) == before
    assert "1 new, 0 corrected" in give(rows, days="dmy", keep_good="1").text
    assert "0 new, 0 corrected, 1 as they were" in give(rows, days="dmy", keep_good="1").text
    other = give("x;when;seen;hits\nA;2026-11-21;9;1\n", **{"column.arm": "x", "column.day": "when"})
    assert other.status_code == 422 and "no column for impressions" in other.text
    assert anne.client.post(f"/field/tests/{name}/results", data={"csrf": anne.csrf}).status_code == 422
    assert anne.post("/field/tests/nosuch/results").status_code == 400


def test_an_export_is_imported_and_coded(
    workspace: Workspace, anne: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is redacted is redacted here, too; a cut file is told; a second import adds nothing."""
    monkeypatch.setenv("INEDIT_FIELD_KEY", str(tmp_path / "field.key"))
    lost = anne.client.post(
        "/field/import", data={"csrf": anne.csrf, "place": PLACE}, files={"file": ("a.json", b"{}")}
    )
    assert lost.status_code == 422 and "key of the pseudonyms is lost" in lost.text
    (tmp_path / "field.key").write_text("ab" * 32 + "\n", encoding="ascii")
    (tmp_path / "field.key").chmod(0o600)
    export = discord_export(tmp_path / "e.json", [
        discord_message(n, f"{text} Écris à zoe@exemple.fr", str(n)) for n, text in enumerate(TORN)
    ]).read_bytes()  # fmt: skip

    def give(content: bytes, place: str = PLACE) -> httpx.Response:
        return anne.client.post(
            "/field/import", data={"csrf": anne.csrf, "place": place}, files={"file": ("e.json", content)}
        )

    cut = give(export[: len(export) * 3 // 4])
    assert cut.status_code == 200 and "cut off" in cut.text
    whole = give(export)
    assert "6 messages read" in whole.text and "zoe@" not in whole.text
    assert "6 messages read, 0 new, 6 known" in give(export).text
    assert give(export, "nosuch").status_code == 422
    assert not [one for one in verbatims(workspace.store) if "zoe@" in one.text]
    done = anne.post("/field/code")
    assert done.headers["location"] == "/field/candidates"
    assert not list(verbatims(workspace.store, unread_by="offline"))


def test_many_candidates_stand_on_pages(
    workspace: Workspace, anne: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    people_said(workspace.store, [f"Un nid {n}." for n in range(5)], code="worry")
    monkeypatch.setattr("inedit.studio.pages.field_insights.PAGE", 1)
    first, last = (set(re.findall(r'href="(/field/candidates/\w+)"', anne.text(f"/field/candidates?page={n}")))
                   for n in (1, 2))  # fmt: skip
    assert (len(first), len(last), first & last) == (1, 1, set())
    assert next(iter(last)) in anne.text("/field/candidates?page=99")


def test_nobody_codes_under_a_machines_name(
    workspace: Workspace, enter: Callable[[Workspace], Reader]
) -> None:
    reader = enter(workspace)
    reader.post("/who", name="offline")
    said = reader.post("/field/coding", verbatim=next(verbatims(workspace.store)).id, code="wait")
    assert said.status_code == 400 and "name of a machine" in said.text


def kept_pieces(workspace: Workspace) -> None:
    """Two accepted texts of each of two insights, for the same readers."""
    keep(
        workspace.store,
        *(
            a_piece(n, campaign="collection-hiver", insight_ids=(name,))
            for n, name in enumerate(("flood-1990", "blue-thread") * 2)
        ),
    )


ASKED = {
    "campaign": "collection-hiver",
    "factor": "insight",
    "rate": "3 %",
    "effect": "10 %",
    "per_day": "4 000",
}


def test_a_test_is_begun_after_its_size_and_its_arms_were_shown(workspace: Workspace, anne: Reader) -> None:
    """As 'inedit experiment start' does it; nothing is stored before somebody says yes to just what was shown."""
    kept_pieces(workspace)
    assert 'href="/field/tests/begin"' in anne.text("/field/tests")
    assert "Begin this test" not in anne.text("/field/tests/begin")
    page = anne.text(f"/field/tests/begin?{urlencode(ASKED)}")
    size = sized(rate=0.03, effect=0.1, per_day=4_000)
    assert f"{size.per_arm:,} impressions per arm, {size.total:,} in all" in page
    assert "with a power of 80" in page and f"{size.days} days at this rate" in page
    assert page.count('href="/pieces/') == 4
    assert read_designs(workspace.store) == ()
    fields = dict(
        re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.partition('id="proposal"')[2])
    )

    stale = anne.post("/field/tests/begin", **{**fields, "effect": "20 %"})
    assert stale.status_code == 409 and "here is the test as it is now" in stale.text
    assert read_designs(workspace.store) == ()
    done = anne.post("/field/tests/begin", **fields)
    assert done.headers["location"] == "/field/tests#test-collection-hiver-insight-1"
    (design,) = read_designs(workspace.store)
    assert (design.size, design.power, design.method) == (size.per_arm, 0.8, "fixed")
    assert [(arm.id, len(arm.pieces)) for arm in design.arms] == [("A", 2), ("B", 2)]
    assert 'id="test-collection-hiver-insight-1"' in anne.text("/field/tests")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"rate": "much"}, "n’est pas une part"),
        ({"rate": "95%"}, "il passerait 100 %"),
        ({"rate": "150%"}, "entre 0 et 100 %"),
        ({"effect": "0"}, "changement relatif"),
        ({"factor": "angle"}, "Il n’y a pas deux textes acceptés"),
        ({"factor": "template"}, "ne gardent pas le gabarit"),
        ({"factor": "luck"}, "factor: insight"),
        ({"campaign": "nosuch"}, "Choisissez une campagne"),
        ({"campaign": "mini"}, "pas de texte accepté"),
        ({"named": "flood-1990"}, "au moins deux bras"),
        ({"named": "flood-1990 nosuch"}, "Aucun texte accepté"),
        ({"per_day": "many"}, "n’est pas un nombre entier"),
        ({"arms": "99"}, "de 2 à 20 bras"),
    ],
)
def test_what_makes_no_test_is_said_with_everything_that_was_typed(
    workspace: Workspace, anne: Reader, changed: dict[str, str], said: str
) -> None:
    kept_pieces(workspace)
    anne.client.cookies.set("inedit-language", "fr")
    page = anne.client.get("/field/tests/begin", params={**ASKED, **changed})
    assert page.status_code == 422
    assert said in html.unescape(page.text).replace("\u00a0", " ").replace("\u202f", " ")
    assert 'value="10 %"' in page.text or "effect" in changed
    assert read_designs(workspace.store) == ()


def test_arms_are_chosen_and_narrowed(workspace: Workspace, anne: Reader) -> None:
    """The first one that is named is the one that the others are compared with."""
    kept_pieces(workspace)
    page = anne.text(
        f"/field/tests/begin?{urlencode({**ASKED, 'named': 'flood-1990 blue-thread', 'language': 'fr'})}"
    )
    table = page.partition("<tbody>")[2]
    assert table.index("<b>A</b>") < table.index("<b>B</b>")
    none = anne.client.get("/field/tests/begin", params={**ASKED, "language": "de"})
    assert none.status_code == 422
