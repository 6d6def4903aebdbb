"""A program in numpy alone, drawn plainly, the way a notebook would. A job as JSON on stdin, the results on stdout."""

from __future__ import annotations

import json
import sys
import time
from functools import partial

import numpy as np

from benchmarks.estimates.peers import arrays, memory


def main() -> None:
    """Run the job."""
    job = json.load(sys.stdin)
    if job.get("bare"):
        print(json.dumps({"peak": memory.peak()}))
        return
    results, seconds = [], []
    for seed in job["seeds"]:
        start, generator = time.perf_counter(), np.random.default_rng(seed)
        draws = arrays.drawn(job["program"], partial(arrays.plainly, generator=generator, count=job["samples"]))
        results.append(arrays.figures(arrays.compiled(job["program"]), draws))
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"figures": results, "seconds": seconds, "peak": memory.peak(), "version": np.__version__}))


main()
