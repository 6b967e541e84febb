"""Finance's pages say what the views say, to the millionth, and nothing of a text is obeyed."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from sqlalchemy import text

from fakes.ledger import Clock, a_baseline, a_call, a_spec, pay, rest
from inedit.ledger import Ledger
from inedit.studio import Workspace
from inedit.studio.amounts import money
from inedit.studio.rendering import Rendering

from .conftest import Reader


@pytest.fixture(scope="module")
def booked(workspace: Workspace) -> Ledger:
    """Two accepted pieces and one that waits, of one campaign; one call has no known price."""
    found = workspace.ledger()  # one month, on whatever day the tests run:
    ledger = Ledger(found.store, found.prices, Clock(), limits=found.limits, rates=found.rates)
    for index, status in enumerate(("accepted", "accepted", "parked")):
        spec = a_spec(index)
        pay(ledger, a_call(spec))
        pay(ledger, a_call(spec, attempt=2))
        rest(workspace.store, spec, status)
        if status == "accepted":
            ledger.record_saving(spec, a_baseline(), run_id="run-1")
    pay(ledger, a_call(a_spec(3), model="<script>alert(1)</script>"))
    return ledger


def test_a_ledger_without_entries_has_a_page(anne: Reader) -> None:
    """Nothing was spent yet."""
    assert Counter(re.findall(r'class="big', anne.text("/ledger")))['class="big'] == 4


@pytest.mark.parametrize(
    ("micros", "english", "french"),
    [
        (0, "0.00", "0,00"), (21, "0.000021", "0,000021"), (4_200, "0.0042", "0,0042"), (123_456, "0.12", "0,12"),
        (1_234_567_890, "1,234.57", "1\u202f234,57"),
    ],
)  # fmt: skip
def test_an_amount_is_written_as_its_reader_writes(micros: int, english: str, french: str) -> None:
    """With as many digits as it takes, after the sign of the language."""
    for language, said in (("en", english), ("fr", french)):
        assert str(money(Rendering(language), micros, "EUR")).endswith(f">{said} EUR</data>")


def test_totals_are_those_of_the_views(booked: Ledger, workspace: Workspace, anne: Reader) -> None:
    """Month, campaign and the whole: the figure behind each amount is the view's."""
    page = anne.text("/ledger")
    with workspace.store.read() as connection:
        total = connection.execute(text("SELECT SUM(cost_micros) FROM finance_calls")).scalar_one()
        (month,) = connection.execute(text("SELECT DISTINCT month FROM finance_calls")).scalars()
        saved = connection.execute(text("SELECT SUM(saved_seconds_low) FROM finance_savings")).scalar_one()
    assert micros(page, r'id="cost">(.*?)</p>') == [total]
    assert micros(page, r'id="by-period">(.*?)</table>')[0] == total
    assert micros(page, r'id="by-campaign_id">(.*?)</table>')[0] == total
    campaign = anne.text(f"/ledger?month={month}&campaign=spring")
    assert micros(campaign, r'id="cost">(.*?)</p>') == [total]
    assert sum(micros(campaign, r'id="pieces">(.*?)</table>')) == total
    assert f"{saved / 60:,.0f}" in campaign or f"{saved / 3600:,.1f}" in campaign


def test_a_piece_is_followed_to_its_attempts(booked: Ledger, workspace: Workspace, anne: Reader) -> None:
    """From the campaign's page to each call, whose costs are the piece's."""
    (first, *_rest) = re.findall(r'href="(/ledger/pieces/[^"]+)"', anne.text("/ledger?campaign=spring"))
    page = anne.text(first)
    costs = micros(page, r"<tbody>(.*?)</tbody>")
    assert len(costs) == 2
    query = "SELECT cost_micros FROM finance_calls WHERE piece_id = :id ORDER BY attempt"
    with workspace.store.read() as connection:
        assert costs == list(connection.execute(text(query), {"id": first.rpartition("/")[2]}).scalars())
    assert micros(page, r'id="total">(.*?)</td>') == [sum(costs)]
    assert anne.get("/ledger/pieces/none-1").status_code == 400


def test_what_finance_must_look_at_is_told_and_stays_text(
    booked: Ledger, workspace: Workspace, anne: Reader
) -> None:
    """A call of unknown price is never a zero; markup in a model's name is shown as it is."""
    page = anne.text("/ledger")
    assert "1 call of unknown price is not in it" in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "all as they were written" in anne.text("/ledger/verify")


def test_files_are_those_of_the_terminal(booked: Ledger, workspace: Workspace, anne: Reader) -> None:
    """Rows, FOCUS and the workbook; no other name is a file."""
    rows = anne.get("/ledger/files/csv?campaign=spring")
    assert rows.headers["content-disposition"].endswith('filename="ledger-spring.csv"')
    assert len(rows.text.splitlines()) == 1 + 7
    assert anne.get("/ledger/files/xlsx").content.startswith(b"PK")
    assert "BilledCost" in anne.get("/ledger/files/focus.csv").text.splitlines()[0]
    assert anne.get("/ledger/files/exe").status_code == 400
    assert anne.get("/ledger?month=november").status_code == 400


def micros(page: str, where: str) -> list[int]:
    """The figures behind the amounts of a part of the page."""
    found = re.search(where, page, re.DOTALL)
    assert found, where
    return [int(value) for value in re.findall(r'<data value="(-?\d+)"', found[1])]
