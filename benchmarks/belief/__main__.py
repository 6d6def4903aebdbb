"""Time what is worked out of all evidence: `python -m benchmarks.belief [RUNS]`. All times are CPU times."""

from __future__ import annotations

import gc
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from benchmarks.belief.debates import dated_debate
from hypotheses.belief import counting, implied
from hypotheses.changed import Version
from hypotheses.cruxes import cruxes
from hypotheses.debate import Debate
from hypotheses.doubted import FollowedDoubts, doubted
from hypotheses.margin import leave_one_out
from hypotheses.steps import steps
from hypotheses.sums import Followed, plain_sums
from hypotheses.tallies import Tallies
from hypotheses.timeline import implied_over_time

SIZES: Final = (1_000, 10_000, 100_000)
RUNNING_SUMS: Final = """
    select date, hypothesis, sum(sum(nats)) over (partition by hypothesis order by date)
    from cells group by date, hypothesis
"""


def timed(work: Callable[[], object], runs: int) -> float:
    """Return the median of CPU seconds."""
    times = []
    for _ in range(runs):
        gc.collect()
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def cells_of(debate: Debate) -> sqlite3.Connection:
    """Return the cells that count in a table in memory: date, hypothesis and what each adds by itself."""
    connection = sqlite3.connect(":memory:")
    connection.execute("create table cells (date text, hypothesis text, nats real)")
    counted = counting(debate, debate.evidence.values(), debate.hypotheses)
    connection.executemany("insert into cells values (?, ?, ?)", [(e.date, slug, nats) for slug, e, nats in counted])
    return connection


def edits(debate: Debate, follow: Callable[[Debate], object], count: int) -> float:
    """Return the CPU seconds of following one edit of an item in its cluster, by what was kept."""
    versions = [debate]
    for key in list(debate.evidence)[:: max(1, len(debate.evidence) // count)]:
        item = replace(debate.evidence[key], credibility=0.6)
        versions.append(replace(debate, evidence=Version(versions[-1].evidence, {key: item})))
    follow(debate)
    start = time.process_time()
    for version in versions:
        follow(version)
    return (time.process_time() - start) / len(versions)


def log_odds_followed() -> Callable[[Debate], object]:
    """Return what follows the log-odds."""
    followed = Followed(plain_sums)
    return lambda debate: followed.of(debate).log_odds(debate)


def doubts_followed() -> Callable[[Debate], object]:
    """Return what follows all doubts, as far as a ranking shows them."""
    followed, tallies = FollowedDoubts(), Tallies()

    def follow(debate: Debate) -> object:
        says = followed.of(debate, tallies.untested(debate))
        return [(says.span(slug), says.first_under(slug), says.firmness(slug)) for slug in debate.hypotheses]

    return follow


def over_time(items: int, runs: int, *, days: bool) -> None:
    """Print what a debate whose items bear months, or days, takes to be gone through by its dates."""
    debate = dated_debate(items, days=days)
    cells = cells_of(debate)
    peer = timed(lambda: cells.execute(RUNNING_SUMS).fetchall(), runs)
    sums, screen = (timed(partial(work, debate), runs) for work in (implied_over_time, steps))
    print(f"{items:>7,} items by {'days' if days else 'months':6}: SQLite {1000 * peer:.0f}", end="")
    print(f"; over time {1000 * sums:.0f} ({sums / peer:.1f})", end="")
    print(f"; with what moved it {1000 * screen:.0f} ({screen / peer:.1f})", flush=True)


def at_once(items: int, runs: int) -> None:
    """Print what all evidence of a debate takes to be looked at, beside the rule of belief once."""
    debate = dated_debate(items, days=True)
    once = timed(partial(implied, debate), runs)
    rest = [(name, timed(partial(work, debate), runs)) for name, work in WORK.items()]
    told = "; ".join(f"{name} {1000 * seconds:.0f} ({seconds / once:.1f})" for name, seconds in rest)
    print(f"        the rule once {1000 * once:.0f}; {told} (times the rule once)", end="")
    print(f"; an edit of one item, followed {1000 * edits(debate, log_odds_followed(), 100):.2f}", end="")
    print(f"; with every doubt {1000 * edits(debate, doubts_followed(), 20):.1f}", flush=True)


def main() -> None:
    """Print a line for each size and each kind of date."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    print(f"CPU milliseconds, median of {runs}; times the peer, running sums of the same cells in SQLite, in brackets")
    for items in SIZES:
        over_time(items, runs, days=False)
        over_time(items, runs, days=True)
        at_once(items, runs)


WORK: Final[dict[str, Callable[[Debate], object]]] = {
    "cruxes": cruxes,
    "leave one out": leave_one_out,
    "doubts": doubted,
}


if __name__ == "__main__":
    main()
