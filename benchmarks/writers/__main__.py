"""Several processes that write to one SQLite file all the time: `python -m benchmarks.writers [PROCESSES [EDITS]]`."""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path

from store.database.soundness import flaws
from store.debate_store import DebateStore
from tests.store.conftest import small_debate
from tests.store.team import lost, work_at_once


def main() -> None:
    """Print how long edits took, what was lost or refused, and what is wrong with the file."""
    given = dict(enumerate(sys.argv))
    processes, edits = int(given.get(1, 8)), int(given.get(2, 2_000))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "writers.db"
        DebateStore.open(str(path), actor="ana", first=small_debate).close()
        began = time.monotonic()
        done = work_at_once(str(path), processes, edits)
        took = time.monotonic() - began
        missing, wrong = lost(str(path), done), [flaw.text for flaw in flaws(path)]
    waits = sorted(wait for person in done for wait in person.waits)
    refused = [refusal for person in done for refusal in person.refusals]
    print(f"SQLite {sqlite3.sqlite_version}: {processes} processes, {edits} edits each, {took:.0f} s")
    figures = {"median": statistics.median(waits), "99%": waits[len(waits) * 99 // 100], "worst": waits[-1]}
    print("wait:", ", ".join(f"{name} {seconds * 1000:.0f} ms" for name, seconds in figures.items()))
    print(
        f"refused {len(refused)}, lost {len(missing)}, wrong {len(wrong)}",
        *(refused + missing + wrong)[:5],
        sep="\n    ",
    )
    sys.exit(bool(refused or missing or wrong))


if __name__ == "__main__":
    main()
