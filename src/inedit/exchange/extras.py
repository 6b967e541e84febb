"""Libraries of the extra ``exchange``, imported when a format needs them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from inedit.model.errors import WrongInput

MARKS = r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
"""Characters that XML cannot hold."""


def library(name: str, purpose: str) -> Any:
    """A module, or :class:`~.errors.WrongInput` with what to install; ``purpose`` begins the sentence."""
    try:
        return import_module(name)
    except ImportError as error:
        package = {"docx": "python-docx", "mjml": "mjml-python"}.get(name, name.partition(".")[0])
        raise WrongInput(f"{purpose} needs {package}: pip install 'inedit[exchange]'.") from error
