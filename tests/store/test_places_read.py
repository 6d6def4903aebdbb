"""What is noted of places that ideas come from: beside the debate, and together with its ideas."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from hypotheses.idea import Idea
from hypotheses.problems import NotFound
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.conftest import Clock
from tests.store.conftest import OpenStore, small_debate

SLUG = "piano-tuners"
PLACE = "github:ana/pianos abduce"


def test_what_is_noted_is_of_one_debate_and_outlives_the_program_and_an_undo(
    store: DebateStore, open_store: OpenStore
) -> None:
    store.add_debate(replace(small_debate(), slug="other"))
    assert store.known_of(SLUG, PLACE) == {}
    store.submit_idea(SLUG, Idea(0, "They share"))
    last = store.last_entry(SLUG)
    store.note_of(SLUG, PLACE, {"since": "2024-02-29T12:00:00Z"})
    store.note_of(SLUG, PLACE, {"since": "2024-03-01T12:00:00Z"})
    assert store.last_entry(SLUG) == last
    store.undo(SLUG, expected=ANYTHING)
    store.close()
    again = open_store()
    assert again.known_of(SLUG, PLACE) == {"since": "2024-03-01T12:00:00Z"}
    assert again.known_of("other", PLACE) == again.known_of(SLUG, "github:ana/pianos#1") == {}
    with pytest.raises(NotFound):
        again.note_of("none", PLACE, {})


def test_of_many_who_saw_the_same_one_notes_what_comes_next(store: DebateStore, open_store: OpenStore) -> None:
    store.note_of(SLUG, PLACE, {"begun": "once"})
    others = [open_store() for _ in range(4)]

    def claim(number: int) -> bool:
        return others[number].note_of(SLUG, PLACE, {"by": number}, seen={"begun": "once"})

    with ThreadPoolExecutor(4) as threads:
        claimed = list(threads.map(claim, range(4)))
    assert sorted(claimed) == [False, False, False, True]
    assert store.known_of(SLUG, PLACE) == {"by": claimed.index(True)}
    assert not store.note_of(SLUG, "github:ana/pianos#1", {"by": 1}, seen={"begun": "once"})
    assert store.note_of(SLUG, "github:ana/pianos#1", {"by": 1}, seen={})


def test_what_was_read_counts_as_read_only_with_its_ideas(store: DebateStore) -> None:
    def pull() -> None:
        with store.together():
            store.note_of(SLUG, PLACE, {"since": "2024-02-29T12:00:00Z"})
            store.submit_ideas(SLUG, [Idea(0, "They share", hypothesis="gone")])

    with pytest.raises(NotFound):
        pull()
    assert store.known_of(SLUG, PLACE) == {}


def test_it_goes_with_a_debate_that_is_deleted_for_good(store: DebateStore, clock: Clock) -> None:
    for slug in ("gone", "next"):
        store.add_debate(replace(small_debate(), slug=slug))
        store.note_of(slug, PLACE, {"since": "2024-02-29T12:00:00Z"})
    store.shelve_debate("gone", "removed", expected=ANYTHING)
    clock.advance(days=31)
    store.shelve_debate("next", "removed", expected=ANYTHING)
    store.add_debate(replace(small_debate(), slug="gone"))
    assert store.known_of("gone", PLACE) == {}
    assert store.known_of("next", PLACE) != {}
