"""What the environment says, and what it cannot say."""

from __future__ import annotations

import pytest

from inedit.bootstrap import LOCAL_CONCURRENCY, REMOTE_CONCURRENCY, Settings
from inedit.errors import WrongInput


@pytest.mark.parametrize(
    ("environ", "concurrency"),
    [
        ({}, LOCAL_CONCURRENCY),
        ({"INEDIT_MODEL": "gpt-5-mini"}, REMOTE_CONCURRENCY),
        ({"INEDIT_MODEL": "gpt-5-mini", "INEDIT_CONCURRENCY": "64"}, 64),
        ({"INEDIT_CONCURRENCY": ""}, LOCAL_CONCURRENCY),
    ],
)
def test_pieces_at_once_suit_the_model_unless_said_otherwise(
    environ: dict[str, str], concurrency: int
) -> None:
    """Two on an embedded model, sixteen with a provider, or what INEDIT_CONCURRENCY says."""
    assert Settings.from_environment(environ).concurrency == concurrency


@pytest.mark.parametrize("said", ["many", "-1", "0", "9" * 5_000, "1.5", "1000"])
def test_a_concurrency_that_is_no_number_of_pieces_is_refused(said: str) -> None:
    """The message names the variable and what it may be."""
    with pytest.raises(WrongInput, match=r"INEDIT_CONCURRENCY is .* 1 to 256"):
        Settings.from_environment({"INEDIT_CONCURRENCY": said})
