"""Look-ups that are kept in the database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from store.database.rows import Base
from store.debate_store import DebateStore
from store.lookup import database_cache
from store.lookup.source import Source
from tests.conftest import Clock
from tests.store.conftest import OpenStore

SOURCE = Source(
    "A title", ("Yang Song", "Bo Lee"), "2023-03", "A journal", "10.5555/x", "2303.01469", "https://example.org/"
)
PAGE = "url:https://example.org/"
LOOKUP = Base.metadata.tables["lookup"]


def test_what_was_found_is_there_for_every_program_and_the_next_run(store: DebateStore, open_store: OpenStore) -> None:
    assert store.lookups.get("doi:10.5555/x") is None
    store.lookups.put("doi:10.5555/x", SOURCE)
    assert open_store("bob").lookups.get("doi:10.5555/x") == SOURCE
    newer = Source("Another title")
    open_store("bob").lookups.put("doi:10.5555/x", newer)
    assert store.lookups.get("doi:10.5555/x") == newer


def test_a_page_is_asked_again_after_a_month(store: DebateStore, clock: Clock) -> None:
    store.lookups.put(PAGE, SOURCE)
    store.lookups.put("doi:10.5555/x", SOURCE)
    clock.advance(days=30)
    assert store.lookups.get(PAGE) == SOURCE
    clock.now += timedelta(seconds=1)
    assert store.lookups.get(PAGE) is None
    assert store.lookups.get("doi:10.5555/x") == SOURCE


@pytest.mark.parametrize(
    "kept", [{}, {"title": ""}, {"title": "T", "colour": "red"}, {"title": 3}, {"title": "T", "url": 1}]
)
def test_what_makes_no_sense_counts_as_not_there(store: DebateStore, kept: dict[str, object]) -> None:
    store.lookups.put(PAGE, SOURCE)
    with store._database.writing() as connection:
        connection.execute(update(Base.metadata.tables["lookup"]).values(source=kept))
    assert store.lookups.get(PAGE) is None


def test_a_database_that_cannot_be_written_keeps_nothing_and_stops_nobody(store: DebateStore) -> None:
    store.lookups.put(PAGE, SOURCE)
    store._database.read_only = True
    store.lookups.put("doi:10.5555/x", SOURCE)
    assert store.lookups.get("doi:10.5555/x") is None
    assert store.lookups.get(PAGE) == SOURCE


def test_looking_something_up_is_no_entry_of_the_journal(store: DebateStore) -> None:
    before = store.last_entry("piano-tuners")
    store.lookups.put(PAGE, SOURCE)
    assert store.last_entry("piano-tuners") == before


def kept(store: DebateStore) -> list[str]:
    with store._database.reading() as connection:
        return list(connection.execute(select(LOOKUP.c.key).order_by(LOOKUP.c.id)).scalars())


def test_pages_that_would_be_asked_again_are_let_go_of_and_what_does_not_change_stays(
    store: DebateStore, clock: Clock
) -> None:
    store.lookups.put("url:https://example.org/old", SOURCE)
    store.lookups.put("doi:10.5555/x", SOURCE)
    clock.advance(days=20)
    store.lookups.put(PAGE, SOURCE)
    clock.advance(days=11)
    store.lookups.put("arxiv:2303.01469", SOURCE)
    assert kept(store) == ["doi:10.5555/x", PAGE, "arxiv:2303.01469"]


def test_of_very_many_the_latest_are_kept(store: DebateStore, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_cache, "MOST_KEPT", 3)
    for number in (1, 2, 3, 1, 4, 5):
        clock.advance(minutes=1)
        store.lookups.put(f"doi:10.5555/{number}", SOURCE)
    assert kept(store) == ["doi:10.5555/1", "doi:10.5555/4", "doi:10.5555/5"]
