"""The axes of a chart over time: where points stand, and what is written under and beside them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from tui.widgets.raster import dot

YEARS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
MONTHS: Final = (1, 2, 3, 6)

Tick = tuple[int, str]
"""The cell it stands at, and what is written there."""


def day(date: str) -> datetime:
    """Return the end of a date `YYYY`, `YYYY-MM` or `YYYY-MM-DD` as a time; months without the 31st end on the 28th."""
    year, month, of_month = (int(part) for part in (date + "-12-31"[len(date) - 4 :]).split("-"))
    try:
        return datetime(max(1, year), month, of_month)  # noqa: DTZ001 - a date on a page has no zone
    except ValueError:
        return datetime(max(1, year), max(1, min(12, month)), 28)  # noqa: DTZ001


def places_by_time(times: Sequence[datetime]) -> list[float]:
    """Return where points stand on a true time axis, 0 to 1."""
    if not times or times[0] == times[-1]:
        return places_by_step(len(times))
    whole = (times[-1] - times[0]).total_seconds()
    return [(time - times[0]).total_seconds() / whole for time in times]


def places_by_step(count: int) -> list[float]:
    """Return where points stand when each is as far from the next."""
    return [index / (count - 1) if count > 1 else 0.0 for index in range(count)]


def form_for(times: Sequence[datetime]) -> str:
    """Return how times that far apart are told from each other."""
    span = times[-1] - times[0]
    if span > timedelta(days=3 * 365):
        return "%Y"
    if span > timedelta(days=92):
        return "%Y-%m"
    return "%m-%d" if span > timedelta(days=1) else "%H:%M"


def step_ticks(times: Sequence[datetime], width: int) -> list[Tick]:
    """Label the first point of each year (month, day, minute) where points stand in equal steps."""
    if not times:
        return []
    form, places = form_for(times), places_by_step(len(times))
    labels: list[Tick] = []
    for time, place in zip(times, places, strict=True):
        label = written(time, form)
        if not labels or labels[-1][1] != label:
            labels.append((dot(place, width), label))
    return _fitting(labels, width)


def time_ticks(times: Sequence[datetime], width: int) -> list[Tick]:
    """Label round years or months; where all happened within weeks, even distances."""
    if not times:
        return []
    first, last, form = times[0], times[-1], form_for(times)
    if first == last:
        return _fitting([(0, written(first, form))], width)
    most = max(2, width // (len(written(first, form)) + 3))
    if form == "%Y":
        size = next((size for size in YEARS if (last.year - first.year) / size <= most), YEARS[-1])
        times_shown = [datetime(y, 1, 1) for y in range(-(-first.year // size) * size, last.year + 1, size) if y > 0]  # noqa: DTZ001
    elif form == "%Y-%m":
        times_shown = list(_months(first, last, most))
    else:
        times_shown = [first + (last - first) * index / most for index in range(most)]
    whole = (last - first).total_seconds()
    shares = [((time.replace(tzinfo=first.tzinfo) - first).total_seconds() / whole, time) for time in times_shown]
    return _fitting([(dot(share, width), written(time, form)) for share, time in shares if 0 <= share <= 1], width)


def _months(first: datetime, last: datetime, most: int) -> Iterator[datetime]:
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    size = next((size for size in MONTHS if (end - start) / size <= most), 12)
    for month in range(-(-start // size) * size, end + 1, size):
        yield datetime(month // 12, month % 12 + 1, 1)  # noqa: DTZ001


def written(time: datetime, form: str) -> str:
    """Write a time; a year always has four digits."""
    return time.strftime(form.replace("%Y", f"{time.year:04}"))


def _fitting(labels: Sequence[Tick], width: int) -> list[Tick]:
    """Leave out labels that would touch the one before or run over the end."""
    kept: list[Tick] = []
    for cell, label in labels:
        free = kept[-1][0] + len(kept[-1][1]) + 1 if kept else 0
        if cell >= free and cell + len(label) <= width:
            kept.append((cell, label))
    return kept


def levels_for(low: float, high: float, rows: int, sizes: Sequence[float]) -> list[float]:
    """Return round figures from low to high, no more than every other row."""
    most = max(1, (rows - 1) // 2)
    size = next((size for size in sizes if (high - low) / size <= most), high - low)
    first, last = math.ceil(low / size - 1e-9), math.floor(high / size + 1e-9)
    return [index * size for index in range(first, last + 1)]
