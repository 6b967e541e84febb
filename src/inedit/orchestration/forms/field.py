"""Forms of the flows of the field: map, observe, code, candidates, prune, forget."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, field_validator

from inedit.bootstrap import Settings
from inedit.insight_loop.anonymity import LEAST_PEOPLE
from inedit.insight_loop.pseudonyms import HEX_DIGITS
from inedit.model.errors import WrongInput
from inedit.orchestration.forms.base import AMOUNT, EVERYTHING, Form, pick
from inedit.orchestration.forms.production import Limits


class MapForm(Form):
    """*Map the places*: nothing to fill in."""


class ObserveForm(Form):
    """*Observe a place*."""

    place: str = Field(
        title="Place", description="One of brand_data/places.yaml.", json_schema_extra=pick("places")
    )
    file: str = Field(
        title="File",
        description="An export that was put into .inedit/incoming in the project's folder.",
        json_schema_extra=pick("incoming"),
    )
    columns: str = Field(
        "",
        title="Columns of a table",
        description="text=Avis,author=Client,at=Date. Empty: found by their names.",
    )
    chat: str = Field(
        "", title="Chat", description="Of a Telegram account: only the chat of this name or id."
    )
    dry_run: bool = Field(False, title="Dry run", description="Read and redact, and keep nothing.")
    delete_file: bool = Field(
        False,
        title="Delete the file afterwards",
        description="It holds names. Deleted only once it has been imported to its end.",
    )


class _OfAPlace(Form):
    place: str = Field(
        EVERYTHING, title="Place", description="Only what was said there.", validate_default=True,
        json_schema_extra=pick("places_or_all"),
    )  # fmt: skip

    @field_validator("place")
    @classmethod
    def _all(cls, picked: str) -> str:
        return "" if picked == EVERYTHING else picked


class CodeForm(_OfAPlace):
    """*Code verbatims*."""

    by: Literal["offline", "model"] = Field(
        "offline",
        title="By",
        description="offline: from labelled examples, without cost. model: by the language model below.",
    )
    model: str = Field(
        default_factory=lambda: Settings.from_environment().model,
        title="Model",
        description="Read only where a model codes.",
        json_schema_extra=pick("models"),
    )
    limit: int = Field(0, ge=0, title="At most", description="So many verbatims. 0: all of them.")
    max_cost: str = Field(
        "", title="Most it may cost", description="2.50, 2,50 € or 2 USD.", json_schema_extra=AMOUNT
    )

    @field_validator("max_cost")
    @classmethod
    def _is_amount(cls, typed: str) -> str:
        return Limits(max_cost=typed).max_cost


class CandidatesForm(_OfAPlace):
    """*Candidate insights*."""

    code: str = Field(
        EVERYTHING, title="Code", description="One of the code book.", validate_default=True,
        json_schema_extra=pick("codes_or_all"),
    )  # fmt: skip
    people: int = Field(
        LEAST_PEOPLE, ge=2, title="People", description="So many must have said it before it is shown."
    )

    @field_validator("code")
    @classmethod
    def _all_codes(cls, picked: str) -> str:
        return "" if picked == EVERYTHING else picked


class PruneForm(Form):
    """*Prune the field*."""

    only_count: bool = Field(False, title="Only count", description="Delete nothing: say how many are due.")


class ForgetForm(Form):
    """*Forget a person*."""

    pseudonym: str = Field(
        title="Pseudonym",
        description="Never a name or a handle: Prefect keeps what is typed here. "
        "'inedit insights forget NAME --dry-run' says whose it is.",
    )

    @field_validator("pseudonym")
    @classmethod
    def _is_one(cls, typed: str) -> str:
        if not re.fullmatch(rf"[0-9a-f]{{{HEX_DIGITS}}}", typed.lower()):
            raise WrongInput(
                f"A pseudonym has {HEX_DIGITS} digits and letters from a to f. Prefect keeps what is typed here, so "
                "give no name: 'inedit insights forget NAME --dry-run' in a terminal says whose pseudonym it is"
            )
        return typed.lower()
