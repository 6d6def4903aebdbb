"""Very much new evidence is written in portions, and is one change all the same."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest
from sqlalchemy import Connection

from hypotheses.debate import Assessment, Comment, Debate, Evidence, Hypothesis
from hypotheses.problems import Refused
from store.database import checksums, packs, writing
from store.database.inserting import insert
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.store.conftest import OpenStore, small_debate

SLUG = "piano-tuners"


@pytest.fixture(autouse=True, params=[(1, 1), (3, 1), (3, packs.LEAST)])
def portion(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write few items at a time, and have the journal pack what was done or not."""
    monkeypatch.setattr(writing, "PORTION", request.param[0])
    monkeypatch.setattr(packs, "LEAST", request.param[1])


def with_more(debate: Debate, items: int) -> Debate:
    """Return a debate with new evidence that rates an explanation new with it, and a remark on the last of it."""
    new = {
        f"new{number}": Evidence(
            f"new{number}",
            f"Number {number}",
            assessments={"new": Assessment(2.0, "so"), "uncounted": Assessment(None)},
        )
        for number in range(items)
    }
    number = max(debate.comments, default=0) + 1
    return replace(
        debate,
        title="More",
        hypotheses={**debate.hypotheses, "new": Hypothesis("new", "New", position=9)},
        evidence={**debate.evidence, **new},
        comments={**debate.comments, number: Comment(number, "See there", "ana", evidence=f"new{items - 1}")},
    )


def as_sound(store: DebateStore) -> bool:
    with store._database.reading() as connection:
        return not checksums.differing(connection)


@pytest.mark.parametrize("items", [4, 6, 7])
def test_it_is_one_entry_that_undo_takes_back_and_redo_does_again(open_store: OpenStore, items: int) -> None:
    store = open_store()
    before = store.load()
    after = with_more(before, items)
    change = store.put_debate(SLUG, after, expected=before)
    for found in (change.debate, store.load(), open_store().load()):
        assert found == after
        assert list(found.evidence) == list(after.evidence)
    assert len(store.history(SLUG)) == 2
    assert as_sound(store)
    assert store.undo(SLUG, expected=ANYTHING).debate == open_store().load() == before
    assert as_sound(store)
    assert store.redo(SLUG, expected=ANYTHING).debate == open_store().load() == after
    assert as_sound(store)


def test_an_item_that_was_there_may_change_with_it(open_store: OpenStore) -> None:
    store = open_store()
    before = store.load()
    (key, item), *_ = before.evidence.items()
    after = with_more(replace(before, evidence={**before.evidence, key: replace(item, title="Another title")}), 5)
    assert store.put_debate(SLUG, after, expected=before).debate == open_store().load() == after
    assert store.undo(SLUG, expected=ANYTHING).debate == before


def test_new_evidence_may_stand_before_what_was_there(open_store: OpenStore) -> None:
    store = open_store()
    before = store.load()
    more = with_more(before, 5)
    after = replace(more, evidence=dict(list(more.evidence.items())[::-1]))
    found = store.put_debate(SLUG, after, expected=before).debate
    assert found == after
    assert list(found.evidence) == list(open_store().load().evidence) == list(after.evidence)


def test_a_new_debate_is_one_entry(open_store: OpenStore) -> None:
    store = open_store()
    debate = replace(with_more(small_debate(), 7), slug="other")
    assert store.add_debate(debate).debate == open_store().load("other") == debate
    assert len(store.history("other")) == 1
    assert as_sound(store)


@pytest.mark.parametrize("is_new", [True, False])
def test_what_fails_on_the_way_leaves_nothing(
    open_store: OpenStore, monkeypatch: pytest.MonkeyPatch, *, is_new: bool
) -> None:
    store = open_store()
    before, calls = store.load(), count()

    def fail(connection: Connection, table: str, rows: list[dict[str, object]]) -> None:
        if rows and next(calls) == 2:
            raise Refused("planned")
        insert(connection, table, rows)

    monkeypatch.setattr("store.journal.insert", fail)
    after = with_more(before, 7)
    with pytest.raises(Refused, match="planned"):
        store.add_debate(replace(after, slug="other") if is_new else after, replace=True)
    assert next(calls) == 3
    assert store.load() == open_store().load() == before
    assert [each.slug for each in store.debates()] == [SLUG]
    assert as_sound(store)
    assert store.set_plausibility(SLUG, "uncounted", 0.9, expected=ANYTHING).debate == open_store().load()


def test_others_see_it_whole_or_not_at_all(open_store: OpenStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store, other = open_store(), open_store("ben")
    before, seen = store.load(), []

    def look(connection: Connection, table: str, rows: list[dict[str, object]]) -> None:
        if rows:
            seen.append(other.load() == before)
        insert(connection, table, rows)

    monkeypatch.setattr("store.journal.insert", look)
    after = store.put_debate(SLUG, with_more(before, 7), expected=before).debate
    assert len(seen) > 3
    assert all(seen)
    assert other.load() == after


def test_it_may_be_asked_for_by_the_name_that_the_debate_had(open_store: OpenStore) -> None:
    # Another window gives the debate another name while one writes by the old one.
    store, other = open_store(), open_store()
    before = store.load()
    other.rename_debate(SLUG, "tuners", expected=ANYTHING)
    after = with_more(before, 7)
    found = store.put_debate(SLUG, after, expected=before).debate
    assert found == other.load("tuners") == replace(after, slug="tuners")
    assert store.undo(SLUG, expected=ANYTHING).debate == other.load("tuners")
    other.set_plausibility("tuners", "uncounted", 0.9, expected=ANYTHING)
    for slug in (SLUG, "tuners"):
        assert store.load(slug) == other.load("tuners")
    assert as_sound(store)


def test_an_idea_may_go_with_the_remark_on_it(open_store: OpenStore) -> None:
    store = open_store()
    first = store.load()
    number = max(first.comments, default=0) + 1
    remark = Comment(number, "So it is", "ana", idea=next(iter(first.ideas)))
    before = store.put_debate(SLUG, replace(first, comments={number: remark}), expected=first).debate
    after = replace(with_more(before, 7), ideas={}, comments={})
    assert store.put_debate(SLUG, after, expected=before).debate == open_store().load() == after
    assert store.undo(SLUG, expected=ANYTHING).debate == before
