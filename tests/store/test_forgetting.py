"""A debate that was removed is kept for thirty days, and then deleted with all that hung on it."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from hypotheses.debate import Assessment
from hypotheses.problems import NotFound
from store.debate_store import DebateStore
from store.errors import Conflict
from store.expected import ANYTHING
from tests.conftest import Clock
from tests.store.conftest import OpenStore, small_debate

SLUG = "piano-tuners"


def add(store: DebateStore, *slugs: str) -> None:
    for slug in slugs:
        store.add_debate(replace(small_debate(), slug=slug))


def slugs(store: DebateStore) -> set[str]:
    return {each.slug for each in store.debates(shelved=True)}


def rows(path: Path) -> dict[str, int]:
    connection = sqlite3.connect(path)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    names = [name for name in names if not name.startswith("idea_words_")]  # how an index lies there
    found = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
    connection.close()
    return found


def test_one_that_was_removed_thirty_days_ago_goes_when_the_next_one_is_removed(
    store: DebateStore, clock: Clock, open_store: OpenStore
) -> None:
    add(store, "old", "newer", "archived", "last")
    elsewhere = open_store()
    elsewhere.load("old")
    store.shelve_debate("archived", "archived", expected=ANYTHING)
    store.shelve_debate("old", "removed", expected=ANYTHING)
    clock.advance(days=20)
    store.shelve_debate("newer", "removed", expected=ANYTHING)
    clock.advance(days=10, seconds=-1)
    add(store, "more")
    store.shelve_debate("more", "removed", expected=ANYTHING)
    assert "old" in slugs(store)
    clock.advance(seconds=2)
    change = store.shelve_debate("last", "removed", expected=ANYTHING)
    assert change.entry is not None
    assert (
        change.entry.label == "removed the debate 'last' ('old', removed 30 days ago or more, cannot be brought back)"
    )
    assert slugs(store) == {SLUG, "newer", "archived", "more", "last"}
    for each in (store, elsewhere):
        with pytest.raises(NotFound):
            each.load("old")
    assert store.load("newer").evidence.keys() == small_debate().evidence.keys()


def test_nothing_of_it_is_left_and_nothing_else_has_gone(
    store: DebateStore, clock: Clock, path: Path, open_store: OpenStore
) -> None:
    store.shelve_debate(SLUG, "", expected=ANYTHING)
    add(store, "last")
    before = rows(path)
    add(store, "old")
    store.open_debate("old")
    store.comment("old", "Hm", hypothesis="fewer", evidence="ads")
    open_store("bob").assess("old", "song2023", "moved", Assessment(2.0), expected=ANYTHING)
    store.set_plausibility("old", "fewer", 0.5, "a reason", expected=ANYTHING)
    store.undo("old", expected=ANYTHING)
    store.shelve_debate("old", "removed", expected=ANYTHING)
    clock.advance(days=31)
    store.shelve_debate("last", "removed", expected=ANYTHING)
    entry = {"journal_entry": 1, "journal_change": 1}  # that of the removal
    after = rows(path)
    for table in before:
        if table not in ("sqlite_sequence", "opened"):
            assert after[table] == before[table] + entry.get(table, 0), table
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
    # Its slug can be taken again.
    add(store, "old")
    assert store.load("old").hypotheses.keys() == small_debate().hypotheses.keys()


def test_a_removal_that_is_refused_deletes_nothing(store: DebateStore, clock: Clock) -> None:
    add(store, "old", "last")
    store.shelve_debate("old", "removed", expected=ANYTHING)
    seen = store.load("last")
    store.edit_debate("last", expected=ANYTHING, title="Another title")
    store.shelve_debate("last", "archived", expected=ANYTHING)
    clock.advance(days=31)
    with pytest.raises(Conflict):
        store.shelve_debate("last", "removed", expected=seen)
    assert "old" in slugs(store)


def test_one_that_was_brought_back_stays(store: DebateStore, clock: Clock) -> None:
    add(store, "old", "last")
    store.shelve_debate("old", "removed", expected=ANYTHING)
    store.shelve_debate("old", "", expected=ANYTHING)
    clock.advance(days=31)
    store.shelve_debate("last", "removed", expected=ANYTHING)
    assert "old" in slugs(store)
