"""The whole loop in a browser: a conversation is imported, coded, accepted as an insight, written about and tested; the
next plan changes and says why. Half a minute of CPU."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.browser import PAGE_SECONDS, browser, chromium
from e2e.test_studio import Studio, enters, opened
from fakes.field import discord_export, discord_message
from fakes.field_store import TORN
from fakes.loop import CAMPAIGN, OTHER, OURS
from fakes.stub_openai import StubOpenAI
from fakes.studio import copy_project
from fakes.writer import tell_the_insight_under_a_title
from inedit.insight_loop.experiments.sizing import sized

pytestmark = pytest.mark.skipif(chromium() is None, reason="no Chromium here")


@pytest.fixture
def studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Studio]:
    """A studio whose model is a stub, over a brand whose field is empty."""
    with StubOpenAI(answer=tell_the_insight_under_a_title).in_thread() as stub:
        for name, value in {**stub.environment, "INEDIT_MODEL": "stub"}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("INEDIT_FIELD_KEY", str(tmp_path / "field.key"))
        yield from opened(copy_project(tmp_path / "project"))


def test_from_a_file_to_another_plan(studio: Studio, tmp_path: Path) -> None:
    export = discord_export(
        tmp_path / "e.json", [discord_message(n, text, str(n)) for n, text in enumerate(TORN)]
    )
    with browser(studio.address.partition("/enter")[0], tmp_path / "pictures") as ui:
        page = ui.page
        page.set_default_timeout(3 * PAGE_SECONDS * 1000)  # the encoder is loaded between two pages
        enters(ui, studio)
        page.goto(f"{ui.address}/field")
        page.get_by_label("File").set_input_files(export)
        page.locator("select[name=place]").select_option("reprise-discord")
        page.get_by_role("button", name="Import and redact").click()
        expect(page.get_by_text("6 messages read, 6 new")).to_be_visible()

        page.goto(f"{ui.address}/field/candidates")
        page.get_by_role("button", name="Code offline").click()
        page.locator("a[href^='/field/candidates/']").click()
        page.get_by_label("Id", exact=True).fill(OURS)
        page.get_by_label("français").first.fill(
            "Un drap se troue presque toujours aux pieds, et presque jamais ailleurs."
        )
        page.get_by_label("sheet").check()
        page.get_by_role("button", name="Accept").click()
        expect(page.get_by_text("The insight is accepted.")).to_be_visible()

        (studio.root / "brand_data" / "campaigns" / "loop.yaml").write_text(CAMPAIGN, encoding="utf-8")
        page.goto(f"{ui.address}/start?campaign=loop")
        page.locator("input[name=segments][value=families]").check()  # none checked is all of them
        page.locator("input[name=require_approval]").uncheck()
        page.locator("button[form=start]").click()
        page.wait_for_url(re.compile("/start/runs/"))
        expect(page.get_by_text("complete", exact=True).first).to_be_visible(timeout=3 * PAGE_SECONDS * 1000)

        page.goto(f"{ui.address}/field/tests")
        page.get_by_role("link", name="Begin a test").click()
        page.get_by_label("Campaign").select_option("loop")
        page.get_by_label("Rate today").fill("10 %")
        page.get_by_label("Smallest relative effect").fill("30 %")
        page.get_by_text("Narrow down, choose the arms").click()
        page.get_by_label("Arms of your choice").fill(f"{OTHER} {OURS}")
        page.get_by_role("button", name="Show the size and the arms").click()
        size = sized(rate=0.1, effect=0.3).per_arm
        expect(page.get_by_text(f"{size:,} impressions per arm")).to_be_visible()
        page.get_by_role("button", name="Begin this test").click()
        expect(page.get_by_text("The test has begun.")).to_be_visible()
        rows = [f"{name};20/11/2026;{size};{size // share}" for name, share in ((OTHER, 10), (OURS, 6))]
        results = tmp_path / "november.csv"
        results.write_text("\n".join(("bras;jour;affichages;clics", *rows)), encoding="utf-8")
        page.goto(f"{ui.address}/field/tests")
        page.get_by_text("Give results").click()
        page.get_by_label("File").set_input_files(results)
        page.get_by_label("Days are written").select_option("dmy")
        page.get_by_role("button", name="Take these results in").click()
        expect(page.get_by_text("2 new, 0 corrected")).to_be_visible()
        expect(page.get_by_text(f"B (insight {OURS}) wins.")).to_be_visible()
        expect(page.get_by_text(re.compile(r"[1-9]\d* changes? in \d+ variants"))).to_be_visible()
        assert ui.outside == []
