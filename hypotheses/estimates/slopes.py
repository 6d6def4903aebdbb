"""How steep a form can be while its one uncertain input stays within a range, by interval arithmetic.

Moore, Kearfott and Cloud, Introduction to Interval Analysis, 2009.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from hypotheses.arithmetic import LN10
from hypotheses.estimates.normal_forms import Atom, NormalForm, Variable
from hypotheses.estimates.ranges import ALL, Range, greatest, hull, least

Reach = tuple[Range, Range]
"""The range of a value, and that of its slope."""


class Slopes:
    """The ranges of the values and of the slopes of forms, while an input stays within a range."""

    def __init__(self, atom: Atom, reach: Range) -> None:
        self._known: dict[Variable, Reach] = {atom: (reach, Range.of(1.0))}

    def of(self, form: NormalForm) -> Reach:
        """Return the ranges of a form's values and of its slope."""
        value, slope = Range.of(form.constant), Range.of(0.0)
        for variable, weight in form.terms.items():
            own = self._known.get(variable)
            if own is None:
                arguments = list(map(self.of, variable.arguments))
                own = self._known[variable] = _SLOPES[variable.operator](*arguments)
            value, slope = value + own[0].times(weight), slope + own[1].times(weight)
        if not form.power:
            return value, slope
        value = value.power10()
        return value, value * slope.times(LN10)


def _product(left: Reach, right: Reach) -> Reach:
    return left[0] * right[0], left[1] * right[0] + left[0] * right[1]


def _reciprocal(inner: Reach) -> Reach:
    value = inner[0].reciprocal()
    return value, (value * value * inner[1]).times(-1.0) if value is not ALL else ALL


def _raised(base: Reach, exponent: Reach) -> Reach:
    power = exponent[0].low
    lower = base[0].raised(power - 1) if power >= 1 else base[0].raised(1 - power).reciprocal()
    return base[0].raised(power), (lower * base[1]).times(power)


def _log10(inner: Reach) -> Reach:
    value, slope = inner
    if value.high <= 0:
        return value.log10(), Range.of(0.0)
    above = Range(max(value.low, 0.0), value.high, True)
    return value.log10(), (above.reciprocal() * slope).times(1 / LN10)


def _expm1(inner: Reach) -> Reach:
    value, slope = inner
    return value.expm1(), value.times(1 / LN10).power10() * slope


def _log1p(inner: Reach) -> Reach:
    value, slope = inner
    if value.high <= -1:
        return value.log1p(), Range.of(0.0)
    above = Range(max(value.low, -1.0) + 1, value.high + 1, True)
    return value.log1p(), above.reciprocal() * slope


def _saturation(inner: Reach) -> Reach:
    value, slope = inner
    return value.saturation(), value.times(-1 / LN10).power10() * slope


def _absolute(inner: Reach) -> Reach:
    value, slope = inner
    if value.low >= 0:
        return value, slope
    turned = slope.times(-1.0)
    return value.absolute(), turned if value.high <= 0 else hull(slope, turned)


def _least(*forms: Reach) -> Reach:
    value = least(*(each for each, _ in forms))
    return value, hull(*(slope for each, slope in forms if each.low <= value.high))


def _greatest(*forms: Reach) -> Reach:
    value = greatest(*(each for each, _ in forms))
    return value, hull(*(slope for each, slope in forms if each.high >= value.low))


_SLOPES: Final[Mapping[str, Callable[..., Reach]]] = {
    "log10": _log10,
    "power10": lambda power: power,
    "expm1": _expm1,
    "log1p": _log1p,
    "saturation": _saturation,
    "*": _product,
    "reciprocal": _reciprocal,
    "**": _raised,
    "abs": _absolute,
    "min": _least,
    "max": _greatest,
}
"""The ranges of each variable an `Algebra` makes, from those of its arguments."""
