"""The result of a formula with one uncertain input: exact, whatever its shape and however often the formula turns."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from hypotheses.estimates.arithmetic import LN10, STANDARD, bisect_increasing
from hypotheses.estimates.form_values import value_at
from hypotheses.estimates.normal_forms import Atom, NormalForm, Variable
from hypotheses.estimates.ranges import ALL, Range, greatest, hull, least
from hypotheses.estimates.results import Mean, Result, expectation

_ENDS: Final = (8.25, 7.0, 6.0)
"""Normal scores beyond which the probability is below 2e-16, 3e-12 and 2e-9: the first where a formula has a value."""
_NARROW: Final = 2.0**-38
"""Scores this near to each other are where a formula turns or jumps; the probability between them is below 2e-12."""
_CELLS: Final = 1_000
"""So many parts are looked at to find where a formula turns; one that takes more is sampled."""


class Piece(NamedTuple):
    """A part of an input's values, from `low` to `high`, over which a formula never falls, or never rises."""

    low: float
    high: float
    rising: bool


class OneInputResult(Result):
    """A function of one input of any shape, in pieces over which it only rises or only falls."""

    def __init__(self, form: NormalForm, atom: Atom, pieces: tuple[Piece, ...]) -> None:
        self._form = form
        self._atom = atom
        self._pieces = pieces

    def _at(self, value: float) -> float:
        return value_at(self._form, {self._atom: value})

    def _percentile(self, p: float) -> float:
        """Follow the percentile of the input, from its other end if the function falls; else search for it."""
        if len(self._pieces) == 1:
            side = 1 if self._pieces[0].rising else -1
            return self._at(self._atom.at(side * STANDARD.inv_cdf(p / 100) if p != 50 else 0.0))
        ends = [self._at(end) for piece in self._pieces for end in (piece.low, piece.high)]
        return bisect_increasing(self.cdf, p / 100, min(ends), max(ends))

    def cdf(self, x: float) -> float:
        """Return the probability of the inputs that give at most `x`, summed over the pieces."""
        distribution, last = self._atom.distribution, len(self._pieces) - 1
        total = 0.0
        for place, piece in enumerate(self._pieces):
            start = distribution.cdf(piece.low) if place else 0.0
            end = distribution.cdf(piece.high) if place < last else 1.0
            if piece.rising:
                over = _first(self._at, math.nextafter(x, math.inf), piece)
                total += (end if over is None else min(max(distribution.below(over), start), end)) - start
            elif (under := _first(lambda value: -self._at(value), -x, piece)) is not None:
                total += end - (start if under == piece.low else min(max(distribution.below(under), start), end))
        return min(max(total, 0.0), 1.0)

    def _mean(self) -> Mean:
        """Return the expectation over the input: its own mean if it enters as it is, else by quadrature.

        Where an input that has to be above zero could be below, that part is left out.
        """
        if not self._form.power and [*self._form.terms] == [self._atom]:
            return Mean(self._at(self._atom.distribution.mean))
        return expectation(self._atom.distribution, self._at)


def _first(function: Callable[[float], float], target: float, piece: Piece) -> float | None:
    """Return the lowest value of a piece at which a function that never falls reaches a target; None if it does not."""
    if function(piece.high) < target:
        return None
    return bisect_increasing(function, target, piece.low, piece.high)


def one_input_result(form: NormalForm) -> OneInputResult | None:
    """Return the result of a form of exactly one uncertain input; None of any other, or if pieces cannot be found."""
    atoms = {atom for variable in form.terms for atom in variable.atoms}
    if len(atoms) != 1:
        return None
    atom = atoms.pop()
    for end in _ENDS:
        if not any(math.isnan(value_at(form, {atom: atom.at(side * end)})) for side in (-1, 1)):
            pieces = _pieces(form, atom, end)
            return OneInputResult(form, atom, pieces) if pieces else None
    return None


def _pieces(form: NormalForm, atom: Atom, reach: float) -> tuple[Piece, ...]:
    """Split the values of an input where a form turns or jumps; empty if that takes too long, or it is no number there.

    A part over which the slope keeps its sign, by interval arithmetic, is a piece; any other is halved (Moore, Kearfott
    and Cloud, Introduction to Interval Analysis, 2009, chapter 8).
    """
    pieces: list[Piece] = []
    waiting = [(-reach, reach)]
    joins = False
    """Whether the next piece goes on from the last one."""
    for _ in range(_CELLS):
        if not waiting:
            break
        start, end = waiting.pop()
        low, high = atom.at(start), atom.at(end)
        slope = _Slopes(atom, Range(low, high, low > 0)).of(form)[1]
        if slope.low >= 0 or slope.high <= 0:
            rising = slope.low >= 0
            if joins and pieces[-1].rising == rising:
                pieces[-1] = Piece(pieces[-1].low, high, rising)
            else:
                pieces.append(Piece(low, high, rising))
            joins = True
        elif end - start < _NARROW:
            joins = False
        else:
            middle = start / 2 + end / 2
            waiting += [(middle, end), (start, middle)]
    ends = [value_at(form, {atom: end}) for piece in pieces for end in (piece.low, piece.high)]
    return () if waiting or any(map(math.isnan, ends)) else tuple(pieces)


class _Slopes:
    """The ranges of the values and of the slopes of forms, while an input stays within a range."""

    def __init__(self, atom: Atom, reach: Range) -> None:
        self._known: dict[Variable, tuple[Range, Range]] = {atom: (reach, Range.of(1.0))}

    def of(self, form: NormalForm) -> tuple[Range, Range]:
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


Both = tuple[Range, Range]
"""The range of a value, and that of its slope."""


def _product(left: Both, right: Both) -> Both:
    return left[0] * right[0], left[1] * right[0] + left[0] * right[1]


def _reciprocal(inner: Both) -> Both:
    value = inner[0].reciprocal()
    return value, (value * value * inner[1]).times(-1.0) if value is not ALL else ALL


def _raised(base: Both, exponent: Both) -> Both:
    power = exponent[0].low
    lower = base[0].raised(power - 1) if power >= 1 else base[0].raised(1 - power).reciprocal()
    return base[0].raised(power), (lower * base[1]).times(power)


def _log10(inner: Both) -> Both:
    value, slope = inner
    if value.high <= 0:
        return value.log10(), Range.of(0.0)
    above = Range(max(value.low, 0.0), value.high, True)
    return value.log10(), (above.reciprocal() * slope).times(1 / LN10)


def _expm1(inner: Both) -> Both:
    value, slope = inner
    return value.expm1(), value.times(1 / LN10).power10() * slope


def _log1p(inner: Both) -> Both:
    value, slope = inner
    if value.high <= -1:
        return value.log1p(), Range.of(0.0)
    above = Range(max(value.low, -1.0) + 1, value.high + 1, True)
    return value.log1p(), above.reciprocal() * slope


def _saturation(inner: Both) -> Both:
    value, slope = inner
    return value.saturation(), value.times(-1 / LN10).power10() * slope


def _absolute(inner: Both) -> Both:
    value, slope = inner
    if value.low >= 0:
        return value, slope
    turned = slope.times(-1.0)
    return value.absolute(), turned if value.high <= 0 else hull(slope, turned)


def _least(*forms: Both) -> Both:
    value = least(*(each for each, _ in forms))
    return value, hull(*(slope for each, slope in forms if each.low <= value.high))


def _greatest(*forms: Both) -> Both:
    value = greatest(*(each for each, _ in forms))
    return value, hull(*(slope for each, slope in forms if each.high >= value.low))


_SLOPES: Final[Mapping[str, Callable[..., Both]]] = {
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
