"""Several things typed in one field: a line for each, `name = what it is`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from hypotheses.problems import AbduceError, Malformed

Value = TypeVar("Value")


def read_lines(text: str, expected: str, read: Callable[[str, str], Value]) -> Iterator[tuple[str, Value]]:
    """Read what stands before and behind the `=` of every line; blank ones say nothing.

    Args:
        text: What was typed.
        expected: What a line looks like, for the message.
        read: Makes a value of both; raises AbduceError.

    Raises:
        Malformed: a line cannot be read; says which, and what is wrong with it.
    """
    names: set[str] = set()
    for number, line in enumerate(text.splitlines(), 1):
        name, sign, said = (part.strip() for part in line.partition("="))
        if not line.strip():
            continue
        try:
            if not (name and sign and said):
                raise Malformed(f"found {line.strip()!r}; expected {expected}")
            if name in names:
                raise Malformed(f"found {name!r} twice; expected it once")
            names.add(name)
            yield name, read(name, said)
        except AbduceError as wrong:
            raise Malformed(f"line {number}: {wrong}") from wrong
