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


REMOTE = {"INEDIT_MODEL": "gpt-5-mini"}


@pytest.mark.parametrize(
    ("environ", "concurrency", "cores", "judges"),
    [
        (REMOTE, 16, 2, 1),
        (REMOTE, 64, 2, 1),
        (REMOTE, 15, 8, 0),  # the drafts of so few do not keep a core busy
        (REMOTE, 64, 1, 0),  # it would only take the core from the run
        ({}, 64, 8, 0),  # the embedded model has the cores
        ({**REMOTE, "INEDIT_JUDGES": ""}, 64, 2, 1),
        ({**REMOTE, "INEDIT_JUDGES": "0"}, 64, 8, 0),
        ({**REMOTE, "INEDIT_JUDGES": "3"}, 1, 1, 3),
        ({"INEDIT_JUDGES": "1"}, 2, 1, 1),
    ],
)
def test_drafts_are_judged_apart_where_that_is_worth_it(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], concurrency: int, cores: int, judges: int
) -> None:
    """One process where drafts come fast and there is a core for it, or what INEDIT_JUDGES says."""
    monkeypatch.setattr("inedit.generation.embedded.our_cores", lambda: cores)
    assert Settings.from_environment(environ).judges_for(concurrency) == judges


def test_where_sockets_cannot_be_handed_on_the_run_judges_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was said."""
    monkeypatch.setattr("os.name", "nt")
    assert Settings(model="gpt-5-mini", judges=2).judges_for(64) == 0


@pytest.mark.parametrize("said", ["many", "-1", "17", "1.5", "٣"])
def test_a_number_of_judges_that_is_none_is_refused(said: str) -> None:
    """The message names the variable and what it may be."""
    with pytest.raises(WrongInput, match=r"INEDIT_JUDGES is .* 1 to 16, or 0"):
        Settings.from_environment({"INEDIT_JUDGES": said})
