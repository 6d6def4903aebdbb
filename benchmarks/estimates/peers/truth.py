"""A very large plain Monte Carlo run: 32 million draws with numpy's generator, in parts of a million.

Job and results are JSON on stdin and stdout. The percentiles of the parts are averaged; `error` is the largest
standard error of such an average, `errors` each of them, `typical` the median over the parts of how far off their worst
p5 or p95 is: what a plain run of a million draws gets wrong. All in orders of magnitude.
"""

from __future__ import annotations

import json
import math
import sys
from functools import partial

import numpy as np

from benchmarks.estimates.peers import arrays

PART = 1_000_000


def main() -> None:
    """Run the job."""
    job = json.load(sys.stdin)
    code = arrays.compiled(job["program"])
    found = []
    for part in range(job["parts"]):
        generator = np.random.default_rng((2024, part))
        draws = arrays.drawn(job["program"], partial(arrays.plainly, generator=generator, count=PART))
        found.append(arrays.figures(code, draws))
    table = np.array(found)
    error = float((table.std(axis=0, ddof=1) / math.sqrt(len(found))).max())
    typical = float(np.median(np.abs(table - table.mean(axis=0))[:, :, ::2].max(axis=(1, 2))))
    told = {"figures": table.mean(axis=0).tolist(), "error": error, "typical": typical, "part": PART}
    print(json.dumps({**told, "errors": (table.std(axis=0, ddof=1) / math.sqrt(len(found))).tolist()}))


main()
