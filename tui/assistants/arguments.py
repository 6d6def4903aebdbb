"""What a tool is given: each argument declared once, for the schema that an assistant reads and for the reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from hypotheses.problems import Malformed, NotFound
from hypotheses.reports.json import Shape
from hypotheses.rules import NAME_LENGTH

FARTHEST: Final = 1_000_000
"""So many items of a list can be passed over."""
MOST_NAMES: Final = 20
"""So many names, or values to try, a list may have."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a tool."""

    name: str
    about: str
    """What it is, for whoever gives it."""
    schema: Mapping[str, Any]
    """What it looks like, as JSON Schema has it."""
    read: Callable[[object], Any]
    """Returns what may come in; raises Malformed for anything else."""
    usual: object = None
    """What it is where it is not given."""
    required: bool = False


def schema_of(wanted: Sequence[Argument]) -> Shape:
    """Return the JSON Schema of the arguments of a tool."""
    return {
        "type": "object",
        "properties": {one.name: {**one.schema, "description": one.about} for one in wanted},
        "required": [one.name for one in wanted if one.required],
        "additionalProperties": False,
    }


def taken(given: Mapping[str, object], wanted: Sequence[Argument]) -> dict[str, Any]:
    """Return the value of every argument of a tool.

    Raises:
        NotFound: one is given that the tool does not take.
        Malformed: one is missing, or cannot be read; the sentence begins with its name.
    """
    names = [one.name for one in wanted]
    for name in given:
        if name not in names:
            raise NotFound("argument", name[:60], names)
    return {one.name: _value(one, given) for one in wanted}


def _value(one: Argument, given: Mapping[str, object]) -> object:
    value = given.get(one.name)
    if value is None:
        if one.required:
            raise Malformed(f"{one.name}: found nothing; expected {one.about[0].lower()}{one.about[1:].rstrip('.')}")
        return one.usual
    try:
        return one.read(value)
    except Malformed as refused:
        raise Malformed(f"{one.name}: {refused}") from refused


def text(most: int) -> Callable[[object], str]:
    """Return what reads a text of at most so many characters."""

    def read(value: object) -> str:
        if not isinstance(value, str):
            raise Malformed(f"found {_kind(value)}; expected a text")
        if len(value) > most:
            raise Malformed(f"found {len(value):,} characters; expected at most {most:,}")
        return value

    return read


def place(value: object) -> int:
    """Read how many to pass over."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Malformed(f"found {_kind(value)}; expected a whole number")
    if not 0 <= value <= FARTHEST or value != int(value):
        raise Malformed(f"found {value:.6g}; expected a whole number from 0 to {FARTHEST:,}")
    return int(value)


def names(value: object) -> tuple[str, ...]:
    """Read a list of names, each once."""
    if not isinstance(value, list):
        raise Malformed(f"found {_kind(value)}; expected a list of names")
    for one in _few(value):
        if not isinstance(one, str):
            raise Malformed(f"found {_kind(one)} in it; expected a list of names")
    return tuple(dict.fromkeys(map(_NAME, value)))


_NAME: Final = text(NAME_LENGTH)


def values(value: object) -> dict[str, str]:
    """Read values by name, each as it would be typed; a number is taken as one is."""
    if not isinstance(value, dict):
        raise Malformed(f"found {_kind(value)}; expected an object such as {{'people': '8M to 9M'}}")
    for name, typed in _few(value).items():
        _NAME(name)
        if isinstance(typed, bool) or not isinstance(typed, str | int | float):
            raise Malformed(f"{name}: found {_kind(typed)}; expected a value such as '8M to 9M'")
    return {name: str(typed) for name, typed in value.items()}


def one_of(words: Sequence[str]) -> Callable[[object], str]:
    """Return what reads one of some words."""

    def read(value: object) -> str:
        if (word := _NAME(value)) not in words:
            raise Malformed(f"found {word!r}; expected {', '.join(words)}")
        return word

    return read


def some_of(words: Sequence[str]) -> Callable[[object], tuple[str, ...]]:
    """Return what reads a list of some words."""
    read = one_of(words)
    return lambda value: tuple(map(read, names(value)))


def _few(value: Any) -> Any:  # noqa: ANN401 - the same list or object, if it is short enough
    if len(value) > MOST_NAMES:
        raise Malformed(f"found {len(value):,}; expected at most {MOST_NAMES}")
    return value


def _kind(value: object) -> str:
    """Say what kind of JSON value something is."""
    match value:
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case list():
            return "a list"
        case _:
            return "an object"
