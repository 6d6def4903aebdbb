"""Values: numbers, ranges and distributions as they are typed, what they stand for, and how they are written."""

from hypotheses.values.amounts import parse_number
from hypotheses.values.distributions import Distribution
from hypotheses.values.long_form import value_from_parts
from hypotheses.values.typed_values import parse_value, remarks
from hypotheses.values.writing import describe, format_amount, format_value

__all__ = [
    "Distribution",
    "describe",
    "format_amount",
    "format_value",
    "parse_number",
    "parse_value",
    "remarks",
    "value_from_parts",
]
