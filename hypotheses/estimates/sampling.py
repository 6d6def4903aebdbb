"""The sampled path: scrambled quasi-Monte-Carlo for what has no closed form. The only module that uses numpy.

The draws are 8 independently scrambled Sobol point sets of 4,096 points. Together they give the figures; how far
the 8 lie apart gives the error. The same inputs draw the same points in every scenario (common random numbers), so
what two scenarios share does not blur their difference. All randomness is integer arithmetic on a seed, and
figures are rounded to ten significant digits, so that every machine says the same.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple, cast

import numpy as np
import numpy.typing as npt

from hypotheses.estimates.distributions import STANDARD, Distribution, Normal, TwoPiece
from hypotheses.estimates.forms import Atom, Form, Variable, single
from hypotheses.estimates.outcomes import Method, MixtureOutcome, NormalOutcome, Outcome
from hypotheses.estimates.shapes import Beta, Mixture, Pert, Samples, Triangular, Uniform
from hypotheses.estimates.sobol import BITS, DIMENSIONS, direction_numbers

Array = npt.NDArray[np.float64]
Words = npt.NDArray[np.uint64]

REPLICATES: Final = 8
LOG_POINTS: Final = 12
POINTS: Final = 1 << LOG_POINTS
"""Points per replicate."""
SLICES: Final = 64
"""Into how many slices the draws of an input are cut to see what it does to the result."""
FEW: Final = 64
"""Up to this many parts of a mixture are drawn whole, with a control; of more only the draws that are picked."""
MIXING: Final = 10**6
"""The dimension that picks the part of a mixture, apart from those of all inputs."""
STUDENT: Final = 3.4995
"""The 99.5th percentile of Student's t with 7 degrees of freedom: the factor of a 99% interval from 8 replicates."""


class Draws:
    """The points of one seed: a stream of standard normal scores and of uniforms per dimension, drawn when needed."""

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        self._uniforms: dict[int, Array] = {}
        self._scores: dict[int, Array] = {}

    def uniforms(self, dimension: int) -> Array:
        """Return the draws of a dimension, evenly spread over 0..1, replicate after replicate."""
        if dimension not in self._uniforms:
            self._uniforms[dimension] = self._draw(dimension)
        return self._uniforms[dimension]

    def scores(self, dimension: int) -> Array:
        """Return the draws of a dimension as standard normal scores."""
        if dimension not in self._scores:
            self._scores[dimension] = normal_scores(self.uniforms(dimension))
        return self._scores[dimension]

    def _draw(self, dimension: int) -> Array:
        """Scramble one dimension of the Sobol set, once for each replicate.

        The scramble is Matousek's: a random lower triangular matrix of bits times the direction numbers, then a
        random digital shift ("On the L2-discrepancy for anchored boxes", J. Complexity 14, 1998). Beyond the last
        dimension of the table they are used again, their points in a random order.
        """
        block, column = divmod(dimension, DIMENSIONS)
        directions = np.array(direction_numbers(column)[:LOG_POINTS], dtype=np.uint64)
        keys = _random_words(self._seed, dimension, REPLICATES * (BITS + 1)).reshape(REPLICATES, BITS + 1)
        places = np.arange(BITS, dtype=np.uint64)
        diagonal = np.uint64(1) << (np.uint64(BITS - 1) - places)
        above = ~((diagonal << np.uint64(1)) - np.uint64(1))
        rows = (keys[:, :BITS] & above & np.uint64(0xFFFFFFFF)) | diagonal
        parities = _parity(rows[:, :, None] & directions)
        scrambled = (parities * diagonal[:, None]).sum(axis=1, dtype=np.uint64)
        points = (keys[:, BITS] >> np.uint64(32))[:, None]
        for place in range(LOG_POINTS):
            points = np.concatenate((points, points ^ scrambled[:, place : place + 1]), axis=1)
        if block:
            order = np.argsort(_random_words(self._seed, -dimension, points.size).reshape(points.shape), axis=1)
            points = np.take_along_axis(points, order, axis=1)
        return (points.ravel().astype(np.float64) + 0.5) / 2.0**BITS


def _random_words(seed: int, stream: int, count: int) -> Words:
    """Return 64-bit words of SplitMix64 (Steele, Lea and Flood 2014), one stream of them for each seed and number."""
    start = (seed * 0x9E3779B97F4A7C15 + stream * 0xD1B54A32D192ED03) & 0xFFFFFFFFFFFFFFFF
    words = np.uint64(start) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return cast("Words", words ^ (words >> np.uint64(31)))


def _parity(words: Words) -> Words:
    """Return 1 where a 32-bit word has an odd number of ones."""
    for shift in (16, 8, 4, 2, 1):
        words = words ^ (words >> np.uint64(shift))
    return words & np.uint64(1)


# Wichura, "Algorithm AS 241: The Percentage Points of the Normal Distribution", Appl. Statist. 37 (1988), 477-484:
# the coefficients of PPND16, highest power first, numerator and denominator in the middle, towards and in the tail.
_MIDDLE: Final = (
    (2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
     1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080e0),
    (5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
     5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1.0),
)  # fmt: skip
_SIDE: Final = (
    (7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e0,
     3.64784832476320460504e0, 5.76949722146069140550e0, 4.63033784615654529590e0, 1.42343711074968357734e0),
    (1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
     6.89767334985100004550e-1, 1.67638483018380384940e0, 2.05319162663775882187e0, 1.0),
)  # fmt: skip
_TAIL: Final = (
    (2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
     2.96560571828504891230e-1, 1.78482653991729133580e0, 5.46378491116411436990e0, 6.65790464350110377720e0),
    (2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
     1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0),
)  # fmt: skip


def normal_scores(uniforms: Array) -> Array:
    """Return the standard normal quantile of each probability, to about 1 part in 10^16."""
    centered = uniforms - 0.5
    scores = centered * _ratio(_MIDDLE, 0.180625 - centered * centered)
    outer = np.abs(centered) > 0.425
    tail = np.sqrt(-np.log(np.minimum(uniforms[outer], 1 - uniforms[outer])))
    sizes = np.where(tail <= 5, _ratio(_SIDE, tail - 1.6), _ratio(_TAIL, tail - 5))
    scores[outer] = np.copysign(sizes, centered[outer])
    return scores


def _ratio(coefficients: tuple[Sequence[float], Sequence[float]], x: Array) -> Array:
    numerator, denominator = (_horner(row, x) for row in coefficients)
    return numerator / denominator


def _horner(coefficients: Sequence[float], x: Array) -> Array:
    total = np.full_like(x, coefficients[0])
    for coefficient in coefficients[1:]:
        total *= x
        total += coefficient
    return total


def quantiles(distribution: Distribution, uniforms: Array) -> Array:
    """Return the quantile of a distribution at each probability."""
    match distribution:
        case Uniform(low, high, log):
            return low * (high / low) ** uniforms if log else low + (high - low) * uniforms
        case Triangular(low, mode, high):
            width = high - low
            below = low + np.sqrt(uniforms * width * (mode - low))
            above = high - np.sqrt((1 - uniforms) * width * (high - mode))
            return np.where(uniforms * width < mode - low, below, above)
        case Beta() | Pert():
            return _interpolated(distribution, uniforms)
        case Samples(values):
            places = (np.arange(len(values)) + 0.5) / len(values)
            return np.interp(uniforms, places, values)
        case Mixture():
            fine = (np.arange(REPLICATES * POINTS) + 0.5) / (REPLICATES * POINTS)
            return np.interp(uniforms, fine, np.sort(_composed(distribution, fine)))
        case _:
            return _scored(distribution, normal_scores(uniforms))


def _scored(distribution: Distribution, scores: Array) -> Array:
    """Return the value of a normal, lognormal or two-piece shape at each normal score."""
    match distribution:
        case TwoPiece(mid=mid, log=log):
            below, above = distribution.deviations
            steps = np.where(scores < 0, below, above) * scores
            return mid * 10.0**steps if log else mid + steps
        case Normal():
            mean, deviation = distribution.normal
            return mean + deviation * scores
        case _:
            mean, deviation = distribution.log_normal or (math.nan, math.nan)
            return np.asarray(10.0 ** (mean + deviation * scores))


def _interpolated(distribution: Distribution, uniforms: Array) -> Array:
    """Interpolate quantiles between 261 normal scores by cubics, with the slopes of their neighbours."""
    grid = np.linspace(-6.5, 6.5, 261)
    values = np.array([distribution.score(score) for score in grid])
    slopes = np.gradient(values, grid)
    scores = np.clip(normal_scores(uniforms), -6.4, 6.4)
    step = grid[1] - grid[0]
    place = ((scores - grid[0]) / step).astype(np.int64)
    t = (scores - grid[place]) / step
    left = values[place] * (1 + 2 * t) + slopes[place] * step * t
    right = values[place + 1] * (3 - 2 * t) + slopes[place + 1] * step * (t - 1)
    return np.asarray(left * (1 - t) ** 2 + right * t**2)


def _composed(mixture: Mixture, uniforms: Array) -> Array:
    """Draw from a mixture: the probability picks the part, and its place within that share the value."""
    values = np.empty_like(uniforms)
    start = 0.0
    for share, part in zip(mixture.shares, mixture.parts, strict=True):
        inside = (uniforms > start) & (uniforms <= start + share)
        low, high = 1e-12, 1 - 1e-12
        values[inside] = (
            part.quantile(0.5)
            if part.support[0] == part.support[1]
            else quantiles(part, np.clip((uniforms[inside] - start) / share, low, high))
        )
        start += share
    return values


class Line(NamedTuple):
    """A constant and a weighted sum of independent normal scores."""

    offset: float
    slopes: Mapping[int, float]
    """Number of the score -> weight."""


class Drawn:
    """The draws of a variable that is not normal, and the line through them. It does not know the variable."""

    def __init__(self, values: Array, numbers: Sequence[int], draws: Draws) -> None:
        self.values = values
        self._numbers = numbers
        """The scores its inputs depend on."""
        self._draws = draws

    @cached_property
    @np.errstate(all="ignore")
    def line(self) -> Line:
        """What is linear in the scores of the inputs, by least squares on scores that are orthogonal."""
        values, draws = self.values, self._draws
        offset = float(values.mean())
        if not math.isfinite(offset):
            return Line(0.0, {})
        # Not `@`: its threads cost more than they save here, and sum in another order on every machine.
        products = [float(np.einsum("i,i->", values, draws.scores(number))) for number in self._numbers]
        return Line(offset, {number: one / values.size for number, one in zip(self._numbers, products, strict=True)})


def drawn(variable: Variable, draws: Draws) -> Drawn:
    """Return the draws of a variable, kept with it: every variable belongs to one engine, and so to one seed."""
    if variable.draws is None:
        values = _atom_draws(variable, draws) if isinstance(variable, Atom) else _operation_draws(variable, draws)
        numbers = sorted({number for atom in variable.atoms for number, _ in atom.loadings})
        variable.draws = Drawn(values, numbers, draws)
    return cast("Drawn", variable.draws)


def _score_draws(atom: Atom, draws: Draws) -> Array:
    return sum_of_scores(dict(atom.loadings), draws)


def sum_of_scores(slopes: Mapping[int, float], draws: Draws) -> Array:
    """Return the draws of a weighted sum of independent normal scores."""
    result = np.zeros(REPLICATES * POINTS)
    for number, slope in slopes.items():
        result += slope * draws.scores(number)
    return result


def _atom_draws(atom: Atom, draws: Draws) -> Array:
    if isinstance(atom.distribution, Normal | TwoPiece) or atom.distribution.log_normal:
        return _scored(atom.distribution, _score_draws(atom, draws))
    if len(atom.loadings) == 1:
        return quantiles(atom.distribution, draws.uniforms(atom.loadings[0][0]))
    cdf = STANDARD.cdf
    uniforms = np.fromiter((cdf(score) for score in _score_draws(atom, draws)), np.float64, REPLICATES * POINTS)
    return quantiles(atom.distribution, np.clip(uniforms, 1e-12, 1 - 1e-12))


@np.errstate(all="ignore")
def _operation_draws(variable: Variable, draws: Draws) -> Array:
    arguments = [total(form, draws) for form in variable.arguments]
    return _OPERATIONS[variable.operator](*arguments)


def _log10(values: Array) -> Array:
    """Return log10, and minus infinity for what is not above zero: it lies below every order of magnitude."""
    return np.where(values > 0, np.log10(np.where(values > 0, values, 1.0)), -np.inf)


def _least(*values: Array) -> Array:
    return np.asarray(np.minimum.reduce(values))


def _greatest(*values: Array) -> Array:
    return np.asarray(np.maximum.reduce(values))


_OPERATIONS: Final[Mapping[str, Callable[..., Array]]] = {
    "*": np.multiply,
    "reciprocal": np.reciprocal,
    "**": np.power,
    "log10": _log10,
    "power10": lambda power: power,
    "abs": np.abs,
    "min": _least,
    "max": _greatest,
}


def _straight(form: Form) -> tuple[Line, list[tuple[float, Variable]]]:
    """Split a form's sum into its normal part and the other variables with their weights."""
    offset, slopes, others = form.constant, dict[int, float](), list[tuple[float, Variable]]()
    for variable, weight in form.terms.items():
        source, parameters = variable.source, variable.normal
        if source is None or parameters is None:
            others.append((weight, variable))
            continue
        offset += weight * parameters[0]
        for number, loading in source.loadings:
            slopes[number] = slopes.get(number, 0.0) + weight * parameters[1] * loading
    return Line(offset, slopes), others


@np.errstate(all="ignore")
def total(form: Form, draws: Draws) -> Array:
    """Return the draws of a form."""
    line, others = _straight(form)
    values = sum_of_scores(line.slopes, draws)
    values += line.offset
    for weight, variable in others:
        values += weight * drawn(variable, draws).values
    return _power10(values) if form.power else values


@np.errstate(all="ignore")
def control(form: Form, draws: Draws) -> tuple[Array, NormalOutcome]:
    """Return the draws of the line through a form, and their distribution, which is known."""
    (offset, straight), others = _straight(form)
    slopes = dict(straight)
    for weight, variable in others:
        line = drawn(variable, draws).line
        offset += weight * line.offset
        for number, slope in line.slopes.items():
            slopes[number] = slopes.get(number, 0.0) + weight * slope
    values = sum_of_scores(slopes, draws)
    values += offset
    known = NormalOutcome(offset, math.hypot(*slopes.values()), form.power)
    return (_power10(values) if form.power else values), known


@np.errstate(all="ignore")
def _power10(values: Array) -> Array:
    return np.asarray(10.0**values)


class Sample(NamedTuple):
    """Draws of an outcome beside draws of a control: something close to it whose distribution is known."""

    values: Array
    control: Array
    known: Outcome


class SampledOutcome(Outcome):
    """An outcome known by its draws. It keeps how to draw them, not the draws.

    A percentile is corrected by what the same draws get wrong about the control (Hsu and Nelson, "Control variates
    for quantile estimation", Management Science 36, 1990): with F the share of draws of the control below its true
    percentile c, the percentile at p + beta (F - P(control <= c)) is read, beta being the regression of one
    event on the other.
    """

    method: Method = "sampled"

    @np.errstate(all="ignore")
    def __init__(self, draw: Callable[[], Sample]) -> None:
        self._draw = draw
        self._figures: dict[float, float] = {}
        sample = draw()
        self._ordered(sample, (5, 50, 95))
        finite = sample.values[np.isfinite(sample.values)]
        self._mean = stable(float(finite.mean())) if finite.size else math.nan

    def _ordered(self, sample: Sample, percentiles: Sequence[float]) -> None:
        """Work out percentiles and keep them."""
        ordered = np.sort(sample.values)
        for p in percentiles:
            shift = _shift(sample, p / 100, _at(ordered, p / 100))
            self._figures[p] = stable(_at(ordered, p / 100 + float(shift(1)[0])))

    @np.errstate(all="ignore")
    def percentile(self, p: float) -> float:
        """Return the corrected percentile of the draws."""
        if p not in self._figures:
            self._ordered(self._draw(), (p,))
        return self._figures[p]

    def cdf(self, x: float) -> float:
        """Return the share of the draws that are at most `x`."""
        return float(np.count_nonzero(self._draw().values <= x)) / (REPLICATES * POINTS)

    @property
    def mean(self) -> float:
        """The mean of the draws."""
        return self._mean

    @cached_property
    @np.errstate(all="ignore")
    def error(self) -> float | None:
        """The half width of a 99% interval from the spread of the replicates, the widest of p5, median and p95."""
        sample = self._draw()
        rows = np.sort(sample.values.reshape(REPLICATES, POINTS), axis=1)
        errors = []
        for p in (0.05, 0.5, 0.95):
            shifts = _shift(sample, p, self.percentile(100 * p))(REPLICATES)
            found = [_at(row, p + float(shift)) for row, shift in zip(rows, shifts, strict=True)]
            errors.append(float(np.std(found, ddof=1)))
        return stable(max(errors) * STUDENT / math.sqrt(REPLICATES))

    @np.errstate(all="ignore")
    def density(self, points: Sequence[float]) -> list[float]:
        """Estimate the density at each point with a normal kernel of Silverman's width."""
        values = self._draw().values
        values = values[np.isfinite(values)]
        width = 0.9 * (self.p95 - self.p5) / 3.29 * max(values.size, 1) ** -0.2
        if not 0 < width < math.inf:
            return [0.0] * len(points)
        ends = max(self.percentile(0.1), values.min()), min(self.percentile(99.9), values.max())
        counts, edges = np.histogram(values, bins=1024, range=ends)
        middles = (edges[:-1] + edges[1:]) / 2
        kernel = np.exp(-0.5 * ((np.asarray(points)[:, None] - middles) / width) ** 2)
        return [float(value) for value in kernel @ counts / (values.size * width * math.sqrt(2 * math.pi))]


def _shift(sample: Sample, p: float, value: float) -> Callable[[int], Array]:
    """Return how far, in probability, each of so many equal parts of the draws has to be read beside `p`."""
    edge = sample.known.percentile(100 * p)
    below = sample.control <= edge
    share = float(np.count_nonzero(below)) / below.size
    if not 0 < share < 1:
        return np.zeros
    both = float(np.count_nonzero(below & (sample.values <= value))) / below.size
    slope = (both - p * share) / (share * (1 - share))
    true = sample.known.cdf(edge)
    return lambda parts: slope * (np.count_nonzero(below.reshape(parts, -1), axis=1) * parts / below.size - true)


def _at(ordered: Array, p: float) -> float:
    """Return the quantile of sorted draws, the i-th of n at probability (i - 1/2) / n."""
    place = min(max(p * ordered.size - 0.5, 0.0), ordered.size - 1.0)
    below = min(int(place), ordered.size - 2)
    low, high = float(ordered[below]), float(ordered[below + 1])
    return low if low == high else low + (place - below) * (high - low)


def stable(value: float) -> float:
    """Round to ten significant digits: machines may differ in the last bits of a logarithm."""
    return float(f"{value:.10g}")


def sampled_outcome(form: Form, draws: Draws) -> SampledOutcome:
    """Return the outcome of any form by sampling."""

    def draw() -> Sample:
        return Sample(total(form, draws), *control(form, draws))

    return SampledOutcome(draw)


def sampled_mixture(parts: Sequence[tuple[float, Form]], draws: Draws) -> SampledOutcome:
    """Return the outcome of one of several forms: an extra dimension picks which of them each draw takes."""
    ends = np.cumsum([weight for weight, _ in parts])
    picked = np.minimum(np.searchsorted(ends, draws.uniforms(MIXING) * ends[-1]), len(parts) - 1)

    def draw() -> Sample:
        values, lines = np.empty((2, REPLICATES * POINTS))
        known = []
        for number, (weight, form) in enumerate(parts):
            rows = np.flatnonzero(picked == number)
            line, outcome = control(form, draws)
            values[rows], lines[rows] = total(form, draws)[rows], line[rows]
            known.append((weight, outcome))
        return Sample(values, lines, MixtureOutcome(known))

    def draw_many() -> Sample:
        values = np.empty(REPLICATES * POINTS)
        for number in np.unique(picked):
            rows = np.flatnonzero(picked == number)
            values[rows] = _rows_of(parts[number][1], draws, rows)
        return Sample(values, np.zeros_like(values), NormalOutcome(0.0, 0.0, power=False))

    return SampledOutcome(draw if len(parts) <= FEW else draw_many)


@np.errstate(all="ignore")
def _rows_of(form: Form, draws: Draws, rows: npt.NDArray[np.int64]) -> Array:
    """Return some draws of a form without keeping those of its variables: there may be very many forms."""
    values = np.full(rows.size, form.constant)
    for variable, weight in form.terms.items():
        if variable.source is None and variable.draws is None:
            arguments = [_rows_of(argument, draws, rows) for argument in variable.arguments]
            values += weight * _OPERATIONS[variable.operator](*arguments)
        else:
            values += weight * total(single(variable), draws)[rows]
    return _power10(values) if form.power else values


@np.errstate(all="ignore")
def first_order_shares(form: Form, draws: Draws) -> dict[Atom, float]:
    """Return Var(E[form | input]) / Var(form) per input, from the means of 64 equal slices of the input's draws."""
    values = total(form, draws)
    finite = values[np.isfinite(values)]
    if not finite.size:
        return {}
    # An overflow counts as the largest of the other draws, a logarithm that does not exist as the smallest.
    values = np.nan_to_num(values, nan=finite.min(), posinf=finite.max(), neginf=finite.min())
    variance = float(values.var())
    shares = {}
    for atom in {atom: None for variable in form.terms for atom in variable.atoms}:
        slices = values[np.argsort(_score_draws(atom, draws))].reshape(SLICES, -1)
        between = float(slices.mean(axis=1).var())
        within = float(slices.var(axis=1).mean()) / slices.shape[1]
        share = max(0.0, between - within) / variance if variance else 0.0
        shares[atom] = stable(share) if math.isfinite(share) else 0.0
    return shares
