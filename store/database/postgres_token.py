"""What a transaction leaves behind on a PostgreSQL server, so that a commit without an answer can be looked up.

The number of a transaction does not tell, nor that of its journal entry: a server that crashes may give either to
another one when it is back.
"""

from __future__ import annotations

from dataclasses import dataclass
from secrets import token_hex
from typing import Final, Self

from sqlalchemy import Connection, Engine

from store.database.postgres_engine import reading_from

MAKE: Final = "CREATE TABLE abduce_saved (token text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())"
_BEGIN: Final = (
    "SELECT set_config('lock_timeout', %s, true), set_config('idle_in_transaction_session_timeout', %s, true),"
    " pg_current_xact_id()::text"
)
_LEAVE: Final = "WITH saved AS (INSERT INTO abduce_saved (token) VALUES (%s)) SELECT pg_notify(%s, %s)"
_GOES_ON: Final = (
    "SELECT CASE WHEN %(number)s::xid8 < pg_snapshot_xmax(pg_current_snapshot())"
    " THEN pg_xact_status(%(number)s::xid8) = 'in progress' ELSE false END"
)
_IS_THERE: Final = "SELECT EXISTS (SELECT FROM abduce_saved WHERE token = %s)"
_FORGET: Final = "DELETE FROM abduce_saved WHERE at < now() - interval '1 day'"


@dataclass(frozen=True, slots=True)
class Token:
    """The token of one transaction."""

    text: str
    number: str
    """Of the transaction, as long as the server is not started anew."""

    @classmethod
    def begin(cls, connection: Connection, lock_seconds: float, idle_seconds: float) -> Self:
        """Begin a transaction: say how long the server is to wait for locks and, if nothing happens, for its end."""
        limits = (f"{round(seconds * 1000)}ms" for seconds in (lock_seconds, idle_seconds))
        *_, number = connection.exec_driver_sql(_BEGIN, tuple(limits)).one()
        return cls(token_hex(16), number)

    def leave(self, connection: Connection, channel: str, mark: str) -> None:
        """Leave it, and give notice on a channel with a mark of whose it is, both with the commit."""
        connection.exec_driver_sql(_LEAVE, (self.text, channel, mark))

    def is_left(self, engine: Engine) -> bool | None:
        """Look up whether it was left, so that the transaction was saved; None if that goes on still."""
        with reading_from(engine) as connection:
            if connection.exec_driver_sql(_GOES_ON, {"number": self.number}).scalar_one():
                return None
        with reading_from(engine) as connection:  # which sees what has ended until now
            return bool(connection.exec_driver_sql(_IS_THERE, (self.text,)).scalar_one())


def forget_old(connection: Connection) -> None:
    """Delete the tokens that nobody asks for any more."""
    connection.exec_driver_sql(_FORGET)
