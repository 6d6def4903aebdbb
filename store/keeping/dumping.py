"""A backup of a database on a PostgreSQL server, which its own `pg_dump` makes."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

from hypotheses.problems import Refused
from store.database import sqlite_file
from store.database.postgres_address import name_of, read_url, refuse_open_passwords
from store.disk import put_in_place, removed_on_failure, require_free
from store.errors import DatabaseProblem
from store.paths import own_files, password_in

_MARK: Final = b"PGDMP"
"""What a file of `pg_dump` begins with."""
INSTEAD: Final = "the server's own tools do that: pg_dump to back up, pg_restore to bring it back"


def dumped(location: str, target: Path | None, *, force: bool = False) -> Path:
    """Let `pg_dump` write the database of a URL into a file, and `pg_restore` read its contents; return the file.

    Raises:
        Refused: no file is named, or it may not be replaced.
        DatabaseProblem: the tools are not installed, or say that it failed.
    """
    url = read_url(location)
    refuse_open_passwords(url)
    if target is None:
        raise Refused("expected the name of a file for the backup of a database on a server")
    if not (shutil.which("pg_dump") and shutil.which("pg_restore")):
        raise DatabaseProblem(f"pg_dump is not installed; {INSTEAD}")
    if not target.parent.is_dir():
        raise Refused(f"there is no folder {target.parent} for the backup")
    require_free(target, sparing=own_files(None), force=force and _is_dump(target))
    temporary = target.with_name(f".{target.name}.part")
    temporary.unlink(missing_ok=True)
    # Whoever looks at the list of programs sees what they were called with, and not what they have around them.
    password = password_in(location)
    around = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    bare = url._replace(drivername="postgresql", password=None).difference_update_query(["password"])
    named = bare.render_as_string(hide_password=False)
    try:
        sqlite_file.make_new(temporary)
        with removed_on_failure(temporary):
            _run(["pg_dump", "--format=custom", f"--file={temporary}", f"--dbname={named}"], around, name_of(url))
            _run(["pg_restore", "--list", str(temporary)], around, name_of(url))
            with temporary.open("rb+") as file:
                os.fsync(file.fileno())
            temporary.replace(target)
    except OSError as error:
        raise Refused(f"no backup was made: {target} cannot be written ({error.strerror})") from error
    put_in_place(target)
    return target


def _is_dump(target: Path) -> bool:
    """Say whether a file is an older backup, which may be replaced."""
    try:
        with target.open("rb") as file:
            return file.read(len(_MARK)) == _MARK
    except OSError:
        return False


def _run(command: list[str], around: dict[str, str], name: str) -> None:
    # No shell reads it, and the names in it follow an option's equals sign.
    done = subprocess.run(command, env=around, capture_output=True, text=True, errors="replace", check=False)  # noqa: S603
    if done.returncode:
        said = " ".join(done.stderr.split())[:500]
        raise DatabaseProblem(f"no backup of {name} was made: {command[0]} says: {said}")
