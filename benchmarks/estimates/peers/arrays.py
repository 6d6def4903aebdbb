"""A program run on numpy arrays, the way a notebook would: used for squigglepy, and for the truth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import CodeType
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Code = tuple[list[tuple[str, CodeType]], list[str]]
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


def drawn(program: Mapping[str, Any], draw: Callable[[str, float, float], Array]) -> dict[str, Array | float]:
    """Return the draws of every input."""
    return {name: low if shape == "known" else draw(shape, low, high) for name, (shape, low, high) in _inputs(program)}


def _inputs(program: Mapping[str, Any]) -> Sequence[tuple[str, tuple[str, float, float]]]:
    return list(program["inputs"].items())
