"""What was done to very many rows, kept in packs: nothing of it is lost, and nobody can tell."""

from __future__ import annotations

import json
import shutil
import tracemalloc
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.debate import Assessment, Debate, Evidence
from hypotheses.problems import Refused
from store.database import packs
from store.database.identity import SCHEMA_VERSION
from store.database.migrating import migrate
from store.database.migration_scripts import SCRIPTS
from store.database.row_change import RowChange
from store.database.sqlite_database import SqliteDatabase
from store.debate_store import DebateStore
from store.errors import DatabaseProblem
from store.expected import ANYTHING
from store.journal_changes import row_changes
from tests.store.conftest import OpenStore, small_debate

SLUG = "piano-tuners"
ONE = [["evidence", None, ["id"], [[1, 2, 3]]]]
CELLS = st.one_of(st.none(), st.booleans(), st.floats(-9, 9), st.text(max_size=20), st.lists(st.text(max_size=5)))
IMAGES = st.none() | st.dictionaries(st.sampled_from(["id", "title", "key"]), CELLS)
ROWS = st.lists(
    st.tuples(st.sampled_from(["evidence", "assessment", "hypothesis", "comment"]), st.integers(1, 99), IMAGES, IMAGES),
    max_size=40,
)


def rows_of(changes: list[tuple[str, int, Any, Any]], about: Callable[[int], int | None]) -> list[dict[str, Any]]:
    names = "table_name", "row_id", "before", "after"
    return [
        {"entry_id": 7, "position": 3 + at, "hypothesis_id": about(at), **dict(zip(names, change, strict=True))}
        for at, change in enumerate(changes)
    ]


def bulk(debate: Debate, items: int = 300) -> Debate:
    """Return a debate with so many items more, each with three ratings."""
    slugs = list(debate.hypotheses)[:3]
    new = {
        f"new{number}": Evidence(
            f"new{number}",
            f"Number {number}",
            assessments={slug: Assessment(1.5 + place, "so") for place, slug in enumerate(slugs)},
        )
        for number in range(items)
    }
    return replace(debate, evidence={**debate.evidence, **new})


@pytest.fixture
def memory_of() -> Callable[[Callable[[], object]], int]:
    """Return how many bytes Python takes at most while it does something."""

    def measure(do: Callable[[], object]) -> int:
        tracemalloc.start()
        try:
            do()
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    return measure


def count(store: DebateStore, table: str) -> int:
    with store._database.reading() as connection:
        found: int = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
    return found


@pytest.mark.property
@given(ROWS, st.sampled_from([1, 200, packs.MOST_BYTES]))
def test_rows_and_packs_hold_what_was_to_be_kept(changes: list[tuple[str, int, Any, Any]], most: int) -> None:
    rows = rows_of(changes, lambda at: at % 3 or None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packs, "LEAST", 1)
        patch.setattr(packs, "MOST_BYTES", most)
        kept, packed = packs.divided(rows)
    found = [
        (row["position"], tuple(row[name] for name in ("table_name", "row_id", "before", "after"))) for row in kept
    ]
    for pack in packed:
        placed = packs.unpacked(pack["packed"], pack["position"], pack["changes"])
        assert pack["entry_id"] == 7
        assert len(placed) == 1 or len(zlib.decompress(pack["packed"])) <= most
        assert {each.change.table for each in placed} <= {"evidence", "assessment"}
        found += [(position, tuple(change)) for position, change in placed]
    assert sorted(found, key=lambda each: each[0]) == [(3 + at, change) for at, change in enumerate(changes)]
    # Who asks the rows for a hypothesis finds every entry that is about it.
    assert {row["hypothesis_id"] for row in kept} - {None} == {row["hypothesis_id"] for row in rows} - {None}


def test_few_changes_are_kept_as_rows() -> None:
    rows = rows_of([("evidence", 1, None, {"id": 1})] * (packs.LEAST - 1), lambda _: None)
    assert packs.divided(rows) == (rows, [])


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"\0", zlib.compress(b"{"), zlib.compress(b"1"), zlib.compress(b"[[]]"), zlib.compress(b"[" * 100_000)),
        *(zlib.compress(json.dumps(each).encode()) for each in (["evidence"], [["evidence", None, ["id"], [[1, 2]]]])),
        zlib.compress(json.dumps([["evidence", None, None, [[1, 2, 3]]]]).encode()),
        zlib.compress(json.dumps([["evidence", None, ["id"], [["1", 2, 3]]]]).encode()),
        zlib.compress(json.dumps([["evidence", None, ["id"], [[1, 2, 3], [1, 2, 3]]]]).encode()),
        zlib.compress(b"[]" + b" " * (1 << 27)),
        zlib.compress(json.dumps(ONE).encode())[:-4],
    ],
)
def test_what_is_no_pack_is_said_to_be_none(content: bytes) -> None:
    for changes in (1, 2):
        with pytest.raises(packs.NotAPack):
            packs.unpacked(content, 1, changes)


def test_a_pack_holds_as_many_changes_as_it_says_from_where_it_says() -> None:
    pack = zlib.compress(json.dumps(ONE).encode())
    assert packs.unpacked(pack, 1, 1) == [(1, RowChange("evidence", 2, None, {"id": 3}))]
    for position, changes in ((2, 1), (1, 2), (1, 0)):
        with pytest.raises(packs.NotAPack):
            packs.unpacked(pack, position, changes)


def test_a_small_pack_makes_not_much_of_itself(memory_of: Callable[[Callable[[], object]], int]) -> None:
    """Ten million changes, of two numbers each, in 100 kB."""
    pack = zlib.compress(b'[["evidence",null,null,[' + b",".join([b"[1,1]"] * 10_000_000) + b"]]]")

    def read() -> None:
        with pytest.raises(packs.NotAPack):
            packs.unpacked(pack, 1, 10_000_000)

    assert memory_of(read) < 50 * len(pack)


def test_what_is_hardly_anything_packed_can_be_read_again() -> None:
    """A text of one letter would be a thousandth of itself, which is not believed."""
    rows = rows_of(
        [("evidence", number, None, {"id": number, "note": "x" * 90_000}) for number in range(9)], lambda _: None
    )
    (pack,) = packs.packed(rows)
    assert len(packs.unpacked(pack["packed"], 3, 9)) == 9


@pytest.mark.property
@given(ROWS)
def test_new_columns_come_to_every_image_of_their_table(changes: list[tuple[str, int, Any, Any]]) -> None:
    new = {"colour": "grey", "tags": []}

    def wider(change: tuple[str, int, Any, Any]) -> RowChange:
        table, row_id, *images = change
        return RowChange(table, row_id, *({**i, **new} if i is not None and table == "evidence" else i for i in images))

    for pack in packs.packed(rows_of(changes, lambda _: None)):
        found = [
            change for _, change in packs.unpacked(packs.widened(pack["packed"], "evidence", new), 3, len(changes))
        ]
        assert found == [wider(change) for change in changes]


WIDENING = f"""
from store.database.rebuilding import widen_images

revision = "{SCHEMA_VERSION + 1:04}"
down_revision = "{SCHEMA_VERSION:04}"


def upgrade():
    widen_images("evidence", {{"colour": "grey"}})
"""


def test_a_migration_that_gives_evidence_a_column_widens_rows_and_packs_of_the_journal(tmp_path: Path) -> None:
    path, scripts = tmp_path / "abduce.db", tmp_path / "versions"
    with DebateStore.open(str(path), first=small_debate) as store:
        before = store.load(SLUG)
        store.put_debate(SLUG, bulk(before), expected=before)
        store.edit_evidence(SLUG, "new7", title="Another", expected=ANYTHING)
    shutil.copytree(SCRIPTS, scripts)
    (scripts / f"{SCHEMA_VERSION + 1:04}_colour.py").write_text(WIDENING)
    database = SqliteDatabase(path)
    migrate(database.engine, path, scripts, SCHEMA_VERSION + 1)
    with database.reading() as connection:
        images = [
            (change.table, image)
            for change in row_changes(connection)
            for image in (change.before, change.after)
            if image is not None
        ]
    database.close()
    assert len(images) > 1_000
    assert all(("colour" in image) == (table == "evidence") for table, image in images)


def test_a_bulk_is_one_pack_that_undo_and_redo_read(store: DebateStore, open_store: OpenStore) -> None:
    before = store.load(SLUG)
    entries, rows = count(store, "journal_entry"), count(store, "journal_change")
    after = store.put_debate(SLUG, bulk(before), expected=before).debate
    assert (count(store, "journal_entry") - entries, count(store, "journal_pack")) == (1, 1)
    assert count(store, "journal_change") - rows == 3  # of each explanation that it rates, one
    assert open_store().undo(SLUG, expected=ANYTHING).debate == before
    assert store.redo(SLUG, expected=ANYTHING).debate == open_store().load(SLUG) == after


def test_another_session_comes_forward_by_it(store: DebateStore, open_store: OpenStore) -> None:
    other = open_store("bob")
    before = store.load(SLUG)
    entry = other.history(SLUG)[0].id
    other.load(SLUG)
    after = store.put_debate(SLUG, bulk(before), expected=before).debate
    change = other.refresh(SLUG, entry)
    assert change is not None
    assert change.debate.evidence == after.evidence


def test_it_is_in_the_history_of_what_it_rates(store: DebateStore) -> None:
    before = store.load(SLUG)
    rated, *_ = before.hypotheses
    store.put_debate(SLUG, bulk(before), expected=before)
    assert len(store.history(SLUG, hypothesis=rated)) == 2


def test_whose_change_stands_against_undo_is_found_in_a_pack(store: DebateStore, open_store: OpenStore) -> None:
    bob = open_store("bob")
    store.add_evidence(SLUG, Evidence("one", "One"))
    seen = bob.load(SLUG)
    others = {key: replace(item, title=f"{item.title}, it says") for key, item in bulk(seen, 1_200).evidence.items()}
    bob.put_debate(SLUG, replace(seen, evidence=others), expected=seen)
    store.set_plausibility(SLUG, "moved", 0.9, expected=ANYTHING)
    store.undo(SLUG, expected=ANYTHING)
    with pytest.raises(Refused, match="bob has changed the same since"):
        store.undo(SLUG, expected=ANYTHING)


def test_a_pack_that_cannot_be_read_is_told_without_a_change(store: DebateStore, open_store: OpenStore) -> None:
    before = store.load(SLUG)
    after = store.put_debate(SLUG, bulk(before), expected=before).debate
    with store._database.engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("UPDATE journal_pack SET packed = substr(packed, 1, 99)")
    with pytest.raises(DatabaseProblem, match=r"what entry 2 did to rows, from change \d+ on, cannot be unpacked"):
        store.undo(SLUG, expected=ANYTHING)
    assert open_store().load(SLUG) == after


def test_undo_of_an_entry_of_which_a_pack_is_missing_changes_nothing(store: DebateStore) -> None:
    before = store.load(SLUG)
    after = store.put_debate(SLUG, bulk(before), expected=before).debate
    with store._database.engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("DELETE FROM journal_pack")
    with pytest.raises(DatabaseProblem, match="some of what entry 2 did to rows is missing"):
        store.undo(SLUG, expected=ANYTHING)
    assert store.load(SLUG) == after


def test_a_new_debate_with_much_evidence_is_packed_too(store: DebateStore) -> None:
    store.add_debate(replace(bulk(small_debate()), slug="other"))
    assert count(store, "journal_pack") == 1
    assert len(store.load("other").evidence) == 300 + len(small_debate().evidence)
