"""Time a whole debate on its way in, and shown: `python -m benchmarks.files.bulk [ITEMS…]`."""

from __future__ import annotations

import json
import os
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Final

from benchmarks.belief.debates import dated_debate
from benchmarks.files.imports import ABDUCE, Cost, run
from hypotheses.debate import Debate
from hypotheses.reports.debate_json import debate_json
from store.file.debate_file import write_debate

SIZES: Final = (1_000, 10_000, 100_000)
WRITERS: Final[dict[str, Callable[[Debate], str]]] = {"yaml": write_debate, "json": debate_json}
TABLES: Final = ("evidence", "assessment")


def bare_sql(database: Path) -> Cost:
    """Put the rows of the evidence into a new file, with a row of a journal for each, and check nothing."""
    with closing(sqlite3.connect(database)) as there:
        there.row_factory = sqlite3.Row
        query = "SELECT sql FROM sqlite_schema WHERE tbl_name = ? AND sql IS NOT NULL"
        schemas = [each[0] for name in (*TABLES, "journal_change") for each in there.execute(query, (name,))]
        rows = {name: [dict(row) for row in there.execute(f"SELECT * FROM {name}")] for name in TABLES}
    with tempfile.TemporaryDirectory() as folder, closing(sqlite3.connect(Path(folder) / "bare.db")) as fresh:
        fresh.isolation_level = None
        fresh.execute("PRAGMA journal_mode=WAL")
        fresh.execute("PRAGMA synchronous=FULL")
        before, start = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
        for schema in schemas:
            fresh.execute(schema)
        fresh.execute("BEGIN IMMEDIATE")
        for name, each in rows.items():
            fresh.executemany(f"INSERT INTO {name} VALUES ({_marks(each[0])})", (tuple(row.values()) for row in each))
        changes = (
            (1, at, name, row["id"], row.get("hypothesis_id"), None, json.dumps(row))
            for at, (name, row) in enumerate((name, row) for name, each in rows.items() for row in each)
        )
        fresh.executemany(f"INSERT INTO journal_change VALUES ({_marks(range(7))})", changes)
        fresh.execute("COMMIT")
        after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Cost(cpu, time.perf_counter() - start, 0)


def _marks(of: Iterable[object]) -> str:
    return ", ".join("?" for _ in of)


def measure(size: int, form: str, folder: Path) -> None:
    """Take in a debate of so many items, show it, and print what each cost."""
    file, database = folder / f"dated.debate.{form}", folder / f"{form}-{size}.db"
    # By a process of its own: what this one has needed counts as memory of those that it starts.
    run((sys.executable, "-m", "benchmarks.files.bulk", str(size), form, str(file)), dict(os.environ))
    environment = {**os.environ, "ABDUCE_DB": str(database), "XDG_DATA_HOME": str(folder), "HOME": str(folder)}
    run((*ABDUCE, "new", "Tides", "--slug", "tides"), environment)
    nothing = run((*ABDUCE, "debates"), environment)
    taken_in = run((*ABDUCE, "import", str(file)), environment)
    shown = run((*ABDUCE, "show", "--debate", "dated"), environment)
    bare = bare_sql(database)
    print(f"{size:,} of {form}, {file.stat().st_size / 1e6:.1f} MB; bare SQL {bare.cpu:.2f} s CPU {bare.wall:.2f} s")
    cpu = taken_in.cpu - nothing.cpu
    print(
        f"  taken in  {cpu:6.2f} s CPU {taken_in.wall:7.2f} s {taken_in.megabytes:6.0f} MB, {cpu / bare.cpu:.1f} times"
    )
    print(f"  shown     {shown.cpu:6.2f} s CPU {shown.wall:7.2f} s {shown.megabytes:6.0f} MB")


def main() -> None:
    """Measure every size and form, or write a debate of one size into a file."""
    match sys.argv[1:]:
        case [items, form, file]:
            Path(file).write_text(WRITERS[form](dated_debate(int(items), days=True)), encoding="utf-8")
        case sizes:
            for size in map(int, sizes or SIZES):
                for form in WRITERS:
                    with tempfile.TemporaryDirectory() as folder:
                        measure(size, form, Path(folder))


if __name__ == "__main__":
    main()
