"""The approval form of the Prefect UI on the screen of a laptop, in a real browser, with a stub for a model."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from e2e.browser import browser, chromium
from e2e.serving import ROOT, served
from fakes.stub_openai import StubOpenAI
from fakes.writer import tell_the_insight_at_length

pytestmark = [
    pytest.mark.prefect,
    pytest.mark.skipif(chromium() is None, reason="needs a Chromium"),
]

SCREENS = ((1280, 720), (1366, 768))
LEAST_WORDS = 60
"""Most of an e-mail of the demo brand: enough to say what it is about."""

READABLE = """() => {
  const seen = [];
  for (const quoted of document.querySelectorAll('[role=dialog] blockquote')) {
    const texts = document.createTreeWalker(quoted, NodeFilter.SHOW_TEXT);
    for (let text; (text = texts.nextNode());) {
      for (const word of text.data.matchAll(/\\S+/g)) {
        const range = document.createRange();
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const box = range.getBoundingClientRect();
        const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        if (box.height && quoted.contains(there)) seen.push(word[0]);
      }
    }
  }
  return seen;
}"""
"""The words of the texts that nothing covers and nobody has to scroll to."""


def test_the_texts_can_be_read_beside_the_fields(tmp_path: Path) -> None:
    """Without scrolling: a text, all fields and the button, on the two screens that most laptops have."""
    root, home = tmp_path / "brand", tmp_path / "home"
    home.mkdir()
    for folder in ("brand_data", "prompts"):
        shutil.copytree(ROOT / folder, root / folder)
    with (
        StubOpenAI(answer=tell_the_insight_at_length).in_thread() as stub,
        served(home, project=root, INEDIT_MODEL="stub", **stub.environment) as serve,
        browser(serve.prefect.url.removesuffix("/api"), tmp_path / "pictures") as ui,
    ):
        run = serve.prefect.run(
            "Produce", campaign="mini", only={"channels": ["email"]}, require_approval=True
        )
        deadline = time.monotonic() + 200
        while serve.prefect.state(run)["type"] != "PAUSED":
            assert time.monotonic() < deadline, serve.prefect.state(run)
            time.sleep(0.5)
        for width, height in SCREENS:
            ui.page.set_viewport_size({"width": width, "height": height})
            ui.open(f"/runs/flow-run/{run}")
            ui.sees("Suspended")
            ui.press("Resume")
            ui.sees("Decision")
            ui.picture(f"form-{width}")
            assert len(ui.page.evaluate(READABLE)) >= LEAST_WORDS
            for label in ("Decision", "Comment for the model", "Your name", "Minutes you spent"):
                box = ui.field(label).bounding_box()
                assert box is not None
                assert box["y"] + box["height"] <= height
        assert ui.outside == []
