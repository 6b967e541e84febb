"""A reviewer's hour in a real browser, without a mouse; every page for those who cannot see or hold one; nothing that
the pages load comes from another address."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page, Route, expect

from e2e.browser import Browser, browser, chromium
from fakes.field_store import a_finished_test, people_said
from fakes.studio import ROOT, answered, copy_project, put, put_many
from inedit.archive.catalogue import Catalogue
from inedit.archive.users import add_user
from inedit.bootstrap import Settings, open_project_store
from inedit.brand.load import load_project
from inedit.insight_loop.coding.codings import coded_texts
from inedit.model import Span
from inedit.prompting import load_templates
from inedit.studio.passwords import hashed

PIECES = 8
MANY = 150
REVIEWED = 100
LAPTOP, WIDEST, PHONE = 1280, 1920, 390
WAIT_SECONDS = 60.0
PASSWORD = "a long password of hers"  # of a user who lives for one test

pytestmark = pytest.mark.skipif(chromium() is None, reason="no Chromium here")


@dataclass
class Studio:
    """A studio that runs, and its process."""

    address: str
    root: Path
    process: subprocess.Popen[str]


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    root = copy_project(tmp_path / "project")
    project = load_project(root)
    kinds = {"full": load_templates(project, "full")}
    social = [one for one in answered() if one[0].channel == "social" and one[0].language in ("fr", "de")]
    with open_project_store(Settings(), root) as store:
        for spec, parts in social[:PIECES]:
            put(store, project.brand, kinds, spec, parts)
    yield from opened(root)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """One with many pieces that wait, and a parked one with something against it."""
    root = copy_project(tmp_path_factory.mktemp("large") / "project")
    project = load_project(root)
    kinds = {"full": load_templates(project, "full")}
    spec, parts = next(one for one in answered() if one[0].channel == "social" and one[0].language == "fr")
    bad = {**parts, "body": parts["body"] + " Garanti 93 ans, le moins cher du monde."}
    with open_project_store(Settings(), root) as store:
        put(store, project.brand, kinds, spec, bad)
        people_said(store, consenting=1)
        a_finished_test(store, "collection-hiver", "flood-1990", "blue-thread")
        put_many(store, project.brand, MANY)
    yield from opened(root)


def opened(root: Path) -> Iterator[Studio]:
    """The studio of a project, as the command opens it."""
    command = [
        sys.executable,
        "-c",
        "from inedit.cli import main; main()",
        "studio",
        "--no-browser",
        "--port",
        "0",
    ]
    process = subprocess.Popen(
        [*command, "--project", str(root)], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    address = ""
    while not address:
        line = process.stderr.readline()
        assert line, "it ended before it was open"
        address = next(iter(re.findall(r"http://\S+token=\S+", line)), "")
    yield Studio(address, root, process)
    process.kill()
    process.wait()
    process.stderr.close()


def press(page: Page, key: str) -> None:
    """Press a key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def states(studio: Studio) -> list[str]:
    """How the pieces stand in the database."""
    with open_project_store(Settings(), studio.root) as store:
        return [str(card.approval or card.status) for card in Catalogue(store).cards()]


def test_pieces_are_reviewed_by_keyboard_alone(studio: Studio, tmp_path: Path) -> None:
    with browser(studio.address.partition("/enter")[0], tmp_path / "pictures") as ui:
        page = ui.page
        problems: list[str] = []
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(studio.address)
        expect(page.get_by_label("Your name")).to_be_focused()
        page.keyboard.type("Anne Martin")
        press(page, "Enter")
        expect(page).to_have_url(re.compile("state=waiting"))
        waiting = page.locator("a.row").count()
        assert waiting >= 4, states(studio)
        page.keyboard.press("j")
        press(page, "Enter")
        _reads_and_decides(page)
        _edits(page, waiting, studio.address)
        assert ui.outside == []
        assert [one for one in problems if not re.search("403|409|422", one)] == []
    studio.process.send_signal(signal.SIGINT)
    assert studio.process.wait(WAIT_SECONDS) in (0, 130)
    found = states(studio)
    assert found.count("given") == 1, found
    assert found.count("sent-back") == 1, found
    assert found.count("withheld") == 1, found


def _reads_and_decides(page: Page) -> None:
    """Approve one, undo it, approve it again; send the next one back; park the third."""
    first = page.url
    page.keyboard.press("n")
    expect(page.locator(".note.lit").first).to_be_visible()
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[data-clock]")).not_to_have_text("0:00", timeout=5_000)
    page.keyboard.press("1")
    expect(page.get_by_label("accuracy")).to_be_checked()
    press(page, "a")
    expect(page.get_by_text("Approved.")).to_be_visible()
    expect(page.get_by_label("accuracy")).to_be_checked()
    press(page, "u")
    assert page.url.partition("?")[0] == first.partition("?")[0]
    press(page, "a")
    page.keyboard.press("s")
    page.keyboard.type("Plus court, et sans question.")
    press(page, "Control+Enter")
    expect(page.get_by_text("Sent back.")).to_be_visible()
    press(page, "p")
    expect(page.get_by_text("Parked.")).to_be_visible()


def _comes_back(page: Page, address: str) -> None:
    """The session ends while one types: what was typed is there again once one is back."""
    edited = f"{page.url.partition('?')[0]}?state=waiting"
    page.keyboard.type(" Und mehr.")
    page.context.clear_cookies()
    press(page, "Control+Enter")
    expect(page.locator("main")).to_contain_text("locked")
    page.goto(address)
    page.get_by_label("Your name").fill("Anne Martin")
    press(page, "Enter")
    page.goto(edited)
    expect(page.locator("[data-restored]")).to_be_visible()
    typed = " ".join(box.input_value() for box in page.locator("textarea").all())
    assert "93 %" in typed and "Und mehr." in typed


def _edits(page: Page, waiting: int, address: str) -> None:
    """Type a figure that nobody supplied: the checks say so while one types, and saving is refused."""
    press(page, "e")
    box = page.locator("textarea:focus")
    expect(box).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Control+End")
    page.keyboard.type(" 93 % de nos clients le disent.")
    expect(page.locator("#judged .verdict.bad")).to_be_visible(timeout=30_000)
    press(page, "Control+Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    assert "93 %" in page.locator("textarea").nth(1).input_value()
    _comes_back(page, address)
    press(page, "Escape")
    press(page, "Escape")
    expect(page.locator("a.row")).to_have_count(waiting - 3)


def test_a_port_that_is_taken_is_told(large: Studio) -> None:
    port = re.findall(r":(\d+)/", large.address)[0]
    command = [
        sys.executable,
        "-c",
        "from inedit.cli import main; main()",
        "studio",
        "--no-browser",
        "--port",
        port,
    ]
    command += ["--project", str(large.root)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert said.returncode == 2
    assert "cannot be had" in said.stderr
    assert "Traceback" not in said.stderr


def cpu_seconds(process: subprocess.Popen[str]) -> float:
    """Processor time of the studio so far; nothing where the system does not say."""
    if not Path("/proc/self/stat").exists():
        return 0.0
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def enters(ui: Browser, studio: Studio) -> None:
    """Anne comes in."""
    ui.page.goto(studio.address)
    ui.page.get_by_label("Your name").fill("Anne Martin")
    press(ui.page, "Enter")


def test_a_hundred_are_reviewed_by_one_key_each(
    large: Studio, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """No mouse, one key a piece. What our own work takes is written down here, and measured by bench/studio/pages.py:
    how long a machine with other work takes says nothing of ours."""
    with browser(large.address.partition("/enter")[0], tmp_path / "pictures") as ui:
        page = ui.page
        enters(ui, large)
        page.goto(f"{ui.address}/pieces?state=waiting")
        waiting = int(page.locator(".chips .waiting b").inner_text())
        page.set_viewport_size({"width": LAPTOP, "height": 720})
        page.keyboard.press("j")
        press(page, "Enter")
        before, began = cpu_seconds(large.process), time.monotonic()
        for _ in range(REVIEWED):
            press(page, "a")
        record_property("keys_per_piece", 1)
        record_property("cpu_seconds_per_piece", (cpu_seconds(large.process) - before) / REVIEWED)
        record_property("seconds_per_piece", (time.monotonic() - began) / REVIEWED)
        page.goto(f"{ui.address}/pieces?state=waiting")
        expect(page.locator(".head")).to_contain_text(f"{waiting - REVIEWED} pieces")
        assert ui.outside == []


def test_a_form_whose_answer_never_comes_can_be_sent_again(large: Studio, tmp_path: Path) -> None:
    """Pressed twice it is sent once; after a while without a new page it is sent again."""
    with browser(large.address.partition("/enter")[0], tmp_path / "pictures") as ui:
        page = ui.page
        enters(ui, large)
        sent: list[str] = []

        def unanswered(route: Route) -> None:
            if route.request.method == "POST":
                sent.append(route.request.url)
                route.fulfill(status=204)
            else:
                route.continue_()

        page.route(re.compile("/who"), unanswered)
        page.clock.install()
        page.goto(f"{ui.address}/who")
        form = page.locator('form[action^="/who"]')
        for most in (1, 2):
            form.get_by_role("button").click()
            form.get_by_role("button").click()
            page.wait_for_timeout(500)
            assert len(sent) == most
            page.clock.fast_forward(20_000)
            expect(form).not_to_have_attribute("aria-busy", "true")


def test_no_page_has_a_serious_violation_of_accessibility_or_runs_off_its_side(
    large: Studio, tmp_path: Path
) -> None:
    """axe-core on every page, light and dark; nothing is cut off to the right, on a phone or on the widest screen."""
    found: list[str] = []
    with browser(large.address.partition("/enter")[0], tmp_path / "pictures") as ui:
        enters(ui, large)
        with open_project_store(Settings(), large.root) as store:
            card, *_, other = Catalogue(store).cards()
        for path in (
            "/pieces", f"/pieces/{card.id}", f"/pieces/{other.id}", f"/pieces/{card.id}/edit",
            f"/pieces/{card.id}/again", f"/compare/{card.id}", "/matrix", "/tasks", "/start", "/brand/insights",
            "/brand/insights/chair-tear", "/brand/claims", "/brand/lexicon", "/brand/tones", "/brand/segments",
            "/brand/prompts", "/brand/prompts/preview", "/brand/prompts/file/social.md.j2", "/brand/insights/import",
            "/edited", "/quiz/linen-and-you/fr", "/field", "/field/coding", "/field/agreement", "/field/candidates",
            _candidate(ui), "/field/tests", "/ledger", "/account", "/who", "/nowhere",
        ):  # fmt: skip
            ui.page.goto(ui.address + path)
            found += looked_at(ui.page, path)
        assert ui.outside == []
    assert found == []


def looked_at(page: Page, path: str) -> list[str]:
    """What is wrong with the page that is open: light on a laptop by every rule of axe, the colours in the dark, and
    whether it runs off its side at any width."""
    found = []
    page.evaluate(Path(AXE_FILE_PATH).read_text(encoding="utf-8"))
    for width, light, axe in (
        (WIDEST, "light", ""), (LAPTOP, "light", AXE), (PHONE, "light", ""), (PHONE, "dark", AXE_COLOURS),
    ):  # fmt: skip
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=light, reduced_motion="reduce")  # type: ignore[arg-type]
        found += [f"{path} is wider than {width}"] * (page.evaluate(SCROLLS) > width)
        if axe and not (light == "dark" and path in PLAIN):
            found += [f"{path} {width} {light}: {one}" for one in page.evaluate(axe)]
    return found


def _candidate(ui: Browser) -> str:
    """The address of the first candidate insight."""
    ui.page.goto(f"{ui.address}/field/candidates")
    return str(ui.page.locator("a[href^='/field/candidates/']").first.get_attribute("href"))


def test_the_field_is_coded_by_keyboard_and_a_candidate_accepted(large: Studio, tmp_path: Path) -> None:
    """The passage by arrows, the code by its letter, the next text by Enter; then one insight stands in the file. What
    readers post in a quiz arrives."""
    with browser(large.address.partition("/enter")[0], tmp_path / "pictures") as ui:
        page = ui.page
        enters(ui, large)
        page.goto(f"{ui.address}/field/coding")
        expect(page.locator("textarea[data-said]")).to_be_focused()
        for key in ("ArrowRight", "ArrowRight", "Shift+ArrowRight", "g"):
            page.keyboard.press(key)
        expect(page.locator("q:visible")).to_have_text("bout de")
        press(page, "Enter")
        expect(page.get_by_text("Coded.")).to_be_visible()
        page.goto(ui.address + _candidate(ui))
        page.get_by_label("Id", exact=True).fill("torn-at-the-feet")
        page.get_by_label("français").first.fill("Un drap se troue presque toujours aux pieds.")
        page.get_by_label("sheet").check()
        with page.expect_navigation():
            page.get_by_role("button", name="Accept").click()
        expect(page.get_by_text("The insight is accepted.")).to_be_visible()
        page.goto(f"{ui.address}/quiz/linen-and-you/en")
        for group in page.locator("fieldset").all():
            group.locator("input").first.check()
        page.get_by_role("button").click()
        expect(page.get_by_text("Your number, to take your answers back")).to_be_visible()
        assert ui.outside == []
    written = (large.root / "brand_data" / "insights" / "communities.yaml").read_text(encoding="utf-8")
    assert "torn-at-the-feet" in written and "accepted by Anne Martin" in written
    with open_project_store(Settings(), large.root) as store:
        (mine,) = coded_texts(store, coder="Anne Martin")
    assert [(one.code, one.span) for one in mine.codings] == [("wears-out", Span(3, 10))]


def test_a_team_signs_in_and_finance_edits_no_template(large: Studio, tmp_path: Path) -> None:
    """The last test of this file: from the first user on the token opens nothing. The pages before and after signing in
    are looked at like all others."""
    with open_project_store(Settings(), large.root) as store:
        add_user(store, "Nadia", "finance", hashed(PASSWORD), now=datetime.now(UTC))
    with browser(large.address.partition("/enter")[0], tmp_path / "pictures") as ui:
        page = ui.page
        page.goto(large.address)
        found = looked_at(page, "/login")
        for password in ("not her password", PASSWORD):
            page.get_by_label("Your name").fill("Nadia")
            page.get_by_label("Password").fill(password)
            press(page, "Enter")
            if password != PASSWORD:
                expect(page.get_by_role("alert")).to_be_visible()
                found += looked_at(page, "/login, refused")
        for path in ("/account", "/ledger", "/brand/prompts/file/social.md.j2"):
            page.goto(ui.address + path)
            found += looked_at(page, path)
        expect(page.locator("main")).to_contain_text("finance")
        assert page.locator("textarea").count() == 0
        expect(page.locator("nav.tabs")).not_to_contain_text("Brand")
        assert ui.outside == []
    assert found == []


PLAIN = (
    "/brand/claims", "/brand/lexicon", "/brand/tones", "/brand/segments", "/brand/prompts", "/field",
    "/field/agreement", "/field/candidates", "/who",
)  # fmt: skip
"""Pages made of what others have: their dark colours are looked at there."""

SCROLLS = "document.documentElement.scrollWidth"

AXE = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
    .filter((one) => ["serious", "critical"].includes(one.impact))
    .map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(", ")}`)"""

AXE_COLOURS = AXE.replace("{resultTypes", '{runOnly: ["color-contrast"], resultTypes')
"""What a dark page does otherwise than a light one."""
