"""Abduce, squigglepy and Squiggle on the same debates, in one run: `python -m benchmarks.estimates [--peers FOLDER]`.

The other two are installed into a folder that is gone afterwards, or into FOLDER, where they stay.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from benchmarks.estimates import models
from benchmarks.estimates.contestants import ERROR, Figures, Peer, abduce, call, furthest, needed, own, peers
from benchmarks.estimates.program import Program, write

Run = dict[str, Any]
"""What a process said."""
PARTS: Final = 32
"""Millions of draws of the truth."""
EDITS: Final = 40
"""Edits of each kind in a round."""
GROWTH: Final = (10, 100, 1_000, 10_000)
GROWTH_SAMPLES: Final = 10_000
LIMIT: Final = 60
"""Seconds for two evaluations, and four edits in Abduce, where the growth is looked at."""


def main() -> None:
    """Run everything and print it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.estimates")
    parser.add_argument("--peers", metavar="FOLDER", help="install the other tools here and keep them")
    parser.add_argument("--rounds", type=int, default=5, help="how often everything is repeated (5)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        tools = peers(Path(options.peers or temporary).absolute())
        for name, tool in tools.items():
            if tool is None:
                print(f"{name}: absent")
        present = [tool for tool in tools.values() if tool is not None]
        for case in (models.bundled(), models.twelve()):
            program = write(case.debate)
            compare(case, program, present, options.rounds, "now and under every hypothesis, explained, all weighed")
            compare(case, program.only("now"), present, options.rounds, "the gaps now")
        alone(models.large(), options.rounds)
        for make in (models.products, models.sums):
            growth(make, present)


def compare(case: models.Case, program: Program, tools: Sequence[Peer], rounds: int, what: str) -> None:
    """Print one debate at equal error: a whole evaluation, an edit of each kind, memory."""
    print(f"\n{case.name}, {what}: p5, median, p95 of {len(program.outputs)} figures")
    found = call(own("truth"), {"program": program.to_json(), "parts": PARTS})
    truth: Figures = found["figures"]
    print(f"  truth: {PARTS} million draws, standard error at most {found['error']:.5f}")
    draws = needed(found)
    print(f"  the others need {draws:,} draws for their furthest p5 or p95 to be {ERROR} off in the median run")
    runs: dict[str, list[Run]] = {name: [] for name in ("Abduce", *(tool.name for tool in tools))}
    for seed in range(rounds):
        runs["Abduce"].append(abduce(case, list(program.outputs), EDITS, [seed]))
        for tool in tools:
            runs[tool.name].append(tool.run(program, draws, [seed]))
    _tell_abduce(case, runs["Abduce"], list(program.outputs), truth)
    for tool in tools:
        _tell_peer(tool, runs[tool.name], runs["Abduce"], case, truth)


def _tell_abduce(case: models.Case, runs: Sequence[Run], names: Sequence[str], truth: Figures) -> None:
    bare = call(own("in_abduce"), {"bare": True})["peak"]
    once = abduce(case, names, 0, [])["peak"]
    print(f"  Abduce: {_error(runs, truth)}; full {_milliseconds(run['seconds'][0] for run in runs):.2f} ms", end="")
    for kind, symbol in (("exact", case.exact), ("sampled", case.sampled)):
        print(f"; {kind} edit ({symbol}) {_milliseconds(_edit(run, symbol) for run in runs):.3f} ms", end="")
    print(f"; {once - bare:.0f} MB above Python with numpy after one evaluation", end="")
    print(f", {statistics.median(run['peak'] for run in runs) - bare:.0f} MB after {2 * EDITS} edits")


def _tell_peer(tool: Peer, theirs: Sequence[Run], mine: Sequence[Run], case: models.Case, truth: Figures) -> None:
    memory = statistics.median(run["peak"] for run in theirs) - tool.bare
    print(f"  {tool.name} {theirs[0]['version']}: {_error(theirs, truth)}", end="")
    print(f"; full or edit {_milliseconds(run['seconds'][0] for run in theirs):.0f} ms; {memory:.0f} MB", end="")
    parts: dict[str, Callable[[Run], float]] = {
        "full": lambda run: float(run["seconds"][0]),
        "exact edit": lambda run: _edit(run, case.exact),
        "sampled edit": lambda run: _edit(run, case.sampled),
    }
    for name, time in parts.items():
        ratio = statistics.median(one["seconds"][0] / time(other) for one, other in zip(theirs, mine, strict=True))
        print(f"; Abduce's {name} is {ratio:,.1f} times as fast", end="")
    print(flush=True)


def alone(case: models.Case, rounds: int) -> None:
    """Print how long a debate too large for the others takes, and how much memory."""
    names = list(write(case.debate).outputs)
    print(f"\n{case.name}: p5, median, p95 of {len(names)} figures; Abduce alone")
    runs = [abduce(case, names, EDITS, [seed]) for seed in range(rounds)]
    bare = call(own("in_abduce"), {"bare": True})["peak"]
    print(f"  full {_milliseconds(run['seconds'][0] for run in runs):.0f} ms", end="")
    for kind, symbol in (("exact", case.exact), ("sampled", case.sampled)):
        print(f"; {kind} edit ({symbol}) {_milliseconds(_edit(run, symbol) for run in runs):.2f} ms", end="")
    print(f"; {statistics.median(run['peak'] for run in runs) - bare:.0f} MB above Python with numpy", flush=True)


def growth(make: Callable[[int], models.Case], tools: Sequence[Peer]) -> None:
    """Print how the time grows with the number of quantities."""
    print(f"\n{make(10).name.removesuffix(' 10')} quantities, one gap; the others at {GROWTH_SAMPLES:,} draws")
    for size in GROWTH:
        case = make(size)
        program = write(case.debate)
        told = [_grown("Abduce", partial(_abduce_once, case, program))]
        told += [_grown(tool.name, partial(_peer_once, tool, program)) for tool in tools]
        print(f"  {size:>6,}: {'; '.join(told)}", flush=True)


def _grown(name: str, run: Callable[[], str]) -> str:
    try:
        return f"{name} {run()}"
    except subprocess.TimeoutExpired:
        return f"{name} over {LIMIT} s"
    except RuntimeError as error:
        return f"{name} failed ({str(error).strip().splitlines()[-1][:80]})"


def _abduce_once(case: models.Case, program: Program) -> str:
    found = abduce(case, list(program.outputs), 3, [0], LIMIT)
    edit = statistics.median(found["edits"][case.exact])
    return f"full {1000 * found['seconds'][0]:.1f} ms, edit {1000 * edit:.2f} ms, {found['peak']:.0f} MB"


def _peer_once(tool: Peer, program: Program) -> str:
    found = tool.run(program, GROWTH_SAMPLES, [0], LIMIT)
    return f"{1000 * found['seconds'][0]:.1f} ms, {found['peak']:.0f} MB"


def _edit(run: Run, symbol: str) -> float:
    return float(statistics.median(run["edits"][symbol]))


def _milliseconds(seconds: Iterable[float]) -> float:
    return 1000 * statistics.median(seconds)


def _error(runs: Sequence[Run], truth: Figures) -> str:
    return f"furthest off {statistics.median(furthest(run['figures'][0], truth) for run in runs):.4f} OOM"


main()
