"""Time commands on the bundled debate beside Python with click: `python -m benchmarks.commands [RUNS]`."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from typing import Final

PEER: Final = ("-c", "import click")
"""What every program has to do that takes its commands by click."""
COMMANDS: Final = (
    "--help",
    "show",
    "evidence list",
    "doubts",
    "matrix",
    "estimate",
    "export --format md",
    "history",
    "plausibility 1 60%",
    "evidence add Found",
)


def used(words: tuple[str, ...]) -> float:
    """Return the milliseconds of the processor that a process takes."""
    process = subprocess.Popen((sys.executable, *words), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    told = process.stderr.read()
    _, status, spent = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise RuntimeError(f"{' '.join(words)}: {told.decode()}")
    return 1000 * (spent.ru_utime + spent.ru_stime)


def main() -> None:
    """Print the median of each command, and how many times the peer's that is, each run beside one of the peer."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as home:
        os.environ["ABDUCE_HOME"] = home
        used(("-m", "tui", "show"))  # makes the database, and the files of bytes
        peers: list[float] = []
        for command in COMMANDS:
            pairs = [(used(("-m", "tui", *command.split())), used(PEER)) for _ in range(runs)]
            peers += [peer for _, peer in pairs]
            took = statistics.median(pair[0] for pair in pairs)
            print(f"{command:28} {took:6.0f} ms {took / statistics.median(pair[1] for pair in pairs):6.1f}")
        print(f"{'Python with click':28} {statistics.median(peers):6.0f} ms")


if __name__ == "__main__":
    main()
