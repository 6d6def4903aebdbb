"""A debate in Abduce's engine. A job as JSON on stdin, the results as JSON on stdout.

The job carries the debate as a pickle, so that nothing of the program but the engine is loaded here.
"""

from __future__ import annotations

import base64
import json
import pickle
import sys
import time
from collections.abc import Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

from benchmarks.estimates.peers import memory

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates

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
    results, full = [], []
    for seed in job["seeds"]:
        start = time.perf_counter()
        engine = Engine(debate, seed=seed)
        results.append(read(engine.estimates(), names))
        full.append(time.perf_counter() - start)

    def edit(symbol: str, text: str) -> list[Sequence[float]]:
        return read(engine.estimates(value_set(debate, symbol, text)), names)

    edits: dict[str, list[float]] = {}
    for symbol, texts in job["edits"].items():
        edit(symbol, texts[0])
        for text in texts[1:]:
            start = time.perf_counter()
            edit(symbol, text)
            edits.setdefault(symbol, []).append(time.perf_counter() - start)
    print(json.dumps({"figures": results, "seconds": full, "edits": edits, "peak": memory.peak()}))


def read(estimates: Estimates, names: Sequence[Sequence[str]]) -> list[Sequence[float]]:
    """Read p5, median and p95 of every figure."""
    found: list[Sequence[float]] = []
    for gap, kind, *hypothesis in names:
        outcome = getattr(estimates.gaps[gap], kind)
        found.append(SHOWN(outcome[hypothesis[0]] if hypothesis else outcome))
    return found


main()
