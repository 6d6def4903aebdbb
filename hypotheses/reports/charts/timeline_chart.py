"""What the evidence implied over time as a chart: a line for each explanation, with a step at each date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from hypotheses.debate import Debate, Hypothesis
from hypotheses.ranking import format_plausibility, ranked
from hypotheses.reports.charts.colours import SERIES
from hypotheses.reports.charts.scales import Scale
from hypotheses.reports.charts.svg import SMALL, WIDE, cut, line, mark, number, picture, words_at
from hypotheses.steps import Step
from hypotheses.timeline import last_day

_TOP, _HEIGHT, _LEFT = 12.0, 240.0, 40.0
_APART: Final = 16.0
"""The least between the names of two lines."""
_MONTH, _YEAR = 31, 372
"""Days, where every month has 31: near enough to draw."""
_YEARS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_MONTHS: Final = (1, 2, 3, 6)


def timeline_chart(debate: Debate, made: Sequence[Step], *, width: float = WIDE, name: str = "timeline") -> str:
    """Draw what the evidence implied as of each date, by the steps of a debate, for its most plausible ones."""
    shown = ranked(debate)[:SERIES]
    names = 150.0 if width >= WIDE else 96.0
    dated = [step for step in made if step.date]
    days = [_day(step.date) for step in dated]
    first, last = (days[0], days[-1]) if days else (0, 1)
    edge = max((last - first) * 0.03, 10.0)
    scale = Scale(first - edge, last + edge, _LEFT, width - _LEFT - names - 8)
    bottom = _TOP + _HEIGHT
    parts = []
    for percent in (0, 25, 50, 75, 100):
        y = _height(percent / 100)
        parts += [
            line(_LEFT, y, scale.start + scale.length, y, "grid"),
            words_at(_LEFT - 6, y + 4, f"{percent}%", "quiet", anchor="end", size=SMALL),
        ]
    parts += _dates(scale, bottom, width)
    parts += [line(x, bottom, x, bottom + 5, "axis") for x in dict.fromkeys(round(scale.at(day)) for day in days)]
    ends = {h.slug: _height(made[-1].implied[h.slug]) for h in shown} if made else {}
    for place, h in enumerate(shown if made else ()):
        levels = [step.implied[h.slug] for step in made if step.date or step is made[0]]
        parts.append(mark("path", class_=f"line{place}", stroke_width=2, d=_path(scale, days, levels, made)))
    parts += _names(shown, _spread(ends), scale.start + scale.length + 8, names)
    about = _about(shown, made)
    return picture(width, bottom + 30, parts, name=name, title="What the evidence implied over time", about=about)


def _day(date: str) -> int:
    year, month, day = map(int, last_day(date).split("-"))
    return year * _YEAR + (month - 1) * _MONTH + day - 1


def _height(p: float) -> float:
    return _TOP + (1 - p) * _HEIGHT


def _path(scale: Scale, days: Sequence[int], levels: Sequence[float], made: Sequence[Step]) -> str:
    """Return a line that steps at each date; the start, which has none, comes before the first."""
    before, after = (levels[0], levels[1:]) if not made[0].date else (levels[0], levels)
    path = f"M{number(scale.start)} {number(_height(before))}"
    last = {number(scale.at(day)): number(_height(level)) for day, level in zip(days, after, strict=True)}
    path += "".join(f"H{x}V{y}" for x, y in last.items())
    return path + f"H{number(scale.start + scale.length)}"


def _dates(scale: Scale, bottom: float, width: float) -> Iterator[str]:
    """Write round years under the axis, or months where there are few."""
    most = 7 if width >= WIDE else 3
    low, high = int(scale.low), int(scale.high)
    if high - low > 2 * _YEAR:
        size = next((size for size in _YEARS if (high - low) / _YEAR / size <= most), _YEARS[-1])
        years = range(-(-low // (_YEAR * size)) * size, high // _YEAR + 1, size)
        marks = [(year * _YEAR, f"{year:04}") for year in years]
    else:
        size = next((size for size in _MONTHS if (high - low) / _MONTH / size <= most), 12)
        months = range(-(-low // (_MONTH * size)) * size, high // _MONTH + 1, size)
        marks = [(month * _MONTH, f"{month // 12:04}-{month % 12 + 1:02}") for month in months]
    for day, label in marks:
        x = scale.at(day)
        yield line(x, _TOP, x, bottom, "grid")
        yield words_at(x, bottom + 20, label, "quiet", anchor="middle", size=SMALL)


def _spread(ends: Mapping[str, float]) -> dict[str, float]:
    """Return where names stand so that none covers another: as near to the end of their line as there is room."""
    placed: dict[str, float] = {}
    floor = _TOP
    for slug, y in sorted(ends.items(), key=lambda pair: pair[1]):
        placed[slug] = floor = max(y, floor)
        floor += _APART
    over = max(0.0, floor - _APART - _TOP - _HEIGHT)
    ceiling = _TOP + _HEIGHT if over else float("inf")
    for slug in reversed(placed):
        placed[slug] = min(placed[slug], ceiling)
        ceiling = placed[slug] - _APART
    return placed


def _names(shown: Sequence[Hypothesis], placed: Mapping[str, float], x: float, room: float) -> Iterator[str]:
    ranks = {h.slug: (rank, h) for rank, h in enumerate(shown, 1)}
    for slug, y in placed.items():
        rank, h = ranks[slug]
        yield words_at(x, y + 4, cut(f"{rank} {h.short_name}", room, SMALL), f"name{rank - 1}", size=SMALL)


def _about(shown: Sequence[Hypothesis], made: Sequence[Step]) -> str:
    if not made:
        return "There is no evidence yet."
    since = next((step.date for step in made if step.date), "")
    told = "; ".join(
        f"{h.title}: {format_plausibility(made[0].implied[h.slug])} at first, "
        f"{format_plausibility(made[-1].implied[h.slug])} at last"
        for h in shown
    )
    return f"From {since} to {made[-1].date}. {told}." if since else f"No evidence bears a date. {told}."
