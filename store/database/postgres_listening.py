"""Hears when another program has written to a PostgreSQL database, by LISTEN."""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Final, cast

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from store.database.postgres_engine import pass_over

if TYPE_CHECKING:
    import psycopg

CHANNEL: Final = "abduce"
"""What every transaction that writes is told on; a database has its own."""
AGAIN: Final = 2.0
"""Seconds until a server that went away is tried again."""


class Listener:
    """A thread with a connection of its own. Behind a pooler that lends connections by transaction it hears nothing."""

    def __init__(self, engine: Engine, own: str, told: Callable[[], object]) -> None:
        """Listen from now on, and call `told`, in the thread, whenever anything was written but with our `own` mark.

        It is called once as it begins, too: of what was written until then nobody has told.
        """
        self._engine = engine
        self._own = own
        self._told = told
        self._ended = threading.Event()
        self._wake, self._woken = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name="abduce-listen", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Listen no longer."""
        self._ended.set()
        with suppress(OSError):
            self._wake.send(b"x")
        if self._thread is not threading.current_thread():
            self._thread.join(timeout=1)

    def _run(self) -> None:
        try:
            while not self._ended.is_set():
                # Without a server, whoever looks says so.
                with suppress(DBAPIError, self._engine.dialect.loaded_dbapi.Error):
                    self._listen()
                self._ended.wait(AGAIN)
        finally:
            self._wake.close()
            self._woken.close()

    def _listen(self) -> None:
        pooled = self._engine.raw_connection()
        connection = cast("psycopg.Connection", pooled.driver_connection)
        pooled.detach()  # while it listens nobody else can use it
        with closing(connection):
            connection.remove_notify_handler(pass_over)
            connection.autocommit = True
            connection.execute(f"LISTEN {CHANNEL}")
            self._told()
            while not self._ended.is_set():
                ready, _, _ = select.select([connection.fileno(), self._woken.fileno()], [], [])
                heard = connection.notifies(timeout=0) if connection.fileno() in ready else ()
                if {notice.payload for notice in heard} - {self._own}:
                    self._told()
