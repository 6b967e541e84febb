"""What `inedit check` says of the questions to an advisor and to a copy editor."""

from __future__ import annotations

from pathlib import Path

import pytest

from inedit.brand.load import load_project
from inedit.brand.scaffold import init_project
from inedit.prompting import check_templates
from inedit.prompting.advice import TEMPLATE

FILE = f"_partials/fr/{TEMPLATE}"
ROOT = Path(__file__).parents[3]


def question(text: str, system: str = "Check.") -> str:
    return f"{{% block system %}}{system}{{% endblock %}}\n{{% block text %}}\n{text}\n{{% endblock %}}\n"


@pytest.mark.parametrize("root", [ROOT, None])
def test_the_questions_of_a_project_are_in_order(root: Path | None, tmp_path: Path) -> None:
    """Those of the demo brand, and those that a new project begins with."""
    if root is None:
        init_project(tmp_path / "new")
    project = load_project(root or tmp_path / "new")
    assert list((project.root / "prompts" / "_partials").glob(f"*/{TEMPLATE}"))
    assert [issue for issue in check_templates(project) if TEMPLATE in issue.file] == []


@pytest.mark.parametrize(
    ("text", "line", "code", "said"),
    [
        ("{{ clams }}", 3, "unknown-variable", "Did you mean 'claims'?"),
        (
            "Text. {% for claim in claims %}{{ claim.txt }}{% endfor %}",
            3,
            "unknown-name",
            "A fact has no 'txt'.",
        ),
        (
            "Text. {% for one in insights %}{{ one.evidence }}{% endfor %}",
            3,
            "unknown-name",
            "An insight has no",
        ),
        (
            "Text. {% for part in parts %}{{ part.txt }}{% endfor %}",
            3,
            "unknown-name",
            "A part has no 'txt'.",
        ),
        ("Text. {% if not claims %}{{ brand.name }}{% endif %}", 3, "unknown-name", ""),
        ("{{ brand | uper }}", 3, "unknown-filter", "Did you mean 'upper'?"),
        ("{{ brand }", 3, "syntax", "Fix the {{ }}"),
        ("{% include 'rulse.md.j2' %}", 3, "missing-partial", "Did you mean 'rules.md.j2'?"),
        ("", 0, "missing-block", "The block 'text' is missing or empty."),
        ("{% if claims %}Only then.{% endif %}", 0, "missing-block", "The block 'text' is missing or empty."),
    ],
)
def test_a_mistake_is_shown_where_it_is(pair, text: str, line: int, code: str, said: str) -> None:
    """One fault, in the file of that language, whether facts are supplied or not."""
    issues = check_templates(pair(files={FILE: question(text)}))
    assert [(f.file, f.line, f.code) for f in issues] == [(f"prompts/{FILE}", line, code)]
    assert said in str(issues[0])


def test_a_question_is_optional(pair) -> None:
    """Nobody has to have one; a language without its own is asked about in English."""
    assert check_templates(pair(files={f"_partials/en/{TEMPLATE}": question("{{ brand }}")})) == ()


@pytest.mark.parametrize(
    ("text", "line", "code", "said"),
    [
        ("{{ brand }}", 2, "unknown-variable", ""),
        ("{{ 1 | uper }}", 2, "unknown-filter", "Did you mean 'upper'?"),
        ("{{ 1 }", 2, "syntax", "Fix the {{ }}"),
        ("", 0, "missing-block", "The block 'question' is missing or empty."),
    ],
)
def test_what_is_wrong_in_the_question_of_a_copy_edit(
    text: str, line: int, code: str, said: str, tmp_path: Path
) -> None:
    """It has no variables: the brief and the text stand above it."""
    init_project(tmp_path / "new")
    file = tmp_path / "new" / "prompts" / "_partials" / "fr" / "copy-edit.md.j2"
    assert file.is_file()
    file.write_text(f"{{% block question %}}\n{text}\n{{% endblock %}}\n", encoding="utf-8")
    (issue,) = (one for one in check_templates(load_project(tmp_path / "new")) if "copy-edit" in one.file)
    assert (issue.line, issue.code) == (line, code)
    assert said in f"{issue.message} {issue.remedy}"
