"""What `inedit check` says of templates."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from jinja2 import meta

from fakes.brand import tiny_brand
from fakes.brands import demo_project
from inedit.brand.load import Project
from inedit.model.errors import ProjectErrors
from inedit.prompting import check_templates, load_templates
from inedit.prompting.sandbox import compiled, parsed

PROMPTS = Path(__file__).parents[3] / "prompts"
HEAD = "{% block system %}System{% endblock %}\n"


def template(brief: str) -> str:
    return f"{HEAD}{{% block brief %}}\n{brief}\n{{% endblock %}}\n"


def test_a_pair_in_order_has_no_faults(pair):
    """Nothing is found in templates that are right, and they load."""
    project = pair()
    assert check_templates(project) == ()
    assert load_templates(project).sheets == project.sheets


@pytest.mark.parametrize(
    ("brief", "variables", "code", "column", "said"),
    [
        ("{{ segmnt.name }}", (), "unknown-variable", 4, "Did you mean 'segment'?"),
        ("{{ segment.nmae }}", ("segment",), "unknown-name", 12, "Did you mean 'name'?"),
        ("{{ segment.name }}", (), "undeclared-variable", 4, "Add 'segment' to its variables."),
        ("{{ segment.name | uper }}", ("segment",), "unknown-filter", 19, "Did you mean 'upper'?"),
        ("{{ segment.name }", ("segment",), "syntax", 1, "Fix the {{ }}"),
        ("{% include 'rulse.md.j2' %}", (), "missing-partial", 13, "Did you mean 'rules.md.j2'?"),
        (
            "{% include '../../etc/passwd' %}",
            (),
            "missing-partial",
            13,
            "There is no partial '../../etc/passwd'.",
        ),
        ("{% include segment.name %}", ("segment",), "dynamic-include", 1, "must stand in quotes"),
        ("{{ segment.name.upper() }}", ("segment",), "forbidden", 1, "filters"),
        ("{{ segment.__class__ }}", ("segment",), "forbidden", 1, "unsafe"),
        ("{{ 'a' * 1000000000 }}", (), "forbidden", 1, "numbers only"),
        ("{{ 9 ** 9 ** 9 }}", (), "forbidden", 1, "numbers only"),
        ("{{ segment.name + 1 }}", ("segment",), "template-error", 1, ""),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", (), "endless-template", 1, "Break the circle."),
    ],
)
def test_a_mistake_is_shown_where_it_is(pair, brief, variables, code, column, said):
    """Each mistake gives one fault with file, line, column, a code and a remedy."""
    issues = check_templates(pair(template(brief), variables))
    assert [(f.file, f.line, f.column, f.code) for f in issues] == [("prompts/email.md.j2", 3, column, code)]
    assert said in str(issues[0])


def test_a_mistake_in_a_partial_is_shown_in_the_partial(pair):
    """The file of the fault is the partial of the language, not the template that includes it."""
    files = {"_partials/de/rules.md.j2": "Regeln\nfür {{ segment.nam }}"}
    issues = check_templates(pair(files=files))
    assert [(f.file, f.line, f.column) for f in issues] == [("prompts/_partials/de/rules.md.j2", 2, 16)]


def test_templates_that_include_each_other_are_refused(pair):
    """A circle of partials is found by reading, and names the line that closes it."""
    files = {
        "_partials/fr/rules.md.j2": "{% include 'more.md.j2' %}",
        "_partials/fr/more.md.j2": "\n{% include 'rules.md.j2' %}",
    }
    issues = check_templates(pair(files=files))
    assert [(f.file, f.line, f.code) for f in issues] == [
        ("prompts/_partials/fr/more.md.j2", 2, "endless-template")
    ]


def test_a_partial_that_one_language_lacks_is_named(pair):
    """The remedy gives the path to write."""
    project = pair()
    (project.root / "prompts/_partials/it/rules.md.j2").unlink()
    (issue,) = check_templates(project)
    assert (issue.code, issue.remedy) == ("missing-partial", "Write prompts/_partials/it/rules.md.j2.")


def test_a_missing_translation_is_a_fault_only_where_it_is_used(pair):
    """A tone without German stops a template that uses it, and no other."""
    project = pair()
    plain = project.brand.tones["plain"].model_copy(update={"instruction": {"fr": "Simplement."}})
    brand = project.brand.model_copy(update={"tones": {"plain": plain}})
    issues = check_templates(Project(project.root, brand, project.sheets))
    assert {f.code for f in issues} == {"missing-translation"}
    assert "The instruction of tone 'plain' has no wording in 'de'." in [f.message for f in issues]
    without = Project(project.root, brand, pair(template("Write."), ()).sheets)
    assert check_templates(without) == ()


def test_every_segment_is_rendered(pair):
    """A branch that only one segment takes is checked too."""
    branch = "For {% if segment.name == 'First home' %}{{ segment.nmae }}{% endif %}"
    assert [f.code for f in check_templates(pair(template(branch), ("segment",)))] == ["unknown-name"]


def test_the_revision_is_rendered(pair):
    """A mistake that only a next attempt would meet is found before anything is paid."""
    wrong = (
        template("Write.")
        + "{% block revision %}{% for f in revision.findings %}{{ f.cure }}{% endfor %}{% endblock %}"
    )
    issues = check_templates(pair(wrong, ("revision",)))
    assert [(f.line, f.code) for f in issues] == [(5, "unknown-name")]
    assert "A finding has no 'cure'." in issues[0].message


def test_a_sheet_must_list_what_is_used_and_nothing_else(pair):
    """An unknown and an unused variable are shown in the sheet, at their place."""
    issues = check_templates(pair(template("Write."), ("tone", "segmnt")))
    assert [(f.file, f.line, f.column, f.code) for f in issues] == [
        ("prompts/email.yaml", 2, 13, "unused-variable"),
        ("prompts/email.yaml", 2, 19, "unknown-variable"),
    ]


def test_a_template_needs_system_and_brief(pair):
    """A template without one of the two blocks that every prompt needs is a fault."""
    (issue,) = check_templates(pair(HEAD, ()))
    assert (issue.code, issue.message) == ("missing-block", "The block 'brief' is missing or empty.")


def test_a_layout_may_be_shared(pair):
    """Inheritance works: a template fills the blocks of a layout that it extends."""
    layout = "{% block system %}{% endblock %}{% block brief %}For all: {% block about %}{% endblock %}{% endblock %}"
    child = '{% extends "layout.md.j2" %}{% block system %}System{% endblock %}{% block about %}linen{% endblock %}'
    assert check_templates(pair(child, (), {"_partials/layout.md.j2": layout})) == ()


def test_a_pair_needs_both_files(pair):
    """A sheet without template and a template without sheet are faults, each naming the file to write."""
    project = pair(files={"fax.md.j2": template("Write.")})
    (project.root / "prompts/email.md.j2").unlink()
    assert [(f.file, f.code, f.remedy) for f in check_templates(project)] == [
        ("prompts/email.yaml", "missing-template", "Write prompts/email.md.j2."),
        ("prompts/fax.md.j2", "missing-sheet", "Write prompts/fax.yaml."),
    ]


def test_files_that_cannot_be_read_are_faults(pair, tmp_path):
    """A link out of prompts/, a huge file and one that is not UTF-8 are refused, and their content is not read."""
    project = pair()
    prompts, secret = project.root / "prompts", tmp_path / "secret.txt"
    secret.write_text("secret")
    (prompts / "_partials/away.md.j2").symlink_to(secret)
    (prompts / "_partials/big.md.j2").write_text("x" * 100_001)
    (prompts / "_partials/latin.md.j2").write_bytes("é".encode("latin-1"))
    assert {(f.file.rsplit("/", 1)[1], f.code) for f in check_templates(project)} == {
        ("away.md.j2", "outside-prompts"), ("big.md.j2", "too-large"), ("latin.md.j2", "not-utf-8"),
    }  # fmt: skip


def test_a_linked_folder_does_not_lead_out(pair, tmp_path):
    """A folder of partials that is a link elsewhere is as good as absent."""
    project = pair()
    shutil.move(project.root / "prompts/_partials/fr", tmp_path / "fr")
    (project.root / "prompts/_partials/fr").symlink_to(tmp_path / "fr")
    assert {f.code for f in check_templates(project)} & {"missing-partial", "outside-prompts"}


def test_output_without_end_is_stopped(pair):
    """A template that multiplies its output is stopped instead of filling the memory."""
    loops = "{% for a in 'x' %}" + "".join(f"{{% for a{i} in brand.voice %}}" for i in range(4))
    ends = "{% endfor %}" * 5
    (issue,) = check_templates(pair(template(f"{loops}{{{{ brand.about }}}}{ends}"), ("brand",)))
    assert "60000 characters" in issue.message


def test_a_part_without_approved_wording_is_a_fault(pair):
    """A channel whose calls to action have no wording in a language cannot be asked for."""
    project = pair()
    action = tiny_brand().identity.calls_to_action[0].model_copy(update={"channels": ("fax",)})
    identity = project.brand.identity.model_copy(update={"calls_to_action": (action,)})
    brand = project.brand.model_copy(update={"identity": identity})
    assert {f.code for f in check_templates(Project(project.root, brand, project.sheets))} == {"no-wording"}


def test_loading_raises_everything_at_once(pair):
    """All faults of all files come in one error."""
    project = pair(template("{{ tnoe }}"), (), {"fax.md.j2": "{% block %}"})
    with pytest.raises(ProjectErrors) as caught:
        load_templates(project)
    assert {issue.code for issue in caught.value.issues} == {"unknown-variable", "missing-sheet"}


def test_the_demo_templates_are_in_order(demo_root):
    """The repository's own prompts have no fault, in any language, segment or tone."""
    assert check_templates(demo_project()) == ()


def test_templates_are_read_while_the_data_is_out_of_order(pair):
    """Without rendering, what reading shows is told all the same, and nothing that the data may be to blame for."""
    project = pair(template("{{ segmnt.name }} {{ segment.nmae }}"), ("segment",))
    assert {f.code for f in check_templates(project, rendering=False)} == {"unknown-variable"}


def test_the_names_that_a_template_needs_are_those_that_jinja_finds():
    """They are noted while its code is made; loops, macros, ``set`` and imports give the same as asking Jinja."""
    sources = {path.name: path.read_text(encoding="utf-8") for path in PROMPTS.rglob("*.j2")}
    sources["made"] = (
        "{% set a = b %}{% for c in d if c.e %}{{ c }}{{ loop.index }}{{ f }}{% else %}{{ c }}{% endfor %}"
        "{% macro m(g, h=i) %}{{ g }}{{ h }}{{ j }}{% endmacro %}{{ m(a) }}{% import 'x' as k %}{{ k.l }}"
        "{% from n import o %}{{ o }}{% with p = q %}{{ p }}{% endwith %}{% block r %}{{ s }}{{ a }}{% endblock %}"
    )
    assert len(sources) > 10
    for name, source in sources.items():
        assert compiled(name, source).undeclared == meta.find_undeclared_variables(parsed(name, source)), name
