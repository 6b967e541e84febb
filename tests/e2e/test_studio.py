"""A reviewer's hour in a real browser, without a mouse: nothing that the pages load comes from another address."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.browser import browser, chromium
from fakes.studio import ROOT, answered, copy_project, put
from inedit.archive.catalogue import Catalogue
from inedit.bootstrap import Settings, open_project_store
from inedit.brand.load import load_project
from inedit.prompting import load_templates

PIECES = 8
WAIT_SECONDS = 60.0

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
        _edits(page, waiting)
        assert ui.outside == []
        assert [one for one in problems if "409" not in one and "422" not in one] == []
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
    press(page, "a")
    expect(page.get_by_text("Approved.")).to_be_visible()
    press(page, "u")
    assert page.url.partition("?")[0] == first.partition("?")[0]
    press(page, "a")
    page.keyboard.press("s")
    page.keyboard.type("Plus court, et sans question.")
    press(page, "Control+Enter")
    expect(page.get_by_text("Sent back.")).to_be_visible()
    press(page, "p")
    expect(page.get_by_text("Parked.")).to_be_visible()


def _edits(page: Page, waiting: int) -> None:
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
    press(page, "Escape")
    press(page, "Escape")
    expect(page.locator("a.row")).to_have_count(waiting - 3)


def test_a_port_that_is_taken_is_told(studio: Studio) -> None:
    port = re.findall(r":(\d+)/", studio.address)[0]
    command = [
        sys.executable,
        "-c",
        "from inedit.cli import main; main()",
        "studio",
        "--no-browser",
        "--port",
        port,
    ]
    command += ["--project", str(studio.root)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert said.returncode == 2
    assert "cannot be had" in said.stderr
    assert "Traceback" not in said.stderr
