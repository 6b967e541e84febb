"""Templates that were found in order are looked through again once something has changed, and only then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.brand import tiny_campaign
from inedit.errors import ProjectErrors
from inedit.prompting import checking, load_for_brief
from inedit.prompting.checked import FILE, MOST_KEPT

CAMPAIGN = tiny_campaign()


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


@pytest.mark.parametrize("file", ["prompts/email.md.j2", "prompts/new.txt", "brand_data/brand.yaml"])
def test_a_file_that_changes_has_them_looked_through(pair, looks, file):
    """Whichever of the project's files it is; put back as it was, it is known again."""
    project = pair()
    path = project.root / file
    path.parent.mkdir(exist_ok=True)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(before, encoding="utf-8")
    counts = [again(project, looks)[1]]
    for text in (before + "\n", before):
        path.write_text(text, encoding="utf-8")
        counts.append(again(project, looks)[1])
    assert counts == [1, 2, 2]


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
