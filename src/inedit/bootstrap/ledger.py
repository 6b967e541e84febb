"""The ledger under what finance has set down, its limits and its reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from inedit.bootstrap.settings import Settings, is_embedded
from inedit.model.errors import WrongInput

if TYPE_CHECKING:
    from inedit.brand.schema import Campaign
    from inedit.ledger import Ledger, Limit, PriceBook
    from inedit.ledger.reports.reporter import Reporter
    from inedit.store import Store

MOST_COST = 1_000_000_000
"""In any currency: the ledger counts millionths of it."""

LEAST_WORDS_OF_A_REASON = 2
"""``1``, ``yes`` or ``true`` say that a server is free, not why."""


def open_ledger(store: Store, root: Path, settings: Settings | None = None) -> Ledger:
    """The ledger of a store under what finance has set down in the project: prices, rates, budgets.

    With ``settings`` it also prices calls to the server that they declare free.
    """
    from inedit.ledger import Ledger, load_pricing_config

    ledger = Ledger.under(load_pricing_config(root), store)
    return ledger.with_free(free_servers(settings)) if settings else ledger


def open_price_book(root: Path, settings: Settings) -> PriceBook:
    """The prices of :func:`open_ledger`, for who asks for nothing else."""
    from inedit.ledger import PriceBook, load_pricing_config

    return PriceBook(load_pricing_config(root).prices).with_free(free_servers(settings))


def free_servers(settings: Settings) -> Mapping[str, str]:
    """The server whose calls nobody bills, with the reason, as ``INEDIT_FREE_SERVER`` declares it; else nothing.

    Raises :class:`~.errors.WrongInput` for a word that is not a reason, and for a provider of the price lists:
    its calls are billed, whatever the environment says.
    """
    from inedit.ledger import provider_of as known_provider

    reason = settings.free_server
    if not reason or is_embedded(settings.model):
        return {}
    provider = known_provider(settings.openai_base_url)
    if provider != urlsplit(settings.openai_base_url).netloc.rpartition("@")[2]:
        raise WrongInput(
            f"INEDIT_FREE_SERVER declares the calls free, but they go to '{provider}', which bills them. Unset it, or "
            "write a price of zero with its reason into brand_data/prices.yaml."
        )
    if len(reason.split()) < LEAST_WORDS_OF_A_REASON:
        raise WrongInput(
            f"INEDIT_FREE_SERVER is '{reason}': say in some words why nobody bills the calls to {provider}, such as "
            "'our own Ollama'."
        )
    return {provider: reason}


def limits_of(campaign: Campaign, max_cost: str | None = None) -> tuple[Limit, ...]:
    """The hard limits of a run: the brief's budget, and ``max_cost`` (``2.50``, ``2,50 €``) for this run alone.

    Without a currency, ``max_cost`` is in that of the brief's budget, else in euros. Under a hard limit an unknown
    price is refused, on this machine too: a gateway on localhost is a paid server.
    """
    from inedit.ledger import Limit

    limits = []
    currency = campaign.budget.currency if campaign.budget else "EUR"
    if campaign.budget:
        micros = int(campaign.budget.amount * 1_000_000)
        limits.append(Limit("campaign", micros, currency))
    if max_cost is not None:
        limits.append(run_limit(max_cost, currency))
    return tuple(limits)


def run_limit(max_cost: str, currency: str) -> Limit:
    """The limit of one run, as it was typed; ``currency`` is meant when it names none."""
    from inedit.ledger import Limit
    from inedit.ledger.pricing.amounts import parse_amount

    value, named = parse_amount(max_cost)
    if value > MOST_COST:
        raise WrongInput(f"A maximum cost is at most {MOST_COST:,}, not '{max_cost}'.")
    return Limit("run", int(value * 1_000_000), named or currency)


def reporter(store: Store, root: Path) -> Reporter:
    """Reports on the project's ledger, with the dates and budgets of its briefs.

    Raises :class:`~.errors.ProjectErrors` when the project cannot be read.
    """
    from inedit.brand.load import load_project
    from inedit.ledger.reports.reporter import Reporter

    brand = load_project(root).brand
    briefs = brand.campaigns.values()
    ledger = open_ledger(store, root).with_limits(*_budgets_of(briefs))
    return Reporter(ledger, {brief.id: brief.briefed for brief in briefs if brief.briefed}, brand.baseline)


def _budgets_of(briefs: Iterable[Campaign]) -> tuple[Limit, ...]:
    """The budgets of the briefs as hard limits, each of its own campaign: for a report on what became of them."""
    from inedit.ledger import Limit

    return tuple(
        Limit("campaign", int(brief.budget.amount * 1_000_000), brief.budget.currency, scope_id=brief.id)
        for brief in briefs
        if brief.budget
    )
