"""A program in squigglepy. Run by its own interpreter: a job as JSON on stdin, the results as JSON on stdout.

Every input is drawn once with `sq.sample`, and the formulas are numpy on those draws. Formulas on squigglepy's own
distribution objects would draw an input again wherever it occurs.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

# The folder of this script, for the modules beside it: the interpreter is another one, without the project.
sys.path.insert(0, str(Path(__file__).parents[3]))

import numpy as np

from benchmarks.estimates.peers import arrays, memory


def main() -> None:
    """Run the job."""
    job = json.load(sys.stdin)
    if job.get("bare"):
        print(json.dumps({"peak": memory.peak()}))
        return
    squigglepy: Any = importlib.import_module("squigglepy")
    shapes = {
        "lognormal": squigglepy.lognorm,
        "normal": squigglepy.norm,
        "uniform": squigglepy.uniform,
        "beta": squigglepy.beta,
        "coin": squigglepy.bernoulli,
    }

    def drawn(shape: Sequence[Any]) -> arrays.Array:
        kind, *given = shape
        if kind == "loguniform":
            return np.exp(drawn(("uniform", *np.log(given))))
        if kind == "mixture":
            parts = [shapes[part](*ends) for _, (part, *ends) in given]
            made = squigglepy.mixture(parts, [weight for weight, _ in given])
        else:
            made = shapes[kind](*given)
        return np.asarray(squigglepy.sample(made, job["samples"]))

    results, seconds = [], []
    for seed in job["seeds"]:
        start = time.perf_counter()
        squigglepy.set_seed(seed)
        draws = arrays.drawn(job["program"], drawn)
        results.append(arrays.figures(arrays.compiled(job["program"]), draws))
        seconds.append(time.perf_counter() - start)
    version = importlib.metadata.version("squigglepy")
    print(json.dumps({"figures": results, "seconds": seconds, "peak": memory.peak(), "version": version}))


main()
