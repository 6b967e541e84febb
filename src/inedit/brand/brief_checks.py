"""Whether what a writer is told fits together: products that there are, tokens declared once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from inedit.brand.error_messages import suggest
from inedit.brand.registry import Found, Registry
from inedit.model.errors import Issue


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


OPT_OUT_MARKETS = frozenset({"FR", "GB", "DE", "ES", "IT", "AT", "BE", "LU", "CH", "IE", "PT", "NL"})
"""Where a commercial text message must say how to get no more of them: article 13(4) of Directive 2002/58/EC as each
state wrote it (CPCE L34-5, UWG § 7, LSSI 22, Codice privacy 130, TKG § 174 …), PECR 23 in the United Kingdom, UWG
3(1)(o) in Switzerland. No legal advice."""


def tracked_links_are_ours(registry: Registry) -> Iterator[Issue]:
    """An address that is tracked is one of the brand's own, and no text has to carry it: it leaves beside the text."""
    web = registry.identity.value.addresses.web if registry.identity else ()
    own = [_host(address) for address in web]
    for campaign in registry.campaigns.entries.values():
        for index, link in enumerate(campaign.value.links):
            host = _host(link.url)
            if link.tracked and not any(host == one or host.endswith(f".{one}") for one in own):
                yield campaign.issue(
                    ("links", index, "url"), "strange-address", f"'{host}' is not an address of the brand.",
                    "Add it to addresses.web in brand.yaml, or take 'tracked' away.",
                )  # fmt: skip
            if link.tracked and link.required:
                yield campaign.issue(
                    ("links", index, "required"), "tracked-and-required",
                    "A tracked link leaves beside the text, so no text can be required to carry it.",
                    "Keep one of the two.",
                )  # fmt: skip


def _host(address: str) -> str:
    return (urlsplit(address if "://" in address else f"//{address}").hostname or "").removeprefix("www.")


def messages_say_how_to_stop(registry: Registry) -> Iterator[Issue]:
    """A warning for each text message channel that a campaign uses without a mention where the law asks for one."""
    for campaign in registry.campaigns.entries.values():
        for index, id in enumerate(campaign.value.channels):
            channel = registry.channels.entries.get(id)
            if channel is None or channel.value.charset == "unicode":
                continue
            for tag in campaign.value.languages:
                language = registry.languages.entries.get(tag)
                if language is None or language.value.market not in OPT_OUT_MARKETS:
                    continue
                is_mentioned = any(
                    tag in mention.text and (not mention.markets or language.value.market in mention.markets)
                    for mention in (*channel.value.mandatory, *campaign.value.mandatory)
                )
                if not is_mentioned:
                    yield campaign.warning(
                        ("channels", index), "no-way-out",
                        f"Text messages in '{tag}' do not say how to get no more of them; the law of "
                        f"{language.value.market} asks for it when they advertise.",
                        f"Add a mention in '{tag}' under 'mandatory' of channel '{id}' in channels.yaml.",
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
