"""Templates that were found in order are looked through again once something has changed, and only then."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from fakes.brand import tiny_campaign
from inedit.brand.load import load_project
from inedit.model.errors import ProjectErrors
from inedit.prompting import checked, checking, load_for_brief
from inedit.prompting.checked import FILE, MOST_KEPT

CAMPAIGN = tiny_campaign()
ROOT = Path(__file__).parents[3]


@pytest.fixture
def looks(monkeypatch):
    """Every look at the templates of a brief from now on. What this process remembers of them is left out."""
    seen, look = [], checking._look

    def watched(templates, project, **named):
        seen.append(named["campaign"].id)
        return look(templates, project, **named)

    monkeypatch.setattr(checking, "_look", watched)
    monkeypatch.setattr(checking, "IN_ORDER", [])
    return seen


def again(project, looks, style="full", campaign=CAMPAIGN):
    checking.IN_ORDER.clear()
    return load_for_brief(project, style, campaign), len(looks)


def test_templates_in_order_are_looked_through_once(pair, looks):
    """Another process reads them, the same as ever, and renders none for the check."""
    project = pair()
    first, _ = again(project, looks)
    second, count = again(project, looks)
    assert count == 1
    assert (second.sources, second.sheets) == (first.sources, project.sheets)
    assert again(project, looks, campaign=CAMPAIGN.model_copy(update={"id": "other"}))[1] == 2


@pytest.mark.parametrize("file", ["email.md.j2", "_partials/de/rules.md.j2", "_partials/fr/new.md.j2"])
def test_a_template_that_changes_has_them_looked_through(pair, looks, file):
    """Whichever it is; put back as it was, it is known again."""
    project = pair(files={"_partials/fr/new.md.j2": "New."})
    path = project.root / "prompts" / file
    before = path.read_text(encoding="utf-8")
    counts = [again(project, looks)[1]]
    for text in (before + "\nMore.", before):
        path.write_text(text, encoding="utf-8")
        counts.append(again(project, looks)[1])
    assert counts == [1, 2, 2]


@pytest.mark.parametrize("linked", [False, True])
def test_a_brand_that_changes_has_them_looked_through(tmp_path, looks, linked):
    """In folders of the project, and in those that a link leads to."""
    for folder in ("brand_data", "prompts"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    insights = tmp_path / "brand_data" / "insights"
    if linked:
        insights = insights.rename(tmp_path / "elsewhere")
        (tmp_path / "brand_data" / "insights").symlink_to(insights)
    file = min(insights.glob("*.yaml"))
    counts = []
    before = file.read_text(encoding="utf-8")
    for text in (before, before, before.replace(". ", "! ", 1), before):
        file.write_text(text, encoding="utf-8")
        project = load_project(tmp_path)
        campaign = project.brand.campaigns["mini"].model_copy(update={"languages": ("fr",)})
        counts.append(again(project, looks, campaign=campaign)[1])
    assert counts == [1, 1, 2, 2]


def test_sheets_and_styles_are_told_apart(pair, looks):
    """What a channel asks for, and whom the prompts are for, decide what is found as well."""
    project = pair()
    other = {
        "email": project.sheets["email"].model_copy(
            update={"purpose": {**project.sheets["email"].purpose, "fr": "Autre."}}
        )
    }
    assert [again(project, looks)[1], again(replace(project, sheets=other), looks)[1]] == [1, 2]
    assert again(project, looks, style="small")[1] == 3


def dangling(path):
    path.symlink_to("anne@desk.4711:1700000000")  # the lock of an editor


def circular(path):
    path.symlink_to(path.name)


@pytest.mark.parametrize("made", [dangling, circular, os.mkfifo, os.mkdir], ids=lambda made: made.__name__)
def test_what_is_no_file_is_said_by_the_usual_check(pair, looks, made):
    """Also where everything was found in order before it came; nothing waits for it."""
    project = pair()
    again(project, looks)
    odd = project.root / "prompts" / ".#email.md.j2"
    made(odd)
    for _ in range(2):
        with pytest.raises(ProjectErrors) as refused:
            again(project, looks)
        assert [issue.code for issue in refused.value.issues] == ["not-a-file"]
    odd.rmdir() if made is os.mkdir else odd.unlink()
    os.mkfifo(project.root / "prompts" / "notes")
    (project.root / "brand_data").mkdir()
    dangling(project.root / "brand_data" / ".#brand.yaml")
    seen = len(looks)
    assert again(project, looks)[1] == seen


def test_a_file_that_may_not_be_read_is_said_by_the_usual_check(pair, looks, monkeypatch):
    """The same for a file that the reader is not allowed."""
    project = pair()
    again(project, looks)
    read = Path.read_text

    def refusing(path, *given, **named):
        if path.name == "email.md.j2":
            raise PermissionError(13, "Permission denied")
        return read(path, *given, **named)

    monkeypatch.setattr(Path, "read_text", refusing)
    with pytest.raises(ProjectErrors, match="cannot be read"):
        again(project, looks)


def test_what_is_kept_is_of_the_text_that_was_looked_through(pair, looks, monkeypatch):
    """A template that is mended while it is read, and broken again, is not taken for one in order."""
    project, broken = pair(), "{% block system %}{{ tnoe }}{% endblock %}{% block brief %}x{% endblock %}"
    file = project.root / "prompts" / "email.md.j2"
    good = file.read_text(encoding="utf-8")
    file.write_text(broken, encoding="utf-8")
    digest = checked._digest

    def at_that_moment(*given):
        file.write_text(good, encoding="utf-8")
        return digest(*given)

    monkeypatch.setattr(checked, "_digest", at_that_moment)
    with pytest.raises(ProjectErrors):
        again(project, looks)
    again(project, looks)
    monkeypatch.undo()
    file.write_text(broken, encoding="utf-8")
    checking.IN_ORDER.clear()
    with pytest.raises(ProjectErrors):
        load_for_brief(project, "full", CAMPAIGN)


def test_the_program_is_all_of_it(tmp_path, monkeypatch):
    """Any file of the package below any folder, and its version; not what Python compiles."""
    for name in ("guard/data/words.toml", "errors.py", "guard/__pycache__/words.pyc"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("1")
    monkeypatch.setattr(checked.resources, "files", lambda _: tmp_path)
    told = checked._program.__wrapped__
    first = told()
    assert "words.pyc" not in first
    for name in ("guard/data/words.toml", "errors.py"):
        (tmp_path / name).write_text("12")
        assert told() != first
        first = told()
    monkeypatch.setattr(checked, "__version__", "9.9")
    assert told() != first


def test_what_is_wrong_is_said_each_time(pair, looks):
    """Errors are never taken for known; mended, nothing is said."""
    for _ in range(2):
        project = pair("{% block system %}{{ tnoe }}{% endblock %}{% block brief %}x{% endblock %}", ())
        with pytest.raises(ProjectErrors):
            again(project, looks)
    assert again(pair(), looks)[1] == 3
    with pytest.raises(ProjectErrors):
        again(pair("{% block system %}{{ tnoe }}{% endblock %}{% block brief %}x{% endblock %}", ()), looks)


def test_what_is_kept_stays_small_and_may_be_damaged(pair, looks):
    """The newest are kept; a file that cannot be read is as good as none, and one that cannot be written too."""
    project = pair()
    file = project.root / FILE
    for number in range(MOST_KEPT + 3):
        again(project, looks, campaign=CAMPAIGN.model_copy(update={"id": f"brief-{number}"}))
    assert len(file.read_text().split()) == MOST_KEPT
    file.write_bytes(b"\xff\xfe")
    seen = len(looks)
    assert again(project, looks)[1] == seen + 1
    file.unlink()
    file.mkdir()
    assert again(project, looks)[1] == seen + 2
    assert again(replace(project), looks)[1] == seen + 3
    assert [path.name for path in file.parent.iterdir()] == [file.name]
