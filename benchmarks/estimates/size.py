"""Many explanations and many quantities: what the app works out, whole and after an edit, beside numpy drawn plainly.

Run it with `python -m benchmarks.estimates.size [RUNS]`. All times are CPU times of this process. Every quantity that a
gap hangs on is edited, up to a hundred of them.
"""

from __future__ import annotations

import gc
import json
import statistics
import sys
import time
from functools import partial
from typing import Final

import numpy as np

from benchmarks.estimates.models import Case, large, many
from benchmarks.estimates.peers import arrays
from benchmarks.estimates.program import write
from hypotheses.edits import value_set
from hypotheses.estimates import Engine
from tui.session import worked_out

DRAWS: Final = 100_000
"""Plain draws of the peer, which are off by more than Abduce is."""
MOST: Final = 100


def numpy_seconds(case: Case) -> float:
    """Return how long numpy takes for the gaps now and under every explanation, once."""
    program = json.loads(json.dumps(write(case.debate).only("").to_json()))
    start = time.process_time()
    draw = partial(arrays.plainly, generator=np.random.default_rng(1), count=DRAWS)
    arrays.figures(arrays.compiled(program), arrays.drawn(program, draw))
    return time.process_time() - start


def edited(engine: Engine, case: Case) -> list[tuple[float, str]]:
    """Return how long an edit of each quantity takes, the fastest first."""
    inputs = {name for gap in case.debate.gaps for name in engine.estimates().evaluation.inputs_of(gap, 0)}
    times = []
    for symbol in sorted(inputs)[:: max(1, len(inputs) // MOST)]:
        debate = value_set(case.debate, symbol, "2 to 11")
        start = time.process_time()
        worked_out(engine.estimates(debate))
        times.append((time.process_time() - start, symbol))
        worked_out(engine.estimates(case.debate))
    return sorted(times)


def main() -> None:
    """Print a line for each size."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    for case in (many(50), many(100), large(1500)):
        wholes, times = [], []
        for _ in range(runs):
            gc.collect()
            start = time.process_time()
            engine = Engine(case.debate)
            worked_out(engine.estimates())
            wholes.append(time.process_time() - start)
            times.append(edited(engine, case))
        middle = statistics.median(each[len(each) // 2][0] for each in times)
        slowest = statistics.median(each[-1][0] for each in times)
        peer = numpy_seconds(case)
        print(f"{case.name}: whole {1000 * statistics.median(wholes):.0f} ms", end="")
        print(f"; an edit {1000 * middle:.1f} in the median of the quantities, {1000 * slowest:.0f}", end="")
        print(f" of the slowest ({times[0][-1][1]}); numpy with {DRAWS:,} draws {1000 * peer:.0f}", flush=True)


if __name__ == "__main__":
    main()
