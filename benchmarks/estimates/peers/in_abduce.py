"""A debate in Abduce's engine. A job as JSON on stdin, the results as JSON on stdout.

The job carries the debate as a pickle, so that nothing of the program but the engine is loaded here.
"""

from __future__ import annotations

import base64
import json
import pickle
import sys
import time
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

from benchmarks.estimates.peers import memory

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates, Result

SHOWN = attrgetter("p5", "median", "p95")


def main() -> None:
    """Run the job."""
    job = json.load(sys.stdin)
    if job.get("bare"):
        import numpy as np

        print(json.dumps({"peak": memory.peak(), "numpy": np.__version__}))
        return
    from hypotheses.edits import value_set
    from hypotheses.estimates import Engine

    debate, names = pickle.loads(base64.b64decode(job["debate"])), [name.split() for name in job["names"]]
    results, full, errors = [], [], []
    for seed in job["seeds"]:
        start = time.perf_counter()
        engine = Engine(debate, seed=seed)
        results.append(read(engine.estimates(), names))
        full.append(time.perf_counter() - start)
        if job.get("errors"):
            errors.append([each or (0, 0, 0) for each in read(engine.estimates(), names, attrgetter("errors"))])

    def edit(symbol: str, text: str) -> list[Sequence[float]]:
        return read(engine.estimates(value_set(debate, symbol, text)), names)

    edits: dict[str, list[float]] = {}
    cpu: dict[str, list[float]] = {}
    for symbol, texts in job["edits"].items():
        edit(symbol, texts[0])
        for text in texts[1:]:
            start, worked = time.perf_counter(), time.process_time()
            edit(symbol, text)
            edits.setdefault(symbol, []).append(time.perf_counter() - start)
            cpu.setdefault(symbol, []).append(time.process_time() - worked)
    told = {"figures": results, "seconds": full, "edits": edits, "cpu": cpu, "errors": errors}
    print(json.dumps({**told, "peak": memory.peak()}))


def read(
    estimates: Estimates, names: Sequence[Sequence[str]], figures: Callable[[Result], Sequence[float]] = SHOWN
) -> list[Sequence[float]]:
    """Read p5, median and p95 of every figure, or something else of each."""
    found: list[Sequence[float]] = []
    for gap, kind, *hypothesis in names:
        outcome = getattr(estimates.gaps[gap], kind)
        found.append(figures(outcome[hypothesis[0]] if hypothesis else outcome))
    return found


main()
