"""The ranking: the plausibilities, highest first, and every notation a plausibility is typed in."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from hypotheses.debate import Debate, Hypothesis
from hypotheses.problems import Malformed

WORDS: Final = (
    "almost no chance",
    "very unlikely",
    "unlikely",
    "roughly even chance",
    "likely",
    "very likely",
    "almost certain",
)
WORD_ENDS: Final = (0.05, 0.20, 0.45, 0.55, 0.80, 0.95)
"""The words of ICD 203, "Analytic Standards" (Office of the Director of National Intelligence, 2015),
section D.6.e.2.a, and the plausibilities where one gives way to the next. The directive gives both
neighbours the shared end; here it belongs to the higher word."""

EXPECTED: Final = "expected a plausibility such as 60%, 0.6, 3:2 or 1 in 5"

_NUMBER = r"(\d+(?:\.\d*)?|\.\d+)"
_PERCENT = re.compile(rf"{_NUMBER}\s*%")
_ODDS = re.compile(rf"{_NUMBER}\s*:\s*{_NUMBER}")
_ONE_IN = re.compile(rf"{_NUMBER}\s+in\s+{_NUMBER}", re.IGNORECASE)
_PLAIN = re.compile(_NUMBER)


def parse_plausibility(text: str) -> float:
    """Read `60%`, `0.6`, `3:2` (odds) or `1 in 5` as a number 0..1.

    Raises:
        Malformed: the text is none of these, or lies outside 0..1.
    """
    typed = text.strip()
    if match := _PERCENT.fullmatch(typed):
        value = float(match[1]) / 100
    elif match := _ODDS.fullmatch(typed):
        value = _share(float(match[1]), float(match[1]) + float(match[2]), typed)
    elif match := _ONE_IN.fullmatch(typed):
        value = _share(float(match[1]), float(match[2]), typed)
    elif match := _PLAIN.fullmatch(typed):
        value = float(match[1])
    else:
        raise Malformed(f"{typed!r} is not a plausibility; {EXPECTED}")
    if not value <= 1:
        hint = f" (did you mean {typed}%?)" if _PLAIN.fullmatch(typed) and value <= 100 else ""
        raise Malformed(f"{typed!r} is more than certain{hint}; {EXPECTED}")
    return value


def _share(part: float, whole: float, typed: str) -> float:
    if whole == 0:
        raise Malformed(f"{typed!r} divides by zero; {EXPECTED}")
    return part / whole


def format_plausibility(value: float) -> str:
    """Write a plausibility as a percentage: whole, or with the digits it takes below 1% and above 99%."""
    near = round(value, 6)  # 99.9 / 100 is a little more than 0.999
    if value in (0, 1) or 0.01 <= near <= 0.99:
        return f"{value:.0%}"
    shown = f"{value:.1%}".replace(".0%", "%") if 0.001 <= near <= 0.999 else f"{value:.2%}"
    if shown == "0.00%":
        return "<0.01%"
    return ">99.99%" if shown == "100.00%" else shown


def format_span(span: tuple[float, float]) -> str:
    """Write the lowest and the highest of some plausibilities in whole percent, `59–98`; nothing if they are equal."""
    low, high = span
    return f"{100 * low:.0f}–{100 * high:.0f}" if low != high else ""


def word(value: float) -> str:
    """Return the ICD 203 word for a plausibility as it is shown, e.g. `likely` for 0.6: 0.449 is shown as 45%."""
    shown = float(f"{value:.0%}"[:-1]) / 100 if 0.01 <= value <= 0.99 else value
    return WORDS[bisect_right(WORD_ENDS, shown)]


def ranked(debate: Debate) -> tuple[Hypothesis, ...]:
    """Return the hypotheses, most plausible first; ties by position."""
    return tuple(sorted(debate.hypotheses.values(), key=lambda h: (-h.plausibility, h.position)))


def with_plausibility(debate: Debate, slug: str, plausibility: float) -> Mapping[str, Hypothesis]:
    """Give one hypothesis a plausibility; return every hypothesis that this changes.

    In an exclusive debate the plausibilities and the share of "none of these" sum to 1, so the others
    (and that share) keep their proportions in what is left: p' = p (1 - new) / (1 - old).

    Raises:
        KeyError: there is no such hypothesis.
    """
    target = debate.hypotheses[slug]
    changed = {slug: replace(target, plausibility=plausibility, placeholder=False)}
    if debate.mode == "exclusive" and plausibility != target.plausibility:
        others = [h for h in debate.hypotheses.values() if h.slug != slug]
        left, before = 1 - plausibility, 1 - target.plausibility
        for other in others:
            # Nothing was left for the others, so they have no proportions to keep: equal shares,
            # one of them for "none of these".
            share = other.plausibility * left / before if before > 0 else left / (len(others) + 1)
            changed[other.slug] = replace(other, plausibility=share)
    return changed


def moved(debate: Debate, slug: str, rank: int) -> Mapping[str, Hypothesis]:
    """Move one hypothesis to a rank (1 is the top) and return every hypothesis that this changes.

    Passing a neighbour exchanges the two plausibilities (and positions, which order ties), so the
    plausibilities stay where they are and the hypotheses move over them. That is a statement about all that
    change places: none of them has a starting figure any more.

    Raises:
        KeyError: there is no such hypothesis.
        Malformed: there is no such rank.
    """
    before = ranked(debate)
    if not 1 <= rank <= len(before):
        raise Malformed(f"there is no rank {rank}; expected 1 to {len(before)}")
    target = debate.hypotheses[slug]
    after = [h for h in before if h.slug != slug]
    after.insert(rank - 1, target)
    positions = [h.position for h in before]
    if len(set(positions)) < len(positions):
        positions = list(range(len(before)))  # a file need not say any: what shares one could not pass another
    return {
        h.slug: replace(
            h,
            plausibility=seat.plausibility,
            position=position,
            placeholder=h.placeholder and h.slug == seat.slug,
        )
        for h, seat, position in zip(after, before, positions, strict=True)
        if h.slug != seat.slug or h.position != position
    }


def none_of_these(debate: Debate) -> float:
    """Return what an exclusive debate leaves for "none of these"."""
    left = 1 - math.fsum(h.plausibility for h in debate.hypotheses.values())
    return max(0.0, round(left, 12))
