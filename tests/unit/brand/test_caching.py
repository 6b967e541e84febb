"""Results that depend on brand data only are worked out once."""

from __future__ import annotations

from inedit.brand.caching import by_identity


def test_the_same_object_is_asked_once_an_equal_one_again() -> None:
    asked: list[list[int]] = []

    @by_identity(maxsize=4)
    def total(listed: list[int], unit: str) -> str:
        asked.append(listed)
        return f"{sum(listed)} {unit}"

    one = [1, 2]
    assert [total(one, "km"), total(one, "km"), total([1, 2], "km"), total(one, "m")] == ["3 km"] * 3 + [
        "3 m"
    ]
    assert asked == [one, one, one]
