"""From a key to the gaps on the terminal, through a real pty: `python -m benchmarks.estimates.keys [RUNS]`."""

from __future__ import annotations

import itertools
import os
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from benchmarks.terminal import Terminal
from store import remembered

STRIP: Final = b"The puzzle"
"""In the gap strip, which is painted as a whole."""
CODES: Final = re.compile(rb"\x1b\[[0-9;?]*[a-zA-Z]")
PAUSE: Final = 0.003
"""Parts of one write follow one another faster than this."""
TOAST: Final = 3.0
"""Seconds after which the message about the last change is gone."""
EDITS: Final = {"exact": (b"j", "1.{:02}B"), "sampled": (b"k", "9{:02}M")}
"""Whisper's size changes the audio gap, which is exact; Stable Diffusion's the puzzle, parts of which are sampled."""
COLUMNS: Final = {
    "last key of the value -> gaps": "typed",
    "enter -> gaps painted": "gaps",
    "  enter -> the store begins": "key",
    "  the store writes": "disk",
    "  numbers, and telling the screen": "numbers",
    "  the screen takes them": "take",
    "  painting": "paint",
    "enter -> terminal quiet": "quiet",
}

Parts = list[tuple[float, bytes]]


def painted(parts: Parts) -> float:
    """Return when the last byte of the write came in which the gaps were painted first."""
    seen, place = b"", -1
    while STRIP not in CODES.sub(b"", seen):
        place += 1
        if place == len(parts):
            raise RuntimeError("the gaps were not painted")
        seen += parts[place][1]
    while place + 1 < len(parts) and parts[place + 1][0] - parts[place][0] < PAUSE:
        place += 1
    return parts[place][0]


def edit(terminal: Terminal, marks: Path, value: str) -> dict[str, float]:
    """Type a value over the quantity under the cursor; return milliseconds."""
    time.sleep(TOAST)
    for keys in (b"\r", b"\x15", value[:-1].encode()):
        terminal.send(keys)
        terminal.read_until_quiet()
    start = time.perf_counter()
    terminal.send(value[-1:].encode())
    typed = painted(terminal.read_until_quiet()) - start
    marks.write_bytes(b"")
    start = time.perf_counter()
    terminal.send(b"\r")
    parts = terminal.read_until_quiet()
    at: dict[str, float] = {}
    for line in marks.read_text().splitlines():
        name, when = line.split()
        at.setdefault(name, float(when))
    gaps = painted([part for part in parts if part[0] > at["show-starts"]])
    stages = [start, at["set_value-starts"], at["set_value-ends"], at["show-starts"], at["show-ends"], gaps]
    found = [after - before for before, after in itertools.pairwise(stages)]
    found = [typed, gaps - start, *found, parts[-1][0] - start]
    return {name: 1000 * seconds for name, seconds in zip(COLUMNS.values(), found, strict=True)}


def main() -> None:
    """Edit a quantity so many times in each way, and print the least and the median."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    found: dict[str, list[dict[str, float]]] = {}
    with tempfile.TemporaryDirectory() as home:
        marks = Path(home) / "marks"
        os.environ["ABDUCE_HOME"] = home
        remembered.remember("first_steps", "away")  # the card of the first run
        command = [sys.executable, "-m", "benchmarks.estimates.watched", str(marks)]
        with Terminal(command, dict(os.environ), size=(140, 45)) as terminal:
            terminal.wait_for(b"weighed")
            terminal.read_until_quiet()
            terminal.send(b"3")
            terminal.read_until_quiet()
            for kind, (move, values) in EDITS.items():
                terminal.send(move)
                terminal.read_until_quiet()
                found[kind] = [edit(terminal, marks, values.format(run)) for run in range(runs + 1)][1:]
    print(f"{'milliseconds: least / median (90th percentile)':48}", *(f"{kind:>22}" for kind in found))
    for title, name in COLUMNS.items():
        told = [_told([run[name] for run in each]) for each in found.values()]
        print(f"{title:48}", *(f"{text:>22}" for text in told))


def _told(values: list[float]) -> str:
    return f"{min(values):.1f} / {statistics.median(values):.1f} ({sorted(values)[int(0.9 * len(values))]:.1f})"


main()
