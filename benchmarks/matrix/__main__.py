"""Time keys on the Matrix screen and in a bare DataTable, through a real pty: `python -m benchmarks.matrix [KEYS]`."""

from __future__ import annotations

import itertools
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from typing import Final

from benchmarks.matrix.debates import large_debate
from benchmarks.terminal import Terminal
from store import remembered
from store.debate_store import DebateStore

Timed = Mapping[str, tuple[tuple[bytes, ...], float]]
SIZES: Final = (85, 1_000, 10_000)
KEYS: Final[Timed] = {
    "down": ((b"\x1b[B",), 0.25),
    "right, left": ((b"\x1b[C", b"\x1b[D"), 0.25),
    "rating": ((b"0",), 1.5),
}
"""What is timed: keys in turn, and the seconds of rest after each. After a rating the totals follow in that time."""
FOLDS: Final[Timed] = {"fold, open": ((b"Z",), 0.25), "fold all, open all": ((b"F",), 0.25)}
"""The same of what a DataTable does not have."""
PAUSE: Final = 0.02
"""Parts of one answer follow one another faster than this."""
PATIENCE: Final = 5.0
"""Seconds in which the first part comes, also on a busy machine."""
SIZE: Final = (120, 40)


def answer(terminal: Terminal, key: bytes, rest: float) -> tuple[float, float]:
    """Press a key; return milliseconds to the last byte of its first answer, and of all that followed."""
    start = time.perf_counter()
    terminal.send(key)
    parts = [when for when, _ in terminal.read_until_quiet(quiet=rest, seconds=20, first=PATIENCE)]
    first = next((a for a, b in itertools.pairwise(parts) if b - a > PAUSE), parts[-1])
    return 1000 * (first - start), 1000 * (parts[-1] - start)


def held(terminal: Terminal, key: bytes, count: int, each: float = 1 / 30) -> float:
    """Hold a key at 30 a second; return by how many milliseconds the screen comes after the last one."""
    for _ in range(count):
        terminal.send(key)
        time.sleep(each)
    start = time.perf_counter()
    parts = terminal.read_until_quiet(quiet=1.5, seconds=20, first=PATIENCE)
    first = next((a for (a, _), (b, _) in itertools.pairwise(parts) if b - a > PAUSE), parts[-1][0] if parts else start)
    return 1000 * (first - start)


def measured(terminal: Terminal, keys: int, timed: Timed = KEYS) -> dict[str, list[tuple[float, float]]]:
    """Press every key so many times."""
    found: dict[str, list[tuple[float, float]]] = {}
    for name, (turns, rest) in timed.items():
        count = keys if rest < 1 else max(5, keys // 3)
        pressed = itertools.islice(itertools.cycle(turns), count)
        found[name] = [answer(terminal, key, rest) for key in pressed]
    return found


def abduce(items: int, keys: int) -> tuple[dict[str, list[tuple[float, float]]], float]:
    """Measure the Matrix screen on a database of its own."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["ABDUCE_HOME"] = home
        remembered.remember("first_steps", "away")
        DebateStore.open(first=lambda: large_debate(items)).close()
        with Terminal([sys.executable, "-m", "tui"], os.environ, SIZE) as terminal:
            terminal.wait_for(b"Explanation number", 60)
            terminal.read_until_quiet(1.5, 60)
            terminal.send(b"2")
            terminal.wait_for(b"clusters", 60)  # they are found with the figures
            terminal.read_until_quiet(2.0, 60)
            terminal.send(b"scluster\rFj")  # all clusters open, and the cursor in the first
            terminal.read_until_quiet(2.0, 60, first=PATIENCE)
            return measured(terminal, keys, {**KEYS, **FOLDS}), held(terminal, b"j", 40)


def peer(items: int, keys: int) -> tuple[dict[str, list[tuple[float, float]]], float]:
    """Measure the DataTable."""
    with Terminal([sys.executable, "-m", "benchmarks.matrix.peer", str(items)], os.environ, SIZE) as terminal:
        terminal.wait_for(b"Explanation", 60)
        terminal.read_until_quiet(2.0, 60)
        return measured(terminal, keys), held(terminal, b"\x1b[B", 40)


def main() -> None:
    """Print medians, and the ratio of the two."""
    keys = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    print(f"{'milliseconds, median (90th percentile)':40} {'Matrix':>16} {'DataTable':>16} {'ratio':>6}")
    for items in SIZES:
        (ours, our_lag), (theirs, their_lag) = abduce(items, keys), peer(items, keys)
        for name in KEYS:
            a, b = ([first for first, _ in each[name]] for each in (ours, theirs))
            ratio = statistics.median(a) / statistics.median(b)
            print(f"{f'{items} items, {name}':40} {_told(a):>16} {_told(b):>16} {ratio:6.2f}")
        for name in FOLDS:
            print(f"{f'{items} items, {name}':40} {_told([first for first, _ in ours[name]]):>16}")
        print(f"{f'{items} items, rating -> totals':40} {_told([last for _, last in ours['rating']]):>16}")
        print(
            f"{f'{items} items, after 40 keys held':40} {our_lag:>16.1f} {their_lag:>16.1f} {our_lag / their_lag:6.2f}"
        )


def _told(values: list[float]) -> str:
    return f"{statistics.median(values):.1f} ({sorted(values)[int(0.9 * len(values))]:.1f})"


main()
