"""Whether the prompt sheets are in order: one a channel, parts that can be met, examples that have them."""

from __future__ import annotations

from collections.abc import Iterator

from inedit.brand.reading import Loc
from inedit.brand.registry import Found, Registry
from inedit.brand.schema import Part, Sheet
from inedit.model.errors import Issue


def sheets_agree(registry: Registry) -> Iterator[Issue]:
    """Each channel has a sheet; a sheet's parts and examples are in order."""
    for channel in registry.channels.entries.values():
        name = channel.value.id
        if registry.sheets.complete and name not in registry.sheets.names:
            yield channel.issue(
                ("id",), "missing-sheet", f"Channel '{name}' has no file prompts/{name}.yaml.",
                "Add it, with its template beside it, or delete the channel.",
            )  # fmt: skip
    for found in (*registry.sheets.entries.values(), *registry.small_sheets.entries.values()):
        met: set[str] = set()
        for index, part in enumerate(found.value.parts):
            if part.id in met:
                yield found.issue(
                    ("parts", index, "id"), "duplicate-part", f"There is already a part '{part.id}'.",
                    "Rename one of the two.",
                )  # fmt: skip
            met.add(part.id)
            if part.min_chars > part.max_chars:
                yield found.issue(
                    ("parts", index, "min_chars"), "impossible-limits",
                    f"'{part.id}' must be longer than it may be.", "Lower min_chars or raise max_chars.",
                )  # fmt: skip
        yield from _examples_agree(found.value.parts, found)


def _examples_agree(parts: tuple[Part, ...], found: Found[Sheet]) -> Iterator[Issue]:
    by_id = {part.id: part for part in parts}
    for index, example in enumerate(found.value.examples):
        at: Loc = ("examples", index, "parts")
        for name in example.parts:
            if name not in by_id:
                yield found.issue(
                    (*at, name), "unknown-part", f"The example has a part '{name}', which the sheet has not.",
                    f"The sheet has: {', '.join(by_id)}.",
                )  # fmt: skip
            elif len(example.parts[name]) > by_id[name].max_chars:
                yield found.issue(
                    (*at, name), "example-too-long",
                    f"The example's '{name}' has {len(example.parts[name])} characters; "
                    f"{by_id[name].max_chars} are allowed.",
                    "Shorten it: the model does as it is shown.",
                )  # fmt: skip
        for part in parts:
            if part.source == "model" and part.min_chars and part.id not in example.parts:
                yield found.issue(
                    at,
                    "missing-part",
                    f"The example lacks the part '{part.id}'.",
                    f"Add '{part.id}: …' here.",
                )
