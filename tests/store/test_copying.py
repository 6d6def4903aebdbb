"""Everything of a database in another one, of the same engine or the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from sqlalchemy import Connection

from hypotheses.debate import Assessment, Debate, Evidence
from hypotheses.idea import Idea
from store.database import packs
from store.database.database import Database
from store.database.identity import SCHEMA_VERSION
from store.debate_store import DebateStore
from store.errors import DatabaseProblem
from store.expected import ANYTHING
from store.lookup.source import Source
from tests import databases
from tests.store.conftest import OpenStore, small_debate
from tests.store.test_migrating import copied_to, version

SLUG = "piano-tuners"


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    file = str(tmp_path / "copy.db")
    with databases.schema() if request.param == "postgresql" else nullcontext(file) as location:
        yield location


def filled(store: DebateStore, bob: DebateStore) -> None:
    """Have every table hold something, and what was undone and can be redone."""
    store.add_debate(Debate("other", "Another – “quoted” 🙂 \u202edebate", ideas={1: Idea(1, "Retinas, dense")}))
    bob.set_plausibility(SLUG, "fewer", 1 / 3, "for a reason", expected=ANYTHING)
    bob.assess(SLUG, "ads", "moved", Assessment(2.0, "x" * 45_000), expected=ANYTHING)
    bob.comment(SLUG, "A remark", evidence="ads")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packs, "LEAST", 1)
        store.add_evidence(SLUG, Evidence("packed", "Kept in a pack"))
    store.submit_idea(SLUG, Idea(0, "Ask twice", "They know more."))
    store.undo(SLUG, expected=ANYTHING)
    store.note_of(SLUG, "github:a/b", {"seen": [1, 2], "at": None})
    store.lookups.put("doi:10.5555/x", Source("T", ("A. Song",)))
    store.open_debate("other")


def test_everything_is_there_with_its_journal_and_goes_on_as_before(
    store: DebateStore, open_store: OpenStore, target: str
) -> None:
    filled(store, open_store("bob"))
    parts: list[float] = []
    rows = store.copy_to(target, parts.append)
    assert all(rows.values())
    assert (rows["debate"], rows["journal_entry"]) == (2, 8)  # two added, five changes, one undone
    assert parts == sorted(parts)
    assert parts[-1] == 1
    with DebateStore.open(target, actor="ana", clock=store._clock) as copy:
        assert copy.debates() == store.debates()
        for slug in (SLUG, "other"):
            assert copy.load(slug) == store.load(slug)
            assert copy.history(slug, limit=100) == store.history(slug, limit=100)
        assert copy.stands(SLUG) == store.stands(SLUG)
        assert copy.known_of(SLUG, "github:a/b") == {"seen": [1, 2], "at": None}
        assert copy.lookups.get("doi:10.5555/x") == store.lookups.get("doi:10.5555/x")
        assert copy.search_ideas("other", "retinas") == {1}
        # What was undone had the highest ids: it is redone as itself, and what is added then has others.
        again = copy.redo(SLUG, expected=ANYTHING)
        assert again.entry is not None
        assert again.entry.id == 9
        assert again.debate == store.redo(SLUG, expected=ANYTHING).debate
        assert len(copy.submit_idea(SLUG, Idea(0, "A third")).debate.ideas) == 3


def test_what_is_there_is_not_touched(store: DebateStore, target: str) -> None:
    with DebateStore.open(target, first=lambda: Debate("theirs", "Theirs")) as other:
        with pytest.raises(DatabaseProblem, match=r"there is a database in .* already; it was not touched"):
            store.copy_to(target)
        assert [line.slug for line in other.debates()] == ["theirs"]


def test_an_older_database_that_is_there_is_not_brought_up_to_date(store: DebateStore, tmp_path: Path) -> None:
    now, old = tmp_path / "now.db", tmp_path / "old.db"
    DebateStore.open(str(now)).close()
    copied_to(now, old, SCHEMA_VERSION - 1).close()
    with pytest.raises(DatabaseProblem, match=r"there is a database in .* already; it was not touched"):
        store.copy_to(str(old))
    assert version(old) == SCHEMA_VERSION - 1


def test_a_copy_that_does_not_hold_the_same_is_told(
    store: DebateStore, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_ideas = Database.index_ideas

    def harm(connection: Connection) -> None:
        connection.exec_driver_sql("UPDATE evidence SET title = 'Another' WHERE id = 2")

    def index_and_harm(database: Database) -> None:
        index_ideas(database)
        database.write(harm)

    monkeypatch.setattr(Database, "index_ideas", index_and_harm)
    with pytest.raises(DatabaseProblem, match=r"does not hold the same \(evidence 2\): do not use it"):
        store.copy_to(target)


def test_a_copy_that_fails_leaves_nothing(store: DebateStore, target: str) -> None:
    def stop(part: float) -> None:
        raise RuntimeError(f"at {part}")

    with pytest.raises(RuntimeError):
        store.copy_to(target, stop)
    with DebateStore.open(target, actor="ana", first=small_debate) as fresh:
        assert fresh.created
