"""Every page of the studio, in the order of the navigation."""

from inedit.studio.page import Page
from inedit.studio.pages import (
    account,
    again,
    brand,
    bulk,
    compare,
    editing,
    field,
    field_begin,
    field_incoming,
    field_insights,
    field_tests,
    files,
    incoming,
    ledger,
    piece,
    prompts,
    review,
    start,
    tasks,
    trials,
)

ALL: tuple[Page, ...] = (
    *review.PAGES,
    *piece.PAGES,
    *bulk.PAGES,
    *again.PAGES,
    *editing.PAGES,
    *compare.PAGES,
    *files.PAGES,
    *tasks.PAGES,
    *start.PAGES,
    *trials.PAGES,
    *prompts.PAGES,
    *incoming.PAGES,
    *brand.PAGES,
    *field.PAGES,
    *field_incoming.PAGES,
    *field_insights.PAGES,
    *field_begin.PAGES,
    *field_tests.PAGES,
    *ledger.PAGES,
    *account.PAGES,
)
"""Each module's pages; another module is added here."""
