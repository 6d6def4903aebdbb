"""Strict JSON: no `NaN`, no number beyond all bounds, no two values for one key, and no deeper than anybody needs."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any, Final, NoReturn

from hypotheses.problems import Malformed

DEEPEST: Final = 100


def read_json(text: str) -> Any:  # noqa: ANN401 -- any JSON value
    """Read one JSON value.

    Raises:
        Malformed: it is not JSON, or JSON of a kind that is refused.
    """
    start = _skip(text, 0)
    value, end = read_value(text, start)
    if _skip(text, end) != len(text):
        raise Malformed("this is not JSON: there is more behind its end")
    return value


def read_value(text: str, start: int) -> tuple[Any, int]:
    """Read the value that begins at `start`; return it and where it ends.

    Raises:
        Malformed: it is not JSON, or JSON of a kind that is refused.
    """
    try:
        value, end = _DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        raise Malformed(f"this is not JSON: {error.msg[:1].lower()}{error.msg[1:]} (line {error.lineno})") from None
    except RecursionError:
        raise _too_deep() from None
    except Malformed:
        raise
    except ValueError:
        # A whole number of thousands of digits.
        raise Malformed("found a number with too many digits") from None
    _check_depth(value)
    return value, end


def read_items(text: str) -> Iterator[tuple[int, Any]]:
    """Yield the items of a list, or the one value that stands there, each with its line.

    Raises:
        Malformed: what comes next is not JSON, or JSON of a kind that is refused.
    """
    at = _skip(text, 0)
    if not text.startswith("[", at):
        yield _line(text, at), read_json(text)
        return
    line, counted = 1, 0
    at = _skip(text, at + 1)
    while not text.startswith("]", at):
        line, counted = line + text.count("\n", counted, at), at
        value, at = read_value(text, at)
        yield line, value
        at = _skip(text, at)
        if text.startswith(",", at):
            at = _skip(text, at + 1)
        elif not text.startswith("]", at):
            raise Malformed(f"this is not JSON: expected , or ] (line {_line(text, at)})")
    if _skip(text, at + 1) != len(text):
        raise Malformed("this is not JSON: there is more behind its end")


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Malformed(f"{name[:40]!r} stands twice in one place; expected it once")
        found[name] = value
    return found


def _constant(name: str) -> NoReturn:
    raise Malformed(f"found {name}; expected a number")


def _float(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise Malformed(f"found {digits[:40]}; expected a smaller number")
    return number


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_pairs, parse_constant=_constant, parse_float=_float)


def _check_depth(value: object) -> None:
    level = [value]
    for _ in range(DEEPEST + 1):
        level = [
            inner
            for outer in level
            if isinstance(outer, (dict, list))
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return
    raise _too_deep()


def _too_deep() -> Malformed:
    return Malformed(f"values are nested more than {DEEPEST} deep")
