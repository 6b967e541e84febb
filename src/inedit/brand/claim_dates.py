"""What a campaign says of days, held against today: claims that may not be said (yet), a brief of a day to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from inedit.brand.registry import Found, Registry
from inedit.brand.schema import Campaign, Claim
from inedit.model.errors import Issue


def claims_on(today: date, registry: Registry) -> Iterator[Issue]:
    """What is to be said of each campaign's list of claims on ``today``; a campaign with ``auto`` has none."""
    for campaign in registry.campaigns.entries.values():
        chosen = campaign.value.claims
        if isinstance(chosen, str):
            continue
        if not chosen:
            yield campaign.issue(
                ("claims",), "no-claims-left", "The list of claims is empty, so every claim would be used.",
                "Name at least one claim, or write: claims: auto.",
            )  # fmt: skip
        claims = {name: found.value for name in chosen if (found := registry.claims.entries.get(name))}
        if len(claims) < len(set(chosen)):
            continue  # a name is wrong, or a claim is: said already
        for index, name in enumerate(chosen):
            yield from _dates(campaign, index, claims[name], today)
        yield from _none_left(campaign, claims, today, registry)


def briefs_on(today: date, registry: Registry) -> Iterator[Issue]:
    """Briefs of a day to come: what is accepted before it is a fault in the ledger's report, and no speed-up."""
    for campaign in registry.campaigns.entries.values():
        briefed = campaign.value.briefed
        if briefed and briefed > today:
            yield campaign.warning(
                ("briefed",), "brief-to-come", f"The brief is dated {briefed}, a day to come.",
                "Write the day on which it was given: time to market starts there.",
            )  # fmt: skip


def _dates(campaign: Found[Campaign], index: int, claim: Claim, today: date) -> Iterator[Issue]:
    until, deadline = claim.valid_until, campaign.value.deadline
    at = ("claims", index)
    if until and until < today:
        yield campaign.warning(
            at, "claim-run-out", f"Claim '{claim.id}' ran out on {until}; no text will say it.",
            "Take it out of the campaign, or renew its proof and its date in claims.yaml.",
        )  # fmt: skip
    elif claim.valid_from > today:
        yield campaign.warning(
            at, "claim-not-yet-valid", f"Claim '{claim.id}' may be said from {claim.valid_from} on, not before.",
            "Write the texts then, or take it out of the campaign.",
        )  # fmt: skip
    elif until and deadline and until < deadline:
        yield campaign.warning(
            at, "claim-ends-early",
            f"Claim '{claim.id}' runs out on {until}, before the campaign's deadline of {deadline}.",
            "Renew its proof and its date in claims.yaml, or take it out of the campaign.",
        )  # fmt: skip


def _none_left(
    campaign: Found[Campaign], claims: dict[str, Claim], today: date, registry: Registry
) -> Iterator[Issue]:
    for tag in campaign.value.languages if claims else ():
        language = registry.languages.entries.get(tag)
        if language is None:
            continue
        reasons = {id: _silent(claim, tag, language.value.market, today) for id, claim in claims.items()}
        if all(reasons.values()):
            listed = "; ".join(f"'{id}' {reason}" for id, reason in reasons.items())
            yield campaign.issue(
                ("claims",), "no-claims-left",
                f"None of the campaign's claims may be said in '{tag}' on {today}: {listed}.",
                f"Name a claim that may be said in '{tag}', or write: claims: auto.",
            )  # fmt: skip


def _silent(claim: Claim, tag: str, market: str, today: date) -> str:
    """Why a claim may not be said; empty when it may."""
    if tag not in claim.text:
        return "has no wording in it"
    if claim.valid_until and claim.valid_until < today:
        return f"ran out on {claim.valid_until}"
    if claim.valid_from > today:
        return f"may be said from {claim.valid_from} on"
    if claim.markets and market not in claim.markets:
        return f"is for {', '.join(claim.markets)}, and '{tag}' is written for {market}"
    return ""
