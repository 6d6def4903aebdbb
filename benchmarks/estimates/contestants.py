"""The tools as processes: each is given a job, and says what came out and how long it took."""

from __future__ import annotations

import base64
import json
import math
import pickle
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from benchmarks.estimates.models import Case
from benchmarks.estimates.peers import install
from benchmarks.estimates.program import Program
from hypotheses.debate import OOM
from hypotheses.values import parse_value

ERROR: Final = 0.005
"""Orders of magnitude that a p5 or p95 may be off, in the middle of several runs."""
Figures = Sequence[Sequence[float]]


def call(command: list[str], job: Mapping[str, Any], seconds: float = 900) -> dict[str, Any]:
    """Have a process do a job.

    Raises:
        RuntimeError: it failed.
        subprocess.TimeoutExpired: it took too long.
    """
    done = subprocess.run(command, input=json.dumps(job), capture_output=True, text=True, check=False, timeout=seconds)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed: {done.stderr[-1000:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def own(name: str) -> list[str]:
    """Return the command of a module beside the peers."""
    return [sys.executable, "-m", f"benchmarks.estimates.peers.{name}"]


def furthest(figures: Figures, truth: Figures) -> float:
    """Return by how much the p5 or p95 that is furthest off is off, in orders of magnitude."""
    return max(abs(row[end] - true[end]) for row, true in zip(figures, truth, strict=True) for end in (0, 2))


@dataclass
class Peer:
    """Another tool, which runs a whole program for every answer."""

    name: str
    command: list[str]
    bare: float = field(init=False)
    """Megabytes of its interpreter, with numpy where it is Python."""

    def __post_init__(self) -> None:
        self.bare = call(self.command, {"bare": True})["peak"]

    def run(self, program: Program, samples: int, seeds: Sequence[int], seconds: float = 900) -> dict[str, Any]:
        """Run a program once for each seed, after one run that does not count."""
        job = {"program": program.to_json(), "samples": samples, "seeds": [99, *seeds]}
        found = call(self.command, job, seconds)
        return {**found, "figures": found["figures"][1:], "seconds": found["seconds"][1:]}


def needed(truth: Mapping[str, Any]) -> int:
    """Return how many plain draws bring the largest error of a run down to what is allowed, in the median run.

    The error falls with the square root of the draws. Both other tools draw plainly, so it is one number for both.
    """
    exact = truth["part"] * (truth["typical"] / ERROR) ** 2
    step = 10 ** max(0, math.floor(math.log10(exact)) - 1)
    return int(math.ceil(exact / step) * step)


def peers(folder: Path) -> dict[str, Peer | None]:
    """Install the other tools; None stands for one that is absent."""
    commands = {"squigglepy": install.squigglepy(folder), "Squiggle": install.squiggle(folder)}
    return {name: Peer(name, command) if command else None for name, command in commands.items()}


def abduce(case: Case, names: Sequence[str], edits: int, seeds: Sequence[int], seconds: float = 900) -> dict[str, Any]:
    """Run a debate in Abduce: evaluated whole once for each seed, then edited so many times in each of two ways."""
    values = {symbol: _values(case, symbol, edits) for symbol in dict.fromkeys((case.exact, case.sampled)) if edits}
    debate = base64.b64encode(pickle.dumps(case.debate)).decode()
    found = call(
        own("in_abduce"), {"debate": debate, "names": list(names), "seeds": [99, *seeds], "edits": values}, seconds
    )
    figures = [_orders(each, names, case) for each in found["figures"][1:]]
    return {**found, "figures": figures, "seconds": found["seconds"][1:]}


def _values(case: Case, symbol: str, edits: int) -> list[str]:
    """Return a different value for every edit."""
    reading = case.debate.quantities[symbol].reading(case.debate.convention)
    value = parse_value(reading.value if reading else "1")
    low, high = value.quantile(0.05), value.quantile(0.95)
    return [f"{low * (1 + number / 1e5)!r} to {high!r}" for number in range(1, edits + 2)]


def _orders(figures: Figures, names: Sequence[str], case: Case) -> Figures:
    """Bring figures of gaps in a unit of their own to orders of magnitude."""
    units = [case.debate.gaps[name.split()[0]].unit for name in names]
    return [row if unit == OOM else [math.log10(x) for x in row] for row, unit in zip(figures, units, strict=True)]
