"""Families of formulas against plain draws: how many figures lie outside of their error, and how long one takes.

Run it with `python -m benchmarks.estimates.families [MODELS]`.
"""

from __future__ import annotations

import statistics
import sys
import time
from typing import Final

from benchmarks.estimates.plain_draws import FAMILIES, held, random_model
from hypotheses.estimates import Engine

DRAWS: Final = 4_000_000


def seconds(family: str, seed: int) -> float:
    """Return how long it takes to work out every figure of a random model."""
    debate = random_model(family, seed).debate
    start = time.perf_counter()
    gap = Engine(debate).estimates().gaps["g"]
    for result in (gap.now, *gap.under.values(), *gap.explained.values(), gap.weighed):
        if result is not None:
            _ = result.p5, result.median, result.p95, result.error
    return time.perf_counter() - start


def main() -> None:
    """Write a line for each family."""
    models = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    print(f"{models} random models of each family, against {DRAWS:,} plain draws")
    print(f"{'family':<20} {'figures':>8} {'outside':>8} {'off / error, 90%':>17} {'a model, median':>16}")
    for family in FAMILIES:
        offs = [off for seed in range(models) for row in held(family, seed, DRAWS).values() for off in row]
        parts = [abs(off.shown - (off.low + off.high) / 2) / off.error for off in offs if off.error > 0]
        typical = statistics.quantiles(parts, n=10)[-1] if len(parts) > 1 else 0.0
        took = statistics.median(seconds(family, seed) for seed in range(models))
        outside = sum(off.outside for off in offs)
        print(f"{family:<20} {len(offs):>8} {outside:>8} {typical:>17.2f} {1000 * took:>13.1f} ms")


if __name__ == "__main__":
    main()
