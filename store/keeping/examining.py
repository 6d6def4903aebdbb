"""What a database, the files beside it and what it runs on look like to whoever asks how they are."""

from __future__ import annotations

import platform
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from store.database import checksums, idea_words, sqlite_file, sqlite_words
from store.database.backup import kept_beside
from store.database.database import Database
from store.database.engines import is_on_a_server
from store.database.identity import SCHEMA_VERSION, raw, schema_version
from store.database.named_tables import METADATA
from store.database.postgres_database import PostgresDatabase
from store.database.soundness import Flaw, flaws_in, looked_at
from store.database.sqlite_database import told
from store.errors import DatabaseProblem
from store.keeping.finding import Finding
from store.keeping.replaying import differences, replayed, rows_of
from store.paths import own_files
from store.settings import load_settings, settings_file

SOUND_SQLITE: Final = (3, 51, 3)
"""The first version without a fault by which two programs that put the log away at one moment can damage a file."""
_MOST: Final = 5
"""So many differences between the rows of a debate and its journal are told."""
ROOMS: Final = ("hypotheses", "store", "tui")

_REPAIR: Final = "`abduce doctor --repair` mends it if the journal or a backup has it; or `abduce restore` a backup"
_ADVICE: Final = {
    "file": "`abduce restore` a backup",
    "version": "use the Abduce that made it, or `abduce restore` the backup from before",
    "foreign": "ask whoever sent it; `abduce doctor --repair` makes a database without it, and keeps this one",
}
_PARTS: Final[dict[str, str]] = {"cells": "content", "content": "content", "journal": "journal"}


def examined(location: str) -> Iterator[Finding]:
    """Look at a database and what is beside it, without changing anything, and without opening it as Abduce does."""
    if is_on_a_server(location):
        yield from _on_a_server(location)
    elif not (path := sqlite_file.locate(location)).exists():
        yield Finding("database", "note", f"there is no database {path} yet", "`abduce` makes one")
    else:
        yield from _database(path)
        yield from _permissions(path)
        yield from _backups(path)
    yield from _versions()
    yield from _rooms()
    yield from _settings()


def _on_a_server(location: str) -> Iterator[Finding]:
    """Look at the checksums and the journals; pages, permissions and backups are the server's."""
    try:
        database = PostgresDatabase(location)
    except DatabaseProblem as error:
        yield Finding("database", "wrong", str(error), "see docs/team.md")
        return
    try:
        version = database.version()
        if version is None:
            yield Finding("database", "note", f"nothing is in {database.name} yet", "`abduce` makes a database of it")
        elif version < SCHEMA_VERSION:
            yield _behind(database.name, version, "a dump of the server's")
        else:
            yield from _contents_on_a_server(database)
    except DatabaseProblem as error:
        yield Finding("database", "wrong", str(error), "see docs/team.md")
    finally:
        database.close()


def _contents_on_a_server(database: Database) -> Iterator[Finding]:
    with database.reading() as connection:
        off = checksums.differing(connection)
        for debate_id in off:
            text = f"debate {debate_id} of {database.name} is not as it was saved: its checksum is another"
            yield Finding("content", "wrong", text, "bring a backup of the server's back")
        yield from _journals(connection, sound=not off)


def _behind(name: str, version: int, backup: str) -> Finding:
    text = f"{name} is of version {version}; this Abduce has {SCHEMA_VERSION}"
    return Finding("database", "note", text, f"the next start brings it up to date, after {backup}")


def _database(path: Path) -> Iterator[Finding]:
    try:
        identity = sqlite_file.look(path)
        if identity is None:
            yield Finding("database", "note", f"{path} is empty", "`abduce` makes a database of it")
            return
        if (journal := sqlite_file.journal_of(path)).exists() and journal.stat().st_size:
            text = f"a change of {path} was cut short, or is going on: it was not looked into"
            yield Finding("database", "note", text, "the next start takes it back; ask again after that")
            return
        with told(path), looked_at(path) as connection:
            found = list(flaws_in(connection, path))
            yield from map(_finding, found)
            if not any(flaw.kind in ("file", "version") for flaw in found):
                yield from _contents(connection, path, found)
    except DatabaseProblem as error:
        yield Finding("database", "wrong", str(error), _ADVICE["file"])


def _finding(flaw: Flaw) -> Finding:
    return Finding(_PARTS.get(flaw.kind, "database"), "wrong", flaw.text, _ADVICE.get(flaw.kind, _REPAIR))


def _contents(connection: Connection, path: Path, found: list[Flaw]) -> Iterator[Finding]:
    version = schema_version(connection)
    if not found:
        yield Finding("database", "fine", f"{path} is whole, and all in it belongs to something")
    if version < SCHEMA_VERSION:
        yield _behind(str(path), version, "a backup")
        return
    try:
        yield from _journals(connection, sound=not found)
        yield from _search(connection)
    except (DBAPIError, ValueError, TypeError, LookupError, AttributeError) as error:
        yield Finding("journal", "wrong", f"it cannot be gone through ({error})", _REPAIR)


def _journals(connection: Connection, *, sound: bool) -> Iterator[Finding]:
    """Go through the journal of each debate, and compare what it leads to with its rows."""
    debate = METADATA.tables["debate"]
    debates = connection.execute(select(debate.c.id, debate.c.slug).order_by(debate.c.id)).all()
    is_right = True
    for debate_id, slug in debates:
        replay = replayed(connection, debate_id)
        others = list(differences(rows_of(connection, debate_id), replay.rows))
        for table, row_id, columns in others[:_MOST]:
            is_right = False
            what = (
                f"its {' and '.join(columns)} differ{'s' if len(columns) == 1 else ''}"
                if columns
                else "it is there only once"
            )
            text = f"the debate {slug!r} and its journal differ: table {table}, row {row_id}: {what}"
            yield Finding("journal", "wrong", text, _REPAIR)
        if replay.gaps:
            is_right = False
            text = f"the journal of {slug!r} does not fit together ({', '.join(replay.gaps[:_MOST])})"
            yield Finding("journal", "wrong", text, _REPAIR)
    if sound and is_right:
        text = (
            f"{len(debates)} debate{'s' * (len(debates) != 1)}: checksums hold, and the journal leads to what is there"
        )
        yield Finding("content", "fine", text)


def _search(connection: Connection) -> Iterator[Finding]:
    """Compare the ideas that the index of words knows with those that are there."""
    if not sqlite_words.can_be_made():
        yield Finding("search", "note", "this SQLite has no FTS5: ideas are looked through one by one")
        return
    if not idea_words.is_made(connection):
        yield Finding("search", "note", "there is no index of the words of ideas yet", "the next start makes it")
        return
    indexed = {row_id for (row_id,) in raw(connection).execute("SELECT id FROM idea_words_docsize")}
    there = {row_id for (row_id,) in raw(connection).execute("SELECT id FROM idea")}
    if (indexed ^ there) - idea_words.unread(connection):
        text = "the index of the words of ideas knows others than there are"
        yield Finding("search", "wrong", text, "`abduce doctor --repair` makes it anew")
    else:
        yield Finding("search", "fine", f"the index of words knows all {len(there)} ideas")


def _permissions(path: Path) -> Iterator[Finding]:
    open_to_others = [each for each in _files(path) if _mode(each) & 0o077]
    for each in open_to_others:
        text = f"{each} can be read by others (mode {_mode(each):o})"
        yield Finding("permissions", "wrong", text, "`abduce doctor --repair`, or `chmod 600`")
    if _mode(path.parent) & stat.S_IWOTH and not _mode(path.parent) & stat.S_ISVTX:
        text = f"everybody may put files into {path.parent}, and take them away"
        yield Finding("permissions", "wrong", text, f"chmod o-w {path.parent}")
    elif not open_to_others:
        yield Finding("permissions", "fine", "nobody else can read its files")


def _files(path: Path) -> list[Path]:
    try:
        return [each for each in (*own_files(path), *kept_beside(path)) if each != settings_file()]
    except OSError:
        return [path]  # a folder may not be looked into, so nobody else may either


def _mode(path: Path) -> int:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return 0


def close_to_others(location: str) -> tuple[str, ...]:
    """Take from others what they may do with the files of a database; return what was done."""
    if is_on_a_server(location):
        return ()
    path = sqlite_file.locate(location)
    done = []
    for each in _files(path):
        if _mode(each) & 0o077:
            with suppress(PermissionError):  # another user's, which is still found then
                each.chmod(0o600)
                done.append(f"{each} can be read by nobody else now")
    return tuple(done)


def _backups(path: Path) -> Iterator[Finding]:
    found = kept_beside(path)
    if not found:
        yield Finding("backups", "note", "there is none beside the database", "`abduce backup` makes one")
        return
    at = datetime.fromtimestamp(found[0].stat().st_mtime, UTC)
    yield Finding(
        "backups", "fine", f"{len(found)} beside the database, the last of {at:%Y-%m-%d %H:%M} UTC, {found[0].name}"
    )


def _versions() -> Iterator[Finding]:
    text = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    if sqlite3.sqlite_version_info < SOUND_SQLITE:
        sound = ".".join(map(str, SOUND_SQLITE))
        advice = f"versions below {sound} can, very seldom, damage a file that several programs write to: keep backups"
        yield Finding("versions", "note", text, advice)
    else:
        yield Finding("versions", "fine", text)


def _rooms() -> Iterator[Finding]:
    """See whether the three packages of Abduce stand in one folder: the index has others of these names."""
    places = {name: _place(name) for name in ROOMS}
    if len(set(places.values())) == 1:
        yield Finding("rooms", "fine", f"all of Abduce is in {places['store']}")
        return
    listed = ", ".join(f"{name} in {place}" for name, place in places.items())
    advice = "install Abduce in an environment of its own, e.g. `pipx install abduce`"
    yield Finding("rooms", "wrong", f"packages of other programs stand in for its own: {listed}", advice)


def _place(room: str) -> str:
    spec = find_spec(room)
    return str(Path(spec.origin).parent.parent) if spec and spec.origin else "no folder"


def _settings() -> Iterator[Finding]:
    warnings = load_settings().warnings
    for warning in warnings:
        yield Finding("settings", "wrong", warning, "see docs/settings.md")
    if not warnings:
        yield Finding("settings", "fine", "all of them make sense")
