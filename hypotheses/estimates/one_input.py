"""The result of a formula with one uncertain input: exact, whatever its shape and however often the formula turns."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final, NamedTuple

from hypotheses.arithmetic import STANDARD, bisect_increasing, power10
from hypotheses.estimates.expectation import NO_END, Mean, expectation
from hypotheses.estimates.form_values import value_at
from hypotheses.estimates.normal_forms import Atom, NormalForm
from hypotheses.estimates.ranges import Range
from hypotheses.estimates.results import Result, steps_within
from hypotheses.estimates.slopes import Slopes

_ENDS: Final = (8.25, 7.0, 6.0)
"""Normal scores beyond which the probability is below 2e-16, 3e-12 and 2e-9: the first where a formula has a value."""
POLE: Final = 1e8
"""A function so many times as large beside a jump as in its middle has no end there, and no mean."""
_NARROW: Final = 2.0**-38
"""Scores this near to each other are where a formula turns or jumps; the probability between them is below 2e-12."""
_ULPS: Final = 4
"""By so many units in the last place rounding may move a value."""
_CELLS: Final = 1_000
"""So many parts are looked at to find where a formula turns; one that takes more is sampled."""
_FINER: Final = 4
"""So many steps of a piece stand for one, as they need no search and are not where the figures are that are shown."""
_FEWEST_STEPS: Final = 16
"""A piece is laid out in no fewer steps, however improbable it is."""
_NEXT_TO_1: Final = math.nextafter(1.0, 0.0)


class Piece(NamedTuple):
    """A part of an input's values, from `low` to `high`, over which a formula never falls, or never rises."""

    low: float
    high: float
    start: float
    """The probability of the values before it."""
    end: float
    """The probability of the values up to its end."""
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
            piece = self._pieces[0]
            score = (1 if piece.rising else -1) * STANDARD.inv_cdf(p / 100) if p != 50 else 0.0
            value = self._at(given := self._atom.at(score))
            # Further out than was looked at there may be no number, such as where two logarithms of zero part.
            return self._at(min(max(given, piece.low), piece.high)) if math.isnan(value) else value
        ends = [self._at(end) for piece in self._pieces for end in (piece.low, piece.high)]
        return bisect_increasing(self.cdf, p / 100, min(ends), max(ends))

    def cdf(self, x: float) -> float:
        """Return the probability of the inputs that give at most `x`, summed over the pieces."""
        return self._probability(x, reached=True)

    def below(self, x: float) -> float:
        """Return the probability of the inputs that give less than `x`."""
        return self._probability(x, reached=False)

    def _probability(self, x: float, *, reached: bool) -> float:
        """Sum the probability over the pieces: of at most `x`, or of less than `x` if it does not count as reached."""
        if (inverse := self._inverse(x, reached=reached)) is not None:
            return inverse
        over = math.nextafter(x, math.inf) if reached else x
        total = 0.0
        for low, high, start, end, rising in self._pieces:
            function, target = (self._at, over) if rising else (self._turned, -math.nextafter(over, -math.inf))
            first = _first(function, target, low, high)
            if first is None:
                total += end - start if rising else 0.0
            elif first == low:
                total += 0.0 if rising else end - start
            else:
                passed = min(max(self._atom.distribution.below(first), start), end)
                total += passed - start if rising else end - passed
        return min(max(total, 0.0), 1.0)

    def _turned(self, value: float) -> float:
        return -self._at(value)

    def _inverse(self, x: float, *, reached: bool) -> float | None:
        """Return the probability in closed form, if the input enters as one term; else None."""
        if len(self._form.terms) != 1 or len(self._pieces) != 1:
            return None
        variable, weight = next(iter(self._form.terms.items()))
        if variable.source is not self._atom:
            return None
        if self._form.power and x <= 0:
            return 0.0
        value = ((math.log10(x) if self._form.power else x) - self._form.constant) / weight
        near = _beside(value if variable is self._atom else power10(value))
        # A value that rounding moved by a hair could part a mass from where it lies.
        within = [one for one in near if (self._at(one) <= x if reached else self._at(one) < x)]
        if weight > 0:
            return self._atom.distribution.cdf(max(within, default=near[0]))
        return 1 - self._atom.distribution.below(min(within, default=near[-1]))

    def spread(self, steps: int) -> list[tuple[float, list[float]]]:
        """Return the values of each piece, which need no search: they are at equally likely values of the input."""
        parts = []
        for low, high, start, end, rising in self._pieces:
            share = end - start
            shares = steps_within(max(_FEWEST_STEPS, round(_FINER * steps * share)))
            inputs = [self._atom.at(STANDARD.inv_cdf(min(start + share * each, _NEXT_TO_1))) for each in shares]
            values = [self._at(min(max(value, low), high)) for value in inputs]
            parts.append((share, values if rising else values[::-1]))
        return parts

    @property
    def endless(self) -> float:
        """The largest size beside a place where the function jumps or turns, in sizes of the function in its middle."""
        if len(self._pieces) == 1:
            return 0.0
        middle = abs(self.p95 - self.p5) or abs(self.median) or 1.0
        inner = [self._at(piece.high) for piece in self._pieces[:-1]] + [
            self._at(piece.low) for piece in self._pieces[1:]
        ]
        return max(map(abs, inner)) / middle

    def _mean(self) -> Mean:
        """Return the expectation over the input: its own mean if it enters as it is, else by quadrature."""
        if not self._form.power and [*self._form.terms] == [self._atom]:
            return Mean(self._at(self._atom.distribution.mean))
        if self.endless > POLE:
            return Mean.unknown(NO_END)
        return expectation(self._atom.distribution, self._at)


def _beside(value: float) -> list[float]:
    """Return a float with its nearest ones, in ascending order."""
    lower, higher = [value], [value]
    for _ in range(_ULPS):
        lower.append(math.nextafter(lower[-1], -math.inf))
        higher.append(math.nextafter(higher[-1], math.inf))
    return [*lower[:0:-1], *higher]


def _first(function: Callable[[float], float], target: float, low: float, high: float) -> float | None:
    """Return the lowest value between two at which a function that never falls reaches a target; None if none does."""
    if function(high) < target:
        return None
    return bisect_increasing(function, target, low, high)


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
        slope = Slopes(atom, Range(low, high, low > 0)).of(form)[1]
        if slope.low >= 0 or slope.high <= 0:
            rising = slope.low >= 0
            last = pieces[-1] if joins and pieces[-1].rising == rising else None
            if last is not None:
                pieces[-1] = Piece(last.low, high, last.start, STANDARD.cdf(end), rising)
            else:
                pieces.append(Piece(low, high, STANDARD.cdf(start), STANDARD.cdf(end), rising))
            joins = True
        elif end - start < _NARROW:
            joins = False
        else:
            middle = start / 2 + end / 2
            waiting += [(middle, end), (start, middle)]
    ends = [value_at(form, {atom: end}) for piece in pieces for end in (piece.low, piece.high)]
    if waiting or any(map(math.isnan, ends)):
        return ()
    # What lies beyond the ends goes on as it did.
    pieces[0] = pieces[0]._replace(start=0.0)
    pieces[-1] = pieces[-1]._replace(end=1.0)
    return tuple(pieces)
