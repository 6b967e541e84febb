"""What forms are made of: fields to pick from a list or to type an amount into."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, JsonValue

from inedit.ledger.pricing.amounts import ABOVE_ZERO

NO_AMOUNT = "an amount above 0, such as 2.50, 2,50 € or 2 USD"
"""What stands beside a field for an amount that is none. Prefect words what a schema refuses by itself, by its regular
expression; a constant that was expected it shows as it is."""

AMOUNT: dict[str, JsonValue] = {
    "allOf": [{"if": {"not": {"pattern": rf"^\s*$|{ABOVE_ZERO}"}}, "then": {"const": NO_AMOUNT}}]
}
"""An amount above 0, with or without a currency, or nothing, as JSON Schema. Before it is sent, Prefect's form has its
fields judged by the keywords that it knows; ``if`` is not one of them, but what stands inside ``allOf`` all gets there.
Otherwise the message would come as a toast, and stand beside no field."""

EVERYTHING = "everything"
"""The choice of all months, campaigns, places or codes."""


SEPARATOR = " · "


def named_choice(name: str, id: str) -> str:
    """An entry of ``brand_data/`` as a list shows it: by its name, with its id last so that :func:`id_of` can take it
    out again."""
    return f"{name}{SEPARATOR}{id}"


def id_of(choice: str) -> str:
    """The id of an entry that was picked by its name, or given by its id."""
    return choice.rpartition(SEPARATOR)[2].strip()


def pick(kind: str) -> dict[str, JsonValue]:
    """Marks a field as a list to pick from: one of the names of :class:`Choices`."""
    return {"pick": kind}


@dataclass(frozen=True, slots=True)
class Choices:
    """What the lists of the forms offer. A list that is empty leaves a field to be typed."""

    campaigns: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    tones: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    incoming: tuple[str, ...] = ()
    brand: str = ""  # whose lists these are, as people call it

    @property
    def places_or_all(self) -> tuple[str, ...]:
        """The places, and before them all of them."""
        return (EVERYTHING, *self.places)

    @property
    def codes_or_all(self) -> tuple[str, ...]:
        """The codes of the code book, and before them all of them."""
        return (EVERYTHING, *self.codes)

    def named(self, kind: str) -> tuple[str, ...]:
        """The list of a kind."""
        found: tuple[str, ...] = getattr(self, kind)
        return found


class Form(BaseModel):
    """Base of every form: what it does not know is a mistake."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
