"""Time Abduce and a minimal Textual app in turn, through a real pty: `python -m benchmarks.startup [RUNS]`."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile

from benchmarks.terminal import Terminal

FIRST_PAINT = b"opening"
"""In the title bar before the store is open."""
DATA = b"weighed"
"""In the gap strip once the numbers are there: the last thing to appear."""
ROWS = b"comparison"
"""In the ranking once the debate is there."""


def abduce(home: str) -> tuple[float, float, float]:
    """Return seconds to the first paint, to the ranked list and to the numbers."""
    with Terminal([sys.executable, "-m", "tui"], {**os.environ, "ABDUCE_HOME": home}) as terminal:
        return terminal.wait_for(FIRST_PAINT), terminal.wait_for(ROWS), terminal.wait_for(DATA)


def minimal() -> float:
    """Return seconds to the peer's first paint."""
    with Terminal([sys.executable, "-m", "benchmarks.startup.minimal"], os.environ) as terminal:
        return terminal.wait_for(b"minimal-app-painted")


def main() -> None:
    """Print medians and the median of the ratios, pair by pair."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as home:
        abduce(home)  # creates the database; a first run is told apart below
        minimal()
        pairs = [(minimal(), *abduce(home)) for _ in range(runs)]
    with tempfile.TemporaryDirectory() as fresh:
        first_run = abduce(fresh)
    peer = statistics.median(pair[0] for pair in pairs)
    print(f"minimal Textual app, first paint: {peer * 1000:.0f} ms (median of {runs})")
    for index, name in enumerate(("first paint", "ranked list on screen", "numbers on screen"), 1):
        seconds = statistics.median(pair[index] for pair in pairs)
        ratio = statistics.median(pair[index] / pair[0] for pair in pairs)
        print(f"abduce, {name}: {seconds * 1000:.0f} ms, {ratio:.2f} times the minimal app")
    print(f"abduce, very first run (creates the database), numbers on screen: {first_run[2] * 1000:.0f} ms")


main()
