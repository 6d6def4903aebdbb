"""Units in formulas: they multiply and divide, and what is added, subtracted or compared has to have one unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from hypotheses.debate import OOM, Debate
from hypotheses.formulas import Expression, Name, Number, Operation, names, parse_formula
from hypotheses.problems import Malformed, Problem

Unit = Mapping[str, Fraction]
"""Name of a unit -> its power; empty for a plain number."""

_ALIKE: Final = ("+", "-", "min", "max")
"""Operations whose arguments have one unit, which is also that of the result."""
_KEEPING: Final = ("negative", "abs")
_PLAIN: Final = ("log10", "log", "exp", "expm1", "log1p")
"""Functions of plain numbers that give plain numbers."""
_TERM = re.compile(
    r"(?P<join>[/*·]|\b(?:per|a|an)\b)?\s*(?P<name>[^\W\d_]+|[%°$€£¥]|1)(?:\s*(?:\^|\*\*)?\s*(?P<power>-?[0-9]))?\s*"
)
_SIGN: Final = 2
"""A name of so few letters is a sign, in which a capital tells: MW is not mW."""
_RATIOS: Final = frozenset(
    {"1", "%", "percent", "percentage", "share", "fraction", "proportion", "ratio", "chance", "probability"}
    | {"x", "times", "oom"}
)
"""Words for plain numbers."""
_SAME: Final = {
    "kilogram": "kg", "gram": "g", "metre": "m", "meter": "m", "second": "s", "sec": "s", "minute": "min", "hour": "h",
    "hr": "h", "year": "yr", "litre": "l", "liter": "l", "tonne": "t", "d": "day",
    "people": "person", "children": "child", "women": "woman", "men": "man", "analyses": "analysis",
    "gas": "gas", "gases": "gas",
    "usd": "$", "dollar": "$", "eur": "€", "euro": "€", "gbp": "£",
}  # fmt: skip
_FACTORS: Final = frozenset(
    {7, 12, 24, 30, 52, 60, 365, 365.25, 1440, 3600, 8760, 86400, *(10.0**n for n in range(2, 19))}
)
"""Numbers that may turn one unit into another, as there are so many of the one in the other, and their inverses."""
_PER: Final = ("per", "a", "an")
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_SUPERSCRIPTS: Final = str.maketrans("²³", "23")


def parse_unit(text: str) -> Unit:
    """Read a unit such as `kg`, `person/day`, `mm2` or `images per s`; one that is made otherwise is a name."""
    plain = _HYPHEN.sub(" ", text.strip()).translate(_SUPERSCRIPTS)
    unit: dict[str, Fraction] = {}
    place, after_per = 0, False
    while place < len(plain):
        match = _TERM.match(plain, place)
        if match is None or (place and not match["join"] and not plain[place - 1].isspace()):
            return {_name(plain): Fraction(1)}
        join = (match["join"] or "").lower()
        # All that follows a `per` is divided by: tokens per GPU hour.
        after_per = join in _PER or (after_per and not join)
        power = Fraction(match["power"] or 1) * (-1 if join == "/" or after_per else 1)
        name = _name(match["name"])
        if name.lower() not in _RATIOS:
            unit[name] = unit.get(name, Fraction(0)) + power
        place = match.end()
    return {name: power for name, power in unit.items() if power}


def _name(word: str) -> str:
    """Return a unit's name without what does not matter: spaces, a plural s."""
    word = "".join(word.split())
    if len(word) <= _SIGN:
        return _SAME.get(word, word)
    word = word.lower()
    if word.endswith("ies") and len(word) > len("pies"):
        word = word.removesuffix("ies") + "y"
    elif word.endswith(("sses", "xes", "ches", "shes", "zes")):
        word = word.removesuffix("es")
    elif not word.endswith(("ss", "is", "us")):
        word = word.removesuffix("s") if word not in _SAME else word
    return _SAME.get(word, word)


def write_unit(unit: Unit) -> str:
    """Write a unit: `kg/person`, `m2`, `1/day`; `a plain number` if it is none."""
    if not unit:
        return "a plain number"
    over, under = (
        " ".join(f"{name}{'' if abs(power) == 1 else abs(power)}" for name, power in unit.items() if power * side > 0)
        for side in (1, -1)
    )
    return (over or "1") + (f"/{under}" if under and " " not in under else f"/({under})" if under else "")


def unit_problem(expression: Expression, units: Mapping[str, str]) -> str:
    """Say which two units in a formula cannot go together; empty if none.

    Args:
        expression: A formula.
        units: The unit of each quantity; an empty one is unknown and matches everything.
    """
    try:
        _joined_unit(expression, units)
    except Malformed as error:
        return str(error)
    return ""


def _joined_unit(expression: Expression, units: Mapping[str, str]) -> str:
    """Return the unit of what is named alone, or of a sum of such; empty if it is not known."""
    if isinstance(expression, Name):
        return units.get(expression.symbol, "")
    if not isinstance(expression, Operation):
        return ""
    inner = [_joined_unit(argument, units) for argument in expression.arguments]
    if expression.operator in _KEEPING:
        return inner[0]
    if expression.operator not in _ALIKE:
        return ""
    given_units = [unit for unit in inner if unit]
    for unit in given_units[1:]:
        if parse_unit(unit) != parse_unit(given_units[0]):
            what = f"{expression.operator!r} joins {given_units[0]!r} with {unit!r}"
            raise Malformed(f"{what}; expected one unit on both sides")
    return given_units[0] if given_units else ""


def unit_of(expression: Expression, units: Mapping[str, Unit | None]) -> Unit | None:
    """Return the unit that a formula comes out in; None if it is not known.

    A number that may turn one unit into another (60, 24, 365, powers of ten from 100 on) makes it unknown; any other
    number is a plain one.

    Args:
        expression: A formula.
        units: The unit of each name; None if it is not known.
    """
    unit: Unit | None = {}
    match expression:
        case Number(value):
            unit = None if {abs(value), 1 / (abs(value) or 1)} & _FACTORS else {}
        case Name(symbol):
            unit = units.get(symbol)
        case Operation(operator, arguments) if operator not in _PLAIN:
            unit = _combined(expression, [unit_of(argument, units) for argument in arguments])
    return unit


def _combined(expression: Operation, inner: list[Unit | None]) -> Unit | None:
    match expression.operator:
        case "*" | "/":
            return _product(inner[0], inner[1], 1 if expression.operator == "*" else -1)
        case "**":
            return _power(expression, inner[0])
        case "sqrt":
            return _times(inner[0], Fraction(1, 2))
        case _:
            return inner[0] if all(unit == inner[0] for unit in inner) else None


def _product(left: Unit | None, right: Unit | None, sign: int) -> Unit | None:
    if left is None or right is None:
        return None
    powers = {name: left.get(name, Fraction(0)) + sign * right.get(name, Fraction(0)) for name in {**left, **right}}
    return {name: power for name, power in powers.items() if power}


def _power(expression: Operation, base: Unit | None) -> Unit | None:
    below, above = expression.arguments
    if isinstance(above, Number):
        return _times(base, Fraction(above.value).limit_denominator(12))
    return {} if isinstance(below, Number) or base == {} else None


def _times(unit: Unit | None, factor: Fraction) -> Unit | None:
    return None if unit is None else {name: power * factor for name, power in unit.items() if factor}


def unit_warnings(debate: Debate) -> Iterator[Problem]:
    """Yield a problem for every quantity and gap whose formula comes out in another unit than it declares.

    A gap in orders of magnitude needs a ratio: a plain number.
    """
    worked_out = _WorkedOut(debate)
    for symbol, quantity in debate.quantities.items():
        unit = worked_out.formula_unit(quantity.formula) if quantity.formula and quantity.unit else None
        if unit is not None and unit != parse_unit(quantity.unit):
            text = f"its formula comes out in {write_unit(unit)}; expected {quantity.unit}, as its unit says"
            yield Problem("unit-differs", f"quantities.{symbol}.formula", text)
    for symbol, gap in debate.gaps.items():
        unit = worked_out.formula_unit(gap.formula) if gap.unit else None
        if unit is None or unit == parse_unit(gap.unit):
            continue
        wanted = "a ratio of like to like, as orders of magnitude are of ratios"
        if gap.unit != OOM:
            wanted = f"{gap.unit}, as its unit says"
        yield Problem(
            "unit-differs", f"gaps.{symbol}.formula", f"its formula comes out in {write_unit(unit)}; expected {wanted}"
        )


class _WorkedOut:
    """The units of a debate's names: those that are declared, else those that their formulas come out in."""

    def __init__(self, debate: Debate) -> None:
        self._debate = debate
        self._units: dict[str, Unit | None] = {}

    def formula_unit(self, formula: str) -> Unit | None:
        """Return the unit that a formula comes out in; None if it is not known, or the formula is broken."""
        try:
            expression = parse_formula(formula)
        except Malformed:
            return None
        return unit_of(expression, {name: self.of(name) for name in names(expression)})

    def of(self, symbol: str) -> Unit | None:
        """Return the unit of a name: what is declared, else what its formula comes out in."""
        if symbol not in self._units:
            self._units[symbol] = None  # while it is worked out: a circle has none
            quantity, gap = self._debate.quantities.get(symbol), self._debate.gaps.get(symbol)
            if quantity is not None and quantity.unit:
                self._units[symbol] = parse_unit(quantity.unit)
            elif formula := quantity.formula if quantity else gap.formula if gap else "":
                self._units[symbol] = self.formula_unit(formula)
        return self._units[symbol]
