"""Brand data in the studio: saved under check, never over somebody else's change."""

from __future__ import annotations

import html
import re
import subprocess
from pathlib import Path

import pytest

from inedit.studio import Workspace

from .conftest import Reader

FILE = "brand_data/insights/verbatims.yaml"
PAGE = "/brand/insights/spilt-soup"
XSS = "<script>alert(1)</script>"


def form_of(page: str) -> dict[str, str]:
    """The fields of the form as the browser sends them."""
    main = page[page.index(f'action="{PAGE}"') :]
    fields = dict(re.findall(r'<input(?: type="\w+")? name="([\w.]+)" value="([^"]*)"', main))
    fields |= dict(re.findall(r'<textarea name="([\w.-]+)"[^>]*>([^<]*)</textarea>', main))
    digest = re.search(r'name="digest" value="(\w+)"', main)
    assert digest
    return {name: html.unescape(value) for name, value in fields.items()} | {"digest": digest[1]}


@pytest.mark.parametrize("kind", ["insights", "claims", "lexicon", "tones", "segments", "prompts"])
def test_every_kind_is_shown(anne: Reader, kind: str) -> None:
    """What the files say, each kind on its page."""
    assert 'aria-current="page"' in anne.text(f"/brand/{kind}")
    assert anne.get("/brand/secrets").status_code == 400


def test_a_wording_is_saved_with_its_comments_and_the_next_prompt_has_it(
    workspace: Workspace, anne: Reader
) -> None:
    """Only its line changes in the file; markup in it stays text."""
    path = workspace.root / FILE
    before = path.read_text(encoding="utf-8")
    fields = form_of(anne.text(PAGE))
    unchanged = anne.post(PAGE, **fields)
    assert unchanged.status_code == 303, unchanged.text
    assert path.read_text(encoding="utf-8") == before
    anne.post(PAGE, **{**fields, "source": f"A letter {XSS}"})
    after = path.read_text(encoding="utf-8")
    assert len(set(after.splitlines()) ^ set(before.splitlines())) == 2
    assert XSS not in anne.text(PAGE)
    assert XSS not in anne.text("/brand/insights")
    path.write_text(before, encoding="utf-8")


def test_what_check_refuses_is_not_saved(workspace: Workspace, anne: Reader) -> None:
    """An insight without a wording, a day that is none: the file stays, and the reason is said."""
    path = workspace.root / FILE
    before = path.read_bytes()
    fields = form_of(anne.text(PAGE))
    said = anne.post(PAGE, **{**fields, "source": ""})
    assert "Nothing was saved: check refuses it." in said.text
    assert "is not a date" in anne.post(PAGE, **{**fields, "collected": "yesterday"}).text
    assert path.read_bytes() == before


def test_a_change_made_elsewhere_is_not_overwritten(workspace: Workspace, anne: Reader) -> None:
    """Both texts are there: theirs in the file, ours in the form with theirs beside it."""
    path = workspace.root / FILE
    before = path.read_text(encoding="utf-8")
    fields = form_of(anne.text(PAGE))
    theirs = before.replace("Personne n’a crié.", "Personne n’a grondé.")
    path.write_text(theirs, encoding="utf-8")
    said = anne.post(PAGE, **{**fields, "text.fr": "« Ma fille a renversé sa soupe. Personne n’a crié. »"})
    assert said.status_code == 409
    assert path.read_text(encoding="utf-8") == theirs
    assert "renversé sa soupe" in said.text and "n’a grondé" in said.text
    path.write_text(before, encoding="utf-8")


def test_an_insight_is_retired_and_accepted_again(workspace: Workspace, anne: Reader) -> None:
    """A retired one goes into no new prompt; accepting it again leaves the file as it was."""
    path: Path = workspace.root / FILE
    before = path.read_text(encoding="utf-8")
    anne.post(f"{PAGE}/retire")
    assert workspace.project().brand.insights["spilt-soup"].retired
    anne.post(f"{PAGE}/retire")
    assert path.read_text(encoding="utf-8") == before


def test_prompts_are_read_previewed_and_checked(anne: Reader) -> None:
    """A template as it is, a cell's prompt as a model reads it; no other file is to be had."""
    assert "{% block system %}" in anne.text("/brand/prompts/file/email.md.j2")
    for path in ("../brand_data/claims.yaml", "%2e%2e/pyproject.toml", "/etc/passwd"):
        assert anne.get(f"/brand/prompts/file/{path}").status_code in (400, 404)
    page = anne.text("/brand/prompts/preview?campaign=mini&language=es&tone=none")
    assert 'lang="es"' in page
    assert "Nothing is wrong" in anne.text("/brand/check?of=prompts/")


def test_a_template_is_checked_while_typed_and_saved_with_its_history(
    workspace: Workspace, anne: Reader
) -> None:
    """What check refuses is told, another's change is not overwritten, and git tells who changed what."""

    def git(*words: str) -> None:
        name = ("-c", "user.name=<b>Bea</b>", "-c", "user.email=b@example.com")
        subprocess.run(["git", "-C", str(workspace.root), *name, *words], check=True, capture_output=True)

    address, file = "/brand/prompts/file/social.md.j2", workspace.root / "prompts" / "social.md.j2"
    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "<i>first</i>")
    page = anne.text(address)
    assert "&lt;i&gt;first&lt;/i&gt;" in page and "<i>first" not in page
    found = re.search(r'name="digest" value="(\w+)"', page)
    assert found
    before = file.read_text("utf-8")
    broken = before + "{% if %}\n"
    assert 'class="bad"' in anne.post("/brand/prompts/trial/social.md.j2", text=broken).text
    saved = anne.post(address, text=before + "{# a note #}\n", digest=found[1])
    assert saved.status_code == 303 and file.read_text("utf-8").endswith("{# a note #}\n")
    late = anne.post(address, text=before + "{# mine #}\n", digest=found[1])
    assert late.status_code == 409 and "mine" in late.text and "a note" in late.text
    git("commit", "-qam", "second")
    change = re.search(r"change=(\w+)\">second", anne.text(address))
    assert change and "<ins>{# a note #}</ins>" in anne.text(f"{address}?change={change[1]}")
    assert anne.get("/brand/prompts/file/..%2f..%2fetc%2fpasswd").status_code == 400
    assert anne.text(f"{address}?change=--output=x")


def test_what_check_says_is_read_in_french(anne: Reader) -> None:
    """Under a template while one types, and beside an insight that is not saved."""
    anne.post("/preferences", language="fr", next="/who")
    told = html.unescape(anne.post("/brand/prompts/trial/social.md.j2", text="{{ nam }}").text)
    assert "Inconnu\u00a0: variable «\u00a0nam\u00a0»." in told and "There is no" not in told
    refused = html.unescape(anne.post(PAGE, **{**form_of(anne.text(PAGE)), "source": ""}).text)
    assert re.search(r"'[a-z.]+' (est vide|manque)", refused), refused[refused.find("alarm") :][:600]
    anne.post("/preferences", language="en", next="/who")


def test_prompts_are_found_by_their_channel_and_language(anne: Reader) -> None:
    """By the names that people know; every file can be reached."""
    page = anne.text("/brand/prompts")
    assert re.search(r"<dt>Social post</dt><dd><a [^>]*/social\.md\.j2", page)
    assert re.search(r"<dt>French</dt><dd>.*?_partials/fr/system\.md\.j2[^>]*>Who writes<", page)
    files = {path.relative_to("prompts").as_posix() for path in Path("prompts").rglob("*.md.j2")}
    assert {name for name in files if f'/brand/prompts/file/{name}"' not in page} == set()
