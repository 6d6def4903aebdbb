"""Units in formulas: only what is added, subtracted or compared has to match, and only where both units are given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from hypotheses.estimates.formulas import Expression, Name, Operation
from hypotheses.problems import Malformed

_ALIKE: Final = ("+", "-", "min", "max")
"""Operations whose arguments have one unit, which is also that of the result."""
_KEEPING: Final = ("negative", "abs")


def unit_problem(expression: Expression, units: Mapping[str, str]) -> str:
    """Say which two units in a formula cannot go together; empty if none.

    Args:
        expression: A formula.
        units: The unit of each quantity; an empty one is unknown and matches everything.
    """
    try:
        _unit(expression, units)
    except Malformed as error:
        return str(error)
    return ""


def _unit(expression: Expression, units: Mapping[str, str]) -> str:
    """Return the unit of an expression, empty if it is not known."""
    if isinstance(expression, Name):
        return units.get(expression.symbol, "")
    if not isinstance(expression, Operation):
        return ""
    inner = [_unit(argument, units) for argument in expression.arguments]
    if expression.operator in _KEEPING:
        return inner[0]
    if expression.operator not in _ALIKE:
        return ""
    given_units = [unit for unit in inner if unit]
    for unit in given_units[1:]:
        if _plain(unit) != _plain(given_units[0]):
            what = f"{expression.operator!r} joins {given_units[0]!r} with {unit!r}"
            raise Malformed(f"{what}; expected one unit on both sides")
    return given_units[0] if given_units else ""


def _plain(unit: str) -> str:
    """Return a unit without what does not matter: case, spaces, a plural s."""
    return "".join(unit.lower().split()).removesuffix("s")
