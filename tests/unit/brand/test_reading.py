"""Reading a file: places, and everything that can be wrong before the content is looked at."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import pytest

from inedit.brand.reading import MAX_BYTES, read_document


def read(folder: Path, content: str | bytes):
    path = folder / "file.yaml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_document(folder, path)


def test_every_value_and_key_has_its_place(tmp_path):
    """Line and column, from 1, of each key and value are kept."""
    document = read(tmp_path, '# note\n- id: a\n  text: {fr: "é", en: b}\n')
    assert document.data == [{"id": "a", "text": {"fr": "é", "en": "b"}}]
    assert document.location((0, "text", "en")) == (3, 23)
    assert document.location((0, "text", "en"), key=True) == (3, 19)
    assert document.location((0, "nothing", "here")) == (2, 3)


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("a: b: c\n", 1, "colon followed by a space"),
        ("a:\n\t- b\n", 2, "tab"),
        ('x: 1\na: "open\nb: 2\n', 2, "never closed"),
        ("a: @b\n", 1, "cannot begin with this character"),
        ("a: [b, c\nd: e\n", 2, "not closed"),
        ("a: 1\n b: 2\n", 2, "colon followed by a space"),
        ("- a\nb: c\n", 2, "does not fit the lines above"),
        ('a: "\\q"\n', 1, "backslash"),
        ("a: *b\n", 1, "asterisk"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("a: 1\nplain words\nb: 2\n", 2, "without a colon"),
    ],
)
def test_broken_yaml_is_explained_where_it_breaks(tmp_path, content, line, words):
    """A syntax error gives one fault: its line, what is the matter, what to do."""
    document = read(tmp_path, content)
    assert not document.readable
    (issue,) = document.issues
    assert (issue.code, issue.file) == ("yaml-syntax", "file.yaml")
    assert issue.line == line
    assert words in issue.message
    assert issue.remedy


def test_a_key_written_twice_is_reported_each_time(tmp_path):
    """Duplicate keys are all reported, with the line of the first; the first one counts."""
    document = read(tmp_path, "a: 1\nb: {c: 1, c: 2}\na: 3\n")
    assert document.data == {"a": "1", "b": {"c": "1"}}
    assert [(f.code, f.line, f.column) for f in document.issues] == [
        ("duplicate-key", 2, 11),
        ("duplicate-key", 3, 1),
    ]
    assert "line 1" in document.issues[1].message


def test_a_byte_order_mark_is_no_fault(tmp_path):
    """Files saved by Windows editors, with a mark at their start, are read."""
    document = read(tmp_path, "\ufeffa: é\r\nb: c\r\n")
    assert document.data == {"a": "é", "b": "c"}


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_another_encoding_is_named(tmp_path, encoding):
    """A file that is not UTF-8 is a fault that says so."""
    document = read(tmp_path, "a: 1\nb: été\n".encode(encoding))
    assert [issue.code for issue in document.issues] == ["not-utf-8"]
    if encoding == "latin-1":
        assert (document.issues[0].line, document.issues[0].column) == (2, 4)


def test_a_control_character_is_pointed_at(tmp_path):
    """An invisible control character is named with its code point and place."""
    (issue,) = read(tmp_path, "a: 1\nb: x\x07y\n").issues
    assert (issue.code, issue.line, issue.column) == ("control-character", 2, 5)
    assert "U+0007" in issue.message


def test_a_huge_file_is_refused_before_it_is_read(tmp_path):
    """A file over the limit is refused by its size."""
    assert [f.code for f in read(tmp_path, b"#" * (MAX_BYTES + 1)).issues] == ["file-too-large"]


def test_values_by_reference_are_refused(tmp_path):
    """Aliases are refused, so that a small file cannot stand for a huge or endless one."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        document = read(tmp_path, "a: &x [1]\nb: *x\nc: &y {d: *y}\ne: &x 2\n")
    assert [issue.code for issue in document.issues] == ["yaml-alias", "yaml-alias"]


def test_absurd_nesting_is_refused(tmp_path):
    """Thousands of nested lists end in a fault, not in a crash."""
    document = read(tmp_path, "{a: " * 20_000)
    assert document.issues[0].code in ("too-deep", "yaml-syntax")
    assert not document.readable


def test_a_link_out_of_the_project_is_refused(tmp_path):
    """A symbolic link that leads outside the project is refused, one that stays inside is followed."""
    project = tmp_path / "project"
    project.mkdir()
    (tmp_path / "secret.yaml").write_text("key: 1")
    (project / "inside.yaml").write_text("key: 2")
    (project / "out.yaml").symlink_to(tmp_path / "secret.yaml")
    (project / "in.yaml").symlink_to(project / "inside.yaml")
    assert [f.code for f in read_document(project, project / "out.yaml").issues] == ["outside-project"]
    assert read_document(project, project / "in.yaml").data == {"key": "2"}


def test_links_in_a_circle_and_dead_links_are_unreadable(tmp_path):
    """A link that leads nowhere is a fault, never an exception."""
    (tmp_path / "a.yaml").symlink_to(tmp_path / "b.yaml")
    (tmp_path / "b.yaml").symlink_to(tmp_path / "a.yaml")
    (tmp_path / "c.yaml").symlink_to(tmp_path / "gone.yaml")
    for name in ("a.yaml", "c.yaml"):
        assert [f.code for f in read_document(tmp_path, tmp_path / name).issues] == ["unreadable-file"]


def test_what_is_no_file_is_refused(tmp_path):
    """A folder or a pipe of a YAML name is refused, without waiting for it."""
    (tmp_path / "folder.yaml").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")
    for name in ("folder.yaml", "pipe.yaml"):
        assert [f.code for f in read_document(tmp_path, tmp_path / name).issues] == ["not-a-file"]


def test_an_empty_file_holds_nothing(tmp_path):
    """A file of comments only is readable and holds nothing."""
    document = read(tmp_path, "# later\n")
    assert (document.data, document.readable, document.issues) == (None, True, [])


def places(document, data, loc=()):
    """Where everything in a document stands, keys and values, the top first."""
    yield loc, document.location(loc), document.location(loc, key=True)
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in inside:
        yield from places(document, value, (*loc, step))


@pytest.mark.parametrize(
    "text", ["a: {b: [1, 'ü', \"x\"]}\n# c\né: |\n  z\n", "- a: b\n  c: ''\n-\n  - ~\n", "a: x\u2028y\n"]
)
def test_both_parsers_give_the_same_values_and_places(tmp_path, monkeypatch, text):
    """The fast parser changes nothing but the time it takes."""
    fast = read(tmp_path, text)
    monkeypatch.setattr("inedit.brand.yaml_syntax.yaml.__with_libyaml__", False)
    slow = read(tmp_path, text)
    assert fast.data == slow.data
    assert list(places(fast, fast.data)) == list(places(slow, slow.data))
    assert fast.issues == slow.issues == []
