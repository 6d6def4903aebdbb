"""A program run on numpy arrays, the way a notebook would: used for squigglepy, and for the truth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import CodeType
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Code = tuple[list[tuple[str, CodeType]], list[str]]
Z95 = 1.6448536269514722
"""The 95th percentile of the standard normal."""
FUNCTIONS = {"min": np.minimum, "max": np.maximum, "log10": np.log10, "__builtins__": {}}


def compiled(program: Mapping[str, Any]) -> Code:
    """Return the steps as code, and the names of the figures."""
    return [(name, compile(formula, name, "eval")) for name, formula in program["steps"]], list(
        program["outputs"].values()
    )


def figures(code: Code, draws: Mapping[str, Array | float]) -> list[list[float]]:
    """Return p5, median and p95 of every figure, as log10: a percentile may be taken before the logarithm."""
    steps, outputs = code
    known: dict[str, Any] = {**FUNCTIONS, **draws}
    for name, formula in steps:
        known[name] = eval(formula, known)  # the formulas are our own
    return [[float(np.log10(value)) for value in np.percentile(known[name], (5, 50, 95))] for name in outputs]


def drawn(program: Mapping[str, Any], draw: Callable[[Sequence[Any]], Array]) -> dict[str, Array | float]:
    """Return the draws of every input."""
    return {name: shape[1] if shape[0] == "known" else draw(shape) for name, shape in program["inputs"].items()}


def plainly(shape: Sequence[Any], generator: np.random.Generator, count: int) -> Array:
    """Draw a shape so many times by numpy's generator and operators."""
    kind, *given = shape
    match kind:
        case "coin":
            return np.asarray(generator.random(count) < given[0], dtype=np.float64)
        case "normal":
            low, high = given
            return generator.normal((low + high) / 2, (high - low) / 2 / Z95, count)
        case "uniform":
            low, high = given
            return np.asarray(generator.uniform(low, high, count))
        case "beta":
            alpha, beta = given
            return generator.beta(alpha, beta, count)
        case "mixture":
            weights = np.cumsum([weight for weight, _ in given])
            parts = np.array([plainly(part, generator, count) for _, part in given])
            picked = np.minimum(np.searchsorted(weights, generator.random(count)), len(given) - 1)
            return np.asarray(np.take_along_axis(parts, picked[None], 0)[0])
    inside = "normal" if kind == "lognormal" else "uniform"
    return np.exp(plainly((inside, *np.log(given)), generator, count))
