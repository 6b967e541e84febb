"""Whether what a writer is told fits together: products that there are, tokens declared once."""

from __future__ import annotations

from collections.abc import Iterator

from inedit.brand.error_messages import suggest
from inedit.brand.registry import Registry
from inedit.errors import Issue


def products_exist(shelves: Registry) -> Iterator[Issue]:
    """An insight is about products that brand.yaml has."""
    if shelves.identity is None:
        return
    known = [product.id for product in shelves.identity.value.products]
    for insight in shelves.insights.entries.values():
        for index, name in enumerate(insight.value.products):
            if name not in known:
                yield insight.fault(
                    ("products", index), "unknown-product", f"There is no product '{name}'.",
                    suggest(name, known),
                )  # fmt: skip


def merge_fields_once(shelves: Registry) -> Iterator[Issue]:
    """A token of the mailing tool is declared once a campaign."""
    for campaign in shelves.campaigns.entries.values():
        tokens = campaign.value.merge_fields
        for index, token in enumerate(tokens):
            if token in tokens[:index]:
                yield campaign.fault(
                    ("merge_fields", index), "duplicate-merge-field", f"'{token}' is declared twice.",
                    "Delete one of the two.",
                )  # fmt: skip
