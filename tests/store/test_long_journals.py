"""A long journal costs no key anything: what an edit, an undo and a look read does not grow with it."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import journal
from store.debate_store import DebateStore
from store.entries import EntryKind
from store.expected import ANYTHING

SLUG = "piano-tuners"
Line = tuple[int, EntryKind, int | None]
"""An entry's number, its kind, and the entry that it undoes or redoes."""


def stacks(lines: list[Line]) -> tuple[list[int], list[int]]:
    """Go through a journal from its beginning; return what is done then and what is undone."""
    done: list[int] = []
    undone: list[int] = []
    for number, kind, target in lines:
        if target is None:
            done.append(number)
            undone.clear()
        else:
            source, goal = (done, undone) if kind == "undo" else (undone, done)
            source.remove(target)
            goal.append(target)
    return done, undone


@given(st.lists(st.sampled_from(["change", "undo", "undo", "redo"]), max_size=60))
def test_what_is_undone_next_is_found_from_the_end_as_from_the_beginning(kinds: list[EntryKind]) -> None:
    lines: list[Line] = []
    for number, kind in enumerate(kinds, 1):
        done, undone = stacks(lines)
        assert journal._top(reversed(lines), "undo") == (done[-1] if done else None)
        assert journal._top(reversed(lines), "redo") == (undone[-1] if undone else None)
        if kind == "change":
            lines.append((number, kind, None))
        elif stack := (done if kind == "undo" else undone):
            lines.append((number, kind, stack[-1]))


def counted(store: DebateStore, do: Callable[[], object]) -> int:
    """Return how many steps SQLite takes for something."""
    steps = itertools.count()
    with store._database.reading() as connection:
        driver = connection.connection.dbapi_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.set_progress_handler(lambda: next(steps) and 0, 1)
    do()
    driver.set_progress_handler(None, 0)
    return next(steps)


@pytest.mark.parametrize("location", ["sqlite"], indirect=True)
def test_no_key_reads_more_because_the_journal_is_longer(store: DebateStore) -> None:
    shares = itertools.cycle((0.2, 0.3, 0.4))
    tasks: dict[str, Callable[[], object]] = {
        "edit": lambda: store.set_plausibility(SLUG, "fewer", next(shares), expected=ANYTHING),
        "undo": lambda: store.undo(SLUG, expected=ANYTHING),
        "redo": lambda: store.redo(SLUG, expected=ANYTHING),
        "look": lambda: store.refresh(SLUG, store.last_entry(SLUG)),
        "the journal": lambda: store.history(SLUG, limit=10),
        "the journal of one seldom touched": lambda: store.history(SLUG, limit=10, hypothesis="moved"),
    }
    costs: list[dict[str, int]] = []
    for edits in (30, 300):
        for _ in range(edits):
            tasks["edit"]()
        costs.append({name: counted(store, do) for name, do in tasks.items()})
    short, long = costs
    assert all(short.values())
    # An index of ten times as many entries may be a level deeper.
    assert {name: (short[name], steps) for name, steps in long.items() if steps > 1.25 * short[name] + 50} == {}
