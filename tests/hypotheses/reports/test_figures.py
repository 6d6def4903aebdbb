"""Figures as a report writes them."""

from __future__ import annotations

import pytest

from hypotheses.debate import Gap
from hypotheses.reports.figures import amount, moves


@pytest.mark.parametrize(
    ("unit", "number", "text"),
    [
        ("OOM", -0.001, "0.00"),
        ("OOM", -0.006, "−0.01"),
        ("yr", -0.001, "−0.001"),
        ("yr", -0.0042, "−0.0042"),
        ("", 0, "0"),
    ],
)
def test_an_amount_below_zero_keeps_its_sign_where_it_is_not_rounded_away(unit: str, number: float, text: str) -> None:
    assert amount(Gap("g", "x", unit=unit), number) == text


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (10, "▲×10"),
        (1 / 3, "▼÷3"),
        (0.33, "▼÷3"),
        (0.67, "▼÷1.5"),
        (1.25, "▲×1.25"),
        (1, "×1"),
        (None, "n/a"),
        (1e12, "▲×1T"),
    ],
)
def test_what_a_likelihood_ratio_does_is_told_in_few_digits(ratio: float | None, text: str) -> None:
    # 1 / 0.33 is 3.03, a hundredth above 3; 1 / 0.67 is 1.49.
    assert moves(ratio) == text
