"""Many people at once on one PostgreSQL server: `python -m benchmarks.team [PEOPLE [EDITS [URL]]]`.

Without a URL a throwaway server is started, which keeps what it acknowledged: nothing of its safety is turned off.
"""

from __future__ import annotations

import statistics
import sys
import time
from contextlib import nullcontext

import psycopg

from store.debate_store import DebateStore
from tests import postgres
from tests.store.conftest import small_debate
from tests.store.team import lost, work_at_once


def main() -> None:
    """Print how long edits took, and what was lost or refused."""
    given = dict(enumerate(sys.argv))
    people, edits, named = int(given.get(1, 16)), int(given.get(2, 250)), given.get(3, "")
    with nullcontext(None) if named else postgres.running() as server:
        location = server.url if server else named
        with psycopg.connect(location) as connection:
            (version,) = connection.execute("SHOW server_version").fetchone() or ("",)
        DebateStore.open(location, actor="ana", first=small_debate).close()
        began = time.monotonic()
        done = work_at_once(location, people, edits)
        took = time.monotonic() - began
        waits = sorted(wait for person in done for wait in person.waits)
        refused = [refusal for person in done for refusal in person.refusals]
        missing = lost(location, done)
    print(f"PostgreSQL {version}: {people} people, {edits} edits each, {took:.1f} s, {len(waits) / took:.0f} a second")
    figures = {"median": statistics.median(waits), "99%": waits[len(waits) * 99 // 100], "worst": waits[-1]}
    print("wait:", ", ".join(f"{name} {seconds * 1000:.0f} ms" for name, seconds in figures.items()))
    print(f"refused {len(refused)}, lost {len(missing)}", *refused[:5], *missing[:5], sep="\n    ")
    sys.exit(bool(refused or missing))


if __name__ == "__main__":
    main()
