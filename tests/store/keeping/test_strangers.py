"""A database that somebody sent: what is not Abduce's is refused by name before it acts; broken cells are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.database.schema_written import schema_of_a_new_database
from store.database.table_columns import SCHEMA
from store.debate_store import DebateStore
from store.errors import DatabaseProblem
from store.expected import ANYTHING
from tests.store.conftest import small_debate
from tests.store.keeping.damage import SLUG, by_hand, used
from tests.store.test_database import traces

TRIGGER = """
CREATE TRIGGER quiet AFTER UPDATE OF question ON debate
BEGIN UPDATE debate SET title = 'Mine' WHERE id = new.id; END
"""


def test_the_schema_that_is_compared_with_is_that_of_a_new_database() -> None:
    """If not: python -m store.database.schema_written"""
    assert SCHEMA.read_text(encoding="utf-8") == schema_of_a_new_database()


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (TRIGGER, "the trigger 'quiet' (debate), which is not Abduce's"),
        ("CREATE VIEW peek AS SELECT title FROM debate", "the view 'peek' (peek), which is not Abduce's"),
        ("CREATE TABLE theirs(x)", "the table 'theirs', which is not Abduce's"),
        ("CREATE TABLE idea_words_more(x)", "the table 'idea_words_more', which is not Abduce's"),
        ("CREATE INDEX fast ON evidence (upper(title))", "the index 'fast', which is not Abduce's"),
        ("ALTER TABLE opened ADD COLUMN x DEFAULT 1", "the table 'opened', which is not as Abduce makes it"),
        (
            "CREATE VIRTUAL TABLE theirs USING fts5(words)",
            "the table 'theirs', which is not Abduce's",
        ),
    ],
)
def test_what_is_not_ours_is_refused_by_name_before_it_acts(path: Path, statement: str, named: str) -> None:
    used(path)
    with by_hand(path) as connection:
        connection.execute(statement)
    before = traces(path)
    with pytest.raises(DatabaseProblem) as told:
        DebateStore.open(str(path))
    assert str(told.value) == f"{path} holds {named}; it was not touched"
    after = {name: content for name, (content, _) in traces(path).items() if not name.endswith(("-wal", "-shm"))}
    assert after == {name: content for name, (content, _) in before.items()}


def test_a_table_that_would_forget_rows_by_itself_is_refused(path: Path) -> None:
    """The same columns, but a second opening of a debate deletes what is known of another."""
    used(path)
    with by_hand(path) as connection:
        (made,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'opened'").fetchone()
        connection.execute("DROP TABLE opened")
        connection.execute(made.replace("UNIQUE (debate_id)", "UNIQUE (debate_id) ON CONFLICT REPLACE"))
    with pytest.raises(DatabaseProblem, match="the table 'opened', which is not as Abduce makes it"):
        DebateStore.open(str(path))


def test_what_sqlite_keeps_for_itself_is_no_stranger(path: Path) -> None:
    used(path)
    with by_hand(path) as connection:
        connection.execute("ANALYZE")
        made = connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_stat1'").fetchone()
    assert made == (1,)
    with DebateStore.open(str(path), actor="ana") as store:
        assert store.edit_debate(SLUG, title="Goes on", expected=ANYTHING).entry


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (
            "UPDATE evidence SET authors = '[\"A. Song' WHERE key = 'song2023'",
            "table evidence, row 1, column authors: found broken JSON, '[\"A. Song'; expected a JSON list of texts",
        ),
        (
            "UPDATE evidence SET authors = '[3]' WHERE key = 'song2023'",
            "table evidence, row 1, column authors: found the JSON '[3]'; expected a JSON list of texts",
        ),
        (
            "UPDATE debate SET schemes = '[]'",
            "table debate, row 1, column schemes: found the JSON '[]'; expected a JSON object",
        ),
        (
            "UPDATE hypothesis SET title = x'ff01' WHERE slug = 'moved'",
            "table hypothesis, row 3, column title: found 2 bytes; expected text",
        ),
        (
            "UPDATE hypothesis SET title = cast(x'61ff' AS TEXT) WHERE slug = 'moved'",
            "table hypothesis, row 3, column title: found bytes that are no UTF-8 (from byte 2 on); expected text",
        ),
        (
            "UPDATE hypothesis SET plausibility = 'half' WHERE slug = 'moved'",
            "table hypothesis, row 3, column plausibility: found the text 'half'; expected a number",
        ),
    ],
)
def test_a_cell_that_holds_what_it_cannot_is_named(path: Path, statement: str, told: str) -> None:
    used(path)
    with by_hand(path) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        connection.execute(statement)
    with DebateStore.open(str(path)) as store, pytest.raises(DatabaseProblem) as problem:
        store.load(SLUG)
    assert str(problem.value) == f"the database {path} is damaged: {told}; `abduce doctor` says more"


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE journal_change SET after = 'x' WHERE entry_id = 3", "table journal_change, row"),
        ("UPDATE journal_entry SET label = x'00' WHERE id = 3", "table journal_entry, row 3, column label"),
        ("UPDATE journal_entry SET at = 'noon' WHERE id = 3", "table journal_entry, row 3, column at"),
    ],
)
def test_a_cell_of_the_journal_is_named_too(path: Path, statement: str, told: str) -> None:
    used(path)
    with by_hand(path) as connection:
        connection.execute(statement)
    with DebateStore.open(str(path), actor="ana", first=small_debate) as store:

        def go_through() -> None:
            store.history(SLUG)
            store.undo_to(SLUG, 1, expected=ANYTHING)

        with pytest.raises(DatabaseProblem) as problem:
            go_through()
    assert told in str(problem.value)
