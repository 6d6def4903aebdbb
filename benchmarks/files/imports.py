"""Time libraries of references on their way in: `python -m benchmarks.files.imports [SIZE…]`."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.files.libraries import FORMS

SIZES: Final = (1_000, 10_000, 100_000)
ABDUCE: Final = (sys.executable, "-m", "tui")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took."""

    cpu: float
    """Seconds of a processor."""
    wall: float
    megabytes: float
    """Of memory, at most."""


def run(command: tuple[str, ...], environment: dict[str, str]) -> Cost:
    """Run a command to its end."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    told = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(told.decode())
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss / 1024)


def bare_sql(database: Path) -> Cost:
    """Put the rows of the evidence of a database into a new one of the same table, without anything else."""
    there = sqlite3.connect(database)
    (schema,) = there.execute("SELECT sql FROM sqlite_schema WHERE name = 'evidence' AND type = 'table'").fetchone()
    rows = there.execute("SELECT * FROM evidence").fetchall()
    there.close()
    with tempfile.TemporaryDirectory() as folder:
        fresh = sqlite3.connect(Path(folder) / "bare.db", isolation_level=None)
        fresh.execute("PRAGMA journal_mode=WAL")
        fresh.execute("PRAGMA synchronous=FULL")
        before, start = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
        fresh.execute(schema)
        fresh.execute("BEGIN IMMEDIATE")
        fresh.executemany(f"INSERT INTO evidence VALUES ({', '.join('?' * len(rows[0]))})", rows)
        fresh.execute("COMMIT")
        fresh.close()
        after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Cost(cpu, time.perf_counter() - start, 0)


def measure(size: int, form: str, folder: Path) -> None:
    """Take in a library, once more, and as a preview; print what it cost."""
    name, _ = FORMS[form]
    file, database = folder / name, folder / f"{form}-{size}.db"
    # By a process of its own: what this one has needed counts as memory of those that it starts.
    run((sys.executable, "-m", "benchmarks.files.libraries", str(size), form, str(file)), dict(os.environ))
    environment = {**os.environ, "ABDUCE_DB": str(database), "XDG_DATA_HOME": str(folder), "HOME": str(folder)}
    run((*ABDUCE, "new", "Tides", "--slug", "tides"), environment)
    nothing = run((*ABDUCE, "debates"), environment)
    costs = {
        "taken in": run((*ABDUCE, "import", "--debate", "tides", str(file)), environment),
        "once more": run((*ABDUCE, "import", "--debate", "tides", str(file)), environment),
    }
    bare = bare_sql(database)
    print(
        f"{size:,} of {form}, {file.stat().st_size / 1e6:.1f} MB; a command that does nothing {nothing.cpu:.2f} s CPU"
    )
    print(f"  bare SQL    {bare.cpu:6.2f} s CPU {bare.wall:7.2f} s")
    for what, cost in costs.items():
        ratio = (cost.cpu - nothing.cpu) / bare.cpu
        print(
            f"  {what:11} {cost.cpu:6.2f} s CPU {cost.wall:7.2f} s {cost.megabytes:6.0f} MB, {ratio:.0f} times bare SQL"
        )


def main() -> None:
    """Measure every size and form."""
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    for size in sizes:
        for form in FORMS:
            with tempfile.TemporaryDirectory() as folder:
                measure(size, form, Path(folder))


if __name__ == "__main__":
    main()
