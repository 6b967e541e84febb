"""What the environment says."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from inedit.model.errors import WrongInput

DEFAULT_MODEL = "qwen2.5-coder-1.5b-instruct"
DEFAULT_ENCODER = "use-multilingual-v3"
REMOTE_CONCURRENCY = 16
LOCAL_CONCURRENCY = 2
MOST_CONCURRENCY = 256
MOST_JUDGES = 16
JUDGED_APART_FROM = 16
"""Pieces at once from which drafts come fast enough for a judge in a process of its own to matter."""
PROMPT_CHOICES = ("auto", "full", "small")
"""Which prompts a run reads: those for capable models, those for small ones, or what suits the model."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says. The key is never printed: it is left out of ``repr``."""

    model: str = DEFAULT_MODEL
    encoder: str = DEFAULT_ENCODER
    database_url: str = ""
    openai_base_url: str = ""
    openai_api_key: str = ""
    pieces_at_once: int = 0  # 0: what suits the model
    prompts: str = "auto"  # full, small, or auto: what suits the model
    advisor: str = ""  # the model that is asked about what the guard accepts; empty: none
    free_server: str = ""  # why nobody bills the calls to openai_base_url; empty: somebody does
    judges: int | None = None  # processes that judge drafts; 0: none but the run's own; None: what suits

    def __repr__(self) -> str:
        key = "set" if self.openai_api_key else "not set"
        return f"Settings(model={self.model!r}, encoder={self.encoder!r}, openai_api_key={key})"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read ``INEDIT_MODEL``, ``_ENCODER``, ``_DATABASE_URL``, ``_CONCURRENCY``, ``_PROMPTS``, ``_ADVISOR``,
        ``_FREE_SERVER``, ``_JUDGES``; ``OPENAI_BASE_URL``, ``_API_KEY``.

        Raises :class:`~.errors.WrongInput` for a number, an address or a choice that cannot be one.
        """
        env = os.environ if environ is None else environ
        at_once = env.get("INEDIT_CONCURRENCY", "")
        if at_once and not (re.fullmatch(r"\d{1,3}", at_once) and 1 <= int(at_once) <= MOST_CONCURRENCY):
            raise WrongInput(
                f"INEDIT_CONCURRENCY is '{at_once}': give how many pieces to make at once, 1 to {MOST_CONCURRENCY}."
            )
        judges = env.get("INEDIT_JUDGES", "")
        if judges and not (re.fullmatch(r"[0-9]{1,2}", judges) and int(judges) <= MOST_JUDGES):
            raise WrongInput(
                f"INEDIT_JUDGES is '{judges}': give how many processes judge drafts, 1 to {MOST_JUDGES}, or 0 to judge "
                "in the run's own."
            )
        address = env.get("OPENAI_BASE_URL", "")
        if not _can_be_address(address):
            raise WrongInput(
                "OPENAI_BASE_URL is not the address of a model server: give one such as http://127.0.0.1:11434/v1."
            )
        return cls(
            model=env.get("INEDIT_MODEL") or DEFAULT_MODEL,
            encoder=env.get("INEDIT_ENCODER") or DEFAULT_ENCODER,
            database_url=env.get("INEDIT_DATABASE_URL", ""),
            openai_base_url=address,
            openai_api_key=env.get("OPENAI_API_KEY", ""),
            pieces_at_once=int(at_once or 0),
            prompts=prompts_named(env.get("INEDIT_PROMPTS") or "auto", "INEDIT_PROMPTS"),
            advisor=env.get("INEDIT_ADVISOR", "").strip(),
            free_server=env.get("INEDIT_FREE_SERVER", "").strip(),
            judges=int(judges) if judges else None,
        )

    @property
    def concurrency(self) -> int:
        """How many pieces are in the making at once."""
        return self.pieces_at_once or (LOCAL_CONCURRENCY if is_embedded(self.model) else REMOTE_CONCURRENCY)

    def judges_for(self, concurrency: int) -> int:
        """How many processes of their own judge the drafts of a run that makes so many pieces at once.

        Where nothing is said, one: but none where there is one core only, where fewer than
        :data:`JUDGED_APART_FROM` are made at once, or where an embedded model takes seconds for each and the cores
        for itself.
        """
        from inedit.generation.embedded import our_cores

        if os.name != "posix":
            return 0
        if self.judges is not None:
            return self.judges
        return int(concurrency >= JUDGED_APART_FROM and our_cores() > 1 and not is_embedded(self.model))


def prompts_named(choice: str, by: str) -> str:
    """A choice of prompts as it was typed; :class:`~.errors.WrongInput` says what ``by`` may be."""
    if choice not in PROMPT_CHOICES:
        raise WrongInput(f"{by} is '{choice}': give one of {', '.join(PROMPT_CHOICES)}.")
    return choice


def _can_be_address(text: str) -> bool:
    """Whether a text can be taken apart as a URL."""
    try:
        _ = urlsplit(text).port
    except ValueError:  # such as brackets that are not closed
        return False
    return text.strip().isprintable()


def is_embedded(model: str) -> bool:
    """Whether the name means weights that we run ourselves: one of the catalogue, or a GGUF file."""
    from inedit.generation.weights import catalogue

    return model.endswith(".gguf") or model in {weights.name for weights in catalogue()}
