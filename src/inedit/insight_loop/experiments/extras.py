"""Libraries of the extra ``experiments``, imported when they are needed: they take seconds."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from inedit.model.errors import WrongInput


def library(name: str) -> Any:
    """A module of statsmodels or scipy, or :class:`~.errors.WrongInput` with what to install."""
    try:
        return import_module(name)
    except ImportError as error:
        raise WrongInput("Reading A/B tests needs statsmodels: pip install 'inedit[experiments]'.") from error
