"""The index of the words of ideas on PostgreSQL: a `tsvector` of them, in a GIN index, beside the words themselves.

The words are handed over as they are: no parser or dictionary of PostgreSQL's is asked, so that it answers as the plain
rule does. A `tsvector` keeps no more than 16,383 places in a text, so none are kept: it finds the ideas that have all
words of a phrase, and whether they follow one another is seen in the words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from sqlalchemy import ColumnElement, Connection, column, func, select, table, text
from sqlalchemy.sql.elements import TextClause

from hypotheses.search import Phrase

_MAKE: Final = (
    "CREATE TABLE idea_words (idea_id integer PRIMARY KEY, words text NOT NULL, lexemes tsvector NOT NULL)",
    "CREATE INDEX ix_idea_words_lexemes ON idea_words USING gin (lexemes)",
)
_ADD: Final = (
    "INSERT INTO idea_words (idea_id, words, lexemes) VALUES (%s, %s, array_to_tsvector(%s::text[]))"
    " ON CONFLICT (idea_id) DO UPDATE SET words = excluded.words, lexemes = excluded.lexemes"
)
"""Two programs that take up the same, as after a migration, do not disturb each other."""
_TAKE_OUT: Final = "DELETE FROM idea_words WHERE idea_id = %s"
_ID, _WORDS = table("idea_words", column("idea_id"), column("words")).c
_HAS: Final = text("lexemes @@ CAST(:wanted AS tsquery)")
_LONGEST: Final = 500
"""Letters of a word that the index knows it by; of a `tsvector` it may have 2,046 bytes."""


def can_be_made() -> bool:
    """Say that every PostgreSQL has it."""
    return True


def is_made(connection: Connection) -> bool:
    """Say whether the index is there."""
    return connection.exec_driver_sql("SELECT to_regclass('idea_words')").scalar() is not None


def make(connection: Connection) -> None:
    """Make it, with nothing in it."""
    for statement in _MAKE:
        connection.exec_driver_sql(statement)


def take_out(connection: Connection, said: Iterable[tuple[int, str]]) -> None:
    """Take out ideas."""
    if gone := [(row_id,) for row_id, _ in said]:
        connection.exec_driver_sql(_TAKE_OUT, gone)


def add(connection: Connection, said: Iterable[tuple[int, str]]) -> None:
    """Add ideas with their words."""
    if rows := [(row_id, words, list({word[:_LONGEST] for word in words.split()})) for row_id, words in said]:
        connection.exec_driver_sql(_ADD, rows)


def having(connection: Connection, wanted: Collection[Phrase]) -> set[int]:
    """Return the ids of the ideas that say all of some phrases."""
    return set(connection.execute(select(_ID).where(*_say(wanted))).scalars())


def first_having(connection: Connection, wanted: Phrase, most: int) -> list[int]:
    """Return the lowest ids of the ideas that say a phrase, `most` at most."""
    query = select(_ID).where(*_say((wanted,))).order_by(_ID).limit(most)
    return list(connection.execute(query).scalars())


def _say(wanted: Collection[Phrase]) -> Iterator[ColumnElement[bool] | TextClause]:
    """Yield what a row of the index has to fulfil."""
    yield _HAS.bindparams(wanted=" & ".join(map(_lexemes, wanted)))
    for phrase in wanted:
        if len(phrase.words) > 1 or len(phrase.words[0]) >= _LONGEST:
            yield func.strpos(_WORDS, _in_a_row(phrase)) > 0


def _lexemes(phrase: Phrase) -> str:
    """Return a phrase as a `tsquery`: words are letters and digits, so that quoting them takes nothing more."""
    *first, last = (f"'{word[:_LONGEST]}'" for word in phrase.words)
    return " & ".join((*first, f"{last}:*" if phrase.begins else last))


def _in_a_row(phrase: Phrase) -> str:
    return f" {' '.join(phrase.words)}{'' if phrase.begins else ' '}"
