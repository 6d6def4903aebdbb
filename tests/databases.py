"""Databases of both engines for the tests: each in a file or in a schema of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from tempfile import TemporaryDirectory

import pytest

from tests.postgres import NAMED

_NUMBERS = count()


ENGINES = ("sqlite", "postgresql")


@contextmanager
def place(engine: str) -> Iterator[str]:
    """Name a database of an engine that is not there yet, for as long as it is needed."""
    if engine == "postgresql":
        with schema() as url:
            yield url
    else:
        with TemporaryDirectory() as folder:
            yield f"{folder}/debates.db"


def server() -> str:
    """Return the URL of the PostgreSQL server that the tests may use; skip the test if there is none."""
    named = os.environ.get(NAMED)
    if not named:
        pytest.skip(f"no PostgreSQL server is named in {NAMED}: `python tests/postgres.py make test` starts one")
    return named


@contextmanager
def schema() -> Iterator[str]:
    """Give the URL of a new schema on the server."""
    import psycopg

    name, url = f"test_{os.getpid()}_{next(_NUMBERS)}", server()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
        try:
            yield f"{url}&options=-csearch_path%3D{name}"
        finally:
            connection.execute("SET lock_timeout = '5s'")
            connection.execute("SET client_min_messages = warning")
            connection.execute(f"DROP SCHEMA {name} CASCADE")
