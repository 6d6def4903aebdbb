"""A debate that is read at once is the one that the store gives; whatever is unusual is left to the store."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import JSON, Table, make_url
from sqlalchemy.dialects import sqlite

from hypotheses.debate import Assessment, Debate
from store.at_once import Early, read_at_once
from store.bundled import bundled_debate
from store.database.named_tables import METADATA
from store.database.rows import Base
from store.database.table_columns import columns
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.store.conftest import small_debate


def debate_at_once(path: Path, slug: str | None) -> Debate | None:
    early = read_at_once(str(path), slug)
    return early and early.debate


def as_changed(path: Path) -> DebateStore:
    """Return a store with two debates, of which the second was opened last and rated by two people."""
    store = DebateStore.open(str(path), first=bundled_debate)
    store.add_debate(small_debate())
    store.open_debate(small_debate().slug)
    other = DebateStore.open(str(path), actor="bob")
    other.assess("piano-tuners", "ads", "moved", Assessment(7.0, "seen"), expected=ANYTHING)
    other.set_plausibility("piano-tuners", "moved", 0.21, expected=ANYTHING)
    other.close()
    store.set_plausibility("piano-tuners", "moved", 0.11, expected=ANYTHING)
    return store


def test_it_is_what_the_store_loads(tmp_path: Path) -> None:
    path = tmp_path / "abduce.db"
    with as_changed(path) as store:
        for slug in (None, "piano-tuners", bundled_debate().slug):
            debate = debate_at_once(path, slug)
            assert debate is not None
            assert debate == store.load(slug)
            for field in ("quantities", "gaps", "hypotheses", "evidence", "ideas"):
                assert list(getattr(debate, field)) == list(getattr(store.load(slug), field))


def test_what_is_only_in_the_log_is_read(tmp_path: Path) -> None:
    path = tmp_path / "abduce.db"
    with as_changed(path) as store:
        store.edit_hypothesis("piano-tuners", "moved", title="Just now", expected=ANYTHING)
        debate = debate_at_once(path, None)
    assert debate is not None
    assert debate.hypotheses["moved"].title == "Just now"


def test_of_debates_that_are_all_out_of_sight_the_store_chooses(tmp_path: Path) -> None:
    path = tmp_path / "abduce.db"
    with as_changed(path) as store:
        for slug in ("piano-tuners", bundled_debate().slug):
            store.shelve_debate(slug, "archived", expected=ANYTHING)
        assert debate_at_once(path, None) is None
        assert debate_at_once(path, "piano-tuners") == store.load("piano-tuners")


UNUSUAL: dict[str, str] = {
    "another version": "PRAGMA user_version=3",
    "another program's": "PRAGMA application_id=5",
    "a trigger": "CREATE TRIGGER t AFTER UPDATE ON debate BEGIN DELETE FROM debate; END",
    "broken JSON": "UPDATE evidence SET authors = '[\"x'",
    "text where a number stands": "UPDATE hypothesis SET position = 'first'",
}


@pytest.mark.parametrize("what", UNUSUAL)
def test_what_is_unusual_is_left_to_the_store(tmp_path: Path, what: str) -> None:
    path = tmp_path / "abduce.db"
    as_changed(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        connection.executescript(UNUSUAL[what])
    assert read_at_once(str(path), "piano-tuners") is None


@pytest.mark.parametrize("location", ["postgresql://ana@nowhere/x", "sqlite:///x.db"])
def test_a_url_is_left_to_the_store(location: str) -> None:
    assert read_at_once(location, None) is None


def test_of_a_file_that_is_too_large_to_be_read_twice_there_is_all_but_what_may_be_much(tmp_path: Path) -> None:
    path = tmp_path / "abduce.db"
    DebateStore.open(str(path), first=small_debate).close()
    size = path.stat().st_size
    assert read_at_once(str(path), None, size) == Early(small_debate(), None, False, path)
    without = replace(small_debate(), evidence={}, ideas={}, comments={})
    early = Early(without, len(small_debate().evidence), False, path)
    assert read_at_once(str(path), None, size - 1) == early
    assert read_at_once(str(path), "nothing-of-the-kind", size - 1) is None


def test_ideas_are_waited_for_too(tmp_path: Path) -> None:
    path = tmp_path / "abduce.db"
    only_ideas = replace(small_debate(), evidence={}, comments={})
    DebateStore.open(str(path), first=lambda: only_ideas).close()
    early = read_at_once(str(path), None, 0)
    assert early is not None
    assert (early.waiting, early.debate.ideas) == (0, {})
    assert read_at_once(str(path), None) == Early(only_ideas, None, False, path)


def test_it_says_whether_reasons_were_given(tmp_path: Path) -> None:
    path, told = tmp_path / "abduce.db", []
    with DebateStore.open(str(path), first=small_debate) as store:
        for plausibility, why in ((0.4, ""), (0.5, "I looked again")):
            store.set_plausibility("piano-tuners", "uncounted", plausibility, expected=ANYTHING, why=why)
            early = read_at_once(str(path), "piano-tuners")
            told.append(early is not None and early.has_reasons)
            assert bool(store.reasons("piano-tuners")) == told[-1]
    assert told == [False, True]


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    assert read_at_once(str(folder / "none.db"), None) is None
    assert list(folder.iterdir()) == []
    text = folder / "text.db"
    text.write_text("no database at all, but a text that is longer than a hundred bytes " * 3)
    assert read_at_once(str(text), None) is None
    with DebateStore.open(str(folder / "some.db")):
        assert read_at_once(str(folder / "some.db"), "nothing-of-the-kind") is None


def test_the_tables_as_statements_name_them_are_those_that_are_made() -> None:
    def told(table: Table) -> list[tuple[object, ...]]:
        return [
            (
                each.name,
                each.type.compile(sqlite.dialect()),
                each.type.compile(make_url("postgresql+psycopg://").get_dialect()()),
                isinstance(each.type, JSON),
                each.nullable,
                each.primary_key,
                sorted(key.target_fullname for key in each.foreign_keys),
            )
            for each in table.columns
        ]

    assert METADATA.tables.keys() == Base.metadata.tables.keys()
    for name, table in Base.metadata.tables.items():
        assert told(METADATA.tables[name]) == told(table), name
        for each in METADATA.tables[name].columns:
            # A missing image is no JSON `null`.
            assert not isinstance(each.type, JSON) or each.type.none_as_null


def test_the_columns_are_those_of_the_tables() -> None:
    written = sqlite.dialect()
    for name, table in Base.metadata.tables.items():
        assert list(columns()[name].items()) == [(each.name, each.type.compile(written)) for each in table.columns]
