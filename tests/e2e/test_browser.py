"""A content team's morning, in a real browser: a campaign from the form to approved pieces, on the embedded model.

Pictures of each step are left in ``.inedit/screenshots``.
"""

from __future__ import annotations

import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect

from e2e.browser import Browser, browser, chromium
from e2e.serving import ENDED, ROOT, Serve, served

pytestmark = [pytest.mark.prefect, pytest.mark.real_model]

PICTURES = ROOT / ".inedit" / "screenshots"
PRESSES = 3
"""How often a person presses Resume before they ask for help."""
WRITING_SECONDS = 1_200.0
"""Two texts and a generic one: a minute or two on two idle cores, far longer on busy ones."""


class Morning:
    """What the person does, step by step."""

    def __init__(self, serve: Serve, ui: Browser, database: Path) -> None:
        self.serve, self.ui, self.database = serve, ui, database
        self.flow_run = ""

    def start(self) -> None:
        """Find the deployment, fill in the form, press Submit."""
        ui = self.ui
        ui.open("/deployments")
        ui.sees("Produce · Filandre")
        ui.picture("what-can-be-run")
        ui.open(f"/deployments/deployment/{self.serve.prefect.deployment('Produce')['id']}")
        ui.press("Run")
        ui.page.get_by_text("Custom run").click()
        ui.sees("Only a part")
        ui.pick("Campaign", "mini")
        ui.pick("Channels", "social")
        ui.pick("Languages", "fr")
        ui.fill("Most it may cost", "deux")
        ui.press("Submit")
        expect(ui.field("Most it may cost")).to_contain_text("an amount above 0, such as 2.50")
        ui.fill("Most it may cost", "2,50 €")
        ui.fill("Drafts per piece", "6")  # enough that the small model's chance of none accepted is nil
        ui.fill("Generic texts", "1")  # others would be written in the same way, slowly
        ui.switch("Require approval")
        ui.picture("form")
        ui.press("Submit")
        ui.sees("scheduled to start")
        ui.picture("started")
        (run,) = self.serve.prefect.ask("/flow_runs/filter", {})
        self.flow_run = run["id"]

    def watch(self) -> None:
        """See it move, until it waits."""
        ui, prefect = self.ui, self.serve.prefect
        self._see_progress("of 2 pieces · ")
        ui.picture("progress")
        ui.page.goto("about:blank")  # a page that moves takes a core from the model
        state = prefect.wait(self.flow_run, "PAUSED", *ENDED, seconds=WRITING_SECONDS)
        assert state["name"] == "Suspended", (state, prefect.log(self.flow_run))
        self._see_progress("2 of 2 pieces")
        ui.picture("artifacts")

    def _see_progress(self, text: str) -> None:
        deadline = time.monotonic() + WRITING_SECONDS
        page = self.ui.page
        while True:
            self.ui.open(f"/runs/flow-run/{self.flow_run}")
            page.get_by_text("Artifacts", exact=True).first.click()
            try:
                page.get_by_text(text).locator("visible=true").first.wait_for(timeout=4_000)
                return
            except PlaywrightTimeout:
                assert time.monotonic() < deadline, self.serve.prefect.log(self.flow_run)

    def read(self, texts: list[str]) -> None:
        """Open the result: the texts side by side, and their figures."""
        ui = self.ui
        found = self.serve.prefect.artifacts(self.flow_run)
        (summary,) = [one for one in found if "await your approval" in str(one["data"])]
        ui.open(f"/artifacts/artifact/{summary['id']}")
        ui.sees("await your approval")
        for text in texts:
            ui.sees(" ".join(text.split()[:3]))
        ui.picture("side-by-side")
        ui.open(str(ui.page.get_by_role("link", name="Every piece in figures").get_attribute("href")))
        ui.sees("saved")
        assert ui.fits("status", "cost", "saved", "mirror", "siblings", "archive", "insights")
        ui.picture("figures")

    def approve(self) -> None:
        """Press Resume, fill in the form, see the run end well; again if Prefect's page did not get through."""
        ui = self.ui
        ui.open(f"/runs/flow-run/{self.flow_run}")
        ui.sees("Suspended")
        ui.picture("waits-for-approval")
        for _ in range(PRESSES):
            self._resume()
            if self.serve.prefect.leaves(self.flow_run, "PAUSED"):
                break
            ui.picture("still-suspended")
            ui.open(f"/runs/flow-run/{self.flow_run}")
        state = self.serve.prefect.wait(self.flow_run, "COMPLETED", "FAILED", "CRASHED")
        assert state["type"] == "COMPLETED", (state, self.serve.prefect.log(self.flow_run))
        ui.open(f"/runs/flow-run/{self.flow_run}")
        ui.sees("Completed")
        ui.picture("completed")

    def _resume(self) -> None:
        """Press Resume, and send the form."""
        ui = self.ui
        ui.press("Resume")
        ui.sees("wait")
        studio = ui.page.get_by_role("link", name="read and decide in the studio")
        expect(studio).to_have_attribute(
            "href", re.compile(r"^http://127\.0\.0\.1:\d+/pieces\?run=.*state=waiting")
        )
        ui.pick("Decision", "Approve all")
        ui.fill("Your name", "Anne")
        ui.fill("Minutes you spent", "4")
        ui.picture("approval")
        ui.press("Submit")

    def wander(self) -> None:
        """Where a curious person ends up: the newer pages, the list of integrations, the API's own page."""
        ui = self.ui
        assert ui.page.get_by_text("Try V2").count() == 0
        for path in ("/v2/dashboard", "/blocks/catalog", "/settings", "/docs"):
            ui.open(path)
            ui.page.wait_for_load_state("networkidle")
        assert ui.forbidden, (
            "the list of integrations has pictures of another address, and none was asked for"
        )

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the database says."""
        with closing(sqlite3.connect(self.database)) as store:
            return store.execute(query).fetchall()


def test_a_campaign_from_the_form_to_approved_pieces(tmp_path: Path) -> None:
    """Pick, run, watch, read, approve; then the pieces are accepted and the minutes are in the ledger."""
    if chromium() is None:
        pytest.skip("no Chromium here: apt-get install chromium, or name one in INEDIT_CHROMIUM")
    with served(tmp_path) as serve, browser(serve.prefect.url.removesuffix("/api"), PICTURES) as ui:
        morning = Morning(serve, ui, tmp_path / "inedit.db")
        morning.start()
        morning.watch()
        waiting = morning.rows("SELECT id, text FROM pieces WHERE approval = 'awaited' ORDER BY id")
        assert waiting, "the guard accepts what the embedded model writes"
        morning.read([text for _, text in waiting])
        morning.approve()
        morning.wander()
        assert ui.outside == [], "the pages need nothing but this machine"
        assert len(serve.prefect.ask("/flow_runs/filter", {})) == 1
    decided = morning.rows(
        "SELECT id, status, approval, decided_by FROM pieces WHERE decided_by <> '' ORDER BY id"
    )
    assert decided == [(id, "accepted", "given", "Anne") for id, _ in waiting]
    spent = (
        "SELECT SUM(json_extract(details, '$.measured_seconds')) FROM ledger_entries WHERE purpose = 'review'"
    )
    assert morning.rows(spent) == [(240,)]
