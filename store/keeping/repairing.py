"""A damaged database made whole from its journal and its last backups, as far as its checksums say that it is whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, bindparam
from sqlalchemy.exc import DBAPIError

from hypotheses.problems import Refused
from store.database import cells, checksums, idea_words, packs, sqlite_file, sqlite_words
from store.database.backup import kept_beside
from store.database.checksums import Checksum
from store.database.database import BUSY_TIMEOUT
from store.database.engines import is_on_a_server
from store.database.identity import SCHEMA_VERSION, identity_of, set_identity
from store.database.journal_tables import PACK
from store.database.named_tables import METADATA
from store.database.rows import Base
from store.database.soundness import flaws, looked_at
from store.database.sql_names import with_names
from store.database.sqlite_database import SqliteDatabase, told
from store.database.translation import TABLES, Row
from store.errors import DatabaseProblem
from store.keeping.dumping import INSTEAD
from store.keeping.replaying import Rows, differences, replayed, rows_of
from store.keeping.restoring import restored


@dataclass(frozen=True, slots=True)
class Repaired:
    """What became of a repair."""

    old: Path | None
    """Where the database is as it was."""
    told: tuple[str, ...]
    """What was done, a sentence for each."""


def repair(location: str, at: datetime) -> Repaired:
    """Make a copy of all that can be read of a database, mend it, and put it in its place if nothing is wrong with it.

    What a debate holds is taken from its journal, and the journal from a backup, where the checksum then holds.

    Raises:
        DatabaseProblem: it cannot be mended, or somebody has it open; it is as it was.
        Refused: it is on a server.
    """
    if is_on_a_server(location):
        raise Refused(f"a database on a server is not mended here; {INSTEAD}")
    path = sqlite_file.locate(location)
    mended = path.with_name(f".{path.name}.mended.part")
    try:
        sqlite_file.remove(mended)
        done = [*_copied(path, mended), *_mended(path, mended)]
        if left := next(flaws(mended), None):
            raise DatabaseProblem(f"{left.text.replace(str(mended), str(path))}; that cannot be mended")
        return Repaired(restored(str(path), mended, at, "repair"), tuple(done))
    except OSError as error:
        raise DatabaseProblem(f"{path} was not mended and is as it was ({error.strerror})") from error
    except (DBAPIError, sqlite3.DatabaseError) as error:
        said = error.orig if isinstance(error, DBAPIError) else error
        raise DatabaseProblem(f"{path} was not mended and is as it was ({said})") from error
    finally:
        with suppress(OSError):
            sqlite_file.remove(mended)


def _copied(path: Path, mended: Path) -> Iterator[str]:
    """Copy every row of our tables that can be read into a new database; say what could not be.

    Raises:
        DatabaseProblem: so little can be read that nobody could tell whether anything is missing.
    """
    with suppress(sqlite3.DatabaseError):
        sqlite_file.settle(path, BUSY_TIMEOUT)
    sqlite_file.make_new(mended)
    with _writing(mended) as connection:
        Base.metadata.create_all(connection)
        set_identity(connection, SCHEMA_VERSION)
    with (
        told(path),
        closing(sqlite_file.connect(path, "mode=ro", BUSY_TIMEOUT)) as old,
        cells.as_bytes(old),
        closing(sqlite_file.connect(mended, "mode=rw", BUSY_TIMEOUT)) as new,
    ):
        has_packs = identity_of(old).version >= packs.SINCE  # a database of an older version has not got the table
        new.execute("PRAGMA ignore_check_constraints=ON")
        new.execute("BEGIN IMMEDIATE")
        old.execute("SELECT 1 FROM debate").fetchone()  # without the list of tables nothing can be told from nothing
        lost = [
            table.name
            for table in METADATA.sorted_tables
            if (table is not PACK or has_packs)
            and not _copy_table(old, new, table.name, [column.name for column in table.columns])
        ]
        _copy_highest_ids(old, new)
        new.execute("COMMIT")
        debates = new.execute("SELECT count(*) FROM debate").fetchone()
    if checksums.NAME in lost or debates == (0,):
        raise DatabaseProblem(f"{path} cannot be mended: too little of it can be read; restore a backup")
    yield from (f"some rows of the table {table} could not be read" for table in lost)


def _copy_table(old: sqlite3.Connection, new: sqlite3.Connection, table: str, names: Sequence[str]) -> bool:
    """Copy what can be read of a table; say whether that is all of it."""
    marks = ", ".join("?" for _ in names)
    insert = with_names("INSERT OR IGNORE INTO {table} ({columns}) VALUES", table=table, columns=names) + f" ({marks})"
    onward = with_names(
        "SELECT rowid, {columns} FROM {table} NOT INDEXED WHERE rowid > ? ORDER BY rowid", table=table, columns=names
    )
    rows, is_whole = _read(old, onward, -(1 << 63))
    if not is_whole:
        # From the other end as far as the place that cannot be read.
        behind, _ = _read(old, f"{onward} DESC", rows[-1][0] if rows else -(1 << 63))
        rows += behind
    new.executemany(insert, (cells.made_readable(table, names, row[1:]) for row in rows))
    return is_whole


def _read(connection: sqlite3.Connection, query: str, after: int) -> tuple[list[tuple[Any, ...]], bool]:
    """Return the rows that can be read one after the other, and whether these are all."""
    rows: list[tuple[Any, ...]] = []
    try:
        rows.extend(connection.execute(query, (after,)))
    except sqlite3.DatabaseError:
        return rows, False
    return rows, True


def _copy_highest_ids(old: sqlite3.Connection, new: sqlite3.Connection) -> None:
    """Let no id be given out again that was given before."""
    with suppress(sqlite3.DatabaseError):
        for table, highest in old.execute("SELECT name, seq FROM sqlite_sequence").fetchall():
            name = bytes(table).decode(errors="replace")
            new.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (highest, name))


@contextmanager
def _writing(path: Path) -> Iterator[Connection]:
    database = SqliteDatabase(path)
    try:
        with database.engine.connect() as connection, connection.begin():
            yield connection
    finally:
        database.close()


def _mended(path: Path, mended: Path) -> list[str]:
    with _writing(mended) as connection:
        return list(_mend(connection, path))


def _mend(connection: Connection, path: Path) -> Iterator[str]:
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    for debate_id, off in checksums.differing(connection).items():
        kept = checksums.kept(connection, debate_id)
        if kept is not None and off.journal:
            yield from _mend_journal(connection, debate_id, kept, path)
        yield from _mend_content(connection, debate_id, kept)
    if sqlite_words.can_be_made():
        idea_words.catch_up(connection)


def _mend_journal(connection: Connection, debate_id: int, kept: Checksum, path: Path) -> Iterator[str]:
    """Take rows of a journal from a backup in which they are others, if the checksum says that they were so."""
    for backup in kept_beside(path):
        try:
            with looked_at(backup) as older:
                theirs = _Journal.of(older, debate_id)
        except (DatabaseProblem, DBAPIError, ValueError, TypeError, LookupError):
            continue  # it is of another version, or damaged too
        ours = _Journal.of(connection, debate_id)
        joined = ours.with_those_of(theirs)
        if ours == theirs:
            # A backup was verified when it was made: it is the checksum that is wrong.
            checksums.put(connection, debate_id, kept._replace(journal=ours.checksum()))
            yield f"the checksum of the journal of the debate {debate_id} was worked out anew: {backup} has the same"
            return
        if joined.checksum() != kept.journal:
            continue
        count = joined.replace(connection, ours)
        rows = "1 row" if count == 1 else f"{count} rows"
        yield f"{rows} of the journal of the debate {debate_id} taken from {backup}"
        return


@dataclass(frozen=True, slots=True)
class _Journal:
    """The rows of a journal, by their table and the cells of its primary key."""

    rows: Mapping[tuple[str, *tuple[Any, ...]], Row]

    @classmethod
    def of(cls, connection: Connection, debate_id: int) -> _Journal:
        rows = checksums.journal_rows(connection, debate_id)
        return cls({(name, *(row[key] for key in _keys(name))): row for name, row in rows})

    def with_those_of(self, older: _Journal) -> _Journal:
        """Return this with what an older one has in the place of what differs."""
        return _Journal({**self.rows, **older.rows})

    def checksum(self) -> int:
        return checksums.of_journal((place[0], row) for place, row in self.rows.items())

    def replace(self, connection: Connection, old: _Journal) -> int:
        """Write what is another than in the old one; return how many rows that is."""
        others = [(place, row) for place, row in self.rows.items() if old.rows.get(place) != row]
        for (name, *key), row in others:
            table = METADATA.tables[name]
            there = [table.c[column] == cell for column, cell in zip(_keys(name), key, strict=True)]
            connection.execute(table.delete().where(*there))
            connection.execute(table.insert(), row)
        return len(others)


def _keys(name: str) -> list[str]:
    return [column.name for column in METADATA.tables[name].primary_key]


def _mend_content(connection: Connection, debate_id: int, kept: Checksum | None) -> Iterator[str]:
    """Put the rows of a debate back as the journal tells them, if the checksum says that they were so."""
    replay, now = replayed(connection, debate_id), rows_of(connection, debate_id)
    as_told = checksums.of_rows((table, row) for table, rows in replay.rows.items() for row in rows.values())
    if kept is not None and as_told == kept.content:
        if others := len(list(differences(now, replay.rows))):
            _write(connection, now, replay.rows)
            rows = "1 row" if others == 1 else f"{others} rows"
            yield f"{rows} of the debate {debate_id} put back as the journal tells"
    elif now == replay.rows and not replay.gaps and _says_nothing(connection, debate_id, kept):
        # The rows and the journal agree, so it is the checksum that is wrong.
        checksums.put(connection, debate_id, checksums.worked_out(connection, debate_id))
        yield f"the checksum of the debate {debate_id} was worked out anew: its rows and its journal agree"


def _write(connection: Connection, now: Rows, then: Rows) -> None:
    """Write rows in the place of those of the same debate, and of those that had lost what they belong to."""
    for name in reversed(TABLES):
        table, gone = METADATA.tables[name], now[name].keys() | then[name].keys()
        if gone:
            at_row = table.c.id == bindparam("row_id")
            connection.execute(table.delete().where(at_row), [{"row_id": row_id} for row_id in gone])
    for name in TABLES:
        if rows := list(then[name].values()):
            connection.execute(METADATA.tables[name].insert(), rows)


def _says_nothing(connection: Connection, debate_id: int, kept: Checksum | None) -> bool:
    """Say whether the checksum is the odd one out: of the journal it holds, or it is none at all."""
    if kept is None or kept.journal == -1:
        return True
    return checksums.worked_out(connection, debate_id).journal == kept.journal
