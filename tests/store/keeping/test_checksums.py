"""The checksum of a debate follows every edit, and is off as soon as anything else changes a row."""

from __future__ import annotations

from pathlib import Path

import pytest

from hypotheses.debate import Evidence
from store.database import checksums
from store.database.soundness import Flaw, flaws
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.store.conftest import OpenStore, small_debate
from tests.store.keeping.damage import SLUG, by_hand, used
from tests.store.test_conflicts import MINE, prepared
from tests.store.test_migrating import as_of_version_1


def off(store: DebateStore) -> dict[int, checksums.Checksum]:
    with store._ledger.database.reading() as connection:
        return checksums.differing(connection)


@pytest.mark.parametrize("name", MINE)
def test_it_follows_every_edit_its_undoing_and_its_redoing(name: str, open_store: OpenStore) -> None:
    store = open_store()
    debate = prepared(store)
    change, _ = MINE[name]
    change(store, debate)
    assert off(store) == {}
    store.undo(SLUG, expected=ANYTHING)
    store.redo(SLUG, expected=ANYTHING)
    assert off(store) == {}


def test_it_follows_two_people_debates_that_come_go_and_are_renamed(open_store: OpenStore) -> None:
    ana, bob = open_store("ana"), open_store("bob")
    ana.load(SLUG)
    bob.set_plausibility(SLUG, "fewer", 1, expected=ANYTHING)
    ana.rename_hypothesis(SLUG, "fewer", "few", expected=ANYTHING)
    ana.create_debate("Another", "another")
    ana.rename_debate("another", "other", expected=ANYTHING)
    with ana.together():
        ana.add_evidence("other", Evidence("a", "A", credibility=1))
        ana.add_evidence("other", Evidence("b", "B", credibility=-0.0))
    ana.shelve_debate("other", "removed", expected=ANYTHING)
    assert off(bob) == {}
    ana.edit_debate(SLUG, title="New", expected=ANYTHING)
    bob.edit_debate(SLUG, question="Who?", expected=ANYTHING)
    assert off(ana) == {}


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE debate SET title = 'Hom many of them?'", "content"),
        ("UPDATE evidence SET credibility = 0.76 WHERE key = 'song2023'", "content"),
        ("UPDATE evidence SET authors = '[\"A. Song\"]' WHERE key = 'song2023'", "content"),
        ("UPDATE hypothesis SET position = 7 WHERE slug = 'moved'", "content"),
        ("DELETE FROM assessment WHERE id = 1", "content"),
        ("UPDATE journal_entry SET actor = 'anb' WHERE id = 2", "journal"),
        ("UPDATE journal_entry SET at = '2024-02-29 12:00:01.000000' WHERE id = 2", "journal"),
        ("UPDATE journal_change SET after = replace(after, 'of them', 'oF them')", "journal"),
        ("UPDATE journal_pack SET changes = 2", "journal"),
        ("UPDATE journal_pack SET packed = zeroblob(20)", "journal"),
        ("DELETE FROM journal_pack", "journal"),
        ("UPDATE checksum SET content = 'x'", "content"),
        ("DELETE FROM checksum", "content"),
    ],
)
def test_what_another_hand_changes_is_found(path: Path, statement: str, kind: str) -> None:
    used(path)
    assert list(flaws(path)) == []
    with by_hand(path) as connection:
        connection.execute(statement)
    found = list(flaws(path))
    assert found[0].kind == kind
    assert SLUG in found[0].text


def test_an_edit_of_what_was_changed_by_another_hand_does_not_vouch_for_it(path: Path) -> None:
    used(path)
    with by_hand(path) as connection:
        connection.execute("UPDATE debate SET title = 'Hom many of them?'")
    with DebateStore.open(str(path), actor="ana") as store:
        store.edit_debate(SLUG, title="Another", expected=ANYTHING)
        store.edit_debate(SLUG, question="And who?", expected=ANYTHING)
    assert [flaw.kind for flaw in flaws(path)] == ["content"]


def test_an_older_database_gets_checksums(path: Path, tmp_path: Path) -> None:
    used(path)
    old = tmp_path / "old.db"
    as_of_version_1(path, old)
    assert list(flaws(old)) == []
    DebateStore.open(str(old), first=small_debate).close()
    assert list(flaws(old)) == []
    with by_hand(old) as connection:
        assert connection.execute("SELECT count(*) FROM checksum").fetchone() == (1,)


def test_a_flaw_of_what_is_held_is_told_from_one_of_the_file() -> None:
    assert Flaw("content", "").is_in_content
    assert not Flaw("pages", "").is_in_content
