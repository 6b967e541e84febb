"""Every page of the studio, in the order of the navigation."""

from inedit.studio.page import Page
from inedit.studio.pages import ledger, review

ALL: tuple[Page, ...] = (*review.PAGES, *ledger.PAGES)
"""Each module's pages; another module is added here."""
