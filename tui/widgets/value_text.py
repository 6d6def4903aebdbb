"""How a value stands in columns: its median, and where its middle 90% lies."""

from __future__ import annotations

from hypotheses.problems import Malformed
from hypotheses.values import format_amount
from hypotheses.values.typed_values import cached_value


def in_columns(text: str) -> tuple[str, str]:
    """Write a value as its median and where its middle 90% lies; what cannot be read as it stands."""
    try:
        value = cached_value(text)
        low, middle, high = (value.quantile(p) for p in (0.05, 0.5, 0.95))
        return median_and_range(low, middle, high)
    except (Malformed, ArithmeticError, ValueError):
        return "", text


def median_and_range(
    low: float, middle: float, high: float, errors: tuple[float, float, float] | None = None
) -> tuple[str, str]:
    """Write a median and the range about it, as exactly as they are known; a range of nothing is none."""
    known = zip((low, middle, high), errors or (0.0, 0.0, 0.0), strict=True)
    written = [format_amount(each, error).replace("-", "−") for each, error in known]
    return written[1], f"{written[0]} … {written[2]}" if written[0] != written[2] else ""
