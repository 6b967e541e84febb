"""Prefect's pages in a real browser, in the words of a person: pick, fill in, press, look."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, Request, expect, sync_playwright

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
"""Flags for a machine without a screen, as root, that let the browser reach for nothing outside."""

PAGE_SECONDS = 60.0

BY_POLICY = ("csp", "net::ERR_BLOCKED_BY_CSP")


def chromium() -> str | None:
    """The browser of this machine: ``INEDIT_CHROMIUM``, or Debian's."""
    named = os.environ.get("INEDIT_CHROMIUM")
    return named or next((found for name in CHROMIUM if (found := shutil.which(name))), None)


@dataclass
class Browser:
    """One page of Prefect's UI. ``outside`` collects what it asked of other addresses, ``forbidden`` what it wanted to
    and the server's policy forbade: the browser sent nothing."""

    page: Page
    address: str
    pictures: Path
    outside: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)
    _shown: int = 0

    def open(self, path: str) -> None:
        """Go to a page."""
        self.page.goto(self.address + path)

    def picture(self, name: str) -> None:
        """Keep what a person sees at this moment."""
        self._shown += 1
        self.page.wait_for_timeout(1500)  # transitions, logs on their way
        self.page.screenshot(path=self.pictures / f"{self._shown:02}-{name}.png", full_page=True)

    def field(self, label: str) -> Locator:
        """A field of a form by its label."""
        of_field = self.page.locator("> .p-label__header .schema-form-property__label").filter(
            has_text=re.compile(rf"^{re.escape(label)}( \(Optional\))?$")
        )
        return self.page.locator(".p-label").filter(has=of_field).last

    def pick(self, label: str, *choices: str) -> None:
        """Pick from a list."""
        self.field(label).locator("button.p-select-button__control").first.focus()
        self.page.keyboard.press("Space")
        for choice in choices:
            self.page.locator(".p-select-option").filter(
                has_text=re.compile(rf"^\s*{re.escape(choice)}\s*$")
            ).click()
        if self.page.locator(".p-select-option").count():  # a list of several stays open
            self.field(label).locator(".schema-form-property__label").first.click()
        expect(self.page.locator(".p-select-option")).to_have_count(0)

    def fill(self, label: str, text: str) -> None:
        """Type into a field."""
        self.field(label).locator("textarea, input").first.fill(text)

    def switch(self, label: str) -> None:
        """Turn a switch on."""
        control = self.field(label).locator("[role=switch]").first
        control.focus()
        self.page.keyboard.press("Space")
        expect(control).to_have_attribute("aria-checked", "true")

    def press(self, button: str) -> None:
        """Press a button that can be seen."""
        self.page.get_by_role("button", name=button, exact=True).locator("visible=true").last.click()

    def sees(self, text: str, seconds: float = PAGE_SECONDS) -> None:
        """Until a text can be seen."""
        expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible(
            timeout=seconds * 1000
        )

    def fits(self, *headings: str) -> bool:
        """Whether these columns of a table are seen without scrolling to the right."""
        table = self.page.locator(".p-table").first.bounding_box()
        boxes = [self.page.get_by_role("columnheader", name=name).bounding_box() for name in headings]
        assert table is not None
        assert all(boxes)
        return all(box["x"] + box["width"] <= table["x"] + table["width"] for box in boxes if box)


@contextmanager
def browser(address: str, pictures: Path) -> Iterator[Browser]:
    """A new browser without history; ``pictures`` is emptied first."""
    found = chromium()
    assert found is not None
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        page = launched.new_page(viewport={"width": 1360, "height": 1500})
        page.set_default_timeout(PAGE_SECONDS * 1000)
        expect.set_options(timeout=PAGE_SECONDS * 1000)  # five seconds are too few on a busy machine
        seen = Browser(page, address, pictures)
        page.on("requestfinished", lambda request: _note(seen, request))
        page.on("requestfailed", lambda request: _note(seen, request))
        yield seen
        launched.close()


def _note(seen: Browser, request: Request) -> None:
    if request.url.startswith(("http", "ws")) and not request.url.startswith(f"{seen.address}/"):
        (seen.forbidden if request.failure in BY_POLICY else seen.outside).append(request.url)
