"""Claims: does what a source states about a quantity or a gap follow from the numbers?"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from hypotheses.debate import OOM, Claim, Debate, Gap
from hypotheses.estimates.estimates import estimate
from hypotheses.problems import Malformed, Problem
from hypotheses.values.distributions import Lognormal, Normal, Point
from hypotheses.values.typed_values import parse_value

_OF_QUANTITY: Final = "quantity "
"""Before the symbol of a quantity where it stands among gaps; no symbol has a space in it."""
EXPECTED: Final = "expected a claim such as 230M, 100x, 2 OOM or 1 to 2 OOM"
_RATIO = re.compile(r"(?P<value>.*[^\s])\s*(?:x|×|times)", re.DOTALL)
_ORDERS = re.compile(r"(?P<value>.*[^\s])\s*(?:OOMs?|orders? of magnitude)", re.DOTALL)
_DIGITS = re.compile(r"(?:[0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """One claim beside what the numbers come to, both in the unit that is shown."""

    symbol: str
    claim: Claim
    unit: str
    stated: float
    """The claimed number; the middle of a claimed range."""
    computed: float
    """The median."""
    agrees: bool


def check_claims(debate: Debate) -> tuple[ClaimCheck, ...]:
    """Compare every claim with the median of its quantity or gap under the debate's convention.

    A claim agrees if the median would be rounded to it. The last digit it states is the last but the zeros a whole
    number ends in, and never before the second: 230M is anything from 225M to 235M, 10 from 9.5 to 10.5, 8.46 from
    8.455 to 8.465. A power of ten claimed of a gap in OOM (100x) states an order of magnitude only: from 1.5 to 2.5
    OOM, as does 2 OOM. A claimed range agrees with all that lies in it, each end rounded like that.

    Claims that cannot be read, or whose gap or quantity is not available, are left out; `check_model` lists both.
    """
    claimed = _claimed(debate)
    results = estimate(replace(debate, gaps={**debate.gaps, **claimed}), only=claimed)
    checks = []
    for key, gap in claimed.items():
        if gap.claim is None or key not in results.gaps:
            continue
        try:
            low, stated, high = read_claim(gap.claim.value, gap.unit)
        except Malformed:
            continue
        computed = results.gaps[key].now.median
        checks.append(ClaimCheck(_symbol(key), gap.claim, gap.unit, stated, computed, low <= computed <= high))
    return tuple(checks)


def claim_problems(debate: Debate) -> list[Problem]:
    """Return a problem for every claim that cannot be read."""
    problems = []
    for key, gap in _claimed(debate).items():
        if gap.claim is not None:
            try:
                read_claim(gap.claim.value, gap.unit)
            except Malformed as error:
                owner = "quantities" if key.startswith(_OF_QUANTITY) else "gaps"
                problems.append(Problem("bad-claim", f"{owner}.{_symbol(key)}.claim.value", str(error)))
    return problems


def _claimed(debate: Debate) -> dict[str, Gap]:
    """Return everything with a claim as gaps: a quantity is the gap whose formula is its symbol."""
    quantities = {
        _OF_QUANTITY + symbol: Gap(_OF_QUANTITY + symbol, symbol, unit=quantity.unit, claim=quantity.claim)
        for symbol, quantity in debate.quantities.items()
        if quantity.claim is not None
    }
    return quantities | {symbol: gap for symbol, gap in debate.gaps.items() if gap.claim is not None}


def _symbol(key: str) -> str:
    return key.removeprefix(_OF_QUANTITY)


def read_claim(text: str, unit: str) -> tuple[float, float, float]:
    """Return the lowest value that agrees with a claim, the stated one and the highest, in this unit.

    Raises:
        Malformed: it cannot be read.
    """
    claimed = text.strip()
    if unit == OOM and (match := _RATIO.fullmatch(claimed)):
        return _ratio(match["value"], claimed)
    if unit == OOM and (match := _ORDERS.fullmatch(claimed)):
        return _plain(match["value"], claimed)
    return _plain(claimed.removesuffix(unit).strip() if unit else claimed, claimed)


def _ratio(value: str, whole: str) -> tuple[float, float, float]:
    low, stated, high = _plain(value, whole)
    if low <= 0:
        raise Malformed(f"{whole!r} is not a ratio above zero; {EXPECTED}")
    order = math.log10(stated)
    if isinstance(parse_value(value), Point) and order.is_integer():
        return order - 0.5, order, order + 0.5
    return math.log10(low), order, math.log10(high)


def _plain(value: str, whole: str) -> tuple[float, float, float]:
    distribution = parse_value(value)
    digits = _DIGITS.findall(value)
    if isinstance(distribution, Point):
        half = _half_of_last_digit(digits[0], distribution.value)
        return distribution.value - half, distribution.value, distribution.value + half
    if not isinstance(distribution, Lognormal | Normal) or len(digits) != 2:
        raise Malformed(f"{whole!r} is neither a number nor a range; {EXPECTED}")
    low = distribution.low - _half_of_last_digit(digits[0], distribution.low)
    high = distribution.high + _half_of_last_digit(digits[1], distribution.high)
    return low, (distribution.low + distribution.high) / 2, high


def _half_of_last_digit(digits: str, value: float) -> float:
    """Return half the worth of the last digit that a written number states; `value` is it with its suffix."""
    number = Decimal(digits.replace(",", ""))
    place = int(number.as_tuple().exponent)
    if place == 0:
        whole = str(int(number))
        place = len(whole) - max(len(whole.rstrip("0")), min(2, len(whole)))
    scale = abs(value) / float(number) if number else 1.0
    return scale * 10.0**place / 2
