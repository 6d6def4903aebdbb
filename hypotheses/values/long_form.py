"""The long form of a value, as files may spell it out: a mapping with a shape and its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from hypotheses.problems import Malformed
from hypotheses.values.amounts import EXPECTED, parse_number
from hypotheses.values.distributions import INTERVAL
from hypotheses.values.typed_shapes import not_a_shape
from hypotheses.values.typed_values import parse_value
from hypotheses.values.writing import format_value, write_number


def value_from_parts(parts: Mapping[str, object]) -> str:
    """Turn the long form of a value into its one text notation.

    Args:
        parts: e.g. `{shape: normal, low: 0.5, high: 1.5, interval: 0.8}` or `{low: 1, mid: 2, high: 4}`; numbers may
            be text with suffixes. A mixture has `parts`, each with a `weight` and a value in long form or as `value`.

    Raises:
        Malformed: a part is missing, unknown or of the wrong kind.
    """
    return format_value(parse_value(_long_form(parts)))


_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "point": ("value",),
    "lognormal": ("low", "mid", "high", "interval"),
    "normal": ("low", "mid", "high", "interval"),
    "uniform": ("low", "high"),
    "loguniform": ("low", "high"),
    "triangular": ("low", "mode", "high"),
    "pert": ("low", "mode", "high"),
    "beta": ("alpha", "beta"),
    "gamma": ("count", "scale"),
    "poisson": ("rate",),
    "samples": ("values",),
    "mixture": ("parts",),
    "": ("value", "low", "mid", "high", "interval"),
}
LONG_FORM: Final = frozenset({"shape", *(key for keys in _KEYS.values() for key in keys)})
"""Everything that the long form of a value may say."""


def _long_form(parts: Mapping[str, object]) -> str:
    shape = str(parts.get("shape", "")).lower()
    if shape not in _KEYS:
        raise Malformed(not_a_shape(shape))
    given = {key: part for key, part in parts.items() if key != "shape"}
    if unknown := [key for key in given if key not in _KEYS[shape]]:
        raise Malformed(f"a {shape or 'value'} has no {unknown[0]!r}; expected {', '.join(_KEYS[shape])}")
    optional = ("mid", "interval") if shape else _KEYS[""]
    if missing := [key for key in _KEYS[shape] if key not in given and key not in optional]:
        raise Malformed(f"a {shape} lacks {missing[0]!r}; expected {', '.join(_KEYS[shape])}")
    if shape == "mixture":
        return f"mixture({', '.join(_weighted(part) for part in _listed(given['parts'], 'parts'))})"
    if shape == "samples":
        return f"samples({', '.join(_text(value) for value in _listed(given['values'], 'values'))})"
    if shape in ("triangular", "pert", "beta", "gamma", "poisson"):
        return f"{shape}({', '.join(_text(given[key]) for key in _KEYS[shape])})"
    return _ranged_form(shape, given)


def _ranged_form(shape: str, given: Mapping[str, object]) -> str:
    if "value" in given and len(given) == 1:
        return _text(given["value"])
    if not ({"low", "high"} <= set(given) and "value" not in given):
        raise Malformed(f"found {', '.join(given) or 'nothing'}; expected low and high, or a value")
    text = f"{_text(given['low'])} to {_text(given['high'])}"
    if "mid" in given:
        text = f"{_text(given['mid'])} ({text})"
    if "interval" in given:
        width = parse_number(_text(given["interval"]))
        text += f" @{write_number(100 * width)}%" if width != INTERVAL else ""
    return f"{shape} {text}".strip()


def _weighted(part: object) -> str:
    if not isinstance(part, Mapping) or "weight" not in part:
        raise Malformed(f"{part!r} is not a part of a mixture; expected a weight and a value")
    rest = {key: value for key, value in part.items() if key != "weight"}
    return f"{_text(part['weight'])}: {_long_form(rest)}"


def _listed(value: object, what: str) -> Sequence[object]:
    if not isinstance(value, list | tuple) or not value:
        raise Malformed(f"{value!r} is not a list of {what}; expected at least one")
    return value


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Malformed(f"{value!r} is not a number; {EXPECTED}")
    return value if isinstance(value, str) else write_number(float(value))
