"""A throwaway PostgreSQL server: `python tests/postgres.py COMMAND…` runs a command while one is there for its tests.

It needs the standard library only. The server listens on a socket in a folder of its own, and is gone with it.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMED = "ABDUCE_TESTS_POSTGRES"
"""The environment variable that names the server: a URL of its database, for a role that may do anything."""
USER = "abduce"
ACCESS = f"local all {USER} trust\nlocal replication {USER} trust\nlocal all all scram-sha-256\n"
"""Everybody but the tests themselves gives a password."""
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""For tests, which survive no power cut anyway."""


def programs() -> Path | None:
    """Return the folder of the server's programs; None if there are none."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    found_there = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found_there[-1].parent if found_there else None


def as_nobody_special() -> dict[str, Any]:
    """Return how to start a process as a user that PostgreSQL agrees to run as: it refuses root."""
    return {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}


class Server:
    """A server in a folder, which may be stopped and started again."""

    def __init__(self, folder: Path, *settings: str, of: Server | None = None) -> None:
        """Make its files, as those of a replica `of` another one that runs, if there is one."""
        found = programs()
        if found is None:
            raise SystemExit("found no PostgreSQL; expected Debian's package postgresql, or its programs on the path")
        self._programs, self.folder = found, folder
        folder.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        self._data = folder / "data"
        if of is None:
            asked: tuple[str, ...] = ("-U", USER, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "-A", "trust")
            self._run("initdb", "-D", str(self._data), *asked)
        else:
            asked = ("-h", str(of.folder), "-U", USER, "-R", "-X", "stream", "--checkpoint=fast", "--no-sync")
            self._run("pg_basebackup", "-D", str(self._data), *asked)
        (self._data / "pg_hba.conf").write_text(ACCESS)
        given = ("listen_addresses=''", f"unix_socket_directories='{folder}'", "max_connections=200", *settings)
        with (self._data / "postgresql.conf").open("a") as file:
            file.write("".join(f"{each}\n" for each in given))

    @property
    def url(self) -> str:
        """Its database, for whoever may do anything."""
        return f"postgresql://{USER}@/postgres?host={self.folder}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._run("pg_ctl", "-D", str(self._data), "-l", str(self.folder / "log"), "-w", "-s", "start")

    def stop(self, how: str = "fast") -> None:
        """Stop it: `smart`, `fast`, or `immediate`, which is as good as a crash."""
        self._run("pg_ctl", "-D", str(self._data), "-m", how, "-w", "-s", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self._programs / program), *arguments],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # the server itself keeps it open
            stderr=subprocess.DEVNULL if program == "pg_ctl" else subprocess.PIPE,
            cwd="/",
            **as_nobody_special(),
        )
        if done.returncode:
            raise SystemExit(f"{program} failed: {(done.stderr or b'').decode(errors='replace')}")


@contextmanager
def running(*settings: str, of: Server | None = None) -> Iterator[Server]:
    """Give a server that runs, a replica `of` another one if that is given, and remove it afterwards."""
    # A socket's path is short, so it is not in TMPDIR.
    folder = Path(tempfile.mkdtemp(prefix="abduce-postgres-", dir="/tmp"))
    try:
        server = Server(folder, *settings, of=of)
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    """Run a command with a server, unless one is named already."""
    if not command:
        raise SystemExit("expected a command")
    if os.environ.get(NAMED):
        return subprocess.run(command, check=False).returncode
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server does not stay
    with running(*FAST) as server:
        return subprocess.run(command, check=False, env={**os.environ, NAMED: server.url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
