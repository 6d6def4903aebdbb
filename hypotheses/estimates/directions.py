"""How a value moves with the normal scores of its inputs: what of it is normal whatever the rest does.

A sum of products grows by one factor when all its products do, so its logarithm rises in a line in that direction;
an input that only multiplies moves a logarithm in a line too. In every direction that leaves some sums of scores as
they are (`fixed`), a value moves in a known way, and how it moves there is normal and independent of the rest. Only
the fixed sums ever have to be drawn, and there are seldom more than two or three.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from hypotheses.estimates.normal_forms import Atom, NormalForm, Variable

Vector = Mapping[int, float]
"""A sum of scores: the number of the score -> its weight."""

FEW: Final = 16
"""In a sum of more terms than this no direction is looked for in which all of them grow alike."""
_NOTHING: Final = 1e-6
"""What is left of a vector that the others span, as a part of its length."""
_FILL: Final = 4
"""How many times as long a basis may become as the vectors it is made of."""


class Direction(NamedTuple):
    """In every direction in which the fixed sums stay as they are, a value moves in a line, with this slope."""

    slope: Vector
    fixed: tuple[Vector, ...]


def sum_direction(form: NormalForm) -> Direction:
    """Return how the sum of a form moves: its logarithm, if it is a power."""
    slope: dict[int, float] = {}
    fixed: list[Vector] = []
    for variable, weight in form.terms.items():
        own = _added(variable)
        fixed += own.fixed
        for number, part in own.slope.items():
            slope[number] = slope.get(number, 0.0) + weight * part
    return Direction(slope, tuple(fixed))


def log_direction(form: NormalForm) -> Direction:
    """Return how the logarithm of the size of a form moves."""
    if form.power:
        return sum_direction(form)
    motions = [_multiplied(variable) for variable in form.terms]
    fixed = [vector for direction in motions for vector in direction.fixed]
    if not motions:
        return Direction({}, ())
    first = motions[0].slope
    if form.constant or len(motions) > FEW:
        return Direction({}, (*fixed, *(direction.slope for direction in motions)))
    return Direction(first, (*fixed, *(difference(direction.slope, first) for direction in motions[1:])))


def _own(variable: Variable) -> tuple[bool, Direction]:
    """Return whether a variable moves in a line, rather than its logarithm, and how."""
    if variable.direction is None:
        variable.direction = _atom(variable) if isinstance(variable, Atom) else _result(variable)
    own: tuple[bool, Direction] = variable.direction
    return own


def _atom(atom: Atom) -> tuple[bool, Direction]:
    scores = dict(atom.loadings)
    if atom.line is not None:
        return True, Direction(dict(atom.line[1]), ())
    if parameters := atom.distribution.log_normal:
        return False, Direction(scaled_vector(scores, parameters[1]), ())
    return True, Direction({}, (scores,))


def _result(variable: Variable) -> tuple[bool, Direction]:
    motions = [log_direction(form) for form in variable.arguments]
    fixed = tuple(vector for direction in motions for vector in direction.fixed)
    slopes = [direction.slope for direction in motions]
    match variable.operator:
        case "log10":
            return True, motions[0]
        case "power10" | "abs":
            return False, motions[0]
        case "*":
            return False, Direction(difference(slopes[0], slopes[1], -1.0), fixed)
        case "reciprocal" | "**":
            power = variable.arguments[1].constant if variable.operator == "**" else -1.0
            return False, Direction(scaled_vector(slopes[0], power), fixed)
        case "expm1" | "log1p" | "saturation":
            return True, _still(motions[0])
        case _:
            return False, Direction(slopes[0], (*fixed, *(difference(slope, slopes[0]) for slope in slopes[1:])))


def _added(variable: Variable) -> Direction:
    """Return how a variable moves in a sum; one whose logarithm moves in a line has to stay as it is."""
    line, direction = _own(variable)
    return direction if line else _still(direction)


def _multiplied(variable: Variable) -> Direction:
    """Return how the logarithm of a variable moves; a variable that moves in a line has to stay as it is."""
    line, direction = _own(variable)
    return _still(direction) if line else direction


def _still(direction: Direction) -> Direction:
    return Direction({}, (*direction.fixed, direction.slope) if direction.slope else direction.fixed)


def scaled_vector(vector: Vector, factor: float) -> Vector:
    """Multiply a vector by a number."""
    return {number: weight * factor for number, weight in vector.items()}


def difference(left: Vector, right: Vector, factor: float = 1.0) -> dict[int, float]:
    """Return left - factor * right."""
    terms = dict(left)
    for number, weight in right.items():
        terms[number] = terms.get(number, 0.0) - factor * weight
    return terms


class Basis:
    """Independent directions of length 1 that span some vectors, each over a few scores only."""

    def __init__(self, vectors: Sequence[Vector]) -> None:
        self._over: dict[int, list[tuple[int, float]]] = {}
        """Number of a score -> the directions it is part of, with its weight there."""
        self._directions: list[Vector] = []
        room = _FILL * sum(map(len, vectors)) + FEW**3
        for vector in vectors:
            room -= self._take_up(vector)
            if room < 0:
                self._take_each(number for vector in vectors for number in vector)
                break

    @property
    def size(self) -> int:
        """How many directions of uncertainty there are."""
        return len(self._directions)

    def _take_up(self, vector: Vector) -> int:
        """Add what the directions so far do not span of a vector; return over how many scores it goes."""
        rest = dict(vector)
        for place, amount in self.coordinates(vector).items():
            for number, weight in self._directions[place].items():
                rest[number] = rest.get(number, 0.0) - amount * weight
        left = _length(rest)
        if left <= _NOTHING * _length(vector):
            return 0
        self._add({number: weight / left for number, weight in rest.items() if weight})
        return len(rest)

    def _add(self, direction: Vector) -> None:
        for number, weight in direction.items():
            self._over.setdefault(number, []).append((self.size, weight))
        self._directions.append(direction)

    def _take_each(self, numbers: Iterable[int]) -> None:
        """Have one direction for each score: a basis of vectors with much in common would be a full matrix."""
        self._over.clear()
        self._directions.clear()
        for number in sorted(set(numbers)):
            self._add({number: 1.0})

    def coordinates(self, vector: Vector) -> dict[int, float]:
        """Return a vector in these directions; what lies outside of them is left out."""
        along: dict[int, float] = {}
        for number, weight in vector.items():
            for place, part in self._over.get(number, ()):
                along[place] = along.get(place, 0.0) + weight * part
        return along

    def outside(self, vector: Vector) -> float:
        """Return the length of what lies outside of these directions."""
        whole = _length(vector)
        left = whole and whole * math.sqrt(max(0.0, 1 - (_length(self.coordinates(vector)) / whole) ** 2))
        return left if left > _NOTHING * whole else 0.0


def _length(vector: Vector) -> float:
    return math.hypot(*vector.values())
