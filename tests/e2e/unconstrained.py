"""What a stranger gets who installs Inédit without constraints.txt: ``inedit serve`` starts, shows a page, runs a flow.

Run by ``make unconstrained`` in a fresh environment: ``python tests/e2e/unconstrained.py``. Standard library only:
pytest is not there.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import urllib.request
from importlib.metadata import version
from pathlib import Path

from serving import ROOT, served


def main() -> None:
    """Serve a copy of the demo project, open its page, check it from the UI, and end it with Ctrl-C."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        for name in ("brand_data", "prompts", "flows"):
            shutil.copytree(ROOT / name, project / name)
        with served(Path(folder) / "home", project=project) as serve:
            address = serve.prefect.url.removesuffix("/api") + "/deployments"
            asked = urllib.request.Request(address, headers={"Accept": "text/html"})
            with urllib.request.urlopen(asked, timeout=30) as page:
                assert page.status == 200, page.status
            state = serve.prefect.wait(serve.prefect.run("Check"))
            assert state["type"] == "COMPLETED", state
            code = serve.end()
            said = serve.said.read_text()
    assert code == 130, f"ended with {code}:\n{said}"
    assert "Traceback" not in said, said
    served_by = ", ".join(
        f"{name} {version(name)}" for name in ("prefect", "fastapi", "openai", "sqlalchemy")
    )
    sys.stdout.write(f"An install without constraints serves the demo project: {served_by}.\n")


main()
