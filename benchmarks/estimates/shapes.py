"""Inputs of all shapes over ten orders of magnitude, in Abduce, squigglepy, Squiggle and plain numpy at equal error.

Run it with `python -m benchmarks.estimates.shapes [--peers FOLDER] [--rounds N]`. Every quantity is edited in turn.
"""

from __future__ import annotations

import argparse
import base64
import json
import pickle
import statistics
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Final

from benchmarks.estimates.contestants import ERROR, Figures, Peer, call, furthest, needed, own, peers
from benchmarks.estimates.models import Case, wide
from benchmarks.estimates.program import write
from hypotheses.debate import Debate
from hypotheses.values import parse_value

EDITS: Final = 3
"""Values that each quantity is given in a round; the first does not count."""
LIMIT: Final = 600
"""Seconds that a tool may take for a round."""
SURE: Final = 4.0
"""So many standard errors the truth may be off itself; of some 400 figures none should be."""


def main() -> None:
    """Run everything and print it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.estimates.shapes")
    parser.add_argument("--peers", metavar="FOLDER", help="install the other tools here and keep them")
    parser.add_argument("--rounds", type=int, default=3, help="how often everything is repeated (3)")
    parser.add_argument("--truth", type=int, default=32, help="millions of draws of the truth (32)")
    options = parser.parse_args()
    case = wide()
    program = write(case.debate)
    names = list(program.outputs)
    print(f"{case.name}: p5, median, p95 of {len(names)} figures", flush=True)
    found = call(own("truth"), {"program": program.to_json(), "parts": options.truth}, 3600)
    draws = needed(found)
    print(f"  truth: {options.truth} million draws, standard error at most {found['error']:.5f}")
    print(f"  the others need {draws:,} draws for their furthest p5 or p95 to be {ERROR} off in the median run")
    ours = [abduce(case, names, seed) for seed in range(options.rounds)]
    tell_abduce(ours, found)
    with tempfile.TemporaryDirectory() as temporary:
        tools = peers(Path(options.peers or temporary).absolute())
        for name, tool in {"numpy": Peer("numpy", own("in_numpy")), **tools}.items():
            tell_peer(name, tool, program.to_json(), draws, options.rounds, ours, found["figures"])


def abduce(case: Case, names: list[str], seed: int) -> dict[str, Any]:
    """Evaluate the debate whole, then edit every quantity."""
    job = {
        "debate": base64.b64encode(pickle.dumps(case.debate)).decode(),
        "names": names,
        "seeds": [99, seed],
        "edits": {symbol: values(case.debate, symbol) for symbol in case.debate.quantities},
        "errors": True,
    }
    return call(own("in_abduce"), job)


def values(debate: Debate, symbol: str) -> list[str]:
    """Return values of other ranges, each a little wider than the one before."""
    value = parse_value(debate.quantities[symbol].readings["value"].value)
    low, high = value.quantile(0.05), value.quantile(0.95)
    texts = ("{low!r} to {high!r}", "uniform {low!r} to {high!r}", "loguniform {low!r} to {high!r}")
    return [text.format(low=low * (1 - step / 1000), high=high) for step in range(EDITS) for text in texts]


def tell_abduce(runs: list[dict[str, Any]], found: dict[str, Any]) -> None:
    """Print how far off Abduce is, whether its errors hold, and how long edits take."""
    figures = [run["figures"][1] for run in runs]
    off = statistics.median(furthest(each, found["figures"]) for each in figures)
    outside = sum(
        abs(one - true) > error + SURE * sure
        for run in runs
        for rows in zip(run["figures"][1], found["figures"], run["errors"][1], found["errors"], strict=True)
        for one, true, error, sure in zip(*rows, strict=True)
    )
    worst = max(error for run in runs for row in run["errors"][1] for error in row)
    print(f"  Abduce: furthest off {off:.4f} OOM, largest stated error {worst:.4f}, {outside} figures outside theirs")
    by_symbol = {symbol: [1000 * time for run in runs for time in run["cpu"][symbol]] for symbol in runs[0]["cpu"]}
    medians = sorted((statistics.median(times), symbol) for symbol, times in by_symbol.items())
    print(f"    whole {1000 * statistics.median(run['seconds'][1] for run in runs):.0f} ms", end="")
    print(f"; an edit in CPU time {medians[len(medians) // 2][0]:.1f} ms in the median of the quantities", end="")
    print(f", {medians[-1][0]:.1f} ms of the slowest ({medians[-1][1]})")


def tell_peer(
    name: str,
    tool: Peer | None,
    program: dict[str, Any],
    draws: int,
    rounds: int,
    ours: list[dict[str, Any]],
    truth: Figures,
) -> None:
    """Print how long another tool takes for the same, and how far it is off."""
    if tool is None:
        print(f"  {name}: absent", flush=True)
        return
    job = {"program": program, "samples": draws, "seeds": [99, *range(rounds)]}
    try:
        found = call(tool.command, job, LIMIT * (rounds + 1))
    except (subprocess.TimeoutExpired, RuntimeError, json.JSONDecodeError) as error:
        print(f"  {name}: {type(error).__name__}, {str(error)[-120:]!r}", flush=True)
        return
    off = statistics.median(furthest(each, truth) for each in found["figures"][1:])
    seconds = statistics.median(found["seconds"][1:])
    edits = [statistics.median(time for run in ours for time in run["edits"][symbol]) for symbol in ours[0]["edits"]]
    print(f"  {name} {found['version']}: furthest off {off:.4f} OOM; {seconds:.2f} s", end="")
    print(f", {seconds / statistics.median(edits):.0f} times an edit in the median", end="")
    print(f", {seconds / max(edits):.0f} times the slowest", flush=True)


main()
