"""The forms of the Prefect UI, as pydantic models, and the lists that they offer, read from the brand project.

A form's fields are plain; which of them is a list to pick from is said by :func:`pick`, and the list is put in when the
form is shown (:func:`schema_of`). So a changed ``brand_data/`` changes the form and no code, and a list with one entry
is a list all the same. What comes back is read by the same model (:func:`read`): whatever wrote it, a person hears in
sentences what is wrong.
"""

from __future__ import annotations

from inedit.orchestration.forms.base import (
    AMOUNT,
    EVERYTHING,
    NO_AMOUNT,
    SEPARATOR,
    Choices,
    Form,
    id_of,
    named_choice,
    pick,
)
from inedit.orchestration.forms.field import (
    CandidatesForm,
    CodeForm,
    ForgetForm,
    MapForm,
    ObserveForm,
    PruneForm,
)
from inedit.orchestration.forms.production import (
    Limits,
    Only,
    PreviewForm,
    ProduceForm,
    ResumeForm,
    options_of,
    settings_of,
)
from inedit.orchestration.forms.reading import NOTHING_OFFERED, Served, name_of, read, schema_of
from inedit.orchestration.forms.upkeep import CheckForm, ExportForm, RejudgeForm

__all__ = [
    "AMOUNT",
    "EVERYTHING",
    "NOTHING_OFFERED",
    "NO_AMOUNT",
    "SEPARATOR",
    "CandidatesForm",
    "CheckForm",
    "Choices",
    "CodeForm",
    "ExportForm",
    "ForgetForm",
    "Form",
    "Limits",
    "MapForm",
    "ObserveForm",
    "Only",
    "PreviewForm",
    "ProduceForm",
    "PruneForm",
    "RejudgeForm",
    "ResumeForm",
    "Served",
    "id_of",
    "name_of",
    "named_choice",
    "options_of",
    "pick",
    "read",
    "schema_of",
    "settings_of",
]
