"""The bytes that the chain hashes are those of RFC 8785, so that any auditor can compute them."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from inedit.ledger.journal.chain import canonical_form, hash_of, hash_rows_of
from inedit.model import LedgerEntry

LARGEST = (1 << 53) - 1
"""Beyond this RFC 8785 knows no whole numbers; the ledger's columns do."""

_TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
_COLUMNS = st.fixed_dictionaries(
    {
        field.name: st.none() | (st.integers(-LARGEST, LARGEST) if "int" in str(field.type) else _TEXT)
        for field in fields(LedgerEntry)
    }
)


@settings(max_examples=150, deadline=None)
@given(_COLUMNS)
def test_the_canonical_form_is_that_of_the_rfc(columns: dict[str, Any]) -> None:
    """Any text and any number in any column."""
    told = {name: value for name, value in columns.items() if value is not None and name != "hash"}
    assert canonical_form(columns).encode() == rfc8785.dumps(told)
    assert hash_rows_of(tuple(columns))(list(columns.values())) == hash_of(columns)


def test_numbers_that_the_rfc_does_not_know_are_written_in_full() -> None:
    """Why the library does not replace our own function."""
    with pytest.raises(rfc8785.CanonicalizationError):
        rfc8785.dumps({"cost_micros": LARGEST + 1})
    assert canonical_form({"cost_micros": LARGEST + 1}) == '{"cost_micros":9007199254740992}'
