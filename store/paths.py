"""Where things are kept: `ABDUCE_HOME` if set, else the platform's own folders."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from platformdirs import user_config_path, user_data_path

APP: Final = "abduce"
DATABASE_NAME: Final = "abduce.db"
SETTINGS_NAME: Final = "settings.toml"
REMEMBERED_NAME: Final = "remembered.json"
CRASH_LOG_NAME: Final = "crash.log"
SIDES: Final = ("-wal", "-shm", "-journal")
"""How the names of the files end that SQLite has beside a database."""
DRAFTS_NAME: Final = "drafts"


def path_of(text: str) -> Path:
    """Return the path that somebody typed, in which `~` is a home; `~name` without such a user is a folder's name."""
    try:
        return Path(text).expanduser()
    except RuntimeError:  # of that user no home is known
        return Path(text)


def absolute(path: Path) -> Path:
    """Return a path from the root on; where the folder one works in is gone, as it is."""
    try:
        return path.absolute()
    except OSError:
        return path


def data_folder() -> Path:
    """Return the folder of the database and what the program remembers; it need not exist."""
    if home := os.environ.get("ABDUCE_HOME"):
        return path_of(home)
    return user_data_path(APP, appauthor=False)


def config_folder() -> Path:
    """Return the folder of the settings file; it need not exist."""
    if home := os.environ.get("ABDUCE_HOME"):
        return path_of(home)
    return user_config_path(APP, appauthor=False)


def make_private(folder: Path) -> Path:
    """Create a folder, and those above it, readable by nobody else; leave an existing one as it is.

    Raises:
        OSError: it cannot be created.
    """
    if not folder.is_dir():
        make_private(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def default_database() -> Path:
    """Return the database file that is used when none is named."""
    return data_folder() / DATABASE_NAME


def side_files(database: Path) -> tuple[Path, ...]:
    """Return the files that SQLite has beside a database that is in use, or was when its program ended.

    They lie beside the file itself, where the path is a link to it.
    """
    real = database.resolve()
    return tuple(real.with_name(real.name + ending) for ending in SIDES)


def own_files(database: Path | None) -> Iterator[Path]:
    """Yield the files that the program works with, whether they are there or not: nothing may be exported onto them.

    A database on a server is no file of ours.
    """
    if database is not None:
        yield database
        yield from side_files(database)
    yield config_folder() / SETTINGS_NAME
    yield from (data_folder() / name for name in (REMEMBERED_NAME, CRASH_LOG_NAME))
    yield from (data_folder() / DRAFTS_NAME).glob("*")


def drafts_folder(database: str) -> Path:
    """Return the folder for unsaved text of a database, a path or a URL; it need not exist."""
    where = _without_password(database) if "://" in database else str(path_of(database).resolve())
    return data_folder() / DRAFTS_NAME / hashlib.sha256(where.encode()).hexdigest()[:16]


def _without_password(url: str) -> str:
    """Return what is the same of a database's URL whoever's password is in it."""
    place, _, asked = url.partition("://")[2].partition("?")
    who, _, where = place.rpartition("@")
    others = "&".join(each for each in asked.split("&") if each and not each.startswith("password="))
    return f"{who.partition(':')[0]}@{where}{'?' if others else ''}{others}"


def file_name_for(name: str) -> str:
    """Return a name for files that nothing else of another name has, and by which a person knows it."""
    return f"{re.sub(r'[^A-Za-z0-9-]', '_', name)[:80]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def replica_location() -> str:
    """Return the URL of a replica of the database that `ABDUCE_DB` names: `ABDUCE_DB_READ`; empty if there is none."""
    return os.environ.get("ABDUCE_DB_READ", "")


def password_in(location: str) -> str:
    """Return the password that a URL holds; empty if none does."""
    if "://" not in location:
        return ""
    try:
        parts = urlsplit(location)
    except ValueError:
        return ""
    asked = parse_qs(parts.query)
    return unquote(parts.password or "") or "".join(asked.get("password", [""]))


def database_location(option: str | None = None) -> str:
    """Return the database's path or URL: the `--db` option, else `ABDUCE_DB`, else the default file."""
    return option or os.environ.get("ABDUCE_DB") or str(default_database())
