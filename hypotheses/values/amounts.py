"""Numbers as they are typed: `890M`, `1.5 million`, `3×10^6`, `1 000 000`, `$5M`, `1/3`, `8:10`, `1 in 4`."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import Final

from hypotheses.currency import currency_of
from hypotheses.problems import Malformed
from hypotheses.values.writing import SUFFIXES

EXPECTED: Final = "expected a value such as 890M, 8.9e8, 45% or 30B to 300B"
_JOINING: Final = ("to", "and", "in", "of")
"""Words that join numbers: one at the end is no suffix, but something is missing after it."""
_WORDS: Final = {
    "thousand": 3,
    "million": 6,
    "mln": 6,
    "mn": 6,
    "billion": 9,
    "bn": 9,
    "trillion": 12,
    "tn": 12,
    "percent": -2,
}
"""The exponents of ten that words stand for."""

_SPACES = "[ \u00a0\u2007\u2009\u202f]"
_DIGITS = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{1,3}}(?:{_SPACES}[0-9]{{3}})+(?![0-9])|[0-9]*)"
_NUMBER = re.compile(
    rf"(?P<sign>[-+]?)\s*(?P<whole>{_DIGITS})(?P<part>\.[0-9]*)?"
    r"(?:[eE](?P<exponent>[-+]?[0-9]{1,4}))?"
    r"(?:\s*[×x*·]\s*10\s*(?:\^|\*\*)\s*(?P<power>[-+]?[0-9]{1,4}))?\s*(?P<suffix>[A-Za-z%]*)"
)
_TEN_TO_THE = re.compile(r"(?P<sign>[-+]?)10\s*(?:\^|\*\*)\s*(?P<power>[-+]?[0-9]{1,4})(?P<rest>.*)")
_PLAIN = re.compile(r"[-+]?(?:[0-9]*\.?[0-9]+|[0-9]+\.)")
_IN = re.compile(r"\bin\b")
_PARTED = re.compile(r"(?P<left>.+?)(?:/|:|\bin\b)(?P<right>.+)", re.DOTALL)
_BAD_GROUPS = re.compile(r"[-+]?[0-9]+(,[0-9]*)+(\.[0-9]*)?\s*[A-Za-z%]?")


def parse_number(text: str) -> float:
    """Read one number: digits in groups, decimals, a power of ten, a suffix or word, a currency sign; or a quotient.

    Raises:
        Malformed: it is not a number or too large or small to be kept.
    """
    typed = text.strip()
    plain = _without_currency(typed)
    if plain.lstrip("+-").startswith("10") and (ten := _TEN_TO_THE.fullmatch(plain)):
        plain = f"{ten['sign']}1e{ten['power']}{ten['rest']}"
    match = _NUMBER.fullmatch(plain)
    if match is None and (parted := _PARTED.fullmatch(plain)):
        return _quotient(typed, *map(str.strip, parted.groups()))
    sign, whole, part, exponent, power, suffix = match.groups("") if match else ("",) * 6
    mantissa = re.sub(rf",|{_SPACES}", "", whole) + part
    if mantissa in ("", "."):
        raise Malformed(_not_a_number(typed))
    if suffix.lower() in _JOINING:
        raise Malformed(_not_a_number(typed))
    size = SUFFIXES.get(suffix, _WORDS.get(suffix.lower()))
    if size is None:
        capital = f" (did you mean {typed[:-1]}{suffix.upper()}?)" if suffix.upper() in SUFFIXES else ""
        raise Malformed(
            f"{typed!r} ends in an unknown suffix{capital}; expected %, K, M, B, G or T, or million and such"
        )
    value = float(f"{sign}{mantissa}e{int(exponent or 0) + int(power or 0) + size}")
    if math.isinf(value) or (value == 0 and mantissa.strip("0.")):
        raise Malformed(f"{typed!r} is too {'large' if value else 'small'} to compute with; {EXPECTED}")
    return value


def _quotient(typed: str, left: str, right: str) -> float:
    """Read `1/3`, `8:10` or `1 in 4`; a suffix after a fraction is the fraction's: `1/2 million` is 500K."""
    over, under = (_part(typed, part) for part in (left, right))
    suffix = suffix_of(right)
    if suffix and not suffix_of(left) and not _IN.search(typed):
        over, under = parse_number(f"{left} {suffix}"), parse_number(right.removesuffix(suffix))
    if under == 0 or not math.isfinite(over / under):
        raise Malformed(f"{typed!r} divides by {right}; {EXPECTED}")
    return over / under


def _part(typed: str, text: str) -> float:
    if _NUMBER.fullmatch(text.strip()) is None:
        raise Malformed(_not_a_number(typed))
    return parse_number(text)


def _without_currency(text: str) -> str:
    """Return a number without its currency sign, which may stand before or after it."""
    sign = currency_of(text)
    if not sign or text.count(sign) > 1:
        return text
    before, after = (part.strip() for part in text.split(sign))
    return before + after if before in ("", "-", "+") or not after else text


def _not_a_number(typed: str) -> str:
    if not typed:
        return f"a number is missing; {EXPECTED}"
    if _BAD_GROUPS.fullmatch(typed):
        plain = typed.replace(",", "")
        decimal = f" or {typed.replace(',', '.')}" if typed.count(",") == 1 and "." not in typed else ""
        return f"{typed!r} has a comma that does not group thousands; expected {plain}{decimal}"
    return f"{typed!r} is not a number; {EXPECTED}"


def shared_suffix(*texts: str) -> str:
    """Return the suffix that counts for all of some numbers though only the last one has it; empty if none does."""
    suffix = suffix_of(texts[-1])
    if not suffix or any(map(suffix_of, texts[:-1])) or not any(map(is_plain, texts[:-1])):
        return ""
    scaled = [parse_number(f"{text} {suffix}" if is_plain(text) else text) for text in texts]
    return suffix if all(low < high for low, high in pairwise(scaled)) else ""


def suffix_of(text: str) -> str:
    """Return the suffix or word a number ends in; empty if there is none."""
    match = _NUMBER.fullmatch(_without_currency(text))
    return match["suffix"] if match else ""


def is_plain(text: str) -> bool:
    """Return whether a number is digits alone, but for a currency sign."""
    return _PLAIN.fullmatch(_without_currency(text)) is not None
