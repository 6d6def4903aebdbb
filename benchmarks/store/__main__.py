"""Time durable edits against raw sqlite3 with the same rows and journal: `python -m benchmarks.store [EDITS]`."""

from __future__ import annotations

import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from benchmarks.matrix.debates import HYPOTHESES, large_debate
from hypotheses.debate import Assessment, Evidence
from store.debate_store import DebateStore
from store.expected import ANYTHING

SIZES: Final = (1_000, 10_000, 100_000)
CELLS: Final = 5
"""Ratings of each item that is added."""

Edit = Callable[[int], object]


def new_item(number: int) -> Evidence:
    """Return an item to add, with its ratings."""
    cells = {f"h{slug}": Assessment(3.0, "a reason") for slug in range(CELLS)}
    return Evidence(f"new{number}", f"What was found out later as {number}", date="2026", assessments=cells)


def timed(edit: Edit, count: int) -> float:
    """Return the median of milliseconds that an edit takes."""
    taken = []
    for number in range(count + 3):
        start = time.perf_counter()
        edit(number)
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken[3:])


def ours(folder: Path, items: int, count: int) -> dict[str, float]:
    """Time edits through the store."""
    debate = large_debate(items)
    rated = [(key, slug) for key, each in debate.evidence.items() for slug in each.assessments]
    random.Random(2).shuffle(rated)
    with DebateStore.open(str(folder / "abduce.db"), first=lambda: debate) as store:
        store.load("large")
        edits: dict[str, Edit] = {
            "add an item with 5 ratings": lambda number: store.add_evidence("large", new_item(number)),
            "rate": lambda n: store.assess("large", *rated[n], Assessment(1.5 + n / 1000, ""), expected=ANYTHING),
            "edit a title": lambda n: store.edit_evidence("large", rated[n][0], title=f"New {n}", expected=ANYTHING),
            "plausibility": lambda n: store.set_plausibility("large", "h1", 0.3 + n / 1000, expected=ANYTHING),
            "undo": lambda _: store.undo("large", expected=ANYTHING),
        }
        return {name: timed(edit, count) for name, edit in edits.items()}


def raw(folder: Path, items: int, count: int) -> float:
    """Time adding an item with its ratings and a journal entry of their rows, in plain sqlite3."""
    connection = sqlite3.connect(folder / "raw.db", isolation_level=None)
    connection.executescript(
        """
        pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;
        create table evidence (id integer primary key, debate_id int, key text, title text, date text, cluster text,
            credibility real, unique (debate_id, key));
        create table assessment (id integer primary key, evidence_id int references evidence, hypothesis_id int,
            ratio real, why text, unique (evidence_id, hypothesis_id));
        create table entry (id integer primary key, debate_id int, at text, actor text, label text);
        create table change (entry_id int references entry, position int, table_name text, row_id int, before text,
            after text, primary key (entry_id, position));
        begin;
        """
    )
    for number in range(items):
        connection.execute("insert into evidence values (?, 1, ?, ?, '2026', '', 1)", (number, f"e{number}", "title"))
        connection.executemany(
            "insert into assessment (evidence_id, hypothesis_id, ratio, why) values (?, ?, 3.0, 'a reason')",
            [(number, hypothesis) for hypothesis in range(HYPOTHESES)],
        )
    connection.execute("commit")

    def add(number: int) -> None:
        connection.execute("begin immediate")
        item = new_item(number)
        row_id = connection.execute(
            "insert into evidence (debate_id, key, title, date, cluster, credibility) values (1, ?, ?, ?, '', 1)",
            (item.key, item.title, item.date),
        ).lastrowid
        changes: list[tuple[str, int | None, dict[str, object]]] = [
            ("evidence", row_id, {"id": row_id, "key": item.key, "title": item.title, "date": item.date})
        ]
        for hypothesis, cell in enumerate(item.assessments.values()):
            row: dict[str, object] = {
                "evidence_id": row_id,
                "hypothesis_id": hypothesis,
                "ratio": cell.ratio,
                "why": cell.why,
            }
            cell_id = connection.execute(
                "insert into assessment (evidence_id, hypothesis_id, ratio, why) values (?, ?, ?, ?)",
                tuple(row.values()),
            ).lastrowid
            changes.append(("assessment", cell_id, {"id": cell_id, **row}))
        entry = connection.execute(
            "insert into entry (debate_id, at, actor, label) values (1, '2026-01-01', 'me', 'added')"
        ).lastrowid
        connection.executemany(
            "insert into change values (?, ?, ?, ?, null, ?)",
            [(entry, at, table, row_id, json.dumps(row)) for at, (table, row_id, row) in enumerate(changes)],
        )
        connection.execute("commit")

    return timed(add, count)


def main() -> None:
    """Print medians, and ratios to the raw add."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    for items in [int(size) for size in sys.argv[2:]] or SIZES:
        with tempfile.TemporaryDirectory() as folder:
            base = raw(Path(folder), items, count)
            print(f"{items:>7,} items  raw sqlite3, add{base:>22.2f} ms")
            for name, taken in ours(Path(folder), items, count).items():
                print(f"{'':>14} {name:28} {taken:>8.2f} ms {taken / base:>7.1f} times")


if __name__ == "__main__":
    main()
