"""Whether what a writer is told fits together: products that there are, tokens declared once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from inedit.brand.error_messages import suggest
from inedit.brand.registry import Found, Registry
from inedit.errors import Issue


def products_exist(registry: Registry) -> Iterator[Issue]:
    """Insights and campaigns name products, and campaigns calls to action, that brand.yaml has."""
    if registry.identity is None:
        return
    known = [product.id for product in registry.identity.value.products]
    entries: list[Found[Any]] = [*registry.insights.entries.values(), *registry.campaigns.entries.values()]
    for found in entries:
        for index, name in enumerate(found.value.products):
            if name not in known:
                yield found.issue(
                    ("products", index), "unknown-product", f"There is no product '{name}'.",
                    suggest(name, known),
                )  # fmt: skip
    calls = [call.id for call in registry.identity.value.calls_to_action]
    for campaign in registry.campaigns.entries.values():
        chosen = campaign.value.calls_to_action
        for index, name in enumerate(() if isinstance(chosen, str) else chosen):
            if name not in calls:
                yield campaign.issue(
                    ("calls_to_action", index), "unknown-call-to-action",
                    f"There is no call to action '{name}'.", suggest(name, calls),
                )  # fmt: skip


def merge_fields_once(registry: Registry) -> Iterator[Issue]:
    """A token of the mailing tool is declared once a campaign."""
    for campaign in registry.campaigns.entries.values():
        tokens = campaign.value.merge_fields
        for index, token in enumerate(tokens):
            if token in tokens[:index]:
                yield campaign.issue(
                    ("merge_fields", index), "duplicate-merge-field", f"'{token}' is declared twice.",
                    "Delete one of the two.",
                )  # fmt: skip
