"""Names of tables and columns in a statement, which no parameter of it can be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
"""How we name things; what is in a database that somebody sent may be called otherwise, and is not asked for."""


def with_names(statement: str, **names: str | Iterable[str]) -> str:
    """Put names in quotes into a statement, in the places of `{these}`; several stand with commas between.

    Raises:
        ValueError: one is no name such as ours are.
    """
    return statement.format(**{place: _quoted(each) for place, each in names.items()})


def _quoted(names: str | Iterable[str]) -> str:
    listed = [names] if isinstance(names, str) else list(names)
    for name in listed:
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name of a table or column of ours")
    return ", ".join(f'"{name}"' for name in listed)
