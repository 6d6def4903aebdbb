"""What texts know of later than a date: statements and notes are those of today, whenever a debate is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from hypotheses.belief import counts_by
from hypotheses.debate import Debate, HasReadings

_YEAR: Final = re.compile(r"(?<![\w.,-])(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?(?!\w|[.,]\d)")
"""A year, a month or a day as dates are written here; no part of a number or of an arXiv id."""
_KEY: Final = re.compile(r"(?<=`)[^`\s]+(?=`)|[\w.:+-]*[\d-][\w.:+-]*\w|\w[\w.:+-]*\d")
"""What can be a key of evidence: what stands in backticks, or has a digit or a hyphen in it; words are words."""
NAMED: Final = 5
"""How many texts a sentence lists before it counts the rest."""


class Hindsight(NamedTuple):
    """A text that knows of something later."""

    place: str
    knows: str
    """A date, or the key of evidence."""


def hindsight(debate: Debate, date: str) -> tuple[Hindsight, ...]:
    """Return the texts that name a later date than this one, or evidence of later; the explanations' first.

    A date counts if it is not later than all that the debate has dates of: 2048 may be a number.

    Args:
        debate: With all its evidence, also that of later.
        date: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    """
    later = {key for key, item in debate.evidence.items() if not counts_by(item.date, date)}
    latest = max((item.date for item in debate.evidence.values()), default="")[:4]
    found = []
    for place, text in _texts(debate, later):
        dates = [found for found in _YEAR.findall(text) if not counts_by(found, date) and found[:4] <= latest]
        keys = [word for word in _KEY.findall(text) if word in later]
        if known := [*dates, *keys]:
            found.append(Hindsight(place, known[0]))
    return tuple(found)


def hindsight_told(debate: Debate, date: str) -> str:
    """Say which texts know of later than a date; empty if none does."""
    found = hindsight(debate, date)
    if not found:
        return ""
    named = ", ".join(f"{text.place} ({text.knows})" for text in found[:NAMED])
    more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
    return f"texts are those of today; of what came after {date} know {named}{more}"


def _texts(debate: Debate, later: set[str]) -> Iterator[tuple[str, str]]:
    """Yield every text, but for those of evidence of later, by its place."""
    for slug, h in debate.hypotheses.items():
        place = f"hypotheses.{slug}"
        yield from _fields(place, h, ("title", "statement", "note"))
        for name, assumed in h.assumes.items():
            yield from _readings(f"{place}.assumes.{name}", assumed)
    yield from _fields("debate", debate, ("title", "question", "note"))
    for symbol, gap in debate.gaps.items():
        yield from _fields(f"gaps.{symbol}", gap, ("label", "note"))
    for symbol, quantity in debate.quantities.items():
        yield from _fields(f"quantities.{symbol}", quantity, ("label", "note"))
        yield from _readings(f"quantities.{symbol}", quantity)
    for key, item in debate.evidence.items():
        if key not in later:
            yield from _fields(f"evidence.{key}", item, ("title", "finding", "note"))
            for slug, cell in item.assessments.items():
                yield from _fields(f"evidence.{key}.assessments.{slug}", cell, ("why",))


def _readings(place: str, value: HasReadings) -> Iterator[tuple[str, str]]:
    for name, reading in value.readings.items():
        yield from _fields(f"{place}.readings.{name}", reading, ("source", "note"))


def _fields(place: str, value: object, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        yield f"{place}.{name}", getattr(value, name)
