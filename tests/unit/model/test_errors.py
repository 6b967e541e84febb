"""The errors and warnings of ``inedit check``, as data."""

from __future__ import annotations

from dataclasses import replace

from inedit.model.errors import Issue, IssueSeverity, ProjectErrors, counted, errors_among

ERROR = Issue("a.yaml", 1, 2, "bad-id", "Wrong.", "Fix it.")
WARNING = replace(ERROR, line=9, code="unused-wording", severity=IssueSeverity.WARNING)


def test_errors_are_told_from_warnings():
    """An issue is an error unless it says that it is a warning."""
    assert errors_among([WARNING, ERROR]) == (ERROR,)
    assert (ERROR.is_error, WARNING.is_error) == (True, False)
    assert [str(issue.severity) for issue in (ERROR, WARNING)] == ["error", "warning"]


def test_they_are_counted_in_words():
    """The count names both kinds and leaves out what there is none of."""
    assert counted([ERROR, WARNING, ERROR]) == "2 errors, 1 warning"
    assert counted([WARNING, WARNING]) == "2 warnings"
    assert counted([]) == "no errors"
    assert "1 fault in" in str(ProjectErrors([ERROR]))
