"""The ledger as FOCUS: sums to the millionth, and the rules that the FinOps Foundation's validator checks."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from fakes.ledger import MODEL, Clock, a_call, a_spec, a_usage, pay
from inedit.ledger import Call, Ledger
from inedit.ledger.exports.focus import OWN_COLUMNS, Version, export_focus, focus_columns, focus_rows
from inedit.ledger.journal.chain import COLUMNS
from inedit.ledger.journal.reading import Scope
from inedit.model import LedgerEntry, Usage
from inedit.model.errors import WrongInput
from inedit.store import Store, open_store

sys.path.insert(0, str(Path(__file__).parents[2] / "bench" / "ledger"))
from validate_focus import find_python, validate

Row = dict[str, str]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path / 'inedit.db'}")


@pytest.fixture
def ledger(store: Store) -> Ledger:
    """See :func:`booked`."""
    return booked(store)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> dict[Version, list[Row]]:
    """The rows of :func:`booked` in each version, made once: the rules only read them."""
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('focus') / 'inedit.db'}")
    booked(store)
    rows = {version: rows_of(store, version=version) for version in Version}
    store.close()
    return rows


def booked(store: Store) -> Ledger:
    """Calls of three kinds of price, a correction in time and one that is late, an adjustment, an unknown price."""
    clock = Clock()
    ledger = Ledger(store, clock=clock)
    first = pay(ledger)
    second = pay(ledger, a_call(attempt=2))
    pay(ledger, a_call(a_spec(1), provider="embedded", model="qwen"), a_usage("qwen"))
    pay(ledger, a_call(a_spec(2), tier="batch"))
    pay(ledger, a_call(a_spec(3)), Usage(MODEL, 0, 0, 0, 0, 0.1))
    luna = "gpt-5.6-luna"
    pay(ledger, a_call(a_spec(5), model=luna), Usage(luna, 1001, 200, 501, 0, 0.1, cache_write_tokens=301))
    pay(ledger, a_call(a_spec(4), provider="localhost:11434", model="llama"))
    ledger.correct(first.id, 1000, "USD", "invoice 7, line 3")
    clock.turn_to(2026, 12, 3)
    ledger.close_month("2026-11", "Ana")
    ledger.correct(second.id, 10, "USD", "invoice 7, line 4")
    call = Call("adjustment", "openai", MODEL)
    ledger.adjust(call, -17, "USD", occurred_at=clock(), source="statement", reason="usage.csv")
    return ledger


def rows_of(
    store: Store, scope: Scope | None = None, version: Version = Version.V1_2
) -> list[dict[str, str]]:
    out = io.StringIO(newline="")
    export_focus(store, out, scope, version)
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def test_the_rows_of_an_entry_add_up_to_its_cost(ledger: Ledger, store: Store) -> None:
    """Entry by entry and in all, to the millionth; the list cost is the product of price and quantity."""
    rows = rows_of(store)
    for entry in ledger.entries():
        own = [Decimal(row["BilledCost"]) for row in rows if row["x_EntryId"] == entry.id]
        assert sum(own) * 1_000_000 == (entry.cost_micros or 0)
    total = sum(Decimal(row["BilledCost"]) for row in rows if row["BillingCurrency"] == "USD")
    assert total * 1_000_000 == ledger.summary().cost_micros["USD"]
    for row in rows:
        if row["ListUnitPrice"]:
            assert Decimal(row["ListUnitPrice"]) * Decimal(row["PricingQuantity"]) == Decimal(row["ListCost"])
            assert abs(Decimal(row["ListCost"]) - Decimal(row["BilledCost"])) <= Decimal("0.000001")


def test_cached_tokens_and_tiers_are_meters_of_their_own(ledger: Ledger, store: Store) -> None:
    """What was cached is not counted as input again; a batch price has an id of its own."""
    rows = [row for row in rows_of(store) if row["x_EntryNumber"] == "1"]
    assert [(row["SkuMeter"], row["ConsumedQuantity"]) for row in rows] == [
        ("Input tokens", "800.0"), ("Cached input tokens", "100.0"), ("Output tokens", "200.0"),
    ]  # fmt: skip
    batch = next(row for row in rows_of(store) if row["x_EntryNumber"] == "4")
    assert batch["SkuPriceId"].endswith("/batch")
    assert Decimal(batch["ListUnitPrice"]) * 2 == Decimal(rows[0]["ListUnitPrice"])


def test_what_the_validator_relies_on(ledger: Ledger, store: Store) -> None:
    """The same rules without it: columns, dates, null or not null, one call of unknown price left out."""
    out = io.StringIO(newline="")
    written = export_focus(store, out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert (written.rows, written.left_out) == (len(rows), 1)
    assert tuple(rows[0]) == (*focus_columns(), *OWN_COLUMNS)
    assert all(name.startswith("x_") for name in OWN_COLUMNS)
    assert list(OWN_COLUMNS) == sorted(OWN_COLUMNS)
    for row in rows:
        assert row["BillingPeriodStart"][:10].endswith("-01")
        assert row["BillingPeriodStart"] < row["BillingPeriodEnd"]
        assert row["ChargePeriodStart"] < row["ChargePeriodEnd"]
        assert row["ChargeCategory"] in ("Usage", "Adjustment")
        assert row["ChargeClass"] in ("", "Correction")
        assert len(row["BillingCurrency"]) == 3
        for name in ("BilledCost", "EffectiveCost", "ListCost", "ContractedCost"):
            assert "E" not in row[name]
            assert Decimal(row[name]).is_finite()
        assert isinstance(json.loads(row["Tags"]), dict)
        if row["ChargeCategory"] == "Adjustment":
            assert row["ConsumedQuantity"] == row["SkuId"] == ""
    late = [row for row in rows if row["ChargeClass"]]
    assert [row["BilledCost"] for row in late] == ["-0.000592"]
    assert rows_of(store, Scope(period="2026-12"))[0]["ChargeClass"] == "Correction"


PUBLISHED = json.loads((Path(__file__).parents[1] / "data" / "focus" / "columns.json").read_text("utf-8"))
NO_CALL_HAS = (
    "Allocated", "AvailabilityZone", "Capacity", "Commitment", "ContractApplied", "Region", "Resource", "SubAccount",
)  # fmt: skip
"""Beginnings of the conditional columns whose condition no call of a language model meets."""

FORMS = {
    "Decimal": re.compile(r"-?\d+(\.\d+)?"),
    "Date/Time": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"),
    "String": re.compile(r".+", re.DOTALL),
    "JSON": re.compile(r"\{.*\}", re.DOTALL),
    "Currency Format": re.compile(r"[A-Z]{3}"),
}


@pytest.mark.parametrize("version", Version)
def test_the_columns_are_those_of_the_published_version(version: Version) -> None:
    """Every mandatory and recommended one, every conditional one whose condition is met; none that is not its own."""
    published, ours = PUBLISHED[version], focus_columns(version)
    assert set(ours) <= set(published)
    assert list(ours) == sorted(ours)  # custom columns come after them all
    left_out = {name for name in published if name not in ours}
    assert all(name.startswith(NO_CALL_HAS) for name in left_out)
    assert {published[name]["level"] for name in left_out} <= {"Conditional", "Recommended"}


@pytest.mark.parametrize(
    ("version", "name"), [(version, name) for version in Version for name in focus_columns(version)]
)
def test_each_value_is_as_the_published_version_wants_it(
    exported: dict[Version, list[Row]], version: Version, name: str
) -> None:
    """Null only where a column allows it, of its type and form, and one of its allowed values."""
    rule = PUBLISHED[version][name]
    assert exported[version]
    for row in exported[version]:
        value = row[name]
        if not value:
            assert rule["nulls"], row
            continue
        assert FORMS[rule["type"]].fullmatch(value)
        if rule.get("format") in FORMS:
            assert FORMS[rule["format"]].fullmatch(value)
        if rule["type"] == "JSON":
            assert isinstance(json.loads(value), dict)
        if "allowed" in rule:
            assert value in rule["allowed"]


@pytest.mark.parametrize("version", Version)
def test_columns_agree_as_the_specification_wants_it(ledger: Ledger, store: Store, version: Version) -> None:
    """Which column is null because of another one, and which is the product of two: the text of 1.3 and of 1.4.

    1.2 asks for less of this, and forbids none of it.
    """
    of_price = (
        "ConsumedQuantity", "ContractedUnitPrice", "ListUnitPrice", "PricingCategory",
        "PricingCurrencyContractedUnitPrice", "PricingCurrencyListUnitPrice", "PricingQuantity", "SkuPriceDetails",
    )  # fmt: skip
    needed = {*of_price, "SkuId"} - {"SkuPriceDetails"}
    rows = rows_of(store, version=version)
    for row in rows:
        if not row["SkuPriceId"]:
            assert not any(row[name] for name in of_price)
        if row["ChargeCategory"] == "Usage" and row["ChargeClass"] != "Correction":
            assert row["SkuPriceId"] and all(row[name] for name in needed)
        assert row["ChargeCategory"] == "Usage" or not row["ConsumedQuantity"]
        assert bool(row["ConsumedUnit"]) == bool(row["ConsumedQuantity"])
        assert bool(row["PricingUnit"]) == bool(row["PricingQuantity"])
        assert row["SkuId"] or not row["SkuMeter"]
        assert all(name.startswith("x_") for name in json.loads(row["SkuPriceDetails"] or "{}"))
        for cost, price in (("ListCost", "ListUnitPrice"), ("ContractedCost", "ContractedUnitPrice")):
            exact = (
                row["BilledCost"] if not row[price] else Decimal(row[price]) * Decimal(row["PricingQuantity"])
            )
            assert Decimal(row[cost]) == Decimal(exact)
        assert row["EffectiveCost"] == row["BilledCost"] == row["PricingCurrencyEffectiveCost"]
        assert row["PricingCurrency"] == row["BillingCurrency"]
    parents = {(row["SkuPriceId"], row["SkuId"]) for row in rows if row["SkuPriceId"]}
    assert len(parents) == len({price for price, _ in parents})


_TAXED = ("ContractedUnitPrice", "ListUnitPrice", "PricingCategory", "PricingCurrencyContractedUnitPrice",
          "PricingCurrencyListUnitPrice", "PricingQuantity", "SkuId", "SkuPriceId")  # fmt: skip
CONDITIONS: list[tuple[str, Callable[[Row], bool], Callable[[Row], bool]]] = [
    *(
        (f'{name} MUST NOT be null when ChargeCategory is "Usage" or "Purchase" and ChargeClass is not "Correction".',
         lambda row: row["ChargeCategory"] in ("Usage", "Purchase") and row["ChargeClass"] != "Correction",
         lambda row, name=name: row[name] != "")
        for name in _TAXED
    ),
    ('ConsumedQuantity MUST be null when ChargeCategory is not "Usage"',
     lambda row: row["ChargeCategory"] != "Usage", lambda row: row["ConsumedQuantity"] == ""),
    ('ConsumedQuantity MUST NOT be null when ChargeClass is not "Correction" (of usage)',
     lambda row: row["ChargeCategory"] == "Usage" and row["ChargeClass"] != "Correction",
     lambda row: row["ConsumedQuantity"] != ""),
    ("ConsumedUnit MUST be null when ConsumedQuantity is null.",
     lambda row: row["ConsumedQuantity"] == "", lambda row: row["ConsumedUnit"] == ""),
    ("ConsumedUnit MUST NOT be null when ConsumedQuantity is not null.",
     lambda row: row["ConsumedQuantity"] != "", lambda row: row["ConsumedUnit"] != ""),
    ("PricingUnit MUST be null when PricingQuantity is null.",
     lambda row: row["PricingQuantity"] == "", lambda row: row["PricingUnit"] == ""),
    ("PricingUnit MUST NOT be null when PricingQuantity is not null.",
     lambda row: row["PricingQuantity"] != "", lambda row: row["PricingUnit"] != ""),
    ("SkuMeter MUST be null when SkuId is null.",
     lambda row: row["SkuId"] == "", lambda row: row["SkuMeter"] == ""),
    ("SkuPriceDetails MUST be null when SkuPriceId is null.",
     lambda row: row["SkuPriceId"] == "", lambda row: row["SkuPriceDetails"] == ""),
    *(
        (f'The product of {price} and PricingQuantity MUST match the {cost} when ... ChargeClass is not "Correction".',
         lambda row, price=price: row[price] != "" != row["PricingQuantity"] and row["ChargeClass"] != "Correction",
         lambda row, price=price, cost=cost:
             Decimal(row[price]) * Decimal(row["PricingQuantity"]) == Decimal(row[cost]))
        for price, cost in (("ContractedUnitPrice", "ContractedCost"), ("ListUnitPrice", "ListCost"))
    ),
    *(
        (f"{cost} of a charge unrelated to other charges MUST match the BilledCost.",
         lambda row: row["ChargeCategory"] == "Adjustment",
         lambda row, cost=cost: Decimal(row[cost]) == Decimal(row["BilledCost"]))
        for cost in ("ContractedCost", "EffectiveCost", "ListCost")
    ),
    ("ChargeClass MUST be null when the row is not a correction ... or one within the current billing period",
     lambda row: row["x_CorrectedEntryId"] == "" and row["ChargeCategory"] == "Usage" and row["PricingQuantity"] != "",
     lambda row: row["ChargeClass"] == ""),
]  # fmt: skip
"""The rules of 1.2 on how columns that we write depend on one another, in the words of tag ``v1.2``: the rule, which
rows it speaks of, what must be so. Rules on taxes, commitments and purchases speak of no row of ours."""


def _holds_of_every_row(
    rule: tuple[str, Callable[[Row], bool], Callable[[Row], bool]], rows: list[Row]
) -> None:
    """Of each row that the rule speaks of, and there is one."""
    words, speaks_of, holds = rule
    meant = [row for row in rows if speaks_of(row)]
    assert meant, words
    assert [row for row in meant if not holds(row)] == [], words


@pytest.mark.parametrize("version", Version)
@pytest.mark.parametrize("rule", CONDITIONS, ids=lambda rule: rule[0].split(" MUST")[0].replace(" ", "-"))
def test_each_condition_of_the_specification_holds(
    exported: dict[Version, list[Row]],
    version: Version,
    rule: tuple[str, Callable[[Row], bool], Callable[[Row], bool]],
) -> None:
    """None is met for want of a row that it speaks of."""
    _holds_of_every_row(rule, exported[version])


_UNIT_PRICES = ("ContractedUnitPrice", "ListUnitPrice", "PricingCurrencyContractedUnitPrice",
                "PricingCurrencyListUnitPrice")  # fmt: skip
SINCE_1_3: list[tuple[str, Callable[[Row], bool], Callable[[Row], bool]]] = [
    *(
        (f"{name} MUST be null when SkuPriceId is null.",
         lambda row: row["SkuPriceId"] == "", lambda row, name=name: row[name] == "")
        for name in (*_UNIT_PRICES, "ConsumedQuantity", "PricingCategory", "PricingQuantity", "SkuPriceDetails")
    ),
    *(
        (f"{name} MUST NOT be null when SkuPriceId is not null.",
         lambda row: row["SkuPriceId"] != "", lambda row, name=name: row[name] != "")
        for name in _UNIT_PRICES
    ),
    *(
        (f"{name} MUST be a non-negative decimal value.",
         lambda row, name=name: row[name] != "", lambda row, name=name: Decimal(row[name]) >= 0)
        for name in _UNIT_PRICES
    ),
    *(
        (f"{cost} MUST equal the product of {price} and PricingQuantity when {price} is not null and PricingQuantity "
         "is not null.",  # a correction is no exception any more
         lambda row, price=price: row[price] != "" != row["PricingQuantity"],
         lambda row, price=price, cost=cost:
             Decimal(row[price]) * Decimal(row["PricingQuantity"]) == Decimal(row[cost]))
        for price, cost in (("ContractedUnitPrice", "ContractedCost"), ("ListUnitPrice", "ListCost"))
    ),
    *(
        (f"{cost} of a charge unrelated to other charges MUST match the BilledCost when {price} is null.",
         lambda row, price=price: row[price] == "",
         lambda row, cost=cost: Decimal(row[cost]) == Decimal(row["BilledCost"]))
        for price, cost in (("ContractedUnitPrice", "ContractedCost"), ("ListUnitPrice", "ListCost"))
    ),
    ("EffectiveCost of a charge unrelated to other charges MUST match the BilledCost when ChargeCategory is not "
     '"Usage" or "Purchase".', lambda row: row["ChargeCategory"] not in ("Usage", "Purchase"),
     lambda row: Decimal(row["EffectiveCost"]) == Decimal(row["BilledCost"])),
    ("PricingCurrencyEffectiveCost MUST be the PricingCurrency-denominated equivalent of EffectiveCost.",
     lambda row: row["PricingCurrency"] == row["BillingCurrency"],
     lambda row: Decimal(row["PricingCurrencyEffectiveCost"]) == Decimal(row["EffectiveCost"])),
    ("ConsumedUnit MUST be null when ConsumedQuantity is null.",
     lambda row: row["ConsumedQuantity"] == "", lambda row: row["ConsumedUnit"] == ""),
    ("PricingUnit MUST be null when PricingQuantity is null.",
     lambda row: row["PricingQuantity"] == "", lambda row: row["PricingUnit"] == ""),
    ("SkuMeter SHOULD NOT be null when SkuId is not null.",
     lambda row: row["SkuId"] != "", lambda row: row["SkuMeter"] != ""),
    ('SkuPriceDetails property keys MUST begin with the string "x_" unless FOCUS-defined; values MUST NOT be objects '
     "or arrays.", lambda row: row["SkuPriceDetails"] != "",
     lambda row: all(key.startswith("x_") and not isinstance(value, list | dict)
                     for key, value in json.loads(row["SkuPriceDetails"]).items())),
    ("CommitmentDiscountStatus MUST be null when CommitmentDiscountId is null.",
     lambda row: row.get("CommitmentDiscountId", "") == "", lambda row: row["CommitmentDiscountStatus"] == ""),
    ("HostProviderName MUST equal ServiceProviderName where no host is selected or exposed.",
     lambda row: True, lambda row: row["HostProviderName"] == row["ServiceProviderName"] != ""),
    ("InvoiceIssuerName MUST NOT be null.", lambda row: True, lambda row: row["InvoiceIssuerName"] != ""),
    ("ChargeClass MUST NOT be null when the row represents a correction to a previously invoiced billing period.",
     lambda row: row["BillingPeriodStart"][:7] > row["ChargePeriodStart"][:7],
     lambda row: row["ChargeClass"] == "Correction"),
    ("Data generator MUST NOT prefix tag keys when the data generator has only one user-defined tag scheme.",
     lambda row: row["Tags"] != "{}", lambda row: set(json.loads(row["Tags"])) <= TAGS),
]  # fmt: skip
"""The rules of 1.3 on columns that we write, in its words; 1.4 says the same of them. Where 1.2 has an exception (a
correction whose cost is not the product of price and quantity), these have none."""

TAGS = {"campaign", "piece", "channel", "segment", "language", "tone"}
SINCE_1_4: list[tuple[str, Callable[[Row], bool], Callable[[Row], bool]]] = [
    ("InvoiceDetailId MUST NOT be null when the charge is associated with a pre-generated provisional invoice.",
     lambda row: row["InvoiceId"] != "", lambda row: row["InvoiceDetailId"] != ""),
    ("InvoiceDetailId MUST uniquely identify a specific record within a given InvoiceId.",
     lambda row: True, lambda row: row["InvoiceDetailId"].startswith(row["InvoiceId"] + "/")),
    ("BillingAccountType MUST NOT be null when BillingAccountId is not null.",
     lambda row: row["BillingAccountId"] != "", lambda row: row["BillingAccountType"] != ""),
    ('EffectiveCost MUST equal BilledCost when ChargeCategory is "Usage" and the charge is not covered by others.',
     lambda row: row["ChargeCategory"] == "Usage",
     lambda row: Decimal(row["EffectiveCost"]) == Decimal(row["BilledCost"])),
    ("FOCUS dataset column MUST NOT contain empty strings or placeholder strings for absent values.",
     lambda row: True,
     lambda row: not {value.strip().casefold() for value in row.values() if value}
     & {"", "null", "none", "nan", "n/a", "not applicable", "unknown"}),
    ("Key values in FOCUS dataset column MUST NOT be objects or arrays (KeyValueFormat).",
     lambda row: row["Tags"] != "",
     lambda row: all(isinstance(value, str | bool) for value in json.loads(row["Tags"]).values())),
    ("FOCUS dataset column MUST NOT include a positive sign, or commas (NumericFormat).", lambda row: True,
     lambda row: not any(set(row[name]) & set("+,") for name, rule in PUBLISHED["1.4"].items()
                         if rule["type"] == "Decimal" and row.get(name))),
    ("ServiceName MUST have one and only one ServiceCategory that best aligns with its primary purpose.",
     lambda row: True, lambda row: (row["ServiceCategory"], row["ServiceSubcategory"])
     == ("AI and Machine Learning", "Generative AI")),
    ("ServiceProviderName MUST NOT be null.", lambda row: True, lambda row: row["ServiceProviderName"] != ""),
    ("ProviderName and PublisherName are removed.",
     lambda row: True, lambda row: not {"ProviderName", "PublisherName"} & row.keys()),
]  # fmt: skip


@pytest.mark.parametrize(
    ("version", "rule"),
    [
        *((version, rule) for version in (Version.V1_3, Version.V1_4) for rule in SINCE_1_3),
        *((Version.V1_4, rule) for rule in SINCE_1_4),
    ],
    ids=lambda one: str(one) if isinstance(one, Version) else one[0][:70].replace(" ", "-"),
)
def test_each_rule_of_the_newer_versions_holds_in_their_own_words(
    exported: dict[Version, list[Row]],
    version: Version,
    rule: tuple[str, Callable[[Row], bool], Callable[[Row], bool]],
) -> None:
    """Of every row that the rule speaks of, and there is one."""
    _holds_of_every_row(rule, exported[version])


def test_only_chosen_columns_are_written(store: Store) -> None:
    """1.4: a dataset can be had with a selection of columns, whose values are as in the whole, in the same order."""
    booked(store)
    for version in Version:
        whole, out = rows_of(store, version=version), io.StringIO(newline="")
        export_focus(store, out, None, version, ["x_RunId", "BilledCost", "Tags"])
        some = list(csv.DictReader(io.StringIO(out.getvalue())))
        assert some == [{name: row[name] for name in ("BilledCost", "Tags", "x_RunId")} for row in whole]
    with pytest.raises(WrongInput, match=r"no column BiledCost here\. Did you mean BilledCost\?"):
        export_focus(store, io.StringIO(), None, Version.V1_4, ["BiledCost"])
    with pytest.raises(WrongInput, match=r"FOCUS 1\.4 has no column ProviderName"):
        export_focus(store, io.StringIO(), None, Version.V1_4, ["ProviderName"])
    with pytest.raises(WrongInput, match="at least one"):
        export_focus(store, io.StringIO(), None, Version.V1_4, [])


class Watched:
    """An entry that remembers which of its columns were read."""

    def __init__(self, entry: LedgerEntry) -> None:
        self.entry, self.read = entry, set[str]()

    def __getattr__(self, name: str) -> object:
        self.read.add(name)
        return getattr(self.entry, name)


def test_the_docs_say_which_columns_of_the_ledger_are_left_out(ledger: Ledger) -> None:
    """1.4: every column of the native dataset is there, or is named as left out, with a reason."""
    read: set[str] = set()
    for entry in ledger.entries():
        if entry.kind != "memo" and entry.cost_micros is not None:
            watched = Watched(entry)
            assert list(focus_rows(watched))  # type: ignore[arg-type]  # reads like an entry
            read |= watched.read
    told = (Path(__file__).parents[2] / "docs" / "ledger.md").read_text("utf-8")
    _, _, section = told.partition("Columns of the ledger that FOCUS exports leave out")
    table, _, _ = section.partition("\n\n**")
    named = {
        name
        for line in table.splitlines()
        for name in re.findall(r"`(\w+)`", line.split("|")[1] if "|" in line else "")
    }
    assert named == set(COLUMNS) - read


def test_the_docs_say_how_corrections_are_written_and_what_a_file_replaces() -> None:
    """1.4 asks for the style of corrections (Replacement, Delta, Ledger) and the mechanism of deliveries."""
    told = (Path(__file__).parents[2] / "docs" / "ledger.md").read_text("utf-8")
    assert "*Delta*" in told and "*Overwrite*" in told


def test_the_docs_explain_each_column_of_ours() -> None:
    """1.4 asks for a public description of custom columns: what each says, what for, and what it comes from."""
    told = (Path(__file__).parents[2] / "docs" / "ledger.md").read_text("utf-8")
    assert [name for name in OWN_COLUMNS if f"| `{name}` |" not in told] == []


def test_what_changes_from_version_to_version(ledger: Ledger, store: Store) -> None:
    """1.3 adds who provides and who hosts; 1.4 takes the provider and publisher away, and names the invoice's line."""
    old, middle, new = (rows_of(store, version=version) for version in Version)
    assert set(middle[0]) - set(old[0]) == {"ServiceProviderName", "HostProviderName"}
    assert set(middle[0]) - set(new[0]) == {"ProviderName", "PublisherName"}
    assert set(new[0]) - set(middle[0]) == {"InvoiceDetailId"}
    for before, row in zip(old, new, strict=True):
        assert row["ServiceProviderName"] == row["HostProviderName"] == before["ProviderName"] != ""
        assert row["InvoiceDetailId"].startswith(f"{row['InvoiceId']}/")
        assert {name: row[name] for name in row if name in before} == {
            name: before[name] for name in before if name in row
        }
    usage = {(row["InvoiceDetailId"], row["SkuPriceId"]) for row in new if row["SkuPriceId"]}
    assert len({line for line, _ in usage}) == len({price for _, price in usage}) == len(usage)


def test_the_official_validator_passes(ledger: Ledger, store: Store, tmp_path: Path) -> None:
    """focus-validator 2.2.1, in an environment of its own."""
    if find_python() is None:
        pytest.skip("needs a python3.12")
    path = tmp_path / "focus.csv"
    with path.open("w", newline="", encoding="utf-8") as out:
        export_focus(store, out)
    try:
        told, failed = validate(path)
    except RuntimeError as error:
        pytest.skip(f"the validator cannot be installed here: {error}")
    assert failed == []
    assert list(told.values()).count("PASS") > 200


def test_the_validator_would_find_a_fault(ledger: Ledger, store: Store, tmp_path: Path) -> None:
    """A cost that is not a number and a currency that is none do not pass."""
    if find_python() is None:
        pytest.skip("needs a python3.12")
    out = io.StringIO(newline="")
    export_focus(store, out)
    path = tmp_path / "focus.csv"
    path.write_text(out.getvalue().replace(",USD,", ",Dollars,"), encoding="utf-8")
    try:
        _, failed = validate(path)
    except RuntimeError as error:
        pytest.skip(f"the validator cannot be installed here: {error}")
    assert any("BillingCurrency" in line for line in failed)
