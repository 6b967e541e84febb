"""Results as tools export them: what is read, what is refused and why, what a second import changes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from fakes.experiments import a_design, a_file
from inedit.insight_loop.experiments import journal
from inedit.insight_loop.experiments.figures import read_figures
from inedit.model.errors import WrongInput
from inedit.store import Store, open_store

TODAY = date(2026, 11, 29)
NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path, empty_database: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{shutil.copy(empty_database, tmp_path / 'inedit.db')}")
    journal.put_design(opened, a_design(), NOW)
    yield opened
    opened.close()


def test_a_file_in_the_manner_of_the_country() -> None:
    """Semicolons, French names, days and numbers; the arm by its value, its letter, or a piece's id."""
    content = (
        "Bras;Jour;Affichages;Clics;Chiffre d'affaires\n"
        "how-to;01/11/2026;1 000;1.2;\n"
        "how-to;02/11/2026;1 000;50;1 234,50 €\n"
        "aaaa11;02/11/2026;1.000;40;\n"
    ).encode()
    good, wrong = read_figures(content, "f.csv", a_design(), today=TODAY, days="dmy")
    assert [(one.source, one.arm, one.impressions, one.clicks, one.revenue_micros) for one in good] == [
        ("B", "B", 1000, 50, 1_234_500_000), ("aaaa11-1", "A", 1000, 40, None)
    ]  # fmt: skip
    assert [(row.line, row.reason) for row in wrong] == [(2, "'1.2' is not a number of clicks.")]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("C,2026-11-01,10,1", "neither an arm nor a piece"),
        ("A,2026-12-01,10,1", "in the future"),
        ("A,2026-02-30,10,1", "is not a day"),
        ("A,01/11/2026,10,1", "--dates dmy"),
        ("A,2026-11-01,10,11", "11 clicks of 10 impressions"),
        ("A,2026-11-01,-5,1", "not a number of impressions"),
        ("A,2026-11-01,10,", "clicks are missing"),
        ("A,2026-11-01,10", "too few"),
        ("B,2026-11-02,10,1\nB,2026-11-02,10,1", "line 2 already tells"),
        ("B,2026-11-02,10,1\nbbbb22,2026-11-03,10,1", "counted twice"),
    ],
)
def test_a_wrong_row_is_told_with_its_line_and_reason(row: str, says: str) -> None:
    content = f"arm,day,impressions,clicks\n{row}\n".encode()
    _, (wrong,) = read_figures(content, "f.csv", a_design(), today=TODAY)
    assert says in str(wrong)
    assert wrong.line == len(row.splitlines()) + 1


def test_columns_are_mapped_by_name() -> None:
    content = b"who,day,Delivered,Opened\nA,2026-11-01,100,7\n"
    mapping = {"arm": "who", "impressions": "delivered", "clicks": "Opened"}
    ((one,), _) = read_figures(content, "f.csv", a_design(), today=TODAY, mapping=mapping)
    assert (one.impressions, one.clicks) == (100, 7)
    with pytest.raises(WrongInput, match="no column for arm, clicks"):
        read_figures(content, "f.csv", a_design(), today=TODAY)
    with pytest.raises(WrongInput, match="no column 'Nowhere'"):
        read_figures(content, "f.csv", a_design(), today=TODAY, mapping={"arm": "Nowhere"})


def test_the_same_file_twice_changes_nothing_and_corrections_keep_their_history(store: Store) -> None:
    def taken(content: bytes) -> tuple[int, int, int]:
        good, wrong = read_figures(content, "f.csv", a_design(), today=TODAY)
        assert not wrong
        done = journal.put_figures(store, a_design(), good, file_sha="x", now=NOW)
        return done.new, done.corrected, done.unchanged

    first = a_file(((100, 10), (100, 12)))
    assert [taken(first), taken(first)] == [(2, 0, 0), (0, 0, 2)]
    assert taken(a_file(((100, 11), (100, 12)), ((50, 4), (50, 5)))) == (2, 1, 1)
    assert [one.clicks for one in journal.read_figures(store, "spring-angle-1")] == [11, 12, 4, 5]
    assert journal.corrections(store, "spring-angle-1") == 1
    by_piece = b"arm,day,impressions,clicks\naaaa11,2026-11-03,10,1\n"
    with pytest.raises(WrongInput, match="count twice"):
        taken(by_piece)


def test_a_design_comes_back_as_it_was_and_is_written_once(store: Store) -> None:
    assert journal.read_design(store, "spring-angle-1") == a_design()
    with pytest.raises(WrongInput, match="already"):
        journal.put_design(store, a_design(), NOW)
    with pytest.raises(WrongInput, match="There is: spring-angle-1"):
        journal.read_design(store, "winter")
