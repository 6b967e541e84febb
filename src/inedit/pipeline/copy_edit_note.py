"""The note on a piece that has the text of its copy edit: by it a run tells how many edits got in, resumed or not."""

from __future__ import annotations

from inedit.model import Finding, Severity

CHECK = "copy-edit"
"""The name under which the note stands among the findings of the checks."""

NOTE = Finding(CHECK, Severity.NOTE, "This text is the copy edit of the draft.")
"""A person who edits the text has it judged anew, and the note goes with the old text."""


def is_copy_edited(finding: Finding) -> bool:
    """Whether a finding is the note."""
    return finding.check == CHECK
