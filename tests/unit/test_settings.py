"""What the environment says, and what it cannot say."""

from __future__ import annotations

import pytest

from inedit.bootstrap import LOCAL_CONCURRENCY, REMOTE_CONCURRENCY, Settings
from inedit.model.errors import WrongInput


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


@pytest.mark.parametrize(
    "address", ["http://[::1", "http://h:99999", "http://h:x", "http://h\n.test", "http://h\0"]
)
def test_an_address_that_is_none_is_refused_wherever_it_is_read_first(address: str) -> None:
    """The message names the variable; a password in it would not be shown."""
    with pytest.raises(WrongInput, match="OPENAI_BASE_URL is not the address") as caught:
        Settings.from_environment({"OPENAI_BASE_URL": address})
    assert address not in str(caught.value)
    assert Settings.from_environment({"OPENAI_BASE_URL": " http://[::1]:8080/v1 "}).openai_base_url
